//! Plans and journals, made up or given, and their exports.

use std::fs;
use std::path::PathBuf;

use plan158::export::format::CsvDialect;
use plan158::export::{Document, ExportContext, Format, Options, Unwatched};
use plan158::journal::Journal;
use plan158::plan::Plan;
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{Loaded, PlanSource, load};
use plan158::progress::{JournalData, Judge, Promises, RuleRef, States};
use plan158::text::{Lang, ShownLanguages, Ui};
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

pub use crate::home::{Home, PLAN, ran};

/// A plan and a journal in a folder of their own.
pub struct Made {
    pub dir: TempDir,
    pub loaded: Loaded,
    pub journal: Journal,
    pub as_of: AsOf,
}

pub fn as_of() -> AsOf {
    AsOf::parse("2026-06-30").unwrap()
}

impl Made {
    /// Of a plan's text and lines of a journal.
    pub fn new(plan: &str, records: &[String]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("plan.toml"), plan).unwrap();
        fs::create_dir(dir.path().join("notes")).unwrap();
        if !records.is_empty() {
            fs::write(dir.path().join("notes/all.jsonl"), records.join("\n") + "\n").unwrap();
        }
        Self::open(dir, as_of())
    }

    pub fn open(dir: TempDir, as_of: AsOf) -> Self {
        let loaded = load(&PlanSource::Path(dir.path().join("plan.toml"))).unwrap();
        let journal = Journal::open(Some(dir.path().join("notes")), &loaded.plan, as_of).unwrap();
        Self { dir, loaded, journal, as_of }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn plan(&self) -> &Plan {
        &self.loaded.plan
    }

    /// An export, in both languages.
    pub fn export(&self, format: Format, scope: Option<&str>, options: Options) -> Vec<u8> {
        let plan = self.plan();
        let judge = Judge::new(plan, RuleRef::PACE, self.as_of);
        let states = States::new(&judge, |id| JournalData::of(self.journal.annotations(id)));
        let scene = ExportContext {
            plan,
            errors: self.loaded.errors(),
            judge,
            states,
            promises: Promises::new(plan, judge.as_of),
            journal: &self.journal,
            show: ShownLanguages::Both(Lang(0), Lang(1)),
            ui: Ui::En,
        };
        let scope = scope.map(|id| plan.tree.find(id).unwrap());
        let document = Document::new(scene, "sha256:00", scope, None);
        let mut out = Vec::new();
        plan158::export::writer(format)(&document, &options, &mut out, &mut Unwatched).unwrap();
        out
    }

    pub fn plain_csv(&self, rows: plan158::export::format::RowUnit) -> String {
        let options = Options { rows, csv: CsvDialect::Plain };
        String::from_utf8(self.export(Format::Csv, None, options)).unwrap()
    }
}

/// A record of an author on the plan `small`.
pub fn record(number: usize, by: &str, events: Value) -> String {
    let at = format!("2026-06-01T09:{:02}:{:02}.000+08:00", number / 60 % 60, number % 60);
    json!({"v": 1, "id": format!("r{number}"), "seq": number, "at": at, "by": by, "plan": "small", "session": null, "events": events})
        .to_string()
}

/// Texts with all that a format may stumble over.
pub fn words() -> impl Strategy<Value = String> {
    "([=+@\\-'\"\\\\,;|<>&\\[\\]#{}\t\n重庆％＝]|]]>|\u{202e}|\u{1}|\u{feff}|[a-z ]|.){0,14}"
}

/// A journal of two authors on some of these nodes.
pub fn records(nodes: Vec<String>) -> impl Strategy<Value = Vec<String>> {
    let event = (proptest::sample::select(nodes), 0..9_usize, words(), 0..=100_u8);
    let event = event.prop_map(|(node, what, text, number)| match what {
        0 => json!({"event": "status", "node": node, "status": "on-track", "reason": text}),
        1 => json!({"event": "status", "node": node, "status": "limited", "reason": null}),
        2 => json!({"event": "progress", "node": node, "progress": number}),
        3 => json!({"event": "tag", "node": node, "tag": if text.trim().is_empty() { "tag" } else { &text }}),
        4 => json!({"event": "star", "node": node}),
        5 => json!({"event": "value", "node": node, "value": number, "to": null, "label": null, "stage": null, "year": 2025, "on": null,
            "announced": null, "period": null, "bound": "exact", "source": text, "grade": null}),
        6 => json!({"event": "undo", "of": format!("r{}", number % 8 + 1)}),
        7 => json!({"event": "from-the-future", "node": node}),
        _ => json!({"event": "note", "node": node, "kind": "concern", "text": if text.trim().is_empty() { "note" } else { &text }}),
    });
    proptest::collection::vec((event, 0..2_usize), 0..10).prop_map(|events| {
        let record =
            |(at, (event, by)): (usize, (Value, usize))| record(at + 1, ["li", "wang"][by], json!([event]));
        events.into_iter().enumerate().map(record).collect()
    })
}

/// The ids of the plan `small`, one of them an alias, and one that has left it.
pub fn ids() -> Vec<String> {
    ["root", "a1", "act-one", "a1.share", "a1.gone", "root.students"].map(str::to_owned).to_vec()
}
