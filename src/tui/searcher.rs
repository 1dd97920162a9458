//! Searching beside the screen: a thread that keeps the index of the plan on screen and answers searches, the newest first.
//!
//! Typing never waits for it. A search that is asked for again before its answer is cancelled; a plan that changed is indexed anew.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::finding::{Answer, Asked, FLAT_LIMIT, Purpose};
use super::message::Message;
use super::people::extra;
use crate::find::{Ask, Candidates, Extra, Index, Query, Scope, Workers, search};
use crate::journal::Journal;
use crate::outline::Sieve;
use crate::plan::NodeId;
use crate::plan::as_of::AsOf;
use crate::plan::load::Loaded;
use crate::progress::{Judge, Rule};

/// What is searched: a plan as it stands on a day.
#[derive(Clone, Debug)]
pub struct Material {
    /// The plan.
    pub loaded: Arc<Loaded>,
    /// What people added to it.
    pub journal: Option<Arc<Journal>>,
    /// The rule set of verdicts.
    pub rule: Rule,
    /// The day from which one looks.
    pub as_of: AsOf,
}

impl Material {
    fn is(&self, other: &Material) -> bool {
        let same_journal = match (&self.journal, &other.journal) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let same_plan = Arc::ptr_eq(&self.loaded, &other.loaded);
        same_plan && same_journal && (self.rule, self.as_of) == (other.rule, other.as_of)
    }
}

/// The index of one plan, and what the last answers spare the next.
#[derive(Debug, Default)]
pub struct Desk {
    laid_out: Option<(Material, Index, Arc<Extra>)>,
    candidates: BTreeMap<Purpose, Candidates>,
}

impl Desk {
    /// Gets ready to search.
    pub fn lay_out(&mut self, material: &Material) {
        if self.laid_out.as_ref().is_some_and(|(old, ..)| old.is(material)) {
            return;
        }
        self.candidates.clear();
        let plan = &material.loaded.plan;
        let judge = Judge::new(plan, material.rule, material.as_of);
        let extra = Arc::new(extra(&judge, material.journal.as_deref()));
        let same_plan = self.laid_out.take().filter(|(old, ..)| Arc::ptr_eq(&old.loaded, &material.loaded));
        let index = match same_plan {
            Some((_, index, _)) => index.annotated(plan, Arc::clone(&extra)),
            None => Index::build(plan, Arc::clone(&extra), Workers::of_machine()),
        };
        self.laid_out = Some((material.clone(), index, extra));
    }

    /// Answers a search, unless it is cancelled meanwhile.
    pub fn answer(&mut self, material: &Material, asked: &Asked, cancel: &AtomicBool) -> Option<Message> {
        self.lay_out(material);
        let (_, index, extra) = self.laid_out.as_ref()?;
        let plan = &material.loaded.plan;
        let query = Query::parse(&asked.query, plan);
        // The filter's conditions join those of the query; what it says does not count as found.
        let mut whole = query.clone();
        if let Some(within) = &asked.within {
            whole.groups.extend(Query::parse(within, plan).groups);
        }
        let ask = Ask {
            query: &whole,
            scope: asked.scope.map_or(Scope::Whole, Scope::Under),
            limit: if asked.purpose == Purpose::Prompt { FLAT_LIMIT } else { 0 },
            earlier: self.candidates.get(&asked.purpose),
            workers: Workers::of_machine(),
            cancel,
        };
        let found = search(index, plan, &ask).ok()?;
        let hits: Vec<NodeId> = found.hits.iter().map(|hit| hit.node).collect();
        let sieve = Arc::new(Sieve::new(&plan.tree, found.matched));
        let answer = Arc::new(Answer { query, sieve, hits, extra: Arc::clone(extra) });
        self.candidates.insert(asked.purpose, found.candidates);
        Some(Message::Found { purpose: asked.purpose, generation: asked.generation, answer })
    }
}

struct Job {
    material: Material,
    asked: Option<(Asked, Arc<AtomicBool>)>,
}

/// The screen's end of the thread.
#[derive(Debug)]
pub struct Searcher {
    jobs: Sender<Job>,
    running: BTreeMap<Purpose, Arc<AtomicBool>>,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Job").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl Searcher {
    /// Starts the thread; `tell` gets its answers and says whether anybody still listens.
    pub fn start(tell: impl Fn(Message) -> bool + Send + 'static) -> Self {
        let (jobs, incoming) = channel();
        thread::spawn(move || work(&incoming, &tell));
        Self { jobs, running: BTreeMap::new() }
    }

    /// Gets ready to search a plan.
    pub fn index(&self, material: Material) {
        let _ = self.jobs.send(Job { material, asked: None });
    }

    /// Searches it; an unanswered search for the same purpose is given up.
    pub fn ask(&mut self, material: Material, asked: Asked) {
        let cancel = Arc::new(AtomicBool::new(false));
        if let Some(old) = self.running.insert(asked.purpose, Arc::clone(&cancel)) {
            old.store(true, Ordering::Relaxed);
        }
        let _ = self.jobs.send(Job { material, asked: Some((asked, cancel)) });
    }
}

fn work(incoming: &Receiver<Job>, tell: &impl Fn(Message) -> bool) {
    let mut desk = Desk::default();
    while let Ok(first) = incoming.recv() {
        // Only the newest plan and the newest search for each purpose matter.
        let mut material = first.material.clone();
        let mut waiting = BTreeMap::new();
        for job in std::iter::once(first).chain(incoming.try_iter()) {
            if !job.material.is(&material) {
                // Ids of a plan that is gone mean nothing in this one; what still matters is asked again.
                waiting.clear();
                material = job.material;
            }
            waiting.extend(job.asked.map(|(asked, cancel)| (asked.purpose, (asked, cancel))));
        }
        desk.lay_out(&material);
        for (asked, cancel) in waiting.into_values() {
            let message = desk.answer(&material, &asked, &cancel);
            if message.is_some_and(|message| !tell(message)) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::load::{PlanSource, load};
    use crate::progress::Added;
    use jiff::civil::date;

    #[test]
    fn the_thread_answers_the_last_search_also_when_the_plan_was_exchanged_meanwhile() {
        let material = || Material {
            journal: None,
            loaded: Arc::new(load(&PlanSource::Bundled).unwrap()),
            rule: Rule::Pace,
            as_of: AsOf::now(date(2026, 11, 23)),
        };
        let (send, answers) = channel();
        let mut searcher = Searcher::start(move |message| send.send(message).is_ok());
        let (old, new) = (material(), material());
        searcher.index(old.clone());
        for (generation, query) in (1..).zip(["z", "zy", "zyj", "zyjy"]) {
            let plan = if generation < 3 { &old } else { &new };
            let asked = Asked {
                purpose: Purpose::Prompt,
                generation,
                query: query.into(),
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
    fn a_condition_on_the_state_sees_how_nodes_stand() {
        let loaded = Arc::new(load(&PlanSource::Bundled).unwrap());
        let material =
            Material { journal: None, loaded, rule: Rule::Pace, as_of: AsOf::now(date(2026, 11, 23)) };
        let plan = &material.loaded.plan;
        let asked = Asked {
            purpose: Purpose::Standing,
            generation: 1,
            query: "status:no-target".into(),
            within: None,
            scope: None,
        };
        let found = Desk::default().answer(&material, &asked, &AtomicBool::new(false));
        let Some(Message::Found { answer, .. }) = found else { panic!() };
        let judge = Judge::new(plan, material.rule, material.as_of);
        let expected: Vec<NodeId> = plan
            .tree
            .ids()
            .filter(|id| judge.state(*id, &Added::default()) == crate::plan::State::NoTarget)
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(answer.sieve.matched(), expected);
    }
}
