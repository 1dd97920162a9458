//! What there is to choose when one says something of a node: verdicts, tags, one's own notes, where an
//! orphan belongs.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::super::effect::Effect;
use super::super::layers::{Choosing, EntryAction, ListEntry};
use super::super::model::Model;
use super::super::pages::export::keys as export;
use super::{annotate, copy};
use crate::journal::{Fold, NodeName, describe, words};
use crate::page::AnnotationItem;
use crate::plan::{NodeId, State};
use crate::review::session::VERDICT_KEYS;
use crate::text::clean::one_line;

/// Most nodes a list offers.
const MAX_NODES: usize = 200;

/// The entries of such a list; `None` for other lists.
pub fn entries(model: &Model, choosing: &Choosing, filter: &str) -> Option<Vec<ListEntry>> {
    Some(match choosing {
        Choosing::Verdict => verdicts(model),
        Choosing::Tags => with_new_tag(model, filter, tags(model, filter, EntryAction::Tag)),
        Choosing::TagToRename => tags(model, filter, EntryAction::Rename),
        Choosing::OwnNotes => {
            let own = annotate::own_items(model).into_iter();
            own.filter(|item| matches!(item, AnnotationItem::Note(_)))
                .map(|item| own_entry(model, item, EntryAction::Edit))
                .collect()
        }
        Choosing::OwnItems => annotate::own_items(model)
            .into_iter()
            .map(|item| own_entry(model, item, EntryAction::Retract))
            .collect(),
        Choosing::Reattach(_) => nodes(model, filter),
        Choosing::ExportFormat => export::formats(model.view.ui),
        Choosing::Overwrite(_) => export::overwriting(model.view.ui),
        Choosing::Citation(node) => copy::styles(node),
        _ => return None,
    })
}

/// What taking such an entry does; `None` for other entries.
pub fn take(model: &mut Model, taken: EntryAction) -> Option<Vec<Effect>> {
    let choosing = model.layers.pop().map(|layer| layer.choosing);
    Some(match taken {
        EntryAction::Verdict(status) => annotate::give_verdict(model, status),
        EntryAction::Tag(tag) => annotate::toggle_tag(model, &tag),
        EntryAction::Rename(tag) => annotate::ask_new_name(model, tag),
        EntryAction::Edit(AnnotationItem::Note(id)) => {
            let here = model.here()?;
            annotate::edit_this(model, &here, &id)
        }
        EntryAction::Retract(item) => {
            let here = model.here()?;
            annotate::retract_this(model, &here, &item)
        }
        EntryAction::Format(format) => export::preview(model, format),
        EntryAction::Overwrite(over) => match choosing {
            Some(Choosing::Overwrite(errand)) => export::overwrite(model, errand, over),
            _ => return None,
        },
        EntryAction::Cite(key, style) => {
            let node = model.plan().tree.find(key.as_str())?;
            vec![Effect::Cite(node, style)]
        }
        EntryAction::Attach(to) => match choosing {
            Some(Choosing::Reattach(name)) => annotate::reattach_to(&name, &to),
            _ => return None,
        },
        _ => return None,
    })
}

/// The verdicts in the order of their keys, then taking one's own back.
fn verdicts(model: &Model) -> Vec<ListEntry> {
    let ui = model.view.ui;
    let author = model.journal_view.author.as_ref().ok();
    let said = model.said_here();
    let own = said.and_then(|said| said.authors().find(|own| Some(&own.by) == author));
    let own = own.and_then(|own| own.verdict.as_ref()).map(|verdict| verdict.status);
    let computed = model.selected().and_then(|node| model.judge().assess(node, &model.added(node)));
    let computed = computed.map(|found| found.state);
    let mark = |state: State| {
        let mut marks = Vec::new();
        marks.extend((own == Some(state)).then(|| ui.pick("自己的", "yours")));
        marks.extend((computed == Some(state)).then(|| ui.pick("计算得出", "computed")));
        marks.join(" · ")
    };
    let entry = |(number, state): (usize, State)| ListEntry {
        left: number.to_string(),
        title: describe::state(state, ui),
        right: mark(state),
        taken: EntryAction::Verdict(Some(state)),
    };
    let mut entries: Vec<ListEntry> = (1..).zip(VERDICT_KEYS).map(entry).collect();
    if own.is_some() {
        entries.push(ListEntry {
            left: "9".to_owned(),
            title: ui.pick("收回自己的结论", "take back your verdict").to_owned(),
            right: String::new(),
            taken: EntryAction::Verdict(None),
        });
    }
    entries
}

/// Tags in use, the latest put first, those of the node marked.
fn tags(model: &Model, filter: &str, taken: fn(NodeName) -> EntryAction) -> Vec<ListEntry> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let held: Vec<&NodeName> = model.said_here().map(|said| said.tags().collect()).unwrap_or_default();
    let uses = model.fold().map(Fold::tags).unwrap_or_default();
    let mut entries: Vec<(i64, ListEntry)> = uses
        .iter()
        .filter_map(|used| {
            let score = if filter.is_empty() { 0 } else { matcher.fuzzy_match(&used.tag, filter)? };
            let left = if held.contains(&&used.tag) { "✓" } else { "" };
            let right = used.nodes.to_string();
            let title = one_line(&used.tag).into_owned();
            Some((
                score,
                ListEntry { left: left.to_owned(), title, right, taken: taken(NodeName::clone(&used.tag)) },
            ))
        })
        .collect();
    entries.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// What is typed, as a tag that is not there yet. Where nothing there fits well it comes first, so that Enter
/// creates it.
fn with_new_tag(model: &Model, filter: &str, mut entries: Vec<ListEntry>) -> Vec<ListEntry> {
    let Ok(tag) = words::tag(filter) else { return entries };
    let known = model.fold().is_some_and(|fold| fold.tags().iter().any(|used| used.tag == tag));
    if !known {
        let right = model.view.ui.pick("新标签", "new tag").to_owned();
        let title = one_line(&tag).into_owned();
        let begun = entries.iter().any(|entry| entry.title.contains(&*tag));
        let at = if begun { entries.len() } else { 0 };
        entries.insert(at, ListEntry { left: "+".to_owned(), title, right, taken: EntryAction::Tag(tag) });
    }
    entries
}

fn own_entry(model: &Model, item: AnnotationItem, taken: fn(AnnotationItem) -> EntryAction) -> ListEntry {
    let (left, title) = annotate::item_line(model, &item);
    ListEntry { left, title, right: String::new(), taken: taken(item) }
}

/// Nodes by title or id, in reading order where nothing is typed.
fn nodes(model: &Model, filter: &str) -> Vec<ListEntry> {
    let tree = &model.plan().tree;
    let matcher = SkimMatcherV2::default().ignore_case();
    let score = |id: NodeId| {
        if filter.is_empty() {
            return Some(0);
        }
        let node = tree.node(id);
        let titles = node.title.iter().map(|(_, title)| title).chain([node.key.as_str()]);
        titles.filter_map(|text| matcher.fuzzy_match(text, filter)).max()
    };
    let mut found: Vec<(i64, NodeId)> = tree.ids().filter_map(|id| Some((score(id)?, id))).collect();
    found.sort_by_key(|(score, id)| (std::cmp::Reverse(*score), *id));
    let entry = |(_, id): &(i64, NodeId)| {
        let node = tree.node(*id);
        ListEntry {
            left: one_line(model.plan().level(node.level).mark_in(model.view.show.main())).into_owned(),
            title: one_line(node.title.get_or_first(model.view.show.main()).text).into_owned(),
            right: node.key.to_string(),
            taken: EntryAction::Attach(node.key.clone()),
        }
    };
    found.iter().take(MAX_NODES).map(entry).collect()
}
