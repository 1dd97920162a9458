//! A screen as a picture: each run of cells with one look is one text, stretched to the columns it takes, so
//! that Chinese stays in its columns whatever fonts a reader has.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

const COL: usize = 8;
const LINE: usize = 18;
const MARGIN: usize = 12;
const INK: &str = "#d4d4d4";
const PAPER: &str = "#1e1e1e";

/// What a run of cells looks like: ink, paper, bold, underlined.
type Look = (&'static str, &'static str, bool, bool);

fn look(cell: &Cell) -> Look {
    let is = |modifier| cell.modifier.contains(modifier);
    // Of the 240 colours that look the same in every terminal, those of the dark theme.
    let ink = match cell.fg {
        Color::Indexed(80) => "#5fd7d7",
        Color::Indexed(114) => "#87d787",
        Color::Indexed(210) => "#ff8787",
        Color::Indexed(221) => "#ffd75f",
        Color::Indexed(248) => "#a8a8a8",
        _ => INK,
    };
    let (bold, underlined) = (is(Modifier::BOLD), is(Modifier::UNDERLINED));
    if is(Modifier::REVERSED) { (PAPER, INK, bold, underlined) } else { (ink, PAPER, bold, underlined) }
}

/// Runs of one look: first column, columns, text. Runs of Chinese and others are apart, since their letters are
/// of different widths.
fn runs(buffer: &Buffer, line: u16) -> Vec<(usize, usize, Look, String)> {
    let mut runs: Vec<(usize, usize, Look, String)> = Vec::new();
    let mut last_wide = false;
    let mut col = 0;
    while col < buffer.area.width {
        let cell = &buffer[(col, line)];
        let cols = cell.symbol().width().max(1);
        let wide = cols > 1;
        match runs.last_mut() {
            Some((_, taken, with, text)) if *with == look(cell) && wide == last_wide => {
                *taken += cols;
                text.push_str(cell.symbol());
            }
            _ => runs.push((usize::from(col), cols, look(cell), cell.symbol().to_owned())),
        }
        last_wide = wide;
        col += u16::try_from(cols).unwrap();
    }
    runs
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The picture, with what it shows for those who cannot see it.
pub fn picture(buffer: &Buffer, shows: &str) -> String {
    let width = usize::from(buffer.area.width) * COL + 2 * MARGIN;
    let height = usize::from(buffer.area.height) * LINE + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{PAPER}\"/>\n\
         <g font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC','Noto Sans CJK SC',monospace\" \
         font-size=\"13\" xml:space=\"preserve\">\n",
        escaped(shows)
    );
    for line in 0..buffer.area.height {
        let top = MARGIN + usize::from(line) * LINE;
        for (col, cols, (ink, paper, bold, underlined), text) in runs(buffer, line) {
            let (x, wide) = (MARGIN + col * COL, cols * COL);
            if paper != PAPER {
                writeln!(
                    svg,
                    "<rect x=\"{x}\" y=\"{top}\" width=\"{wide}\" height=\"{LINE}\" fill=\"{paper}\"/>"
                )
                .unwrap();
            }
            if text.trim().is_empty() {
                continue;
            }
            let weight = if bold { " font-weight=\"bold\"" } else { "" };
            let under = if underlined { " text-decoration=\"underline\"" } else { "" };
            writeln!(
                svg,
                "<text x=\"{x}\" y=\"{}\" textLength=\"{wide}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\"{weight}{under}>{}</text>",
                top + 13,
                escaped(&text)
            )
            .unwrap();
        }
    }
    svg + "</g>\n</svg>\n"
}
