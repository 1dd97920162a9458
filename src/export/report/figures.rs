//! The figures of a metric in words, as rows.

use super::{Block, Line, Piece, Report, Table};
use crate::export::document::{NodeEntry, ValueEntry};
use crate::plan::figure;
use crate::plan::metric::{Basis, Metric};

impl<'p> Report<'_, 'p> {
    /// The metric's own details, and a row a figure.
    pub(in crate::export) fn value_blocks(&self, entry: &NodeEntry<'p>) -> Vec<Block> {
        let Some(metric) = entry.metric() else { return Vec::new() };
        let mut pairs = Vec::new();
        pairs.extend(
            metric.base.as_ref().map(|base| self.pair("基数", "base", vec![Piece::Words(self.text(base))])),
        );
        let scene = &self.document.scene;
        pairs.extend(scene.judge.as_of.official(scene.plan, metric).map(|official| {
            let mut value = vec![self.state_piece(official.status)];
            value.extend(official.source.map(|source| self.cite(source, None)));
            self.pair("官方结论", "official verdict", value)
        }));
        if !metric.breaks.is_empty() {
            let years: Vec<String> = metric.breaks.iter().map(ToString::to_string).collect();
            pairs.push(self.pair("口径变化", "series breaks", vec![Piece::Plain(years.join(" · "))]));
        }
        let mut blocks = Vec::new();
        if !pairs.is_empty() {
            blocks.push(Block::Pairs(pairs));
        }
        let rows: Vec<Vec<Line>> = entry.values.iter().map(|value| self.value_row(metric, value)).collect();
        if !rows.is_empty() {
            let columns = [
                ("类别", "Kind"),
                ("时间", "Time"),
                ("数值", "Value"),
                ("来源", "Source"),
                ("等级", "Grade"),
                ("依据", "Basis"),
                ("说明", "Remark"),
            ];
            let columns = columns.map(|(zh, en)| self.say(zh, en)).into();
            blocks.push(Block::Table(Table::new(columns, rows)));
        }
        blocks
    }

    fn value_row(&self, metric: &'p Metric, entry: &ValueEntry<'p>) -> Vec<Line> {
        let value = entry.value;
        let words = |words| vec![Piece::Words(words)];
        let amount = self.each(|reader| figure::amount(value, metric, reader.show.main(), reader.ui));
        let grade = entry.grade(self.document.plan());
        vec![
            words(self.spoken(|ui| entry.kind.label(ui).to_owned())),
            words(self.spoken(|ui| figure::when(value.when, ui))),
            words(amount),
            self.found_in(entry),
            grade.map(|grade| Piece::Plain(grade.word().to_owned())).into_iter().collect(),
            words(self.each(|reader| reader.basis(value.basis).to_owned())),
            self.remark(entry),
        ]
    }

    /// Where a figure stands: its source and those that repeat it, or a person's own words.
    pub(in crate::export) fn found_in(&self, entry: &ValueEntry<'p>) -> Line {
        let value = entry.value;
        let mut line: Line = Vec::new();
        line.extend(value.source.map(|source| self.cite(source, value.at.as_deref())));
        line.extend(entry.source_words().map(|words| Piece::Plain(words.to_owned())));
        if !value.also.is_empty() {
            line.push(Piece::Words(self.say("另见", "also")));
            line.extend(value.also.iter().map(|source| self.cite(*source, None)));
        }
        line
    }

    fn remark(&self, entry: &ValueEntry<'p>) -> Line {
        let value = entry.value;
        let mut line: Line = Vec::new();
        line.extend(value.whose.as_ref().map(|whose| Piece::Words(self.text(whose))));
        if value.when_basis != Basis::Stated {
            let how = self.each(|reader| {
                let basis = reader.basis(value.when_basis);
                reader.ui.pick(format!("时间{basis}"), format!("time {basis}"))
            });
            line.push(Piece::Words(how));
        }
        line.extend(value.published.map(|day| {
            Piece::Words(self.spoken(|ui| ui.pick(format!("发布 {day}"), format!("published {day}"))))
        }));
        line.extend(value.note.as_ref().map(|note| Piece::Words(self.text(note))));
        if let Some(own) = entry.own {
            line.push(Piece::Plain(own.by.as_str().to_owned()));
            line.push(Piece::Plain(super::people::moment(own.at)));
            line.push(Piece::Id(own.id.to_string()));
        }
        line
    }
}
