//! What every sign on the screen means.

pub mod draw;
pub mod keys;
pub mod state;

use super::page::{OpenPage, PageKeys};
use crate::tui::content::Content;
use crate::tui::model::Model;
use state::Legend;

impl OpenPage for Legend {
    fn keys(&self) -> &'static PageKeys {
        &keys::KEYS
    }

    fn content(&self, model: &Model) -> Option<Content> {
        Some(draw::content(model))
    }
}
