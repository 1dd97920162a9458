//! `plan158 tree [ID] [--depth N]`: one line a node, in columns that stay aligned under text of mixed width.

use std::io::Write;

use super::Context;
use super::failure::{Exit, Stop};
use super::open::{Opened, open};
use super::output::{Output, Target};
use crate::plan::text::one_line;
use crate::plan::{Lang, NodeId, State, Ui};
use crate::tui::text::{cols, cut, fit};

/// A wider title pushes its own columns aside instead of everybody's.
const MAX_TITLE_COLS: usize = 100;

/// One line, its columns still apart.
struct Line {
    /// Indent, mark and title.
    title: String,
    /// The title in the second language; empty where one is shown.
    second: String,
    state: State,
    id: String,
}

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(context: &Context, out: &mut Output, id: Option<&str>, depth: Option<u32>) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let top = id.map(|id| opened.node(id)).transpose()?;
    let lines = lines(&opened, top, depth);
    print(&lines, context.ui(), out)?;
    Ok(Exit::Done)
}

fn lines(opened: &Opened, top: Option<NodeId>, depth: Option<u32>) -> Vec<Line> {
    let tree = &opened.plan().tree;
    let base = top.map_or(0, |top| tree.node(top).depth);
    let ids: Box<dyn Iterator<Item = NodeId>> = match top {
        Some(top) => Box::new(tree.subtree(top)),
        None => Box::new(tree.ids()),
    };
    ids.filter(|id| depth.is_none_or(|depth| tree.node(*id).depth - base < depth))
        .map(|id| line(opened, id, base))
        .collect()
}

fn line(opened: &Opened, id: NodeId, base: u32) -> Line {
    let node = opened.plan().tree.node(id);
    let mark = one_line(&opened.plan().level(node.level).mark);
    let indent = "  ".repeat(usize::try_from(node.depth - base).unwrap_or(0).min(MAX_INDENT));
    let main = title(opened, id, opened.show.main());
    Line {
        title: format!("{indent}{mark} {main}"),
        second: opened.show.second().map(|lang| title(opened, id, lang)).unwrap_or_default(),
        state: super::show::state(opened, id),
        id: node.key.to_string(),
    }
}

/// Deeper nodes stand no further in; a chain of a million would be a square of spaces.
const MAX_INDENT: usize = 32;

/// A node's title in a language, marked as on the screen: where another language has to stand in, and by the id where there is none.
fn title(opened: &Opened, id: NodeId, lang: Lang) -> String {
    let node = opened.plan().tree.node(id);
    let wording = node.title.get_or_first(lang);
    match (wording.text, wording.borrowed) {
        ("", _) => format!("⟨{}⟩", node.key),
        (text, true) => format!("{} ⟨{}?⟩", one_line(text), one_line(opened.plan().tag(lang))),
        (text, false) => one_line(text).into_owned(),
    }
}

/// How wide each column is.
struct Widths {
    title: usize,
    second: usize,
    state: usize,
}

impl Widths {
    fn of(lines: &[Line], ui: Ui, target: Target) -> Self {
        let widest = |each: &dyn Fn(&Line) -> usize| lines.iter().map(each).max().unwrap_or(0);
        let mut widths = Self {
            title: widest(&|line| cols(&line.title)).min(MAX_TITLE_COLS),
            second: widest(&|line| cols(&line.second)).min(MAX_TITLE_COLS),
            state: widest(&|line| cols(&state_text(line.state, ui))),
        };
        if let Target::Terminal { cols: room } = target {
            let id = widest(&|line| cols(&line.id));
            widths.squeeze(room.saturating_sub(id + widths.state + 2 * GAP.len()));
        }
        widths
    }

    /// Fits the titles into so many columns; below a readable minimum lines may wrap instead.
    fn squeeze(&mut self, room: usize) {
        if self.second == 0 {
            self.title = self.title.min(room.max(MIN_TITLE_COLS));
            return;
        }
        let half = (room.saturating_sub(GAP.len()) / 2).max(MIN_TITLE_COLS);
        let spare = half.saturating_sub(self.title.min(self.second));
        self.title = self.title.min(half + spare);
        self.second = self.second.min(half + spare);
    }
}

const GAP: &str = "  ";
const MIN_TITLE_COLS: usize = 20;

fn state_text(state: State, ui: Ui) -> String {
    format!("{} {}", state.glyph(), state.label(ui))
}

/// The text in a column: cut on a terminal only, filled up everywhere.
fn cell(text: &str, width: usize, target: Target) -> String {
    match target {
        Target::Terminal { .. } => fit(&cut(text, width), width),
        Target::Other if cols(text) >= width => text.to_owned(),
        Target::Other => fit(text, width),
    }
}

fn print(lines: &[Line], ui: Ui, out: &mut Output) -> Result<(), Stop> {
    let target = out.target;
    let widths = Widths::of(lines, ui, target);
    for line in lines {
        let state = out.ink.state(&fit(&state_text(line.state, ui), widths.state), line.state);
        write!(out, "{}{GAP}", cell(&line.title, widths.title, target))?;
        if widths.second > 0 {
            write!(out, "{}{GAP}", cell(&line.second, widths.second, target))?;
        }
        let id = out.ink.quiet(&line.id);
        writeln!(out, "{state}{GAP}{id}")?;
    }
    Ok(())
}
