//! The arithmetic behind a verdict: it stands in the card's place and moves as the card does. Its links lead
//! to other explanations.

use super::super::super::card_window::CardWindow;
use super::super::super::effect::Effect;
use super::super::super::model::Model;
use super::super::super::pages::{Explain, ScreenPage};
use super::super::super::view::Focus;
use super::super::movement;
use super::PageKeys;
use crate::page::LineTarget;
use crate::plan::NodeId;
use crate::text::Bilingual;

/// Explains the node under the cursor: of the outline, or of the page that shows.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let node = match model.pages.last() {
        Some(ScreenPage::Timeline(page)) => {
            page.drawn.as_ref().and_then(|drawn| drawn.found.rows.get(page.window.at).map(|row| row.node))
        }
        Some(ScreenPage::Matrix(_)) => None,
        _ => model.selected(),
    };
    match node {
        Some(node) => explain(model, node),
        None => {
            model.notice = Some(Bilingual::new("这里没有可解释的判定", "no verdict here to be explained"))
        }
    }
    Vec::new()
}

fn explain(model: &mut Model, node: NodeId) {
    // Open already: the same page for another node, so that leaving it once is enough.
    if let Some(ScreenPage::Explain(page)) = model.pages.last_mut() {
        page.node = node;
    } else {
        let page = Explain { node, card: model.card.clone(), focus: model.focus };
        super::open(model, ScreenPage::Explain(page));
        model.focus = Focus::Card;
    }
    model.card = CardWindow::default();
}

pub(super) const KEYS: PageKeys = PageKeys {
    take: |model| {
        follow(model);
        Vec::new()
    },
    ..PageKeys::TEXT
};

/// Enter on a link explains the node it leads to. The outline goes there too, so that leaving the page leaves
/// one with that node.
fn follow(model: &mut Model) {
    let Ok(pointed) = model.pointed_on_card() else { return };
    let Some(LineTarget::Node(target)) = pointed else {
        model.notice =
            Some(Bilingual::new("j、k 选链接，Enter 跟随", "j and k choose a link, Enter follows it"));
        return;
    };
    movement::go_to(model, target);
    explain(model, target);
    if let Some(ScreenPage::Explain(page)) = model.pages.last_mut() {
        page.card = CardWindow::default();
    }
}
