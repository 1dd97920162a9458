//! Matching a pattern against characters that each may consume a stretch of it, all possibilities at once in
//! one machine word.
//!
//! ```text
//! pattern  z h i y e          bit i of the state: the first i characters are consumed
//!          0 1 2 3 4 5        职 (zhi) sets 3 from 0, and 1 and 2 as an initial; 业 (ye) sets 5 from 3 and 4 from 3
//! ```
//! A mixed query (职业jy) needs nothing of its own, and no product of readings is ever formed.

use super::pattern::Pattern;
use super::pinyin::PinyinSteps;

/// A text as numbers of its block's distinct characters.
pub type Symbols<'a> = &'a [u16];

/// What counts as consuming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchReach {
    /// The characters themselves.
    Literal,
    Syllables,
    Initials,
}

/// Whether characters may be passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gaps {
    /// Side by side.
    None,
    Any,
}

/// For each distinct character of a block, what it can consume of one pattern.
#[derive(Clone, Debug)]
pub struct SymbolTable {
    slots: Vec<u16>,
    steps: Vec<PinyinSteps>,
    chars: usize,
}

impl SymbolTable {
    /// A table for a pattern of at most [`super::pattern::MAX_LOOSE_CHARS`] characters. `steps` gives what
    /// each symbol consumes, in order.
    pub fn new(pattern: &Pattern, symbols: impl Iterator<Item = PinyinSteps>) -> Self {
        let mut table =
            Self { slots: Vec::new(), steps: vec![PinyinSteps::default()], chars: pattern.chars().len() };
        for steps in symbols {
            if steps.is_none() {
                table.slots.push(0);
            } else {
                table.slots.push(u16::try_from(table.steps.len()).unwrap_or(0));
                table.steps.push(steps);
            }
        }
        table
    }

    fn steps(&self, symbol: u16) -> &PinyinSteps {
        &self.steps[usize::from(self.slots[usize::from(symbol)])]
    }

    fn goal(&self) -> u64 {
        1 << self.chars
    }

    /// Whether the pattern is in the text at all, with any gaps: the loosest test there is.
    pub fn is_within(&self, text: Symbols) -> bool {
        self.end_after(text, 0).is_some()
    }

    /// The end of the first scattered occurrence that starts at `from` or later.
    fn end_after(&self, text: Symbols, from: usize) -> Option<usize> {
        let mut state = 1u64;
        let goal = self.goal();
        for (at, symbol) in text.iter().enumerate().skip(from) {
            let slot = self.slots[usize::from(*symbol)];
            if slot != 0 {
                state |= forward(state, &self.steps[usize::from(slot)], MatchReach::Initials);
                if state & goal != 0 {
                    return Some(at + 1);
                }
            }
        }
        None
    }

    /// The latest start of an occurrence that ends at `end`.
    fn start_before(&self, text: Symbols, end: usize, reach: MatchReach, gaps: Gaps) -> Option<usize> {
        let mut state = self.goal();
        for at in (0..end).rev() {
            let back = backward(state, self.steps(text[at]), reach);
            state = match gaps {
                Gaps::None => back,
                Gaps::Any => state | back,
            };
            if state & 1 != 0 {
                return Some(at);
            }
            if state == 0 {
                return None;
            }
        }
        None
    }

    /// Calls `seen` with each occurrence side by side, from left to right, as symbols from and to. The best
    /// reach of each end is given.
    pub fn contiguous(&self, text: Symbols, mut seen: impl FnMut(MatchReach, std::ops::Range<usize>)) {
        let goal = self.goal();
        let (mut literal, mut syllables, mut initials) = (0u64, 0u64, 0u64);
        for (at, symbol) in text.iter().enumerate() {
            let slot = self.slots[usize::from(*symbol)];
            if slot == 0 {
                (literal, syllables, initials) = (0, 0, 0);
                continue;
            }
            let steps = &self.steps[usize::from(slot)];
            literal = forward(literal | 1, steps, MatchReach::Literal);
            syllables = forward(syllables | 1, steps, MatchReach::Syllables);
            initials = forward(initials | 1, steps, MatchReach::Initials);
            if initials & goal == 0 {
                continue;
            }
            let reach = if literal & goal != 0 {
                MatchReach::Literal
            } else if syllables & goal != 0 {
                MatchReach::Syllables
            } else {
                MatchReach::Initials
            };
            if let Some(start) = self.start_before(text, at + 1, reach, Gaps::None) {
                seen(reach, start..at + 1);
            }
        }
    }

    /// The smallest stretch of the text that holds the pattern with gaps; the first of several. Looks at a
    /// bounded number of them.
    pub fn window(&self, text: Symbols) -> Option<std::ops::Range<usize>> {
        const MOST: usize = 16;
        let mut best: Option<std::ops::Range<usize>> = None;
        let mut from = 0;
        for _ in 0..MOST {
            let Some(end) = self.end_after(text, from) else { break };
            let Some(start) = self.start_before(text, end, MatchReach::Initials, Gaps::Any) else { break };
            if best.as_ref().is_none_or(|best| end - start < best.len()) {
                best = Some(start..end);
            }
            from = start.max(from) + 1;
        }
        best
    }

    /// Which symbols of `window` do the consuming, as places in the text; empty where the window holds no
    /// occurrence. Symbols side by side are preferred, and more letters by one symbol to fewer.
    pub fn align(
        &self,
        text: Symbols,
        window: std::ops::Range<usize>,
        reach: MatchReach,
        gaps: Gaps,
    ) -> Vec<usize> {
        let mut states = vec![1u64];
        for symbol in &text[window.clone()] {
            let state = states.last().copied().unwrap_or(1);
            let next = forward(state, self.steps(*symbol), reach);
            states.push(match gaps {
                Gaps::None => next,
                Gaps::Any => state | next,
            });
        }
        let mut left = self.chars;
        let mut out = Vec::new();
        for at in (0..window.len()).rev() {
            if left == 0 {
                break;
            }
            let steps = self.steps(text[window.start + at]);
            let taken = (1..=left.min(steps.syllable.len())).rev().find(|chars| {
                let from = 1u64 << (left - chars);
                states[at] & from != 0 && takes(steps, *chars, reach) & from != 0
            });
            if let Some(chars) = taken {
                left -= chars;
                out.push(window.start + at);
            }
        }
        if left > 0 {
            return Vec::new();
        }
        out.reverse();
        out
    }
}

/// From where a symbol consumes so many characters.
fn takes(steps: &PinyinSteps, chars: usize, reach: MatchReach) -> u64 {
    let literal = if chars == 1 { steps.literal } else { 0 };
    match reach {
        MatchReach::Literal => literal,
        MatchReach::Syllables => literal | steps.syllable[chars - 1],
        MatchReach::Initials => {
            literal | steps.syllable[chars - 1] | steps.initial.get(chars - 1).copied().unwrap_or(0)
        }
    }
}

fn forward(state: u64, steps: &PinyinSteps, reach: MatchReach) -> u64 {
    let mut next = (state & steps.literal) << 1;
    if reach == MatchReach::Literal {
        return next;
    }
    for (less, mask) in steps.syllable.iter().enumerate() {
        next |= (state & mask) << (less + 1);
    }
    if reach == MatchReach::Initials {
        next |= (state & steps.initial[0]) << 1 | (state & steps.initial[1]) << 2;
    }
    next
}

fn backward(state: u64, steps: &PinyinSteps, reach: MatchReach) -> u64 {
    let mut back = (state >> 1) & steps.literal;
    if reach == MatchReach::Literal {
        return back;
    }
    for (less, mask) in steps.syllable.iter().enumerate() {
        back |= (state >> (less + 1)) & mask;
    }
    if reach == MatchReach::Initials {
        back |= (state >> 1) & steps.initial[0] | (state >> 2) & steps.initial[1];
    }
    back
}
