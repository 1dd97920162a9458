//! Taking things away: copies of what is under the cursor, and exports of what shows.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::compose::{Asks, Compose};
use super::super::effect::Effect;
use super::super::exporter::{Errand, ExportEnd, Matter};
use super::super::layers::{Choosing, Entry, Taken};
use super::super::ledger::Here;
use super::super::message::Message;
use super::super::model::Model;
use super::super::pages::{ExportPage, Page};
use super::{compose, lists, pages};
use crate::export::Format;
use crate::export::cite::Style;
use crate::export::format::Medium;
use crate::page::terminal::{self, Layout};
use crate::plan::Key;
use crate::plan::write_file::Existing;
use crate::text::{Bilingual, Ui};
use crate::text::{clean::one_line, clean::shown};

/// Columns of a copied card.
const COPY_COLS: usize = 80;

/// Copies the card as it is read.
pub fn copy_text(model: &mut Model) -> Vec<Effect> {
    copy(model, Bilingual::new("文本", "the text"), text)
}

pub fn copy_id(model: &mut Model) -> Vec<Effect> {
    copy(model, Bilingual::new("编号", "the id"), |model| Some(model.here()?.name.to_string()))
}

/// Copies the titles from the plan's down to the node's.
pub fn copy_path(model: &mut Model) -> Vec<Effect> {
    copy(model, Bilingual::new("路径", "the path"), path)
}

pub fn copy_markdown(model: &mut Model) -> Vec<Effect> {
    copy(model, Bilingual::new(" Markdown", "the Markdown"), |model| {
        Matter::of_node(model, model.selected()?)?.excerpt()
    })
}

/// Lets one choose the style of the citation to copy.
pub fn copy_citation(model: &mut Model) -> Vec<Effect> {
    if let Some(node) = model.selected() {
        let key = model.plan().tree.node(node).key.clone();
        lists::open(model, Choosing::Citation(key));
    }
    Vec::new()
}

/// The styles of citations; names of standards are the same in every language.
pub fn styles(node: &Key) -> Vec<Entry> {
    let entry = |(number, style): (usize, Style)| Entry {
        left: number.to_string(),
        title: match style {
            Style::Gbt7714 => "GB/T 7714-2015",
            Style::Apa => "APA 7",
            Style::Bibtex => "BibTeX",
        }
        .to_owned(),
        right: style.word().to_owned(),
        taken: Taken::Cite(node.clone(), style),
    };
    (1..).zip(Style::ALL.iter().copied()).map(entry).collect()
}

fn copy(model: &mut Model, what: Bilingual, text: impl Fn(&Model) -> Option<String>) -> Vec<Effect> {
    match text(model) {
        Some(text) => vec![Effect::Copy(text, what)],
        None => {
            model.notice = Some(Bilingual::new("这里没有可复制的", "nothing to copy here"));
            Vec::new()
        }
    }
}

/// The card as it is read.
fn text(model: &Model) -> Option<String> {
    let page = super::super::card_pane::card(model, None)?;
    let lines: Vec<String> = terminal::page(&page, &Layout::new(COPY_COLS, model.view.ui))
        .lines
        .iter()
        .map(|line| line.text().trim_end().to_owned())
        .collect();
    Some(lines.join("\n") + "\n")
}

/// Titles from the plan's down to the node's.
fn path(model: &Model) -> Option<String> {
    let plan = model.plan();
    let lang = model.view.show.main();
    let title = |text: &crate::text::Text| one_line(text.get_or_first(lang).text).into_owned();
    let nodes = plan.tree.path(model.selected()?).into_iter().map(|id| title(&plan.tree.node(id).title));
    Some(std::iter::once(title(&plan.title)).chain(nodes).collect::<Vec<_>>().join(" › "))
}

/// Lets one choose the format of an export, of what shows now.
pub fn choose_format(model: &mut Model) -> Vec<Effect> {
    if model.ledger.past.is_some() {
        model.notice = Some(Bilingual::new(
            "正在回看历史；Esc 之后再导出",
            "you are looking back; Esc first, then export",
        ));
    } else {
        lists::open(model, Choosing::ExportFormat);
    }
    Vec::new()
}

/// The formats, each with what it is for.
pub fn formats(ui: Ui) -> Vec<Entry> {
    let entry = |(number, format): (usize, Format)| Entry {
        left: format!("{number} {}", format.word()),
        title: what_for(format).get(ui).to_owned(),
        right: String::new(),
        taken: Taken::Format(format),
    };
    (1..).zip(Format::ALL.iter().copied()).map(entry).collect()
}

fn what_for(format: Format) -> Bilingual {
    match format {
        Format::Md => Bilingual::new("报告：阅读，或交给 pandoc", "a report: to read, to feed to pandoc"),
        Format::Html => Bilingual::new("报告：一个网页文件，可打印", "a report: one web page, fit to print"),
        Format::Csv => Bilingual::new("表格：一行一个节点", "a table: one node a row"),
        Format::Xlsx => {
            Bilingual::new("工作簿：节点、数值、笔记、来源", "a workbook: nodes, values, notes, sources")
        }
        Format::Docx => Bilingual::new("报告：文字处理软件", "a report for a word processor"),
        Format::Json => Bilingual::new("全部内容，供程序使用", "everything, for programs"),
        Format::Toml => {
            Bilingual::new("可再次打开的规划，连同记录", "a plan that opens again, with what was recorded")
        }
        Format::Opml => Bilingual::new("大纲软件", "for outliners"),
    }
}

/// A format was chosen: its first lines show.
pub fn preview(model: &mut Model, format: Format) -> Vec<Effect> {
    model.previews += 1;
    let number = model.previews;
    pages::open(model, Page::Export(ExportPage { format, number, lines: None, top: 0, share: None }));
    vec![Effect::Preview(format, number)]
}

pub fn told(model: &mut Model, message: Message) {
    match message {
        Message::Previewed(number, lines) => previewed(model, number, lines),
        Message::Exported(end) => exported(model, end),
        Message::ExportProgress(share) => {
            if let Some(page) = export_page(model) {
                page.share = page.share.map(|_| share);
            }
        }
        _ => {}
    }
}

/// The first lines are there. Those of a page that was left say nothing of the one that shows: its scope or plan may be another.
fn previewed(model: &mut Model, number: u64, lines: Arc<[String]>) {
    if let Some(page) = export_page(model).filter(|page| page.number == number) {
        page.lines = Some(lines);
    }
}

/// Asks where the export goes.
pub fn ask_path(model: &mut Model, format: Format) -> Vec<Effect> {
    let tree = &model.plan().tree;
    let scope = model.outline.scope().map_or(model.plan().id.to_string(), |id| tree.node(id).key.to_string());
    let name = format!("{scope}-{}.{}", model.view.as_of.day(), format.word());
    let here = Here { name: scope.as_str().into(), node: model.outline.scope() };
    let remark = Bilingual::new("相对路径从当前文件夹算起", "a relative path begins in the current folder");
    compose::open(model, Compose::line(Asks::ExportTo(format), here, &name).with_remark(remark))
}

/// Writes it there. A path may begin with the home's `~`.
pub fn export(model: &mut Model, format: Format, path: &str) -> Vec<Effect> {
    let path = path.trim();
    if path.is_empty() {
        return Vec::new();
    }
    start(model, Errand { format, path: PathBuf::from(path), over: Existing::Keep })
}

fn start(model: &mut Model, errand: Errand) -> Vec<Effect> {
    if let Some(page) = export_page(model) {
        if page.share.is_some() {
            model.notice = Some(Bilingual::new("还在写入；Esc 停止", "still being written; Esc stops it"));
            return Vec::new();
        }
        page.share = Some(0);
    }
    vec![Effect::Export(errand)]
}

/// The page of exports, whatever lies over it.
fn export_page(model: &mut Model) -> Option<&mut ExportPage> {
    model.pages.iter_mut().find_map(|page| match page {
        Page::Export(page) => Some(page),
        _ => None,
    })
}

fn exported(model: &mut Model, end: ExportEnd) {
    if let Some(page) = export_page(model) {
        page.share = None;
    }
    model.notice = Some(match end {
        ExportEnd::Written(path) => {
            // A path leaves no draft: nothing else is to be done.
            let _ = compose::saved(model, Compose::awaits_export);
            let shown = shown(&path);
            Bilingual::new(format!("已写入 {shown}"), format!("written: {shown}"))
        }
        ExportEnd::Exists(errand) => {
            let shown = shown(&errand.path);
            lists::open(model, Choosing::Overwrite(errand));
            Bilingual::new(format!("{shown} 已存在"), format!("{shown} exists already"))
        }
        ExportEnd::Stopped => Bilingual::new("已停止，没有写文件", "stopped: no file was written"),
        ExportEnd::Failed(why) => {
            compose::not_saved(model, Compose::awaits_export, &why);
            why
        }
    });
}

/// What to do with a file that is there already.
pub fn overwriting(ui: Ui) -> Vec<Entry> {
    let entry = |number: &str, said: Bilingual, over| Entry {
        left: number.to_owned(),
        title: said.get(ui).to_owned(),
        right: String::new(),
        taken: Taken::Overwrite(over),
    };
    vec![
        entry("1", Bilingual::new("换一个文件名", "another name"), Existing::Keep),
        entry("2", Bilingual::new("覆盖", "replace it"), Existing::Replace),
    ]
}

/// It was said what to do with it: that file is written over which was asked about, whatever is typed in the line by now.
pub fn overwrite(model: &mut Model, errand: Errand, over: Existing) -> Vec<Effect> {
    match over {
        Existing::Replace => {
            compose::sent(model);
            start(model, Errand { over, ..errand })
        }
        Existing::Keep => Vec::new(),
    }
}

/// What the page says in its head: format, scope, filter.
pub fn headline(model: &Model, page: &ExportPage) -> String {
    let ui = model.view.ui;
    let plan = model.plan();
    let scope = model.outline.scope().map_or(plan.id.to_string(), |id| plan.tree.node(id).key.to_string());
    let filter = model.find.standing.as_ref().map(|standing| format!(" · ⟨{}⟩", one_line(&standing.text)));
    let shown = match page.format.medium() {
        Medium::Text => "",
        Medium::Binary => ui.pick(" · 内容预览", " · its content"),
    };
    let progress =
        page.share.map(|share| ui.pick(format!(" · 写入中 {share} %"), format!(" · writing, {share} %")));
    let head = ui.pick("导出", "Export");
    format!(
        "{head} {} · {scope}{}{shown}{}",
        page.format.word(),
        filter.unwrap_or_default(),
        progress.unwrap_or_default()
    )
}
