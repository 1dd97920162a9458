//! A field's value: several alternatives with commas, a comparison, or a name of something in the plan.

use super::QueryProblemKind;
use super::names::QueryField;
use crate::find::filter::{Condition, DateTest, Days, NumberTest, Relation};
use crate::find::fold_text::folded;
use crate::plan::metric::{Moment, VocabularyWord};
use crate::plan::{LevelId, NodeId, Plan, SourceId};
use crate::text::{Bilingual, Text};

type RefusedValue = (QueryProblemKind, Bilingual);

pub fn read(plan: &Plan, field: QueryField, value: &str) -> Result<Condition, RefusedValue> {
    if value.trim().is_empty() && field != QueryField::Starred {
        return Err(half(field));
    }
    Ok(match field {
        QueryField::Kind => Condition::Role(each(value, choice, field)?),
        QueryField::Level => Condition::Level(each(value, |word| levels(plan, word), field)?),
        QueryField::Id => Condition::Id(words(value)),
        QueryField::Tag => Condition::Tag(words(value)),
        QueryField::Status => Condition::Status(each(value, choice, field)?),
        QueryField::Trend => Condition::Trend(each(value, choice, field)?),
        QueryField::Serves => {
            let targets = each(value, |word| nodes(plan, word), field)?;
            let serving = targets.iter().flat_map(|target| plan.tree.served_by(*target)).map(|link| link.to);
            Condition::Nodes(subtrees(plan, serving))
        }
        QueryField::Under => {
            Condition::Nodes(subtrees(plan, each(value, |word| nodes(plan, word), field)?.into_iter()))
        }
        QueryField::Source => Condition::Source(each(value, |word| sources(plan, word), field)?),
        QueryField::Basis => Condition::Basis(each(value, choice, field)?),
        QueryField::Has => Condition::Has(each(value, choice, field)?),
        QueryField::Due => Condition::Due(date(value, field)?),
        QueryField::Year => Condition::Year(date(value, field)?),
        QueryField::Reviewed => Condition::Reviewed(date(value, field)?),
        QueryField::Progress => Condition::Progress(number(value, field)?),
        QueryField::By => Condition::By(words(value)),
        QueryField::Starred => Condition::Starred,
    })
}

fn half(field: QueryField) -> RefusedValue {
    let meaning = field.meaning();
    let said = Bilingual::new(
        format!("{}: 后面要写：{}", field.word(), meaning.zh),
        format!("{}: wants a value: {}", field.word(), meaning.en),
    );
    (QueryProblemKind::HalfTyped, said)
}

fn unknown(field: QueryField, word: &str) -> RefusedValue {
    let said = Bilingual::new(
        format!("{}: 没有“{word}”；按 Tab 看有哪些", field.word()),
        format!("{}: has no \u{201c}{word}\u{201d}; Tab shows what there is", field.word()),
    );
    (QueryProblemKind::UnknownValue, said)
}

/// The alternatives of a value, folded.
fn words(value: &str) -> Vec<String> {
    parts(value).map(folded).filter(|word| !word.is_empty()).collect()
}

fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty())
}

/// What each alternative names; an alternative may name several things (half a word), but each must name
/// something.
fn each<T>(value: &str, name: impl Fn(&str) -> Vec<T>, field: QueryField) -> Result<Vec<T>, RefusedValue> {
    let mut out = Vec::new();
    for part in parts(value) {
        let named = name(&folded(part));
        if named.is_empty() {
            return Err(unknown(field, part));
        }
        out.extend(named);
    }
    if out.is_empty() { Err(half(field)) } else { Ok(out) }
}

/// What a whole word names, else what it is the beginning of.
fn whole_or_begun<T>(all: impl Iterator<Item = (T, Vec<String>)>, word: &str) -> Vec<T> {
    let mut begun = Vec::new();
    let mut whole = Vec::new();
    for (value, names) in all {
        if names.iter().any(|name| name == word) {
            whole.push(value);
        } else if names.iter().any(|name| name.starts_with(word)) {
            begun.push(value);
        }
    }
    if whole.is_empty() { begun } else { whole }
}

/// The values of an enumeration that a word names, by its key, a label or another name.
fn choice<T: VocabularyWord>(word: &str) -> Vec<T> {
    let names = |value: T| value.wording().names().map(folded).collect();
    whole_or_begun(T::ALL.iter().map(|value| (*value, names(*value))), word)
}

fn levels(plan: &Plan, word: &str) -> Vec<LevelId> {
    let names = (0u16..).zip(&plan.levels).map(|(at, level)| {
        let names = std::iter::once(folded(&level.id)).chain(wordings(&level.label));
        (LevelId(at), names.collect())
    });
    whole_or_begun(names, word)
}

fn sources(plan: &Plan, word: &str) -> Vec<SourceId> {
    let names = (0u32..).zip(&plan.sources).map(|(at, source)| {
        let names = std::iter::once(folded(&source.id)).chain(wordings(&source.title));
        (SourceId(at), names.collect())
    });
    whole_or_begun(names, word)
}

fn wordings(text: &Text) -> impl Iterator<Item = String> {
    text.iter().map(|(_, wording)| folded(wording))
}

/// The node of an id, else the nodes of a title.
fn nodes(plan: &Plan, word: &str) -> Vec<NodeId> {
    if let Some(node) = plan.tree.find(word) {
        return vec![node];
    }
    let has_name = |id: &NodeId| {
        let node = plan.tree.node(*id);
        node.key.as_str().eq_ignore_ascii_case(word) || wordings(&node.title).any(|title| title == word)
    };
    plan.tree.ids().filter(has_name).collect()
}

/// The stretches of the subtrees of nodes, in order and without overlap.
fn subtrees(plan: &Plan, nodes: impl Iterator<Item = NodeId>) -> Vec<std::ops::Range<u32>> {
    let mut all: Vec<std::ops::Range<u32>> =
        nodes.map(|node| node.0..plan.tree.node(node).subtree_end.0).collect();
    all.sort_by_key(|nodes| (nodes.start, std::cmp::Reverse(nodes.end)));
    let mut out: Vec<std::ops::Range<u32>> = Vec::new();
    for nodes in all {
        if out.last().is_none_or(|last| last.end <= nodes.start) {
            out.push(nodes);
        }
    }
    out
}

/// The sign of a comparison and what follows it.
fn relation(value: &str) -> (Relation, &str) {
    let signs = [
        ("<=", Relation::UpTo),
        (">=", Relation::From),
        ("≤", Relation::UpTo),
        ("≥", Relation::From),
        ("<", Relation::Before),
        (">", Relation::After),
        ("=", Relation::Is),
    ];
    signs
        .iter()
        .find_map(|(sign, relation)| value.strip_prefix(sign).map(|rest| (*relation, rest.trim())))
        .unwrap_or((Relation::Is, value.trim()))
}

/// Full-width signs and digits as ASCII, 2027年6月 as 2027-6.
fn ascii(value: &str) -> String {
    let value = folded(value);
    let value = value.trim_end_matches(['年', '月', '日', '%']);
    value.replace(['年', '月', '/', '.'], "-").replace("--", "..")
}

fn date(value: &str, field: QueryField) -> Result<DateTest, RefusedValue> {
    let text = ascii(value);
    let (relation, rest) = relation(&text);
    if rest.is_empty() {
        return Err(half(field));
    }
    let days = match rest.split_once("..") {
        Some((from, to)) => days_of(from)
            .zip(days_of(to))
            .map(|(from, to)| Days { first: from.first, last: to.last.max(from.first) }),
        None => days_of(rest),
    };
    days.map(|days| DateTest { relation, days })
        .ok_or_else(|| unreadable(field, value, "2027, 2027-06, <2028"))
}

/// A year, a month or a day, the latter two with one digit or two.
fn days_of(text: &str) -> Option<Days> {
    let parts: Vec<String> = text
        .split('-')
        .enumerate()
        .map(|(at, part)| if at > 0 && part.len() == 1 { format!("0{part}") } else { part.to_owned() })
        .collect();
    Moment::parse(&parts.join("-")).map(Days::of)
}

fn number(value: &str, field: QueryField) -> Result<NumberTest, RefusedValue> {
    let text = folded(value);
    let (relation, rest) = relation(&text);
    if rest.is_empty() {
        return Err(half(field));
    }
    let read = |text: &str| {
        text.trim_end_matches('%').trim().parse::<f64>().ok().filter(|number| number.is_finite())
    };
    let range = match rest.split_once("..") {
        Some((from, to)) => read(from).zip(read(to)),
        None => read(rest).map(|number| (number, number)),
    };
    range
        .map(|range| NumberTest { relation, range })
        .ok_or_else(|| unreadable(field, value, "50, <50, 20..50"))
}

fn unreadable(field: QueryField, value: &str, example: &str) -> RefusedValue {
    let said = Bilingual::new(
        format!("{}: 看不懂“{value}”；写成 {example}", field.word()),
        format!("{}: cannot read \u{201c}{value}\u{201d}; write {example}", field.word()),
    );
    (QueryProblemKind::UnknownValue, said)
}
