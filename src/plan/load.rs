//! From files to a [`Plan`]: everything that can be read is read, every problem becomes a diagnostic.
//!
//! Files are parsed on as many threads as there are processors, one file at a time each, and a file's text is
//! dropped when its nodes are out of it. Of a big plan [`PlanReading::partial`] hands out the beginning
//! before all is read.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::Plan;
use super::assemble::{Extent, assemble};
use super::diagnostic::trouble;
use super::diagnostic::{
    ByteSpan, CODES, Diagnostic, DiagnosticText, FileProblem, Quoting, Severity, locate,
};
pub use super::disk::PlanSource;
use super::disk::{self, PathReach, PlanStore};
use super::fields::manifest::Manifest;
use super::frame::ManifestFrame;
use super::raw::{self, FileRead, Problems};
use crate::text::{Bilingual, hex};

/// A plan with the problems found on the way.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The plan, without the parts that the diagnostics name.
    pub plan: Plan,
    /// Problems, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// Files and folders whose change on disk changes the plan; files that are named but not there among
    /// them. Empty for the bundled plan.
    pub watched: Vec<PathBuf>,
}

impl Loaded {
    /// How many diagnostics are errors; those left out of the list count as one.
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }
}

/// Nothing could be read (exit code 3).
#[derive(Clone, Debug)]
pub struct UnreadablePlan {
    /// Every reason found, not only the first.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a plan.
///
/// # Errors
/// [`UnreadablePlan`] where there is no plan at the place, or nothing of it can be read.
pub fn load(source: &PlanSource) -> Result<Loaded, UnreadablePlan> {
    PlanReading::start(source)?.finish()
}

/// The hash of a plan: SHA-256 over manifest, files, sources, facts and glossary in load order, of each its
/// relative path, a NUL and its bytes with CRLF as LF; written `sha256:…`. A file that cannot be read counts
/// by its path alone. Reads every file again.
///
/// # Errors
/// [`UnreadablePlan`] where there is no plan at the place.
pub fn hash(source: &PlanSource) -> Result<String, UnreadablePlan> {
    let opened = OpenedManifest::new(source)?;
    let mut hasher = Sha256::new();
    let jobs = opened.listing.jobs.iter().map(|job| (job.name.as_str(), job.reach));
    for (name, reach) in std::iter::once((opened.store.manifest(), PathReach::Inside)).chain(jobs) {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        let bytes = opened.store.read(name, reach).unwrap_or_default();
        let mut rest = bytes.as_slice();
        while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
            hasher.update(&rest[..at]);
            rest = &rest[at + 1..];
        }
        hasher.update(rest);
    }
    let hex = hex(hasher.finalize());
    Ok(format!("sha256:{hex}"))
}

/// A file to be read.
#[derive(Clone, Debug)]
struct FileJob {
    name: String,
    reach: PathReach,
    /// Where the manifest names it.
    at: ByteSpan,
}

#[derive(Clone, Debug, Default)]
struct PlanListing {
    /// In load order.
    jobs: Vec<FileJob>,
    watched: Vec<PathBuf>,
}

/// A plan whose manifest was read.
struct OpenedManifest {
    store: PlanStore,
    manifest: Manifest,
    frame: ManifestFrame,
    own: FileRead,
    listing: PlanListing,
}

impl OpenedManifest {
    fn new(source: &PlanSource) -> Result<Self, UnreadablePlan> {
        let shown = match source {
            PlanSource::Bundled => String::new(),
            PlanSource::Path(path) => path.display().to_string(),
        };
        let whole = |file: &str, trouble| UnreadablePlan {
            diagnostics: locate(
                file,
                None,
                vec![FileProblem { span: None, trouble }],
                [0, 0],
                Quoting::Nothing,
            ),
        };
        let store = PlanStore::open(source).map_err(|trouble| whole(&shown, trouble))?;
        let name = store.manifest().to_owned();
        let bytes = store.read(&name, PathReach::Inside).map_err(|trouble| whole(&name, trouble))?;
        let text = text_of(&bytes).map_err(|problem| UnreadablePlan {
            diagnostics: locate(&name, Some(&bytes), vec![*problem], [0, 0], Quoting::Lines),
        })?;
        let Some((manifest, frame, mut own)) = raw::read_manifest(text) else {
            return Err(whole(&name, trouble::empty(&name)));
        };
        let listing = list(&store, &manifest, &mut own.problems);
        Ok(Self { store, manifest, frame, own, listing })
    }
}

/// The files that a manifest names, each once, at its first place.
fn list(store: &PlanStore, manifest: &Manifest, problems: &mut Problems) -> PlanListing {
    let mut listing = PlanListing::default();
    let mut seen: HashSet<String> = HashSet::from([store.manifest().to_owned()]);
    listing.watched.extend(store.path(store.manifest()));
    let mut add = |listing: &mut PlanListing, name: String, reach: PathReach, at: ByteSpan| {
        if seen.insert(name.clone()) {
            listing.watched.extend(store.path(&name));
            listing.jobs.push(FileJob { name, reach, at });
        }
    };
    for (path, at) in &manifest.files {
        match store.expand(path) {
            Ok(matched) => {
                if matched.names.is_empty() {
                    problems.add(*at, trouble::no_match(path));
                }
                listing.watched.extend(matched.folders);
                for name in matched.names {
                    add(&mut listing, name, PathReach::Inside, *at);
                }
            }
            Err(trouble) => problems.add(*at, trouble),
        }
    }
    for (path, at) in [&manifest.sources, &manifest.facts, &manifest.glossary].into_iter().flatten() {
        add(&mut listing, disk::tidy(path), PathReach::Register, *at);
    }
    listing
}

#[derive(Debug)]
struct Shared {
    store: PlanStore,
    frame: ManifestFrame,
    jobs: Vec<FileJob>,
    /// The order in which jobs are taken: registers first, since a card wants the titles of its sources.
    turns: Vec<usize>,
    next: AtomicUsize,
}

/// A job's place in load order with what came of it.
type JobAnswer = (usize, Result<FileRead, DiagnosticText>);

impl Shared {
    fn new(store: PlanStore, frame: ManifestFrame, jobs: Vec<FileJob>) -> Self {
        let (mut turns, rest): (Vec<usize>, Vec<usize>) =
            (0..jobs.len()).partition(|at| jobs[*at].reach == PathReach::Register);
        turns.extend(rest);
        Self { store, frame, jobs, turns, next: AtomicUsize::new(0) }
    }

    /// Does the next job, if there is one.
    fn work(&self) -> Option<JobAnswer> {
        let at = *self.turns.get(self.next.fetch_add(1, Ordering::Relaxed))?;
        Some((at, self.read(&self.jobs[at])))
    }

    fn read(&self, job: &FileJob) -> Result<FileRead, DiagnosticText> {
        let bytes = self.store.read(&job.name, job.reach)?;
        Ok(match text_of(&bytes) {
            Ok(text) => raw::read(text, &self.frame),
            Err(problem) => {
                let mut read = FileRead::default();
                read.problems.add(problem.span, problem.trouble);
                read
            }
        })
    }
}

/// Sets as many threads to work as there are processors; the receiver's end comes when they are done.
fn employ(shared: &Arc<Shared>) -> Receiver<JobAnswer> {
    let (outgoing, incoming) = channel();
    let count = thread::available_parallelism().map_or(1, usize::from).min(shared.jobs.len());
    for number in 0..count {
        let (shared, outgoing) = (Arc::clone(shared), outgoing.clone());
        let work = move || while shared.work().is_some_and(|answer| outgoing.send(answer).is_ok()) {};
        // Where no thread can be had, `finish` does the work itself.
        let _ = thread::Builder::new().name(format!("plan-{number}")).spawn(work);
    }
    incoming
}

/// A plan whose text is still being read in the background.
#[derive(Debug)]
pub struct PlanReading {
    shared: Arc<Shared>,
    manifest: Manifest,
    own: FileRead,
    watched: Vec<PathBuf>,
    /// In load order.
    done: Vec<Option<Result<FileRead, DiagnosticText>>>,
    left: usize,
    incoming: Receiver<JobAnswer>,
    started: Instant,
}

impl PlanReading {
    /// Reads the manifest, lists the files and sets the workers going.
    ///
    /// # Errors
    /// [`UnreadablePlan`] where there is no plan at the place, or its manifest says nothing.
    pub fn start(source: &PlanSource) -> Result<Self, UnreadablePlan> {
        let started = Instant::now();
        let OpenedManifest { store, manifest, frame, own, listing } = OpenedManifest::new(source)?;
        let shared = Arc::new(Shared::new(store, frame, listing.jobs));
        Ok(Self {
            done: shared.jobs.iter().map(|_| None).collect(),
            left: shared.jobs.len(),
            incoming: employ(&shared),
            shared,
            manifest,
            own,
            watched: listing.watched,
            started,
        })
    }

    /// The beginning of the plan, once `budget` has passed since the start: what the files read so far, in
    /// load order, make up, without a word on problems. `None` where everything was read sooner: then
    /// [`PlanReading::finish`] need not wait.
    pub fn partial(&mut self, budget: Duration) -> Option<Plan> {
        self.advance(budget).map(|_| self.beginning())
    }

    /// Takes in what the workers read until `budget` has passed since the start: how many files are read, and
    /// of how many. `None` where everything was read sooner.
    pub fn advance(&mut self, budget: Duration) -> Option<(usize, usize)> {
        while self.left > 0 {
            match self.incoming.recv_timeout(budget.saturating_sub(self.started.elapsed())) {
                Ok(answer) => self.take(answer),
                Err(RecvTimeoutError::Timeout) => {
                    return Some((self.done.len() - self.left, self.done.len()));
                }
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        None
    }

    /// What [`Loaded::watched`] will be.
    pub fn watched(&self) -> &[PathBuf] {
        &self.watched
    }

    fn take(&mut self, (at, read): JobAnswer) {
        self.left -= usize::from(self.done[at].is_none());
        self.done[at] = Some(read);
    }

    /// The beginning of the plan: what the files taken in so far, in load order, make up, without a word on
    /// problems. Costs about what reading them did.
    pub fn beginning(&self) -> Plan {
        let content = |at: &usize| self.shared.jobs[*at].reach == PathReach::Inside;
        let first_missing =
            (0..self.done.len()).find(|at| self.done[*at].is_none()).unwrap_or(self.done.len());
        let mut names = vec![self.shared.store.manifest()];
        let mut files = vec![self.own.clone()];
        for at in (0..self.done.len()).filter(|at| *at < first_missing || !content(at)) {
            if let Some(Ok(read)) = &self.done[at] {
                names.push(&self.shared.jobs[at].name);
                files.push(read.clone());
            }
        }
        assemble(&self.manifest, &self.shared.frame, &names, &mut files, Extent::Beginning)
    }

    /// Waits for the rest and answers with the whole plan.
    ///
    /// # Errors
    /// [`UnreadablePlan`] where nothing of it can be read.
    pub fn finish(mut self) -> Result<Loaded, UnreadablePlan> {
        while let Ok(answer) = self.incoming.recv() {
            self.take(answer);
        }
        let shared = Arc::clone(&self.shared);
        for at in (0..self.done.len()).filter(|at| self.done[*at].is_none()).collect::<Vec<_>>() {
            self.take((at, shared.read(&shared.jobs[at])));
        }
        let mut names = vec![shared.store.manifest()];
        let mut reaches = vec![PathReach::Inside];
        let mut files = vec![self.own];
        for (job, read) in shared.jobs.iter().zip(self.done) {
            match read {
                Some(Ok(read)) => {
                    names.push(&job.name);
                    reaches.push(job.reach);
                    files.push(read);
                }
                Some(Err(trouble)) => files[0].problems.add(job.at, trouble),
                None => {}
            }
        }
        let plan = assemble(&self.manifest, &shared.frame, &names, &mut files, Extent::Whole);
        let mut diagnostics = Vec::new();
        for ((name, reach), file) in names.iter().zip(reaches).zip(files) {
            diagnostics.extend(place(&shared.store, name, reach, file));
        }
        let loaded = Loaded { plan, diagnostics, watched: self.watched };
        if loaded.plan.tree.count() == 0 && loaded.errors() > 0 {
            return Err(UnreadablePlan { diagnostics: loaded.diagnostics });
        }
        Ok(loaded)
    }
}

/// The text of a file, or the place of its first byte that is no UTF-8.
fn text_of(bytes: &[u8]) -> Result<&str, Box<FileProblem>> {
    std::str::from_utf8(bytes).map_err(|wrong| {
        let at = wrong.valid_up_to();
        let span = ByteSpan::from(at..at + wrong.error_len().unwrap_or(1));
        Box::new(FileProblem { span: Some(span), trouble: trouble::not_utf8() })
    })
}

/// A file's problems as diagnostics. The file is read again for its lines, which a plan without problems
/// never pays for.
fn place(store: &PlanStore, name: &str, reach: PathReach, file: FileRead) -> Vec<Diagnostic> {
    if file.problems.is_empty() {
        return Vec::new();
    }
    // A register may lie anywhere, so a plan could name any .toml file of this machine as one: it is quoted
    // only where it is a register.
    let foreign = reach == PathReach::Register && !file.is_register && store.is_outside(name);
    let quoting = if foreign { Quoting::Nothing } else { Quoting::Lines };
    let bytes = store.read(name, reach).ok();
    let mut diagnostics = locate(name, bytes.as_deref(), file.problems.found, file.problems.hidden, quoting);
    if foreign {
        diagnostics.iter_mut().for_each(silence);
    }
    diagnostics
}

/// Takes every word of the file out of a diagnostic.
fn silence(diagnostic: &mut Diagnostic) {
    let title = CODES.iter().find(|(code, ..)| *code == diagnostic.code);
    diagnostic.message = title.map_or_else(|| Bilingual::new("", ""), |(_, zh, en)| Bilingual::new(*zh, *en));
    diagnostic.help = Bilingual::new(
        "该文件在规划目录之外，且不像来源、事实或术语的登记，因此不显示其内容；请检查 plan.toml 里的路径。",
        "The file lies outside the plan's folder and does not look like a register of sources, facts or terms, so none of it is shown; check the path in plan.toml.",
    );
}
