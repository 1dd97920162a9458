//! The reason of a verdict: one short sentence in each language, with its figures.

use super::Judge;
use super::beside::IfDue;
use super::case::{Case, Corner};
use super::lack::Lack;
use super::milestone;
use super::pace::Point;
use super::rules::Rule;
use super::series::Reading;
use super::status::{Outcome, met};
use crate::plan::State;
use crate::plan::figure::{self, rounded};
use crate::plan::metric::{Measure, When};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};

/// Landings later than so many years after the target's date are not named.
const FAR: f64 = 100.0;

/// The sentence.
pub(super) fn why(judge: &Judge<'_>, case: &Case<'_>, outcome: &Outcome, if_due: &[IfDue]) -> Bilingual {
    if case.metric.measure == Measure::Milestone {
        return of_milestone(case, outcome);
    }
    let lack = outcome.lack.map(Lack::said);
    let Some(main) = case.main() else { return lack.unwrap_or_else(|| outcome.state.said()) };
    match (outcome.state, outcome.lack) {
        (State::Achieved, _) => achieved(case, &main),
        (State::Overdue, _) => overdue(case, &main),
        (State::Hold, _) => hold(case, &main),
        (State::Undated, _) => undated(case, &main, if_due),
        (State::NoBaseline, Some(lack)) => {
            let gap = gap(case, &main);
            both(
                &lack.said(),
                ";",
                &Bilingual::new(format!("距目标{}", spaced(&gap.zh)), format!("{} to go", gap.en)),
            )
        }
        (State::Undetermined, lack) if outcome.open.is_some() => open(case, outcome, lack),
        (_, Some(lack)) => lack.said(),
        _ => on_the_way(judge.rule, case, &main, outcome),
    }
}

/// A verdict of the rule set, in terms of when and how fast.
fn on_the_way(rule: Rule, case: &Case<'_>, main: &Corner, outcome: &Outcome) -> Bilingual {
    let Some(point) = case.point(main) else { return outcome.state.said() };
    let (from, target) = (number(point.baseline), number(point.target));
    let gap = gap(case, main);
    if !point.advances() {
        let moved = difference(case, point.actual - point.baseline);
        if point.actual == point.baseline {
            return Bilingual::new(
                format!("基期 {} 以来没有变化，距目标{}", from.zh, spaced(&gap.zh)),
                format!("no change since the baseline of {}; {} to go", from.en, gap.en),
            );
        }
        return match point.sign * (point.actual - point.target) {
            over if over >= 0.0 => Bilingual::new(
                format!("保持在目标 {} 之内", target.zh),
                format!("stays within the target of {}", target.en),
            ),
            _ => Bilingual::new(
                format!("偏离目标：比基期 {} 差{}，距目标{}", from.zh, spaced(&moved.zh), spaced(&gap.zh)),
                format!("moves away: {} worse than the baseline of {}, {} to go", moved.en, from.en, gap.en),
            ),
        };
    }
    let landing = landing(&point);
    if rule == Rule::Pace {
        return landing;
    }
    let number = outcome.number.map_or(figure::NONE.into(), |number| range(number.lo(), number.hi(), 3));
    both(
        &landing,
        ";",
        &Bilingual::new(
            format!("{} {} = {number}", rule.label(Ui::Zh), rule.symbol()),
            format!("{} {} = {number}", rule.label(Ui::En), rule.symbol()),
        ),
    )
}

/// "at this pace reaches 75 in 2040.3, 4.3 years late; must run 1.43 times as fast".
fn landing(point: &Point<'_>) -> Bilingual {
    let target = number(point.target);
    let Some(at) = point.landing().ok().filter(|at| *at - point.target_at <= FAR) else {
        return Bilingual::new(
            format!("按此速度，期限后 {FAR} 年内也达不到 {}", target.zh),
            format!("at this pace does not reach {} within {FAR} years of its date", target.en),
        );
    };
    let late = at - point.target_at;
    let year = format!("{at:.1}");
    let reaches = Bilingual::new(
        format!("按此速度 {year} 年达到 {}", target.zh),
        format!("at this pace reaches {} in {year}", target.en),
    );
    let reaches = both(&reaches, ",", &lateness(late));
    match point.acceleration() {
        Ok(times) if times > 1.0 + 1e-9 => {
            let times = rounded(times, 2);
            both(
                &reaches,
                ";",
                &Bilingual::new(
                    format!("速度须为现在的 {times} 倍"),
                    format!("must run {times} times as fast"),
                ),
            )
        }
        _ => reaches,
    }
}

/// "4.3 years late", "0.6 years early", "on time".
fn lateness(years: f64) -> Bilingual {
    let shown = rounded(years.abs(), 1);
    match years {
        _ if shown == "0" => Bilingual::new("按期", "on time"),
        late if late > 0.0 => Bilingual::new(format!("晚 {shown} 年"), format!("{shown} years late")),
        _ => Bilingual::new(format!("早 {shown} 年"), format!("{shown} years early")),
    }
}

fn achieved(case: &Case<'_>, main: &Corner) -> Bilingual {
    let sign = case.sign(main.baseline.map(|(value, _)| value), main.target);
    let first = met(case, main, sign).last().or(case.latest.first());
    let target = number(main.target);
    let Some(first) = first else { return State::Achieved.said() };
    let (figure, time) = (shown(first), when(first.when));
    let late = first.at.lo() - main.target_at;
    let reached = Bilingual::new(
        format!("{}为 {}，已达到目标 {}", time.zh, figure.zh, target.zh),
        format!("{} ({}) meets the target of {}", figure.en, time.en, target.en),
    );
    if late > 0.05 { both(&reached, ",", &lateness(late)) } else { reached }
}

fn overdue(case: &Case<'_>, main: &Corner) -> Bilingual {
    let due = case.targets.first().map_or(When::Undated, |target| target.when);
    let (due, gap) = (when(due), gap(case, main));
    let (actual, target) = (number(main.actual), number(main.target));
    Bilingual::new(
        format!("{}已到期，现为 {}，距目标 {} 还差{}", due.zh, actual.zh, target.zh, spaced(&gap.zh)),
        format!("due {}, now at {}, {} short of {}", due.en, actual.en, gap.en, target.en),
    )
}

fn hold(case: &Case<'_>, main: &Corner) -> Bilingual {
    let gap = gap(case, main);
    let sign = case.sign(main.baseline.map(|(value, _)| value), main.target);
    let worse = main.baseline.is_some_and(|(from, _)| sign * (main.actual - from) < 0.0);
    let below = sign * (main.target - main.actual) > 0.0;
    let verb =
        if worse { Bilingual::new("略有滑落", "slipping") } else { Bilingual::new("保持", "holding") };
    match (below, sign < 0.0) {
        (true, false) => Bilingual::new(
            format!("{}：低于目标{}", verb.zh, spaced(&gap.zh)),
            format!("{} {} under the target", verb.en, gap.en),
        ),
        (true, true) => Bilingual::new(
            format!("{}：高于目标{}", verb.zh, spaced(&gap.zh)),
            format!("{} {} over the target", verb.en, gap.en),
        ),
        (false, _) => {
            Bilingual::new(format!("{}：在目标之内", verb.zh), format!("{} at the target", verb.en))
        }
    }
}

fn undated(case: &Case<'_>, main: &Corner, if_due: &[IfDue]) -> Bilingual {
    let lack = Lack::Date.said();
    let share = case.point(main).and_then(|point| point.progress_share().ok());
    let Some(share) = share.filter(|_| !case.only_compares() && case.doubt().is_none()) else { return lack };
    let share = rounded(share * 100.0, 0);
    let made = Bilingual::new(format!("已走完路程的 {share} %"), format!("{share} % of the way is made"));
    let listed = |separator: &str| {
        let years = if_due.iter().filter(|due| due.state == State::OnTrack).map(|due| due.year.to_string());
        years.collect::<Vec<_>>().join(separator)
    };
    let under = match (if_due.is_empty(), listed("、")) {
        (true, _) => return both(&lack, ";", &made),
        (false, years) if years.is_empty() => {
            Bilingual::new("按所试年份均不算进展顺利", "on track under none of the years tried")
        }
        (false, years) => Bilingual::new(
            format!("若 {years} 年到期则进展顺利"),
            format!("on track if due {}", listed(", ")),
        ),
    };
    both(&both(&lack, ";", &made), ";", &under)
}

/// What is open, and why it is.
fn open(case: &Case<'_>, outcome: &Outcome, lack: Option<Lack>) -> Bilingual {
    let Some((worst, best)) = outcome.open else { return outcome.state.said() };
    let between = Bilingual::new(
        format!("“{}”与“{}”之间未定", worst.label(Ui::Zh), best.label(Ui::Zh)),
        format!("open between {} and {}", worst.word(), best.word()),
    );
    if lack == Some(Lack::NoRatio) {
        return both(
            &Bilingual::new("好于基期", "better than the baseline"),
            ";",
            &both(&between, ":", &Lack::NoRatio.said()),
        );
    }
    let is_open = |reading: &Reading| !reading.at.is_point();
    let because = if let [one, .., other] = case.latest.as_slice() {
        let (one, other) = (shown(one), shown(other));
        Bilingual::new(
            format!("来源不一（{}、{}）", one.zh, other.zh),
            format!("sources differ ({}, {})", one.en, other.en),
        )
    } else if case.latest.iter().chain(case.baseline.as_ref().ok()).any(|reading| !reading.amount.is_point())
    {
        Bilingual::new("数值只是界限或约数", "the figures are bounds, not values")
    } else if case.latest.iter().chain(case.baseline.as_ref().ok()).any(is_open) {
        Bilingual::new("参照时点未说明", "the reference time is not stated")
    } else {
        Bilingual::new("目标不止一个说法", "the target is stated in more than one way")
    };
    both(&between, ":", &because)
}

fn of_milestone(case: &Case<'_>, outcome: &Outcome) -> Bilingual {
    let Some((due, date)) = milestone::next_due(case) else {
        return outcome.lack.map_or_else(|| outcome.state.said(), Lack::said);
    };
    let by = when(due.when);
    match (outcome.state, milestone::done(case, due.stage)) {
        (State::Achieved, Some(done)) => {
            let time = when(done.when);
            let said = Bilingual::new(format!("已完成（{}）", time.zh), format!("done ({})", time.en));
            let late = done.at.map_or(0.0, |at| at.lo() - date);
            if late > 0.05 { both(&said, ",", &lateness(late)) } else { said }
        }
        (State::Overdue, _) => Bilingual::new(
            format!("应于{}完成，未见完成", spaced(&by.zh)),
            format!("was due {}, and is not reported as done", by.en),
        ),
        _ => {
            let left = rounded(date - case.now, 1);
            Bilingual::new(
                format!("应于{}完成，还有 {left} 年", spaced(&by.zh)),
                format!("due {}, in {left} years; not reported as done", by.en),
            )
        }
    }
}

/// How far the actual is from the target, without its sign.
fn gap(case: &Case<'_>, main: &Corner) -> Bilingual {
    difference(case, main.target - main.actual)
}

/// A difference in the metric's own terms: points of a percentage, places of a rank.
fn difference(case: &Case<'_>, difference: f64) -> Bilingual {
    if case.metric.measure == Measure::Percentage {
        return Bilingual::new(figure::points(difference, Ui::Zh), figure::points(difference, Ui::En));
    }
    let unit = |tag: &str| {
        let unit = case.plan.lang(tag).and_then(|lang| case.metric.unit.get(lang));
        one_line(unit.filter(|_| case.metric.measure == Measure::Unit).unwrap_or_default())
    };
    let shown = number(difference.abs());
    Bilingual::new(
        figure::with_unit(&shown.zh, &unit("zh"), Ui::Zh),
        figure::with_unit(&shown.en, &unit("en"), Ui::En),
    )
}

/// A figure as each language writes it.
fn number(value: f64) -> Bilingual {
    Bilingual::new(figure::told(value, 4, Ui::Zh), figure::told(value, 4, Ui::En))
}

/// A reading's figure, from end to end.
fn shown(reading: &Reading) -> Bilingual {
    let (low, high) = (number(reading.amount.lo()), number(reading.amount.hi()));
    let joined =
        |low: String, high: String, dash: &str| if low == high { low } else { format!("{low}{dash}{high}") };
    Bilingual::new(joined(low.zh, high.zh, "—"), joined(low.en, high.en, "–"))
}

fn range(lo: f64, hi: f64, places: usize) -> String {
    let (lo, hi) = (rounded(lo, places), rounded(hi, places));
    if lo == hi { lo } else { format!("{lo}–{hi}") }
}

fn when(when: When) -> Bilingual {
    Bilingual::new(figure::when(when, Ui::Zh), figure::when(when, Ui::En))
}

/// A space before what begins with a digit, as Chinese sets it.
fn spaced(text: &str) -> String {
    if text.starts_with(|first: char| first.is_ascii_digit()) { format!(" {text}") } else { text.to_owned() }
}

/// Two parts as one sentence; Chinese takes its own marks.
fn both(first: &Bilingual, mark: &str, second: &Bilingual) -> Bilingual {
    let zh = match mark {
        "," => "，",
        ";" => "；",
        _ => "：",
    };
    Bilingual::new(format!("{}{zh}{}", first.zh, second.zh), format!("{}{mark} {}", first.en, second.en))
}
