//! The preview of an export: scrolled, and taken to be written.

use crate::export::Format;
use crate::plan::write_file::Existing;
use crate::text::clean::shown;
use crate::text::{Bilingual, Ui};
use crate::tui::actions::compose;
use crate::tui::command::{Call, Motion};
use crate::tui::compose::{Asks, Compose};
use crate::tui::effect::Effect;
use crate::tui::export_job::{ExportEnd, ExportJob};
use crate::tui::layers::{Choosing, EntryAction, ListEntry};
use crate::tui::message::Message;
use crate::tui::model::Model;
use crate::tui::pages::export::draw::rows;
use crate::tui::pages::export::state::ExportPage;
use crate::tui::pages::keys::{self as pages, TEXT};
use crate::tui::pages::page::PageKeys;
use crate::tui::pages::screen_page::ScreenPage;
use crate::tui::view::Here;
use std::path::PathBuf;
use std::sync::Arc;

pub const KEYS: PageKeys = PageKeys {
    motion,
    take,
    keep_in_view: |model, area| {
        if let Some(ScreenPage::Export(page)) = model.pages.last_mut() {
            let lines = page.lines.as_ref().map_or(0, |lines| lines.len());
            page.top = page.top.min(lines.saturating_sub(rows(area).max(1)));
        }
    },
    // What is being written is stopped first.
    cancel: |model| match model.pages.last() {
        Some(ScreenPage::Export(page)) if page.share.is_some() => Some(vec![Effect::StopExport]),
        _ => (TEXT.cancel)(model),
    },
    ..TEXT
};

fn motion(model: &mut Model, call: Call, motion: Motion) -> bool {
    let height = model.panes.page_height();
    let Some(ScreenPage::Export(page)) = model.pages.last_mut() else { return false };
    let lines = page.lines.as_ref().map_or(0, |lines| lines.len());
    let last = lines.saturating_sub(height.max(1));
    page.top = motion.target(call, page.top, last + 1, height).min(last);
    true
}

/// Asks where it is to be written.
fn take(model: &mut Model) -> Vec<Effect> {
    let Some(ScreenPage::Export(page)) = model.pages.last() else { return Vec::new() };
    let format = page.format;
    ask_path(model, format)
}

/// Lets one choose the format of an export, of what shows now.
pub fn choose_format(model: &mut Model) -> Vec<Effect> {
    if model.journal_view.past.is_some() {
        model.notice = Some(Bilingual::new(
            "正在回看历史；Esc 之后再导出",
            "you are looking back; Esc first, then export",
        ));
    } else {
        model.open_list(Choosing::ExportFormat);
    }
    Vec::new()
}

/// The formats, each with what it is for.
pub fn formats(ui: Ui) -> Vec<ListEntry> {
    let entry = |(number, format): (usize, Format)| ListEntry {
        left: format!("{number} {}", format.word()),
        title: what_for(format).get(ui).to_owned(),
        right: String::new(),
        taken: EntryAction::Format(format),
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
    pages::open(model, ScreenPage::Export(ExportPage { format, number, lines: None, top: 0, share: None }));
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

/// The first lines are there. Those of a page that was left say nothing of the one that shows: its scope or
/// plan may be another.
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
    start(model, ExportJob { format, path: PathBuf::from(path), over: Existing::Keep })
}

fn start(model: &mut Model, errand: ExportJob) -> Vec<Effect> {
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
        ScreenPage::Export(page) => Some(page),
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
            model.open_list(Choosing::Overwrite(errand));
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
pub fn overwriting(ui: Ui) -> Vec<ListEntry> {
    let entry = |number: &str, said: Bilingual, over| ListEntry {
        left: number.to_owned(),
        title: said.get(ui).to_owned(),
        right: String::new(),
        taken: EntryAction::Overwrite(over),
    };
    vec![
        entry("1", Bilingual::new("换一个文件名", "another name"), Existing::Keep),
        entry("2", Bilingual::new("覆盖", "replace it"), Existing::Replace),
    ]
}

/// It was said what to do with it: that file is written over which was asked about, whatever is typed in the
/// line by now.
pub fn overwrite(model: &mut Model, errand: ExportJob, over: Existing) -> Vec<Effect> {
    match over {
        Existing::Replace => {
            compose::sent(model);
            start(model, ExportJob { over, ..errand })
        }
        Existing::Keep => Vec::new(),
    }
}
