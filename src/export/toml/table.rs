//! A table of the plan as TOML: its fields as they are declared, a key a line. What names a node that is not in the file is left out and remarked
//! on.

use std::fmt::Write as _;

use super::Scope;
use super::ink::{comment, inline, list, moment, string, tall_list, text};
use crate::plan::NodeId;
use crate::plan::fields::{Absent, Info, Row, Value};

impl Scope<'_, '_> {
    /// Appends a table under its heading, with the tables in it that have headings of their own.
    pub(super) fn table(&self, heading: &str, row: &Row<'_>, out: &mut String) {
        // Writing into memory never fails.
        let _ = writeln!(out, "\n[[{heading}]]");
        self.keys(row, heading, out);
    }

    /// Appends the keys of a table.
    pub(super) fn keys(&self, row: &Row<'_>, heading: &str, out: &mut String) {
        let mut missing: Option<&str> = None;
        for (info, value) in said(row).filter(|(info, _)| !info.headed) {
            if info.beside.is_some() && info.beside == missing {
                continue;
            }
            let (inside, outside) = self.parted(value);
            if let Some(value) = inside {
                let _ = writeln!(out, "{} = {}", info.key, self.value(&value));
            }
            if !outside.is_empty() {
                missing = Some(info.key);
                self.outside(info.key, &outside, out);
            }
        }
        for (info, value) in row.fields.iter().filter(|(info, _)| info.headed) {
            let Value::List(items) = value else { continue };
            let dot = if heading.is_empty() { "" } else { "." };
            for item in items {
                if let Value::Table(own) = item {
                    self.table(&format!("{heading}{dot}{}", info.key), own, out);
                }
            }
        }
    }

    /// What of a value is in the file, and the nodes it names that are not.
    fn parted<'v, 'a>(&self, value: &'v Value<'a>) -> (Option<std::borrow::Cow<'v, Value<'a>>>, Vec<NodeId>) {
        use std::borrow::Cow;
        match value {
            Value::Node(id) if !self.holds(*id) => (None, vec![*id]),
            Value::List(items) => {
                let outside: Vec<NodeId> =
                    items.iter().filter_map(named).filter(|id| !self.holds(*id)).collect();
                if outside.is_empty() {
                    return (Some(Cow::Borrowed(value)), outside);
                }
                let inside = items.iter().filter(|item| named(item).is_none_or(|id| self.holds(id)));
                let inside: Vec<Value<'a>> = inside.cloned().collect();
                ((!inside.is_empty()).then_some(Cow::Owned(Value::List(inside))), outside)
            }
            _ => (Some(Cow::Borrowed(value)), Vec::new()),
        }
    }

    /// Says what is named and not in the file.
    fn outside(&self, key: &str, others: &[NodeId], out: &mut String) {
        let ids = others.iter().map(|id| string(self.plan().tree.node(*id).key.as_str()));
        let why = self.ui().pick("不在本文件内", "not in this file");
        comment(out, &format!("{key} = {}  # {why}", list(ids)));
    }

    /// A value behind its key.
    fn value(&self, value: &Value<'_>) -> String {
        let plan = self.plan();
        match value {
            Value::Nothing => string(""),
            Value::Line(line) => string(line),
            Value::Text(own) => text(plan, own),
            Value::Word(word) => string(word.key),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Count(count) => count.to_string(),
            Value::Year(year) => year.to_string(),
            Value::Moment(at) => moment(*at),
            Value::Source(id) => string(&plan.source(*id).id),
            Value::Node(id) => string(plan.tree.node(*id).key.as_str()),
            Value::Level(id) => string(&plan.level(*id).id),
            Value::Term(used) => {
                let id = &plan.term(used.term).id;
                string(&used.sense.as_deref().map_or_else(|| id.to_string(), |sense| format!("{id}.{sense}")))
            }
            Value::Table(row) => self.inline(row),
            Value::List(items) => {
                // Tables and texts stand on lines of their own; what can be a bare string is no more than a word.
                let tall = |item: &Value<'_>| match item {
                    Value::Table(row) => !row.short,
                    Value::Text(_) => true,
                    _ => false,
                };
                let is_tall = items.first().is_some_and(tall);
                let items = items.iter().map(|item| self.value(item));
                if is_tall { tall_list(items) } else { list(items) }
            }
        }
    }

    /// A table inside a line; a bare string where it says no more than its first field.
    fn inline(&self, row: &Row<'_>) -> String {
        let fields: Vec<_> = said(row).map(|(info, value)| (info.key, self.value(value))).collect();
        match fields.as_slice() {
            [(_, only)] if row.short => only.clone(),
            all => inline(all),
        }
    }
}

/// The fields that say something else than what they mean where they are left out.
fn said<'r, 'a>(row: &'r Row<'a>) -> impl Iterator<Item = (&'static Info, &'r Value<'a>)> {
    row.fields.iter().filter_map(|(info, value)| {
        let is_meant = matches!(info.absent, Absent::Unwritten(word) if value.is(word));
        (value.says() && !is_meant).then_some((*info, value))
    })
}

/// The node that an item of a list names.
fn named(item: &Value<'_>) -> Option<NodeId> {
    match item {
        Value::Node(id) => Some(*id),
        Value::Table(row) => row.fields.iter().find_map(|(_, value)| named(value)),
        _ => None,
    }
}
