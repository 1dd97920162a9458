//! The world of the model: two folders, three screens over them, and all that can happen to their files. Each
//! thing that happens is told to the program and to the reference, and both must say the same afterwards.

use std::collections::BTreeMap;
use std::fs;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use plan158::journal::{Changed, Journal, RecordStamp, Step};
use plan158::plan::Plan;
use proptest::prelude::*;
use uuid::Uuid;

use super::super::support::{author, plan};
use super::act::{Act, Deed};
use super::place::Place;
use super::reference::{Line, Lines, Record, What};
use super::told::{check_changed, told};

pub const FOLDERS: usize = 2;
/// Screens over the first folder, the first, and the second.
pub const SCREENS: usize = 3;
const FOLDER_OF: [usize; SCREENS] = [0, 0, 1];
pub const AUTHORS: [&str; 2] = ["li", "王伟"];

/// 2026-11-23 14:00 in Chongqing.
pub const START_MS: i64 = 1_795_413_600_000;

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

pub struct World {
    plan: Plan,
    places: [Place; FOLDERS],
    screens: Vec<Journal>,
    step: u32,
}

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

    /// Looks everywhere: whoever followed what happened, and whoever comes only now, must say what the
    /// reference says.
    pub fn settle(&mut self) {
        (0..SCREENS).for_each(|screen| self.look(screen));
        for place in &self.places {
            place.compare(&self.plan, &place.open(&self.plan));
            for (file, bytes) in &place.aside {
                assert_eq!(&fs::read(place.path(&format!("{file}.torn"))).unwrap(), bytes, "{file}");
            }
        }
    }

    fn stamp(&self, skew: i64) -> RecordStamp {
        let ms = START_MS + i64::from(self.step) * 10_000 + skew * 1_000;
        let zone = TimeZone::fixed(Offset::constant(8));
        let now: ZonedDateTime = ZonedDateTime::new(Timestamp::from_millisecond(ms).unwrap(), zone);
        // Ids in an order that is not that of time.
        let id =
            Uuid::from_u128(u128::from(self.step).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835));
        RecordStamp::new(now, id)
    }

    /// The record that must come of this.
    fn record(&self, (screen, by, skew): Writer, deeds: Vec<Deed>) -> Record {
        let lines = &self.places[FOLDER_OF[screen]].lines;
        let (stamp, by) = (self.stamp(skew), AUTHORS[by]);
        let (at_ms, ahead) = lines.next_ms(by, stamp.now.timestamp().as_millisecond());
        Record {
            id: stamp.id.hyphenated().to_string(),
            at_ms,
            ahead,
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
        write: impl FnOnce(&mut Journal, &Plan, &Record, &RecordStamp) -> (Changed, bool),
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
            let new = theirs.values().filter(|line| !ours.contains_key(&line.raw));
            // Those of another plan stay where they are.
            new.filter(|line| line.what != What::OtherPlan).cloned().collect()
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
