//! What was read of the plan's own document, as JSON.

use serde::Serialize;

use crate::export::json::readings;
use crate::plan::Plan;

#[derive(Serialize)]
struct ReadingAnswer<'p, R> {
    plan: &'p str,
    readings: R,
}

/// The answer of `status --reading --json`.
pub fn json(plan: &Plan) -> impl Serialize + '_ {
    ReadingAnswer { plan: &plan.id, readings: readings(plan) }
}
