//! A place in a TOML file as the fields' declarations see it.

use toml::de::DeValue;

use super::reader::{FileReader, RawItem, span_of};
use crate::plan::diagnostic::ByteSpan;
use crate::plan::diagnostic::trouble::{DiagnosticText, ExpectedValue, Flaw};
use crate::plan::frame::ManifestFrame;
use crate::plan::input::{Input, InputName, Known, LineForm, TextForm};
use crate::plan::key::{Key, LevelId, SourceId};
use crate::plan::metric::{Decimal, Moment};
use crate::text::Text;
use crate::text::words::WordNames;

/// A value with the reader that is on it.
pub(crate) struct ValueCursor<'r, 'f, 't, 'i> {
    reader: &'r mut FileReader<'f>,
    /// What messages call it: its key, or the heading of its table.
    name: &'r str,
    item: &'t RawItem<'i>,
}

impl<'r, 'f, 't, 'i> ValueCursor<'r, 'f, 't, 'i> {
    /// On a value under a key or a heading.
    pub fn new(reader: &'r mut FileReader<'f>, name: &'r str, item: &'t RawItem<'i>) -> Self {
        Self { reader, name, item }
    }

    /// What messages call a table here.
    fn called<'h>(&self, heading: &'h str) -> &'h str
    where
        'r: 'h,
    {
        if heading.is_empty() { self.name } else { heading }
    }
}

/// As many fields as any table may have, which a test of the declarations holds.
const MAX_FIELDS: usize = 64;

impl Input for ValueCursor<'_, '_, '_, '_> {
    fn span(&self) -> ByteSpan {
        span_of(self.item)
    }

    fn frame(&self) -> &ManifestFrame {
        self.reader.frame
    }

    fn place(&self, key: &str) -> Option<ByteSpan> {
        self.item.get_ref().as_table()?.get(key).map(span_of)
    }

    fn place_in(&self, key: &str, at: usize, count: usize) -> Option<ByteSpan> {
        let item = self.item.get_ref().as_table()?.get(key)?;
        match item.get_ref() {
            DeValue::Array(items) if items.len() == count => items.get(at).or(Some(item)).map(span_of),
            _ => Some(span_of(item)),
        }
    }

    fn report(&mut self, at: ByteSpan, trouble: DiagnosticText) {
        self.reader.problems.add(at, trouble);
    }

    fn invalid(&mut self, at: ByteSpan, flaw: Flaw) {
        self.reader.invalid(self.name, flaw, at);
    }

    fn lacks(&mut self, heading: &str, keys: &[&str]) {
        self.reader.missing(self.called(heading), keys, span_of(self.item));
    }

    fn id(&mut self) -> Option<Key> {
        self.reader.key(self.name, self.item)
    }

    fn line(&mut self, form: LineForm) -> Option<Box<str>> {
        match form {
            LineForm::Any => self.reader.boxed(self.name, self.item),
            LineForm::Digest => self.reader.digest(self.name, self.item),
            LineForm::Remark if self.item.get_ref().is_str() => self.reader.boxed(self.name, self.item),
            LineForm::Remark => {
                let text = self.text(TextForm::Lines)?;
                text.iter().next().map(|(_, first)| first.into())
            }
        }
    }

    fn text(&mut self, form: TextForm) -> Option<Text> {
        self.reader.text(self.name, self.item, form)
    }

    fn word(&mut self, words: &'static [WordNames]) -> Option<usize> {
        self.reader.word(self.name, self.item, words)
    }

    fn flag(&mut self) -> Option<bool> {
        self.reader.flag(self.name, self.item)
    }

    fn number(&mut self) -> Option<Decimal> {
        self.reader.decimal(self.name, self.item)
    }

    fn count(&mut self) -> Option<u32> {
        self.reader.whole(self.name, self.item)
    }

    fn year(&mut self) -> Option<i16> {
        self.reader.year(self.name, self.item)
    }

    fn moment(&mut self) -> Option<Moment> {
        self.reader.moment(self.name, self.item)
    }

    fn moment_or_span(&mut self) -> Option<Moment> {
        self.reader.moment_or_span(self.name, self.item)
    }

    fn source(&mut self) -> Option<SourceId> {
        self.reader.source(self.name, self.item)
    }

    fn level(&mut self) -> Option<LevelId> {
        self.reader.level(self.name, self.item)
    }

    fn name(&mut self) -> Option<InputName> {
        Some((self.reader.str(self.name, self.item)?.into(), span_of(self.item)))
    }

    fn bare(&self) -> Option<InputName> {
        Some((self.item.get_ref().as_str()?.into(), span_of(self.item)))
    }

    fn length(&self) -> usize {
        self.item.get_ref().as_array().map_or(0, |items| items.len())
    }

    fn each(&mut self, want: ExpectedValue, read: &mut dyn FnMut(&mut dyn Input)) {
        for item in self.reader.list(self.name, want, self.item) {
            read(&mut ValueCursor { reader: self.reader, name: self.name, item });
        }
    }

    fn table(
        &mut self,
        heading: &str,
        want: ExpectedValue,
        known: &dyn Known,
        read: &mut dyn FnMut(usize, &mut dyn Input),
    ) -> bool {
        let name = self.called(heading);
        let Some(table) = self.reader.table(name, want, self.item) else { return false };
        let mut items: [Option<&RawItem<'_>>; MAX_FIELDS] = [None; MAX_FIELDS];
        let mut end = 0;
        for (key, item) in table {
            match known.find(key.get_ref()) {
                Some(at) => {
                    items[at] = Some(item);
                    end = end.max(at + 1);
                }
                None => self.reader.unknown_key(name, key, known),
            }
        }
        for (at, item) in items[..end].iter().enumerate() {
            if let Some(item) = item {
                read(at, &mut ValueCursor { reader: self.reader, name: known.key(at), item });
            }
        }
        true
    }
}
