//! The report for a word processor (Office Open XML): headings that make an outline, tables with repeated
//! heads, notes, sources as footnotes, fonts and languages for Chinese and for Latin text.
//!
//! A source is a footnote where it is cited first; later its number leads back there. No clock goes into the
//! file: the parts carry no time, the properties the as-of. The stamp is the document property `plan158`.

mod parts;
mod renderer;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::renderer::DocxRenderer;
use super::document::{Document, EntryReason};
use super::format::{ExportError, ExportProgress, Format, Options};
use super::report::{NodeReport, ReportBuilder};

/// Writes the document. The parts are packed one after the other, the text node by node; the packed file
/// stands in memory.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub fn write(
    document: &Document<'_>,
    _options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn ExportProgress,
) -> Result<(), ExportError> {
    let report = ReportBuilder::new(document);
    let mut package = DocxPackage::new();
    for (name, text) in parts::fixed() {
        package.part(name, text)?;
    }
    package.part("docProps/core.xml", &parts::core(&report))?;
    package.part("docProps/custom.xml", &parts::custom(&document.stamp(Format::Docx).line()))?;
    package.begin("word/document.xml")?;
    let mut ink = DocxRenderer::new(document);
    package.write(parts::DOCUMENT_OPEN)?;
    package.write(&opening(&report, &mut ink))?;
    for (done, entry) in (1..).zip(document.entries()) {
        package.write(&node(&report, &mut ink, &report.node(&entry)))?;
        progress.step(done, document.count())?;
    }
    package.write(&orphans(&report, &mut ink))?;
    package.write(parts::DOCUMENT_CLOSE)?;
    package.part("word/footnotes.xml", &footnotes(&report, &mut ink))?;
    Ok(out.write_all(&package.finish()?)?)
}

/// A package that is being filled.
struct DocxPackage {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl DocxPackage {
    fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    fn begin(&mut self, name: &str) -> Result<(), ExportError> {
        // Without this the packer might put the time of the run in.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        Ok(self.zip.start_file(name, options).map_err(std::io::Error::from)?)
    }

    fn write(&mut self, text: &str) -> Result<(), ExportError> {
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    fn part(&mut self, name: &str, text: &str) -> Result<(), ExportError> {
        self.begin(name)?;
        self.write(text)
    }

    fn finish(self) -> Result<Vec<u8>, ExportError> {
        Ok(self.zip.finish().map_err(std::io::Error::from)?.into_inner())
    }
}

fn opening(report: &ReportBuilder<'_, '_>, ink: &mut DocxRenderer) -> String {
    let mut text = ink.heading("Title", &report.title());
    text.push_str(&ink.pairs(&report.head()));
    if let Some(overview) = report.overview() {
        text.push_str(&ink.heading("Heading1", &overview.heading));
        text.push_str(&ink.blocks(&overview.blocks));
    }
    text.push_str(&ink.heading("Heading1", &report.say("内容", "Content")));
    text
}

fn node(report: &ReportBuilder<'_, '_>, ink: &mut DocxRenderer, node: &NodeReport) -> String {
    let level = (node.depth + 2).min(6);
    let mut text = ink.marked_heading(&format!("Heading{level}"), &node.mark, &node.title);
    let named = match node.part {
        EntryReason::Whole => None,
        EntryReason::Context => Some(report.say("上级，只列名称", "above a match, named only")),
    };
    text.push_str(&ink.where_line(&node.id, &node.level, (node.state, &node.stands), named.as_ref()));
    text.push_str(&ink.sections(&node.sections));
    text
}

fn orphans(report: &ReportBuilder<'_, '_>, ink: &mut DocxRenderer) -> String {
    let orphans = report.document().orphans();
    if orphans.is_empty() {
        return String::new();
    }
    let (heading, what) = report.orphans_heading();
    let mut text = ink.heading("Heading1", &heading);
    text.push_str(&ink.paragraph_of("Normal", &what));
    for home in orphans {
        text.push_str(&ink.plain_heading("Heading2", &home.name));
        text.push_str(&ink.sections(&report.orphan(home)));
    }
    text
}

/// Each source that was cited, in the order of the footnotes.
fn footnotes(report: &ReportBuilder<'_, '_>, ink: &mut DocxRenderer) -> String {
    let mut cited: Vec<_> = report.sources().filter(|source| ink.note_of(source.number) > 0).collect();
    cited.sort_by_key(|source| ink.note_of(source.number));
    let notes: String = cited.iter().map(|source| ink.footnote(source)).collect();
    format!("{}{notes}{}", parts::FOOTNOTES_OPEN, parts::FOOTNOTES_CLOSE)
}
