//! What people said of the nodes in the file, as the very lines of the journal, so that a merge takes them in
//! without a loss.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;

use super::TomlScope;
use super::ink::{comment, raw_string};
use super::uses::is_whole;
use crate::journal::RecordIndex;
use crate::journal::describe;
use crate::journal::fold::NodeRecords;

/// The table that the loader passes over and `merge` takes in, and its key.
pub const TABLE: &str = "annotation";

impl TomlScope<'_, '_> {
    /// The records that touch the file's nodes and what has left the plan beneath them, in order; of the
    /// whole plan all there are, with those that touch no node and lines this version only keeps. Each with a
    /// remark that says it in words.
    pub(super) fn annotations(&self, out: &mut String) {
        let journal = self.document.scene.journal;
        let (book, fold) = (journal.book(), journal.fold());
        let whole = is_whole(self.document);
        let orphans: HashSet<&str> = self.document.orphans().iter().map(|home| &*home.name).collect();
        let touched = |home: &&NodeRecords| match home.node {
            Some(node) => self.holds(node),
            None => orphans.contains(&*home.name),
        };
        let homes = fold.homes().iter().filter(touched);
        let chosen: BTreeSet<RecordIndex> = homes.flat_map(|home| home.records.iter().copied()).collect();
        let mut written: HashSet<&str> = HashSet::new();
        for index in fold.records().iter().filter(|index| whole || chosen.contains(index)) {
            let record = book.record(*index);
            let words = describe::in_book(book, *index, self.ui());
            out.push('\n');
            comment(out, &format!("{} {} · {words}", record.at, record.by.as_str()));
            self.record(book.raw(*index), out);
            written.insert(book.raw(*index));
        }
        if whole {
            let mut kept = book.lines(journal.as_of());
            kept.sort_unstable();
            for line in kept.into_iter().filter(|line| !written.contains(line)) {
                out.push('\n');
                self.record(line, out);
            }
        }
    }

    fn record(&self, line: &str, out: &mut String) {
        // Writing into memory never fails.
        let _ = writeln!(out, "[[{TABLE}]]\nrecord = {}", raw_string(line));
    }
}
