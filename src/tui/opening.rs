//! The plan as the screen opens on it: whole where it is read in no time, else its beginning, and the rest
//! comes while one looks.

use std::sync::Arc;
use std::sync::mpsc::{SendError, Sender};
use std::thread;
use std::time::Duration;

use super::incoming::Incoming;
use super::message::Message;
use super::view::Progress;
use super::watch::{self, AsRead};
use crate::plan::Plan;
use crate::plan::load::{Loaded, PlanReading, PlanSource, UnreadablePlan};

/// Time given to the reading before the first frame; a plan that is read in it appears whole.
const FIRST_FRAME: Duration = Duration::from_millis(50);

/// Time between two words on how far the reading has come.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Until then the first beginning stays on screen: making up a longer one costs as much time and memory as
/// what was read of it.
const GROW_AFTER: Duration = Duration::from_secs(2);

/// The beginning is shown again when it has become so many times as long, and as long as most is still to
/// come.
const GROWTH: usize = 4;

/// A plan as far as it is read.
#[derive(Debug)]
pub struct Opening {
    shown: Arc<Loaded>,
    /// What is still being read, and how far that was.
    rest: Option<(PlanReading, Progress)>,
    as_read: AsRead,
}

impl Opening {
    /// Reads for a moment; longer only while there is not one node to show.
    ///
    /// # Errors
    /// [`UnreadablePlan`] where there is no plan at the place, or nothing of it can be read.
    pub fn read(source: &PlanSource) -> Result<Self, UnreadablePlan> {
        let mut reading = PlanReading::start(source)?;
        let as_read = AsRead::new(source, reading.watched());
        let mut budget = FIRST_FRAME;
        while let Some((done, total)) = reading.advance(budget) {
            let plan = reading.beginning();
            if plan.tree.count() > 0 {
                let shown = Arc::new(Loaded { plan, ..Loaded::default() });
                return Ok(Self { shown, rest: Some((reading, Progress { done, total })), as_read });
            }
            budget *= 2;
        }
        let shown = Arc::new(reading.finish()?);
        Ok(Self { shown, rest: None, as_read })
    }

    /// The plan as far as it is read: title, languages and levels are there, nodes may be missing.
    pub fn plan(&self) -> &Plan {
        &self.shown.plan
    }

    /// The same with its problems, which are known when all is read.
    pub fn loaded(&self) -> &Arc<Loaded> {
        &self.shown
    }

    /// How far the reading was when this was made; `None` where all is read.
    pub fn progress(&self) -> Option<Progress> {
        self.rest.as_ref().map(|(_, progress)| *progress)
    }

    /// Reads on, on a thread of its own, then watches the files.
    pub fn follow(self, source: PlanSource, out: Sender<Incoming>) {
        let Self { shown, rest, as_read } = self;
        let Some(rest) = rest else {
            return watch::watch(source, as_read, out);
        };
        thread::spawn(move || {
            if read_on(rest, shown, &out).is_ok() {
                watch::keep_watch(&source, as_read, &out);
            }
        });
    }
}

/// Reads to the end and tells how it goes; an error where nobody listens any more.
fn read_on(
    (mut reading, progress): (PlanReading, Progress),
    mut shown: Arc<Loaded>,
    out: &Sender<Incoming>,
) -> Result<(), SendError<Incoming>> {
    let mut budget = FIRST_FRAME + TELL_EVERY;
    let mut shown_files = progress.done;
    while let Some((done, total)) = reading.advance(budget) {
        if budget >= GROW_AFTER && done >= shown_files.max(1) * GROWTH && done < total / 2 {
            shown = Arc::new(Loaded { plan: reading.beginning(), ..Loaded::default() });
            shown_files = done;
        }
        out.send(Incoming::Message(Message::PlanGrew(Arc::clone(&shown), Progress { done, total })))?;
        budget += TELL_EVERY;
    }
    drop(shown);
    out.send(Incoming::Message(match reading.finish() {
        Ok(loaded) => Message::PlanRead(Arc::new(loaded)),
        Err(unreadable) => Message::PlanBroke(unreadable.diagnostics.into()),
    }))
}
