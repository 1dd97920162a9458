//! What matched in the rows on screen: ranges of the original texts, worked out for these rows only and kept
//! while they stay.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::finding::Answer;
use crate::find::{Match, SearchField, highlight};
use crate::plan::{NodeId, Plan};
use crate::text::{Lang, Ui};

/// The matches of the rows on screen.
#[derive(Clone, Debug, Default)]
pub struct MatchMarks {
    answer: Option<Arc<Answer>>,
    nodes: BTreeMap<NodeId, Vec<Match>>,
}

/// A match outside the titles that are shown: which field, and its text with the ranges that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The field's name for readers.
    pub label: String,
    pub text: String,
    /// What matched, in characters.
    pub ranges: Vec<Range<u32>>,
}

impl MatchMarks {
    /// The marks of these rows for an answer; what was known of them is taken over.
    pub fn remade(mut self, plan: &Plan, answer: Option<&Arc<Answer>>, rows: &[NodeId]) -> Self {
        let Some(answer) = answer else { return Self::default() };
        if !self.answer.as_ref().is_some_and(|old| Arc::ptr_eq(old, answer)) {
            self.nodes.clear();
        }
        let matched = rows.iter().filter(|id| answer.sieve.matches(**id));
        let nodes = matched
            .map(|id| {
                let known = self.nodes.remove(id);
                (*id, known.unwrap_or_else(|| highlight(plan, &answer.extra, &answer.query, *id)))
            })
            .collect();
        Self { answer: Some(Arc::clone(answer)), nodes }
    }

    /// What matched in a node's title in a language.
    pub fn title(&self, node: NodeId, lang: Lang) -> &[Range<u32>] {
        let matches = self.nodes.get(&node).map(Vec::as_slice).unwrap_or_default();
        let own = matches.iter().find(|found| found.field == SearchField::Title(lang));
        own.map(|found| found.ranges.as_slice()).unwrap_or_default()
    }

    /// Where a node matched, if it is in none of these titles.
    pub fn elsewhere(&self, plan: &Plan, node: NodeId, shown: &[Lang], ui: Ui) -> Option<Elsewhere> {
        let matches = self.nodes.get(&node)?;
        let is_shown =
            |field: SearchField| matches!(field, SearchField::Title(lang) if shown.contains(&lang));
        if matches.iter().any(|found| is_shown(found.field)) {
            return None;
        }
        let found = matches.first()?;
        let extra = &self.answer.as_ref()?.extra;
        let text = found.field.text(plan, extra, node).into_owned();
        Some(Elsewhere { label: label(found.field, plan, ui), text, ranges: found.ranges.clone() })
    }
}

fn label(field: SearchField, plan: &Plan, ui: Ui) -> String {
    let word = match field {
        SearchField::Title(lang) => return plan.tag(lang).to_owned(),
        SearchField::FormerTitle(..) => ui.pick("曾用名", "formerly"),
        SearchField::Tag(_) | SearchField::OwnTag(_) => ui.pick("标签", "tag"),
        SearchField::Id => "id",
        SearchField::Alias(_) => ui.pick("旧 id", "old id"),
        SearchField::Figures | SearchField::Value(..) => ui.pick("数值", "figure"),
        SearchField::Summary(_) => ui.pick("说明", "about"),
        SearchField::Term(..) => ui.pick("术语", "term"),
        SearchField::Note(_) => ui.pick("记录", "note"),
    };
    word.to_owned()
}
