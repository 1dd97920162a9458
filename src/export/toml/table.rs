//! A table of the plan as TOML: its fields as they are declared, a key a line. What names a node that is not
//! in the file is left out and remarked on.

use std::fmt::Write as _;

use super::TomlScope;
use super::ink::{comment, inline, list, moment, string, tall_list, text};
use crate::plan::NodeId;
use crate::plan::fields::{Absent, FieldRow, FieldValue, Info};

impl TomlScope<'_, '_> {
    /// Appends a table under its heading, with the tables in it that have headings of their own.
    pub(super) fn table(&self, heading: &str, row: &FieldRow<'_>, out: &mut String) {
        // Writing into memory never fails.
        let _ = writeln!(out, "\n[[{heading}]]");
        self.keys(row, heading, out);
    }

    /// Appends the keys of a table.
    pub(super) fn keys(&self, row: &FieldRow<'_>, heading: &str, out: &mut String) {
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
            let FieldValue::List(items) = value else { continue };
            let dot = if heading.is_empty() { "" } else { "." };
            for item in items {
                if let FieldValue::Table(own) = item {
                    self.table(&format!("{heading}{dot}{}", info.key), own, out);
                }
            }
        }
    }

    /// What of a value is in the file, and the nodes it names that are not.
    fn parted<'v, 'a>(
        &self,
        value: &'v FieldValue<'a>,
    ) -> (Option<std::borrow::Cow<'v, FieldValue<'a>>>, Vec<NodeId>) {
        use std::borrow::Cow;
        match value {
            FieldValue::Node(id) if !self.holds(*id) => (None, vec![*id]),
            FieldValue::List(items) => {
                let outside: Vec<NodeId> =
                    items.iter().filter_map(named).filter(|id| !self.holds(*id)).collect();
                if outside.is_empty() {
                    return (Some(Cow::Borrowed(value)), outside);
                }
                let inside = items.iter().filter(|item| named(item).is_none_or(|id| self.holds(id)));
                let inside: Vec<FieldValue<'a>> = inside.cloned().collect();
                ((!inside.is_empty()).then_some(Cow::Owned(FieldValue::List(inside))), outside)
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
    fn value(&self, value: &FieldValue<'_>) -> String {
        let plan = self.plan();
        match value {
            FieldValue::Nothing => string(""),
            FieldValue::Line(line) => string(line),
            FieldValue::Text(own) => text(plan, own),
            FieldValue::Word(word) => string(word.key),
            FieldValue::Flag(flag) => flag.to_string(),
            FieldValue::Number(number) => number.to_string(),
            FieldValue::Float(number) => number.to_string(),
            FieldValue::Count(count) => count.to_string(),
            FieldValue::Year(year) => year.to_string(),
            FieldValue::Moment(at) => moment(*at),
            FieldValue::Source(id) => string(&plan.source(*id).id),
            FieldValue::Node(id) => string(plan.tree.node(*id).key.as_str()),
            FieldValue::Level(id) => string(&plan.level(*id).id),
            FieldValue::Term(used) => {
                let id = &plan.term(used.term).id;
                string(&used.sense.as_deref().map_or_else(|| id.to_string(), |sense| format!("{id}.{sense}")))
            }
            FieldValue::Table(row) => self.inline(row),
            FieldValue::List(items) => {
                // Tables and texts stand on lines of their own; what can be a bare string is no more than a
                // word.
                let tall = |item: &FieldValue<'_>| match item {
                    FieldValue::Table(row) => !row.short,
                    FieldValue::Text(_) => true,
                    _ => false,
                };
                let is_tall = items.first().is_some_and(tall);
                let items = items.iter().map(|item| self.value(item));
                if is_tall { tall_list(items) } else { list(items) }
            }
        }
    }

    /// A table inside a line; a bare string where it says no more than its first field.
    fn inline(&self, row: &FieldRow<'_>) -> String {
        let fields: Vec<_> = said(row).map(|(info, value)| (info.key, self.value(value))).collect();
        match fields.as_slice() {
            [(_, only)] if row.short => only.clone(),
            all => inline(all),
        }
    }
}

/// The fields that say something else than what they mean where they are left out.
fn said<'r, 'a>(row: &'r FieldRow<'a>) -> impl Iterator<Item = (&'static Info, &'r FieldValue<'a>)> {
    row.fields.iter().filter_map(|(info, value)| {
        let is_meant = matches!(info.absent, Absent::Unwritten(word) if value.is(word));
        (value.says() && !is_meant).then_some((*info, value))
    })
}

/// The node that an item of a list names.
fn named(item: &FieldValue<'_>) -> Option<NodeId> {
    match item {
        FieldValue::Node(id) => Some(*id),
        FieldValue::Table(row) => row.fields.iter().find_map(|(_, value)| named(value)),
        _ => None,
    }
}
