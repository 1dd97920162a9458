//! The words that say on which side of a figure the true value lies.

use super::letters::Letters;
use crate::plan::metric::Bound;

/// Words before a figure.
const BEFORE: &[(&str, Bound)] = &[
    ("超过", Bound::MoreThan),
    ("超出", Bound::MoreThan),
    ("超", Bound::MoreThan),
    ("逾", Bound::MoreThan),
    ("突破", Bound::MoreThan),
    ("高于", Bound::MoreThan),
    ("大于", Bound::MoreThan),
    ("多于", Bound::MoreThan),
    ("不少于", Bound::AtLeast),
    ("不低于", Bound::AtLeast),
    ("不小于", Bound::AtLeast),
    ("不下于", Bound::AtLeast),
    ("不下", Bound::AtLeast),
    ("至少", Bound::AtLeast),
    ("最少", Bound::AtLeast),
    ("最低", Bound::AtLeast),
    ("起码", Bound::AtLeast),
    ("力争不低于", Bound::AtLeast),
    ("不超过", Bound::AtMost),
    ("不超", Bound::AtMost),
    ("不高于", Bound::AtMost),
    ("不多于", Bound::AtMost),
    ("不大于", Bound::AtMost),
    ("不突破", Bound::AtMost),
    ("不得超过", Bound::AtMost),
    ("至多", Bound::AtMost),
    ("最多", Bound::AtMost),
    ("最高", Bound::AtMost),
    ("低于", Bound::AtMost),
    ("少于", Bound::AtMost),
    ("小于", Bound::AtMost),
    ("接近", Bound::Nearly),
    ("将近", Bound::Nearly),
    ("临近", Bound::Nearly),
    ("近", Bound::Nearly),
    ("大约", Bound::About),
    ("大概", Bound::About),
    ("约为", Bound::About),
    ("约", Bound::About),
    ("more than", Bound::MoreThan),
    ("over", Bound::MoreThan),
    ("above", Bound::MoreThan),
    ("exceeding", Bound::MoreThan),
    ("exceeds", Bound::MoreThan),
    ("exceeded", Bound::MoreThan),
    ("exceed", Bound::MoreThan),
    ("in excess of", Bound::MoreThan),
    ("upwards of", Bound::MoreThan),
    ("upward of", Bound::MoreThan),
    ("greater than", Bound::MoreThan),
    ("higher than", Bound::MoreThan),
    ("surpassing", Bound::MoreThan),
    ("surpassed", Bound::MoreThan),
    ("topping", Bound::MoreThan),
    ("well over", Bound::MoreThan),
    ("just over", Bound::MoreThan),
    ("a little over", Bound::MoreThan),
    ("slightly over", Bound::MoreThan),
    (">", Bound::MoreThan),
    ("at least", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("not fewer than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("no lower than", Bound::AtLeast),
    ("not fall below", Bound::AtLeast),
    ("not drop below", Bound::AtLeast),
    ("never fall below", Bound::AtLeast),
    ("never below", Bound::AtLeast),
    ("not below", Bound::AtLeast),
    ("a minimum of", Bound::AtLeast),
    ("minimum of", Bound::AtLeast),
    ("minimum", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("≧", Bound::AtLeast),
    ("at most", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("not more than", Bound::AtMost),
    ("not exceeding", Bound::AtMost),
    ("not exceed", Bound::AtMost),
    ("no higher than", Bound::AtMost),
    ("a maximum of", Bound::AtMost),
    ("maximum of", Bound::AtMost),
    ("maximum", Bound::AtMost),
    ("fewer than", Bound::AtMost),
    ("less than", Bound::AtMost),
    ("lower than", Bound::AtMost),
    ("under", Bound::AtMost),
    ("below", Bound::AtMost),
    ("≤", Bound::AtMost),
    ("≦", Bound::AtMost),
    ("<", Bound::AtMost),
    ("nearly", Bound::Nearly),
    ("almost", Bound::Nearly),
    ("close to", Bound::Nearly),
    ("approaching", Bound::Nearly),
    ("just under", Bound::Nearly),
    ("just below", Bound::Nearly),
    ("near", Bound::Nearly),
    ("about", Bound::About),
    ("around", Bound::About),
    ("approximately", Bound::About),
    ("approx.", Bound::About),
    ("approx", Bound::About),
    ("roughly", Bound::About),
    ("some", Bound::About),
    ("circa", Bound::About),
    ("ca.", Bound::About),
    ("c.", Bound::About),
    ("an estimated", Bound::About),
    ("estimated", Bound::About),
    ("≈", Bound::About),
    ("~", Bound::About),
];

/// Words behind a figure and its unit.
const BEHIND: &[(&str, Bound)] = &[
    ("及以上", Bound::AtLeast),
    ("或以上", Bound::AtLeast),
    ("以上", Bound::AtLeast),
    ("或更多", Bound::AtLeast),
    ("开外", Bound::MoreThan),
    ("有余", Bound::MoreThan),
    ("以内", Bound::AtMost),
    ("之内", Bound::AtMost),
    ("及以下", Bound::AtMost),
    ("以下", Bound::AtMost),
    ("之下", Bound::AtMost),
    ("左右", Bound::About),
    ("上下", Bound::About),
    ("or more", Bound::AtLeast),
    ("and above", Bound::AtLeast),
    ("or above", Bound::AtLeast),
    ("or over", Bound::AtLeast),
    ("or higher", Bound::AtLeast),
    ("and over", Bound::AtLeast),
    ("or better", Bound::AtLeast),
    ("or fewer", Bound::AtMost),
    ("or less", Bound::AtMost),
    ("or below", Bound::AtMost),
    ("or lower", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("at least", Bound::AtLeast),
    ("or so", Bound::About),
    ("-odd", Bound::MoreThan),
    ("+", Bound::AtLeast),
];

/// What may stand between a bound and its figure.
const BETWEEN: &[&str] = &["了", "到", "达到", "达", "为", "在", "每年", "全国", "有", "占"];

fn is_word_start(line: &Letters, at: usize, word: &str) -> bool {
    let latin = word.starts_with(|c: char| c.is_ascii_alphabetic());
    !(latin && (line.before(at).is_ascii_alphanumeric() || line.before(at) == '-'))
}

/// A bound before a figure that begins at `at`: it, and where it begins.
pub fn before(line: &Letters, at: usize) -> Option<(Bound, usize)> {
    direct(line, at).or_else(|| {
        let (_, between) = line.longest_before(at, BETWEEN)?;
        // 达到 by itself is no bound; 超过了 and 不低于每年 are.
        direct(line, between)
    })
}

/// Verbs that stand between 至少 and its figure: 至少配备1名.
const VERBS: &[&str] = &[
    "配备", "建成", "建设", "建立", "培养", "培训", "新增", "新建", "创建", "打造", "开展", "安排", "提供",
    "拥有", "完成", "设立", "开设", "支持", "引进", "培育", "组织", "建", "有", "设", "开足", "参加", "达到",
];

/// A bound before the verb of a figure that begins at `at`; its words are no part of the figure's place.
pub fn far_before(line: &Letters, at: usize) -> Option<Bound> {
    let (_, verb) = line.longest_before(line.skip_spaces_back(at), VERBS)?;
    let (word, _) = line.longest_before(verb, &["至少", "最少", "最多", "至多", "起码"])?;
    Some(if matches!(word, "最多" | "至多") { Bound::AtMost } else { Bound::AtLeast })
}

fn direct(line: &Letters, at: usize) -> Option<(Bound, usize)> {
    let end = line.skip_spaces_back(at);
    let found = BEFORE
        .iter()
        .filter(|(word, _)| line.has_before(end, word))
        .map(|(word, bound)| (word, end - word.chars().count(), *bound))
        .filter(|(word, start, _)| is_word_start(line, *start, word))
        .filter(|(word, start, _)| is_bound(line, word, *start, end))
        .max_by_key(|(word, ..)| word.chars().count());
    let (word, start, bound) = found?;
    let latin = word.starts_with(|c: char| c.is_ascii_alphabetic());
    // Latin words stand apart from digits.
    if latin && end == at && line.before(at).is_ascii_alphabetic() {
        return None;
    }
    Some((bound, start))
}

/// What looks like a bound and is none: 附近, 最近, 高达 and the comparison 比…高于.
fn is_bound(line: &Letters, word: &str, start: usize, end: usize) -> bool {
    let before = line.before(start);
    match word {
        "近" => !matches!(before, '附' | '最' | '远' | '邻' | '临' | '靠') && !line.has(end, "年"),
        "约" => !matches!(before, '节' | '契' | '合' | '公' | '条' | '预' | '制'),
        "超" => !matches!(before, '赶' | '反' | '高'),
        "over" => {
            !["all", "hand", "take"].iter().any(|word| line.has_before(line.skip_spaces_back(start), word))
        }
        "above" | "below" | "under" => !line.has_before(line.skip_spaces_back(start), "the"),
        "some" => !line.has_before(line.skip_spaces_back(start), "of"),
        "最高" | "最低" => true,
        "less than" | "lower than" | "higher than" | "greater than" | "fewer than" => true,
        _ => true,
    }
}

/// A bound behind a figure that ends at `at`: it, and where it ends.
pub fn behind(line: &Letters, at: usize) -> Option<(Bound, usize)> {
    let spaced = line.skip_spaces(at);
    let found = BEHIND
        .iter()
        .filter(|(word, _)| {
            let latin = word.starts_with(|c: char| c.is_ascii_alphabetic());
            let start = if word.starts_with(['-', '+']) { at } else { spaced };
            line.has(start, word)
                && (!latin || (spaced > at && !line.at(start + word.len()).is_alphanumeric()))
        })
        .max_by_key(|(word, _)| word.chars().count())?;
    let (word, bound) = *found;
    let start = if word.starts_with(['-', '+']) { at } else { spaced };
    let end = start + word.chars().count();
    // 3+2 is a pattern, not a bound.
    if word == "+" && line.at(end).is_alphanumeric() {
        return None;
    }
    Some((bound, end))
}

/// 余 and 多 behind a number: more than.
pub fn more(line: &Letters, at: usize) -> Option<usize> {
    let found = matches!(line.at(at), '余' | '多' | '馀') && !line.has(at, "多年") && !line.has(at, "多样");
    let not_much = line.has(at, "多元") && !line.has(at, "多元人民币");
    (found && !not_much).then_some(at + 1)
}
