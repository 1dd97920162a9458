//! Fields whose type is another's: words of an enumeration, and tables within tables.

use super::{FieldRow, FieldTable, TableOutline};
use crate::plan::diagnostic::trouble::ExpectedValue;
use crate::plan::input::Input;
use crate::text::words::{VocabularyWord, WordNames};

/// The way out of a `T` and the way into an `R`, of a `V`.
pub(crate) struct Of<R: 'static, T: 'static, V: 'static>(pub fn(&T) -> Option<V>, pub fn(&mut R, V));

/// A field that holds a word of an enumeration.
pub(crate) trait WordField<R, T>: Sync {
    fn words(&self) -> &'static [WordNames];
    fn get(&self, of: &T) -> Option<&'static WordNames>;
    /// Takes the word at a place among [`WordField::words`].
    fn set(&self, raw: &mut R, at: usize);
}

impl<R, T, W: VocabularyWord> WordField<R, T> for Of<R, T, W> {
    fn words(&self) -> &'static [WordNames] {
        W::NAMES
    }

    fn get(&self, of: &T) -> Option<&'static WordNames> {
        self.0(of).map(VocabularyWord::wording)
    }

    fn set(&self, raw: &mut R, at: usize) {
        if let Some(word) = W::ALL.get(at) {
            self.1(raw, *word);
        }
    }
}

/// A field that holds a table, or a list of tables.
pub(crate) trait Nested<R, T>: Sync {
    /// Reads it; whether there was anything to take.
    fn read(&self, input: &mut dyn Input, raw: &mut R) -> bool;
    fn rows<'a>(&self, of: &'a T) -> Vec<FieldRow<'a>>;
    fn outline(&self) -> TableOutline;
}

/// A table under a key.
pub(crate) struct NestedTable<R: 'static, T: 'static, RE: 'static, E: 'static, V: 'static = RE> {
    pub table: &'static FieldTable<RE, E>,
    pub get: fn(&T) -> Option<FieldRow<'_>>,
    /// What becomes of what was read, with what its parent has so far; `None`, with the reason reported,
    /// where it cannot be kept.
    pub keep: fn(&R, RE, &mut dyn Input) -> Option<V>,
    pub set: fn(&mut R, V),
}

impl<R, T, RE, E, V> Nested<R, T> for NestedTable<R, T, RE, E, V> {
    fn read(&self, input: &mut dyn Input, raw: &mut R) -> bool {
        let found = self.table.read(input).and_then(|own| (self.keep)(raw, own, input));
        let given = found.is_some();
        found.into_iter().for_each(|own| (self.set)(raw, own));
        given
    }

    fn rows<'a>(&self, of: &'a T) -> Vec<FieldRow<'a>> {
        (self.get)(of).into_iter().collect()
    }

    fn outline(&self) -> TableOutline {
        self.table.outline()
    }
}

/// A list of tables under a key.
pub(crate) struct NestedTables<R: 'static, T: 'static, RE: 'static, E: 'static, V: 'static = RE> {
    pub table: &'static FieldTable<RE, E>,
    /// What the list must look like, where something else stands there.
    pub want: ExpectedValue,
    pub get: fn(&T) -> Vec<FieldRow<'_>>,
    /// What becomes of one that was read, with what its parent has so far; `None`, with the reason reported,
    /// where it cannot be kept.
    pub keep: fn(&R, RE, &mut dyn Input) -> Option<V>,
    pub set: fn(&mut R, Box<[V]>),
}

impl<R, T, RE, E, V> Nested<R, T> for NestedTables<R, T, RE, E, V> {
    fn read(&self, input: &mut dyn Input, raw: &mut R) -> bool {
        let mut out = Vec::with_capacity(input.length());
        let parent = &*raw;
        input.each(self.want, &mut |input| {
            out.extend(self.table.read(input).and_then(|own| (self.keep)(parent, own, input)));
        });
        (self.set)(raw, out.into());
        true
    }

    fn rows<'a>(&self, of: &'a T) -> Vec<FieldRow<'a>> {
        (self.get)(of)
    }

    fn outline(&self) -> TableOutline {
        self.table.outline()
    }
}

/// The rows of a list.
pub(crate) fn rows<'a, R, T>(table: &FieldTable<R, T>, all: &'a [T]) -> Vec<FieldRow<'a>> {
    all.iter().map(|one| table.row(one)).collect()
}
