//! A screen without a terminal: keys in, text out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]
// Each test file that includes this uses its own part of it.
#![allow(dead_code)]

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use plan158::chart::Glyphs;
use plan158::journal::{Author, Event, Journal, RecordStamp, Step};
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{Loaded, PlanSource, load};
use plan158::progress::RuleRef;
use plan158::text::language::{LanguageRequest, Locale, choose};
use plan158::tui::chord::Chord;
use plan158::tui::commands;
use plan158::tui::draft_keeper;
use plan158::tui::drafts::store::{self, Durability, Listed, Store};
use plan158::tui::drafts::{DraftEntry, words};
use plan158::tui::draw::paint;
use plan158::tui::effect::Effect;
use plan158::tui::finding::SearchQuery;
use plan158::tui::journal_watch::change;
use plan158::tui::layout::{laid_out, relayout};
use plan158::tui::message::{Cell, Message, Mouse, Size};
use plan158::tui::model::Model;
use plan158::tui::recorder;
use plan158::tui::searcher::{SearchMaterial, SearchState};
use plan158::tui::theme::Theme;
use plan158::tui::update::update;
use plan158::tui::view::View;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

/// A plan of `tests/plans`.
pub fn plan(name: &str) -> Arc<Loaded> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(name);
    Arc::new(load(&PlanSource::Path(path)).unwrap())
}

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

/// A running screen.
pub struct Session {
    pub model: Model,
    pub effects: Vec<Effect>,
    now_ms: u64,
    desk: SearchState,
    /// Where what people say is kept, once somebody is to say something.
    home: Option<Arc<TempDir>>,
    /// Where drafts lie, once there are any.
    state: Option<Arc<TempDir>>,
    /// The number of the last step, for its id and its minute.
    steps: u32,
    /// Searches are answered when the test says so.
    held: Option<Vec<SearchQuery>>,
    /// What the threads beside the screen have told and the screen has not heard, where a test delivers it
    /// itself.
    pub outbox: Option<BTreeMap<Worker, VecDeque<Message>>>,
    /// Who writes, where that is not known yet; who records waits for it.
    pub author: Option<Author>,
    /// What was said to be on disk, in order.
    pub acknowledged: Vec<Acknowledged>,
    /// The words of steps that were not written, until a test takes them.
    pub refused: Vec<String>,
}

impl Session {
    /// Opens a plan in `zh`, `en` or `both`, at a size like `80x24`.
    pub fn open(loaded: Arc<Loaded>, lang: &str, size: &str) -> Self {
        let choice = choose(&loaded.plan.languages, &LanguageRequest::parse(lang), Locale::Other).unwrap();
        let as_of = AsOf::parse("2026-11-23").unwrap();
        let (show, ui, glyphs) = (choice.show, choice.ui, Glyphs::Unicode);
        let view = View { show, ui, locale: Locale::Other, rule: RuleRef::PACE, as_of, glyphs };
        let keymap = Arc::new(commands::keymap(&[]).0);
        let model = laid_out(Model::new(loaded, view, keymap, size_of(size)));
        Self {
            model,
            effects: Vec::new(),
            now_ms: 0,
            desk: SearchState::default(),
            home: None,
            state: None,
            steps: 0,
            held: None,
            outbox: None,
            author: None,
            acknowledged: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// The same screen with a journal of its own, written by somebody.
    pub fn written_by(mut self, name: &str) -> Self {
        self.home = Some(Arc::new(TempDir::new().unwrap()));
        let told = self.read_journal();
        self.send(told).send(Message::Author(Ok(Author::new(name).unwrap())))
    }

    /// Another screen at the same size over the same journal, written by somebody, as after a restart.
    pub fn reopened(self, name: &str) -> Self {
        let view = self.model.view;
        let (loaded, keymap) = (Arc::clone(&self.model.loaded), Arc::clone(&self.model.keymap));
        let model = laid_out(Model::new(loaded, view, keymap, self.model.size));
        let again = Self { model, effects: Vec::new(), desk: SearchState::default(), ..self };
        let told = again.read_journal();
        again.send(told).send(Message::Author(Ok(Author::new(name).unwrap())))
    }

    /// Another screen over the same journal, as the program starts: with a place to take up, and nothing
    /// heard of anybody.
    pub fn restarted(self, name: &str, take_up: impl FnOnce(&mut Model)) -> Self {
        let view = self.model.view;
        let keymap = Arc::clone(&self.model.keymap);
        let mut model = Model::new(Arc::clone(&self.model.loaded), view, keymap, self.model.size);
        take_up(&mut model);
        relayout(&mut model);
        let outbox = self.outbox.as_ref().map(|_| BTreeMap::new());
        let author = Some(Author::new(name).unwrap());
        Self { model, effects: Vec::new(), desk: SearchState::default(), outbox, author, ..self }
            .send(Message::Opened)
    }

    /// A record that somebody else writes elsewhere, and that is heard of here.
    pub fn meanwhile(mut self, name: &str, events: Vec<Event>) -> Self {
        let loaded = Arc::clone(&self.model.loaded);
        let mut journal =
            Journal::open(Some(self.journal_dir()), &loaded.plan, self.model.view.as_of).unwrap();
        let stamp = self.stamp();
        journal.append(&loaded.plan, &Author::new(name).unwrap(), Step::new(events), &stamp).unwrap();
        self.send(Message::JournalTouched)
    }

    /// The drafts.
    pub fn drafts(&mut self) -> Store {
        let state = self.state.get_or_insert_with(|| Arc::new(TempDir::new().unwrap()));
        Store::new(Some(state.path()))
    }

    /// Has the same drafts as another screen.
    pub fn share_drafts(&mut self, other: &Self) {
        self.state.clone_from(&other.state);
    }

    /// What all the drafts say, each on a line.
    pub fn drafted(&mut self) -> Vec<String> {
        let said = |listed: Listed| {
            let entry = listed.subject.map_or(DraftEntry::Note, |subject| subject.entry);
            words(&entry, &listed.draft.unwrap().text).in_one_line()
        };
        self.drafts().list().into_iter().map(said).collect()
    }

    /// The folder of the journal.
    pub fn journal_dir(&self) -> PathBuf {
        self.home.as_ref().unwrap().path().join("journal")
    }

    /// The lines of the journal, of all its files.
    pub fn journal_lines(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.journal_dir()).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
        paths.sort();
        let text: String = paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
        text.lines().map(str::to_owned).collect()
    }

    /// The events of the journal's records in order of writing, each as its JSON.
    pub fn events(&self) -> Vec<serde_json::Value> {
        let records = self.journal_lines().into_iter().map(|line| serde_json::from_str(&line).unwrap());
        records.flat_map(|record: serde_json::Value| record["events"].as_array().unwrap().clone()).collect()
    }

    fn read_journal(&self) -> Message {
        let loaded = Arc::clone(&self.model.loaded);
        match Journal::open(Some(self.journal_dir()), &loaded.plan, self.model.view.as_of) {
            Ok(journal) => Message::JournalRead(loaded, Arc::new(journal)),
            Err(error) => Message::JournalUnread(error.said()),
        }
    }

    /// Steps are a minute apart, from 9 o'clock on.
    pub fn stamp(&mut self) -> RecordStamp {
        self.steps += 1;
        let now: jiff::ZonedDateTime = "2026-11-23T09:00:00+08:00[+08:00]".parse().unwrap();
        let now = now.checked_add(jiff::SignedDuration::from_mins(i64::from(self.steps))).unwrap();
        RecordStamp {
            now,
            id: uuid::Uuid::from_u128(0x0193_5000_0000_7000_8000_0000_0000_0000 + u128::from(self.steps)),
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

    /// From now on what the threads beside the screen tell waits until a test delivers it.
    pub fn with_outbox(mut self) -> Self {
        self.outbox.get_or_insert_default();
        self
    }

    /// What a thread tells: heard at once, or kept to be delivered.
    pub fn post(&mut self, from: Worker, message: Message) -> Option<Message> {
        let Some(outbox) = &mut self.outbox else { return Some(message) };
        outbox.entry(from).or_default().push_back(message);
        None
    }

    /// The same screen with a worker that answers only when told to.
    pub fn hold(mut self) -> Self {
        self.held.get_or_insert_default();
        self
    }

    /// Lets the worker answer, the n-th of the searches it was asked since.
    pub fn answer(mut self, n: usize) -> Self {
        let asked = self.held.as_mut().unwrap().remove(n);
        let message = self.found(&asked);
        self.send(message)
    }

    /// Lets the worker answer all that it was asked, in order.
    pub fn answer_all(mut self) -> Self {
        while self.held.as_ref().is_some_and(|held| !held.is_empty()) {
            self = self.answer(0);
        }
        self
    }

    fn found(&mut self, asked: &SearchQuery) -> Message {
        let material = self.material();
        self.desk.answer(&material, asked, &AtomicBool::new(false)).unwrap()
    }

    /// The small plan, in English at 80×24.
    pub fn small() -> Self {
        Self::open(plan("small.toml"), "en", "80x24")
    }

    /// Presses keys: chords with a space between them.
    pub fn keys(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            let chord = Chord::parse(key).unwrap_or_else(|| panic!("no key is called {key}"));
            self = self.send(Message::Key(chord));
        }
        self
    }

    /// Types text, a character at a time.
    pub fn typed(mut self, text: &str) -> Self {
        for c in text.chars() {
            self = self.send(Message::Key(Chord::char(c)));
        }
        self
    }

    pub fn resize(self, size: &str) -> Self {
        let size = size_of(size);
        self.send(Message::Resized(size))
    }

    pub fn click(self, col: u16, line: u16) -> Self {
        self.send(Message::Mouse(Mouse::Click(Cell { col, line })))
    }

    pub fn send(mut self, message: Message) -> Self {
        self.hear(message);
        self
    }

    /// The same for a session that is lent.
    pub fn hear(&mut self, message: Message) {
        self.now_ms += 10;
        self.tell(message);
    }

    /// Lets time pass.
    pub fn pass_ms(&mut self, ms: u64) {
        self.now_ms += ms;
    }

    /// As the runtime does: each effect whole before the next.
    fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message, self.now_ms) {
            if let Some(read) = self.read_first(&effect) {
                self.tell(read);
            }
            if let Some(told) = self.done(effect) {
                self.tell(told);
            }
        }
    }

    /// What a step needs and a thread has not told yet is waited for, as in the runtime.
    fn read_first(&mut self, effect: &Effect) -> Option<Message> {
        let waits = matches!(
            effect,
            Effect::Record(_)
                | Effect::Turn(_)
                | Effect::Edit(_)
                | Effect::BeginReview(_)
                | Effect::Preview(..)
                | Effect::Export(_)
        );
        if !waits || self.home.is_none() {
            return None;
        }
        if let Some(author) = self.author.take() {
            self.model.journal_view.author = Ok(author);
        }
        recorder::read_now(&self.model, Some(self.journal_dir()))
    }

    fn done(&mut self, effect: Effect) -> Option<Message> {
        match (effect, &mut self.held) {
            (Effect::Search(asked), Some(held)) => held.push(asked),
            (Effect::Search(asked), None) => return self.search(&asked),
            (Effect::Index, _) => {
                let told = self.desk.lay_out(&self.material())?;
                return self.post(Worker::Searcher, told);
            }
            (Effect::Reindex(from, nodes), _) => self.desk.change(change(&self.model, from, &nodes)),
            (Effect::Record(step), _) => {
                let events = step.events.clone();
                return Some(self.write(events, |model, stamp| recorder::record(model, step, stamp)));
            }
            (Effect::Turn(turn), _) => {
                return Some(self.write(Vec::new(), |model, stamp| recorder::turn(model, turn, stamp)));
            }
            (Effect::BeginReview(wish), _) => {
                let begin =
                    |model: &mut Model, stamp: &RecordStamp| recorder::begin_review(model, wish, stamp);
                return Some(self.write(Vec::new(), begin));
            }
            (Effect::Type(chords), _) => return Some(Message::Typed(chords)),
            (Effect::HashPlan, _) => return Some(Message::PlanHashed("sha256:plan".to_owned())),
            (Effect::HearNews, _) => return Some(recorder::news(&mut self.model)),
            (Effect::PollJournal, _) => return Some(recorder::poll(&mut self.model)),
            (Effect::ReadJournal, _) if self.home.is_some() => {
                let told = self.read_journal();
                return self.post(Worker::People, told);
            }
            (Effect::FindDraft, _) => {
                let store = self.state.is_some().then(|| self.drafts())?;
                return draft_keeper::take_up(&self.model, &store);
            }
            (Effect::KeepDraft, _) => {
                let store = self.drafts();
                return Some(Message::DraftKept(draft_keeper::keep(
                    &mut self.model,
                    &store,
                    Durability::Program,
                )));
            }
            (Effect::DropDraft(drafts), _) => {
                drafts.own.iter().chain(&drafts.taken).for_each(store::remove);
            }
            (effect, _) => self.effects.push(effect),
        }
        None
    }

    fn search(&mut self, asked: &SearchQuery) -> Option<Message> {
        // The thread tells how nodes stand where it has to work that out for the search.
        if self.outbox.is_some()
            && let Some(judged) = self.desk.lay_out(&self.material())
        {
            self.post(Worker::Searcher, judged);
        }
        let told = self.found(asked);
        self.post(Worker::Searcher, told)
    }

    /// Writes a step, and notes what the screen is told of it.
    pub fn write(
        &mut self,
        events: Vec<Event>,
        write: impl FnOnce(&mut Model, &RecordStamp) -> Message,
    ) -> Message {
        let stamp = self.stamp();
        let told = write(&mut self.model, &stamp);
        match &told {
            Message::Recorded { .. } | Message::ReviewBegun { .. } => {
                self.acknowledged.push(Acknowledged { id: stamp.id.to_string(), events });
            }
            Message::NotRecorded { text, .. } => self.refused.push(text.clone()),
            _ => {}
        }
        told
    }

    pub fn paste(self, text: &str) -> Self {
        self.send(Message::Pasted(text.to_owned()))
    }

    /// Lets time pass.
    pub fn wait_ms(mut self, ms: u64) -> Self {
        self.now_ms += ms;
        self
    }

    /// The id under the cursor.
    pub fn selected(&self) -> String {
        self.model.selected().map(|id| self.model.plan().tree.node(id).key.to_string()).unwrap_or_default()
    }

    /// The screen as text, with the terminal's cursor named below it.
    pub fn screen(&self) -> String {
        self.screen_in(Theme::Colour)
    }

    /// The same in colour or without.
    pub fn screen_in(&self, theme: Theme) -> String {
        let area = Rect::new(0, 0, self.model.size.cols, self.model.size.lines);
        let mut buffer = Buffer::empty(area);
        let cursor = paint(&self.model, theme, area, &mut buffer);
        let cursor = cursor.map_or("none".to_owned(), |Position { x, y }| format!("{x},{y}"));
        format!("{}[cursor {cursor}]\n", text_of(&buffer))
    }
}

/// The cells as text. The cell that a wide character covers besides its own is passed over.
pub fn text_of(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in buffer.area.y..buffer.area.y + buffer.area.height {
        let mut line = String::new();
        let mut x = buffer.area.x;
        while x < buffer.area.x + buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(symbol.width().max(1)).unwrap();
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn size_of(text: &str) -> Size {
    let (cols, lines) = text.split_once('x').unwrap();
    Size { cols: cols.parse().unwrap(), lines: lines.parse().unwrap() }
}
