//! A numeral at a place: digits with their commas, decimals and 万 or "million", and Chinese numerals.

use super::letters::{Letters, is_dash};
use crate::plan::metric::Decimal;

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumeralScript {
    Digits,
    Chinese,
    English,
}

/// A numeral of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    pub start: usize,
    pub end: usize,
    pub value: Decimal,
    pub script: NumeralScript,
    /// The power of ten that a word such as 万 behind it stands for; 0 without one.
    pub power: u32,
    /// 余 or 多 stands within it: 20余万.
    pub has_more: bool,
    /// It begins with 百, 千, 万 or 亿 without a digit before: 百所 counts only with a bound.
    pub is_bare: bool,
    /// Written with digits only, without comma, decimals or scale: it may be a name or a year.
    pub is_plain: bool,
}

/// Words of scale behind digits, longest first where one begins another.
const SCALES: [(&str, u32); 14] = [
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("亿", 8),
    ("億", 8),
    ("万", 4),
    ("萬", 4),
    ("千", 3),
    ("百", 2),
    ("万万", 8),
];

const ENGLISH_SCALES: [(&str, u32); 12] = [
    ("trillion", 12),
    ("billion", 9),
    ("million", 6),
    ("thousand", 3),
    ("hundred", 2),
    ("bn", 9),
    ("mn", 6),
    ("tn", 12),
    ("mln", 6),
    ("bln", 9),
    ("k", 3),
    ("m", 6),
];

impl Numeral {
    /// The same number with another scale, for the lower end of 3—5万.
    pub fn scaled(self, power: u32) -> Option<Self> {
        let value = Decimal::parse(&format!("{}e{power}", self.value))?;
        Some(Self { value, power, is_plain: false, ..self })
    }
}

/// The end of a number in digits: `3,247`, `57.5`.
fn digits_end(line: &Letters, at: usize) -> Option<usize> {
    let run = |mut at: usize| {
        while line.at(at).is_ascii_digit() {
            at += 1;
        }
        at
    };
    let mut end = run(at);
    if end == at {
        return None;
    }
    if end - at <= 3 {
        // Thousands stand in groups of three.
        while matches!(line.at(end), ',' | '，') && run(end + 1) == end + 4 {
            end += 4;
        }
    }
    if line.at(end) == '.' && line.at(end + 1).is_ascii_digit() {
        end = run(end + 1);
    }
    Some(end)
}

/// Whether a minus behind this letter is a sign and not a dash between two things.
fn may_be_negative(before: char) -> bool {
    !(before.is_alphanumeric() || matches!(before, '%' | ')'))
        || matches!(before, '为' | '达' | '至' | '到' | '是' | '于' | '率')
}

/// Digits at a place, with sign and scale. What touches letters is a name and is left out by the names.
pub fn digits(line: &Letters, at: usize) -> Option<Numeral> {
    let signed = matches!(line.at(at), '-' | '−') && may_be_negative(line.before(at));
    let start = at;
    let first = if signed { at + 1 } else { at };
    if line.before(first).is_ascii_digit() || (line.before(first) == '.' && !signed) {
        return None;
    }
    let mut end = digits_end(line, first)?;
    let mut literal: String = line.text(first..end).chars().filter(|c| !matches!(c, ',' | '，')).collect();
    if signed {
        literal.insert(0, '-');
    }
    let mut is_plain = end - first == literal.trim_start_matches('-').len() && !literal.contains('.');
    let mut has_more = false;
    let mut power = 0;
    if let Some((scale_end, found, more)) = scale(line, end) {
        (end, power, has_more) = (scale_end, found, more);
        is_plain = false;
    }
    let value = Decimal::parse(&format!("{literal}e{power}"))?;
    Some(Numeral {
        start,
        end,
        value,
        script: NumeralScript::Digits,
        power,
        has_more,
        is_bare: false,
        is_plain,
    })
}

/// A word of scale behind digits: its end, its power, and whether 余 stands before it.
fn scale(line: &Letters, end: usize) -> Option<(usize, u32, bool)> {
    let more = matches!(line.at(end), '余' | '多' | '來');
    let word = line.skip_spaces(if more { end + 1 } else { end });
    let words: Vec<&str> = SCALES.iter().map(|(word, _)| *word).collect();
    if let Some((found, scale_end)) = line.longest(word, &words) {
        let power = SCALES.iter().find(|(word, _)| *word == found).map_or(0, |(_, power)| *power);
        return (!is_unit_instead(line, found, scale_end)).then_some((scale_end, power, more));
    }
    let word = line.skip_spaces(end);
    let range = line.word(word)?;
    let text = line.text(range.clone());
    let (_, power) = ENGLISH_SCALES.iter().find(|(scale, _)| *scale == text)?;
    let short = text.len() <= 3;
    let money = line.before(line.skip_spaces_back(first_digit(line, end)));
    let is_money = matches!(money, '$' | '¥' | '€' | '£');
    let stands = match text.as_str() {
        "k" => word == end,
        "m" => is_money,
        _ => !short || is_money || word == end,
    };
    stands.then_some((range.end, *power, false))
}

fn first_digit(line: &Letters, end: usize) -> usize {
    let mut at = end;
    while line.before(at).is_ascii_digit() || matches!(line.before(at), ',' | '.') {
        at -= 1;
    }
    at
}

/// 千米, 千瓦 and 百分 are units, not scales.
fn is_unit_instead(line: &Letters, scale: &str, end: usize) -> bool {
    let next = line.at(end);
    match scale {
        "千" => matches!(next, '米' | '克' | '瓦' | '卡' | '分' | '伏' | '字' | '兆'),
        "百" => matches!(next, '分' | '帕' | '强' | '年'),
        _ => false,
    }
}

pub fn chinese_digit(c: char) -> Option<u64> {
    const DIGITS: &str = "零一二三四五六七八九";
    let at = DIGITS.chars().position(|own| own == c);
    match (at, c) {
        (Some(at), _) => u64::try_from(at).ok(),
        (None, '〇') => Some(0),
        (None, '两' | '兩') => Some(2),
        (None, _) => None,
    }
}

pub fn chinese_unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        '万' | '萬' => Some(10_000),
        '亿' | '億' => Some(100_000_000),
        _ => None,
    }
}

pub fn is_chinese_numeral(c: char) -> bool {
    chinese_digit(c).is_some() || chinese_unit(c).is_some()
}

/// What a run of Chinese numerals says. A run that is no one number (十五五, 三四) says nothing; digits by
/// themselves (二〇三五) are a number from three places on.
pub fn chinese_value(numeral: &[char]) -> Option<u64> {
    if numeral.is_empty() || numeral.len() > 12 {
        return None;
    }
    if numeral.iter().all(|c| chinese_digit(*c).is_some()) {
        let places = numeral.len() == 1 || numeral.len() >= 3;
        let digits = numeral.iter().filter_map(|c| chinese_digit(*c));
        return places.then(|| digits.fold(0, |sum, digit| sum * 10 + digit));
    }
    let (mut total, mut section, mut pending) = (0u64, 0u64, None::<u64>);
    let mut last = u64::MAX;
    for c in numeral {
        match (chinese_digit(*c), chinese_unit(*c)) {
            (Some(0), _) if pending.is_none() => {}
            (Some(digit), _) if pending.is_none() => pending = Some(digit),
            (None, Some(unit @ (10 | 100 | 1_000))) if unit < last => {
                section += pending.take().unwrap_or(1) * unit;
                last = unit;
            }
            (None, Some(unit @ (10_000 | 100_000_000))) => {
                section += pending.take().unwrap_or(0);
                if section == 0 && total == 0 {
                    return None;
                }
                let whole = if section == 0 { std::mem::take(&mut total) } else { section };
                total += whole.checked_mul(unit)?;
                section = 0;
                last = u64::MAX;
            }
            _ => return None,
        }
    }
    Some(total + section + pending.unwrap_or(0))
}

/// A Chinese numeral at a place, the longest there is: 八百万, 二十余万, 九十五点五.
pub fn chinese(line: &Letters, at: usize) -> Option<Numeral> {
    if !is_chinese_numeral(line.at(at)) || is_chinese_numeral(line.before(at)) {
        return None;
    }
    let mut run = at;
    while is_chinese_numeral(line.at(run)) {
        run += 1;
    }
    let is_bare = chinese_unit(line.at(at)).is_some_and(|unit| unit > 10);
    let mut chars: Vec<char> = line.small[at..run].to_vec();
    if is_bare {
        chars.insert(0, '一');
    }
    let mut value = Decimal::parse(&chinese_value(&chars)?.to_string())?;
    let mut end = run;
    let mut has_more = false;
    let fraction: Vec<u64> = (run + 1..).map_while(|at| chinese_digit(line.at(at))).collect();
    if line.at(run) == '点' && !fraction.is_empty() {
        let places: String = fraction.iter().map(ToString::to_string).collect();
        value = Decimal::parse(&format!("{value}.{places}"))?;
        end = run + 1 + fraction.len();
    }
    if matches!(line.at(end), '余' | '多')
        && let Some(unit) = chinese_unit(line.at(end + 1)).filter(|unit| *unit >= 10_000)
    {
        value = Decimal::parse(&format!("{}", (value.value * f64::from(u32::try_from(unit).ok()?)).round()))?;
        (end, has_more) = (end + 2, true);
    }
    let script = NumeralScript::Chinese;
    Some(Numeral { start: at, end, value, script, power: 0, has_more, is_bare, is_plain: false })
}

/// Whether a numeral's first place is the end of a range: 35—45.
pub fn range_dash(line: &Letters, end: usize) -> Option<usize> {
    let at = line.skip_spaces(end);
    let mut dash = at;
    while is_dash(line.at(dash)) {
        dash += 1;
    }
    let count = dash - at;
    ((1..=2).contains(&count)).then(|| line.skip_spaces(dash))
}
