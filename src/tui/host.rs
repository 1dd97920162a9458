//! Does to the world what `update` asked for, and listens to it: keys, signals, the plan's files. Each listener is a thread with a channel.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};
use notify::Watcher;

use super::chord::Chord;
use super::message::{Cell, Message, Mouse, Size};
use crate::plan::load::{self, PlanSource};

/// What reaches the runtime.
#[derive(Debug)]
pub enum Incoming {
    /// For `update`.
    Message(Message),
    /// A signal asks the program to end: which.
    Terminate(i32),
    /// A signal asks the program to stop.
    Stop,
    /// The program was stopped from outside and goes on.
    Continued,
    /// The terminal is gone.
    Hangup,
}

/// Quiet time after a change on disk before the plan is read again: editors write a file in several steps.
const SETTLE: Duration = Duration::from_millis(120);

/// Listens to the terminal. Ends when it is gone.
pub fn listen_to_terminal(out: Sender<Incoming>) {
    thread::spawn(move || {
        loop {
            let incoming = match crossterm::event::read() {
                Ok(event) => match translate(event) {
                    Some(message) => Incoming::Message(message),
                    None => continue,
                },
                Err(_) => Incoming::Hangup,
            };
            let over = matches!(incoming, Incoming::Hangup);
            if out.send(incoming).is_err() || over {
                return;
            }
        }
    });
}

fn translate(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) => Chord::from_event(key).map(Message::Key),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Resize(cols, lines) => Some(Message::Resized(Size { cols, lines })),
        Event::Mouse(MouseEvent { kind, column, row, .. }) => {
            let cell = Cell { col: column, line: row };
            match kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Message::Mouse(Mouse::Click(cell))),
                MouseEventKind::ScrollDown => Some(Message::Mouse(Mouse::WheelDown(cell, 1))),
                MouseEventKind::ScrollUp => Some(Message::Mouse(Mouse::WheelUp(cell, 1))),
                _ => None,
            }
        }
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// Listens to signals.
///
/// # Errors
/// Where the system refuses a handler.
#[cfg(unix)]
pub fn listen_to_signals(out: Sender<Incoming>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::spawn(move || {
        for signal in &mut signals {
            let incoming = match signal {
                SIGTSTP => Incoming::Stop,
                SIGCONT => Incoming::Continued,
                signal => Incoming::Terminate(signal),
            };
            if out.send(incoming).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Reads the plan anew whenever one of its files changes. Nothing is polled: the system tells.
pub fn watch_plan(source: PlanSource, places: Vec<PathBuf>, out: Sender<Incoming>) {
    if places.is_empty() {
        return;
    }
    thread::spawn(move || {
        let (told, changes) = channel();
        let Ok(mut watcher) = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access()) {
                let _ = told.send(());
            }
        }) else {
            return;
        };
        for place in &places {
            // A place that cannot be watched is not fatal: the plan is still there to be read.
            let _ = watcher.watch(place, notify::RecursiveMode::NonRecursive);
        }
        reread_on_change(&source, &changes, &out);
    });
}

fn reread_on_change(source: &PlanSource, changes: &Receiver<()>, out: &Sender<Incoming>) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(SETTLE).is_ok() {}
        let message = match load::load(source) {
            Ok(loaded) => Message::PlanRead(Arc::new(loaded)),
            Err(unreadable) => Message::PlanBroke(unreadable.diagnostics.into()),
        };
        if out.send(Incoming::Message(message)).is_err() {
            return;
        }
    }
}
