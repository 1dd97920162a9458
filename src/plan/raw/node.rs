//! One [[goal]], [[action]] or [[metric]] with its references still by name.

use toml::Spanned;
use toml::de::DeValue;

use super::metric::{METRIC_KEYS, RawMetric};
use super::reader::{Item, Lines, Reader, span_of};
use crate::plan::check;
use crate::plan::diagnostic::Span;
use crate::plan::diagnostic::trouble::{self, Flaw, Want};
use crate::plan::key::{Key, LevelId, NodeId};
use crate::plan::metric::Basis;
use crate::plan::node::{Conflict, Evidence, Judging, Members, More, Node, Origin, Role, Waiver};
use crate::plan::text::Text;

/// Keys of every node.
pub(crate) const NODE_KEYS: &[&str] = &[
    "id",
    "aliases",
    "level",
    "parent",
    "title",
    "summary",
    "serves",
    "parent_basis",
    "members",
    "claim",
    "among",
    "former_titles",
    "conflicts",
    "judge",
    "terms",
    "tags",
    "period",
    "attribute",
    "office",
    "waive",
    "evidence",
];

/// A node whose parent, links and terms are names yet, and whose documents are numbers of its file.
#[derive(Clone, Debug)]
pub(crate) struct RawNode {
    pub node: Node,
    pub parent: Option<(Box<str>, Span)>,
    pub refs: Option<Box<RawRefs>>,
    pub id_at: Span,
    pub title_at: Span,
    pub summary_at: Span,
}

/// What few nodes name, kept apart so that a plain one stays small.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawRefs {
    pub serves: Vec<RawLink>,
    pub part_of: Option<(Box<str>, Span)>,
    /// Which part of it.
    pub which: Option<Text>,
    pub terms: Vec<(Box<str>, Span)>,
    pub aliases_at: Span,
}

/// A link by name.
#[derive(Clone, Debug)]
pub(crate) struct RawLink {
    pub to: Box<str>,
    pub basis: Basis,
    pub note: Option<Text>,
    pub at: Span,
}

/// The table's name in a file and in messages.
fn table_name(role: Role) -> &'static str {
    match role {
        Role::Goal => "[[goal]]",
        Role::Action => "[[action]]",
        Role::Metric => "[[metric]]",
    }
}

/// Reads a node; `None` where it has no id by which anything could name it.
pub(crate) fn node(reader: &mut Reader<'_>, role: Role, item: &Item<'_>) -> Option<RawNode> {
    let header = span_of(item);
    let table = reader.table(table_name(role), Want::Table, item)?;
    let mut draft = Draft::default();
    let mut metric = (role == Role::Metric).then(|| RawMetric::begin(reader, table, header));
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        let taken = draft.take(reader, role, key, item)
            || draft.take_rare(reader, key, item)
            || metric.as_mut().is_some_and(|metric| metric.take(reader, key, item));
        if !taken {
            unknown_key(reader, role, name);
        }
    }
    for key in ["id", "level", "title"] {
        if !table.contains_key(key) {
            reader.missing(table_name(role), &[key], header);
        }
    }
    if let Some(metric) = &metric {
        check::series(reader, &metric.metric, table, header);
    }
    let id_at = table.get("id").map_or(header, span_of);
    draft.finish(reader, role, metric, header, id_at)
}

fn unknown_key(reader: &mut Reader<'_>, role: Role, name: &Spanned<std::borrow::Cow<'_, str>>) {
    let metric_keys = if role == Role::Metric { METRIC_KEYS } else { &[] };
    let known: Vec<&str> = NODE_KEYS.iter().chain(metric_keys).copied().collect();
    reader.unknown_key(table_name(role), name, &known);
}

/// A node as its keys come in.
#[derive(Default)]
struct Draft {
    key: Option<Key>,
    level: Option<LevelId>,
    title: Option<Text>,
    summary: Option<Text>,
    parent: Option<(Box<str>, Span)>,
    parent_basis: Option<Basis>,
    tags: Box<[Box<str>]>,
    evidence: Box<[Evidence]>,
    more: Option<Box<More>>,
    refs: Option<Box<RawRefs>>,
    title_at: Span,
    summary_at: Span,
}

impl Draft {
    /// Takes a key that most nodes have; `false` where it is another.
    fn take(&mut self, reader: &mut Reader<'_>, role: Role, key: &str, item: &Item<'_>) -> bool {
        match key {
            "id" => self.key = reader.key(key, item),
            "level" => self.level = level(reader, role, item),
            "parent" => self.parent = reader.str(key, item).map(|name| (name.into(), span_of(item))),
            "title" => {
                self.title = reader.text(key, item, Lines::One);
                self.title_at = span_of(item);
                check::title(reader, item, self.title.as_ref());
            }
            "summary" => {
                self.summary = reader.text(key, item, Lines::Many);
                self.summary_at = span_of(item);
            }
            "parent_basis" => self.parent_basis = reader.word(key, item),
            "serves" => {
                self.refs.get_or_insert_default().serves = reader.each(key, Want::List, item, link).into()
            }
            "tags" => self.tags = reader.strings(key, item),
            "evidence" => self.evidence = reader.each(key, Want::Tables, item, evidence),
            "terms" => {
                let term = |reader: &mut Reader<'_>, item: &Item<'_>| {
                    Some((reader.str("terms", item)?.into(), span_of(item)))
                };
                self.refs.get_or_insert_default().terms = reader.each(key, Want::List, item, term).into();
            }
            _ => return false,
        }
        true
    }

    /// Takes a key that few nodes have.
    fn take_rare(&mut self, reader: &mut Reader<'_>, key: &str, item: &Item<'_>) -> bool {
        match key {
            "aliases" => {
                self.refs.get_or_insert_default().aliases_at = span_of(item);
                let aliases = reader.each(key, Want::List, item, |reader, item| reader.key("aliases", item));
                if !aliases.is_empty() {
                    self.more.get_or_insert_default().aliases = aliases;
                }
            }
            "former_titles" => {
                let title =
                    |reader: &mut Reader<'_>, item: &Item<'_>| reader.text("former_titles", item, Lines::One);
                self.more.get_or_insert_default().former_titles = reader.each(key, Want::Tables, item, title);
            }
            "members" => self.more.get_or_insert_default().members = members(reader, item),
            "claim" => self.more.get_or_insert_default().claim = reader.word(key, item),
            "among" => self.more.get_or_insert_default().among = reader.text(key, item, Lines::One),
            "conflicts" => {
                self.more.get_or_insert_default().conflicts = reader.each(key, Want::Tables, item, conflict);
            }
            "judge" => {
                if reader.flag(key, item) == Some(false) {
                    self.more.get_or_insert_default().judging = Judging::PeopleOnly;
                }
            }
            "period" => self.more.get_or_insert_default().period = reader.period(key, item),
            "attribute" => self.more.get_or_insert_default().attribute = reader.word(key, item),
            "office" => self.more.get_or_insert_default().office = reader.text(key, item, Lines::One),
            "waive" => {
                self.more.get_or_insert_default().waivers = reader.each(key, Want::Tables, item, waiver);
            }
            _ => return false,
        }
        true
    }

    fn finish(
        mut self,
        reader: &Reader<'_>,
        role: Role,
        metric: Option<RawMetric>,
        header: Span,
        id_at: Span,
    ) -> Option<RawNode> {
        let metric = metric.map(|raw| {
            if raw.guessed {
                self.more.get_or_insert_default().judging = Judging::PeopleOnly;
            }
            if raw.part_of.is_some() {
                let refs = self.refs.get_or_insert_default();
                (refs.part_of, refs.which) = (raw.part_of, raw.which);
            }
            Box::new(raw.metric)
        });
        let node = Node {
            key: self.key?,
            level: self.level.unwrap_or_else(|| reader.frame.fallback(role)),
            role,
            depth: 0,
            parent: None,
            parent_basis: self.parent_basis.unwrap_or(Basis::Stated),
            subtree_end: NodeId(0),
            title: self.title.unwrap_or_default(),
            summary: self.summary.filter(|summary| !summary.is_empty()),
            serves: Box::default(),
            tags: self.tags,
            evidence: self.evidence,
            metric,
            more: self.more,
            origin: Origin { file: 0, byte: header.start },
        };
        Some(RawNode {
            node,
            parent: self.parent,
            refs: self.refs,
            id_at,
            title_at: self.title_at,
            summary_at: self.summary_at,
        })
    }
}

/// The level, if it is of the table's own role.
fn level(reader: &mut Reader<'_>, role: Role, item: &Item<'_>) -> Option<LevelId> {
    let id = reader.level("level", item)?;
    let level = &reader.frame.levels[usize::from(id.0)];
    if level.role == role {
        return Some(id);
    }
    reader.problems.add(span_of(item), trouble::against_role(role.word(), &level.id, level.role.word()));
    None
}

/// `"p1"` or `{ to = "p1", basis = "inferred", note = { … } }`.
pub(crate) fn link(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<RawLink> {
    let at = span_of(item);
    let table = match item.get_ref() {
        DeValue::String(to) => {
            return Some(RawLink { to: to.as_ref().into(), basis: Basis::Stated, note: None, at });
        }
        DeValue::Table(table) => table,
        _ => {
            reader.wrong_type("serves", Want::Link, item);
            return None;
        }
    };
    let (mut to, mut basis, mut note, mut to_at) = (None, None, None, at);
    for (name, item) in table {
        match name.get_ref().as_ref() {
            "to" => {
                to = reader.str("to", item);
                to_at = span_of(item);
            }
            "basis" => basis = reader.word("basis", item),
            "note" => note = reader.text("note", item, Lines::Many),
            _ => reader.unknown_key("serves", name, &["to", "basis", "note"]),
        }
    }
    if !table.contains_key("to") {
        reader.missing("serves", &["to"], at);
    }
    Some(RawLink { to: to?.into(), basis: basis.unwrap_or(Basis::Stated), note, at: to_at })
}

/// `{ source = …, at = …, basis = …, note = … }`.
pub(crate) fn evidence(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Evidence> {
    let table = reader.table("evidence", Want::Table, item)?;
    let (mut source, mut at, mut basis, mut note) = (None, None, None, None);
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "source" => source = reader.source(key, item),
            "at" => at = reader.boxed(key, item),
            "basis" => basis = reader.word(key, item),
            "note" => note = reader.text(key, item, Lines::Many).map(Box::new),
            _ => reader.unknown_key("evidence", name, &["source", "at", "basis", "note"]),
        }
    }
    if !table.contains_key("source") {
        reader.missing("evidence", &["source"], span_of(item));
    }
    Some(Evidence { source: source?, at, basis: basis.unwrap_or(Basis::Stated), note })
}

fn conflict(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Conflict> {
    let table = reader.table("conflicts", Want::Table, item)?;
    let (mut source, mut at, mut note) = (None, None, None);
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "source" => source = reader.source(key, item),
            "at" => at = reader.boxed(key, item),
            "note" => note = reader.text(key, item, Lines::Many),
            _ => reader.unknown_key("conflicts", name, &["source", "at", "note"]),
        }
    }
    if !table.contains_key("note") {
        reader.missing("conflicts", &["note"], span_of(item));
    }
    Some(Conflict { source, at, note: note? })
}

fn members(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Members> {
    let table = reader.table("members", Want::Table, item)?;
    let (mut total, mut named) = (None, None);
    for (name, item) in table {
        match name.get_ref().as_ref() {
            "total" => total = reader.whole("total", item),
            "named" => named = reader.whole("named", item),
            _ => reader.unknown_key("members", name, &["total", "named"]),
        }
    }
    for key in ["total", "named"] {
        if !table.contains_key(key) {
            reader.missing("members", &[key], span_of(item));
        }
    }
    let members = Members { total: total?, named: named? };
    if members.named > members.total {
        reader.invalid("members", Flaw::NamedAboveTotal, item);
        return None;
    }
    Some(members)
}

fn waiver(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Waiver> {
    let table = reader.table("waive", Want::Table, item)?;
    let (mut rule, mut reason) = (None, None);
    for (name, item) in table {
        match name.get_ref().as_ref() {
            "rule" => rule = reader.boxed("rule", item),
            "reason" => reason = reason_of(reader, item),
            _ => reader.unknown_key("waive", name, &["rule", "reason"]),
        }
    }
    for key in ["rule", "reason"] {
        if !table.contains_key(key) {
            reader.missing("waive", &[key], span_of(item));
        }
    }
    Some(Waiver { rule: rule?, reason: reason? })
}

/// A reason is a note of the plan's writers to themselves: one language will do, a table gives its first wording.
fn reason_of(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Box<str>> {
    if item.get_ref().is_str() {
        return reader.boxed("reason", item);
    }
    let text = reader.text("reason", item, Lines::Many)?;
    text.iter().next().map(|(_, reason)| reason.into())
}
