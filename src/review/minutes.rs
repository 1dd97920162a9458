//! The minutes of a session: what was decided and what changed, what was put off, what is new, what is open
//! and with whom.
//!
//! They say what the session's own records say, whatever came later, in the languages shown.

mod blocks;

use std::collections::BTreeMap;

use super::record::{self, Records, SessionHead};
use super::session::SessionContext;
use crate::journal::event::{NoteKind, Outcome};
use crate::journal::fold::AuthorRecords;
use crate::journal::{Event, FoldLimit, NodeName, ZonedInstant};
use crate::page::PageReader;
use crate::page::block::{Inline, Words};
use crate::plan::figure;
use crate::plan::{NodeId, State};
use crate::progress::{JournalData, RuleRef};
use crate::text::{Text, Ui};

use crate::progress::agreement::{Agreement, Disagreement};
use jiff::civil::Date;

/// A node by its id and its title, in the languages shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitledNode {
    pub key: String,
    /// The title; empty where there is none.
    pub title: Words,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MinutesVerdict {
    pub node: TitledNode,
    /// The reviewer's own verdict before the session.
    pub from: Option<State>,
    pub to: State,
    pub reason: Option<String>,
}

/// A value that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewValue {
    pub node: TitledNode,
    /// The value with unit and time.
    pub value: Words,
    pub source: Option<Inline>,
}

/// A note that was written, or a question that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    pub node: TitledNode,
    pub kind: NoteKind,
    pub text: String,
    pub by: String,
    /// Whether it is from this session.
    pub age: NoteAge,
}

/// From when a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteAge {
    /// Written in this session.
    New,
    /// An open question from before.
    Older,
}

/// What concerns one responsible office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The office; `None` where the plan names none.
    pub office: Option<Text>,
    /// Questions first, then the other notes, each in reading order.
    pub notes: Vec<Noted>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Minutes {
    /// How the session began and ended.
    pub head: SessionHead,
    /// The moment of its last record.
    pub last: ZonedInstant,
    pub plan_id: String,
    /// The hash of the plan's files.
    pub plan_hash: String,
    pub journal_hash: String,
    /// The rule set of computed verdicts.
    pub rule: RuleRef,
    /// The day as of which this is said.
    pub as_of: String,
    /// Cards of the session.
    pub total: usize,
    /// Cards nobody came to.
    pub untouched: usize,
    pub seconds: u64,
    /// Verdicts that are new or others than before.
    pub changed: Vec<MinutesVerdict>,
    /// Who else recorded anything on its nodes since it began.
    pub others: Vec<String>,
    /// Looked at: found accurate, or judged as before; each with how it stands.
    pub unchanged: Vec<(TitledNode, State)>,
    /// Somebody must work on them; each with the office that the plan names.
    pub needs_work: Vec<(TitledNode, Option<Text>)>,
    /// Skipped to the end, and not decided.
    pub skipped: Vec<TitledNode>,
    /// Put off until a day.
    pub buried: Vec<(TitledNode, Date)>,
    /// Left out with their branch.
    pub left_out: Vec<TitledNode>,
    /// Values recorded in the session.
    pub values: Vec<NewValue>,
    /// Notes and open questions by office.
    pub offices: Vec<Office>,
    /// Where authors differ, among the nodes of the session.
    pub disputes: Vec<Disagreement>,
    /// Ids that were decided on and have left the plan since.
    pub gone: Vec<String>,
}

impl Minutes {
    /// The minutes of a session. `plan_hash` is that of the plan's files.
    pub fn new(
        scene: &SessionContext<'_>,
        reader: &PageReader<'_>,
        head: &SessionHead,
        plan_hash: &str,
    ) -> Self {
        let records = Records::read(scene.journal, head);
        let cards = super::session::cards(scene, head);
        let writer = MinutesWriter { scene, reader, head };
        let mut touched: Vec<NodeId> = records.marks.keys().copied().collect();
        touched.sort_unstable();
        let untouched = cards.iter().filter(|entry| !records.marks.contains_key(&entry.node)).count();
        let with = |outcome: Outcome| {
            let nodes = touched.iter().copied().filter(|node| records.marks[node].outcome == outcome);
            nodes.collect::<Vec<_>>()
        };
        let named = |nodes: Vec<NodeId>| nodes.into_iter().map(|node| writer.named(node)).collect::<Vec<_>>();
        let (changed, confirmed) = writer.verdicts(&with(Outcome::Verdict));
        let mut unchanged = [with(Outcome::Unchanged), confirmed].concat();
        unchanged.sort_unstable();
        let (buried, left_out): (Vec<NodeId>, Vec<NodeId>) =
            with(Outcome::Buried).into_iter().partition(|node| records.marks[node].until.is_some());
        let until = |node: NodeId| Some((writer.named(node), records.marks[&node].until?));
        let last = record::records(scene.journal, head).last().map_or(head.at, |(_, record)| record.at);
        Self {
            head: head.clone(),
            last,
            plan_id: reader.plan.id.to_string(),
            plan_hash: plan_hash.to_owned(),
            journal_hash: scene.journal.hash(),
            rule: scene.judge.rule,
            as_of: scene.judge.as_of.to_string(),
            total: cards.len(),
            untouched,
            seconds: records.seconds,
            changed,
            others: writer.others(&touched),
            unchanged: unchanged
                .into_iter()
                .map(|node| (writer.named(node), writer.standing(node)))
                .collect(),
            needs_work: with(Outcome::NeedsWork)
                .into_iter()
                .map(|node| (writer.named(node), reader.plan.tree.node(node).office().cloned()))
                .collect(),
            skipped: named(with(Outcome::Skipped)),
            buried: buried.into_iter().filter_map(until).collect(),
            left_out: named(left_out),
            values: writer.values(),
            offices: writer.offices(&touched),
            disputes: Agreement::new(reader.plan, scene.journal, touched.iter().copied()).differing,
            gone: writer.gone(),
        }
    }

    /// How many cards were decided.
    pub fn decided(&self) -> usize {
        self.changed.len() + self.unchanged.len() + self.needs_work.len()
    }
}

struct MinutesWriter<'a> {
    scene: &'a SessionContext<'a>,
    reader: &'a PageReader<'a>,
    head: &'a SessionHead,
}

impl MinutesWriter<'_> {
    fn named(&self, node: NodeId) -> TitledNode {
        let own = self.reader.plan.tree.node(node);
        TitledNode { key: own.key.to_string(), title: self.reader.text(&own.title) }
    }

    /// How a node stands: by the latest verdict of people, else by its figures.
    fn standing(&self, node: NodeId) -> State {
        self.scene.judge.state(node, &JournalData::of(self.scene.journal.annotations(node)))
    }

    /// Authors of verdicts and notes on nodes of the session, given since it began, but for the reviewer.
    fn others(&self, touched: &[NodeId]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for said in touched.iter().filter_map(|node| self.scene.journal.annotations(*node)) {
            let judged = said.authors().filter_map(|own| Some((&own.by, own.verdict.as_ref()?.at)));
            let noted = said.notes().map(|note| (&note.by, note.at));
            let since = judged.chain(noted).filter(|(_, at)| at.instant > self.head.at.instant);
            names.extend(since.filter(|(by, _)| **by != self.head.by).map(|(by, _)| by.to_string()));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Nodes with their events of this session, oldest first.
    fn events(&self) -> impl Iterator<Item = (Option<NodeId>, &Event, String)> {
        let journal = self.scene.journal;
        record::records(journal, self.head).flat_map(move |(index, record)| {
            record.events.iter().enumerate().map(move |(at, event)| {
                (record::node_at(journal, journal.fold(), index, at), event, record.item_id(at))
            })
        })
    }

    /// Verdicts that are new or others than before; and nodes on which the same was said again.
    fn verdicts(&self, judged: &[NodeId]) -> (Vec<MinutesVerdict>, Vec<NodeId>) {
        let journal = self.scene.journal;
        let start = journal.book().find(&self.head.start);
        let before = journal.fold_at(self.reader.plan, FoldLimit { as_of: journal.as_of(), through: start });
        let mut given: BTreeMap<NodeId, (State, Option<String>)> = BTreeMap::new();
        for (node, event, _) in self.events() {
            if let (Some(node), Event::Status { status: Some(status), reason, .. }) = (node, event) {
                given.insert(node, (*status, reason.as_deref().map(str::to_owned)));
            }
        }
        let own = |said: &&AuthorRecords| said.by == self.head.by;
        let earlier = |node: NodeId| Some(before.of(node)?.authors().find(own)?.verdict.as_ref()?.status);
        let (mut changed, mut confirmed) = (Vec::new(), Vec::new());
        for node in judged {
            let Some((to, reason)) = given.remove(node) else { continue };
            let from = earlier(*node);
            if from == Some(to) {
                confirmed.push(*node);
            } else {
                changed.push(MinutesVerdict { node: self.named(*node), from, to, reason });
            }
        }
        (changed, confirmed)
    }

    /// Values of this session that hold.
    fn values(&self) -> Vec<NewValue> {
        let mut found = Vec::new();
        for (node, event, id) in self.events() {
            let (Some(node), Event::Value { .. }) = (node, event) else { continue };
            let said = self.scene.journal.annotations(node);
            let own = said.and_then(|said| said.values().find(|value| *value.id == *id));
            let (Some(own), Some(metric)) = (own, &self.reader.plan.tree.node(node).metric) else { continue };
            let told = |ui: Ui| {
                let amount = figure::amount(&own.value, metric, self.reader.show.main(), ui);
                let when = figure::when(own.value.when, ui);
                ui.pick(format!("{amount}（{when}）"), format!("{amount} ({when})"))
            };
            let source = match own.value.source {
                Some(source) => Some(Inline::Words(self.reader.each(|one| one.source(source)))),
                None => own.figure.source.as_deref().map(|source| Inline::Plain(source.to_owned())),
            };
            found.push(NewValue { node: self.named(node), value: self.reader.spoken(told), source });
        }
        found
    }

    /// Notes of this session, and questions that are open on its nodes, by the office the plan names.
    fn offices(&self, touched: &[NodeId]) -> Vec<Office> {
        let mut new: Vec<(NodeId, String)> = Vec::new();
        for (node, event, id) in self.events() {
            if let (Some(node), Event::Note { .. }) = (node, event) {
                new.push((node, id));
            }
        }
        let mut nodes: Vec<NodeId> =
            touched.iter().copied().chain(new.iter().map(|(node, _)| *node)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut offices: Vec<Office> = Vec::new();
        for node in nodes {
            let Some(said) = self.scene.journal.annotations(node) else { continue };
            for note in said.notes() {
                let is_new = new.iter().any(|(_, id)| **id == *note.id);
                if !is_new && note.kind != NoteKind::Question {
                    continue;
                }
                let noted = Noted {
                    node: self.named(node),
                    kind: note.kind,
                    text: note.text.to_string(),
                    by: note.by.to_string(),
                    age: if is_new { NoteAge::New } else { NoteAge::Older },
                };
                let office = self.reader.plan.tree.node(node).office().cloned();
                match offices.iter_mut().find(|one| one.office == office) {
                    Some(one) => one.notes.push(noted),
                    None => offices.push(Office { office, notes: vec![noted] }),
                }
            }
        }
        for office in &mut offices {
            office.notes.sort_by_key(|note| note.kind != NoteKind::Question);
        }
        offices.sort_by_key(|office| office.office.is_none());
        offices
    }

    fn gone(&self) -> Vec<String> {
        let names = self.events().filter(|(node, ..)| node.is_none());
        let mut names: Vec<String> = names
            .filter(|(_, event, _)| matches!(event, Event::Reviewed { .. }))
            .filter_map(|(_, event, _)| event.node().map(NodeName::to_string))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}
