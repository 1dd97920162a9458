//! A verdict followed back to its figures and their sources: the `=` view and `plan158 explain`.

mod beside;

use super::block::{Block, Inline, Page, Pair};
use super::figures::ValueEntry;
use super::kinds::{SectionKind, ValueKind};
use super::people::People;
use super::reader::{PageReader, ReadingMedium, pairs, plain};
use crate::journal::{Annotations, describe};
use crate::plan::figure::{self, rounded};
use crate::plan::metric::{Metric, Moment, When};
use crate::plan::{NodeId, Role};
use crate::progress::rules::beside_cuts;
use crate::progress::series::{ReadingOrigin, WrittenPlace};
use crate::progress::status::severity;
use crate::progress::{
    ArithmeticStep, Assessment, ByRule, Contest, Flag, IfDue, Interval, JournalData, Reading, RuleRef, States,
};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};

impl PageReader<'_> {
    /// The arithmetic behind a node's verdict, and everybody's verdicts side by side. `states` are those of
    /// the same rule and day.
    pub fn explain(&self, node: NodeId, people: Option<People<'_>>, states: &States) -> Page {
        let said = people.and_then(|people| people.fold.of(node));
        let found = self.judge().assess(node, &JournalData::of(said));
        let found = found.as_ref();
        let used = found.map(used).unwrap_or_default();
        let below = states.rollup(self.plan, node);
        let of = |blocks: &dyn Fn(&Assessment) -> Vec<Block>| found.map(blocks).unwrap_or_default();
        let sections = [
            (SectionKind::Verdict, self.verdict(node, said, found)),
            (SectionKind::Sides, self.sides(node, said, found)),
            (SectionKind::Figures, of(&|found| pairs(self.figures_used(node, said, found)))),
            (
                SectionKind::Arithmetic,
                of(&|found| pairs(found.steps.iter().map(|step| self.step(step)).collect())),
            ),
            (SectionKind::Rules, of(&|found| self.rules(found))),
            (SectionKind::IfDue, of(&|found| pairs(self.if_due(found)))),
            (SectionKind::Contests, of(&|found| pairs(self.contests(node, said, found)))),
            (
                SectionKind::Flags,
                of(&|found| pairs(found.flags.iter().map(|flag| self.flag(*flag)).collect())),
            ),
            (SectionKind::Unused, self.unused(node, said, &used)),
            (
                SectionKind::Rollup,
                below.map(|below| self.rolled_up(&below, states, ReadingMedium::Screen)).unwrap_or_default(),
            ),
        ];
        self.headed(node, self.sections(sections))
    }

    /// A sentence, in each language shown.
    fn sentence(&self, said: &Bilingual) -> Block {
        Block::Paragraph(vec![Inline::Words(self.said(said))])
    }

    fn verdict(&self, node: NodeId, said: Option<&Annotations>, found: Option<&Assessment>) -> Vec<Block> {
        let this = self.plan.tree.node(node);
        let bare =
            |state| Block::Pairs(vec![self.pair("状态", "state", vec![self.state_piece(state)]).bare()]);
        let Some(found) = found else {
            let why = match this.role {
                Role::Group => {
                    return vec![self.sentence(&Bilingual::new(
                        "这是一个分组标题，不作判断，也不计入任何统计",
                        "This is a heading: nobody judges it, and it is in no count.",
                    ))];
                }
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
            let is_judged = said.and_then(Annotations::verdict).is_some();
            let mut blocks =
                vec![bare(self.judge().state_given(node, None, &JournalData::of(said))), self.sentence(&why)];
            blocks.extend((!is_judged).then(|| self.sentence(&nobody)));
            return blocks;
        };
        let open = found.open.map(|(worst, best)| {
            self.worded("未定于", "open between", |one| {
                format!("{} — {}", describe::state(worst, one.ui), describe::state(best, one.ui))
            })
        });
        let rule = found.is_ruled().then(|| self.worded("规则", "rule", |one| one.rule_named(found.rule)));
        let as_of = self.pair("截至", "as of", plain(self.as_of.to_string()));
        let details = open.into_iter().chain(rule).chain([as_of]).collect();
        vec![bare(found.state), self.sentence(&found.why), Block::Pairs(details)]
    }

    /// The computed verdict, every person's, the official one; where they differ, and which is the node's.
    fn sides(&self, node: NodeId, said: Option<&Annotations>, found: Option<&Assessment>) -> Vec<Block> {
        let computed = match found {
            Some(found) => self.state_piece(found.state),
            None => Inline::Words(self.say("不计算", "none")),
        };
        let mut sides = vec![self.pair("计算", "computed", vec![computed])];
        let authors = said.into_iter().flat_map(Annotations::authors);
        let judging = authors.filter(|author| author.verdict.is_some());
        let people: Vec<Pair> = judging.filter_map(|author| self.by_one(author)).collect();
        let nobody = people.is_empty();
        sides.extend(people);
        if nobody {
            sides.push(self.pair("人", "people", plain(figure::NONE)));
        }
        let metric = self.plan.tree.node(node).metric.as_ref();
        if let Some(official) = metric.and_then(|metric| self.as_of.official(self.plan, metric)) {
            let source = official.source.map(|id| self.cite(id, None, ReadingMedium::Screen));
            let value = std::iter::once(self.state_piece(official.status)).chain(source);
            sides.push(self.pair("官方", "official", value.collect()));
        }
        let mut blocks = vec![Block::Pairs(sides)];
        let differs = [Flag::ReviewerDiffers, Flag::OfficialDiffers]
            .into_iter()
            .filter(|flag| found.is_some_and(|found| found.flags.contains(flag)));
        blocks.extend(differs.map(|flag| self.sentence(&flag.meaning())));
        blocks.extend(said.is_some_and(Annotations::is_disputed).then(|| {
            self.sentence(&Bilingual::new(
                "作者之间结论不同，尚未商定",
                "authors differ, and it is not settled",
            ))
        }));
        let by_person = !nobody && found.is_none_or(|found| severity(found.state).is_none());
        let origin = match (by_person, found.is_some()) {
            (true, _) => self.say("取最近一位作者的结论", "the latest person's"),
            (false, true) => self.say("取计算结论", "the computed one"),
            (false, false) => self.say("无人判断", "nobody judged it"),
        };
        let state = self.judge().state_given(node, found, &JournalData::of(said));
        let state = self.state_piece(state);
        blocks.push(Block::Pairs(vec![self.pair(
            "节点状态",
            "the node's",
            vec![state, Inline::Words(origin)],
        )]));
        blocks
    }

    /// The written value behind a reading, with its source and what arithmetic makes of it.
    fn figure_read(
        &self,
        metric: &Metric,
        said: Option<&Annotations>,
        reading: &Reading,
        (zh, en): (&str, &str),
    ) -> Option<Pair> {
        let kind = match reading.origin {
            ReadingOrigin::Baseline => ValueKind::Baseline,
            ReadingOrigin::Target(_) => ValueKind::Target,
            _ => ValueKind::Observed,
        };
        let entry = match reading.origin.written(metric, said)? {
            WrittenPlace::Plan(value) => ValueEntry { kind, value, own: None },
            WrittenPlace::Recorded(own) => ValueEntry::recorded(own),
        };
        let mut pair = self.figure(metric, &entry);
        pair.label = self.say(zh, en);
        pair.more.push(Inline::Words(self.spoken(|ui| taken_as(reading, ui))));
        Some(pair)
    }

    fn figures_used(&self, node: NodeId, said: Option<&Annotations>, found: &Assessment) -> Vec<Pair> {
        let Some(metric) = self.plan.tree.node(node).metric.as_deref() else { return Vec::new() };
        let read = |reading: &Reading, label| self.figure_read(metric, said, reading, label);
        let mut all = Vec::new();
        match &found.baseline {
            Some(baseline) => all.extend(read(baseline, ("B 基期", "B baseline"))),
            None if found.actual.is_some() || found.target.is_some() => {
                let none = self.spoken(|ui| {
                    let why = found.baseline_lack.map(|lack| format!(" {}", lack.said().get(ui)));
                    format!("{}{}", figure::NONE, why.unwrap_or_default())
                });
                all.push(self.pair("B 基期", "B baseline", vec![Inline::Words(none)]));
            }
            None => {}
        }
        let now = found.actual.iter().chain(&found.rivals);
        all.extend(now.filter_map(|one| read(one, ("A 现值", "A now"))));
        all.extend(found.checkpoints().iter().filter_map(|one| read(one, ("C 阶段目标", "C checkpoint"))));
        let own = metric.breaks.iter().map(|year| (Moment::Year(*year), None));
        let recorded = said.into_iter().flat_map(Annotations::breaks);
        let recorded = recorded.map(|one| (one.moment, Some(one.by.as_str())));
        all.extend(own.chain(recorded).map(|(moment, by)| {
            let by = by.map(|by| format!(" · {}", one_line(by))).unwrap_or_default();
            self.worded("断点", "break", |one| {
                let moment = figure::moment(moment, one.ui);
                one.ui.pick(
                    format!("{moment}口径改变，前后不相比{by}"),
                    format!("after {moment} the series counts something else; both sides do not compare{by}"),
                )
            })
        }));
        all.extend(found.target.iter().filter_map(|one| read(one, ("T 目标", "T target"))));
        all.extend(found.trend.as_ref().map(|trend| self.trend(metric, trend)));
        all.extend(found.distances.iter().filter_map(|one| self.distance(metric, one)));
        all
    }

    fn step(&self, step: &ArithmeticStep) -> Pair {
        Pair::new(
            self.as_it_is(step.term.symbol()),
            vec![Inline::Words(self.spoken(|ui| worked_out(step, ui)))],
        )
    }

    fn rules(&self, found: &Assessment) -> Vec<Block> {
        // Where no rule has a number the verdict does not depend on them, and one line says so.
        let same = found.by_rule.iter().all(|one| one.state == found.state && one.value.is_none());
        if same {
            return vec![Block::Remark(self.spoken(|ui| {
                let state = describe::state(found.state, ui);
                ui.pick(
                    format!("各规则相同：{state}，不取决于规则的数"),
                    format!("the same under every rule set: {state}; no rule's number decides it"),
                )
            }))];
        }
        pairs(found.by_rule.iter().map(|one| self.under(one, found.rule)).collect())
    }

    fn under(&self, one: &ByRule, chosen: RuleRef) -> Pair {
        let number = self.spoken(|ui| match (one.value, one.lack) {
            (Some(_), _) => {
                let score = one.score.map(|score| rounded(score, 2));
                let score = score.map(|score| ui.pick(format!("，得分{score}"), format!(", score {score}")));
                let class = one.class_said(ui);
                let class = class.map(|class| ui.pick(format!("（{class}）"), format!(" ({class})")));
                let (score, class) = (score.unwrap_or_default(), class.unwrap_or_default());
                format!("{} = {}{score}{class}", one.symbol(), one.number_said(ui).unwrap_or_default())
            }
            (None, Some(lack)) => lack.said().get(ui).to_owned(),
            (None, None) => ui.pick("不取决于这个数", "its number does not decide").to_owned(),
        });
        let mut value = vec![
            self.state_piece(one.state),
            Inline::Words(number),
            Inline::Words(self.spoken(|ui| one.cuts_said(ui))),
        ];
        value.extend((one.rule == chosen).then(|| Inline::Words(self.say("所用", "the one used"))));
        Pair::new(self.as_it_is(one.rule.word()), value)
    }

    /// What the verdict would be by each date; where the figure may be a total or an addition, under both.
    fn if_due(&self, found: &Assessment) -> Vec<Pair> {
        let symbol = found.rule.symbol();
        let is_either = found.if_due.iter().any(|due| due.added);
        let line = |due: &IfDue| {
            let mut value = vec![self.state_piece(due.state)];
            let number = due.value.map(|value| beside_cuts(value, 3, found.rule.cuts()));
            value.extend(number.map(|number| Inline::Plain(format!("{symbol} = {number}"))));
            let year = due.year;
            let label = match (is_either, due.added) {
                (false, _) => self.as_it_is(&year.to_string()),
                (true, false) => self.say(&format!("{year} 总量"), &format!("{year}, a total")),
                (true, true) => self.say(&format!("{year} 增量"), &format!("{year}, an addition")),
            };
            Pair::new(label, value)
        };
        found.if_due.iter().map(line).collect()
    }

    fn contests(&self, node: NodeId, said: Option<&Annotations>, found: &Assessment) -> Vec<Pair> {
        let Some(metric) = self.plan.tree.node(node).metric.as_deref() else { return Vec::new() };
        let one = |contest: &Contest| {
            let apart = self.pair("相差", "apart", plain(rounded(contest.spread, 4)));
            let low = self.figure_read(metric, said, &contest.low, ("较低", "lower"));
            let high = self.figure_read(metric, said, &contest.high, ("较高", "higher"));
            low.into_iter().chain(high).chain([apart])
        };
        found.contests.iter().flat_map(one).collect()
    }

    fn flag(&self, flag: Flag) -> Pair {
        let label = self.spoken(|ui| format!("{} {}", flag.sign(ui), flag.label(ui)));
        Pair::new(label, vec![Inline::Words(self.said(&flag.meaning()))])
    }

    /// Figures that are known and that the verdict does not rest on; others' values are not among them.
    fn unused(&self, node: NodeId, said: Option<&Annotations>, used: &[ReadingOrigin]) -> Vec<Block> {
        let Some(metric) = self.plan.tree.node(node).metric.as_deref() else { return Vec::new() };
        let written = |origin: ReadingOrigin| Some(origin.written(metric, said)?.value());
        let is_used = |entry: &ValueEntry<'_>| {
            used.iter().filter_map(|origin| written(*origin)).any(|value| std::ptr::eq(value, entry.value))
        };
        let known = self.values(metric, said).into_iter();
        let mut unused: Vec<ValueEntry<'_>> =
            known.filter(|entry| entry.kind != ValueKind::Comparator && !is_used(entry)).collect();
        unused.sort_by_key(|entry| match entry.kind {
            ValueKind::Baseline => 0,
            ValueKind::Observed => 1,
            ValueKind::Target | ValueKind::Comparator => 2,
        });
        self.figures(metric, &unused, ReadingMedium::Screen)
    }
}

/// The values that a verdict rests on.
fn used(found: &Assessment) -> Vec<ReadingOrigin> {
    let checkpoints = found.checkpoints();
    let readings = [&found.baseline, &found.actual, &found.target].into_iter().flatten();
    readings.chain(&found.rivals).chain(&checkpoints).map(|reading| reading.origin).collect()
}

/// What arithmetic makes of a figure: its ends where it is a bound, its time in decimal years.
fn taken_as(reading: &Reading, ui: Ui) -> String {
    let amount = (!reading.amount.is_point()).then(|| {
        if reading.open {
            let low = rounded(reading.amount.lo(), 4);
            return ui.pick(format!("计作{low}以上，无上限"), format!("taken as {low} or anything above"));
        }
        let ends = between(reading.amount, 4, ui);
        ui.pick(format!("计作{ends}"), format!("taken as {ends}"))
    });
    let at = (reading.when != When::Undated).then(|| {
        let at = years(reading.at, ui);
        match reading.when {
            When::At(Moment::Year(year)) => {
                ui.pick(format!("{year}年末（t = {at}）"), format!("the end of {year} (t = {at})"))
            }
            _ => format!("t = {at}"),
        }
    });
    amount.into_iter().chain(at).collect::<Vec<_>>().join(ui.pick("，", ", "))
}

/// A line of the arithmetic: what it is, its formula with the figures filled in, and its result.
fn worked_out(step: &ArithmeticStep, ui: Ui) -> String {
    let number = |value: f64| step.term.shown(value);
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
    format!("{}{}{} = {result}", title.get(ui), ui.pick("：", ": "), step.formula)
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
