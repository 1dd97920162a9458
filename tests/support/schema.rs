//! JSON Schema as far as the schemas of the project use it. A keyword that is not known here fails, so that
//! nothing passes unlooked at.

use serde_json::{Map, Value as Json};

/// Keywords that only describe.
const SILENT: [&str; 6] = ["$schema", "$defs", "title", "description", "default", "then"];

/// What does not fit, each with its place.
pub fn complaints(schema: &Json, instance: &Json) -> Vec<String> {
    let mut found = Vec::new();
    Validator { root: schema, found: &mut found }.check(schema, instance, "");
    found
}

struct Validator<'a> {
    root: &'a Json,
    found: &'a mut Vec<String>,
}

impl Validator<'_> {
    fn check(&mut self, schema: &Json, instance: &Json, at: &str) {
        let schema = schema.as_object().unwrap();
        for (keyword, value) in schema {
            if !SILENT.contains(&keyword.as_str()) && !self.fits(schema, keyword, value, instance, at) {
                self.found.push(format!("{at}: {keyword}"));
            }
        }
    }

    fn is_valid(&self, schema: &Json, instance: &Json) -> bool {
        let mut found = Vec::new();
        Validator { root: self.root, found: &mut found }.check(schema, instance, "");
        found.is_empty()
    }

    /// One keyword; what is wrong deeper down is reported there.
    fn fits(
        &mut self,
        all: &Map<String, Json>,
        keyword: &str,
        value: &Json,
        instance: &Json,
        at: &str,
    ) -> bool {
        let (object, array) = (instance.as_object(), instance.as_array());
        let (number, text) = (instance.as_f64(), instance.as_str());
        match keyword {
            "$ref" => {
                let name = value.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                self.check(&self.root["$defs"][name], instance, at);
                true
            }
            "type" => is_of_type(value.as_str().unwrap(), instance),
            "const" => value == instance,
            "enum" => value.as_array().unwrap().contains(instance),
            "anyOf" => value.as_array().unwrap().iter().any(|one| self.is_valid(one, instance)),
            "if" => {
                if self.is_valid(value, instance) {
                    self.check(&all["then"], instance, at);
                }
                true
            }
            "required" => {
                let keys = value.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
                object.is_none_or(|object| keys.into_iter().all(|key| object.contains_key(key)))
            }
            "properties" => {
                for (key, own) in object.into_iter().flatten() {
                    if let Some(schema) = value.get(key) {
                        self.check(schema, own, &format!("{at}/{key}"));
                    }
                }
                true
            }
            "additionalProperties" => {
                let known =
                    |key: &String| all.get("properties").is_some_and(|known| known.get(key).is_some());
                let others = object.into_iter().flatten().filter(|(key, _)| !known(key));
                match value {
                    Json::Bool(allowed) => *allowed || others.count() == 0,
                    schema => {
                        others.for_each(|(key, own)| self.check(schema, own, &format!("{at}/{key}")));
                        true
                    }
                }
            }
            "items" => {
                for (place, item) in array.into_iter().flatten().enumerate() {
                    self.check(value, item, &format!("{at}/{place}"));
                }
                true
            }
            "minItems" => array.is_none_or(|items| items.len() as u64 >= value.as_u64().unwrap()),
            "maxItems" => array.is_none_or(|items| items.len() as u64 <= value.as_u64().unwrap()),
            "uniqueItems" => {
                array.is_none_or(|items| (1..items.len()).all(|at| !items[..at].contains(&items[at])))
            }
            "minProperties" => object.is_none_or(|object| object.len() as u64 >= value.as_u64().unwrap()),
            "minimum" => number.is_none_or(|number| number >= value.as_f64().unwrap()),
            "maximum" => number.is_none_or(|number| number <= value.as_f64().unwrap()),
            "maxLength" => text.is_none_or(|text| text.chars().count() as u64 <= value.as_u64().unwrap()),
            "pattern" => text.is_none_or(|text| matches_pattern(value.as_str().unwrap(), text)),
            other => panic!("{at}: the keyword {other} is not known here"),
        }
    }
}

fn is_of_type(name: &str, instance: &Json) -> bool {
    match name {
        "string" => instance.is_string(),
        "object" => instance.is_object(),
        "array" => instance.is_array(),
        "boolean" => instance.is_boolean(),
        "null" => instance.is_null(),
        "number" => instance.is_number(),
        "integer" => instance.is_i64() || instance.is_u64(),
        other => panic!("the type {other} is not known here"),
    }
}

/// The patterns that the schema uses, each by hand.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let begins = |is: fn(char) -> bool| text.starts_with(is);
    let all = |is: fn(char) -> bool| text.chars().all(is);
    match pattern {
        "^[A-Za-z0-9][A-Za-z0-9._-]*$" => {
            begins(|c| c.is_ascii_alphanumeric()) && all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
        }
        "^[a-z0-9][a-z0-9._-]{0,63}$" => {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            begins(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
                && text.len() <= 64
                && text.chars().all(|c| plain(c) || "._-".contains(c))
        }
        "^[A-Za-z][A-Za-z0-9-]{0,34}$" => {
            begins(|c| c.is_ascii_alphabetic())
                && text.len() <= 35
                && all(|c| c.is_ascii_alphanumeric() || c == '-')
        }
        "^[0-9a-f]{64}$" => text.len() == 64 && all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)),
        "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" => {
            let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            matches!(shape.as_str(), "0000" | "0000-00" | "0000-00-00")
        }
        "^[0-9]{4}-[0-9]{2}(/[0-9]{4}-[0-9]{2}|-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2})$" => {
            let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            matches!(shape.as_str(), "0000-00/0000-00" | "0000-00-00/0000-00-00")
        }
        other => panic!("the pattern {other} is not known here"),
    }
}
