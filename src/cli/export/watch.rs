//! How far a long export is, on a terminal's stderr, and whether somebody stops it.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::export::{ExportError, ExportProgress};
use crate::text::Ui;

/// An export shorter than this says nothing.
const QUIET: Duration = Duration::from_millis(700);

/// Time between two lines.
const BETWEEN: Duration = Duration::from_millis(100);

/// The signal that asked the export to end, if one did.
#[derive(Debug)]
pub struct Stopped {
    signal: Arc<AtomicUsize>,
}

impl Stopped {
    /// Listens while a file is written, so that what is beside it can be taken away. Into a pipe nothing is
    /// left behind: there the signal ends the program at once, as it does where the system refuses a
    /// listener. Said twice, it ends the program in any case.
    pub fn listen(file: Option<&Path>) -> Self {
        let signal = Arc::new(AtomicUsize::new(0));
        if file.is_some() {
            register(&signal);
        }
        Self { signal }
    }

    /// Its number, 0 for none.
    pub fn signal(&self) -> i32 {
        i32::try_from(self.signal.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

#[cfg(unix)]
fn register(signal: &Arc<AtomicUsize>) {
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;
    for number in [SIGINT, SIGTERM, SIGHUP] {
        let once = Arc::new(AtomicBool::new(false));
        // In this order: the first time the flag is not up yet.
        let _ = flag::register_conditional_shutdown(number, 128 + number, Arc::clone(&once));
        let _ = flag::register(number, once);
        let _ = flag::register_usize(number, Arc::clone(signal), usize::try_from(number).unwrap_or(1));
    }
}

#[cfg(not(unix))]
fn register(_signal: &Arc<AtomicUsize>) {}

/// Tells how far it is.
pub struct ExportWatch<'s> {
    ui: Ui,
    stopped: &'s Stopped,
    started: Instant,
    told: Option<Instant>,
    speaks: bool,
}

impl<'s> ExportWatch<'s> {
    /// Begins. It is silent where stderr is no terminal, or where the export itself goes to one.
    pub fn new(ui: Ui, stopped: &'s Stopped, file: Option<&Path>) -> Self {
        let speaks = io::stderr().is_terminal() && (file.is_some() || !io::stdout().is_terminal());
        Self { ui, stopped, started: Instant::now(), told: None, speaks }
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        if self.told.take().is_some() {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}

impl ExportProgress for ExportWatch<'_> {
    fn step(&mut self, done: usize, of: usize) -> Result<(), ExportError> {
        if self.stopped.signal() != 0 {
            return Err(ExportError::Interrupted);
        }
        // A look at the clock for each node would cost more than the node.
        if !self.speaks || !done.is_multiple_of(64) {
            return Ok(());
        }
        let now = Instant::now();
        let due = self.told.map_or(self.started + QUIET, |told| told + BETWEEN);
        if now >= due {
            self.told = Some(now);
            let share = done * 100 / of.max(1);
            let line = self.ui.pick(format!("导出{share}%"), format!("exporting, {share}%"));
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K{line}");
        }
        Ok(())
    }
}
