//! A screen without a terminal: keys in, text out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]
// Each test file that includes this uses its own part of it.
#![allow(dead_code)]

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plan158::chart::Glyphs;
use plan158::journal::{Author, Event, Journal, Step};
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{Loaded, PlanSource, load};
use plan158::progress::RuleRef;
use plan158::text::language::{LanguageRequest, Locale, choose};
use plan158::tui::chord::Chord;
use plan158::tui::commands;
use plan158::tui::drafts::store::{Listed, Store};
use plan158::tui::drafts::{DraftEntry, words};
use plan158::tui::draw::paint;
use plan158::tui::effect::Effect;
use plan158::tui::incoming::Incoming;
use plan158::tui::layout::{laid_out, relayout};
use plan158::tui::message::{Cell, Message, Mouse, Size};
use plan158::tui::model::Model;
use plan158::tui::place::SavedPlace;
use plan158::tui::runtime::{Ended, Runtime};
use plan158::tui::searcher::SearchState;
use plan158::tui::theme::Theme;
use plan158::tui::view::View;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

#[path = "test_host.rs"]
mod test_host;
pub use test_host::{Acknowledged, TestHost, Worker};

/// A plan of `tests/plans`.
pub fn plan(name: &str) -> Arc<Loaded> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(name);
    Arc::new(load(&PlanSource::Path(path)).unwrap())
}

/// A running screen: the program's own loop over a host that the test sees into.
pub struct Session {
    pub runtime: Runtime<TestHost>,
}

impl Deref for Session {
    type Target = Runtime<TestHost>;

    fn deref(&self) -> &Self::Target {
        &self.runtime
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.runtime
    }
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
        Self::over(model, TestHost::default())
    }

    fn over(model: Model, host: TestHost) -> Self {
        let kept = SavedPlace::of(&model);
        Self { runtime: Runtime::new(model, host, kept) }
    }

    /// The same screen with a journal of its own, written by somebody.
    pub fn written_by(mut self, name: &str) -> Self {
        self.host.home = Some(Arc::new(TempDir::new().unwrap()));
        let told = self.read_journal();
        self.send(told).send(Message::Author(Ok(Author::new(name).unwrap())))
    }

    /// Another screen at the same size over the same journal, written by somebody, as after a restart.
    pub fn reopened(self, name: &str) -> Self {
        let (model, host) = self.into_parts();
        let view = model.view;
        let again = Model::new(model.loaded, view, model.keymap, model.size);
        let again = Self::over(laid_out(again), host);
        let told = again.read_journal();
        again.send(told).send(Message::Author(Ok(Author::new(name).unwrap())))
    }

    /// Another screen over the same journal, as the program starts: with a place to take up, and nothing
    /// heard of anybody.
    pub fn restarted(self, name: &str, take_up: impl FnOnce(&mut Model)) -> Self {
        let (model, mut host) = self.into_parts();
        let mut again = Model::new(model.loaded, model.view, model.keymap, model.size);
        take_up(&mut again);
        relayout(&mut again);
        if let Some(outbox) = &mut host.outbox {
            outbox.clear();
        }
        let mut again = Self::over(again, host);
        again.is_found_out_later(name);
        again.send(Message::Opened)
    }

    fn into_parts(self) -> (Model, TestHost) {
        let Runtime { model, mut host, .. } = self.runtime;
        host.effects.clear();
        host.search_state = SearchState::default();
        (model, host)
    }

    /// Who writes is told when the test says so, or somebody waits for it.
    pub fn is_found_out_later(&mut self, name: &str) {
        self.host.author = Some(Author::new(name).unwrap());
        self.expect_author();
    }

    /// A record that somebody else writes elsewhere, and that is heard of here.
    pub fn meanwhile(mut self, name: &str, events: Vec<Event>) -> Self {
        let loaded = Arc::clone(&self.model.loaded);
        let mut journal =
            Journal::open(Some(self.journal_dir()), &loaded.plan, self.model.view.as_of).unwrap();
        let stamp = self.host.stamp();
        journal.append(&loaded.plan, &Author::new(name).unwrap(), Step::new(events), &stamp).unwrap();
        self.send(Message::JournalTouched)
    }

    /// The drafts.
    pub fn drafts(&mut self) -> Store {
        self.host.drafts()
    }

    /// Has the same drafts as another screen.
    pub fn share_drafts(&mut self, other: &Self) {
        self.host.state.clone_from(&other.host.state);
    }

    /// What all the drafts say, each on a line.
    pub fn drafted(&mut self) -> Vec<String> {
        let said = |listed: Listed| {
            let entry = listed.subject.map_or(DraftEntry::Note, |subject| subject.entry);
            words(&entry, &listed.draft.unwrap().text).in_one_line()
        };
        self.drafts().list().into_iter().map(said).collect()
    }

    /// Lets so much time pass that the words of the open line are put on disk.
    pub fn pause(&mut self) {
        self.turn().unwrap();
        self.listen();
    }

    /// The folder of the journal.
    pub fn journal_dir(&self) -> PathBuf {
        self.host.journal_dir()
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
        self.host.journal_of(&self.model.loaded, self.model.view.as_of)
    }

    /// Takes what the screen asked for and the host does not do: copies, exports, an editor.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.host.effects)
    }

    /// From now on what the threads beside the screen tell waits until a test delivers it.
    pub fn with_outbox(mut self) -> Self {
        self.host.outbox.get_or_insert_default();
        self
    }

    /// What a thread tells: heard at once, or kept to be delivered.
    pub fn post(&mut self, from: Worker, message: Message) {
        self.host.post(from, message);
        self.listen();
    }

    /// Lets the journal answer the first thing it was asked and has not answered.
    pub fn journal_answers(mut self) -> Self {
        let answer = self.host.slow_journal.as_mut().unwrap().pop_front().unwrap();
        self.hear_incoming(answer);
        self
    }

    /// The same screen with a worker that answers only when told to.
    pub fn hold(mut self) -> Self {
        self.host.held.get_or_insert_default();
        self
    }

    /// Lets the worker answer, the n-th of the searches it was asked since.
    pub fn answer(mut self, n: usize) -> Self {
        let (material, query) = self.host.held.as_mut().unwrap().remove(n);
        let message = self.host.found(&material, &query);
        self.send(message)
    }

    /// Lets the worker answer all that it was asked, in order.
    pub fn answer_all(mut self) -> Self {
        while self.host.held.as_ref().is_some_and(|held| !held.is_empty()) {
            self = self.answer(0);
        }
        self
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
        self.hear_incoming(Incoming::Message(message));
    }

    /// The same for what is no message.
    pub fn hear_incoming(&mut self, incoming: Incoming) {
        self.host.now_ms += 10;
        self.host.inbox.push_back(incoming);
        self.listen();
    }

    /// Goes round the loop until nothing more has come.
    fn listen(&mut self) {
        while !self.host.inbox.is_empty() {
            match self.turn().unwrap() {
                None => {}
                Some(Ended::Quit) => self.host.effects.push(Effect::Quit),
                Some(ended) => panic!("{ended:?}"),
            }
            if self.host.inbox.is_empty() && self.is_waiting_to_read() {
                self.host.tell_what_is_awaited();
            }
        }
    }

    /// Lets time pass.
    pub fn pass_ms(&mut self, ms: u64) {
        self.host.now_ms += ms;
    }

    pub fn paste(self, text: &str) -> Self {
        self.send(Message::Pasted(text.to_owned()))
    }

    /// Lets time pass.
    pub fn wait_ms(mut self, ms: u64) -> Self {
        self.pass_ms(ms);
        self
    }

    /// The id under the cursor.
    pub fn selected(&self) -> String {
        self.model.selected().map(|id| self.model.plan().tree.node(id).key.to_string()).unwrap_or_default()
    }

    /// The screen as text, with the terminal's cursor named below it.
    pub fn screen(&self) -> String {
        self.screen_in(Theme::DARK)
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
