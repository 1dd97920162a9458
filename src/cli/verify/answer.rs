//! The answer for programs.

use std::io::Write;

use serde_json::{Value as Json, json};

use crate::cli::failure::Stop;
use crate::cli::output::Output;
use crate::export::verify::{
    EditCheck, EditPlace, FileDifference, FileEdit, Moved, NodeChange, NodeFate, RerunBody, StampClaim,
    Verification,
};
use crate::plan::Plan;
use crate::text::clean::one_line;

pub(super) fn json(
    out: &mut Output,
    file: &str,
    plan: &Plan,
    claim: &StampClaim,
    found: &Verification,
) -> Result<(), Stop> {
    let changes: Vec<Json> = found.changes.iter().map(|change| one(plan, change)).collect();
    let (body, line) = match found.body {
        RerunBody::Same => ("same", None),
        RerunBody::Differs { line } => ("differs", line),
        RerunBody::NotCompared => ("not-compared", None),
    };
    let answer = json!({
        "file": file, "same": found.is_same(), "edited": found.is_edited(), "stamp": claim.stamp,
        "plan": moved(found.plan.as_ref()), "journal": moved(found.journal.as_ref()), "tool": moved(found.tool.as_ref()),
        "as_of": moved(found.as_of.as_ref()), "rule": moved(found.rule.as_ref()),
        "file_edit": edit_word(&found.edit), "edits": edits(&found.edit), "digest": claim.stamp.digest,
        "bytes": body, "line": line, "nodes": found.nodes, "changes": changes,
    });
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

/// The answer where nothing can be checked.
pub(super) fn unchecked(out: &mut Output, file: &str) -> Result<(), Stop> {
    let answer = json!({"file": file, "same": false, "edited": null, "file_edit": "unknown", "stamp": null});
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

fn edit_word(edit: &EditCheck) -> &'static str {
    match edit {
        EditCheck::Untouched => "none",
        EditCheck::LineEnds => "line-ends",
        EditCheck::Edited(_) => "edited",
        EditCheck::ChartsUnknown => "charts-unknown",
        EditCheck::Unknown => "unknown",
    }
}

fn edits(edit: &EditCheck) -> Vec<Json> {
    let EditCheck::Edited(edits) = edit else { return Vec::new() };
    let one = |edit: &FileEdit| {
        let (line, paragraph, cell) = match &edit.place {
            EditPlace::Line(line) => (Some(*line), None, None),
            EditPlace::Paragraph(paragraph) => (None, Some(*paragraph), None),
            EditPlace::Cell(cell) => (None, None, Some(cell.as_str())),
            EditPlace::Charts => (None, None, Some("charts")),
        };
        json!({"line": line, "paragraph": paragraph, "cell": cell, "node": edit.node, "was": edit.was, "now": edit.now})
    };
    edits.iter().map(one).collect()
}

fn moved(moved: Option<&Moved>) -> Json {
    moved.map_or(Json::Null, |moved| json!({"was": moved.was, "now": moved.now}))
}

fn one(plan: &Plan, change: &NodeChange) -> Json {
    let now = change.node.map(|id| plan.tree.node(id).key.as_str());
    let (fate, differences) = match &change.fate {
        NodeFate::Differs(differences) => ("differs", differences.iter().map(difference).collect()),
        NodeFate::New => ("new", Vec::new()),
        NodeFate::LeftPlan => ("left-plan", Vec::new()),
        NodeFate::LeftScope => ("left-scope", Vec::new()),
        NodeFate::LeftFilter => ("left-filter", Vec::new()),
    };
    json!({"id": one_line(&change.id), "now": now, "fate": fate, "differences": differences})
}

fn difference(difference: &FileDifference) -> Json {
    match difference {
        FileDifference::State { was, now } => json!({"what": "state", "was": was, "now": now}),
        FileDifference::Computed { was, now } => json!({"what": "computed", "was": was, "now": now}),
        FileDifference::Pace { was, now } => json!({"what": "pace", "was": was, "now": now}),
        FileDifference::Figure { was, now } => json!({"what": "figure", "was": was, "now": now}),
        FileDifference::Said { by, was, now } => json!({"what": "said", "by": by, "was": was, "now": now}),
        FileDifference::Rest => json!({"what": "rest"}),
    }
}
