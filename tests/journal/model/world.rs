//! The world of the model: two folders, three screens over them, and all that can happen to their files. Each thing that happens is told to
//! the program and to the reference, and both must say the same afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use plan158::journal::fold::Home;
use plan158::journal::{Changed, Journal, Problem, Stamp, Step};
use plan158::plan::{NodeId, Plan, State};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use uuid::Uuid;

use super::super::support::{author, now, plan};
use super::act::{Act, Deed, Saying};
use super::reference::{Line, Lines, Record, What};

pub const FOLDERS: usize = 2;
/// Screens over the first folder, the first, and the second.
pub const SCREENS: usize = 3;
const FOLDER_OF: [usize; SCREENS] = [0, 0, 1];
pub const AUTHORS: [&str; 2] = ["li", "王伟"];

/// 2026-11-23 14:00 in Chongqing.
const START_MS: i64 = 1_795_413_600_000;

/// Screen, author, and by how many seconds the clock is wrong.
type Writer = (usize, usize, i64);

#[derive(Clone, Debug)]
pub enum Op {
    Write {
        writer: Writer,
        acts: Vec<Act>,
    },
    Undo {
        writer: Writer,
    },
    Redo {
        writer: Writer,
    },
    /// Another program over the same folder writes and is killed when so many bytes of its line are on disk.
    Killed {
        writer: Writer,
        acts: Vec<Act>,
        cut: prop::sample::Index,
    },
    /// A sync tool makes a copy of a file, as far as it has come.
    Copied {
        folder: usize,
        file: prop::sample::Index,
        copy: u8,
        cut: prop::sample::Index,
        crlf: bool,
    },
    /// A merge of git puts the lines of a file into another order.
    Rearranged {
        folder: usize,
        file: prop::sample::Index,
        by: prop::sample::Index,
    },
    /// Another line with the id of one that is there.
    Rival {
        folder: usize,
        of: prop::sample::Index,
    },
    /// A line of another plan, of a newer version, or none at all.
    Stranger {
        folder: usize,
        kind: u8,
    },
    /// The other folder is merged in.
    Merged {
        into: usize,
    },
    /// Two machines take back the same record, and then hear of each other.
    UndoneTwice {
        by: usize,
    },
    Looked {
        screen: usize,
    },
    Restarted {
        screen: usize,
    },
}

/// What the reference knows of a folder.
struct Place {
    dir: TempDir,
    lines: Lines,
    /// Files that end in a line that is not whole, with its bytes.
    torn: BTreeMap<String, Vec<u8>>,
    /// What was set aside of each.
    aside: BTreeMap<String, Vec<u8>>,
}

pub struct World {
    plan: Plan,
    places: [Place; FOLDERS],
    screens: Vec<Journal>,
    step: u32,
}

/// What a journal says of every name, and of which node that is.
type Told = BTreeMap<String, (Option<NodeId>, Vec<String>)>;

impl World {
    pub fn new() -> Self {
        let plan = plan();
        let place = || Place {
            dir: tempfile::tempdir().unwrap(),
            lines: Lines::default(),
            torn: BTreeMap::new(),
            aside: BTreeMap::new(),
        };
        let places = [place(), place()];
        let screens = FOLDER_OF.iter().map(|folder| places[*folder].open(&plan)).collect();
        Self { plan, places, screens, step: 0 }
    }

    pub fn run(&mut self, op: &Op) {
        self.step += 1;
        match op {
            Op::Write { writer, acts } => {
                let record = self.planned(*writer, acts);
                self.written(*writer, record, |journal, plan, record, stamp| {
                    let step = Step::new(record.deeds.iter().map(Deed::event).collect());
                    let appended = journal.append(plan, &author(&record.by), step, stamp).unwrap();
                    (appended.changed, appended.torn.is_some())
                });
            }
            Op::Undo { writer } => self.undo(*writer),
            Op::Redo { writer } => self.redo(*writer),
            Op::Killed { writer, acts, cut } => self.killed(*writer, acts, cut),
            Op::Copied { folder, file, copy, cut, crlf } => {
                self.places[*folder].copy(file, &format!("copy-{copy}.jsonl"), cut, *crlf);
            }
            Op::Rearranged { folder, file, by } => self.places[*folder].rearrange(file, by),
            Op::Rival { folder, of } => self.places[*folder].rival(of),
            Op::Stranger { folder, kind } => self.places[*folder].stranger(*kind, self.step),
            Op::Merged { into } => self.merge(*into),
            Op::UndoneTwice { by } => {
                self.merge(0);
                self.merge(2);
                self.undo((0, *by, 0));
                self.step += 1;
                self.undo((2, *by, 0));
                self.merge(0);
            }
            Op::Looked { screen } => self.look(*screen),
            Op::Restarted { screen } => {
                self.screens[*screen] = self.places[FOLDER_OF[*screen]].open(&self.plan);
                self.places[FOLDER_OF[*screen]].compare(&self.plan, &self.screens[*screen]);
            }
        }
    }

    /// Looks everywhere: whoever followed what happened, and whoever comes only now, must say what the reference says.
    pub fn settle(&mut self) {
        (0..SCREENS).for_each(|screen| self.look(screen));
        for place in &self.places {
            place.compare(&self.plan, &place.open(&self.plan));
            for (file, bytes) in &place.aside {
                assert_eq!(&fs::read(place.path(&format!("{file}.torn"))).unwrap(), bytes, "{file}");
            }
        }
    }

    fn stamp(&self, skew: i64) -> Stamp {
        let ms = START_MS + i64::from(self.step) * 10_000 + skew * 1_000;
        let zone = TimeZone::fixed(Offset::constant(8));
        let now: ZonedDateTime = ZonedDateTime::new(Timestamp::from_millisecond(ms).unwrap(), zone);
        // Ids in an order that is not that of time.
        let id =
            Uuid::from_u128(u128::from(self.step).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835));
        Stamp { now, id }
    }

    /// The record that must come of this.
    fn record(&self, (screen, by, skew): Writer, deeds: Vec<Deed>) -> Record {
        let lines = &self.places[FOLDER_OF[screen]].lines;
        let (stamp, by) = (self.stamp(skew), AUTHORS[by]);
        Record {
            id: stamp.id.hyphenated().to_string(),
            at_ms: lines.next_ms(by, stamp.now.timestamp().as_millisecond()),
            by: by.to_owned(),
            seq: lines.next_seq(),
            deeds,
        }
    }

    fn planned(&self, writer: Writer, acts: &[Act]) -> Record {
        let folded = self.places[FOLDER_OF[writer.0]].lines.fold();
        let (items, records) = (folded.items(), folded.ids());
        self.record(writer, acts.iter().map(|act| act.settled(&items, &records)).collect())
    }

    /// A screen writes a record. The program says what changed, and whether it set a torn tail aside.
    fn written(
        &mut self,
        (screen, _, skew): Writer,
        record: Record,
        write: impl FnOnce(&mut Journal, &Plan, &Record, &Stamp) -> (Changed, bool),
    ) {
        let stamp = self.stamp(skew);
        let place = &mut self.places[FOLDER_OF[screen]];
        let before = told(&self.screens[screen]);
        let journal = &mut self.screens[screen];
        let (changed, torn) = write(journal, &self.plan, &record, &stamp);
        assert_eq!(torn, place.set_aside(&record.by));
        place.take_last_line(&record);
        check_changed(&before, &told(journal), &changed);
        place.compare(&self.plan, journal);
    }

    fn undo(&mut self, writer: Writer) {
        let (screen, by, skew) = writer;
        let target = self.places[FOLDER_OF[screen]].lines.fold().undo_target(AUTHORS[by]).map(str::to_owned);
        let Some(target) = target else {
            let stamp = self.stamp(skew);
            let done = self.screens[screen].undo(&self.plan, &author(AUTHORS[by]), &stamp);
            assert!(done.unwrap().is_none());
            return;
        };
        let record = self.record(writer, vec![Deed::Undo { of: target.clone() }]);
        self.written(writer, record, |journal, plan, record, stamp| {
            let (appended, taken) = journal.undo(plan, &author(&record.by), stamp).unwrap().unwrap();
            assert_eq!(journal.record(taken).id.as_str(), target);
            (appended.changed, appended.torn.is_some())
        });
    }

    fn redo(&mut self, writer: Writer) {
        let (screen, by, skew) = writer;
        let targets = self.places[FOLDER_OF[screen]].lines.fold().redo_targets(AUTHORS[by]);
        let deeds: Vec<Deed> = targets.into_iter().map(|of| Deed::Undo { of: of.to_owned() }).collect();
        if deeds.is_empty() {
            let stamp = self.stamp(skew);
            let done = self.screens[screen].redo(&self.plan, &author(AUTHORS[by]), &stamp);
            assert!(done.unwrap().is_none());
            return;
        }
        let record = self.record(writer, deeds);
        self.written(writer, record, |journal, plan, record, stamp| {
            let (appended, _) = journal.redo(plan, &author(&record.by), stamp).unwrap().unwrap();
            let mut of: Vec<Deed> =
                journal.record(appended.index).undoes().map(|of| Deed::Undo { of: of.to_string() }).collect();
            of.sort_by_key(|deed| format!("{deed:?}"));
            assert_eq!(of, record.deeds);
            (appended.changed, appended.torn.is_some())
        });
    }

    /// Another program does all up to the write; what it wrote is then cut, as if it had been killed there.
    fn killed(&mut self, writer: Writer, acts: &[Act], cut: &prop::sample::Index) {
        let record = self.planned(writer, acts);
        let stamp = self.stamp(writer.2);
        let place = &mut self.places[FOLDER_OF[writer.0]];
        let mut journal = place.open(&self.plan);
        let step = Step::new(record.deeds.iter().map(Deed::event).collect());
        journal.append(&self.plan, &author(&record.by), step, &stamp).unwrap();
        place.set_aside(&record.by);
        let name = format!("{}.jsonl", record.by);
        let line = place.last_line(&name);
        let on_disk = cut.index(line.len() + 2);
        let path = place.path(&name);
        let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
        let bytes = file.metadata().unwrap().len();
        file.set_len(bytes - (line.len() + 1 - on_disk) as u64).unwrap();
        if on_disk >= line.len() {
            place.take(&record, line);
        } else if on_disk > 0 {
            place.torn.insert(name, line.as_bytes()[..on_disk].to_vec());
        }
    }

    fn merge(&mut self, into: usize) {
        let to = FOLDER_OF[into];
        let from = 1 - to;
        let stamp = self.stamp(0);
        let other = self.places[from].dir.path().to_owned();
        self.screens[into].merge(&self.plan, &[other], &stamp.now).unwrap();
        let new: Vec<Line> = {
            let [ours, theirs] = [&self.places[to].lines.0, &self.places[from].lines.0];
            theirs.values().filter(|line| !ours.contains_key(&line.raw)).cloned().collect()
        };
        let place = &mut self.places[to];
        for line in new {
            place.set_aside(&line.by);
            place.lines.add(line);
        }
        place.compare(&self.plan, &self.screens[into]);
    }

    fn look(&mut self, screen: usize) {
        let journal = &mut self.screens[screen];
        let before = told(journal);
        let changed = journal.poll(&self.plan).unwrap();
        check_changed(&before, &told(journal), &changed);
        self.places[FOLDER_OF[screen]].compare(&self.plan, journal);
    }
}

impl Place {
    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn open(&self, plan: &Plan) -> Journal {
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
    fn set_aside(&mut self, by: &str) -> bool {
        let name = format!("{by}.jsonl");
        let Some(tail) = self.torn.remove(&name) else { return false };
        let aside = self.aside.entry(name).or_default();
        aside.extend(tail);
        aside.push(b'\n');
        true
    }

    fn last_line(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap().lines().last().unwrap().to_owned()
    }

    fn take_last_line(&mut self, record: &Record) {
        let raw = self.last_line(&format!("{}.jsonl", record.by));
        self.take(record, raw);
    }

    fn take(&mut self, record: &Record, raw: String) {
        let (at_ms, seq) = (record.at_ms, record.seq);
        self.lines.add(Line { raw, at_ms, by: record.by.clone(), seq, what: What::Record(record.clone()) });
    }

    fn copy(&mut self, file: &prop::sample::Index, name: &str, cut: &prop::sample::Index, crlf: bool) {
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

    fn rearrange(&mut self, file: &prop::sample::Index, by: &prop::sample::Index) {
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

    fn rival(&mut self, of: &prop::sample::Index) {
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

    fn stranger(&mut self, kind: u8, step: u32) {
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
        self.lines.add(Line { raw, at_ms, by, seq, what });
    }

    fn append(&self, name: &str, line: &str) {
        let mut file = fs::OpenOptions::new().append(true).create(true).open(self.path(name)).unwrap();
        writeln!(file, "{line}").unwrap();
    }

    /// The program against the reference.
    fn compare(&self, plan: &Plan, journal: &Journal) {
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
        assert_eq!(book.highest_seq() + 1, self.lines.next_seq());
        let unfinished = journal.problems().into_iter().filter_map(|problem| match problem {
            Problem::Unfinished { file } => Some(file.to_string()),
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

/// Nodes that say something else than before must be among those that are said to have changed.
fn check_changed(before: &Told, after: &Told, changed: &Changed) {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    for name in differ {
        let node = after.get(name).or_else(|| before.get(name)).and_then(|(node, _)| *node);
        match changed {
            Changed::All => {}
            Changed::Nothing => panic!("{name} differs, and nothing is said to have changed"),
            Changed::Nodes(nodes) => {
                assert!(node.is_none_or(|node| nodes.contains(&node)), "{name} differs: {changed:?}");
            }
        }
    }
}

/// Everything the program says, in the words of the reference.
fn told(journal: &Journal) -> Told {
    let homes = journal.fold().homes().iter().filter(|home| !home.records.is_empty());
    homes.map(|home| (home.name.to_string(), (home.node, told_of(journal, home)))).collect()
}

fn told_of(journal: &Journal, home: &Home) -> Vec<String> {
    let (said, book) = (&home.annotations, journal.book());
    let mut told = Vec::new();
    for author in said.authors() {
        let verdict = author
            .verdict
            .as_ref()
            .map(|verdict| (verdict.status == State::OnTrack, verdict.at.instant.as_millisecond()));
        let share = author.share.map(|share| share.progress);
        let look = author.review.map(|review| review.at.instant.as_millisecond());
        let review = author.reviewed_at.map(|at| at.instant.as_millisecond());
        told.push(format!(
            "{} verdict {verdict:?} share {share:?} look {look:?} review {review:?}",
            author.by
        ));
    }
    let latest = said.verdict().map(|(by, _)| by.as_str());
    let share = said.share().map(|(by, share)| (by.as_str(), share.progress));
    told.push(format!("latest {latest:?} disputed {} share {share:?}", said.is_disputed()));
    for note in said.notes() {
        let edited = note.edited.map(|at| at.instant.as_millisecond());
        let at = note.at.instant.as_millisecond();
        told.push(format!("note {} {} {at} {:?} {edited:?}", note.id, note.by, note.text));
    }
    for value in said.values() {
        let plan158::journal::event::Reading::Number(number) = &value.figure.reading else { panic!() };
        let at = value.at.instant.as_millisecond();
        let none: Option<i64> = None;
        told.push(format!("value {} {} {at} {:?} {none:?}", value.id, value.by, number.to_string()));
    }
    let tags: BTreeSet<&str> = said.tags().map(|tag| &**tag).collect();
    let breaks: Vec<&str> = said.breaks().iter().map(|one| one.by.as_str()).collect();
    told.push(format!("tags {tags:?} starred {} breaks {breaks:?}", said.is_starred()));
    let records: Vec<&str> = home.records.iter().map(|index| book.record(*index).id.as_str()).collect();
    told.push(format!("records {records:?}"));
    told
}
