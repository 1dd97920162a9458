//! Listens to the terminal: keys, and its end. Each listener is a thread that sleeps until something comes.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};

use super::chord::Chord;
use super::incoming::Incoming;
use super::input::Decoder;
use super::message::{Cell, Message, Mouse, Size};
use super::restore::is_in_foreground;
use super::terminal::panic_for_test;

/// Who has the keys: the screen, or a program it has started.
#[derive(Debug, Default)]
pub struct InputLease {
    lent: Mutex<Lent>,
    changed: Condvar,
    /// When the keys came back from a program that had them.
    returned: Mutex<Option<Instant>>,
}

/// Time after the keys came back in which a signal of the keyboard was meant for the program that had them:
/// it is told of by another thread, later.
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

impl InputLease {
    fn lent(&self) -> std::sync::MutexGuard<'_, Lent> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether another program has the keys, or is about to.
    pub(super) fn is_asked(&self) -> bool {
        *self.lent() != Lent::No
    }

    /// Whether what the terminal says of its keys was meant for another program.
    pub(super) fn is_for_another(&self) -> bool {
        let returned = self.returned.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_asked() || returned.is_some_and(|at| at.elapsed() < STILL_LENT)
    }

    fn take_back(&self) {
        *self.returned.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        *self.lent() = Lent::No;
        self.changed.notify_all();
    }

    /// Waits until the keys are the screen's.
    pub(super) fn wait_until_back(&self) {
        let lent = self.lent();
        drop(self.changed.wait_while(lent, |lent| *lent != Lent::No));
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
    hand: Arc<InputLease>,
    #[cfg(unix)]
    wake: Arc<io::PipeWriter>,
}

/// Longest wait for the listener to let go of the terminal.
const LET_GO: Duration = Duration::from_secs(1);

impl Keys {
    /// Leaves the terminal's keys to another program while that runs. `run` gives the terminal away and takes
    /// it again: as long as the terminal itself makes signals of keys, those are not for this program.
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

/// Listens to the terminal on a thread that sleeps until a key comes or the keys are lent. Ends when the
/// terminal is gone.
///
/// # Errors
/// Where the system has no pipe left.
#[cfg(unix)]
pub fn listen_to_terminal(out: Sender<Incoming>, hand: Arc<InputLease>, heard: Decoder) -> io::Result<Keys> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    let (mut woken, wake) = io::pipe()?;
    let keys = Keys { hand: Arc::clone(&hand), wake: Arc::new(wake) };
    let terminal = terminal_file()?;
    thread::spawn(move || {
        // What was typed while the terminal was asked comes first.
        let mut decoder = heard;
        let mut background = decoder.answers().background;
        for message in decoder.events().filter_map(message_of) {
            let _ = out.send(Incoming::Message(message));
        }
        loop {
            let mut awaited = [PollFd::new(&terminal, PollFlags::IN), PollFd::new(&woken, PollFlags::IN)];
            let patience = decoder.patience().and_then(|patience| Timespec::try_from(patience).ok());
            let came = match poll(&mut awaited, patience.as_ref()) {
                Err(Errno::INTR) => continue,
                Err(error) => return drop(out.send(Incoming::Failed(error.into()))),
                Ok(came) => came,
            };
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
                decoder = Decoder::default();
                background = None;
                continue;
            }
            // In the background it would be stopped for reading.
            if keys && !is_in_foreground() {
                thread::sleep(BACKGROUND);
                continue;
            }
            if came == 0 {
                decoder.give_up();
            }
            let read = if keys { read_bytes(&terminal, &mut decoder) } else { Ok(()) };
            if let Err(error) = read {
                return drop(out.send(Incoming::Failed(error)));
            }
            if decoder.answers().background != background {
                background = decoder.answers().background;
                let _ = background.map(|answer| out.send(Incoming::Background(answer)));
            }
            for event in decoder.events() {
                panic_for_test("listener");
                if let Some(message) = message_of(event)
                    && out.send(Incoming::Message(message)).is_err()
                {
                    return;
                }
            }
        }
    });
    Ok(keys)
}

/// Pause between looks at whether the program is in the foreground, where keys wait for another.
#[cfg(unix)]
const BACKGROUND: Duration = Duration::from_millis(100);

/// Pause after a read that found the end of a line's input, so that a terminal that says nothing else costs
/// no processor time.
#[cfg(unix)]
const AFTER_AN_END: Duration = Duration::from_millis(20);

/// Reads at most before what was read is sent on.
#[cfg(unix)]
const MOST_READS: usize = 64;

/// Hands the decoder what the terminal has to say just now.
///
/// # Errors
/// Where the terminal is gone.
#[cfg(unix)]
fn read_bytes(terminal: &std::fs::File, decoder: &mut Decoder) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut bytes = [0; 4096];
    // Events leave for the screen now and then even where input never pauses.
    for _ in 0..MOST_READS {
        let count = match io::Read::read(&mut &*terminal, &mut bytes) {
            // Ctrl-D while the terminal keeps lines for another program. One that is gone says so to `poll`,
            // before it is read.
            Ok(0) => {
                thread::sleep(AFTER_AN_END);
                return Ok(());
            }
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
            Err(error) => return Err(error),
        };
        decoder.take(&bytes[..count]);
        // A terminal hands out a line's worth at a time: what it has more may be the rest of a sequence.
        let mut more = [PollFd::new(terminal, PollFlags::IN)];
        if !poll(&mut more, Some(&Timespec::default())).is_ok_and(|ready| ready > 0) {
            return Ok(());
        }
    }
    Ok(())
}

#[cfg(unix)]
pub(super) fn terminal_file() -> io::Result<std::fs::File> {
    use std::io::IsTerminal;
    use std::os::fd::AsFd;
    if io::stdin().is_terminal() {
        return io::stdin().as_fd().try_clone_to_owned().map(std::fs::File::from);
    }
    std::fs::File::open("/dev/tty")
}

/// Listens to the terminal. Ends when it is gone.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn listen_to_terminal(out: Sender<Incoming>, hand: Arc<InputLease>, _: Decoder) -> io::Result<Keys> {
    let keys = Keys { hand: Arc::clone(&hand) };
    thread::spawn(move || {
        loop {
            let incoming = match crossterm::event::read() {
                Ok(_) if hand.is_asked() => {
                    hand.let_go();
                    continue;
                }
                Ok(event) => match message_of(event) {
                    Some(message) => Incoming::Message(message),
                    None => continue,
                },
                Err(error) => Incoming::Failed(error),
            };
            let over = matches!(incoming, Incoming::Failed(_));
            if out.send(incoming).is_err() || over {
                return;
            }
        }
    });
    Ok(keys)
}

/// What an event of the terminal means to the screen; `None` for what it does not mind.
pub fn message_of(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) => Chord::from_event(key).map(Message::Key),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Resize(cols, lines) => Some(Message::Resized(Size::drawn(cols, lines))),
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

/// Waits for the terminal's end. Reading from a terminal that is gone brings neither keys nor an error, again
/// and again without a pause, and the signal goes to its session only: without this the program would live on
/// and spin.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_were_lent_are_for_another_until_a_moment_after_they_are_back() {
        let hand = InputLease::default();
        assert!(!hand.is_for_another(), "nobody had them");
        *hand.lent() = Lent::Asked;
        assert!(hand.is_for_another());
        hand.take_back();
        assert!(hand.is_for_another() && !hand.is_asked(), "a signal may still be on its way");
        *hand.returned.lock().unwrap() = Instant::now().checked_sub(STILL_LENT);
        assert!(!hand.is_for_another());
    }
}
