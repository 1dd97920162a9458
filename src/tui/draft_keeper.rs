//! Keeps what is typed in a line or form on disk until it is recorded or thrown away. The one place from
//! which an open line writes drafts.

use std::sync::Arc;
use std::time::SystemTime;

use jiff::ZonedDateTime;

use super::compose::{Found, OwnDrafts};
use super::drafts::store::{self, DraftFile, Durability, Store};
use super::drafts::{self, DraftEntry, DraftSubject, DraftWords};
use super::model::Model;
use super::view::Here;
use crate::plan::Plan;
use crate::plan::load::Loaded;
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

/// The drafts of the line that was just opened, to be looked for.
#[derive(Clone, Debug)]
pub struct DraftSearch {
    loaded: Arc<Loaded>,
    here: Here,
    entry: DraftEntry,
}

impl DraftSearch {
    /// `None` where no line is open, or its entry has no drafts.
    pub fn of(model: &Model) -> Option<Self> {
        let compose = model.compose.as_ref()?;
        let entry = compose.entry()?;
        Some(Self { loaded: Arc::clone(&model.loaded), here: compose.here.clone(), entry })
    }

    /// What the line can take up, where there is anything.
    pub fn run(self, store: &Store) -> Option<Found> {
        let Self { loaded, here, entry } = self;
        let mut found = files(store, &loaded.plan, &here, &entry).into_iter();
        let (draft, words) = found.next()?;
        let more = found.filter(|(_, words)| !words.is_blank()).count();
        let subject = DraftSubject { plan: loaded.plan.id.clone(), node: here.name, entry };
        let when = when(draft.at);
        Some(Found { subject, draft, words, more, when })
    }
}

/// The words of the open line, to be put on disk.
#[derive(Clone, Debug)]
pub struct DraftSave {
    subject: DraftSubject,
    title: String,
    words: DraftWords,
    on_disk: OwnDrafts,
}

impl DraftSave {
    /// `None` where no line is open, or there is nothing in it that nobody has recorded.
    pub fn of(model: &Model) -> Option<Self> {
        let compose = model.compose.as_ref()?;
        let words = compose.words_to_keep()?;
        let (plan, entry) = (model.plan(), compose.entry()?);
        let subject = DraftSubject { plan: plan.id.clone(), node: compose.here.name.clone(), entry };
        let title = title(model, &compose.here);
        Some(Self { subject, title, words, on_disk: compose.drafts.clone() })
    }

    /// Puts the words on disk where they do not lie there; where they lie now.
    ///
    /// # Errors
    /// Where they cannot be written: why, for people.
    pub fn run(self, store: &Store, durability: Durability) -> Result<OwnDrafts, Bilingual> {
        let Self { subject, title, words, mut on_disk } = self;
        let is_kept = on_disk.kept.as_ref().is_some_and(|kept| kept.says_the_same(&words));
        if is_kept && on_disk.own.iter().chain(&on_disk.taken).any(is_unchanged) {
            return Ok(on_disk);
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
        Ok(on_disk)
    }
}

/// Words that lie nowhere as the program ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// Why they cannot be kept.
    pub why: Bilingual,
    /// The words, a field a line.
    pub words: String,
}

/// Puts the words of the open line on disk when nobody will be able to try again: what could not be kept
/// comes back.
pub fn keep_last(model: &Model, store: &Store) -> Option<Unsaved> {
    let save = DraftSave::of(model)?;
    let words = save.words.fields.join("\n").trim().to_owned();
    let why = save.run(store, Durability::Machine).err()?;
    Some(Unsaved { why, words })
}

fn is_unchanged(draft: &DraftFile) -> bool {
    store::read(&draft.file).is_ok_and(|now| now.text == draft.text)
}

fn not_kept(error: &std::io::Error) -> Bilingual {
    Bilingual::new(format!("草稿没有存下：{error}"), format!("the draft cannot be kept: {error}"))
}

/// The node's title on one line; empty for what has left the plan.
pub fn title(model: &Model, here: &Here) -> String {
    let Some(node) = here.node else { return String::new() };
    let title = model.plan().tree.node(node).title.get_or_first(model.view.show.main());
    one_line(title.text).into_owned()
}
