//! Figures and times in words, as each of the program's languages writes them: 84000 → 8.4万 / 84,000.
//!
//! No digit is ever lost. Chinese counts in 万 (10⁴) and 亿 (10⁸) only where at most two decimals result and
//! are exact; else, and in English always, digits stand in groups of three. Decimals stay as written (95.20).
//! Percentages differ in points, never in "%".

use super::metric::{Amount, Bound, Decimal, Edge, Force, Kind, Measure, Metric, Moment, Stage, Value, When};
use crate::text::{Lang, Text, Ui, clean::one_line};

/// What stands where there is no number.
pub const NONE: &str = "—";

/// A number as written, with its decimals.
pub fn number(value: Decimal, ui: Ui) -> String {
    match in_ten_thousands(value) {
        Some(text) if ui == Ui::Zh => text,
        _ => grouped(&value.to_string()),
    }
}

/// A computed number with at most so many decimals and no trailing zeros; [`NONE`] where it is not finite.
pub fn rounded(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return NONE.into();
    }
    if value.abs() >= 1e15 {
        return format!("{value:.2e}");
    }
    let text = fixed(value, places);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { grouped(text) }
}

/// As `{value:.places$}` writes it; sooner for a number that has no more decimals than that, which most
/// figures are.
fn fixed(value: f64, places: usize) -> String {
    let factor = 10f64.powi(i32::try_from(places).unwrap_or(i32::MAX));
    let scaled = (value * factor).abs();
    let short = places <= 6 && scaled < 1e15 && scaled.fract() == 0.0 && scaled / factor == value.abs();
    if !short || places == 0 {
        return format!("{value:.places$}");
    }
    // Whole and below 10¹⁵: the cast is exact.
    let digits = scaled as u64;
    let unit = 10u64.pow(u32::try_from(places).unwrap_or_default());
    let minus = if value < 0.0 { "-" } else { "" };
    format!("{minus}{}.{:0places$}", digits / unit, digits % unit)
}

/// So many decimals, or as many as keep three significant digits of a number below 1.
pub fn places_for(value: f64, places: usize) -> usize {
    let size = value.abs();
    if !size.is_finite() || size == 0.0 || size >= 1.0 {
        return places;
    }
    let zeros =
        (1usize..=15).find(|zeros| size * 10f64.powi(i32::try_from(*zeros).unwrap_or(15)) >= 1.0 - 1e-9);
    places.max(zeros.unwrap_or(15) + 2)
}

/// A computed number as a language writes it: [`rounded`], in 万 where that loses nothing.
pub fn told(value: f64, places: usize, ui: Ui) -> String {
    let places = places_for(value, places);
    let factor = 10f64.powi(i32::try_from(places).unwrap_or(0));
    let kept = (value * factor).round() / factor;
    let whole = Decimal { value: kept, places: 0 };
    in_ten_thousands(whole).filter(|_| ui == Ui::Zh).unwrap_or_else(|| rounded(value, places))
}

/// A difference of percentages, without its sign.
pub fn points(difference: f64, ui: Ui) -> String {
    let shown = rounded(difference.abs(), places_for(difference, 2));
    let plural = if difference.abs() <= 1.0 { "point" } else { "points" };
    ui.pick(format!("{shown}个百分点"), format!("{shown} {plural}"))
}

/// A value with its bound, its unit and what is promised of it: "超 8.4万人", "at least 80 %", "striving for 10
/// colleges".
pub fn amount(value: &Value, metric: &Metric, lang: Lang, ui: Ui) -> String {
    let unit = wording(&metric.unit, lang);
    let adds = value.kind == Kind::Increment;
    let unit = match metric.measure {
        Measure::Percentage if adds => ui.pick("个百分点", "points").to_owned(),
        _ => unit,
    };
    let bare = match &value.amount {
        Amount::Number(figure) => with_unit(&number(*figure, ui), &unit, ui),
        Amount::Range(low, high) => {
            let dash = ui.pick("—", "–");
            with_unit(&format!("{}{dash}{}", number(*low, ui), number(*high, ui)), &unit, ui)
        }
        Amount::Label(text, _) => wording(text, lang),
        Amount::Stage(reached) => reached.map_or(String::new(), |reached| stage(reached, ui).to_owned()),
    };
    let bounded = bounded(&bare, value.bound, ui);
    let level = match (adds, ui) {
        (true, Ui::Zh) => format!("增加{bounded}"),
        (true, Ui::En) => format!("{bounded} more"),
        (false, _) => bounded,
    };
    match (value.force, ui) {
        (Force::Firm, _) => level,
        (Force::Strive, Ui::Zh) => format!("力争{level}"),
        (Force::Strive, Ui::En) => format!("striving for {level}"),
    }
}

/// A figure with the words of its bound.
pub fn bounded(figure: &str, bound: Bound, ui: Ui) -> String {
    match (bound, ui) {
        (Bound::Exact, _) => figure.to_owned(),
        (Bound::AtLeast, Ui::Zh) => format!("{figure}以上"),
        (Bound::MoreThan, Ui::Zh) => format!("超{figure}"),
        (Bound::AtMost, Ui::Zh) => format!("不超过{figure}"),
        (Bound::About, Ui::Zh) => format!("约{figure}"),
        (Bound::Nearly, Ui::Zh) => format!("近{figure}"),
        (Bound::AtLeast, Ui::En) => format!("at least {figure}"),
        (Bound::MoreThan, Ui::En) => format!("more than {figure}"),
        (Bound::AtMost, Ui::En) => format!("at most {figure}"),
        (Bound::About, Ui::En) => format!("about {figure}"),
        (Bound::Nearly, Ui::En) => format!("nearly {figure}"),
    }
}

/// A time as precisely as it is known.
pub fn moment(moment: Moment, ui: Ui) -> String {
    match (moment, ui) {
        (Moment::Day(day), _) => day.to_string(),
        (Moment::Year(year), Ui::Zh) => format!("{year}年"),
        (Moment::Year(year), Ui::En) => year.to_string(),
        (Moment::Month(year, month), Ui::Zh) => format!("{year}年{month}月"),
        (Moment::Month(year, month), Ui::En) => format!("{} {year}", month_name(month)),
        (Moment::Between(Edge::Month(year, from), Edge::Month(end, to)), _) if year == end => ui.pick(
            format!("{year}年{from}—{to}月"),
            format!("{}–{} {year}", month_name(from), month_name(to)),
        ),
        (Moment::Between(first, last), _) => {
            let (first, last) = (self::moment(first.into(), ui), self::moment(last.into(), ui));
            ui.pick(format!("{first}至{last}之间"), format!("between {first} and {last}"))
        }
    }
}

/// The time a value refers to, in words.
pub fn when(when: When, ui: Ui) -> String {
    match when {
        When::At(at) => moment(at, ui),
        When::Period(Moment::Year(from), Moment::Year(to)) => {
            ui.pick(format!("{from}—{to}年"), format!("{from}–{to}"))
        }
        When::Period(from, to) => {
            let (from, to) = (moment(from, ui), moment(to, ui));
            ui.pick(format!("{from}至{to}"), format!("{from} to {to}"))
        }
        When::Announced(at) => {
            let at = moment(at, ui);
            ui.pick(format!("{at}发布"), format!("announced {at}"))
        }
        When::Undated => ui.pick("无期限", "undated").into(),
        When::Unstated => ui.pick("时间未说明", "time not stated").into(),
    }
}

/// How far a milestone has come, in words.
pub fn stage(stage: Stage, ui: Ui) -> &'static str {
    stage.label(ui)
}

/// A figure and its unit. In Chinese 万 and 亿 stand close to it (8.4万人), digits do not (10 所).
pub fn with_unit(figure: &str, unit: &str, ui: Ui) -> String {
    let closes_up =
        unit.starts_with('%') || (ui == Ui::Zh && !unit.starts_with(|first: char| first.is_ascii()));
    if unit.is_empty() || closes_up { format!("{figure}{unit}") } else { format!("{figure} {unit}") }
}

fn wording(text: &Text, lang: Lang) -> String {
    one_line(text.get_or_first(lang).text).into_owned()
}

/// In 万 or 亿, where that is exact with at most two decimals.
fn in_ten_thousands(value: Decimal) -> Option<String> {
    let size = value.value.abs();
    if value.places > 0 || size.fract() != 0.0 || !(1e4..1e15).contains(&size) {
        return None;
    }
    let whole = format!("{size:.0}").parse::<u64>().ok()?;
    let (unit, word) = match whole {
        _ if whole >= 100_000_000 && whole.is_multiple_of(1_000_000) => (100_000_000, "亿"),
        _ if whole.is_multiple_of(100) => (10_000, "万"),
        _ => return None,
    };
    let hundredths = whole / (unit / 100);
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let minus = if value.value < 0.0 { "-" } else { "" };
    Some(format!("{minus}{}{word}", grouped(text)))
}

/// Digits before the point in groups of three.
fn grouped(text: &str) -> String {
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (minus, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut out = String::with_capacity(text.len() + digits.len() / 3);
    out.push_str(minus);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(fraction);
    out
}

/// A month by its name in English, from 1.
pub fn month_in_full(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month).ok().and_then(|month| NAMES.get(month.wrapping_sub(1))).copied().unwrap_or(NONE)
}

/// The first three letters of it.
fn month_name(month: i8) -> &'static str {
    month_in_full(month).get(..3).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("84000", "8.4万", "84,000")]
    #[case("3247", "3,247", "3,247")]
    #[case("1380000", "138万", "1,380,000")]
    #[case("5160000", "516万", "5,160,000")]
    #[case("6398000", "639.8万", "6,398,000")]
    #[case("117000", "11.7万", "117,000")]
    #[case("10000", "1万", "10,000")]
    #[case("9999", "9,999", "9,999")]
    #[case("57321", "57,321", "57,321")] // 5.7321万 would need four decimals
    #[case("57300", "5.73万", "57,300")]
    #[case("57310", "57,310", "57,310")]
    #[case("100000000", "1亿", "100,000,000")]
    #[case("123000000", "1.23亿", "123,000,000")]
    #[case("123450000", "12,345万", "123,450,000")]
    #[case("-84000", "-8.4万", "-84,000")]
    #[case("95.20", "95.20", "95.20")]
    #[case("84000.5", "84,000.5", "84,000.5")]
    #[case("84000.0", "84,000.0", "84,000.0")] // decimals as written
    #[case("0", "0", "0")]
    #[case("-3.5", "-3.5", "-3.5")]
    #[case("1e5", "10万", "100,000")]
    fn each_language_writes_its_numbers(#[case] literal: &str, #[case] zh: &str, #[case] en: &str) {
        let value = Decimal::parse(literal).unwrap();
        assert_eq!((number(value, Ui::Zh).as_str(), number(value, Ui::En).as_str()), (zh, en));
    }

    #[rstest]
    #[case(0.7173913, 3, "0.717")]
    #[case(2.0, 2, "2")]
    #[case(-0.0001, 2, "0")]
    #[case(12345.678, 1, "12,345.7")]
    #[case(f64::NAN, 2, "—")]
    #[case(f64::INFINITY, 2, "—")]
    #[case(100.0, 0, "100")]
    fn computed_numbers_are_rounded_and_never_nan(
        #[case] value: f64,
        #[case] places: usize,
        #[case] expected: &str,
    ) {
        assert_eq!(rounded(value, places), expected);
    }

    #[rstest]
    #[case(84_000.0, "8.4万", "84,000")]
    #[case(83_999.999_999, "8.4万", "84,000")] // noise of a sum
    #[case(57_321.5, "57,321.5", "57,321.5")]
    #[case(0.717_39, "0.7174", "0.7174")]
    #[case(f64::NAN, "—", "—")]
    fn what_is_told_in_chinese_counts_in_wan(#[case] value: f64, #[case] zh: &str, #[case] en: &str) {
        assert_eq!((told(value, 4, Ui::Zh).as_str(), told(value, 4, Ui::En).as_str()), (zh, en));
    }

    fn text(zh: &str, en: &str) -> Text {
        Text::new(vec![zh.into(), en.into()])
    }

    fn metric(measure: Measure, zh: &str, en: &str) -> Metric {
        Metric { measure, unit: text(zh, en), ..Metric::default() }
    }

    fn value(amount: Amount, bound: Bound) -> Value {
        Value { bound, ..Value::new(amount, When::Unstated) }
    }

    fn figure(literal: &str) -> Amount {
        Amount::Number(Decimal::parse(literal).unwrap())
    }

    #[rstest]
    #[case("%", "%", "95.20", Bound::Exact, "95.20%", "95.20%")]
    #[case("%", "%", "80", Bound::AtLeast, "80%以上", "at least 80%")]
    #[case("人", "people", "84000", Bound::AtLeast, "8.4万人以上", "at least 84,000 people")]
    #[case("人", "people", "84000", Bound::MoreThan, "超8.4万人", "more than 84,000 people")]
    #[case("所", "colleges", "40", Bound::About, "约40所", "about 40 colleges")]
    #[case("所", "colleges", "100", Bound::Nearly, "近100所", "nearly 100 colleges")]
    #[case("%", "%", "5", Bound::AtMost, "不超过5%", "at most 5%")]
    fn a_bound_has_its_words(
        #[case] zh_unit: &str,
        #[case] en_unit: &str,
        #[case] literal: &str,
        #[case] bound: Bound,
        #[case] zh: &str,
        #[case] en: &str,
    ) {
        let metric = metric(Measure::Unit, zh_unit, en_unit);
        let value = value(figure(literal), bound);
        assert_eq!(amount(&value, &metric, Lang(0), Ui::Zh), zh);
        assert_eq!(amount(&value, &metric, Lang(1), Ui::En), en);
    }

    #[test]
    fn what_is_striven_for_or_added_says_so() {
        let colleges = metric(Measure::Unit, "所", "colleges");
        let strive = Value { force: Force::Strive, ..value(figure("10"), Bound::Exact) };
        assert_eq!(amount(&strive, &colleges, Lang(0), Ui::Zh), "力争10所");
        assert_eq!(amount(&strive, &colleges, Lang(1), Ui::En), "striving for 10 colleges");
        let share = metric(Measure::Percentage, "%", "%");
        let more = Value { kind: Kind::Increment, ..value(figure("16.5"), Bound::Exact) };
        assert_eq!(amount(&more, &share, Lang(0), Ui::Zh), "增加16.5个百分点");
        assert_eq!(amount(&more, &share, Lang(1), Ui::En), "16.5 points more");
    }

    #[test]
    fn ranges_labels_and_stages_have_words_and_labels_are_made_safe() {
        let share = metric(Measure::Percentage, "%", "%");
        let range = Amount::Range(Decimal::whole(35), Decimal::whole(45));
        assert_eq!(amount(&value(range.clone(), Bound::Exact), &share, Lang(0), Ui::Zh), "35—45%");
        assert_eq!(amount(&value(range, Bound::Exact), &share, Lang(1), Ui::En), "35–45%");
        let label = Amount::Label(text("前列\u{202E}", "front\u{1b}[2J"), None);
        assert_eq!(amount(&value(label, Bound::Exact), &share, Lang(1), Ui::En), "front\u{FFFD}[2J");
        let signed = Amount::Stage(Some(Stage::Signed));
        assert_eq!(amount(&value(signed, Bound::Exact), &share, Lang(1), Ui::En), "signed");
    }

    #[rstest]
    #[case(When::At(Moment::Year(2024)), "2024年", "2024")]
    #[case(When::At(Moment::Month(2028, 2)), "2028年2月", "Feb 2028")]
    #[case(When::At(Moment::Day(date(2025, 10, 20))), "2025-10-20", "2025-10-20")]
    #[case(When::Period(Moment::Year(2021), Moment::Year(2025)), "2021—2025年", "2021–2025")]
    #[case(
        When::Period(Moment::Month(2025, 1), Moment::Month(2025, 6)),
        "2025年1月至2025年6月",
        "Jan 2025 to Jun 2025"
    )]
    #[case(When::Announced(Moment::Day(date(2025, 10, 20))), "2025-10-20发布", "announced 2025-10-20")]
    #[case(
        When::Announced(Moment::parse_span("2025-03/2025-05").unwrap()),
        "2025年3—5月发布",
        "announced Mar–May 2025"
    )]
    #[case(
        When::Announced(Moment::parse_span("2025-11/2026-01").unwrap()),
        "2025年11月至2026年1月之间发布",
        "announced between Nov 2025 and Jan 2026"
    )]
    #[case(When::Undated, "无期限", "undated")]
    #[case(When::Unstated, "时间未说明", "time not stated")]
    fn a_time_is_said_as_precisely_as_it_is_known(#[case] time: When, #[case] zh: &str, #[case] en: &str) {
        assert_eq!((when(time, Ui::Zh).as_str(), when(time, Ui::En).as_str()), (zh, en));
    }

    #[rstest]
    #[case(0.53, "0.53个百分点", "0.53 point")]
    #[case(-5.0, "5个百分点", "5 points")]
    fn percentages_differ_in_points(#[case] difference: f64, #[case] zh: &str, #[case] en: &str) {
        assert_eq!((points(difference, Ui::Zh).as_str(), points(difference, Ui::En).as_str()), (zh, en));
    }

    proptest! {
        #[test]
        fn a_number_is_fixed_as_the_standard_library_fixes_it(
            whole in -1_000_000_000i64..1_000_000_000, decimals in 0i32..7, noise in prop_oneof![Just(0.0), -1.0..1.0f64], places in 0usize..8,
        ) {
            let value = whole as f64 / 10f64.powi(decimals) + noise;
            prop_assert_eq!(fixed(value, places), format!("{value:.places$}"));
        }

        #[test]
        fn no_digit_is_lost_in_either_language(whole in -999_999_999_999_i64..999_999_999_999, shift in 0_u32..9) {
            let figure = whole / 10_i64.pow(shift) * 10_i64.pow(shift);
            let value = Decimal::parse(&figure.to_string()).unwrap();
            for ui in [Ui::Zh, Ui::En] {
                let shown = number(value, ui).replace(',', "");
                let (digits, zeros) = match shown.chars().last() {
                    Some('万') => (shown.trim_end_matches('万'), 4),
                    Some('亿') => (shown.trim_end_matches('亿'), 8),
                    _ => (shown.as_str(), 0),
                };
                let fraction = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
                prop_assert!(fraction <= 2);
                let digits = digits.replace('.', "") + &"0".repeat(zeros - fraction);
                prop_assert_eq!(digits.parse::<i64>().unwrap(), figure);
            }
        }
    }
}
