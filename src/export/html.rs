//! The report as one web page: nothing from the network, no script to run, for a screen, a phone and A4
//! paper.
//!
//! Nodes are nested `<details>`, what is said of them lists and tables, charts SVG in the page; a language is
//! named on every run of text that has one. States are glyph and word, colour besides. Stamp and marks stand
//! in blocks of data, sealed so that nothing in them can end the block. Written node by node.

pub mod escape;
mod plot;
mod renderer;

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use self::renderer::HtmlRenderer;
use super::document::{Document, EntryReason, NodeEntry};
use super::format::{ExportError, ExportProgress, Format, Options};
use super::report::{NodeReport, ReportBuilder, SourceReport};
use crate::page::block::Words;
use crate::plan::NodeId;

/// The id of the block that holds the stamp.
pub const STAMP_ID: &str = "plan158-stamp";

/// The id of the block that holds the marks: an array, one a line.
pub const MARKS_ID: &str = "plan158-nodes";

/// The tag that opens a block of data, which no browser runs.
pub fn data_block(id: &str) -> String {
    format!("<script type=\"application/json\" id=\"{id}\">")
}

const STYLE: &str = include_str!("html/style.css");

/// A document of so few nodes is shown unfolded.
const UNFOLDED_NODES: usize = 24;

/// A source names so many of the nodes that cite it.
const BACK_LINKS: usize = 12;

/// Writes the page.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub fn write(
    document: &Document<'_>,
    _options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn ExportProgress,
) -> Result<(), ExportError> {
    let page = HtmlPage { report: ReportBuilder::new(document), document, cited: Mutex::default() };
    let of = document.count() * 2;
    let mut done = 0;
    page.opening(out)?;
    let mut open: Vec<u32> = Vec::new();
    let mut ids = document.ids();
    let draw = |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| {
        bytes.extend(page.node(entry).into_bytes());
        Ok(())
    };
    document.each(draw, |bytes| {
        let depth = ids.next().map_or(0, |id| document.depth(id));
        while open.pop_if(|above| *above >= depth).is_some() {
            out.write_all(b"</details>\n")?;
        }
        open.push(depth);
        out.write_all(bytes)?;
        done += 1;
        progress.step(done, of)
    })?;
    for _ in open {
        out.write_all(b"</details>\n")?;
    }
    writeln!(out, "</section>")?;
    page.orphans(out)?;
    page.sources(out)?;
    writeln!(out, "</main>\n<footer>\n<p>{}</p>\n</footer>", page.pen().words(&page.how_to_verify()))?;
    write!(out, "{}\n[", data_block(MARKS_ID))?;
    let mut separator = "\n";
    let mark = |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| {
        bytes.extend(document.mark(entry).line().into_bytes());
        Ok(())
    };
    document.each(mark, |bytes| {
        out.write_all(separator.as_bytes())?;
        out.write_all(bytes)?;
        separator = ",\n";
        done += 1;
        progress.step(done, of)
    })?;
    Ok(writeln!(out, "\n]\n</script>\n</body>\n</html>")?)
}

struct HtmlPage<'d, 'p> {
    report: ReportBuilder<'d, 'p>,
    document: &'d Document<'p>,
    /// Sources by number with the nodes that cite them, in whatever order the processors came.
    cited: Mutex<Vec<(usize, NodeId)>>,
}

impl<'p> HtmlPage<'_, 'p> {
    fn pen(&self) -> HtmlRenderer<'_, 'p> {
        HtmlRenderer::new(self.document)
    }

    fn how_to_verify(&self) -> Words {
        self.report.say(
            "此文件可复核：`plan158 verify 文件名` 列出此后的变化。",
            "This file can be verified: `plan158 verify FILE` lists what has changed since.",
        )
    }

    fn opening(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        let (report, pen) = (&self.report, self.pen());
        let title = report.title();
        let plain: Vec<String> = title.wordings().iter().map(|one| escape::line(&one.text)).collect();
        writeln!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{}\"{}>\n<head>\n<meta charset=\"utf-8\">",
            escape::line(report.tag()),
            renderer::direction(report.tag())
        )?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(out, "<title>{}</title>\n<style>\n{STYLE}</style>", plain.join(" / "))?;
        writeln!(out, "{}{}</script>", data_block(STAMP_ID), self.document.stamp(Format::Html).line())?;
        writeln!(out, "</head>\n<body>\n<header>\n<h1>{}</h1>", pen.words(&title))?;
        writeln!(out, "{}</header>\n<main>", pen.pairs(&report.head()))?;
        if let Some(overview) = report.overview() {
            writeln!(out, "<section>\n<h2>{}</h2>", pen.words(&overview.heading))?;
            writeln!(out, "{}</section>", pen.blocks(&overview.blocks))?;
        }
        Ok(writeln!(out, "<section>\n<h2>{}</h2>", pen.words(&report.say("内容", "Content")))?)
    }

    /// A node up to where those below it begin.
    fn node(&self, entry: &NodeEntry<'p>) -> String {
        let pen = self.pen();
        let node = self.report.node(entry);
        let mut text = self.summary(&pen, &node);
        if node.part == EntryReason::Whole {
            text.push_str("<div class=\"body\">\n");
            text.push_str(&pen.sections(&node.sections));
            text.push_str("</div>\n");
        }
        let cited = pen.cited();
        if !cited.is_empty() {
            let mut all = self.cited.lock().unwrap_or_else(PoisonError::into_inner);
            all.extend(cited.into_iter().map(|number| (number, entry.id)));
        }
        text
    }

    fn summary(&self, pen: &HtmlRenderer<'_, '_>, node: &NodeReport) -> String {
        let open = if node.depth == 0 || self.document.count() <= UNFOLDED_NODES { " open" } else { "" };
        let heading = (node.depth + 3).min(6);
        let named = match node.part {
            EntryReason::Whole => String::new(),
            EntryReason::Context => {
                let words = self.report.say("上级，只列名称", "above a match, named only");
                format!(" · {}", pen.words(&words))
            }
        };
        format!(
            "<details id=\"{}\"{open}>\n<summary><span class=\"mark\">{}</span> <h{heading}>{}</h{heading}> {}\
             <span class=\"where\">{} · {}{named}</span></summary>\n",
            renderer::anchor(&node.id),
            escape::line(&node.mark),
            pen.words(&node.title),
            pen.state(node.state, &node.stands),
            pen.code(&node.id),
            pen.words(&node.level),
        )
    }

    fn orphans(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        let orphans = self.document.orphans();
        if orphans.is_empty() {
            return Ok(());
        }
        let pen = self.pen();
        let (heading, what) = self.report.orphans_heading();
        writeln!(out, "<section>\n<h2>{}</h2>\n<p>{}</p>", pen.words(&heading), pen.words(&what))?;
        for home in orphans {
            writeln!(out, "<h3>{}</h3>\n{}", pen.code(&home.name), pen.sections(&self.report.orphan(home)))?;
        }
        Ok(writeln!(out, "</section>")?)
    }

    fn sources(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        let mut cited = self.cited.lock().map(|cited| cited.clone()).unwrap_or_default();
        cited.sort_unstable();
        cited.dedup();
        if self.document.sources().is_empty() {
            return Ok(());
        }
        let pen = self.pen();
        let heading = pen.words(&self.report.say("来源", "Sources"));
        writeln!(out, "<section class=\"sources\">\n<h2>{heading}</h2>\n<ol>")?;
        for source in self.report.sources() {
            let from = cited.partition_point(|(number, _)| *number < source.number);
            let by: Vec<NodeId> = cited[from..]
                .iter()
                .take_while(|(number, _)| *number == source.number)
                .map(|(_, id)| *id)
                .collect();
            writeln!(out, "{}", self.source(&pen, &source, &by))?;
        }
        Ok(writeln!(out, "</ol>\n</section>")?)
    }

    fn source(&self, pen: &HtmlRenderer<'_, '_>, source: &SourceReport, by: &[NodeId]) -> String {
        let link =
            source.link.as_deref().map(|url| format!("<div>{}</div>\n", pen.link(url))).unwrap_or_default();
        let back: Vec<String> = by.iter().take(BACK_LINKS).map(|id| pen.back(*id)).collect();
        let more = by.len().saturating_sub(BACK_LINKS);
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        format!(
            "<li id=\"s-{}\" value=\"{0}\"><cite>{}</cite> {}\n{}{link}<div class=\"quiet\">{}{more}</div></li>",
            source.number,
            pen.words(&source.title),
            pen.code(&source.id),
            pen.pairs(&source.details),
            back.join(" · "),
        )
    }
}
