//! A verdict followed back to its figures and their sources: the sections of the `=` view and of `plan158 explain`.

use super::{Card, Field, People, Reader, Section, SectionKind, people, values};
use crate::journal::{Annotations, describe};
use crate::plan::figure::{self, rounded};
use crate::plan::metric::{Metric, Moment, Value, When};
use crate::plan::{NodeId, Role, State};
use crate::progress::series::{Origin, Written};
use crate::progress::status::severity;
use crate::progress::{
    Added, Assessment, ByRule, Contest, Flag, Interval, Judge, Reading, Rollup, Rule, States, Step, Term,
};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};

impl Reader<'_> {
    /// The arithmetic behind a node's verdict, and everybody's verdicts side by side. `states` are those of the same rule and day.
    pub fn explain(&self, node: NodeId, people: Option<People<'_>>, states: &States) -> Card {
        let said = people.and_then(|people| people.fold.of(node));
        let judge = Judge::new(self.plan, self.rule, self.as_of);
        let found = judge.assess(node, &Added::of(said));
        let found = found.as_ref();
        let used = found.map(used).unwrap_or_default();
        let sections = [
            (SectionKind::Verdict, self.verdict(node, said, found)),
            (SectionKind::Sides, self.sides(node, said, found)),
            (SectionKind::Figures, self.figures(node, said, found)),
            (SectionKind::Arithmetic, found.map(|found| self.arithmetic(found)).unwrap_or_default()),
            (SectionKind::Rules, found.map(|found| self.rules(found)).unwrap_or_default()),
            (SectionKind::IfDue, found.map(|found| self.if_due(found)).unwrap_or_default()),
            (SectionKind::Contests, found.map(|found| self.contests(node, said, found)).unwrap_or_default()),
            (SectionKind::Flags, found.map(|found| self.flags(&found.flags)).unwrap_or_default()),
            (SectionKind::Unused, self.unused(node, said, &used)),
            (SectionKind::Rollup, self.rollup(node, states)),
        ];
        self.headed(node, sections)
    }

    /// A rule set with its word and its cut-offs.
    pub fn rule_named(&self, rule: Rule) -> String {
        self.ui.pick(
            format!("{} {}：{}", rule.label(Ui::Zh), rule.word(), rule.cuts_said()),
            format!("{}: {}", rule.word(), rule.cuts_said()),
        )
    }

    /// A sentence in the language of labels, and in the other where two languages are shown.
    fn sentences(&self, said: &Bilingual) -> Vec<Field> {
        let other = self.ui.pick(Ui::En, Ui::Zh);
        let both = self.show.second().is_some() && said.zh != said.en;
        std::iter::once(self.ui)
            .chain(both.then_some(other))
            .map(|ui| Field::Note(said.get(ui).to_owned()))
            .collect()
    }

    fn state_text(&self, state: State) -> String {
        describe::state(state, self.ui)
    }

    fn verdict(&self, node: NodeId, said: Option<&Annotations>, found: Option<&Assessment>) -> Vec<Field> {
        let this = self.plan.tree.node(node);
        let judge = Judge::new(self.plan, self.rule, self.as_of);
        let Some(found) = found else {
            let why = match this.role {
                Role::Metric => Bilingual::new(
                    "规划写明此项不作计算，只由人判断",
                    "the plan leaves this one to people: nothing is computed",
                ),
                _ => Bilingual::new(
                    "目标和行动由人判断，不作计算",
                    "goals and actions are judged by people: nothing is computed",
                ),
            };
            let nobody = Bilingual::new("还没有人判断过", "nobody has judged it yet");
            let by = said.and_then(Annotations::verdict);
            let mut fields = vec![Field::State(judge.state(node, &Added::of(said)))];
            fields.extend(self.sentences(&why));
            fields.extend(by.is_none().then(|| self.sentences(&nobody)).into_iter().flatten());
            return fields;
        };
        let mut fields = vec![Field::State(found.state)];
        fields.extend(self.sentences(&found.why));
        if let Some((worst, best)) = found.open {
            let open = format!("{} — {}", self.state_text(worst), self.state_text(best));
            fields.push(self.pair("未定于", "open between", open));
        }
        if found.is_ruled() {
            fields.push(self.pair("规则", "rule", self.rule_named(found.rule)));
        }
        fields.push(self.pair("截至", "as of", self.as_of.to_string()));
        fields
    }

    /// The computed verdict, every person's, the official one; where they differ, and which is the node's.
    fn sides(&self, node: NodeId, said: Option<&Annotations>, found: Option<&Assessment>) -> Vec<Field> {
        let computed = found.map(|found| self.state_text(found.state));
        let none = || self.ui.pick("不计算", "none").to_owned();
        let mut fields = vec![self.pair("计算", "computed", computed.unwrap_or_else(none))];
        let authors = said.into_iter().flat_map(Annotations::authors);
        let judging = authors.filter(|author| author.verdict.is_some());
        let people: Vec<Field> = judging.filter_map(|author| people::by_one(self, author)).collect();
        let nobody = people.is_empty();
        fields.extend(people);
        if nobody {
            fields.push(self.pair("人", "people", figure::NONE));
        }
        let metric = self.plan.tree.node(node).metric.as_ref();
        if let Some(official) = metric.and_then(|metric| self.as_of.official(self.plan, metric)) {
            let source = official.source.map(|id| format!(" · {}", self.source(id))).unwrap_or_default();
            let text = format!("{}{source}", self.state_text(official.status));
            fields.push(self.pair("官方", "official", text));
        }
        let differs = [Flag::ReviewerDiffers, Flag::OfficialDiffers]
            .into_iter()
            .filter(|flag| found.is_some_and(|found| found.flags.contains(flag)));
        fields.extend(differs.flat_map(|flag| self.sentences(&flag.meaning())));
        if said.is_some_and(Annotations::is_disputed) {
            fields.extend(self.sentences(&Bilingual::new(
                "作者之间结论不同，尚未商定",
                "authors differ, and it is not settled",
            )));
        }
        let judge = Judge::new(self.plan, self.rule, self.as_of);
        let state = judge.state(node, &Added::of(said));
        let by_person = !nobody && found.is_none_or(|found| severity(found.state).is_none());
        let origin = match (by_person, found.is_some()) {
            (true, _) => self.ui.pick("取最近一位作者的结论", "the latest person's"),
            (false, true) => self.ui.pick("取计算结论", "the computed one"),
            (false, false) => self.ui.pick("无人判断", "nobody judged it"),
        };
        fields.push(self.pair("节点状态", "the node's", format!("{} · {origin}", self.state_text(state))));
        fields
    }

    /// The written value behind a reading, as a row with its source and what arithmetic makes of it.
    fn figure(
        &self,
        metric: &Metric,
        said: Option<&Annotations>,
        reading: &Reading,
        label: &str,
    ) -> Option<Field> {
        let kind = match reading.origin {
            Origin::Baseline => super::ValueKind::Baseline,
            Origin::Target(_) => super::ValueKind::Target,
            _ => super::ValueKind::Observed,
        };
        let mut row = match reading.origin.written(metric, said)? {
            Written::Plan(value) => values::row(self, metric, kind, value),
            Written::Recorded(own) => values::recorded_row(self, metric, own),
        };
        label.clone_into(&mut row.label);
        row.remark = [row.remark, self.reckoned(reading)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        Some(Field::Value(row))
    }

    /// What arithmetic makes of a figure: its ends where it is a bound, its time in decimal years.
    fn reckoned(&self, reading: &Reading) -> String {
        let ui = self.ui;
        let amount = (!reading.amount.is_point()).then(|| {
            let ends = between(reading.amount, 4, ui);
            ui.pick(format!("计作 {ends}"), format!("reckoned as {ends}"))
        });
        let at = (reading.when != When::Undated).then(|| format!("t = {}", years(reading.at, ui)));
        amount.into_iter().chain(at).collect::<Vec<_>>().join(ui.pick("，", ", "))
    }

    fn figures(&self, node: NodeId, said: Option<&Annotations>, found: Option<&Assessment>) -> Vec<Field> {
        let metric = self.plan.tree.node(node).metric.as_deref();
        let (Some(metric), Some(found)) = (metric, found) else { return Vec::new() };
        let ui = self.ui;
        let mut fields = Vec::new();
        match found.baseline {
            Some(baseline) => {
                fields.extend(self.figure(metric, said, &baseline, ui.pick("B 基期", "B baseline")));
            }
            None if found.actual.is_some() || found.target.is_some() => {
                let why = found.baseline_lack.map(|lack| format!(" {}", lack.said().get(ui)));
                let none = format!("{}{}", figure::NONE, why.unwrap_or_default());
                fields.push(self.pair("B 基期", "B baseline", none));
            }
            None => {}
        }
        let now = ui.pick("A 现值", "A now");
        fields.extend(
            found.actual.iter().chain(&found.rivals).filter_map(|one| self.figure(metric, said, one, now)),
        );
        let step = ui.pick("C 节点", "C checkpoint");
        fields.extend(found.checkpoints().iter().filter_map(|one| self.figure(metric, said, one, step)));
        let own = metric.breaks.iter().map(|year| (figure::moment(Moment::Year(*year), ui), None));
        let said_breaks = said.into_iter().flat_map(Annotations::breaks);
        let recorded = said_breaks.map(|one| (figure::moment(one.moment, ui), Some(one.by.as_str())));
        let breaks = own.chain(recorded).map(|(moment, by)| {
            let by = by.map(|by| format!(" · {}", one_line(by))).unwrap_or_default();
            let text = ui.pick(
                format!("{}口径改变，前后不相比{by}", after(&moment)),
                format!("after {moment} the series counts something else; both sides do not compare{by}"),
            );
            self.pair("断点", "break", text)
        });
        fields.extend(breaks);
        let target = ui.pick("T 目标", "T target");
        fields.extend(found.target.iter().filter_map(|one| self.figure(metric, said, one, target)));
        fields
    }

    fn arithmetic(&self, found: &Assessment) -> Vec<Field> {
        found.steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&self, step: &Step) -> Field {
        let ui = self.ui;
        let number = |value: f64| in_term(step.term, value);
        let between = |value: Interval| dashed(number(value.lo()), number(value.hi()), ui);
        let written = step.written.map(number);
        let result = match (step.value, step.lack) {
            (Some(value), _) if value.is_point() => between(value),
            (Some(value), _) => {
                let open = between(value);
                let open = ui.pick(format!("未定：{open}"), format!("open: {open}"));
                written.map_or_else(|| open.clone(), |number| format!("{number} ({open})"))
            }
            (None, lack) => {
                let why = lack.map(|lack| lack.said().get(ui).to_owned()).unwrap_or_default();
                let number = written.unwrap_or_else(|| figure::NONE.to_owned());
                ui.pick(format!("{number}（{why}）"), format!("{number} ({why})"))
            }
        };
        let title = step.term.title();
        let colon = ui.pick("：", ": ");
        Field::Pair {
            label: step.term.symbol().to_owned(),
            value: format!("{}{colon}{} = {result}", title.get(ui), step.formula),
        }
    }

    fn rules(&self, found: &Assessment) -> Vec<Field> {
        // Where no rule has a number the verdict does not depend on them, and one line says so.
        let same = found.by_rule.iter().all(|one| one.state == found.state && one.value.is_none());
        if same {
            let said = Bilingual::new(
                format!("各规则相同：{}，不取决于规则的数", describe::state(found.state, Ui::Zh)),
                format!(
                    "the same under every rule set: {}; no rule's number decides it",
                    describe::state(found.state, Ui::En)
                ),
            );
            return vec![Field::Note(said.get(self.ui).to_owned())];
        }
        found.by_rule.iter().map(|one| self.under(one, found.rule)).collect()
    }

    fn under(&self, one: &ByRule, chosen: Rule) -> Field {
        let ui = self.ui;
        let number = match (one.value, one.lack) {
            (Some(value), _) => format!("{} = {}", one.rule.symbol(), between(value, 3, ui)),
            (None, Some(lack)) => lack.said().get(ui).to_owned(),
            (None, None) => ui.pick("不取决于这个数", "its number does not decide").to_owned(),
        };
        let used = if one.rule == chosen { ui.pick(" · 所用", " · the one used") } else { "" };
        let value = format!("{} · {number} · {}{used}", self.state_text(one.state), one.rule.cuts_said());
        Field::Pair { label: one.rule.word().to_owned(), value }
    }

    fn if_due(&self, found: &Assessment) -> Vec<Field> {
        let symbol = found.rule.symbol();
        let line = |due: &crate::progress::IfDue| {
            let number =
                due.value.map(|value| format!(" · {symbol} = {}", rounded(value, 3))).unwrap_or_default();
            Field::Pair {
                label: due.year.to_string(),
                value: format!("{}{number}", self.state_text(due.state)),
            }
        };
        found.if_due.iter().map(line).collect()
    }

    fn contests(&self, node: NodeId, said: Option<&Annotations>, found: &Assessment) -> Vec<Field> {
        let Some(metric) = self.plan.tree.node(node).metric.as_deref() else { return Vec::new() };
        let ui = self.ui;
        let one = |contest: &Contest| {
            let apart = self.pair("相差", "apart", rounded(contest.spread, 4));
            let low = self.figure(metric, said, &contest.low, ui.pick("较低", "lower"));
            let high = self.figure(metric, said, &contest.high, ui.pick("较高", "higher"));
            low.into_iter().chain(high).chain([apart])
        };
        found.contests.iter().flat_map(one).collect()
    }

    fn flags(&self, flags: &[Flag]) -> Vec<Field> {
        let line = |flag: &Flag| Field::Pair {
            label: format!("{} {}", flag.glyph(), flag.label(self.ui)),
            value: flag.meaning().get(self.ui).to_owned(),
        };
        flags.iter().map(line).collect()
    }

    /// Figures that are known and not reckoned with.
    fn unused(&self, node: NodeId, said: Option<&Annotations>, used: &[Origin]) -> Vec<Field> {
        let Some(metric) = self.plan.tree.node(node).metric.as_deref() else { return Vec::new() };
        let visible = |value: &&Value| !self.as_of.hides(self.plan, value);
        let free = |origin: Origin| !used.contains(&origin);
        let row = |kind, value| Field::Value(values::row(self, metric, kind, value));
        let baseline = metric.baseline.iter().filter(|_| free(Origin::Baseline));
        let mut fields: Vec<Field> =
            baseline.filter(visible).map(|value| row(super::ValueKind::Baseline, value)).collect();
        let observed = metric.observed.iter().enumerate().filter(|(at, _)| free(Origin::Observed(*at)));
        let observed = observed.map(|(_, value)| value).filter(visible);
        fields.extend(observed.map(|value| row(super::ValueKind::Observed, value)));
        let recorded = said.into_iter().flat_map(Annotations::values).enumerate();
        let recorded = recorded.filter(|(at, _)| free(Origin::Recorded(*at)));
        fields.extend(recorded.map(|(_, own)| Field::Value(values::recorded_row(self, metric, own))));
        let targets = metric.target.iter().enumerate().filter(|(at, _)| free(Origin::Target(*at)));
        let targets = targets.map(|(_, value)| value).filter(visible);
        fields.extend(targets.map(|value| row(super::ValueKind::Target, value)));
        fields
    }

    fn rollup(&self, node: NodeId, states: &States) -> Vec<Field> {
        states.rollup(self.plan, node).map(|rollup| self.rollup_fields(&rollup, states)).unwrap_or_default()
    }

    /// Puts how everything below a node stands behind how it stands itself.
    pub fn roll_up(&self, card: &mut Card, states: &States) {
        let rollup = card.node.and_then(|node| states.rollup(self.plan, node));
        let Some(rollup) = rollup.filter(|rollup| rollup.leaves > 0) else { return };
        let after = card.sections.iter().position(|section| section.kind == SectionKind::State);
        let section = Section { kind: SectionKind::Rollup, fields: self.rollup_fields(&rollup, states) };
        card.sections.insert(after.map_or(0, |at| at + 1), section);
    }

    /// A roll-up in words: distribution, coverage, the worst, whose targets.
    pub fn rollup_fields(&self, rollup: &Rollup, states: &States) -> Vec<Field> {
        let ui = self.ui;
        let part = |(state, count): (State, u32)| format!("{} {count}", self.state_text(state));
        let spread: Vec<String> = rollup.by_state.iter().map(part).collect();
        let (leaves, assessed) = (rollup.leaves, rollup.assessed);
        let coverage = ui.pick(
            format!("{leaves} 项中 {assessed} 项有结论"),
            format!("{assessed} of {leaves} have a scale verdict"),
        );
        let targets = ui.pick(
            format!("本规划 {} · 其他文件 {}", rollup.own_targets, rollup.other_targets),
            format!("the plan's own {} · other documents' {}", rollup.own_targets, rollup.other_targets),
        );
        let mut fields =
            vec![self.pair("分布", "states", spread.join(" · ")), self.pair("覆盖", "coverage", coverage)];
        fields.extend(rollup.worst.map(|worst| Field::Link {
            label: ui.pick("最差", "worst").to_owned(),
            to: worst,
            title: self.phrases(&self.plan.tree.node(worst).title),
            remark: format!("{} · {}", self.plan.tree.node(worst).key, self.state_text(states.of(worst))),
        }));
        fields.push(self.pair("目标", "targets", targets));
        fields.push(Field::Note(
            ui.pick("不取平均；以下全部达成，才算达成", "no average; achieved only if all below are")
                .to_owned(),
        ));
        fields
    }
}

/// The values that a verdict rests on.
fn used(found: &Assessment) -> Vec<Origin> {
    let checkpoints = found.checkpoints();
    let readings = [&found.baseline, &found.actual, &found.target].into_iter().flatten();
    readings.chain(&found.rivals).chain(&checkpoints).map(|reading| reading.origin).collect()
}

/// "2025 年之后", with a space where a digit ends the time.
fn after(moment: &str) -> String {
    let gap = if moment.ends_with(|last: char| last.is_ascii_digit()) { " " } else { "" };
    format!("{moment}{gap}之后")
}

/// A number of the arithmetic. A landing is a year, which has no thousands.
fn in_term(term: Term, number: f64) -> String {
    match term {
        Term::Landing if number.abs() < 1e6 => format!("{number:.1}"),
        _ => rounded(number, term.places()),
    }
}

/// A number, or both its ends.
fn between(value: Interval, places: usize, ui: Ui) -> String {
    dashed(rounded(value.lo(), places), rounded(value.hi(), places), ui)
}

fn dashed(lo: String, hi: String, ui: Ui) -> String {
    if lo == hi { lo } else { format!("{lo}{}{hi}", ui.pick("—", "–")) }
}

/// A time in decimal years, which have no thousands.
fn years(at: Interval, ui: Ui) -> String {
    let year = |at: f64| {
        let text = format!("{at:.3}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    dashed(year(at.lo()), year(at.hi()), ui)
}

#[cfg(test)]
mod tests;
