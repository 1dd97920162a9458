//! Which characters of the original texts matched. Worked out for the rows that are shown, from the plan
//! itself, never for all matches.

use std::ops::Range;

use super::block::{BlockPart, Builder, TextBlock};
use super::extra::JournalExtras;
use super::field::{SearchField, values, written};
use super::fold_text::fold;
use super::fuzzy::Skim;
use super::numerals;
use super::query::Query;
use super::rank::Rank;
use super::ready::ReadyWord;
use super::word::SearchWord;
use crate::plan::{NodeId, Plan};

/// What matched in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub field: SearchField,
    /// Characters of its original text, in order, apart from each other.
    pub ranges: Vec<Range<u32>>,
}

/// The matches of a query's words in a node, in the order of fields. Where a word stands side by side
/// somewhere, places where it is only scattered are left out.
pub fn highlight(plan: &Plan, extra: &JournalExtras, query: &Query, node: NodeId) -> Vec<Match> {
    let blocks = [BlockPart::Plan, BlockPart::People].map(|part| {
        let mut builder = Builder::new(node);
        builder.push(plan, extra, node, part);
        builder.finish()
    });
    let scorer = Skim::default();
    let mut marked: Vec<(SearchField, Vec<Range<u32>>)> = Vec::new();
    for word in query.words() {
        let mut seen: Vec<(Rank, SearchField, Vec<usize>)> = Vec::new();
        for block in &blocks {
            mark_block(block, word, node, &scorer, &mut seen);
        }
        let best = seen.iter().map(|(rank, ..)| *rank).max();
        let scattered = best.is_some_and(Rank::is_scattered);
        seen.retain(|(rank, ..)| if scattered { Some(*rank) == best } else { !rank.is_scattered() });
        for (_, field, chars) in seen {
            if field == SearchField::Figures {
                marked.extend(mark_values(plan, word, node));
            } else {
                let text = field.text(plan, extra, node);
                marked.push((field, original(&text, &chars)));
            }
        }
    }
    marked.sort_by_key(|(field, _)| *field);
    let mut out: Vec<Match> = Vec::new();
    for (field, ranges) in marked {
        match out.last_mut().filter(|last| last.field == field) {
            Some(last) => last.ranges.extend(ranges),
            None => out.push(Match { field, ranges }),
        }
    }
    for found in &mut out {
        found.ranges = merged(std::mem::take(&mut found.ranges));
    }
    out
}

fn mark_block(
    block: &TextBlock,
    word: &SearchWord,
    node: NodeId,
    scorer: &Skim,
    seen: &mut Vec<(Rank, SearchField, Vec<usize>)>,
) {
    let ready = ReadyWord::new(word, block);
    for number in block.cells_of(node.0) {
        if let Some((rank, chars)) = ready.mark(block, number, scorer) {
            seen.push((rank, block.cell(number).field, chars));
        }
    }
}

/// The values whose number a word is, or begins.
fn mark_values(plan: &Plan, word: &SearchWord, node: NodeId) -> Vec<(SearchField, Vec<Range<u32>>)> {
    let Some(figure) = &word.figure else { return Vec::new() };
    let numbers = |field: SearchField, from: u32, number: String| {
        let chars = u32::try_from(number.chars().count()).unwrap_or(0);
        let range = from..from + chars;
        numerals::shortest(&number).starts_with(&**figure).then(|| (field, Vec::from([range])))
    };
    values(plan, node)
        .flat_map(|(field, value)| {
            let mut from = 0;
            written(&value.amount)
                .into_iter()
                .filter_map(|number| {
                    let start = from;
                    from += u32::try_from(number.chars().count()).unwrap_or(0) + 1;
                    numbers(field, start, number)
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Folded characters as ranges of the original text.
fn original(text: &str, chars: &[usize]) -> Vec<Range<u32>> {
    let folded = fold(text);
    merged(chars.iter().filter_map(|at| folded.get(*at)).map(|folded| folded.chars.clone()).collect())
}

/// Ranges in order, those that touch made one.
fn merged(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<u32>> = Vec::new();
    for range in ranges {
        match out.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => out.push(range),
        }
    }
    out
}
