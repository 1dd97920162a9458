//! Words of time in a line: 2024年, 今年3月, “十四五”, by 2027, March 2025. They are no figures, and say what
//! time the figures beside them speak of.

use std::ops::Range;

use regex::{Captures, Regex};

use super::letters::{Letters, is_chinese};
use super::numeral::chinese_digit;
use super::text_figure::{FigureTime, TextContext};
use super::units;
use crate::plan::metric::Moment;

/// What a pattern of time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TimeForm {
    /// Two years.
    Years,
    /// A year and the last two digits of the next.
    ShortYears,
    /// Year, month, day as numbers, the last two optional.
    Numbers,
    /// Month by name, then year; or day, month by name, year.
    Named,
    /// A year in Chinese digits.
    ChineseYear,
    /// 今年, last year; with a month.
    Relative,
    /// The n-th five-year plan.
    FiveYears,
    /// 一年来: what was spoken of last.
    PastYear,
    /// A bare year.
    Year,
    /// No time that can be named: 3月, 90年代, 21世纪.
    Unnamed,
}

const YEAR: &str = r"(?-u:\b)(1[89]\d\d|20\d\d|21\d\d)";
const MONTHS: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

fn patterns() -> Vec<(TimeForm, String)> {
    let year = YEAR;
    let months = MONTHS;
    vec![
        (TimeForm::Years, format!(r"(?i){year}\s*年?\s*(?:[—–~〜\-]{{1,2}}|至|到|and|to)\s*(1[89]\d\d|20\d\d|21\d\d)(?-u:\b)\s*(?:学年度?|年度|年)?")),
        (TimeForm::ShortYears, format!(r"{year}[/\-–](\d\d)(?-u:\b)\s*(?:学年)?")),
        (TimeForm::Numbers, format!(r"{year}\s*年\s*(\d{{1,2}})\s*月(?:\s*(\d{{1,2}})\s*[日号])?")),
        (TimeForm::Numbers, format!(r"{year}[-./](\d{{1,2}})[-./](\d{{1,2}})(?-u:\b)")),
        (TimeForm::Numbers, format!(r"{year}-(0[1-9]|1[0-2])(?-u:\b)")),
        (TimeForm::Numbers, format!(r"{year}\s*(?:学年|财年|年度|年|级|届|版)(?:初|底|末|内|间|前|后|中|上半年|下半年|春季|秋季)?")),
        (TimeForm::Named, format!(r"(?i)(?-u:\b)(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?({months})\.?,?\s+(?:(\d{{1,2}})(?:st|nd|rd|th)?,\s+)?(1[89]\d\d|20\d\d)(?-u:\b)")),
        (TimeForm::Unnamed, format!(r"(?i)(?-u:\b)(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)(?:{months})(?-u:\b)|(?-u:\b)(?:january|february|march|april|june|july|august|september|october|november|december)\s+\d{{1,2}}(?:st|nd|rd|th)?(?-u:\b)")),
        (TimeForm::ChineseYear, r"([一二][〇零一二三四五六七八九]{3})年".to_owned()),
        (TimeForm::Relative, r"(今年|本年度?|当年|去年|上年度?|前年|明年|后年)(?:\s*(\d{1,2})月(?:(\d{1,2})日)?(?:份)?)?".to_owned()),
        (TimeForm::Relative, r"(?i)(?-u:\b)(this year|last year|next year|the previous year)(?-u:\b)".to_owned()),
        (TimeForm::FiveYears, r"(十[一二三四五六七八九]|二十)五(?:时期|期间|末|规划|以来|[”」』’])".to_owned()),
        (TimeForm::FiveYears, r"[“「『‘](十[一二三四五六七八九]|二十)五[”」』’]".to_owned()),
        (TimeForm::FiveYears, r"(?i)(?-u:\b)(\d\d)th\s+(?:national\s+)?(?:five-year|fyp)(?:\s+plan)?(?:\s+period)?".to_owned()),
        (TimeForm::PastYear, r"一年来|过去一年|这一年|(?i:(?:in|over|during) the (?:past|last) year)".to_owned()),
        (TimeForm::Unnamed, r"(?:20|21|二十一?)世纪(?:\d0年代|[一二三四五六七八九]十年代)?|\d0年代|(?-u:\b)(?:1[89]|20)\d0s(?-u:\b)|(?i)(?-u:\b)\d\d(?:st|nd|rd|th)[ -]century(?-u:\b)".to_owned()),
        (TimeForm::Unnamed, r"\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?(?:份|底|初|中旬)?|[一二三四五六七八九十]{1,2}月份?|\d{1,2}日|\d{1,2}[点时](?:\d{1,2}分)?".to_owned()),
        (TimeForm::Year, format!(r"{year}(?-u:\b)")),
    ]
}

/// The compiled patterns.
pub struct TimePatterns {
    patterns: Vec<(TimeForm, Regex)>,
}

impl TimePatterns {
    pub fn compile() -> Self {
        let compiled =
            patterns().into_iter().filter_map(|(form, text)| Some((form, Regex::new(&text).ok()?)));
        Self { patterns: compiled.collect() }
    }

    pub fn count(&self) -> usize {
        self.patterns.len()
    }
}

/// A word of time in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeWord {
    pub span: Range<usize>,
    /// The time, where it can be named.
    pub time: Option<FigureTime>,
}

/// The words of time of a line, in order; none overlaps another.
pub struct TimeWords(pub Vec<TimeWord>);

impl TimeWords {
    /// Those within some characters, in order.
    pub fn within(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = &TimeWord> {
        let from = self.0.partition_point(|word| word.span.start < range.start);
        let to = self.0.partition_point(|word| word.span.end <= range.end);
        self.0[from.min(to)..to].iter()
    }

    /// Finds them; what was named last is kept for the lines that follow.
    pub fn find(
        patterns: &TimePatterns,
        line: &Letters,
        source: &str,
        places: &[usize],
        context: &mut TextContext,
    ) -> Self {
        let mut found: Vec<(TimeForm, TimeWord)> = Vec::new();
        let mut covered = vec![false; line.len()];
        for (form, pattern) in &patterns.patterns {
            for captures in pattern.captures_iter(source) {
                let Some(whole) = captures.get(0) else { continue };
                let span = places[whole.start()]..places[whole.end()];
                let taken = covered[span.clone()].contains(&true);
                if taken || !is_time(*form, line, &span) {
                    continue;
                }
                let time = named(*form, &captures, context);
                if time.is_some() || *form != TimeForm::Numbers {
                    covered[span.clone()].fill(true);
                    found.push((*form, TimeWord { span, time }));
                }
            }
        }
        found.sort_by_key(|(_, word)| word.span.start);
        let mut words = Vec::with_capacity(found.len());
        for (form, mut word) in found {
            if form == TimeForm::PastYear {
                word.time = context.spoken_of;
            } else if form != TimeForm::Relative && word.time.is_some() {
                context.spoken_of = word.time;
            }
            words.push(word);
        }
        Self(words)
    }
}

/// Whether a match is a time and not the amount that it looks like.
fn is_time(form: TimeForm, line: &Letters, span: &Range<usize>) -> bool {
    let before = line.before(span.start);
    let next = line.at(span.end);
    match form {
        TimeForm::Unnamed => !before.is_ascii_digit() && before != '.',
        TimeForm::ShortYears => {
            let last = line.text(span.end.saturating_sub(2)..span.end);
            line.at(span.start + 4) == '/' || last.parse::<u32>().is_ok_and(|last| last > 12)
        }
        TimeForm::Years if line.text(span.clone()).contains("and") => {
            line.has_before(line.skip_spaces_back(span.start), "between")
        }
        TimeForm::Year => {
            let part = matches!(next, ',' | '.' | '，') && line.at(span.end + 1).is_ascii_digit();
            let money = matches!(before, '$' | '¥' | '€' | '£' | '.' | ',');
            let unit = units::unit(line, span.end, super::numeral::NumeralScript::Digits).is_some();
            let scaled = matches!(line.at(line.skip_spaces(span.end)), '余' | '多' | '万' | '亿');
            if part || money || unit || scaled {
                return false;
            }
            if is_chinese(next) {
                return !super::bounds::before(line, span.start).is_some_and(|_| is_chinese(before));
            }
            let preposition = line.word_before(line.skip_spaces_back(span.start)).map(|word| line.text(word));
            let of_time = preposition.as_deref().is_some_and(|word| {
                [
                    "in", "by", "since", "until", "from", "for", "of", "during", "after", "before", "the",
                    "end", "to", "year", "late", "early", "mid", "and", "autumn", "spring",
                ]
                .contains(&word)
            });
            let bounded = super::bounds::before(line, span.start).is_some();
            let round = line.text(span.clone()).ends_with("00");
            let counts = units::english_noun(line, span.end).is_some();
            of_time || !((bounded && (counts || round)) || (round && counts))
        }
        _ => true,
    }
}

fn number<T: std::str::FromStr>(captures: &Captures, group: usize) -> Option<T> {
    captures.get(group)?.as_str().parse().ok()
}

fn moment(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Moment> {
    match (month, day) {
        (None, _) => Some(Moment::Year(year)),
        (Some(month), Some(day)) => jiff::civil::Date::new(year, month, day).ok().map(Moment::Day),
        (Some(month), None) => (1..=12).contains(&month).then_some(Moment::Month(year, month)),
    }
}

fn named(form: TimeForm, captures: &Captures, context: &TextContext) -> Option<FigureTime> {
    let year = |group| number::<i16>(captures, group);
    match form {
        TimeForm::Years => span(year(1)?, year(2)?),
        TimeForm::ShortYears => {
            let first = year(1)?;
            span(first, first - first % 100 + year(2)?)
        }
        TimeForm::Numbers => moment(
            year(1)?,
            captures.get(2).and_then(|_| number(captures, 2)),
            captures.get(3).and_then(|_| number(captures, 3)),
        )
        .map(FigureTime::At),
        TimeForm::Named => {
            let month = month_number(captures.get(2)?.as_str())?;
            let day = number(captures, 1).or_else(|| number(captures, 3));
            moment(year(4)?, Some(month), day).map(FigureTime::At)
        }
        TimeForm::ChineseYear => {
            let digits = captures.get(1)?.as_str().chars().filter_map(chinese_digit);
            let year = digits.fold(0u64, |sum, digit| sum * 10 + digit);
            i16::try_from(year).ok().map(|year| FigureTime::At(Moment::Year(year)))
        }
        TimeForm::Relative => {
            let written = context.written?;
            let year = match captures.get(1)?.as_str().to_ascii_lowercase().as_str() {
                "去年" | "上年" | "上年度" | "last year" | "the previous year" => written - 1,
                "前年" => written - 2,
                "明年" | "next year" => written + 1,
                "后年" => written + 2,
                "当年" => return None,
                _ => written,
            };
            moment(year, number(captures, 2), number(captures, 3)).map(FigureTime::At)
        }
        TimeForm::FiveYears => {
            let which = captures.get(1)?.as_str();
            let count = which.parse::<i16>().ok().or_else(|| {
                let chars: Vec<char> = which.chars().collect();
                super::numeral::chinese_value(&chars).and_then(|value| i16::try_from(value).ok())
            })?;
            // The tenth ran from 2001 to 2005.
            let first = 2001 + 5 * (count - 10);
            span(first, first + 4)
        }
        TimeForm::Year => year(1).map(|year| FigureTime::At(Moment::Year(year))),
        TimeForm::PastYear | TimeForm::Unnamed => None,
    }
}

fn span(from: i16, to: i16) -> Option<FigureTime> {
    (from < to).then_some(FigureTime::Span(Moment::Year(from), Moment::Year(to)))
}

/// The number of a month by its English name.
pub fn month_number(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let small = name.to_ascii_lowercase();
    let at = NAMES.iter().position(|own| small.starts_with(own))?;
    i8::try_from(at + 1).ok()
}

/// How many patterns are declared.
pub fn declared() -> usize {
    patterns().len()
}
