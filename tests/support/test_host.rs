//! A host without a terminal or a thread: what takes time is done at once, and told when the test says so.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use plan158::export::Format;
use plan158::journal::{Author, Event, Journal, RecordStamp};
use plan158::plan::as_of::AsOf;
use plan158::plan::load::Loaded;
use plan158::text::Bilingual;
use plan158::tui::compose::OwnDrafts;
use plan158::tui::draft_keeper::{DraftSave, DraftSearch};
use plan158::tui::drafts::note::Draft;
use plan158::tui::drafts::store::{self, Durability, Store};
use plan158::tui::effect::{Effect, MouseCapture};
use plan158::tui::export_job::ExportJob;
use plan158::tui::exporter::ExportSnapshot;
use plan158::tui::finding::{Lens, SearchQuery};
use plan158::tui::host::{CitationRequest, Host};
use plan158::tui::incoming::{Edited, HostAnswer, Incoming};
use plan158::tui::message::Message;
use plan158::tui::model::Model;
use plan158::tui::place::SavedPlace;
use plan158::tui::recorder::JournalJob;
use plan158::tui::searcher::{ChangedNodes, SearchMaterial, SearchState};
use tempfile::TempDir;

/// A thread beside the screen. What one of them tells comes in its order, what two of them tell in any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worker {
    /// Reads the plan when its files change.
    Plan,
    /// Reads the journal, and tells when its folder changes.
    People,
    /// Searches, and works out how every node stands.
    Searcher,
    /// Makes previews and writes exports.
    Exporter,
}

/// What the screen said is on disk.
#[derive(Clone, Debug)]
pub struct Acknowledged {
    /// The record's id.
    pub id: String,
    /// Its events, where the screen asked for them itself; none of an undo, a redo and the beginning of a
    /// review.
    pub events: Vec<Event>,
}

/// What a screen of a test has around it.
#[derive(Debug, Default)]
pub struct TestHost {
    /// What has come and the screen has not taken.
    pub inbox: VecDeque<Incoming>,
    pub now_ms: u64,
    /// What was asked for and is not done here, in order.
    pub effects: Vec<Effect>,
    /// The exports and previews among it.
    pub snapshots: Vec<ExportSnapshot>,
    /// Searches, as the thread for it does them.
    pub search_state: SearchState,
    /// Where what people say is kept, once somebody is to say something.
    pub home: Option<Arc<TempDir>>,
    /// Where drafts lie, once there are any.
    pub state: Option<Arc<TempDir>>,
    /// The number of the last step, for its id and its minute.
    steps: u32,
    /// Searches are answered when the test says so.
    pub held: Option<Vec<(SearchMaterial, SearchQuery)>>,
    /// What the threads beside the screen have told and the screen has not heard, where a test delivers it
    /// itself.
    pub outbox: Option<BTreeMap<Worker, VecDeque<Message>>>,
    /// Who writes, where that is not known yet; who records waits for it.
    pub author: Option<Author>,
    /// What was said to be on disk, in order.
    pub acknowledged: Vec<Acknowledged>,
    /// The words of steps that were not written, until a test takes them.
    pub refused: Vec<String>,
    /// The journal answers only when the test says so; what it would have said.
    pub slow_journal: Option<VecDeque<Incoming>>,
    as_of: Option<AsOf>,
}

impl TestHost {
    pub fn journal_dir(&self) -> PathBuf {
        self.home.as_ref().unwrap().path().join("journal")
    }

    pub fn drafts(&mut self) -> Store {
        let state = self.state.get_or_insert_with(|| Arc::new(TempDir::new().unwrap()));
        Store::new(Some(state.path()))
    }

    /// Steps are a minute apart, from 9 o'clock on.
    pub fn stamp(&mut self) -> RecordStamp {
        self.steps += 1;
        let now: jiff::ZonedDateTime = "2026-11-23T09:00:00+08:00[+08:00]".parse().unwrap();
        let now = now.checked_add(jiff::SignedDuration::from_mins(i64::from(self.steps))).unwrap();
        let id = 0x0193_5000_0000_7000_8000_0000_0000_0000 + u128::from(self.steps);
        RecordStamp::new(now, uuid::Uuid::from_u128(id))
    }

    /// The journal of a plan as it is on disk.
    pub fn journal_of(&self, loaded: &Arc<Loaded>, as_of: AsOf) -> Message {
        match Journal::open(Some(self.journal_dir()), &loaded.plan, as_of) {
            Ok(journal) => Message::JournalRead(Arc::clone(loaded), Arc::new(journal)),
            Err(error) => Message::JournalUnread(error.said()),
        }
    }

    pub fn post(&mut self, from: Worker, message: Message) {
        match &mut self.outbox {
            Some(outbox) => outbox.entry(from).or_default().push_back(message),
            None => self.tell(message),
        }
    }

    pub fn found(&mut self, material: &SearchMaterial, query: &SearchQuery) -> Message {
        self.search_state.answer(material, query, &AtomicBool::new(false)).unwrap()
    }

    /// What the screen waits for is told after all: who writes, or what the journal says.
    pub fn tell_what_is_awaited(&mut self) {
        if let Some(author) = self.author.take() {
            return self.tell(Message::Author(Ok(author)));
        }
        let people = self.outbox.as_mut().and_then(|outbox| outbox.get_mut(&Worker::People));
        if let Some(message) = people.and_then(VecDeque::pop_front) {
            self.tell(message);
        }
    }

    fn tell(&mut self, message: Message) {
        self.inbox.push_back(Incoming::Message(message));
    }

    fn answer(&mut self, answer: HostAnswer) {
        self.inbox.push_back(Incoming::Answered(answer));
    }

    /// Notes what the screen is told of a step.
    fn note(&mut self, id: String, events: Vec<Event>, told: &Message) {
        match told {
            Message::Recorded { .. } | Message::ReviewBegun { .. } => {
                self.acknowledged.push(Acknowledged { id, events });
            }
            Message::NotRecorded { text, .. } => self.refused.push(text.clone()),
            _ => {}
        }
    }
}

impl Host for TestHost {
    /// A test that looks at the screen paints it then.
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.as_of = Some(model.view.as_of);
        Ok(())
    }

    fn repaint(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn refresh(&mut self) -> io::Result<()> {
        self.effects.push(Effect::Redraw);
        Ok(())
    }

    fn capture_mouse(&mut self, mouse: MouseCapture) -> io::Result<()> {
        self.effects.push(Effect::CaptureMouse(mouse));
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<Option<Bilingual>> {
        self.effects.push(Effect::Suspend);
        Ok(None)
    }

    fn next(&mut self, patience: Option<Duration>) -> Option<Incoming> {
        let next = self.inbox.pop_front();
        assert!(next.is_some() || patience.is_some(), "the screen would wait for ever");
        next
    }

    fn waiting(&mut self) -> Vec<Incoming> {
        Vec::new()
    }

    fn now_ms(&self) -> u64 {
        self.now_ms
    }

    fn has_journal(&self) -> bool {
        self.home.is_some()
    }

    fn read_journal(&mut self, loaded: &Arc<Loaded>) {
        if self.home.is_some() {
            let told = self.journal_of(loaded, self.as_of.unwrap());
            self.post(Worker::People, told);
        }
    }

    fn change_journal(&mut self, job: JournalJob) {
        let events = job.events().to_vec();
        let stamp = if job.is_poll() { RecordStamp::now() } else { self.stamp() };
        let answer = job.run(&stamp, Arc::default());
        self.note(stamp.id.to_string(), events, &answer.told);
        let answer = HostAnswer::Journal(Box::new(answer));
        match &mut self.slow_journal {
            Some(slow) => slow.push_back(Incoming::Answered(answer)),
            None => self.answer(answer),
        }
    }

    fn find_draft(&mut self, search: DraftSearch) {
        let found = if self.state.is_some() { search.run(&self.drafts()) } else { None };
        self.answer(HostAnswer::DraftFound(found.map(Box::new)));
    }

    fn save_draft(&mut self, save: DraftSave, durability: Durability) {
        let saved = save.run(&self.drafts(), durability);
        self.answer(HostAnswer::DraftSaved(Box::new(saved)));
    }

    fn drop_drafts(&mut self, drafts: OwnDrafts) {
        drafts.own.iter().chain(&drafts.taken).for_each(store::remove);
    }

    /// The editor comes back at once with nothing written, or where threads tell when the test says so, then
    /// too.
    fn edit(&mut self, draft: Draft, _model: &Model) -> io::Result<()> {
        self.effects.push(Effect::Edit(draft));
        if self.outbox.is_none() {
            let nothing = Bilingual::new("没有改动", "nothing was changed");
            self.answer(HostAnswer::Edited(Box::new(Edited::Nothing(nothing))));
        }
        Ok(())
    }

    fn copy(&mut self, text: String, what: Bilingual) {
        self.effects.push(Effect::Copy(text, what));
    }

    fn cite(&mut self, request: CitationRequest) {
        self.effects.push(Effect::Cite(request.node, request.style));
    }

    fn hash_plan(&mut self) {
        self.tell(Message::PlanHashed("sha256:plan".to_owned()));
    }

    fn preview(&mut self, snapshot: ExportSnapshot, format: Format, page: u64) {
        self.snapshots.push(snapshot);
        self.effects.push(Effect::Preview(format, page));
    }

    fn export(&mut self, snapshot: ExportSnapshot, job: ExportJob) {
        self.snapshots.push(snapshot);
        self.effects.push(Effect::Export(job));
    }

    fn stop_export(&mut self) {
        self.effects.push(Effect::StopExport);
    }

    fn index(&mut self, material: SearchMaterial) {
        if let Some(told) = self.search_state.lay_out(&material) {
            self.post(Worker::Searcher, told);
        }
    }

    fn reindex(&mut self, changed: ChangedNodes) {
        self.search_state.change(changed);
    }

    fn search(&mut self, material: SearchMaterial, query: SearchQuery) {
        if let Some(held) = &mut self.held {
            return held.push((material, query));
        }
        // The thread tells how nodes stand where it has to work that out for the search.
        if self.outbox.is_some()
            && let Some(judged) = self.search_state.lay_out(&material)
        {
            self.post(Worker::Searcher, judged);
        }
        let told = self.found(&material, &query);
        self.post(Worker::Searcher, told);
    }

    fn remember(&mut self, query: String) {
        self.effects.push(Effect::Remember(query));
    }

    fn keep_lens(&mut self, lens: Lens, _known: Vec<Lens>) {
        self.effects.push(Effect::KeepLens(lens));
    }

    fn keep_place(&mut self, _place: SavedPlace) {}
}
