//! What a figure says of what it counts, by the words around it: a level, a change by so much or to so much.

use std::ops::Range;

use super::letters::Letters;
use super::text_figure::FigureKind;

/// Verbs of change that end in the words for "to".
const TO: &[&str] = &[
    "增至",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "上升到",
    "上升至",
    "升至",
    "升到",
    "扩大到",
    "扩大至",
    "扩展到",
    "拓展到",
    "拓展至",
    "降至",
    "降到",
    "下降到",
    "下降至",
    "降低到",
    "降低至",
    "减少到",
    "减少至",
    "减至",
    "发展到",
    "扩至",
    "扩容至",
    "扩充至",
    "扩充到",
    "调整为",
    "调整到",
    "压减到",
    "压减至",
    "压缩到",
    "压缩至",
    "回升至",
    "回落至",
    "跃升至",
    "攀升至",
    "缩小到",
    "缩小至",
    "缩短至",
    "缩短到",
    "翻至",
    "增为",
    "变为",
    "提至",
    "涨至",
    "增到",
    "提到",
    "上调至",
    "下调至",
    "恢复到",
];

/// Verbs of change that stand directly before so much.
const BY: &[&str] = &[
    "增长",
    "增加",
    "提高",
    "提升",
    "上升",
    "下降",
    "降低",
    "减少",
    "新增",
    "净增",
    "增幅",
    "增速",
    "同比",
    "环比",
    "扩大",
    "压减",
    "多",
    "回落",
    "上涨",
    "下跌",
    "缩小",
    "缩短",
    "增幅达",
    "增速达",
    "增长率",
    "降幅",
    "涨幅",
    "新建",
    "新建成",
    "增设",
    "扩增",
    "减",
    "增",
    "高",
    "低",
    "少",
    "高出",
    "低于全国",
    "高于全国",
    "压缩",
    "提前",
    "领先",
    "落后",
    "加",
    "增量",
    "增幅为",
    "增速为",
    "新增加",
];

/// Between a verb of change and its figure.
const LINKS: &[&str] =
    &["了", "约", "近", "超", "达", "为", "逾", "超过", "将近", "接近", "至少", "不少于", "达到", "率", "出"];

/// Words anywhere before in the clause that make a count one of what is new.
const NEW: &[&str] = &["新增", "净增", "增设", "新增设", "新设"];

const ENGLISH_CHANGE: &[&str] = &[
    "rise",
    "rises",
    "rose",
    "risen",
    "rising",
    "grow",
    "grows",
    "grew",
    "grown",
    "growing",
    "increase",
    "increases",
    "increased",
    "increasing",
    "expand",
    "expanded",
    "expanding",
    "expands",
    "climb",
    "climbed",
    "climbs",
    "fall",
    "falls",
    "fell",
    "fallen",
    "falling",
    "drop",
    "drops",
    "dropped",
    "reduce",
    "reduced",
    "reduces",
    "reducing",
    "cut",
    "cuts",
    "lower",
    "lowered",
    "raise",
    "raised",
    "raises",
    "raising",
    "decline",
    "declined",
    "declines",
    "decrease",
    "decreased",
    "up",
    "down",
    "improve",
    "improved",
    "jump",
    "jumped",
    "gain",
    "gained",
    "add",
    "added",
    "adds",
    "adding",
    "additional",
    "extra",
    "growth",
    "lift",
    "lifted",
    "boost",
    "boosted",
    "advanced",
    "bring",
    "brought",
    "brings",
    "bringing",
    "upgrade",
    "upgraded",
    "went",
    "gone",
    "moved",
    "shrank",
    "shrunk",
    "halved",
    "widened",
    "narrowed",
    "another",
    "doubled",
    "tripled",
    "quadrupled",
];

/// The kind of a figure that says nothing of it by itself.
pub fn kind(line: &Letters, span: &Range<usize>, number: usize, unit: &str) -> FigureKind {
    let chinese = chinese(line, span, number, unit).or_else(|| english(line, span));
    let base = match unit {
        "%" | "‰" => FigureKind::Share,
        "pp" => FigureKind::ChangeBy,
        "倍" => FigureKind::Multiple,
        _ => FigureKind::Level,
    };
    match (chinese, base) {
        // 3倍 stays a multiple whatever it grew by.
        (Some(_), FigureKind::Multiple) | (None, _) => base,
        (Some(kind), _) => kind,
    }
}

fn chinese(line: &Letters, span: &Range<usize>, number: usize, unit: &str) -> Option<FigureKind> {
    let clause = line.clause(span);
    let mut at = before_time(line, line.skip_spaces_back(span.start));
    // Links between the verb and the figure: 增长了约, 提高到近.
    for _ in 0..3 {
        if line.longest_before(at, TO).is_some() {
            return Some(FigureKind::ChangeTo);
        }
        if let Some((verb, start)) = line.longest_before(at, BY).filter(|(_, start)| *start >= clause.start)
            && is_change(line, verb, start)
        {
            return Some(FigureKind::ChangeBy);
        }
        match line.longest_before(at, LINKS) {
            Some((_, start)) => at = line.skip_spaces_back(start),
            None => break,
        }
    }
    // "从35%到45%", "由3所至5所"
    let to = line.longest_before(line.skip_spaces_back(span.start), &["到", "至", "变为"]);
    if let Some((_, start)) = to {
        let before = line.text(clause.start..start);
        if before.contains('从') || before.contains('由') {
            return Some(FigureKind::ChangeTo);
        }
    }
    // 新增 anywhere before, with no figure between that it belongs to.
    let before = line.text(clause.start..number.min(span.start));
    let new = NEW.iter().filter_map(|word| before.rfind(word).map(|at| at + word.len())).max();
    if let Some(after) = new.filter(|_| unit != "%")
        && !before[after..].contains(['达', '率', '的', '中'])
    {
        return Some(FigureKind::ChangeBy);
    }
    // "5%的增长", "120所的增量"
    line.longest(span.end, &["的增长", "的增幅", "的增速", "的降幅", "的增量", "的提升"])
        .map(|_| FigureKind::ChangeBy)
}

/// The place before a year that stands between a verb and its figure: 降到2023年的0.4%.
fn before_time(line: &Letters, at: usize) -> usize {
    let Some((_, end)) = line.longest_before(at, &["年的", "年度的", "年底的"]) else { return at };
    let mut start = end;
    while line.before(start).is_ascii_digit() {
        start -= 1;
    }
    if start < end { start } else { at }
}

/// Short verbs say a change only after a comparison: 比上年多120所.
fn is_change(line: &Letters, verb: &str, start: usize) -> bool {
    match verb {
        "多" | "少" | "高" | "低" | "减" | "增" | "高出" | "加" => {
            let clause = line.clause(&(start..start + 1));
            let before = line.text(clause.start..start);
            before.contains('比') || before.contains('较') || (verb == "增" && before.contains("新"))
        }
        "领先" | "落后" | "提前" => false,
        _ => true,
    }
}

fn english(line: &Letters, span: &Range<usize>) -> Option<FigureKind> {
    let clause = line.clause(span);
    let mut words = Vec::new();
    let mut at = line.skip_spaces_back(span.start);
    while words.len() < 7 && at > clause.start {
        let Some(word) = line.word_before(at) else { break };
        at = line.skip_spaces_back(word.start);
        words.push(line.text(word));
    }
    let changes = |word: &String| ENGLISH_CHANGE.contains(&word.as_str());
    let next = line.word(line.skip_spaces(span.end)).map(|word| line.text(word));
    match words.first().map(String::as_str) {
        // "rose from 88% to 95%": digits end the words, so "to" after a figure looks further.
        Some("to" | "reach")
            if words.iter().skip(1).any(changes) || changes_before(line, &clause, span.start) =>
        {
            Some(FigureKind::ChangeTo)
        }
        Some("by") if words.iter().skip(1).take(4).any(changes) => Some(FigureKind::ChangeBy),
        Some("of")
            if words.get(1).is_some_and(|word| {
                matches!(
                    word.as_str(),
                    "increase"
                        | "rise"
                        | "growth"
                        | "decline"
                        | "decrease"
                        | "drop"
                        | "gain"
                        | "fall"
                        | "reduction"
                )
            }) =>
        {
            Some(FigureKind::ChangeBy)
        }
        Some(word) if ENGLISH_CHANGE.contains(&word) => Some(FigureKind::ChangeBy),
        _ if next
            .as_deref()
            .is_some_and(|next| matches!(next, "more" | "new" | "additional" | "newly" | "fewer")) =>
        {
            Some(FigureKind::ChangeBy)
        }
        _ => None,
    }
}

fn changes_before(line: &Letters, clause: &Range<usize>, start: usize) -> bool {
    let text = line.text(clause.start..start);
    let changes = text.split_whitespace().any(|word| ENGLISH_CHANGE.contains(&word));
    changes && ["from", " by ", "%", "per cent", "percent"].iter().any(|word| text.contains(word))
}
