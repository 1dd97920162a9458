//! A node as the loader reads it. What names a node that is not in the file is left out and remarked on.

use super::Scope;
use super::ink::{Inline, Lines, list, period, string, text};
use crate::export::document::NodeEntry;
use crate::plan::metric::Basis;
use crate::plan::node::{Attribute, Claim, Conflict, Evidence, Judging, Link, More, TermUse};
use crate::plan::{Key, NodeId, Plan, SourceId, Text};

pub(super) fn source(plan: &Plan, id: SourceId) -> String {
    string(&plan.source(id).id)
}

/// How a thing is known, where it is not simply stated.
pub(super) fn basis(basis: Basis) -> Option<String> {
    (basis != Basis::Stated).then(|| string(basis.word()))
}

pub(super) fn evidence(plan: &Plan, evidence: &Evidence) -> String {
    let mut table = Inline::default();
    table.put("source", source(plan, evidence.source));
    table.some("at", evidence.at.as_deref().map(string));
    table.put("basis", string(evidence.basis.word()));
    table.some("note", evidence.note.as_deref().map(|note| text(plan, note)));
    table.close()
}

/// `"p1"`, or a table where more is known of it.
pub(super) fn link(plan: &Plan, link: &Link, note: Option<&Text>) -> String {
    let to = string(plan.tree.node(link.to).key.as_str());
    if link.basis == Basis::Stated && note.is_none() {
        return to;
    }
    let mut table = Inline::default();
    table.put("to", to);
    table.some("basis", basis(link.basis));
    table.some("note", note.map(|note| text(plan, note)));
    table.close()
}

impl Scope<'_, '_> {
    /// Appends a node.
    pub(super) fn node(&self, entry: &NodeEntry<'_>, out: &mut String) {
        let (plan, node) = (self.plan(), entry.node);
        let mut lines = Lines::begin(out, node.role.word());
        lines.put("id", string(node.key.as_str()));
        lines.all("aliases", node.aliases().iter().map(Key::as_str).map(string));
        lines.put("level", string(&entry.level.id));
        match node.parent {
            Some(parent) if self.holds(parent) => {
                lines.put("parent", string(plan.tree.node(parent).key.as_str()));
                lines.some("parent_basis", basis(node.parent_basis));
            }
            Some(parent) => self.outside(&mut lines, "parent", &[parent]),
            None => lines.some("parent_basis", basis(node.parent_basis)),
        }
        lines.put("title", text(plan, &node.title));
        lines.some("summary", node.summary.as_ref().map(|summary| text(plan, summary)));
        self.serves(entry, &mut lines);
        lines.all("tags", node.tags.iter().map(|tag| string(tag)));
        if let Some(more) = &node.more {
            self.more(more, &mut lines);
        }
        if let Some(metric) = &node.metric {
            self.metric(metric, &mut lines);
        }
        lines.tables("evidence", node.evidence.iter().map(|one| evidence(plan, one)));
    }

    fn serves(&self, entry: &NodeEntry<'_>, lines: &mut Lines<'_>) {
        let node = entry.node;
        // A node may name another twice, each time with a remark of its own.
        let mut notes: Vec<_> = node.link_notes().iter().collect();
        let mut note_of = |to: NodeId| {
            let at = notes.iter().position(|note| note.to == to)?;
            Some(&notes.remove(at).note)
        };
        let (inside, others): (Vec<&Link>, Vec<&Link>) =
            node.serves.iter().partition(|link| self.holds(link.to));
        lines.all("serves", inside.into_iter().map(|one| link(self.plan(), one, note_of(one.to))));
        let others: Vec<NodeId> = others.into_iter().map(|link| link.to).collect();
        self.outside(lines, "serves", &others);
    }

    /// Says what is named and not in the file.
    pub(super) fn outside(&self, lines: &mut Lines<'_>, key: &str, others: &[NodeId]) {
        if others.is_empty() {
            return;
        }
        let ids = others.iter().map(|id| string(self.plan().tree.node(*id).key.as_str()));
        let why = self.ui().pick("不在本文件内", "not in this file");
        lines.remark(&format!("{key} = {}  # {why}", list(ids)));
    }

    fn more(&self, more: &More, lines: &mut Lines<'_>) {
        let plan = self.plan();
        lines.tables("former_titles", more.former_titles.iter().map(|title| text(plan, title)));
        lines.some(
            "members",
            more.members.map(|members| format!("{{ total = {}, named = {} }}", members.total, members.named)),
        );
        lines.some("claim", more.claim.map(Claim::word).map(string));
        lines.some("among", more.among.as_ref().map(|among| text(plan, among)));
        lines.tables("conflicts", more.conflicts.iter().map(|one| conflict(plan, one)));
        if more.judging == Judging::PeopleOnly {
            lines.put("judge", "false");
        }
        lines.all("terms", more.terms.iter().map(|used| term(plan, used)));
        lines.some("period", more.period.map(period));
        lines.some("attribute", more.attribute.map(Attribute::word).map(string));
        lines.some("office", more.office.as_ref().map(|office| text(plan, office)));
        let waive = more.waivers.iter().map(|waiver| {
            format!("{{ rule = {}, reason = {} }}", string(&waiver.rule), string(&waiver.reason))
        });
        lines.tables("waive", waive);
    }
}

fn conflict(plan: &Plan, conflict: &Conflict) -> String {
    let mut table = Inline::default();
    table.some("source", conflict.source.map(|id| source(plan, id)));
    table.some("at", conflict.at.as_deref().map(string));
    table.put("note", text(plan, &conflict.note));
    table.close()
}

/// `puhui`, or `shuangchuang.party` for a sense of a term.
fn term(plan: &Plan, used: &TermUse) -> String {
    let id = &plan.term(used.term).id;
    string(&used.sense.as_deref().map_or_else(|| id.to_string(), |sense| format!("{id}.{sense}")))
}
