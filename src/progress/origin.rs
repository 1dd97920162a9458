//! Where a reading was written down.

use crate::journal::Annotations;
use crate::journal::fold::Observed;
use crate::plan::metric::{Metric, Value};

/// Which value a reading was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// [`Metric::baseline`].
    Baseline,
    /// One of [`Metric::observed`].
    Observed(usize),
    /// One of [`super::series::Added::values`].
    Recorded(usize),
    /// One of [`Metric::target`].
    Target(usize),
    /// Nothing, at the stated start of a cumulative count.
    Start,
}

/// A value where it was written down.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// In the plan.
    Plan(&'a Value),
    /// By a person.
    Recorded(&'a Observed),
}

impl<'a> Written<'a> {
    /// The value.
    pub fn value(self) -> &'a Value {
        match self {
            Written::Plan(value) => value,
            Written::Recorded(own) => &own.value,
        }
    }
}

impl Origin {
    /// The value itself, from the metric or from what people said of its node.
    pub fn written<'a>(self, metric: &'a Metric, said: Option<&'a Annotations>) -> Option<Written<'a>> {
        match self {
            Origin::Baseline => metric.baseline.as_ref().map(Written::Plan),
            Origin::Observed(at) => metric.observed.get(at).map(Written::Plan),
            Origin::Target(at) => metric.target.get(at).map(Written::Plan),
            Origin::Recorded(at) => said?.values().nth(at).map(Written::Recorded),
            Origin::Start => None,
        }
    }
}
