//! The keys of the JSON export for `docs/json-format.md`, and its JSON Schema, from the declarations.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::node::{NODES, SOURCES};
use super::orphan::orphan;
use super::shape::{JsonObject, JsonType};
use crate::plan::rule_set::{RuleNumber, RuleSteps};

fn document() -> JsonObject {
    let line = || JsonType::String.or_null();
    let keys = [
        ("format", JsonType::Whole, "Version of this contract: 1"),
        ("tool", JsonType::String, "The program and its version"),
        (
            "as_of",
            JsonType::String,
            "The day (or the instant, RFC 3339) on which the document looks at plan and journal; see `--as-of` in [cli.md](cli.md)",
        ),
        (
            "scope",
            line(),
            "Id of the node that was exported with everything below it; null for the whole plan",
        ),
        ("filter", line(), "The query that chose the nodes, as typed"),
        (
            "lang",
            JsonType::String,
            "The language shown, as a tag of the plan, or `both`. JSON carries every language in any case",
        ),
        ("plan", JsonType::object(plan()), "The plan"),
        ("journal", JsonType::object(journal()), "The records that the document rests on"),
        (
            "as_of_named",
            JsonType::Flag,
            "Whether somebody asked for that moment; else it is the day of the export, and all records that there were are in it",
        ),
        (
            "as_of_end",
            JsonType::String.or_null(),
            "Where somebody asked for a day: the first instant that is no longer by it, RFC 3339. A day ends where the export is made",
        ),
        (
            "digest",
            JsonType::String,
            "Digest of this file's own content ([export-format.md](export-format.md), What is proved)",
        ),
        ("rule", JsonType::object(rule()), "The rule set of the verdicts ([judging.md](judging.md))"),
        (
            MATCHED,
            JsonType::String.list(),
            "Only with a filter: the ids of the nodes that it found. The others in `nodes` stand above one of these",
        ),
        (
            "nodes",
            JsonType::object(NODES.object()).list(),
            "The nodes, in reading order: a parent comes before its children",
        ),
        ("orphans", JsonType::object(orphan()).list(), "What people recorded on ids that have left the plan"),
        (
            "sources",
            JsonType::object(SOURCES.object()).list(),
            "The documents that the nodes refer to, in the order in which reports cite them",
        ),
    ];
    JsonObject::new("document", "A plan, or a part of it, with everything people have recorded on it.", keys)
}

/// The one key that is not always present.
const MATCHED: &str = "matched";

fn plan() -> JsonObject {
    let keys = [
        ("id", JsonType::String, "Its id"),
        ("title", JsonType::Text, "Its title"),
        ("period", JsonType::object(period()).or_null(), "The years it covers"),
        ("hash", JsonType::String, "Digest of its files ([plan-format.md](plan-format.md))"),
        ("errors", JsonType::Whole, "Problems found while reading it"),
    ];
    JsonObject::new("plan", "The plan.", keys)
}

fn period() -> JsonObject {
    JsonObject::of(&crate::plan::fields::node::PERIOD.outline())
}

fn journal() -> JsonObject {
    let keys = [
        ("hash", JsonType::String, "Digest of the records ([journal-format.md](journal-format.md))"),
        ("records", JsonType::Whole, "How many"),
        (
            "upto",
            JsonType::Map(Box::new(JsonType::Whole)),
            "Which of them were held: of each writer the number of its last record",
        ),
        ("older", JsonType::object(older()), "Those that no writer counts"),
    ];
    JsonObject::new("journal", "The records that the document rests on.", keys)
}

fn older() -> JsonObject {
    let keys = [
        ("records", JsonType::Whole, "How many"),
        ("hash", JsonType::String.or_null(), "Digest of their sorted lines; null where there are none"),
    ];
    JsonObject::new("older", "Lines of the journal without a writer, and rival lines.", keys)
}

fn rule() -> JsonObject {
    let keys = [
        ("id", JsonType::String, "Its id: a built-in one, or one of the plan's or the settings' own"),
        ("cuts", JsonType::Number.list(), "The lower ends of on-track, needs-acceleration and limited"),
        (
            "number",
            JsonType::Word(RuleNumber::ALL.iter().map(|number| number.word()).collect()),
            "The number that is cut",
        ),
        (
            "steps",
            JsonType::Word(RuleSteps::ALL.iter().map(|steps| steps.word()).collect()),
            "What is decided before it",
        ),
        ("name", JsonType::Sentence, "What it is called"),
        (
            "words",
            JsonType::Sentence.list(),
            "Its own words for its four classes, the best first; empty where they are called as the states are",
        ),
        (
            "provisional_below",
            JsonType::Number,
            "A verdict is provisional while less than this share of the time has passed",
        ),
        ("source", JsonType::Sentence, "Where it comes from"),
    ];
    JsonObject::new("rule", "The rule set of the verdicts.", keys)
}

/// Every object of the export, each once: its name, and what it is with the table of its keys as Markdown.
pub fn tables() -> Vec<(&'static str, String)> {
    let mut all: Vec<JsonObject> = Vec::new();
    gather(document(), &mut all);
    all.iter().map(|object| (object.name, table(object))).collect()
}

fn gather(object: JsonObject, all: &mut Vec<JsonObject>) {
    if all.iter().any(|known| known.name == object.name) {
        return;
    }
    let inner: Vec<JsonObject> = object.keys.iter().filter_map(|(_, of, _)| object_of(of)).cloned().collect();
    all.push(object);
    inner.into_iter().for_each(|object| gather(object, all));
}

fn object_of(of: &JsonType) -> Option<&JsonObject> {
    match of {
        JsonType::Object(object) => Some(object),
        JsonType::OrNull(of) | JsonType::List(of) | JsonType::Map(of) => object_of(of),
        _ => None,
    }
}

fn table(object: &JsonObject) -> String {
    let mut out = format!("{}\n\n| key | type | meaning |\n|---|---|---|\n", object.about);
    for (key, of, about) in &object.keys {
        // Writing into memory never fails.
        let _ = writeln!(out, "| `{key}` | {} | {about} |", said(of));
    }
    out
}

fn said(of: &JsonType) -> String {
    match of {
        JsonType::String => "string".to_owned(),
        JsonType::Word(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        JsonType::Text => "[text](#texts)".to_owned(),
        JsonType::Sentence => "object: `zh`, `en`".to_owned(),
        JsonType::Number => "number".to_owned(),
        JsonType::Whole => "whole number".to_owned(),
        JsonType::Flag => "true or false".to_owned(),
        JsonType::Moment => "number or string: a year, or a month or day".to_owned(),
        JsonType::OrNull(of) => format!("{} or null", said(of)),
        JsonType::List(of) => format!("array: {}", said(of)),
        JsonType::Map(of) => format!("object: by name {}", said(of)),
        JsonType::Object(object) => format!("[{}](#{})", object.name, anchor(object.name)),
    }
}

/// The heading of the page under which an object stands, as a link has it.
fn anchor(object: &'static str) -> &'static str {
    const HEADINGS: [(&str, &str); 9] = [
        ("node", "nodes"),
        ("metric", "metrics"),
        ("value", "values"),
        ("comparator", "comparators"),
        ("assessment", "assessments"),
        ("annotation", "annotations"),
        ("rollup", "roll-ups"),
        ("orphan", "orphans"),
        ("source", "sources"),
    ];
    HEADINGS.iter().find(|(name, _)| *name == object).map_or(object, |(_, heading)| heading)
}

/// The schema of `docs/schemas/export.schema.json`.
pub fn schema() -> Json {
    let mut defs = Map::new();
    let text =
        json!({"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "null"}]}});
    defs.insert("text".to_owned(), text);
    let root = define(&document(), &mut defs);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plan158 export",
    });
    if let (Json::Object(schema), Json::Object(root)) = (&mut schema, root) {
        schema.extend(root);
        schema.insert("$defs".to_owned(), Json::Object(defs));
    }
    schema
}

/// The schema of an object, with those within it among the definitions.
fn define(object: &JsonObject, defs: &mut Map<String, Json>) -> Json {
    let mut properties = Map::new();
    for (key, of, about) in &object.keys {
        let mut own = Map::new();
        own.insert("description".to_owned(), Json::from(about.as_ref()));
        if let Json::Object(of) = fits(of, defs) {
            own.extend(of);
        }
        properties.insert((*key).to_owned(), Json::Object(own));
    }
    let required = object.keys.iter().map(|(key, _, _)| *key).filter(|key| *key != MATCHED);
    json!({
        "description": object.about,
        "type": "object",
        "required": required.collect::<Vec<_>>(),
        "properties": properties,
        "additionalProperties": false,
    })
}

fn fits(of: &JsonType, defs: &mut Map<String, Json>) -> Json {
    match of {
        JsonType::String => json!({"type": "string"}),
        JsonType::Word(words) => json!({"enum": words}),
        JsonType::Text => json!({"anyOf": [{"$ref": "#/$defs/text"}, {"type": "null"}]}),
        JsonType::Sentence => json!({
            "type": "object",
            "required": ["zh", "en"],
            "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
            "additionalProperties": false,
        }),
        JsonType::Number => json!({"type": "number"}),
        JsonType::Whole => json!({"type": "integer"}),
        JsonType::Flag => json!({"type": "boolean"}),
        JsonType::Moment => json!({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        JsonType::OrNull(of) => json!({"anyOf": [fits(of, defs), {"type": "null"}]}),
        JsonType::List(of) => json!({"type": "array", "items": fits(of, defs)}),
        JsonType::Map(of) => json!({"type": "object", "additionalProperties": fits(of, defs)}),
        JsonType::Object(object) => {
            if !defs.contains_key(object.name) {
                // Holds the place, so that definitions stand in the order in which they are met.
                defs.insert(object.name.to_owned(), Json::Null);
                let made = define(object, defs);
                defs.insert(object.name.to_owned(), made);
            }
            json!({"$ref": format!("#/$defs/{}", object.name)})
        }
    }
}
