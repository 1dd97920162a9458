//! What an effect does to the world: each is done whole, and what came of it may be a message.

use super::super::clipboard;
use super::super::draft_keeper;
use super::super::drafts::store::{self, Durability};
use super::super::effect::Effect;
use super::super::export_job::ExportEnd;
use super::super::exporter::{self, ExportSnapshot};
use super::super::finding::Lens;
use super::super::history;
use super::super::host::Incoming;
use super::super::journal_watch::change;
use super::super::lenses;
use super::super::message::Message;
use super::super::recorder;
use super::super::searcher::SearchMaterial;
use super::super::view::View;
use super::{Ended, Running};
use crate::export::cite::{Citing, Style, cite};
use crate::journal::RecordStamp;
use crate::plan::NodeId;
use crate::plan::load;
use crate::text::{Bilingual, Ui};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often a wait looks whether the program is asked to end.
const LOOK: Duration = Duration::from_millis(20);

/// Whether an effect waits for the lock on the author's file.
fn writes(effect: &Effect) -> bool {
    matches!(effect, Effect::Record(_) | Effect::Turn(_) | Effect::BeginReview(_) | Effect::Edit(_))
}

/// What came of an effect.
pub(super) enum Done {
    Nothing,
    Told(Message),
    Ended(Ended),
}

/// Why there is no preview, in its place, or no export.
fn not_exported(effect: &Effect, why: Bilingual, ui: Ui) -> Message {
    match effect {
        Effect::Preview(_, number) => Message::Previewed(*number, [why.get(ui).to_owned()].into()),
        _ => Message::Exported(ExportEnd::Failed(why)),
    }
}

impl Running {
    /// A fast hand writes before it is known who does, or before the journal was read: both are waited for,
    /// which takes a moment.
    pub(super) fn read_first(&mut self, effect: &Effect) -> Option<Message> {
        if !matches!(
            effect,
            Effect::Record(_)
                | Effect::Turn(_)
                | Effect::Edit(_)
                | Effect::BeginReview(_)
                | Effect::Preview(..)
                | Effect::Export(_)
        ) {
            return None;
        }
        if let Some(author) = self.author.take().and_then(|answered| self.wait_for(&answered)) {
            self.model.journal_view.author = author;
        }
        recorder::read_now(&self.model, self.journal.clone())
    }

    /// Waits for an answer, but not when the program is asked to end.
    fn wait_for<T>(&self, answered: &Receiver<T>) -> Option<T> {
        while !self.ending.is_asked() {
            match answered.recv_timeout(LOOK) {
                Err(RecvTimeoutError::Timeout) => {}
                answer => return answer.ok(),
            }
        }
        None
    }

    /// Does one thing; what came of it may be a message.
    pub(super) fn effect(&mut self, effect: Effect) -> io::Result<Done> {
        if writes(&effect)
            && let Some(journal) = recorder::own_journal(&mut self.model)
        {
            journal.stop_waiting_when(self.ending.flag());
        }
        match effect {
            Effect::Quit => return Ok(Done::Ended(Ended::Quit)),
            Effect::Suspend => self.suspend()?,
            Effect::Redraw => self.held.refresh()?,
            Effect::CaptureMouse(mouse) => self.held.capture(mouse)?,
            Effect::ReadJournal => self.people.read(&self.model.loaded),
            Effect::PollJournal => return Ok(Done::Told(recorder::poll(&mut self.model))),
            Effect::HearNews => return Ok(Done::Told(recorder::news(&mut self.model))),
            Effect::Record(step) => {
                return Ok(Done::Told(recorder::record(&mut self.model, step, &RecordStamp::now())));
            }
            Effect::Turn(turn) => {
                return Ok(Done::Told(recorder::turn(&mut self.model, turn, &RecordStamp::now())));
            }
            Effect::BeginReview(wish) => {
                return Ok(Done::Told(recorder::begin_review(&mut self.model, wish, &RecordStamp::now())));
            }
            Effect::Type(chords) => return Ok(Done::Told(Message::Typed(chords))),
            Effect::HashPlan => return Ok(Done::Told(self.hash_plan())),
            Effect::Edit(draft) => return self.edit(&draft).map(Done::Told),
            Effect::FindDraft => {
                return Ok(
                    draft_keeper::take_up(&self.model, &self.files.drafts).map_or(Done::Nothing, Done::Told)
                );
            }
            Effect::KeepDraft => {
                let kept = draft_keeper::keep(&mut self.model, &self.files.drafts, Durability::Machine);
                return Ok(Done::Told(Message::DraftKept(kept)));
            }
            Effect::DropDraft(drafts) => drafts.own.iter().chain(&drafts.taken).for_each(store::remove),
            Effect::Copy(text, what) => {
                return Ok(Done::Told(Message::Told(clipboard::copy(
                    &text,
                    &what,
                    self.files.copied.as_deref(),
                ))));
            }
            Effect::Cite(node, style) => return Ok(Done::Told(self.cite(node, style))),
            Effect::Preview(..) | Effect::Export(_) | Effect::StopExport => return Ok(self.export(effect)),
            Effect::Index => self.searcher.index(self.material()),
            Effect::Reindex(from, nodes) => self.searcher.change(change(&self.model, from, &nodes)),
            Effect::Search(asked) => {
                let material = self.material();
                self.searcher.ask(material, asked);
            }
            // A history that cannot be written lasts as long as the screen.
            Effect::Remember(query) => {
                let _ = self.files.history.as_deref().map(|file| history::add(file, &query));
            }
            Effect::KeepLens(lens) => return Ok(Done::Told(self.keep_lens(&lens))),
        }
        Ok(Done::Nothing)
    }

    /// Copies a citation, which names the plan by the hash of its files.
    fn cite(&self, node: NodeId, style: Style) -> Message {
        let plan_hash = load::hash(&self.source).unwrap_or_default();
        let View { as_of, ui, show, .. } = self.model.view;
        let plan = self.model.plan();
        let citing = Citing { plan, plan_hash: &plan_hash, as_of, lang: show.main(), ui };
        let text = style.list(&cite(&citing, node, style));
        let what =
            Bilingual::new(format!("引用（{}）", style.word()), format!("the citation ({})", style.word()));
        Message::Told(clipboard::copy(&text, &what, self.files.copied.as_deref()))
    }

    /// Previews, writes or stops an export.
    fn export(&mut self, effect: Effect) -> Done {
        if effect == Effect::StopExport {
            self.stop_export.store(true, Ordering::Relaxed);
            return Done::Nothing;
        }
        let matter = match ExportSnapshot::of(&self.model) {
            Ok(matter) => matter,
            Err(why) => return Done::Told(not_exported(&effect, why, self.model.view.ui)),
        };
        let out = self.out.clone();
        let tell = move |message| drop(out.send(Incoming::Message(message)));
        match effect {
            Effect::Preview(format, number) => {
                exporter::preview(matter, self.source.clone(), (format, number), tell);
            }
            Effect::Export(errand) => {
                self.stop_export = Arc::new(AtomicBool::new(false));
                exporter::write(matter, self.source.clone(), errand, Arc::clone(&self.stop_export), tell);
            }
            _ => {}
        }
        Done::Nothing
    }

    /// Where the files are gone meanwhile the minutes do not name them.
    fn hash_plan(&self) -> Message {
        Message::PlanHashed(load::hash(&self.source).unwrap_or_else(|_| "—".to_owned()))
    }

    fn material(&self) -> SearchMaterial {
        let view = &self.model.view;
        SearchMaterial {
            loaded: Arc::clone(&self.model.loaded),
            journal: self.model.journal_view.journal.clone(),
            version: self.model.journal_view.version,
            rule: view.rule,
            as_of: view.as_of,
        }
    }

    fn keep_lens(&self, lens: &Lens) -> Message {
        let known = &self.model.find.lenses;
        let (lenses, said) = match &self.files.lenses {
            Some(file) => lenses::keep(file, lens, known),
            None => (
                known.clone(),
                Bilingual::new(
                    "没有主目录，常用筛选没有保存",
                    "there is no home directory: the lens is not kept",
                ),
            ),
        };
        Message::LensesKept(lenses, said)
    }
}
