//! The outline with columns: what each says of a node, and how siblings are ordered by it.

use std::cmp::Ordering;

use super::PageReader;
use crate::chart::Glyphs;
use crate::chart::dial::sign;
use crate::journal::Annotations;
use crate::plan::figure::{self, rounded};
use crate::plan::metric::{Amount, Force, Kind, Metric, Value};
use crate::plan::{NodeId, State};
use crate::progress::status::severity;
use crate::progress::{JournalData, Judge, QuickVerdict, States, time};
use crate::text::columns::cols_up_to;

/// A longer unit is left to the card.
const MAX_UNIT_COLS: usize = 2;

/// A column beside the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutlineColumn {
    Baseline,
    Latest,
    /// The target of a checkpoint's year.
    Due(i16),
    /// The rule set's number.
    Pace,
    State,
    /// When anybody last reviewed it.
    Review,
    /// How many notes it has.
    Notes,
}

/// What a cell is sorted by. Cells without one come last, in either direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SortKey {
    /// A number; finite.
    Number(f64),
    Nothing,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ColumnCell {
    /// Its text; empty where there is nothing to say.
    pub text: String,
    /// Its place among siblings.
    pub key: SortKey,
    /// The state, in the column of states.
    pub state: Option<State>,
}

/// Which way siblings are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDirection {
    /// The smallest, or the worst, first.
    Rising,
    /// The greatest, or the best, first.
    Falling,
}

impl PageReader<'_> {
    /// The columns there are, in their order: one for each checkpoint of the plan.
    pub fn columns(&self) -> Vec<OutlineColumn> {
        let due = self.plan.checkpoints.iter().map(|year| OutlineColumn::Due(*year));
        let ends = [OutlineColumn::Pace, OutlineColumn::State, OutlineColumn::Review, OutlineColumn::Notes];
        [OutlineColumn::Baseline, OutlineColumn::Latest].into_iter().chain(due).chain(ends).collect()
    }

    /// A column's heading.
    pub fn column_label(&self, column: OutlineColumn) -> String {
        let ui = self.ui;
        match column {
            OutlineColumn::Baseline => ui.pick("基期", "baseline").to_owned(),
            OutlineColumn::Latest => ui.pick("现值", "latest").to_owned(),
            OutlineColumn::Due(year) => year.to_string(),
            OutlineColumn::Pace => format!("{} {}", self.rule.symbol(), self.rule.label(ui)),
            OutlineColumn::State => ui.pick("状态", "state").to_owned(),
            OutlineColumn::Review => ui.pick("上次复核", "last review").to_owned(),
            OutlineColumn::Notes => ui.pick("笔记", "notes").to_owned(),
        }
    }

    /// The cells of a node, one a column of [`PageReader::columns`].
    pub fn column_cells(&self, node: NodeId, said: Option<&Annotations>, states: &States) -> Vec<ColumnCell> {
        let found = self.judged(node, said);
        let cell = |column| self.column_cell(column, (node, said, states), found.as_ref());
        self.columns().into_iter().map(cell).collect()
    }

    /// What a node is sorted by in a column; the same as its cell's.
    pub fn column_key(
        &self,
        column: OutlineColumn,
        node: NodeId,
        said: Option<&Annotations>,
        states: &States,
    ) -> SortKey {
        let rests_on_verdict = matches!(column, OutlineColumn::Latest | OutlineColumn::Pace);
        let found = rests_on_verdict.then(|| self.judged(node, said)).flatten();
        self.column_cell(column, (node, said, states), found.as_ref()).key
    }

    fn judged(&self, node: NodeId, said: Option<&Annotations>) -> Option<QuickVerdict> {
        self.plan.tree.node(node).metric.as_ref()?;
        Judge::new(self.plan, self.rule, self.as_of).gist(node, &JournalData::of(said))
    }

    fn column_cell(
        &self,
        column: OutlineColumn,
        (node, said, states): (NodeId, Option<&Annotations>, &States),
        found: Option<&QuickVerdict>,
    ) -> ColumnCell {
        let metric = self.plan.tree.node(node).metric.as_deref();
        match column {
            OutlineColumn::Baseline => {
                self.amount_cell(metric, metric.and_then(|metric| metric.baseline.as_ref()))
            }
            OutlineColumn::Latest => found.and_then(|found| found.actual).map_or_else(empty, |reading| {
                let text = figure::told(reading.written(), 4, self.ui);
                keyed(format!("{}{text}", sign(reading.bound, Glyphs::Unicode)), reading.written())
            }),
            OutlineColumn::Due(year) => {
                self.amount_cell(metric, metric.and_then(|metric| self.target_of(metric, year)))
            }
            OutlineColumn::Pace => found.and_then(|found| found.number).map_or_else(empty, |value| {
                let (lo, hi) = (rounded(value.lo(), 2), rounded(value.hi(), 2));
                let text = if lo == hi { lo } else { format!("{lo}–{hi}") };
                keyed(text, value.lo())
            }),
            OutlineColumn::State => {
                let state = states.of(node);
                let text = state.signed(self.ui);
                // Ranks are few: exact as f64.
                let key = severity(state).map_or(SortKey::Nothing, |rank| SortKey::Number(rank as f64));
                ColumnCell { text, key, state: Some(state) }
            }
            OutlineColumn::Review => said.and_then(Annotations::reviewed_at).map_or_else(empty, |at| {
                let day = at.offset.to_datetime(at.instant).date();
                keyed(day.to_string(), time::day_years(day))
            }),
            OutlineColumn::Notes => match said.map_or(0, |said| said.notes().count()) {
                0 => empty(),
                notes => keyed(format!("✎{notes}"), notes as f64),
            },
        }
    }

    /// The visible target of a year: firm ones first, as they stand.
    fn target_of<'m>(&self, metric: &'m Metric, year: i16) -> Option<&'m Value> {
        let dated = metric.target.iter().filter(|value| !self.as_of.hides(self.plan, value));
        dated
            .filter(|value| time::year_of(value.when) == Some(year))
            .min_by_key(|value| value.force == Force::Strive)
    }

    /// A number with its bound's sign, and its unit where that is short; everything else in words.
    pub(super) fn short(&self, value: &Value, metric: &Metric) -> String {
        let (Amount::Number(number), Kind::Level, Force::Firm) = (&value.amount, value.kind, value.force)
        else {
            return figure::amount(value, metric, self.show.main(), self.ui);
        };
        let unit = metric.unit.get_or_first(self.show.main()).text;
        let unit = if cols_up_to(unit, MAX_UNIT_COLS + 1) <= MAX_UNIT_COLS { unit } else { "" };
        let figure = format!("{}{}", sign(value.bound, Glyphs::Unicode), figure::number(*number, self.ui));
        figure::with_unit(&figure, unit, self.ui)
    }

    fn amount_cell(&self, metric: Option<&Metric>, value: Option<&Value>) -> ColumnCell {
        let value = value.filter(|value| !self.as_of.hides(self.plan, value));
        let (Some(metric), Some(value)) = (metric, value) else { return empty() };
        let text = self.short(value, metric);
        let key = value.amount.number().map_or(SortKey::Nothing, |number| SortKey::Number(number.value));
        ColumnCell { text, key, state: None }
    }
}

fn empty() -> ColumnCell {
    ColumnCell { text: String::new(), key: SortKey::Nothing, state: None }
}

fn keyed(text: String, key: f64) -> ColumnCell {
    let key = if key.is_finite() { SortKey::Number(key) } else { SortKey::Nothing };
    ColumnCell { text, key, state: None }
}

/// The order of two siblings by their cells. What has nothing to sort by comes last, whichever the way; equal
/// ones stay as they stand.
pub fn compare(one: SortKey, other: SortKey, way: SortDirection) -> Ordering {
    match (one, other, way) {
        (SortKey::Number(one), SortKey::Number(other), SortDirection::Rising) => one.total_cmp(&other),
        (SortKey::Number(one), SortKey::Number(other), SortDirection::Falling) => other.total_cmp(&one),
        (SortKey::Number(_), SortKey::Nothing, _) => Ordering::Less,
        (SortKey::Nothing, SortKey::Number(_), _) => Ordering::Greater,
        (SortKey::Nothing, SortKey::Nothing, _) => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_nothing_to_sort_by_stays_last_whichever_the_way() {
        let keys = [SortKey::Nothing, SortKey::Number(2.0), SortKey::Number(1.0), SortKey::Nothing];
        let sorted = |way| {
            let mut keys = keys.to_vec();
            keys.sort_by(|one, other| compare(*one, *other, way));
            keys
        };
        let (one, two, none) = (SortKey::Number(1.0), SortKey::Number(2.0), SortKey::Nothing);
        assert_eq!(sorted(SortDirection::Rising), [one, two, none, none]);
        assert_eq!(sorted(SortDirection::Falling), [two, one, none, none]);
    }
}
