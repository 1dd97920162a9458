//! The fields of a metric that have no other place on its page, as the plan's field table declares them: a new field shows here without
//! another place to edit.

use super::block::{Line, Pair, Piece, Words};
use super::reader::{Form, Reader, plain};
use crate::plan::fields::metric::METRIC;
use crate::plan::fields::{Absent, Row, Value};
use crate::plan::figure;
use crate::plan::metric::Metric;
use crate::text::Bilingual;

/// Fields that stand elsewhere: in a figure's amount, among the figures or the links, or in the official verdict.
pub(super) const ELSEWHERE: [&str; 8] =
    ["unit", "part_of", "where", "baseline", "observed", "target", "comparators", "official"];

/// Fields that a screen leaves out, where every line is one less for what one judges by: its figures, dial and verdict show them.
pub(super) const ONLY_IN_REPORTS: [&str; 2] = ["measure", "direction"];

impl Reader<'_> {
    /// A metric's own details: its fields that have no other place, and the verdict that a source states.
    pub fn metric_details(&self, metric: &Metric, form: Form<'_>) -> Vec<Pair> {
        let row = METRIC.row(metric);
        let fields = row.fields.iter().filter(|(info, value)| {
            let usual = matches!(info.absent, Absent::Unwritten(word) if value.is(word));
            let is_left_out = !form.is_report() && ONLY_IN_REPORTS.contains(&info.key);
            value.says() && !usual && !is_left_out && !ELSEWHERE.contains(&info.key)
        });
        let mut all: Vec<Pair> = fields
            .map(|(info, value)| self.pair(info.label.0, info.label.1, self.field(value, form)))
            .collect();
        all.extend(self.as_of.official(self.plan, metric).map(|official| {
            let mut value = vec![self.state_piece(official.status)];
            value.extend(official.source.map(|source| self.cite(source, None, form)));
            self.pair("官方结论", "official verdict", value)
        }));
        all
    }

    fn field(&self, value: &Value<'_>, form: Form<'_>) -> Line {
        match value {
            Value::Nothing => Line::new(),
            Value::Line(text) => plain(*text),
            Value::Text(text) => vec![Piece::Words(self.text(text))],
            Value::Word(names) => {
                vec![Piece::Words(self.said(&Bilingual::new(names.zh, names.en)))]
            }
            Value::Flag(is) => {
                let said = if *is { ("是", "yes") } else { ("否", "no") };
                vec![Piece::Words(self.say(said.0, said.1))]
            }
            Value::Number(number) => plain(number.to_string()),
            Value::Float(number) => plain(figure::rounded(*number, 6)),
            Value::Count(count) => plain(count.to_string()),
            Value::Year(year) => plain(year.to_string()),
            Value::Moment(at) => vec![Piece::Words(self.spoken(|ui| figure::moment(*at, ui)))],
            Value::Source(id) => vec![self.cite(*id, None, form)],
            Value::Node(id) => {
                let node = self.plan.tree.node(*id);
                vec![Piece::Title(self.text(&node.title)), Piece::Id(node.key.to_string())]
            }
            Value::Level(id) => vec![Piece::Words(self.text(&self.plan.level(*id).label))],
            Value::Term(used) => vec![Piece::Title(self.text(&self.plan.term(used.term).title))],
            Value::Table(row) => vec![Piece::Words(self.row(row, form))],
            Value::List(values) => values.iter().flat_map(|value| self.field(value, form)).collect(),
        }
    }

    /// A table within a field, its fields behind one another: "1 first stage".
    fn row(&self, row: &Row<'_>, form: Form<'_>) -> Words {
        self.each(|one| {
            let lines = row.fields.iter().flat_map(|(_, value)| one.field(value, form));
            let parts = lines.map(|piece| in_one_language(&piece)).filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(" ")
        })
    }
}

/// The text of a piece that a reader of one language made.
fn in_one_language(piece: &Piece) -> String {
    let first = |words: &Words| words.first().map(|one| one.text.clone()).unwrap_or_default();
    match piece {
        Piece::Words(words) | Piece::Title(words) => first(words),
        Piece::Plain(text) | Piece::Id(text) | Piece::Link(text) => text.clone(),
        Piece::State(_, words) | Piece::Count(_, words, _) => first(words),
        Piece::Cite { name, .. } => first(name),
    }
}
