//! What `Tab` offers at a place of a query: names of fields, and the values a field can have in this plan.

use std::collections::BTreeSet;
use std::ops::Range;

use super::names::QueryField;
use super::token::{Token, tokens};
use crate::find::extra::JournalExtras;
use crate::find::filter::NodeFact;
use crate::find::fold_text::folded;
use crate::plan::metric::{Basis, VocabularyWord};
use crate::plan::{Plan, Role, State};
use crate::progress::Turn;
use crate::text::{Bilingual, Text};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The text that takes the place of [`Completion::bytes`].
    pub text: String,
    pub said: Bilingual,
}

/// What fits at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the query that a suggestion replaces.
    pub bytes: Range<usize>,
    /// The suggestions, in a sensible order, a bounded number of them.
    pub suggestions: Vec<Suggestion>,
}

const MOST: usize = 50;

/// What fits at a byte of a query, which is taken back to a character's edge. A word is completed to fields,
/// a value to values.
pub fn complete(text: &str, byte: usize, plan: &Plan, extra: &JournalExtras) -> Completion {
    let byte = (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let before = &text[..byte];
    match tokens(before).pop() {
        Some(Token::Field { name, value, .. }) if value.end == byte => match QueryField::parse(&before[name])
        {
            Some(field) => {
                let from = value.start + last_part(&before[value]);
                let suggestions = values(field, &folded(&before[from..byte]), plan, extra);
                Completion { bytes: from..byte, suggestions }
            }
            None => Completion { bytes: byte..byte, suggestions: Vec::new() },
        },
        Some(Token::Word { text: word, bytes, .. }) if bytes.end == byte => {
            let suggestions = fields(&folded(&before[word.clone()]));
            Completion { bytes: word, suggestions }
        }
        _ => Completion { bytes: byte..byte, suggestions: fields("") },
    }
}

/// Where the last of several values begins, in bytes.
fn last_part(value: &str) -> usize {
    value.char_indices().rfind(|(_, c)| matches!(c, ',' | '，' | '、')).map_or(0, |(at, c)| at + c.len_utf8())
}

fn fields(written: &str) -> Vec<Suggestion> {
    let suggestion = |field: QueryField| {
        let name = field.names().iter().find(|name| name.starts_with(written))?;
        let colon = if field == QueryField::Starred { "" } else { ":" };
        Some(Suggestion { text: format!("{name}{colon}"), said: field.meaning() })
    };
    QueryField::ALL.into_iter().filter_map(suggestion).collect()
}

fn values(field: QueryField, written: &str, plan: &Plan, extra: &JournalExtras) -> Vec<Suggestion> {
    match field {
        QueryField::Kind => choices::<Role>(written),
        QueryField::Basis => choices::<Basis>(written),
        QueryField::Has => choices::<NodeFact>(written),
        QueryField::Status => choices::<State>(written),
        QueryField::Trend => choices::<Turn>(written),
        QueryField::Level => {
            offered(plan.levels.iter().map(|level| (level.id.clone(), said(plan, &level.label))), written)
        }
        QueryField::Source => {
            offered(plan.sources.iter().map(|source| (source.id.clone(), said(plan, &source.title))), written)
        }
        QueryField::Id | QueryField::Under => offered(
            plan.tree.nodes().iter().map(|node| (node.key.as_str().into(), said(plan, &node.title))),
            written,
        ),
        QueryField::Serves => {
            let served = plan.tree.ids().filter(|id| !plan.tree.served_by(*id).is_empty());
            let nodes = served.map(|id| plan.tree.node(id));
            offered(nodes.map(|node| (node.key.as_str().into(), said(plan, &node.title))), written)
        }
        QueryField::Tag => {
            let own = plan.tree.nodes().iter().flat_map(|node| &node.tags);
            plain(own.chain(extra.said.values().flat_map(|said| &said.tags)), written)
        }
        QueryField::By => plain(extra.said.values().flat_map(|said| &said.authors), written),
        QueryField::Due | QueryField::Year => {
            let years = plan.checkpoints.iter().map(|year| year.to_string().into());
            offered(years.map(|year: Box<str>| (year, Bilingual::new("阶段目标", "checkpoint"))), written)
        }
        QueryField::Progress | QueryField::Reviewed | QueryField::Starred => Vec::new(),
    }
}

/// A plan's text in the program's languages: the first wording where one is missing.
fn said(plan: &Plan, text: &Text) -> Bilingual {
    let wording =
        |tag: &str| text.get_or_first(plan.lang(tag).unwrap_or(crate::text::Lang(0))).text.to_owned();
    Bilingual::new(wording("zh"), wording("en"))
}

fn choices<T: VocabularyWord>(written: &str) -> Vec<Suggestion> {
    offered(T::NAMES.iter().map(|wording| (wording.key.into(), wording.labels())), written)
}

fn plain<'a>(all: impl Iterator<Item = &'a Box<str>>, written: &str) -> Vec<Suggestion> {
    let distinct: BTreeSet<&str> = all.map(AsRef::as_ref).collect();
    offered(distinct.into_iter().map(|text| (text.into(), Bilingual::new(text, text))), written)
}

/// Those that begin as written, by word or by meaning; one with spaces or commas in quotation marks.
fn offered(all: impl Iterator<Item = (Box<str>, Bilingual)>, written: &str) -> Vec<Suggestion> {
    let begins = |text: &str| folded(text).starts_with(written);
    all.filter(|(word, said)| begins(word) || begins(&said.zh) || begins(&said.en))
        .take(MOST)
        .map(|(word, said)| {
            let quoted = word.contains(char::is_whitespace);
            Suggestion { text: if quoted { format!("\"{word}\"") } else { word.into() }, said }
        })
        .collect()
}
