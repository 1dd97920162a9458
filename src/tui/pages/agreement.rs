//! Where authors agree, and on what they differ.

pub mod draw;
pub mod keys;
pub mod state;

use super::page::{OpenPage, PageKeys};
use crate::tui::content::Content;
use crate::tui::model::Model;
use state::Agreed;

impl OpenPage for Agreed {
    fn keys(&self) -> &'static PageKeys {
        &keys::KEYS
    }

    fn content(&self, model: &Model) -> Option<Content> {
        Some(draw::content(model, self))
    }
}
