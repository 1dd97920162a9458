//! The arithmetic behind a verdict, line by line, each with the figures filled in: what a reader needs to do it again on paper.

use super::case::Case;
use super::interval::Interval;
use super::lack::Lack;
use super::pace::{Point, Reckoned};
use crate::plan::figure::{NONE, rounded};
use crate::text::Bilingual;

/// One line of the arithmetic.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is reckoned.
    pub term: Term,
    /// The formula with the figures filled in, as written and at their latest time.
    pub formula: String,
    /// What comes out of these figures.
    pub written: Option<f64>,
    /// What comes out over everything that is open: bounds, reference times, rival sources.
    pub value: Option<Interval>,
    /// Why nothing does at some end.
    pub lack: Option<Lack>,
}

/// What the arithmetic reckons, in the order in which it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// T−A.
    ToGo,
    /// A−B.
    Change,
    /// P.
    ProgressShare,
    /// r.
    Observed,
    /// E.
    TimeShare,
    /// X(t).
    Expected,
    /// ρ.
    Pace,
    /// q.
    Required,
    /// q/r.
    Acceleration,
    /// t*.
    Landing,
    /// c.
    Growth,
    /// c*.
    GrowthNeeded,
    /// R.
    CompoundRatio,
    /// λ.
    ProjectedShare,
}

impl Term {
    /// Every one, in reading order.
    pub const ALL: [Term; 14] = [
        Term::ToGo,
        Term::Change,
        Term::ProgressShare,
        Term::Observed,
        Term::TimeShare,
        Term::Expected,
        Term::Pace,
        Term::Required,
        Term::Acceleration,
        Term::Landing,
        Term::Growth,
        Term::GrowthNeeded,
        Term::CompoundRatio,
        Term::ProjectedShare,
    ];

    /// Its sign.
    pub fn symbol(self) -> &'static str {
        match self {
            Term::ToGo => "T−A",
            Term::Change => "A−B",
            Term::ProgressShare => "P",
            Term::Observed => "r",
            Term::TimeShare => "E",
            Term::Expected => "X",
            Term::Pace => "ρ",
            Term::Required => "q",
            Term::Acceleration => "q/r",
            Term::Landing => "t*",
            Term::Growth => "c",
            Term::GrowthNeeded => "c*",
            Term::CompoundRatio => "R",
            Term::ProjectedShare => "λ",
        }
    }

    /// Decimals to show of it: a landing is no more exact than a tenth of a year.
    pub fn places(self) -> usize {
        match self {
            Term::Landing => 1,
            Term::Growth | Term::GrowthNeeded => 5,
            Term::ToGo | Term::Change | Term::Observed | Term::Required | Term::Expected => 4,
            _ => 3,
        }
    }

    /// What it is called.
    pub fn title(self) -> Bilingual {
        let (zh, en) = match self {
            Term::ToGo => ("尚差", "to go"),
            Term::Change => ("已变化", "change so far"),
            Term::ProgressShare => ("完成份额", "progress share"),
            Term::Observed => ("年均变化", "change a year"),
            Term::TimeShare => ("时间份额", "time share"),
            Term::Expected => ("此时应达（假定直线路径）", "expected by then (a straight path is assumed)"),
            Term::Pace => ("序时进度", "pace"),
            Term::Required => ("所需年均变化", "change a year that is needed"),
            Term::Acceleration => ("速度须为现在的倍数", "times as fast as it must run"),
            Term::Landing => ("按此速度达到之时", "arrival at this pace"),
            Term::Growth => ("年均复合增长", "compound growth a year"),
            Term::GrowthNeeded => ("所需年均复合增长", "compound growth a year that is needed"),
            Term::CompoundRatio => ("复合增长比", "compound ratio"),
            Term::ProjectedShare => ("外推完成份额", "projected share"),
        };
        Bilingual::new(zh, en)
    }

    /// What it comes to.
    pub fn reckon(self, point: &Point<'_>) -> Reckoned {
        match self {
            Term::ToGo => Ok(point.target - point.actual),
            Term::Change => Ok(point.actual - point.baseline),
            Term::ProgressShare => point.progress_share(),
            Term::Observed => point.observed(),
            Term::TimeShare => point.time_share(),
            Term::Expected => point.expected(),
            Term::Pace => point.pace(),
            Term::Required => point.required(),
            Term::Acceleration => point.acceleration(),
            Term::Landing => point.landing(),
            Term::Growth => point.growth(),
            Term::GrowthNeeded => point.growth_needed(),
            Term::CompoundRatio => point.compound_ratio(),
            Term::ProjectedShare => point.projected_share(),
        }
    }

    /// The formula with the figures of a point.
    fn written(self, point: &Point<'_>) -> String {
        let (a, b, t) = (figure(point.actual), figure(point.baseline), figure(point.target));
        let (since, until) =
            (span(point.actual_at, point.baseline_at), span(point.target_at, point.baseline_at));
        let left = span(point.target_at, point.actual_at);
        let value = |term: Term| term.reckon(point).map_or(NONE.into(), figure);
        match self {
            Term::ToGo => format!("{t} − {a}"),
            Term::Change => format!("{a} − {b}"),
            Term::ProgressShare => format!("({a} − {b}) / ({t} − {b})"),
            Term::Observed => format!("({a} − {b}) / {since}"),
            Term::TimeShare => format!("{since} / {until}"),
            Term::Expected => path(point),
            Term::Pace => format!("({a} − {b}) / ({} − {b})", value(Term::Expected)),
            Term::Required => format!("({t} − {a}) / {left}"),
            Term::Acceleration => format!("{} / {}", value(Term::Required), value(Term::Observed)),
            Term::Landing => {
                format!("{} + ({t} − {a}) / {}", year(point.actual_at), value(Term::Observed))
            }
            Term::Growth => format!("({a} / {b})^(1 / {since}) − 1"),
            Term::GrowthNeeded => format!("({t} / {b})^(1 / {until}) − 1"),
            Term::CompoundRatio => {
                let sign = if point.sign < 0.0 { "−" } else { "" };
                format!("{sign}{} / |{}|", value(Term::Growth), value(Term::GrowthNeeded))
            }
            Term::ProjectedShare => {
                format!("({a} × (1 + {})^{left} − {b}) / ({t} − {b})", value(Term::Growth))
            }
        }
    }
}

/// Which lines are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Differences only: no ratio is meant, or none can be reckoned.
    Differences,
    /// The share of the way, without a date.
    Share,
    /// All.
    Whole,
}

/// The lines of a verdict.
pub(super) fn steps(case: &Case<'_>, depth: Depth) -> Vec<Step> {
    let Some(main) = case.main() else { return Vec::new() };
    let Some(point) = case.point(&main) else {
        let formula = format!("{} − {}", figure(main.target), figure(main.actual));
        let written = Some(main.target - main.actual);
        return vec![Step { term: Term::ToGo, formula, written, value: to_go(case), lack: None }];
    };
    let shown = match depth {
        Depth::Differences => 2,
        Depth::Share => 4,
        Depth::Whole => Term::ALL.len(),
    };
    let step = |term: &Term| {
        let value = spread(case, *term);
        let written = term.reckon(&point).ok();
        Step { term: *term, formula: term.written(&point), written, value: value.ok(), lack: value.err() }
    };
    Term::ALL.iter().take(shown).map(step).collect()
}

/// A term at every corner: from its lowest to its highest number, or the first lack.
pub(super) fn spread(case: &Case<'_>, term: Term) -> Result<Interval, Lack> {
    let mut all: Option<Result<Interval, Lack>> = None;
    case.corners(|corner| {
        let Some(point) = case.point(corner) else { return };
        let here = term
            .reckon(&point)
            .and_then(|number| Interval::point(number).ok_or(Lack::BeyondReckoning))
            .map_err(|lack| if is_open_end(case, &point) { Lack::OpenTime } else { lack });
        all = Some(match (all, here) {
            (Some(Ok(so_far)), Ok(here)) => Ok(so_far.hull(here)),
            (Some(Err(lack)), _) | (_, Err(lack)) => Err(lack),
            (None, Ok(here)) => Ok(here),
        });
    });
    all.unwrap_or(Err(case.baseline.err().unwrap_or(Lack::Actual)))
}

/// T−A where there is no baseline.
fn to_go(case: &Case<'_>) -> Option<Interval> {
    let mut all: Option<Interval> = None;
    case.corners(|corner| {
        let here = Interval::point(corner.target - corner.actual);
        all = all.zip(here).map(|(so_far, here)| so_far.hull(here)).or(here);
    });
    all
}

/// Whether the corner stands at the far end of an open reference time, where it meets the baseline's own.
fn is_open_end(case: &Case<'_>, point: &Point<'_>) -> bool {
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
    let text = rounded(value, if value.abs() < 1.0 { 6 } else { 4 });
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
