//! The brief report: findings, a table of indicators, what changed and what is due, what is open. Nobody has to cut
//! it before it goes to those who decide.

use super::ReportBuilder;
use super::front::{is_behind, is_well};
use crate::journal::Annotations;
use crate::journal::event::NoteKind;
use crate::journal::fold::{AuthorRecords, Verdict};
use crate::page::block::{Block, Inline, Line, ListItem, Pair, Table, Words};
use crate::page::{SectionKind, ValueEntry, ValueKind};
use crate::plan::metric::{Metric, Value};
use crate::plan::{NodeId, Role, State, figure};
use crate::progress::{Assessment, Dashboard, JournalData, Reading, Trend};

/// A part of a report under a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportPart {
    /// 1 for a chapter, 2 for what is in one.
    pub level: u8,
    pub heading: Words,
    pub blocks: Vec<Block>,
}

/// So many items of a list are named; the rest is counted.
const SHOWN: usize = 12;

/// A table of indicators of more rows is divided by what they belong to.
const ONE_TABLE: usize = 30;

/// From so many values on, a chart says more than the table.
const CHARTED_VALUES: usize = 3;

impl<'p> ReportBuilder<'_, 'p> {
    /// The parts of a brief report, in order, without the sources.
    pub fn brief(&self) -> Vec<ReportPart> {
        let mut parts = vec![self.part(1, "主要发现", "Findings", self.findings())];
        parts.extend(self.indicators());
        parts.push(self.part(1, "变化与期限", "What changed and what is due", self.changes()));
        parts.push(self.part(1, "待解问题", "Open questions", self.questions()));
        let is_led = |at: usize| parts.get(at + 1).is_some_and(|next: &ReportPart| next.level > 1);
        let empty: Vec<bool> =
            (0..parts.len()).map(|at| parts[at].blocks.is_empty() && !is_led(at)).collect();
        parts.into_iter().zip(empty).filter_map(|(part, is_empty)| (!is_empty).then_some(part)).collect()
    }

    fn part(&self, level: u8, zh: &str, en: &str, blocks: Vec<Block>) -> ReportPart {
        ReportPart { level, heading: self.say(zh, en), blocks }
    }

    /// The metrics that are there for themselves.
    fn metrics(&self) -> impl Iterator<Item = (NodeId, &'p Metric)> {
        let plan = self.document.plan();
        self.whole().filter_map(|id| Some((id, plan.tree.node(id).metric.as_deref()?)))
    }

    /// Its nodes that are there for themselves.
    fn whole(&self) -> impl Iterator<Item = NodeId> {
        use crate::export::document::EntryReason::Whole;
        self.document.ids().filter(|id| self.document.part(*id) == Whole)
    }

    fn found(&self, id: NodeId) -> Option<Assessment> {
        let scene = &self.document.scene;
        scene.judge.assess_without_steps(id, &JournalData::of(scene.journal.annotations(id)))
    }

    /// How many are judged, how those stand, who needs attention.
    fn findings(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Paragraph(vec![Inline::Words(self.judged_said())])];
        let counts = self.document.rollup().map(|rollup| rollup.by_state.worst_first()).unwrap_or_default();
        let rows: Vec<Vec<Line>> = counts
            .into_iter()
            .map(|(state, count)| {
                vec![vec![self.reader.state_piece(state)], vec![Inline::Plain(count.to_string())]]
            })
            .collect();
        if !rows.is_empty() {
            let columns = vec![self.say("状态", "State"), self.say("项数", "Count")];
            blocks.push(Block::Table(Table::new(columns, rows).with_figures(&[1])));
        }
        let judged: Vec<NodeId> = self.whole().filter(|id| self.verdict(*id).is_some()).collect();
        let items = judged.iter().take(SHOWN).map(|id| self.judged_by_people(*id)).collect();
        self.list(&mut blocks, ("人的判断", "Judged by people"), items, judged.len());
        let states = &self.document.scene.states;
        for (zh, en, wanted) in [
            ("需要关注", "In need of attention", is_behind as fn(State) -> bool),
            ("符合进度或已达成", "On track or achieved", is_well),
        ] {
            let by_figures = |id: &NodeId| wanted(states.of(*id)) && self.verdict(*id).is_none();
            let ids: Vec<NodeId> = self.document.leaves().filter(by_figures).collect();
            let items = ids.iter().take(SHOWN).map(|id| self.finding(*id)).collect();
            self.list(&mut blocks, (zh, en), items, ids.len());
        }
        blocks
    }

    /// A heading with its items, and how many more there are; nothing where there are none.
    fn list(&self, blocks: &mut Vec<Block>, (zh, en): (&str, &str), items: Vec<ListItem>, all: usize) {
        if items.is_empty() {
            return;
        }
        let more = all - items.len();
        let heading = self.reader.spoken(|ui| ui.pick(format!("{zh}（{all}项）"), format!("{en} ({all})")));
        blocks.extend([Block::Heading(vec![Inline::Words(heading)]), Block::List(items)]);
        if more > 0 {
            let said = self.reader.spoken(|ui| ui.pick(format!("另有{more}项"), format!("and {more} more")));
            blocks.push(Block::Aside(vec![Inline::Words(said)]));
        }
    }

    /// The latest verdict that people gave.
    fn verdict(&self, id: NodeId) -> Option<&Verdict> {
        Some(self.document.scene.journal.annotations(id)?.verdict()?.1)
    }

    /// A node with how it stands, and why.
    fn finding(&self, id: NodeId) -> ListItem {
        let why = self.found(id).map(|found| vec![Inline::Words(self.reader.said(&found.why))]);
        let below = why.map(|why| Pair::new(Words::default(), why)).into_iter().collect();
        ListItem { below, ..self.standing(id) }
    }

    /// A node with how it stands, and what each author says of it.
    fn judged_by_people(&self, id: NodeId) -> ListItem {
        let authors = self.document.scene.journal.annotations(id).into_iter().flat_map(Annotations::authors);
        let own = |author: &AuthorRecords| {
            let verdict = author.verdict.as_ref()?;
            let mut line =
                vec![Inline::Plain(author.by.to_string()), self.reader.state_piece(verdict.status)];
            line.extend(verdict.reason.as_deref().map(|why| Inline::Plain(why.to_owned())));
            Some(Pair::new(Words::default(), line))
        };
        ListItem { below: authors.filter_map(own).collect(), ..self.standing(id) }
    }

    fn standing(&self, id: NodeId) -> ListItem {
        let title = self.reader.text(&self.document.plan().tree.node(id).title);
        let state = self.reader.state_piece(self.document.scene.states.of(id));
        ListItem { line: vec![Inline::Title(title), state], ..ListItem::default() }
    }

    /// The table of indicators; of many, a table for each branch.
    fn indicators(&self) -> Vec<ReportPart> {
        let all: Vec<(NodeId, &Metric)> = self.metrics().collect();
        if all.is_empty() {
            return Vec::new();
        }
        let is_one = all.len() <= ONE_TABLE || self.document.shape.only.is_some();
        let mut number = 0;
        if is_one {
            return vec![self.part(1, "指标", "Indicators", self.table(&all, &mut number))];
        }
        let mut parts = vec![self.part(1, "指标", "Indicators", Vec::new())];
        for group in all.chunk_by(|one, other| self.branch(one.0) == self.branch(other.0)) {
            let Some(top) = group.first().map(|(id, _)| self.branch(*id)) else { continue };
            let heading = self.reader.text(&self.document.plan().tree.node(top).title);
            parts.push(ReportPart { level: 2, heading, blocks: self.table(group, &mut number) });
        }
        parts
    }

    /// The first below the top of the document, on the way to a node, that is no mere heading.
    fn branch(&self, id: NodeId) -> NodeId {
        let tree = &self.document.plan().tree;
        let mut path: Vec<NodeId> = std::iter::once(id).chain(tree.ancestors(id)).collect();
        path.retain(|node| self.document.scope.is_none_or(|top| tree.contains(top, *node)));
        path.reverse();
        // A metric stands under what it belongs to.
        let above = path.iter().zip(path.iter().skip(1));
        let branch = above.map(|(above, node)| match tree.node(*node).role {
            Role::Group => None,
            Role::Metric => Some(*above),
            Role::Goal | Role::Action => Some(*node),
        });
        branch.flatten().next().unwrap_or(id)
    }

    fn table(&self, metrics: &[(NodeId, &'p Metric)], number: &mut usize) -> Vec<Block> {
        *number += 1;
        let rows = metrics.iter().map(|(id, metric)| self.row(*id, metric)).collect();
        let columns = [
            ("指标", "Indicator"),
            ("现值", "Latest"),
            ("时间", "When"),
            ("目标", "Target"),
            ("期限", "Due"),
            ("趋势", "Trend"),
            ("状态", "State"),
        ];
        let columns = columns.map(|(zh, en)| self.say(zh, en)).into();
        let number = *number;
        let caption = self.reader.spoken(|ui| {
            ui.pick(
                format!("表{number}　指标的现值、目标与状态"),
                format!("Table {number}. Indicators: latest value, target and state"),
            )
        });
        let mut blocks = vec![
            Block::Aside(vec![Inline::Words(caption)]),
            Block::Table(Table::new(columns, rows).with_figures(&[1, 3])),
        ];
        for (id, metric) in metrics {
            blocks.extend(self.chart(*id, metric));
        }
        blocks
    }

    fn row(&self, id: NodeId, metric: &'p Metric) -> Vec<Line> {
        let scene = &self.document.scene;
        let said = scene.journal.annotations(id);
        let (latest, target) = scene.judge.latest_and_target(id, &JournalData::of(said));
        let value = |reading: Option<Reading>| Some(reading?.origin.written(metric, said)?.value());
        let figure = |value: Option<&Value>| match value {
            None => (Vec::new(), Vec::new()),
            Some(value) => {
                let entry = ValueEntry { kind: ValueKind::Observed, value, own: None };
                let mut amount = vec![Inline::Words(self.reader.amount(metric, value))];
                let cited = value.source.filter(|_| entry.source(self.document.plan()).is_some());
                amount.extend(cited.map(|source| self.reader.cite(source, None, self.form())));
                (amount, vec![Inline::Words(self.reader.spoken(|ui| figure::when(value.when, ui)))])
            }
        };
        let (latest, at) = figure(value(latest));
        let (target, due) = figure(value(target));
        let trend = self.found(id).and_then(|found| found.trend).map(|trend| self.trend(&trend));
        vec![
            vec![Inline::Words(self.reader.text(&self.document.plan().tree.node(id).title))],
            latest,
            at,
            target,
            due,
            trend.into_iter().collect(),
            vec![self.reader.standing_piece(scene.states.of(id))],
        ]
    }

    /// Which way it went, and by how much a year.
    fn trend(&self, trend: &Trend) -> Inline {
        let number = figure::rounded(trend.per_year, figure::places_for(trend.per_year, 2));
        let sign = if trend.per_year > 0.0 { "+" } else { "" };
        Inline::Words(self.reader.spoken(|ui| {
            let turn = trend.turn.map_or("", |turn| turn.label(ui));
            ui.pick(format!("{turn}，年均{sign}{number}"), format!("{turn}, {sign}{number} a year"))
                .trim_start_matches(['，', ',', ' '])
                .to_owned()
        }))
    }

    /// The chart of a metric with enough values, and what it is of.
    fn chart(&self, id: NodeId, metric: &Metric) -> Vec<Block> {
        let Some(plot) = self.found(id).and_then(|found| self.reader.plot(&found, metric)) else {
            return Vec::new();
        };
        if plot.marks.len() < CHARTED_VALUES {
            return Vec::new();
        }
        let title = self.reader.text(&self.document.plan().tree.node(id).title);
        let title = title.wordings().iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(" / ");
        vec![Block::Plot(crate::chart::Plot { title, ..plot })]
    }

    /// What became of its nodes since the last review, what is due within a year, what is overdue.
    fn changes(&self) -> Vec<Block> {
        let scene = &self.document.scene;
        let mut board = Dashboard::new(&scene.judge, &scene.states, scene.journal);
        let is_ours = |id: NodeId| self.document.holds(id);
        board.changes.retain(|change| is_ours(change.node));
        board.due.retain(|item| is_ours(item.node));
        board.overdue.retain(|item| is_ours(item.node));
        let mut blocks = Vec::new();
        for section in self.reader.dashboard_sections(&board, &scene.states) {
            if matches!(section.kind, SectionKind::Changes | SectionKind::Due | SectionKind::Overdue) {
                blocks.push(Block::Heading(vec![Inline::Words(section.heading)]));
                blocks.extend(section.blocks.into_iter().map(without_ids));
            }
        }
        blocks
    }

    /// Questions that people asked, sources that say otherwise, and what cannot be judged and why.
    fn questions(&self) -> Vec<Block> {
        let (plan, scene) = (self.document.plan(), &self.document.scene);
        let title = |id: NodeId| Inline::Title(self.reader.text(&plan.tree.node(id).title));
        let mut asked = Vec::new();
        let mut contested = Vec::new();
        for id in self.whole() {
            let notes = scene.journal.annotations(id).into_iter().flat_map(Annotations::notes);
            for note in notes.filter(|note| note.kind == NoteKind::Question) {
                let words = Pair::new(Words::default(), vec![Inline::Plain(note.text.to_string())]);
                let line =
                    vec![title(id), Inline::Plain(note.by.to_string()), Inline::Plain(day_of(note.at))];
                asked.push(ListItem { line, below: vec![words], ..ListItem::default() });
            }
            let differ = plan.tree.node(id).conflicts().iter().filter(|conflict| conflict.source.is_some());
            let below: Vec<Pair> = differ
                .map(|conflict| {
                    Pair::new(Words::default(), vec![Inline::Words(self.reader.text(&conflict.note))])
                })
                .collect();
            if !below.is_empty() {
                contested.push(ListItem { line: vec![title(id)], below, ..ListItem::default() });
            }
        }
        let is_of_plan = self.document.scope.is_none_or(|top| plan.tree.roots().next() == Some(top));
        let mut blocks = Vec::new();
        if is_of_plan && !plan.readings.is_empty() {
            // What was seen of the plan's own document.
            blocks.extend(self.reader.reading_page().into_iter().next());
        }
        for (names, mut items) in
            [(("问题", "Questions asked"), asked), (("来源不一", "Sources differ"), contested)]
        {
            let all = items.len();
            items.truncate(SHOWN);
            self.list(&mut blocks, names, items, all);
        }
        blocks.extend(self.gaps());
        blocks
    }

    /// What cannot be judged, by the reason.
    fn gaps(&self) -> Vec<Block> {
        let (plan, states) = (self.document.plan(), &self.document.scene.states);
        let mut by_state: Vec<(State, Vec<NodeId>)> = Vec::new();
        for id in self.document.leaves().filter(|id| !states.of(*id).is_verdict()) {
            let state = states.of(id);
            match by_state.iter_mut().find(|(other, _)| *other == state) {
                Some((_, ids)) => ids.push(id),
                None => by_state.push((state, vec![id])),
            }
        }
        let pair = |(state, ids): (State, Vec<NodeId>)| {
            let label = self.reader.spoken(|ui| {
                ui.pick(
                    format!("{}（{}项）", state.label(ui), ids.len()),
                    format!("{} ({})", state.label(ui), ids.len()),
                )
            });
            let named = self.reader.each(|one| {
                let titles = ids.iter().take(SHOWN).map(|id| one.word(&plan.tree.node(*id).title));
                let more = ids.len().saturating_sub(SHOWN);
                let titles = titles.collect::<Vec<_>>().join(one.ui.pick("；", "; "));
                match more {
                    0 => titles,
                    more => {
                        one.ui.pick(format!("{titles}；另有{more}项"), format!("{titles}; and {more} more"))
                    }
                }
            });
            Pair::new(label, vec![Inline::Words(named)])
        };
        let pairs: Vec<Pair> = by_state.into_iter().map(pair).collect();
        if pairs.is_empty() {
            return Vec::new();
        }
        let heading = Inline::Words(self.say("尚不能判断", "Cannot be judged yet"));
        vec![Block::Heading(vec![heading]), Block::Pairs(pairs)]
    }
}

/// The day of a moment, where it was written.
fn day_of(at: crate::journal::ZonedInstant) -> String {
    at.day().to_string()
}

/// Details without the ids that only a full report has.
fn without_ids(block: Block) -> Block {
    let bare =
        |line: Line| line.into_iter().filter(|piece| !matches!(piece, Inline::Id(_))).collect::<Line>();
    match block {
        Block::Pairs(pairs) => Block::Pairs(
            pairs
                .into_iter()
                .map(|pair| Pair { value: bare(pair.value), more: bare(pair.more), ..pair })
                .collect(),
        ),
        block => block,
    }
}
