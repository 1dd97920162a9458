//! The answer for people.

use std::io::{self, Write};

use crate::cli::failure::Stop;
use crate::cli::open::OpenPlan;
use crate::cli::output::Output;
use crate::export::mark::{FigureMark, SaidMark};
use crate::export::verify::{
    EditCheck, EditPlace, FileDifference, FileEdit, MOST_EDITS, Moved, NodeChange, NodeFate, RerunBody,
    StampClaim, Verification,
};
use crate::page::ValueKind;
use crate::plan::metric::{Bound, Stage};
use crate::plan::{NodeId, State, figure};
use crate::text::Ui;
use crate::text::clean::one_line;
use crate::text::counted;

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
    words.edit(out)?;
    words.result(out)?;
    for change in &found.changes {
        words.change(out, change)?;
    }
    Ok(words.sum(out)?)
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

    /// All of it in a line, the last.
    fn sum(&self, out: &mut Output) -> io::Result<()> {
        let (ui, found) = (self.ui, self.found);
        let edit = match &found.edit {
            _ if found.is_edited() => ui.pick("文件被改动过", "the file was edited"),
            EditCheck::LineEnds => ui.pick(
                "文件未被改动，只有换行或文件头标记不同",
                "not edited, only its line ends or byte order mark are others",
            ),
            EditCheck::ChartsUnknown => ui.pick(
                "文字未被改动，图表无法核对",
                "its texts were not edited, its charts cannot be checked",
            ),
            EditCheck::Unknown => ui.pick("是否被改动无法核对", "whether it was edited cannot be checked"),
            EditCheck::Untouched | EditCheck::Edited(_) => ui.pick("文件未被改动", "not edited"),
        };
        let is_changed = !found.changes.is_empty()
            || !found.is_edited() && matches!(found.body, RerunBody::Differs { .. });
        let since = if found.is_unchecked() {
            ui.pick("此后有无变化无法核对", "what has changed since cannot be checked")
        } else if is_changed {
            ui.pick("此后有变化", "changed since")
        } else {
            ui.pick("此后未变", "unchanged since")
        };
        let (label, comma) = ui.pick(("结论：", "；"), ("in sum: ", "; "));
        writeln!(out, "\n{label}{edit}{comma}{since}")
    }

    /// Whether the file was edited, which is answered by the file alone.
    fn edit(&self, out: &mut Output) -> io::Result<()> {
        let ui = self.ui;
        let label = ui.pick("  文件自身：", "  the file itself: ");
        let said = match &self.found.edit {
            EditCheck::Untouched => ui.pick("导出后未被改动", "not edited since it was written"),
            EditCheck::LineEnds => ui.pick(
                "只有换行或文件头标记与导出时不同，内容未动",
                "only its line ends or byte order mark are others, no content was edited",
            ),
            EditCheck::Edited(_) => ui.pick("导出后被改动过", "edited after it was written"),
            EditCheck::ChartsUnknown => ui.pick(
                "文字导出后未被改动；另一程序另存过，图表所绘无法核对，请以表格为准",
                "no text was edited since it was written; another program saved it, and what its charts draw cannot be checked: the tables hold",
            ),
            EditCheck::Unknown if self.found.is_edited() => ui.pick(
                "导出后被改动，或由其他程序另存过",
                "edited or saved by another program after it was written",
            ),
            EditCheck::Unknown => ui.pick(
                "无法核对是否被改动（由较早的版本写成，不带摘要值）",
                "whether it was edited cannot be checked: an earlier version wrote it, without a digest",
            ),
        };
        writeln!(out, "{label}{said}")?;
        let EditCheck::Edited(edits) = &self.found.edit else { return Ok(()) };
        for edit in edits.iter().take(MOST_EDITS) {
            self.one_edit(out, edit)?;
        }
        let more = edits.len().saturating_sub(MOST_EDITS);
        if more > 0 {
            writeln!(out, "    {}", ui.pick(format!("另有{more}处"), format!("and {more} more")))?;
        }
        let said = if self.found.is_placed {
            return Ok(());
        } else if self.claim.is_templated {
            ui.pick(
                "文件由自备的模板写成，无法重做，所以无法指出改动之处",
                "where cannot be said: a template wrote it, and it cannot be made again",
            )
        } else if edits.is_empty() {
            ui.pick(
                "规划、记录、时点、规则或程序已变，无法指出改动之处；用 --plan、--journal 指向当时的文件可逐处列出",
                "where cannot be said, since the plan, the journal, the moment, the rule or the program is another: give --plan and --journal of that time to have each place named",
            )
        } else {
            ui.pick(
                "以上是此后未变的节点中的改动；在已变的节点和文件开头，改动与变化无法区分",
                "these are in nodes that have not changed since; in those that have, and in the head, an edit cannot be told from a change",
            )
        };
        writeln!(out, "    {said}")
    }

    fn one_edit(&self, out: &mut Output, edit: &FileEdit) -> io::Result<()> {
        let ui = self.ui;
        let place = match &edit.place {
            EditPlace::Line(line) => ui.pick(format!("第{line}行"), format!("line {line}")),
            EditPlace::Charts => ui.pick("图表", "charts").to_owned(),
            EditPlace::Paragraph(paragraph) => {
                ui.pick(format!("第{paragraph}段"), format!("paragraph {paragraph}"))
            }
            EditPlace::Cell(cell) => one_line(cell).into_owned(),
        };
        let node = edit.node.as_deref().map(|id| format!(" · {}", one_line(id))).unwrap_or_default();
        let (was, now) = (one_line(&edit.was), one_line(&edit.now));
        let same = was.chars().zip(now.chars()).take_while(|(one, other)| one == other).count();
        let text = |text: &str| match text {
            "" => ui.pick("（无）", "(nothing)").to_owned(),
            text => excerpt(text, same),
        };
        writeln!(out, "    {place}{node}: {} → {}", text(&was), text(&now))
    }

    /// What has changed in plan and journal since, as far as the file speaks of it.
    fn result(&self, out: &mut Output) -> io::Result<()> {
        let (ui, found) = (self.ui, self.found);
        let (nodes, changed) = (found.nodes, found.changes.len());
        let moved = found.plan.is_some() || found.journal.is_some();
        let is_compared = !found.is_edited() && matches!(found.body, RerunBody::Differs { .. });
        let line = if found.is_unchecked() {
            ui.pick(
                "此后有无变化无法核对：换了时点、规则或程序版本，而这种格式不逐个节点记录".to_owned(),
                "whether anything has changed since cannot be checked: another moment, rule or version, and this format says nothing node by node".to_owned(),
            )
        } else if is_compared && !found.has_marks {
            ui.pick(
                "此后有变化；这种格式不逐个节点记录，无法指出哪些节点".to_owned(),
                "changed since; this format says nothing node by node, so which nodes cannot be told"
                    .to_owned(),
            )
        } else if changed > 0 {
            ui.pick(
                format!("此后有变化：{changed}个节点（文件中{nodes}个）"),
                format!("changed since: {} (the file has {nodes})", counted(changed, "node")),
            )
        } else if is_compared {
            ui.pick(
                "此后有变化：各节点未变，总体情况、来源、术语或无主的记录有变".to_owned(),
                "changed since: no node, but the overview, sources, terms or orphans".to_owned(),
            )
        } else if moved {
            ui.pick(
                format!("此后未变：规划或记录在别处有变化，不涉及本文件（{nodes}个节点）"),
                format!("unchanged since: the plan or the journal has changed elsewhere, nothing in this file ({})", counted(nodes, "node")),
            )
        } else {
            ui.pick(
                format!("此后未变：{nodes}个节点的状态、数值与内容一致"),
                format!("unchanged since: states, figures and content of {}", counted(nodes, "node")),
            )
        };
        writeln!(out, "{line}")
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

/// The part of a text around a character, short enough for a line.
fn excerpt(text: &str, around: usize) -> String {
    const BEFORE: usize = 30;
    const MOST_CHARS: usize = 80;
    let skipped = around.saturating_sub(BEFORE);
    let mut chars = text.chars().skip(skipped);
    let shown: String = chars.by_ref().take(MOST_CHARS).collect();
    let (head, tail) = (if skipped > 0 { "…" } else { "" }, if chars.next().is_some() { "…" } else { "" });
    format!("{head}{shown}{tail}")
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
