//! Diagnostics as text for people: the place, the line with its caret (right under wide characters too), and
//! what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet as Source};

use unicode_width::UnicodeWidthChar;

use super::{Diagnostic, Severity, Snippet};
use crate::text::{Ui, clean::one_line};

/// Whether colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Text without escape sequences.
    Plain,
    /// Text with the terminal's own colours.
    Colour,
}

/// Diagnostics one after another, a blank line between them. Long lines of a file are cut to `width_cols`;
/// every character that is not safe on a terminal is replaced.
pub fn render(diagnostics: &[Diagnostic], ui: Ui, paint: Paint, width_cols: usize) -> String {
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Colour => Renderer::styled(),
    };
    // Lines are cut here, with a mark; the renderer's own cutting leaves none.
    let renderer = renderer.term_width(usize::MAX / 2).decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let text = renderer.render(&[group(diagnostic, ui, width_cols)]);
        // The place stands above the line already; the renderer's second gap for it says nothing.
        for line in text.lines().filter(|line| !is_gap(line)) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// Whether a line is `:::` and nothing else but colours.
fn is_gap(line: &str) -> bool {
    let mut bare = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1B}' {
            let _ = chars.find(|c| *c == 'm');
        } else {
            bare.push(c);
        }
    }
    bare.trim() == ":::"
}

/// One diagnostic on one line: `plan.toml:3:1: error[E09]: …`, safe on a terminal.
pub fn line_of(diagnostic: &Diagnostic, ui: Ui) -> String {
    let Diagnostic { file, line, column, code, severity, message, .. } = diagnostic;
    let name = severity.label(ui);
    let place = match (file.is_empty(), line) {
        (true, _) => String::new(),
        (false, 0) => format!("{file}: "),
        (false, _) => format!("{file}:{line}:{column}: "),
    };
    one_line(&format!("{place}{name}[{code}]: {}", message.get(ui))).into_owned()
}

fn group(diagnostic: &Diagnostic, ui: Ui, width_cols: usize) -> Group<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title =
        level.with_name(diagnostic.severity.label(ui)).primary_title(one_line(diagnostic.message.get(ui)));
    let mut group = Group::with_title(title.id(diagnostic.code));
    let line = diagnostic.line as usize;
    if !diagnostic.file.is_empty() {
        let origin = Origin::path(one_line(&diagnostic.file));
        group = group.element(match line {
            0 => origin,
            _ => origin.line(line).char_column(diagnostic.column as usize),
        });
    }
    if let Some(snippet) = &diagnostic.snippet {
        let gutter_cols = line.to_string().len() + 3;
        let (text, marked) = shown(snippet, width_cols.saturating_sub(gutter_cols).max(MIN_COLS));
        group = group
            .element(Source::source(text).line_start(line).annotation(AnnotationKind::Primary.span(marked)));
    }
    group.element(Level::HELP.with_name(ui.pick("建议", "help")).message(one_line(diagnostic.help.get(ui))))
}

/// Narrowest line that is shown, in columns.
const MIN_COLS: usize = 30;

/// The line made safe, piece by piece, so that the caret stays where it belongs, and cut to a width around
/// the marked stretch.
fn shown(snippet: &Snippet, width_cols: usize) -> (String, Range<usize>) {
    let Snippet { line, bytes } = snippet;
    let piece = |range: Range<usize>| one_line(line.get(range).unwrap_or_default());
    let (before, marked, after) = (piece(0..bytes.start), piece(bytes.clone()), piece(bytes.end..line.len()));
    if cols(&before) + cols(&marked) + cols(&after) <= width_cols {
        let span = before.len()..before.len() + marked.len();
        return (format!("{before}{marked}{after}"), span);
    }
    let room = width_cols - 2;
    let marked = head(&marked, room);
    let rest = room - cols(marked);
    let before_cut = tail(&before, rest.saturating_sub(cols(&after).min(rest / 2)));
    let after_cut = head(&after, rest - cols(before_cut));
    let left = if before_cut.len() < before.len() { "…" } else { "" };
    let right = if after_cut.len() < after.len() { "…" } else { "" };
    let start = left.len() + before_cut.len();
    (format!("{left}{before_cut}{marked}{after_cut}{right}"), start..start + marked.len())
}

fn cols(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// As much of the beginning as fits.
fn head(text: &str, room_cols: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > room_cols
    });
    end.map_or(text, |(end, _)| &text[..end])
}

/// As much of the end as fits.
fn tail(text: &str, room_cols: usize) -> &str {
    let mut used = 0;
    let cut = text.char_indices().rev().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > room_cols
    });
    cut.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    // Room for all of it.
    #[case("ab [X] cd", 30, "ab [X] cd")]
    // The mark in the middle, the rest cut on both sides.
    #[case("aaaaaaaaaaaaaaaaaaaa[X]bbbbbbbbbbbbbbbbbbbb", 11, "…aaaa[X]bbbb…")]
    // Near the beginning all the room goes to what follows.
    #[case("a[X]bbbbbbbbbbbbbbbbbbbb", 11, "a[X]bbbbbbb…")]
    // A wide character that would stand half outside is left out.
    #[case("教育教育教育[X]强市强市强市", 12, "…教育[X]强市…")]
    // A mark wider than the room is cut itself.
    #[case("a[XXXXXXXXXXXXXXXX]b", 8, "…[XXXXXX]…")]
    fn a_long_line_is_cut_around_the_mark(
        #[case] marked: &str,
        #[case] width_cols: usize,
        #[case] expected: &str,
    ) {
        let start = marked.find('[').unwrap();
        let line = marked.replace(['[', ']'], "");
        let end = marked.find(']').unwrap() - 1;
        let (text, span) = shown(&Snippet { line, bytes: start..end }, width_cols);
        assert!(cols(&text) <= width_cols, "{text}");
        assert_eq!(
            format!("{}[{}]{}", &text[..span.start], &text[span.clone()], &text[span.end..]),
            expected
        );
    }

    #[test]
    fn what_reorders_or_clears_is_replaced_and_the_mark_stays_right() {
        let line = "a\u{1B}[2J\t\t\u{202E}b".to_owned();
        let at = line.len() - 1;
        let (text, span) = shown(&Snippet { line, bytes: at..at + 1 }, 80);
        assert_eq!(text, "a\u{FFFD}[2J \u{FFFD}b");
        assert_eq!(&text[span], "b");
    }
}
