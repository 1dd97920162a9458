//! Listens to the world: keys, signals, the terminal's end. Each listener is a thread that sleeps until something comes.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};

use super::chord::Chord;
use super::message::{Cell, Message, Mouse, Size};
use super::terminal::panic_for_test;

/// What reaches the runtime.
#[derive(Debug)]
pub enum Incoming {
    /// For `update`.
    Message(Message),
    /// A signal asks the program to end: which.
    Terminate(i32),
    /// A signal asks the program to stop.
    Stop,
    /// The program was stopped and goes on.
    Continued,
    /// The terminal is gone.
    Hangup,
}

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
            panic_for_test("listener");
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

/// Waits for the terminal's end. Reading from a terminal that is gone brings neither keys nor an error, again and again without a pause, and the
/// signal goes to its session only: without this the program would live on and spin.
#[cfg(unix)]
pub fn listen_for_hangup(out: Sender<Incoming>) {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    thread::spawn(move || {
        let terminal = io::stdout();
        loop {
            let mut awaited = [PollFd::new(&terminal, PollFlags::empty())];
            match poll(&mut awaited, None) {
                Err(Errno::INTR) => continue,
                Ok(_) if awaited[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => {
                    let _ = out.send(Incoming::Hangup);
                }
                // A system that cannot wait for this: the signal has to do.
                Ok(_) | Err(_) => {}
            }
            return;
        }
    });
}

#[cfg(not(unix))]
pub fn listen_for_hangup(_out: Sender<Incoming>) {}

/// Time in which a second signal counts as the first, said twice.
const SAID_TWICE: Duration = Duration::from_millis(500);

/// Listens to signals.
///
/// # Errors
/// Where the system refuses a handler.
#[cfg(unix)]
pub fn listen_to_signals(out: Sender<Incoming>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::spawn(move || {
        let mut asked: Option<Instant> = None;
        for signal in &mut signals {
            let incoming = match signal {
                SIGTSTP => Incoming::Stop,
                SIGCONT => Incoming::Continued,
                // Asked once more, it goes at once: it may be waiting for a terminal that takes no output. A closing terminal often says
                // so twice in a row, kernel and shell; that is one asking.
                signal if asked.is_some_and(|first| first.elapsed() > SAID_TWICE) => {
                    std::process::exit(128 + signal)
                }
                signal => {
                    asked.get_or_insert_with(Instant::now);
                    Incoming::Terminate(signal)
                }
            };
            if out.send(incoming).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub fn listen_to_signals(_out: Sender<Incoming>) -> io::Result<()> {
    Ok(())
}
