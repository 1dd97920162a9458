//! The arithmetic behind a verdict. The card's pane shows it with the card's own means.

pub mod keys;
pub mod state;

use super::page::{OpenPage, PageKeys};
use state::Explain;

impl OpenPage for Explain {
    fn keys(&self) -> &'static PageKeys {
        &keys::KEYS
    }
}
