//! The numbers behind a verdict, in the order in which they are read.

use super::lack::Lack;
use super::pace::{Point, Reckoned};
use super::rules::{Rule, beside_cuts};
use crate::plan::figure::{places_for, rounded};
use crate::text::Bilingual;

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
    /// D.
    Lead,
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
    /// Open SDG's score.
    Score,
}

impl Term {
    /// Every one, in reading order.
    pub const ALL: [Term; 16] = [
        Term::ToGo,
        Term::Change,
        Term::ProgressShare,
        Term::Observed,
        Term::TimeShare,
        Term::Expected,
        Term::Pace,
        Term::Lead,
        Term::Required,
        Term::Acceleration,
        Term::Landing,
        Term::Growth,
        Term::GrowthNeeded,
        Term::CompoundRatio,
        Term::ProjectedShare,
        Term::Score,
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
            Term::Lead => "D",
            Term::Required => "q",
            Term::Acceleration => "q/r",
            Term::Landing => "t*",
            Term::Growth => "c",
            Term::GrowthNeeded => "c*",
            Term::CompoundRatio => "R",
            Term::ProjectedShare => "λ",
            Term::Score => "score",
        }
    }

    /// Decimals to show of it: a landing is no more exact than a tenth of a year.
    pub fn places(self) -> usize {
        match self {
            Term::Landing | Term::Lead => 1,
            Term::Score => 2,
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
            Term::ProgressShare => ("完成率", "progress share"),
            Term::Observed => ("年均变化", "change a year"),
            Term::TimeShare => ("时间进度", "time share"),
            Term::Expected => ("此时应达（假定直线路径）", "expected by then (a straight path is assumed)"),
            Term::Pace => ("进度比", "pace"),
            Term::Lead => ("领先序时进度（百分点）", "lead over the expected, in points of the way"),
            Term::Required => ("所需年均变化", "change a year that is needed"),
            Term::Acceleration => ("速度须为现在的倍数", "times as fast as it must run"),
            Term::Landing => ("按此速度达到之时", "arrival at this pace"),
            Term::Growth => ("年均复合增长", "compound growth a year"),
            Term::GrowthNeeded => ("所需年均复合增长", "compound growth a year that is needed"),
            Term::CompoundRatio => ("复合增长比", "compound ratio"),
            Term::ProjectedShare => ("外推完成率", "projected share"),
            Term::Score => ("Open SDG 得分（−5 至 5）", "Open SDG score (−5 to 5)"),
        };
        Bilingual::new(zh, en)
    }

    /// What it comes to.
    pub fn value(self, point: &Point<'_>) -> Reckoned {
        match self {
            Term::ToGo => Ok(point.target - point.actual),
            Term::Change => Ok(point.actual - point.baseline),
            Term::ProgressShare => point.progress_share(),
            Term::Observed => point.observed(),
            Term::TimeShare => point.time_share(),
            Term::Expected => point.expected(),
            Term::Pace => point.pace(),
            Term::Lead => point.lead(),
            Term::Required => point.required(),
            Term::Acceleration => point.acceleration(),
            Term::Landing => point.landing(),
            Term::Growth => point.growth(),
            Term::GrowthNeeded => point.growth_needed(),
            Term::CompoundRatio => point.compound_ratio(),
            Term::ProjectedShare => point.projected_share(),
            Term::Score => Err(Lack::NotCovered),
        }
    }

    /// A number of this term as it is shown: what a rule set reads, on its side of the cut-offs; small numbers with three digits.
    pub fn shown(self, value: f64) -> String {
        let rule = match self {
            Term::Pace => Some(Rule::PACE),
            Term::Lead => Some(Rule::XUSHI),
            Term::CompoundRatio => Some(Rule::OPEN_SDG),
            Term::ProjectedShare => Some(Rule::PROJECTION),
            _ => None,
        };
        match (self, rule) {
            (_, Some(rule)) => beside_cuts(value, self.places(), rule.cuts()),
            (Term::Acceleration, _) if rounded(value, self.places()) == "1" => rounded(value, 6),
            (Term::Landing | Term::Score | Term::Acceleration, _) => rounded(value, self.places()),
            _ => rounded(value, places_for(value, self.places())),
        }
    }
}
