//! Answering on standard input and output: a prompt a figure. No full screen, no cursor movement.

use std::io::Write;
use std::sync::Arc;

use super::answer::{self, IntakeAnswerLine};
use super::{amount, known_beside};
use crate::cli::CommandContext;
use crate::cli::failure::{Exit, Stop};
use crate::cli::find::found;
use crate::cli::journal::{stamp, tell_beside, unwritten};
use crate::cli::open::OpenPlan;
use crate::cli::output::Output;
use crate::cli::prompt::StdinLines;
use crate::find::{Query, SearchIndex, SearchScope};
use crate::intake::paragraphs::LineChars;
use crate::intake::questions::FigureQuestion;
use crate::intake::session::{IntakeResult, IntakeScene, IntakeSession};
use crate::journal::{Author, Step, describe};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};

/// A sitting with what it needs.
pub struct PlainIntake<'c> {
    pub context: &'c CommandContext,
    pub opened: OpenPlan,
    pub by: Author,
    pub session: IntakeSession,
    pub lines: LineChars,
}

/// Where the conversation stands after an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NextPrompt {
    Show,
    Ask,
    Stop,
}

/// Holds the conversation.
///
/// # Errors
/// When an answer cannot be written, or the output cannot.
pub fn run(mut plain: PlainIntake<'_>, out: &mut Output) -> Result<Exit, Stop> {
    let now = stamp(plain.context).now;
    plain.opened.journal.may_write(&now).map_err(|why| unwritten(&why, String::new()))?;
    let mut input = StdinLines::open();
    let mut index = None;
    plain.greet(out)?;
    let mut then = NextPrompt::Show;
    while then != NextPrompt::Stop {
        if then == NextPrompt::Show {
            plain.show(out)?;
        }
        then = plain.ask(&mut input, &mut index, out)?;
    }
    plain.end(out)
}

impl PlainIntake<'_> {
    fn ui(&self) -> Ui {
        self.context.ui()
    }

    fn scene(&self) -> IntakeScene<'_> {
        IntakeScene {
            plan: self.opened.plan(),
            journal: &self.opened.journal,
            by: &self.by,
            as_of: self.opened.as_of,
        }
    }

    fn say(&self, out: &mut Output, said: &Bilingual) -> Result<NextPrompt, Stop> {
        writeln!(out, "{}", said.get(self.ui()))?;
        Ok(NextPrompt::Ask)
    }

    fn greet(&self, out: &mut Output) -> Result<(), Stop> {
        let (all, left) = (self.session.questions().len(), self.session.left());
        let title = one_line(&self.session.document().title).into_owned();
        let said = Bilingual::new(
            format!("《{title}》：{all}个数字，{left}个待答；? 为帮助"),
            format!("{title}: {all} figures, {left} to answer; ? for help"),
        );
        self.say(out, &said).map(drop)
    }

    /// The sentence with its figure marked, how it was read, the metrics, what would change.
    fn show(&self, out: &mut Output) -> Result<(), Stop> {
        let ui = self.ui();
        let Some(question) = self.session.question() else {
            let done = Bilingual::new(
                "全部已答。q 结束，u 撤销，k 回看",
                "all are answered. q ends, u undoes, k goes back",
            );
            return self.say(out, &done).map(drop);
        };
        let (place, all) = (self.session.at() + 1, self.session.questions().len());
        let line = question.found.placed.line;
        let head = ui.pick(format!("{place}/{all} 第{line}行"), format!("{place}/{all} line {line}"));
        writeln!(out, "\n{head}\n{}", marked(&self.lines, question))?;
        let figure = &question.found.placed.figure;
        let mut reading = vec![amount(&question.found, ui), figure.kind.label(ui).to_owned()];
        reading.extend(figure.time.map(|time| time.to_string()));
        writeln!(out, "{}", reading.join(" · "))?;
        if let Some(decision) = self.session.decision(self.session.at()) {
            let node = decision.node.as_deref().map_or(String::new(), |node| format!(" {}", one_line(node)));
            let outcome = decision.outcome.label(ui);
            let said = ui.pick(format!("已答：{outcome}{node}"), format!("answered: {outcome}{node}"));
            writeln!(out, "{said}")?;
        }
        self.candidates(question, out)?;
        self.proposal(out)
    }

    fn candidates(&self, question: &FigureQuestion, out: &mut Output) -> Result<(), Stop> {
        let (plan, lang) = (self.opened.plan(), self.opened.show.main());
        for (number, id) in (1..).zip(&question.candidates) {
            let node = plan.tree.node(*id);
            let mark = if question.node == Some(*id) { ">" } else { " " };
            writeln!(out, "{mark}{number} {} {}", node.key, one_line(node.title.get_or_first(lang).text))?;
        }
        Ok(())
    }

    fn proposal(&self, out: &mut Output) -> Result<(), Stop> {
        let (ui, outlook) = (self.ui(), self.session.outlook(&self.scene()));
        let has_node = self.session.question().is_some_and(|question| question.node.is_some());
        let answer = outlook.proposed.label(ui);
        let known = outlook.beside.as_ref().map_or(String::new(), |value| known_beside(value, ui));
        let said = if has_node {
            let would = outlook.would.label(ui);
            ui.pick(format!("{would}{known}；回车：{answer}"), format!("{would}{known}; Enter: {answer}"))
        } else {
            ui.pick(
                format!("不能确定所指：先选指标，或 / 加几个词搜索；回车：{answer}"),
                format!("not clear what it speaks of: choose a metric, or / and words; Enter: {answer}"),
            )
        };
        writeln!(out, "{said}")?;
        Ok(())
    }

    fn ask(
        &mut self,
        input: &mut StdinLines,
        index: &mut Option<SearchIndex>,
        out: &mut Output,
    ) -> Result<NextPrompt, Stop> {
        let left = self.session.left();
        let prompt = self.ui().pick(format!("[余{left}] > "), format!("[{left} left] > "));
        let Some(line) = input.line(out, &prompt)? else { return Ok(NextPrompt::Stop) };
        match answer::parse(&line) {
            Err(said) => self.say(out, &said),
            Ok(IntakeAnswerLine::Help) => {
                writeln!(out, "{}", answer::help(self.ui()))?;
                Ok(NextPrompt::Ask)
            }
            Ok(IntakeAnswerLine::Stop) => Ok(NextPrompt::Stop),
            Ok(IntakeAnswerLine::Again) => Ok(NextPrompt::Show),
            Ok(IntakeAnswerLine::Undo) => self.undo(out),
            Ok(IntakeAnswerLine::Search(words)) => self.search(&words, index, out),
            Ok(IntakeAnswerLine::Act(action)) => {
                let loaded = Arc::clone(&self.opened.loaded);
                let scene = IntakeScene {
                    plan: &loaded.plan,
                    journal: &self.opened.journal,
                    by: &self.by,
                    as_of: self.opened.as_of,
                };
                match self.session.act(&scene, action) {
                    IntakeResult::Record(steps) => self.write(steps, out),
                    IntakeResult::Moved => Ok(NextPrompt::Show),
                    IntakeResult::Refused(said) => self.say(out, &said),
                }
            }
        }
    }

    fn search(
        &mut self,
        words: &str,
        index: &mut Option<SearchIndex>,
        out: &mut Output,
    ) -> Result<NextPrompt, Stop> {
        let index = index.get_or_insert_with(|| self.opened.index(&self.opened.states()));
        let query = Query::parse(words, self.opened.plan());
        let hits = found(&self.opened, index, &query, SearchScope::Whole, MAX_HITS);
        let nodes = hits.map(|found| found.hits).unwrap_or_default();
        let loaded = Arc::clone(&self.opened.loaded);
        if self.session.offer(&loaded.plan, nodes.iter().map(|hit| hit.node)) == 0 {
            return self.say(out, &Bilingual::new("没有这样的指标", "there is no such metric"));
        }
        let Some(question) = self.session.question() else { return Ok(NextPrompt::Ask) };
        self.candidates(question, out)?;
        if question.node.is_some() {
            self.proposal(out)?;
        }
        Ok(NextPrompt::Ask)
    }

    /// Writes the steps of an answer, and says what was recorded.
    fn write(&mut self, steps: Vec<Step>, out: &mut Output) -> Result<NextPrompt, Stop> {
        let loaded = Arc::clone(&self.opened.loaded);
        for step in steps {
            let appended = self.opened.journal.append(&loaded.plan, &self.by, step, &stamp(self.context))?;
            tell_beside(self.context, &appended, &self.opened.journal);
            for event in &self.opened.journal.record(appended.index).events {
                writeln!(out, "= {}", describe::event(event, self.ui()))?;
            }
        }
        out.flush()?;
        self.session.settle(&self.opened.journal);
        Ok(NextPrompt::Show)
    }

    fn undo(&mut self, out: &mut Output) -> Result<NextPrompt, Stop> {
        if !self.session.may_undo(&self.opened.journal, &self.by) {
            let none = Bilingual::new(
                "这份文件没有可撤销的答案",
                "there is no answer of this document to take back",
            );
            return self.say(out, &none);
        }
        let loaded = Arc::clone(&self.opened.loaded);
        let undone = self.opened.journal.undo(&loaded.plan, &self.by, &stamp(self.context));
        if let Some((_, index)) = undone.map_err(|why| unwritten(&why, String::new()))? {
            let named = describe::record(self.opened.journal.record(index), self.ui());
            writeln!(out, "= {}{named}", self.ui().pick("撤销：", "undone: "))?;
        }
        self.session.settle(&self.opened.journal);
        Ok(NextPrompt::Show)
    }

    fn end(&self, out: &mut Output) -> Result<Exit, Stop> {
        let left = self.session.left();
        let said = match left {
            0 => Bilingual::new("全部已答", "all are answered"),
            _ => Bilingual::new(
                format!("余{left}个；再次运行同一命令即从这里继续"),
                format!("{left} left; the same command goes on from here"),
            ),
        };
        self.say(out, &said)?;
        Ok(Exit::Done)
    }
}

/// Most matches of a search that are looked through for metrics.
const MAX_HITS: usize = 200;

/// Most characters of a sentence on either side of its figure.
const REACH: usize = 160;

/// The sentence of a figure, shortened where it is long, with the figure between double square brackets.
fn marked(lines: &LineChars, question: &FigureQuestion) -> String {
    let figure = &question.found.placed.figure;
    let line = lines.line(question.found.placed.line);
    let from = figure.sentence.start.max(figure.span.start.saturating_sub(REACH));
    let to = figure.sentence.end.min(figure.span.end + REACH).min(line.len());
    let text = |range: std::ops::Range<usize>| line[range].iter().collect::<String>();
    let (start, end) = (figure.span.start, figure.span.end.min(to));
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let said = format!(
        "{}{}[[{}]]{}{}",
        cut(from > figure.sentence.start),
        text(from..start).trim_start(),
        text(start..end),
        text(end..to).trim_end(),
        cut(to < figure.sentence.end.min(line.len())),
    );
    one_line(&said).into_owned()
}
