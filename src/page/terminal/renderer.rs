//! Lays blocks out as styled lines, and stops as soon as the lines that were asked for are full.

use super::line::{first, look as look_of, said, spans, wording, wrap_spans};
use super::{Charts, Laid, Layout, LineTarget, StyledLine, TextStyle, label, label_cols, table};
use crate::chart::{ChartRole, Plot};
use crate::page::block::{Block, Inline, Labelled, Line, ListItem, NoteBlock, Page, Pair, Section, Weight};
use crate::text::clean::{line_within, many_lines, one_line};
use crate::text::columns::{first_lines, fit, reach, wrap};

/// Widest chart: a wider one says no more.
const MAX_CHART_COLS: usize = 100;

/// Most rows of a chart's legend.
const MAX_LEGEND_ROWS: usize = 3;

/// What makes a text safe for a terminal.
type Clean = fn(&str) -> std::borrow::Cow<'_, str>;

/// Lines that are being laid out.
pub(super) struct TerminalRenderer<'l> {
    layout: &'l Layout,
    width: usize,
    pub(super) label_cols: usize,
    pub(super) lines: Vec<StyledLine>,
    /// Something was left out.
    cut: bool,
}

impl<'l> TerminalRenderer<'l> {
    pub(super) fn new(layout: &'l Layout, width: usize) -> Self {
        Self { layout, width, label_cols: 0, lines: Vec::new(), cut: false }
    }

    pub(super) fn finish(self) -> Laid {
        Laid { are_all: !self.cut, lines: self.lines }
    }

    fn lines_left(&self) -> usize {
        self.layout.max_lines.saturating_sub(self.lines.len())
    }

    /// Whether no further line may be laid out; then something has been left out.
    fn is_out_of_lines(&mut self) -> bool {
        let is_full = self.lines_left() == 0;
        self.cut |= is_full;
        is_full
    }

    pub(super) fn add(&mut self, line: StyledLine) {
        if !self.is_out_of_lines() {
            self.lines.push(line);
        }
    }

    /// A text in lines of so many columns, as many as there is room for.
    fn wrapped(&mut self, text: &str, clean: Clean, max_cols: usize) -> Vec<String> {
        if self.is_out_of_lines() {
            return Vec::new();
        }
        let found = first_lines(text, clean, max_cols, self.lines_left());
        self.cut |= !found.are_all;
        found.lines
    }

    fn text(&mut self, look: TextStyle, text: &str, clean: Clean) {
        let lines = self.wrapped(text, clean, self.width);
        self.lines.extend(lines.into_iter().map(|line| StyledLine::new(look, line)));
    }

    pub(super) fn head(&mut self, page: &Page) {
        for (at, one) in page.title.wordings().iter().enumerate() {
            let look = if at == 0 { TextStyle::Heading } else { TextStyle::Plain };
            self.text(look, &wording(one), one_line);
        }
        self.text(TextStyle::Quiet, &said(&page.head), one_line);
    }

    pub(super) fn sections(&mut self, sections: &[Section]) {
        for section in sections {
            if self.is_out_of_lines() {
                return;
            }
            self.add(StyledLine::default());
            self.text(TextStyle::Heading, &first(&section.heading), one_line);
            self.label_cols = label_cols(&section.blocks, self.width);
            section.blocks.iter().for_each(|block| self.block(block));
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        if self.is_out_of_lines() {
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
            [Inline::Words(words)] => {
                words.wordings().iter().for_each(|one| self.text(TextStyle::Plain, &wording(one), many_lines))
            }
            line => self.line(line, TextStyle::Plain, 0, None),
        }
    }

    fn pair(&mut self, pair: &Pair) {
        if self.is_out_of_lines() {
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
        if self.is_out_of_lines() {
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
                let look = look_of(one, look);
                let texts = self.wrapped(&said(line), one_line, width);
                texts.into_iter().map(|text| vec![(look, text)]).collect()
            }
            line => wrap_spans(spans(line, look, width.saturating_mul(self.lines_left())), width),
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
