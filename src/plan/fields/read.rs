//! Reading by the declarations: a parser gives values at their places ([`Input`]), the declarations say where
//! they go.

use super::{Field, FieldKind, FieldTable, Presence};
use crate::plan::diagnostic::trouble::ExpectedValue;
use crate::plan::input::{Input, Known, LineForm};

impl<R, T> Known for FieldTable<R, T> {
    fn find(&self, key: &str) -> Option<usize> {
        let mut before = 0;
        for group in self.fields {
            for (at, field) in group.iter().enumerate() {
                if field.info.key == key {
                    return Some(before + at);
                }
            }
            before += group.len();
        }
        None
    }

    fn key(&self, at: usize) -> &'static str {
        self.at(at).map_or("", |field| field.info.key)
    }

    fn keys(&self) -> Vec<&'static str> {
        self.fields().map(|field| field.info.key).collect()
    }
}

/// The fields of a table that a file gave and that could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct GivenFields(u64);

impl GivenFields {
    pub fn add(&mut self, at: usize) {
        self.0 |= 1 << at;
    }

    fn has(self, at: usize) -> bool {
        self.0 & (1 << at) != 0
    }
}

impl<R, T> FieldTable<R, T> {
    /// Reads one; `None`, with the reason reported, where it is no table or lacks what it cannot be kept
    /// without.
    pub fn read(&self, input: &mut dyn Input) -> Option<R> {
        if let (Some(short), Some(name)) = (self.short, input.bare()) {
            return Some(short(name));
        }
        let mut raw = (self.blank)();
        let mut given = GivenFields::default();
        let is_table = input.table(self.heading, self.want, self, &mut |at, input| {
            if self.take(at, input, &mut raw) {
                given.add(at);
            }
        });
        (is_table && self.is_whole(given, input)).then_some(raw)
    }

    /// Reads the field at a place among them; whether there was anything to take.
    pub fn take(&self, at: usize, input: &mut dyn Input, raw: &mut R) -> bool {
        self.at(at).is_some_and(|field| field.take(input, raw))
    }

    /// How many fields it may have.
    pub fn len(&self) -> usize {
        self.fields.iter().map(|group| group.len()).sum()
    }

    fn at(&self, mut at: usize) -> Option<&'static Field<R, T>> {
        for group in self.fields {
            match group.get(at) {
                Some(field) => return Some(field),
                None => at -= group.len(),
            }
        }
        None
    }

    /// Reports what is missing; whether it can be kept.
    pub fn is_whole(&self, given: GivenFields, input: &mut dyn Input) -> bool {
        let mut whole = true;
        let mut before = 0;
        for group in self.fields {
            for (at, field) in group.iter().enumerate() {
                if field.info.need != Presence::Optional && !given.has(before + at) {
                    if input.place(field.info.key).is_none() {
                        input.lacks(self.heading, &[field.info.key]);
                    }
                    whole &= field.info.need != Presence::Essential;
                }
            }
            before += group.len();
        }
        whole
    }
}

impl<R, T> Field<R, T> {
    /// Reads it; whether there was anything to take.
    fn take(&self, input: &mut dyn Input, raw: &mut R) -> bool {
        fn some<V>(value: Option<V>, set: impl FnOnce(V)) -> bool {
            let given = value.is_some();
            if let Some(value) = value {
                set(value);
            }
            given
        }
        match &self.kind {
            FieldKind::Head(..) => false,
            FieldKind::Id(_, set) => some(input.id(), |id| set(raw, id)),
            FieldKind::Ids(_, set) => some(each(input, |input| input.id()), |ids| set(raw, ids)),
            FieldKind::Line(form, _, set) => some(input.line(*form), |line| set(raw, line)),
            FieldKind::Lines(_, set) => {
                some(each(input, |input| input.line(LineForm::Any)), |lines| set(raw, lines))
            }
            FieldKind::Text(form, _, set) => some(input.text(*form), |text| set(raw, text)),
            FieldKind::Texts(form, _, set) => {
                some(each(input, |input| input.text(*form)), |texts| set(raw, texts))
            }
            FieldKind::Word(field) => some(input.word(field.words()), |at| field.set(raw, at)),
            FieldKind::Flag(_, set) => some(input.flag(), |flag| set(raw, flag)),
            FieldKind::Number(_, set) => some(input.number(), |number| set(raw, number)),
            FieldKind::Float(_, set) => some(input.number(), |number| set(raw, number.value)),
            FieldKind::Count(_, set) => some(input.count(), |count| set(raw, count)),
            FieldKind::Year(_, set) => some(input.year(), |year| set(raw, year)),
            FieldKind::Years(_, set) => some(each(input, |input| input.year()), |years| set(raw, years)),
            FieldKind::Moment(_, set) => some(input.moment(), |moment| set(raw, moment)),
            FieldKind::MomentOrSpan(_, set) => some(input.moment_or_span(), |moment| set(raw, moment)),
            FieldKind::Source(_, set) => some(input.source(), |source| set(raw, source)),
            FieldKind::Sources(_, set) => {
                some(each(input, |input| input.source()), |sources| set(raw, sources))
            }
            FieldKind::Level(_, set) => some(input.level(), |level| set(raw, level)),
            FieldKind::Name(_, _, set) => some(input.name(), |name| set(raw, name)),
            FieldKind::Names(_, _, set) => some(each(input, |input| input.name()), |names| set(raw, names)),
            FieldKind::Table(nested) | FieldKind::Tables(nested) => nested.read(input, raw),
        }
    }
}

/// Each value of a list that can be read.
fn each<V>(
    input: &mut dyn Input,
    mut read: impl FnMut(&mut (dyn Input + '_)) -> Option<V>,
) -> Option<Box<[V]>> {
    let mut out = Vec::with_capacity(input.length());
    input.each(ExpectedValue::List, &mut |input| out.extend(read(input)));
    Some(out.into())
}
