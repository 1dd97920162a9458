//! Plain mode: numbered prompts in the scrollback, an answer a line. No full screen, no frames, no cursor
//! movement.

use std::io::Write;
use std::sync::Arc;

use super::super::annotate;
use super::super::args::AnnotateArgs;
use super::super::failure::{Exit, Stop};
use super::super::journal::{stamp, tell_beside, unwritten};
use super::super::open::OpenPlan;
use super::super::output::Output;
use super::super::prompt::StdinLines;
use super::super::show;
use super::answer::{self, AnswerLine, Remark};
use super::{reader, scene, write_minutes};
use crate::cli::CommandContext;
use crate::cli::args::MinutesForm;
use crate::journal::event::Outcome;
use crate::journal::{Annotations, Author, Event, Step, describe};
use crate::page::SectionKind;
use crate::plan::NodeId;
use crate::review::record::{find, heads};
use crate::review::session::{ActionResult, Reason, ReviewAction};
use crate::review::{Session, VerdictVisibility};
use crate::text::{Bilingual, Ui};
use crate::text::{clean::many_lines, clean::one_line};

/// A session on standard input and output.
pub struct PlainSession<'c> {
    pub context: &'c CommandContext,
    pub opened: OpenPlan,
    pub by: Author,
    pub session: Session,
}

/// Where the conversation stands after an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// A card is to be shown.
    Show,
    /// Another answer to the same card.
    Ask,
    /// It is over for now.
    Stop,
    /// It is over for good.
    End,
}

/// Holds the conversation.
///
/// # Errors
/// When a step cannot be written (its words come back), or the output cannot.
pub fn run(mut plain: PlainSession<'_>, out: &mut Output) -> Result<Exit, Stop> {
    let mut input = StdinLines::open();
    plain.greet(out)?;
    let mut then = Then::Show;
    loop {
        then = match then {
            Then::Show => {
                plain.show(out)?;
                plain.ask(&mut input, out)?
            }
            Then::Ask => plain.ask(&mut input, out)?,
            Then::Stop => return plain.stop(out),
            Then::End => return plain.end(out),
        };
    }
}

impl PlainSession<'_> {
    fn ui(&self) -> Ui {
        self.context.ui()
    }

    fn say(&self, out: &mut Output, said: &Bilingual) -> Result<Then, Stop> {
        writeln!(out, "{}", said.get(self.ui()))?;
        Ok(Then::Ask)
    }

    fn greet(&self, out: &mut Output) -> Result<(), Stop> {
        let (counts, head) = (self.session.counts(), self.session.head());
        let (total, left) = (counts.total, counts.left);
        let resumed = self.session.queue().iter().any(|entry| self.session.mark(entry.node).is_some());
        let day = head.at.day();
        let said = if resumed {
            Bilingual::new(
                format!("继续 {day} 开始的复核：共{total}张，余{left}张；? 为帮助"),
                format!("going on with the review of {day}: {total} cards, {left} left; ? for help"),
            )
        } else {
            Bilingual::new(
                format!("复核：共{total}张卡片；? 为帮助"),
                format!("review: {total} cards; ? for help"),
            )
        };
        self.say(out, &said).map(drop)
    }

    /// The card at hand, without its history: `log` has it.
    fn show(&self, out: &mut Output) -> Result<(), Stop> {
        let ui = self.ui();
        let Some(node) = self.session.card() else {
            let done = Bilingual::new(
                "全部完成。回车结束复核并给出纪要；u 撤销，k 回看",
                "all done. Enter ends the session with its minutes; u undoes, k goes back",
            );
            return self.say(out, &done).map(drop);
        };
        let (place, total) = (self.session.place(node).unwrap_or(0) + 1, self.session.queue().len());
        let why = self.session.why(node).map(|why| why.get(ui).to_owned()).unwrap_or_default();
        writeln!(out, "\n{place}/{total} {why}")?;
        let reader = reader(self.context, &self.opened);
        let mut card = self.session.shown(&reader, &self.opened.journal, node);
        card.sections.retain(|section| section.kind != SectionKind::History);
        show::print(out, ui, &card)?;
        if self.session.veil(node) == VerdictVisibility::Drawn {
            self.say(out, &Bilingual::new("（盲评：结论已隐藏）", "(blind: verdicts are hidden)"))?;
        }
        Ok(())
    }

    fn ask(&mut self, input: &mut StdinLines, out: &mut Output) -> Result<Then, Stop> {
        let counts = self.session.counts();
        let (decided, left) = (counts.decided, counts.left);
        let minutes = counts.seconds / 60;
        let mut parts = vec![self.ui().pick(
            format!("已定{decided}，余{left}，{minutes}分"),
            format!("{decided} decided, {left} left, {minutes} min"),
        )];
        if let Some(seconds) = counts.seconds_left.filter(|seconds| *seconds > 0) {
            let more = seconds.div_ceil(60);
            parts.push(self.ui().pick(format!("约还需{more}分"), format!("about {more} more")));
        }
        let prompt = format!("[{}] > ", parts.join(self.ui().pick("，", ", ")));
        let Some(line) = input.line(out, &prompt)? else { return Ok(Then::End) };
        match answer::parse(&line) {
            Ok(line) => self.answer(line, input, out),
            Err(said) => self.say(out, &said),
        }
    }

    fn answer(&mut self, line: AnswerLine, input: &mut StdinLines, out: &mut Output) -> Result<Then, Stop> {
        let action = match line {
            AnswerLine::Help => {
                writeln!(out, "{}", answer::help(self.ui()))?;
                return Ok(Then::Ask);
            }
            AnswerLine::Stop => return Ok(Then::Stop),
            AnswerLine::Card => return Ok(Then::Show),
            AnswerLine::Undo => return self.undo(out),
            AnswerLine::Act(ReviewAction::Unchanged) if self.session.card().is_none() => {
                return Ok(Then::End);
            }
            AnswerLine::Act(action) => action,
            AnswerLine::Remark(remark) => return self.remark(remark, out),
        };
        self.act(action, input, out)
    }

    fn act(&mut self, action: ReviewAction, input: &mut StdinLines, out: &mut Output) -> Result<Then, Stop> {
        let now = jiff::Timestamp::now();
        match self.session.act(&scene(&self.opened), action.clone(), now) {
            ActionResult::Record(step) => {
                self.write(step, out)?;
                Ok(Then::Show)
            }
            ActionResult::ReasonWanted(wanted) => {
                let ui = self.ui();
                let wanted = wanted.get(ui);
                let prompt = ui.pick(
                    format!("理由？{wanted}（回车不说明）> "),
                    format!("reason? {wanted} (Enter for none) > "),
                );
                let line = input.line(out, &prompt)?.unwrap_or_default();
                let reason = match line.trim() {
                    "" => Reason::None,
                    text => Reason::Given(text.into()),
                };
                let ReviewAction::Verdict(state, _) = action else { return Ok(Then::Ask) };
                self.act(ReviewAction::Verdict(state, reason), input, out)
            }
            ActionResult::Moved | ActionResult::Revealed(_) => Ok(Then::Show),
            ActionResult::Refused(refusal) => self.say(out, &refusal.said()),
        }
    }

    /// What `annotate` records too, as part of the session; the card stays.
    fn remark(&mut self, remark: Remark, out: &mut Output) -> Result<Then, Stop> {
        let Some(node) = self.session.card() else {
            return self.say(out, &crate::review::Refusal::NoCard.said());
        };
        let mut wish = AnnotateArgs {
            id: self.opened.plan().tree.node(node).key.to_string(),
            ..AnnotateArgs::default()
        };
        match remark {
            Remark::Note(kind, text) => (wish.note, wish.kind) = (Some(text), Some(kind.word().to_owned())),
            Remark::Status(status) => wish.status = Some(status),
            Remark::Progress(share) => wish.progress = Some(share),
            Remark::Value(value, on, source) => {
                (wish.observe, wish.on, wish.value_source) = (Some(value), Some(on), source);
            }
            Remark::Tag(tag) => wish.tag = vec![tag],
            Remark::Untag(tag) => wish.untag = vec![tag],
            Remark::Star => {
                let starred = self.opened.journal.annotations(node).is_some_and(Annotations::is_starred);
                (wish.star, wish.unstar) = (!starred, starred);
            }
        }
        match annotate::step(&self.opened, node, &self.by, &wish) {
            Ok(step) => {
                self.write(self.session.own(step), out)?;
                Ok(Then::Ask)
            }
            Err(failure) => {
                let ui = self.ui();
                writeln!(out, "{}{}{}", failure.what.get(ui), ui.pick("；", "; "), failure.next.get(ui))?;
                Ok(Then::Ask)
            }
        }
    }

    /// Writes a step and says what was understood.
    fn write(&mut self, step: Step, out: &mut Output) -> Result<(), Stop> {
        let judged: Vec<bool> = step.events.iter().map(|event| self.was_judged(event)).collect();
        let loaded = Arc::clone(&self.opened.loaded);
        let appended = self.opened.journal.append(&loaded.plan, &self.by, step, &stamp(self.context))?;
        tell_beside(self.context, &appended, &self.opened.journal);
        let record = self.opened.journal.record(appended.index);
        for (event, judged) in record.events.iter().zip(judged) {
            writeln!(out, "= {}", self.told(event, judged))?;
        }
        out.flush()?;
        self.session.settle(&scene(&self.opened));
        Ok(())
    }

    /// Whether anybody has a verdict on the node of an event.
    fn was_judged(&self, event: &Event) -> bool {
        let node = event.node().and_then(|name| self.opened.plan().tree.find(name));
        let said = |node: NodeId| self.opened.journal.annotations(node);
        node.and_then(said).is_some_and(|said| said.verdict().is_some())
    }

    fn told(&self, event: &Event, judged: bool) -> String {
        let ui = self.ui();
        let told = describe::event(event, ui);
        match event {
            Event::Reviewed { outcome: Outcome::Unchanged, node, .. } if !judged => {
                let node = one_line(node);
                ui.pick(
                    format!("复核 {node} → 看过，无结论"),
                    format!("reviewed {node} → looked at, no verdict"),
                )
            }
            Event::Reviewed { until: Some(day), .. } => {
                ui.pick(format!("{told}至 {day}"), format!("{told} until {day}"))
            }
            Event::Reviewed { outcome: Outcome::Buried, node, until: None, .. } => {
                let node = one_line(node);
                ui.pick(
                    format!("复核 {node} → 本次略过"),
                    format!("reviewed {node} → left out of this session"),
                )
            }
            Event::Status { reason: Some(reason), .. } => {
                let reason = many_lines(reason);
                ui.pick(format!("{told}，理由：{reason}"), format!("{told}, reason: {reason}"))
            }
            _ => told,
        }
    }

    fn undo(&mut self, out: &mut Output) -> Result<Then, Stop> {
        if self.session.undo_target(&self.opened.journal).is_none() {
            let none = Bilingual::new("本次复核没有可撤销的操作", "there is nothing to undo in this session");
            return self.say(out, &none);
        }
        let loaded = Arc::clone(&self.opened.loaded);
        let undone = self.opened.journal.undo(&loaded.plan, &self.by, &stamp(self.context));
        if let Some((_, index)) = undone.map_err(|why| unwritten(&why, String::new()))? {
            let named = describe::record(self.opened.journal.record(index), self.ui());
            writeln!(out, "= {}{named}", self.ui().pick("撤销：", "undone: "))?;
        }
        self.session.settle(&scene(&self.opened));
        Ok(Then::Show)
    }

    fn stop(&self, out: &mut Output) -> Result<Exit, Stop> {
        let id = self.session.id();
        let said = Bilingual::new(
            format!("已停下；再次运行同一命令即从这里继续。纪要：`plan158 review --minutes {id}`"),
            format!("stopped; the same command goes on from here. Minutes: `plan158 review --minutes {id}`"),
        );
        self.say(out, &said)?;
        Ok(Exit::Done)
    }

    /// Ends the session for good, and gives its minutes.
    fn end(&mut self, out: &mut Output) -> Result<Exit, Stop> {
        let loaded = Arc::clone(&self.opened.loaded);
        let appended =
            self.opened.journal.append(&loaded.plan, &self.by, self.session.end(), &stamp(self.context))?;
        tell_beside(self.context, &appended, &self.opened.journal);
        writeln!(out)?;
        let heads = heads(&self.opened.journal);
        let head = find(&heads, self.session.id().as_str()).unwrap_or_else(|| self.session.head().clone());
        write_minutes(self.context, &self.opened, (&head, MinutesForm::Md, None), out)?;
        Ok(Exit::Done)
    }
}
