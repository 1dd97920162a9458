//! Listens to the world: keys, signals, the terminal's end. Each listener is a thread that sleeps until something comes.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
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

/// Who has the keys: the screen, or a program it has started.
#[derive(Debug, Default)]
pub struct Hand {
    lent: Mutex<Lent>,
    changed: Condvar,
    /// When the keys came back from a program that had them.
    returned: Mutex<Option<Instant>>,
}

/// Time after the keys came back in which a signal of the keyboard was meant for the program that had them: it is told of by another thread, later.
const STILL_LENT: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Lent {
    /// The screen listens.
    #[default]
    No,
    /// The screen is to let go.
    Asked,
    /// The listener sleeps.
    Yes,
}

impl Hand {
    fn lent(&self) -> std::sync::MutexGuard<'_, Lent> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_asked(&self) -> bool {
        *self.lent() != Lent::No
    }

    /// Whether what the terminal says of its keys was meant for another program.
    fn is_for_another(&self) -> bool {
        let returned = self.returned.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_asked() || returned.is_some_and(|at| at.elapsed() < STILL_LENT)
    }

    fn take_back(&self) {
        *self.returned.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        *self.lent() = Lent::No;
        self.changed.notify_all();
    }

    /// The listener's side: sleeps until the keys are the screen's again.
    fn let_go(&self) {
        let mut lent = self.lent();
        while *lent != Lent::No {
            *lent = Lent::Yes;
            self.changed.notify_all();
            lent = self.changed.wait(lent).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The way to the thread that listens to the terminal.
#[derive(Clone, Debug)]
pub struct Keys {
    hand: Arc<Hand>,
    #[cfg(unix)]
    wake: Arc<io::PipeWriter>,
}

/// Longest wait for the listener to let go of the terminal.
const LET_GO: Duration = Duration::from_secs(1);

impl Keys {
    /// Leaves the terminal's keys to another program while that runs. `run` gives the terminal away and takes it again: as long as the terminal
    /// itself makes signals of keys, those are not for this program.
    pub fn lend<T>(&self, run: impl FnOnce() -> T) -> T {
        *self.hand.lent() = Lent::Asked;
        #[cfg(unix)]
        let _ = io::Write::write(&mut &*self.wake, b"!");
        let lent = self.hand.lent();
        drop(self.hand.changed.wait_timeout_while(lent, LET_GO, |lent| *lent != Lent::Yes));
        let done = run();
        self.hand.take_back();
        done
    }
}

/// Listens to the terminal on a thread that sleeps until a key comes or the keys are lent. Ends when the terminal is gone.
///
/// # Errors
/// Where the system has no pipe left.
#[cfg(unix)]
pub fn listen_to_terminal(out: Sender<Incoming>, hand: Arc<Hand>) -> io::Result<Keys> {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    let (mut woken, wake) = io::pipe()?;
    let keys = Keys { hand: Arc::clone(&hand), wake: Arc::new(wake) };
    let terminal = terminal_file()?;
    thread::spawn(move || {
        loop {
            let mut awaited = [PollFd::new(&terminal, PollFlags::IN), PollFd::new(&woken, PollFlags::IN)];
            match poll(&mut awaited, None) {
                Err(Errno::INTR) => continue,
                Err(_) => return drop(out.send(Incoming::Hangup)),
                Ok(_) => {}
            }
            let (keys, woke) = (!awaited[0].revents().is_empty(), !awaited[1].revents().is_empty());
            // A terminal that is gone has something to say for ever, and never a key.
            if awaited[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                return drop(out.send(Incoming::Hangup));
            }
            if woke {
                let _ = io::Read::read(&mut woken, &mut [0; 16]);
            }
            if hand.is_asked() {
                hand.let_go();
                continue;
            }
            if keys && read_events(&out).is_err() {
                return;
            }
        }
    });
    Ok(keys)
}

/// The terminal that keys come from.
#[cfg(unix)]
fn terminal_file() -> io::Result<std::fs::File> {
    use std::io::IsTerminal;
    use std::os::fd::AsFd;
    if io::stdin().is_terminal() {
        return io::stdin().as_fd().try_clone_to_owned().map(std::fs::File::from);
    }
    std::fs::File::open("/dev/tty")
}

/// What crossterm needs to look at the terminal at all: with no time it does not even read what waits there.
#[cfg(unix)]
const A_LOOK: Duration = Duration::from_millis(1);

/// Sends what the terminal has to say just now; an error where it is gone or nobody listens.
#[cfg(unix)]
fn read_events(out: &Sender<Incoming>) -> Result<(), ()> {
    let gone = |_| drop(out.send(Incoming::Hangup));
    while crossterm::event::poll(A_LOOK).map_err(gone)? {
        let event = crossterm::event::read().map_err(gone)?;
        panic_for_test("listener");
        if let Some(message) = translate(event) {
            out.send(Incoming::Message(message)).map_err(drop)?;
        }
    }
    Ok(())
}

/// Listens to the terminal. Ends when it is gone.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn listen_to_terminal(out: Sender<Incoming>, hand: Arc<Hand>) -> io::Result<Keys> {
    let keys = Keys { hand: Arc::clone(&hand) };
    thread::spawn(move || {
        loop {
            let incoming = match crossterm::event::read() {
                Ok(_) if hand.is_asked() => {
                    hand.let_go();
                    continue;
                }
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
    Ok(keys)
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
pub fn listen_to_signals(out: Sender<Incoming>, hand: Arc<Hand>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    let all = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    thread::spawn(move || {
        let mut asked: Option<Instant> = None;
        for signal in &mut signals {
            let incoming = match signal {
                // The terminal sends these to the editor and to whoever started it. An editor that stops is waited for as one that has.
                SIGINT | SIGQUIT if hand.is_for_another() => continue,
                SIGTSTP | SIGCONT if hand.is_asked() => continue,
                SIGTSTP => Incoming::Stop,
                SIGCONT => Incoming::Continued,
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((cols, lines)) => Incoming::Message(Message::Resized(Size { cols, lines })),
                    Err(_) => continue,
                },
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
pub fn listen_to_signals(_out: Sender<Incoming>, _hand: Arc<Hand>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_were_lent_are_for_another_until_a_moment_after_they_are_back() {
        let hand = Hand::default();
        assert!(!hand.is_for_another(), "nobody had them");
        *hand.lent() = Lent::Asked;
        assert!(hand.is_for_another());
        hand.take_back();
        assert!(hand.is_for_another() && !hand.is_asked(), "a signal may still be on its way");
        *hand.returned.lock().unwrap() = Instant::now().checked_sub(STILL_LENT);
        assert!(!hand.is_for_another());
    }
}
