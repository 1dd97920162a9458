//! The reference: a plain list of records, folded in the most obvious way. It shares nothing with the program
//! and takes no care of speed.

use std::collections::{BTreeMap, BTreeSet};

use super::act::{Deed, Item, Saying, tag_name, words};

/// A line of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub raw: String,
    /// As of when it counts.
    pub at_ms: i64,
    /// The time that is written in it.
    pub written_ms: i64,
    pub by: String,
    /// Zero where the line is of a newer version, of which it is not read.
    pub seq: u64,
    pub what: What,
}

impl Line {
    /// Its id, where the version is one that is read.
    fn id(&self) -> Option<String> {
        let object: serde_json::Value = serde_json::from_str(&self.raw).unwrap();
        (self.what != What::Newer).then(|| object["id"].as_str().unwrap().to_owned())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Record(Record),
    OtherPlan,
    Newer,
}

/// A record of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub id: String,
    /// As of when it counts.
    pub at_ms: i64,
    /// Records that it names as ahead of the clock.
    pub ahead: Vec<String>,
    pub by: String,
    pub seq: u64,
    pub deeds: Vec<Deed>,
}

impl Record {
    fn order(&self) -> (i64, &str, u64, &str) {
        (self.at_ms, &self.by, self.seq, &self.id)
    }

    fn undoes(&self) -> impl Iterator<Item = &str> {
        self.deeds.iter().filter_map(|deed| match deed {
            Deed::Undo { of } => Some(of.as_str()),
            _ => None,
        })
    }

    fn is_undo(&self) -> bool {
        self.undoes().next().is_some()
    }

    fn item_id(&self, place: usize) -> String {
        let is_item = |deed: &&Deed| matches!(deed, Deed::Said(_, Saying::Note(_) | Saying::Value(_)));
        if self.deeds.iter().filter(is_item).count() == 1 {
            return self.id.clone();
        }
        format!("{}.{}", self.id, place + 1)
    }
}

/// The lines of one folder, each once.
#[derive(Clone, Debug, Default)]
pub struct Lines(pub BTreeMap<String, Line>);

impl Lines {
    pub fn add(&mut self, line: Line) {
        self.0.insert(line.raw.clone(), line);
        self.recount();
    }

    /// Works out as of when each line counts: a record that others name as ahead of the clock counts as of the
    /// earliest of those.
    fn recount(&mut self) {
        self.0.values_mut().for_each(|line| line.at_ms = line.written_ms);
        let mut counting: BTreeMap<String, (i64, Vec<String>)> = BTreeMap::new();
        for line in self.0.values() {
            if let What::Record(record) = &line.what {
                let named = (line.written_ms, record.ahead.clone());
                counting.entry(record.id.clone()).or_insert(named);
            }
        }
        for (at_ms, ahead) in counting.into_values() {
            for line in self.0.values_mut().filter(|line| line.id().is_some_and(|id| ahead.contains(&id))) {
                line.at_ms = line.at_ms.min(at_ms);
            }
        }
        for line in self.0.values_mut() {
            if let What::Record(record) = &mut line.what {
                record.at_ms = line.at_ms;
            }
        }
    }

    pub fn next_seq(&self) -> u64 {
        self.0.values().map(|line| line.seq).max().unwrap_or(0) + 1
    }

    /// When a writer's next record is, and which of theirs it names as ahead of the clock: now, or a
    /// millisecond after their latest that is not more than a minute ahead. A clock before their first record
    /// names none.
    pub fn next_ms(&self, by: &str, now_ms: i64) -> (i64, Vec<String>) {
        let own = || self.0.values().filter(|line| line.by == by);
        let is_behind = own().next().is_some() && own().all(|line| line.at_ms > now_ms);
        let limit = if is_behind { i64::MAX } else { now_ms + 60_000 };
        let before = own().filter(|line| line.at_ms <= limit);
        let at_ms = before.map(|line| line.at_ms + 1).fold(now_ms, i64::max);
        let mut ahead: Vec<(i64, String)> = own()
            .filter(|line| line.at_ms > limit)
            .filter_map(|line| Some((line.at_ms, line.id()?)))
            .collect();
        ahead.sort();
        ahead.dedup();
        (at_ms, ahead.into_iter().map(|(_, id)| id).collect())
    }

    /// The lines of the plan, sorted: what is counted and hashed.
    pub fn of_plan(&self) -> Vec<&str> {
        let ours = self.0.values().filter(|line| line.what != What::OtherPlan);
        ours.map(|line| line.raw.as_str()).collect()
    }

    /// The records in order. Of several lines with one id the one with the smallest bytes counts.
    fn records(&self) -> Vec<&Record> {
        let mut by_id: BTreeMap<&str, &Record> = BTreeMap::new();
        // Lines come in the order of their bytes.
        for line in self.0.values() {
            if let What::Record(record) = &line.what {
                by_id.entry(&record.id).or_insert(record);
            }
        }
        let mut records: Vec<&Record> = by_id.into_values().collect();
        records.sort_by(|one, other| one.order().cmp(&other.order()));
        records
    }

    /// Ids that several lines have.
    pub fn rivals(&self) -> usize {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for line in self.0.values() {
            if let What::Record(record) = &line.what {
                *counts.entry(&record.id).or_default() += 1;
            }
        }
        counts.values().filter(|count| **count > 1).count()
    }

    pub fn fold(&self) -> Folded<'_> {
        Folded::new(self.records())
    }
}

/// What holds.
pub struct Folded<'l> {
    records: Vec<&'l Record>,
    /// Of each record, whether it holds.
    holds: Vec<bool>,
    moved: BTreeMap<&'l str, &'l str>,
}

/// What is known of a note or value while the records are gone through.
struct Made {
    id: String,
    by: String,
    at_ms: i64,
    text: String,
    edited: Option<i64>,
    is_note: bool,
    retracted: bool,
}

/// What holds of one name while the records are gone through.
#[derive(Default)]
struct Holding<'l> {
    made: BTreeMap<(usize, usize), Made>,
    /// Who said anything of the kinds that are kept for each author, the first first.
    speakers: Vec<&'l str>,
    /// The step at which it was said, whether it was a good one, and when.
    verdicts: BTreeMap<&'l str, (usize, bool, i64)>,
    shares: BTreeMap<&'l str, (u8, usize)>,
    looks: BTreeMap<&'l str, i64>,
    reviews: BTreeMap<&'l str, i64>,
    tags: BTreeSet<&'static str>,
    starred: bool,
    breaks: Vec<&'l str>,
    settled: usize,
    step: usize,
}

impl<'l> Holding<'l> {
    fn say(&mut self, record: &'l Record, place: (usize, usize), saying: Saying) {
        let (by, at_ms) = (record.by.as_str(), record.at_ms);
        self.step += 1;
        let of_author = matches!(saying, Saying::Verdict(_) | Saying::Share(_) | Saying::Reviewed(_));
        if of_author && !self.speakers.contains(&by) {
            self.speakers.push(by);
        }
        match saying {
            Saying::Verdict(None) => drop(self.verdicts.remove(by)),
            Saying::Verdict(Some(good)) => drop(self.verdicts.insert(by, (self.step, good, at_ms))),
            Saying::Share(None) => drop(self.shares.remove(by)),
            Saying::Share(Some(share)) => drop(self.shares.insert(by, (share, self.step))),
            Saying::Note(text) => self.make(record, place, words(text), true),
            Saying::Value(number) => self.make(record, place, number.to_string(), false),
            Saying::Tag(tag, true) => drop(self.tags.insert(tag_name(tag))),
            Saying::Tag(tag, false) => drop(self.tags.remove(tag_name(tag))),
            Saying::Star(on) => self.starred = on,
            Saying::Reviewed(counts) => {
                self.looks.insert(by, at_ms);
                if counts {
                    self.reviews.insert(by, at_ms);
                }
            }
            Saying::Settled => self.settled = self.step,
            Saying::Break => self.breaks.push(by),
        }
    }

    fn make(&mut self, record: &Record, place: (usize, usize), text: String, is_note: bool) {
        let (id, by, at_ms) = (record.item_id(place.1), record.by.clone(), record.at_ms);
        self.made.insert(place, Made { id, by, at_ms, text, edited: None, is_note, retracted: false });
    }

    fn retract(&mut self, made: Option<(usize, usize)>) {
        if let Some(item) = made.and_then(|at| self.made.get_mut(&at)) {
            item.retracted = true;
        }
    }

    fn lines(&self) -> Vec<String> {
        let mut told = Vec::new();
        for by in &self.speakers {
            let verdict = self.verdicts.get(by).map(|(_, good, at)| (*good, *at));
            let share = self.shares.get(by).map(|(share, _)| *share);
            let (look, review) = (self.looks.get(by).copied(), self.reviews.get(by).copied());
            if verdict.is_some() || share.is_some() || look.is_some() {
                told.push(format!(
                    "{by} verdict {verdict:?} share {share:?} look {look:?} review {review:?}"
                ));
            }
        }
        let latest = self.verdicts.iter().max_by_key(|(_, (step, ..))| *step);
        let differ =
            self.verdicts.values().any(|(_, good, _)| latest.is_some_and(|(_, last)| last.1 != *good));
        let disputed = differ && latest.is_some_and(|(_, (step, ..))| *step > self.settled);
        let share = self.shares.iter().max_by_key(|(_, (_, step))| *step);
        let share = share.map(|(by, (share, _))| (*by, *share));
        told.push(format!("latest {:?} disputed {disputed} share {share:?}", latest.map(|(by, _)| *by)));
        for (kind, notes) in [("note", true), ("value", false)] {
            for item in self.made.values().filter(|item| !item.retracted && item.is_note == notes) {
                let Made { id, by, at_ms, text, edited, .. } = item;
                told.push(format!("{kind} {id} {by} {at_ms} {text:?} {edited:?}"));
            }
        }
        told.push(format!("tags {:?} starred {} breaks {:?}", self.tags, self.starred, self.breaks));
        told
    }
}

impl<'l> Folded<'l> {
    fn new(records: Vec<&'l Record>) -> Self {
        let mut holds = vec![true; records.len()];
        for place in (0..records.len()).rev() {
            holds[place] = !(place + 1..records.len()).any(|later| {
                let undo = records[later];
                holds[later]
                    && undo.by == records[place].by
                    && undo.undoes().any(|of| of == records[place].id)
            });
        }
        let mut moved = BTreeMap::new();
        for (record, _) in records.iter().zip(&holds).filter(|(_, holds)| **holds) {
            for deed in &record.deeds {
                if let Deed::Reattach { name, to } = deed {
                    moved.insert(name.as_str(), to.as_str());
                }
            }
        }
        Self { records, holds, moved }
    }

    pub fn ids(&self) -> Vec<&'l str> {
        self.records.iter().map(|record| record.id.as_str()).collect()
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.records.iter().position(|record| record.id == id)
    }

    /// The node that has a name now, or the name itself.
    fn resolved(&self, name: &'l str) -> &'l str {
        let mut now = name;
        for _ in 0..9 {
            match now {
                "root" | "a1" | "a1.share" => return now,
                "act-one" => return "a1",
                _ => match self.moved.get(now) {
                    Some(to) => now = to,
                    None => return now,
                },
            }
        }
        now
    }

    /// The deed that made what a name names, where it does not sort later than the record at `place`.
    fn made(&self, of: &str, is_note: bool, place: usize) -> Option<(usize, usize)> {
        for (at, record) in self.records.iter().enumerate().take(place + 1) {
            let fits = |deed: &Deed| match deed {
                Deed::Said(_, Saying::Note(_)) => is_note,
                Deed::Said(_, Saying::Value(_)) => !is_note,
                _ => false,
            };
            let found = (0..record.deeds.len())
                .find(|deed| fits(&record.deeds[*deed]) && (record.item_id(*deed) == of));
            if let Some(deed) = found {
                return Some((at, deed));
            }
        }
        None
    }

    /// Where a deed belongs; nowhere for what takes back a record.
    fn home(&self, place: usize, deed: usize) -> Option<&'l str> {
        let record = self.records[place];
        let own = |name: &'l str, of: &str, is_note| {
            self.made(of, is_note, place).map_or(name, |(at, deed)| self.name_said(at, deed).unwrap_or(name))
        };
        let name = match &record.deeds[deed] {
            Deed::Undo { .. } => return None,
            Deed::NoteEdit { name, of, .. } | Deed::NoteRetract { name, of } => own(name, of, true),
            Deed::ValueRetract { name, of } => own(name, of, false),
            Deed::Said(name, _) | Deed::Reattach { name, .. } => name,
        };
        Some(self.resolved(name))
    }

    fn name_said(&self, place: usize, deed: usize) -> Option<&'l str> {
        match &self.records[place].deeds[deed] {
            Deed::Said(name, _) => Some(name),
            _ => None,
        }
    }

    /// The homes that a record touches, through what it takes back.
    fn touched(&self, place: usize) -> BTreeSet<&'l str> {
        let record = self.records[place];
        let mut homes: BTreeSet<&str> =
            (0..record.deeds.len()).filter_map(|deed| self.home(place, deed)).collect();
        for of in record.undoes() {
            if let Some(taken) = self.place(of).filter(|taken| *taken < place) {
                homes.extend(self.touched(taken));
            }
        }
        homes
    }

    /// All names that records touch.
    pub fn homes(&self) -> BTreeSet<&'l str> {
        (0..self.records.len()).flat_map(|place| self.touched(place)).collect()
    }

    /// Everything that holds of a name, a line for each thing.
    pub fn told(&self, home: &str) -> Vec<String> {
        let mut holding = Holding::default();
        for place in (0..self.records.len()).filter(|place| self.holds[*place]) {
            let record = self.records[place];
            for (number, deed) in record.deeds.iter().enumerate() {
                if self.home(place, number) != Some(home) {
                    continue;
                }
                let own = |of: &str, is_note| {
                    self.made(of, is_note, place).filter(|(at, _)| self.records[*at].by == record.by)
                };
                match deed {
                    Deed::Said(_, saying) => holding.say(record, (place, number), *saying),
                    Deed::NoteEdit { of, text, .. } => {
                        if let Some(note) = own(of, true).and_then(|at| holding.made.get_mut(&at)) {
                            (note.text, note.edited) = (words(*text), Some(record.at_ms));
                        }
                    }
                    Deed::NoteRetract { of, .. } => holding.retract(own(of, true)),
                    Deed::ValueRetract { of, .. } => holding.retract(own(of, false)),
                    Deed::Reattach { .. } | Deed::Undo { .. } => {}
                }
            }
        }
        let mut told = holding.lines();
        let touching = (0..self.records.len()).filter(|place| self.touched(*place).contains(home));
        told.push(format!("records {:?}", touching.map(|place| &self.records[place].id).collect::<Vec<_>>()));
        told
    }

    /// What `undo` takes back.
    pub fn undo_target(&self, by: &str) -> Option<&'l str> {
        let own = (0..self.records.len()).rev().filter(|place| self.records[*place].by == by);
        let mut ordinary = own.filter(|place| self.holds[*place] && !self.records[*place].is_undo());
        ordinary.next().map(|place| self.records[place].id.as_str())
    }

    /// The record that an undo takes back, which may be an undo itself.
    fn taken(&self, undo: usize) -> Option<usize> {
        let record = self.records[undo];
        let mut taken = record.undoes().filter_map(|of| self.place(of));
        taken.find(|place| *place < undo && self.records[*place].by == record.by)
    }

    /// How many undos are in a row: an odd number takes the record back, an even one brings it back.
    fn depth(&self, place: usize) -> usize {
        self.taken(place).map_or(0, |taken| 1 + self.depth(taken))
    }

    /// What `redo` takes back: the newest undo that holds with no newer ordinary record after it, and all
    /// others of the same record.
    pub fn redo_targets(&self, by: &str) -> BTreeSet<&'l str> {
        let own = (0..self.records.len()).rev().filter(|place| self.records[*place].by == by);
        let mut since = own.take_while(|place| self.records[*place].is_undo());
        let Some(undo) = since.find(|place| self.holds[*place] && self.depth(*place) % 2 == 1) else {
            return BTreeSet::new();
        };
        let Some(taken) = self.taken(undo) else { return BTreeSet::new() };
        let of_it = (taken + 1..self.records.len()).filter(|place| {
            let record = self.records[*place];
            self.holds[*place] && record.by == by && record.undoes().any(|of| of == self.records[taken].id)
        });
        of_it.map(|place| self.records[place].id.as_str()).collect()
    }

    /// Notes and values that somebody may name, whether they hold or not.
    pub fn items(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for record in &self.records {
            for (place, deed) in record.deeds.iter().enumerate() {
                if let Deed::Said(name, saying @ (Saying::Note(_) | Saying::Value(_))) = deed {
                    let is_note = matches!(saying, Saying::Note(_));
                    items.push(Item { id: record.item_id(place), name: name.clone(), is_note });
                }
            }
        }
        items
    }
}
