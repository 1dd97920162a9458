//! Words that promise without a test, and words of standing. Both are plain lists: a phrase counts where it
//! stands outside quotation marks, English without regard to case.

/// Degrees that nobody can check.
const UNTESTABLE: &[&str] = &[
    "显著",
    "明显提升",
    "明显增强",
    "明显改善",
    "大幅",
    "全面提升",
    "全面增强",
    "稳步提升",
    "稳步提高",
    "持续提升",
    "持续加强",
    "持续优化",
    "进一步",
    "不断",
    "更加",
    "更为",
    "更合理",
    "优化",
    "更完善",
    "日益",
    "基本形成",
    "基本建成",
    "基本实现",
    "基本建立",
    "初步形成",
    "初步建成",
    "总体实现",
    "总体形成",
    "有效提升",
    "有效增强",
    "跃升",
    "上台阶",
    "阶段性成效",
    "相适应",
    "相匹配",
    "significant",
    "substantial",
    "marked",
    "notabl",
    "considerabl",
    "basically",
    "initially formed",
    "overall achieved",
    "achieved overall",
    "further improv",
    "further strengthen",
    "continuously",
    "steadily",
    "increasingly",
    "more complete",
    "more rational",
    "sounder",
    "fairer",
    "better and",
    "and better",
    "a leap",
    "interim results",
    "a step up",
    "fits the",
    "matched to",
];

/// Words of standing among others.
const STANDING: &[&str] = &[
    "前列",
    "第一方阵",
    "一流",
    "领先",
    "领跑",
    "排头兵",
    "first tier",
    "top tier",
    "front rank",
    "among the leaders",
    "among the best",
    "world-class",
    "first-class",
    "world's best",
    "pacesetter",
];

/// The text without what stands in quotation marks: names, and words that are quoted to be talked about.
fn unquoted(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' | '《' => depth += 1,
            '”' | '》' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

fn first_of(list: &'static [&'static str], text: &str) -> Option<&'static str> {
    let text = unquoted(text);
    let found = list.iter().filter_map(|word| text.find(word).map(|at| (at, *word)));
    found.min().map(|(_, word)| word)
}

/// The first word of a text that cannot be tested.
pub(super) fn untestable(text: &str) -> Option<&'static str> {
    first_of(UNTESTABLE, text)
}

/// The first word of standing in a text.
pub(super) fn standing(text: &str) -> Option<&'static str> {
    first_of(STANDING, text)
}

/// Of the words found, one for a Chinese sentence and one for an English one; the other language's where
/// there is none of its own.
pub(super) fn in_each(found: impl Iterator<Item = &'static str>) -> Option<(&'static str, &'static str)> {
    let words: Vec<&str> = found.collect();
    let first = *words.first()?;
    let zh = words.iter().copied().find(|word| !word.is_ascii()).unwrap_or(first);
    let en = words.iter().copied().find(|word| word.is_ascii()).unwrap_or(first);
    Some((zh, en))
}

/// A standing in words: how wide the field is and how near the front it claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claimed {
    field: u8,
    front: u8,
}

/// Fields from the narrowest; the wider wording of a kind stands before the one it contains.
const FIELDS: &[(&str, u8)] = &[
    ("中西部", 2),
    ("西部", 1),
    ("central and western", 2),
    ("western", 1),
    ("全国", 3),
    ("national", 3),
    ("世界", 4),
    ("全球", 4),
    ("world", 4),
];

const FRONTS: &[(&str, u8)] = &[
    ("中上", 1),
    ("upper middle", 1),
    ("第一方阵", 2),
    ("前列", 2),
    ("领先", 2),
    ("first tier", 2),
    ("top tier", 2),
    ("among the leaders", 2),
];

/// The standings that a wording claims: in each of its parts the field and the place in it.
fn claimed(text: &str) -> Vec<Claimed> {
    let lower = text.to_lowercase();
    let parts = lower.split(['、', '，', ',', ';', '；']);
    let of =
        |list: &[(&str, u8)], part: &str| list.iter().find(|(word, _)| part.contains(word)).map(|(_, n)| *n);
    parts.filter_map(|part| Some(Claimed { field: of(FIELDS, part)?, front: of(FRONTS, part)? })).collect()
}

/// Whether a standing to be reached is hardly above the one claimed already: it holds in the same field or a
/// wider one, or in the next narrower field with no lower place. `None` where either cannot be read.
pub(super) fn is_hardly_above(target: &str, baseline: &str) -> Option<bool> {
    let (target, baseline) = (claimed(target), claimed(baseline));
    if target.is_empty() || baseline.is_empty() {
        return None;
    }
    let held = |wanted: &Claimed| {
        baseline.iter().any(|own| own.front >= wanted.front && own.field + 1 >= wanted.field)
    };
    Some(target.iter().all(held))
}

/// Words right after which a percentage is a change.
const CHANGES: &[&str] = &[
    "提高",
    "提升",
    "上升",
    "增长",
    "增加",
    "增幅",
    "下降",
    "降低",
    "减少",
    "高出",
    "rose",
    "up",
    "down",
    "fell",
    "grew",
    "increase of",
    "by",
];

/// Words after which it is one where something stands between (`超过规划指标20%`; `超过20%` is a bound).
const CHANGES_OF: &[&str] = &["超过", "超出"];

/// A change of a rate that is written in per cent (`上升5%`), as it is written; changes in points are none.
pub(super) fn change_in_per_cent(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    lower.match_indices(['%', '％']).find_map(|(end, mark)| {
        let head = lower[..end].trim_end();
        let before = head.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let near = before.trim_end_matches(['“', '"', '+', ' ', '了', '约']);
        let close: String = near.chars().skip(near.chars().count().saturating_sub(8)).collect();
        let changes = CHANGES.iter().any(|word| ends_in_word(near, word))
            || CHANGES_OF.iter().any(|word| close.contains(word) && !close.ends_with(word));
        (before.len() < head.len() && changes)
            .then(|| lower[before.len()..end + mark.len()].trim().to_owned())
    })
}

/// Whether a text ends in a word, a Latin one not as a part of a longer one.
fn ends_in_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|head| !(word.is_ascii() && head.ends_with(|c: char| c.is_ascii_alphanumeric())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("高质量教育体系基本形成", Some("基本形成"))]
    #[case("教学质量显著提升", Some("显著"))]
    #[case("布局更加完善", Some("更加"))]
    #[case("Quality significantly improved", Some("significant"))]
    #[case("The system is basically formed", Some("basically"))]
    #[case("建成45对姊妹学校", None)]
    // A word that is quoted is talked about.
    #[case("怎样才算“基本形成”，没有说明", None)]
    fn a_degree_that_cannot_be_tested_is_found(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(untestable(text), expected);
    }

    #[rstest]
    #[case("教育综合实力进入中西部前列", Some("前列"))]
    #[case("Overall strength in the National First Tier", Some("first tier"))]
    #[case("加快“双一流”建设", None)]
    #[case("教师队伍", None)]
    fn a_word_of_standing_is_found_outside_names(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(standing(text), expected);
    }

    #[rstest]
    // Already in the front of the west: the front of the centre and west is the next field only.
    #[case("中西部前列", "全国中上行列、西部第一方阵", Some(true))]
    #[case("全国第一方阵", "全国中上行列、西部第一方阵", Some(false))]
    #[case("西部第一方阵", "西部第一方阵", Some(true))]
    #[case(
        "Among the leaders of central and western China",
        "Upper middle nationally; first tier of western China",
        Some(true)
    )]
    #[case("National first tier", "Upper middle nationally; first tier of western China", Some(false))]
    #[case("首选地", "全国中上行列", None)]
    fn standings_in_words_compare_by_field_and_place(
        #[case] target: &str,
        #[case] baseline: &str,
        #[case] expected: Option<bool>,
    ) {
        assert_eq!(is_hardly_above(target, baseline), expected);
    }

    #[rstest]
    #[case("招生录取率上升5%", Some("5%"))]
    #[case("超过规划指标“20%”", Some("20%"))]
    #[case("the admission rate rose 5 %", Some("5 %"))]
    #[case("the planned indicator was exceeded by “20%”", Some("20%"))]
    #[case("提高16.5个百分点", None)]
    #[case("63.5% in 2024", None)]
    #[case("group 5 %", None)]
    #[case("覆盖率超过80%", None)]
    fn a_change_of_a_rate_in_per_cent_is_found(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(change_in_per_cent(text).as_deref(), expected);
    }
}
