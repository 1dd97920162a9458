//! A node as an entry of a list of references: the entry of the plan's data, and the documents behind it, in
//! GB/T 7714—2025 or 2015, APA 7, BibTeX, BibLaTeX, CSL-JSON or RIS.
//!
//! Nothing is made up: an author, a date or an address that the register does not have is left out, a title
//! of our own stands in square brackets, and an inferred date is marked as the styles mark one. Who published
//! a document is its author where no other is known, but for a newspaper that reports: that is where it
//! appeared.

mod apa;
mod bibtex;
mod csl;
mod gbt;
mod ris;

use super::escape::web_address;
use crate::plan::as_of::AsOf;
use crate::plan::metric::{Basis, Moment, Value, words};
use crate::plan::register::{Source, SourceKind, Standing};
use crate::plan::{NodeId, Plan, SourceId};
use crate::text::clean::one_line;
use crate::text::{Lang, Text, Ui};

words!(
    Style {
        /// GB/T 7714—2025, in force since July 2026.
        Gbt7714 = "gbt7714" ("GB/T 7714—2025", "GB/T 7714—2025"),
        /// GB/T 7714—2015, which the newer edition replaces.
        Gbt7714Of2015 = "gbt7714-2015" ("GB/T 7714—2015", "GB/T 7714—2015"),
        /// APA, 7th edition.
        Apa = "apa" ("APA 7", "APA 7"),
        Bibtex = "bibtex" ("BibTeX", "BibTeX"),
        Biblatex = "biblatex" ("BibLaTeX", "BibLaTeX"),
        /// What citation processors take in.
        CslJson = "csl-json" ("CSL-JSON", "CSL-JSON"),
        /// What reference managers take in.
        Ris = "ris" ("RIS", "RIS"),
    }
);

impl Style {
    /// The style that readers of a language expect.
    pub fn of(ui: Ui) -> Self {
        ui.pick(Style::Gbt7714, Style::Apa)
    }

    /// References one after another, as lists in this style have them: entries of many lines with an empty
    /// line between, CSL-JSON as one array.
    pub fn list(self, references: &[String]) -> String {
        match self {
            Style::Gbt7714 | Style::Gbt7714Of2015 | Style::Apa => references.join("\n"),
            Style::Bibtex | Style::Biblatex | Style::Ris => references.join("\n\n"),
            Style::CslJson => format!("[\n{}\n]", references.join(",\n")),
        }
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
    let one = |data_of: fn(&DataEntry) -> String, work_of: fn(&CitedWork) -> String| {
        std::iter::once(data_of(&data)).chain(works.map(|work| work_of(&work))).collect()
    };
    match style {
        Style::Gbt7714 => one(gbt::data, gbt::work),
        Style::Gbt7714Of2015 => one(gbt::data_of_2015, gbt::work_of_2015),
        Style::Apa => one(apa::data, apa::work),
        Style::Bibtex => one(bibtex::data, bibtex::work),
        Style::Biblatex => one(bibtex::data_for_biblatex, bibtex::work_for_biblatex),
        Style::CslJson => one(csl::data, csl::work),
        Style::Ris => one(ris::data, ris::work),
    }
}

/// A document of the register in the style that readers of the language expect, without its address.
pub fn reference(citing: &Citing<'_>, source: SourceId) -> String {
    let work = CitedWork::new(citing, citing.plan.source(source));
    let bare = |written: String| match &work.link {
        Some(link) => written.trim_end_matches('.').trim_end_matches(link.as_str()).trim_end().to_owned(),
        None => written,
    };
    bare(citing.ui.pick(gbt::work as fn(&CitedWork) -> String, apa::work)(&work))
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
    /// The language of its title.
    tag: String,
    ui: Ui,
}

impl DataEntry {
    fn new(citing: &Citing<'_>, id: NodeId) -> Self {
        let node = citing.plan.tree.node(id);
        Self {
            title: wording(&node.title, citing.lang),
            tag: tag(citing, &node.title),
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
    /// People and bodies, in the register's order.
    authors: Vec<String>,
    /// Who published it, where that is not its author.
    publisher: String,
    /// The newspaper or collection that it appeared in.
    container: String,
    pages: String,
    date: Option<Moment>,
    /// The date is worked out.
    inferred: bool,
    number: String,
    link: Option<String>,
    kind: Option<SourceKind>,
    /// The language of its title.
    tag: String,
}

impl CitedWork {
    fn new(citing: &Citing<'_>, source: &Source) -> Self {
        let mut publisher = wording(&source.publisher, citing.lang);
        let mut container = wording(&source.appeared_in, citing.lang);
        let reports = source.kind == Some(SourceKind::Newspaper)
            && matches!(source.standing, None | Some(Standing::Report));
        if reports && container.is_empty() {
            container = std::mem::take(&mut publisher);
        }
        let mut authors = names(&wording(&source.author, citing.lang));
        if authors.is_empty() && !reports {
            authors = names(&std::mem::take(&mut publisher));
        }
        let title = wording(&source.title, citing.lang);
        let bare = title.strip_prefix('《').and_then(|inner| inner.strip_suffix('》')).unwrap_or(&title);
        let bare = if bare.contains('《') { &title } else { bare };
        Self {
            id: one_line(&source.id).into_owned(),
            title: if bare.is_empty() { one_line(&source.id).into_owned() } else { bare.to_owned() },
            ours: bare.is_empty() || source.title_basis.is_some_and(|basis| basis != Basis::Stated),
            authors,
            publisher,
            container,
            pages: source.pages.as_deref().map(|pages| one_line(pages).into_owned()).unwrap_or_default(),
            date: source.date,
            inferred: source.date_basis.is_some_and(|basis| basis != Basis::Stated),
            number: source.index.as_deref().map(|index| one_line(index).into_owned()).unwrap_or_default(),
            link: source.link.as_deref().and_then(web_address),
            kind: source.kind,
            tag: tag(citing, &source.title),
        }
    }

    /// The title; one that is ours in square brackets.
    fn named(&self) -> String {
        if self.ours { format!("[{}]", self.title) } else { self.title.clone() }
    }
}

/// The register joins names with `、` or `; `.
fn names(joined: &str) -> Vec<String> {
    let parts = joined.split(['、', '；']).flat_map(|part| part.split("; ")).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect()
}

/// The language of the wording that [`wording`] finds.
fn tag(citing: &Citing<'_>, text: &Text) -> String {
    one_line(citing.plan.tag(text.get_or_first(citing.lang).lang)).into_owned()
}

fn wording(text: &Text, lang: Lang) -> String {
    one_line(text.get_or_first(lang).text).trim().to_owned()
}

#[cfg(test)]
mod tests;
