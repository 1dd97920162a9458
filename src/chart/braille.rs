//! The plot as rows of text: lines in braille (ASCII: `.` and `*`), values as letters, axes with years.
//!
//! ```text
//!    75 ┤                 ⢀⡠⠤ T      B baseline · o actual · A the latest · C checkpoint · T target
//!  63.5 ┤ B⠤A⠒⠉                       ⠤ joined actuals and the expected path · │ an open figure · ─ an open time · ┊ today
//!       └─┬────┬────┬────┬
//!        2024 2027 …
//! ```

use super::cells::{ChartRole, ChartRow, Glyphs};
use super::plot::{Plot, PlotMark};
use crate::plan::figure::told;
use crate::text::Ui;
use crate::text::columns::{cols, right};

/// Narrowest and lowest drawing.
const MIN_COLS: usize = 12;
const MIN_ROWS: usize = 3;

impl Plot {
    /// The chart in so many columns and rows, axes included (at least 20 by 5; smaller ones give that).
    pub fn rows(&self, max_cols: usize, max_rows: usize, glyphs: Glyphs, ui: Ui) -> Vec<ChartRow> {
        let labels = Labels::new(self, ui);
        let height = max_rows.saturating_sub(2).max(MIN_ROWS);
        let width = max_cols.saturating_sub(labels.cols + 2).max(MIN_COLS);
        let mut canvas = BrailleCanvas::new(width, height);
        canvas.draw(self);
        let mut rows: Vec<ChartRow> = (0..height)
            .map(|y| {
                let mut row = ChartRow::default();
                let label = labels.at(y, self, height);
                let tick = if label.is_empty() { glyphs.pick("│", "|") } else { glyphs.pick("┤", "+") };
                row.push(ChartRole::Axis, &format!("{} {tick}", right(&label, labels.cols)));
                canvas
                    .row(y, glyphs)
                    .into_iter()
                    .for_each(|(ink, c)| row.push(ink, c.encode_utf8(&mut [0; 4])));
                row
            })
            .collect();
        rows.extend(axis(self, labels.cols, width, glyphs));
        rows
    }
}

impl Plot {
    /// What the letters mean, as far as they occur.
    pub fn legend(&self, glyphs: Glyphs, ui: Ui) -> String {
        let has = |ink: ChartRole| self.marks.iter().any(|mark| mark.ink == ink);
        let mut parts = Vec::new();
        parts.extend(has(ChartRole::Baseline).then(|| ui.pick("B 基期", "B baseline")));
        parts.extend(
            self.marks
                .iter()
                .any(|mark| mark.ink == ChartRole::Actual && !mark.latest)
                .then(|| ui.pick("o 实际", "o actual")),
        );
        parts.extend(
            self.marks.iter().any(|mark| mark.latest).then(|| ui.pick("A 最近实际", "A latest actual")),
        );
        parts.extend(has(ChartRole::Checkpoint).then(|| ui.pick("C 其他目标", "C other target")));
        parts.extend(has(ChartRole::Target).then(|| ui.pick("T 目标", "T target")));
        let open = self.marks.iter().any(|mark| !mark.amount.is_point() || !mark.at.is_point());
        let (bound, today) = (glyphs.pick("│─", "|-"), glyphs.pick("┊", ":"));
        let mut text = parts.join("  ");
        if open {
            text.push_str(&ui.pick(format!("  {bound} 未定"), format!("  {bound} open")));
        }
        if (self.years.0..=self.years.1).contains(&self.today) {
            text.push_str(&ui.pick(format!("  {today} 今天"), format!("  {today} today")));
        }
        if self.earlier > 0 {
            let (first, earlier) = (self.years.0, self.earlier);
            text.push_str(
                &ui.pick(
                    format!("  {first}年前另有{earlier}个值"),
                    format!("  {earlier} more before {first}"),
                ),
            );
        }
        text
    }
}

/// Amounts beside the chart: its top and bottom, and the target.
struct Labels {
    low: String,
    high: String,
    target: Option<(f64, String)>,
    cols: usize,
}

impl Labels {
    fn new(plot: &Plot, ui: Ui) -> Self {
        let lo = plot.marks.iter().map(|mark| mark.amount.lo()).fold(f64::INFINITY, f64::min);
        let hi = plot.marks.iter().map(|mark| mark.amount.hi()).fold(f64::NEG_INFINITY, f64::max);
        let target = plot.marks.iter().rfind(|mark| mark.ink == ChartRole::Target);
        let target = target.map(|mark| (mark.value, mark.text.clone()));
        let (low, high) = (told(lo, 2, ui), told(hi, 2, ui));
        let target_cols = target.as_ref().map_or(0, |(_, text)| cols(text));
        let cols = cols(&low).max(cols(&high)).max(target_cols).min(12);
        Self { low, high, target, cols }
    }

    /// The label of a row. Top and bottom come first.
    fn at(&self, y: usize, plot: &Plot, height: usize) -> String {
        let row = |amount: f64| from_top(plot.up(amount), height);
        let lo = plot.marks.iter().map(|mark| mark.amount.lo()).fold(f64::INFINITY, f64::min);
        let hi = plot.marks.iter().map(|mark| mark.amount.hi()).fold(f64::NEG_INFINITY, f64::max);
        match y {
            _ if y == row(hi) => self.high.clone(),
            _ if y == row(lo) => self.low.clone(),
            _ => self
                .target
                .as_ref()
                .filter(|(value, _)| row(*value) == y)
                .map(|(_, text)| text.clone())
                .unwrap_or_default(),
        }
    }
}

/// A share from below as a row from the top.
fn from_top(share: f64, height: usize) -> usize {
    // Between 0 and the height: a small whole number.
    height - 1 - ((share * height as f64) as usize).min(height - 1)
}

/// A grid of cells, each with eight dots.
struct BrailleCanvas {
    width: usize,
    height: usize,
    dots: Vec<u8>,
    ink: Vec<ChartRole>,
    letters: Vec<Option<(ChartRole, char)>>,
}

impl BrailleCanvas {
    fn new(width: usize, height: usize) -> Self {
        let cells = width * height;
        Self {
            width,
            height,
            dots: vec![0; cells],
            ink: vec![ChartRole::Blank; cells],
            letters: vec![None; cells],
        }
    }

    fn draw(&mut self, plot: &Plot) {
        let today = self.column(plot.across(plot.today));
        if (plot.years.0..=plot.years.1).contains(&plot.today) {
            for y in 0..self.height {
                self.letter(today, y, (ChartRole::Today, '┊'));
            }
        }
        for leg in plot.path.windows(2) {
            self.line(plot, leg[0], leg[1], (ChartRole::Path, 2));
        }
        for line in &plot.lines {
            for leg in line.windows(2) {
                self.line(plot, leg[0], leg[1], (ChartRole::Made, 1));
            }
        }
        for mark in &plot.marks {
            self.open(plot, mark);
        }
        // The most important last: it stays visible where several meet.
        for ink in [ChartRole::Checkpoint, ChartRole::Actual, ChartRole::Baseline, ChartRole::Target] {
            plot.marks
                .iter()
                .filter(|mark| mark.ink == ink && !mark.latest)
                .for_each(|mark| self.mark(plot, mark));
        }
        plot.marks.iter().filter(|mark| mark.latest).for_each(|mark| self.mark(plot, mark));
    }

    fn column(&self, share: f64) -> usize {
        ((share * self.width as f64) as usize).min(self.width - 1)
    }

    fn cell(&self, plot: &Plot, (at, amount): (f64, f64)) -> (usize, usize) {
        (self.column(plot.across(at)), from_top(plot.up(amount), self.height))
    }

    fn letter(&mut self, x: usize, y: usize, letter: (ChartRole, char)) {
        if let Some(cell) = self.letters.get_mut(y * self.width + x) {
            *cell = Some(letter);
        }
    }

    fn mark(&mut self, plot: &Plot, mark: &PlotMark) {
        let (x, y) = self.cell(plot, (mark.at.hi(), mark.value));
        let letter = match (mark.ink, mark.latest) {
            (ChartRole::Baseline, _) => 'B',
            (ChartRole::Checkpoint, _) => 'C',
            (ChartRole::Target, _) => 'T',
            (_, true) => 'A',
            (_, false) => 'o',
        };
        self.letter(x, y, (mark.ink, letter));
    }

    /// The ends of what is open: upright for a figure, level for a time.
    fn open(&mut self, plot: &Plot, mark: &PlotMark) {
        if !mark.amount.is_point() {
            let (x, low) = self.cell(plot, (mark.at.hi(), mark.amount.lo()));
            let (_, high) = self.cell(plot, (mark.at.hi(), mark.amount.hi()));
            for y in high..=low {
                self.letter(x, y, (ChartRole::Open, '│'));
            }
        }
        if !mark.at.is_point() {
            let (from, y) = self.cell(plot, (mark.at.lo(), mark.value));
            let (to, _) = self.cell(plot, (mark.at.hi(), mark.value));
            for x in from..to {
                self.letter(x, y, (ChartRole::Open, '─'));
            }
        }
    }

    /// A straight line in dots, every `step`th of them.
    fn line(&mut self, plot: &Plot, from: (f64, f64), to: (f64, f64), (ink, step): (ChartRole, usize)) {
        let (wide, high) = ((self.width * 2) as f64, (self.height * 4) as f64);
        let dot = |(at, amount): (f64, f64)| {
            (plot.across(at) * (wide - 1.0), (1.0 - plot.up(amount)) * (high - 1.0))
        };
        let ((x0, y0), (x1, y1)) = (dot(from), dot(to));
        let steps = (x1 - x0).abs().max((y1 - y0).abs()).ceil().max(1.0) as usize;
        for at in (0..=steps).step_by(step) {
            let part = at as f64 / steps as f64;
            let (x, y) = ((x0 + (x1 - x0) * part).round(), (y0 + (y1 - y0) * part).round());
            self.dot(x as usize, y as usize, ink);
        }
    }

    fn dot(&mut self, x: usize, y: usize, ink: ChartRole) {
        /// Braille's dots by row, then column.
        const DOTS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        let cell = (y / 4) * self.width + x / 2;
        if let Some(dots) = self.dots.get_mut(cell) {
            *dots |= DOTS[y % 4][x % 2];
            self.ink[cell] = self.ink[cell].max(ink);
        }
    }

    fn row(&self, y: usize, glyphs: Glyphs) -> Vec<(ChartRole, char)> {
        let cells = y * self.width..(y + 1) * self.width;
        cells
            .map(|cell| match (self.letters[cell], self.dots[cell]) {
                (Some((ChartRole::Today, _)), dots) if dots > 0 => {
                    (self.ink[cell], self.dotted(cell, glyphs))
                }
                (Some((ink, letter)), _) => (ink, glyphs.pick(letter, plain(letter))),
                (None, 0) => (ChartRole::Blank, ' '),
                (None, _) => (self.ink[cell], self.dotted(cell, glyphs)),
            })
            .collect()
    }

    fn dotted(&self, cell: usize, glyphs: Glyphs) -> char {
        let braille = char::from_u32(0x2800 + u32::from(self.dots[cell])).unwrap_or(' ');
        glyphs.pick(braille, if self.ink[cell] == ChartRole::Made { '*' } else { '.' })
    }
}

fn plain(letter: char) -> char {
    match letter {
        '┊' => ':',
        '│' => '|',
        '─' => '-',
        other => other,
    }
}

/// The line below with a tick at the years that are named, and the years. A year stands where it begins.
fn axis(plot: &Plot, label_cols: usize, width: usize, glyphs: Glyphs) -> [ChartRow; 2] {
    let (first, last) = (plot.years.0 as i32, plot.years.1 as i32);
    let count = usize::try_from(last - first).unwrap_or(1).max(1);
    let each =
        [1, 2, 3, 5, 10, 20, 50].into_iter().find(|each| width / (count / each).max(1) >= 6).unwrap_or(100);
    let mut line = vec![glyphs.pick('─', '-'); width];
    let mut names = vec![' '; width];
    let mut free = 0;
    for year in (first..last).step_by(each) {
        let x = ((plot.across(f64::from(year)) * width as f64) as usize).min(width - 1);
        let name = year.to_string();
        if x < free || x + name.len() > width {
            continue;
        }
        line[x] = glyphs.pick('┬', '+');
        name.chars().enumerate().for_each(|(at, c)| names[x + at] = c);
        free = x + name.len() + 1;
    }
    let row = |before: String, text: Vec<char>| {
        let mut row = ChartRow::default();
        row.push(ChartRole::Axis, &format!("{before}{}", text.into_iter().collect::<String>()));
        row
    };
    let corner = glyphs.pick("└", "+");
    [row(format!("{} {corner}", " ".repeat(label_cols)), line), row(" ".repeat(label_cols + 2), names)]
}
