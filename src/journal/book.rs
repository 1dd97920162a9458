//! All lines that were read, as a set: what counts of them, and what is only kept. Where they stood on disk
//! makes no difference here.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::author::Author;
use super::codec::{self, BadLineReason, NameInterner, ParsedLine};
use super::event::Event;
use super::record::{Record, RecordId, WriterCount, ZonedInstant};
use crate::plan::as_of::AsOf;
use crate::text::hex;

/// A record's place in a [`Book`], in the order of reading; valid until the book is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordIndex(u32);

impl RecordIndex {
    /// As an index into a list.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineOutcome {
    /// A record of this plan that was not there yet.
    New(RecordIndex),
    /// The same line is there already.
    Known,
    /// Another line has the same id; this one's bytes are greater, so it is kept and does not count.
    Rival,
    /// Another line has the same id; this one's bytes are smaller, so it counts in its place.
    Replaced,
    /// A record of this plan that was not there yet, and others count as of another time because of it.
    Moved(RecordIndex),
    /// Of another plan, and others count as of another time because of it.
    MovedAside,
    /// Of another plan or a newer version: kept in its file, skipped and counted.
    Aside,
    /// No record.
    Bad(BadLineReason),
}

/// What a [`Book`] left out or kept unread, as counts for `doctor`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Records whose `plan` is another plan's id; they are not folded.
    pub other_plans: usize,
    /// Records of newer versions.
    pub newer: usize,
    /// Events that this version does not know, in records that count.
    pub unknown_events: usize,
}

#[derive(Clone, Debug)]
struct Stored {
    record: Record,
    /// The time that is written in its line.
    written: Timestamp,
    raw: Box<str>,
    /// Lines with the same id and greater bytes.
    rivals: Vec<Box<str>>,
}

/// A record of another plan, or of a newer version, as far as clocks are concerned.
#[derive(Clone, Debug)]
struct AsideRecord {
    by: Author,
    written: Timestamp,
    /// `None` where the version is newer: it cannot be named.
    id: Option<RecordId>,
    ahead: Box<[RecordId]>,
}

#[derive(Clone, Debug)]
struct Newer {
    at: Option<ZonedInstant>,
    raw: Box<str>,
}

impl Stored {
    /// Counts as of a time, where that is before what is written in it; whether anything changed.
    fn count_as_of(&mut self, least: Timestamp) -> bool {
        let at = self.written.min(least);
        std::mem::replace(&mut self.record.at.instant, at) != at
    }
}

/// Every line of the plan's journal.
#[derive(Clone, Debug, Default)]
pub struct Book {
    plan: Box<str>,
    names: NameInterner,
    records: Vec<Stored>,
    by_id: HashMap<RecordId, RecordIndex>,
    newer: Vec<Newer>,
    /// Digests of lines set aside, so that a copy is counted once.
    aside: HashSet<u64>,
    skipped: Skipped,
    has_rivals: bool,
    highest_seq: u64,
    elsewhere: Vec<AsideRecord>,
    /// The least time of those that name a record as ahead of the clock.
    named: HashMap<RecordId, Timestamp>,
    /// The highest number of each writer, on whatever plan.
    writers: HashMap<Box<str>, u64>,
}

impl Book {
    /// An empty one for a plan.
    pub fn new(plan_id: &str) -> Self {
        Self { plan: plan_id.into(), ..Self::default() }
    }

    /// The `id` in `plan.toml`, which every record of the journal must carry.
    pub fn plan_id(&self) -> &str {
        &self.plan
    }

    /// Takes a line without its line end.
    pub fn take(&mut self, line: &str) -> LineOutcome {
        match codec::parse(line, &mut self.names) {
            ParsedLine::Bad(why) => LineOutcome::Bad(why),
            ParsedLine::Newer { plan, by, at } => self.take_newer(line, plan.as_deref(), by, at),
            ParsedLine::Record(record) => {
                self.highest_seq = self.highest_seq.max(record.seq);
                self.note_writer(&record);
                if *record.plan == *self.plan {
                    return self.take_record(record, line);
                }
                if !self.is_first(line) {
                    return LineOutcome::Aside;
                }
                self.skipped.other_plans += 1;
                let Record { id, by, at, ahead, .. } = record;
                let moved = self.name_ahead(&ahead, at.instant);
                self.elsewhere.push(AsideRecord { by, written: at.instant, id: Some(id), ahead });
                if moved { LineOutcome::MovedAside } else { LineOutcome::Aside }
            }
        }
    }

    fn note_writer(&mut self, record: &Record) {
        let Some(WriterCount { writer, n }) = &record.writer else { return };
        match self.writers.get_mut(writer) {
            Some(highest) => *highest = (*highest).max(*n),
            None => drop(self.writers.insert(writer.clone(), *n)),
        }
    }

    /// Takes in what a record says of others' clocks; whether any record counts as of another time now.
    fn name_ahead(&mut self, ahead: &[RecordId], at: Timestamp) -> bool {
        let mut moved = false;
        for id in ahead {
            let least = self.named.entry(id.clone()).or_insert(at);
            *least = (*least).min(at);
            let least = *least;
            if let Some(index) = self.by_id.get(id) {
                moved |= self.records[index.at()].count_as_of(least);
            }
        }
        moved
    }

    /// Works out anew as of when each record counts: a line was replaced by another, which may name others.
    fn recount(&mut self) {
        self.named.clear();
        for stored in &mut self.records {
            stored.record.at.instant = stored.written;
        }
        let own = self.records.iter().map(|stored| (&stored.record.ahead, stored.written));
        let elsewhere = self.elsewhere.iter().map(|one| (&one.ahead, one.written));
        let naming: Vec<_> = own
            .chain(elsewhere)
            .filter(|(ahead, _)| !ahead.is_empty())
            .map(|(ahead, at)| (ahead.clone(), at))
            .collect();
        for (ahead, at) in naming {
            self.name_ahead(&ahead, at);
        }
    }

    fn is_first(&mut self, line: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        line.hash(&mut hasher);
        self.aside.insert(hasher.finish())
    }

    fn take_newer(
        &mut self,
        line: &str,
        plan: Option<&str>,
        by: Option<Author>,
        at: Option<ZonedInstant>,
    ) -> LineOutcome {
        if self.is_first(line) {
            if let (Some(by), Some(at)) = (by, at) {
                self.elsewhere.push(AsideRecord { by, written: at.instant, id: None, ahead: Box::default() });
            }
            if plan == Some(&self.plan) {
                self.newer.push(Newer { at, raw: line.into() });
                self.skipped.newer += 1;
            } else {
                self.skipped.other_plans += 1;
            }
        }
        LineOutcome::Aside
    }

    fn take_record(&mut self, record: Record, line: &str) -> LineOutcome {
        let unknown =
            |record: &Record| record.events.iter().filter(|event| **event == Event::Unknown).count();
        let Some(there) = self.by_id.get(&record.id).copied() else {
            let index = RecordIndex(u32::try_from(self.records.len()).unwrap_or(u32::MAX));
            self.skipped.unknown_events += unknown(&record);
            self.by_id.insert(record.id.clone(), index);
            let moved = self.name_ahead(&record.ahead, record.at.instant);
            let least = self.named.get(&record.id).copied();
            let written = record.at.instant;
            let mut stored = Stored { record, written, raw: line.into(), rivals: Vec::new() };
            if let Some(least) = least {
                stored.count_as_of(least);
            }
            self.records.push(stored);
            return if moved { LineOutcome::Moved(index) } else { LineOutcome::New(index) };
        };
        let stored = &mut self.records[there.at()];
        if *stored.raw == *line || stored.rivals.iter().any(|rival| **rival == *line) {
            return LineOutcome::Known;
        }
        self.has_rivals = true;
        if *stored.raw < *line {
            stored.rivals.push(line.into());
            return LineOutcome::Rival;
        }
        self.skipped.unknown_events += unknown(&record);
        self.skipped.unknown_events -= unknown(&stored.record);
        stored.rivals.push(std::mem::replace(&mut stored.raw, line.into()));
        stored.written = record.at.instant;
        stored.record = record;
        self.recount();
        LineOutcome::Replaced
    }

    /// Every record that counts, in the order of reading.
    pub fn indexes(&self) -> impl DoubleEndedIterator<Item = RecordIndex> + use<> {
        (0..u32::try_from(self.records.len()).unwrap_or(u32::MAX)).map(RecordIndex)
    }

    /// How many records count.
    pub fn count(&self) -> usize {
        self.records.len()
    }

    /// Looks a record up by its index; an index stays valid as long as the book lives.
    pub fn record(&self, index: RecordIndex) -> &Record {
        &self.records[index.at()].record
    }

    /// The line of a record.
    pub fn raw(&self, index: RecordIndex) -> &str {
        &self.records[index.at()].raw
    }

    /// The record with that id.
    pub fn find(&self, id: &RecordId) -> Option<RecordIndex> {
        self.by_id.get(id).copied()
    }

    /// The record whose id is written `id`; [`None`] too where `id` is no valid id.
    pub fn find_text(&self, id: &str) -> Option<RecordIndex> {
        self.find(&RecordId::new(id)?)
    }

    /// Which of two records sorts first.
    pub fn order(&self, one: RecordIndex, other: RecordIndex) -> Ordering {
        self.record(one).order(self.record(other))
    }

    /// The record and event that made a note or value: by the record's id (its first event that `wanted`
    /// takes), or by that and the event's place from 1 behind a dot.
    pub fn locate(&self, of: &str, wanted: impl Fn(&Event) -> bool) -> Option<(RecordIndex, usize)> {
        if let Some(index) = self.find_text(of) {
            let at = self.record(index).events.iter().position(wanted)?;
            return Some((index, at));
        }
        let (id, place) = of.rsplit_once('.')?;
        let index = self.find_text(id)?;
        let at = place.parse::<usize>().ok()?.checked_sub(1)?;
        self.record(index).events.get(at).filter(|event| wanted(event)).map(|_| (index, at))
    }

    /// The highest number read, of whatever plan.
    pub fn highest_seq(&self) -> u64 {
        self.highest_seq
    }

    /// When each record of an author counts as of, on whatever plan, and its id where it can be named.
    fn times<'a>(&'a self, by: &'a Author) -> impl Iterator<Item = (Timestamp, Option<&'a RecordId>)> {
        let own = self.records.iter().filter(move |stored| stored.record.by == *by);
        let own = own.map(|stored| (stored.record.at.instant, Some(&stored.record.id)));
        let elsewhere = self.elsewhere.iter().filter(move |one| one.by == *by).map(|one| {
            let named = one.id.as_ref().and_then(|id| self.named.get(id)).copied();
            (named.map_or(one.written, |least| least.min(one.written)), one.id.as_ref())
        });
        own.chain(elsewhere)
    }

    /// An author's latest moment up to a limit, on whatever plan.
    pub fn latest(&self, by: &Author, limit: Timestamp) -> Option<Timestamp> {
        self.times(by).map(|(at, _)| at).filter(|at| *at <= limit).max()
    }

    /// An author's first moment, on whatever plan.
    pub fn first(&self, by: &Author) -> Option<Timestamp> {
        self.times(by).map(|(at, _)| at).min()
    }

    /// An author's records that count as of a time after a limit, the earliest first.
    pub fn ahead_of(&self, by: &Author, limit: Timestamp) -> Vec<RecordId> {
        let mut ahead: Vec<_> =
            self.times(by).filter(|(at, _)| *at > limit).filter_map(|(at, id)| Some((at, id?))).collect();
        ahead.sort();
        ahead.into_iter().map(|(_, id)| id.clone()).collect()
    }

    /// Records of this plan that count as of a time after a limit, whoever wrote them, the earliest first.
    pub fn all_ahead_of(&self, limit: Timestamp) -> Vec<RecordIndex> {
        let mut ahead: Vec<RecordIndex> =
            self.indexes().filter(|index| self.record(*index).at.instant > limit).collect();
        ahead.sort_unstable_by(|one, other| self.order(*one, *other));
        ahead
    }

    /// The time that is written in a record's line.
    pub fn written_at(&self, index: RecordIndex) -> ZonedInstant {
        let stored = &self.records[index.at()];
        ZonedInstant { instant: stored.written, ..stored.record.at }
    }

    /// The number of a writer's next record.
    pub fn next_number(&self, writer: &str) -> u64 {
        self.writers.get(writer).copied().unwrap_or_default().saturating_add(1)
    }

    /// Counts of what was left out or kept without being understood.
    pub fn skipped(&self) -> Skipped {
        self.skipped
    }

    /// Whether any id stands on several lines.
    pub fn has_rivals(&self) -> bool {
        self.has_rivals
    }

    /// Ids that several lines share, with the number of lines.
    pub fn rivals(&self) -> impl Iterator<Item = (&RecordId, usize)> {
        let contested = self.records.iter().filter(|stored| !stored.rivals.is_empty());
        contested.map(|stored| (&stored.record.id, stored.rivals.len() + 1))
    }

    /// Lines of this plan that were there by an as-of: records, those that rival them, and those of newer
    /// versions.
    pub fn lines(&self, as_of: AsOf) -> Vec<&str> {
        let records = self.records.iter().filter(|stored| stored.record.at.is_by(as_of));
        let newer = self.newer.iter().filter(|newer| newer.at.is_none_or(|at| at.is_by(as_of)));
        let of_records = records.flat_map(|stored| std::iter::once(&stored.raw).chain(&stored.rivals));
        of_records.chain(newer.map(|newer| &newer.raw)).map(|raw| &**raw).collect()
    }

    /// How many lines of this plan were there by an as-of.
    pub fn line_count(&self, as_of: AsOf) -> usize {
        self.lines(as_of).len()
    }

    /// Which lines there were by an as-of: the last number of each writer, and how many lines have none (rivals
    /// among them), with the hash of those.
    pub fn held(&self, as_of: AsOf) -> (BTreeMap<String, u64>, usize, Option<String>) {
        let mut upto = BTreeMap::new();
        let mut rest: Vec<&str> = Vec::new();
        for stored in self.records.iter().filter(|stored| stored.record.at.is_by(as_of)) {
            match &stored.record.writer {
                Some(WriterCount { writer, n }) => {
                    let last = upto.entry(writer.to_string()).or_insert(*n);
                    *last = (*last).max(*n);
                }
                None => rest.push(&stored.raw),
            }
            rest.extend(stored.rivals.iter().map(|raw| &**raw));
        }
        let newer = self.newer.iter().filter(|newer| newer.at.is_none_or(|at| at.is_by(as_of)));
        rest.extend(newer.map(|newer| &*newer.raw));
        let hash = (!rest.is_empty()).then(|| hash_of(&mut rest));
        (upto, rest.len(), hash)
    }

    /// The hash of the journal: SHA-256 over the sorted lines of this plan up to an as-of, each with its line
    /// feed; `sha256:…`.
    pub fn hash(&self, as_of: AsOf) -> String {
        hash_of(&mut self.lines(as_of))
    }
}

fn hash_of(lines: &mut [&str]) -> String {
    lines.sort_unstable();
    let mut hasher = Sha256::new();
    for line in lines {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    format!("sha256:{}", hex(hasher.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, plan: &str, second: u32) -> String {
        format!(
            r#"{{"v":1,"id":"{id}","seq":{second},"at":"2026-11-23T14:02:{second:02}.000+08:00","by":"li","plan":"{plan}","session":null,"events":[{{"event":"star","node":"a4"}}]}}"#
        )
    }

    #[test]
    fn a_copy_of_a_line_is_the_line() {
        let mut book = Book::new("p");
        assert!(matches!(book.take(&line("r1", "p", 1)), LineOutcome::New(_)));
        assert_eq!(book.take(&line("r1", "p", 1)), LineOutcome::Known);
        assert_eq!(book.count(), 1);
    }

    #[test]
    fn of_two_lines_with_one_id_both_are_kept_and_the_smaller_counts_in_whatever_order_they_come() {
        let (small, great) = (line("r1", "p", 1), line("r1", "p", 2));
        assert!(small < great);
        let now = AsOf::now(jiff::civil::date(2026, 11, 23));
        let read = |lines: [&str; 2]| {
            let mut book = Book::new("p");
            let taken = lines.map(|line| book.take(line));
            let index = book.find_text("r1").unwrap();
            assert_eq!(book.raw(index), small);
            assert_eq!(book.rivals().count(), 1);
            assert_eq!(book.line_count(now), 2);
            (taken[1], book.hash(now))
        };
        let (first, then) = (read([&small, &great]), read([&great, &small]));
        assert_eq!((first.0, then.0), (LineOutcome::Rival, LineOutcome::Replaced));
        assert_eq!(first.1, then.1);
    }

    #[test]
    fn what_is_of_another_plan_or_version_is_counted_once_and_its_clock_is_heeded() {
        let mut book = Book::new("p");
        for _ in 0..2 {
            assert_eq!(book.take(&line("r9", "q", 59)), LineOutcome::Aside);
            assert_eq!(book.take(&line("r8", "p", 1).replace("\"v\":1", "\"v\":2")), LineOutcome::Aside);
        }
        assert_eq!(book.skipped(), Skipped { other_plans: 1, newer: 1, unknown_events: 0 });
        assert_eq!(book.highest_seq(), 59);
        let latest = book.latest(&Author::new("li").unwrap(), Timestamp::MAX).unwrap();
        assert_eq!(latest, ZonedInstant::parse("2026-11-23T14:02:59+08:00").unwrap().instant);
        // The newer record is of this plan, so it is part of what is hashed.
        assert_eq!(book.line_count(AsOf::now(jiff::civil::date(2026, 11, 23))), 1);
    }

    #[test]
    fn the_hash_is_of_the_sorted_lines_up_to_the_as_of() {
        let mut book = Book::new("p");
        let now = AsOf::now(jiff::civil::date(2026, 11, 23));
        // SHA-256 of nothing.
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(book.hash(now), empty);
        book.take(&line("r2", "p", 2));
        book.take(&line("r1", "p", 1));
        let text = format!("{}\n{}\n", line("r1", "p", 1), line("r2", "p", 2));
        let expected: String =
            Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(book.hash(now), format!("sha256:{expected}"));
        let before = AsOf::parse("2026-11-22").unwrap();
        assert_eq!((book.hash(before).as_str(), book.line_count(before)), (empty, 0));
    }

    #[test]
    fn a_note_is_found_by_its_record_or_by_its_place_in_it() {
        let mut book = Book::new("p");
        let events = r#"[{"event":"star","node":"a4"},{"event":"note","node":"a4","text":"x"},{"event":"note","node":"a5","text":"y"}]"#;
        let line = line("r1", "p", 1);
        let (head, _) = line.split_once("[{").unwrap();
        book.take(&format!("{head}{events}}}"));
        let place = |of: &str| book.locate(of, |event| matches!(event, Event::Note { .. })).map(|(_, at)| at);
        assert_eq!([place("r1"), place("r1.2"), place("r1.3")], [Some(1), Some(1), Some(2)]);
        assert_eq!([place("r1.1"), place("r1.4"), place("r1.0"), place("r2")], [None; 4]);
        assert_eq!(book.record(book.find_text("r1").unwrap()).item_id(2), "r1.3");
    }
}
