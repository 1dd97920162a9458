//! A small plan, a folder, and short ways to write and look.

use std::fs;
use std::path::PathBuf;

use jiff::ZonedDateTime;
use plan158::journal::{Appended, Author, Event, Journal, RecordStamp, Step};
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{PlanSource, load};
use plan158::plan::{NodeId, Plan, State};
use tempfile::TempDir;
use uuid::Uuid;

pub use crate::home::{Home, PLAN};

/// The plan `small`: root, a1 (alias act-one), a1.share, root.students.
pub fn plan() -> Plan {
    plan_of(PLAN)
}

pub fn plan_of(text: &str) -> Plan {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plan.toml");
    fs::write(&path, text).unwrap();
    let loaded = load(&PlanSource::Path(path)).unwrap();
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.plan
}

/// The clock at 14:00 and so many seconds, in Chongqing.
pub fn at(second: i64) -> ZonedDateTime {
    let noon: ZonedDateTime = "2026-11-23T14:00:00+08:00[+08:00]".parse().unwrap();
    noon.checked_add(jiff::SignedDuration::from_secs(second)).unwrap()
}

pub fn now() -> AsOf {
    AsOf::now(at(0).date())
}

pub fn author(name: &str) -> Author {
    Author::new(name).unwrap()
}

/// A folder with the small plan's journal in it.
pub struct Scratch {
    dir: TempDir,
    pub plan: Plan,
    seconds: i64,
}

impl Scratch {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), plan: plan(), seconds: 0 }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn dir(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    pub fn open(&self) -> Journal {
        Journal::open(Some(self.dir()), &self.plan, now()).unwrap()
    }

    /// A second later, with an id of its own.
    pub fn stamp(&mut self) -> RecordStamp {
        self.seconds += 1;
        RecordStamp::new(at(self.seconds), Uuid::now_v7())
    }

    pub fn append(&mut self, journal: &mut Journal, by: &str, event: Event) -> Appended {
        let stamp = self.stamp();
        journal.append(&self.plan, &author(by), Step::new(vec![event]), &stamp).unwrap()
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn node(&self, name: &str) -> NodeId {
        self.plan.tree.find(name).unwrap()
    }

    /// The notes on a node, oldest first.
    pub fn notes(&self, journal: &Journal, node: &str) -> Vec<String> {
        let said = journal.annotations(self.node(node));
        said.into_iter()
            .flat_map(plan158::journal::Annotations::notes)
            .map(|note| note.text.to_string())
            .collect()
    }

    pub fn verdict(&self, journal: &Journal, node: &str) -> Option<State> {
        journal.annotations(self.node(node))?.verdict().map(|(_, verdict)| verdict.status)
    }
}

pub fn note(node: &str, text: &str) -> Event {
    Event::Note { node: node.into(), kind: plan158::journal::NoteKind::Progress, text: text.into() }
}

pub fn status(node: &str, status: State) -> Event {
    Event::Status { node: node.into(), status: Some(status), reason: None }
}
