//! What the figures of a metric with a target leave open: each check answers with a detail in both languages,
//! or nothing.

use super::super::Judge;
use super::super::time;
use super::reach::{self, known, label, targets};
use super::{wording, words};
use crate::plan::figure;
use crate::plan::metric::{Amount, Bound, Direction, Kind, Measure, Metric, Value, When};
use crate::plan::{Node, Plan};
use crate::text::{Bilingual, Text, Ui};

/// Sums of decimals that differ by less are the same.
const SLACK: f64 = 1e-9;

/// A change of a percentage up to this many points is hardly one (`docs/judging.md`: the tolerance of
/// percentages).
const SLIGHT_POINTS: f64 = 0.5;

/// A change of a count up to this share of it is hardly one (the tolerance of counts).
const SLIGHT_SHARE: f64 = 0.01;

/// A metric seen with what was known by the judge's day.
pub(super) struct MetricFigures<'m> {
    pub judge: &'m Judge<'m>,
    pub node: &'m Node,
    pub metric: &'m Metric,
}

impl<'m> MetricFigures<'m> {
    fn plan(&self) -> &'m Plan {
        self.judge.plan
    }

    /// Targets known by the day.
    pub fn targets(&self) -> impl Iterator<Item = &'m Value> + use<'m> {
        targets(self.judge, self.metric)
    }

    fn baseline(&self) -> Option<&'m Value> {
        known(self.plan(), self.judge.as_of, &self.metric.baseline).next()
    }

    /// Whether a baseline was known by the day.
    pub fn has_baseline(&self) -> bool {
        self.baseline().is_some()
    }

    /// Whether any target has a number.
    pub fn is_numeric(&self) -> bool {
        self.targets().any(|target| target.amount.number().is_some())
    }

    /// Targets in words.
    pub fn labels(&self) -> impl Iterator<Item = &'m Text> + use<'m> {
        self.targets().filter_map(label)
    }

    /// Targets with a date after the baseline's, earliest first, each with the baseline.
    pub fn ahead(&self) -> Vec<(&'m Value, &'m Value)> {
        let Some(baseline) = self.baseline() else { return Vec::new() };
        let Some(from) = time::span(baseline.when) else { return Vec::new() };
        let later = |target: &&Value| time::span(target.when).is_some_and(|at| at.lo() > from.hi());
        let mut ahead: Vec<&Value> = self.targets().filter(later).collect();
        ahead.sort_by(|one, other| at(one).total_cmp(&at(other)));
        ahead.into_iter().map(|target| (target, baseline)).collect()
    }

    /// How far a target leads beyond another level in the wanted direction; below 0 where it lies behind.
    /// `None` where the two are not compared: no number, another kind, or no direction that goes anywhere.
    fn gain(&self, target: &Value, from: &Value) -> Option<f64> {
        let sign = match self.metric.direction {
            Direction::Increase if self.metric.measure == Measure::Rank => -1.0,
            Direction::Increase => 1.0,
            Direction::Decrease => -1.0,
            Direction::Maintain | Direction::Reach => return None,
        };
        let (target_level, from_level) = (target.amount.number()?.value, from.amount.number()?.value);
        let levels = target.kind == Kind::Level && from.kind == Kind::Level;
        levels.then_some(sign * (target_level - from_level))
    }

    fn amount(&self, value: &Value, ui: Ui) -> String {
        let lang = self.plan().lang(ui.pick("zh", "en")).unwrap_or(crate::text::Lang(0));
        crate::text::clean::one_line(&figure::amount(value, self.metric, lang, ui)).into_owned()
    }

    /// `90 % (28 Feb 2028)`: a value with its time.
    fn dated(&self, value: &Value, ui: Ui) -> String {
        let amount = self.amount(value, ui);
        match value.when {
            When::Undated | When::Unstated => amount,
            when => ui.pick(
                format!("{amount}（{}）", figure::when(when, ui)),
                format!("{amount} ({})", figure::when(when, ui)),
            ),
        }
    }

    fn both(&self, say: impl Fn(Ui) -> String) -> Bilingual {
        Bilingual::new(say(Ui::Zh), say(Ui::En))
    }

    /// L08: a change written in per cent, in what is said of the metric.
    pub fn change_in_per_cent(&self) -> Option<Bilingual> {
        let notes = self.values().filter_map(|value| value.note.as_deref());
        let conflicts = self.node.conflicts().iter().map(|conflict| &conflict.note);
        let said = self.node.summary.iter().chain(notes).chain(conflicts);
        let increment = self.targets().any(|target| target.kind == Kind::Increment && target.note.is_none());
        let found = said.flat_map(Text::iter).find_map(|(_, text)| words::change_in_per_cent(text));
        match found {
            Some(written) => {
                Some(Bilingual::new(format!("写的是“{written}”"), format!("“{written}” is what is written")))
            }
            None => increment.then(|| {
                Bilingual::new(
                    "目标是增量，没有说明是百分点还是百分比",
                    "the target is an increment, and whether in points or in per cent is not said",
                )
            }),
        }
    }

    fn values(&self) -> impl Iterator<Item = &'m Value> + use<'m> {
        let metric = self.metric;
        let all = metric.baseline.iter().chain(&metric.observed).chain(&metric.target);
        known(self.plan(), self.judge.as_of, all)
    }

    /// L09: the earliest target ahead is met by the baseline.
    pub fn met_at_baseline(&self) -> Option<Bilingual> {
        let (target, baseline) = self.ahead().into_iter().next()?;
        let gain = self.gain(target, baseline)?;
        let met = if target.bound == Bound::MoreThan { gain < -SLACK } else { gain <= SLACK };
        met.then(|| self.versus(baseline, target))
    }

    /// "from 98.7 % (2024) to 98 % (2027)".
    fn versus(&self, baseline: &Value, target: &Value) -> Bilingual {
        self.both(|ui| {
            let (from, to) = (self.dated(baseline, ui), self.dated(target, ui));
            ui.pick(format!("起点{from}，目标{to}"), format!("baseline {from}, target {to}"))
        })
    }

    /// L10: a value or a target above 100 %.
    pub fn above_hundred(&self) -> Option<Bilingual> {
        let above = |value: &&Value| value.amount.number().is_some_and(|number| number.value > 100.0 + SLACK);
        let value = self.values().filter(|value| value.kind == Kind::Level).find(above)?;
        Some(self.both(|ui| self.dated(value, ui)))
    }

    /// L11: a dated target behind an earlier one.
    pub fn backwards(&self) -> Option<Bilingual> {
        let dated = self.dated_targets();
        dated.iter().zip(dated.iter().skip(1)).find_map(|(first, then)| {
            let behind = self.gain(then, first)? < -SLACK;
            behind.then(|| {
                self.both(|ui| {
                    let (first, then) = (self.dated(first, ui), self.dated(then, ui));
                    ui.pick(format!("先{first}，后{then}"), format!("first {first}, then {then}"))
                })
            })
        })
    }

    /// Firm targets with a number and a date, earliest first.
    pub fn dated_targets(&self) -> Vec<&'m Value> {
        let mut dated: Vec<&Value> = self
            .targets()
            .filter(|target| time::span(target.when).is_some() && matches!(target.amount, Amount::Number(_)))
            .collect();
        dated.sort_by(|one, other| at(one).total_cmp(&at(other)));
        dated
    }

    /// L12: the earliest target ahead, by little; also in words.
    pub fn hardly_above(&self) -> Option<(Bilingual, i16)> {
        let (target, baseline) = self.ahead().into_iter().next()?;
        let slight = match (label(target), label(baseline)) {
            (Some(target), Some(baseline)) => self.claims_hardly_more(target, baseline),
            _ => self.gains_slightly(target, baseline),
        };
        let year = time::year_of(target.when)?;
        slight.then(|| (self.versus(baseline, target), year))
    }

    fn gains_slightly(&self, target: &Value, baseline: &Value) -> bool {
        let Some(gain) = self.gain(target, baseline) else { return false };
        let slight = match self.metric.measure {
            Measure::Percentage => SLIGHT_POINTS,
            Measure::Unit => baseline.amount.number().map_or(0.0, |number| number.value.abs()) * SLIGHT_SHARE,
            _ => 0.0,
        };
        gain > SLACK && gain <= slight + SLACK
    }

    fn claims_hardly_more(&self, target: &Text, baseline: &Text) -> bool {
        [Ui::Zh, Ui::En].into_iter().any(|ui| {
            let (target, baseline) = (wording(self.plan(), target, ui), wording(self.plan(), baseline, ui));
            words::is_hardly_above(&target, &baseline) == Some(true)
        })
    }

    /// L13: no target has a date.
    pub fn undated(&self) -> Option<Bilingual> {
        let mut targets = self.targets().peekable();
        let first = *targets.peek()?;
        let open = |target: &Value| matches!(target.when, When::Undated | When::Unstated);
        targets.all(open).then(|| {
            self.both(|ui| {
                let amount = self.amount(first, ui);
                ui.pick(format!("目标：{amount}"), format!("target: {amount}"))
            })
        })
    }

    /// L06: a rank that does not say among whom, or a target in words of standing without a list.
    pub fn unplaced(&self) -> Option<Bilingual> {
        if reach::is_ranked(self.node, self.metric) {
            return None;
        }
        if self.metric.measure == Measure::Rank {
            return Some(Bilingual::new("位次没有写明在哪些地方之中", "the rank does not say among whom"));
        }
        let (zh, en) =
            words::in_each(self.labels().flat_map(Text::iter).filter_map(|(_, text)| words::standing(text)))?;
        Some(Bilingual::new(format!("目标写作“{zh}”"), format!("the target says “{en}”")))
    }
}

/// When a value holds, for order; its first possible moment.
fn at(value: &Value) -> f64 {
    time::span(value.when).map_or(f64::INFINITY, super::super::interval::Interval::lo)
}
