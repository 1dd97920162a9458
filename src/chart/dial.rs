//! The dial: one line from the baseline to the target, with the latest actual, what is expected by its time,
//! and checkpoints.
//!
//! ```text
//! B 63.5 ━━A·x····C·········· T 75   A 64.25 · x 64.55 · C 67
//! B ?    ?·?·?·?·?A·········· T 90   A 85            (not to scale on the side that is not known)
//! ```

use super::cells::{ChartRole, ChartRow, Glyphs};
use crate::plan::State;
use crate::plan::figure::told;
use crate::plan::metric::Bound;
use crate::progress::{Assessment, Interval, Reading};
use crate::text::Ui;
use crate::text::columns::cols;

#[derive(Clone, Debug, PartialEq)]
pub struct DialFigure {
    pub value: f64,
    /// Both its ends, where it is open.
    pub ends: Interval,
    /// As it is written, with the sign of its bound.
    pub text: String,
    pub bound: Bound,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dial {
    /// Left end.
    pub baseline: Option<DialFigure>,
    pub actual: Option<DialFigure>,
    /// What the path expects by its time.
    pub expected: Option<f64>,
    pub checkpoints: Vec<DialFigure>,
    /// Right end.
    pub target: Option<DialFigure>,
    state: Option<State>,
    ui: Option<Ui>,
}

/// No dial is narrower.
pub const MIN_COLS: usize = 20;
/// The track takes no more.
const MAX_TRACK_COLS: usize = 60;
/// The track takes at least so much.
const MIN_TRACK_COLS: usize = 6;

impl Dial {
    /// The dial of a verdict; `None` where no figure is there to be shown.
    pub fn new(found: &Assessment, ui: Ui) -> Option<Self> {
        let figure = |reading: &Reading| DialFigure {
            value: reading.written(),
            ends: reading.amount,
            text: told(reading.written(), 4, ui),
            bound: reading.bound,
        };
        let dial = Self {
            baseline: found.baseline.as_ref().map(figure),
            actual: found.actual.as_ref().map(figure),
            expected: found.expected.and_then(Interval::exact),
            checkpoints: found.checkpoints().iter().map(figure).collect(),
            target: found.target.as_ref().map(figure),
            state: Some(found.state),
            ui: Some(ui),
        };
        (dial.actual.is_some() || dial.target.is_some()).then_some(dial)
    }

    /// The line, in at most so many columns (never fewer than [`MIN_COLS`]). What finds no room stands
    /// nowhere: the track comes first, then both ends, then the figures after it.
    pub fn row(&self, max_cols: usize, glyphs: Glyphs) -> ChartRow {
        let max_cols = max_cols.max(MIN_COLS);
        let text = |name: &str, figure: Option<&DialFigure>| match figure {
            Some(figure) => format!("{name} {}{}", sign(figure.bound, glyphs), figure.text),
            None => format!("{name} ?"),
        };
        let (mut left, mut right) = (text("B", self.baseline.as_ref()), text("T", self.target.as_ref()));
        if cols(&left) + cols(&right) + MIN_TRACK_COLS + 2 > max_cols {
            (left, right) = ("B".to_owned(), "T".to_owned());
        }
        let ends = cols(&left) + cols(&right) + 2;
        let legend = self.legend(glyphs);
        let legend_cols = cols(&legend) + 2;
        let with_legend = max_cols.checked_sub(ends + legend_cols).filter(|track| *track >= MIN_TRACK_COLS);
        let track = with_legend.unwrap_or(max_cols - ends).min(MAX_TRACK_COLS);
        let mut row = ChartRow::default();
        row.push(ChartRole::Baseline, &left);
        row.push(ChartRole::Blank, " ");
        for (ink, c) in self.track(track, glyphs) {
            row.push(ink, c.encode_utf8(&mut [0; 4]));
        }
        row.push(ChartRole::Blank, " ");
        row.push(ChartRole::Target, &right);
        if with_legend.is_some() && !legend.is_empty() {
            row.push(ChartRole::Words, &format!("  {legend}"));
        }
        row
    }

    /// The figures of the track's letters.
    fn legend(&self, glyphs: Glyphs) -> String {
        let ui = self.ui.unwrap_or(Ui::En);
        let actual = self.actual.iter().map(|now| format!("A {}{}", sign(now.bound, glyphs), now.text));
        let expected = self.expected.map(|expected| format!("x {}", told(expected, 3, ui)));
        let checkpoints =
            self.checkpoints.iter().map(|one| format!("C {}{}", sign(one.bound, glyphs), one.text));
        let parts: Vec<String> = actual.chain(expected).chain(checkpoints).collect();
        parts.join(glyphs.pick(" · ", ", "))
    }

    /// The way between the ends, one character a column.
    fn track(&self, width: usize, glyphs: Glyphs) -> Vec<(ChartRole, char)> {
        let mut track = vec![(ChartRole::Path, glyphs.pick('·', '.')); width];
        let Some((from, to)) = self.scale() else {
            return self.unscaled(track, glyphs);
        };
        let at = |value: f64| column(value, (from, to), width);
        // A target behind the baseline that is met all the same: there is no way left, whatever the scale
        // says.
        if self.state == Some(State::Achieved)
            && self.actual.as_ref().is_some_and(|now| share(now.value, (from, to)) < 0.0)
        {
            track.fill((ChartRole::Made, glyphs.pick('━', '=')));
            place(&mut track, width.checked_sub(1), (ChartRole::Actual, '>'));
            return track;
        }
        if let Some(now) = &self.actual {
            let here = at(now.value);
            track[..here.unwrap_or(if beyond(now.value, (from, to)) { width } else { 0 }).min(width)]
                .fill((ChartRole::Made, glyphs.pick('━', '=')));
            if let (Some(lo), Some(hi)) =
                (clamped(now.ends.lo(), (from, to), width), clamped(now.ends.hi(), (from, to), width))
            {
                let (lo, hi) = (lo.min(hi), lo.max(hi));
                if lo < hi {
                    track[lo..=hi].fill((ChartRole::Open, glyphs.pick('╌', '-')));
                }
            }
        }
        for checkpoint in &self.checkpoints {
            place(&mut track, at(checkpoint.value), (ChartRole::Checkpoint, 'C'));
        }
        place(&mut track, self.expected.and_then(at), (ChartRole::Expected, 'x'));
        if let Some(now) = &self.actual {
            match at(now.value) {
                Some(here) => place(&mut track, Some(here), (ChartRole::Actual, 'A')),
                None if beyond(now.value, (from, to)) => {
                    place(&mut track, width.checked_sub(1), (ChartRole::Actual, '>'))
                }
                None => place(&mut track, Some(0), (ChartRole::Actual, '<')),
            }
        }
        track
    }

    /// Baseline and target, where both are known and apart.
    fn scale(&self) -> Option<(f64, f64)> {
        let (from, to) = (self.baseline.as_ref()?.value, self.target.as_ref()?.value);
        (from < to || to < from).then_some((from, to))
    }

    /// Nothing to measure by: the actual stands in the middle, and the side that is not known says so.
    fn unscaled(&self, mut track: Vec<(ChartRole, char)>, glyphs: Glyphs) -> Vec<(ChartRole, char)> {
        let width = track.len();
        let middle = width / 2;
        let unknown = |part: &mut [(ChartRole, char)]| {
            part.iter_mut().step_by(2).for_each(|cell| *cell = (ChartRole::Open, '?'));
        };
        if self.baseline.is_none() {
            unknown(&mut track[..middle]);
        }
        if self.target.is_none() {
            unknown(&mut track[middle..]);
        }
        if self.baseline.is_some() && self.target.is_some() {
            track.fill((ChartRole::Path, glyphs.pick('=', '='))); // the ends are one
        }
        if self.actual.is_some() {
            place(&mut track, Some(middle), (ChartRole::Actual, 'A'));
        }
        track
    }
}

/// The sign of a bound before its figure.
pub fn sign(bound: Bound, glyphs: Glyphs) -> &'static str {
    match bound {
        Bound::Exact => "",
        Bound::AtLeast => glyphs.pick("≥", ">="),
        Bound::MoreThan => ">",
        Bound::AtMost => glyphs.pick("≤", "<="),
        Bound::About => "~",
        Bound::Nearly => "<",
    }
}

fn place(track: &mut [(ChartRole, char)], at: Option<usize>, what: (ChartRole, char)) {
    if let Some(cell) = at.and_then(|at| track.get_mut(at)) {
        *cell = what;
    }
}

/// How far along the way, 0 to 1 between the ends. Halves keep differences of the largest numbers finite.
fn share(value: f64, (from, to): (f64, f64)) -> f64 {
    (value / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0)
}

fn beyond(value: f64, scale: (f64, f64)) -> bool {
    share(value, scale) > 1.0
}

fn column(value: f64, scale: (f64, f64), width: usize) -> Option<usize> {
    let share = share(value, scale);
    let last = width.checked_sub(1)?;
    // Between 0 and the width: a small whole number.
    (0.0..=1.0).contains(&share).then(|| (share * last as f64).round() as usize)
}

fn clamped(value: f64, scale: (f64, f64), width: usize) -> Option<usize> {
    let share = share(value, scale);
    let last = width.checked_sub(1)?;
    share.is_finite().then(|| (share.clamp(0.0, 1.0) * last as f64).round() as usize)
}
