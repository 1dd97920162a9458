//! Blocks as lines of so many columns: what the card's pane, the review card and the command line show. A line says how its stretches
//! look by meaning; whoever shows it has the colours.
//!
//! Every character that must not reach a terminal is replaced here. Blocks are laid out one after another, and no more of a text is
//! looked at than may show on the lines that are asked for.

mod line;
mod table;

pub use super::block::LineTarget;
use super::block::{Block, Inline, Labelled, Line, ListItem, NoteBlock, Page, Pair, Section, Weight};
use crate::chart::{ChartRole, ChartRow, Glyphs, Plot};
use crate::plan::State;
use crate::text::Ui;
use crate::text::clean::{line_within, many_lines, one_line};
use crate::text::columns::{cols_up_to, first_lines, fit, reach, wrap};
use line::{every, first, said, spans, wrap_spans};

/// How a stretch of a line looks, by meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextStyle {
    Plain,
    Heading,
    /// To be read second.
    Quiet,
    /// A link's title.
    Link,
    State(State),
    /// A stretch of a chart.
    Chart(ChartRole),
}

/// A line for a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StyledLine {
    /// Stretches from the left.
    pub spans: Vec<(TextStyle, String)>,
    /// What begins on this line that the cursor can stand on.
    pub target: Option<LineTarget>,
}

impl StyledLine {
    pub fn new(look: TextStyle, text: impl Into<String>) -> Self {
        Self { spans: vec![(look, text.into())], target: None }
    }

    pub fn text(&self) -> String {
        self.spans.iter().map(|(_, text)| text.as_str()).collect()
    }
}

impl From<&ChartRow> for StyledLine {
    fn from(row: &ChartRow) -> Self {
        let span = |cell: &crate::chart::ChartCell| (TextStyle::Chart(cell.ink), cell.text.clone());
        Self { spans: row.0.iter().map(span).collect(), target: None }
    }
}

/// What is drawn of figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charts {
    #[default]
    None,
    /// The dial of a verdict.
    Dial,
    /// The dial, and values over time in so many rows.
    Rows(usize),
}

/// Where and how blocks are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Columns of a line.
    pub width_cols: usize,
    /// No more lines than these are laid out.
    pub max_lines: usize,
    /// What is drawn of figures.
    pub charts: Charts,
    /// What charts are drawn with.
    pub glyphs: Glyphs,
    /// The language of a chart's legend.
    pub ui: Ui,
}

impl Layout {
    /// All lines of so many columns, without charts.
    pub fn new(width_cols: usize, ui: Ui) -> Self {
        Self { width_cols, max_lines: usize::MAX, charts: Charts::None, glyphs: Glyphs::default(), ui }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// The lines, at most as many as were asked for.
    pub lines: Vec<StyledLine>,
    /// Nothing follows them.
    pub are_all: bool,
}

/// Widest column of labels.
const MAX_LABEL_COLS: usize = 14;

/// Columns of a moment, as notes and records are labelled with.
const TIME_COLS: usize = 16;

/// Widest chart: a wider one says no more.
const MAX_CHART_COLS: usize = 100;

/// Most rows of a chart's legend.
const MAX_LEGEND_ROWS: usize = 3;

/// A page of blocks, with an empty line before each but those that belong to a heading.
pub fn blocks(blocks: &[Block], layout: &Layout) -> Laid {
    let mut drawer = TerminalRenderer::new(layout, layout.width_cols);
    drawer.label_cols = label_cols(blocks, layout.width_cols);
    let mut before: Option<&Block> = None;
    for block in blocks {
        let belongs = matches!(before, Some(Block::Heading(_))) || matches!(block, Block::Aside(_));
        if before.is_some() && !belongs {
            drawer.add(StyledLine::default());
        }
        drawer.block(block);
        before = Some(block);
    }
    drawer.finish()
}

/// A page: its title and head, then its sections.
pub fn page(page: &Page, layout: &Layout) -> Laid {
    let mut drawer = TerminalRenderer::new(layout, layout.width_cols);
    drawer.head(page);
    drawer.sections(&page.sections);
    drawer.finish()
}

/// A page with little air, below other blocks: the lines of what stands above, of its head and of each section, and whether those are
/// all. Each section's heading stands beside its first line.
pub fn page_beside(above: &[Block], page: &Page, layout: &Layout) -> (Vec<Vec<StyledLine>>, bool) {
    let mut drawer = TerminalRenderer::new(layout, layout.width_cols);
    above.iter().for_each(|block| drawer.block(block));
    let mut parts = vec![drawer.finish()];
    let left = |parts: &[Laid]| {
        let used: usize = parts.iter().map(|part| part.lines.len()).sum();
        Layout { max_lines: layout.max_lines.saturating_sub(used), ..*layout }
    };
    let layout = left(&parts);
    let mut drawer = TerminalRenderer::new(&layout, layout.width_cols);
    drawer.head(page);
    parts.push(drawer.finish());
    let name_cols = name_cols(&page.sections, layout.width_cols);
    for section in &page.sections {
        let layout = left(&parts);
        parts.push(section_beside(section, name_cols, &layout));
    }
    let are_all = parts.iter().all(|part| part.are_all);
    (parts.into_iter().map(|part| part.lines).collect(), are_all)
}

/// Columns of the headings of sections that stand beside them.
fn name_cols(sections: &[Section], width_cols: usize) -> usize {
    let names = sections.iter().map(|section| cols_up_to(&first(&section.heading), MAX_LABEL_COLS));
    names.max().unwrap_or(0).min(width_cols / 4)
}

/// A section with its heading beside its first line.
fn section_beside(section: &Section, name_cols: usize, layout: &Layout) -> Laid {
    let room = layout.width_cols.saturating_sub(name_cols + 2);
    let mut drawer = TerminalRenderer::new(layout, room);
    drawer.label_cols = label_cols_up_to(&section.blocks, TIME_COLS, room);
    section.blocks.iter().for_each(|block| drawer.block(block));
    let name = first(&section.heading);
    for (at, line) in drawer.lines.iter_mut().enumerate() {
        let name = fit(if at == 0 { &name } else { "" }, name_cols);
        line.spans.splice(0..0, [(TextStyle::Heading, name), (TextStyle::Plain, "  ".to_owned())]);
    }
    drawer.finish()
}

fn label(pair: &Pair) -> String {
    if pair.labelled == Labelled::InEveryLanguage { every(&pair.label) } else { first(&pair.label) }
}

fn label_cols(blocks: &[Block], width_cols: usize) -> usize {
    label_cols_up_to(blocks, MAX_LABEL_COLS, width_cols)
}

/// Columns of the labels in some blocks: of the longest, within bounds.
fn label_cols_up_to(blocks: &[Block], most: usize, width_cols: usize) -> usize {
    let of = |label: &str| cols_up_to(&line_within(label, most), most);
    let block = |block: &Block| match block {
        Block::Pairs(pairs) => pairs
            .iter()
            .filter(|pair| pair.labelled != Labelled::InReports)
            .map(|pair| of(&label(pair)))
            .max()
            .unwrap_or(0),
        Block::Note(note) => of(&note.when),
        _ => 0,
    };
    blocks.iter().map(block).max().unwrap_or(0).min(width_cols / 3)
}

/// What makes a text safe for a terminal.
type Clean = fn(&str) -> std::borrow::Cow<'_, str>;

/// Lines that are being laid out.
struct TerminalRenderer<'l> {
    layout: &'l Layout,
    width: usize,
    label_cols: usize,
    lines: Vec<StyledLine>,
    /// Something was left out.
    cut: bool,
}

impl<'l> TerminalRenderer<'l> {
    fn new(layout: &'l Layout, width: usize) -> Self {
        Self { layout, width, label_cols: 0, lines: Vec::new(), cut: false }
    }

    fn finish(self) -> Laid {
        Laid { are_all: !self.cut, lines: self.lines }
    }

    fn room(&self) -> usize {
        self.layout.max_lines.saturating_sub(self.lines.len())
    }

    fn is_full(&self) -> bool {
        self.room() == 0
    }

    fn add(&mut self, line: StyledLine) {
        if self.is_full() {
            self.cut = true;
        } else {
            self.lines.push(line);
        }
    }

    /// A text in lines of so many columns, as many as there is room for.
    fn wrapped(&mut self, text: &str, clean: Clean, max_cols: usize) -> Vec<String> {
        if self.is_full() {
            self.cut = true;
            return Vec::new();
        }
        let found = first_lines(text, clean, max_cols, self.room());
        self.cut |= !found.are_all;
        found.lines
    }

    fn text(&mut self, look: TextStyle, text: &str, clean: Clean) {
        let lines = self.wrapped(text, clean, self.width);
        self.lines.extend(lines.into_iter().map(|line| StyledLine::new(look, line)));
    }

    fn head(&mut self, page: &Page) {
        for (at, one) in page.title.wordings().iter().enumerate() {
            let look = if at == 0 { TextStyle::Heading } else { TextStyle::Plain };
            self.text(look, &line::wording(one), one_line);
        }
        self.text(TextStyle::Quiet, &said(&page.head), one_line);
    }

    fn sections(&mut self, sections: &[Section]) {
        for section in sections {
            if self.is_full() {
                self.cut = true;
                return;
            }
            self.add(StyledLine::default());
            self.text(TextStyle::Heading, &first(&section.heading), one_line);
            self.label_cols = label_cols(&section.blocks, self.width);
            section.blocks.iter().for_each(|block| self.block(block));
        }
    }

    fn block(&mut self, block: &Block) {
        if self.is_full() {
            self.cut = true;
            return;
        }
        match block {
            Block::Heading(line) => self.line(line, TextStyle::Heading, 0, None),
            Block::Paragraph(line) => self.paragraph(line),
            Block::Remark(words) => self.text(TextStyle::Plain, &first(words), one_line),
            Block::Aside(line) => self.text(TextStyle::Quiet, &said(line), one_line),
            Block::Pairs(pairs) => pairs.iter().for_each(|pair| self.pair(pair)),
            Block::Table(table) => table::draw(table, self.width).into_iter().for_each(|line| self.add(line)),
            Block::List(items) => items.iter().for_each(|item| self.item(item)),
            Block::Note(note) => self.note(note),
            Block::Dial(_) if self.layout.charts == Charts::None => {}
            Block::Dial(dial) => {
                self.add(StyledLine::from(&dial.row(self.width.min(MAX_CHART_COLS), self.layout.glyphs)));
            }
            Block::Plot(plot) => self.plot(plot),
        }
    }

    /// Each language begins on a line of its own.
    fn paragraph(&mut self, line: &Line) {
        match line.as_slice() {
            [Inline::Words(words)] => words
                .wordings()
                .iter()
                .for_each(|one| self.text(TextStyle::Plain, &line::wording(one), many_lines)),
            line => self.line(line, TextStyle::Plain, 0, None),
        }
    }

    fn pair(&mut self, pair: &Pair) {
        if self.is_full() {
            self.cut = true;
            return;
        }
        let look = match pair.value.as_slice() {
            [Inline::State(state, _)] => TextStyle::State(*state),
            [Inline::Title(_)] => TextStyle::Link,
            _ => TextStyle::Plain,
        };
        if pair.labelled == Labelled::InReports {
            return self.text(look, &said(&pair.value), one_line);
        }
        let paragraphs = [(look, said(&pair.value)), (TextStyle::Quiet, said(&pair.more))];
        self.hang(&label(pair), &paragraphs, pair.target.clone());
    }

    fn note(&mut self, note: &NoteBlock) {
        let target = Some(LineTarget::Item(note.item.clone()));
        self.hang(&note.when, &[(TextStyle::Quiet, said(&note.head))], target);
        self.text(TextStyle::Plain, &note.text, many_lines);
    }

    /// A label, and beside it paragraphs that each begin on a line of their own.
    fn hang(&mut self, label: &str, paragraphs: &[(TextStyle, String)], target: Option<LineTarget>) {
        let mut target = target;
        let blank = " ".repeat(self.label_cols);
        let shown = line_within(label, self.label_cols).into_owned();
        let mut left = fit(&shown, self.label_cols);
        // A label too long for its column has lines to itself, so that nothing of it is lost.
        if shown != one_line(reach(label, self.label_cols + 1)) {
            self.text(TextStyle::Quiet, label, one_line);
            left.clone_from(&blank);
        } else if paragraphs.iter().all(|(_, paragraph)| paragraph.is_empty()) {
            self.add(StyledLine { spans: vec![(TextStyle::Quiet, shown)], target: target.take() });
        }
        let gap = if self.label_cols == 0 { 0 } else { 2 };
        let text_cols = self.width.saturating_sub(self.label_cols + gap);
        for (look, paragraph) in paragraphs.iter().filter(|(_, paragraph)| !paragraph.is_empty()) {
            for line in self.wrapped(paragraph, many_lines, text_cols) {
                let margin = format!("{left}{}", " ".repeat(gap));
                let spans = vec![(TextStyle::Quiet, margin), (*look, line)];
                self.lines.push(StyledLine { spans, target: target.take() });
                left.clone_from(&blank);
            }
        }
    }

    fn item(&mut self, item: &ListItem) {
        if self.is_full() {
            self.cut = true;
            return;
        }
        let look = match (item.weight, &item.target) {
            (Weight::Strong, _) => TextStyle::Heading,
            (Weight::Quiet, _) => TextStyle::Quiet,
            (Weight::Plain, Some(_)) => TextStyle::Link,
            (Weight::Plain, None) => TextStyle::Plain,
        };
        let indent_cols = usize::from(item.depth) * 2;
        self.line(&item.line, look, indent_cols, item.target.clone());
        for pair in &item.below {
            self.below(pair, indent_cols + 2);
        }
    }

    /// A detail set in below its line, with the line breaks of people's words.
    fn below(&mut self, pair: &Pair, indent_cols: usize) {
        let (label, value) = (first(&pair.label), said(&pair.whole()));
        let colon = if label.is_empty() { "" } else { self.layout.ui.pick("：", ": ") };
        let text = format!("{label}{colon}{value}");
        let margin = " ".repeat(indent_cols);
        for line in self.wrapped(&text, many_lines, self.width.saturating_sub(indent_cols)) {
            self.lines.push(StyledLine::new(TextStyle::Plain, format!("{margin}{line}")));
        }
    }

    /// A line in stretches of their own looks, set in by so many columns.
    fn line(&mut self, line: &[Inline], look: TextStyle, indent_cols: usize, target: Option<LineTarget>) {
        let mut target = target;
        let width = self.width.saturating_sub(indent_cols);
        let lines = match line {
            [one] => {
                let look = line::look(one, look);
                let texts = self.wrapped(&said(line), one_line, width);
                texts.into_iter().map(|text| vec![(look, text)]).collect()
            }
            line => wrap_spans(spans(line, look, width.saturating_mul(self.room())), width),
        };
        for mut spans in lines {
            if indent_cols > 0 {
                spans.insert(0, (TextStyle::Plain, " ".repeat(indent_cols)));
            }
            self.add(StyledLine { spans, target: target.take() });
        }
    }

    fn plot(&mut self, plot: &Plot) {
        let Layout { charts, glyphs, ui, .. } = *self.layout;
        let Charts::Rows(rows) = charts else { return };
        let cols = self.width.min(MAX_CHART_COLS);
        let rows = plot.rows(cols, rows, glyphs, ui);
        rows.iter().for_each(|row| self.add(StyledLine::from(row)));
        let legend = wrap(&plot.legend(glyphs, ui), cols);
        for line in legend.into_iter().take(MAX_LEGEND_ROWS) {
            self.add(StyledLine::new(TextStyle::Chart(ChartRole::Words), line));
        }
        self.add(StyledLine::default());
    }
}

#[cfg(test)]
mod tests;
