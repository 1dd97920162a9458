//! The report in Markdown: to read as it is, on GitHub, and to feed to pandoc (CommonMark with pipe tables and a
//! front matter).
//!
//! The title stands in the front matter, where pandoc looks for it. Nodes are headings down to the sixth
//! level, what is said of them bold lines, lists and tables; sources are one numbered list. The stamp stands in the
//! front matter, what `verify` needs of each node in a comment at the end (`docs/export-format.md`). Written
//! node by node.

use std::io::{self, Write};

use super::document::{Document, EntryReason, NodeEntry, ReportLength, sealed};
use super::escape::web_address;
use super::format::{ExportError, ExportProgress, Format, Options};
use super::report::{HeadingNumbers, NodeReport, ReportBuilder, SourceReport};
use crate::page::block::{
    Align, Block, Inline, Line, ListItem, Pair, Section, Table, Wording, Words, side_by_side,
};
use crate::plan::State;
use crate::text::Ui;
use crate::text::clean::one_line;
use crate::text::markdown as escape;

/// The line that opens the comment with what `verify` needs of each node.
pub const MARKS_OPEN: &str = "<!-- plan158:nodes";

/// The key of the front matter that holds the stamp, on one line.
pub const STAMP_KEY: &str = "plan158: ";

const DEEPEST: u32 = 6;

/// Writes the report.
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
    let drawer = MarkdownRenderer::of(document);
    let is_full = document.shape.length == ReportLength::Full;
    let of = document.count() * if is_full { 2 } else { 1 };
    front_matter(&report, document, out)?;
    drawer.opening(&report, out)?;
    let mut done = 0;
    let mut take = |bytes: &[u8], out: &mut dyn Write| {
        out.write_all(bytes)?;
        done += 1;
        progress.step(done, of)
    };
    if is_full {
        drawer.overview(&report, out)?;
        let draw = |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| {
            let node = report.node(entry);
            Ok(drawer.node(&node, &node.number, bytes)?)
        };
        document.each(draw, |bytes| take(bytes, out))?;
        drawer.closing(&report, out)?;
    } else {
        drawer.brief(&report, out)?;
    }
    writeln!(out, "\n{MARKS_OPEN}")?;
    let mark =
        |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| Ok(writeln!(bytes, "{}", document.mark(entry).line())?);
    document.each(mark, |bytes| take(bytes, out))?;
    Ok(writeln!(out, "-->")?)
}

/// The document's own nodes without head, stamp and marks: to be pasted elsewhere.
///
/// # Errors
/// When the sink fails.
pub fn excerpt(document: &Document<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let report = ReportBuilder::new(document);
    let drawer = MarkdownRenderer::of(document);
    for entry in document.entries().filter(|entry| document.part(entry.id) == EntryReason::Whole) {
        drawer.node(&report.node(&entry), "", out)?;
    }
    Ok(drawer.sources(&report, out)?)
}

/// YAML, in the part of it that is JSON.
fn front_matter(
    report: &ReportBuilder<'_, '_>,
    document: &Document<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = report.title();
    // pandoc reads what stands in the front matter as Markdown.
    let title: Vec<_> = title.wordings().iter().map(|one| escape::line(&one.text)).collect();
    writeln!(out, "---")?;
    writeln!(out, "title: {}", sealed(&title.join(" / ")))?;
    let shape = &document.shape;
    let names: Vec<String> =
        shape.issuer.iter().chain(&shape.author).map(|name| escape::line(name)).collect();
    if !names.is_empty() {
        writeln!(out, "author: {}", sealed(&names))?;
    }
    writeln!(out, "date: {}", sealed(&document.scene.judge.as_of.day().to_string()))?;
    writeln!(out, "lang: {}", sealed(&one_line(report.tag())))?;
    writeln!(out, "{STAMP_KEY}{}", document.stamp(Format::Md).line())?;
    writeln!(out, "---")
}

/// Writes a page of its own: its title, then its blocks, whose headings are those of the document. Sources
/// are not numbered here, so none may be cited by its number.
///
/// # Errors
/// When the sink fails.
pub fn page(title: &Words, blocks: &[Block], ui: Ui, out: &mut dyn Write) -> io::Result<()> {
    let drawer = MarkdownRenderer { ui, headings: Headings::Document };
    writeln!(out, "# {}", drawer.words(title))?;
    drawer.blocks(blocks, out)
}

/// What a heading among blocks is a heading of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Headings {
    /// Of a part of what is said of a node, which has a heading of the document itself.
    Node,
    /// Of a part of the document.
    Document,
}

/// Draws pieces of a report.
struct MarkdownRenderer {
    ui: Ui,
    headings: Headings,
}

impl MarkdownRenderer {
    /// For what a document says of its nodes.
    fn of(document: &Document<'_>) -> Self {
        Self { ui: document.scene.voice(document.scene.show.main()).ui, headings: Headings::Node }
    }

    /// Whose it is, and how things stand in a sentence or two.
    fn opening(&self, report: &ReportBuilder<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}\n", self.line(&report.byline()))?;
        self.paragraphs(&report.summary(), out)
    }

    fn overview(&self, report: &ReportBuilder<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        if let Some(overview) = report.overview() {
            self.chapter(&report.chapter(0), &overview.heading, out)?;
            self.blocks(&overview.blocks, out)?;
        }
        Ok(())
    }

    fn chapter(&self, number: &str, heading: &Words, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n# {number}{}", self.words(heading))
    }

    /// The parts of a brief report, with the sources and what it was made from.
    fn brief(&self, report: &ReportBuilder<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        let mut numbers = HeadingNumbers::default();
        for part in report.brief() {
            let number = numbers.next(part.level.into(), report.ui());
            writeln!(out, "\n{} {number}{}", "#".repeat(part.level.into()), self.words(&part.heading))?;
            self.blocks(&part.blocks, out)?;
        }
        let [sources, made] = report.closing_headings();
        if !report.document().sources().is_empty() {
            self.chapter(&numbers.next(1, report.ui()), &sources, out)?;
            self.sources(report, out)?;
        }
        self.chapter(&numbers.next(1, report.ui()), &made, out)?;
        self.provenance(report, out)
    }

    /// What follows the nodes of a full report: what has left the plan, the sources, what it was made from.
    fn closing(&self, report: &ReportBuilder<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        let mut place = usize::from(report.overview().is_some());
        if !report.document().orphans().is_empty() {
            self.orphans(report, &report.chapter(place), out)?;
            place += 1;
        }
        let [sources, made] = report.closing_headings();
        if !report.document().sources().is_empty() {
            self.chapter(&report.chapter(place), &sources, out)?;
            self.sources(report, out)?;
            place += 1;
        }
        self.chapter(&report.chapter(place), &made, out)?;
        self.provenance(report, out)
    }

    fn provenance(&self, report: &ReportBuilder<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out)?;
        self.pairs(&report.head(), out)?;
        writeln!(out)?;
        self.paragraphs(&report.how_to_verify(), out)
    }

    /// A node under its heading, with its number where it has one.
    fn node(&self, node: &NodeReport, number: &str, out: &mut dyn Write) -> io::Result<()> {
        let level = (node.depth + 1).min(DEEPEST) as usize;
        writeln!(out, "\n{} {number}{}\n", "#".repeat(level), self.words(&node.title))?;
        let state = self.signed(node.state, &node.stands);
        let named = match node.part {
            EntryReason::Whole => "",
            EntryReason::Context => self.ui.pick(" · （上级，只列名称）", " · (above a match, named only)"),
        };
        let state = if node.stands.is_empty() { String::new() } else { format!(" · {state}") };
        writeln!(out, "{}{state} · {}{named}", self.words(&node.level), id(&node.id))?;
        self.sections(&node.sections, out)
    }

    fn sections(&self, sections: &[Section], out: &mut dyn Write) -> io::Result<()> {
        for section in sections {
            writeln!(out, "\n**{}**", self.words(&section.heading))?;
            self.blocks(&section.blocks, out)?;
        }
        Ok(())
    }

    fn blocks(&self, blocks: &[Block], out: &mut dyn Write) -> io::Result<()> {
        for block in blocks.iter().filter(|block| !matches!(block, Block::Dial(_) | Block::Plot(_))) {
            writeln!(out)?;
            match block {
                Block::Heading(line) if self.headings == Headings::Document => {
                    writeln!(out, "## {}", self.line(line))?;
                }
                Block::Heading(line) => writeln!(out, "**{}**", self.line(line))?,
                Block::Paragraph(line) => self.paragraph(line, out)?,
                Block::Remark(words) => self.paragraphs(words, out)?,
                Block::Aside(line) => writeln!(out, "{}", self.line(line))?,
                Block::Pairs(pairs) => self.pairs(pairs, out)?,
                Block::Table(table) => self.table(table, out)?,
                Block::Note(note) => {
                    writeln!(out, "*{}*\n", self.line(&note.whole_head()))?;
                    writeln!(out, "> {}", escape::paragraph(&note.text).replace('\n', "\n> "))?;
                }
                Block::List(items) => {
                    for item in items {
                        self.item(item, out)?;
                    }
                }
                Block::Dial(_) | Block::Plot(_) => {}
            }
        }
        Ok(())
    }

    /// A title stands out: nothing else shows where the line of a node begins. What is below follows after
    /// hard breaks.
    fn item(&self, item: &ListItem, out: &mut dyn Write) -> io::Result<()> {
        let margin = "  ".repeat(usize::from(item.depth));
        let piece = |piece: &Inline| match piece {
            Inline::Title(words) if !words.is_empty() => format!("**{}**", self.words(words)),
            piece => self.piece(piece),
        };
        write!(out, "{margin}- {}", side_by_side(&item.line, piece, str::to_owned))?;
        let indent = format!("{margin}  ");
        let colon = self.ui.pick("：", ": ");
        for pair in &item.below {
            let colon = if pair.label.is_empty() { "" } else { colon };
            let piece = |piece: &Inline| match piece {
                Inline::Plain(text) => escape::paragraph_in(text, &indent),
                piece => self.piece(piece),
            };
            let value = side_by_side(&pair.whole(), piece, str::to_owned);
            write!(out, "\\\n{indent}{}{colon}{value}", self.words(&pair.label))?;
        }
        writeln!(out)
    }

    /// Each language is a paragraph of its own.
    fn paragraph(&self, line: &Line, out: &mut dyn Write) -> io::Result<()> {
        match line.as_slice() {
            [Inline::Words(words)] => self.paragraphs(words, out),
            line => writeln!(out, "{}", self.line(line)),
        }
    }

    fn paragraphs(&self, words: &Words, out: &mut dyn Write) -> io::Result<()> {
        let each = words.wordings().iter().map(|one| escape::paragraph(&one.text) + &borrowed(one));
        writeln!(out, "{}", each.collect::<Vec<_>>().join("\n\n"))
    }

    fn pairs(&self, pairs: &[Pair], out: &mut dyn Write) -> io::Result<()> {
        let colon = self.ui.pick("：", ": ");
        for pair in pairs {
            writeln!(out, "- {}{colon}{}", self.words(&pair.label), self.line(&pair.whole()))?;
        }
        Ok(())
    }

    fn table(&self, table: &Table, out: &mut dyn Write) -> io::Result<()> {
        let columns = table.used_columns();
        let head: Vec<String> = columns.iter().map(|at| self.words(&table.columns[*at])).collect();
        writeln!(out, "| {} |", head.join(" | "))?;
        let rule = |at: &usize| if table.side(*at) == Align::Right { " ---: |" } else { " --- |" };
        writeln!(out, "|{}", columns.iter().map(rule).collect::<String>())?;
        for row in &table.rows {
            let cells: Vec<String> = columns
                .iter()
                .map(|at| row.get(*at).map(|line| self.line(line)).unwrap_or_default())
                .collect();
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
        Ok(())
    }

    fn orphans(&self, report: &ReportBuilder<'_, '_>, number: &str, out: &mut dyn Write) -> io::Result<()> {
        let orphans = report.document().orphans();
        let (heading, what) = report.orphans_heading();
        writeln!(out, "\n# {number}{}\n\n{}", self.words(&heading), self.words(&what))?;
        for home in orphans {
            writeln!(out, "\n## {}", id(&home.name))?;
            self.sections(&report.orphan(home), out)?;
        }
        Ok(())
    }

    /// The sources in a list, by the numbers they are cited by.
    fn sources(&self, report: &ReportBuilder<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out)?;
        for source in report.sources() {
            writeln!(out, "{}. <a id=\"s-{0}\"></a>{}", source.number, self.source(report, &source))?;
        }
        Ok(())
    }

    fn source(&self, report: &ReportBuilder<'_, '_>, source: &SourceReport) -> String {
        let address = source.link.as_deref().map(link);
        if report.document().shape.length == ReportLength::Brief {
            return [Some(escape::line(&source.reference)), address]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ");
        }
        let (colon, stop) = self.ui.pick(("：", "；"), (": ", "; "));
        let mut parts = vec![self.words(&source.title)];
        parts.extend(
            source.details.iter().map(|pair| {
                format!("{}{colon}{}", self.words(&pair.label), ended(&self.line(&pair.whole())))
            }),
        );
        parts.push(id(&source.id));
        parts.extend(address);
        parts.join(stop)
    }

    /// Words in every language shown, on one line.
    fn words(&self, words: &Words) -> String {
        let each = words.wordings().iter().map(|one| escape::line(&one.text) + &borrowed(one));
        each.collect::<Vec<_>>().join(" / ")
    }

    fn line(&self, line: &[Inline]) -> String {
        side_by_side(line, |piece| self.piece(piece), str::to_owned)
    }

    /// A state's words with its sign before them. A sign may be one that begins a list.
    fn signed(&self, state: State, words: &Words) -> String {
        match words.sign(state) {
            "" => self.words(words),
            sign => format!("{} {}", escape::line(sign), self.words(words)),
        }
    }

    fn piece(&self, piece: &Inline) -> String {
        match piece {
            Inline::Words(words) | Inline::Title(words) => self.words(words),
            Inline::Plain(text) => escape::line(text),
            Inline::Id(text) => id(text),
            Inline::State(state, words) => self.signed(*state, words),
            Inline::Count(state, words, count) => format!("{} {count}", self.signed(*state, words)),
            Inline::Cite { number: 0, .. } => String::new(),
            Inline::Cite { number, at, .. } => {
                let at = at.as_deref().map(|at| format!(" {}", escape::line(at))).unwrap_or_default();
                format!("[\\[{number}\\]](#s-{number}){at}")
            }
            Inline::Link(url) => link(url),
        }
    }
}

/// A remark that something follows, which ends no sentence of its own.
fn ended(text: &str) -> &str {
    text.trim_end_matches(['.', '。'])
}

/// The language of a wording that stands in for a missing one.
fn borrowed(one: &Wording) -> String {
    if one.borrowed { format!(" ({})", escape::line(&one.tag)) } else { String::new() }
}

/// An id as code, where nothing in it could end the code.
fn id(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if !text.is_empty() && text.chars().all(plain) { format!("`{text}`") } else { escape::line(text) }
}

/// A link to a web address; any other text stays text.
fn link(url: &str) -> String {
    // The signs that would end the link are sent as bytes.
    web_address(url).map_or_else(|| escape::line(url), |sent| format!("<{sent}>"))
}
