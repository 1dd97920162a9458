//! What stands on the first page: the title, who issues it and when, and in a sentence or two how things stand.

use jiff::civil::Date;

use super::ReportBuilder;
use crate::page::block::{Inline, Line, Words};
use crate::plan::State;
use crate::plan::figure::month_in_full;
use crate::text::{Ui, counted};

/// How many of what counts are judged, and by whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JudgedCounts {
    /// Metrics, and actions without anything below them.
    pub all: u32,
    /// Those on which people have given a verdict.
    pub by_people: u32,
    /// Those judged by figures alone.
    pub by_figures: u32,
    /// Those on track, holding or achieved.
    pub going_well: u32,
    /// Those behind, or past their time and not met.
    pub behind: u32,
}

/// Whether a state is one that somebody has to look at.
pub(super) fn is_behind(state: State) -> bool {
    matches!(state, State::NeedsAcceleration | State::Limited | State::Regressing | State::Overdue)
}

/// Whether a state needs nobody.
pub(super) fn is_well(state: State) -> bool {
    matches!(state, State::OnTrack | State::Hold | State::Achieved)
}

impl ReportBuilder<'_, '_> {
    /// The title: the one that was given, else the scope's, else the plan's.
    pub fn title(&self) -> Words {
        let plan = self.document.plan();
        if let Some(title) = &self.document.shape.title {
            return self.reader.said_in_any(title);
        }
        let title = self.document.scope.map_or(&plan.title, |top| &plan.tree.node(top).title);
        self.reader.text(title)
    }

    /// The plan under the title of a part of it, the issuer, the author and the day, as far as they are known.
    pub fn byline(&self) -> Line {
        let document = self.document;
        let (plan, shape) = (document.plan(), &document.shape);
        let of_plan =
            (document.scope.is_some() || shape.title.is_some()).then(|| self.reader.text(&plan.title));
        let mut line: Line = of_plan.into_iter().map(Inline::Words).collect();
        line.extend(shape.issuer.iter().chain(&shape.author).cloned().map(Inline::Plain));
        line.push(Inline::Words(self.day(document.scene.judge.as_of.day())));
        line
    }

    /// A day as each language writes it.
    fn day(&self, day: Date) -> Words {
        self.reader.spoken(|ui| written(day, ui))
    }

    /// How many are judged, and by whom.
    pub fn judged(&self) -> JudgedCounts {
        let document = self.document;
        let mut counts = JudgedCounts::default();
        for id in document.leaves() {
            let state = document.scene.states.of(id);
            let said = document.scene.journal.annotations(id);
            counts.all += 1;
            counts.by_people += u32::from(said.is_some_and(|said| said.verdict().is_some()));
            counts.by_figures +=
                u32::from(state.is_verdict() && said.is_none_or(|said| said.verdict().is_none()));
            counts.going_well += u32::from(is_well(state));
            counts.behind += u32::from(is_behind(state));
        }
        counts
    }

    /// The sentence on how many are judged, and by whom.
    pub fn judged_said(&self) -> Words {
        let JudgedCounts { all, by_people, by_figures, going_well, behind } = self.judged();
        let open = all.saturating_sub(by_people + by_figures);
        self.reader.spoken(|ui| {
            ui.pick(
                format!(
                    "共{all}项：{by_figures}项由数据判断，{by_people}项由人判断，{open}项尚不能判断；其中{going_well}项符合进度或已达成，{behind}项落后或逾期。"
                ),
                format!(
                    "Of {all} in all: {by_figures} judged by figures, {by_people} by people, {open} not yet; \
                     {going_well} on track or achieved, {behind} behind or overdue."
                ),
            )
        })
    }

    /// The report in two sentences made of its figures.
    pub fn summary(&self) -> Words {
        let document = self.document;
        let (sources, day) = (document.sources().len(), document.scene.judge.as_of.day());
        let judged = self.judged_said();
        let judged: Vec<_> = judged.wordings().to_vec();
        self.reader.spoken(|ui| {
            let said = judged.iter().find(|one| one.tag == ui.pick("zh", "en"));
            let said = said.map(|one| one.text.as_str()).unwrap_or_default();
            let day = written(day, ui);
            ui.pick(
                format!("截至{day}，{said}所据来源{sources}份。"),
                format!("As of {day}. {said} It rests on {}.", counted(sources, "source")),
            )
        })
    }
}

/// A day as prose has it: 2026年11月27日, 27 November 2026.
fn written(day: Date, ui: Ui) -> String {
    let month = month_in_full(day.month());
    ui.pick(
        format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        format!("{} {month} {}", day.day(), day.year()),
    )
}
