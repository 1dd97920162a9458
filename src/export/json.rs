//! The JSON export: a contract (`docs/json-format.md`, `format` 1). All keys are always present; more may
//! join, none leaves.
//!
//! The keys of a node, a metric, a figure and a document are the fields that the plan's tables declare
//! (`plan::fields`), in the order of the contract, and what is worked out beside them (`node`). Characters
//! that a terminal must not see are replaced, as on every output. Written node by node, so that a large plan
//! needs no second copy of itself in memory.

mod contract;
mod item;
mod node;
mod orphan;
mod people;
mod reading;
pub mod reference;
mod shape;
mod trend;
mod verdict;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value as Json;

pub use self::node::NodeJson;
pub use self::reading::readings;
pub use self::verdict::{RollupJson, rounded};

use self::item::JsonItem;
use self::node::SOURCES;
use self::orphan::OrphanJson;
use super::document::{Document, ExportContext, NodeEntry};
use super::format::{ExportError, ExportProgress, Format, Options};
use crate::plan::{NodeId, SourceId};
use crate::text::clean::one_line;

/// A node as it stands in the document, on one line.
pub fn line(scene: &ExportContext<'_>, entry: &NodeEntry<'_>) -> Vec<u8> {
    // Nothing in a node refuses to be written into memory.
    serde_json::to_vec(&NodeJson::new(scene, entry)).unwrap_or_default()
}

/// A node as a value, for templates. Decimals lose their closing zeros.
pub(super) fn value(scene: &ExportContext<'_>, entry: &NodeEntry<'_>) -> Json {
    serde_json::to_value(NodeJson::new(scene, entry)).unwrap_or_default()
}

/// What belongs to no node, as a value.
pub(super) fn orphans(document: &Document<'_>) -> Json {
    let plan = document.plan();
    let orphans: Vec<_> = document.orphans().into_iter().map(|home| OrphanJson::new(plan, home)).collect();
    serde_json::to_value(orphans).unwrap_or_default()
}

/// A document that the nodes refer to.
fn source<'p>(document: &Document<'p>, id: SourceId) -> JsonItem<'p> {
    let plan = document.plan();
    JsonItem::Object(SOURCES.entries(plan, plan.source(id), |get| get(document.number(id))))
}

/// The documents that the nodes refer to, as values.
pub(super) fn sources(document: &Document<'_>) -> Vec<Json> {
    let sources = document.referred().into_iter().map(|id| source(document, id));
    sources.map(|source| serde_json::to_value(source).unwrap_or_default()).collect()
}

/// Everything before the nodes, key by key.
pub(super) fn head(document: &Document<'_>) -> Vec<(&'static str, Json)> {
    let plan = document.plan();
    let stamp = document.stamp(Format::Json);
    let period = plan.period.map(
        |period| serde_json::json!({"start": JsonItem::moment(period.start), "end": JsonItem::moment(period.end)}),
    );
    let mut head = vec![
        ("format", Json::from(1)),
        ("tool", Json::from(stamp.tool)),
        ("as_of", Json::from(stamp.as_of)),
        ("scope", Json::from(stamp.scope)),
        ("filter", Json::from(stamp.filter.as_deref().map(one_line))),
        ("lang", Json::from(stamp.lang)),
        (
            "plan",
            serde_json::json!({
                "id": plan.id, "title": JsonItem::text(plan, &plan.title), "period": period, "hash": stamp.plan.hash,
                "errors": stamp.plan.errors,
            }),
        ),
        (
            "journal",
            serde_json::json!({
                "hash": stamp.journal.hash, "records": stamp.journal.records, "upto": stamp.journal.upto,
                "older": stamp.journal.older.unwrap_or_default(),
            }),
        ),
        ("as_of_named", Json::from(stamp.as_of_named)),
        ("as_of_end", Json::from(stamp.as_of_end)),
        ("digest", Json::from(stamp.digest)),
        (
            "rule",
            serde_json::json!({
                "id": stamp.rule.id,
                "cuts": stamp.rule.cuts,
                "number": stamp.rule.number,
                "steps": stamp.rule.steps,
                "name": stamp.rule.name,
                "words": stamp.rule.words,
                "provisional_below": stamp.rule.provisional_below,
                "source": stamp.rule.source,
            }),
        ),
    ];
    if let Some(filter) = &document.filter {
        let key = |id: &NodeId| plan.tree.node(*id).key.as_str();
        let matched = filter.sieve.within(&plan.tree, document.scope);
        head.push(("matched", Json::from(matched.iter().map(key).collect::<Vec<_>>())));
    }
    head
}

/// Writes the whole document, a node a line.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub fn write(
    document: &Document<'_>,
    _options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn ExportProgress,
) -> Result<(), ExportError> {
    out.write_all(b"{\n")?;
    for (name, value) in head(document) {
        writeln!(out, "  \"{name}\": {value},")?;
    }
    out.write_all(b"  \"nodes\": [")?;
    let mut separator = "\n    ";
    let mut done = 0;
    document.each(
        |entry, bytes| {
            bytes.extend(line(&document.scene, entry));
            Ok(())
        },
        |bytes| {
            out.write_all(separator.as_bytes())?;
            out.write_all(bytes)?;
            separator = ",\n    ";
            done += 1;
            progress.step(done, document.count())
        },
    )?;
    out.write_all(b"\n  ]")?;
    list(out, "orphans", document.orphans().into_iter().map(|home| OrphanJson::new(document.plan(), home)))?;
    list(out, "sources", document.referred().into_iter().map(|id| source(document, id)))?;
    Ok(out.write_all(b"\n}\n")?)
}

/// A list under a key that follows others, an entry a line.
fn list(out: &mut dyn Write, key: &str, entries: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
    write!(out, ",\n  \"{key}\": [")?;
    let mut separator = "\n    ";
    for entry in entries {
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *out, &entry)?;
        separator = ",\n    ";
    }
    out.write_all(if separator.starts_with(',') { b"\n  ]" } else { b"]" })
}
