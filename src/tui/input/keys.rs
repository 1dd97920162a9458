//! Which key a byte, or a control sequence's parameters and last byte, stand for.

use crossterm::event::{KeyCode, KeyEventKind, KeyModifiers};

pub(super) fn shift_of(c: char) -> KeyModifiers {
    if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE }
}

pub(super) fn shift_of_key(code: KeyCode) -> KeyModifiers {
    if code == KeyCode::BackTab { KeyModifiers::SHIFT } else { KeyModifiers::NONE }
}

/// The key of a single byte.
pub(super) fn ascii(byte: u8) -> (KeyCode, KeyModifiers) {
    let control = |c: u8| (KeyCode::Char(c.into()), KeyModifiers::CONTROL);
    match byte {
        0 => control(b' '),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        b'\r' => (KeyCode::Enter, KeyModifiers::NONE),
        0x1b => (KeyCode::Esc, KeyModifiers::NONE),
        0x01..=0x1a => control(byte - 1 + b'a'),
        0x1c..=0x1f => control(byte - 0x1c + b'4'),
        0x7f => (KeyCode::Backspace, KeyModifiers::NONE),
        _ => (KeyCode::Char(byte.into()), shift_of(byte.into())),
    }
}

/// The key of a sequence's last letter, after `ESC [` and `ESC O` alike.
pub(super) fn by_letter(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        b'S' => KeyCode::F(4),
        _ => return None,
    })
}

/// What stands between `ESC [` and the last byte: `key ; modifiers : kind`.
#[derive(Debug)]
pub(super) struct Parameters {
    key: Option<u32>,
    pub(super) modifiers: KeyModifiers,
    pub(super) kind: KeyEventKind,
}

impl Parameters {
    pub(super) fn read(text: &str) -> Self {
        let mut fields = text.split(';').map(|field| field.split(':').map(|number| number.parse().ok()));
        let key = fields.next().and_then(|mut numbers| numbers.next()).flatten();
        let mut second = fields.next().into_iter().flatten();
        let bits: u32 = second.next().flatten().unwrap_or(1);
        let bits = bits.saturating_sub(1);
        let named = [
            (1, KeyModifiers::SHIFT),
            (2, KeyModifiers::ALT),
            (4, KeyModifiers::CONTROL),
            (8, KeyModifiers::SUPER),
            (16, KeyModifiers::HYPER),
            (32, KeyModifiers::META),
        ];
        let held = named.into_iter().filter(|(bit, _)| bits & bit != 0);
        let kind = match second.next().flatten() {
            Some(2) => KeyEventKind::Repeat,
            Some(3) => KeyEventKind::Release,
            _ => KeyEventKind::Press,
        };
        Self { key, modifiers: held.map(|(_, modifier)| modifier).collect(), kind }
    }

    /// The key that a sequence with this last byte stands for.
    pub(super) fn code(&self, last: u8) -> Option<KeyCode> {
        match last {
            b'Z' => Some(KeyCode::BackTab),
            b'~' => self.by_number(),
            b'u' => self.by_character(),
            // Otherwise this is the cursor's place.
            b'R' if self.key == Some(1) => Some(KeyCode::F(3)),
            _ => by_letter(last),
        }
    }

    /// Keys as VT220 and its followers number them; the gaps are theirs.
    fn by_number(&self) -> Option<KeyCode> {
        let number = u8::try_from(self.key?).ok()?;
        Some(match number {
            1 | 7 => KeyCode::Home,
            2 => KeyCode::Insert,
            3 => KeyCode::Delete,
            4 | 8 => KeyCode::End,
            5 => KeyCode::PageUp,
            6 => KeyCode::PageDown,
            11..=15 => KeyCode::F(number - 10),
            17..=21 => KeyCode::F(number - 11),
            23..=26 => KeyCode::F(number - 12),
            28..=29 => KeyCode::F(number - 15),
            31..=34 => KeyCode::F(number - 17),
            _ => return None,
        })
    }

    /// A key by its character, as terminals with a wider keyboard protocol report it.
    fn by_character(&self) -> Option<KeyCode> {
        Some(match char::from_u32(self.key?)? {
            // Where that protocol numbers the keys that write nothing.
            '\u{e000}'..='\u{f8ff}' => return None,
            '\u{1b}' => KeyCode::Esc,
            '\r' => KeyCode::Enter,
            '\t' if self.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            '\t' => KeyCode::Tab,
            '\u{7f}' => KeyCode::Backspace,
            c => KeyCode::Char(c),
        })
    }
}
