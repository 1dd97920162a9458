//! Who says it, and the name of the file that the program appends their records to.

use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::text::Bilingual;

/// Longest name, in characters (`docs/journal-format.md`).
pub const MAX_CHARS: usize = 64;

/// Longest file name without its ending, in bytes: room for `.jsonl.torn` below the 255 of most file systems.
const MAX_FILE_BYTES: usize = 255 - ".jsonl.torn".len();

/// An author's name, in NFC, fit to name a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author(Arc<str>);

/// Why a name names no author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadAuthor {
    /// Nothing but white space.
    Empty,
    /// `..` would lead out of the folder.
    Dots,
    /// More than [`MAX_CHARS`] characters, or too many bytes for a file's name.
    Long,
}

impl BadAuthor {
    /// The error in both languages, with what a name may contain.
    pub fn said(self) -> Bilingual {
        match self {
            BadAuthor::Empty => Bilingual::new("作者名为空", "the author's name is empty"),
            BadAuthor::Dots => Bilingual::new("作者名不能是 ..", "an author cannot be called .."),
            BadAuthor::Long => Bilingual::new(
                format!("作者名超过 {MAX_CHARS} 个字符"),
                format!("the author's name is longer than {MAX_CHARS} characters"),
            ),
        }
    }
}

impl Author {
    /// Takes a name; white space around it does not count.
    ///
    /// # Errors
    /// Where it cannot name a file.
    pub fn new(name: &str) -> Result<Self, BadAuthor> {
        let name: String = name.trim().nfc().collect();
        match name.as_str() {
            "" => Err(BadAuthor::Empty),
            ".." => Err(BadAuthor::Dots),
            _ if name.chars().count() > MAX_CHARS => Err(BadAuthor::Long),
            _ if escaped(&name).len() > MAX_FILE_BYTES => Err(BadAuthor::Long),
            _ => Ok(Self(name.into())),
        }
    }

    /// An author's name again, in a text that others share.
    pub(super) fn shared(name: Arc<str>) -> Self {
        Self(name)
    }

    /// The name exactly as the author's records carry it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file of their records: the name, all but letters, digits and `._-` percent-encoded, and `.jsonl`.
    pub fn file_name(&self) -> String {
        format!("{}.jsonl", escaped(&self.0))
    }
}

fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut bytes = [0u8; 4];
    for c in name.chars() {
        if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// A plan's id as the name of a folder, whatever a broken plan calls itself.
pub fn folder_name(plan_id: &str) -> String {
    let name = escaped(plan_id);
    if matches!(name.as_str(), "" | "." | "..") { format!("%{name}") } else { name }
}

impl fmt::Display for Author {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for Author {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Author({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("li", "li.jsonl")]
    #[case(" Li Wei ", "Li%20Wei.jsonl")]
    #[case("李伟", "李伟.jsonl")]
    #[case("a/../b", "a%2F..%2Fb.jsonl")]
    #[case("%41", "%2541.jsonl")]
    #[case("e\u{301}", "é.jsonl")]
    #[case("a\nb", "a%0Ab.jsonl")]
    #[case("🙂", "%F0%9F%99%82.jsonl")]
    #[case(".", "..jsonl")]
    fn a_name_names_a_file(#[case] name: &str, #[case] file: &str) {
        assert_eq!(Author::new(name).unwrap().file_name(), file);
    }

    #[rstest]
    #[case("", BadAuthor::Empty)]
    #[case(" \t", BadAuthor::Empty)]
    #[case("..", BadAuthor::Dots)]
    fn some_names_name_nobody(#[case] name: &str, #[case] bad: BadAuthor) {
        assert_eq!(Author::new(name).unwrap_err(), bad);
    }

    #[test]
    fn a_name_has_at_most_64_characters_and_its_file_at_most_255_bytes() {
        assert!(Author::new(&"李".repeat(64)).is_ok());
        assert_eq!(Author::new(&"李".repeat(65)), Err(BadAuthor::Long));
        assert_eq!(Author::new(&"🙂".repeat(64)), Err(BadAuthor::Long));
    }

    #[rstest]
    #[case("chongqing-158n", "chongqing-158n")]
    #[case("..", "%..")]
    #[case("a/b", "a%2Fb")]
    fn a_plans_folder_stays_inside(#[case] id: &str, #[case] folder: &str) {
        assert_eq!(folder_name(id), folder);
    }
}
