//! The JSON Schema of a plan's files, from the fields' declarations. TOML editors read it too.
//!
//! It holds what a field can tell by itself; what only several fields tell together (`plan158 check` does) is
//! left to the program.

use serde_json::{Map, Value as Json, json};

use super::manifest::MANIFEST;
use super::metric::METRIC;
use super::node::NODE;
use super::register::{FACT, SOURCE, TERM};
use super::{Absent, FieldShape, Info, ManifestHead, Presence, TableOutline};
use crate::plan::input::{LineForm, TextForm};
use crate::plan::key::MAX_KEY_BYTES;

/// The schema of `docs/schemas/plan.schema.json`.
pub fn schema() -> Json {
    let mut defs = Defs::new();
    let node = NODE.outline();
    let mut metric = node.clone();
    metric.fields.extend(METRIC.outline().fields);
    let node = TableOutline { name: "node", ..node };
    let metric = TableOutline { name: "metric", about: METRIC.about, ..metric };
    let mut properties = Map::new();
    for (info, shape) in MANIFEST.outline().fields {
        properties.insert(info.key.to_owned(), defs.field(&info, &shape));
    }
    let mut list = |key: &str, outline: &TableOutline| {
        let items = defs.table(outline);
        properties.insert(key.to_owned(), json!({"type": "array", "items": items}));
    };
    list("goal", &node);
    list("action", &node);
    list("metric", &metric);
    list("group", &node);
    list("source", &SOURCE.outline());
    list("fact", &FACT.outline());
    list("term", &TERM.outline());
    // Records of people in an exported plan: `merge` takes them in, and the loader passes over them.
    properties.insert("annotation".to_owned(), json!({"type": "array", "items": {"type": "object"}}));
    let required = |info: &Info| info.need != Presence::Optional;
    let manifest: Vec<&str> = MANIFEST
        .fields()
        .map(|field| &field.info)
        .filter(|info| required(info))
        .map(|info| info.key)
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plan158",
        "description": both(MANIFEST.about),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "if": {"required": ["format"]},
        "then": {"required": manifest},
        "$defs": defs.0,
    })
}

/// Both languages, for one description.
fn both((zh, en): (&str, &str)) -> String {
    format!("{en}\n{zh}")
}

/// The definitions that fields refer to.
struct Defs(Map<String, Json>);

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/$defs/{name}")})
}

impl Defs {
    /// Those that no table is.
    fn new() -> Self {
        let text = json!({
            "description": both(("各语言的文字；只有一种语言的规划可写一个字符串", "A text in the plan's languages; a string will do in a plan of one language")),
            "anyOf": [
                {"type": "string"},
                {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
            ],
        });
        let year = json!({"type": "integer", "minimum": 1000, "maximum": 9999});
        let moment = json!({
            "description": both(("年、月或日", "A year, a month or a day")),
            "anyOf": [year, {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}],
        });
        let span = json!({
            "description": both((
                "年、月或日，或两个月、两个日之间",
                "A year, a month or a day, or some time between two months or two days",
            )),
            "anyOf": [
                reference("moment"),
                {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(/[0-9]{4}-[0-9]{2}|-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2})$"},
            ],
        });
        let id = json!({
            "type": "string",
            "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
            "maxLength": MAX_KEY_BYTES,
        });
        Self(
            [("text", text), ("moment", moment), ("moment-or-span", span), ("id", id)]
                .map(|(name, def)| (name.to_owned(), def))
                .into_iter()
                .collect(),
        )
    }

    /// A reference to a table, which is defined once.
    fn table(&mut self, outline: &TableOutline) -> Json {
        if !self.0.contains_key(outline.name) {
            // Holds the place, so that definitions stand in the order in which they are met.
            self.0.insert(outline.name.to_owned(), Json::Null);
            let mut properties = Map::new();
            for (info, shape) in &outline.fields {
                properties.insert(info.key.to_owned(), self.field(info, shape));
            }
            let required = outline.fields.iter().filter(|(info, _)| info.need != Presence::Optional);
            let def = json!({
                "description": both(outline.about),
                "type": "object",
                "properties": properties,
                "required": required.map(|(info, _)| info.key).collect::<Vec<_>>(),
                "additionalProperties": false,
            });
            self.0.insert(outline.name.to_owned(), def);
        }
        let table = reference(outline.name);
        if outline.short { json!({"anyOf": [{"type": "string"}, table]}) } else { table }
    }

    fn field(&mut self, info: &Info, shape: &FieldShape) -> Json {
        let mut out = Map::new();
        out.insert("title".to_owned(), format!("{} · {}", info.label.1, info.label.0).into());
        out.insert("description".to_owned(), both(info.about).into());
        if let Json::Object(shape) = self.shape(shape) {
            out.extend(shape);
        }
        if let Absent::Unwritten(word) | Absent::Written(word) = info.absent {
            let default = word.parse::<bool>().map_or_else(|_| Json::from(word), Json::from);
            out.insert("default".to_owned(), default);
        }
        Json::Object(out)
    }

    fn shape(&mut self, shape: &FieldShape) -> Json {
        match shape {
            FieldShape::Head(ManifestHead::Version) => json!({"enum": [1, 2]}),
            FieldShape::Head(ManifestHead::PlanId) => {
                json!({"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,63}$"})
            }
            FieldShape::Head(ManifestHead::Languages) => {
                let tag = json!({"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]{0,34}$"});
                json!({"type": "array", "items": tag, "minItems": 1, "maxItems": 32, "uniqueItems": true})
            }
            FieldShape::Id => reference("id"),
            FieldShape::Line(LineForm::Any)
            | FieldShape::Source
            | FieldShape::Level
            | FieldShape::Name(_) => {
                json!({"type": "string"})
            }
            FieldShape::Line(LineForm::Digest) => json!({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
            FieldShape::Text(TextForm::Mark) => json!({"anyOf": [{"type": "string"}, reference("text")]}),
            FieldShape::Line(LineForm::Remark) | FieldShape::Text(_) => reference("text"),
            FieldShape::Word(words) => {
                json!({"enum": words.iter().map(|word| word.key).collect::<Vec<_>>()})
            }
            FieldShape::Flag => json!({"type": "boolean"}),
            FieldShape::Number => json!({"type": "number"}),
            FieldShape::Count => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
            FieldShape::Year => json!({"type": "integer", "minimum": 1000, "maximum": 9999}),
            FieldShape::Moment => reference("moment"),
            FieldShape::MomentOrSpan => reference("moment-or-span"),
            FieldShape::Table(outline) => self.table(outline),
            FieldShape::List(items) => json!({"type": "array", "items": self.shape(items)}),
        }
    }
}
