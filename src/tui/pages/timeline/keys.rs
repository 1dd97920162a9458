//! What is due when: its rows are worked out when it opens and when people say something new, never with a
//! frame.

use crate::outline::SiblingDirection;
use crate::plan::NodeId;
use crate::progress::{self, Due};
use crate::tui::actions::movement;
use crate::tui::command::{Call, Motion};
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::pages::keys::{self as pages, TEXT};
use crate::tui::pages::page::{PageChange, PageKeys};
use crate::tui::pages::screen_page::ScreenPage;
use crate::tui::pages::timeline::draw::{rows, track_cols};
use crate::tui::pages::timeline::state::Drawn;
use crate::tui::pages::timeline::state::TimelinePage;
use crate::tui::view::Focus;

/// Opens it on the node under the cursor.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let page = TimelinePage { wanted: model.selected(), ..TimelinePage::default() };
    pages::open(model, ScreenPage::Timeline(page));
    refresh(model);
    Vec::new()
}

/// Works its rows out again, as soon as every node's state is known.
pub fn refresh(model: &mut Model) {
    let Some(at) = model.pages.iter().position(|page| matches!(page, ScreenPage::Timeline(_))) else {
        return;
    };
    let Some(drawn) = drawn(model) else { return };
    // Until it is laid out it may be as high as the screen; then it scrolls as little as it must.
    let height = usize::from(model.size.lines);
    let Some(ScreenPage::Timeline(page)) = model.pages.get_mut(at) else { return };
    let rows = &drawn.found.rows;
    let was = page.drawn.as_ref().and_then(|old| old.found.rows.get(page.window.at)).map(|row| row.node);
    // The node itself, or the next in reading order.
    let wanted = was.or(page.wanted);
    let selected = wanted.map_or(0, |node| rows.partition_point(|row| row.node < node));
    let count = rows.len();
    page.drawn = Some(drawn);
    page.window.select(selected, count, height);
}

/// The rows of the scope, without the nodes that a filter holds back and those that have nothing in time.
fn drawn(model: &Model) -> Option<Drawn> {
    let states = model.states()?;
    let nodes: Vec<NodeId> =
        model.nodes_in_scope().map(NodeId).filter(|id| model.outline.admits(*id)).collect();
    let all = nodes.len();
    let judge = model.judge();
    let mut found = progress::Timeline::new(&judge, nodes, states, |id| model.added(id));
    found.rows.retain(|row| row.span.is_some() || !row.marks.is_empty());
    let spans = |due: Due| found.rows.iter().filter(|row| row.due == Some(due)).count();
    let soon = found.due_soon().len() + spans(Due::WithinYear);
    let overdue = found.overdue().len() + spans(Due::Overdue);
    let period = model.plan().period.map(|period| (period.start.year(), period.end.year()));
    let period = period.unwrap_or((found.first, found.last));
    Some(Drawn { left_out: all - found.rows.len(), soon, overdue, period, found })
}

pub const KEYS: PageKeys = PageKeys {
    motion,
    take,
    sideways,
    keep_in_view: |model, area| {
        if let Some(ScreenPage::Timeline(page)) = model.pages.last_mut() {
            let count = page.drawn.as_ref().map_or(0, |drawn| drawn.found.rows.len());
            page.window.select(page.window.at, count, rows(area));
        }
    },
    follow: |model, _: PageChange| refresh(model),
    ..TEXT
};

fn motion(model: &mut Model, call: Call, motion: Motion) -> bool {
    let height = model.panes.page_height();
    let Some(ScreenPage::Timeline(page)) = model.pages.last_mut() else { return false };
    let Some(drawn) = &page.drawn else { return false };
    let rows = drawn.found.rows.len();
    let to = motion.target(call, page.window.at, rows, height);
    page.window.select(to, rows, height);
    true
}

/// To the node of the selected row.
fn take(model: &mut Model) -> Vec<Effect> {
    let Some(ScreenPage::Timeline(page)) = model.pages.last() else { return Vec::new() };
    let row = page.drawn.as_ref().and_then(|drawn| drawn.found.rows.get(page.window.at));
    if let Some(node) = row.map(|row| row.node) {
        pages::leave(model);
        movement::go_to(model, node);
        model.focus = Focus::Card;
    }
    Vec::new()
}

/// Other years.
fn sideways(model: &mut Model, call: Call, way: SiblingDirection) -> Vec<Effect> {
    let track = model.panes.page.map_or(0, |area| track_cols(area.width));
    let Some(ScreenPage::Timeline(page)) = model.pages.last_mut() else { return Vec::new() };
    let n = i16::try_from(call.times().min(1000)).unwrap_or(1);
    let Some(drawn) = &page.drawn else { return Vec::new() };
    let by = if way == SiblingDirection::On { n } else { -n };
    page.first = Some(drawn.years(page.first, track).moved(by, &drawn.found).first);
    Vec::new()
}
