//! The searched texts of a run of nodes as a structure of arrays: one cell a field and language, its
//! characters in one of two arenas.
//!
//! ```text
//! cells     mask u64 · span (from, to) u32 × 2 · field u32            20 bytes each
//! bytes     folded texts that are ASCII, end to end
//! symbols   all other folded texts, as u16 numbers of the block's distinct characters
//! upper     one bit a character of either arena: it was upper case
//! ```

use hashbrown::HashMap;

use super::automaton::SymbolTable;
use super::extra::JournalExtras;
use super::field::{SearchField, figures};
use super::fold_text::{FoldedChar, LetterCase, fold};
use super::pattern::{Pattern, char_bit};
use super::pinyin::{PinyinSteps, readings};
use crate::plan::{NodeId, Plan};
use crate::text::Text;

/// Bits, one a character of an arena.
#[derive(Clone, Debug, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn set(&mut self, at: usize) {
        if at / 64 >= self.0.len() {
            self.0.resize(at / 64 + 1, 0);
        }
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn get(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

/// The distinct characters of a block and how they are read.
#[derive(Clone, Debug, Default)]
pub struct Alphabet {
    chars: Vec<char>,
    reading_from: Vec<u32>,
    reading_ids: Vec<u16>,
    syllables: Vec<&'static str>,
}

impl Alphabet {
    /// What each symbol consumes of a pattern.
    pub fn table(&self, pattern: &Pattern) -> SymbolTable {
        let of_syllable: Vec<Option<PinyinSteps>> = self
            .syllables
            .iter()
            .map(|syllable| {
                let mut steps = PinyinSteps::default();
                steps.add_reading(syllable, pattern);
                (!steps.is_none()).then_some(steps)
            })
            .collect();
        SymbolTable::new(
            pattern,
            self.chars.iter().enumerate().map(|(symbol, c)| {
                let mut steps = PinyinSteps::default();
                steps.add_literal(*c, pattern);
                let ids = self.reading_from[symbol] as usize..self.reading_from[symbol + 1] as usize;
                for own in
                    self.reading_ids[ids].iter().filter_map(|id| of_syllable[usize::from(*id)].as_ref())
                {
                    steps.add(own);
                }
                steps
            }),
        )
    }

    /// The numbers of characters; `None` where one of them does not occur.
    pub fn symbols(&self, chars: &[char]) -> Option<Vec<u16>> {
        let numbers: HashMap<char, u16> = self.chars.iter().copied().zip(0u16..=u16::MAX).collect();
        chars.iter().map(|c| numbers.get(c).copied()).collect()
    }

    /// Whether a place lies between two characters of one word or number in Latin letters.
    pub fn is_inside_word(&self, text: &[u16], at: usize) -> bool {
        let latin = |at: usize| text.get(at).is_some_and(|symbol| self.char(*symbol).is_ascii_alphanumeric());
        at > 0 && latin(at - 1) && latin(at)
    }

    /// Whether something begins at a place: a text, or what follows a sign, a space or a change between Latin
    /// and other letters.
    pub fn is_opening(&self, text: &[u16], at: usize) -> bool {
        let (Some(left), Some(right)) = (at.checked_sub(1).and_then(|at| text.get(at)), text.get(at)) else {
            return at == 0;
        };
        let (left, right) = (self.char(*left), self.char(*right));
        !left.is_alphanumeric() || left.is_ascii() != right.is_ascii()
    }

    /// The character of a symbol.
    pub fn char(&self, symbol: u16) -> char {
        self.chars[usize::from(symbol)]
    }
}

/// A folded text of the index.
#[derive(Clone, Copy, Debug)]
pub enum TextRun<'a> {
    Bytes(&'a [u8]),
    /// Anything else.
    Symbols(&'a [u16]),
}

impl TextRun<'_> {
    /// Its folded characters, counted.
    pub fn count_chars(self) -> usize {
        match self {
            TextRun::Bytes(bytes) => bytes.len(),
            TextRun::Symbols(symbols) => symbols.len(),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct IndexedText<'a> {
    pub field: SearchField,
    pub run: TextRun<'a>,
    upper: &'a Bits,
    from: usize,
}

impl IndexedText<'_> {
    /// Whether a character of it was upper case.
    pub fn is_upper(&self, at: usize) -> bool {
        self.upper.get(self.from + at)
    }
}

/// The texts of consecutive nodes.
#[derive(Clone, Debug, Default)]
pub struct TextBlock {
    first_node: u32,
    first_cell: Vec<u32>,
    masks: Vec<u64>,
    spans: Vec<(u32, u32)>,
    fields: Vec<u32>,
    bytes: Vec<u8>,
    bytes_upper: Bits,
    symbols: Vec<u16>,
    symbols_upper: Bits,
    /// The distinct characters.
    pub alphabet: Alphabet,
}

/// Marks a cell whose text is in `symbols`.
const IN_SYMBOLS: u32 = 1 << 31;

impl TextBlock {
    pub fn nodes(&self) -> std::ops::Range<u32> {
        let count = u32::try_from(self.first_cell.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.first_node..self.first_node + count
    }

    /// The numbers of a node's cells, best fields first.
    pub fn cells_of(&self, node: u32) -> std::ops::Range<usize> {
        let at = (node - self.first_node) as usize;
        self.first_cell[at] as usize..self.first_cell[at + 1] as usize
    }

    pub fn mask(&self, cell: usize) -> u64 {
        self.masks[cell]
    }

    pub fn cell(&self, cell: usize) -> IndexedText<'_> {
        let (from, to) = self.spans[cell];
        let (from, to) = (from as usize, to as usize);
        let packed = self.fields[cell];
        let field = SearchField::unpack(packed & !IN_SYMBOLS);
        if packed & IN_SYMBOLS == 0 {
            IndexedText { field, run: TextRun::Bytes(&self.bytes[from..to]), upper: &self.bytes_upper, from }
        } else {
            IndexedText {
                field,
                run: TextRun::Symbols(&self.symbols[from..to]),
                upper: &self.symbols_upper,
                from,
            }
        }
    }

    /// Memory it takes, in bytes.
    pub fn heap_bytes(&self) -> usize {
        self.first_cell.capacity() * 4
            + self.masks.capacity() * 8
            + self.spans.capacity() * 8
            + self.fields.capacity() * 4
            + self.bytes.capacity()
            + self.symbols.capacity() * 2
            + (self.bytes_upper.0.capacity() + self.symbols_upper.0.capacity()) * 8
            + self.alphabet.chars.capacity() * 4
            + self.alphabet.reading_from.capacity() * 4
            + self.alphabet.reading_ids.capacity() * 2
            + self.alphabet.syllables.capacity() * 16
    }
}

/// Which texts of its nodes a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockPart {
    Plan,
    People,
}

pub struct Builder {
    block: TextBlock,
    numbers: HashMap<char, u16>,
    syllable_ids: HashMap<&'static str, u16>,
    bits: Vec<u64>,
    shared: HashMap<Box<str>, (u64, (u32, u32), u32)>,
}

/// The most distinct characters a block can tell apart. Beyond it (no real text comes near) further
/// characters are not found.
const MAX_SYMBOLS: usize = u16::MAX as usize;

/// How often the same text is expected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeated {
    /// Hardly ever.
    Rarely,
    /// Often: tags and glossary entries are kept once a block.
    Often,
}

impl Builder {
    /// A block that starts at a node.
    pub fn new(first_node: NodeId) -> Self {
        Self {
            block: TextBlock { first_node: first_node.0, first_cell: vec![0], ..TextBlock::default() },
            numbers: HashMap::new(),
            syllable_ids: HashMap::new(),
            bits: Vec::new(),
            shared: HashMap::new(),
        }
    }

    /// Adds the texts of the next node, best fields first.
    pub fn push(&mut self, plan: &Plan, extra: &JournalExtras, node: NodeId, part: BlockPart) {
        match part {
            BlockPart::Plan => self.push_plan(plan, node),
            BlockPart::People => {
                let Some(said) = extra.get(node) else { return self.end_node() };
                for (which, tag) in (0u16..).zip(&said.tags) {
                    self.push_text(SearchField::OwnTag(which), tag, Repeated::Often);
                }
                for (which, note) in (0u16..).zip(&said.notes) {
                    self.push_text(SearchField::Note(which), note, Repeated::Rarely);
                }
            }
        }
        self.end_node();
    }

    fn push_plan(&mut self, plan: &Plan, node: NodeId) {
        let own = plan.tree.node(node);
        self.push_wordings(Some(&own.title), SearchField::Title, Repeated::Rarely);
        for (which, title) in (0u16..).zip(own.former_titles()) {
            self.push_wordings(Some(title), |lang| SearchField::FormerTitle(which, lang), Repeated::Rarely);
        }
        for (which, tag) in (0u16..).zip(&own.tags) {
            self.push_text(SearchField::Tag(which), tag, Repeated::Often);
        }
        self.push_text(SearchField::Id, own.key.as_str(), Repeated::Rarely);
        for (which, alias) in (0u16..).zip(own.aliases()) {
            self.push_text(SearchField::Alias(which), alias.as_str(), Repeated::Rarely);
        }
        if own.metric.is_some() {
            self.push_text(SearchField::Figures, &figures(plan, node), Repeated::Rarely);
        }
        self.push_wordings(own.summary.as_ref(), SearchField::Summary, Repeated::Rarely);
        for (which, used) in (0u16..).zip(own.terms()) {
            let term = plan.term(used.term);
            self.push_wordings(Some(&term.title), |lang| SearchField::Term(which, lang), Repeated::Often);
        }
    }

    fn push_wordings(
        &mut self,
        text: Option<&Text>,
        field: impl Fn(crate::text::Lang) -> SearchField,
        repeated: Repeated,
    ) {
        for (lang, wording) in text.into_iter().flat_map(Text::iter) {
            self.push_text(field(lang), wording, repeated);
        }
    }

    fn end_node(&mut self) {
        let cells = u32::try_from(self.block.masks.len()).unwrap_or(u32::MAX);
        self.block.first_cell.push(cells);
    }

    fn push_text(&mut self, field: SearchField, text: &str, repeated: Repeated) {
        if text.is_empty() {
            return;
        }
        let known = (repeated == Repeated::Often).then(|| self.shared.get(text).copied()).flatten();
        let (mask, span, arena) = match known {
            Some(known) => known,
            None => {
                let Some(new) = self.push_folded(&fold(text)) else { return };
                if repeated == Repeated::Often {
                    self.shared.insert(text.into(), new);
                }
                new
            }
        };
        // Figures are compared as numbers, so their characters rule nothing out.
        let mask = if field == SearchField::Figures { u64::MAX } else { mask };
        self.block.masks.push(mask);
        self.block.spans.push(span);
        self.block.fields.push(field.pack() | arena);
    }

    /// The mask, the span and the arena of a text; `None` for one that does not fit any more.
    fn push_folded(&mut self, folded: &[FoldedChar]) -> Option<(u64, (u32, u32), u32)> {
        let ascii = folded.iter().all(|folded| folded.c.is_ascii());
        let from = if ascii { self.block.bytes.len() } else { self.block.symbols.len() };
        let span = (u32::try_from(from).ok()?, u32::try_from(from + folded.len()).ok()?);
        let mut mask = 0;
        for (at, folded) in (from..).zip(folded) {
            let upper = if ascii {
                self.block.bytes.push(u8::try_from(folded.c).unwrap_or(b' '));
                mask |= char_bit(folded.c);
                &mut self.block.bytes_upper
            } else {
                let symbol = self.symbol(folded.c);
                self.block.symbols.push(symbol);
                mask |= self.bits[usize::from(symbol)];
                &mut self.block.symbols_upper
            };
            if folded.case == LetterCase::Upper {
                upper.set(at);
            }
        }
        Some((mask, span, if ascii { 0 } else { IN_SYMBOLS }))
    }

    fn symbol(&mut self, c: char) -> u16 {
        if let Some(number) = self.numbers.get(&c) {
            return *number;
        }
        let alphabet = &mut self.block.alphabet;
        let at = alphabet.chars.len();
        let number = u16::try_from(at).unwrap_or(u16::MAX);
        if at > MAX_SYMBOLS {
            return number;
        }
        self.numbers.insert(c, number);
        let c = if at == MAX_SYMBOLS { char::REPLACEMENT_CHARACTER } else { c };
        let mut bit = char_bit(c);
        alphabet.chars.push(c);
        alphabet.reading_from.push(u32::try_from(alphabet.reading_ids.len()).unwrap_or(u32::MAX));
        for reading in readings(c) {
            bit |= reading.chars().fold(0, |mask, letter| mask | char_bit(letter));
            let next = u16::try_from(alphabet.syllables.len()).unwrap_or(u16::MAX);
            let id = *self.syllable_ids.entry(reading).or_insert(next);
            if id == next {
                alphabet.syllables.push(reading);
            }
            alphabet.reading_ids.push(id);
        }
        self.bits.push(bit);
        number
    }

    /// The block, with no memory to spare.
    pub fn finish(mut self) -> TextBlock {
        let alphabet = &mut self.block.alphabet;
        alphabet.reading_from.push(u32::try_from(alphabet.reading_ids.len()).unwrap_or(u32::MAX));
        alphabet.chars.shrink_to_fit();
        alphabet.reading_from.shrink_to_fit();
        alphabet.reading_ids.shrink_to_fit();
        self.block.first_cell.shrink_to_fit();
        self.block.masks.shrink_to_fit();
        self.block.spans.shrink_to_fit();
        self.block.fields.shrink_to_fit();
        self.block.bytes.shrink_to_fit();
        self.block.symbols.shrink_to_fit();
        self.block.bytes_upper.0.shrink_to_fit();
        self.block.symbols_upper.0.shrink_to_fit();
        self.block
    }
}
