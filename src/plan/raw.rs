//! From the text of one file to raw nodes, sources, facts and terms: everything that one file can tell by
//! itself.
//!
//! Names of parents, links, terms and documents stay names here; `assemble` resolves them when all files are
//! read.

mod cursor;
mod manifest;
mod node;
mod reader;
mod register;
mod syntax;

use toml::de::DeTable;

pub(super) use reader::{Problems, Used};
pub(super) use register::RawTerm;

use self::cursor::ValueCursor;
use self::reader::{FileReader, RawItem, span_of};
use self::syntax::ParsedFile;
pub(super) use super::diagnostic::FileProblem;
use super::diagnostic::trouble::ExpectedValue;
use super::fields::manifest::{MANIFEST, Manifest};
use super::frame::ManifestFrame;
use super::input::Known;
use super::node::Role;
use super::rule_set::OwnRule;
use super::unresolved::{RawFact, RawNode, RawSource};

/// Tables of content that a file may hold.
const CONTENT_KEYS: &[&str] = &["goal", "action", "metric", "group", "source", "fact", "term", "annotation"];

#[derive(Clone, Debug, Default)]
pub(super) struct FileRead {
    pub problems: Problems,
    /// Documents that it names; the [`super::SourceId`]s in it are places in this list.
    pub used: Vec<Used>,
    /// Boxed: they are put together with those of other files and sorted, and a hundred thousand of them
    /// moved about would double the peak.
    #[allow(clippy::vec_box)]
    pub nodes: Vec<Box<RawNode>>,
    pub sources: Vec<RawSource>,
    pub facts: Vec<RawFact>,
    pub terms: Vec<RawTerm>,
    /// Ids that stand in a text too broken to be read in full: a reference to one of them is no further
    /// problem.
    pub lost: Vec<Box<str>>,
    /// It holds sources, facts or terms and nothing else.
    pub is_register: bool,
}

/// Whether a file may have the keys of a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileRole {
    Manifest,
    Content,
}

impl Known for FileRole {
    fn find(&self, key: &str) -> Option<usize> {
        self.keys().iter().position(|known| *known == key)
    }

    fn key(&self, at: usize) -> &'static str {
        self.keys().get(at).copied().unwrap_or_default()
    }

    fn keys(&self) -> Vec<&'static str> {
        let mut keys = CONTENT_KEYS.to_vec();
        if *self == FileRole::Manifest {
            keys.extend(MANIFEST.keys());
        }
        keys
    }
}

/// Reads a file of nodes, sources, facts or terms.
pub(super) fn read(text: &str, frame: &ManifestFrame) -> FileRead {
    let parsed = syntax::parse(text);
    let broken = parsed.is_broken();
    let ParsedFile { table, problems } = parsed;
    let mut read = contents(&table, frame, problems, FileRole::Content);
    if broken {
        read.lost = ids_in(text);
    }
    read
}

/// Reads a manifest, which may hold a whole plan; `None` where nothing is written in it.
pub(super) fn read_manifest(text: &str) -> Option<(Manifest, ManifestFrame, FileRead)> {
    let parsed = syntax::parse(text);
    let broken = parsed.is_broken();
    let ParsedFile { table, problems } = parsed;
    if table.is_empty() && !broken {
        return None;
    }
    let (manifest, mut frame, problems) = manifest::manifest(&table, problems);
    for role in Role::ALL.iter().copied() {
        frame.settle_fallback(role);
    }
    let mut read = contents(&table, &frame, problems, FileRole::Manifest);
    if broken {
        read.lost = ids_in(text);
    }
    Some((manifest, frame, read))
}

/// The rule sets of a file of settings, under `[[rules]]` with the fields of `[[rule]]`, in Chinese and
/// English; and what is wrong with them, each with its place. What is no TOML is for whoever reads the rest.
pub(super) fn read_rules(text: &str) -> (Box<[OwnRule]>, Vec<FileProblem>) {
    let parsed = syntax::parse(text);
    let frame = ManifestFrame { languages: vec!["zh".into(), "en".into()], ..ManifestFrame::default() };
    let mut reader = FileReader::new(&frame);
    let mut manifest = Manifest::default();
    if let (Some(item), Some(at)) = (parsed.table.get("rules"), MANIFEST.find("rule")) {
        MANIFEST.take(at, &mut ValueCursor::new(&mut reader, "rules", item), &mut manifest);
    }
    let problems = if parsed.is_broken() { Vec::new() } else { reader.problems.found };
    (manifest.rules, problems)
}

fn contents(table: &DeTable<'_>, frame: &ManifestFrame, problems: Problems, place: FileRole) -> FileRead {
    let mut reader = FileReader::new(frame);
    reader.problems = problems;
    let mut read = FileRead::default();
    let mut nodes: Vec<(u32, Role, &RawItem<'_>)> = Vec::new();
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        let role = match key {
            "goal" => Role::Goal,
            "action" => Role::Action,
            "metric" => Role::Metric,
            "group" => Role::Group,
            _ => {
                others(&mut reader, &mut read, key, item);
                if place.find(key).is_none() {
                    reader.unknown_key("TOML", name, &place);
                }
                continue;
            }
        };
        let items = reader.list(key, ExpectedValue::Tables, item);
        nodes.extend(items.iter().map(|item| (span_of(item).start, role, item)));
    }
    // A node's place is its header's place in the text, across the kinds of table.
    nodes.sort_by_key(|(start, ..)| *start);
    read.nodes.reserve_exact(nodes.len());
    read.nodes.extend(
        nodes.into_iter().filter_map(|(_, role, item)| node::node(&mut reader, role, item).map(Box::new)),
    );
    read.is_register = !table.is_empty()
        && table.keys().all(|key| matches!(key.get_ref().as_ref(), "source" | "fact" | "term"));
    read.problems = reader.problems;
    read.used = reader.sources.names;
    read
}

/// Tables other than nodes. Annotations of an export that was loaded again are `merge`'s business.
fn others(reader: &mut FileReader<'_>, read: &mut FileRead, key: &str, item: &RawItem<'_>) {
    match key {
        "source" => read.sources = each(reader, key, item, register::source),
        "fact" => read.facts = each(reader, key, item, register::fact),
        "term" => read.terms = each(reader, key, item, register::term),
        _ => {}
    }
}

/// Each table of a list that `read` can make something of.
fn each<T>(
    reader: &mut FileReader<'_>,
    key: &str,
    item: &RawItem<'_>,
    read: fn(&mut FileReader<'_>, &RawItem<'_>) -> Option<T>,
) -> Vec<T> {
    let items = reader.list(key, ExpectedValue::Tables, item);
    items.iter().filter_map(|item| read(reader, item)).collect()
}

/// Ids as a plain look at the lines finds them, for a text whose tables cannot be trusted.
fn ids_in(text: &str) -> Vec<Box<str>> {
    let id = |line: &str| {
        let value = line.trim_start().strip_prefix("id")?.trim_start().strip_prefix('=')?.trim_start();
        let value = value.strip_prefix(['"', '\''])?;
        value.find(['"', '\'']).map(|end| value[..end].into())
    };
    text.lines().filter_map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::fields::metric::METRIC;
    use crate::plan::fields::node::NODE;
    use crate::plan::fields::register::{FACT, SOURCE, TERM};

    fn unknown_keys(text: &str) -> Vec<String> {
        let (_, _, read) = read_manifest(text).unwrap();
        let unknown = read.problems.found.iter().filter(|problem| problem.trouble.code == "W01");
        unknown.map(|problem| problem.trouble.message.en.clone()).collect()
    }

    /// Every key is offered as a suggestion, so every key must be one that is read.
    #[test]
    fn every_known_key_is_read() {
        let every = [NODE.keys(), METRIC.keys()].concat();
        let tables: [(&str, Vec<&str>); 6] = [
            ("[[goal]]\n", NODE.keys()),
            ("[[metric]]\n", every),
            ("[[source]]\n", SOURCE.keys()),
            ("[[fact]]\n", FACT.keys()),
            ("[[term]]\n", TERM.keys()),
            ("", MANIFEST.keys()),
        ];
        for (heading, keys) in tables {
            for key in keys {
                assert_eq!(unknown_keys(&format!("{heading}{key} = 1\n")), [""; 0], "{heading}{key}");
            }
            assert_eq!(unknown_keys(&format!("{heading}no-such-key = 1\n")).len(), 1, "{heading}");
        }
        let value = "[[metric]]\nobserved = [{ where = 1 }]\ncomparators = [{ where = 1 }]\n";
        assert_eq!(unknown_keys(value).len(), 1, "only another's value says whose it is");
    }

    #[test]
    fn ids_are_found_in_a_text_that_is_broken() {
        let text = "[[goal\nid = \"a\"\n  id='b.c' # one\nidea = \"x\"\nid = 3\n";
        let found = ids_in(text);
        assert_eq!(found.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["a", "b.c"]);
    }
}
