//! One piece of work: a message to take, or an effect to do.

use std::io;
use std::sync::Arc;

use super::super::compose::OwnDrafts;
use super::super::draft_keeper::{DraftSave, DraftSearch};
use super::super::drafts::store::Durability;
use super::super::effect::Effect;
use super::super::export_job::ExportEnd;
use super::super::exporter::ExportSnapshot;
use super::super::host::{CitationRequest, Host};
use super::super::incoming::Edited;
use super::super::journal_watch::change;
use super::super::message::Message;
use super::super::recorder::{self, JournalAnswer, JournalChange, JournalJob};
use super::super::searcher::SearchMaterial;
use super::{Awaiting, Ended, Runtime};
use crate::text::{Bilingual, Ui};

/// What is to be done.
#[derive(Debug)]
pub(super) enum Work {
    Take(Message),
    Do(Effect),
    /// The same without waiting for author and journal to be read.
    DoAsItIs(Effect),
    /// Put the open line's words on disk.
    Save(Durability),
    Change(JournalChange),
    /// Say once more why a step was not written: keys that waited have gone into its line meanwhile.
    Remind(Bilingual),
    /// Stop for the shell. The signal of going on takes the terminal again.
    Suspend,
}

impl Work {
    pub(super) fn of(edited: Edited) -> Self {
        match edited {
            Edited::Nothing(said) => Self::Take(Message::Told(said)),
            Edited::Words { step, draft, written } => {
                Self::Change(JournalChange::Edited { step, draft, written })
            }
        }
    }
}

/// Whether an effect needs to know who writes, and what is written. A fast hand records before either is
/// known.
fn needs_the_journal(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Record(_)
            | Effect::Turn(_)
            | Effect::Edit(_)
            | Effect::BeginReview(_)
            | Effect::Preview(..)
            | Effect::Export(_)
    )
}

/// Why there is no preview, in its place, or no export.
fn not_exported(effect: &Effect, why: Bilingual, ui: Ui) -> Message {
    match effect {
        Effect::Preview(_, number) => Message::Previewed(*number, [why.get(ui).to_owned()].into()),
        _ => Message::Exported(ExportEnd::Failed(why)),
    }
}

impl<H: Host> Runtime<H> {
    pub(super) fn do_one(&mut self, work: Work) -> io::Result<Option<Ended>> {
        match work {
            Work::Take(message) => self.hear(message)?,
            Work::Do(effect) => match self.missing(&effect) {
                Some(awaiting) => {
                    (self.awaiting, self.blocked) = (Some(awaiting), Some(effect));
                    self.hear_what_came_already()?;
                }
                None => return self.effect(effect),
            },
            Work::DoAsItIs(effect) => return self.effect(effect),
            Work::Save(durability) => self.save(durability, false),
            Work::Change(change) => self.change_journal(change),
            Work::Remind(why) => {
                if let Some(compose) = &mut self.model.compose {
                    compose.refused = Some(why);
                }
            }
            Work::Suspend => self.suspend()?,
        }
        Ok(None)
    }

    /// What the work at hand waits for may have come while input waited for something else.
    fn hear_what_came_already(&mut self) -> io::Result<()> {
        while self.is_waiting_to_read() {
            let is_awaited =
                |work: &Work| matches!(work, Work::Take(message) if self.jumps_the_queue(message));
            let Some(at) = self.todo.iter().position(is_awaited) else { break };
            if let Some(Work::Take(message)) = self.todo.remove(at) {
                self.hear(message)?;
            }
        }
        Ok(())
    }

    /// What an effect has to wait for, after it was asked for.
    fn missing(&mut self, effect: &Effect) -> Option<Awaiting> {
        if !needs_the_journal(effect) {
            return None;
        }
        if self.is_author_asked {
            return Some(Awaiting::Author);
        }
        if self.model.journal_view.journal.is_some() || !self.host.has_journal() {
            return None;
        }
        if !std::mem::replace(&mut self.is_journal_asked, true) {
            self.host.read_journal(&self.model.loaded);
        }
        Some(Awaiting::Journal)
    }

    /// Does one thing, or has it done.
    fn effect(&mut self, effect: Effect) -> io::Result<Option<Ended>> {
        match effect {
            Effect::Quit => return Ok(Some(Ended::Quit)),
            // The words of the open line are on disk before.
            Effect::Suspend => {
                self.todo.push_front(Work::Suspend);
                self.save(Durability::Machine, false);
            }
            Effect::Redraw => self.host.refresh()?,
            Effect::CaptureMouse(mouse) => self.host.capture_mouse(mouse)?,
            Effect::ReadJournal => {
                self.is_journal_asked = self.host.has_journal();
                self.host.read_journal(&self.model.loaded);
            }
            Effect::PollJournal => self.change_journal(JournalChange::Poll),
            // What is being taken in tells of all that came.
            Effect::HearNews if self.is_polling => {}
            Effect::HearNews => {
                let told = recorder::news(&mut self.model);
                self.next_take(told);
            }
            Effect::Record(step) => self.change_journal(JournalChange::Record(step)),
            Effect::Turn(turn) => self.change_journal(JournalChange::Turn(turn)),
            Effect::BeginReview(request) => self.change_journal(JournalChange::BeginReview(request)),
            Effect::Type(chords) => self.next_take(Message::Typed(chords)),
            // The minutes are made of it: keys typed ahead are for their page.
            Effect::HashPlan => {
                self.awaiting = Some(Awaiting::PlanHash);
                self.host.hash_plan();
            }
            Effect::Edit(draft) => {
                self.awaiting = Some(Awaiting::Editor);
                self.host.edit(draft, &self.model)?;
            }
            Effect::FindDraft => {
                if let Some(search) = DraftSearch::of(&self.model) {
                    self.awaiting = Some(Awaiting::Draft);
                    self.host.find_draft(search);
                }
            }
            Effect::KeepDraft => self.save(Durability::Machine, true),
            Effect::DropDraft(drafts) => self.host.drop_drafts(drafts),
            Effect::Copy(text, what) => self.host.copy(text, what),
            Effect::Cite(node, style) => {
                let (loaded, view) = (Arc::clone(&self.model.loaded), self.model.view);
                self.host.cite(CitationRequest { loaded, view, node, style });
            }
            Effect::Preview(..) | Effect::Export(_) => self.export(effect),
            Effect::StopExport => self.host.stop_export(),
            Effect::Index => self.host.index(self.material()),
            Effect::Reindex(from, nodes) => self.host.reindex(change(&self.model, from, &nodes)),
            Effect::Search(query) => self.host.search(self.material(), query),
            Effect::Remember(query) => self.host.remember(query),
            Effect::KeepLens(lens) => {
                let known = self.model.find.lenses.clone();
                self.host.keep_lens(lens, known);
            }
        }
        Ok(None)
    }

    fn next_take(&mut self, message: Message) {
        self.todo.push_front(Work::Take(message));
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.keep_place();
        if let Some(why) = self.host.suspend()? {
            self.model.notice = Some(why);
        }
        Ok(())
    }

    fn save(&mut self, durability: Durability, closes: bool) {
        match DraftSave::of(&self.model) {
            Some(save) => {
                self.awaiting = Some(Awaiting::Save { closes });
                self.host.save_draft(save, durability);
            }
            None if closes => self.next_take(Message::DraftKept(Ok(()))),
            None => {}
        }
    }

    pub(super) fn draft_saved(&mut self, saved: Result<OwnDrafts, Bilingual>) {
        let closes = self.awaiting == Some(Awaiting::Save { closes: true });
        if matches!(self.awaiting, Some(Awaiting::Save { .. })) {
            self.answered_wait();
        }
        let said = match (saved, &mut self.model.compose) {
            (Ok(drafts), Some(compose)) => {
                compose.drafts = drafts;
                Ok(())
            }
            (saved, _) => saved.map(|_| ()),
        };
        if closes {
            self.next_take(Message::DraftKept(said));
        }
    }

    /// Has the journal written or read. One thing at a time is done to it.
    fn change_journal(&mut self, change: JournalChange) {
        if self.is_polling {
            self.todo.push_front(Work::Change(change));
            self.awaiting = Some(Awaiting::Poll);
            return;
        }
        match change {
            JournalChange::Poll => self.is_polling = true,
            _ => self.awaiting = Some(Awaiting::Step),
        }
        self.host.change_journal(JournalJob::of(&self.model, change));
    }

    pub(super) fn journal_changed(&mut self, answer: JournalAnswer) {
        let JournalAnswer { began_with, journal, told } = answer;
        let is_poll = std::mem::take(&mut self.is_polling);
        self.answer_wait(if is_poll { Awaiting::Poll } else { Awaiting::Step });
        let now = &mut self.model.journal_view.journal;
        let is_the_same = match (&began_with, &*now) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        if is_the_same || !is_poll {
            *now = journal;
            let is_input = |work: &Work| matches!(work, Work::Take(message) if message.is_input());
            if let (Message::NotRecorded { why, .. }, true) = (&told, self.todo.iter().any(is_input)) {
                self.todo.push_back(Work::Remind(why.clone()));
            }
            self.next_take(told);
        } else {
            // Meanwhile the journal was read for another plan: it may have been before what came.
            self.todo.push_front(Work::Do(Effect::PollJournal));
        }
    }

    /// Previews or writes an export of what is on screen now.
    fn export(&mut self, effect: Effect) {
        let snapshot = match ExportSnapshot::of(&self.model) {
            Ok(snapshot) => snapshot,
            Err(why) => return self.next_take(not_exported(&effect, why, self.model.view.ui)),
        };
        match effect {
            Effect::Preview(format, page) => self.host.preview(snapshot, format, page),
            Effect::Export(job) => self.host.export(snapshot, job),
            _ => {}
        }
    }

    /// What is searched and judged now.
    pub fn material(&self) -> SearchMaterial {
        let view = &self.model.view;
        SearchMaterial {
            loaded: Arc::clone(&self.model.loaded),
            journal: self.model.journal_view.journal.clone(),
            version: self.model.journal_view.version,
            rule: view.rule,
            as_of: view.as_of,
        }
    }
}
