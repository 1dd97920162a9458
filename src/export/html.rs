//! The report as one web page: nothing from the network, no script to run, for a screen, a phone and A4
//! paper.
//!
//! Nodes are nested `<details>`, what is said of them lists and tables, charts SVG in the page; a language is
//! named on every run of text that has one. States are glyph and word, colour besides. Stamp and marks stand
//! in blocks of data, sealed so that nothing in them can end the block. Written node by node.

pub mod escape;
mod plot;
mod renderer;

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use self::renderer::HtmlRenderer;
use super::document::{Document, EntryReason, NodeEntry, ReportLength};
use super::format::{ExportError, ExportProgress, Format, Options};
use super::report::{HeadingNumbers, NodeReport, ReportBuilder, ReportPart, SourceReport};
use crate::page::block::{Block, Words};
use crate::plan::NodeId;
use crate::text::Ui;
use crate::text::clean::one_line;

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
    let is_full = document.shape.length == ReportLength::Full;
    let of = document.count() * if is_full { 2 } else { 1 };
    let mut done = 0;
    let parts = if is_full { Vec::new() } else { page.report.brief() };
    page.opening(&parts, out)?;
    if is_full {
        page.nodes(out, &mut || {
            done += 1;
            progress.step(done, of)
        })?;
        page.closing(out)?;
    } else {
        page.brief(&parts, out)?;
    }
    writeln!(out, "</main>\n<footer>\n<p>{}</p>\n</footer>", page.pen().words(&page.report.how_to_verify()))?;
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

/// Writes a page of its own: its title, then its blocks. Sources are not numbered here, so none may be cited by
/// its number.
///
/// # Errors
/// When the sink fails.
pub fn page(title: &Words, blocks: &[Block], ui: Ui, out: &mut dyn Write) -> io::Result<()> {
    let pen = HtmlRenderer::alone(ui);
    let tag = title.first().map(|one| one.tag.as_str()).unwrap_or_default();
    let plain: Vec<String> = title.wordings().iter().map(|one| escape::line(&one.text)).collect();
    let direction = renderer::direction(tag);
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\"{direction}>\n<head>\n<meta charset=\"utf-8\">",
        escape::line(tag)
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>", plain.join(" / "))?;
    writeln!(out, "<body>\n<header>\n<h1>{}</h1>\n</header>\n<main>", pen.words(title))?;
    write!(out, "{}", pen.blocks(blocks))?;
    writeln!(out, "</main>\n</body>\n</html>")
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

    fn opening(&self, parts: &[ReportPart], out: &mut dyn Write) -> Result<(), ExportError> {
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
        let running: Vec<String> =
            title.wordings().iter().map(|one| one_line(&one.text).into_owned()).collect();
        let pages = self.pages(&running.join(" / "));
        writeln!(out, "<title>{}</title>\n<style>\n{STYLE}{pages}</style>", plain.join(" / "))?;
        writeln!(out, "{}{}</script>", data_block(STAMP_ID), self.document.stamp(Format::Html).line())?;
        writeln!(out, "</head>\n<body>\n<header>\n<h1>{}</h1>", pen.words(&title))?;
        writeln!(out, "<p class=\"byline\">{}</p>", pen.line(&report.byline()))?;
        writeln!(out, "{}</header>\n<main>", pen.blocks(&[Block::Remark(report.summary())]))?;
        self.contents(parts, out)
    }

    /// What stands above and below the pages of paper.
    fn pages(&self, title: &str) -> String {
        let number = "counter(page)";
        let all = "counter(pages)";
        let foot = self.report.ui().pick(
            format!("\"第 \" {number} \" 页 共 \" {all} \" 页\""),
            format!("\"page \" {number} \" of \" {all}"),
        );
        let head = escape::css_string(title);
        format!(
            "@page{{@top-center{{content:{head};font-size:8pt}}@bottom-center{{content:{foot};font-size:8pt}}}}\n"
        )
    }

    /// The table of contents.
    fn contents(&self, parts: &[ReportPart], out: &mut dyn Write) -> Result<(), ExportError> {
        let pen = self.pen();
        let entries = self.report.contents(parts);
        let name = self.report.say("目录", "Contents");
        writeln!(out, "<nav>\n<p class=\"label\">{}</p>\n<ul>", pen.words(&name))?;
        let mut chapters = 0;
        for entry in &entries {
            let anchor = match entry.node {
                Some(id) => renderer::anchor(self.document.plan().tree.node(id).key.as_str()),
                None => {
                    chapters += 1;
                    format!("c-{chapters}")
                }
            };
            let class = if entry.level > 1 { " class=\"deeper\"" } else { "" };
            let heading = pen.words(&entry.heading);
            writeln!(out, "<li{class}><a href=\"#{anchor}\">{}{heading}</a></li>", entry.number)?;
        }
        Ok(writeln!(out, "</ul>\n</nav>")?)
    }

    /// The parts of a brief report, the sources, and what it was made from.
    fn brief(&self, parts: &[ReportPart], out: &mut dyn Write) -> Result<(), ExportError> {
        let (report, pen) = (&self.report, self.pen());
        let mut numbers = HeadingNumbers::default();
        for (place, part) in (1..).zip(parts) {
            let (level, number) = (part.level + 1, numbers.next(part.level.into(), report.ui()));
            let heading = pen.words(&part.heading);
            writeln!(out, "<section>\n<h{level} id=\"c-{place}\">{number}{heading}</h{level}>")?;
            writeln!(out, "{}</section>", pen.blocks(&part.blocks))?;
        }
        let mut place = parts.len();
        if !self.document.sources().is_empty() {
            place += 1;
            self.sources(out, place, &numbers.next(1, report.ui()))?;
        }
        self.provenance(out, place + 1, &numbers.next(1, report.ui()))
    }

    /// The overview and the nodes of a full report; `step` is called after each.
    fn nodes(
        &self,
        out: &mut dyn Write,
        step: &mut dyn FnMut() -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let (report, pen, document) = (&self.report, self.pen(), self.document);
        if let Some(overview) = report.overview() {
            let number = report.chapter(0);
            writeln!(out, "<section>\n<h2 id=\"c-1\">{number}{}</h2>", pen.words(&overview.heading))?;
            writeln!(out, "{}</section>", pen.blocks(&overview.blocks))?;
        }
        writeln!(out, "<section>")?;
        let mut open: Vec<u32> = Vec::new();
        let mut ids = document.ids();
        let draw = |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| {
            bytes.extend(self.node(entry).into_bytes());
            Ok(())
        };
        document.each(draw, |bytes| {
            let depth = ids.next().map_or(0, |id| document.depth(id));
            while open.pop_if(|above| *above >= depth).is_some() {
                out.write_all(b"</details>\n")?;
            }
            open.push(depth);
            out.write_all(bytes)?;
            step()
        })?;
        for _ in open {
            out.write_all(b"</details>\n")?;
        }
        Ok(writeln!(out, "</section>")?)
    }

    /// What follows the nodes of a full report.
    fn closing(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        let mut place = usize::from(self.report.overview().is_some());
        if !self.document.orphans().is_empty() {
            self.orphans(out, place + 1, &self.report.chapter(place))?;
            place += 1;
        }
        if !self.document.sources().is_empty() {
            self.sources(out, place + 1, &self.report.chapter(place))?;
            place += 1;
        }
        self.provenance(out, place + 1, &self.report.chapter(place))
    }

    fn provenance(&self, out: &mut dyn Write, place: usize, number: &str) -> Result<(), ExportError> {
        let pen = self.pen();
        let [_, made] = self.report.closing_headings();
        writeln!(out, "<section class=\"made\">\n<h2 id=\"c-{place}\">{number}{}</h2>", pen.words(&made))?;
        Ok(writeln!(out, "{}</section>", pen.pairs(&self.report.head()))?)
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
        let heading = (node.depth + 2).min(6);
        let named = match node.part {
            EntryReason::Whole => String::new(),
            EntryReason::Context => {
                let words = self.report.say("上级，只列名称", "above a match, named only");
                format!(" · {}", pen.words(&words))
            }
        };
        format!(
            "<details id=\"{}\"{open}>\n<summary><h{heading}>{}{}</h{heading}> {}\
             <span class=\"where\">{} · {}{named}</span></summary>\n",
            renderer::anchor(&node.id),
            node.number,
            pen.words(&node.title),
            if node.stands.is_empty() { String::new() } else { pen.state(node.state, &node.stands) },
            pen.words(&node.level),
            pen.code(&node.id),
        )
    }

    fn orphans(&self, out: &mut dyn Write, place: usize, number: &str) -> Result<(), ExportError> {
        let orphans = self.document.orphans();
        let pen = self.pen();
        let (heading, what) = self.report.orphans_heading();
        writeln!(
            out,
            "<section>\n<h2 id=\"c-{place}\">{number}{}</h2>\n<p>{}</p>",
            pen.words(&heading),
            pen.words(&what)
        )?;
        for home in orphans {
            writeln!(out, "<h3>{}</h3>\n{}", pen.code(&home.name), pen.sections(&self.report.orphan(home)))?;
        }
        Ok(writeln!(out, "</section>")?)
    }

    fn sources(&self, out: &mut dyn Write, place: usize, number: &str) -> Result<(), ExportError> {
        let mut cited = self.cited.lock().map(|cited| cited.clone()).unwrap_or_default();
        cited.sort_unstable();
        cited.dedup();
        let pen = self.pen();
        let [sources, _] = self.report.closing_headings();
        let heading = pen.words(&sources);
        writeln!(out, "<section class=\"sources\">\n<h2 id=\"c-{place}\">{number}{heading}</h2>\n<ol>")?;
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
        if self.document.shape.length == ReportLength::Brief {
            let tag = escape::line(self.report.tag());
            return format!(
                "<li id=\"s-{}\" value=\"{0}\"><cite lang=\"{tag}\">{}</cite> {link}</li>",
                source.number,
                escape::line(&source.reference)
            );
        }
        let back: Vec<String> = by
            .iter()
            .take(BACK_LINKS)
            .map(|id| pen.back(self.document.plan().tree.node(*id).key.as_str()))
            .collect();
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
