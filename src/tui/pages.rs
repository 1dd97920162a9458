//! Pages: what takes the card's place, or the whole body, until it is left. Plain data; `actions::pages`
//! changes it, `widgets::pages` draws it.
//!
//! A page is one variant here, one file in `actions/pages/` (what its keys do) and one in `widgets/pages/`
//! (its looks).

pub mod agreement;
pub mod legend;
pub mod matrix;
pub mod review;
pub mod timeline;

use std::sync::Arc;

use agreement::Agreed;
use legend::Legend;
use review::Review;

use super::card_window::CardWindow;
use super::view::Focus;
use crate::export::Format;
use crate::journal::record::RecordId;
use crate::outline::OutlinePlace;
use crate::plan::NodeId;
pub use matrix::MatrixPage;
pub use timeline::TimelinePage;

#[derive(Clone, Debug)]
pub enum ScreenPage {
    /// The records of the scope, and the plan as it stood after the selected one.
    History(History),
    /// The first lines of an export, before it is written.
    Export(ExportPage),
    /// The arithmetic behind a node's verdict, in the card's place.
    Explain(Explain),
    /// What is due when.
    Timeline(TimelinePage),
    /// Two levels crossed.
    Matrix(MatrixPage),
    Review(Box<Review>),
    Agreement(Box<Agreed>),
    /// What every sign means.
    Legend(Legend),
}

#[derive(Clone, Debug)]
pub struct ExportPage {
    pub format: Format,
    /// Which of all previews it is: only its own lines are shown.
    pub number: u64,
    /// The lines, once they are made.
    pub lines: Option<Arc<[String]>>,
    /// First line on screen.
    pub top: usize,
    /// How much is written, in percent, while it is being written.
    pub share: Option<usize>,
}

/// A verdict that is explained.
#[derive(Clone, Debug)]
pub struct Explain {
    pub node: NodeId,
    /// The card's window before.
    pub card: CardWindow,
    /// The pane that had the keys before.
    pub focus: Focus,
}

/// Where one was before a page, by key, so that it outlives a reload.
#[derive(Clone, Debug)]
pub struct PlaceBefore {
    pub place: OutlinePlace,
    /// The pane that had the keys.
    pub focus: Focus,
}

/// A stretch of rows with one of them selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The selected row.
    pub at: usize,
    /// First row on screen.
    pub top: usize,
}

impl Window {
    /// Selects a row (the last where there are fewer) and keeps it on screen.
    pub fn select(&mut self, at: usize, rows: usize, height: usize) {
        self.at = at.min(rows.saturating_sub(1));
        let height = height.max(1);
        self.top = self.top.clamp((self.at + 1).saturating_sub(height), self.at);
    }
}

/// The records of the scope.
#[derive(Clone, Debug)]
pub struct History {
    /// Their ids, newest first: their places in the journal change when its files do.
    pub records: Vec<RecordId>,
    pub window: Window,
    pub left: PlaceBefore,
}

impl ScreenPage {
    /// Whether the outline stays beside it.
    pub fn is_beside_outline(&self) -> bool {
        matches!(self, ScreenPage::History(_))
    }

    /// Whether it is text in the card's pane, which then takes the whole body.
    pub fn is_card(&self) -> bool {
        matches!(self, ScreenPage::Review(_) | ScreenPage::Agreement(_) | ScreenPage::Legend(_))
    }
}
