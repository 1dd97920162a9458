//! What is selected among other things: it stays so as long as it is there, so that a key acts on what was
//! read.

use plan158::page::LineTarget;
use plan158::plan::NodeId;
use plan158::tui::layers::{EntryAction, ListEntry};
use plan158::tui::model::Model;
use plan158::tui::pages::screen_page::ScreenPage;

/// What is selected among other things: on the card, in a list, on a page.
#[derive(Debug)]
pub struct Selection {
    among: String,
    selected: Option<String>,
    all: Vec<String>,
}

/// Everything that is selected now.
pub fn selected(model: &Model) -> Vec<Selection> {
    let key = |id: NodeId| model.plan().tree.node(id).key.to_string();
    let mut selections = Vec::new();
    let mut add = |among: String, all: Vec<String>, at: Option<usize>| {
        let selected = at.and_then(|at| all.get(at)).cloned();
        selections.push(Selection { among, selected, all });
    };
    if let (Some(here), false) = (model.here(), model.panes.too_small) {
        let name = |target: &LineTarget| match target {
            LineTarget::Node(node) => key(*node),
            LineTarget::Item(item) => format!("{item:?}"),
        };
        let lines = model.panes.lines.iter().map(|line| line.target.as_ref().map(name).unwrap_or_default());
        add(format!("card of {}", here.name), lines.collect(), model.card_line());
    }
    if let Some(layer) = model.layers.last() {
        let name = |entry: &ListEntry| match &entry.taken {
            EntryAction::Read => format!("{} {}", entry.title, entry.right),
            taken => format!("{taken:?}"),
        };
        let all = layer.entries.iter().map(name).collect();
        add(format!("list {:?}", layer.choosing), all, Some(layer.selected));
    }
    match (model.pages.last(), &model.journal_view.journal) {
        (Some(ScreenPage::History(history)), Some(_)) => {
            let all = history.records.iter().map(|record| format!("{record:?}")).collect();
            add("history".to_owned(), all, Some(history.window.at));
        }
        (Some(ScreenPage::Timeline(timeline)), _) => {
            let rows = timeline.drawn.iter().flat_map(|drawn| &drawn.found.rows);
            add("timeline".to_owned(), rows.map(|row| key(row.node)).collect(), Some(timeline.window.at));
        }
        _ => {}
    }
    selections
}

/// A selection that is still there is still selected.
pub fn stay(before: &[Selection], now: &[Selection]) {
    for was in before {
        let Some(selected) = &was.selected else { continue };
        let same = now.iter().find(|selection| selection.among == was.among);
        if let Some(is) = same.filter(|is| is.all.contains(selected)) {
            assert_eq!(is.selected.as_ref(), Some(selected), "what is selected in the {}", was.among);
        }
    }
}
