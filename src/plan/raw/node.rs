//! One `[[goal]]`, `[[action]]`, `[[metric]]` or `[[group]]` with its references still by name.

use super::cursor::ValueCursor;
use super::reader::{FileReader, RawItem, span_of};
use crate::plan::check;
use crate::plan::diagnostic::trouble::{self, ExpectedValue, Flaw};
use crate::plan::fields::GivenFields;
use crate::plan::fields::metric::METRIC;
use crate::plan::fields::node::NODE;
use crate::plan::input::{Input, Known};
use crate::plan::metric::{Measure, Metric};
use crate::plan::node::{Judging, Role};
use crate::plan::unresolved::{NodeDraft, RawMetric, RawNode};

/// The table's name in a file and in messages.
fn table_name(role: Role) -> &'static str {
    match role {
        Role::Goal => "[[goal]]",
        Role::Action => "[[action]]",
        Role::Metric => "[[metric]]",
        Role::Group => "[[group]]",
    }
}

/// The fields that a node of a role may have: those of a metric stand behind those of every node.
struct NodeKeys(Role);

impl NodeKeys {
    fn own() -> usize {
        NODE.len()
    }
}

impl Known for NodeKeys {
    fn find(&self, key: &str) -> Option<usize> {
        NODE.find(key).or_else(|| {
            let at = (self.0 == Role::Metric).then(|| METRIC.find(key)).flatten();
            at.map(|at| Self::own() + at)
        })
    }

    fn key(&self, at: usize) -> &'static str {
        at.checked_sub(Self::own()).map_or_else(|| NODE.key(at), |at| METRIC.key(at))
    }

    fn keys(&self) -> Vec<&'static str> {
        let mut keys = NODE.keys();
        if self.0 == Role::Metric {
            keys.extend(METRIC.keys());
        }
        keys
    }
}

/// Reads a node; `None` where it has no id by which anything could name it.
pub(crate) fn node(reader: &mut FileReader<'_>, role: Role, item: &RawItem<'_>) -> Option<RawNode> {
    let name = table_name(role);
    let mut cursor = ValueCursor::new(reader, name, item);
    let mut draft = NodeDraft::default();
    let mut metric = (role == Role::Metric).then(RawMetric::default);
    let (mut given, mut figures) = (GivenFields::default(), GivenFields::default());
    let own = NodeKeys::own();
    let is_table = cursor.table(name, ExpectedValue::Table, &NodeKeys(role), &mut |at, input| {
        if at < own {
            if NODE.take(at, input, &mut draft) {
                given.add(at);
            }
        } else if let Some(metric) = &mut metric
            && METRIC.take(at - own, input, metric)
        {
            figures.add(at - own);
        }
    });
    if !is_table {
        return None;
    }
    NODE.is_whole(given, &mut cursor);
    level(role, &mut draft, &mut cursor);
    if let Some(raw) = metric {
        METRIC.is_whole(figures, &mut cursor);
        finish_metric(raw, &mut draft, &mut cursor);
    }
    let header = span_of(item);
    let id_at = cursor.place("id").unwrap_or(header);
    let title_at = cursor.place("title").unwrap_or_default();
    let summary_at = draft.summary.as_ref().and_then(|_| cursor.place("summary")).unwrap_or_default();
    if draft.more.as_ref().is_some_and(|more| !more.aliases.is_empty()) {
        draft.refs().aliases_at = cursor.place("aliases").unwrap_or(id_at);
    }
    let refs = draft.refs.take();
    let (node, parent) = draft.into_node(role, reader.frame.fallback(role), header)?;
    Some(RawNode { node, parent, refs, id_at, title_at, summary_at })
}

/// A level that is not of the table's own role is none.
fn level(role: Role, draft: &mut NodeDraft, input: &mut dyn Input) {
    let Some(id) = draft.level else { return };
    let level = &input.frame().levels[usize::from(id.0)];
    if level.role != role {
        let trouble = trouble::against_role(role.word(), &level.id, level.role.word());
        draft.level = None;
        input.report(input.place("level").unwrap_or_else(|| input.span()), trouble);
    }
}

fn finish_metric(raw: RawMetric, draft: &mut NodeDraft, input: &mut dyn Input) {
    let mut metric = raw.metric;
    if raw.measure.is_some_and(Measure::has_unit) && input.place("unit").is_none() {
        input.lacks("", &["unit"]);
    }
    tolerance(&mut metric, input);
    if raw.measure.is_none() || raw.direction.is_none() {
        // What stands in must not lead to a verdict.
        draft.more().judging = Judging::PeopleOnly;
    }
    if raw.part_of.is_some() {
        let refs = draft.refs();
        (refs.part_of, refs.which) = (raw.part_of, raw.which);
    }
    check::series(&metric, input);
    draft.metric = Some(Box::new(metric));
}

fn tolerance(metric: &mut Metric, input: &mut dyn Input) {
    if metric.tolerance.is_some_and(|number| number < 0.0) {
        metric.tolerance = None;
        let at = input.place("tolerance").unwrap_or_else(|| input.span());
        input.report(at, trouble::invalid("tolerance", Flaw::NotPositive));
    }
}
