//! What was read of the plan's own document.

use serde::Serialize;

use super::item::JsonItem;
use crate::plan::Plan;
use crate::plan::fields::FieldValue;
use crate::plan::fields::manifest::READING;

/// The parts of the plan's document in the plan's order, each with all fields of `[[reading]]`.
pub fn readings(plan: &Plan) -> impl Serialize + '_ {
    let part = |own| JsonItem::of(plan, FieldValue::Table(READING.row(own)));
    plan.readings.iter().map(part).collect::<Vec<_>>()
}
