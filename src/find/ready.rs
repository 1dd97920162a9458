//! One word of a query against one text: whether it matches, how well, and on which characters.
//!
//! Side by side first, in every reach; only where that finds nothing, with gaps inside a small window.

use std::ops::Range;

use super::automaton::{Gaps, MatchReach, SymbolTable};
use super::block::{Alphabet, IndexedText, TextBlock, TextRun};
use super::fuzzy::Scorer;
use super::latin::{Needle, judge};
use super::pattern::Pattern;
use super::rank::{MatchClass, MatchPlace, MatchZone, Rank};
use super::word::{Detail, Matching, SearchWord, WordAnchor, WordMatch};

/// One spelling made ready for a block.
struct Ready<'a> {
    pattern: &'a Pattern,
    needle: Option<Needle>,
    table: Option<SymbolTable>,
    /// For a pattern too long for the table.
    symbols: Option<Vec<u16>>,
}

impl Ready<'_> {
    /// Whether its characters are in a text in their order; for a long pattern, whether it stands there.
    fn is_within(&self, cell: &IndexedText) -> bool {
        match cell.run {
            TextRun::Bytes(text) if self.pattern.is_loose() => {
                self.needle.as_ref().is_some_and(|needle| needle.is_within(text))
            }
            TextRun::Bytes(text) => {
                self.needle.as_ref().is_some_and(|needle| needle.occurrences(text).next().is_some())
            }
            TextRun::Symbols(text) => match (&self.table, &self.symbols) {
                (Some(table), _) => table.is_within(text),
                (None, symbols) => symbols.is_some(),
            },
        }
    }
}

/// A word made ready for a block.
pub struct ReadyWord<'a> {
    word: &'a SearchWord,
    spellings: Vec<Ready<'a>>,
    /// The best kind of match there can be.
    best_class: MatchClass,
}

impl<'a> ReadyWord<'a> {
    pub fn new(word: &'a SearchWord, block: &TextBlock) -> Self {
        let ready = |pattern: &'a Pattern| Ready {
            pattern,
            needle: pattern.is_ascii().then(|| Needle::new(pattern.bytes())),
            table: pattern.is_loose().then(|| block.alphabet.table(pattern)),
            symbols: if pattern.is_loose() { None } else { block.alphabet.symbols(pattern.chars()) },
        };
        let ascii = word.spellings.iter().all(Pattern::is_ascii);
        let best_class = if ascii { MatchClass::ExactLatin } else { MatchClass::Exact };
        Self { word, spellings: word.spellings.iter().map(ready).collect(), best_class }
    }

    /// The best match of the word in a node's cells.
    pub fn in_node(&self, block: &TextBlock, node: u32, detail: Detail) -> WordMatch {
        let mut best = WordMatch::Nothing;
        for number in block.cells_of(node) {
            let mask = block.mask(number);
            if !self.spellings.iter().any(|ready| ready.pattern.mask() & !mask == 0) {
                continue;
            }
            let cell = block.cell(number);
            if let WordMatch::Matched(rank) = best
                && !self.can_beat(rank, cell.field.zone())
            {
                break;
            }
            best.better(self.in_cell(block, &cell, mask, detail));
        }
        best
    }

    /// Whether the word stands side by side in a title of a node.
    pub fn is_in_title(&self, block: &TextBlock, node: u32) -> bool {
        let mut found = false;
        for number in block.cells_of(node) {
            let cell = block.cell(number);
            if found || cell.field.zone() != MatchZone::Title {
                break;
            }
            for ready in self.spellings.iter().filter(|ready| ready.pattern.mask() & !block.mask(number) == 0)
            {
                self.contiguous(ready, block, &cell, |_, _, _, _| found = true);
            }
        }
        found
    }

    /// Whether a cell of a zone, or of one after it, could hold a better match.
    fn can_beat(&self, rank: Rank, zone: MatchZone) -> bool {
        Rank::contiguous(self.best_class, zone, MatchPlace::Whole, 0) > rank
    }

    /// The best match in a cell.
    fn in_cell(&self, block: &TextBlock, cell: &IndexedText, mask: u64, detail: Detail) -> WordMatch {
        if cell.field.zone() == MatchZone::Figure {
            return self.in_figures(cell);
        }
        let mut best = WordMatch::Nothing;
        for ready in self.spellings.iter().filter(|ready| ready.pattern.mask() & !mask == 0) {
            best.better(self.spelling_in(ready, block, cell, detail));
        }
        best
    }

    /// Figures match as whole numbers or by their beginning.
    fn in_figures(&self, cell: &IndexedText) -> WordMatch {
        let (Some(figure), TextRun::Bytes(text)) = (&self.word.figure, cell.run) else {
            return WordMatch::Nothing;
        };
        let mut best = WordMatch::Nothing;
        for number in text.split(|byte| *byte == b' ') {
            if number == figure.as_bytes() {
                let place =
                    if number.len() == text.len() { MatchPlace::Whole } else { MatchPlace::WordStart };
                best.better(WordMatch::Matched(Rank::contiguous(
                    MatchClass::ExactLatin,
                    MatchZone::Figure,
                    place,
                    text.len(),
                )));
            } else if self.word.matching == Matching::Fuzzy && number.starts_with(figure.as_bytes()) {
                best.better(WordMatch::Matched(Rank::contiguous(
                    MatchClass::Prefix,
                    MatchZone::Figure,
                    MatchPlace::WordStart,
                    text.len(),
                )));
            }
        }
        best
    }

    fn spelling_in(&self, ready: &Ready, block: &TextBlock, cell: &IndexedText, detail: Detail) -> WordMatch {
        if let Some(seen) = self.letter_in(ready, cell) {
            return seen;
        }
        if !ready.is_within(cell) {
            return WordMatch::Nothing;
        }
        let mut best: Option<Rank> = None;
        let chars = cell.run.count_chars();
        self.contiguous(ready, block, cell, |class, place, _, _| {
            let rank = Rank::contiguous(class, cell.field.zone(), place, chars);
            best = best.max(Some(rank));
        });
        if let Some(rank) = best {
            return WordMatch::Matched(rank);
        }
        if self.word.matching == Matching::Exact || !ready.pattern.is_loose() {
            return WordMatch::Nothing;
        }
        match self.scattered_chars(ready, block, cell, detail) {
            Some((_, score)) => WordMatch::Matched(Rank::scattered(cell.field.zone(), score)),
            None => WordMatch::Loosely,
        }
    }

    /// The short way for one letter in ASCII text.
    fn letter_in(&self, ready: &Ready, cell: &IndexedText) -> Option<WordMatch> {
        let TextRun::Bytes(text) = cell.run else { return None };
        let plain = self.word.anchor == WordAnchor::Free && ready.pattern.upper().is_empty();
        let best = ready.needle.as_ref().filter(|_| plain)?.best_letter(text)?;
        Some(best.map_or(WordMatch::Nothing, |(class, place)| {
            WordMatch::Matched(Rank::contiguous(class, cell.field.zone(), place, text.len()))
        }))
    }

    /// Calls `seen` with each occurrence side by side that the word allows.
    fn contiguous(
        &self,
        ready: &Ready,
        block: &TextBlock,
        cell: &IndexedText,
        mut seen: impl FnMut(MatchClass, MatchPlace, MatchReach, Range<usize>),
    ) {
        match cell.run {
            TextRun::Bytes(text) => {
                for chars in ready.needle.iter().flat_map(|needle| needle.occurrences(text)) {
                    if self.allows(ready, cell, MatchReach::Literal, &chars) {
                        let (class, place) = judge(text, &chars);
                        seen(class, place, MatchReach::Literal, chars);
                        if class == MatchClass::ExactLatin {
                            break; // further right nothing is better
                        }
                    }
                }
            }
            TextRun::Symbols(text) => self.contiguous_in_symbols(ready, block, cell, text, seen),
        }
    }

    fn contiguous_in_symbols(
        &self,
        ready: &Ready,
        block: &TextBlock,
        cell: &IndexedText,
        text: &[u16],
        mut seen: impl FnMut(MatchClass, MatchPlace, MatchReach, Range<usize>),
    ) {
        if let Some(symbols) = ready.symbols.as_ref().filter(|symbols| symbols.len() <= text.len()) {
            for at in 0..=text.len() - symbols.len() {
                let chars = at..at + symbols.len();
                if text[chars.clone()] == **symbols && self.allows(ready, cell, MatchReach::Literal, &chars) {
                    seen(
                        MatchClass::Exact,
                        place_of(text.len(), &chars, MatchPlace::Inside),
                        MatchReach::Literal,
                        chars,
                    );
                }
            }
        }
        let Some(table) = &ready.table else { return };
        table.contiguous(text, |reach, chars| {
            if self.allows(ready, cell, reach, &chars) {
                let (class, place) = judge_symbols(ready, &block.alphabet, text, reach, &chars);
                seen(class, place, reach, chars);
            }
        });
    }

    /// Whether an occurrence is where and as the word wants it.
    fn allows(&self, ready: &Ready, cell: &IndexedText, reach: MatchReach, chars: &Range<usize>) -> bool {
        let at_start = chars.start == 0;
        let at_end = chars.end == cell.run.count_chars();
        let anchored = match self.word.anchor {
            WordAnchor::Free => true,
            WordAnchor::Start => at_start,
            WordAnchor::End => at_end,
            WordAnchor::Both => at_start && at_end,
        };
        let as_it_stands = self.word.matching == Matching::Fuzzy || reach == MatchReach::Literal;
        anchored
            && as_it_stands
            && (reach != MatchReach::Literal || has_case(ready.pattern, cell, chars.start))
    }

    /// The characters of a match with gaps, and its score (both only where they are asked for). A word with
    /// upper case letters or anchors wants no gaps.
    fn scattered_chars(
        &self,
        ready: &Ready,
        block: &TextBlock,
        cell: &IndexedText,
        detail: Detail,
    ) -> Option<(Vec<usize>, i64)> {
        let free = self.word.matching == Matching::Fuzzy && self.word.anchor == WordAnchor::Free;
        if !free
            || !names(cell.field.zone())
            || !ready.pattern.is_loose()
            || ready.pattern.chars().len() < 2
            || !ready.pattern.upper().is_empty()
        {
            return None;
        }
        let (window, pattern, text): (Range<usize>, String, String) = match cell.run {
            TextRun::Bytes(bytes) => {
                let window = ready.needle.as_ref()?.window(bytes)?;
                if matches!(detail, Detail::Coarse) {
                    return Some((Vec::new(), 0));
                }
                let text = bytes[window.clone()].iter().map(|byte| char::from(*byte)).collect();
                (window, ready.pattern.chars().iter().collect(), text)
            }
            TextRun::Symbols(symbols) => {
                let table = ready.table.as_ref()?;
                let window = table.window(symbols)?;
                let taken = table.align(symbols, window.clone(), MatchReach::Initials, Gaps::Any);
                if window.len() > 2 * taken.len() + 6 {
                    return None;
                }
                if matches!(detail, Detail::Coarse) {
                    return Some((Vec::new(), 0));
                }
                let pattern = taken.iter().map(|at| block.alphabet.char(symbols[*at])).collect();
                let text =
                    symbols[window.clone()].iter().map(|symbol| block.alphabet.char(*symbol)).collect();
                (window, pattern, text)
            }
        };
        let Detail::Scored(scorer) = detail else { return None };
        let scored = scorer.score(&text, &pattern).unwrap_or_default();
        Some((scored.chars.iter().map(|at| window.start + at).collect(), scored.score))
    }

    /// The folded characters of the best match in a cell, with its rank; empty where the match is in figures.
    pub fn mark(&self, block: &TextBlock, number: usize, scorer: &dyn Scorer) -> Option<(Rank, Vec<usize>)> {
        let mask = block.mask(number);
        let cell = block.cell(number);
        if cell.field.zone() == MatchZone::Figure {
            return match self.in_figures(&cell) {
                WordMatch::Matched(rank) => Some((rank, Vec::new())),
                WordMatch::Nothing | WordMatch::Loosely => None,
            };
        }
        let ready = self.spellings.iter().filter(|ready| ready.pattern.mask() & !mask == 0);
        ready
            .filter_map(|ready| self.mark_spelling(ready, block, &cell, scorer))
            .max_by_key(|(rank, _)| *rank)
    }

    fn mark_spelling(
        &self,
        ready: &Ready,
        block: &TextBlock,
        cell: &IndexedText,
        scorer: &dyn Scorer,
    ) -> Option<(Rank, Vec<usize>)> {
        let (zone, chars) = (cell.field.zone(), cell.run.count_chars());
        let mut best: Option<(Rank, MatchReach, Range<usize>)> = None;
        self.contiguous(ready, block, cell, |class, place, reach, at| {
            let rank = Rank::contiguous(class, zone, place, chars);
            if best.as_ref().is_none_or(|best| rank > best.0) {
                best = Some((rank, reach, at));
            }
        });
        if let Some((rank, reach, at)) = best {
            let taken = match (cell.run, &ready.table) {
                (TextRun::Symbols(text), Some(table)) if reach != MatchReach::Literal => {
                    table.align(text, at, reach, Gaps::None)
                }
                _ => at.collect(),
            };
            return Some((rank, taken));
        }
        if self.word.matching == Matching::Exact {
            return None;
        }
        let (taken, score) = self.scattered_chars(ready, block, cell, Detail::Scored(scorer))?;
        Some((Rank::scattered(zone, score), taken))
    }
}

/// Whether a text names its node. Letters scattered over a sentence are chance: most sentences have any three
/// initials in them.
fn names(zone: MatchZone) -> bool {
    matches!(zone, MatchZone::Title | MatchZone::FormerTitle | MatchZone::Tag | MatchZone::Id)
}

/// Whether the upper case letters of a pattern are upper case in the text.
fn has_case(pattern: &Pattern, cell: &IndexedText, from: usize) -> bool {
    pattern
        .upper()
        .iter()
        .enumerate()
        .all(|(at, upper)| *upper == cell.is_upper(from + at) || !letter(pattern, at))
}

fn letter(pattern: &Pattern, at: usize) -> bool {
    pattern.chars()[at].is_alphabetic()
}

fn place_of(text_chars: usize, chars: &Range<usize>, otherwise: MatchPlace) -> MatchPlace {
    match (chars.start, chars.end) {
        (0, end) if end == text_chars => MatchPlace::Whole,
        (0, _) => MatchPlace::FieldStart,
        _ => otherwise,
    }
}

/// What an occurrence among symbols is worth.
fn judge_symbols(
    ready: &Ready,
    alphabet: &Alphabet,
    text: &[u16],
    reach: MatchReach,
    chars: &Range<usize>,
) -> (MatchClass, MatchPlace) {
    let starts = !alphabet.is_inside_word(text, chars.start);
    let ends = !alphabet.is_inside_word(text, chars.end);
    let class = match reach {
        MatchReach::Syllables => MatchClass::Pinyin,
        MatchReach::Initials => MatchClass::Initials,
        MatchReach::Literal if !ready.pattern.is_ascii() => MatchClass::Exact,
        MatchReach::Literal if starts && ends => MatchClass::ExactLatin,
        MatchReach::Literal if starts => MatchClass::Prefix,
        MatchReach::Literal => MatchClass::Inside,
    };
    let opens = alphabet.is_opening(text, chars.start);
    (class, place_of(text.len(), chars, if opens { MatchPlace::WordStart } else { MatchPlace::Inside }))
}
