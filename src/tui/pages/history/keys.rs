//! The history of the scope: moving through its records shows the plan as it stood after each.

use std::sync::Arc;

use crate::journal::record::RecordId;
use crate::journal::{FoldLimit, Journal, RecordIndex};
use crate::outline::OutlineAction;
use crate::plan::NodeId;
use crate::plan::as_of::AsOf;
use crate::progress::{JournalData, Judge, States};
use crate::text::Bilingual;
use crate::tui::actions::movement;
use crate::tui::command::{Call, Motion};
use crate::tui::effect::Effect;
use crate::tui::journal_view::LookBack;
use crate::tui::model::Model;
use crate::tui::pages::history::draw::rows;
use crate::tui::pages::history::state::History;
use crate::tui::pages::keys::here;
use crate::tui::pages::keys::{self as pages, TEXT};
use crate::tui::pages::page::{PageChange, PageKeys};
use crate::tui::pages::screen_page::ScreenPage;
use crate::tui::pages::window::Window;

/// In a plan of more nodes than this the states of parents' parts are not worked out with each key.
const MAX_JUDGED: usize = 20_000;

/// Opens it at the newest record.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let records = records(model);
    if records.is_empty() {
        model.notice = Some(Bilingual::new("这里还没有记录", "nobody has recorded anything here yet"));
        return Vec::new();
    }
    let left = here(model);
    pages::open(model, ScreenPage::History(History { records, window: Window::default(), left }));
    look_back(model);
    Vec::new()
}

/// The records that touch something in scope, newest first. Those taken back are among them.
fn records(model: &Model) -> Vec<RecordId> {
    let Some(journal) = model.journal_view.journal.as_deref() else { return Vec::new() };
    let scope = model.nodes_in_scope();
    let whole = model.outline.scope().is_none();
    let homes = journal.fold().homes().iter();
    let inside = homes.filter(|home| match home.node {
        Some(node) => scope.contains(&node.0),
        None => whole,
    });
    let mut records: Vec<RecordIndex> = inside.flat_map(|home| home.records.iter().copied()).collect();
    let book = journal.book();
    records.sort_unstable_by(|one, other| book.order(*other, *one));
    records.dedup();
    records.into_iter().map(|index| journal.record(index).id.clone()).collect()
}

pub const KEYS: PageKeys = PageKeys {
    motion,
    take,
    keep_in_view: |model, area| {
        if let Some(ScreenPage::History(page)) = model.pages.last_mut() {
            page.window.select(page.window.at, page.records.len(), rows(area));
        }
    },
    left: |model, page| {
        if let ScreenPage::History(history) = page {
            model.journal_view.past = None;
            pages::come_back(model, &history.left);
        }
    },
    follow: |model, change| match change {
        PageChange::Journal => refresh(model),
        PageChange::Rule => rejudge(model),
        PageChange::States => {}
    },
    ..TEXT
};

fn motion(model: &mut Model, call: Call, motion: Motion) -> bool {
    let height = model.panes.page_height();
    let Some(ScreenPage::History(history)) = model.pages.last_mut() else { return false };
    let rows = history.records.len();
    let to = motion.target(call, history.window.at, rows, height);
    history.window.select(to, rows, height);
    look_back(model);
    true
}

/// Back to now, at the node that the record is about.
fn take(model: &mut Model) -> Vec<Effect> {
    let target = model.selected();
    pages::leave(model);
    if let Some(target) = target {
        movement::go_to(model, target);
    }
    Vec::new()
}

/// The journal changed: the list is made again, and the selected record stays selected, whatever page lies
/// over it. Where its file lost that record, the one that stands in its place is selected; where it lost all
/// of them, there is no history to show.
pub fn refresh(model: &mut Model) {
    let Some(page) = model.pages.iter().position(|page| matches!(page, ScreenPage::History(_))) else {
        return;
    };
    let records = records(model);
    if records.is_empty() {
        while model.pages.len() > page {
            pages::leave(model);
        }
        return;
    }
    let height = model.panes.page_height();
    let Some(ScreenPage::History(history)) = model.pages.get_mut(page) else { return };
    let selected = history.records.get(history.window.at);
    let kept = records.iter().position(|id| Some(id) == selected);
    let (at, rows) = (kept.unwrap_or(history.window.at), records.len());
    history.records = records;
    history.window.select(at, rows, height);
    let target = restore(model);
    if let (None, Some(target)) = (kept, target) {
        go_to(model, target);
    }
}

/// Shows everything as it stood after the selected record, with the cursor on what it is about.
fn look_back(model: &mut Model) {
    if let Some(target) = restore(model) {
        go_to(model, target);
    }
}

fn go_to(model: &mut Model, target: NodeId) {
    if model.nodes_in_scope().contains(&target.0) {
        movement::step(model, OutlineAction::GoTo(target));
    }
}

/// Shows everything as it stood after the selected record. Returns the node it is about.
fn restore(model: &mut Model) -> Option<NodeId> {
    let page = model.pages.iter().find_map(|page| match page {
        ScreenPage::History(history) => Some(history),
        _ => None,
    })?;
    let journal = model.journal_view.journal.clone()?;
    let index = journal.book().find(page.records.get(page.window.at)?)?;
    let loaded = Arc::clone(&model.loaded);
    let day = journal.record(index).at.day();
    let fold = journal.fold_at(&loaded.plan, FoldLimit { as_of: journal.as_of(), through: Some(index) });
    let as_of = AsOf::on(day.min(model.view.as_of.day()));
    let target = first_node(&journal, index);
    model.journal_view.past = Some(LookBack { fold, as_of, states: None });
    rejudge(model);
    model.set_orphan_rows();
    target
}

/// Works out how every node stood at the moment one looks back at.
pub fn rejudge(model: &mut Model) {
    let Some(mut past) = model.journal_view.past.take() else { return };
    let plan = &model.loaded.plan;
    let judge = Judge::new(plan, model.view.rule, past.as_of);
    past.states = (plan.tree.count() <= MAX_JUDGED)
        .then(|| States::new(&judge, |id| JournalData::of(past.fold.of(id))));
    model.journal_view.past = Some(past);
}

fn first_node(journal: &Journal, index: RecordIndex) -> Option<NodeId> {
    journal.fold().homes_at(journal.book(), index).into_iter().find_map(|home| home.node)
}
