//! The numbers behind a verdict, in the order in which they are read.

use super::no_number::NoNumberReason;
use super::pace::{Computed, Point};
use super::rules::{RuleRef, beside_cuts};
use crate::plan::figure::{places_for, rounded};
use crate::text::Bilingual;

/// The quantities of the arithmetic, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArithmeticTerm {
    /// T − A, how much is missing, in the metric's unit.
    ToGo,
    /// A − B, how much has changed, in the metric's unit.
    Change,
    /// P.
    ProgressShare,
    /// r, the yearly change so far, in the metric's unit.
    Observed,
    /// E.
    TimeShare,
    /// X(t).
    Expected,
    /// ρ.
    Pace,
    /// D.
    Lead,
    /// q, the yearly change still needed, in the metric's unit.
    Required,
    /// q/r.
    Acceleration,
    /// t*, when the target would be reached at the pace so far.
    Landing,
    /// c, the compound annual growth rate so far.
    Growth,
    /// c*, the compound annual growth rate still needed.
    GrowthNeeded,
    /// R.
    CompoundRatio,
    /// λ, the share of the way that would be covered by the due date at the pace so far.
    ProjectedShare,
    /// Open SDG's score.
    Score,
}

impl ArithmeticTerm {
    /// Every one, in reading order.
    pub const ALL: [ArithmeticTerm; 16] = [
        ArithmeticTerm::ToGo,
        ArithmeticTerm::Change,
        ArithmeticTerm::ProgressShare,
        ArithmeticTerm::Observed,
        ArithmeticTerm::TimeShare,
        ArithmeticTerm::Expected,
        ArithmeticTerm::Pace,
        ArithmeticTerm::Lead,
        ArithmeticTerm::Required,
        ArithmeticTerm::Acceleration,
        ArithmeticTerm::Landing,
        ArithmeticTerm::Growth,
        ArithmeticTerm::GrowthNeeded,
        ArithmeticTerm::CompoundRatio,
        ArithmeticTerm::ProjectedShare,
        ArithmeticTerm::Score,
    ];

    /// The symbol in the formulas of `docs/judging.md`.
    pub fn symbol(self) -> &'static str {
        match self {
            ArithmeticTerm::ToGo => "T−A",
            ArithmeticTerm::Change => "A−B",
            ArithmeticTerm::ProgressShare => "P",
            ArithmeticTerm::Observed => "r",
            ArithmeticTerm::TimeShare => "E",
            ArithmeticTerm::Expected => "X",
            ArithmeticTerm::Pace => "ρ",
            ArithmeticTerm::Lead => "D",
            ArithmeticTerm::Required => "q",
            ArithmeticTerm::Acceleration => "q/r",
            ArithmeticTerm::Landing => "t*",
            ArithmeticTerm::Growth => "c",
            ArithmeticTerm::GrowthNeeded => "c*",
            ArithmeticTerm::CompoundRatio => "R",
            ArithmeticTerm::ProjectedShare => "λ",
            ArithmeticTerm::Score => "score",
        }
    }

    /// Decimals to show of it: a landing is no more exact than a tenth of a year.
    pub fn places(self) -> usize {
        match self {
            ArithmeticTerm::Landing | ArithmeticTerm::Lead => 1,
            ArithmeticTerm::Score => 2,
            ArithmeticTerm::Growth | ArithmeticTerm::GrowthNeeded => 5,
            ArithmeticTerm::ToGo
            | ArithmeticTerm::Change
            | ArithmeticTerm::Observed
            | ArithmeticTerm::Required
            | ArithmeticTerm::Expected => 4,
            _ => 3,
        }
    }

    /// The name a reader sees, in both languages.
    pub fn title(self) -> Bilingual {
        let (zh, en) = match self {
            ArithmeticTerm::ToGo => ("尚差", "to go"),
            ArithmeticTerm::Change => ("已变化", "change so far"),
            ArithmeticTerm::ProgressShare => ("完成率", "progress share"),
            ArithmeticTerm::Observed => ("年均变化", "change a year"),
            ArithmeticTerm::TimeShare => ("时间进度", "time share"),
            ArithmeticTerm::Expected => {
                ("此时应达（假定直线路径）", "expected by then (a straight path is assumed)")
            }
            ArithmeticTerm::Pace => ("进度比", "pace"),
            ArithmeticTerm::Lead => {
                ("领先序时进度（百分点）", "lead over the expected, in points of the way")
            }
            ArithmeticTerm::Required => ("所需年均变化", "change a year that is needed"),
            ArithmeticTerm::Acceleration => ("速度须为现在的倍数", "times as fast as it must run"),
            ArithmeticTerm::Landing => ("按此速度达到之时", "arrival at this pace"),
            ArithmeticTerm::Growth => ("年均复合增长", "compound growth a year"),
            ArithmeticTerm::GrowthNeeded => ("所需年均复合增长", "compound growth a year that is needed"),
            ArithmeticTerm::CompoundRatio => ("复合增长比", "compound ratio"),
            ArithmeticTerm::ProjectedShare => ("外推完成率", "projected share"),
            ArithmeticTerm::Score => ("Open SDG 得分（−5至5）", "Open SDG score (−5 to 5)"),
        };
        Bilingual::new(zh, en)
    }

    /// The value at one point, or why there is none.
    pub fn value(self, point: &Point<'_>) -> Computed {
        match self {
            ArithmeticTerm::ToGo => Ok(point.target - point.actual),
            ArithmeticTerm::Change => Ok(point.actual - point.baseline),
            ArithmeticTerm::ProgressShare => point.progress_share(),
            ArithmeticTerm::Observed => point.observed(),
            ArithmeticTerm::TimeShare => point.time_share(),
            ArithmeticTerm::Expected => point.expected(),
            ArithmeticTerm::Pace => point.pace(),
            ArithmeticTerm::Lead => point.lead(),
            ArithmeticTerm::Required => point.required(),
            ArithmeticTerm::Acceleration => point.acceleration(),
            ArithmeticTerm::Landing => point.landing(),
            ArithmeticTerm::Growth => point.growth(),
            ArithmeticTerm::GrowthNeeded => point.growth_needed(),
            ArithmeticTerm::CompoundRatio => point.compound_ratio(),
            ArithmeticTerm::ProjectedShare => point.projected_share(),
            ArithmeticTerm::Score => Err(NoNumberReason::NotCovered),
        }
    }

    /// A number of this term as it is shown: what a rule set reads, on its side of the cut-offs; small
    /// numbers with three digits.
    pub fn shown(self, value: f64) -> String {
        let rule = match self {
            ArithmeticTerm::Pace => Some(RuleRef::PACE),
            ArithmeticTerm::Lead => Some(RuleRef::XUSHI),
            ArithmeticTerm::CompoundRatio => Some(RuleRef::OPEN_SDG),
            ArithmeticTerm::ProjectedShare => Some(RuleRef::PROJECTION),
            _ => None,
        };
        match (self, rule) {
            (_, Some(rule)) => beside_cuts(value, self.places(), rule.cuts()),
            (ArithmeticTerm::Acceleration, _) if rounded(value, self.places()) == "1" => rounded(value, 6),
            // A year, which has no thousands.
            (ArithmeticTerm::Landing, _) if value.abs() < 1e6 => format!("{value:.1}"),
            (ArithmeticTerm::Landing | ArithmeticTerm::Score | ArithmeticTerm::Acceleration, _) => {
                rounded(value, self.places())
            }
            _ => rounded(value, places_for(value, self.places())),
        }
    }
}
