//! What the program says of every name, in the words of the reference.

use std::collections::{BTreeMap, BTreeSet};

use plan158::journal::event::RecordedAmount;
use plan158::journal::fold::NodeRecords;
use plan158::journal::{Changed, Journal};
use plan158::plan::{NodeId, State};

/// What a journal says of every name, and of which node that is.
pub type Told = BTreeMap<String, (Option<NodeId>, Vec<String>)>;

/// Nodes that say something else than before must be among those that are said to have changed.
pub fn check_changed(before: &Told, after: &Told, changed: &Changed) {
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
pub fn told(journal: &Journal) -> Told {
    let homes = journal.fold().homes().iter().filter(|home| !home.records.is_empty());
    homes.map(|home| (home.name.to_string(), (home.node, told_of(journal, home)))).collect()
}

fn told_of(journal: &Journal, home: &NodeRecords) -> Vec<String> {
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
        let RecordedAmount::Number(number) = &value.figure.reading else { panic!() };
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
