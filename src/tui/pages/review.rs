//! A review session: one card at a time, then its minutes.

pub mod draw;
pub mod keys;
pub mod state;

use super::page::{OpenPage, PageKeys};
use crate::tui::content::Content;
use crate::tui::model::Model;
use state::Review;

impl OpenPage for Review {
    fn keys(&self) -> &'static PageKeys {
        &keys::KEYS
    }

    fn content(&self, model: &Model) -> Option<Content> {
        Some(draw::content(model, self))
    }
}
