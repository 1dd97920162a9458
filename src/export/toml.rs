//! One file that loads again as a plan, with what people said of it in `[[annotation]]` tables, which the
//! loader passes over and `merge` takes in.
//!
//! A part of a plan is a plan: its top has no parent, and what names a node outside is left out and stands
//! beside it as a remark, so that the file loads without an error. The stamp stands in a remark of the head.

mod annotations;
mod ink;
mod table;
mod uses;

use std::borrow::Cow;
use std::io::Write;

use self::ink::comment;
use self::uses::Uses;
use super::document::{Document, NodeEntry};
use super::format::{ExportError, ExportProgress, Format, Options};
use crate::plan::fields::manifest::MANIFEST;
use crate::plan::fields::metric::METRIC;
use crate::plan::fields::node::NODE;
use crate::plan::fields::register::{FACT, SOURCE, TERM};
use crate::plan::metric::{Metric, Value};
use crate::plan::{Fact, NodeId, Plan};
use crate::text::Ui;

pub use annotations::TABLE;

struct TomlScope<'d, 'p> {
    document: &'d Document<'p>,
    uses: Uses,
}

impl<'p> TomlScope<'_, 'p> {
    fn plan(&self) -> &'p Plan {
        self.document.plan()
    }

    fn ui(&self) -> Ui {
        self.document.scene.voice(self.document.scene.show.main()).ui
    }

    fn holds(&self, id: NodeId) -> bool {
        self.uses.holds(id)
    }

    /// Facts of the nodes; the whole plan has those too that no node carries.
    fn carries(&self, fact: &Fact) -> bool {
        uses::is_whole(self.document) || self.uses.carries(fact)
    }
}

/// What opens the comment with what `verify` needs of a node.
pub const MARK_OPEN: &str = "# plan158:node ";

/// Writes the plan.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub fn write(
    document: &Document<'_>,
    _options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn ExportProgress,
) -> Result<(), ExportError> {
    let scope = TomlScope { document, uses: Uses::of(document) };
    let mut head = String::new();
    scope.remarks(&mut head);
    scope.keys(&MANIFEST.row(scope.plan()), "", &mut head);
    out.write_all(head.as_bytes())?;
    let mut done = 0;
    document.each_id(
        |id, bytes| {
            let mut node = String::new();
            scope.node(id, &mut node);
            bytes.extend(node.into_bytes());
            Ok(())
        },
        |bytes| {
            out.write_all(bytes)?;
            done += 1;
            progress.step(done, document.count())
        },
    )?;
    let mut rest = String::new();
    scope.registers(&mut rest);
    scope.annotations(&mut rest);
    out.write_all(rest.as_bytes())?;
    writeln!(out)?;
    let mark = |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| {
        Ok(writeln!(bytes, "{MARK_OPEN}{}", document.mark(entry).line())?)
    };
    document.each(mark, |bytes| Ok(out.write_all(bytes)?))
}

impl TomlScope<'_, '_> {
    fn remarks(&self, out: &mut String) {
        let ui = self.ui();
        out.push_str(&format!("# plan158: {}\n", self.document.stamp(Format::Toml).line()));
        comment(
            out,
            ui.pick(
                "本文件是一份完整的规划：plan158 --plan 文件；其中的记录：plan158 merge 文件",
                "This file is a plan of its own: plan158 --plan FILE; what people said in it: plan158 merge FILE",
            ),
        );
        if self.document.scene.judge.as_of.is_named() {
            let as_of = self.document.scene.judge.as_of;
            comment(
                out,
                &ui.pick(
                    format!("截至 {as_of}；此后公布的数值和记录不在其中"),
                    format!("As of {as_of}; figures and records that came later are not in it"),
                ),
            );
        }
    }

    /// Appends a node. What makes it a metric stands before what both rest on.
    fn node(&self, id: NodeId, out: &mut String) {
        let node = self.plan().tree.node(id);
        let mut row = NODE.row(node);
        let metric = node.metric.as_deref().map(|metric| self.known(metric));
        if let Some(metric) = metric.as_deref() {
            let evidence = row.fields.iter().position(|(info, _)| info.key == "evidence");
            let at = evidence.unwrap_or(row.fields.len());
            row.fields.splice(at..at, METRIC.row(metric).fields);
        }
        self.table(node.role.word(), &row, out);
    }

    /// A metric with the figures that were known on the as-of, as everywhere.
    fn known<'m>(&self, metric: &'m Metric) -> Cow<'m, Metric> {
        let as_of = &self.document.scene.judge.as_of;
        if !as_of.is_named() {
            return Cow::Borrowed(metric);
        }
        let known = |value: &&Value| !as_of.hides(self.plan(), value);
        let all = |values: &[Value]| values.iter().filter(known).cloned().collect();
        Cow::Owned(Metric {
            baseline: metric.baseline.iter().find(known).cloned(),
            observed: all(&metric.observed),
            target: all(&metric.target),
            comparators: all(&metric.comparators),
            official: as_of.official(self.plan(), metric).cloned(),
            ..metric.clone()
        })
    }

    /// Appends the documents, facts and terms that the file uses.
    fn registers(&self, out: &mut String) {
        let plan = self.plan();
        let sources = (0..).zip(&plan.sources).filter(|(at, _)| self.uses.source(*at));
        sources.for_each(|(_, source)| self.table("source", &SOURCE.row(source), out));
        let facts = plan.facts.iter().filter(|fact| self.carries(fact));
        facts.for_each(|fact| self.table("fact", &FACT.row(fact), out));
        let terms = (0..).zip(&plan.terms).filter(|(at, _)| self.uses.term(*at));
        terms.for_each(|(_, term)| self.table("term", &TERM.row(term), out));
    }
}
