//! The preview of an export.

use std::sync::Arc;

use crate::export::Format;

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
