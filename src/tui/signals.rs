//! Listens to signals. One that asks the program to end is answered in order; where the program is too busy
//! for that, in bounded time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a signal has asked the program to end: what waits, waits no longer.
#[derive(Clone, Debug, Default)]
pub struct ShutdownRequest(Arc<AtomicBool>);

impl ShutdownRequest {
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    #[cfg(unix)]
    fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// The same, for what knows of no signals.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

#[cfg(unix)]
pub use unix::listen_to_signals;

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::Arc;
    use std::sync::mpsc::Sender;
    use std::thread;
    use std::time::{Duration, Instant};

    use signal_hook::consts::{
        SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2,
        SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
    };

    use super::super::incoming::Incoming;
    use super::super::listeners::InputLease;
    use super::super::message::Message;
    use super::super::restore::{TerminalModes, give_back_from_beside};
    use super::super::terminal::screen_size;
    use super::ShutdownRequest;

    /// Those that end a program which does not handle them, and would leave its terminal as it is. Faults of
    /// the program itself cannot be handled in safe code, nor can SIGKILL.
    const ENDING: [i32; 11] =
        [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGXCPU];

    /// Others that are listened to. SIGXFSZ means a file that may not grow: the write that tried it fails and
    /// says so.
    const OTHERS: [i32; 4] = [SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ];

    /// Time in which a second signal counts as the first, said twice.
    const SAID_TWICE: Duration = Duration::from_millis(500);

    /// Time for ending in order.
    const GRACE: Duration = Duration::from_secs(2);

    /// Listens to signals.
    ///
    /// # Errors
    /// Where the system refuses a handler.
    pub fn listen_to_signals(
        out: Sender<Incoming>,
        hand: Arc<InputLease>,
        taken: TerminalModes,
        ending: ShutdownRequest,
    ) -> io::Result<()> {
        let mut signals = signal_hook::iterator::Signals::new(ENDING.into_iter().chain(OTHERS))?;
        thread::spawn(move || {
            let mut asked: Option<Instant> = None;
            for signal in &mut signals {
                let incoming = match signal {
                    // The terminal sends these to the editor and to whoever started it. An editor that stops
                    // is waited for as one that has.
                    SIGINT | SIGQUIT if hand.is_for_another() => continue,
                    SIGTSTP | SIGCONT if hand.is_asked() => continue,
                    SIGXFSZ => continue,
                    SIGTSTP => Incoming::Stop,
                    SIGCONT => {
                        // Nobody tells a program in the background of another size.
                        resized(&out);
                        Incoming::Continued
                    }
                    SIGWINCH => {
                        resized(&out);
                        continue;
                    }
                    // Asked once more, it goes at once: it may be waiting for a terminal that takes no
                    // output. A closing terminal often says so twice in a row, kernel and shell; that is one
                    // asking.
                    signal if asked.is_some_and(|first| first.elapsed() > SAID_TWICE) => end(signal, &taken),
                    signal => {
                        if asked.is_none() {
                            asked = Some(Instant::now());
                            ending.ask();
                            end_after_grace(signal, Arc::clone(&hand), taken.clone());
                        }
                        Incoming::Terminate(signal)
                    }
                };
                // With nobody left to tell, the program is ending.
                let _ = out.send(incoming);
            }
        });
        Ok(())
    }

    fn resized(out: &Sender<Incoming>) {
        if let Ok(size) = screen_size() {
            let _ = out.send(Incoming::Message(Message::Resized(size)));
        }
    }

    /// Ends the program if it has not ended by then. An editor that has the terminal is waited for.
    fn end_after_grace(signal: i32, hand: Arc<InputLease>, taken: TerminalModes) {
        thread::spawn(move || {
            loop {
                hand.wait_until_back();
                thread::sleep(GRACE);
                if !hand.is_asked() {
                    end(signal, &taken);
                }
            }
        });
    }

    /// Ends the program from beside the thread that draws, in bounded time, as the signal would have ended
    /// it.
    fn end(signal: i32, taken: &TerminalModes) -> ! {
        give_back_from_beside(taken);
        // Not `std::process::exit`, which may wait for the thread that is stuck.
        signal_hook::low_level::exit(128 + signal)
    }
}

/// Listens to signals, of which there are none here.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn listen_to_signals(
    _out: std::sync::mpsc::Sender<super::incoming::Incoming>,
    _hand: Arc<super::listeners::InputLease>,
    _taken: super::restore::TerminalModes,
    _ending: ShutdownRequest,
) -> std::io::Result<()> {
    Ok(())
}
