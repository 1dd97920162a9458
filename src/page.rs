//! All there is to say of one node, as ordered sections and fields. The detail pane, `show`, the review card and reports draw from it.
//!
//! It refuses to know columns and colours: a field says what it is, whoever draws it says how it looks.

pub mod block;
pub mod columns;
mod dashboard;
mod explain;
mod kinds;
pub mod matrix;
mod parts;
mod people;
pub mod terminal;
mod values;

use crate::journal::{Annotations, Book, Fold, Home, Journal};
use crate::plan::as_of::AsOf;
use crate::plan::metric::Basis;
use crate::plan::node::{Attribute, Claim, Judging, Link};
use crate::plan::{NodeId, Plan, SourceId};
use crate::progress::{Added, Judge, Rule};
use crate::text::{Lang, Show, Text, Ui};
pub use kinds::{Item, SectionKind, ValueKind};
pub use parts::{Card, Field, Phrase, Section, ValueRow};
pub use people::when;

/// What people say, now or at some moment.
#[derive(Clone, Copy, Debug)]
pub struct People<'j> {
    /// All records.
    pub book: &'j Book,
    /// What holds of them.
    pub fold: &'j Fold,
}

impl<'j> From<&'j Journal> for People<'j> {
    fn from(journal: &'j Journal) -> Self {
        Self { book: journal.book(), fold: journal.fold() }
    }
}

/// What a card is made from besides the node.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Which of its languages are shown.
    pub show: Show,
    /// Which language labels are in.
    pub ui: Ui,
    /// The rule set of verdicts.
    pub rule: Rule,
    /// The day from which one looks.
    pub as_of: AsOf,
}

impl Reader<'_> {
    /// The wordings of a text that are shown; where one is missing, the first there is stands in, once.
    pub fn phrases(&self, text: &Text) -> Vec<Phrase> {
        let phrase = |lang: Lang| {
            let wording = text.get_or_first(lang);
            Phrase { lang: wording.lang, text: wording.text.to_owned(), borrowed: wording.borrowed }
        };
        let first = phrase(self.show.main());
        let second =
            self.show.second().filter(|lang| text.get(*lang).is_some() && *lang != first.lang).map(phrase);
        std::iter::once(first).chain(second).filter(|phrase| !phrase.text.is_empty()).collect()
    }

    /// The wording of a text in the main language.
    pub fn word(&self, text: &Text) -> String {
        text.get_or_first(self.show.main()).text.to_owned()
    }

    /// A document by its title and date, or by its id where it is not registered.
    pub fn source(&self, id: SourceId) -> String {
        let source = self.plan.source(id);
        if source.title.is_empty() {
            return source.id.to_string();
        }
        let date = source
            .date
            .map(|date| self.ui.pick(format!("（{date}）"), format!(" ({date})")))
            .unwrap_or_default();
        format!("{}{date}", self.word(&source.title))
    }

    /// How a thing is known.
    pub fn basis(&self, basis: Basis) -> &'static str {
        match basis {
            Basis::Stated => self.ui.pick("明载", "stated"),
            Basis::Reported => self.ui.pick("报道", "reported"),
            Basis::Inferred => self.ui.pick("推定", "inferred"),
        }
    }

    /// Makes the card of a node, as the plan has it.
    pub fn card(&self, node: NodeId) -> Card {
        self.card_with(node, None)
    }

    /// Makes the card of a node with what people add to it.
    pub fn card_with(&self, node: NodeId, journal: Option<&Journal>) -> Card {
        self.card_of(node, journal.map(People::from))
    }

    /// Makes the card of a node with what people said of it by some moment.
    pub fn card_of(&self, node: NodeId, people: Option<People<'_>>) -> Card {
        let said = people.and_then(|people| people.fold.of(node));
        let sections = [
            (SectionKind::State, self.state_fields(node, said)),
            (SectionKind::People, said.map(|said| people::verdicts(self, said)).unwrap_or_default()),
            (SectionKind::Notes, said.map(|said| people::notes(self, said)).unwrap_or_default()),
            (SectionKind::About, self.about(node)),
            (SectionKind::Values, values::fields(self, node, said)),
            (SectionKind::Links, self.link_fields(node)),
            (SectionKind::Conflicts, self.conflict_fields(node)),
            (SectionKind::Terms, self.terms(node)),
            (SectionKind::Evidence, self.evidence_fields(node)),
            (SectionKind::History, people.map(|own| people::history(self, own, node)).unwrap_or_default()),
        ];
        self.headed(node, sections)
    }

    /// A node's head over sections; empty ones are left out.
    fn headed(&self, node: NodeId, sections: impl IntoIterator<Item = (SectionKind, Vec<Field>)>) -> Card {
        let this = self.plan.tree.node(node);
        let level = self.plan.level(this.level);
        Card {
            node: Some(node),
            title: self.phrases(&this.title),
            id: this.key.to_string(),
            level: (level.mark.to_string(), self.word(&level.label)),
            sections: filled(sections),
        }
    }

    /// Makes the card of an id that has left the plan.
    pub fn orphan(&self, home: &Home, people: People<'_>) -> Card {
        let said = &home.annotations;
        let left = Field::Note(
            self.ui
                .pick(
                    "该节点已不在规划中；记录保留，可改挂到别的节点",
                    "no longer in the plan; what was said is kept and can be reattached",
                )
                .to_owned(),
        );
        let values = said.values().map(|own| values::bare_row(self, own));
        let sections = [
            (SectionKind::State, vec![left]),
            (SectionKind::People, people::verdicts(self, said)),
            (SectionKind::Notes, people::notes(self, said)),
            (SectionKind::Values, values.collect()),
            (SectionKind::History, people::records(self, people, home)),
        ];
        Card {
            node: None,
            title: vec![Phrase { lang: self.show.main(), text: home.name.to_string(), borrowed: false }],
            id: home.name.to_string(),
            level: ("?".to_owned(), self.ui.pick("已离开规划", "has left the plan").to_owned()),
            sections: filled(sections),
        }
    }

    fn pair(&self, zh: &str, en: &str, value: impl Into<String>) -> Field {
        Field::Pair { label: self.ui.pick(zh, en).to_owned(), value: value.into() }
    }

    fn state_fields(&self, node: NodeId, said: Option<&Annotations>) -> Vec<Field> {
        let judge = Judge::new(self.plan, self.rule, self.as_of);
        let added = Added::of(said);
        let mut fields = vec![Field::State(judge.state(node, &added))];
        if let Some(assessment) = judge.assess(node, &added) {
            fields.push(Field::Note(assessment.why.get(self.ui).to_owned()));
            let flags: Vec<&str> = assessment.flags.iter().map(|flag| flag.label(self.ui)).collect();
            if !flags.is_empty() {
                fields.push(self.pair("注意", "beware", flags.join(self.ui.pick("、", ", "))));
            }
            if assessment.is_ruled() {
                let rule = self.rule.word();
                let named = self.ui.pick(format!("{} {rule}", self.rule.label(Ui::Zh)), rule.to_owned());
                fields.push(self.pair("规则", "rule", named));
            }
        }
        if self.plan.tree.node(node).judging() == Judging::PeopleOnly {
            fields.push(self.pair(
                "判断",
                "verdict",
                self.ui.pick("只由人判断，不计算", "by people only; none is computed"),
            ));
        }
        fields
    }

    /// What it is and what is claimed of it, field by field: the same fields in every language.
    pub fn about(&self, node: NodeId) -> Vec<Field> {
        let this = self.plan.tree.node(node);
        let mut fields: Vec<Field> =
            this.summary.iter().map(|text| Field::Words(self.phrases(text))).collect();
        if let Some(more) = &this.more {
            if let Some(members) = more.members {
                let value = self.ui.pick(
                    format!("共 {}，已知名称 {}", members.total, members.named),
                    format!("{} in all, {} known by name", members.total, members.named),
                );
                fields.push(self.pair("成员", "members", value));
            }
            let among = more.among.as_ref().map(|text| self.word(text));
            match (more.claim, among) {
                (Some(claim), among) => {
                    fields.push(self.pair("来源自称", "claimed by the source", self.claim(claim, among)))
                }
                (None, Some(among)) => fields.push(self.pair("范围", "among", among)),
                (None, None) => {}
            }
            let former =
                more.former_titles.iter().map(|text| self.pair("曾用名", "formerly", self.word(text)));
            fields.extend(former);
        }
        if let Some(office) = this.office() {
            fields.push(self.pair("责任单位", "office", self.word(office)));
        }
        if let Some(period) = this.period() {
            fields.push(self.pair("期间", "period", format!("{}–{}", period.start, period.end)));
        }
        match this.attribute() {
            Attribute::Binding => {
                fields.push(self.pair("属性", "attribute", self.ui.pick("约束性", "binding")))
            }
            Attribute::Expected => {
                fields.push(self.pair("属性", "attribute", self.ui.pick("预期性", "expected")))
            }
            Attribute::Unspecified => {}
        }
        if !this.tags.is_empty() {
            fields.push(self.pair("标签", "tags", this.tags.join(" · ")));
        }
        let below = self.plan.tree.children(node).count();
        if below > 0 {
            let all = this.subtree_end.0 - node.0 - 1;
            let value = self.ui.pick(
                format!("{below} 项，连同以下共 {all} 项"),
                format!("{below}, {all} with all below them"),
            );
            fields.push(self.pair("下属", "children", value));
        }
        fields
    }

    fn claim(&self, claim: Claim, among: Option<String>) -> String {
        let word = match claim {
            Claim::First => self.ui.pick("首个", "first"),
            Claim::Only => self.ui.pick("唯一", "only"),
            Claim::Leading => self.ui.pick("领先", "leading"),
        };
        among.map_or_else(
            || word.to_owned(),
            |among| self.ui.pick(format!("{word}（{among}）"), format!("{word} ({among})")),
        )
    }

    fn link(&self, label: &str, to: NodeId, basis: Basis, remark: &str) -> Field {
        let other = self.plan.tree.node(to);
        let basis =
            if basis == Basis::Inferred { format!(" · {}", self.basis(basis)) } else { String::new() };
        Field::Link {
            label: label.to_owned(),
            to,
            title: self.phrases(&other.title),
            remark: format!("{}{basis}{remark}", other.key),
        }
    }

    fn link_fields(&self, node: NodeId) -> Vec<Field> {
        let tree = &self.plan.tree;
        let this = tree.node(node);
        let mut fields = Vec::new();
        if let Some(parent) = this.parent {
            fields.push(self.link(self.ui.pick("上级", "parent"), parent, this.parent_basis, ""));
        }
        let own: Vec<NodeId> = this.serves.iter().map(|link| link.to).collect();
        for (to, basis) in tree.serves(node) {
            let remark =
                if own.contains(&to) { "" } else { self.ui.pick(" · 随上级", " · through its parent") };
            fields.push(self.link(self.ui.pick("服务", "serves"), to, basis, remark));
        }
        if let Some(part) = this.metric.as_ref().and_then(|metric| metric.part_of.as_ref()) {
            let which = format!(" · {}", self.word(&part.which));
            fields.push(self.link(self.ui.pick("属于", "part of"), part.whole, Basis::Stated, &which));
        }
        for Link { to, basis } in tree.served_by(node) {
            fields.push(self.link(self.ui.pick("被服务", "served by"), *to, *basis, ""));
        }
        fields
    }

    fn conflict_fields(&self, node: NodeId) -> Vec<Field> {
        let conflicts = self.plan.tree.node(node).conflicts();
        conflicts
            .iter()
            .map(|conflict| {
                let source = conflict.source.map(|id| self.cited(id, conflict.at.as_deref()));
                Field::Pair { label: source.unwrap_or_default(), value: self.word(&conflict.note) }
            })
            .collect()
    }

    /// The glossary entries it uses, one field each.
    pub fn terms(&self, node: NodeId) -> Vec<Field> {
        let terms = self.plan.tree.node(node).terms();
        let field = |used: &crate::plan::node::TermUse| {
            let term = self.plan.term(used.term);
            let sense = used.sense.as_ref().and_then(|id| term.senses.iter().find(|sense| sense.id == *id));
            let title = self.phrases(sense.map_or(&term.title, |sense| &sense.title));
            let label = title.iter().map(|phrase| phrase.text.as_str()).collect::<Vec<_>>().join(" · ");
            let note = sense.and_then(|sense| sense.note.as_ref()).or(term.summary.as_ref());
            Field::Pair { label, value: note.map(|note| self.word(note)).unwrap_or_default() }
        };
        terms.iter().map(field).collect()
    }

    fn cited(&self, source: SourceId, at: Option<&str>) -> String {
        let at = at.map(|at| format!(" {at}")).unwrap_or_default();
        format!("{}{at}", self.source(source))
    }

    fn evidence_fields(&self, node: NodeId) -> Vec<Field> {
        let evidence = &self.plan.tree.node(node).evidence;
        evidence
            .iter()
            .map(|evidence| {
                let note =
                    evidence.note.as_ref().map(|note| format!(" · {}", self.word(note))).unwrap_or_default();
                let value = format!("{}{note}", self.cited(evidence.source, evidence.at.as_deref()));
                Field::Pair { label: self.basis(evidence.basis).to_owned(), value }
            })
            .collect()
    }
}

/// The sections that have something in them.
fn filled(sections: impl IntoIterator<Item = (SectionKind, Vec<Field>)>) -> Vec<Section> {
    let filled = sections.into_iter().filter(|(_, fields)| !fields.is_empty());
    filled.map(|(kind, fields)| Section { kind, fields }).collect()
}
