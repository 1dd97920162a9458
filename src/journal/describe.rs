//! Records in words, for undo, the log and the card.

use jiff::civil::Date;

use super::book::{Book, RecordIndex};
use super::event::{Event, NoteKind, RecordedAmount, RecordedFigure, SessionMark};
use super::record::{Record, ZonedInstant};
use crate::plan::State;
use crate::plan::figure;
use crate::plan::metric::Decimal;
use crate::text::clean::one_line;
use crate::text::columns::reach;
use crate::text::{Bilingual, Ui};

/// A verdict as it is always shown: sign and word.
pub fn state(state: State, ui: Ui) -> String {
    state.signed(ui)
}

/// The time of day, with the date where that is not `today`.
pub fn time(at: ZonedInstant, today: Date) -> String {
    let there = at.offset.to_datetime(at.instant);
    let clock = format!("{:02}:{:02}", there.hour(), there.minute());
    if there.date() == today { clock } else { format!("{} {clock}", there.date()) }
}

/// Longest quotation of a note, in characters.
const QUOTE_CHARS: usize = 40;

/// Whether a note's words do not stand whole in the line of its event.
pub fn is_shortened(text: &str) -> bool {
    text.chars().nth(QUOTE_CHARS).is_some() || text.contains('\n')
}

fn quote(text: &str) -> String {
    // Of a long note no more than may be quoted is looked at.
    let seen = reach(text, QUOTE_CHARS);
    let line = one_line(seen);
    let mut chars = line.chars();
    let mut short: String = chars.by_ref().take(QUOTE_CHARS).collect();
    if chars.next().is_some() || seen.len() < text.len() {
        short.push('…');
    }
    format!("“{short}”")
}

/// An observed value with its time, without its unit.
pub fn figure(figure: &RecordedFigure, ui: Ui) -> String {
    let number = |number: Decimal| figure::number(number, ui);
    let bare = match &figure.reading {
        RecordedAmount::Number(value) => number(*value),
        RecordedAmount::Range(from, to) => format!("{}{}{}", number(*from), ui.pick("—", "–"), number(*to)),
        RecordedAmount::Label(label) => one_line(label).into_owned(),
        RecordedAmount::Stage(stage) => figure::stage(*stage, ui).to_owned(),
    };
    let bounded = figure::bounded(&bare, figure.bound, ui);
    let when = figure::when(figure.when, ui);
    ui.pick(format!("{bounded}（{when}）"), format!("{bounded} ({when})"))
}

/// What an event does, with the node's id: "status a4 → 顺 on-track".
pub fn event(event: &Event, ui: Ui) -> String {
    let node = event.node().map(|node| one_line(node).into_owned()).unwrap_or_default();
    let line = |zh: &str, en: &str| format!("{} {node}", ui.pick(zh, en));
    let to = |zh: &str, en: &str, what: &str| format!("{} {node} → {what}", ui.pick(zh, en));
    match event {
        Event::Status { status: Some(status), .. } => to("状态", "status", &state(*status, ui)),
        Event::Status { status: None, .. } => to("状态", "status", ui.pick("清除", "cleared")),
        Event::Progress { progress: Some(share), .. } => to("进度", "progress", &format!("{share}%")),
        Event::Progress { progress: None, .. } => to("进度", "progress", ui.pick("清除", "cleared")),
        Event::Note { kind: NoteKind::Progress, text, .. } => {
            format!("{} {}", line("笔记", "note"), quote(text))
        }
        Event::Note { kind: other, text, .. } => {
            let kind = other.label(ui);
            let head = ui.pick(format!("笔记（{kind}）{node}"), format!("note ({kind}) {node}"));
            format!("{head} {}", quote(text))
        }
        Event::NoteEdit { text, .. } => {
            format!("{} → {}", line("修改笔记", "edited note"), quote(text))
        }
        Event::NoteRetract { .. } => line("撤回笔记", "retracted note"),
        Event::Value { figure: own, .. } => to("数值", "value", &figure(own, ui)),
        Event::Claim { role, figure: own, .. } => {
            to(role.label(Ui::Zh), role.label(Ui::En), &figure(own, ui))
        }
        Event::Document(document) => {
            format!("{} {}", ui.pick("文件", "document"), quote(&document.title))
        }
        Event::Decided(decision) => {
            let node = decision.node.as_deref().map_or(String::new(), |node| format!(" {}", one_line(node)));
            let place = decision.place.short();
            format!("{} {place} → {}{node}", ui.pick("文中数字", "figure at"), decision.outcome.label(ui))
        }
        Event::ValueRetract { .. } => line("撤回数值", "retracted value"),
        Event::Tag { tag, .. } => format!("{} #{}", line("标签", "tag"), one_line(tag)),
        Event::Untag { tag, .. } => format!("{} #{}", line("去除标签", "untag"), one_line(tag)),
        Event::Star { .. } => line("加星", "star"),
        Event::Unstar { .. } => line("去星", "unstar"),
        Event::Reviewed { outcome, .. } => to("复核", "reviewed", outcome.label(ui)),
        Event::Session { mark: SessionMark::Start, .. } => ui.pick("复核开始", "review begins").to_owned(),
        Event::Session { mark: SessionMark::End, .. } => ui.pick("复核结束", "review ends").to_owned(),
        Event::SeriesBreak { at, .. } => to("口径变化", "series break", &figure::moment(*at, ui)),
        Event::Reattach { to: new, .. } => to("重新关联", "reattached", &one_line(new)),
        Event::Settled { .. } => line("分歧已解决", "settled"),
        Event::Undo { .. } => ui.pick("撤销", "undo").to_owned(),
        Event::Unknown => ui.pick("（未知事件）", "(unknown event)").to_owned(),
    }
}

/// What a record does, in one line: its first event, and how many more.
pub fn record(record: &Record, ui: Ui) -> String {
    let Some(first) = record.events.first() else {
        return ui.pick("（空记录）", "(empty record)").to_owned();
    };
    let more = record.events.len() - 1;
    let first = event(first, ui);
    match more {
        0 => first,
        _ => ui.pick(format!("{first}，另{more}项"), format!("{first} and {more} more")),
    }
}

/// What a record does, with what it takes back or brings back by name.
pub fn in_book(book: &Book, index: RecordIndex, ui: Ui) -> String {
    let first = |index: RecordIndex| book.record(index).undoes().next().and_then(|of| book.find(of));
    let mut chain = 0;
    let mut at = index;
    // An undo sorts after what it takes back, so this ends; what does not is ignored there and here.
    while let Some(of) = first(at).filter(|of| book.order(*of, at).is_lt()) {
        (chain, at) = (chain + 1, of);
    }
    let what = record(book.record(at), ui);
    match chain {
        0 => what,
        odd if odd % 2 == 1 => ui.pick(format!("撤销：{what}"), format!("undo: {what}")),
        _ => ui.pick(format!("重做：{what}"), format!("redo: {what}")),
    }
}

/// A record by name and time, as undo names it: "status a4 → 顺 on-track at 14:02".
pub fn named(own: &Record, today: Date) -> Bilingual {
    let time = time(own.at, today);
    Bilingual::new(format!("{}（{time}）", record(own, Ui::Zh)), format!("{} at {time}", record(own, Ui::En)))
}
