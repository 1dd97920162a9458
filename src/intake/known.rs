//! What is known of a metric: the values of the plan and of the journal that a figure is held against.

use crate::figures::{FigureTime, TextFigure};
use crate::journal::Annotations;
use crate::journal::quote::ClaimRole;
use crate::plan::as_of::AsOf;
use crate::plan::metric::{Amount, Bound, Decimal, Kind, Metric, Moment, Value, When};
use crate::plan::{Node, Plan, SourceId};

/// What a known value is to its metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownRole {
    /// It is, or was.
    Actual,
    /// It is to be.
    Target,
    /// Another's, such as the nation's.
    Comparator,
}

/// A value that is known of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownValue {
    pub role: KnownRole,
    pub amount: Decimal,
    pub to: Option<Decimal>,
    pub bound: Bound,
    pub when: When,
    /// So much more than before, not a level.
    pub is_increment: bool,
    /// The document it comes from, then those that repeat it.
    pub sources: Vec<SourceId>,
    /// Whose it is, where it is another's, in every language.
    pub whose: Vec<String>,
}

impl KnownValue {
    fn new(role: KnownRole, value: &Value) -> Option<Self> {
        let (amount, to) = match &value.amount {
            Amount::Number(number) => (*number, None),
            Amount::Range(from, to) => (*from, Some(*to)),
            Amount::Label(_, Some(number)) => (*number, None),
            Amount::Label(..) | Amount::Stage(_) => return None,
        };
        Some(Self {
            role,
            amount,
            to,
            bound: value.bound,
            when: value.when,
            is_increment: value.kind == Kind::Increment,
            sources: value.source.iter().chain(&value.also).copied().collect(),
            whose: value
                .whose
                .iter()
                .flat_map(|whose| whose.iter())
                .map(|(_, text)| text.to_owned())
                .collect(),
        })
    }

    /// The first and the last year that it may speak of; an announcement may speak of the year before.
    pub fn years(&self) -> Option<(i16, i16)> {
        match self.when {
            When::At(at) => Some((at.first().year(), at.last().year())),
            When::Announced(at) => Some((at.first().year() - 1, at.last().year())),
            When::Period(from, to) => Some((from.year(), to.year())),
            When::Undated | When::Unstated => None,
        }
    }

    /// Whether a time may be that of the value; a time that nobody knows may be any.
    pub fn may_be_of(&self, time: FigureTime) -> bool {
        let Some((first, last)) = self.years() else { return true };
        time.first_year() <= last && first <= time.year()
    }

    /// Whether a figure gives the same number.
    pub fn is_equal(&self, figure: &TextFigure) -> bool {
        let near = |one: f64, other: f64| (one - other).abs() <= 1e-9 * one.abs().max(1.0);
        let same_end = match (self.to, figure.to) {
            (Some(own), Some(other)) => near(own.value, other.value),
            (None, None) => true,
            _ => false,
        };
        near(self.amount.value, figure.value.value) && same_end
    }

    /// Whether a figure that gives a bound says nothing else than this exact value: 3000多 of 3247.
    pub fn is_covered_by(&self, figure: &TextFigure) -> bool {
        let (own, other) = (self.amount.value, figure.value.value);
        let near = (own - other).abs() <= 0.1 * other.abs();
        self.bound == Bound::Exact
            && near
            && match figure.bound {
                Bound::Exact => false,
                Bound::AtLeast | Bound::MoreThan => own >= other,
                Bound::AtMost => own <= other,
                Bound::Nearly => own < other,
                Bound::About => true,
            }
    }

    /// How many places the point is off, where that is all that differs: 8.4 for 84000.
    pub fn power_off(&self, figure: &TextFigure) -> Option<i32> {
        let (own, other) = (self.amount.value.abs(), figure.value.value.abs());
        if own <= 0.0 || other <= 0.0 {
            return None;
        }
        let power = (other / own).log10();
        let whole = power.round();
        ((power - whole).abs() < 1e-6 && whole.abs() >= 1.0 && whole.abs() <= 12.0).then_some(whole as i32)
    }

    /// The moment by which the newest is chosen.
    pub fn last_moment(&self) -> Option<Moment> {
        match self.when {
            When::At(at) | When::Announced(at) | When::Period(_, at) => Some(at.last()),
            When::Undated | When::Unstated => None,
        }
    }
}

/// What people recorded of a metric: observed values, and targets that were taken from documents.
pub fn recorded(said: Option<&Annotations>) -> Vec<(KnownRole, &Value)> {
    let Some(said) = said else { return Vec::new() };
    let values = said.values().map(|own| (KnownRole::Actual, &own.value));
    values.chain(said.claims(ClaimRole::Target).map(|own| (KnownRole::Target, &own.value))).collect()
}

/// Every value that is known of a metric by a day; `added` are those of the journal.
pub fn values(plan: &Plan, as_of: AsOf, metric: &Metric, added: &[(KnownRole, &Value)]) -> Vec<KnownValue> {
    let own = metric.baseline.iter().chain(&metric.observed).map(|value| (KnownRole::Actual, value));
    let targets = metric.target.iter().map(|value| (KnownRole::Target, value));
    let others = metric.comparators.iter().map(|value| (KnownRole::Comparator, value));
    own.chain(targets)
        .chain(others)
        .filter(|(_, value)| !as_of.hides(plan, value))
        .chain(added.iter().copied())
        .filter_map(|(role, value)| KnownValue::new(role, value))
        .collect()
}

/// The newest value of a role.
pub fn newest(values: &[KnownValue], role: KnownRole) -> Option<&KnownValue> {
    values.iter().filter(|value| value.role == role && !value.is_increment).max_by(|a, b| {
        let key = |value: &KnownValue| value.last_moment().map(|at| at.to_string());
        key(a).cmp(&key(b))
    })
}

/// The metric of a node that has one.
pub fn metric(node: &Node) -> Option<&Metric> {
    node.metric.as_deref()
}
