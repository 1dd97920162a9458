//! Exports from the screen: a preview and the writing, each on a thread of its own, so that keys never wait
//! for a document.

use super::export_job::{ExportEnd, ExportJob};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::finding::Answer;
use super::message::Message;
use super::model::Model;
use crate::export::document::{ExportFilter, ReportShape};
use crate::export::format::Medium;
use crate::export::{Document, ExportContext, ExportError, ExportProgress, Format, Options, markdown};
use crate::journal::Journal;
use crate::outline::Sieve;
use crate::plan::NodeId;
use crate::plan::as_of::AsOf;
use crate::plan::load::{self, Loaded, PlanSource};
use crate::plan::write_file::to_file;
use crate::progress::{JournalData, Judge, Promises, RuleRef, States};
use crate::text::{Bilingual, ShownLanguages, Ui};

const PREVIEW_BYTES: usize = 48 << 10;

/// What is exported, at the moment it was asked for.
#[derive(Clone, Debug)]
pub struct ExportSnapshot {
    loaded: Arc<Loaded>,
    journal: Arc<Journal>,
    states: Option<Arc<States>>,
    rule: RuleRef,
    as_of: AsOf,
    show: ShownLanguages,
    ui: Ui,
    scope: Option<NodeId>,
    filter: Option<(String, Arc<Sieve>)>,
}

impl ExportSnapshot {
    /// What shows now: the scope, and what the standing filter lets through.
    ///
    /// # Errors
    /// While the journal is not read, or the filter's matches are being looked for: more would be exported
    /// than the filter says.
    pub fn of(model: &Model) -> Result<Self, Bilingual> {
        let standing = model.find.standing.as_ref();
        let found = |answer: &Arc<Answer>| Arc::clone(&answer.sieve);
        let filter = standing.map(|standing| (standing.text.clone(), standing.answer.as_ref().map(found)));
        let filter = match filter {
            None => None,
            Some((text, Some(sieve))) => Some((text, sieve)),
            Some((_, None)) => {
                return Err(Bilingual::new(
                    "筛选的匹配还在查找，没有导出；稍后再试",
                    "the filter's matches are still being looked for, so nothing was exported: try again in a moment",
                ));
            }
        };
        Self::with(model, filter).ok_or_else(|| Bilingual::new("记录还没有读出", "the journal is not read"))
    }

    /// One node alone. `None` while the journal is not read.
    pub fn of_node(model: &Model, node: NodeId) -> Option<Self> {
        let sieve = Sieve::new(&model.loaded.plan.tree, vec![node]);
        let filter = Some((String::new(), Arc::new(sieve)));
        Some(Self { scope: Some(node), ..Self::with(model, filter)? })
    }

    fn with(model: &Model, filter: Option<(String, Arc<Sieve>)>) -> Option<Self> {
        Some(Self {
            loaded: Arc::clone(&model.loaded),
            journal: model.journal_view.journal.clone()?,
            states: model.journal_view.states.clone(),
            rule: model.view.rule,
            as_of: model.view.as_of,
            show: model.view.show,
            ui: model.view.ui,
            scope: model.resting().scope(),
            filter,
        })
    }

    fn scene(&self) -> ExportContext<'_> {
        let plan = &self.loaded.plan;
        let judge = Judge::new(plan, self.rule, self.as_of);
        let states = self
            .states
            .as_deref()
            .cloned()
            .unwrap_or_else(|| States::new(&judge, |id| JournalData::of(self.journal.annotations(id))));
        let errors = self.loaded.errors();
        let promises = Promises::new(plan, judge.as_of);
        let journal = &self.journal;
        ExportContext { plan, errors, judge, states, promises, journal, show: self.show, ui: self.ui }
    }

    fn document(&self, plan_hash: String) -> Document<'_> {
        let filter = self.filter.as_ref();
        let filter = filter.map(|(query, sieve)| ExportFilter {
            query: query.as_str().into(),
            sieve: sieve.as_ref().clone(),
        });
        Document::new(self.scene(), plan_hash, self.scope, filter)
    }

    /// One node in Markdown, with the sources it cites.
    pub fn excerpt(&self) -> Option<String> {
        let mut bytes = Vec::new();
        markdown::excerpt(&self.document(String::new()), &mut bytes).ok()?;
        String::from_utf8(bytes).ok()
    }
}

/// Makes the first lines of a document; what has no text shows as the report it holds.
pub fn preview(
    matter: ExportSnapshot,
    source: PlanSource,
    (format, number): (Format, u64),
    tell: impl Fn(Message) + Send + 'static,
) {
    thread::spawn(move || {
        let shown = if format.medium() == Medium::Text { format } else { Format::Md };
        let document = matter.document(load::hash(&source).unwrap_or_default());
        let document = document.shaped(ReportShape::usual(shown));
        let mut head = Head(Vec::new());
        // It ends with the room that there is.
        let _ = crate::export::unsealed(shown)(
            &document,
            &Options::default(),
            &mut head,
            &mut crate::export::Unwatched,
        );
        let text = String::from_utf8_lossy(&head.0);
        let text = text.trim_start_matches('\u{feff}');
        let lines: Vec<String> =
            text.lines().map(|line| crate::text::clean::one_line(line).into_owned()).collect();
        tell(Message::Previewed(number, lines.into()));
    });
}

/// Takes so many bytes, then no more.
struct Head(Vec<u8>);

impl Write for Head {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() >= PREVIEW_BYTES {
            return Err(io::ErrorKind::WriteZero.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a document; tells how far it is, and what came of it. Setting `stop` ends it.
pub fn write(
    matter: ExportSnapshot,
    source: PlanSource,
    errand: ExportJob,
    stop: Arc<AtomicBool>,
    tell: impl Fn(Message) + Send + 'static,
) {
    thread::spawn(move || {
        let ExportJob { format, path, over } = errand;
        let document = matter.document(load::hash(&source).unwrap_or_default());
        let document = document.shaped(ReportShape::usual(format));
        let mut watch = ProgressWatch { stop: &stop, share: 0, tell: &tell };
        let path = from_home(path);
        let writer = crate::export::writer(format);
        let written =
            to_file(&path, over, &mut |sink| writer(&document, &Options::default(), sink, &mut watch));
        tell(Message::Exported(match written {
            Ok(()) => ExportEnd::Written(path),
            Err(ExportError::Interrupted) => ExportEnd::Stopped,
            Err(ExportError::Write(error)) if error.kind() == io::ErrorKind::AlreadyExists => {
                ExportEnd::Exists(ExportJob { format, path, over })
            }
            Err(ExportError::Write(error)) => ExportEnd::Failed(Bilingual::new(
                format!("写不了 {}：{error}", path.display()),
                format!("cannot write {}: {error}", path.display()),
            )),
            Err(ExportError::Refused(said)) => ExportEnd::Failed(said),
        }));
    });
}

/// `~/` begins in the home, as in a shell.
fn from_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}

struct ProgressWatch<'w> {
    stop: &'w AtomicBool,
    share: usize,
    tell: &'w dyn Fn(Message),
}

impl ExportProgress for ProgressWatch<'_> {
    fn step(&mut self, done: usize, of: usize) -> Result<(), ExportError> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(ExportError::Interrupted);
        }
        let share = done * 100 / of.max(1);
        // A document that is written in a moment need not tell.
        if share >= self.share + 5 && of > 2_000 {
            self.share = share;
            (self.tell)(Message::ExportProgress(share));
        }
        Ok(())
    }
}
