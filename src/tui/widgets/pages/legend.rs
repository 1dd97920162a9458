//! What stands on the page of the legend.

use super::super::super::content::Content;
use super::super::super::model::Model;

pub fn content(model: &Model) -> Content {
    Content::Text(model.reader().legend(model.view.glyphs))
}
