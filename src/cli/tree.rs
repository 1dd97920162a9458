//! `plan158 tree [ID] [--depth N]`: one line a node, in columns that stay aligned under text of mixed width.

use std::io::Write;

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::open::{OpenPlan, open};
use super::output::{ColorMode, Output, OutputTarget};
use crate::plan::{NodeId, State};
use crate::text::clean::one_line;
use crate::text::{Lang, Ui};
use crate::tui::text::{cols, cut, fit};

/// A wider title pushes its own columns aside instead of everybody's.
const MAX_TITLE_COLS: usize = 100;

/// One line, its columns still apart.
pub struct TreeLine {
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
pub fn run(
    context: &CommandContext,
    out: &mut Output,
    id: Option<&str>,
    depth: Option<u32>,
) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let top = id.map(|id| opened.node(id)).transpose()?;
    let lines = lines(&opened, top, depth);
    let (target, ink) = (out.target, out.ink);
    print(&lines, context.ui(), target, ink, out)?;
    Ok(Exit::Done)
}

fn lines(opened: &OpenPlan, top: Option<NodeId>, depth: Option<u32>) -> Vec<TreeLine> {
    let tree = &opened.plan().tree;
    let (steps, levels) = top.map_or((0, 0), |top| (tree.node(top).depth, tree.level_depth(top)));
    let ids: Box<dyn Iterator<Item = NodeId>> = match top {
        Some(top) => Box::new(tree.subtree(top)),
        None => Box::new(tree.ids()),
    };
    ids.filter(|id| depth.is_none_or(|depth| tree.level_depth(*id) - levels < depth))
        .map(|id| line(opened, id, steps, opened.state(id)))
        .collect()
}

/// The line of a node, indented by its depth below `base`.
pub fn line(opened: &OpenPlan, id: NodeId, base: u32, state: State) -> TreeLine {
    let node = opened.plan().tree.node(id);
    let mark = one_line(opened.plan().level(node.level).mark_in(opened.show.main()));
    let indent = "  ".repeat(usize::try_from(node.depth.saturating_sub(base)).unwrap_or(0).min(MAX_INDENT));
    let main = title(opened, id, opened.show.main());
    TreeLine {
        title: format!("{indent}{mark} {main}"),
        second: opened.show.second().map(|lang| title(opened, id, lang)).unwrap_or_default(),
        state,
        id: node.key.to_string(),
    }
}

/// Deeper nodes stand no further in; a chain of a million would be a square of spaces.
const MAX_INDENT: usize = 32;

/// A node's title in a language, marked as on the screen: where another language has to stand in, and by the
/// id where there is none.
fn title(opened: &OpenPlan, id: NodeId, lang: Lang) -> String {
    let node = opened.plan().tree.node(id);
    let wording = node.title.get_or_first(lang);
    match (wording.text, wording.borrowed) {
        ("", _) => format!("⟨{}⟩", node.key),
        (text, true) => format!("{} ⟨{}?⟩", one_line(text), one_line(opened.plan().tag(lang))),
        (text, false) => one_line(text).into_owned(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SecondLanguage {
    /// Nowhere: one language is shown.
    Nowhere,
    /// In a column of its own.
    Beside(usize),
    /// On a line of its own, where there is no room for a column.
    Below,
}

/// How wide each column is.
struct Widths {
    title: usize,
    second: SecondLanguage,
    state: usize,
}

impl Widths {
    fn of(lines: &[TreeLine], ui: Ui, target: OutputTarget) -> Self {
        let widest = |each: &dyn Fn(&TreeLine) -> usize| lines.iter().map(each).max().unwrap_or(0);
        let title = widest(&|line| cols(&line.title)).min(MAX_TITLE_COLS);
        let second = widest(&|line| cols(&line.second)).min(MAX_TITLE_COLS);
        let state = widest(&|line| cols(&state_text(line.state, ui)));
        let room = match target {
            OutputTarget::Terminal { cols: room } => {
                room.saturating_sub(widest(&|line| cols(&line.id)) + state + 2 * GAP.len())
            }
            OutputTarget::Other => usize::MAX,
        };
        let (title, second) = share(room, title, second);
        Self { title, second, state }
    }
}

/// Shares the room between the titles of both languages; what one does not need goes to the other. Below a
/// readable minimum lines may wrap instead.
fn share(room: usize, title: usize, second: usize) -> (usize, SecondLanguage) {
    if second == 0 {
        return (title.min(room.max(MIN_TITLE_COLS)), SecondLanguage::Nowhere);
    }
    let both = room.saturating_sub(GAP.len());
    if both < 2 * MIN_TITLE_COLS {
        return (title.min(room.max(MIN_TITLE_COLS)), SecondLanguage::Below);
    }
    let half = both / 2;
    let title = title.min(half.max(both.saturating_sub(second)));
    (title, SecondLanguage::Beside(second.min(both - title)))
}

const GAP: &str = "  ";
const MIN_TITLE_COLS: usize = 20;

/// What nobody judges, and what nobody has judged yet, says nothing of itself.
fn state_text(state: State, ui: Ui) -> String {
    if state == State::NotJudged { String::new() } else { state.signed(ui) }
}

/// The text in a column: cut on a terminal only, filled up everywhere.
fn cell(text: &str, width: usize, target: OutputTarget) -> String {
    match target {
        OutputTarget::Terminal { .. } => fit(text, width),
        OutputTarget::Other if cols(text) >= width => text.to_owned(),
        OutputTarget::Other => fit(text, width),
    }
}

/// Prints lines in columns.
///
/// # Errors
/// When the result cannot be written.
pub fn print(
    lines: &[TreeLine],
    ui: Ui,
    target: OutputTarget,
    ink: ColorMode,
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let widths = Widths::of(lines, ui, target);
    for line in lines {
        let state = ink.state(&fit(&state_text(line.state, ui), widths.state), line.state);
        let id = ink.quiet(&line.id);
        write!(out, "{}{GAP}", cell(&line.title, widths.title, target))?;
        if let SecondLanguage::Beside(width) = widths.second {
            write!(out, "{}{GAP}", cell(&line.second, width, target))?;
        }
        writeln!(out, "{state}{GAP}{id}")?;
        if widths.second == SecondLanguage::Below && !line.second.is_empty() {
            let indent = line.title.len() - line.title.trim_start().len() + GAP.len();
            let width = widths.title.saturating_sub(indent).max(MIN_TITLE_COLS);
            writeln!(out, "{}{}", " ".repeat(indent), cut(&line.second, width))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn line(title: &str, second: &str, id: &str) -> TreeLine {
        TreeLine { title: title.into(), second: second.into(), state: State::NoData, id: id.into() }
    }

    fn printed(lines: &[TreeLine], target: OutputTarget) -> Vec<String> {
        let mut out = Vec::new();
        print(lines, Ui::En, target, ColorMode::Plain, &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[rstest]
    #[case(60)]
    #[case(80)]
    #[case(120)]
    fn on_a_terminal_every_line_fits_and_a_cut_title_says_so(#[case] room: usize) {
        let long = "职业教育提质领跑行动".repeat(9);
        for second in ["", "Vocational education: raise quality and take the lead, everywhere and always"] {
            let lines = [line(&long, second, "a4"), line("短", second, "a4.school-communities")];
            for text in printed(&lines, OutputTarget::Terminal { cols: room }) {
                assert!(cols(&text) <= room, "{} > {room}: {text}", cols(&text));
            }
            assert!(printed(&lines, OutputTarget::Terminal { cols: room })[0].contains('…'));
        }
    }

    #[test]
    fn into_a_file_nothing_is_cut_and_one_long_title_pushes_only_its_own_columns() {
        let long = "长".repeat(80);
        let lines = printed(&[line(&long, "", "a"), line("短", "", "b")], OutputTarget::Other);
        assert!(lines[0].starts_with(&format!("{long}  no-data")), "{}", lines[0]);
        assert_eq!(cols(lines[1].split("no-data").next().unwrap()), MAX_TITLE_COLS + GAP.len());
    }

    #[test]
    fn without_room_for_two_columns_the_second_language_stands_below() {
        let lines = [line("  a 教师", "Teachers", "a")];
        let texts = printed(&lines, OutputTarget::Terminal { cols: 40 });
        assert_eq!(texts[1], "    Teachers");
    }

    #[test]
    fn a_short_title_gives_its_room_to_the_other_language() {
        let lines = [line("短", "A title of about fifty columns, which is rather long", "a")];
        let text = &printed(&lines, OutputTarget::Terminal { cols: 80 })[0];
        assert!(text.contains("which is rather long"), "{text}");
    }
}
