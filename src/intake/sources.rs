//! Documents that a text names, and the document that a text is.

use super::document::TextDocument;
use crate::find::fold_text::folded;
use crate::plan::register::Standing;
use crate::plan::{Plan, SourceId};

/// The names of a plan's sources, folded.
pub struct SourceNames {
    names: Vec<(SourceId, Vec<String>)>,
}

/// Shortest name that counts, in characters: "MoE" stands in other words.
const MIN_NAME_CHARS: usize = 4;

impl SourceNames {
    pub fn new(plan: &Plan) -> Self {
        let names = (0u32..).zip(&plan.sources).map(|(index, source)| {
            let mut names: Vec<String> = Vec::new();
            for (_, title) in source.title.iter() {
                names.push(folded(title));
                // What stands in 《》 is the title proper.
                if let Some((_, behind)) = title.split_once('《')
                    && let Some((inner, _)) = behind.rsplit_once('》')
                {
                    names.push(folded(inner));
                }
            }
            names.extend(source.index.iter().map(|index| folded(index)));
            names.push(source.id.to_lowercase());
            names.retain(|name| name.chars().count() >= MIN_NAME_CHARS);
            (SourceId(index), names)
        });
        Self { names: names.collect() }
    }

    /// The sources that a sentence names.
    pub fn named_in(&self, sentence: &str) -> Vec<SourceId> {
        let sentence = folded(sentence);
        let mut found: Vec<(SourceId, usize)> = Vec::new();
        for (id, names) in &self.names {
            let longest = names.iter().filter(|name| stands_in(&sentence, name)).map(String::len).max();
            found.extend(longest.map(|length| (*id, length)));
        }
        // A title within a longer title of another source names that other one.
        let most = found.iter().map(|(_, length)| *length).max().unwrap_or(0);
        found.into_iter().filter(|(_, length)| *length * 2 >= most).map(|(id, _)| id).collect()
    }

    /// The source that a document is: by digest or by title.
    pub fn of_document(&self, plan: &Plan, document: &TextDocument, title: Option<&str>) -> Option<SourceId> {
        let digest = |index: u32| {
            plan.source(SourceId(index)).sha256.as_deref().is_some_and(|own| {
                own.eq_ignore_ascii_case(&document.sha256) || own.eq_ignore_ascii_case(&document.text_sha256)
            })
        };
        let count = u32::try_from(plan.sources.len()).unwrap_or(0);
        if let Some(found) = (0..count).find(|index| digest(*index)) {
            return Some(SourceId(found));
        }
        let title = folded(title?);
        self.names.iter().find(|(_, names)| names.contains(&title)).map(|(id, _)| *id)
    }
}

/// Whether a name stands in a text as a word of its own.
fn stands_in(text: &str, name: &str) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
    text.match_indices(name).any(|(at, _)| {
        let starts = !latin(text[..at].chars().next_back()) || !latin(name.chars().next());
        let ends = !latin(text[at + name.len()..].chars().next()) || !latin(name.chars().next_back());
        starts && ends
    })
}

/// Whether a document is the plan itself.
pub fn is_plan(plan: &Plan, source: SourceId) -> bool {
    plan.source(source).standing == Some(Standing::Plan)
}
