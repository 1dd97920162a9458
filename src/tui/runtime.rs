//! The loop: take what came, change the model, do what it asks, draw. When nothing happens it sleeps.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::clipboard;
use super::draw::draw;
use super::editor::{self, Draft};
use super::effect::{Effect, MouseCapture};
use super::exporter::{self, Matter};
use super::finding::{Lens, PATIENCE_MS};
use super::history;
use super::host::{self, Hand, Incoming, Keys};
use super::keymap::{Binding, Keymap};
use super::lenses;
use super::message::{Message, Mouse, Size};
use super::model::{Focus, Freshness, Model, View};
use super::opening::Opening;
use super::pages::review::Awaited;
use super::people::{People, change};
use super::place::{self, Kept};
use super::recorder;
use super::searcher::{Material, Searcher};
use super::terminal::{Held, Suspension, panic_for_test};
use super::theme::Theme;
use super::update::update;
use crate::chart::Glyphs;
use crate::journal::{Author, Stamp};
use crate::plan::as_of::AsOf;
use crate::plan::language::{self, Locale, Wish};
use crate::plan::load::{self, PlanSource};
use crate::plan::text::one_line;
use crate::plan::{Lang, Said, Show};
use crate::progress::Rule;
use crate::review::Head;

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
    /// What charts are drawn with.
    pub glyphs: Glyphs,
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
    /// Who writes.
    pub author: Whose,
    /// The review session to open with.
    pub review: Option<Head>,
}

/// Finds out who writes, or why nobody can. Asked beside the first frame, which does not wait for git.
pub struct Whose(pub Box<dyn FnOnce() -> Result<Author, Said> + Send>);

impl std::fmt::Debug for Whose {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Whose")
    }
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
    let hand = Arc::new(Hand::default());
    host::listen_to_signals(send.clone(), Arc::clone(&hand))?;
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
    let drafts = start.state_dir.clone().unwrap_or_else(std::env::temp_dir).join("drafts");
    let copied = start.state_dir.as_deref().map(clipboard::file);
    let files = Files { kept_in, history, lenses: start.lenses.clone(), drafts, copied };
    let began = Instant::now();
    let keys = host::listen_to_terminal(send.clone(), hand)?;
    let author = Some(ask_who_writes(start.author, send.clone()));
    let journal = start.journal.clone();
    let mut running = Running {
        model,
        held,
        theme: start.theme,
        began,
        files,
        kept,
        searcher,
        people,
        keys,
        author,
        journal,
        source: start.source.clone(),
        out: send.clone(),
        stop_export: Arc::default(),
    };
    // The first frame waits for none of the listeners.
    running.draw()?;
    host::listen_for_hangup(send.clone());
    start.opening.follow(start.source, send);
    let ended = running.stay(&incoming);
    running.keep_place();
    running.leave();
    Ok(ended)
}

/// Finds out who writes, beside the first frame; who has to know at once can wait for the answer.
fn ask_who_writes(Whose(ask): Whose, out: Sender<Incoming>) -> Receiver<Result<Author, Said>> {
    let (answer, answered) = channel();
    std::thread::spawn(move || {
        let author = ask();
        let _ = answer.send(author.clone());
        let _ = out.send(Incoming::Message(Message::Author(author)));
    });
    answered
}

fn path_of(source: &PlanSource) -> Option<&Path> {
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
    let view = View {
        show: chosen.show,
        ui: chosen.ui,
        locale: start.locale,
        rule: start.rule,
        as_of: start.as_of,
        glyphs: start.glyphs,
    };
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
    if let Some(head) = &start.review {
        // Who began it is known: the keys need not wait for git.
        model.ledger.author = Ok(head.by.clone());
        model.awaited_review = Some(Awaited { head: head.clone(), keys: Vec::new() });
    }
    super::layout::relayout(&mut model);
    model
}

/// Files the screen writes; those it has no place for are `None`.
struct Files {
    kept_in: Option<PathBuf>,
    history: Option<PathBuf>,
    lenses: Option<PathBuf>,
    drafts: PathBuf,
    copied: Option<PathBuf>,
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
    keys: Keys,
    /// Who writes, until that was asked for.
    author: Option<Receiver<Result<Author, Said>>>,
    journal: Option<PathBuf>,
    source: PlanSource,
    out: Sender<Incoming>,
    /// Set, the export that is being written ends.
    stop_export: Arc<AtomicBool>,
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
        self.tell(message, now_ms)
    }

    /// Takes a message and does what comes of it, each thing whole before the next.
    fn tell(&mut self, message: Message, now_ms: u64) -> io::Result<Option<Ended>> {
        for effect in update(&mut self.model, message, now_ms) {
            if let Some(read) = self.read_first(&effect)
                && let Some(ended) = self.tell(read, now_ms)?
            {
                return Ok(Some(ended));
            }
            let ended = match self.effect(effect)? {
                Done::Nothing => None,
                Done::Told(message) => self.tell(message, now_ms)?,
                Done::Ended(ended) => Some(ended),
            };
            if ended.is_some() {
                return Ok(ended);
            }
        }
        Ok(None)
    }

    /// A fast hand writes before it is known who does, or before the journal was read: both are waited for, which takes a moment.
    fn read_first(&mut self, effect: &Effect) -> Option<Message> {
        if !matches!(
            effect,
            Effect::Record(_)
                | Effect::Turn(_)
                | Effect::Edit(_)
                | Effect::BeginReview(_)
                | Effect::Preview(_)
                | Effect::Export(_)
        ) {
            return None;
        }
        if let Some(author) = self.author.take().and_then(|answered| answered.recv().ok()) {
            self.model.ledger.author = author;
        }
        recorder::read_now(&self.model, self.journal.clone())
    }

    /// Does one thing; what came of it may be a message.
    fn effect(&mut self, effect: Effect) -> io::Result<Done> {
        match effect {
            Effect::Quit => return Ok(Done::Ended(Ended::Quit)),
            Effect::Suspend => self.suspend()?,
            Effect::Redraw => self.held.refresh()?,
            Effect::CaptureMouse(mouse) => self.held.capture(mouse)?,
            Effect::ReadJournal => self.people.read(&self.model.loaded),
            Effect::PollJournal => return Ok(Done::Told(recorder::poll(&mut self.model))),
            Effect::Record(step) => {
                return Ok(Done::Told(recorder::record(&mut self.model, step, &stamp())));
            }
            Effect::Turn(turn) => {
                return Ok(Done::Told(recorder::turn(&mut self.model, turn, &stamp())));
            }
            Effect::BeginReview(wish) => {
                return Ok(Done::Told(recorder::begin_review(&mut self.model, wish, &stamp())));
            }
            Effect::Type(chords) => return Ok(Done::Told(Message::Typed(chords))),
            Effect::HashPlan => return Ok(Done::Told(self.hash_plan())),
            Effect::Edit(draft) => return self.edit(&draft).map(Done::Told),
            Effect::Copy(text, what) => {
                return Ok(Done::Told(Message::Told(clipboard::copy(
                    &text,
                    &what,
                    self.files.copied.as_deref(),
                ))));
            }
            Effect::Preview(_) | Effect::Export(_) | Effect::StopExport => return Ok(self.export(effect)),
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

    /// Previews, writes or stops an export.
    fn export(&mut self, effect: Effect) -> Done {
        if effect == Effect::StopExport {
            self.stop_export.store(true, Ordering::Relaxed);
            return Done::Nothing;
        }
        let Some(matter) = Matter::of(&self.model) else {
            return Done::Told(Message::Told(Said::new("记录还没有读出", "the journal is not read")));
        };
        let out = self.out.clone();
        let tell = move |message| drop(out.send(Incoming::Message(message)));
        match effect {
            Effect::Preview(format) => exporter::preview(matter, self.source.clone(), format, tell),
            Effect::Export(errand) => {
                self.stop_export = Arc::new(AtomicBool::new(false));
                exporter::write(matter, self.source.clone(), errand, Arc::clone(&self.stop_export), tell);
            }
            _ => {}
        }
        Done::Nothing
    }

    /// Lends the terminal to the user's editor. The draft stays on disk until the note is in the journal.
    fn edit(&mut self, draft: &Draft) -> io::Result<Message> {
        let file = match editor::lay_out(&self.files.drafts, draft) {
            Ok(file) => file,
            Err(error) => {
                return Ok(Message::Told(Said::new(
                    format!("无处放文稿：{error}"),
                    format!("there is no place for the draft: {error}"),
                )));
            }
        };
        let command = editor::editor();
        self.held.lend()?;
        let ran = self.keys.lend(|| editor::run(&command, &file));
        self.held.refresh()?;
        let message = match ran {
            Ok(status) if status.success() => self.take_draft(draft, &file),
            Ok(_) => editor_failed(&command),
            Err(error) => Message::NotRecorded {
                why: Said::new(
                    format!("编辑器没有启动：{error}"),
                    format!("the editor did not start: {error}"),
                ),
                text: String::new(),
            },
        };
        Ok(match message {
            Message::NotRecorded { why, .. } if editor::is_untouched(draft, &file) => {
                let _ = std::fs::remove_file(&file);
                Message::Told(why)
            }
            Message::NotRecorded { why, .. } => Message::Told(editor::kept(&why, &file)),
            other => {
                let _ = std::fs::remove_file(&file);
                other
            }
        })
    }

    /// Records what was written.
    fn take_draft(&mut self, draft: &Draft, file: &Path) -> Message {
        let written = match std::fs::read(file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                let why =
                    Said::new(format!("读不出文稿：{error}"), format!("the draft cannot be read: {error}"));
                return Message::NotRecorded { why, text: String::new() };
            }
        };
        match draft.step(&written) {
            Ok(Some(step)) => recorder::record(&mut self.model, step, &stamp()),
            Ok(None) => Message::Told(Said::new("没有改动，未记录", "nothing changed: nothing recorded")),
            Err(refused) => Message::NotRecorded { why: refused.said(), text: written },
        }
    }

    /// Where the files are gone meanwhile the minutes do not name them.
    fn hash_plan(&self) -> Message {
        Message::PlanHashed(load::hash(&self.source).unwrap_or_else(|_| "—".to_owned()))
    }

    fn material(&self) -> Material {
        let view = &self.model.view;
        Material {
            loaded: Arc::clone(&self.model.loaded),
            journal: self.model.ledger.journal.clone(),
            version: self.model.ledger.version,
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

/// What came of an effect.
enum Done {
    Nothing,
    Told(Message),
    Ended(Ended),
}

/// The clock and a fresh id.
fn stamp() -> Stamp {
    Stamp { now: jiff::ZonedDateTime::now(), id: uuid::Uuid::now_v7() }
}

fn editor_failed(command: &str) -> Message {
    let command = one_line(command);
    Message::NotRecorded {
        why: Said::new(
            format!("编辑器 {command} 没有正常结束，未记录；VISUAL 或 EDITOR 指定编辑器"),
            format!("the editor {command} failed: nothing recorded; VISUAL or EDITOR names another"),
        ),
        text: String::new(),
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
