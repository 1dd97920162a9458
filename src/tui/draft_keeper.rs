//! Keeps what is typed in a line or form on disk until it is recorded or thrown away. The one place from
//! which an open line writes drafts.

use super::compose::Found;
use std::time::SystemTime;

use jiff::ZonedDateTime;

use super::compose::Compose;
use super::drafts::store::{self, DraftFile, Durability, Store};
use super::drafts::{self, DraftEntry, DraftSubject, DraftWords};
use super::message::Message;
use super::model::Model;
use super::view::Here;
use crate::plan::Plan;
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// When a draft was written last, for people.
pub fn when(at: SystemTime) -> String {
    ZonedDateTime::try_from(at).map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// An entry of a node under each of its names, the present one first: a draft of before a node was renamed is
/// still its draft.
pub fn subjects(plan: &Plan, here: &Here, entry: &DraftEntry) -> Vec<DraftSubject> {
    let aliases = here.node.map(|node| plan.tree.node(node).aliases()).unwrap_or_default();
    let subject = |node| DraftSubject { plan: plan.id.clone(), node, entry: entry.clone() };
    std::iter::once(here.name.clone())
        .chain(aliases.iter().map(|key| key.as_str().into()))
        .map(subject)
        .collect()
}

/// The drafts of an entry, those with words first.
pub fn files(store: &Store, plan: &Plan, here: &Here, entry: &DraftEntry) -> Vec<(DraftFile, DraftWords)> {
    let found = store.of(&subjects(plan, here, entry), |text| drafts::words(entry, text).is_blank());
    let read = |draft: DraftFile| {
        let words = drafts::words(entry, &draft.text);
        (draft, words)
    };
    found.into_iter().map(read).collect()
}

/// What the line that was just opened can take up, where there is anything.
pub fn take_up(model: &Model, store: &Store) -> Option<Message> {
    let compose = model.compose.as_ref()?;
    let entry = compose.entry()?;
    let mut found = files(store, model.plan(), &compose.here, &entry).into_iter();
    let (draft, words) = found.next()?;
    let more = found.filter(|(_, words)| !words.is_blank()).count();
    let subject = DraftSubject { plan: model.plan().id.clone(), node: compose.here.name.clone(), entry };
    let when = when(draft.at);
    Some(Message::DraftFound(Box::new(Found { subject, draft, words, more, when })))
}

/// Puts the words of the open line on disk, where there are any that do not lie there.
///
/// # Errors
/// Where they cannot be written: why, for people.
pub fn keep(model: &mut Model, store: &Store, durability: Durability) -> Result<(), Bilingual> {
    let Some((subject, title, words)) = model.compose.as_ref().and_then(|compose| unrecorded(model, compose))
    else {
        return Ok(());
    };
    let Some(compose) = &mut model.compose else { return Ok(()) };
    let on_disk = &mut compose.drafts;
    let is_kept = on_disk.kept.as_ref().is_some_and(|kept| kept.says_the_same(&words));
    if is_kept && on_disk.own.iter().chain(&on_disk.taken).any(is_unchanged) {
        return Ok(());
    }
    let text = drafts::text(&subject, &title, &words);
    let written = match on_disk.own.as_ref().filter(|own| is_unchanged(own)) {
        Some(own) => store.replace(&own.file, &text, durability).map(|()| own.file.clone()),
        None => store.create(&subject, &text, durability),
    };
    let file = written.map_err(|error| not_kept(&error))?;
    on_disk.own = Some(DraftFile { file, text, at: SystemTime::now() });
    on_disk.kept = Some(words);
    if let Some(taken) = on_disk.taken.take() {
        store::remove(&taken);
    }
    Ok(())
}

/// Words that lie nowhere as the program ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// Why they cannot be kept.
    pub why: Bilingual,
    /// The words, a field a line.
    pub words: String,
}

/// As [`keep`], when nobody will be able to try again: what could not be kept comes back.
pub fn keep_last(model: &mut Model, store: &Store) -> Option<Unsaved> {
    let why = keep(model, store, Durability::Machine).err()?;
    let (.., words) = unrecorded(model, model.compose.as_ref()?)?;
    Some(Unsaved { why, words: words.fields.join("\n").trim().to_owned() })
}

fn is_unchanged(draft: &DraftFile) -> bool {
    store::read(&draft.file).is_ok_and(|now| now.text == draft.text)
}

fn not_kept(error: &std::io::Error) -> Bilingual {
    Bilingual::new(format!("草稿没有存下：{error}"), format!("the draft cannot be kept: {error}"))
}

/// What a line says that nobody has recorded.
fn unrecorded(model: &Model, compose: &Compose) -> Option<(DraftSubject, String, DraftWords)> {
    let words = compose.words_to_keep()?;
    let (plan, entry) = (model.plan(), compose.entry()?);
    let subject = DraftSubject { plan: plan.id.clone(), node: compose.here.name.clone(), entry };
    Some((subject, title(model, &compose.here), words))
}

/// The node's title on one line; empty for what has left the plan.
pub fn title(model: &Model, here: &Here) -> String {
    let Some(node) = here.node else { return String::new() };
    let title = model.plan().tree.node(node).title.get_or_first(model.view.show.main());
    one_line(title.text).into_owned()
}
