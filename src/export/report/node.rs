//! A node in words.

use super::{Block, Line, NodeReport, Pair, Piece, Report, Section, Table};
use crate::export::document::{LinkEntry, NodeEntry, Part, Tie};
use crate::page::{Field, SectionKind};
use crate::plan::figure;
use crate::plan::metric::Basis;
use crate::progress::{Assessment, Interval};
use crate::text::words::Word;
use crate::text::{Text, Ui};

impl<'p> Report<'_, 'p> {
    /// A node with all that is said of it; of one that is only above a match, its name and state.
    pub fn node(&self, entry: &NodeEntry<'p>) -> NodeReport {
        let part = self.document.part(entry.id);
        NodeReport {
            depth: self.document.depth(entry.id),
            part,
            mark: entry.level.mark.to_string(),
            level: self.text(&entry.level.label),
            title: self.text(&entry.node.title),
            id: entry.node.key.to_string(),
            state: entry.state,
            stands: self.state(entry.state),
            sections: if part == Part::Whole { self.sections(entry) } else { Vec::new() },
        }
    }

    fn sections(&self, entry: &NodeEntry<'p>) -> Vec<Section> {
        let mut about: Vec<Block> = Vec::new();
        about.extend(entry.node.summary.as_ref().map(|text| self.paragraph(text)));
        about.extend(pairs(self.about(entry)));
        let sections = [
            (SectionKind::About, about),
            (SectionKind::State, self.state_blocks(entry)),
            (SectionKind::Values, self.value_blocks(entry)),
            (SectionKind::People, entry.said.map(|said| self.people(said)).unwrap_or_default()),
            (SectionKind::Notes, entry.said.map(|said| self.notes(said)).unwrap_or_default()),
            (SectionKind::Links, pairs(self.links(entry))),
            (SectionKind::Conflicts, pairs(self.conflicts(entry))),
            (SectionKind::Terms, pairs(self.terms(entry))),
            (SectionKind::Evidence, pairs(self.evidence(entry))),
        ];
        let section = |(kind, blocks): (SectionKind, Vec<Block>)| {
            (!blocks.is_empty()).then(|| Section { kind, heading: self.heading(kind), blocks })
        };
        sections.into_iter().filter_map(section).collect()
    }

    pub(super) fn heading(&self, kind: SectionKind) -> super::Words {
        self.spoken(|ui| kind.label(ui).to_owned())
    }

    fn paragraph(&self, text: &Text) -> Block {
        Block::Paragraph(vec![Piece::Words(self.text(text))])
    }

    /// The card's details, and what only reports say.
    pub(in crate::export) fn about(&self, entry: &NodeEntry<'p>) -> Vec<Pair> {
        let is_pair = |field: &Field| matches!(field, Field::Pair { .. });
        let mut all = self.fields(|reader| reader.about(entry.id).into_iter().filter(is_pair).collect());
        let aliases: Vec<&str> = entry.node.aliases().iter().map(crate::plan::Key::as_str).collect();
        if !aliases.is_empty() {
            all.push(self.pair("曾用 id", "earlier ids", vec![Piece::Plain(aliases.join(" · "))]));
        }
        all
    }

    fn state_blocks(&self, entry: &NodeEntry<'p>) -> Vec<Block> {
        let mut stands = vec![self.pair("状态", "state", vec![self.state_piece(entry.state)])];
        let mut blocks = Vec::new();
        if let Some(found) = &entry.assessment {
            if found.state != entry.state {
                stands.push(self.pair("计算结论", "computed", vec![self.state_piece(found.state)]));
            }
            stands.push(self.pair("理由", "why", vec![Piece::Words(self.said(&found.why))]));
            stands.extend(self.numbers(found));
            blocks.extend(self.arithmetic(entry, found));
        }
        if entry.node.judging() == crate::plan::node::Judging::PeopleOnly {
            let words = self.say("只由人判断，不计算", "by people only; none is computed");
            stands.push(self.pair("判断", "verdict", vec![Piece::Words(words)]));
        }
        let mut rollup = entry.rollup.iter().flat_map(|rollup| self.rollup(rollup)).collect::<Vec<_>>();
        if let Some(Block::Pairs(below)) = rollup.first_mut() {
            stands.append(below);
            rollup.remove(0);
        }
        blocks.insert(0, Block::Pairs(stands));
        blocks.append(&mut rollup);
        blocks
    }

    /// What the verdict rests on, and what to beware of.
    fn numbers(&self, found: &Assessment) -> Vec<Pair> {
        let rule = found.rule;
        let by = Piece::Words(self.spoken(|ui| rule.label(ui).to_owned()));
        let mut all = vec![self.pair("规则", "rule", vec![by])];
        let ends = |number: Interval| {
            number.ends().map(|end| figure::rounded(end, 3)).collect::<Vec<_>>().join(" … ")
        };
        let numbers = [
            ("序时进度 ρ", "pace ρ", found.pace),
            ("完成份额 P", "progress share P", found.progress_share),
            ("时间份额 E", "time share E", found.time_share),
        ];
        for (zh, en, number) in numbers {
            all.extend(number.map(|number| self.pair(zh, en, vec![Piece::Plain(ends(number))])));
        }
        // A year in groups of three digits would not read as one.
        let year = |at: f64| format!("{at:.1}");
        all.extend(found.landing.map(|landing| {
            let at = landing.ends().map(year).collect::<Vec<_>>().join(" … ");
            self.pair("按此速度达到", "arrival at this pace", vec![Piece::Plain(at)])
        }));
        if !found.flags.is_empty() {
            let flags = |ui: Ui| {
                let flag = |flag: &crate::progress::Flag| format!("{} {}", flag.glyph(), flag.label(ui));
                found.flags.iter().map(flag).collect::<Vec<_>>().join(ui.pick("、", ", "))
            };
            all.push(self.pair("注意", "beware", vec![Piece::Words(self.spoken(flags))]));
        }
        all
    }

    /// The arithmetic line by line, and what the other rule sets say.
    fn arithmetic(&self, entry: &NodeEntry<'p>, found: &Assessment) -> Vec<Block> {
        let mut blocks = Vec::new();
        let plain = |text: String| vec![Piece::Plain(text)];
        let rows: Vec<Vec<Line>> = entry
            .steps(&self.document.scene)
            .iter()
            .map(|step| {
                let value = match (step.value, step.lack) {
                    (Some(value), _) => plain(self.reckoned(step.term, value)),
                    (None, Some(lack)) => vec![Piece::Words(self.said(&lack.said()))],
                    (None, None) => plain(figure::NONE.to_owned()),
                };
                let mut name = plain(step.term.symbol().to_owned());
                name.push(Piece::Words(self.said(&step.term.title())));
                vec![name, plain(step.formula.clone()), value]
            })
            .collect();
        if !rows.is_empty() {
            let columns =
                vec![self.say("步骤", "Step"), self.say("算式", "Formula"), self.say("结果", "Result")];
            blocks.push(Block::Table(Table::new(columns, rows)));
        }
        if found.by_rule.iter().any(|by| by.value.is_some()) {
            let rows = found.by_rule.iter().map(|by| {
                let value = by.value.map_or(figure::NONE.to_owned(), |value| {
                    value.ends().map(|end| figure::rounded(end, 3)).collect::<Vec<_>>().join(" … ")
                });
                let rule = self.spoken(|ui| format!("{} {}", by.rule.label(ui), by.rule.symbol()));
                vec![vec![Piece::Words(rule)], vec![self.state_piece(by.state)], plain(value)]
            });
            let columns =
                vec![self.say("规则", "Rule"), self.say("结论", "Verdict"), self.say("数值", "Number")];
            blocks.push(Block::Table(Table::new(columns, rows.collect())));
        }
        blocks
    }

    fn reckoned(&self, term: crate::progress::Term, value: Interval) -> String {
        let one = |number: f64| match term {
            crate::progress::Term::Landing => format!("{number:.1}"),
            _ => figure::rounded(number, 4),
        };
        value.ends().map(one).collect::<Vec<_>>().join(" … ")
    }

    /// Ties to others. What a node serves through its parent is said at the top of the document only: below it, its parent says it.
    pub(in crate::export) fn links(&self, entry: &NodeEntry<'p>) -> Vec<Pair> {
        let top = self.document.depth(entry.id) == 0;
        let shown = entry.links.iter().filter(|link| top || link.tie != Tie::ServesThroughParent);
        shown.map(|link| self.link(link)).collect()
    }

    fn link(&self, link: &LinkEntry<'p>) -> Pair {
        let (zh, en) = match link.tie {
            Tie::Parent => ("上级", "parent"),
            Tie::Serves => ("服务", "serves"),
            Tie::ServesThroughParent => ("服务（随上级）", "serves (through its parent)"),
            Tie::PartOf => ("属于", "part of"),
            Tie::ServedBy => ("被服务", "served by"),
        };
        let mut value = self.node_line(link.to);
        value.extend(self.known(link.basis));
        value.extend(link.note.map(|note| Piece::Words(self.text(note))));
        self.pair(zh, en, value)
    }

    /// How a thing is known, where it is not simply stated.
    pub(super) fn known(&self, basis: Basis) -> Option<Piece> {
        (basis != Basis::Stated).then(|| Piece::Words(self.each(|reader| reader.basis(basis).to_owned())))
    }

    pub(in crate::export) fn conflicts(&self, entry: &NodeEntry<'p>) -> Vec<Pair> {
        let pair = |conflict: &crate::plan::node::Conflict| {
            let mut value = vec![Piece::Words(self.text(&conflict.note))];
            value.extend(conflict.source.map(|source| self.cite(source, conflict.at.as_deref())));
            self.pair("另有说法", "said otherwise", value)
        };
        entry.node.conflicts().iter().map(pair).collect()
    }

    pub(in crate::export) fn terms(&self, entry: &NodeEntry<'p>) -> Vec<Pair> {
        let plan = self.document.plan();
        let mut all = self.fields(|reader| reader.terms(entry.id));
        for (pair, used) in all.iter_mut().zip(entry.node.terms()) {
            let evidence = &plan.term(used.term).evidence;
            pair.value.extend(evidence.iter().map(|one| self.cite(one.source, one.at.as_deref())));
        }
        all
    }

    pub(in crate::export) fn evidence(&self, entry: &NodeEntry<'p>) -> Vec<Pair> {
        let pair = |evidence: &crate::plan::node::Evidence| {
            let source = self.document.plan().source(evidence.source);
            let mut value = vec![
                Piece::Words(self.text(&source.title)),
                self.cite(evidence.source, evidence.at.as_deref()),
            ];
            value.extend(evidence.note.as_ref().map(|note| Piece::Words(self.text(note))));
            Pair::new(self.each(|reader| reader.basis(evidence.basis).to_owned()), value)
        };
        entry.node.evidence.iter().map(pair).collect()
    }

    /// The kind of a note and such, in the program's words.
    pub(in crate::export) fn kind(&self, kind: crate::journal::NoteKind) -> Piece {
        let said = kind.wording().labels();
        Piece::Words(self.said(&said))
    }
}

fn pairs(pairs: Vec<Pair>) -> Vec<Block> {
    if pairs.is_empty() { Vec::new() } else { vec![Block::Pairs(pairs)] }
}
