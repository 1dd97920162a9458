//! A node a row: for people, who filter and sort, and for programs that want one line a node.

use super::ColumnShape::{Each, One};
use super::fields::UnnamedField;
use super::{ColumnGroup, ColumnShape, TableCell, Tables};
use crate::export::document::{EntryReason, LinkEntry, NodeEntry, NodeTie, ValueEntry};
use crate::export::json::rounded;
use crate::journal::Annotations;
use crate::journal::fold::NodeRecords;
use crate::page::ValueKind;
use crate::page::block::Pair;
use crate::plan::State;
use crate::plan::fields::metric::METRIC;
use crate::plan::fields::node::NODE;
use crate::plan::figure;
use crate::plan::metric::{Metric, Value, When};
use crate::progress::Turn;
use crate::progress::promise::Promise;
use crate::progress::series::Reading;
use crate::text::Ui;
use crate::text::clean::many_lines;

const NAME: &ColumnGroup = &[
    ("id", One(36)),
    ("parent", One(28)),
    ("depth", One(7)),
    ("part", One(8)),
    ("role", One(8)),
    ("level", One(12)),
    ("level_name", One(26)),
    ("title", Each(44)),
];

const STATE: &ColumnGroup = &[("state", One(18)), ("state_words", One(26))];

const VERDICT: &ColumnGroup = &[
    ("computed", One(18)),
    ("why", One(48)),
    ("flags", One(18)),
    ("rule", One(8)),
    ("pace", One(10)),
    ("pace_to", One(10)),
    ("progress_share", One(10)),
    ("progress_share_to", One(10)),
    ("time_share", One(10)),
    ("time_share_to", One(10)),
    ("landing", One(10)),
    ("landing_to", One(10)),
];

const PEOPLE: &ColumnGroup = &[
    ("status", One(18)),
    ("status_words", One(26)),
    ("reason", One(36)),
    ("status_by", One(12)),
    ("status_at", One(26)),
    ("progress", One(9)),
    ("progress_by", One(12)),
    ("disputed", One(9)),
    ("authors", One(36)),
    ("starred", One(8)),
    ("own_tags", One(16)),
    ("reviewed_at", One(26)),
    ("own_breaks", One(14)),
    ("notes_count", One(8)),
    ("notes", One(48)),
];

const FIGURES: &ColumnGroup = &[
    ("measure", One(12)),
    ("unit", Each(8)),
    ("direction", One(10)),
    ("stat", One(12)),
    ("baseline", One(24)),
    ("baseline_value", One(12)),
    ("baseline_when", One(20)),
    ("latest", One(24)),
    ("latest_value", One(12)),
    ("latest_when", One(20)),
    ("target", One(24)),
    ("target_value", One(12)),
    ("target_when", One(20)),
    ("actual_values", One(36)),
    ("targets", One(36)),
    ("comparators", One(36)),
    ("metric_details", One(24)),
];

/// The first of [`FIGURES`], which are fields of the metric.
const MEANING: usize = 4;

const TIES: &ColumnGroup = &[
    ("serves", One(16)),
    ("serves_through_parent", One(16)),
    ("served_by", One(16)),
    ("part_of", One(16)),
    ("links", One(36)),
];

/// Fields of the node.
const OWN: &ColumnGroup =
    &[("tags", One(16)), ("aliases", One(12)), ("attribute", One(12)), ("summary", Each(48))];

const REST: &ColumnGroup = &[
    ("about", One(36)),
    ("conflicts", One(36)),
    ("terms", One(36)),
    ("evidence", One(36)),
    ("leaves", One(8)),
    ("assessed", One(9)),
    ("worst", One(28)),
    ("by_state", One(30)),
];

/// What can be said without a target, and whose promise it is.
pub(super) const STANDING: &ColumnGroup = &[
    ("commitment", One(14)),
    ("trend", One(10)),
    ("trend_change", One(12)),
    ("trend_per_year", One(12)),
    ("trend_from", One(20)),
    ("trend_to", One(20)),
    ("distances", One(36)),
];

pub(super) const GROUPS: &[&ColumnGroup] = &[NAME, STATE, VERDICT, PEOPLE, FIGURES, TIES, OWN, REST];

/// The fields of nodes, and those of metrics, that no column names. `actual_values` has what is observed.
pub(super) fn rest() -> (Vec<UnnamedField>, Vec<UnnamedField>) {
    let named =
        |key: &str| key == "observed" || GROUPS.iter().copied().flatten().any(|(column, _)| *column == key);
    (UnnamedField::of(&NODE, named), UnnamedField::of(&METRIC, named))
}

impl<'p> Tables<'_, 'p> {
    pub(super) fn node(&self, entry: &NodeEntry<'p>) -> Vec<TableCell> {
        let mut row = self.name(entry);
        row.extend(self.state(Some(entry.state)));
        if self.document.part(entry.id) == EntryReason::Context {
            row.extend(
                [VERDICT, PEOPLE, FIGURES, TIES, OWN, REST].into_iter().flat_map(|group| self.blank(group)),
            );
            row.extend(self.more(None));
            row.extend(self.blank(STANDING));
            return row;
        }
        row.extend(self.verdict(entry));
        row.extend(entry.said.map_or_else(|| self.blank(PEOPLE), |said| self.people(said)));
        row.extend(entry.metric().map_or_else(|| self.blank(FIGURES), |metric| self.figures(entry, metric)));
        row.extend(self.ties(entry));
        row.extend(self.details(entry));
        row.extend(self.more(Some(entry)));
        row.extend(self.standing(entry));
        row
    }

    /// The fields that no column names.
    fn more(&self, entry: Option<&NodeEntry<'p>>) -> Vec<TableCell> {
        let (plan, as_of) = (self.document.plan(), self.document.scene.judge.as_of);
        let metric = entry.and_then(NodeEntry::metric);
        // A verdict of a source that came later is not known yet.
        let known =
            |key: &str| metric.filter(|metric| key != "official" || as_of.official(plan, metric).is_some());
        let mut row = self.rest(&self.more.nodes, &NODE, |_| entry.map(|entry| entry.node));
        row.extend(self.rest(&self.more.metrics, &METRIC, known));
        row
    }

    /// What has left the plan: what people said of it, and its id.
    pub(super) fn orphan(&self, home: &NodeRecords) -> Vec<TableCell> {
        let mut row = self.blank(NAME);
        row[0] = TableCell::line(&home.name);
        row[3] = TableCell::line("orphan");
        row.extend([STATE, VERDICT].into_iter().flat_map(|group| self.blank(group)));
        row.extend(self.people(&home.annotations));
        row.extend([FIGURES, TIES, OWN, REST].into_iter().flat_map(|group| self.blank(group)));
        row.extend(self.more(None));
        row.extend(self.blank(STANDING));
        row
    }

    fn name(&self, entry: &NodeEntry<'p>) -> Vec<TableCell> {
        let (plan, node) = (self.document.plan(), entry.node);
        let part = match self.document.part(entry.id) {
            EntryReason::Whole => "whole",
            EntryReason::Context => "above",
        };
        let mut row = vec![
            TableCell::line(node.key.as_str()),
            TableCell::optional_line(node.parent.map(|up| plan.tree.node(up).key.as_str())),
            TableCell::Count(u64::from(plan.tree.level_depth(entry.id))),
            TableCell::line(part),
            TableCell::line(node.role.word()),
            TableCell::line(&entry.level.id),
            TableCell::line(&self.plain.words(&self.report.reader().text(&entry.level.label))),
        ];
        row.extend(self.each(Some(&node.title)));
        row
    }

    /// A state as the word of the files, and as glyph and words; both empty where nobody judged.
    fn state(&self, state: Option<State>) -> [TableCell; 2] {
        let state = state.filter(|state| *state != State::NotJudged);
        let words = |state: State| {
            let words = self.report.reader().state(state);
            let sign = words.sign(state);
            // A sign of other languages may be one that a spreadsheet takes for the beginning of a formula.
            let text = if sign == state.glyph() {
                self.plain.signed(state, &words)
            } else {
                self.plain.words(&words)
            };
            TableCell::line(&text)
        };
        [TableCell::word(state.map(State::word)), state.map_or(TableCell::Nothing, words)]
    }

    fn verdict(&self, entry: &NodeEntry<'p>) -> Vec<TableCell> {
        let Some(found) = &entry.assessment else { return self.blank(VERDICT) };
        let mut row = vec![
            TableCell::line(found.state.word()),
            TableCell::line(&self.plain.words(&self.report.reader().said(&found.why))),
            TableCell::joined(found.flags.iter().map(|flag| flag.word())),
            TableCell::line(found.rule.word()),
        ];
        let numbers = [found.pace, found.progress_share, found.time_share, found.landing];
        row.extend(numbers.into_iter().flat_map(TableCell::ends));
        row
    }

    fn standing(&self, entry: &NodeEntry<'p>) -> Vec<TableCell> {
        let mut row = vec![TableCell::word(entry.commitment.map(Promise::word))];
        let found = entry.assessment.as_ref();
        let number = |number: f64| TableCell::Computed(rounded(number));
        let when = |reading: &Reading| TableCell::line(&figure::when(reading.when, Ui::En));
        match found.and_then(|found| found.trend.as_ref()) {
            Some(trend) => row.extend([
                TableCell::word(trend.turn.map(Turn::word)),
                number(trend.change),
                number(trend.per_year),
                when(&trend.first),
                when(&trend.last),
            ]),
            None => row.extend(std::iter::repeat_n(TableCell::Nothing, 5)),
        }
        let distances = found.iter().flat_map(|found| &found.distances);
        let known = distances.filter_map(|own| {
            let other = entry.metric()?.comparators.get(own.comparator)?;
            let whose = other.whose.as_deref().map(|whose| self.report.reader().text(whose));
            let whose = whose.map(|whose| self.plain.words(&whose) + self.plain.colon()).unwrap_or_default();
            Some(format!("{whose}{}", rounded(own.difference?)))
        });
        row.push(TableCell::lines(&known.collect::<Vec<_>>().join("\n")));
        row
    }

    fn people(&self, said: &Annotations) -> Vec<TableCell> {
        let verdict = said.verdict();
        let share = said.share();
        let mut row = self.state(verdict.map(|(_, verdict)| verdict.status)).to_vec();
        let authors = said.authors().map(|author| self.plain.row(&self.report.reader().author(author)));
        let breaks = said.breaks().iter().map(|cut| format!("{} {}", cut.moment, cut.by.as_str()));
        let breaks: Vec<String> = breaks.collect();
        let notes = said.notes().map(|note| {
            let block = self.report.reader().note(note, self.report.form());
            format!(
                "{}{}{}",
                self.plain.line(&block.whole_head()),
                self.plain.colon(),
                many_lines(&block.text)
            )
        });
        row.extend([
            verdict
                .and_then(|(_, verdict)| verdict.reason.as_deref())
                .map_or(TableCell::Nothing, TableCell::lines),
            TableCell::optional_line(verdict.map(|(by, _)| by.as_str())),
            verdict.map_or(TableCell::Nothing, |(_, verdict)| TableCell::At(verdict.at)),
            share.map_or(TableCell::Nothing, |(_, share)| TableCell::Count(u64::from(share.progress))),
            TableCell::optional_line(share.map(|(by, _)| by.as_str())),
            TableCell::yes(said.is_disputed()),
            TableCell::lines(&authors.collect::<Vec<_>>().join("\n")),
            TableCell::yes(said.is_starred()),
            TableCell::joined(said.tags().map(AsRef::as_ref)),
            said.reviewed_at().map_or(TableCell::Nothing, TableCell::At),
            TableCell::joined(breaks.iter().map(String::as_str)),
            TableCell::count(said.notes().count()),
            TableCell::lines(&notes.collect::<Vec<_>>().join("\n\n")),
        ]);
        row
    }

    fn figures(&self, entry: &NodeEntry<'p>, metric: &'p Metric) -> Vec<TableCell> {
        let found = entry.assessment.as_ref();
        let of = |reading: Option<Reading>| Some(reading?.origin.written(metric, entry.said)?.value());
        let hidden = |value: &&Value| self.document.scene.judge.as_of.hides(self.document.plan(), value);
        let baseline = metric.baseline.as_ref().filter(|value| !hidden(value));
        let field = |(key, shape): &(&str, ColumnShape)| self.field(&METRIC, key, metric, *shape);
        let mut row: Vec<TableCell> = FIGURES.iter().take(MEANING).flat_map(field).collect();
        let latest = of(found.and_then(|found| found.actual));
        let target = of(found.and_then(|found| found.target));
        row.extend([baseline, latest, target].into_iter().flat_map(|value| self.figure(metric, value)));
        let all = |kind: ValueKind| {
            let of_kind = entry.values.iter().filter(|value| value.kind == kind);
            TableCell::lines(&of_kind.map(|value| self.told(metric, value)).collect::<Vec<_>>().join("\n"))
        };
        row.extend([ValueKind::Observed, ValueKind::Target, ValueKind::Comparator].map(all));
        let details = self.report.reader().metric_details(metric, self.report.form());
        row.push(TableCell::lines(&self.plain.pairs(&details)));
        row
    }

    /// A figure in words, as a number, and its time.
    fn figure(&self, metric: &'p Metric, value: Option<&'p Value>) -> [TableCell; 3] {
        let Some(value) = value else { return Default::default() };
        let words = self.report.reader().amount(metric, value);
        let when = match value.when {
            When::At(at) => TableCell::Moment(at),
            other => {
                TableCell::line(&self.plain.words(&self.report.reader().spoken(|ui| figure::when(other, ui))))
            }
        };
        [
            TableCell::line(&self.plain.words(&words)),
            value.amount.number().map_or(TableCell::Nothing, TableCell::Number),
            when,
        ]
    }

    /// A figure with its time and where it stands: `more than 96 % (announced 2025-10-20) [late]`.
    fn told(&self, metric: &'p Metric, entry: &ValueEntry<'p>) -> String {
        let value = entry.value;
        let words = self.report.reader().amount(metric, value);
        let when = self.report.reader().spoken(|ui| figure::when(value.when, ui));
        let whose = value
            .whose
            .as_ref()
            .map(|whose| self.plain.words(&self.report.reader().text(whose)) + self.plain.colon());
        let by = entry.by().map(|by| format!(" · {}", crate::text::clean::one_line(by.as_str())));
        let found = self.plain.line(&self.report.reader().found_in(entry, self.report.form()));
        format!(
            "{}{} ({}) {found}{}",
            whose.unwrap_or_default(),
            self.plain.words(&words),
            self.plain.words(&when),
            by.unwrap_or_default()
        )
        .trim_end()
        .to_owned()
    }

    fn ties(&self, entry: &NodeEntry<'p>) -> Vec<TableCell> {
        let tree = &self.document.plan().tree;
        let ids = |tie: NodeTie| {
            TableCell::joined(entry.links_of(tie).map(|link: &LinkEntry<'_>| tree.node(link.to).key.as_str()))
        };
        let mut row = [NodeTie::Serves, NodeTie::ServesThroughParent, NodeTie::ServedBy, NodeTie::PartOf]
            .map(ids)
            .to_vec();
        // The parent has a column of its own, and what serves it may be thousands.
        let told: Vec<Pair> = self.report.reader().links(entry.id, self.document.depth(entry.id) == 0);
        row.push(TableCell::lines(&self.plain.pairs(&told)));
        row
    }

    fn details(&self, entry: &NodeEntry<'p>) -> Vec<TableCell> {
        let node = entry.node;
        let pairs = |pairs: Vec<Pair>| TableCell::lines(&self.plain.pairs(&pairs));
        let field = |(key, shape): &(&str, ColumnShape)| self.field(&NODE, key, node, *shape);
        let mut row: Vec<TableCell> = OWN.iter().flat_map(field).collect();
        row.extend([
            pairs(self.report.reader().about(entry.id)),
            pairs(self.report.reader().conflicts(entry.id, self.report.form())),
            pairs(self.report.reader().terms(entry.id, self.report.form())),
            pairs(self.report.reader().evidence(entry.id, self.report.form())),
        ]);
        let Some(rollup) = &entry.rollup else {
            row.extend([TableCell::Nothing, TableCell::Nothing, TableCell::Nothing, TableCell::Nothing]);
            return row;
        };
        let states: Vec<String> =
            rollup.by_state.iter().map(|(state, count)| format!("{} {count}", state.word())).collect();
        row.extend([
            TableCell::Count(u64::from(rollup.leaves)),
            TableCell::Count(u64::from(rollup.assessed)),
            TableCell::optional_line(rollup.worst.map(|id| self.document.plan().tree.node(id).key.as_str())),
            TableCell::joined(states.iter().map(String::as_str)),
        ]);
        row
    }
}
