//! One value of a metric: its amount, its one time, and both against the metric and the plan.

use crate::plan::diagnostic::trouble::{self, Flaw};
use crate::plan::input::Input;
use crate::plan::metric::{Amount, Decimal, Kind, Measure, Metric, Value, When};
use crate::plan::unresolved::{RawTime, RawValue, ValueRole, times};

/// A value whose fields were read, of a metric whose meaning is known; `None`, with the reason reported,
/// where it says nothing that can be kept.
pub(in crate::plan) fn value(
    metric: &Metric,
    part: ValueRole,
    raw: RawValue,
    input: &mut dyn Input,
) -> Option<Value> {
    one_time(raw.time, input);
    let mut keys = times(ValueRole::Target).iter();
    if raw.time.when() == When::Unstated && !keys.any(|key| input.place(key).is_some()) {
        input.lacks("", times(part));
    } else if part != ValueRole::Target && raw.time.when() == When::Undated {
        input.report(input.span(), trouble::misplaced("undated", "目标值", "targets"));
    }
    let when = raw.time.when();
    let value = Value { amount: amount(metric, part, &raw, input)?, when, ..raw.value };
    against_unit(metric, &value, input);
    if part == ValueRole::Target {
        against_period(when, input);
    }
    Some(value)
}

/// Of several times that a value or a fact gives, all but one.
fn one_time(time: RawTime, input: &mut dyn Input) {
    let mut given = time.given();
    let Some((first, _)) = given.next() else { return };
    for (key, _) in given {
        let at = input.place(key).unwrap_or_else(|| input.span());
        input.report(at, trouble::exclusive(first, key));
    }
}

pub(in crate::plan) fn fact_time(time: RawTime, input: &mut dyn Input) -> When {
    one_time(time, input);
    time.when()
}

fn amount(metric: &Metric, part: ValueRole, raw: &RawValue, input: &mut dyn Input) -> Option<Amount> {
    if metric.measure == Measure::Milestone {
        let number = ["value", "to", "label"].into_iter().find(|key| input.place(key).is_some());
        if let Some(key) = number {
            let trouble = trouble::misplaced(key, "非里程碑类指标", "metrics that are no milestones");
            input.report(input.span(), trouble);
        } else if part != ValueRole::Target && input.place("stage").is_none() {
            input.lacks("", &["stage"]);
        }
        return Some(Amount::Stage(raw.stage));
    }
    if input.place("stage").is_some() {
        input.report(input.span(), trouble::misplaced("stage", "里程碑类指标", "milestones"));
    }
    if let Some(label) = &raw.label {
        return Some(Amount::Label(label.clone(), raw.number));
    }
    if raw.number.is_none() && input.place("value").is_none() && input.place("label").is_none() {
        input.lacks("", &["value", "label"]);
    }
    let number = raw.number?;
    let Some(to) = raw.to else { return Some(Amount::Number(number)) };
    if to.value < number.value {
        let at = input.place("to").unwrap_or_else(|| input.span());
        input.report(at, trouble::invalid("to", Flaw::EndBeforeStart));
        return None;
    }
    Some(Amount::Range(number, to))
}

/// A value against its metric's unit.
fn against_unit(metric: &Metric, value: &Value, input: &mut dyn Input) {
    let (number, to): (Option<Decimal>, _) = match &value.amount {
        Amount::Number(number) => (Some(*number), None),
        Amount::Range(from, to) => (Some(*from), Some(*to)),
        Amount::Label(..) | Amount::Stage(_) => (None, None),
    };
    for (number, key) in [(number, "value"), (to, "to")] {
        let Some(number) = number else { continue };
        // A share has no negative level; a change in percent may fall, though not by more than all.
        let is_level = metric.measure == Measure::Percentage && value.kind == Kind::Level;
        let floor = if is_level { 0.0 } else { -100.0 };
        if is_percent(metric) && (number.value > 100.0 && !metric.gross || number.value < floor) {
            let at = input.place(key).unwrap_or_else(|| input.span());
            input.report(at, trouble::against_unit(&number.to_string(), "%"));
        }
        let is_place = number.value >= 1.0 && number.value.fract() == 0.0;
        if metric.measure == Measure::Rank && value.kind == Kind::Level && !is_place {
            let at = input.place(key).unwrap_or_else(|| input.span());
            input.report(at, trouble::against_rank(&number.to_string()));
        }
    }
}

fn is_percent(metric: &Metric) -> bool {
    metric.measure == Measure::Percentage
        || metric.unit.iter().any(|(_, unit)| matches!(unit.trim(), "%" | "％"))
}

/// A target that lies after the plan. Earlier is history: a target of the plan before this one.
fn against_period(when: When, input: &mut dyn Input) {
    let Some(period) = input.frame().period else { return };
    let (year, keys): (i16, &[&str]) = match when {
        When::At(moment) => (moment.year(), &["year", "on"]),
        When::Period(_, end) => (end.year(), &["period"]),
        When::Announced(_) | When::Undated | When::Unstated => return,
    };
    if year > period.end.year() {
        let at = keys.iter().find_map(|key| input.place(key)).unwrap_or_else(|| input.span());
        input.report(at, trouble::outside_period(year, (period.start.year(), period.end.year())));
    }
}
