//! The words a figure counts, and whether its sentence speaks of what is to be.

use std::ops::Range;

use super::letters::{Letters, is_chinese};
use super::text_figure::FigureKind;
use super::times::TimeWords;

/// Verbs and links at the end of what stands before a figure.
const TAIL: &[&str] = &[
    "达到",
    "达",
    "为",
    "是",
    "增至",
    "增加到",
    "提高到",
    "提升到",
    "共有",
    "共",
    "有",
    "已",
    "超",
    "约",
    "近",
    "位居",
    "位列",
    "居",
    "列",
    "到",
    "至",
    "在",
    "的",
    "了",
    "等",
    "：",
    ":",
    "（",
    "(",
    "“",
    "‘",
    "\"",
    "新增",
    "增长",
    "增加",
    "提高",
    "提升",
    "下降",
    "同比",
    "分别",
    "将",
    "力争",
    "建成",
    "排名",
    "保持",
    "稳定",
    "均",
    "平均",
    "总数",
    "累计",
    "合计",
    "总计",
    "占",
    "占比",
    "数",
    "较上年",
    "比上年",
    "全国",
    "西部",
];

const HEAD: &[&str] = &[
    "其中", "全市", "全国", "我市", "全省", "目前", "截至", "至", "到", "并", "且", "同时", "以及", "和",
    "与", "使", "实现", "推动", "、", "，",
];

/// Where the words behind a counter end.
fn ends_noun(c: char) -> bool {
    !is_chinese(c) && !c.is_alphanumeric() && !matches!(c, '“' | '”' | '-' | '·' | '《' | '》')
}

/// A figure whose words are looked for.
pub struct Around<'a> {
    pub span: &'a Range<usize>,
    pub kind: FigureKind,
    /// The end of the English noun that it counts.
    pub noun_end: Option<usize>,
    /// The end of the figure before it in the line.
    pub last: usize,
}

/// The words that a figure counts: those behind its counter, or those before it in the clause.
pub fn what(line: &Letters, original: &[char], around: &Around, times: &TimeWords) -> String {
    let Around { span, kind, noun_end, last } = *around;
    let clause = line.clause(span);
    let cut = |range: Range<usize>| -> String {
        let end = range.end.min(original.len());
        let text: String = original[range.start.min(end)..end].iter().filter(|c| !c.is_control()).collect();
        text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '“' | '”' | '《' | '》'))
            .chars()
            .take(60)
            .collect()
    };
    // English: the noun phrase behind the number.
    if let Some(end) = noun_end {
        let mut from = if end > span.end { span.end } else { end };
        while line.before(from).is_alphabetic() || line.before(from) == '-' {
            from -= 1;
        }
        return cut(from..end);
    }
    let mut end = span.end;
    while end < clause.end
        && !ends_noun(line.at(end))
        && line.at(end) != '的'
        && !line.at(end).is_ascii_digit()
    {
        end += 1;
    }
    let behind = cut(span.end..end);
    let behind_counts = behind.chars().count() >= 2
        && matches!(
            kind,
            FigureKind::Level | FigureKind::Ordinal | FigureKind::ChangeBy | FigureKind::ChangeTo
        )
        && behind.chars().next().is_some_and(|c| is_chinese(c) || matches!(c, '“' | '《'));
    if behind_counts {
        return behind;
    }
    let mut start = clause.start.max(last.min(span.start));
    for time in times.within(clause.clone()) {
        if time.span.end <= span.start && time.span.end > start {
            start = time.span.end;
        }
    }
    let mut end = span.start;
    for _ in 0..4 {
        end = line.skip_spaces_back(end);
        match line.longest_before(end, TAIL).filter(|(_, at)| *at > start) {
            Some((_, at)) => end = at,
            None => break,
        }
    }
    for _ in 0..3 {
        start = line.skip_spaces(start);
        match line.longest(start, HEAD).filter(|(_, at)| *at < end) {
            Some((_, at)) => start = at,
            None => break,
        }
    }
    cut(start.min(end)..end)
}

/// Words of what is to be.
const AIMS: &[&str] = &[
    "力争",
    "目标为",
    "目标是",
    "目标值",
    "目标：",
    "目标达",
    "拟建",
    "拟新",
    "拟达",
    "争取",
    "确保",
    "预计",
    "预期",
    "要达到",
    "应达",
    "应不",
    "计划到",
    "计划建",
    "计划新",
    "计划在",
    "计划达",
    "规划到",
    "将达",
    "将建",
    "将有",
    "将新",
    "将增",
    "将提",
    "年内达",
    "年内建",
];
const ENGLISH_AIMS: &[&str] = &[
    "will", "aim", "aims", "aiming", "target", "targets", "planned", "strive", "strives", "striving",
    "shall", "expected", "should", "must",
];
const ENGLISH_AIM_PHRASES: &[&str] = &["plans to", "plan to", "is to ", "are to ", "goal of", "goal is"];

/// Whether a sentence says of its figures that they are to be.
pub fn is_aim(line: &Letters, sentence: &Range<usize>, written: bool) -> bool {
    let text = line.text(sentence.clone());
    let said = AIMS.iter().chain(ENGLISH_AIM_PHRASES).any(|word| text.contains(word));
    if said || written {
        return true;
    }
    text.split(|c: char| !c.is_alphanumeric()).any(|word| ENGLISH_AIMS.contains(&word))
}

/// Whether a time is only what another is compared with: 比2020年, lower than in 2018.
pub fn is_compared_with(line: &Letters, time: &Range<usize>) -> bool {
    let before = line.skip_spaces_back(time.start);
    ["比", "较", "than in", "than", "compared with", "compared to"]
        .iter()
        .any(|word| line.has_before(before, word))
}

/// Whether a time in a sentence is one by which something is to be: 到2027年, by 2027.
pub fn is_deadline(line: &Letters, time: &Range<usize>) -> bool {
    let before = line.skip_spaces_back(time.start);
    if line.has_before(before, "截至")
        || line.has_before(before, "截止到")
        || line.has_before(before, "截至到")
    {
        return false;
    }
    let word = line.word_before(before).map(|word| line.text(word));
    line.has_before(before, "到")
        || line.has_before(before, "至") && !line.has_before(before, "截至")
        || matches!(word.as_deref(), Some("by"))
        || line.has_before(before, "by the end of")
}
