//! A value a row, tidy: for analysis.

use super::Shape::{Each, One};
use super::{Cell, Group, Tables};
use crate::export::document::{NodeEntry, Time, ValueEntry};
use crate::journal::event::Reading;
use crate::journal::fold::{Home, Observed};
use crate::plan::metric::{Decimal, Force, Grade, Kind, Stage, When};

const WHAT: &Group = &[("node", One(36)), ("title", Each(44)), ("kind", One(11)), ("whose", Each(14))];

const TIME: &Group = &[
    ("year", One(7)),
    ("on", One(12)),
    ("announced", One(12)),
    ("period_start", One(12)),
    ("period_end", One(12)),
    ("undated", One(9)),
    ("published", One(12)),
];

const AMOUNT: &Group = &[
    ("value", One(12)),
    ("to", One(12)),
    ("label", Each(16)),
    ("stage", One(11)),
    ("bound", One(10)),
    ("increment", One(10)),
    ("force", One(8)),
    ("unit", Each(8)),
];

const FROM: &Group = &[
    ("source", One(18)),
    ("source_title", Each(36)),
    ("source_words", One(24)),
    ("also", One(18)),
    ("at", One(12)),
    ("grade", One(7)),
    ("basis", One(10)),
    ("when_basis", One(11)),
    ("note", Each(36)),
    ("by", One(12)),
    ("recorded_at", One(26)),
    ("record", One(16)),
];

pub(super) const GROUPS: &[&Group] = &[WHAT, TIME, AMOUNT, FROM];

fn number(value: Option<Decimal>) -> Cell {
    value.map_or(Cell::Nothing, Cell::Number)
}

fn time(when: When) -> Vec<Cell> {
    let Time { year, on, announced, period } = Time::from(when);
    let moment = |at| Option::map_or(at, Cell::Nothing, Cell::Moment);
    vec![
        year.and_then(|year| u64::try_from(year).ok()).map_or(Cell::Nothing, Cell::Count),
        moment(on),
        moment(announced),
        moment(period.map(|period| period.start)),
        moment(period.map(|period| period.end)),
        Cell::yes(when == When::Undated),
    ]
}

impl<'p> Tables<'_, 'p> {
    pub(super) fn value(&self, entry: &NodeEntry<'p>, figure: &ValueEntry<'p>) -> Vec<Cell> {
        let (plan, value) = (self.document.plan(), figure.value);
        let mut row = vec![Cell::line(entry.node.key.as_str())];
        row.extend(self.each(Some(&entry.node.title)));
        row.push(Cell::line(figure.kind.word()));
        row.extend(self.each(value.whose.as_deref()));
        row.extend(time(value.when));
        row.push(value.published.map_or(Cell::Nothing, Cell::Moment));
        let (first, second) = figure.numbers();
        row.extend([number(first), number(second)]);
        row.extend(self.each(figure.label()));
        row.extend([
            Cell::word(figure.stage().map(Stage::word)),
            Cell::line(value.bound.word()),
            Cell::yes(value.kind == Kind::Increment),
            Cell::line(if value.force == Force::Strive { "strive" } else { "firm" }),
        ]);
        row.extend(self.each(entry.metric().map(|metric| &metric.unit)));
        row.push(Cell::optional_line(value.source.map(|id| &*plan.source(id).id)));
        row.extend(self.each(value.source.map(|id| &plan.source(id).title)));
        row.extend([
            Cell::optional_line(figure.source_words()),
            Cell::joined(value.also.iter().map(|id| &*plan.source(*id).id)),
            Cell::optional_line(value.at.as_deref()),
            Cell::word(figure.grade(plan).map(Grade::word)),
            Cell::line(value.basis.word()),
            Cell::line(value.when_basis.word()),
        ]);
        row.extend(self.each(value.note.as_deref()));
        row.extend(recorded(figure.own));
        row
    }

    /// A figure whose metric has left the plan.
    pub(super) fn lone_value(&self, home: &Home, own: &Observed) -> Vec<Cell> {
        let figure = &own.figure;
        let (first, second, label, stage) = match &figure.reading {
            Reading::Number(value) => (Some(*value), None, None, None),
            Reading::Range(from, to) => (Some(*from), Some(*to), None, None),
            Reading::Label(label) => (None, None, Some(&**label), None),
            Reading::Stage(stage) => (None, None, None, Some(stage.word())),
        };
        let nothing = || self.langs.iter().map(|_| Cell::Nothing);
        let mut row = vec![Cell::line(&home.name)];
        row.extend(nothing());
        row.push(Cell::line("observed"));
        row.extend(nothing());
        row.extend(time(figure.when));
        row.extend([Cell::Nothing, number(first), number(second)]);
        row.extend(self.langs.iter().map(|_| Cell::optional_line(label)));
        row.extend([Cell::word(stage), Cell::line(figure.bound.word()), Cell::Nothing, Cell::line("firm")]);
        row.extend(nothing().chain([Cell::Nothing]).chain(nothing()));
        row.extend([Cell::optional_line(figure.source.as_deref()), Cell::Nothing, Cell::Nothing]);
        row.extend([Cell::word(figure.grade.map(Grade::word)), Cell::line("stated"), Cell::line("stated")]);
        row.extend(nothing());
        row.extend(recorded(Some(own)));
        row
    }
}

/// Who recorded it, when, and its id.
fn recorded(own: Option<&Observed>) -> [Cell; 3] {
    let Some(own) = own else { return Default::default() };
    [Cell::line(own.by.as_str()), Cell::At(own.at), Cell::line(&own.id)]
}
