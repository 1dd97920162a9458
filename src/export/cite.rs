//! A node as an entry of a list of references: the entry of the plan's data, and the documents behind it, in
//! GB/T 7714-2015, APA 7 or BibTeX.
//!
//! Nothing is made up: an author, a date or an address that the register does not have is left out, a title
//! of our own stands in square brackets, and an inferred date is marked as the styles mark one. Who published
//! a document is its author, but for a newspaper that reports: that is where it appeared.

mod apa;
mod bibtex;
mod gbt;

use crate::plan::as_of::AsOf;
use crate::plan::metric::{Basis, Moment, Value, words};
use crate::plan::register::{Source, SourceKind, Standing};
use crate::plan::{NodeId, Plan, SourceId};
use crate::text::clean::one_line;
use crate::text::{Lang, Text, Ui};

words!(
    Style {
        /// GB/T 7714-2015.
        Gbt7714 = "gbt7714",
        /// APA, 7th edition.
        Apa = "apa",
        Bibtex = "bibtex",
    }
);

impl Style {
    /// The style that readers of a language expect.
    pub fn of(ui: Ui) -> Self {
        ui.pick(Style::Gbt7714, Style::Apa)
    }

    /// References one after another, as lists in this style have them: entries of BibTeX, which are of many
    /// lines, with an empty line between.
    pub fn list(self, references: &[String]) -> String {
        references.join(if self == Style::Bibtex { "\n\n" } else { "\n" })
    }
}

/// What a reference is made from.
#[derive(Clone, Copy, Debug)]
pub struct Citing<'p> {
    pub plan: &'p Plan,
    /// The hash of its files, `sha256:…`.
    pub plan_hash: &'p str,
    /// The moment that it speaks of: the day on which the data was consulted.
    pub as_of: AsOf,
    /// The language of titles.
    pub lang: Lang,
    /// The language of the few words that are ours.
    pub ui: Ui,
}

/// The node's own entry, then those of the documents behind it, in the order in which reports number them.
/// Safe for a terminal.
pub fn cite(citing: &Citing<'_>, id: NodeId, style: Style) -> Vec<String> {
    let data = DataEntry::new(citing, id);
    let works =
        behind(citing, id).into_iter().map(|source| CitedWork::new(citing, citing.plan.source(source)));
    match style {
        Style::Gbt7714 => {
            std::iter::once(gbt::data(&data)).chain(works.map(|work| gbt::work(&work))).collect()
        }
        Style::Apa => std::iter::once(apa::data(&data)).chain(works.map(|work| apa::work(&work))).collect(),
        Style::Bibtex => {
            std::iter::once(bibtex::data(&data)).chain(works.map(|work| bibtex::work(&work))).collect()
        }
    }
}

/// The documents that a node rests on: its evidence and the sources of its figures, as far as they were
/// known; without any, those of what is above it.
fn behind(citing: &Citing<'_>, id: NodeId) -> Vec<SourceId> {
    let plan = citing.plan;
    let of = |id: NodeId| {
        let node = plan.tree.node(id);
        let mut all: Vec<SourceId> = node.evidence.iter().map(|evidence| evidence.source).collect();
        if let Some(metric) = node.metric.as_deref() {
            let values = metric.baseline.iter().chain(&metric.observed).chain(&metric.target);
            let known = values.filter(|value: &&Value| !citing.as_of.hides(plan, value));
            all.extend(known.filter_map(|value| value.source));
        }
        let mut seen = Vec::new();
        all.retain(|source| {
            !seen.contains(source) && {
                seen.push(*source);
                true
            }
        });
        all
    };
    let lines = std::iter::once(id).chain(plan.tree.ancestors(id)).map(of);
    lines.into_iter().find(|sources| !sources.is_empty()).unwrap_or_default()
}

/// The node as an entry of the plan's data.
struct DataEntry {
    title: String,
    id: String,
    /// The plan's title and id.
    plan: (String, String),
    hash: String,
    /// The day that the data speaks of.
    day: jiff::civil::Date,
    ui: Ui,
}

impl DataEntry {
    fn new(citing: &Citing<'_>, id: NodeId) -> Self {
        let node = citing.plan.tree.node(id);
        Self {
            title: wording(&node.title, citing.lang),
            id: node.key.to_string(),
            plan: (wording(&citing.plan.title, citing.lang), one_line(&citing.plan.id).into_owned()),
            hash: citing.plan_hash.to_owned(),
            day: citing.as_of.day(),
            ui: citing.ui,
        }
    }

    /// The hash as far as it tells one version from another.
    fn short_hash(&self) -> &str {
        const DIGITS: usize = "sha256:".len() + 16;
        self.hash.get(..DIGITS).unwrap_or(&self.hash)
    }
}

/// A document of the register, taken apart as styles need it. Empty is unknown.
struct CitedWork {
    id: String,
    title: String,
    /// The title describes a document whose own is not known.
    ours: bool,
    /// Bodies and people, in the register's order.
    authors: Vec<String>,
    /// Where it appeared, for a report in a newspaper.
    paper: String,
    date: Option<Moment>,
    /// The date is worked out.
    inferred: bool,
    number: String,
    link: Option<String>,
    kind: Option<SourceKind>,
    ui: Ui,
}

impl CitedWork {
    fn new(citing: &Citing<'_>, source: &Source) -> Self {
        let publisher = wording(&source.publisher, citing.lang);
        let reports = source.kind == Some(SourceKind::Newspaper)
            && matches!(source.standing, None | Some(Standing::Report));
        let (authors, paper) =
            if reports { (Vec::new(), publisher) } else { (authors(&publisher), String::new()) };
        let title = wording(&source.title, citing.lang);
        let bare = title.strip_prefix('《').and_then(|inner| inner.strip_suffix('》')).unwrap_or(&title);
        let bare = if bare.contains('《') { &title } else { bare };
        Self {
            id: one_line(&source.id).into_owned(),
            title: if bare.is_empty() { one_line(&source.id).into_owned() } else { bare.to_owned() },
            ours: bare.is_empty() || source.title_basis.is_some_and(|basis| basis != Basis::Stated),
            authors,
            paper,
            date: source.date,
            inferred: source.date_basis.is_some_and(|basis| basis != Basis::Stated),
            number: source.index.as_deref().map(|index| one_line(index).into_owned()).unwrap_or_default(),
            link: source.link.as_deref().filter(|link| is_address(link)).map(ToOwned::to_owned),
            kind: source.kind,
            ui: citing.ui,
        }
    }

    /// The title; one that is ours in square brackets.
    fn named(&self) -> String {
        if self.ours { format!("[{}]", self.title) } else { self.title.clone() }
    }
}

/// The register joins bodies with `、` or `; `.
fn authors(publisher: &str) -> Vec<String> {
    let parts = publisher.split(['、', '；']).flat_map(|part| part.split("; ")).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect()
}

fn wording(text: &Text, lang: Lang) -> String {
    one_line(text.get_or_first(lang).text).trim().to_owned()
}

fn is_address(link: &str) -> bool {
    let web = link.starts_with("https://") || link.starts_with("http://");
    web && link
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'{' | b'}' | b'\\' | b'"' | b'<' | b'>'))
}

#[cfg(test)]
mod tests;
