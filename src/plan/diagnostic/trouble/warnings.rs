//! Warnings: the plan was read as written, and somebody should look.

use super::{DiagnosticText, listed, meant, quote};

pub(crate) fn unknown_key(table: &str, key: &str, near: Option<&str>) -> DiagnosticText {
    let (zh, en) = meant(near);
    DiagnosticText::new(
        "W01",
        (
            format!("{} 里没有 {} 这个键", quote(table), quote(key)),
            format!("{} has no key {}", quote(table), quote(key)),
        ),
        (format!("{zh}它没有被读取；请改正或删去。"), format!("{en}It was not read; correct or remove it.")),
    )
}

pub(crate) fn unknown_language(tag: &str, languages: &[&str]) -> DiagnosticText {
    DiagnosticText::new(
        "W01",
        (
            format!("规划没有 {} 这种语言", quote(tag)),
            format!("{} is none of the plan's languages", quote(tag)),
        ),
        (
            format!("规划的语言是 {}；请改正标签，或在 plan.toml 的 `languages` 里加上。", listed(languages)),
            format!(
                "They are {}; correct the tag, or add it to `languages` in plan.toml.",
                listed(languages)
            ),
        ),
    )
}

pub(crate) fn against_unit(number: &str, unit: &str) -> DiagnosticText {
    DiagnosticText::new(
        "W02",
        (
            format!("数值{number}与单位 {} 不符", quote(unit)),
            format!("the value {number} does not go with the unit {}", quote(unit)),
        ),
        (
            "请核对数值和单位；毛入学率一类可超过100%的指标写 `gross = true`。".into(),
            "Check value and unit; a gross rate that may exceed 100% says `gross = true`.".into(),
        ),
    )
}

pub(crate) fn against_rank(number: &str) -> DiagnosticText {
    DiagnosticText::new(
        "W02",
        (format!("位次{number}不是正整数"), format!("the rank {number} is no place from 1 up")),
        ("位次从1起，写整数。".into(), "A rank is a whole number from 1.".into()),
    )
}

pub(crate) fn outside_period(year: i16, period: (i16, i16)) -> DiagnosticText {
    let (start, end) = period;
    DiagnosticText::new(
        "W03",
        (
            format!("{year}年在规划期{start}—{end}之外"),
            format!("{year} lies outside the plan's period {start}–{end}"),
        ),
        (
            "请核对年份，或改正 plan.toml 的 `period`。".into(),
            "Check the year, or `period` in plan.toml.".into(),
        ),
    )
}

pub(crate) fn empty_title(tag: &str) -> DiagnosticText {
    DiagnosticText::new(
        "W04",
        (format!("标题的 {} 为空", quote(tag)), format!("the title is empty in {}", quote(tag))),
        (
            "请写上标题；暂以其他语言或编号代替。".into(),
            "Give it a title; another language or the id stands in.".into(),
        ),
    )
}

pub(crate) fn missing_language(key: &str, tags: &[&str]) -> DiagnosticText {
    DiagnosticText::new(
        "W05",
        (format!("{} 缺少 {}", quote(key), listed(tags)), format!("{} has no {}", quote(key), listed(tags))),
        (
            "请补上；在此之前显示其他语言并加标记。".into(),
            "Add it; until then another language is shown, marked as such.".into(),
        ),
    )
}

pub(crate) fn unsafe_characters(key: &str, found: char) -> DiagnosticText {
    let code = u32::from(found);
    DiagnosticText::new(
        "W06",
        (
            format!("{} 含有控制字符或双向控制符（U+{code:04X}），显示时以 � 代替", quote(key)),
            format!("{} holds a control or bidirectional character (U+{code:04X}), shown as �", quote(key)),
        ),
        ("请删去该字符。".into(), "Remove the character.".into()),
    )
}

pub(crate) fn no_match(pattern: &str) -> DiagnosticText {
    DiagnosticText::new(
        "W07",
        (format!("{} 没有匹配到任何文件", quote(pattern)), format!("{} matches no file", quote(pattern))),
        ("请检查路径，或删去它。".into(), "Check the path, or remove it.".into()),
    )
}

pub(crate) fn wrong_rendering(avoid: &str, right: &str) -> DiagnosticText {
    DiagnosticText::new(
        "W08",
        (
            format!("术语表不用 {} 这个译法", quote(avoid)),
            format!("the glossary does not use the rendering {}", quote(avoid)),
        ),
        (format!("请改用 {}。", quote(right)), format!("Use {}.", quote(right))),
    )
}

pub(crate) fn missing_rendering(term: &str, right: &str, tag: &str) -> DiagnosticText {
    DiagnosticText::new(
        "W08",
        (
            format!("写到了 {}，而 {} 的文字里没有用术语表的译法 {}", quote(term), quote(tag), quote(right)),
            format!(
                "{} is written here, but the {} text lacks the glossary's rendering {}",
                quote(term),
                quote(tag),
                quote(right)
            ),
        ),
        (
            format!("请用 {}，或在术语表的 `accept` 里收下这里的译法。", quote(right)),
            format!("Use {}, or take the rendering used here into the term's `accept`.", quote(right)),
        ),
    )
}

pub(crate) fn target_before_baseline(target: i16, baseline: i16) -> DiagnosticText {
    DiagnosticText::new(
        "W09",
        (
            format!("目标（{target}年）早于基期（{baseline}年）"),
            format!("the target ({target}) lies before the baseline ({baseline})"),
        ),
        (
            "请核对两个年份；如果目标确属旧规划，基期应取它之前的值。".into(),
            "Check both years; where the target is an older plan's, its baseline is a value before it."
                .into(),
        ),
    )
}

pub(crate) fn time_twice(key: &str, time: &str) -> DiagnosticText {
    DiagnosticText::new(
        "W10",
        (
            format!("{} 里同一来源在 {time} 有两个值", quote(key)),
            format!("{} has two values of {time} from one source", quote(key)),
        ),
        (
            "请留下一个；出自不同文件时写明各自的 `source`，重复刊载写入 `also`。".into(),
            "Keep one; values of two documents each name their `source`, a republication goes into `also`."
                .into(),
        ),
    )
}

pub(crate) fn unit_change(one: &str, other: &str) -> DiagnosticText {
    DiagnosticText::new(
        "W11",
        (
            format!("相邻的值 {one} 与 {other} 相差如换了单位"),
            format!("neighbouring values {one} and {other} differ as if the unit had changed"),
        ),
        (
            "请把数值换成同一单位（8.4万写作84000，95.2%写作95.2）；口径确有改变时写 `breaks`。".into(),
            "Write both in one unit (84000, not 8.4 in ten thousands; 95.2, not 0.952); a change of what is counted goes into `breaks`."
                .into(),
        ),
    )
}

pub(crate) fn dated_ahead(node: &str, time: &str) -> DiagnosticText {
    DiagnosticText::new(
        "W12",
        (
            format!("{node} 的实际值属于 {time}，这一时间尚未到来"),
            format!("an actual value of {node} refers to {time}, which lies ahead"),
        ),
        (
            "请核对年份；若是预计或目标，写入 `target`。".into(),
            "Check the year; what is expected or aimed at goes into `target`.".into(),
        ),
    )
}
