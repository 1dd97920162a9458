//! Answers of plain mode, a line each (`docs/intake-plain.md`).

use crate::intake::session::IntakeAction;
use crate::journal::quote::FigureOutcome;
use crate::text::{Bilingual, Ui};

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntakeAnswerLine {
    Act(IntakeAction),
    /// Other metrics by these words.
    Search(String),
    Undo,
    /// The question again.
    Again,
    Help,
    Stop,
}

/// The keys of the answers, and the words that stand for them.
const DECISIONS: [(&str, [&str; 2], FigureOutcome); 7] = [
    ("o", ["observed", "实际"], FigureOutcome::Observed),
    ("t", ["target", "目标"], FigureOutcome::Target),
    ("s", ["same", "另一来源"], FigureOutcome::SameValue),
    ("c", ["conflict", "冲突"], FigureOutcome::Conflict),
    ("=", ["known", "已有"], FigureOutcome::Known),
    ("n", ["none", "不是数字"], FigureOutcome::NoFigure),
    ("l", ["later", "以后"], FigureOutcome::Later),
];

/// Reads a line.
///
/// # Errors
/// What is not understood, with what would be.
pub fn parse(line: &str) -> Result<IntakeAnswerLine, Bilingual> {
    let text = line.trim();
    let small = text.to_lowercase();
    if let Some(words) = text.strip_prefix(['/', '／']) {
        return Ok(IntakeAnswerLine::Search(words.trim().to_owned()));
    }
    if let Some((.., outcome)) =
        DECISIONS.iter().find(|(key, words, _)| *key == small || words.contains(&small.as_str()))
    {
        return Ok(IntakeAnswerLine::Act(IntakeAction::Decide(*outcome)));
    }
    if let Ok(number) = small.parse::<usize>() {
        return Ok(IntakeAnswerLine::Act(IntakeAction::Choose(number)));
    }
    Ok(match small.as_str() {
        "" => IntakeAnswerLine::Act(IntakeAction::Accept),
        "j" | "next" | "下一个" => IntakeAnswerLine::Act(IntakeAction::Next),
        "k" | "previous" | "上一个" => IntakeAnswerLine::Act(IntakeAction::Previous),
        "u" | "undo" | "撤销" => IntakeAnswerLine::Undo,
        "v" | "again" | "再看" => IntakeAnswerLine::Again,
        "?" | "？" | "help" | "帮助" => IntakeAnswerLine::Help,
        "q" | "quit" | "退出" => IntakeAnswerLine::Stop,
        _ => {
            return Err(Bilingual::new(
                "没有这个答案，什么也没有记；? 列出全部",
                "there is no such answer, nothing was recorded; ? lists them",
            ));
        }
    })
}

/// The answers, a line each.
pub fn help(ui: Ui) -> String {
    let mut lines =
        vec![ui.pick("回车  取所提议的答案", "Enter  take the answer that is proposed").to_owned()];
    lines.extend(DECISIONS.iter().map(|(key, words, outcome)| {
        let word = words[usize::from(ui == Ui::Zh)];
        format!("{key}  {word}: {}", outcome.label(ui))
    }));
    let more = [
        ("1…9  选指标", "1…9  choose a metric"),
        ("/词  搜索别的指标", "/words  search for other metrics"),
        ("j k  下一个，上一个", "j k  the next, the previous one"),
        ("u  撤销上一个答案", "u  take back the last answer"),
        ("v  再看一遍", "v  show the figure again"),
        ("q  停下，以后接着做", "q  stop and go on another time"),
    ];
    lines.extend(more.iter().map(|(zh, en)| ui.pick(*zh, *en).to_owned()));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", IntakeAnswerLine::Act(IntakeAction::Accept))]
    #[case(" O ", IntakeAnswerLine::Act(IntakeAction::Decide(FigureOutcome::Observed)))]
    #[case("目标", IntakeAnswerLine::Act(IntakeAction::Decide(FigureOutcome::Target)))]
    #[case("2", IntakeAnswerLine::Act(IntakeAction::Choose(2)))]
    #[case("／高中", IntakeAnswerLine::Search("高中".to_owned()))]
    #[case("撤销", IntakeAnswerLine::Undo)]
    fn an_answer_is_a_key_or_a_word(#[case] line: &str, #[case] meant: IntakeAnswerLine) {
        assert_eq!(parse(line), Ok(meant));
    }

    #[rstest]
    #[case("yes")]
    #[case("-1")]
    #[case("oo")]
    fn what_is_no_answer_is_refused(#[case] line: &str) {
        assert!(parse(line).is_err());
    }
}
