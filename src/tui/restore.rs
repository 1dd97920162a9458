//! Gives the terminal back: in order by the thread that draws, or from beside it where that thread is stuck.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{LeaveAlternateScreen, disable_raw_mode};

/// Whether the program has the terminal: known to the thread that draws, to signals and to panics.
#[derive(Clone, Debug, Default)]
pub struct TerminalModes {
    taken: Arc<AtomicBool>,
    silenced: Arc<AtomicBool>,
}

impl TerminalModes {
    pub fn is_so(&self) -> bool {
        self.taken.load(Ordering::SeqCst)
    }

    /// Notes that it has, or has no longer.
    pub fn set(&self, is_so: bool) {
        self.taken.store(is_so, Ordering::SeqCst);
    }

    /// Writes a frame. It goes out in pieces, so that one which the terminal does not take can be left
    /// unfinished; then the program is being ended from beside, and this never returns.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn write(&self, frame: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for piece in frame.chunks(PIECE_BYTES) {
            self.rest_if_silenced();
            out.write_all(piece)?;
        }
        out.flush()
    }

    /// Returns only where the program is not being ended from beside.
    fn rest_if_silenced(&self) {
        while self.silenced.load(Ordering::SeqCst) {
            thread::park();
        }
    }
}

/// How much of a frame is written at once: about what the system takes in one go.
const PIECE_BYTES: usize = 4096;

/// Gives the terminal back. Every step is tried, whatever became of the one before: the terminal may be gone.
/// Waits as long as the terminal takes no output. Where the shell has put the program into the background the
/// terminal is the shell's already.
pub fn give_back(taken: &TerminalModes) {
    if is_in_foreground() {
        let mut out = io::stdout();
        let _ = out.write_all(&restoring()).and_then(|()| out.flush());
        taken.rest_if_silenced();
        let _ = disable_raw_mode();
    }
    taken.set(false);
}

/// What undoes everything the program has told the terminal. It starts with an escape, which ends whatever a
/// cut frame has begun.
fn restoring() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(bytes, SetAttribute(Attribute::Reset), DisableMouseCapture, DisableBracketedPaste);
    let _ = queue!(bytes, SetCursorStyle::DefaultUserShape, Show, LeaveAlternateScreen);
    bytes
}

/// Longest wait for each step of giving the terminal back from beside.
const STEP: Duration = Duration::from_millis(250);

/// Gives the terminal back while another thread may be stuck anywhere, also in writing to the terminal; that
/// thread writes no more if it can be kept from it. Takes no longer than four times `STEP`, and says whether
/// the terminal has taken it.
pub fn give_back_from_beside(taken: &TerminalModes) -> bool {
    if !taken.is_so() || !is_in_foreground() {
        return true;
    }
    taken.silenced.store(true, Ordering::SeqCst);
    within(STEP, || drop(disable_raw_mode()));
    keep_output(STEP);
    let written = within(STEP, write_past_everyone) || {
        discard_output();
        within(STEP, write_past_everyone)
    };
    taken.set(false);
    written
}

/// Does something on a thread of its own; whether it was done in time. Otherwise the thread is left to
/// itself.
fn within(limit: Duration, act: impl FnOnce() + Send + 'static) -> bool {
    let (send, done) = channel();
    let started = thread::Builder::new().spawn(move || {
        act();
        let _ = send.send(());
    });
    started.is_ok() && done.recv_timeout(limit).is_ok()
}

/// Keeps all other threads from standard output for good, so that no frame follows; not one that is writing
/// just now, for longer than the limit.
fn keep_output(limit: Duration) {
    let (send, kept) = channel();
    let _ = thread::Builder::new().spawn(move || {
        let _kept = io::stdout().lock();
        let _ = send.send(());
        loop {
            thread::park();
        }
    });
    let _ = kept.recv_timeout(limit);
}

/// Writes without the lock that a stuck thread may hold.
#[cfg(unix)]
fn write_past_everyone() {
    use std::os::fd::AsFd;
    if let Ok(terminal) = io::stdout().as_fd().try_clone_to_owned() {
        let _ = std::fs::File::from(terminal).write_all(&restoring());
    }
}

#[cfg(not(unix))]
fn write_past_everyone() {
    let _ = io::stdout().write_all(&restoring());
}

/// Drops what waits to be shown, so that there is space for what gives the terminal back. Stopping the output
/// and letting it go on wakes a thread that waits for such space, which dropping alone does not, and lets a
/// terminal go on that was stopped before.
#[cfg(unix)]
fn discard_output() {
    use rustix::termios::{Action, QueueSelector, tcflow, tcflush};
    let _ = tcflush(io::stdout(), QueueSelector::OFlush);
    let _ = tcflow(io::stdout(), Action::OOff);
    let _ = tcflow(io::stdout(), Action::OOn);
}

#[cfg(not(unix))]
fn discard_output() {}

/// Whether the terminal would take changes from this program. One in the background would be stopped by them.
#[cfg(unix)]
pub fn is_in_foreground() -> bool {
    match rustix::termios::tcgetpgrp(io::stdout()) {
        Ok(group) => group == rustix::process::getpgrp(),
        // Not the terminal that it was started from: nobody shares it.
        Err(_) => true,
    }
}

#[cfg(not(unix))]
pub fn is_in_foreground() -> bool {
    true
}
