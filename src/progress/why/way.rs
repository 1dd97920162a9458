//! Sentences on the way to a target: when and how fast under our own rule, and in the terms of each other
//! rule set.

use super::super::beside::ByRule;
use super::super::open_sdg;
use super::super::pace::Point;
use super::super::rules::{RuleRef, beside_cuts};
use super::super::say::{
    apart, beside_expected, both, difference, gap, lateness, month, number, percent, when,
};
use super::super::status::Decision;
use super::{IntervalCorner, MetricCase, SentenceParts};
use crate::plan::State;
use crate::plan::figure::rounded;
use crate::plan::metric::Direction;
use crate::plan::rule_set::RuleNumber;
use crate::text::{Bilingual, Ui};

/// Landings later than so many years after the target's date are not named.
const FAR: f64 = 100.0;

/// A verdict of the rule set.
pub(super) fn on_the_way(all: &SentenceParts<'_, '_>, main: &IntervalCorner) -> Bilingual {
    let (case, outcome, rule) = (all.case, all.outcome, all.judge.rule);
    let Some(point) = case.point(main) else { return outcome.state.said() };
    let moved = apart(point.actual, point.baseline);
    let gained = point.sign * moved;
    let number = number_said(rule, outcome);
    let said = match rule.set().number {
        RuleNumber::Lead => return lead(case, &point, outcome, rule),
        _ if gained < 0.0 => fallen(case, main, point.baseline, moved),
        _ if gained == 0.0 => standing(case, main, point.baseline),
        RuleNumber::Pace => return at_this_pace(case, &point, outcome, rule),
        RuleNumber::CompoundRatio => compound(&point),
        RuleNumber::ProjectedShare => projected(case, &point),
    };
    match (rule.set().number, number) {
        (RuleNumber::Pace, _) | (_, None) => said,
        (_, Some(number)) => both(&said, ";", &number),
    }
}

/// "R = 0.775 (moderate progress)".
fn number_said(rule: RuleRef, outcome: &Decision) -> Option<Bilingual> {
    let one = ByRule {
        rule,
        state: outcome.state,
        value: outcome.number,
        lack: None,
        scale: outcome.scale,
        score: outcome.score,
    };
    let said = |ui: Ui| {
        let unit =
            if rule.set().number == RuleNumber::Lead { ui.pick("个百分点", " points") } else { "" };
        let class = one.class_said(ui).map(|class| ui.pick(format!("（{class}）"), format!(" ({class})")));
        Some(format!("{} = {}{unit}{}", one.symbol(), one.number_said(ui)?, class.unwrap_or_default()))
    };
    Some(Bilingual::new(said(Ui::Zh)?, said(Ui::En)?))
}

/// Against the wanted direction since the baseline.
fn fallen(case: &MetricCase<'_>, main: &IntervalCorner, from: f64, moved: f64) -> Bilingual {
    let (from, moved, gap) = (number(from), difference(case, moved), gap(case, main));
    Bilingual::new(
        format!("偏离目标：比基期{}差{}，距目标{}", from.zh, moved.zh, gap.zh),
        format!("moves away: {} worse than the baseline of {}, {} to go", moved.en, from.en, gap.en),
    )
}

fn standing(case: &MetricCase<'_>, main: &IntervalCorner, from: f64) -> Bilingual {
    let (from, gap) = (number(from), gap(case, main));
    Bilingual::new(
        format!("基期{}以来没有变化，距目标{}", from.zh, gap.zh),
        format!("no change since the baseline of {}; {} to go", from.en, gap.en),
    )
}

/// Where the path has not left the baseline: above or below it.
pub(super) fn beside_path(case: &MetricCase<'_>, main: &IntervalCorner) -> Bilingual {
    let point = case.point(main);
    let Some((point, expected)) = point.and_then(|point| Some((point, point.expected().ok()?))) else {
        return State::Undetermined.said();
    };
    let now = number(point.actual);
    let told = beside_expected(case, point.actual, expected);
    let flat = Bilingual::new("路径至此尚未离开基期", "the path has not left the baseline");
    both(&Bilingual::new(format!("现为{}", now.zh), format!("now {}", now.en)), ",", &both(&told, ";", &flat))
}

/// Under our own rule: when it arrives, how much faster it must run; where that would not fit the class,
/// against what is expected.
fn at_this_pace(case: &MetricCase<'_>, point: &Point<'_>, outcome: &Decision, rule: RuleRef) -> Bilingual {
    let landing = point.landing().ok().filter(|_| case.metric.direction != Direction::Maintain);
    let late = landing.map(|at| at - point.target_at);
    let on_track = outcome.state == State::OnTrack;
    let below_one = point.pace().is_ok_and(|pace| pace < 1.0 - 1e-9);
    let Some(late) = late else { return against_expected(case, point) };
    let straight = point.checkpoints.is_empty();
    match (on_track, late > 1e-6) {
        (true, true) if straight && below_one => {
            let cut = rounded(rule.cuts()[0], 4);
            let tolerance = Bilingual::new(
                format!("在规则的容许之内（ρ ≥ {cut}）"),
                format!("within the tolerance of the rule (ρ ≥ {cut})"),
            );
            let expected = against_expected(case, point);
            both(&expected, ",", &tolerance)
        }
        (true, true) | (false, false) => against_expected(case, point),
        (true, false) => reaches(point, late),
        (false, true) if late > FAR => far(point),
        (false, true) => faster(point, &reaches(point, late)),
    }
}

fn reaches(point: &Point<'_>, late: f64) -> Bilingual {
    let (target, at) = (number(point.target), month(point.target_at + late));
    let reaches = Bilingual::new(
        format!("按此速度{}达到{}", at.zh, target.zh),
        format!("at this pace reaches {} in {}", target.en, at.en),
    );
    both(&reaches, ",", &lateness(late))
}

fn far(point: &Point<'_>) -> Bilingual {
    let target = number(point.target);
    Bilingual::new(
        format!("按此速度，期限后{FAR}年内也达不到{}", target.zh),
        format!("at this pace does not reach {} within {FAR} years of its date", target.en),
    )
}

fn faster(point: &Point<'_>, said: &Bilingual) -> Bilingual {
    let Some(times) = point.acceleration().ok().filter(|times| *times > 1.0) else { return said.clone() };
    let places = (2..=6).find(|places| rounded(times, *places) != "1").unwrap_or(6);
    let times = rounded(times, places);
    both(
        said,
        ";",
        &Bilingual::new(format!("速度须为现在的{times}倍"), format!("must run {times} times as fast")),
    )
}

/// "64.25 where 64.5455 is expected by then".
fn against_expected(case: &MetricCase<'_>, point: &Point<'_>) -> Bilingual {
    let Ok(expected) = point.expected() else { return State::Undetermined.said() };
    let now = number(point.actual);
    let beside = beside_expected(case, point.actual, expected);
    both(&Bilingual::new(format!("现为{}", now.zh), format!("now {}", now.en)), ",", &beside)
}

/// In the terms of Chinese monitoring: share of the way against share of the time.
fn lead(case: &MetricCase<'_>, point: &Point<'_>, outcome: &Decision, rule: RuleRef) -> Bilingual {
    let (Ok(share), Ok(lead)) = (point.progress_share(), point.lead()) else { return outcome.state.said() };
    let made = percent(share);
    let straight = point.checkpoints.is_empty();
    let asked = percent(share - lead / 100.0);
    let shown = beside_cuts(lead, 1, rule.cuts()).trim_start_matches('-').to_owned();
    let class = outcome.number.map(|number| {
        let word = |ui| rule.class_word(number.lo(), rule.cuts(), ui).unwrap_or_default();
        (word(Ui::Zh), word(Ui::En))
    });
    let (zh_class, en_class) = class.unwrap_or_default();
    let beside = match lead {
        lead if lead.abs() < 1e-9 => ("与序时进度持平".to_owned(), "on schedule".to_owned()),
        lead if lead > 0.0 => (format!("超前{shown}个百分点"), format!("{shown} points ahead of schedule")),
        _ => (format!("落后{shown}个百分点"), format!("{shown} points behind schedule")),
    };
    let (asked_zh, asked_en) = if straight {
        (format!("时间进度{asked}%"), format!("{asked}% of the time"))
    } else {
        (
            format!("按阶段目标此时应完成{asked}%"),
            format!("{asked}% expected by then on the path through the checkpoints"),
        )
    };
    let said = Bilingual::new(
        format!("完成率{made}%，{asked_zh}，{}", beside.0),
        format!("{made}% of the way, {asked_en}: {}", beside.1),
    );
    let named = |class: &str, zh: bool| match (class, zh) {
        ("", _) => String::new(),
        (class, true) => format!("（{class}）"),
        (class, false) => format!(" ({class})"),
    };
    let said = Bilingual::new(
        format!("{}{}", said.zh, named(zh_class, true)),
        format!("{}{}", said.en, named(en_class, false)),
    );
    let moved = apart(point.actual, point.baseline);
    if point.sign * moved < 0.0 {
        let (from, moved) = (number(point.baseline), difference(case, moved));
        let fell = Bilingual::new(
            format!("比基期{}差{}", from.zh, moved.zh),
            format!("{} worse than the baseline of {}", moved.en, from.en),
        );
        return both(&fell, ";", &said);
    }
    said
}

/// Growth so far and growth that is needed.
fn compound(point: &Point<'_>) -> Bilingual {
    let (Ok(made), Ok(needed)) = (point.growth(), point.growth_needed()) else {
        return State::Undetermined.said();
    };
    growth_said(made, Some(needed))
}

fn growth_said(made: f64, needed: Option<f64>) -> Bilingual {
    let rate = |growth: f64| {
        let growth = growth * 100.0;
        rounded(growth, crate::plan::figure::places_for(growth, 2))
    };
    let made = rate(made);
    match needed.map(rate) {
        Some(needed) => Bilingual::new(
            format!("年均变化{made}%，达标需{needed}%"),
            format!("changes by {made}% a year, {needed}% is needed"),
        ),
        None => Bilingual::new(format!("年均变化{made}%"), format!("changes by {made}% a year")),
    }
}

/// Where the growth so far leads by the target's date.
fn projected(case: &MetricCase<'_>, point: &Point<'_>) -> Bilingual {
    let (Ok(growth), Ok(share)) = (point.growth(), point.projected_share()) else {
        return State::Undetermined.said();
    };
    let by = case.targets.first().map_or_else(|| Bilingual::new("", ""), |target| when(target.when));
    let (growth, share) = (growth_said(growth, None), percent(share));
    Bilingual::new(
        format!("{}，照此到{}完成全程的{share}%", growth.zh, by.zh),
        format!("{}; going on like this makes {share}% of the way by {}", growth.en, by.en),
    )
}

/// Under Open SDG's method.
pub(super) fn of_open_sdg(all: &SentenceParts<'_, '_>) -> Bilingual {
    let (case, outcome) = (all.case, all.outcome);
    let Ok(measured) = open_sdg::measured(all.judge, case) else { return outcome.state.said() };
    if outcome.state == State::Undetermined {
        let number = number_said(all.judge.rule, outcome);
        let open = super::open_between(outcome);
        return number.map_or(open.clone(), |number| both(&open, ":", &number));
    }
    let current = number(measured.current.0);
    if outcome.state == State::Achieved {
        let target = number(measured.target.map_or(0.0, |(target, _)| target));
        return Bilingual::new(
            format!("{}年为{}，达到目标{}", measured.current.1, current.zh, target.zh),
            format!("{} ({}) meets the target of {}", current.en, measured.current.1, target.en),
        );
    }
    let Ok(found) = measured.result() else { return outcome.state.said() };
    let since = Bilingual::new(
        format!("{}—{}年", measured.base.1, measured.current.1),
        format!("{}–{}", measured.base.1, measured.current.1),
    );
    let growth = both(&since, ":", &growth_said(found.growth, found.needed));
    number_said(all.judge.rule, outcome).map_or(growth.clone(), |number| both(&growth, ";", &number))
}
