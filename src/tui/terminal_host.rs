//! The program's own host: a terminal, threads, and the user's files.

mod edit;
mod start;
mod worker;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::clipboard;
use super::compose::OwnDrafts;
use super::draft_keeper::{self, DraftSave, DraftSearch, Unsaved};
use super::drafts::note::Draft;
use super::drafts::store::{self, Durability, Store};
use super::draw::draw;
use super::effect::MouseCapture;
use super::export_job::ExportJob;
use super::exporter::{self, ExportSnapshot};
use super::finding::{Lens, SearchQuery};
use super::history;
use super::host::{CitationRequest, Host};
use super::incoming::{HostAnswer, Incoming};
use super::installation::Installation;
use super::journal_watch::JournalWatch;
use super::lenses;
use super::listeners::{self, InputLease, Keys};
use super::message::Message;
use super::model::Model;
use super::place::{self, SavedPlace};
use super::recorder::JournalJob;
use super::restore::TerminalModes;
use super::runtime::{Ended, Runtime};
use super::searcher::{ChangedNodes, SearchMaterial, Searcher};
use super::signals::{ShutdownRequest, listen_to_signals};
use super::terminal::{Suspension, TerminalGuard, screen_size};
use super::theme::{Background, Theme, ThemeRequest};
use crate::export::Format;
use crate::export::cite::{Citing, cite};
use crate::journal::RecordStamp;
use crate::plan::load::{self, Loaded, PlanSource};
use crate::text::Bilingual;

pub use start::{AuthorLookup, Start};
use start::{ask_who_writes, open, path_of, settle_looks};
use worker::Worker;

/// Longest time that starting another program takes.
const STARTING: Duration = Duration::from_millis(500);

/// Opens the screen and stays until the user leaves. Words that could not even be kept as a draft come back.
///
/// # Errors
/// Where the terminal cannot be taken over.
pub fn run(start: Start) -> io::Result<(Ended, Option<Unsaved>)> {
    let (send, incoming) = channel();
    let lease = Arc::new(InputLease::default());
    let (taken, ending) = (TerminalModes::default(), ShutdownRequest::default());
    listen_to_signals(send.clone(), Arc::clone(&lease), taken.clone(), ending.clone())?;
    let size = screen_size()?;
    let place_file = start
        .state_dir
        .as_deref()
        .map(|dir| place::file(dir, &start.opening.plan().id, path_of(&start.source)));
    let kept = place_file.as_deref().map(place::read).unwrap_or_default();
    let mut model = open(&start, &kept, size);
    let guard = TerminalGuard::take(model.mouse, size, taken)?;
    let (heard, theme) = settle_looks(&start, &mut model);
    let answers = send.clone();
    let people =
        JournalWatch::listen(start.journal.clone(), start.journal_audience, start.as_of, send.clone());
    let searcher = Searcher::start(move |message| answers.send(Incoming::Message(message)).is_ok());
    let files = Files {
        place: place_file,
        history: start.state_dir.as_deref().map(history::file),
        lenses: start.lenses.clone(),
        drafts: Arc::new(Store::new(start.state_dir.as_deref())),
        copied: start.state_dir.as_deref().map(clipboard::file),
    };
    let began = Instant::now();
    let keys = listeners::listen_to_terminal(send.clone(), lease, heard)?;
    let author_lookup = ask_who_writes(start.author, send.clone());
    let host = TerminalHost {
        guard,
        theme,
        theme_request: start.theme,
        began,
        files,
        searcher,
        people,
        keys,
        author_lookup,
        has_journal: start.journal.is_some(),
        installation: start.installation.clone(),
        source: start.source.clone(),
        incoming,
        out: send.clone(),
        stop_export: Arc::default(),
        ending,
        journal: Worker::start(),
        disk: Worker::start(),
        clipboard: Worker::start(),
    };
    let mut runtime = Runtime::new(model, host, kept);
    runtime.expect_author();
    // The first frame waits for none of the listeners.
    runtime.host.draw(&runtime.model)?;
    listeners::listen_for_hangup(send.clone());
    start.opening.follow(start.source, send);
    let ended = runtime.stay();
    runtime.keep_place();
    let Runtime { model, host, .. } = runtime;
    let unsaved = host.leave(&model);
    // The plan goes with the process, which is quicker than taking it apart.
    std::mem::forget(model);
    Ok((ended, unsaved))
}

/// Files the screen writes; those it has no place for are `None`.
#[derive(Debug)]
struct Files {
    place: Option<PathBuf>,
    history: Option<PathBuf>,
    lenses: Option<PathBuf>,
    drafts: Arc<Store>,
    copied: Option<PathBuf>,
}

/// A terminal with the threads that work for its screen.
#[derive(Debug)]
pub struct TerminalHost {
    guard: TerminalGuard,
    theme: Theme,
    theme_request: ThemeRequest,
    began: Instant,
    files: Files,
    searcher: Searcher,
    people: JournalWatch,
    keys: Keys,
    /// Tells that git, which is asked who writes, has been started and has answered.
    author_lookup: Receiver<()>,
    has_journal: bool,
    /// By which records are counted.
    installation: Option<Installation>,
    source: PlanSource,
    incoming: Receiver<Incoming>,
    out: Sender<Incoming>,
    /// Set, the export that is being written ends.
    stop_export: Arc<AtomicBool>,
    /// Whether a signal has asked the program to end.
    ending: ShutdownRequest,
    /// Waits for the locks of the journal's files.
    journal: Worker,
    /// Writes drafts, places, history and lenses.
    disk: Worker,
    /// Waits for the system's own tool for copying.
    clipboard: Worker,
}

impl TerminalHost {
    /// Gives the terminal back, then waits until all is on disk. The words of the open line that cannot be
    /// kept come back.
    fn leave(self, model: &Model) -> Option<Unsaved> {
        self.guard.leave();
        self.disk.finish();
        let unsaved = draft_keeper::keep_last(model, &self.files.drafts);
        self.clipboard.finish();
        unsaved
    }

    /// Something to be told to the runtime from another thread.
    fn teller(&self) -> impl Fn(Message) + Send + 'static {
        let out = self.out.clone();
        move |message| drop(out.send(Incoming::Message(message)))
    }

    /// The same for what the runtime waits for.
    fn answerer(&self) -> impl FnOnce(HostAnswer) + Send + 'static {
        let out = self.out.clone();
        move |answer| drop(out.send(Incoming::Answered(answer)))
    }

    /// Waits until git, which is asked who writes, has answered or has at least been started. Until a child
    /// is started the system holds the thread that starts it, and a child stopped in that instant holds it
    /// for good: this program would never count as stopped, and the shell would wait for it for ever.
    fn let_author_lookup_start(&self) {
        let _ = self.author_lookup.recv_timeout(STARTING);
    }
}

impl Host for TerminalHost {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let theme = self.theme;
        self.guard.draw(model.size, |frame| draw(model, theme, frame))
    }

    fn repaint(&mut self) -> io::Result<()> {
        self.guard.repaint()
    }

    fn stand_on(&mut self, background: Background) -> io::Result<()> {
        self.theme = self.theme_request.theme(Some(background));
        self.guard.repaint()
    }

    fn refresh(&mut self) -> io::Result<()> {
        self.guard.refresh()
    }

    fn capture_mouse(&mut self, mouse: MouseCapture) -> io::Result<()> {
        self.guard.capture(mouse)
    }

    fn suspend(&mut self) -> io::Result<Option<Bilingual>> {
        self.let_author_lookup_start();
        let refused = self.guard.suspend()? == Suspension::Refused;
        Ok(refused.then(|| {
            Bilingual::new("没有可以返回的 shell，未挂起", "not suspended: there is no shell to return to")
        }))
    }

    fn next(&mut self, patience: Option<Duration>) -> Option<Incoming> {
        let Some(patience) = patience else {
            return Some(self.incoming.recv().unwrap_or(Incoming::Hangup));
        };
        match self.incoming.recv_timeout(patience) {
            Ok(first) => Some(first),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Incoming::Hangup),
        }
    }

    fn waiting(&mut self) -> Vec<Incoming> {
        self.incoming.try_iter().collect()
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn has_journal(&self) -> bool {
        self.has_journal
    }

    fn read_journal(&mut self, loaded: &Arc<Loaded>) {
        self.people.read(loaded);
    }

    fn change_journal(&mut self, job: JournalJob) {
        let (answer, stop) = (self.answerer(), self.ending.flag());
        let installation = self.installation.clone();
        self.journal.give(move || {
            let id = installation.as_ref().map(|own| &*own.id);
            if let Some(installation) = installation.as_ref().filter(|_| !job.is_poll()) {
                installation.keep();
            }
            let stamp = RecordStamp::now().written_by(id);
            answer(HostAnswer::Journal(Box::new(job.run(&stamp, stop))));
        });
    }

    fn find_draft(&mut self, search: DraftSearch) {
        let (answer, drafts) = (self.answerer(), Arc::clone(&self.files.drafts));
        self.disk.give(move || answer(HostAnswer::DraftFound(search.run(&drafts).map(Box::new))));
    }

    fn save_draft(&mut self, save: DraftSave, durability: Durability) {
        let (answer, drafts) = (self.answerer(), Arc::clone(&self.files.drafts));
        self.disk.give(move || answer(HostAnswer::DraftSaved(Box::new(save.run(&drafts, durability)))));
    }

    fn drop_drafts(&mut self, drafts: OwnDrafts) {
        self.disk.give(move || drafts.own.iter().chain(&drafts.taken).for_each(store::remove));
    }

    fn edit(&mut self, draft: Draft, model: &Model) -> io::Result<()> {
        let edited = self.edit_draft(draft, model)?;
        self.answerer()(HostAnswer::Edited(Box::new(edited)));
        Ok(())
    }

    fn copy(&mut self, text: String, what: Bilingual) {
        // What goes through the terminal goes between two frames.
        let sent = clipboard::send_to_terminal(&text);
        let (tell, file) = (self.teller(), self.files.copied.clone());
        self.clipboard
            .give(move || tell(Message::Told(clipboard::hand_over(&text, &what, sent, file.as_deref()))));
    }

    fn cite(&mut self, request: CitationRequest) {
        let (tell, source) = (self.teller(), self.source.clone());
        self.disk.give(move || {
            let CitationRequest { loaded, view, node, style } = request;
            // The plan is named by the hash of its files.
            let plan_hash = load::hash(&source).unwrap_or_default();
            let (as_of, lang, ui) = (view.as_of, view.show.main(), view.ui);
            let citing = Citing { plan: &loaded.plan, plan_hash: &plan_hash, as_of, lang, ui };
            let text = style.list(&cite(&citing, node, style));
            let what = Bilingual::new(
                format!("引用（{}）", style.word()),
                format!("the citation ({})", style.word()),
            );
            tell(Message::Cited(text, what));
        });
    }

    fn hash_plan(&mut self) {
        let (tell, source) = (self.teller(), self.source.clone());
        // Where the files are gone meanwhile the minutes do not name them.
        self.disk
            .give(move || tell(Message::PlanHashed(load::hash(&source).unwrap_or_else(|_| "—".to_owned()))));
    }

    fn preview(&mut self, snapshot: ExportSnapshot, format: Format, page: u64) {
        exporter::preview(snapshot, self.source.clone(), (format, page), self.teller());
    }

    fn export(&mut self, snapshot: ExportSnapshot, job: ExportJob) {
        self.stop_export = Arc::new(AtomicBool::new(false));
        exporter::write(snapshot, self.source.clone(), job, Arc::clone(&self.stop_export), self.teller());
    }

    fn stop_export(&mut self) {
        self.stop_export.store(true, Ordering::Relaxed);
    }

    fn index(&mut self, material: SearchMaterial) {
        self.searcher.index(material);
    }

    fn reindex(&mut self, changed: ChangedNodes) {
        self.searcher.change(changed);
    }

    fn search(&mut self, material: SearchMaterial, query: SearchQuery) {
        self.searcher.ask(material, query);
    }

    fn remember(&mut self, query: String) {
        // A history that cannot be written lasts as long as the screen.
        if let Some(file) = self.files.history.clone() {
            self.disk.give(move || drop(history::add(&file, &query)));
        }
    }

    fn keep_lens(&mut self, lens: Lens, known: Vec<Lens>) {
        let (tell, file) = (self.teller(), self.files.lenses.clone());
        self.disk.give(move || {
            let (lenses, said) = match file {
                Some(file) => lenses::keep(&file, &lens, &known),
                None => (
                    known,
                    Bilingual::new(
                        "没有主目录，常用筛选没有保存",
                        "there is no home directory: the lens is not kept",
                    ),
                ),
            };
            tell(Message::LensesKept(lenses, said));
        });
    }

    fn keep_place(&mut self, place: SavedPlace) {
        if let Some(file) = self.files.place.clone() {
            self.disk.give(move || drop(place::write(&file, &place)));
        }
    }
}
