//! What is due when: its rows are worked out when it opens and when people say something new, never with a frame.

use super::super::super::command::CommandId;
use super::super::super::effect::Effect;
use super::super::super::keymap::Call;
use super::super::super::model::{Focus, Model};
use super::super::super::pages::timeline::Drawn;
use super::super::super::pages::{Page, Timeline};
use super::super::super::widgets::pages::timeline::track_cols;
use super::super::keys;
use super::moved;
use crate::plan::NodeId;
use crate::progress::{self, Due};

/// Opens it on the node under the cursor.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let page = Timeline { wanted: model.selected(), ..Timeline::default() };
    super::open(model, Page::Timeline(page));
    refresh(model);
    Vec::new()
}

/// Works its rows out again, as soon as every node's state is known.
pub fn refresh(model: &mut Model) {
    let Some(at) = model.pages.iter().position(|page| matches!(page, Page::Timeline(_))) else { return };
    let Some(drawn) = drawn(model) else { return };
    // Until it is laid out it may be as high as the screen; then it scrolls as little as it must.
    let height = usize::from(model.size.lines);
    let Some(Page::Timeline(page)) = model.pages.get_mut(at) else { return };
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

pub fn run(model: &mut Model, call: Call) -> Option<Vec<Effect>> {
    let height = model.panes.page_height();
    let track = model.panes.page.map_or(0, |area| track_cols(area.width));
    let Some(Page::Timeline(page)) = model.pages.last_mut() else { return None };
    let n = i16::try_from(call.count.unwrap_or(1).clamp(1, 1000)).unwrap_or(1);
    let drawn = page.drawn.as_ref()?;
    let years = drawn.years(page.first, track);
    match call.id {
        CommandId::Left => page.first = Some(years.moved(-n, &drawn.found).first),
        CommandId::Right => page.first = Some(years.moved(n, &drawn.found).first),
        CommandId::Take => {
            if let Some(node) = drawn.found.rows.get(page.window.at).map(|row| row.node) {
                super::leave(model);
                keys::go_to(model, node);
                model.focus = Focus::Card;
            }
        }
        _ => {
            let rows = drawn.found.rows.len();
            let to = moved(call, page.window, rows, height)?;
            page.window.select(to, rows, height);
        }
    }
    Some(Vec::new())
}
