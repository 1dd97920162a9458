//! What a parser gives: values at their places. The fields' declarations and the checks stand upon it, and
//! neither knows TOML.

use super::diagnostic::trouble::{ExpectedValue, Flaw};
use super::diagnostic::{ByteSpan, DiagnosticText};
use super::frame::ManifestFrame;
use super::key::{Key, LevelId, SourceId};
use super::metric::{Decimal, Moment};
use crate::text::Text;
use crate::text::words::WordNames;

/// A string on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineForm {
    Any,
    /// SHA-256 in lower-case hexadecimal.
    Digest,
    /// Of a text in several languages its first wording; one string will do.
    Remark,
}

/// A text in the plan's languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextForm {
    Line,
    /// On one line, and a bare string stands for every language.
    Mark,
    /// On one line, and each wording that is there says something.
    Title,
    /// It may have several lines.
    Lines,
}

/// A name with its place, not yet looked up.
pub(crate) type InputName = (Box<str>, ByteSpan);

/// A value of a file at its place. What cannot be read as asked is reported by whoever implements this, with
/// its place, and left out.
pub(crate) trait Input {
    fn span(&self) -> ByteSpan;
    /// What every file of the plan is read by.
    fn frame(&self) -> &ManifestFrame;
    /// Where a key of this table has its value; `None` where the table has no such key.
    fn place(&self, key: &str) -> Option<ByteSpan>;
    /// Where the value `at` of a list under a key stands; the whole list where it has not `count` values.
    fn place_in(&self, key: &str, at: usize, count: usize) -> Option<ByteSpan>;
    fn report(&mut self, at: ByteSpan, trouble: DiagnosticText);
    /// Reports what is wrong with this value, at a place.
    fn invalid(&mut self, at: ByteSpan, flaw: Flaw);
    /// Reports that this table, by its heading if it has one, lacks all of some keys of which it needs one.
    fn lacks(&mut self, heading: &str, keys: &[&str]);
    fn id(&mut self) -> Option<Key>;
    fn line(&mut self, form: LineForm) -> Option<Box<str>>;
    fn text(&mut self, form: TextForm) -> Option<Text>;
    /// The place of a word among those allowed.
    fn word(&mut self, words: &'static [WordNames]) -> Option<usize>;
    fn flag(&mut self) -> Option<bool>;
    fn number(&mut self) -> Option<Decimal>;
    fn count(&mut self) -> Option<u32>;
    fn year(&mut self) -> Option<i16>;
    fn moment(&mut self) -> Option<Moment>;
    /// A moment, or some time between two.
    fn moment_or_span(&mut self) -> Option<Moment>;
    fn source(&mut self) -> Option<SourceId>;
    fn level(&mut self) -> Option<LevelId>;
    fn name(&mut self) -> Option<InputName>;
    /// The string that stands here in place of a table.
    fn bare(&self) -> Option<InputName>;
    /// How many values the list here has; none where it is no list.
    fn length(&self) -> usize;
    /// Each value of a list.
    fn each(&mut self, want: ExpectedValue, read: &mut dyn FnMut(&mut dyn Input));
    /// The fields of a table, in the order of `known`; other keys are reported. `false` where it is no table.
    fn table(
        &mut self,
        heading: &str,
        want: ExpectedValue,
        known: &dyn Known,
        read: &mut dyn FnMut(usize, &mut dyn Input),
    ) -> bool;
}

/// The keys that a table may have.
pub(crate) trait Known {
    /// The place of a key among them.
    fn find(&self, key: &str) -> Option<usize>;
    /// The key at a place among them.
    fn key(&self, at: usize) -> &'static str;
    fn keys(&self) -> Vec<&'static str>;
}
