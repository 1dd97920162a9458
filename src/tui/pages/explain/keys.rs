//! The arithmetic behind a verdict: it stands in the card's place and moves as the card does. Its links lead
//! to other explanations.

use crate::page::LineTarget;
use crate::plan::NodeId;
use crate::text::Bilingual;
use crate::tui::actions::movement;
use crate::tui::card_window::CardWindow;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::pages::explain::state::Explain;
use crate::tui::pages::keys::{self as pages, TEXT};
use crate::tui::pages::page::PageKeys;
use crate::tui::pages::screen_page::ScreenPage;
use crate::tui::view::Focus;

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
        pages::open(model, ScreenPage::Explain(page));
        model.focus = Focus::Card;
    }
    model.card = CardWindow::default();
}

pub const KEYS: PageKeys = PageKeys {
    take: |model| {
        follow(model);
        Vec::new()
    },
    left: |model, page| {
        if let ScreenPage::Explain(explain) = page {
            (model.card, model.focus) = (explain.card, explain.focus);
        }
    },
    ..TEXT
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
