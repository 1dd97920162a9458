//! Whether a file was edited since it was written, by the digest it carries, and where.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

use super::claim::StampClaim;
use crate::export::digest::{
    cells, has_foreign_line_ends, is_digest, of_charts, of_document, of_text, of_workbook,
};
use crate::export::format::{Format, Medium};
use crate::export::package::{charts, is_own, paragraphs};

/// Most edits that are named one by one.
pub const MOST_EDITS: usize = 50;

/// Whether a file is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditCheck {
    /// It says what it said when it was written.
    Untouched,
    /// Only its line ends are others, or it has a byte order mark.
    LineEnds,
    /// It says something else. The places are those in nodes of which nothing has changed since; in the others
    /// there is no telling an edit from a change of plan or journal.
    Edited(Vec<FileEdit>),
    /// Its texts are as they were written; what its charts draw cannot be checked, since another program saved
    /// it.
    ChartsUnknown,
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
    /// From 1, those with text, footnotes behind all others.
    Paragraph(usize),
    Cell(String),
    /// Somewhere in the charts of a document.
    Charts,
}

/// Looks at a file alone.
pub fn check(claim: &StampClaim, bytes: &[u8]) -> EditCheck {
    let stated = &claim.stamp.digest;
    if !is_digest(stated) {
        return EditCheck::Unknown;
    }
    if digest_of(claim.format, bytes, stated).as_ref() != Some(stated) {
        return EditCheck::Edited(Vec::new());
    }
    if claim.stamp.charts.is_some() && of_charts(bytes) != claim.stamp.charts {
        // Another program writes the same chart in another form.
        return if is_own(bytes) {
            EditCheck::Edited(vec![chart_edit(bytes)])
        } else {
            EditCheck::ChartsUnknown
        };
    }
    // csv has line ends of its own, which depend on what it is for.
    let is_text = claim.format.medium() == Medium::Text && claim.format != Format::Csv;
    if is_text && has_foreign_line_ends(bytes) { EditCheck::LineEnds } else { EditCheck::Untouched }
}

/// That charts draw something else; what they drew stands nowhere but in the tables.
fn chart_edit(bytes: &[u8]) -> FileEdit {
    FileEdit { place: EditPlace::Charts, node: None, was: String::new(), now: charts(bytes).join(" ") }
}

/// The digest of a file's content, in which `stated` stands for it.
pub fn digest_of(format: Format, bytes: &[u8], stated: &str) -> Option<String> {
    match format {
        Format::Xlsx => of_workbook(bytes),
        Format::Docx => of_document(bytes),
        _ => Some(of_text(bytes, stated)),
    }
}

/// Where a file says something else than what it was when it was written. `names` are those of the nodes that
/// it speaks of.
pub fn edits(format: Format, was: &[u8], now: &[u8], names: &NodeNames) -> Vec<FileEdit> {
    match format {
        Format::Xlsx => cell_edits(was, now, names),
        Format::Docx => match (paragraphs(was), paragraphs(now)) {
            (Some(was), Some(now)) => piece_edits(&was, &now, EditPlace::Paragraph, names),
            _ => Vec::new(),
        },
        _ => {
            let (was, now) = (String::from_utf8_lossy(was), String::from_utf8_lossy(now));
            let lines = |text: &str| -> Vec<String> {
                text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
            };
            piece_edits(&lines(&was), &lines(&now), EditPlace::Line, names)
        }
    }
}

/// Cells that differ. The node of a row is named in one of its cells.
fn cell_edits(was: &[u8], now: &[u8], names: &NodeNames) -> Vec<FileEdit> {
    let (Some(was), Some(now)) = (cells(was), cells(now)) else { return Vec::new() };
    let rows: HashMap<String, String> = was
        .iter()
        .filter_map(|(address, value)| {
            let id: String = serde_json::from_str(value.strip_prefix("text ")?).ok()?;
            names.ids.contains(&id).then(|| (row_of(address), id))
        })
        // The first cell of a row that names a node is about it; those behind may name others.
        .rev()
        .collect();
    let was: BTreeMap<_, _> = was.into_iter().collect();
    let now: BTreeMap<_, _> = now.into_iter().collect();
    let mut found = Vec::new();
    for address in was.keys().chain(now.keys().filter(|address| !was.contains_key(*address))) {
        let (one, other) = (was.get(address), now.get(address));
        if one != other {
            let text = |value: Option<&String>| value.cloned().unwrap_or_default();
            found.push(FileEdit {
                place: EditPlace::Cell(address.clone()),
                node: rows.get(&row_of(address)).cloned(),
                was: text(one),
                now: text(other),
            });
        }
    }
    found
}

/// `Indicators!7` of `Indicators!C7`.
fn row_of(address: &str) -> String {
    let (sheet, cell) = address.rsplit_once('!').unwrap_or(("", address));
    format!("{sheet}!{}", cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()))
}

/// A comparison of very long files gives up looking for the least difference after this long, and then names
/// more than was touched rather than less.
const DIFF_MS: u64 = 2000;

/// Lines or paragraphs that differ: where as many were put in as were taken out, one by one, else as one
/// stretch.
fn piece_edits(
    was: &[String],
    now: &[String],
    place: fn(usize) -> EditPlace,
    names: &NodeNames,
) -> Vec<FileEdit> {
    let deadline = Instant::now() + Duration::from_millis(DIFF_MS);
    let changes = capture_diff_slices_deadline(Algorithm::Myers, was, now, Some(deadline));
    let nodes = nodes_of(was, names);
    let edit = |at: usize, one: String, other: String| FileEdit {
        place: place(at + 1),
        node: at.checked_sub(usize::from(at == was.len())).and_then(|at| nodes.get(at)?.clone()),
        was: one,
        now: other,
    };
    let mut found = Vec::new();
    for change in changes.iter().filter(|change| change.tag() != DiffTag::Equal) {
        let (old, new) = (change.old_range(), change.new_range());
        if old.len() == new.len() {
            let pairs = old.zip(new);
            found.extend(pairs.map(|(one, other)| edit(one, was[one].clone(), now[other].clone())));
        } else {
            found.push(edit(old.start, was[old].join("\n"), now[new].join("\n")));
        }
    }
    found
}

/// The node that each piece is about: the last that was named at it or above it.
fn nodes_of(pieces: &[String], names: &NodeNames) -> Vec<Option<String>> {
    let mut last: Option<&str> = None;
    let mut found = Vec::with_capacity(pieces.len());
    // A chart is named below it.
    let mut figure = 0;
    for (at, piece) in pieces.iter().enumerate() {
        if piece.starts_with("<figure") {
            figure = at;
        }
        last = names.named(piece).or(last);
        found.push(last.map(str::to_owned));
        if piece.starts_with("<figcaption") {
            found[figure..].fill(last.map(str::to_owned));
        }
    }
    found
}

/// What a file may call the nodes that it speaks of: by their ids, and by titles that only one of them has.
#[derive(Clone, Debug, Default)]
pub struct NodeNames {
    ids: HashSet<String>,
    by_title: HashMap<String, Option<String>>,
}

impl NodeNames {
    /// Adds a node with the titles it may stand under.
    pub fn add<'t>(&mut self, id: &str, titles: impl IntoIterator<Item = &'t str>) {
        self.ids.insert(id.to_owned());
        for title in titles {
            let only = self.by_title.entry(title.to_owned()).or_insert_with(|| Some(id.to_owned()));
            if only.as_deref() != Some(id) {
                *only = None;
            }
        }
    }

    /// The node that a line or paragraph begins to speak of.
    fn named(&self, piece: &str) -> Option<&str> {
        let by_id = ids_in(piece).into_iter().find_map(|id| self.ids.get(id));
        by_id.map(String::as_str).or_else(|| self.by_title.get(&first_words(piece))?.as_deref())
    }
}

/// What may be the id of a node, in each format's way of naming it.
fn ids_in(piece: &str) -> [&str; 8] {
    let between = |open: &str, close: &str| {
        let rest = piece.split_once(open).map_or("", |(_, rest)| rest);
        rest.split_once(close).map_or("", |(id, _)| id)
    };
    [
        between("\"id\":\"", "\""),
        between("\"id\": \"", "\""),
        if piece.starts_with("id = \"") { between("id = \"", "\"") } else { "" },
        if piece.starts_with('`') { between("`", "`") } else { between("<code>", "<") },
        if piece.trim_start().starts_with("<outline ") { between(" id=\"", "\"") } else { "" },
        // The first cell of a row of csv.
        piece.split_once(',').map_or("", |(id, _)| id.trim_matches('"')),
        piece.split_once(" · ").map_or("", |(id, _)| id),
        piece.rsplit_once(" · ").map_or("", |(_, id)| id.trim_matches('`')),
    ]
}

/// The words at the beginning of a piece, up to the next cell or stop, without the marks of a format.
fn first_words(piece: &str) -> String {
    let mut piece = piece.trim_start();
    while let Some((_, rest)) = piece.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        piece = rest.trim_start();
    }
    let piece = piece.trim_start_matches(['|', '-', '#', '*', ' ']);
    let end = ["<", "**", " | ", " · "].iter().filter_map(|stop| piece.find(stop)).min();
    piece[..end.unwrap_or(piece.len())].replace('\\', "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_are_named_with_their_node() {
        let was = "## One\n`a1` · action\nvalue 70.5\n\n## Two\n`a2`\nvalue 3\n";
        let now = was.replace("70.5", "75.5");
        let mut names = NodeNames::default();
        names.add("a1", ["One"]);
        names.add("a2", ["Two"]);
        let found = edits(Format::Md, was.as_bytes(), now.as_bytes(), &names);
        let expected = FileEdit {
            place: EditPlace::Line(3),
            node: Some("a1".into()),
            was: "value 70.5".into(),
            now: "value 75.5".into(),
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_row_names_its_node_by_a_title_that_only_one_has() {
        let mut names = NodeNames::default();
        names.add("a1.x", ["Coverage", "覆盖率"]);
        names.add("a2.x", ["Enrolment"]);
        names.add("a3.x", ["Enrolment"]);
        let named = |piece: &str| names.named(piece).map(str::to_owned);
        for row in [
            "| Coverage | 97% |",
            "- **Coverage** · on-track",
            "<tr><td><span lang=\"en\">Coverage</span></td><td>97%",
            "覆盖率",
        ] {
            assert_eq!(named(row).as_deref(), Some("a1.x"), "{row}");
        }
        assert_eq!(named("| Enrolment | 3 |"), None, "two nodes are called that");
    }

    #[test]
    fn lines_that_were_added_are_one_stretch() {
        let found = edits(Format::Md, b"a\nb\nc\n", b"a\nx\ny\nc\n", &NodeNames::default());
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((&only.place, only.was.as_str(), only.now.as_str()), (&EditPlace::Line(2), "b", "x\ny"));
    }
}
