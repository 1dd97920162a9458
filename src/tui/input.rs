//! Turns the bytes of a terminal into events. A sequence that is cut off, too long or wrong never holds back
//! or swallows the keys after it: what is kept of it is bounded, a byte that cannot belong to it is taken for
//! itself, and after a pause it is given up.

mod answers;
mod keys;

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

pub use self::answers::{ASKED_LINE, TerminalAnswers};
use self::keys::{Parameters, ascii, by_letter, shift_of, shift_of_key};

/// Longest pause within a sequence: terminals write one in a single piece, which a network may tear.
const PAUSE: Duration = Duration::from_millis(100);

/// Longest pause within a paste until what has come so far is shown.
const PASTE_PAUSE: Duration = Duration::from_secs(1);

/// Longest control sequence, in bytes after `ESC [`. The longest that a terminal sends unasked has about 20.
const MAX_SEQUENCE_BYTES: usize = 64;

/// Longest paste that is kept. It is far more than any input takes; the rest of a longer one is dropped as it
/// comes.
const MAX_PASTE_BYTES: usize = 16 << 20;

const PASTE_END: &[u8] = b"\x1b[201~";

const ESC: u8 = 0x1b;
const CONTROL_C: u8 = 0x03;

/// Reads a terminal's bytes, in pieces of any size.
#[derive(Debug, Default)]
pub struct Decoder {
    state: DecoderState,
    /// Bytes of the sequence, character or paste that has begun.
    held: Vec<u8>,
    /// Whether Alt is held for the character that has begun.
    alt: bool,
    /// Whether bytes have come since the last pause.
    fresh: bool,
    events: Vec<Event>,
    /// What the terminal has said of itself.
    answers: TerminalAnswers,
}

/// What the next byte belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum DecoderState {
    /// Nothing that has begun.
    #[default]
    Ground,
    /// A character of several bytes.
    Character,
    /// `ESC`: the key, or the start of a sequence.
    Escape,
    /// `ESC O` and one byte.
    SingleShift,
    /// `ESC [`, then parameters and a final byte.
    Control,
    /// `ESC ]`: an answer in words, which ends with `BEL` or `ESC \\`.
    Words,
    /// `ESC [ M` and three bytes: a mouse as terminals without SGR coordinates report it.
    PlainMouse,
    /// Between the marks of a bracketed paste.
    Paste,
}

impl Decoder {
    /// Takes bytes as they came.
    pub fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.byte(*byte);
            self.fresh = true;
        }
    }

    /// The events that are complete, in order. Nothing more waits at the terminal just now: an `ESC` by
    /// itself is the key.
    pub fn events(&mut self) -> std::vec::Drain<'_, Event> {
        if self.state == DecoderState::Escape {
            self.key(KeyCode::Esc, KeyModifiers::NONE);
            self.reset();
        }
        self.events.drain(..)
    }

    /// What the terminal has said of itself so far.
    pub fn answers(&self) -> &TerminalAnswers {
        &self.answers
    }

    /// How long to wait for the rest of what has begun before [`Decoder::give_up`]; `None` where nothing has.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            DecoderState::Ground => None,
            DecoderState::Paste if !self.fresh => None,
            DecoderState::Paste if self.held != [ESC] => Some(PASTE_PAUSE),
            _ => Some(PAUSE),
        }
    }

    /// No more bytes came in time.
    pub fn give_up(&mut self) {
        self.fresh = false;
        match self.state {
            DecoderState::Paste => self.show_paste_so_far(),
            DecoderState::SingleShift => {
                self.key(KeyCode::Char('O'), KeyModifiers::ALT);
                self.reset();
            }
            DecoderState::Words if self.held.is_empty() => {
                self.key(KeyCode::Char(']'), KeyModifiers::ALT);
                self.reset();
            }
            DecoderState::Control if self.held.is_empty() => {
                self.key(KeyCode::Char('['), KeyModifiers::ALT);
                self.reset();
            }
            _ => self.reset(),
        }
    }

    fn reset(&mut self) {
        self.state = DecoderState::Ground;
        self.alt = false;
        self.held.clear();
    }

    fn begin(&mut self, state: DecoderState) {
        self.state = state;
        self.held.clear();
    }

    fn key(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        self.events.push(Event::Key(KeyEvent::new(code, modifiers)));
    }

    fn character_key(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        let alt = if self.alt { KeyModifiers::ALT } else { KeyModifiers::NONE };
        self.key(code, modifiers | alt);
    }

    fn byte(&mut self, byte: u8) {
        match self.state {
            DecoderState::Ground => self.first(byte),
            DecoderState::Character => self.character(byte),
            DecoderState::Escape => self.after_escape(byte),
            DecoderState::SingleShift => self.single_shift(byte),
            DecoderState::Control => self.control(byte),
            DecoderState::Words => self.words(byte),
            DecoderState::PlainMouse => self.plain_mouse(byte),
            DecoderState::Paste => self.pasted(byte),
        }
    }

    /// Drops the sequence, of which this byte is no part, and takes the byte for itself.
    fn cut(&mut self, byte: u8) {
        self.reset();
        self.first(byte);
    }

    fn first(&mut self, byte: u8) {
        match byte {
            ESC => self.begin(DecoderState::Escape),
            0..=0x7f => {
                let (code, modifiers) = ascii(byte);
                self.character_key(code, modifiers);
                self.reset();
            }
            0xc2..=0xf4 => {
                self.begin(DecoderState::Character);
                self.held.push(byte);
            }
            // It begins no character.
            _ => self.reset(),
        }
    }

    fn character(&mut self, byte: u8) {
        if !(0x80..=0xbf).contains(&byte) {
            return self.cut(byte);
        }
        self.held.push(byte);
        match std::str::from_utf8(&self.held) {
            Ok(text) => {
                let c = text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
                self.character_key(KeyCode::Char(c), shift_of(c));
                self.reset();
            }
            // More bytes are to come.
            Err(error) if error.error_len().is_none() => {}
            Err(_) => self.reset(),
        }
    }

    fn after_escape(&mut self, byte: u8) {
        match byte {
            ESC => self.key(KeyCode::Esc, KeyModifiers::NONE),
            b'[' => self.begin(DecoderState::Control),
            b']' => self.begin(DecoderState::Words),
            b'O' => self.begin(DecoderState::SingleShift),
            _ => {
                self.alt = true;
                self.first(byte);
            }
        }
    }

    fn single_shift(&mut self, byte: u8) {
        match byte {
            b'M' => self.key(KeyCode::Enter, KeyModifiers::NONE),
            b'R' => self.key(KeyCode::F(3), KeyModifiers::NONE),
            _ => match by_letter(byte) {
                Some(code) => self.key(code, KeyModifiers::NONE),
                None => {
                    self.key(KeyCode::Char('O'), KeyModifiers::ALT);
                    return self.cut(byte);
                }
            },
        }
        self.reset();
    }

    fn control(&mut self, byte: u8) {
        match (self.held.first(), byte) {
            (None, b'M') => self.begin(DecoderState::PlainMouse),
            (None, b'[') => self.held.push(byte),
            // The Linux console's function keys: `ESC [ [ A`.
            (Some(b'['), b'A'..=b'E') => {
                self.key(KeyCode::F(byte - b'A' + 1), KeyModifiers::NONE);
                self.reset();
            }
            // A mouse's report ends with nothing but these: another letter is a key after one that was cut
            // off.
            (Some(b'['), _) => self.cut(byte),
            (Some(b'<'), 0x40..=0x7e) if !matches!(byte, b'M' | b'm') => self.cut(byte),
            (_, 0x20..=0x3f) if self.held.len() <= MAX_SEQUENCE_BYTES => self.held.push(byte),
            (_, 0x20..=0x3f) => {}
            (_, 0x40..=0x7e) => self.complete(byte),
            _ => self.cut(byte),
        }
    }

    /// A control sequence is whole; those that mean nothing here are dropped.
    fn complete(&mut self, last: u8) {
        let held = std::mem::take(&mut self.held);
        self.reset();
        if held.len() > MAX_SEQUENCE_BYTES {
            return;
        }
        if (held.as_slice(), last) == (b"200".as_slice(), b'~') {
            return self.begin(DecoderState::Paste);
        }
        let Ok(text) = std::str::from_utf8(&held) else { return };
        if let Some(report) = text.strip_prefix('<') {
            let numbers: Vec<u16> = report.split(';').map_while(|number| number.parse().ok()).collect();
            if let ([button, col, line], b'M') = (numbers.as_slice(), last) {
                self.mouse(*button, *col, *line);
            }
            return;
        }
        self.answers.take_sequence(text, last);
        if text.starts_with(['=', '>', '?']) {
            return;
        }
        let parameters = Parameters::read(text);
        if let Some(code) = parameters.code(last) {
            let modifiers = parameters.modifiers | shift_of_key(code);
            self.events.push(Event::Key(KeyEvent::new_with_kind(code, modifiers, parameters.kind)));
        }
    }

    /// Begins with a number: anything else was typed after Alt and `]`.
    fn words(&mut self, byte: u8) {
        const BELL: u8 = 0x07;
        match (self.held.last(), byte) {
            (None, b'0'..=b'9') => self.held.push(byte),
            (None, _) => {
                self.key(KeyCode::Char(']'), KeyModifiers::ALT);
                self.cut(byte);
            }
            (Some(&ESC), b'\\') | (_, BELL) => {
                let held = std::mem::take(&mut self.held);
                self.reset();
                let text = std::str::from_utf8(held.strip_suffix(&[ESC]).unwrap_or(&held));
                self.answers.take_words(text.unwrap_or_default());
            }
            (Some(&ESC), _) => {
                self.begin(DecoderState::Escape);
                self.after_escape(byte);
            }
            (_, ESC | 0x20..) if self.held.len() <= MAX_SEQUENCE_BYTES => self.held.push(byte),
            // Only how it ends counts any more.
            (_, ESC) => self.held = vec![b'0', ESC],
            (_, 0x20..) => {}
            _ => self.cut(byte),
        }
    }

    fn plain_mouse(&mut self, byte: u8) {
        if byte < 0x20 {
            return self.cut(byte);
        }
        self.held.push(byte);
        if let [button, col, line] = self.held[..] {
            self.reset();
            let number = |byte: u8| u16::from(byte) - 0x20;
            self.mouse(number(button), number(col), number(line));
        }
    }

    /// A mouse's report, its place counted from 1. Only what the screen acts upon: the left button going
    /// down, and the wheel.
    fn mouse(&mut self, button: u16, col: u16, line: u16) {
        const HELD_KEYS: u16 = 4 | 8 | 16;
        let kind = match button & !HELD_KEYS {
            0 => MouseEventKind::Down(MouseButton::Left),
            64 => MouseEventKind::ScrollUp,
            65 => MouseEventKind::ScrollDown,
            _ => return,
        };
        let (column, row) = (col.saturating_sub(1), line.saturating_sub(1));
        self.events.push(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
    }

    fn pasted(&mut self, byte: u8) {
        // What comes by itself after the text so far was shown is a hand at the keys: the paste's end was
        // lost.
        if !self.fresh && byte == CONTROL_C {
            return self.cut(byte);
        }
        self.held.push(byte);
        if self.held.len() > MAX_PASTE_BYTES + PASTE_END.len() {
            self.held.remove(MAX_PASTE_BYTES);
        }
        if self.held.ends_with(PASTE_END) {
            let text = String::from_utf8_lossy(&self.held[..self.held.len() - PASTE_END.len()]).into_owned();
            self.reset();
            self.events.push(Event::Paste(text));
        }
    }

    /// The paste has paused. What follows may still be pasted, and must not run as commands, so it stays one
    /// until its end comes or `Esc` is pressed: terminals keep that byte out of what is pasted.
    fn show_paste_so_far(&mut self) {
        let escaped = self.held.last() == Some(&ESC);
        if escaped {
            self.held.pop();
        }
        let shown = if escaped { self.held.len() } else { showable_bytes(&self.held) };
        if shown > 0 {
            let text: Vec<u8> = self.held.drain(..shown).collect();
            self.events.push(Event::Paste(String::from_utf8_lossy(&text).into_owned()));
        }
        if escaped {
            self.key(KeyCode::Esc, KeyModifiers::NONE);
            self.reset();
        }
    }
}

/// How much of an unfinished paste can be shown: not the start of its end mark or of a character, nor white
/// space, which at the end of a pasted text counts for nothing and here stands before more of it.
fn showable_bytes(held: &[u8]) -> usize {
    let mark = (1..PASTE_END.len()).rev().find(|length| held.ends_with(&PASTE_END[..*length])).unwrap_or(0);
    let held = &held[..held.len() - mark];
    match std::str::from_utf8(held) {
        Ok(text) => text.trim_end().len(),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&held[..error.valid_up_to()]).map_or(0, |text| text.trim_end().len())
        }
        Err(_) => held.len(),
    }
}

#[cfg(test)]
mod tests;
