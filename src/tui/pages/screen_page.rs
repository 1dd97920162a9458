//! The pages there are, as data of the model.

use super::agreement::state::Agreed;
use super::explain::state::Explain;
use super::export::state::ExportPage;
use super::history::state::History;
use super::legend::state::Legend;
use super::matrix::state::MatrixPage;
use super::review::state::Review;
use super::timeline::state::TimelinePage;

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
