//! What people type, as the journal takes it: verdicts, shares, tags, figures. One reading of each, for
//! flags, forms and prompts alike.

mod figure;

use unicode_normalization::UnicodeNormalization;

pub use figure::{FigurePart, FigureText, figure, moment, when};

use super::record::NodeName;
use crate::figures::input;
use crate::plan::State;
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui, suggest};

/// Something typed that is not taken, and what would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedText {
    /// What was typed, on one line and safe to show; empty where nothing was.
    pub value: String,
    /// What would be accepted in its place.
    pub next: Bilingual,
}

impl RefusedText {
    pub(super) fn new(value: &str, next: Bilingual) -> Self {
        Self { value: one_line(value).into_owned(), next }
    }

    /// In one line: what is wrong and what would be right.
    pub fn said(&self) -> Bilingual {
        if self.value.is_empty() {
            return self.next.clone();
        }
        let Bilingual { zh, en } = &self.next;
        Bilingual::new(format!("不接受 {}：{zh}", self.value), format!("{} is not taken: {en}", self.value))
    }
}

/// What clears a verdict or an estimate.
pub const NONE: &str = "none";

/// Longest tag, in characters.
const MAX_TAG_CHARS: usize = 64;

/// The word among some.
///
/// # Errors
/// Where it is none of them: the one that was meant, or all of them.
pub fn word<T: Copy>(value: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, RefusedText> {
    if let Some(found) = all.iter().find(|each| name(**each) == value) {
        return Ok(*found);
    }
    let list = || all.iter().map(|each| name(*each)).collect::<Vec<_>>().join(", ");
    // A letter is near every other.
    let meant =
        suggest::closest(value, all.iter().map(|each| name(*each))).filter(|_| value.chars().count() > 2);
    let next = match meant {
        Some(meant) => Bilingual::new(format!("是否为 {meant}？"), format!("did you mean {meant}?")),
        None => Bilingual::new(format!("可用：{}", list()), format!("there are: {}", list())),
    };
    Err(RefusedText::new(value, next))
}

/// Words that are not all white space.
///
/// # Errors
/// Where nothing is said.
pub fn words(text: &str) -> Result<Box<str>, RefusedText> {
    if text.trim().is_empty() {
        return Err(RefusedText::new("", Bilingual::new("内容为空：写出内容", "it is empty: say something")));
    }
    Ok(text.into())
}

/// A tag: trimmed, in NFC, on one line.
///
/// # Errors
/// Where nothing remains, or more than a tag.
pub fn tag(text: &str) -> Result<NodeName, RefusedText> {
    let tag: String = text.trim().trim_start_matches('#').nfc().collect();
    let fits = !tag.is_empty() && tag.chars().count() <= MAX_TAG_CHARS && !tag.chars().any(char::is_control);
    if fits {
        return Ok(tag.into());
    }
    let next = Bilingual::new("标签为1至64个字符，不换行", "a tag has 1 to 64 characters on one line");
    Err(RefusedText::new(text, next))
}

/// A person's verdict by its word, glyph or Chinese label; `None` clears it.
///
/// # Errors
/// Where it is none that people give.
pub fn verdict(text: &str) -> Result<Option<State>, RefusedText> {
    if text == NONE {
        return Ok(None);
    }
    let named = |state: &State| text == state.word() || text == state.glyph() || text == state.label(Ui::Zh);
    let people: Vec<State> = State::ALL.into_iter().filter(|state| state.is_for_people()).collect();
    match State::ALL.iter().find(|state| named(state)) {
        Some(state) if state.is_for_people() => Ok(Some(*state)),
        Some(_) => {
            let list = people.iter().map(|state| state.word()).collect::<Vec<_>>().join(", ");
            let next = Bilingual::new(
                format!("该状态只由计算得出；可用：{list}"),
                format!("that one is computed only; there are: {list}"),
            );
            Err(RefusedText::new(text, next))
        }
        None => word(text, &people, State::word).map(Some),
    }
}

/// 0 to 100, with or without a percent sign; `None` clears it.
///
/// # Errors
/// Where it is no such number.
pub fn share(text: &str) -> Result<Option<u8>, RefusedText> {
    if text == NONE {
        return Ok(None);
    }
    let typed = input::plain(text);
    let number = typed.strip_suffix('%').unwrap_or(&typed).trim();
    let share = number.parse::<u8>().ok().filter(|share| *share <= 100);
    share.map(Some).ok_or_else(|| {
        let next =
            Bilingual::new("0到100的整数，或 none 清除", "a whole number from 0 to 100, or none to clear it");
        RefusedText::new(text, next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("on-track", Some(Some(State::OnTrack)))]
    #[case("顺", Some(Some(State::OnTrack)))]
    #[case("进展顺利", Some(Some(State::OnTrack)))]
    #[case("none", Some(None))]
    #[case("overdue", None)] // computed only
    #[case("fine", None)]
    fn a_verdict_has_a_word_a_glyph_and_a_label(#[case] text: &str, #[case] read: Option<Option<State>>) {
        assert_eq!(verdict(text).ok(), read);
    }

    #[rstest]
    #[case("40", Some(Some(40)))]
    #[case("40%", Some(Some(40)))]
    #[case("40 ％", Some(Some(40)))]
    #[case("６０", Some(Some(60)))]
    #[case(" ６０％ ", Some(Some(60)))]
    #[case("100", Some(Some(100)))]
    #[case("101", None)]
    #[case("-1", None)]
    #[case("", None)]
    #[case("none", Some(None))]
    fn a_share_is_a_whole_number_to_100(#[case] text: &str, #[case] read: Option<Option<u8>>) {
        assert_eq!(share(text).ok(), read);
    }

    #[rstest]
    #[case(" #急 ", Some("急"))]
    #[case("e\u{301}cole", Some("école"))]
    #[case("two\nlines", None)]
    #[case("  ", None)]
    fn a_tag_is_one_line_in_one_form(#[case] text: &str, #[case] read: Option<&str>) {
        assert_eq!(tag(text).ok().as_deref(), read);
    }

    #[test]
    fn a_refusal_names_what_was_meant() {
        let refused = verdict("on-trak").unwrap_err();
        assert!(refused.next.en.contains("on-track"), "{refused:?}");
        assert!(refused.said().en.starts_with("on-trak is not taken"));
    }
}
