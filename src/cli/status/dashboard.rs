//! The dashboard in JSON.

use serde::Serialize;

use super::super::open::OpenPlan;
use crate::plan::metric::{Moment, When};
use crate::progress::dashboard::{Dashboard, Deadline, DueItem, Tally};
use crate::progress::{MarkKind, Promise, States};

#[derive(Serialize)]
pub(super) struct DashboardJson<'p> {
    own: TallyJson,
    implementing: TallyJson,
    other: TallyJson,
    reference: TallyJson,
    last_review: Option<String>,
    changes: Vec<ChangeJson<'p>>,
    due: Vec<DueJson<'p>>,
    overdue: Vec<DueJson<'p>>,
}

#[derive(Serialize)]
struct TallyJson {
    commitments: u32,
    on_pace: u32,
    behind: u32,
    past_met: u32,
    past_missed: u32,
    without_data: u32,
    not_judged: u32,
    with_number: u32,
    dated: u32,
    can_be_judged: u32,
    contested: u32,
}

impl From<Tally> for TallyJson {
    fn from(tally: Tally) -> Self {
        Self {
            commitments: tally.commitments(),
            on_pace: tally.on_pace,
            behind: tally.behind,
            past_met: tally.past_met,
            past_missed: tally.past_missed,
            without_data: tally.without_data,
            not_judged: tally.not_judged,
            with_number: tally.with_number,
            dated: tally.dated,
            can_be_judged: tally.judgeable(),
            contested: tally.contested,
        }
    }
}

#[derive(Serialize)]
struct ChangeJson<'p> {
    id: &'p str,
    before: &'static str,
    after: &'static str,
    records: usize,
    at: String,
}

/// `date` is as precise as its source; `what` is checkpoint, target or period.
#[derive(Serialize)]
struct DueJson<'p> {
    id: &'p str,
    date: Option<String>,
    what: &'static str,
}

pub(super) fn dashboard<'p>(opened: &'p OpenPlan, states: &States) -> DashboardJson<'p> {
    let found = Dashboard::new(&opened.judge(), states, &opened.journal);
    let key = |node| opened.plan().tree.node(node).key.as_str();
    let due = |item: &DueItem| DueJson {
        id: key(item.node),
        date: match item.when {
            When::At(at) | When::Period(_, at) | When::Announced(at) => Some(Moment::to_string(&at)),
            When::Undated | When::Unstated => None,
        },
        what: match item.what {
            Deadline::Period => "period",
            Deadline::Mark(MarkKind::Checkpoint) => "checkpoint",
            Deadline::Mark(_) => "target",
        },
    };
    let changes = found.changes.iter().map(|change| ChangeJson {
        id: key(change.node),
        before: change.before.word(),
        after: change.after.word(),
        records: change.records,
        at: change.at.to_string(),
    });
    DashboardJson {
        own: found.of(Promise::Own).into(),
        implementing: found.of(Promise::Implementing).into(),
        other: found.of(Promise::Other).into(),
        reference: found.of(Promise::Reference).into(),
        last_review: found.reviewed.map(|at| at.to_string()),
        changes: changes.collect(),
        due: found.due.iter().map(due).collect(),
        overdue: found.overdue.iter().map(due).collect(),
    }
}
