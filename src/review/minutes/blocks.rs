//! Minutes as blocks: what the screen shows and what a file holds.

use jiff::civil::DateTime;

use super::{Minutes, MinutesVerdict, NewValue, NoteAge, Noted, Office, TitledNode};
use crate::journal::ZonedInstant;
use crate::journal::describe;
use crate::journal::event::Blindness;
use crate::page::PageReader;
use crate::page::block::{Block, Inline, Line, ListItem, Pair, Words};
use crate::review::queue::Order;
use crate::text::Ui;
use crate::text::words::VocabularyWord;

impl Minutes {
    pub fn title(&self, reader: &PageReader<'_>) -> Words {
        reader.each(|one| {
            let plan = one.word(&one.plan.title);
            one.ui.pick(format!("复核纪要：{plan}"), format!("Review minutes: {plan}"))
        })
    }

    /// Everything below the title: what the session was, how many cards it had, then a list for each thing
    /// that came of it.
    pub fn blocks(&self, reader: &PageReader<'_>) -> Vec<Block> {
        let out = Writer { reader };
        let mut blocks = vec![out.head(self), out.counts(self)];
        let nodes = |nodes: &[TitledNode]| nodes.iter().map(|node| item(named(node))).collect::<Vec<_>>();
        let buried = self.buried.iter().map(|(node, day)| {
            let until = reader.spoken(|ui| ui.pick(format!("至 {day}"), format!("until {day}")));
            item(with(node, [Inline::Words(until)]))
        });
        let unchanged =
            self.unchanged.iter().map(|(node, state)| item(with(node, [reader.standing_piece(*state)])));
        let needs_work = self.needs_work.iter().map(|(node, office)| {
            let office = office.as_ref().map(|office| Inline::Words(reader.text(office)));
            item(with(node, office))
        });
        let gone = self.gone.iter().map(|id| item(vec![Inline::Id(id.clone())]));
        let changed = self.changed.iter().map(|verdict| out.changed(verdict));
        let sections = [
            (("变化", "Changed"), changed.collect()),
            (("无变化", "Unchanged"), unchanged.collect()),
            (("待处理", "Needs work"), needs_work.collect()),
            (("跳过，未作判断", "Skipped, not decided"), nodes(&self.skipped)),
            (("搁置", "Put off"), buried.collect()),
            (("本次略过的分支", "Left out with their branch"), nodes(&self.left_out)),
            (("新数值", "New values"), self.values.iter().map(value).collect::<Vec<_>>()),
        ];
        for ((zh, en), items) in sections {
            let count = items.len();
            let heading = reader.spoken(|ui| format!("{} ({count})", ui.pick(zh, en)));
            section(&mut blocks, heading, items);
        }
        for office in &self.offices {
            let items = office.notes.iter().map(|note| out.noted(note)).collect();
            section(&mut blocks, out.office(office), items);
        }
        let (differing, left) = (self.disputes.len(), self.gone.len());
        let heading =
            reader.spoken(|ui| format!("{} ({differing})", ui.pick("作者结论不同", "Authors differ")));
        section(&mut blocks, heading, out.disputes(self));
        let heading =
            reader.spoken(|ui| format!("{} ({left})", ui.pick("已离开规划", "Left the plan since")));
        section(&mut blocks, heading, gone.collect());
        blocks
    }
}

/// A heading with its items; nothing where there are none.
fn section(blocks: &mut Vec<Block>, heading: Words, items: Vec<ListItem>) {
    if !items.is_empty() {
        blocks.extend([Block::Heading(vec![Inline::Words(heading)]), Block::List(items)]);
    }
}

fn item(line: Line) -> ListItem {
    ListItem { line, ..ListItem::default() }
}

fn plain(text: impl Into<String>) -> Line {
    vec![Inline::Plain(text.into())]
}

fn named(node: &TitledNode) -> Line {
    vec![Inline::Title(node.title.clone()), Inline::Id(node.key.clone())]
}

fn with(node: &TitledNode, more: impl IntoIterator<Item = Inline>) -> Line {
    named(node).into_iter().chain(more).collect()
}

fn value(own: &NewValue) -> ListItem {
    let told = Inline::Words(own.value.clone());
    item(with(&own.node, [told].into_iter().chain(own.source.clone())))
}

fn local(at: ZonedInstant) -> DateTime {
    at.offset.to_datetime(at.instant)
}

fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// From the first to the last record: the second day only where it is another.
fn span(first: ZonedInstant, last: ZonedInstant) -> String {
    let (from, to) = (local(first), local(last));
    let until = if from.date() == to.date() { clock(to) } else { format!("{} {}", to.date(), clock(to)) };
    format!("{} {} – {until}", from.date(), clock(from))
}

/// Whole minutes, at least one where anything was spent.
fn minutes(seconds: u64) -> u64 {
    seconds.div_ceil(60)
}

struct Writer<'r, 'p> {
    reader: &'r PageReader<'p>,
}

impl Writer<'_, '_> {
    fn say(&self, zh: &str, en: &str) -> Inline {
        Inline::Words(self.reader.say(zh, en))
    }

    fn head(&self, own: &Minutes) -> Block {
        let pair = |zh, en, value| self.reader.pair(zh, en, value);
        let scope = match &*own.head.query {
            "" => vec![self.say("全部", "everything")],
            query => plain(query),
        };
        let others = (!own.others.is_empty()).then(|| {
            let names = own.others.join(self.reader.ui.pick("、", ", "));
            pair("其他参与者", "Others", plain(names))
        });
        let [one, two, three] = own.rule.cuts();
        let mut session = vec![Inline::Id(own.head.id.to_string())];
        session.extend(own.head.ended.is_none().then(|| self.say("未结束", "not ended")));
        let mode = (own.head.blind == Blindness::Blind)
            .then(|| pair("方式", "Mode", vec![self.say("盲评", "blind")]));
        let before = [
            pair("复核人", "Reviewer", plain(own.head.by.as_str())),
            pair("时间", "Time", plain(span(own.head.at, own.last))),
            pair("范围", "Scope", scope),
            pair("顺序", "Order", self.order(own)),
        ];
        let plan = vec![Inline::Id(own.plan_id.clone()), Inline::Plain(own.plan_hash.clone())];
        let after = [
            pair("规划", "Plan", plan),
            pair("记录", "Journal", plain(&*own.journal_hash)),
            pair("规则", "Rule set", plain(format!("{} ({one} / {two} / {three})", own.rule.word()))),
            pair("截至", "As of", plain(&*own.as_of)),
            pair("会话", "Session", session),
        ];
        Block::Pairs(before.into_iter().chain(others).chain(mode).chain(after).collect())
    }

    fn order(&self, own: &Minutes) -> Line {
        let Order::Random = own.head.order else {
            return vec![Inline::Words(self.reader.said(&own.head.order.wording().labels()))];
        };
        let (order, seed) = (own.head.order.wording().labels(), own.head.seed);
        vec![Inline::Words(self.reader.spoken(|ui| {
            let name = order.get(ui);
            ui.pick(format!("{name}（种子{seed}）"), format!("{name} (seed {seed})"))
        }))]
    }

    fn counts(&self, own: &Minutes) -> Block {
        let (total, decided, skipped) = (own.total, own.decided(), own.skipped.len());
        let (buried, out, left, time) =
            (own.buried.len(), own.left_out.len(), own.untouched, minutes(own.seconds));
        let said = self.reader.spoken(|ui| ui.pick(
            format!(
                "共{total}张卡片：已定{decided}，跳过{skipped}，搁置{buried}，略过{out}，未到{left}；用时{time}分钟。"
            ),
            format!(
                "{total} cards: {decided} decided, {skipped} skipped, {buried} put off, {out} left out, {left} not reached; {time} min."
            ),
        ));
        Block::Paragraph(vec![Inline::Words(said)])
    }

    fn changed(&self, verdict: &MinutesVerdict) -> ListItem {
        let change = self.reader.spoken(|ui| {
            let before = verdict.from.map(|state| describe::state(state, ui));
            let before = before.unwrap_or_else(|| ui.pick("尚无结论", "no verdict").to_owned());
            format!("{before} → {}", describe::state(verdict.to, ui))
        });
        let reason = verdict.reason.as_deref().map(|why| self.reader.pair("理由", "reason", plain(why)));
        ListItem { below: reason.into_iter().collect(), ..item(with(&verdict.node, [Inline::Words(change)])) }
    }

    fn office(&self, own: &Office) -> Words {
        let count = own.notes.len();
        let unknown = |ui: Ui| ui.pick("责任单位不详", "office not known").to_owned();
        self.reader.each(|one| {
            let office = own.office.as_ref().map_or_else(|| unknown(one.ui), |office| one.word(office));
            let about = one.ui.pick("问题与笔记：", "Questions and notes: ");
            format!("{about}{office} ({count})")
        })
    }

    fn noted(&self, note: &Noted) -> ListItem {
        let age = (note.age == NoteAge::Older).then(|| self.say("此前未决", "open before"));
        let head = [self.reader.note_kind(note.kind)].into_iter().chain(age);
        let head = head.chain([Inline::Plain(note.by.clone())]);
        let words = Pair::new(Words::default(), plain(&*note.text));
        ListItem { below: vec![words], ..item(with(&note.node, head)) }
    }

    /// As the page of agreement says it. The cursor cannot stand there: what shows has an end, and its keys
    /// lead on or back.
    fn disputes(&self, own: &Minutes) -> Vec<ListItem> {
        let items = own.disputes.iter().flat_map(|one| self.reader.difference(one));
        items.map(|item| ListItem { target: None, ..item }).collect()
    }
}
