//! Everything there is to say of one node, as sections of blocks: the card of the screen, `show`, the review
//! card and the reports.

use super::block::{Block, Inline, Labelled, Page, Pair, Section};
use super::kinds::SectionKind;
use super::people::People;
use super::reader::{PageReader, ReadingMedium, pairs, plain};
use super::ties::{NodeTie, links};
use crate::chart::{Dial, Plot};
use crate::journal::{Annotations, NodeRecords};
use crate::plan::metric::Metric;
use crate::plan::node::{Attribute, Claim, Conflict, Evidence, TermUse};
use crate::plan::{Key, NodeId, State};
use crate::progress::{ArithmeticStep, Assessment, JournalData, Rollup, States, time};
use crate::text::Ui;

/// What is known of a node besides the plan.
#[derive(Clone, Copy, Debug)]
pub struct NodeSubject<'a> {
    pub node: NodeId,
    /// How it stands, all considered.
    pub state: State,
    /// What people say of it.
    pub said: Option<&'a Annotations>,
    /// The computed verdict.
    pub found: Option<&'a Assessment>,
    /// Its arithmetic, line by line, where that is shown.
    pub steps: &'a [ArithmeticStep],
    /// How everything below it stands, with every node's state.
    pub below: Option<(&'a Rollup, &'a States)>,
    /// Whether it stands at the top of what is shown.
    pub is_top: bool,
}

/// The sections of a report, in order.
const OF_REPORT: [SectionKind; 10] = [
    SectionKind::About,
    SectionKind::Reading,
    SectionKind::State,
    SectionKind::Values,
    SectionKind::People,
    SectionKind::Notes,
    SectionKind::Links,
    SectionKind::Conflicts,
    SectionKind::Terms,
    SectionKind::Evidence,
];

/// The sections of a screen's card, in order; its history follows them.
const OF_SCREEN: [SectionKind; 11] = [
    SectionKind::State,
    SectionKind::Rollup,
    SectionKind::People,
    SectionKind::Notes,
    SectionKind::About,
    SectionKind::Values,
    SectionKind::Links,
    SectionKind::Conflicts,
    SectionKind::Reading,
    SectionKind::Terms,
    SectionKind::Evidence,
];

impl PageReader<'_> {
    /// The page of a node with what people said of it by some moment. `states` are those of the same rule and
    /// day; without them nothing is said of what is below.
    pub fn node_page(&self, node: NodeId, people: Option<People<'_>>, states: Option<&States>) -> Page {
        let said = people.and_then(|people| people.fold.of(node));
        let (judge, added) = (self.judge(), JournalData::of(said));
        let found = judge.assess(node, &added);
        let rollup = states.and_then(|states| states.rollup(self.plan, node));
        let below = rollup.as_ref().filter(|rollup| rollup.leaves > 0).zip(states);
        let found = found.as_ref();
        let state = judge.state_given(node, found, &added);
        let subject = NodeSubject { node, state, said, found, steps: &[], below, is_top: true };
        let mut sections = self.node_sections(&subject, ReadingMedium::Screen);
        let home = people.and_then(|people| Some((people, people.fold.home(node)?)));
        let history = home.map(|(people, home)| self.history(people, home)).unwrap_or_default();
        sections.extend(self.sections([(SectionKind::History, history)]));
        self.headed(node, sections)
    }

    /// A node's name over sections.
    pub(super) fn headed(&self, node: NodeId, sections: Vec<Section>) -> Page {
        let this = self.plan.tree.node(node);
        let level = self.plan.level(this.level);
        Page {
            node: Some(node),
            title: self.text(&this.title),
            head: vec![
                Inline::Plain(level.mark_in(self.show.main()).to_owned()),
                Inline::Words(self.text(&level.label)),
                Inline::Id(this.key.to_string()),
            ],
            sections,
        }
    }

    /// The sections of a node, without its history.
    pub fn node_sections(&self, subject: &NodeSubject<'_>, form: ReadingMedium<'_>) -> Vec<Section> {
        let order: &[SectionKind] = if form.is_report() { &OF_REPORT } else { &OF_SCREEN };
        self.sections(order.iter().map(|kind| (*kind, self.node_section(*kind, subject, form))))
    }

    fn node_section(
        &self,
        kind: SectionKind,
        subject: &NodeSubject<'_>,
        form: ReadingMedium<'_>,
    ) -> Vec<Block> {
        let NodeSubject { node, said, .. } = *subject;
        match kind {
            SectionKind::State => self.stands(subject, form),
            SectionKind::Rollup => {
                subject.below.map(|(rollup, states)| self.rolled_up(rollup, states, form)).unwrap_or_default()
            }
            SectionKind::People => said.map(|said| self.people(said, form)).unwrap_or_default(),
            SectionKind::Notes => said.map(|said| self.notes(said, form)).unwrap_or_default(),
            SectionKind::About => self.summary(node).into_iter().chain(pairs(self.about(node))).collect(),
            // What was read of the plan stands with its overall goal.
            SectionKind::Reading if self.plan.tree.roots().next() == Some(node) => self.readings(),
            SectionKind::Values => self.metric(subject, form),
            SectionKind::Links => pairs(self.links(node, subject.is_top)),
            SectionKind::Conflicts => {
                pairs(self.conflicts(node, form).into_iter().chain(self.claims(node, subject.said)).collect())
            }
            SectionKind::Terms => pairs(self.terms(node, form)),
            SectionKind::Evidence => pairs(self.evidence(node, form)),
            _ => Vec::new(),
        }
    }

    /// The page of an id that has left the plan.
    pub fn orphan_page(&self, home: &NodeRecords, people: People<'_>) -> Page {
        let left = Block::Remark(self.say(
            "该节点已不在规划中；记录保留，可重新关联到别的节点",
            "no longer in the plan; what was said is kept and can be reattached",
        ));
        let mut sections = self.sections([(SectionKind::State, vec![left])]);
        let said = &home.annotations;
        sections.extend(self.sections([
            (SectionKind::People, self.people(said, ReadingMedium::Screen)),
            (SectionKind::Notes, self.notes(said, ReadingMedium::Screen)),
            (SectionKind::Values, self.lone_values(said, ReadingMedium::Screen)),
            (SectionKind::History, self.history(people, home)),
        ]));
        Page {
            node: None,
            title: self.as_it_is(&home.name),
            head: vec![
                Inline::Plain("?".to_owned()),
                Inline::Words(self.say("已离开规划", "has left the plan")),
                Inline::Id(home.name.to_string()),
            ],
            sections,
        }
    }

    /// The sections of a report on what has left the plan: there is no title and no metric any more.
    pub fn orphan_sections(&self, home: &NodeRecords, form: ReadingMedium<'_>) -> Vec<Section> {
        let said = &home.annotations;
        self.sections([
            (SectionKind::People, self.people(said, form)),
            (SectionKind::Values, self.lone_values(said, form)),
            (SectionKind::Notes, self.notes(said, form)),
        ])
    }

    fn summary(&self, node: NodeId) -> Option<Block> {
        let summary = self.plan.tree.node(node).summary.as_ref()?;
        Some(Block::Paragraph(vec![Inline::Words(self.text(summary))]))
    }

    /// What is claimed of it, field by field.
    pub fn about(&self, node: NodeId) -> Vec<Pair> {
        let this = self.plan.tree.node(node);
        let text = |text| vec![Inline::Words(self.text(text))];
        let mut all = Vec::new();
        if let Some(more) = &this.more {
            all.extend(more.members.map(|members| {
                self.worded("成员", "members", |one| {
                    one.ui.pick(
                        format!("共 {}，已知名称 {}", members.total, members.named),
                        format!("{} in all, {} known by name", members.total, members.named),
                    )
                })
            }));
            match (more.claim, &more.among) {
                (Some(claim), among) => {
                    all.push(self.worded("来源自称", "claimed by the source", |one| {
                        one.claim(claim, among.as_ref().map(|text| one.word(text)))
                    }));
                }
                (None, Some(among)) => all.push(self.pair("范围", "among", text(among))),
                (None, None) => {}
            }
            all.extend(more.former_titles.iter().map(|title| self.pair("曾用名", "formerly", text(title))));
        }
        all.extend(this.office().map(|office| self.pair("责任单位", "office", text(office))));
        all.extend(
            this.period()
                .map(|period| self.pair("期间", "period", plain(format!("{}–{}", period.start, period.end)))),
        );
        match this.attribute() {
            Attribute::Binding => all.push(self.worded("属性", "attribute", |one| one.binding(true))),
            Attribute::Expected => all.push(self.worded("属性", "attribute", |one| one.binding(false))),
            Attribute::Unspecified => {}
        }
        if !this.tags.is_empty() {
            all.push(self.pair("标签", "tags", plain(this.tags.join(" · "))));
        }
        let below = self.plan.tree.children(node).count();
        if below > 0 {
            let every = this.subtree_end.0 - node.0 - 1;
            all.push(self.worded("下属", "children", |one| {
                one.ui.pick(
                    format!("{below}项，连同以下共{every}项"),
                    format!("{below}, {every} with all below them"),
                )
            }));
        }
        let aliases: Vec<&str> = this.aliases().iter().map(Key::as_str).collect();
        if !aliases.is_empty() {
            all.push(self.pair("曾用 id", "earlier ids", plain(aliases.join(" · "))));
        }
        all
    }

    fn binding(&self, is: bool) -> String {
        let (zh, en) = if is { ("约束性", "binding") } else { ("预期性", "expected") };
        self.ui.pick(zh, en).to_owned()
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

    /// A metric's own details, its chart and its figures.
    fn metric(&self, subject: &NodeSubject<'_>, form: ReadingMedium<'_>) -> Vec<Block> {
        let Some(metric) = &self.plan.tree.node(subject.node).metric else { return Vec::new() };
        // In a document the table beside it says two values as well.
        let least = if form.is_report() { 3 } else { 2 };
        let plot = subject.found.and_then(|found| self.plot(found, metric));
        let plot = plot.filter(|plot| plot.marks.len() >= least).map(Block::Plot);
        let details = pairs(self.metric_details(metric, form));
        let figures = self.figures(metric, &self.values(metric, subject.said), form);
        plot.into_iter().chain(details).chain(figures).collect()
    }

    /// The values of a verdict's series over time.
    pub fn plot(&self, found: &Assessment, metric: &Metric) -> Option<Plot> {
        let today = time::day_years(self.as_of.day());
        let plot = Plot::new(self.plan, found, today, self.ui)?;
        Some(Plot { unit: self.word(&metric.unit), as_of: self.as_of.day().to_string(), ..plot })
    }

    /// Ties to others. What a node serves through its parent is said where its parent does not say it.
    pub fn links(&self, node: NodeId, is_top: bool) -> Vec<Pair> {
        let all = links(self.plan, node);
        let shown = all.iter().filter(|link| is_top || link.tie != NodeTie::ServesThroughParent);
        shown.map(|link| self.tie(link)).collect()
    }

    /// Sources that say otherwise.
    pub fn conflicts(&self, node: NodeId, form: ReadingMedium<'_>) -> Vec<Pair> {
        let pair = |conflict: &Conflict| {
            let source = conflict.source.map(|id| self.cite(id, conflict.at.as_deref(), form));
            let note = vec![Inline::Words(self.text(&conflict.note))];
            let kind = conflict.kind.map(|kind| Inline::Words(self.label(kind)));
            self.pair("另有说法", "said otherwise", note).and(kind.into_iter().chain(source).collect())
        };
        self.plan.tree.node(node).conflicts().iter().map(pair).collect()
    }

    /// The glossary entries it uses; a report has their sources.
    pub fn terms(&self, node: NodeId, form: ReadingMedium<'_>) -> Vec<Pair> {
        let pair = |used: &TermUse| {
            let term = self.plan.term(used.term);
            let sense = used.sense.as_ref().and_then(|id| term.senses.iter().find(|sense| sense.id == *id));
            let label = self.text(sense.map_or(&term.title, |sense| &sense.title));
            let note = sense.and_then(|sense| sense.note.as_ref()).or(term.summary.as_ref());
            let mut value: Vec<Inline> =
                note.map(|note| Inline::Words(self.text(note))).into_iter().collect();
            if form.is_report() {
                value.extend(term.evidence.iter().map(|one| self.cite(one.source, one.at.as_deref(), form)));
            }
            Pair { labelled: Labelled::InEveryLanguage, ..Pair::new(label, value) }
        };
        self.plan.tree.node(node).terms().iter().map(pair).collect()
    }

    /// Where it comes from; a report has the title of each source beside its number.
    pub fn evidence(&self, node: NodeId, form: ReadingMedium<'_>) -> Vec<Pair> {
        let pair = |evidence: &Evidence| {
            let title =
                form.is_report().then(|| Inline::Words(self.text(&self.plan.source(evidence.source).title)));
            let mut value: Vec<Inline> = title.into_iter().collect();
            value.push(self.cite(evidence.source, evidence.at.as_deref(), form));
            value.extend(evidence.note.as_ref().map(|note| Inline::Words(self.text(note))));
            Pair::new(self.each(|one| one.basis(evidence.basis).to_owned()), value)
        };
        self.plan.tree.node(node).evidence.iter().map(pair).collect()
    }

    /// The dial of a verdict.
    pub(super) fn dial(&self, found: Option<&Assessment>) -> Option<Block> {
        Some(Block::Dial(Dial::new(found?, self.ui)?))
    }

    /// A rule set by its name and word.
    pub(super) fn rule_short(&self, rule: crate::progress::RuleRef) -> String {
        let word = rule.word();
        self.ui.pick(format!("{} {word}", rule.label(Ui::Zh)), word.to_owned())
    }
}
