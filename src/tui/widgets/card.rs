//! The card of a node: laid out into lines for a width, and drawn.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::{Focus, Model};
use super::super::text::{cols, cols_up_to, first_lines, reach};
use super::super::theme::Theme;
use super::ink::write;
use crate::chart::{Drawing, Ink, Row};
use crate::page::{Card, Field, Item, Phrase, Section, SectionKind, ValueRow};
use crate::plan::{NodeId, State};
use crate::text::Ui;
use crate::text::{clean::many_lines, clean::one_line};

/// How a stretch of a card's line looks, by meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As text.
    Plain,
    /// A title or heading.
    Heading,
    /// To be read second.
    Quiet,
    /// A link's title.
    Link,
    /// A state.
    State(State),
    /// A stretch of a chart.
    Ink(Ink),
}

/// A line of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardLine {
    /// Stretches from the left.
    pub spans: Vec<(Look, String)>,
    /// What begins on this line that one can go to or act on.
    pub target: Option<Target>,
}

/// Something on a card that the cursor can stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another node.
    Node(NodeId),
    /// A note or value of somebody's.
    Item(Item),
}

impl CardLine {
    /// A line of one look.
    pub fn new(look: Look, text: impl Into<String>) -> Self {
        Self { spans: vec![(look, text.into())], target: None }
    }

    /// The line as text.
    pub fn text(&self) -> String {
        self.spans.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// Lines of a card from its top, as many as are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardLines {
    /// The lines.
    pub lines: Vec<CardLine>,
    /// Nothing follows them.
    pub are_all: bool,
}

/// Collects lines until there are as many as are wanted. However long a text is, no more of it is laid out than these lines hold.
pub(super) struct Collector {
    lines: Vec<CardLine>,
    most: usize,
    are_all: bool,
}

impl Collector {
    /// No line yet, and at most so many.
    pub fn new(most: usize) -> Self {
        Self { lines: Vec::new(), most, are_all: true }
    }

    /// Lines that there is room for.
    pub fn room(&self) -> usize {
        self.most - self.lines.len()
    }

    /// Puts a line behind the others.
    pub fn push(&mut self, line: CardLine) {
        if self.room() == 0 {
            self.are_all = false;
        } else {
            self.lines.push(line);
        }
    }

    /// Puts a text behind the others, wrapped to so many columns; `line` makes a line of each of its own.
    pub fn text(
        &mut self,
        text: &str,
        clean: fn(&str) -> Cow<'_, str>,
        width_cols: usize,
        line: impl FnMut(String) -> CardLine,
    ) {
        if self.room() == 0 {
            self.are_all = false;
            return;
        }
        let found = first_lines(text, clean, width_cols, self.room());
        self.are_all &= found.are_all;
        self.lines.extend(found.lines.into_iter().map(line));
    }

    /// What has been collected.
    pub fn finish(self) -> CardLines {
        CardLines { lines: self.lines, are_all: self.are_all }
    }
}

/// Widest label column of a section.
const MAX_LABEL_COLS: usize = 14;

/// Lays a card out for a width, as far as so many lines. Every character that must not reach a terminal is replaced here.
pub fn lay_out(card: &Card, ui: Ui, width_cols: usize, most_lines: usize) -> CardLines {
    let mut out = Collector::new(most_lines);
    lay_out_head(card, width_cols, &mut out);
    for section in &card.sections {
        out.push(CardLine::default());
        out.push(CardLine::new(Look::Heading, section.kind.label(ui)));
        let label_cols = label_cols(section, MAX_LABEL_COLS.min(width_cols / 3));
        for field in &section.fields {
            if out.room() == 0 {
                break;
            }
            lay_out_field(field, ui, label_cols, width_cols, &mut out);
        }
    }
    out.finish()
}

fn lay_out_head(card: &Card, width_cols: usize, out: &mut Collector) {
    for (index, phrase) in card.title.iter().enumerate() {
        let look = if index == 0 { Look::Heading } else { Look::Plain };
        out.text(&marked(phrase), one_line, width_cols, |line| CardLine::new(look, line));
    }
    let level = format!("{} · {} · {}", card.level.0, card.level.1, card.id);
    out.text(&level, one_line, width_cols, |line| CardLine::new(Look::Quiet, line));
}

/// Columns of the widest label.
fn label_cols(section: &Section, most_cols: usize) -> usize {
    let label = |field| cols_up_to(&one_line(reach(label_of(field), most_cols)), most_cols);
    section.fields.iter().map(label).max().unwrap_or(0)
}

/// Puts a verdict's dial below its state, and its chart before the figures that it draws.
pub fn illustrate(lines: &mut Vec<CardLine>, drawing: &Drawing, ui: Ui) {
    let heading = |kind: SectionKind, lines: &[CardLine]| {
        lines
            .iter()
            .position(|line| matches!(&line.spans[..], [(Look::Heading, text)] if text == kind.label(ui)))
    };
    let drawn = |row: &Row| CardLine {
        spans: row.0.iter().map(|cell| (Look::Ink(cell.ink), cell.text.clone())).collect(),
        target: None,
    };
    if let (Some(at), false) = (heading(SectionKind::Values, lines), drawing.chart.is_empty()) {
        let chart: Vec<CardLine> = drawing.chart.iter().map(drawn).chain([CardLine::default()]).collect();
        lines.splice(at..at, chart);
    }
    if let (Some(at), Some(dial)) = (heading(SectionKind::State, lines), &drawing.dial) {
        // Below the state's own line.
        let at = (at + 2).min(lines.len());
        lines.insert(at, drawn(dial));
    }
}

/// Columns of a moment, as notes and records are labelled with.
const TIME_COLS: usize = 16;

/// Lays a card out with little air, as far as so many lines: each section's name stands beside its first line. A block for the head, and
/// one for each section; the second answer is whether nothing follows them.
pub(super) fn lay_out_dense(
    card: &Card,
    ui: Ui,
    width_cols: usize,
    most_lines: usize,
) -> (Vec<Vec<CardLine>>, bool) {
    let names = card.sections.iter().map(|section| cols(section.kind.label(ui)));
    let name_cols = names.max().unwrap_or(0).min(MAX_LABEL_COLS).min(width_cols / 4);
    let mut head = Collector::new(most_lines);
    lay_out_head(card, width_cols, &mut head);
    let mut room = head.room();
    let CardLines { lines, mut are_all } = head.finish();
    let mut blocks = vec![lines];
    for section in &card.sections {
        let block = lay_out_beside(section, ui, (name_cols, width_cols), room);
        room -= block.lines.len();
        are_all &= block.are_all;
        blocks.push(block.lines);
    }
    (blocks, are_all)
}

/// A section with its name beside its first line, as far as so many lines.
fn lay_out_beside(
    section: &Section,
    ui: Ui,
    (name_cols, width_cols): (usize, usize),
    most_lines: usize,
) -> CardLines {
    let mut out = Collector::new(most_lines);
    let text_cols = width_cols.saturating_sub(name_cols + 2);
    let label_cols = label_cols(section, TIME_COLS.min(text_cols / 3));
    for field in &section.fields {
        lay_out_field(field, ui, label_cols, text_cols, &mut out);
        if out.room() == 0 {
            break;
        }
    }
    let mut found = out.finish();
    for (at, line) in found.lines.iter_mut().enumerate() {
        let name = if at == 0 { section.kind.label(ui) } else { "" };
        let name = super::super::text::fit(name, name_cols);
        line.spans.splice(0..0, [(Look::Heading, name), (Look::Plain, "  ".to_owned())]);
    }
    found
}

/// A wording, marked where it stands in for a missing one.
fn marked(phrase: &Phrase) -> String {
    if phrase.borrowed { format!("{} ⟨?⟩", phrase.text) } else { phrase.text.clone() }
}

fn label_of(field: &Field) -> &str {
    match field {
        Field::Words(_) | Field::State(_) | Field::Note(_) => "",
        Field::Pair { label, .. } | Field::Item { label, .. } | Field::Link { label, .. } => label,
        Field::Value(row) => &row.label,
    }
}

fn lay_out_field(field: &Field, ui: Ui, label_cols: usize, width_cols: usize, out: &mut Collector) {
    match field {
        Field::Words(phrases) => {
            for phrase in phrases {
                out.text(&marked(phrase), many_lines, width_cols, |line| CardLine::new(Look::Plain, line));
            }
        }
        Field::State(state) => {
            let text = format!("{} {}", state.glyph(), state.label(ui));
            out.push(CardLine::new(Look::State(*state), text));
        }
        Field::Note(note) => {
            out.text(note, one_line, width_cols, |line| CardLine::new(Look::Plain, line));
        }
        Field::Pair { label, value } => {
            hang(label, &[(Look::Plain, value)], label_cols, width_cols, None, out)
        }
        Field::Item { label, value, item } => {
            let target = Some(Target::Item(item.clone()));
            hang(label, &[(Look::Quiet, value)], label_cols, width_cols, target, out)
        }
        Field::Link { label, to, title, remark } => {
            let title = title.iter().map(marked).collect::<Vec<_>>().join(" · ");
            hang(
                label,
                &[(Look::Link, &title), (Look::Quiet, remark)],
                label_cols,
                width_cols,
                Some(Target::Node(*to)),
                out,
            );
        }
        Field::Value(ValueRow { label, when, amount, remark, item, .. }) => {
            let head = if when.is_empty() { amount.clone() } else { format!("{when}  {amount}") };
            let target = item.clone().map(Target::Item);
            hang(label, &[(Look::Plain, &head), (Look::Quiet, remark)], label_cols, width_cols, target, out);
        }
    }
}

/// A label, and beside it paragraphs that each begin on a line of their own.
fn hang(
    label: &str,
    paragraphs: &[(Look, &String)],
    label_cols: usize,
    width_cols: usize,
    target: Option<Target>,
    out: &mut Collector,
) {
    let seen = one_line(reach(label, label_cols + 1));
    let mut left = super::super::text::fit(&seen, label_cols);
    let mut target = target;
    // A label too long for its column has a line to itself, so that nothing of it is lost.
    if cols_up_to(&seen, label_cols + 1) > label_cols {
        out.text(label, one_line, width_cols, |line| CardLine::new(Look::Quiet, line));
        left = " ".repeat(label_cols);
    }
    let gap = if label_cols == 0 { 0 } else { 2 };
    let text_cols = width_cols.saturating_sub(label_cols + gap);
    for (look, paragraph) in paragraphs.iter().filter(|(_, paragraph)| !paragraph.is_empty()) {
        out.text(paragraph, many_lines, text_cols, |line| {
            let margin = format!("{left}{}", " ".repeat(gap));
            left = " ".repeat(label_cols);
            CardLine { spans: vec![(Look::Quiet, margin), (*look, line)], target: target.take() }
        });
    }
}

fn style(theme: Theme, look: Look) -> Style {
    match look {
        Look::Plain => Style::new(),
        Look::Heading => theme.heading(),
        Look::Quiet => theme.quiet(),
        Look::Link => theme.link(),
        Look::State(state) => theme.state(state),
        Look::Ink(ink) => theme.ink(ink),
    }
}

/// Draws the card's pane; returns the line of the pane on which the selected link stands.
pub fn draw(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<u16> {
    let selected = model.card_line().filter(|_| model.focus == Focus::Card);
    let visible = model.panes.lines.iter().enumerate().skip(model.card.top).take(usize::from(area.height));
    let mut at = None;
    for ((index, line), y) in visible.zip(area.y..) {
        if Some(index) == selected {
            buffer.set_style(Rect { y, height: 1, ..area }, theme.selected());
            at = Some(y);
        }
        let mut x = area.x;
        for (look, text) in &line.spans {
            x = write(buffer, (x, y), text, usize::from(area.right().saturating_sub(x)), style(theme, *look));
        }
    }
    at
}
