//! A folder of the model's world: what happens to its files, what the reference knows of them, and the
//! comparison of both.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use jiff::Timestamp;
use plan158::journal::{Journal, JournalProblem};
use plan158::plan::Plan;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::super::support::{author, now};
use super::act::{Deed, Saying};
use super::reference::{Line, Lines, Record, What};
use super::told::told;
use super::world::{AUTHORS, START_MS};

/// What the reference knows of a folder.
pub struct Place {
    pub dir: TempDir,
    pub lines: Lines,
    /// Files that end in a line that is not whole, with its bytes.
    pub torn: BTreeMap<String, Vec<u8>>,
    /// What was set aside of each.
    pub aside: BTreeMap<String, Vec<u8>>,
}

impl Place {
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn open(&self, plan: &Plan) -> Journal {
        Journal::open(Some(self.dir.path().to_owned()), plan, now()).unwrap()
    }

    /// The journal's files by name.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.dir.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".jsonl")).collect();
        names.sort();
        names
    }

    /// What a writer does with a torn tail in the author's file; whether there was one.
    pub fn set_aside(&mut self, by: &str) -> bool {
        let name = format!("{by}.jsonl");
        let Some(tail) = self.torn.remove(&name) else { return false };
        let aside = self.aside.entry(name).or_default();
        aside.extend(tail);
        aside.push(b'\n');
        true
    }

    pub fn last_line(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap().lines().last().unwrap().to_owned()
    }

    pub fn take_last_line(&mut self, record: &Record) {
        let raw = self.last_line(&format!("{}.jsonl", record.by));
        self.take(record, raw);
    }

    pub fn take(&mut self, record: &Record, raw: String) {
        let (at_ms, seq, by) = (record.at_ms, record.seq, record.by.clone());
        let object: serde_json::Value = serde_json::from_str(&raw).unwrap();
        let ahead: Vec<&str> =
            object["ahead"].as_array().into_iter().flatten().map(|id| id.as_str().unwrap()).collect();
        assert_eq!(ahead, record.ahead, "it names what lies ahead: {raw}");
        let what = What::Record(record.clone());
        self.lines.add(Line { raw, at_ms, written_ms: at_ms, by, seq, what });
    }

    pub fn copy(&mut self, file: &prop::sample::Index, name: &str, cut: &prop::sample::Index, crlf: bool) {
        let files: Vec<String> = self.files().into_iter().filter(|file| !file.starts_with("copy")).collect();
        if files.is_empty() {
            return;
        }
        let mut bytes = fs::read(self.path(&files[file.index(files.len())])).unwrap();
        if crlf {
            bytes = bytes.split(|byte| *byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]);
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        fs::write(self.path("new"), &bytes).unwrap();
        fs::rename(self.path("new"), self.path(name)).unwrap();
        let tail = bytes.rsplit(|byte| *byte == b'\n').next().unwrap();
        let whole = tail.is_empty() || serde_json::from_slice::<serde_json::Value>(tail).is_ok();
        self.torn.remove(name);
        if !whole {
            self.torn.insert(name.to_owned(), tail.to_vec());
        }
    }

    pub fn rearrange(&mut self, file: &prop::sample::Index, by: &prop::sample::Index) {
        let files = self.files();
        if files.is_empty() {
            return;
        }
        let path = self.path(&files[file.index(files.len())]);
        let bytes = fs::read(&path).unwrap();
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let mut lines: Vec<&[u8]> = bytes[..whole].split_inclusive(|byte| *byte == b'\n').collect();
        if !lines.is_empty() {
            let count = lines.len();
            lines.rotate_left(by.index(count));
        }
        fs::write(self.path("new"), [lines.concat(), bytes[whole..].to_vec()].concat()).unwrap();
        fs::rename(self.path("new"), path).unwrap();
    }

    pub fn rival(&mut self, of: &prop::sample::Index) {
        let records: Vec<&Line> =
            self.lines.0.values().filter(|line| matches!(line.what, What::Record(_))).collect();
        if records.is_empty() {
            return;
        }
        let mut line = Line::clone(records[of.index(records.len())]);
        let star = r#""events":[{"event":"star","node":"root"},"#;
        line.raw = line.raw.replacen("\"events\":[", star, 1);
        if let What::Record(record) = &mut line.what {
            record.deeds.insert(0, Deed::Said("root".to_owned(), Saying::Star(true)));
        }
        if !self.lines.0.contains_key(&line.raw) {
            self.append("rival.jsonl", &line.raw);
            self.lines.add(line);
        }
    }

    pub fn stranger(&mut self, kind: u8, step: u32) {
        let at_ms = START_MS + i64::from(step) * 10_000 + 5_000;
        let at = Timestamp::from_millisecond(at_ms).unwrap();
        let by = AUTHORS[usize::from(kind) % 2].to_owned();
        let head = format!(r#""id":"s{step}","at":"{at}","by":"{by}""#);
        let (raw, seq, what) = match kind {
            0 => (
                format!(r#"{{"v":1,{head},"seq":40,"plan":"else","session":null,"events":[]}}"#),
                40,
                What::OtherPlan,
            ),
            1 => (format!(r#"{{"v":2,{head},"plan":"small","more":1}}"#), 0, What::Newer),
            _ => return self.append("stranger.jsonl", "rubbish"),
        };
        self.append("stranger.jsonl", &raw);
        self.lines.add(Line { raw, at_ms, written_ms: at_ms, by, seq, what });
    }

    fn append(&self, name: &str, line: &str) {
        let mut file = fs::OpenOptions::new().append(true).create(true).open(self.path(name)).unwrap();
        writeln!(file, "{line}").unwrap();
    }

    /// The program against the reference.
    pub fn compare(&self, plan: &Plan, journal: &Journal) {
        let folded = self.lines.fold();
        let (fold, book) = (journal.fold(), journal.book());
        let ids: Vec<&str> = fold.records().iter().map(|index| book.record(*index).id.as_str()).collect();
        assert_eq!(ids, folded.ids(), "the records in order");
        let told = told(journal);
        let names: BTreeSet<String> = folded.homes().into_iter().map(str::to_owned).collect();
        assert_eq!(told.keys().cloned().collect::<BTreeSet<_>>(), names, "what records touch");
        for (name, (node, told)) in &told {
            assert_eq!(*node, plan.tree.find(name), "{name}");
            assert_eq!(told, &folded.told(name), "{name}");
        }
        for by in AUTHORS {
            let target = journal.undo_target(&author(by)).map(|record| record.id.as_str());
            assert_eq!(target, folded.undo_target(by), "what {by} would undo");
            let targets = fold.redo_targets(book, &author(by));
            let targets: BTreeSet<&str> =
                targets.iter().map(|index| book.record(*index).id.as_str()).collect();
            assert_eq!(targets, folded.redo_targets(by), "what {by} would redo");
        }
        let lines = self.lines.of_plan();
        assert_eq!(journal.line_count(), lines.len());
        assert_eq!(journal.hash(), hash(&lines));
        assert_eq!(book.rivals().count(), self.lines.rivals());
        assert_eq!(book.has_rivals(), self.lines.rivals() > 0);
        assert_eq!(book.highest_seq() + 1, self.lines.next_seq());
        let unfinished = journal.problems().into_iter().filter_map(|problem| match problem {
            JournalProblem::Unfinished { file } => Some(file.to_string()),
            _ => None,
        });
        assert_eq!(unfinished.collect::<Vec<_>>(), self.torn.keys().cloned().collect::<Vec<_>>());
    }
}

fn hash(sorted: &[&str]) -> String {
    let text: String = sorted.iter().flat_map(|line| [*line, "\n"]).collect();
    let hex: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}
