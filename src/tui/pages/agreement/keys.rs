//! The page of agreement: to the node on which authors differ, or what settled it.

use crate::page::LineTarget;
use crate::plan::NodeId;
use crate::progress::agreement::Agreement;
use crate::text::Bilingual;
use crate::tui::actions::{compose, movement};
use crate::tui::card_window::{Anchor, CardWindow};
use crate::tui::compose::{Asks, Compose};
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::pages::agreement::state::Agreed;
use crate::tui::pages::keys::{self as pages, TEXT};
use crate::tui::pages::page::{PageChange, PageKeys};
use crate::tui::pages::screen_page::ScreenPage;
use crate::tui::view::Focus;
use crate::tui::view::Here;

/// Opens it on the scope, at the first node on which authors differ.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let found = find(model).filter(|found| found.judged_by_several > 0 || !found.again.is_empty());
    let Some(found) = found else {
        model.notice = Some(Bilingual::new(
            "范围内没有两位作者都判断过的节点",
            "no node in scope has verdicts of two authors, or of one months apart",
        ));
        return Vec::new();
    };
    let first = found.differing.first().map(|one| Anchor::of_node(one.node, &model.plan().tree));
    let agreed = Agreed { found, focus: model.focus };
    pages::open(model, ScreenPage::Agreement(Box::new(agreed)));
    (model.focus, model.card) = (Focus::Card, CardWindow { top: 0, on: first });
    Vec::new()
}

fn find(model: &Model) -> Option<Agreement> {
    let journal = model.journal_view.journal.as_deref()?;
    Some(Agreement::new(model.plan(), journal, model.nodes_in_scope().map(NodeId)))
}

/// What people say changed.
pub fn refresh(model: &mut Model) {
    let Some(page) = model.pages.iter().position(|page| matches!(page, ScreenPage::Agreement(_))) else {
        return;
    };
    let Some(new) = find(model) else { return };
    if let Some(ScreenPage::Agreement(agreed)) = model.pages.get_mut(page) {
        agreed.found = new;
    }
}

pub const KEYS: PageKeys = PageKeys {
    take,
    left: |model, page| {
        if let ScreenPage::Agreement(agreed) = page {
            (model.focus, model.card) = (agreed.focus, CardWindow::default());
        }
    },
    follow: |model, change| {
        if change == PageChange::Journal {
            refresh(model);
        }
    },
    ..TEXT
};

/// To the node under the cursor.
fn take(model: &mut Model) -> Vec<Effect> {
    if let Ok(Some(LineTarget::Node(target))) = model.pointed_on_card() {
        pages::leave(model);
        movement::go_to(model, target);
    }
    Vec::new()
}

/// Says how the disagreement under the cursor was settled.
pub fn settle(model: &mut Model) -> Vec<Effect> {
    if !matches!(model.pages.last(), Some(ScreenPage::Agreement(_))) {
        return Vec::new();
    }
    let Some(node) = model.difference_here().map(|one| one.node) else {
        model.notice = Some(Bilingual::new("光标处没有分歧", "no disagreement under the cursor"));
        return Vec::new();
    };
    let name = model.plan().tree.node(node).key.as_str().into();
    let here = Here { name, node: Some(node) };
    compose::open(model, Compose::line(Asks::Settlement, here, ""))
}
