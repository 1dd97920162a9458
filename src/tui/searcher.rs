//! Searching beside the screen: a thread that keeps the index of the plan on screen and answers searches, the
//! newest first.
//!
//! Typing never waits for it. A search that is asked for again before its answer is cancelled; a plan that
//! changed is indexed again.

use super::message::Judged;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::finding::{Answer, FLAT_LIMIT, Purpose, SearchQuery};
use super::message::Message;
use crate::find::extra::NodeExtras;
use crate::find::{Candidates, JournalExtras, SearchIndex, SearchRequest, SearchScope, Workers, search};
use crate::journal::Journal;
use crate::outline::Sieve;
use crate::plan::as_of::AsOf;
use crate::plan::load::Loaded;
use crate::plan::{NodeId, State};
use crate::progress::{JournalData, Judge, RuleRef, States};
use crate::review::scope::extra;

/// What is searched: a plan as it stands on a day.
#[derive(Clone, Debug)]
pub struct SearchMaterial {
    pub loaded: Arc<Loaded>,
    /// What people added to it; let go of once it is read, since the screen writes to it.
    pub journal: Option<Arc<Journal>>,
    /// Which state of that this is.
    pub version: u64,
    /// The rule set of verdicts.
    pub rule: RuleRef,
    /// The day from which one looks.
    pub as_of: AsOf,
}

impl SearchMaterial {
    fn is(&self, other: &SearchMaterial) -> bool {
        let same_plan = Arc::ptr_eq(&self.loaded, &other.loaded);
        same_plan && (self.version, self.rule, self.as_of) == (other.version, other.rule, other.as_of)
    }
}

/// Something new about some nodes.
#[derive(Clone, Debug)]
pub struct ChangedNodes {
    /// The version it is news to.
    pub from: u64,
    pub to: u64,
    /// The nodes, with what people say of each now and how it stands.
    pub nodes: Vec<(NodeId, Option<NodeExtras>, State)>,
}

/// The index of one plan, and what the last answers spare the next.
#[derive(Debug, Default)]
pub struct SearchState {
    laid_out: Option<(SearchMaterial, SearchIndex, Arc<JournalExtras>)>,
    candidates: BTreeMap<Purpose, Candidates>,
}

impl SearchState {
    /// Gets ready to search; says how every node stands where that had to be worked out.
    pub fn lay_out(&mut self, material: &SearchMaterial) -> Option<Message> {
        if self.laid_out.as_ref().is_some_and(|(old, ..)| old.is(material)) {
            return None;
        }
        self.candidates.clear();
        let plan = &material.loaded.plan;
        let judge = Judge::new(plan, material.rule, material.as_of);
        let journal = material.journal.as_deref();
        let said = |id| JournalData::of(journal.and_then(|journal| journal.annotations(id)));
        let states = Arc::new(States::new(&judge, said));
        let extra = Arc::new(extra(&plan.tree, journal.map(Journal::fold), &states));
        let same_plan = self.laid_out.take().filter(|(old, ..)| Arc::ptr_eq(&old.loaded, &material.loaded));
        let index = match same_plan {
            Some((_, index, _)) => index.annotated(plan, Arc::clone(&extra)),
            None => SearchIndex::build(plan, Arc::clone(&extra), Workers::of_machine()),
        };
        self.laid_out = Some((SearchMaterial { journal: None, ..material.clone() }, index, extra));
        let SearchMaterial { version, rule, as_of, .. } = *material;
        let loaded = Arc::clone(&material.loaded);
        Some(Message::Judged(Arc::new(Judged { loaded, version, rule, as_of, states })))
    }

    /// Takes in something new. Where it is news to another state than the one here, the whole is laid out
    /// again with the next search.
    pub fn change(&mut self, change: ChangedNodes) {
        let Some((material, index, extra)) = &mut self.laid_out else { return };
        if material.version != change.from {
            return;
        }
        self.candidates.clear();
        let new = Arc::make_mut(extra);
        for (node, said, state) in change.nodes {
            match said {
                Some(said) => drop(new.said.insert(node, said)),
                None => drop(new.said.remove(&node)),
            }
            if let Some(known) = new.states.get_mut(node.index()) {
                *known = Some(state);
            }
        }
        *index = index.annotated(&material.loaded.plan, Arc::clone(extra));
        material.version = change.to;
    }

    /// Answers a search, unless it is cancelled meanwhile.
    pub fn answer(
        &mut self,
        material: &SearchMaterial,
        asked: &SearchQuery,
        cancel: &AtomicBool,
    ) -> Option<Message> {
        self.lay_out(material);
        self.found(asked, cancel)
    }

    /// Whether it is this plan that is laid out.
    fn shows(&self, loaded: &Arc<Loaded>) -> bool {
        self.laid_out.as_ref().is_some_and(|(material, ..)| Arc::ptr_eq(&material.loaded, loaded))
    }

    /// Answers a search of what is laid out.
    fn found(&mut self, asked: &SearchQuery, cancel: &AtomicBool) -> Option<Message> {
        let (material, index, extra) = self.laid_out.as_ref()?;
        let plan = &material.loaded.plan;
        // The filter's conditions join those of the query; what it says does not count as found.
        let mut whole = asked.query.clone();
        if let Some(within) = &asked.within {
            whole.groups.extend(within.groups.iter().cloned());
        }
        let ask = SearchRequest {
            query: &whole,
            scope: asked.scope.map_or(SearchScope::Whole, SearchScope::Under),
            limit: if asked.purpose == Purpose::Prompt { FLAT_LIMIT } else { 0 },
            earlier: self.candidates.get(&asked.purpose),
            workers: Workers::of_machine(),
            cancel,
        };
        let found = search(index, plan, &ask).ok()?;
        let hits: Vec<NodeId> = found.hits.iter().map(|hit| hit.node).collect();
        let sieve = Arc::new(Sieve::new(&plan.tree, found.matched));
        let answer = Arc::new(Answer { query: asked.query.clone(), sieve, hits, extra: Arc::clone(extra) });
        self.candidates.insert(asked.purpose, found.candidates);
        Some(Message::Found { purpose: asked.purpose, generation: asked.generation, answer })
    }
}

enum Job {
    LayOut(SearchMaterial),
    Change(ChangedNodes),
    Ask(SearchMaterial, Box<SearchQuery>, Arc<AtomicBool>),
}

/// The screen's end of the thread.
#[derive(Debug)]
pub struct Searcher {
    jobs: Sender<Job>,
    running: BTreeMap<Purpose, Arc<AtomicBool>>,
}

impl Searcher {
    /// Starts the thread; `tell` gets its answers and says whether anybody still listens.
    pub fn start(tell: impl Fn(Message) -> bool + Send + 'static) -> Self {
        let (jobs, incoming) = channel();
        thread::spawn(move || work(&incoming, &tell));
        Self { jobs, running: BTreeMap::new() }
    }

    /// Gets ready to search a plan.
    pub fn index(&self, material: SearchMaterial) {
        let _ = self.jobs.send(Job::LayOut(material));
    }

    /// Tells of something new about some nodes.
    pub fn change(&self, change: ChangedNodes) {
        let _ = self.jobs.send(Job::Change(change));
    }

    /// Searches it; an unanswered search for the same purpose is given up.
    pub fn ask(&mut self, material: SearchMaterial, asked: SearchQuery) {
        let cancel = Arc::new(AtomicBool::new(false));
        if let Some(old) = self.running.insert(asked.purpose, Arc::clone(&cancel)) {
            old.store(true, Ordering::Relaxed);
        }
        let _ = self.jobs.send(Job::Ask(material, Box::new(asked), cancel));
    }
}

fn work(incoming: &Receiver<Job>, tell: &impl Fn(Message) -> bool) {
    let mut desk = SearchState::default();
    while let Ok(first) = incoming.recv() {
        // Only the newest plan and the newest search for each purpose matter.
        let mut newest: Option<SearchMaterial> = None;
        let mut waiting: BTreeMap<Purpose, (Arc<Loaded>, SearchQuery, Arc<AtomicBool>)> = BTreeMap::new();
        let mut told = Vec::new();
        for job in std::iter::once(first).chain(incoming.try_iter()) {
            let material = match job {
                Job::Change(change) => {
                    told.extend(newest.take().and_then(|material| desk.lay_out(&material)));
                    desk.change(change);
                    continue;
                }
                Job::LayOut(material) => material,
                Job::Ask(material, asked, cancel) => {
                    waiting.insert(asked.purpose, (Arc::clone(&material.loaded), *asked, cancel));
                    material
                }
            };
            newest = Some(material);
        }
        let laid_out = newest.and_then(|material| desk.lay_out(&material));
        told.extend(laid_out);
        // Ids of a plan that is gone mean nothing in this one; what still matters is asked again.
        waiting.retain(|_, (loaded, ..)| desk.shows(loaded));
        for (_, asked, cancel) in waiting.into_values() {
            told.extend(desk.found(&asked, &cancel));
        }
        if told.into_iter().any(|message| !tell(message)) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::Query;
    use crate::plan::Plan;
    use crate::plan::load::{PlanSource, load};
    use jiff::civil::date;

    #[test]
    fn the_thread_answers_the_last_search_also_when_the_plan_was_exchanged_meanwhile() {
        let material = || SearchMaterial {
            journal: None,
            version: 0,
            loaded: Arc::new(load(&PlanSource::Bundled).unwrap()),
            rule: RuleRef::PACE,
            as_of: AsOf::now(date(2026, 11, 23)),
        };
        let (send, answers) = channel();
        let mut searcher = Searcher::start(move |message| send.send(message).is_ok());
        let (old, new) = (material(), material());
        searcher.index(old.clone());
        for (generation, query) in (1..).zip(["z", "zy", "zyj", "zyjy"]) {
            let plan = if generation < 3 { &old } else { &new };
            let asked = SearchQuery {
                purpose: Purpose::Prompt,
                generation,
                query: Query::parse(query, &plan.loaded.plan),
                within: None,
                scope: None,
            };
            searcher.ask(plan.clone(), asked);
        }
        let last = std::iter::from_fn(|| answers.recv().ok()).find_map(|message| match message {
            Message::Found { generation: 4, answer, .. } => Some(answer),
            _ => None,
        });
        let answer = last.unwrap();
        let best = new.loaded.plan.tree.node(answer.hits[0]);
        assert!(best.title.iter().any(|(_, title)| title.contains("职业教育")), "{:?}", best.title);
        assert!(answer.sieve.keeps(answer.hits[0]));
    }

    #[test]
    fn a_search_of_a_plan_that_was_exchanged_meanwhile_is_dropped_and_the_thread_goes_on() {
        let of = |name: &str| {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(name);
            let source = if name.is_empty() { PlanSource::Bundled } else { PlanSource::Path(path) };
            let loaded = Arc::new(load(&source).unwrap());
            SearchMaterial {
                journal: None,
                version: 0,
                loaded,
                rule: RuleRef::PACE,
                as_of: AsOf::now(date(2026, 11, 23)),
            }
        };
        let (large, small) = (of(""), of("small.toml"));
        let last = large.loaded.plan.tree.ids().next_back();
        let ask = |generation, scope| SearchQuery {
            purpose: Purpose::Last,
            generation,
            query: Query::parse("a", &Plan::default()),
            within: None,
            scope,
        };
        let (jobs, incoming) = channel();
        let cancel = || Arc::new(AtomicBool::new(false));
        jobs.send(Job::Ask(large, Box::new(ask(1, last)), cancel())).unwrap();
        jobs.send(Job::Change(ChangedNodes { from: 7, to: 8, nodes: Vec::new() })).unwrap();
        jobs.send(Job::LayOut(small.clone())).unwrap();
        drop(jobs);
        let told = std::cell::RefCell::new(Vec::new());
        work(&incoming, &|message| {
            told.borrow_mut().push(message);
            true
        });
        let told = told.into_inner();
        let shown: Vec<_> = told.iter().filter(|told| matches!(told, Message::Found { .. })).collect();
        assert!(shown.is_empty(), "the node it was asked below is none of the small plan's");
        assert!(
            matches!(told.last(), Some(Message::Judged(judged)) if Arc::ptr_eq(&judged.loaded, &small.loaded))
        );
    }

    #[test]
    fn a_condition_on_the_state_sees_how_nodes_stand() {
        let loaded = Arc::new(load(&PlanSource::Bundled).unwrap());
        let material = SearchMaterial {
            journal: None,
            version: 0,
            loaded,
            rule: RuleRef::PACE,
            as_of: AsOf::now(date(2026, 11, 23)),
        };
        let plan = &material.loaded.plan;
        let asked = SearchQuery {
            purpose: Purpose::Standing,
            generation: 1,
            query: Query::parse("status:no-target", plan),
            within: None,
            scope: None,
        };
        let found = SearchState::default().answer(&material, &asked, &AtomicBool::new(false));
        let Some(Message::Found { answer, .. }) = found else { panic!() };
        let judge = Judge::new(plan, material.rule, material.as_of);
        let expected: Vec<NodeId> = plan
            .tree
            .ids()
            .filter(|id| judge.state(*id, &JournalData::default()) == State::NoTarget)
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(answer.sieve.matched(), expected);
    }
}
