//! Numbers as people write them: 十五年 and 15年, 二〇三五 and 2035, 8.4万 and 84000 are one thing to look for.
//!
//! The query is spelled in each way and the text left alone, for two reasons: a text folded to digits could
//! no longer be found by how it is read (shiwunian), and 十五 would no longer be found in 十五五.

use crate::figures::numeral::{chinese_digit, chinese_unit, chinese_value};

/// Longest word that is respelled, in characters.
const MAX_WORD_CHARS: usize = 48;

/// Other spellings of a folded word, none equal to it, each once.
pub fn spellings(word: &[char]) -> Vec<Vec<char>> {
    let mut out: Vec<Vec<char>> = Vec::new();
    if word.len() > MAX_WORD_CHARS
        || !word
            .iter()
            .any(|c| c.is_ascii_digit() || chinese_digit(*c).is_some() || chinese_unit(*c).is_some())
    {
        return out;
    }
    for other in [
        whole(word),
        in_wan(word),
        in_digits(word),
        in_chinese(word, NumeralStyle::Units),
        in_chinese(word, NumeralStyle::Places),
    ]
    .into_iter()
    .flatten()
    {
        if other != word && !out.contains(&other) {
            out.push(other);
        }
    }
    out
}

/// The number a word is, in its shortest decimal form: `3247`, `95.2`. `None` where it is no number.
pub fn figure(word: &[char]) -> Option<String> {
    let text: String = whole(word).unwrap_or_else(|| word.to_vec()).into_iter().collect();
    let text = text.strip_suffix('%').unwrap_or(&text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits =
        !whole.is_empty() && whole.len() <= 15 && fraction.len() <= 15 && digits(whole) && digits(fraction);
    fits.then(|| shortest(text))
}

/// A decimal without zeros that say nothing.
pub fn shortest(decimal: &str) -> String {
    if !decimal.contains('.') {
        return decimal.to_owned();
    }
    decimal.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How a Chinese numeral is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumeralStyle {
    /// 十五, 二百三十.
    Units,
    /// 二〇三五.
    Places,
}

/// `8.4万` as `84000`; `None` where no number stands before 万 or 亿.
fn whole(word: &[char]) -> Option<Vec<char>> {
    let at = word.iter().position(|c| matches!(c, '万' | '亿'))?;
    let zeros = if word[at] == '万' { 4 } else { 8 };
    let start = word[..at].iter().rposition(|c| !c.is_ascii_digit() && *c != '.').map_or(0, |last| last + 1);
    let number: String = word[start..at].iter().collect();
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    if whole.is_empty() || whole.len() > 9 || fraction.len() > zeros || fraction.contains('.') {
        return None;
    }
    let digits = format!("{whole}{fraction:0<zeros$}");
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    Some(word[..start].iter().copied().chain(digits.chars()).chain(word[at + 1..].iter().copied()).collect())
}

/// `84000` as `8.4万`, where that is shorter than the digits.
fn in_wan(word: &[char]) -> Option<Vec<char>> {
    let start = word.iter().position(char::is_ascii_digit)?;
    let end = word[start..].iter().position(|c| !c.is_ascii_digit()).map_or(word.len(), |at| start + at);
    let digits: String = word[start..end].iter().collect();
    let beside = |at: Option<&char>| at.is_some_and(|c| matches!(c, '.' | '万' | '亿'));
    let round = digits.len() > 4 && digits.len() <= 12 && !digits.starts_with('0') && digits.ends_with("00");
    if !round || beside(word.get(end)) || beside(start.checked_sub(1).and_then(|at| word.get(at))) {
        return None;
    }
    let (head, tail) = digits.split_at(digits.len() - 4);
    let written = shortest(&format!("{head}.{tail}"));
    Some(
        word[..start]
            .iter()
            .copied()
            .chain(written.chars())
            .chain(['万'])
            .chain(word[end..].iter().copied())
            .collect(),
    )
}

/// Chinese numerals as digits. A run that is no one number (十五五) stays.
fn in_digits(word: &[char]) -> Option<Vec<char>> {
    let is_numeral = |c: &char| chinese_digit(*c).is_some() || chinese_unit(*c).is_some();
    let mut out = Vec::new();
    let mut at = 0;
    while at < word.len() {
        let run = word[at..].iter().take_while(|c| is_numeral(c)).count();
        if run == 0 {
            out.push(word[at]);
            at += 1;
            continue;
        }
        let numeral = &word[at..at + run];
        let lone = run == word.len() && run == 1;
        let mixed = at > 0 && word[at - 1].is_ascii_digit();
        let value = chinese_value(numeral).map(|value| value.to_string());
        match value.filter(|_| !lone && !mixed) {
            Some(digits) => out.extend(digits.chars()),
            None => out.extend(numeral),
        }
        at += run;
    }
    (out != word).then_some(out)
}

/// Digits as Chinese numerals, numbers of up to four digits.
fn in_chinese(word: &[char], style: NumeralStyle) -> Option<Vec<char>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < word.len() {
        let run = word[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if run == 0 {
            out.push(word[at]);
            at += 1;
            continue;
        }
        let number = &word[at..at + run];
        let beside =
            |c: Option<&char>| c.is_some_and(|c| matches!(c, '.' | ',' | '%') || c.is_ascii_alphabetic());
        let alone = beside(word.get(at + run)) || beside(at.checked_sub(1).and_then(|at| word.get(at)));
        match written(number, style).filter(|_| !alone) {
            Some(numeral) => out.extend(numeral),
            None => out.extend(number),
        }
        at += run;
    }
    (out != word).then_some(out)
}

fn written(number: &[char], style: NumeralStyle) -> Option<Vec<char>> {
    const PLACES: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digits: Vec<usize> =
        number.iter().filter_map(|c| c.to_digit(10)).map(|digit| digit as usize).collect();
    if style == NumeralStyle::Places {
        return (digits.len() == 4).then(|| digits.iter().map(|digit| PLACES[*digit]).collect());
    }
    if digits.len() > 4 || digits.first() == Some(&0) {
        return None;
    }
    let mut out = Vec::new();
    let mut gap = false;
    for (at, digit) in digits.iter().enumerate() {
        let power = digits.len() - 1 - at;
        if *digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        let ten = *digit == 1 && power == 1 && out.is_empty();
        if !ten {
            out.push(PLACES[*digit]);
        }
        out.extend(['十', '百', '千'].get(power.wrapping_sub(1)));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("十五年", &["15年"])]
    #[case("15年", &["十五年"])]
    #[case("十五五", &[])]
    #[case("二〇三五年", &["2035年"])]
    #[case("2035", &["二千零三十五", "二〇三五"])]
    #[case("8大", &["八大"])]
    #[case("八大行动", &["8大行动"])]
    #[case("一", &[])]
    #[case("一体", &["1体"])]
    #[case("三百二十", &["320"])]
    #[case("一千零五", &["1005"])]
    #[case("8.4万", &["84000"])]
    #[case("84000", &["8.4万"])]
    #[case("130万人", &["1300000人", "一百三十万人"])]
    #[case("95.2", &[])]
    #[case("a2", &[])]
    #[case("教育", &[])]
    fn a_number_is_spelled_in_other_ways(#[case] word: &str, #[case] expected: &[&str]) {
        let word: Vec<char> = word.chars().collect();
        let got: Vec<String> = spellings(&word).into_iter().map(|own| own.into_iter().collect()).collect();
        assert_eq!(got, expected);
    }

    #[rstest]
    #[case("3247", Some("3247"))]
    #[case("8.4万", Some("84000"))]
    #[case("95.20%", Some("95.2"))]
    #[case("95.", Some("95"))]
    #[case("1.2.3", None)]
    #[case("a2", None)]
    #[case("", None)]
    #[case("万", None)]
    fn a_figure_has_one_shortest_form(#[case] word: &str, #[case] expected: Option<&str>) {
        let word: Vec<char> = word.chars().collect();
        assert_eq!(figure(&word).as_deref(), expected);
    }
}
