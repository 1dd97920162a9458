//! The page of the legend: opened, read, left.

use super::super::super::card_window::CardWindow;
use super::super::super::effect::Effect;
use super::super::super::model::Model;
use super::super::super::pages::ScreenPage;
use super::super::super::pages::legend::Legend;
use super::super::super::view::Focus;
use super::PageKeys;

pub fn open(model: &mut Model) -> Vec<Effect> {
    let legend = Legend { focus: model.focus, card: std::mem::take(&mut model.card) };
    super::open(model, ScreenPage::Legend(legend));
    (model.focus, model.card) = (Focus::Card, CardWindow::default());
    Vec::new()
}

pub(super) const KEYS: PageKeys = PageKeys::TEXT;
