//! Rows of text whose stretches say what they stand for.

use crate::plan::State;
use crate::text::columns::cols;
use crate::text::words::words;

/// What a stretch stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartRole {
    /// Nothing but room.
    Blank,
    /// Axes, ticks and years.
    Axis,
    Today,
    /// The path that is expected.
    Path,
    /// An action's span.
    Span,
    /// What is open: the ends of a bound, a reference time that is not stated.
    Open,
    /// The way made so far.
    Made,
    Baseline,
    /// What is expected by now.
    Expected,
    Actual,
    /// A target before the one that counts.
    Checkpoint,
    Target,
    /// A date that has passed without being met.
    Overdue,
    /// A date within twelve months.
    Soon,
    Words,
    State(State),
}

/// A stretch of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartCell {
    pub ink: ChartRole,
    pub text: String,
}

/// A row of stretches from the left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartRow(pub Vec<ChartCell>);

impl ChartRow {
    /// One more stretch; joins one of the same kind.
    pub fn push(&mut self, ink: ChartRole, text: &str) {
        match self.0.last_mut() {
            Some(last) if last.ink == ink => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(ChartCell { ink, text: text.to_owned() }),
        }
    }

    /// A row of one-column characters.
    pub fn of_chars(chars: &[(ChartRole, char)]) -> Self {
        let mut row = ChartRow::default();
        for (ink, c) in chars {
            row.push(*ink, c.encode_utf8(&mut [0; 4]));
        }
        row
    }

    pub fn text(&self) -> String {
        self.0.iter().map(|cell| cell.text.as_str()).collect()
    }

    pub fn cols(&self) -> usize {
        self.0.iter().map(|cell| cols(&cell.text)).sum()
    }
}

words!(
    /// Which characters are drawn with.
    #[derive(Default)]
    Glyphs {
        /// Braille and box drawing, each one column wide.
        #[default]
        Unicode = "unicode",
        /// ASCII only. Words keep their language.
        Ascii = "ascii",
    }
);

impl Glyphs {
    pub fn pick<T>(self, unicode: T, ascii: T) -> T {
        match self {
            Glyphs::Unicode => unicode,
            Glyphs::Ascii => ascii,
        }
    }
}
