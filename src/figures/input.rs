//! The one figure that somebody types: ８８．５, 88.5%, 8.4万, −6.5, 约 88, 不少于 90, 八百万, at least 40.

use super::reading;
use unicode_normalization::UnicodeNormalization;

use super::bounds;
use super::letters::{Letters, is_dash};
use super::phrases;
use super::units;
use crate::plan::metric::{Bound, Decimal};

/// A number as it was typed, with what was typed around it.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedNumber {
    /// The number; 8.4万 is 84000.
    pub value: Decimal,
    /// The bound that was typed with it: 约, at least.
    pub bound: Option<Bound>,
    /// The unit that was typed behind it, as [`super::TextFigure::unit`] has it.
    pub unit: String,
}

/// A number or a time as it is typed, in the characters that are read: full-width ones of a Chinese keyboard
/// and the minus sign count as the plain ones.
pub fn plain(text: &str) -> String {
    let minus = |c| if matches!(c, '\u{2212}' | '\u{2013}') { '-' } else { c };
    text.trim().nfkc().map(minus).collect()
}

/// Two numbers with `..` or a dash between them that are all of a text.
pub fn range(text: &str) -> Option<(TypedNumber, TypedNumber)> {
    let typed = plain(text);
    if let Some((from, to)) = typed.split_once("..") {
        return Some((number(from)?, number(to)?));
    }
    let dash = typed.char_indices().skip(1).find(|(_, c)| is_dash(*c)).map(|(at, _)| at)?;
    let (from, to) = typed.split_at(dash);
    let (from, to) = (number(from)?, number(to.trim_start_matches(is_dash))?);
    // 3—5万 is in 万 on both sides, which nobody should have to guess here.
    (from.value.value <= to.value.value).then_some((from, to))
}

/// One number that is all of a text; `None` where anything else stands there.
pub fn number(text: &str) -> Option<TypedNumber> {
    let typed = plain(text);
    // TOML writes exponents, which no text does.
    if let Some(value) = Decimal::parse(&typed.replace(',', "")) {
        return Some(TypedNumber { value, bound: None, unit: String::new() });
    }
    let line = Letters::new(&typed);
    let start = (0..line.len())
        .find(|at| reading::numeral(&line, *at).is_some() || phrases::at(&line, *at).is_some())?;
    let (value, mut end, mut unit, mut bound) = match phrases::at(&line, start) {
        Some(phrase) => (phrase.value, phrase.end, phrase.unit.to_owned(), phrase.bound),
        None => {
            let numeral = reading::numeral(&line, start)?;
            let more = numeral.has_more.then_some(Bound::MoreThan);
            (numeral.value, numeral.end, String::new(), more)
        }
    };
    if let Some(more) = bounds::more(&line, end) {
        (bound, end) = (Some(Bound::MoreThan), more);
    }
    if unit.is_empty()
        && let Some(found) = units::unit(&line, end, super::numeral::NumeralScript::Digits)
    {
        (unit, end) = (found.unit, found.end);
    }
    if let Some((behind, behind_end)) = bounds::behind(&line, end) {
        (bound, end) = (Some(bound.unwrap_or(behind)), behind_end);
    }
    let mut first = start;
    if let Some((before, before_start)) = bounds::before(&line, start) {
        (bound, first) = (Some(before), before_start);
    }
    let all = line.skip_spaces_back(first) == 0 && line.skip_spaces(end) == line.len();
    // 万 by itself is no number; 近百 is one.
    let is_bare = reading::numeral(&line, start).is_some_and(|numeral| numeral.is_bare);
    (all && !(is_bare && bound.is_none())).then_some(TypedNumber { value, bound, unit })
}
