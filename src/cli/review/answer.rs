//! One line of plain mode, read: the keys of the review card, or words in either language
//! (`docs/review-plain.md`, a contract).

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::journal::NoteKind;
use crate::plan::State;
use crate::review::session::{Reason, ReviewAction, VERDICT_KEYS};
use crate::text::words::VocabularyWord;
use crate::text::{Bilingual, Ui};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerLine {
    /// Something that the session does.
    Act(ReviewAction),
    /// Takes back the last step of the session.
    Undo,
    /// What `annotate` records too; the card stays.
    Remark(Remark),
    Card,
    Help,
    /// Enough for now.
    Stop,
}

/// Something said of the card at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    Note(NoteKind, String),
    /// A verdict without a decision: its word.
    Status(String),
    Progress(String),
    /// An observed value, its time, its source.
    Value(String, String, Option<String>),
    Tag(String),
    Untag(String),
    /// A star, or none any more.
    Star,
}

/// The answers without anything behind them, by every spelling.
const BARE: &[(&[&str], AnswerLine)] = &[
    (&["=", "ok", "unchanged", "准", "仍准确", "无变化"], AnswerLine::Act(ReviewAction::Unchanged)),
    (&["-", "skip", "跳过"], AnswerLine::Act(ReviewAction::Skip)),
    (&["!", "needs-work", "待处理"], AnswerLine::Act(ReviewAction::NeedsWork)),
    (&["j", "next", "下一张"], AnswerLine::Act(ReviewAction::Next)),
    (&["k", "previous", "上一张"], AnswerLine::Act(ReviewAction::Previous)),
    (&["J", "next-open", "下一未定"], AnswerLine::Act(ReviewAction::NextOpen)),
    (&["K", "previous-open", "上一未定"], AnswerLine::Act(ReviewAction::PreviousOpen)),
    (&["D", "branch", "略过本分支"], AnswerLine::Act(ReviewAction::LeaveBranch)),
    (&["u", "undo", "撤销"], AnswerLine::Undo),
    (&["r", "reveal", "揭示"], AnswerLine::Act(ReviewAction::Reveal)),
    (&["*", "star", "星标"], AnswerLine::Remark(Remark::Star)),
    (&["c", "card", "卡片"], AnswerLine::Card),
    (&["?", "help", "帮助"], AnswerLine::Help),
    (&["q", "quit", "退出"], AnswerLine::Stop),
];

/// Answers that need more on their line.
#[derive(Clone, Copy)]
enum Long {
    Bury,
    Note,
    Status,
    Progress,
    Value,
    Tag,
}

const LONG: &[(&[&str], Long)] = &[
    (&["b", "bury", "搁置"], Long::Bury),
    (&["a", "note", "笔记"], Long::Note),
    (&["s", "status", "状态"], Long::Status),
    (&["p", "progress", "进度"], Long::Progress),
    (&["+", "value", "数值"], Long::Value),
    (&["t", "tag", "标签"], Long::Tag),
];

/// Reads a line.
///
/// # Errors
/// What is wrong with it, and what would be right.
pub fn parse(line: &str) -> Result<AnswerLine, Bilingual> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(AnswerLine::Act(ReviewAction::Unchanged));
    }
    // Full-width signs and digits are what an input method types for their twins.
    let (head, rest) = split(line);
    let head: String = head.nfkc().collect();
    if let Some((_, bare)) = BARE.iter().find(|(names, _)| names.contains(&head.as_str())) {
        return if rest.is_empty() { Ok(bare.clone()) } else { Err(not_understood()) };
    }
    if let Some(state) = verdict(&head) {
        let reason = if rest.is_empty() { Reason::NotAsked } else { Reason::Given(rest.into()) };
        return Ok(AnswerLine::Act(ReviewAction::Verdict(state, reason)));
    }
    match LONG.iter().find(|(names, _)| names.contains(&head.as_str())) {
        Some((_, long)) => with_more(*long, rest),
        None => Err(not_understood()),
    }
}

/// The answer's name and what follows; a plus sign may touch its value.
fn split(line: &str) -> (&str, &str) {
    if let Some(rest) = line.strip_prefix(['+', '＋']) {
        return ("+", rest.trim());
    }
    line.split_once(char::is_whitespace).map_or((line, ""), |(head, rest)| (head, rest.trim()))
}

/// 1 to 8, or a state's word, glyph or Chinese label.
fn verdict(head: &str) -> Option<State> {
    let digit = head.parse::<usize>().ok().filter(|digit| (1..=8).contains(digit));
    let named = || State::named(head).filter(|state| state.is_for_people());
    digit.map(|digit| VERDICT_KEYS[digit - 1]).or_else(named)
}

fn with_more(long: Long, rest: &str) -> Result<AnswerLine, Bilingual> {
    let text = || rest.to_owned();
    match long {
        Long::Bury => {
            let day = rest.parse::<Date>().ok();
            day.map(|day| AnswerLine::Act(ReviewAction::Bury(day)))
                .ok_or_else(|| wants("b 2027-03-01", "b 2027-03-01"))
        }
        Long::Note => {
            note(rest).ok_or_else(|| wants("a 文字，或 a 问题：文字", "a TEXT, or a question: TEXT"))
        }
        Long::Status if !rest.is_empty() => Ok(AnswerLine::Remark(Remark::Status(text()))),
        Long::Status => Err(wants("s on-track", "s on-track")),
        Long::Progress if !rest.is_empty() => Ok(AnswerLine::Remark(Remark::Progress(text()))),
        Long::Progress => Err(wants("p 40", "p 40")),
        Long::Value => {
            let (value, more) = split_value(rest);
            let (when, source) = more.split_once(char::is_whitespace).unwrap_or((more, ""));
            if value.is_empty() || when.is_empty() {
                return Err(wants("+ 88 2026-06 出处", "+ 88 2026-06 SOURCE"));
            }
            let source = Some(source.trim().to_owned()).filter(|source| !source.is_empty());
            Ok(AnswerLine::Remark(Remark::Value(value.to_owned(), when.to_owned(), source)))
        }
        Long::Tag => match rest.strip_prefix('-').map(str::trim) {
            Some(tag) if !tag.is_empty() => Ok(AnswerLine::Remark(Remark::Untag(tag.to_owned()))),
            None if !rest.is_empty() => Ok(AnswerLine::Remark(Remark::Tag(text()))),
            _ => Err(wants("t 标签；t -标签 去除", "t TAG; t -TAG takes it off")),
        },
    }
}

fn split_value(rest: &str) -> (&str, &str) {
    rest.split_once(char::is_whitespace).map_or((rest, ""), |(value, more)| (value, more.trim()))
}

/// A note; what stands before a colon says its kind where it is one.
fn note(rest: &str) -> Option<AnswerLine> {
    let kinded = rest
        .split_once([':', '：'])
        .and_then(|(word, text)| Some((NoteKind::named(word.trim())?, text.trim())));
    let (kind, text) = kinded.unwrap_or((NoteKind::Progress, rest));
    (!text.is_empty()).then(|| AnswerLine::Remark(Remark::Note(kind, text.to_owned())))
}

fn wants(zh: &str, en: &str) -> Bilingual {
    Bilingual::new(format!("写作：{zh}"), format!("write: {en}"))
}

fn not_understood() -> Bilingual {
    Bilingual::new("没有看懂；? 列出可用的回答", "not understood; ? lists the answers")
}

/// The help: every answer, a line each.
pub fn help(ui: Ui) -> String {
    let states = (1..).zip(VERDICT_KEYS).map(|(digit, state)| format!("{digit} {}", state.signed(ui)));
    let states = states.collect::<Vec<_>>().join(ui.pick("，", ", "));
    let lines: &[&str] = ui.pick(
        &[
            "回车：仍准确；从未判断的只算看过；已定的卡片则转到下一张",
            "",
            "-：跳过，最后再来；b 2027-03-01：搁置到该日；!：待处理",
            "j k：下一张、上一张；J K：下一、上一未定的；D：本分支其余略过",
            "u：撤销本次的上一步；r：揭示（盲评）；c：再读卡片",
            "a 文字：笔记（a 问题：文字 为问题）；s 状态；p 40：进度；+ 88 2026-06 出处：数值；t 标签；*：星标",
            "q：停下，下次从这里继续；输入结束：结束复核并给出纪要",
        ],
        &[
            "Enter: still accurate; never judged: only looked at; on a decided card: next",
            "",
            "-: skip, comes back at the end; b 2027-03-01: put off until that day; !: needs work",
            "j k: next, previous card; J K: next, previous open one; D: leave out the rest of this branch",
            "u: undo the last step of this session; r: reveal (blind); c: read the card again",
            "a TEXT: note (a question: TEXT); s STATUS; p 40: progress; + 88 2026-06 SOURCE: value; t TAG; *: star",
            "q: stop, to go on here next time; end of input: end the session with its minutes",
        ],
    );
    let reason = ui.pick("可加理由：2 进度落后", "a reason may follow: 2 behind its pace");
    let lines = lines.iter().map(|line| {
        if line.is_empty() { format!("{states}{}{reason}", ui.pick("；", "; ")) } else { (*line).to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case("", AnswerLine::Act(ReviewAction::Unchanged))]
    #[case("  \r", AnswerLine::Act(ReviewAction::Unchanged))]
    #[case("仍准确", AnswerLine::Act(ReviewAction::Unchanged))]
    #[case("1", AnswerLine::Act(ReviewAction::Verdict(State::OnTrack, Reason::NotAsked)))]
    #[case("８", AnswerLine::Act(ReviewAction::Verdict(State::InsufficientEvidence, Reason::NotAsked)))]
    #[case("缓", AnswerLine::Act(ReviewAction::Verdict(State::NeedsAcceleration, Reason::NotAsked)))]
    #[case("倒退 校舍停建", AnswerLine::Act(ReviewAction::Verdict(State::Regressing, Reason::Given("校舍停建".into()))))]
    #[case("achieved all built", AnswerLine::Act(ReviewAction::Verdict(State::Achieved, Reason::Given("all built".into()))))]
    #[case("－", AnswerLine::Act(ReviewAction::Skip))]
    #[case("！", AnswerLine::Act(ReviewAction::NeedsWork))]
    #[case("b 2027-03-01", AnswerLine::Act(ReviewAction::Bury(date(2027, 3, 1))))]
    #[case("搁置　2027-03-01", AnswerLine::Act(ReviewAction::Bury(date(2027, 3, 1))))]
    #[case("J", AnswerLine::Act(ReviewAction::NextOpen))]
    #[case("j", AnswerLine::Act(ReviewAction::Next))]
    #[case("a as seen: fine", AnswerLine::Remark(Remark::Note(NoteKind::Progress, "as seen: fine".into())))]
    #[case("a question: by whom?", AnswerLine::Remark(Remark::Note(NoteKind::Question, "by whom?".into())))]
    #[case("笔记 问题：谁统计", AnswerLine::Remark(Remark::Note(NoteKind::Question, "谁统计".into())))]
    #[case("+ 88 2026-06 yearbook p. 3", AnswerLine::Remark(Remark::Value("88".into(), "2026-06".into(), Some("yearbook p. 3".into()))))]
    #[case("+88 2026", AnswerLine::Remark(Remark::Value("88".into(), "2026".into(), None)))]
    #[case("t -old", AnswerLine::Remark(Remark::Untag("old".into())))]
    #[case("*", AnswerLine::Remark(Remark::Star))]
    #[case("？", AnswerLine::Help)]
    #[case("q", AnswerLine::Stop)]
    fn a_line_is_read_in_every_spelling(#[case] line: &str, #[case] expected: AnswerLine) {
        assert_eq!(parse(line), Ok(expected));
    }

    #[rstest]
    #[case("9")]
    #[case("0")]
    #[case("overdue")] // computed only
    #[case("b")]
    #[case("b tomorrow")]
    #[case("b 2027-02-30")]
    #[case("a")]
    #[case("a question:")]
    #[case("+ 88")]
    #[case("t -")]
    #[case("- and more")]
    #[case("hello")]
    fn what_is_not_understood_is_not_guessed_at(#[case] line: &str) {
        assert!(parse(line).is_err());
    }
}
