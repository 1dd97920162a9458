//! Whether a file was edited since it was written, by the digest it carries, and where.

use super::claim::StampClaim;
use crate::export::digest::{cells, has_foreign_line_ends, is_digest, of_text, of_workbook};
use crate::export::format::Format;

/// Most edits that are named one by one.
pub const MOST_EDITS: usize = 50;

/// Whether a file is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditCheck {
    /// It says what it said when it was written.
    Untouched,
    /// Only its line ends are others, or it has a byte order mark.
    LineEnds,
    /// It says something else. Where, is known only while plan and journal are as they were.
    Edited(Vec<FileEdit>),
    /// It has no digest: an earlier version wrote it.
    Unknown,
}

/// One place that says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdit {
    /// `line 57`, or a cell by its sheet and letters.
    pub place: EditPlace,
    /// The node it is about, by its id, where the text says so.
    pub node: Option<String>,
    /// What stood there; empty where nothing did.
    pub was: String,
    /// What stands there; empty where nothing does.
    pub now: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditPlace {
    /// From 1, in the file.
    Line(usize),
    Cell(String),
}

/// Looks at a file alone.
pub fn check(claim: &StampClaim, bytes: &[u8]) -> EditCheck {
    let stated = &claim.stamp.digest;
    if !is_digest(stated) {
        return EditCheck::Unknown;
    }
    let is_workbook = claim.format == Format::Xlsx;
    let found = if is_workbook { of_workbook(bytes) } else { Some(of_text(bytes, stated)) };
    if found.as_ref() != Some(stated) {
        return EditCheck::Edited(Vec::new());
    }
    if !is_workbook && has_foreign_line_ends(bytes) { EditCheck::LineEnds } else { EditCheck::Untouched }
}

/// Where a file says something else than what it was when it was written.
pub fn edits(format: Format, was: &[u8], now: &[u8]) -> Vec<FileEdit> {
    if format == Format::Xlsx { cell_edits(was, now) } else { line_edits(was, now) }
}

fn cell_edits(was: &[u8], now: &[u8]) -> Vec<FileEdit> {
    let (Some(was), Some(now)) = (cells(was), cells(now)) else { return Vec::new() };
    let was: std::collections::BTreeMap<_, _> = was.into_iter().collect();
    let now: std::collections::BTreeMap<_, _> = now.into_iter().collect();
    let mut found = Vec::new();
    for address in was.keys().chain(now.keys().filter(|address| !was.contains_key(*address))) {
        let (one, other) = (was.get(address), now.get(address));
        if one != other {
            let text = |value: Option<&String>| value.cloned().unwrap_or_default();
            found.push(FileEdit {
                place: EditPlace::Cell(address.clone()),
                node: None,
                was: text(one),
                now: text(other),
            });
        }
    }
    found
}

/// Lines that differ: where as many lines were put in as were taken out, one by one, else as one stretch.
fn line_edits(was: &[u8], now: &[u8]) -> Vec<FileEdit> {
    let (was, now) = (String::from_utf8_lossy(was), String::from_utf8_lossy(now));
    let was: Vec<&str> = was.trim_start_matches('\u{feff}').lines().collect();
    let now: Vec<&str> = now.trim_start_matches('\u{feff}').lines().collect();
    let first = was.iter().zip(&now).take_while(|(one, other)| one == other).count();
    let ends = was[first..].iter().rev().zip(now[first..].iter().rev());
    let last = ends.take_while(|(one, other)| one == other).count();
    let (old, new) = (&was[first..was.len() - last], &now[first..now.len() - last]);
    let edit = |at: usize, one: &str, other: &str| FileEdit {
        place: EditPlace::Line(at + 1),
        node: node_above(&was[..was.len().min(at + 1)]),
        was: one.to_owned(),
        now: other.to_owned(),
    };
    if old.len() != new.len() {
        return vec![edit(first, &old.join("\n"), &new.join("\n"))];
    }
    let pairs = old.iter().zip(new).enumerate().filter(|(_, (one, other))| one != other);
    pairs.map(|(at, (one, other))| edit(first + at, one, other)).collect()
}

/// How far up a line's node is looked for.
const MOST_LINES_UP: usize = 400;

/// The id of the node that a line is about: the next one at it or above it.
fn node_above(lines: &[&str]) -> Option<String> {
    let id = |line: &str| {
        let between = |open: &str, close: char| {
            let (_, rest) = line.split_once(open)?;
            rest.split_once(close).map(|(id, _)| id)
        };
        let found =
            between("\"id\":\"", '"').or_else(|| between("`", '`')).or_else(|| between("<code>", '<'));
        found.filter(|id| !id.is_empty() && !id.contains(char::is_whitespace)).map(str::to_owned)
    };
    lines.iter().rev().take(MOST_LINES_UP).find_map(|line| id(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_are_named_with_their_node() {
        let was = "## One\n`a1` · action\nvalue 70.5\n\n## Two\n`a2`\nvalue 3\n";
        let now = was.replace("70.5", "75.5");
        let found = edits(Format::Md, was.as_bytes(), now.as_bytes());
        let expected = FileEdit {
            place: EditPlace::Line(3),
            node: Some("a1".into()),
            was: "value 70.5".into(),
            now: "value 75.5".into(),
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn lines_that_were_added_are_one_stretch() {
        let found = edits(Format::Md, b"a\nb\nc\n", b"a\nx\ny\nc\n");
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((&only.place, only.was.as_str(), only.now.as_str()), (&EditPlace::Line(2), "b", "x\ny"));
    }
}
