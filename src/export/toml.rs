//! One file that loads again as a plan, with what people said of it in `[[annotation]]` tables, which the loader passes over and `merge` takes in.
//!
//! A part of a plan is a plan: its top has no parent, and what names a node outside is left out and stands beside it as a remark, so that
//! the file loads without an error. The stamp stands in a remark of the head.

mod annotations;
mod ink;
mod metric;
mod node;
mod register;
mod uses;

use std::collections::HashSet;
use std::io::Write;

use self::ink::{Inline, Lines, comment, list, period, string, text};
use self::uses::Uses;
use super::document::{Document, NodeEntry};
use super::format::{ExportError, Format, Options, Progress};
use crate::plan::{Fact, NodeId, Plan, Ui};

pub use annotations::TABLE;

/// What a file has.
struct Scope<'d, 'p> {
    document: &'d Document<'p>,
    uses: Uses,
}

impl<'p> Scope<'_, 'p> {
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

/// Writes the plan.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub fn write(
    document: &Document<'_>,
    _options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn Progress,
) -> Result<(), ExportError> {
    let scope = Scope { document, uses: Uses::of(document) };
    let mut head = String::new();
    scope.remarks(&mut head);
    scope.manifest(&mut head);
    out.write_all(head.as_bytes())?;
    let mut done = 0;
    document.each(
        |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| {
            let mut node = String::new();
            scope.node(entry, &mut node);
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
    Ok(out.write_all(rest.as_bytes())?)
}

impl Scope<'_, '_> {
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

    fn manifest(&self, out: &mut String) {
        let plan = self.plan();
        let mut put = |key: &str, value: String| out.push_str(&format!("{key} = {value}\n"));
        put("format", "1".to_owned());
        put("id", string(&plan.id));
        put("title", text(plan, &plan.title));
        put("languages", list(plan.languages.iter().map(|tag| string(tag))));
        if let Some(span) = plan.period {
            put("period", period(span));
        }
        if !plan.checkpoints.is_empty() {
            put("checkpoints", list(plan.checkpoints.iter().map(ToString::to_string)));
        }
        if let Some(matrix) = plan.matrix {
            let mut table = Inline::default();
            table.put("rows", string(&plan.level(matrix.rows).id));
            table.put("columns", string(&plan.level(matrix.columns).id));
            put("matrix", table.close());
        }
        let mut named = HashSet::new();
        for level in plan.levels.iter().filter(|level| named.insert(&level.id)) {
            let mut lines = Lines::begin(out, "level");
            lines.put("id", string(&level.id));
            lines.put("role", string(level.role.word()));
            lines.put("mark", string(&level.mark));
            lines.put("label", text(plan, &level.label));
        }
    }
}
