//! What stands on the page of the legend.

use crate::tui::content::Content;
use crate::tui::model::Model;

pub fn content(model: &Model) -> Content {
    Content::Text(model.reader().legend(model.view.glyphs))
}
