//! The reason of a verdict: one short sentence in each language, with its figures. It never says anything
//! else than the verdict does.

mod way;

use super::at_date::{Meets, asked, first_after, first_met, meets};
use super::beside::IfDue;
use super::case::MetricCase;
use super::interval_corner::IntervalCorner;
use super::no_number::NoNumberReason;
use super::say::{
    apart, beside, beside_other, both, difference, gap, lateness, number, percent, shown, told, when,
};
use super::series::Reading;
use super::status::{Decision, DecisionStep};
use super::trend::{Distance, Trend};
use super::{Judge, milestone};
use crate::plan::State;
use crate::plan::figure::rounded;
use crate::plan::metric::{Direction, Measure};
use crate::text::{Bilingual, Ui};

pub(super) struct SentenceParts<'t, 'a> {
    pub judge: &'t Judge<'a>,
    pub case: &'t MetricCase<'a>,
    pub outcome: &'t Decision,
    pub if_due: &'t [IfDue],
    pub trend: &'t Option<Trend>,
    pub distances: &'t [Distance],
}

pub(super) fn why(all: &SentenceParts<'_, '_>) -> Bilingual {
    let (case, outcome) = (all.case, all.outcome);
    if case.metric.measure == Measure::Milestone {
        return of_milestone(case, outcome);
    }
    if outcome.score.is_some() {
        return way::of_open_sdg(all);
    }
    if outcome.state == State::NoTarget {
        return without_target(all);
    }
    let lack = outcome.lack.map(NoNumberReason::said);
    if outcome.state == State::NoData {
        return no_data(case, outcome);
    }
    let Some(main) = case.main() else { return lack.unwrap_or_else(|| outcome.state.said()) };
    match (outcome.state, outcome.ground) {
        (State::Undated, _) => undated(case, &main, all.if_due),
        (State::NoBaseline, _) => no_baseline(case, &main, outcome),
        (State::Undetermined, _) if outcome.open.is_some() => open(case, &main, outcome),
        (State::Achieved, _) => achieved(case, &main),
        (State::Overdue, _) => overdue(case, &main),
        (_, DecisionStep::Hold) => hold(case, &main),
        (_, DecisionStep::Kept) => kept(case, &main),
        (_, DecisionStep::Behind) => behind(case, &main),
        (_, DecisionStep::Compared) => compared(case, &main),
        (_, DecisionStep::PathBehind) => way::beside_path(case, &main),
        (_, DecisionStep::Rule) => way::on_the_way(all, &main),
        _ => lack.unwrap_or_else(|| outcome.state.said()),
    }
}

/// What can be said without a target: which way it went, how far it is from others.
fn without_target(all: &SentenceParts<'_, '_>) -> Bilingual {
    let mut said = NoNumberReason::Target.said();
    if let Some(trend) = all.trend {
        said = both(&said, ";", &trend_said(trend));
    }
    match all.distances.iter().find(|one| one.difference.is_some()) {
        Some(distance) => both(&said, ";", &distance_said(all.case, distance)),
        None => said,
    }
}

/// "better: 60 (2015) → 70.5 (2025)".
fn trend_said(trend: &Trend) -> Bilingual {
    let (first, last) = (shown(&trend.first), shown(&trend.last));
    let (since, until) = (when(trend.first.when), when(trend.last.when));
    let figures = Bilingual::new(
        format!("{}（{}）→ {}（{}）", first.zh, since.zh, last.zh, until.zh),
        format!("{} ({}) → {} ({})", first.en, since.en, last.en, until.en),
    );
    match trend.turn {
        Some(turn) => both(&Bilingual::new(turn.label(Ui::Zh), turn.label(Ui::En)), ":", &figures),
        None => figures,
    }
}

/// "3 points above 67.5 (the nation)".
fn distance_said(case: &MetricCase<'_>, distance: &Distance) -> Bilingual {
    let whose = case.metric.comparators.get(distance.comparator).and_then(|value| value.whose.as_deref());
    let mut whose = whose.map_or_else(|| Bilingual::new("", ""), |whose| told(case, whose));
    for (text, other) in [(&mut whose.zh, "对照值"), (&mut whose.en, "comparator")] {
        if text.is_empty() {
            other.clone_into(text);
        }
    }
    beside_other(case, distance.own.written(), distance.other, &whose)
}

fn no_data(case: &MetricCase<'_>, outcome: &Decision) -> Bilingual {
    let lack = outcome.lack.unwrap_or(NoNumberReason::Actual);
    match (lack, case.series.ahead, case.targets.first()) {
        (NoNumberReason::Ahead, Some(ahead), _) => {
            let ahead = when(ahead);
            both(&lack.said(), ":", &Bilingual::new(ahead.zh, ahead.en))
        }
        (NoNumberReason::Unreported, _, Some(target)) => {
            let due = when(target.when);
            both(&Bilingual::new(format!("应于{}达到", due.zh), format!("due {}", due.en)), ";", &lack.said())
        }
        _ => lack.said(),
    }
}

fn no_baseline(case: &MetricCase<'_>, main: &IntervalCorner, outcome: &Decision) -> Bilingual {
    let gap = gap(case, main);
    both(
        &outcome.lack.unwrap_or(NoNumberReason::Baseline).said(),
        ";",
        &Bilingual::new(format!("距目标{}", gap.zh), format!("{} to go", gap.en)),
    )
}

/// What met the target: in time, late, and whether it was lost since.
fn achieved(case: &MetricCase<'_>, main: &IntervalCorner) -> Bilingual {
    let target = number(main.target);
    let asked_for = case.targets.first().map_or(*main, |target| asked(case, target));
    let at_date = first_after(case, main.target_at).filter(|_| case.is_over());
    let at_date_met = at_date.filter(|first| meets(case, first, &asked_for) == Meets::Yes);
    let latest = case.latest.first().filter(|latest| meets(case, latest, &asked_for) == Meets::Yes);
    let first = match (case.metric.direction, case.is_over()) {
        (Direction::Maintain, _) => at_date_met.or(case.latest.first()),
        (_, false) => latest.or(first_met(case, &asked_for)),
        (_, true) => at_date_met.or(latest).or(first_met(case, &asked_for)),
    };
    let Some(first) = first else { return State::Achieved.said() };
    let (figure, time) = (shown(first), when(first.when));
    let mut said = Bilingual::new(
        format!("{}为{}，达到目标{}", time.zh, figure.zh, target.zh),
        format!("{} ({}) meets the target of {}", figure.en, time.en, target.en),
    );
    let short_then = at_date.is_some_and(|at| meets(case, at, &asked_for) == Meets::No);
    if short_then && first.at.lo() > main.target_at {
        said = both(&said, ",", &lateness(first.at.lo() - main.target_at));
    }
    if case.is_over() {
        let over = Bilingual::new("期限已过", "its time is over");
        said = both(&said, ";", &over);
    }
    let now = case.latest.first().filter(|latest| meets(case, latest, &asked_for) == Meets::No);
    now.map_or(said.clone(), |now| {
        let (figure, time) = (shown(now), when(now.when));
        let lost = Bilingual::new(
            format!("此后失守：{}为{}", time.zh, figure.zh),
            format!("lost since: {} ({})", figure.en, time.en),
        );
        both(&said, ";", &lost)
    })
}

fn overdue(case: &MetricCase<'_>, main: &IntervalCorner) -> Bilingual {
    let due = case.targets.first().map_or_else(|| State::Overdue.said(), |target| when(target.when));
    let (actual, target, gap) = (number(main.actual), number(main.target), gap(case, main));
    Bilingual::new(
        format!("{}已到期，现为{}，距目标{}还差{}", due.zh, actual.zh, target.zh, gap.zh),
        format!("due {}, now at {}, {} short of {}", due.en, actual.en, gap.en, target.en),
    )
}

fn hold(case: &MetricCase<'_>, main: &IntervalCorner) -> Bilingual {
    let gap = gap(case, main);
    let sign = case.sign(main.baseline.map(|(value, _)| value), main.target);
    let worse = main.baseline.is_some_and(|(from, _)| sign * apart(main.actual, from) < 0.0);
    let verb =
        if worse { Bilingual::new("略有滑落", "slipping") } else { Bilingual::new("保持", "holding") };
    let (zh, en) = if main.actual > main.target { ("高于", "over") } else { ("低于", "under") };
    Bilingual::new(
        format!("{}：{zh}目标{}", verb.zh, gap.zh),
        format!("{} {} {en} the target", verb.en, gap.en),
    )
}

/// A level to be maintained, met before its date.
fn kept(case: &MetricCase<'_>, main: &IntervalCorner) -> Bilingual {
    let (actual, target) = (number(main.actual), number(main.target));
    let under = case.sign(main.baseline.map(|(value, _)| value), main.target) < 0.0;
    let (zh, en) = if under { ("以下", "at or under") } else { ("以上", "at or above") };
    Bilingual::new(
        format!("目前保持：{}，应在{} {zh}", actual.zh, target.zh),
        format!("so far kept: {}, to stay {en} {}", actual.en, target.en),
    )
}

/// Short of a target that is no better than the baseline.
fn behind(case: &MetricCase<'_>, main: &IntervalCorner) -> Bilingual {
    let actual = number(main.actual);
    let of_target = beside(case, main.actual, main.target, ("目标", "target"));
    let now = Bilingual::new(format!("现为{}", actual.zh), format!("now {}", actual.en));
    match main.baseline {
        Some((from, _)) if apart(from, main.target) == 0.0 => {
            let of_both = beside(case, main.actual, from, ("基期", "baseline"));
            let same = Bilingual::new("目标即基期值", "which is the target");
            both(&both(&now, ",", &of_both), ",", &same)
        }
        Some((from, _)) => {
            let of_baseline = beside(case, main.actual, from, ("基期", "baseline"));
            let joined = Bilingual::new(
                format!("{}，{}", of_baseline.zh, of_target.zh),
                format!("{} and {}", of_baseline.en, of_target.en),
            );
            both(&now, ",", &joined)
        }
        None => both(&now, ",", &of_target),
    }
}

/// Ranks and steps of a scale.
fn compared(case: &MetricCase<'_>, main: &IntervalCorner) -> Bilingual {
    let Some((from, _)) = main.baseline else { return NoNumberReason::NoRatio.said() };
    let sign = case.sign(Some(from), main.target);
    let (from_said, now) = (number(from), number(main.actual));
    let word = match sign * apart(main.actual, from) {
        gained if gained > 0.0 => ("好于基期", "better than the baseline"),
        gained if gained < 0.0 => ("差于基期", "worse than the baseline"),
        _ => ("与基期相同", "the same as the baseline"),
    };
    let target = number(main.target);
    both(
        &Bilingual::new(word.0, word.1),
        ":",
        &Bilingual::new(
            format!("{} → {}，目标{}；位次和等级不算比率", from_said.zh, now.zh, target.zh),
            format!("{} → {}, target {}; ranks and steps have no ratio", from_said.en, now.en, target.en),
        ),
    )
}

fn undated(case: &MetricCase<'_>, main: &IntervalCorner, if_due: &[IfDue]) -> Bilingual {
    let lack = NoNumberReason::Date.said();
    let share = case.point(main).and_then(|point| point.progress_share().ok());
    let fits = !case.only_compares() && case.doubt().is_none() && !case.is_open_upwards();
    let Some(share) = share.filter(|_| fits) else { return lack };
    let made = match share {
        share if share < 0.0 => {
            let (from, _) = main.baseline.unwrap_or_default();
            let lost = difference(case, apart(main.actual, from));
            Bilingual::new(format!("比基期差{}", lost.zh), format!("{} worse than the baseline", lost.en))
        }
        share => {
            let share = percent(share);
            Bilingual::new(format!("已完成全程的{share}%"), format!("{share}% of the way is made"))
        }
    };
    let said = both(&lack, ";", &made);
    if if_due.is_empty() {
        return said;
    }
    let listed = |added: bool, separator: &str| {
        let on_track = if_due.iter().filter(|due| due.added == added && due.state == State::OnTrack);
        on_track.map(|due| due.year.to_string()).collect::<Vec<_>>().join(separator)
    };
    let under = |added: bool| match listed(added, "、") {
        years if years.is_empty() => {
            Bilingual::new("按所试年份均不算进展顺利", "on track under none of the years tried")
        }
        years => Bilingual::new(
            format!("若{years}年到期则进展顺利"),
            format!("on track if due {}", listed(added, ", ")),
        ),
    };
    if if_due.iter().all(|due| !due.added) {
        return both(&said, ";", &under(false));
    }
    let (total, addition) = (under(false), under(true));
    let of = |as_what: (&str, &str), said: &Bilingual| both(&Bilingual::new(as_what.0, as_what.1), ":", said);
    let total = of(("作为总量", "as a total"), &total);
    both(&both(&said, ";", &total), ";", &of(("作为增量", "as an addition"), &addition))
}

/// What is open, and why it is.
fn open(case: &MetricCase<'_>, main: &IntervalCorner, outcome: &Decision) -> Bilingual {
    let between = open_between(outcome);
    if outcome.lack == Some(NoNumberReason::NoRatio) {
        return compared(case, main);
    }
    let is_open = |reading: &Reading| !reading.at.is_point();
    let figures = || case.latest.iter().chain(case.baseline.as_ref().ok());
    let because = if let [one, .., other] = case.latest.as_slice() {
        let (one, other) = (shown(one), shown(other));
        Bilingual::new(
            format!("来源不一（{}、{}）", one.zh, other.zh),
            format!("sources differ ({}, {})", one.en, other.en),
        )
    } else if figures().any(|reading| !reading.amount.is_point()) {
        Bilingual::new("数值只是界限或约数", "the figures are bounds, not values")
    } else if figures().any(is_open) {
        Bilingual::new("参照时点未说明", "the reference time is not stated")
    } else {
        Bilingual::new("目标为约数", "the target is an approximate figure")
    };
    both(&between, ":", &because)
}

/// The two classes between which it is open.
fn open_between(outcome: &Decision) -> Bilingual {
    let Some((worst, best)) = outcome.open else { return outcome.state.said() };
    Bilingual::new(
        format!("“{}”与“{}”之间未定", worst.label(Ui::Zh), best.label(Ui::Zh)),
        format!("open between {} and {}", worst.word(), best.word()),
    )
}

fn of_milestone(case: &MetricCase<'_>, outcome: &Decision) -> Bilingual {
    if outcome.state == State::Occurred {
        let first = milestone::done(case, None);
        let time = first.map(|first| when(first.when));
        return time.map_or_else(
            || State::Occurred.said(),
            |time| Bilingual::new(format!("已发生（{}）", time.zh), format!("took place ({})", time.en)),
        );
    }
    let Some((due, date)) = milestone::next_due(case) else {
        return outcome.lack.map_or_else(|| outcome.state.said(), NoNumberReason::said);
    };
    let by = when(due.when);
    match (outcome.state, milestone::done(case, due.stage)) {
        (State::Achieved, Some(done)) => {
            let time = when(done.when);
            let said = Bilingual::new(format!("已完成（{}）", time.zh), format!("done ({})", time.en));
            let late = done.at.map_or(0.0, |at| at.lo() - date);
            if late > 1e-6 { both(&said, ",", &lateness(late)) } else { said }
        }
        (State::Overdue, _) => Bilingual::new(
            format!("应于{}完成，来源称已逾期", by.zh),
            format!("was due {}; a source says that it is overdue", by.en),
        ),
        (_, _) if date <= case.now => Bilingual::new(
            format!("应于{}完成，未见报告", by.zh),
            format!("was due {}; no report of it is known", by.en),
        ),
        _ => {
            let left = rounded(date - case.now, 1);
            Bilingual::new(
                format!("应于{}完成，还有{left}年", by.zh),
                format!("due {}, in {left} years", by.en),
            )
        }
    }
}
