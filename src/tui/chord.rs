//! One key press, as the keymap knows it: written `j`, `C-d`, `Enter`, `F1`; full-width forms count as their
//! twins.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key with its modifiers. Shift is part of the character for letters and marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    pub key: ChordKey,
    pub ctrl: Ctrl,
    pub alt: Alt,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ctrl {
    #[default]
    Up,
    Down,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alt {
    #[default]
    Up,
    Down,
}

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChordKey {
    Char(char),
    F(u8),
    Named(Named),
}

/// Keys that write no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    Enter,
    Esc,
    Tab,
    /// Shift and tabulator.
    BackTab,
    /// Rubs out to the left.
    Backspace,
    /// Rubs out to the right.
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

/// Names of keys as keymaps and help write them.
const NAMES: [(Named, &str); 14] = [
    (Named::Enter, "Enter"),
    (Named::Esc, "Esc"),
    (Named::Tab, "Tab"),
    (Named::BackTab, "S-Tab"),
    (Named::Backspace, "Backspace"),
    (Named::Delete, "Delete"),
    (Named::Up, "Up"),
    (Named::Down, "Down"),
    (Named::Left, "Left"),
    (Named::Right, "Right"),
    (Named::Home, "Home"),
    (Named::End, "End"),
    (Named::PageUp, "PageUp"),
    (Named::PageDown, "PageDown"),
];

impl Chord {
    /// A plain character.
    pub const fn char(c: char) -> Self {
        Self { key: ChordKey::Char(c), ctrl: Ctrl::Up, alt: Alt::Up }
    }

    pub const fn named(named: Named) -> Self {
        Self { key: ChordKey::Named(named), ctrl: Ctrl::Up, alt: Alt::Up }
    }

    /// What a terminal's key event means; `None` for releases and keys nobody binds. `C-h` acts as Backspace.
    pub fn from_event(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let ctrl = if event.modifiers.contains(KeyModifiers::CONTROL) { Ctrl::Down } else { Ctrl::Up };
        let alt = if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::META) {
            Alt::Down
        } else {
            Alt::Up
        };
        let key = match event.code {
            KeyCode::Char('h') if ctrl == Ctrl::Down => {
                return Some(Self { key: ChordKey::Named(Named::Backspace), ctrl: Ctrl::Up, alt });
            }
            KeyCode::Char(c) if ctrl == Ctrl::Down => ChordKey::Char(c.to_ascii_lowercase()),
            KeyCode::Char(c) => ChordKey::Char(c),
            KeyCode::F(n) => ChordKey::F(n),
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => ChordKey::Named(Named::BackTab),
            code => ChordKey::Named(named(code)?),
        };
        Some(Self { key, ctrl, alt })
    }

    /// The chord that a full-width form or an input method's mark stands for: `／ 、` `？` `：` `。` `【` `】` `１` …
    /// are `/ / ? : . [ ] 1` ….
    #[must_use]
    pub fn twin(self) -> Self {
        let ChordKey::Char(c) = self.key else { return self };
        let twin = match c {
            '、' => '/',
            '。' => '.',
            '【' | '「' => '[',
            '】' | '」' => ']',
            '《' => '<',
            '》' => '>',
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '\u{3000}' => ' ',
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        };
        Self { key: ChordKey::Char(twin), ..self }
    }

    /// The character it writes into an input: no Ctrl, no Alt.
    pub fn text(self) -> Option<char> {
        match self {
            Self { key: ChordKey::Char(c), ctrl: Ctrl::Up, alt: Alt::Up } => Some(c),
            _ => None,
        }
    }

    /// Reads one chord as keymaps write it.
    pub fn parse(written: &str) -> Option<Self> {
        let (ctrl, rest) = match written.strip_prefix("C-") {
            Some(rest) if !rest.is_empty() => (Ctrl::Down, rest),
            _ => (Ctrl::Up, written),
        };
        let (alt, rest) = match rest.strip_prefix("A-") {
            Some(rest) if !rest.is_empty() => (Alt::Down, rest),
            _ => (Alt::Up, rest),
        };
        let mut chars = rest.chars();
        let key = match (chars.next(), chars.next()) {
            (Some(c), None) => ChordKey::Char(c),
            _ if rest == "Space" => ChordKey::Char(' '),
            _ => match rest.strip_prefix('F').and_then(|n| n.parse().ok()) {
                Some(n) if (1..=12).contains(&n) => ChordKey::F(n),
                _ => ChordKey::Named(NAMES.iter().find(|(_, name)| *name == rest)?.0),
            },
        };
        Some(Self { key, ctrl, alt })
    }
}

/// The named key of a terminal's key code.
fn named(code: KeyCode) -> Option<Named> {
    Some(match code {
        KeyCode::Enter => Named::Enter,
        KeyCode::Esc => Named::Esc,
        KeyCode::Tab => Named::Tab,
        KeyCode::BackTab => Named::BackTab,
        KeyCode::Backspace => Named::Backspace,
        KeyCode::Delete => Named::Delete,
        KeyCode::Up => Named::Up,
        KeyCode::Down => Named::Down,
        KeyCode::Left => Named::Left,
        KeyCode::Right => Named::Right,
        KeyCode::Home => Named::Home,
        KeyCode::End => Named::End,
        KeyCode::PageUp => Named::PageUp,
        KeyCode::PageDown => Named::PageDown,
        _ => return None,
    })
}

impl fmt::Display for Chord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl == Ctrl::Down {
            out.write_str("C-")?;
        }
        if self.alt == Alt::Down {
            out.write_str("A-")?;
        }
        match self.key {
            ChordKey::Char(' ') => out.write_str("Space"),
            ChordKey::Char(c) => write!(out, "{c}"),
            ChordKey::F(n) => write!(out, "F{n}"),
            ChordKey::Named(named) => {
                out.write_str(NAMES.iter().find(|(other, _)| *other == named).map_or("", |(_, name)| name))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("j")]
    #[case("C-d")]
    #[case("A-x")]
    #[case("Space")]
    #[case("Enter")]
    #[case("S-Tab")]
    #[case("F1")]
    #[case("-")]
    #[case("F")]
    fn a_chord_reads_back_as_it_is_written(#[case] written: &str) {
        assert_eq!(Chord::parse(written).map(|chord| chord.to_string()).as_deref(), Some(written));
    }

    #[rstest]
    #[case('／', '/')]
    #[case('、', '/')]
    #[case('？', '?')]
    #[case('：', ':')]
    #[case('。', '.')]
    #[case('【', '[')]
    #[case('】', ']')]
    #[case('１', '1')]
    #[case('ｊ', 'j')]
    #[case('j', 'j')]
    #[case('教', '教')]
    fn full_width_forms_count_as_their_twins(#[case] typed: char, #[case] meant: char) {
        assert_eq!(Chord::char(typed).twin(), Chord::char(meant));
    }

    #[test]
    fn control_h_acts_as_backspace_and_a_release_is_nothing() {
        let pressed = KeyEvent::new(KeyCode::Char('h'), KeyModifiers::CONTROL);
        assert_eq!(Chord::from_event(pressed), Some(Chord::named(Named::Backspace)));
        let released = KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(Chord::from_event(released), None);
    }
}
