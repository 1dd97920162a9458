//! Blocks as lines of so many columns: what the card's pane, the review card and the command line show. A
//! line says how its stretches look by meaning; whoever shows it has the colours.
//!
//! Every character that must not reach a terminal is replaced here. Blocks are laid out one after another,
//! and no more of a text is looked at than may show on the lines that are asked for.

mod line;
mod renderer;
mod table;

pub use super::block::LineTarget;
use super::block::{Block, Labelled, Page, Pair, Section};
use crate::chart::{ChartRole, ChartRow, Glyphs};
use crate::plan::State;
use crate::text::Ui;
use crate::text::clean::line_within;
use crate::text::columns::{cols_up_to, fit};
use line::{every, first};
use renderer::TerminalRenderer;

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

/// A page of blocks, with an empty line before each but those that belong to a heading.
pub fn blocks(blocks: &[Block], layout: &Layout) -> Laid {
    let mut renderer = TerminalRenderer::new(layout, layout.width_cols);
    renderer.label_cols = label_cols(blocks, layout.width_cols);
    let mut before: Option<&Block> = None;
    for block in blocks {
        let belongs = matches!(before, Some(Block::Heading(_))) || matches!(block, Block::Aside(_));
        if before.is_some() && !belongs {
            renderer.add(StyledLine::default());
        }
        renderer.block(block);
        before = Some(block);
    }
    renderer.finish()
}

/// A page: its title and head, then its sections.
pub fn page(page: &Page, layout: &Layout) -> Laid {
    let mut renderer = TerminalRenderer::new(layout, layout.width_cols);
    renderer.head(page);
    renderer.sections(&page.sections);
    renderer.finish()
}

/// A page with little air, below other blocks: the lines of what stands above, of its head and of each
/// section, and whether those are all. Each section's heading stands beside its first line.
pub fn page_beside(above: &[Block], page: &Page, layout: &Layout) -> (Vec<Vec<StyledLine>>, bool) {
    let mut renderer = TerminalRenderer::new(layout, layout.width_cols);
    above.iter().for_each(|block| renderer.block(block));
    let mut parts = vec![renderer.finish()];
    let left = |parts: &[Laid]| {
        let used: usize = parts.iter().map(|part| part.lines.len()).sum();
        Layout { max_lines: layout.max_lines.saturating_sub(used), ..*layout }
    };
    let layout = left(&parts);
    let mut renderer = TerminalRenderer::new(&layout, layout.width_cols);
    renderer.head(page);
    parts.push(renderer.finish());
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
    let mut renderer = TerminalRenderer::new(layout, room);
    renderer.label_cols = label_cols_up_to(&section.blocks, TIME_COLS, room);
    section.blocks.iter().for_each(|block| renderer.block(block));
    let name = first(&section.heading);
    for (at, line) in renderer.lines.iter_mut().enumerate() {
        let name = fit(if at == 0 { &name } else { "" }, name_cols);
        line.spans.splice(0..0, [(TextStyle::Heading, name), (TextStyle::Plain, "  ".to_owned())]);
    }
    renderer.finish()
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

#[cfg(test)]
mod tests;
