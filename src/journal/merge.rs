//! The union of journals: which lines of others are missing here, and whose file each belongs to.
//!
//! A journal is a set of lines, so merging is a set union: commutative, associative, idempotent. No byte of a
//! line is changed.

use std::collections::{BTreeMap, HashSet};

use super::author::Author;
use super::codec::{self, BadLineReason, NameInterner, ParsedLine};

/// Lines to be added, by author, in the order they were met; and lines that are no records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing<'a> {
    /// The lines that the other folder lacks, by author, in their order there.
    pub lines: BTreeMap<Author, Vec<&'a str>>,
    /// Lines that are there already.
    pub known: usize,
    /// Records of other plans, by the plan's id: they stay where they are.
    pub other_plans: BTreeMap<Box<str>, usize>,
    /// Lines that are no records, by their place among those given.
    pub bad: Vec<(usize, BadLineReason)>,
}

/// A record of a newer version that names no author is kept under this name.
const NOBODY: &str = "_";

/// The lines of others that are records of a plan and not among `here`. Both without line ends.
pub fn missing<'a>(
    plan: &str,
    here: &HashSet<&str>,
    others: impl IntoIterator<Item = &'a str>,
) -> Missing<'a> {
    let mut names = NameInterner::default();
    let mut found = Missing::default();
    let mut added: HashSet<&str> = HashSet::new();
    for (place, line) in others.into_iter().enumerate() {
        if here.contains(line) || added.contains(line) {
            found.known += 1;
            continue;
        }
        let (of, by) = match codec::parse(line, &mut names) {
            ParsedLine::Bad(why) => {
                found.bad.push((place, why));
                continue;
            }
            ParsedLine::Record(record) => (Some(Box::from(&*record.plan)), Some(record.by)),
            ParsedLine::Newer { plan, by, .. } => (plan, by.or_else(|| Author::new(NOBODY).ok())),
        };
        if let Some(of) = of.filter(|of| **of != *plan) {
            added.insert(line);
            *found.other_plans.entry(of).or_default() += 1;
            continue;
        }
        if let Some(by) = by {
            added.insert(line);
            found.lines.entry(by).or_default().push(line);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Lines of two authors, a newer version's, a copy with other bytes, and nonsense.
    fn pool() -> Vec<String> {
        let line = |id: usize, by: &str, node: &str| {
            format!(
                r#"{{"v":1,"id":"r{id}","seq":{id},"at":"2026-11-23T14:02:11.204+08:00","by":"{by}","plan":"p","session":null,"events":[{{"event":"star","node":"{node}"}}]}}"#
            )
        };
        let mut pool: Vec<String> = (0..6).map(|id| line(id, ["li", "wang"][id % 2], "a4")).collect();
        pool.push(line(0, "li", "a5"));
        pool.push(r#"{"v":2,"by":"li"}"#.to_owned());
        pool.push(r#"{"v":2,"of":"nobody"}"#.to_owned());
        pool.push("nonsense".to_owned());
        pool
    }

    type AuthorLines = BTreeSet<String>;

    fn some_lines() -> impl Strategy<Value = AuthorLines> {
        proptest::sample::subsequence(pool(), 0..=10).prop_map(|lines| lines.into_iter().collect())
    }

    fn merged(ours: &AuthorLines, theirs: &AuthorLines) -> AuthorLines {
        let here: HashSet<&str> = ours.iter().map(String::as_str).collect();
        let missing = missing("p", &here, theirs.iter().map(String::as_str));
        let added = missing.lines.values().flatten().map(|line| (*line).to_owned());
        ours.iter().cloned().chain(added).collect()
    }

    /// Nonsense is never carried over, so it is left out where two orders are compared.
    fn records(lines: AuthorLines) -> AuthorLines {
        lines.into_iter().filter(|line| line != "nonsense").collect()
    }

    proptest! {
        #[test]
        fn merging_is_commutative_associative_and_idempotent(a in some_lines(), b in some_lines(), c in some_lines()) {
            prop_assert_eq!(records(merged(&a, &b)), records(merged(&b, &a)));
            let (left, right) = (merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(records(left), records(right));
            prop_assert_eq!(merged(&merged(&a, &b), &b), merged(&a, &b));
            prop_assert_eq!(merged(&a, &a), a);
        }
    }

    #[test]
    fn each_line_goes_to_its_authors_file_once_and_nonsense_to_none() {
        let pool = pool();
        let lines = pool.iter().chain(&pool).map(String::as_str);
        let other = pool[1].replace(r#""plan":"p""#, r#""plan":"q""#);
        let lines = lines.chain([other.as_str(), other.as_str()]);
        let missing = missing("p", &HashSet::from([pool[0].as_str()]), lines);
        assert_eq!(missing.other_plans, BTreeMap::from([("q".into(), 1)]));
        let counts: Vec<(&str, usize)> =
            missing.lines.iter().map(|(by, lines)| (by.as_str(), lines.len())).collect();
        assert_eq!(counts, [("_", 1), ("li", 4), ("wang", 3)]);
        assert_eq!(missing.bad, [(9, BadLineReason::Json), (19, BadLineReason::Json)]);
    }
}
