//! What a metric measures and the values known of it, in the terms of results frameworks (IATI: indicator,
//! baseline, target, actual).

use std::fmt;

use jiff::civil::Date;

use super::key::SourceId;
use super::state::State;
use crate::text::Text;

pub use crate::text::words::VocabularyWord;
pub(crate) use crate::text::words::words;

words!(
    /// What kind of thing a metric counts (IATI's indicator measure, with `milestone` for a dated event).
    #[derive(Default)]
    Measure {
        /// A count or an amount in a unit.
        #[default]
        Unit = "unit" ("数量", "count"),
        /// A share of a base.
        Percentage = "percentage" ("百分比", "percentage"),
        /// A place among others; 1 is first.
        Rank = "rank" ("位次", "rank"),
        Ordinal = "ordinal" ("等级", "step of a scale"),
        Qualitative = "qualitative" ("定性", "words only"),
        /// Something that is held, issued, signed … or is not yet.
        Milestone = "milestone" ("里程碑", "milestone"),
    }
);

impl Measure {
    /// Whether its figures are counted in a unit, without which they say nothing.
    pub fn has_unit(self) -> bool {
        matches!(self, Measure::Unit | Measure::Percentage | Measure::Rank)
    }

    /// 10,000 times apart (万, half to double) as counts, or 100 times (0.952 for 95.2) as shares: more likely
    /// another unit than a change.
    pub fn is_other_unit(self, one: f64, other: f64) -> bool {
        let (small, large) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
        if small <= 0.0 {
            return false;
        }
        let times = large / small;
        match self {
            Measure::Percentage => small <= 1.0 && (90.0..=110.0).contains(&times),
            Measure::Unit => (5_000.0..=20_000.0).contains(&times),
            _ => false,
        }
    }
}

words!(
    /// Where a metric should go.
    #[derive(Default)]
    Direction {
        #[default]
        Increase = "increase" ("上升", "increase"),
        /// Down is better.
        Decrease = "decrease" ("下降", "decrease"),
        /// Stay at or above the level.
        Maintain = "maintain" ("保持", "maintain"),
        /// Arrive at the value, from either side.
        Reach = "reach" ("达到", "reach"),
    }
);

words!(
    /// What a figure refers to in time.
    #[derive(Default)]
    Stat {
        /// As it stands at one moment.
        #[default]
        Stock = "stock" ("时点值", "stock"),
        /// What came in a period.
        Flow = "flow" ("期间值", "flow"),
        /// What has come since a start.
        Cumulative = "cumulative" ("累计值", "cumulative"),
        /// A yearly mean over a period.
        AnnualAverage = "annual-average" ("年均值", "annual average"),
    }
);

words!(
    /// What a figure says of the true value.
    Bound {
        Exact = "exact" ("等于", "exact"),
        /// 以上.
        AtLeast = "at-least" ("以上", "at least"),
        /// 超, 超过, 余.
        MoreThan = "more-than" ("超过", "more than", "超", "余"),
        AtMost = "at-most" ("不超过", "at most"),
        /// 约.
        About = "about" ("约", "about"),
        /// 近: below.
        Nearly = "nearly" ("近", "nearly"),
    }
);

words!(
    /// How a statement of the plan is known: from the document itself, from a report about it, or by
    /// inference.
    Basis {
        Stated = "stated" ("明示", "stated", "明载"),
        /// A medium says that the source says so.
        Reported = "reported" ("报道", "reported"),
        Inferred = "inferred" ("推断", "inferred", "推定"),
    }
);

words!(
    /// How good a figure's source is.
    Grade {
        A = "A" ("官方统计", "official statistics"),
        B = "B" ("官方表述", "official statement"),
        C = "C" ("媒体", "media"),
        /// An estimate; never drives a verdict.
        D = "D" ("估计", "estimate"),
    }
);

words!(
    /// How far a milestone has come.
    Stage {
        /// A meeting or event took place.
        Held = "held" ("已举办", "held"),
        Issued = "issued" ("已印发", "issued"),
        Signed = "signed" ("已签署", "signed"),
        Recognised = "recognised" ("已认定", "recognised"),
        /// It began to work.
        Launched = "launched" ("已启动", "launched"),
        /// A rule applies.
        InForce = "in-force" ("已施行", "in force"),
    }
);

/// A number with the decimals it was written with (`95.20` stays `95.20`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decimal {
    /// The value; finite.
    pub value: f64,
    /// The number of decimals as written: 88.50 has two.
    pub places: u8,
}

/// Largest number kept exactly, digits beyond which an `f64` would change them.
pub const MAX_DIGITS: usize = 15;

impl Decimal {
    /// Reads a TOML number literal (underscores, sign, exponent); `None` where it is no finite number of at
    /// most [`MAX_DIGITS`] digits.
    pub fn parse(literal: &str) -> Option<Self> {
        let clean: String = literal.chars().filter(|c| *c != '_').collect();
        let value: f64 = clean.parse().ok()?;
        let unsigned = clean.trim_start_matches(['+', '-']);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let fraction = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let digits = mantissa.chars().filter(char::is_ascii_digit).collect::<String>();
        let significant = digits.trim_start_matches('0').len();
        let places = i32::try_from(fraction).ok()? - exponent;
        let fits = value.is_finite()
            && value.abs() < 1e15
            && significant <= MAX_DIGITS
            && (-15..=15).contains(&places);
        fits.then(|| Self { value, places: u8::try_from(places.max(0)).unwrap_or(0) })
    }

    /// An integer, with no decimals.
    pub fn whole(value: i32) -> Self {
        Self { value: f64::from(value), places: 0 }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:.*}", usize::from(self.places), self.value)
    }
}

/// A time as precisely as its source gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// A year; stands for its end in arithmetic.
    Year(i16),
    /// A year and a month (1–12); stands for its end.
    Month(i16, i8),
    /// A calendar day.
    Day(Date),
    /// Some time from the first to the last of two months, or of two days; only for announcements and the
    /// dates of documents.
    Between(Edge, Edge),
}

/// One end of [`Moment::Between`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// A year and a month.
    Month(i16, i8),
    /// A calendar day.
    Day(Date),
}

impl From<Edge> for Moment {
    fn from(edge: Edge) -> Self {
        match edge {
            Edge::Month(year, month) => Moment::Month(year, month),
            Edge::Day(day) => Moment::Day(day),
        }
    }
}

impl Moment {
    /// The year it lies in; of two ends the first's.
    pub fn year(self) -> i16 {
        match self {
            Moment::Year(year) | Moment::Month(year, _) | Moment::Between(Edge::Month(year, _), _) => year,
            Moment::Day(day) | Moment::Between(Edge::Day(day), _) => day.year(),
        }
    }

    /// The first of two ends; itself where it has none.
    pub fn first(self) -> Self {
        if let Moment::Between(first, _) = self { first.into() } else { self }
    }

    /// The last of two ends; itself where it has none.
    pub fn last(self) -> Self {
        if let Moment::Between(_, last) = self { last.into() } else { self }
    }

    /// Reads what [`Moment::parse`] reads, and two months or two days in order: `2025-03/2025-05`.
    pub fn parse_span(text: &str) -> Option<Self> {
        let Some((first, last)) = text.split_once('/') else { return Self::parse(text) };
        let (first, last) = match (Self::parse(first)?, Self::parse(last)?) {
            (Moment::Month(a, b), Moment::Month(c, d)) => (Edge::Month(a, b), Edge::Month(c, d)),
            (Moment::Day(first), Moment::Day(last)) => (Edge::Day(first), Edge::Day(last)),
            _ => return None,
        };
        (first < last).then_some(Moment::Between(first, last))
    }

    /// Reads `2025`, `2025-05` or `2025-10-20`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let Some(month) = parts.next() else { return Some(Moment::Year(year)) };
        if month.len() != 2 {
            return None;
        }
        match parts.next() {
            None => month
                .parse()
                .ok()
                .filter(|month| (1..=12).contains(month))
                .map(|month| Moment::Month(year, month)),
            // Ten bytes: the date parser would take a time behind it too.
            Some(_) if text.len() == 10 => text.parse().ok().map(Moment::Day),
            Some(_) => None,
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Year(year) => write!(out, "{year:04}"),
            Moment::Month(year, month) => write!(out, "{year:04}-{month:02}"),
            Moment::Day(day) => write!(out, "{day}"),
            Moment::Between(..) => write!(out, "{}/{}", self.first(), self.last()),
        }
    }
}

/// The time a value refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A year, month or day.
    At(Moment),
    /// A flow or an average over a span.
    Period(Moment, Moment),
    /// The source gives no reference time, only the day it spoke.
    Announced(Moment),
    /// A target without a date.
    Undated,
    /// The source gives no time.
    Unstated,
}

/// The content of a value: a number, a range, a step of a scale, or words.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// A single number.
    Number(Decimal),
    /// Somewhere from the first to the second.
    Range(Decimal, Decimal),
    /// Words, for ordinal and qualitative metrics; the number is the scale's, where there is one.
    Label(Text, Option<Decimal>),
    /// How far a milestone has come; `None` for a target that names no stage.
    Stage(Option<Stage>),
}

impl Amount {
    /// The number used in arithmetic: of a range, its lower end.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Amount::Number(number) | Amount::Range(number, _) => Some(*number),
            Amount::Label(_, number) => *number,
            Amount::Stage(_) => None,
        }
    }
}

words!(
    /// Whether a value is a level or an addition to one.
    Kind {
        Level = "level" ("水平", "level"),
        /// The source does not say which of the two.
        Unstated = "unstated" ("未说明是总量还是增量", "not said whether a total or an addition"),
        /// So much more than before.
        Increment = "increment" ("增量", "increment"),
    }
);

words!(
    /// How firmly a target is promised.
    Force {
        Firm = "firm" ("确定", "firm"),
        /// 力争: striven for.
        Strive = "strive" ("力争", "striven for"),
    }
);

/// A baseline, an observation, a target or another's value, with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// A number, a range, a step of a scale, or words.
    pub amount: Amount,
    /// The time it refers to.
    pub when: When,
    /// The day it was published, where that is known besides.
    pub published: Option<Moment>,
    /// What it says of the true value.
    pub bound: Bound,
    /// Whether the source says so or it was inferred.
    pub basis: Basis,
    /// How its time is known.
    pub when_basis: Basis,
    /// Level or increment.
    pub kind: Kind,
    /// Promise or aspiration.
    pub force: Force,
    /// The document that states it; [`None`] where the plan names none.
    pub source: Option<SourceId>,
    /// Other sources that repeat it: one figure, republished.
    pub also: Box<[SourceId]>,
    /// The page, paragraph or table in that document.
    pub at: Option<Box<str>>,
    /// How good the source is, where the value says so itself.
    pub grade: Option<Grade>,
    /// A remark of the plan's authors on this value.
    pub note: Option<Box<Text>>,
    /// Whose value it is, where it is another's (a comparator's `where`).
    pub whose: Option<Box<Text>>,
}

impl Value {
    /// A value of which nothing else is said: stated, exact and firm, from no source.
    pub fn new(amount: Amount, when: When) -> Self {
        Self {
            amount,
            when,
            published: None,
            bound: Bound::Exact,
            basis: Basis::Stated,
            when_basis: Basis::Stated,
            kind: Kind::Level,
            force: Force::Firm,
            source: None,
            also: Box::default(),
            at: None,
            grade: None,
            note: None,
            whose: None,
        }
    }
}

/// A step of an ordinal scale.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleStep {
    /// Its number; more is further along the metric's direction.
    pub value: Decimal,
    /// The step as the source words it.
    pub label: Text,
}

/// A metric that is a part of another.
#[derive(Clone, Debug, PartialEq)]
pub struct PartOf {
    /// The metric that the whole is counted by.
    pub whole: super::key::NodeId,
    /// Which part of the whole this metric counts.
    pub which: Text,
}

/// A verdict that a source itself states.
#[derive(Clone, Debug, PartialEq)]
pub struct Official {
    /// The state that the document reports.
    pub status: State,
    /// The document that reports it.
    pub source: Option<SourceId>,
}

/// What makes a node a metric. The default stands in until measure and direction are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metric {
    /// What kind of thing it counts.
    pub measure: Measure,
    /// The unit in words or as a symbol; per cent is `%`, percentage points are `pp`.
    pub unit: Text,
    /// Whether more, less, or the same is wanted.
    pub direction: Direction,
    /// Stock or flow.
    pub stat: Stat,
    /// A gross rate: may exceed 100 %.
    pub gross: bool,
    /// Two sources further apart than this are contested, in the metric's unit (points for percentages).
    pub tolerance: Option<f64>,
    /// A natural limit on the wanted side, for rule sets that ask for less near it.
    pub limit: Option<f64>,
    /// The denominator of a rate: "of all districts".
    pub base: Option<Box<Text>>,
    /// Steps of an ordinal scale.
    pub scale: Box<[ScaleStep]>,
    /// Years after which the series counts something else.
    pub breaks: Box<[i16]>,
    /// The metric of which this one counts a part.
    pub part_of: Option<Box<PartOf>>,
    /// Others' values of the same thing, the national one for instance.
    pub comparators: Box<[Value]>,
    /// Where the way to the target starts.
    pub baseline: Option<Value>,
    /// Values that were measured, in the order of the file.
    pub observed: Box<[Value]>,
    /// Targets and milestones, in the order of the file.
    pub target: Box<[Value]>,
    /// A verdict a source states.
    pub official: Option<Official>,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2025", 2025)]
    #[case("2025-05", 2025)]
    #[case("2025-10-20", 2025)]
    #[case("2025-03/2025-05", 2025)]
    #[case("2025-12-31/2026-01-02", 2025)]
    fn a_time_is_written_as_it_was_read(#[case] text: &str, #[case] year: i16) {
        let found = Moment::parse_span(text).unwrap();
        assert_eq!((found.to_string().as_str(), found.year()), (text, year));
    }

    #[rstest]
    #[case::years("2024/2025")]
    #[case::backwards("2025-05/2025-03")]
    #[case::one_and_the_same("2025-05/2025-05")]
    #[case::of_two_kinds("2025-05/2025-06-01")]
    #[case::open("2025-05/")]
    #[case::three("2025-03/2025-04/2025-05")]
    fn what_does_not_run_from_one_month_or_day_to_a_later_is_no_span(#[case] text: &str) {
        assert_eq!(Moment::parse_span(text), None);
    }

    #[test]
    fn a_time_that_must_be_one_is_no_span() {
        assert_eq!(Moment::parse("2025-03/2025-05"), None);
    }
}
