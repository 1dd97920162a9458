//! A screen without a terminal: keys in, text out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]
// Each test file that includes this uses its own part of it.
#![allow(dead_code)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use plan158::plan::as_of::AsOf;
use plan158::plan::language::{Locale, Wish, choose};
use plan158::plan::load::{Loaded, PlanSource, load};
use plan158::progress::Rule;
use plan158::tui::chord::Chord;
use plan158::tui::draw::paint;
use plan158::tui::effect::Effect;
use plan158::tui::finding::Asked;
use plan158::tui::keymap::Keymap;
use plan158::tui::message::{Cell, Message, Mouse, Size};
use plan158::tui::model::{Model, View};
use plan158::tui::searcher::{Desk, Material};
use plan158::tui::theme::Theme;
use plan158::tui::update::update;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

/// A plan of `tests/plans`.
pub fn plan(name: &str) -> Arc<Loaded> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(name);
    Arc::new(load(&PlanSource::Path(path)).unwrap())
}

/// A running screen.
pub struct Session {
    pub model: Model,
    pub effects: Vec<Effect>,
    now_ms: u64,
    desk: Desk,
    /// Searches are answered when the test says so.
    held: Option<Vec<Asked>>,
}

impl Session {
    /// Opens a plan in `zh`, `en` or `both`, at a size like `80x24`.
    pub fn open(loaded: Arc<Loaded>, lang: &str, size: &str) -> Self {
        let choice = choose(&loaded.plan.languages, &Wish::parse(lang), Locale::Other).unwrap();
        let as_of = AsOf::parse("2026-11-23").unwrap();
        let view = View { show: choice.show, ui: choice.ui, locale: Locale::Other, rule: Rule::Pace, as_of };
        let model = Model::new(loaded, view, Arc::new(Keymap::new(&[]).0), size_of(size));
        Self { model, effects: Vec::new(), now_ms: 0, desk: Desk::default(), held: None }
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

    fn found(&mut self, asked: &Asked) -> Message {
        let view = &self.model.view;
        let loaded = Arc::clone(&self.model.loaded);
        let journal = self.model.journal.clone();
        let material = Material { loaded, journal, rule: view.rule, as_of: view.as_of };
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
        self.now_ms += 10;
        let mut waiting = vec![message];
        while let Some(message) = waiting.pop() {
            for effect in update(&mut self.model, message, self.now_ms) {
                match (effect, &mut self.held) {
                    (Effect::Search(asked), Some(held)) => held.push(asked),
                    (Effect::Search(asked), None) => waiting.push(self.found(&asked)),
                    (Effect::Index, _) => {}
                    (effect, _) => self.effects.push(effect),
                }
            }
        }
        self
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
        let area = Rect::new(0, 0, self.model.size.cols, self.model.size.lines);
        let mut buffer = Buffer::empty(area);
        let cursor = paint(&self.model, Theme::Colour, area, &mut buffer);
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
