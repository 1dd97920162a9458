//! Where authors agree, with the keys of the page.

use crate::page::block::{Block, Inline};
use crate::tui::content::Content;
use crate::tui::model::Model;
use crate::tui::pages::agreement::state::Agreed;

/// What stands on the page.
pub fn content(model: &Model, agreed: &Agreed) -> Content {
    let reader = model.reader();
    let mut blocks = reader.agreement(&agreed.found);
    if !agreed.found.differing.is_empty() {
        let keys = reader
            .say("Enter 到该节点 · s 记下如何解决", "Enter goes to the node · s says how it was settled");
        blocks.insert(1, Block::Aside(vec![Inline::Words(keys)]));
    }
    Content::Text(blocks)
}
