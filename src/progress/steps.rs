//! The arithmetic behind a verdict, line by line, each with the figures filled in: what a reader needs to do
//! it again on paper.

use super::case::MetricCase;
use super::interval::Interval;
use super::no_number::NoNumberReason;
use super::open_sdg::Measured;
use super::pace::Point;
pub use super::term::ArithmeticTerm;
use crate::plan::figure::{NONE, places_for, rounded};

/// One line of the arithmetic.
#[derive(Clone, Debug, PartialEq)]
pub struct ArithmeticStep {
    /// The quantity that the step works out.
    pub term: ArithmeticTerm,
    /// The formula with the figures filled in, as written and at their latest time.
    pub formula: String,
    /// What comes out of these figures.
    pub written: Option<f64>,
    /// What comes out over everything that is open: bounds, reference times, rival sources.
    pub value: Option<Interval>,
    /// Why nothing does at some end.
    pub lack: Option<NoNumberReason>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Differences only: no ratio is meant, or none can be computed.
    Differences,
    /// The share of the way, without a date.
    Share,
    /// All but when it arrives: a level to be maintained is not arrived at.
    Kept,
    Whole,
}

/// The lines of a verdict.
pub(super) fn steps(case: &MetricCase<'_>, depth: Depth) -> Vec<ArithmeticStep> {
    let Some(main) = case.main() else { return Vec::new() };
    let Some(point) = case.point(&main) else {
        let formula = format!("{} − {}", figure(main.target), figure(main.actual));
        let written = Some(main.target - main.actual);
        return vec![ArithmeticStep {
            term: ArithmeticTerm::ToGo,
            formula,
            written,
            value: to_go(case),
            lack: None,
        }];
    };
    let shown = |term: ArithmeticTerm| match depth {
        Depth::Differences => matches!(term, ArithmeticTerm::ToGo | ArithmeticTerm::Change),
        Depth::Share => matches!(
            term,
            ArithmeticTerm::ToGo
                | ArithmeticTerm::Change
                | ArithmeticTerm::ProgressShare
                | ArithmeticTerm::Observed
        ),
        Depth::Kept => !matches!(term, ArithmeticTerm::Landing | ArithmeticTerm::Score),
        Depth::Whole => term != ArithmeticTerm::Score,
    };
    let step = |term: &ArithmeticTerm| {
        let value = spread(case, *term);
        let written = term.value(&point).ok();
        ArithmeticStep {
            term: *term,
            formula: written_out(*term, &point),
            written,
            value: value.ok(),
            lack: value.err(),
        }
    };
    ArithmeticTerm::ALL.iter().filter(|term| shown(**term)).map(step).collect()
}

/// A term at every corner: from its lowest to its highest number, or the first lack.
pub(super) fn spread(case: &MetricCase<'_>, term: ArithmeticTerm) -> Result<Interval, NoNumberReason> {
    let mut all: Option<Result<Interval, NoNumberReason>> = None;
    case.corners(|corner| {
        let Some(point) = case.point(corner) else { return };
        let here = term
            .value(&point)
            .and_then(|number| Interval::point(number).ok_or(NoNumberReason::BeyondReckoning))
            .map_err(|lack| if is_open_end(case, &point) { NoNumberReason::OpenTime } else { lack });
        all = Some(match (all, here) {
            (Some(Ok(so_far)), Ok(here)) => Ok(so_far.hull(here)),
            (Some(Err(lack)), _) | (_, Err(lack)) => Err(lack),
            (None, Ok(here)) => Ok(here),
        });
    });
    all.unwrap_or(Err(case.baseline.err().unwrap_or(NoNumberReason::Actual)))
}

/// T−A where there is no baseline.
fn to_go(case: &MetricCase<'_>) -> Option<Interval> {
    let mut all: Option<Interval> = None;
    case.corners(|corner| {
        let here = Interval::point(corner.target - corner.actual);
        all = all.zip(here).map(|(so_far, here)| so_far.hull(here)).or(here);
    });
    all
}

/// Whether the corner stands at the far end of an open reference time, where it meets the baseline's own.
fn is_open_end(case: &MetricCase<'_>, point: &Point<'_>) -> bool {
    point.actual_at <= point.baseline_at
        && case.latest.iter().any(|latest| latest.at.hi() > point.baseline_at)
}

/// The stretch of the path that the actual's time falls on.
fn path(point: &Point<'_>) -> String {
    let stops = || point.checkpoints.iter().copied().chain([(point.target_at, point.target)]);
    let from = [(point.baseline_at, point.baseline)].into_iter().chain(stops());
    match from.zip(stops()).find(|(_, to)| point.actual_at <= to.0) {
        Some((from, to)) => {
            let (start, end) = (figure(from.1), figure(to.1));
            let (passed, leg) = (span(point.actual_at, from.0), span(to.0, from.0));
            format!("{start} + ({end} − {start}) × {passed} / {leg}")
        }
        None => figure(point.target),
    }
}

/// A figure inside a formula.
fn figure(value: f64) -> String {
    let text = rounded(value, places_for(value, 4));
    if value < 0.0 { format!("({text})") } else { text }
}

/// A time in decimal years.
fn year(at: f64) -> String {
    let text = format!("{at:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Years between two times: the number where it is whole, else both times.
fn span(to: f64, from: f64) -> String {
    let between = to - from;
    if (between - between.round()).abs() < 1e-9 {
        rounded(between, 0)
    } else {
        format!("({} − {})", year(to), year(from))
    }
}

/// The formula of a term with the figures of a point.
fn written_out(term: ArithmeticTerm, point: &Point<'_>) -> String {
    let (a, b, t) = (figure(point.actual), figure(point.baseline), figure(point.target));
    let (since, until) = (span(point.actual_at, point.baseline_at), span(point.target_at, point.baseline_at));
    let left = span(point.target_at, point.actual_at);
    let value = |other: ArithmeticTerm| other.value(point).map_or(NONE.into(), figure);
    match term {
        ArithmeticTerm::ToGo => format!("{t} − {a}"),
        ArithmeticTerm::Change => format!("{a} − {b}"),
        ArithmeticTerm::ProgressShare => format!("({a} − {b}) / ({t} − {b})"),
        ArithmeticTerm::Observed => format!("({a} − {b}) / {since}"),
        ArithmeticTerm::TimeShare => format!("{since} / {until}"),
        ArithmeticTerm::Expected => path(point),
        ArithmeticTerm::Pace => format!("({a} − {b}) / ({} − {b})", value(ArithmeticTerm::Expected)),
        ArithmeticTerm::Lead => format!("100 × ({a} − {}) / ({t} − {b})", value(ArithmeticTerm::Expected)),
        ArithmeticTerm::Required => format!("({t} − {a}) / {left}"),
        ArithmeticTerm::Acceleration => {
            format!("{} / {}", value(ArithmeticTerm::Required), value(ArithmeticTerm::Observed))
        }
        ArithmeticTerm::Landing => {
            format!("{} + ({t} − {a}) / {}", year(point.actual_at), value(ArithmeticTerm::Observed))
        }
        ArithmeticTerm::Growth => format!("({a} / {b})^(1 / {since}) − 1"),
        ArithmeticTerm::GrowthNeeded => format!("({t} / {b})^(1 / {until}) − 1"),
        ArithmeticTerm::CompoundRatio => {
            let turned = (point.sign < 0.0) != (point.baseline < 0.0);
            let sign = if turned { "−" } else { "" };
            format!("{sign}{} / |{}|", value(ArithmeticTerm::Growth), value(ArithmeticTerm::GrowthNeeded))
        }
        ArithmeticTerm::Score => NONE.into(),
        ArithmeticTerm::ProjectedShare => {
            format!("({a} × (1 + {})^{left} − {b}) / ({t} − {b})", value(ArithmeticTerm::Growth))
        }
    }
}

/// Open SDG's own arithmetic: growth between calendar years, and the score.
pub(super) fn of_open_sdg(measured: &Measured) -> Vec<ArithmeticStep> {
    let line = |term: ArithmeticTerm, formula: String, result: Result<f64, NoNumberReason>| ArithmeticStep {
        term,
        formula,
        written: result.ok(),
        value: result.ok().and_then(Interval::point),
        lack: result.err(),
    };
    let found = measured.result();
    let (base, current) = (measured.base, measured.current);
    let growth =
        format!("({} / {})^(1 / ({} − {})) − 1", figure(current.0), figure(base.0), current.1, base.1);
    let mut lines = vec![line(ArithmeticTerm::Growth, growth, found.map(|found| found.growth))];
    if let Some((target, year)) = measured.target {
        let needed = format!("({} / {})^(1 / ({year} − {})) − 1", figure(target), figure(base.0), base.1);
        let result = found.map(|found| found.needed.unwrap_or(0.0));
        lines.push(line(ArithmeticTerm::GrowthNeeded, needed, result));
        let ratio = found.map_or(NONE.into(), |found| {
            let needed = found.needed.unwrap_or(0.0);
            let turned = (measured.direction < 0.0) != (base.0 < 0.0);
            format!("{}{} / |{}|", if turned { "−" } else { "" }, figure(found.growth), figure(needed))
        });
        lines.push(line(ArithmeticTerm::CompoundRatio, ratio, found.map(|found| found.number)));
    }
    let score = measured.score();
    let of = match (measured.is_achieved(), found) {
        (true, _) => "5".to_owned(),
        (false, Ok(found)) => format!("f({})", figure(found.number)),
        (false, Err(_)) => NONE.to_owned(),
    };
    lines.push(line(
        ArithmeticTerm::Score,
        of,
        score.ok_or(found.err().unwrap_or(NoNumberReason::BeyondReckoning)),
    ));
    lines
}
