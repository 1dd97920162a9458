//! What the nodes rest on: documents, facts and terms, as far as the file uses them.

use super::Scope;
use super::ink::{Inline, Lines, list, moment, string, text};
use super::metric::when;
use super::node::{evidence, link, source};
use crate::plan::metric::{Basis, Bound, Grade};
use crate::plan::register::{Cadence, Enforce, Paragraph, Reading, Section, Sense, SourceKind, Standing};
use crate::plan::{Fact, Plan, Source, Term};

impl Scope<'_, '_> {
    /// Appends the documents, facts and terms that the file uses.
    pub(super) fn registers(&self, out: &mut String) {
        let plan = self.plan();
        let sources = (0..).zip(&plan.sources).filter(|(at, _)| self.uses.source(*at));
        sources.for_each(|(_, source)| self.source(source, out));
        plan.facts.iter().filter(|fact| self.carries(fact)).for_each(|one| fact(plan, one, out));
        let terms = (0..).zip(&plan.terms).filter(|(at, _)| self.uses.term(*at));
        terms.for_each(|(_, one)| term(plan, one, out));
    }

    fn source(&self, source: &Source, out: &mut String) {
        let plan = self.plan();
        let mut lines = Lines::begin(out, "source");
        lines.put("id", string(&source.id));
        lines.put("title", text(plan, &source.title));
        lines.some("title_basis", source.title_basis.map(Basis::word).map(string));
        if !source.publisher.is_empty() {
            lines.put("publisher", text(plan, &source.publisher));
        }
        lines.some("date", source.date.map(moment));
        lines.some("date_basis", source.date_basis.map(Basis::word).map(string));
        lines.some("link", source.link.as_deref().map(string));
        lines.some("index", source.index.as_deref().map(string));
        lines.some("kind", source.kind.map(SourceKind::word).map(string));
        lines.some("standing", source.standing.map(Standing::word).map(string));
        lines.some("cadence", source.cadence.map(Cadence::word).map(string));
        lines.some("reading", source.reading.map(Reading::word).map(string));
        lines.some("grade", source.grade.map(Grade::word).map(string));
        lines.some("note", source.note.as_ref().map(|note| text(plan, note)));
        lines.some("sha256", source.sha256.as_deref().map(string));
        for section in &source.sections {
            self.section(section, out);
        }
    }

    fn section(&self, section: &Section, out: &mut String) {
        let plan = self.plan();
        let mut lines = Lines::begin(out, "source.section");
        lines.put("id", string(&section.id));
        if !section.heading.is_empty() {
            lines.put("heading", text(plan, &section.heading));
        }
        lines.some("sha256", section.sha256.as_deref().map(string));
        let inside = section.maps_to.iter().filter(|link| self.holds(link.to));
        lines.all("maps_to", inside.map(|one| link(plan, one, None)));
        lines.some("order", section.order.map(|order| order.to_string()));
        lines.tables("paragraphs", section.paragraphs.iter().map(paragraph));
    }
}

fn paragraph(paragraph: &Paragraph) -> String {
    let mut table = Inline::default();
    table.put("id", string(&paragraph.id));
    table.some("sha256", paragraph.sha256.as_deref().map(string));
    table.some("continues", paragraph.continues.as_deref().map(string));
    table.close()
}

fn fact(plan: &Plan, fact: &Fact, out: &mut String) {
    let mut lines = Lines::begin(out, "fact");
    lines.put("id", string(&fact.id));
    lines.put("source", source(plan, fact.source));
    lines.some("at", fact.at.as_deref().map(string));
    lines.put("subject", text(plan, &fact.subject));
    lines.some("written", fact.written.as_deref().map(string));
    lines.all("also_written", fact.also_written.iter().map(|one| string(one)));
    lines.all("names", fact.names.iter().map(|one| string(one)));
    lines.some("value", fact.value.map(|value| value.to_string()));
    lines.some("unit", fact.unit.as_ref().map(|unit| text(plan, unit)));
    if fact.bound != Bound::Exact {
        lines.put("bound", string(fact.bound.word()));
    }
    if let Some((key, time)) = when(fact.when) {
        lines.put(key, time);
    }
    lines.some("node", fact.node.map(|id| string(plan.tree.node(id).key.as_str())));
    lines.some("left_out", fact.left_out.as_ref().map(|why| text(plan, why)));
}

fn term(plan: &Plan, term: &Term, out: &mut String) {
    let mut lines = Lines::begin(out, "term");
    lines.put("id", string(&term.id));
    lines.put("title", text(plan, &term.title));
    lines.all("accept", term.accept.iter().map(|one| string(one)));
    lines.all("avoid", term.avoid.iter().map(|one| string(one)));
    lines.some("summary", term.summary.as_ref().map(|summary| text(plan, summary)));
    if term.enforce == Enforce::Rendering {
        lines.put("enforce", "true");
    }
    let sense = |sense: &Sense| {
        let mut table = Inline::default();
        table.put("id", string(&sense.id));
        table.put("title", text(plan, &sense.title));
        table.some("note", sense.note.as_ref().map(|note| text(plan, note)));
        table.close()
    };
    if !term.senses.is_empty() {
        lines.put("senses", list(term.senses.iter().map(sense)));
    }
    lines.tables("evidence", term.evidence.iter().map(|one| evidence(plan, one)));
}
