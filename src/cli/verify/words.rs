//! The answer for people.

use std::io::{self, Write};

use crate::cli::failure::Stop;
use crate::cli::open::OpenPlan;
use crate::cli::output::{Output, counted};
use crate::export::format::Medium;
use crate::export::mark::{FigureMark, SaidMark};
use crate::export::verify::{
    FileDifference, Moved, NodeChange, NodeFate, RerunBody, StampClaim, Verification,
};
use crate::page::ValueKind;
use crate::plan::metric::{Bound, Stage};
use crate::plan::{NodeId, State, figure};
use crate::text::Ui;
use crate::text::clean::one_line;

/// What the file is, whether what it was made from is still there, and what has changed.
pub(super) fn write(
    out: &mut Output,
    opened: &OpenPlan,
    ui: Ui,
    file: &str,
    claim: &StampClaim,
    found: &Verification,
) -> Result<(), Stop> {
    let words = VerifyWords { opened, ui, claim, found };
    words.head(out, file)?;
    words.result(out)?;
    for change in &found.changes {
        words.change(out, change)?;
    }
    Ok(())
}

struct VerifyWords<'a> {
    opened: &'a OpenPlan,
    ui: Ui,
    claim: &'a StampClaim,
    found: &'a Verification,
}

impl VerifyWords<'_> {
    fn head(&self, out: &mut Output, file: &str) -> io::Result<()> {
        let stamp = &self.claim.stamp;
        let format = self.claim.format.word();
        let [as_of, rule, tool] =
            [&stamp.as_of, &stamp.rule.said(), &stamp.tool].map(|text| one_line(text).into_owned());
        let scope = stamp.scope.as_deref().map(|id| one_line(id).into_owned());
        let scope = scope.unwrap_or_else(|| self.ui.pick("整份规划", "the whole plan").to_owned());
        let filter = stamp.filter.as_deref().map(|query| one_line(query).into_owned());
        let filter =
            filter.map(|query| self.ui.pick(format!("，筛选“{query}”"), format!(", filter “{query}”")));
        let filter = filter.unwrap_or_default();
        let line = self.ui.pick(
            format!("{file}：{format}，{scope}{filter}，截至 {as_of}，规则 {rule}，{tool}"),
            format!("{file}: {format}, {scope}{filter}, as of {as_of}, rule {rule}, {tool}"),
        );
        writeln!(out, "{line}")?;
        let moved = [
            (("规划文件", "plan's files"), &self.found.plan),
            (("记录", "journal"), &self.found.journal),
            (("程序", "program"), &self.found.tool),
            (("截至", "as of"), &self.found.as_of),
            (("规则", "rule"), &self.found.rule),
        ];
        for (at, ((zh, en), moved)) in moved.into_iter().enumerate() {
            let (label, colon) = self.ui.pick((zh, "："), (en, ": "));
            match moved {
                Some(Moved { was, now }) => {
                    writeln!(out, "  {label}{colon}{} → {}", one_line(was), one_line(now))?;
                }
                // Of the rest only what is another is worth a line.
                None if at < 2 => writeln!(out, "  {label}{colon}{}", self.ui.pick("未变", "unchanged"))?,
                None => {}
            }
        }
        Ok(())
    }

    fn result(&self, out: &mut Output) -> io::Result<()> {
        let (ui, found) = (self.ui, self.found);
        let (nodes, changed) = (found.nodes, found.changes.len());
        let moved = found.plan.is_some() || found.journal.is_some();
        let line = match (found.changes.is_empty(), found.body) {
            (true, RerunBody::Same) if moved => ui.pick(
                format!("相同：规划或记录在别处有变化，不涉及本文件（{nodes}个节点）"),
                format!("the same: the plan or the journal has changed elsewhere, nothing in this file ({})", counted(nodes, "node")),
            ),
            (true, RerunBody::Same) => ui.pick(
                format!("相同：逐字节与重新导出的一致（{nodes}个节点）"),
                format!("the same, byte for byte, as a new export ({})", counted(nodes, "node")),
            ),
            (true, RerunBody::NotCompared) => ui.pick(
                format!("相同：{nodes}个节点的状态、数值与内容一致；未逐字节比较"),
                format!("the same: states, figures and content of {}; bytes were not compared", counted(nodes, "node")),
            ),
            (true, RerunBody::Differs { line }) if found.is_edited() => self.edited(line),
            (true, RerunBody::Differs { line }) => ui.pick(
                format!(
                    "不同：各节点未变，其他部分（总体情况、来源、术语、无主的记录）有变化，或文件被改动过{}",
                    from(line, ui)
                ),
                format!(
                    "different: no node has changed; something else has (the overview, sources, terms, orphans), or the file was edited{}",
                    from(line, ui)
                ),
            ),
            (false, body) => {
                if let RerunBody::Differs { line } = body && found.is_edited() {
                    writeln!(out, "{}", self.edited(line))?;
                }
                ui.pick(
                    format!("不同：{changed}个节点有变化（文件中{nodes}个）"),
                    format!("different: {} changed (the file has {nodes})", counted(changed, "node")),
                )
            }
        };
        writeln!(out, "{line}")
    }

    /// Made from what there is, and not what is made from it.
    fn edited(&self, line: Option<usize>) -> String {
        let from = from(line, self.ui);
        match self.claim.format.medium() {
            Medium::Text => self.ui.pick(
                format!("不同：规划和记录未变，而文件在导出之后被改动过{from}"),
                format!("different: plan and journal are unchanged, and the file was edited after it was exported{from}"),
            ),
            Medium::Binary => self.ui.pick(
                "不同：规划和记录未变，而文件在导出之后被改动，或由其他程序另存过".to_owned(),
                "different: plan and journal are unchanged, and the file was edited or saved by another program after it was exported".to_owned(),
            ),
        }
    }

    fn change(&self, out: &mut Output, change: &NodeChange) -> io::Result<()> {
        let ui = self.ui;
        let id = one_line(&change.id);
        let renamed =
            change.renamed.as_deref().map(|now| format!(" → {}", one_line(now))).unwrap_or_default();
        let title = change.node.map(|id| format!(" {}", self.title(id))).unwrap_or_default();
        let id = format!("{id}{renamed}");
        writeln!(out, "\n{}{title}", out.ink.strong(&id))?;
        let differences = match &change.fate {
            NodeFate::New => {
                return writeln!(out, "  {}", ui.pick("文件中没有，现在有", "not in the file, is there now"));
            }
            NodeFate::LeftPlan => return writeln!(out, "  {}", ui.pick("已不在规划中", "has left the plan")),
            NodeFate::LeftScope => {
                return writeln!(out, "  {}", ui.pick("已不在该范围内", "is no longer in the scope"));
            }
            NodeFate::LeftFilter => {
                return writeln!(out, "  {}", ui.pick("筛选不再匹配", "the filter no longer finds it"));
            }
            NodeFate::Differs(differences) => differences,
        };
        for difference in differences {
            writeln!(out, "  {}", self.difference(change.node, difference))?;
        }
        Ok(())
    }

    fn title(&self, id: NodeId) -> String {
        let title = &self.opened.plan().tree.node(id).title;
        one_line(title.get_or_first(self.opened.show.main()).text).into_owned()
    }

    fn difference(&self, node: Option<NodeId>, difference: &FileDifference) -> String {
        let ui = self.ui;
        let colon = ui.pick("：", ": ");
        let none = || figure::NONE.to_owned();
        match difference {
            FileDifference::State { was, now } => {
                format!("{}{colon}{} → {}", ui.pick("状态", "state"), state(was, ui), state(now, ui))
            }
            FileDifference::Computed { was, now } => {
                let [was, now] =
                    [was, now].map(|word| word.as_deref().map_or_else(none, |word| state(word, ui)));
                format!("{}{colon}{was} → {now}", ui.pick("计算结论", "computed"))
            }
            FileDifference::Pace { was, now } => {
                let [was, now] = [was, now]
                    .map(|pace| pace.as_deref().map_or_else(none, |pace| one_line(pace).into_owned()));
                format!("{}{colon}{was} → {now}", ui.pick("规则的数值", "the rule's number"))
            }
            FileDifference::Figure { was, now } => self.figure(node, was.as_ref(), now.as_ref()),
            FileDifference::Said { by, was, now } => {
                let [was, now] =
                    [was, now].map(|said| said.as_ref().map_or_else(none, |said| spoke(said, ui)));
                format!("{}{colon}{was} → {now}", one_line(by))
            }
            FileDifference::Rest => ui
                .pick(
                    "其他内容有变化：文字、笔记、标签、关联或下级汇总",
                    "something else differs: words, notes, tags, links or the roll-up of what is below",
                )
                .to_owned(),
        }
    }

    fn figure(&self, node: Option<NodeId>, was: Option<&FigureMark>, now: Option<&FigureMark>) -> String {
        let ui = self.ui;
        let Some(either) = was.or(now) else { return String::new() };
        let colon = ui.pick("：", ": ");
        let with_source = was.zip(now).is_none_or(|(was, now)| was.source != now.source);
        let amount = |figure: &FigureMark| self.amount(node, figure, with_source);
        let what = match (was, now) {
            (Some(was), Some(now)) => format!("{} → {}", amount(was), amount(now)),
            (Some(was), None) => format!("{} → {}", amount(was), ui.pick("已无", "gone")),
            (None, _) => format!("{} {}", ui.pick("新增", "new,"), amount(either)),
        };
        let by = either.by.as_deref().map(|by| format!(" {}", one_line(by))).unwrap_or_default();
        format!("{} {}{by}{colon}{what}", kind(&either.kind, ui), when(&either.when, ui))
    }

    fn amount(&self, node: Option<NodeId>, mark: &FigureMark, with_source: bool) -> String {
        let ui = self.ui;
        let metric = node.and_then(|id| self.opened.plan().tree.node(id).metric.as_deref());
        let unit = metric.map(|metric| one_line(metric.unit.get_or_first(self.opened.show.main()).text));
        let amount = one_line(&mark.amount).replace("..", ui.pick("—", "–"));
        let bare = match Stage::parse(&amount) {
            Some(stage) => figure::stage(stage, ui).to_owned(),
            None if amount.is_empty() => figure::NONE.to_owned(),
            None => figure::with_unit(&amount, unit.as_deref().unwrap_or_default(), ui),
        };
        let bound = mark.bound.as_deref().and_then(Bound::parse).unwrap_or(Bound::Exact);
        let mut said = figure::bounded(&bare, bound, ui);
        if mark.force.is_some() {
            said = ui.pick(format!("力争 {said}"), format!("striving for {said}"));
        }
        match mark.source.as_deref().filter(|_| with_source) {
            Some(source) => format!("{said} [{}]", one_line(source)),
            None => said,
        }
    }
}

/// From which line on, where lines are known.
fn from(line: Option<usize>, ui: Ui) -> String {
    line.map(|line| ui.pick(format!("（自第{line}行起）"), format!(" (from line {line} on)")))
        .unwrap_or_default()
}

/// A state by its glyph and name; a word of a newer version as it is.
fn state(word: &str, ui: Ui) -> String {
    match State::parse(word) {
        Some(state) => state.signed(ui),
        None => one_line(word).into_owned(),
    }
}

fn spoke(said: &SaidMark, ui: Ui) -> String {
    let status = said.status.as_deref().map(|word| state(word, ui));
    let progress = said.progress.map(|share| format!("{share}%"));
    status.into_iter().chain(progress).collect::<Vec<_>>().join(ui.pick("，", ", "))
}

fn kind(word: &str, ui: Ui) -> String {
    let kinds = [ValueKind::Baseline, ValueKind::Observed, ValueKind::Target, ValueKind::Comparator];
    let found = kinds.into_iter().find(|kind| kind.word() == word);
    found.map_or_else(|| one_line(word).into_owned(), |kind| kind.label(ui).to_owned())
}

fn when(word: &str, ui: Ui) -> String {
    match (word, word.strip_prefix("announced ")) {
        ("undated", _) => ui.pick("未注明时间", "undated").to_owned(),
        ("", _) => ui.pick("时间不详", "time not stated").to_owned(),
        (_, Some(day)) => ui.pick(format!("{} 公布", one_line(day)), format!("announced {}", one_line(day))),
        (other, None) => one_line(other).into_owned(),
    }
}
