//! The report for a word processor (Office Open XML): headings that make an outline, a table of contents, tables
//! with repeated heads, charts, notes, one numbered list of sources, fonts and languages for Chinese and for
//! Latin text.
//!
//! No clock goes into the file: the parts carry no time, the properties the as-of. The stamp is the document
//! property `plan158`.

mod chart;
mod parts;
mod renderer;
mod xml;

use std::io::{Cursor, Write};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::parts::PageLayout;
use self::renderer::DocxRenderer;
use super::digest::{of_charts, of_document};
use super::document::{Document, EntryReason, PageStyle, ReportLength, ReportStamp};
use super::format::{ExportError, ExportProgress, Format, Options};
use super::package::MARKS_PART;
use super::report::{HeadingNumbers, NodeReport, ReportBuilder, ReportPart};
use crate::page::block::{Block, Words};
use crate::text::Ui;

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
    let shape = &document.shape;
    let front = DocxFront {
        title: &report.title(),
        names: shape.issuer.iter().chain(&shape.author).collect(),
        tag: report.tag(),
        ui: report.ui(),
        day: document.scene.judge.as_of.day(),
        style: shape.style,
    };
    let mut package = DocxPackage::open(&front)?;
    let mut ink = DocxRenderer::new(document, PageLayout::of(shape.style).text_width());
    let is_full = document.shape.length == ReportLength::Full;
    let parts = if is_full { Vec::new() } else { report.brief() };
    package.write(&opening(&report, &parts, &mut ink))?;
    if is_full {
        package.write(&overview(&report, &mut ink))?;
        for (done, entry) in (1..).zip(document.entries()) {
            package.write(&node(&report, &mut ink, &report.node(&entry)))?;
            progress.step(done, document.count())?;
        }
        package.write(&closing(&report, &mut ink))?;
    } else {
        brief(&report, parts, &mut ink, &mut package)?;
        progress.step(document.count(), document.count())?;
    }
    let marks = document.entries().map(|entry| document.mark(&entry).line());
    let unsigned = package.close(&ink, shape.style, marks)?;
    // What it says is known only now, and the stamp says that.
    let stamp = ReportStamp {
        digest: of_document(&unsigned).unwrap_or_default(),
        charts: of_charts(&unsigned),
        ..document.stamp(Format::Docx)
    };
    Ok(out.write_all(&signed(unsigned, &stamp.line())?)?)
}

/// Writes a page of its own: its title, then its blocks. Sources are not numbered here, so none may be cited by
/// its number. `day` is the day it speaks of.
///
/// # Errors
/// When the sink fails.
pub fn page(
    title: &Words,
    blocks: &[Block],
    (ui, day): (Ui, Date),
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let style = PageStyle::Plain;
    let tag = title.first().map(|one| one.tag.clone()).unwrap_or_default();
    let mut package = DocxPackage::open(&DocxFront { title, names: Vec::new(), tag: &tag, ui, day, style })?;
    let mut ink = DocxRenderer::alone(ui, PageLayout::of(style).text_width());
    package.write(&ink.heading("Title", "", title))?;
    for block in blocks {
        package.write(&match block {
            Block::Heading(line) => ink.line_of("Heading1", line),
            block => ink.blocks(std::slice::from_ref(block)),
        })?;
    }
    let unsigned = package.close(&ink, style, std::iter::empty())?;
    Ok(out.write_all(&signed(unsigned, "")?)?)
}

/// What a document begins with, and the parts beside its text.
struct DocxFront<'a> {
    title: &'a Words,
    /// Who issues it, and who wrote it.
    names: Vec<&'a String>,
    /// The language of the title.
    tag: &'a str,
    ui: Ui,
    /// The day it speaks of.
    day: Date,
    style: PageStyle,
}

/// A package with the line that the document is signed with, as its last part.
fn signed(package: Vec<u8>, stamp: &str) -> Result<Vec<u8>, ExportError> {
    let zip = ZipWriter::new_append(Cursor::new(package)).map_err(std::io::Error::from)?;
    let mut package = DocxPackage { zip };
    package.part("docProps/custom.xml", &parts::custom(stamp))?;
    package.finish()
}

/// A package that is being filled.
struct DocxPackage {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl DocxPackage {
    /// A package whose text may begin.
    fn open(front: &DocxFront<'_>) -> Result<Self, ExportError> {
        let DocxFront { title, names, tag, ui, day, style } = front;
        let title = parts::one_title(title);
        let mut package = Self { zip: ZipWriter::new(Cursor::new(Vec::new())) };
        for (name, text) in parts::fixed() {
            package.part(name, text)?;
        }
        package.part("word/styles.xml", &parts::styles(*style))?;
        package.part("word/settings.xml", &parts::settings(*style))?;
        package.part("word/header1.xml", &parts::header(&title))?;
        package.part("word/footer1.xml", &parts::footer(*style, *ui, false))?;
        package.part("word/footer2.xml", &parts::footer(*style, *ui, true))?;
        package.part("docProps/core.xml", &parts::core(&title, names, tag, *day))?;
        package.begin("word/document.xml")?;
        package.write(parts::DOCUMENT_OPEN)?;
        Ok(package)
    }

    /// Ends the text, and adds what it refers to and what the document says of each node. The stamp is still
    /// to come.
    fn close(
        mut self,
        ink: &DocxRenderer,
        style: PageStyle,
        marks: impl Iterator<Item = String>,
    ) -> Result<Vec<u8>, ExportError> {
        self.write(&PageLayout::of(style).close(style))?;
        for (at, chart) in (1..).zip(&ink.charts) {
            self.part(&format!("word/charts/chart{at}.xml"), chart)?;
        }
        self.part("word/_rels/document.xml.rels", &parts::document_relations(ink.charts.len(), &ink.links))?;
        self.part("[Content_Types].xml", &parts::content_types(ink.charts.len()))?;
        self.begin(MARKS_PART)?;
        self.write(parts::MARKS_OPEN)?;
        for mark in marks {
            self.write(&parts::mark(&mark))?;
        }
        self.write(parts::MARKS_CLOSE)?;
        self.finish()
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

/// Title, whose it is, how things stand, and what the report has.
fn opening(report: &ReportBuilder<'_, '_>, parts: &[ReportPart], ink: &mut DocxRenderer) -> String {
    let mut text = ink.heading("Title", "", &report.title());
    text.push_str(&ink.line_of("Byline", &report.byline()));
    text.push_str(&ink.paragraphs_of("Normal", &report.summary()));
    text.push_str(&ink.heading("ContentsHead", "", &report.say("目录", "Contents")));
    let mut chapters = 0;
    for entry in report.contents(parts) {
        let place = match entry.node {
            Some(id) => node_place(id.0),
            None => {
                chapters += 1;
                chapter_place(chapters)
            }
        };
        text.push_str(&ink.contents_line(entry.level, &place, &entry.number, &entry.heading));
    }
    text
}

/// What a table of contents leads to.
fn chapter_place(place: usize) -> String {
    format!("chapter{place}")
}

fn node_place(id: u32) -> String {
    format!("node{id}")
}

fn chapter(ink: &mut DocxRenderer, place: usize, number: &str, heading: &Words) -> String {
    ink.placed_heading("Heading1", &chapter_place(place), number, heading)
}

/// The parts of a brief report, the sources, and what it was made from, one after the other.
fn brief(
    report: &ReportBuilder<'_, '_>,
    parts: Vec<ReportPart>,
    ink: &mut DocxRenderer,
    package: &mut DocxPackage,
) -> Result<(), ExportError> {
    let mut numbers = HeadingNumbers::default();
    let mut place = 0;
    for part in parts {
        place += 1;
        let number = numbers.next(part.level.into(), report.ui());
        let style = format!("Heading{}", part.level);
        package.write(&ink.placed_heading(&style, &chapter_place(place), &number, &part.heading))?;
        for block in part.blocks {
            package.write(&ink.blocks(&[block]))?;
        }
    }
    let [sources, made] = report.closing_headings();
    if !report.document().sources().is_empty() {
        place += 1;
        package.write(&chapter(ink, place, &numbers.next(1, report.ui()), &sources))?;
        package.write(&source_list(report, ink))?;
    }
    package.write(&chapter(ink, place + 1, &numbers.next(1, report.ui()), &made))?;
    package.write(&provenance(report, ink))
}

fn overview(report: &ReportBuilder<'_, '_>, ink: &mut DocxRenderer) -> String {
    let Some(overview) = report.overview() else { return String::new() };
    chapter(ink, 1, &report.chapter(0), &overview.heading) + &ink.blocks(&overview.blocks)
}

fn node(report: &ReportBuilder<'_, '_>, ink: &mut DocxRenderer, node: &NodeReport) -> String {
    let style = format!("Heading{}", (node.depth + 1).min(6));
    let place = (node.depth < 2).then(|| report.document().plan().tree.find(&node.id)).flatten();
    let mut text = match place {
        Some(id) => ink.placed_heading(&style, &node_place(id.0), &node.number, &node.title),
        None => ink.heading(&style, &node.number, &node.title),
    };
    let named = match node.part {
        EntryReason::Whole => None,
        EntryReason::Context => Some(report.say("上级，只列名称", "above a match, named only")),
    };
    text.push_str(&ink.where_line(&node.id, &node.level, (node.state, &node.stands), named.as_ref()));
    text.push_str(&ink.sections(&node.sections));
    text
}

/// What follows the nodes of a full report.
fn closing(report: &ReportBuilder<'_, '_>, ink: &mut DocxRenderer) -> String {
    let mut place = usize::from(report.overview().is_some());
    let mut text = String::new();
    let orphans = report.document().orphans();
    if !orphans.is_empty() {
        let (heading, what) = report.orphans_heading();
        text.push_str(&chapter(ink, place + 1, &report.chapter(place), &heading));
        text.push_str(&ink.paragraphs_of("Normal", &what));
        for home in orphans {
            text.push_str(&ink.plain_heading("Heading2", &home.name));
            text.push_str(&ink.sections(&report.orphan(home)));
        }
        place += 1;
    }
    let [sources, made] = report.closing_headings();
    if !report.document().sources().is_empty() {
        text.push_str(&chapter(ink, place + 1, &report.chapter(place), &sources));
        text.push_str(&source_list(report, ink));
        place += 1;
    }
    text.push_str(&chapter(ink, place + 1, &report.chapter(place), &made));
    text.push_str(&provenance(report, ink));
    text
}

fn source_list(report: &ReportBuilder<'_, '_>, ink: &mut DocxRenderer) -> String {
    let length = report.document().shape.length;
    report.sources().map(|source| ink.source(&source, length)).collect()
}

fn provenance(report: &ReportBuilder<'_, '_>, ink: &mut DocxRenderer) -> String {
    ink.pairs_of("Provenance", &report.head())
}
