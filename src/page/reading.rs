//! The reading ledger: what was seen of the plan's own document, part by part, what is missing, where it could
//! be found, and what hangs on it.

use super::block::{Block, Inline, LineTarget, ListItem, Pair, Weight};
use super::reader::PageReader;
use crate::plan::register::{ChapterReading, ReadingState};
use crate::plan::{NodeId, Role};

impl PageReader<'_> {
    /// The ledger as a page of its own; where the plan has none, how it would get one.
    pub fn reading_page(&self) -> Vec<Block> {
        if self.plan.readings.is_empty() {
            return vec![Block::Remark(self.say(
                "规划没有说明其文件读到了多少；在 plan.toml 中用 `[[reading]]` 逐部分写明",
                "The plan does not say what was read of its document; `[[reading]]` tables in plan.toml do, part by part",
            ))];
        }
        let count = |state| self.plan.readings.iter().filter(|own| own.state == state).count();
        let (read, partly, unread) =
            (count(ReadingState::Read), count(ReadingState::Partly), count(ReadingState::Unread));
        let summary = self.spoken(|ui| {
            ui.pick(
                format!("规划文件的各部分：已读{read}，只读到一部分{partly}，未读{unread}"),
                format!(
                    "Parts of the plan's document: {read} read, {partly} read in part, {unread} not read"
                ),
            )
        });
        std::iter::once(Block::Remark(summary)).chain(self.readings()).collect()
    }

    /// The ledger, a list for each part of the document.
    pub fn readings(&self) -> Vec<Block> {
        self.plan.readings.iter().map(|own| self.reading(own)).collect()
    }

    fn reading(&self, own: &ChapterReading) -> Block {
        let words = |text| vec![Inline::Words(self.text(text))];
        let mut head = words(&own.chapter);
        head.push(Inline::Words(self.label(own.state)));
        let mut below: Vec<Pair> = Vec::new();
        below.extend(own.note.as_ref().map(|note| self.pair("读到与未见", "seen and missing", words(note))));
        if !own.place.is_empty() {
            below.push(self.pair("何处可找", "where to look", words(&own.place)));
        }
        if !own.touches.is_empty() {
            let nodes = self.hanging(own);
            let said = self.spoken(|ui| {
                ui.pick(
                    format!("{nodes}个节点，见下"),
                    match nodes {
                        1 => "1 node, below".to_owned(),
                        nodes => format!("{nodes} nodes, below"),
                    },
                )
            });
            below.push(self.pair("涉及", "hangs on it", vec![Inline::Words(said)]));
        }
        let first = ListItem { line: head, below, weight: Weight::Strong, ..ListItem::default() };
        let touched = own.touches.iter().map(|id| ListItem {
            depth: 1,
            line: vec![
                Inline::Words(self.each(|one| one.title_line(*id))),
                Inline::Id(self.plan.tree.node(*id).key.to_string()),
            ],
            target: Some(LineTarget::Node(*id)),
            ..ListItem::default()
        });
        Block::List(std::iter::once(first).chain(touched).collect())
    }

    /// How many nodes hang on a part, headings left out, each once.
    fn hanging(&self, own: &ChapterReading) -> usize {
        let tree = &self.plan.tree;
        let is_touched = |id: &NodeId| own.touches.iter().any(|top| tree.contains(*top, *id));
        tree.ids().filter(|id| tree.node(*id).role != Role::Group && is_touched(id)).count()
    }
}
