//! Asks the terminal, before anything is drawn, what stands behind its text and how wide it draws characters
//! of ambiguous width.
//!
//! The last question is what kind of terminal it is, which all of them answer: one that has answered that says
//! nothing more to the others. One that says nothing at all is waited for no longer than [`PATIENCE`]; what it
//! says later is no key, and its background still counts then.

use super::input::Decoder;

/// Longest wait for answers.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(100);

/// What there is to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Questions {
    pub background: bool,
    pub ambiguous_width: bool,
}

/// Nothing is asked: keys come through another library.
#[cfg(not(unix))]
pub fn ask(_: Questions) -> Decoder {
    Decoder::default()
}

/// Asks, and hears until all is answered; returns what has heard it, which may have heard keys besides.
#[cfg(unix)]
pub fn ask(questions: Questions) -> Decoder {
    use std::io::{Read, Write};
    use std::time::Instant;

    use super::input::ASKED_LINE;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let mut heard = Decoder::default();
    // In the background it would be stopped for reading.
    let Ok(terminal) = super::listeners::terminal_file() else { return heard };
    if !super::restore::is_in_foreground() {
        return heard;
    }
    let mut question = String::new();
    if questions.background {
        question.push_str("\x1b]11;?\x1b\\");
    }
    if questions.ambiguous_width {
        question.push_str(&format!("\x1b[{ASKED_LINE};1H“\x1b[6n\x1b[{ASKED_LINE};1H\x1b[K"));
    }
    question.push_str("\x1b[c");
    let mut out = std::io::stdout();
    if out.write_all(question.as_bytes()).and_then(|()| out.flush()).is_err() {
        return heard;
    }
    let end = Instant::now() + PATIENCE;
    let mut bytes = [0; 1024];
    while !heard.answers().is_done {
        let left = end.saturating_duration_since(Instant::now());
        let Ok(wait) = Timespec::try_from(left) else { break };
        let mut awaited = [PollFd::new(&terminal, PollFlags::IN)];
        let came = poll(&mut awaited, Some(&wait)).unwrap_or(0);
        // A signal that ends the wait early is no reason to ask longer.
        if came == 0 || !awaited[0].revents().contains(PollFlags::IN) {
            break;
        }
        match (&terminal).read(&mut bytes) {
            Ok(count) if count > 0 => heard.take(&bytes[..count]),
            _ => break,
        }
    }
    heard
}
