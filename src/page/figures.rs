//! The figures of a metric: what, when, how much, from where.

use super::block::{Block, Inline, Line, LineTarget, Pair, Table, Words};
use super::kinds::{AnnotationItem, ValueKind};
use super::people::moment;
use super::reader::{PageReader, ReadingMedium, pairs};
use crate::journal::fold::Observed;
use crate::journal::quote::ClaimRole;
use crate::journal::{Annotations, Author, describe};
use crate::plan::figure;
use crate::plan::metric::{Amount, Basis, Decimal, Grade, Metric, Moment, Stage, Value, When};
use crate::plan::{NodeId, Period, Plan, SourceId};
use crate::text::Text;

/// The time of a value, taken apart as the exports have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Time {
    pub year: Option<i16>,
    /// A month or a day.
    pub on: Option<Moment>,
    /// The day of an announcement without a reference time.
    pub announced: Option<Moment>,
    pub period: Option<Period>,
}

impl From<When> for Time {
    fn from(when: When) -> Self {
        match when {
            When::At(Moment::Year(year)) => Self { year: Some(year), ..Self::default() },
            When::At(on) => Self { on: Some(on), ..Self::default() },
            When::Period(start, end) => Self { period: Some(Period { start, end }), ..Self::default() },
            When::Announced(day) => Self { announced: Some(day), ..Self::default() },
            When::Undated | When::Unstated => Self::default(),
        }
    }
}

/// A figure of the plan, or of a person.
#[derive(Clone, Copy, Debug)]
pub struct ValueEntry<'p> {
    /// What it is to its metric.
    pub kind: ValueKind,
    /// The figure, in the plan's terms.
    pub value: &'p Value,
    /// Who recorded it, for one of the journal.
    pub own: Option<&'p Observed>,
}

impl<'p> ValueEntry<'p> {
    /// A figure that a person recorded.
    pub fn recorded(own: &'p Observed) -> Self {
        Self { kind: ValueKind::Observed, value: &own.value, own: Some(own) }
    }

    /// The time it refers to.
    pub fn time(&self) -> Time {
        self.value.when.into()
    }

    /// Its number, and a range's upper end.
    pub fn numbers(&self) -> (Option<Decimal>, Option<Decimal>) {
        match &self.value.amount {
            Amount::Range(from, to) => (Some(*from), Some(*to)),
            other => (other.number(), None),
        }
    }

    /// Its words, where it has no bare number.
    pub fn label(&self) -> Option<&'p Text> {
        match &self.value.amount {
            Amount::Label(label, _) => Some(label),
            _ => None,
        }
    }

    /// How far a milestone has come.
    pub fn stage(&self) -> Option<Stage> {
        match self.value.amount {
            Amount::Stage(stage) => stage,
            _ => None,
        }
    }

    /// Its grade: its own, else its source's.
    pub fn grade(&self, plan: &Plan) -> Option<Grade> {
        self.value.grade.or_else(|| self.value.source.and_then(|id| plan.source(id).grade))
    }

    /// Where a person found it, in their own words, where the plan has no such source.
    pub fn source_words(&self) -> Option<&'p str> {
        let own = self.own.filter(|_| self.value.source.is_none())?;
        own.figure.source.as_deref()
    }

    /// The id of its source, or a person's own words for it. Not made safe for any output yet.
    pub fn source(&self, plan: &'p Plan) -> Option<&'p str> {
        let id = |id: SourceId| &*plan.source(id).id;
        self.value.source.map(id).or_else(|| self.own.and_then(|own| own.figure.source.as_deref()))
    }

    pub fn by(&self) -> Option<&'p Author> {
        self.own.map(|own| &own.by)
    }
}

/// The headings of a table of figures.
const COLUMNS: [(&str, &str); 7] = [
    ("类别", "Kind"),
    ("时间", "Time"),
    ("数值", "Value"),
    ("来源", "Source"),
    ("等级", "Grade"),
    ("依据", "Basis"),
    ("说明", "Remark"),
];

impl<'p> PageReader<'p> {
    /// The figures that are known on its day: baseline, actual values, targets, others' values, then those
    /// that people recorded.
    pub fn values<'a>(&self, metric: &'a Metric, said: Option<&'a Annotations>) -> Vec<ValueEntry<'a>> {
        let of = |kind, values: &'a [Value]| values.iter().map(move |value| (kind, value));
        let baseline = metric.baseline.iter().map(|value| (ValueKind::Baseline, value));
        let plans = baseline
            .chain(of(ValueKind::Observed, &metric.observed))
            .chain(of(ValueKind::Target, &metric.target))
            .chain(of(ValueKind::Comparator, &metric.comparators))
            .filter(|(_, value)| !self.as_of.hides(self.plan, value))
            .map(|(kind, value)| ValueEntry { kind, value, own: None });
        let recorded = said.into_iter().flat_map(Annotations::values).map(ValueEntry::recorded);
        let targets = said.into_iter().flat_map(|said| said.claims(ClaimRole::Target));
        let taken = |own: &'a Observed| ValueEntry { kind: ValueKind::Target, ..ValueEntry::recorded(own) };
        plans.chain(recorded).chain(targets.map(taken)).collect()
    }

    /// Figures as a table in a report, else as rows that hang from what they are.
    pub fn figures(&self, metric: &Metric, values: &[ValueEntry<'_>], form: ReadingMedium<'_>) -> Vec<Block> {
        if values.is_empty() {
            return Vec::new();
        }
        if !form.is_report() {
            return pairs(values.iter().map(|entry| self.figure(metric, entry)).collect());
        }
        let columns = COLUMNS.map(|(zh, en)| self.say(zh, en)).into();
        let rows = values.iter().map(|entry| self.figure_row(metric, entry, form)).collect();
        vec![Block::Table(Table::new(columns, rows).with_figures(&[2]))]
    }

    /// How much a figure says.
    pub fn amount(&self, metric: &Metric, value: &Value) -> Words {
        self.each(|one| figure::amount(value, metric, one.show.main(), one.ui))
    }

    /// A figure on a screen, which hangs from what it is.
    pub(super) fn figure(&self, metric: &Metric, entry: &ValueEntry<'_>) -> Pair {
        let value = entry.value;
        let said = self.each(|one| {
            let amount = figure::amount(value, metric, one.show.main(), one.ui);
            match figure::when(value.when, one.ui) {
                when if when.is_empty() => amount,
                when => format!("{when}  {amount}"),
            }
        });
        let label = self.label(entry.kind);
        let pair = Pair::new(label, vec![Inline::Words(said)]).and(self.grounds(entry));
        match entry.own {
            Some(own) => pair.to(LineTarget::Item(AnnotationItem::Value(own.id.clone()))),
            None => pair,
        }
    }

    /// Where a figure comes from and how sure it is: who recorded it, source, place and grade, other sources
    /// that repeat it, how it is known, the note.
    fn grounds(&self, entry: &ValueEntry<'_>) -> Line {
        let value = entry.value;
        let mut line: Line = Vec::new();
        line.extend(entry.by().map(|by| Inline::Plain(by.as_str().to_owned())));
        let own = entry.own.filter(|_| value.source.is_none());
        let place = own.and(value.at.as_deref());
        let grade = own.map_or_else(|| entry.grade(self.plan), |own| own.figure.grade);
        let graded = |place: Option<&str>| {
            let grade = grade.map(|grade| format!("[{}]", grade.word()));
            let parts: Vec<String> = place.map(str::to_owned).into_iter().chain(grade).collect();
            Some(parts.join(" ")).filter(|text| !text.is_empty())
        };
        if value.source.is_none() {
            let words = entry.source_words().map(|words| match place {
                Some(place) => format!("{words} {place}"),
                None => words.to_owned(),
            });
            line.extend(graded(words.as_deref()).map(Inline::Plain));
        }
        line.extend(value.whose.as_ref().map(|whose| Inline::Words(self.text(whose))));
        line.extend(
            value.source.map(|source| {
                self.cite(source, graded(value.at.as_deref()).as_deref(), ReadingMedium::Screen)
            }),
        );
        line.extend(value.also.iter().map(|source| {
            Inline::Words(
                self.each(|one| format!("{}{}", one.ui.pick("另见 ", "also "), one.source(*source))),
            )
        }));
        line.extend(self.known(value.basis));
        line.extend(self.dated(value));
        line.extend(value.note.as_ref().map(|note| Inline::Words(self.text(note))));
        line
    }

    /// What people took from documents that contradicts a value of a node or repeats one.
    pub(super) fn claims(&self, node: NodeId, said: Option<&Annotations>) -> Vec<Pair> {
        let metric = self.plan.tree.node(node).metric.as_deref();
        let pair = |role: ClaimRole, own: &Observed| {
            let entry = ValueEntry::recorded(own);
            let label = self.label(role);
            match metric {
                Some(metric) => Pair { label, ..self.figure(metric, &entry) },
                None => {
                    let figure = Inline::Words(self.spoken(|ui| describe::figure(&own.figure, ui)));
                    Pair::new(label, vec![figure]).and(self.grounds(&entry))
                }
            }
        };
        let of =
            |role| said.into_iter().flat_map(move |said| said.claims(role)).map(move |own| pair(role, own));
        [ClaimRole::Conflict, ClaimRole::SameValue].into_iter().flat_map(of).collect()
    }

    /// How the time of a figure is known, and when it was published.
    fn dated(&self, value: &Value) -> Line {
        let how = (value.when_basis != Basis::Stated).then(|| {
            Inline::Words(self.each(|one| {
                let basis = one.basis(value.when_basis);
                one.ui.pick(format!("时间{basis}"), format!("time {basis}"))
            }))
        });
        let published = value.published.map(|day| {
            Inline::Words(self.spoken(|ui| ui.pick(format!("发布 {day}"), format!("published {day}"))))
        });
        how.into_iter().chain(published).collect()
    }

    fn figure_row(&self, metric: &Metric, entry: &ValueEntry<'_>, form: ReadingMedium<'_>) -> Vec<Line> {
        let value = entry.value;
        let words = |words| vec![Inline::Words(words)];
        let grade = entry.grade(self.plan);
        vec![
            words(self.label(entry.kind)),
            words(self.spoken(|ui| figure::when(value.when, ui))),
            words(self.amount(metric, value)),
            self.found_in(entry, form),
            grade.map(|grade| Inline::Plain(grade.word().to_owned())).into_iter().collect(),
            words(self.each(|one| one.basis(value.basis).to_owned())),
            self.remark(entry),
        ]
    }

    /// Where a figure stands: its source and those that repeat it, or a person's own words.
    pub fn found_in(&self, entry: &ValueEntry<'_>, form: ReadingMedium<'_>) -> Line {
        let value = entry.value;
        let mut line: Line = Vec::new();
        line.extend(value.source.map(|source| self.cite(source, value.at.as_deref(), form)));
        line.extend(entry.source_words().map(|words| Inline::Plain(words.to_owned())));
        if !value.also.is_empty() {
            line.push(Inline::Words(self.say("另见", "also")));
            line.extend(value.also.iter().map(|source| self.cite(*source, None, form)));
        }
        line
    }

    fn remark(&self, entry: &ValueEntry<'_>) -> Line {
        let value = entry.value;
        let mut line: Line = Vec::new();
        line.extend(value.whose.as_ref().map(|whose| Inline::Words(self.text(whose))));
        line.extend(self.dated(value));
        line.extend(value.note.as_ref().map(|note| Inline::Words(self.text(note))));
        if let Some(own) = entry.own {
            line.push(Inline::Plain(own.by.as_str().to_owned()));
            line.push(Inline::Plain(moment(own.at)));
            line.push(Inline::Id(own.id.to_string()));
        }
        line
    }

    /// Values recorded on a node that has left the plan, whose unit nobody knows any more.
    pub(super) fn lone_values(&self, said: &Annotations, form: ReadingMedium<'_>) -> Vec<Block> {
        let lone = |own: &Observed| {
            let figure = Inline::Words(self.spoken(|ui| describe::figure(&own.figure, ui)));
            let source = own.figure.source.as_deref().map(|source| Inline::Plain(source.to_owned()));
            let grade = own.figure.grade.map(Grade::word);
            (figure, source, grade, Inline::Plain(own.by.as_str().to_owned()))
        };
        if form.is_report() {
            let block = |own: &Observed| {
                let (figure, source, grade, by) = lone(own);
                let grade = grade.map(|grade| Inline::Plain(grade.to_owned()));
                let line = std::iter::once(figure).chain(source).chain(grade).chain([by]);
                let own = [Inline::Plain(moment(own.at)), Inline::Id(own.id.to_string())];
                Block::Paragraph(line.chain(own).collect())
            };
            return said.values().map(block).collect();
        }
        let pair = |own: &Observed| {
            let (figure, source, grade, by) = lone(own);
            let grade = grade.map(|grade| Inline::Plain(format!("[{grade}]")));
            let more = std::iter::once(by).chain(source).chain(grade).collect();
            let label = self.label(ValueKind::Observed);
            Pair::new(label, vec![figure])
                .and(more)
                .to(LineTarget::Item(AnnotationItem::Value(own.id.clone())))
        };
        pairs(said.values().map(pair).collect())
    }
}
