//! Amounts that are said in words of their own: 三分之一, 百分之九十五, 六成, 过半, 第二, 前1%, two thirds, one in
//! five, doubled, ranks second, top 10.

mod latin;

use super::letters::Letters;
use super::phrase::{AmountPhrase, percent, share};
use super::reading;
use super::text_figure::FigureKind;
use crate::plan::metric::{Bound, Decimal};

/// The phrase that begins at a place.
pub fn at(line: &Letters, at: usize) -> Option<AmountPhrase> {
    chinese_fraction(line, at)
        .or_else(|| tenths(line, at))
        .or_else(|| halves(line, at))
        .or_else(|| doubling(line, at))
        .or_else(|| rank(line, at))
        .or_else(|| foremost(line, at))
        .or_else(|| latin::english_share(line, at))
        .or_else(|| latin::english_multiple(line, at))
        .or_else(|| latin::english_rank(line, at))
}

/// 三分之二, 百分之九十五, 千分之三, 万分之五.
fn chinese_fraction(line: &Letters, at: usize) -> Option<AmountPhrase> {
    let whole = reading::numeral(line, at)?;
    if !line.has(whole.end, "分之") {
        return None;
    }
    let part = reading::numeral(line, whole.end + 2)?;
    let hundred = (whole.value.value - 100.0).abs() < 1e-9;
    let value = if hundred { Some(part.value) } else { percent(part.value.value, whole.value.value) };
    Some(share(at, part.end, value?))
}

/// 六成, 七成半.
fn tenths(line: &Letters, at: usize) -> Option<AmountPhrase> {
    let part = reading::numeral(line, at)?;
    let small = part.value.value > 0.0 && part.value.value < 10.0;
    let end = part.end;
    let next = line.at(end + 1);
    let is_other = matches!(
        next,
        '为' | '立'
            | '果'
            | '员'
            | '功'
            | '就'
            | '本'
            | '绩'
            | '熟'
            | '长'
            | '人'
            | '分'
            | '都'
            | '渝'
            | '效'
            | '品'
            | '套'
            | '型'
    );
    if !small || line.at(end) != '成' || is_other {
        return None;
    }
    let half = next == '半' || (next == '五' && !is_counted(line, end + 2));
    let tens = part.value.value * 10.0 + if half { 5.0 } else { 0.0 };
    let value = Decimal::parse(format!("{tens:.2}").trim_end_matches('0').trim_end_matches('.'))?;
    Some(share(at, end + 1 + usize::from(half), value))
}

fn is_counted(line: &Letters, at: usize) -> bool {
    super::units::unit(line, at, super::numeral::NumeralScript::Chinese).is_some()
}

/// 一半, 半数, 过半, 超半数, 近半.
fn halves(line: &Letters, at: usize) -> Option<AmountPhrase> {
    const FORMS: &[(&str, Option<Bound>)] = &[
        ("超过半数", Some(Bound::MoreThan)),
        ("超过一半", Some(Bound::MoreThan)),
        ("超半数", Some(Bound::MoreThan)),
        ("过半数", Some(Bound::MoreThan)),
        ("过半", Some(Bound::MoreThan)),
        ("近半数", Some(Bound::Nearly)),
        ("近半", Some(Bound::Nearly)),
        ("一半", None),
        ("半数", None),
    ];
    let words: Vec<&str> = FORMS.iter().map(|(word, _)| *word).collect();
    let (found, end) = line.longest(at, &words)?;
    if found.ends_with('半')
        && matches!(line.at(end), '年' | '个' | '天' | '月' | '径' | '导' | '岛' | '以')
        && !line.has(end, "以上")
    {
        return None;
    }
    if matches!(line.before(at), '前' | '后' | '另' | '上' | '下' | '事') && found == "一半" {
        return None;
    }
    let bound = FORMS.iter().find(|(word, _)| *word == found).and_then(|(_, bound)| *bound);
    Some(AmountPhrase { bound, ..share(at, end, Decimal::whole(50)) })
}

/// 翻番, 翻一番, 翻两番.
fn doubling(line: &Letters, at: usize) -> Option<AmountPhrase> {
    if line.at(at) != '翻' {
        return None;
    }
    let (times, end) = match reading::numeral(line, at + 1) {
        Some(count) if line.at(count.end) == '番' => (count.value.value, count.end + 1),
        Some(count) if line.at(count.end) == '倍' => (count.value.value, count.end + 1),
        _ if line.at(at + 1) == '番' => (1.0, at + 2),
        _ if line.has(at + 1, "了番") => (1.0, at + 3),
        _ => match reading::numeral(line, at + 2).filter(|_| line.at(at + 1) == '了') {
            Some(count) if line.at(count.end) == '番' => (count.value.value, count.end + 1),
            _ => return None,
        },
    };
    let value = Decimal::parse(&format!("{}", 2f64.powf(times)))?;
    Some(AmountPhrase { start: at, end, value, unit: "倍", kind: FigureKind::Multiple, bound: None })
}

/// Words that say that a number with 第 is a place among others.
const RANKED: &[&str] = &[
    "位居",
    "位列",
    "排名",
    "排在",
    "居",
    "列",
    "全国",
    "全省",
    "全市",
    "西部",
    "中西部",
    "东部",
    "中部",
    "世界",
    "全球",
    "亚洲",
    "国内",
    "同类",
    "名列",
    "排",
    "跃居",
    "跃升至",
    "升至",
    "稳居",
    "高居",
    "跻身",
    "省内",
    "市内",
    "总分",
    "总数",
    "规模",
    "数量",
    "全区",
    "全县",
    "并列",
    "获得",
    "荣获",
    "位次",
    "国际",
    "行业",
    "地区",
    "城市",
    "总量",
    "增速",
    "率",
];

/// Nouns that make a number with 第 a place in a row.
const IN_A_ROW: &[&str] = &["批次", "批", "届", "次", "轮", "期", "个", "场", "例", "家", "所", "条线"];

fn rank(line: &Letters, at: usize) -> Option<AmountPhrase> {
    if line.at(at) != '第' {
        return None;
    }
    let number =
        reading::numeral(line, line.skip_spaces(at + 1)).filter(|number| number.value.value >= 1.0)?;
    let phrase =
        |end, kind| AmountPhrase { start: at, end, value: number.value, unit: "", kind, bound: None };
    let end = number.end;
    let ranked = || line.longest_before(line.skip_spaces_back(at), RANKED).is_some();
    if let Some((place, end)) = line.longest(end, &["位", "名"])
        && !(place == "名" && matches!(line.at(end), '字' | '称'))
    {
        return Some(AmountPhrase { unit: place, ..phrase(end, FigureKind::Rank) });
    }
    if line.longest(end, &["方阵", "梯队", "档次", "集团", "层次", "阵营", "行列"]).is_some() {
        return Some(phrase(end, FigureKind::Ordinal));
    }
    if let Some((counter, end)) = line.longest(end, IN_A_ROW) {
        return Some(AmountPhrase { unit: counter, ..phrase(end, FigureKind::Ordinal) });
    }
    let next = line.at(end);
    let closes = !super::letters::is_chinese(next) || line.longest(end, &["的", "，"]).is_some();
    (ranked() && closes).then(|| phrase(end, FigureKind::Rank))
}

/// 前10名, 前1%, 前三.
fn foremost(line: &Letters, at: usize) -> Option<AmountPhrase> {
    if line.at(at) != '前'
        || matches!(line.before(at), '目' | '之' | '以' | '提' | '年' | '此' | '日' | '先' | '当')
    {
        return None;
    }
    let number =
        reading::numeral(line, line.skip_spaces(at + 1)).filter(|number| number.value.value > 0.0)?;
    let phrase = |end, unit| AmountPhrase {
        start: at,
        end,
        value: number.value,
        unit,
        kind: FigureKind::Rank,
        bound: Some(Bound::AtMost),
    };
    if line.at(line.skip_spaces(number.end)) == '%' {
        return Some(phrase(line.skip_spaces(number.end) + 1, "%"));
    }
    if let Some((place, end)) = line.longest(number.end, &["名", "位", "强", "甲"]) {
        return Some(phrase(
            end,
            if place == "名" {
                "名"
            } else if place == "位" {
                "位"
            } else {
                ""
            },
        ));
    }
    let closes = !super::letters::is_chinese(line.at(number.end))
        || line.longest(number.end, &["行列", "之列", "列", "的"]).is_some();
    (closes && line.longest_before(at, RANKED).is_some()).then(|| phrase(number.end, ""))
}
