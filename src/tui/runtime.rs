//! The loop: take what came, change the model, do what it asks, draw. When nothing happens it sleeps.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::draw::draw;
use super::effect::{Effect, MouseCapture};
use super::finding::{Lens, PATIENCE_MS};
use super::history;
use super::host::{self, Incoming};
use super::keymap::{Binding, Keymap};
use super::lenses;
use super::message::{Message, Mouse, Size};
use super::model::{Focus, Freshness, Model, View};
use super::opening::Opening;
use super::people::People;
use super::place::{self, Kept};
use super::searcher::{Material, Searcher};
use super::terminal::{Held, Suspension, panic_for_test};
use super::theme::Theme;
use super::update::update;
use crate::plan::as_of::AsOf;
use crate::plan::language::{self, Locale, Wish};
use crate::plan::load::PlanSource;
use crate::plan::{Lang, Said, Show};
use crate::progress::Rule;

/// What the screen starts from.
#[derive(Debug)]
pub struct Start {
    /// Where the plan is read from, for reading it anew.
    pub source: PlanSource,
    /// The plan, as far as it is read.
    pub opening: Opening,
    /// The languages asked for; unset takes up those of the last time.
    pub wish: Wish,
    /// What the locale says.
    pub locale: Locale,
    /// The rule set of verdicts.
    pub rule: Rule,
    /// The day from which one looks.
    pub as_of: AsOf,
    /// Colours or none.
    pub theme: Theme,
    /// Changes to the keys.
    pub bindings: Vec<Binding>,
    /// Who gets the mouse, where somebody said so; unset takes up the last time's.
    pub mouse: Option<MouseCapture>,
    /// The state directory; without one no place is kept.
    pub state_dir: Option<PathBuf>,
    /// The file of lenses; without one none are kept.
    pub lenses: Option<PathBuf>,
    /// The journal's folder; without one nothing people added is shown.
    pub journal: Option<PathBuf>,
}

/// How the screen ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The user quit.
    Quit,
    /// A signal asked for it: which.
    Signalled(i32),
    /// The terminal is gone.
    Hangup,
}

/// Quiet time after a change before the place is written, so that a crash costs little and a held key writes nothing.
const KEEP_AFTER: Duration = Duration::from_secs(2);

/// Opens the screen and stays until the user leaves.
///
/// # Errors
/// Where the terminal cannot be taken over.
pub fn run(start: Start) -> io::Result<Ended> {
    let (send, incoming) = channel();
    host::listen_to_signals(send.clone())?;
    let (cols, lines) = crossterm::terminal::size()?;
    let kept_in = start
        .state_dir
        .as_deref()
        .map(|dir| place::file(dir, &start.opening.plan().id, path_of(&start.source)));
    let kept = kept_in.as_deref().map(place::read).unwrap_or_default();
    let model = open(&start, &kept, Size { cols, lines });
    let held = Held::take(model.mouse)?;
    let answers = send.clone();
    let people = People::listen(start.journal.clone(), start.as_of, send.clone());
    let searcher = Searcher::start(move |message| answers.send(Incoming::Message(message)).is_ok());
    let history = start.state_dir.as_deref().map(history::file);
    let files = Files { kept_in, history, lenses: start.lenses.clone() };
    let mut running =
        Running { model, held, theme: start.theme, began: Instant::now(), files, kept, searcher, people };
    // The first frame waits for none of the listeners.
    running.draw()?;
    host::listen_to_terminal(send.clone());
    host::listen_for_hangup(send.clone());
    start.opening.follow(start.source, send);
    let ended = running.stay(&incoming);
    running.keep_place();
    running.leave();
    Ok(ended)
}

fn path_of(source: &PlanSource) -> Option<&std::path::Path> {
    match source {
        PlanSource::Bundled => None,
        PlanSource::Path(path) => Some(path),
    }
}

/// The model as it first shows: the kept place, under what was asked for now.
fn open(start: &Start, kept: &Kept, size: Size) -> Model {
    let (keymap, clashes) = Keymap::new(&start.bindings);
    let languages = &start.opening.plan().languages;
    // The command line has refused a language the plan lacks before the screen opens.
    let chosen = language::choose(languages, &start.wish, start.locale)
        .or_else(|_| language::choose(languages, &Wish::Unset, start.locale))
        .unwrap_or(language::Choice { show: Show::One(Lang(0)), ui: start.locale.ui() });
    let view =
        View { show: chosen.show, ui: chosen.ui, locale: start.locale, rule: start.rule, as_of: start.as_of };
    let mut model = Model::new(Arc::clone(start.opening.loaded()), view, Arc::new(keymap), size);
    if let Some(show) = kept.show(start.opening.plan()).filter(|_| start.wish == Wish::Unset) {
        model.set_show(show);
    }
    model.marks = kept.marks();
    let kept_mouse = if kept.mouse == "off" { MouseCapture::Off } else { MouseCapture::On };
    model.mouse = start.mouse.unwrap_or(kept_mouse);
    if !kept.cursor.is_empty() {
        model.take_up(kept.place(), if kept.focus == "card" { Focus::Card } else { Focus::Outline });
    }
    model.notice = clashes
        .into_iter()
        .next()
        .map(|said| Said::new(format!("config.toml：{}", said.zh), format!("config.toml: {}", said.en)));
    model.find.standing = kept.standing();
    model.find.history =
        start.state_dir.as_deref().map(|dir| history::read(&history::file(dir))).unwrap_or_default();
    let (lenses, problem) = start.lenses.as_deref().map(lenses::read).unwrap_or_default();
    model.find.lenses = lenses;
    model.notice = model.notice.or(problem);
    if let Some(progress) = start.opening.progress() {
        model.freshness = Freshness::Reading(progress);
    }
    super::layout::relayout(&mut model);
    model
}

/// Files the screen writes; those it has no place for are `None`.
struct Files {
    kept_in: Option<PathBuf>,
    history: Option<PathBuf>,
    lenses: Option<PathBuf>,
}

struct Running {
    model: Model,
    held: Held,
    theme: Theme,
    began: Instant,
    files: Files,
    kept: Kept,
    searcher: Searcher,
    people: People,
}

impl Running {
    /// The loop. A terminal that takes no more is gone, whatever it says.
    fn stay(&mut self, incoming: &Receiver<Incoming>) -> Ended {
        let mut unkept = false;
        // What is not needed for the first frame waits for it.
        if self.take(Incoming::Message(Message::Opened)).is_err() {
            return Ended::Hangup;
        }
        loop {
            if self.draw().is_err() {
                return Ended::Hangup;
            }
            let first = match next(incoming, self.patience(unkept)) {
                Some(first) => first,
                None if self.is_waiting() => Incoming::Message(Message::Tick),
                None => {
                    self.keep_place();
                    unkept = false;
                    continue;
                }
            };
            let batch: Vec<Incoming> = std::iter::once(first).chain(incoming.try_iter()).collect();
            for one in coalesce(batch) {
                match self.take(one) {
                    Ok(None) => unkept = true,
                    Ok(Some(ended)) => return ended,
                    Err(_) => return Ended::Hangup,
                }
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let (model, theme) = (&self.model, self.theme);
        self.held.draw(|frame| draw(model, theme, frame))
    }

    fn take(&mut self, one: Incoming) -> io::Result<Option<Ended>> {
        if matches!(one, Incoming::Message(Message::Key(_))) {
            panic_for_test("key");
        }
        let message = match one {
            Incoming::Message(message) => message,
            Incoming::Terminate(signal) => return Ok(Some(Ended::Signalled(signal))),
            Incoming::Hangup => return Ok(Some(Ended::Hangup)),
            Incoming::Stop => {
                self.suspend()?;
                return Ok(None);
            }
            Incoming::Continued => Message::Resumed,
        };
        let now_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        for effect in update(&mut self.model, message, now_ms) {
            match effect {
                Effect::Quit => return Ok(Some(Ended::Quit)),
                Effect::Suspend => self.suspend()?,
                Effect::Redraw => self.held.refresh()?,
                Effect::CaptureMouse(mouse) => self.held.capture(mouse)?,
                Effect::ReadJournal => self.people.read(&self.model.loaded),
                Effect::Index => self.searcher.index(self.material()),
                Effect::Search(asked) => {
                    let material = self.material();
                    self.searcher.ask(material, asked);
                }
                // A history that cannot be written lasts as long as the screen.
                Effect::Remember(query) => {
                    let _ = self.files.history.as_deref().map(|file| history::add(file, &query));
                }
                Effect::KeepLens(lens) => {
                    let kept = self.keep_lens(&lens);
                    update(&mut self.model, kept, now_ms);
                }
            }
        }
        Ok(None)
    }

    fn material(&self) -> Material {
        let view = &self.model.view;
        Material {
            loaded: Arc::clone(&self.model.loaded),
            // A journal that says nothing is none: what was made ready without it stays good.
            journal: self.model.journal.clone().filter(|journal| !journal.fold().homes().is_empty()),
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
                Said::new("没有主目录，镜头没有保存", "there is no home directory: the lens is not kept"),
            ),
        };
        Message::LensesKept(lenses, said)
    }

    fn is_waiting(&self) -> bool {
        !self.model.find.awaited.is_empty()
    }

    /// How long to sleep at most: until the spinner turns, until the place is kept, for ever.
    fn patience(&self, unkept: bool) -> Option<Duration> {
        if self.is_waiting() {
            return Some(Duration::from_millis(PATIENCE_MS));
        }
        unkept.then_some(KEEP_AFTER)
    }

    /// Stops for the shell. The signal of going on takes the terminal again.
    fn suspend(&mut self) -> io::Result<()> {
        self.keep_place();
        if self.held.suspend()? == Suspension::Refused {
            let why =
                Said::new("没有可以返回的 shell，未挂起", "not suspended: there is no shell to return to");
            self.model.notice = Some(why);
        }
        Ok(())
    }

    /// Gives the terminal back. The plan goes with the process, which is quicker than taking it apart.
    fn leave(self) {
        self.held.leave();
        std::mem::forget(self.model);
    }

    /// Writes the place where it has changed. A state directory that cannot be written costs the place and nothing else.
    fn keep_place(&mut self) {
        let kept = Kept::of(&self.model);
        if let (Some(file), true) = (&self.files.kept_in, kept != self.kept) {
            let _ = place::write(file, &kept);
            self.kept = kept;
        }
    }
}

/// Waits for what comes next; `None` where patience ended.
fn next(incoming: &Receiver<Incoming>, patience: Option<Duration>) -> Option<Incoming> {
    let Some(patience) = patience else {
        return Some(incoming.recv().unwrap_or(Incoming::Hangup));
    };
    match incoming.recv_timeout(patience) {
        Ok(first) => Some(first),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => Some(Incoming::Hangup),
    }
}

/// Of resizes that follow one another the last counts; notches of the wheel add up.
fn coalesce(batch: Vec<Incoming>) -> Vec<Incoming> {
    use Incoming::Message as Told;
    let mut out: Vec<Incoming> = Vec::with_capacity(batch.len());
    for one in batch {
        match (out.last_mut(), one) {
            (Some(Told(Message::Resized(last))), Told(Message::Resized(size))) => *last = size,
            (
                Some(Told(Message::Mouse(Mouse::WheelDown(at, n)))),
                Told(Message::Mouse(Mouse::WheelDown(cell, m))),
            ) if *at == cell => *n = n.saturating_add(m),
            (
                Some(Told(Message::Mouse(Mouse::WheelUp(at, n)))),
                Told(Message::Mouse(Mouse::WheelUp(cell, m))),
            ) if *at == cell => *n = n.saturating_add(m),
            (_, one) => out.push(one),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::message::Cell;

    #[test]
    fn resizes_in_a_row_become_one_and_wheel_notches_add_up() {
        let size = |cols| Incoming::Message(Message::Resized(Size { cols, lines: 24 }));
        let wheel = || Incoming::Message(Message::Mouse(Mouse::WheelDown(Cell { col: 1, line: 1 }, 1)));
        let batch = vec![size(80), size(90), wheel(), wheel(), size(100)];
        let said: Vec<String> = coalesce(batch).iter().map(|one| format!("{one:?}")).collect();
        assert_eq!(said.len(), 3);
        assert!(
            said[0].contains("cols: 90") && said[1].contains("}, 2)") && said[2].contains("cols: 100"),
            "{said:?}"
        );
    }
}
