//! The page of the legend: opened, read, left.

use crate::tui::card_window::CardWindow;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::pages::keys::{self as pages, TEXT};
use crate::tui::pages::legend::state::Legend;
use crate::tui::pages::page::PageKeys;
use crate::tui::pages::screen_page::ScreenPage;
use crate::tui::view::Focus;

pub fn open(model: &mut Model) -> Vec<Effect> {
    let legend = Legend { focus: model.focus, card: std::mem::take(&mut model.card) };
    pages::open(model, ScreenPage::Legend(legend));
    (model.focus, model.card) = (Focus::Card, CardWindow::default());
    Vec::new()
}

pub const KEYS: PageKeys = PageKeys {
    left: |model, page| {
        if let ScreenPage::Legend(legend) = page {
            (model.focus, model.card) = (legend.focus, legend.card);
        }
    },
    ..TEXT
};
