//! Chance with a seed, and the words the monkey knows.

use std::ops::Range;

/// Chance with a seed: the same seed gives the same throws.
pub struct Dice(fastrand::Rng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// Whether something happens that happens so often in a thousand throws.
    pub fn happens(&mut self, in_a_thousand: u32) -> bool {
        self.0.u32(0..1000) < in_a_thousand
    }

    /// A number of a range that is not empty.
    pub fn number(&mut self, range: Range<usize>) -> usize {
        self.0.usize(range)
    }

    /// One of a list that is not empty.
    pub fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.0.usize(0..list.len())]
    }

    /// One of a list of words.
    pub fn word(&mut self, list: &[&'static str]) -> &'static str {
        self.one::<&str>(list)
    }

    pub fn byte(&mut self) -> u8 {
        self.0.u8(..)
    }

    pub fn small(&mut self, below: u16) -> u16 {
        self.0.u16(0..below.max(1))
    }

    pub fn char(&mut self) -> char {
        self.0.char(..)
    }

    /// Words as people write them, and as nobody should.
    pub fn words(&mut self) -> String {
        match self.number(0..12) {
            0 => (0..self.number(1..400)).map(|_| *self.one(&['a', '教', '1', '\u{301}'])).collect(),
            1 => (0..self.number(1..12)).map(|_| self.char()).collect(),
            2 => String::from_utf8_lossy(&self.bytes()).into_owned(),
            3 => format!("{}\n{}\r\n\t{}", self.one(&WORDS), self.one(&WORDS), self.one(&WORDS)),
            _ => (0..self.number(1..5)).map(|_| *self.one(&WORDS)).collect::<Vec<_>>().join(" "),
        }
    }

    /// Any bytes.
    pub fn bytes(&mut self) -> Vec<u8> {
        (0..self.number(1..40)).map(|_| self.byte()).collect()
    }

    /// A query, often one that means something.
    pub fn query(&mut self) -> String {
        match self.number(0..4) {
            0 => self.words(),
            1 => format!("{} {}", self.one(&QUERIES), self.one(&WORDS)),
            _ => (*self.one(&QUERIES)).to_owned(),
        }
    }
}

/// Plain words, wide ones, such as take no column, such as turn the direction of writing, and such as a
/// terminal obeys.
pub const WORDS: [&str; 40] = [
    "高等教育",
    "办学",
    "第一",
    "重庆",
    "行",
    "good",
    "school",
    "a1",
    "p2",
    "root",
    "2025",
    "12.50",
    "１２３",
    "，。：；",
    "（圆括号）",
    "“引号”",
    "e\u{301}\u{302}\u{323}",
    "\u{301}",
    "n\u{20DD}",
    "👩‍👩‍👧‍👦",
    "🇨🇳🇬🇧",
    "👍🏽",
    "☎️",
    "🏳️‍🌈",
    "\u{200D}",
    "\u{FE0F}",
    "שלום",
    "مرحبا",
    "\u{202E}reversed\u{202C}",
    "\u{2067}isolate\u{2069}",
    "\u{1b}[2J",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}31m",
    "\u{E0041}",
    "ﷺ",
    "ก็็็็",
    "꧅",
];

/// Queries that find something, nothing, or are wrong.
pub const QUERIES: [&str; 34] = [
    "a",
    "第",
    "行动",
    "xd",
    "cov",
    "p1",
    "zy",
    "status:no-data",
    "status:on-track",
    "status:limited",
    "kind:metric",
    "kind:action",
    "tag:急",
    "note:x",
    "starred",
    "is:starred",
    "by:li",
    "-a",
    "a OR b",
    "level:indicator",
    "year:2025",
    "value:>50",
    "serves:p1",
    "\"first",
    "(",
    "re:a.*",
    "/a.*/",
    "target:75",
    "has:note",
    "has:value",
    "orphan",
    "under:root",
    "::",
    "zzzzqq",
];
