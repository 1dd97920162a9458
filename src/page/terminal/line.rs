//! Pieces as stretches of a line, and stretches wrapped.

use super::TextStyle;
use crate::page::block::{Inline, Wording, Words};
use crate::plan::State;
use crate::text::clean::one_line;
use crate::text::columns::{reach, wrap};

/// A stretch of one look.
pub(super) type StyledSpan = (TextStyle, String);

const BETWEEN: &str = " · ";

/// A wording, marked where it stands in for a missing one.
pub(super) fn wording(one: &Wording) -> String {
    if one.borrowed { format!("{} ⟨?⟩", one.text) } else { one.text.clone() }
}

/// Words where there is room for one language.
pub(super) fn first(words: &Words) -> String {
    words.first().map(wording).unwrap_or_default()
}

/// Words in every language shown.
pub(super) fn every(words: &Words) -> String {
    words.wordings().iter().map(wording).collect::<Vec<_>>().join(BETWEEN)
}

/// A text with the sign of a state before it, in the letters of the words that stand with it.
fn signed(state: State, words: &Words, text: &str) -> String {
    match words.sign(state) {
        "" => text.to_owned(),
        sign => format!("{sign} {text}"),
    }
}

fn piece(piece: &Inline) -> String {
    match piece {
        Inline::Words(words) => first(words),
        Inline::Title(words) => every(words),
        Inline::Plain(text) | Inline::Id(text) | Inline::Link(text) => text.clone(),
        Inline::State(state, words) => signed(*state, words, &first(words)),
        Inline::Count(state, words, count) if words.is_empty() => signed(*state, words, &count.to_string()),
        Inline::Count(state, words, count) => signed(*state, words, &format!("{} {count}", first(words))),
        Inline::Cite { at, name, .. } => {
            let at = at.as_deref().map(|at| format!(" {at}")).unwrap_or_default();
            format!("{}{at}", first(name))
        }
    }
}

/// A line as text, not yet safe for a terminal.
pub(super) fn said(line: &[Inline]) -> String {
    let all = line.iter().map(piece).filter(|text| !text.is_empty());
    all.collect::<Vec<_>>().join(BETWEEN)
}

/// The look of a piece; what has none of its own has that of its line.
pub(super) fn look(piece: &Inline, of_line: TextStyle) -> TextStyle {
    match piece {
        Inline::State(state, _) | Inline::Count(state, ..) => TextStyle::State(*state),
        Inline::Id(_) | Inline::Cite { .. } => TextStyle::Quiet,
        _ => of_line,
    }
}

/// A line as safe stretches, no more of each than shows in so many columns.
pub(super) fn spans(line: &[Inline], of_line: TextStyle, max_cols: usize) -> Vec<StyledSpan> {
    let mut spans: Vec<StyledSpan> = Vec::new();
    for part in line {
        let text = piece(part);
        if text.is_empty() {
            continue;
        }
        if !spans.is_empty() {
            let between = if of_line == TextStyle::Quiet { of_line } else { TextStyle::Plain };
            spans.push((between, BETWEEN.to_owned()));
        }
        spans.push((look(part, of_line), one_line(reach(&text, max_cols)).into_owned()));
    }
    spans
}

/// Stretches in lines of so many columns.
pub(super) fn wrap_spans(spans: Vec<StyledSpan>, max_cols: usize) -> Vec<Vec<StyledSpan>> {
    if let [(look, text)] = spans.as_slice() {
        return wrap(text, max_cols).into_iter().map(|line| vec![(*look, line)]).collect();
    }
    let text: String = spans.iter().map(|(_, text)| text.as_str()).collect();
    let mut at = 0;
    let cut = |line: String| {
        // Only spaces were left out between the lines.
        let start = at + text[at..].find(&*line).unwrap_or(0);
        at = start + line.len();
        between(&spans, start, at)
    };
    wrap(&text, max_cols).into_iter().map(cut).collect()
}

/// The stretches between two bytes of their text.
fn between(spans: &[StyledSpan], from: usize, to: usize) -> Vec<StyledSpan> {
    let mut start = 0;
    let mut found = Vec::new();
    for (look, text) in spans {
        let end = start + text.len();
        let (low, high) = (from.max(start), to.min(end));
        if low < high {
            found.push((*look, text[low - start..high - start].to_owned()));
        }
        start = end;
    }
    found
}
