//! Text made alike for searching: both the plan's text and the query go through here, and every folded
//! character knows where it came from.
//!
//! Folded away: compatibility forms (NFKC: full and half width, ligatures), case, accents, traditional
//! characters, quotation marks, kinds of dashes and of spaces, and the commas that group digits (3,247). What
//! is shown or exported is never changed by it, and it does not turn numerals into digits: a text keeps the
//! characters it is read aloud by, so numerals are the query's business (`numerals`).

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::text::clean::is_unsafe_char;

/// Whether a folded character was upper case before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterCase {
    /// Lower case, or a script without case.
    Lower,
    Upper,
}

/// A folded character with its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoldedChar {
    /// The character to compare by.
    pub c: char,
    /// The characters of the original text it stands for, counted in chars; never empty.
    pub chars: Range<u32>,
    /// Whether the original was upper case.
    pub case: LetterCase,
}

/// Folds a text. The ranges ascend; several folded characters may share one (ﬁ), and dropped characters leave
/// gaps.
pub fn fold(text: &str) -> Vec<FoldedChar> {
    let mut folder = Folder { out: Vec::with_capacity(text.len() / 2 + 4) };
    let mut chars = (0u32..).zip(text.chars()).peekable();
    let mut cluster = String::new();
    while let Some((start, c)) = chars.next() {
        let mut end = start + 1;
        if c.is_ascii() && chars.peek().is_none_or(|(_, next)| next.is_ascii()) {
            folder.push_plain(c, start..end);
            continue;
        }
        if ('\u{4E00}'..='\u{9FFF}').contains(&c) {
            folder.push(simplified(c), start..end, LetterCase::Lower);
            continue;
        }
        cluster.clear();
        cluster.push(c);
        while let Some((_, mark)) = chars.next_if(|(_, next)| canonical_combining_class(*next) != 0) {
            cluster.push(mark);
            end += 1;
        }
        folder.push_cluster(&cluster, start..end);
    }
    ungroup(&mut folder.out);
    folder.out
}

/// The folded characters alone, as a text.
pub fn folded(text: &str) -> String {
    fold(text).into_iter().map(|folded| folded.c).collect()
}

struct Folder {
    out: Vec<FoldedChar>,
}

impl Folder {
    /// A base character with its combining marks.
    fn push_cluster(&mut self, cluster: &str, chars: Range<u32>) {
        let stripped = cluster.nfkd().filter(|c| !('\u{300}'..='\u{36F}').contains(c));
        for c in stripped.nfc() {
            self.push_plain(c, chars.clone());
        }
    }

    /// A normalised character: cased, dashed, spaced.
    fn push_plain(&mut self, c: char, chars: Range<u32>) {
        let case = if c.is_uppercase() { LetterCase::Upper } else { LetterCase::Lower };
        match c {
            'a'..='z' | '0'..='9' => self.push(c, chars, case),
            c if c.is_whitespace() => {
                if self.out.last().is_some_and(|last| last.c != ' ') {
                    self.push(' ', chars, case);
                }
            }
            c if is_dropped(c) => {}
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => self.push('-', chars, case),
            c => {
                for lower in c.to_lowercase() {
                    match spelled_out(lower) {
                        Some(letters) => {
                            letters.chars().for_each(|letter| self.push(letter, chars.clone(), case));
                        }
                        None => self.push(simplified(lower), chars.clone(), case),
                    }
                }
            }
        }
    }

    fn push(&mut self, c: char, chars: Range<u32>, case: LetterCase) {
        self.out.push(FoldedChar { c, chars, case });
    }
}

/// Letters of the Latin script that are no letter with an accent to Unicode, as they are typed where they are
/// not on the keyboard.
fn spelled_out(lower: char) -> Option<&'static str> {
    Some(match lower {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ŋ' => "n",
        'ŧ' => "t",
        _ => return None,
    })
}

/// Quotation marks of every kind, invisible characters, and what must not be shown anyway.
fn is_dropped(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '´' | '\u{2018}'..='\u{201F}' | '«' | '»' | '‹' | '›')
        || matches!(c, '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉' | '〝'..='〟' | 'ʼ')
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}')
        || is_unsafe_char(c)
}

/// Drops the commas of 3,247 and 1,234,567.
fn ungroup(chars: &mut Vec<FoldedChar>) {
    if !chars.iter().any(|folded| folded.c == ',') {
        return;
    }
    let digit = |at: usize| chars.get(at).is_some_and(|folded| folded.c.is_ascii_digit());
    let groups = |at: usize| {
        at > 0
            && chars[at].c == ','
            && digit(at - 1)
            && digit(at + 1)
            && digit(at + 2)
            && digit(at + 3)
            && !digit(at + 4)
    };
    let dropped: Vec<usize> = (0..chars.len()).filter(|at| groups(*at)).collect();
    let mut at = 0;
    chars.retain(|_| {
        at += 1;
        dropped.binary_search(&(at - 1)).is_err()
    });
}

/// Pairs of a traditional and a simplified character, ordered by the first. From `TSCharacters.txt` of OpenCC
/// (Apache License 2.0, <https://github.com/BYVoid/OpenCC>): the first simplified form of each, the Basic
/// Multilingual Plane only, and 著 besides.
const PAIRS: &[u8] = include_bytes!("traditional.txt");

const TABLE: [(u16, u16); count_chars(PAIRS) / 2] = pairs(PAIRS);

/// The simplified form of a traditional character; any other character as it is.
pub fn simplified(c: char) -> char {
    let Ok(code) = u16::try_from(u32::from(c)) else { return c };
    let table: &[(u16, u16)] = &TABLE;
    table
        .binary_search_by_key(&code, |pair| pair.0)
        .ok()
        .and_then(|at| char::from_u32(u32::from(table[at].1)))
        .unwrap_or(c)
}

/// Characters of a file whose characters all take three bytes, line ends apart.
const fn count_chars(bytes: &[u8]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            at += 1;
        } else {
            at += 3;
            count += 1;
        }
    }
    count
}

const fn pairs<const N: usize>(bytes: &[u8]) -> [(u16, u16); N] {
    let mut out = [(0u16, 0u16); N];
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            at += 1;
            continue;
        }
        let code = ((bytes[at] & 0x0F) as u16) << 12
            | ((bytes[at + 1] & 0x3F) as u16) << 6
            | (bytes[at + 2] & 0x3F) as u16;
        if count % 2 == 0 {
            out[count / 2].0 = code;
        } else {
            out[count / 2].1 = code;
        }
        at += 3;
        count += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Vocational", "vocational")]
    #[case("ＡＩ＋教育", "ai+教育")]
    #[case("“一体”", "一体")]
    #[case("「一體」", "一体")]
    #[case("職業教育強國", "职业教育强国")]
    #[case("著力后裡發展", "着力后里发展")]
    #[case("３，２４７所", "3247所")]
    #[case("1,234,567", "1234567")]
    #[case("1,23", "1,23")]
    #[case("1,2345", "1,2345")]
    #[case("éducation", "education")]
    #[case("e\u{301}ducation", "education")]
    #[case("lǜ", "lu")]
    #[case("ﬁve", "five")]
    #[case("2024–2035", "2024-2035")]
    #[case("a\u{3000} b", "a b")]
    #[case("China's", "chinas")]
    #[case("\u{202E}abc\u{200B}", "abc")]
    #[case("ガ", "ガ")]
    #[case("STRAẞE, Straße", "strasse, strasse")]
    #[case("Œuvre d'Ærø", "oeuvre daero")]
    #[case("Łódź, Đà Nẵng, Þingvellir", "lodz, da nang, thingvellir")]
    #[case("İstanbul, ışık", "istanbul, isik")]
    #[case("", "")]
    fn a_text_folds(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(folded(text), expected);
    }

    #[test]
    fn the_map_leads_back_to_the_original_characters() {
        let map = |text: &str| {
            fold(text).into_iter().map(|f| (f.c, f.chars.start, f.chars.end)).collect::<Vec<_>>()
        };
        assert_eq!(map("“一体”A"), [('一', 1, 2), ('体', 2, 3), ('a', 4, 5)]);
        assert_eq!(map("e\u{301}a"), [('e', 0, 2), ('a', 2, 3)]);
        assert_eq!(map("ﬁx"), [('f', 0, 1), ('i', 0, 1), ('x', 1, 2)]);
        assert_eq!(map("3,247"), [('3', 0, 1), ('2', 2, 3), ('4', 3, 4), ('7', 4, 5)]);
    }

    #[test]
    fn case_is_remembered() {
        let cases: Vec<LetterCase> = fold("aBÉ育").into_iter().map(|folded| folded.case).collect();
        assert_eq!(cases, [LetterCase::Lower, LetterCase::Upper, LetterCase::Upper, LetterCase::Lower]);
    }

    #[test]
    fn the_table_is_ordered_and_complete() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(TABLE.len() > 2900);
        assert!(TABLE.iter().all(|(_, simple)| {
            let simple = char::from_u32(u32::from(*simple)).unwrap();
            simplified(simple) == simple
        }));
    }

    proptest! {
        #[test]
        fn ranges_lie_in_the_text_and_ascend(text in "\\PC*") {
            let count = u32::try_from(text.chars().count()).unwrap();
            let mut last = 0;
            for folded in fold(&text) {
                prop_assert!(folded.chars.start < folded.chars.end && folded.chars.end <= count);
                prop_assert!(folded.chars.start >= last);
                last = folded.chars.start;
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[ -~“”‘’0-9,，、一-龥é\u{FF21}-\u{FF5A}]*") {
            let once = folded(&text);
            let twice = folded(&once);
            // Dropping a mark can bring digits together that then group.
            prop_assume!(!once.contains(','));
            prop_assert_eq!(&twice, &once);
        }
    }
}
