//! Taking things away: copies of what is under the cursor, and exports of what shows.

use super::super::effect::Effect;
use super::super::exporter::ExportSnapshot;
use super::super::layers::{Choosing, EntryAction, ListEntry};
use super::super::model::Model;
use crate::export::cite::Style;
use crate::page::terminal::{self, Layout};
use crate::plan::Key;
use crate::text::Bilingual;
use crate::text::clean::one_line;
use crate::text::words::VocabularyWord;

/// Columns of a copied card: more than any paragraph has, so that where it is pasted decides where lines break.
const COPY_COLS: usize = 1 << 20;

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
        ExportSnapshot::of_node(model, model.selected()?)?.excerpt()
    })
}

/// Lets one choose the style of the citation to copy.
pub fn copy_citation(model: &mut Model) -> Vec<Effect> {
    if let Some(node) = model.selected() {
        let key = model.plan().tree.node(node).key.clone();
        model.open_list(Choosing::Citation(key));
    }
    Vec::new()
}

/// The styles of citations; names of standards are the same in every language.
pub fn styles(node: &Key) -> Vec<ListEntry> {
    let entry = |(number, style): (usize, Style)| ListEntry {
        left: number.to_string(),
        title: style.wording().en.to_owned(),
        right: style.word().to_owned(),
        taken: EntryAction::Cite(node.clone(), style),
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
