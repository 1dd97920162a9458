//! The fields of a metric that have no other place on its page, as the plan's field table declares them: a
//! new field shows here without another place to edit.

use super::block::{Inline, Line, Pair, Words};
use super::reader::{PageReader, ReadingMedium, plain};
use crate::plan::fields::metric::METRIC;
use crate::plan::fields::{Absent, FieldRow, FieldValue};
use crate::plan::figure;
use crate::plan::metric::Metric;
use crate::text::Bilingual;

/// Fields that stand elsewhere: in a figure's amount, among the figures or the links, or in the official
/// verdict.
pub(super) const ELSEWHERE: [&str; 8] =
    ["unit", "part_of", "where", "baseline", "observed", "target", "comparators", "official"];

/// The field that a screen shows on the line of what is measured: there every line is one less for what one
/// judges by.
pub(super) const BESIDE_MEASURE: &str = "direction";

impl PageReader<'_> {
    /// A metric's own details: its fields that have no other place, and the verdict that a source states.
    pub fn metric_details(&self, metric: &Metric, form: ReadingMedium<'_>) -> Vec<Pair> {
        let row = METRIC.row(metric);
        let fields = row.fields.iter().filter(|(info, value)| {
            let usual = matches!(info.absent, Absent::Unwritten(word) if value.is(word));
            value.says() && !usual && !ELSEWHERE.contains(&info.key)
        });
        let mut all: Vec<Pair> = Vec::new();
        for (info, value) in fields {
            let line = self.field(value, form);
            match all.last_mut() {
                Some(measure) if info.key == BESIDE_MEASURE && !form.is_report() => {
                    measure.value.extend(line)
                }
                _ => all.push(self.pair(info.label.0, info.label.1, line)),
            }
        }
        all.extend(self.as_of.official(self.plan, metric).map(|official| {
            let mut value = vec![self.state_piece(official.status)];
            value.extend(official.source.map(|source| self.cite(source, None, form)));
            self.pair("官方结论", "official verdict", value)
        }));
        all
    }

    fn field(&self, value: &FieldValue<'_>, form: ReadingMedium<'_>) -> Line {
        match value {
            FieldValue::Nothing => Line::new(),
            FieldValue::Line(text) => plain(*text),
            FieldValue::Text(text) => vec![Inline::Words(self.text(text))],
            FieldValue::Word(names) => {
                vec![Inline::Words(self.said(&Bilingual::new(names.zh, names.en)))]
            }
            FieldValue::Flag(is) => {
                let said = if *is { ("是", "yes") } else { ("否", "no") };
                vec![Inline::Words(self.say(said.0, said.1))]
            }
            FieldValue::Number(number) => plain(number.to_string()),
            FieldValue::Float(number) => plain(figure::rounded(*number, 6)),
            FieldValue::Count(count) => plain(count.to_string()),
            FieldValue::Year(year) => plain(year.to_string()),
            FieldValue::Moment(at) => vec![Inline::Words(self.spoken(|ui| figure::moment(*at, ui)))],
            FieldValue::Source(id) => vec![self.cite(*id, None, form)],
            FieldValue::Node(id) => {
                let node = self.plan.tree.node(*id);
                vec![Inline::Title(self.text(&node.title)), Inline::Id(node.key.to_string())]
            }
            FieldValue::Level(id) => vec![Inline::Words(self.text(&self.plan.level(*id).label))],
            FieldValue::Term(used) => vec![Inline::Title(self.text(&self.plan.term(used.term).title))],
            FieldValue::Table(row) => vec![Inline::Words(self.row(row, form))],
            FieldValue::List(values) => values.iter().flat_map(|value| self.field(value, form)).collect(),
        }
    }

    /// A table within a field, its fields behind one another: "1 first stage".
    fn row(&self, row: &FieldRow<'_>, form: ReadingMedium<'_>) -> Words {
        self.each(|one| {
            let lines = row.fields.iter().flat_map(|(_, value)| one.field(value, form));
            let parts = lines.map(|piece| in_one_language(&piece)).filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(" ")
        })
    }
}

/// The text of a piece that a reader of one language made.
fn in_one_language(piece: &Inline) -> String {
    let first = |words: &Words| words.first().map(|one| one.text.clone()).unwrap_or_default();
    match piece {
        Inline::Words(words) | Inline::Title(words) => first(words),
        Inline::Plain(text) | Inline::Id(text) | Inline::Link(text) => text.clone(),
        Inline::State(_, words) | Inline::Count(_, words, _) => first(words),
        Inline::Cite { name, .. } => first(name),
    }
}
