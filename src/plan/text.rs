//! Text in the plan's languages, and the two languages the program itself speaks.

use std::path::Path;

use serde::Serialize;

use crate::grid;

/// A language the program itself speaks. A plan may have others ([`super::Plan::languages`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ui {
    /// Chinese, simplified.
    Zh,
    /// English.
    En,
}

impl Ui {
    /// The one of two wordings that this language reads.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Ui::Zh => zh,
            Ui::En => en,
        }
    }
}

/// A sentence of the program in both its languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Said {
    /// Both wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The wording for one language.
    pub fn get(&self, ui: Ui) -> &str {
        ui.pick(&self.zh, &self.en)
    }
}

/// A language of the plan: its place in [`super::Plan::languages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub u8);

/// A text of the plan, one wording a language, in the order of the plan's languages. A missing wording is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Box<[Box<str>]>);

impl Text {
    /// Wordings in the order of the plan's languages.
    pub fn new(wordings: Vec<Box<str>>) -> Self {
        Self(wordings.into())
    }

    /// The wording of one language, if there is one.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.0.get(usize::from(lang.0)).map(AsRef::as_ref).filter(|text: &&str| !text.is_empty())
    }

    /// The wording of `lang`, or the first there is, which the caller then marks as borrowed.
    pub fn get_or_first(&self, lang: Lang) -> Wording<'_> {
        match self.get(lang) {
            Some(text) => Wording { text, lang, borrowed: false },
            None => self.iter().next().map_or(Wording { text: "", lang, borrowed: false }, |(lang, text)| {
                Wording { text, lang, borrowed: true }
            }),
        }
    }

    /// The languages that have a wording, with it.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &str)> {
        (0u8..)
            .zip(self.0.iter())
            .filter(|(_, text)| !text.is_empty())
            .map(|(lang, text)| (Lang(lang), text.as_ref()))
    }

    /// No language has a wording.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|text| text.is_empty())
    }
}

/// One wording of a [`Text`], as found for a wanted language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording<'a> {
    /// The words; empty only where the text has none at all.
    pub text: &'a str,
    /// The language they are in.
    pub lang: Lang,
    /// They are not in the language asked for: shown with a mark.
    pub borrowed: bool,
}

/// Which of the plan's languages are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// One language.
    One(Lang),
    /// Two side by side; the first is the main one.
    Both(Lang, Lang),
}

impl Show {
    /// The language that stands where there is room for one only.
    pub fn main(self) -> Lang {
        match self {
            Show::One(lang) | Show::Both(lang, _) => lang,
        }
    }

    /// The second language, in `both`.
    pub fn second(self) -> Option<Lang> {
        match self {
            Show::One(_) => None,
            Show::Both(_, second) => Some(second),
        }
    }
}

/// Whether a character must not reach a terminal or a report as it is: controls (tab and line feed are the caller's matter), and the
/// invisible marks that reorder or hide text (Unicode bidirectional controls, zero-width joiners outside emoji are left alone).
pub fn is_unsafe_char(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
        || matches!(c, '\u{E0000}'..='\u{E007F}' | '\u{FFF9}'..='\u{FFFB}')
}

/// The text on one line with every unsafe character replaced by U+FFFD; runs of tab, CR and LF become one space.
pub fn one_line(text: &str) -> std::borrow::Cow<'_, str> {
    grid::work::look_at(text.len());
    if !text.chars().any(is_unsafe_char) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' if out.ends_with(' ') => {}
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_unsafe_char(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out.into()
}

/// As much of a text as shows in so many columns, made one line as by [`one_line`]; it ends in `…` where more
/// follows. However long the text is, only what may show is looked at.
pub fn line_within(text: &str, max_cols: usize) -> std::borrow::Cow<'_, str> {
    let seen = grid::reach(text, max_cols);
    let line = one_line(seen);
    if seen.len() < text.len() {
        return grid::cut(&format!("{line}…"), max_cols).into_owned().into();
    }
    match line {
        std::borrow::Cow::Borrowed(line) => grid::cut(line, max_cols),
        std::borrow::Cow::Owned(line) => grid::cut(&line, max_cols).into_owned().into(),
    }
}

/// The text with line breaks kept and every other unsafe character replaced by U+FFFD (a tab by a space).
pub fn many_lines(text: &str) -> std::borrow::Cow<'_, str> {
    grid::work::look_at(text.len());
    if !text.chars().any(|c| c != '\n' && is_unsafe_char(c)) {
        return text.into();
    }
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\n' => '\n',
            '\t' => ' ',
            c if is_unsafe_char(c) => '\u{FFFD}',
            c => c,
        })
        .collect::<String>()
        .into()
}
/// A path on one line, for a reader.
pub fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}

/// Bytes as hexadecimal digits, two a byte, in lower case.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
