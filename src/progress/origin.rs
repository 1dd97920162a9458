//! Where a reading was written down.

use crate::journal::Annotations;
use crate::journal::fold::Observed;
use crate::plan::metric::{Metric, Value};

/// Which value a reading was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadingOrigin {
    /// [`Metric::baseline`].
    Baseline,
    /// One of [`Metric::observed`].
    Observed(usize),
    /// One of [`super::series::JournalData::values`].
    Recorded(usize),
    /// One of [`Metric::target`].
    Target(usize),
    /// Nothing, at the stated start of a cumulative count.
    Start,
}

/// A value where it was written down.
#[derive(Clone, Copy, Debug)]
pub enum WrittenPlace<'a> {
    /// The value stands in the plan's files.
    Plan(&'a Value),
    /// The value stands in somebody's journal.
    Recorded(&'a Observed),
}

impl<'a> WrittenPlace<'a> {
    /// The value, whichever of the two holds it.
    pub fn value(self) -> &'a Value {
        match self {
            WrittenPlace::Plan(value) => value,
            WrittenPlace::Recorded(own) => &own.value,
        }
    }
}

impl ReadingOrigin {
    /// The value itself, from the metric or from what people said of its node.
    pub fn written<'a>(self, metric: &'a Metric, said: Option<&'a Annotations>) -> Option<WrittenPlace<'a>> {
        match self {
            ReadingOrigin::Baseline => metric.baseline.as_ref().map(WrittenPlace::Plan),
            ReadingOrigin::Observed(at) => metric.observed.get(at).map(WrittenPlace::Plan),
            ReadingOrigin::Target(at) => metric.target.get(at).map(WrittenPlace::Plan),
            ReadingOrigin::Recorded(at) => said?.values().nth(at).map(WrittenPlace::Recorded),
            ReadingOrigin::Start => None,
        }
    }
}
