//! Minutes as Markdown. Everything somebody wrote is escaped; only the program's own words are markup.

use jiff::civil::DateTime;

use super::{Age, Minutes, Named, Noted, Office};
use crate::journal::At;
use crate::journal::event::Blindness;
use crate::plan::State;
use crate::review::queue::Order;
use crate::text::words::Word;
use crate::text::{Bilingual, Ui, markdown};

/// In which language the program's own words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// In one.
    One(Ui),
    /// In both, this one first.
    Both(Ui),
}

impl Tongue {
    fn say(self, said: &Bilingual) -> String {
        match self {
            Tongue::One(ui) => said.get(ui).to_owned(),
            Tongue::Both(_) if said.zh == said.en => said.zh.clone(),
            Tongue::Both(Ui::Zh) => format!("{} · {}", said.zh, said.en),
            Tongue::Both(Ui::En) => format!("{} · {}", said.en, said.zh),
        }
    }

    fn pick(self, zh: &str, en: &str) -> String {
        self.say(&Bilingual::new(zh, en))
    }

    /// A word and what it says, with the colon of the language.
    fn pair(self, zh: &str, en: &str, value: &str) -> String {
        match self {
            Tongue::One(Ui::Zh) => format!("{zh}：{value}"),
            _ => format!("{}: {value}", self.pick(zh, en)),
        }
    }

    fn state(self, state: State) -> String {
        format!("{} {}", state.glyph(), self.say(&state.said()))
    }

    fn kind(self, kind: crate::journal::NoteKind) -> String {
        self.say(&kind.wording().labels())
    }
}

fn local(at: At) -> DateTime {
    at.offset.to_datetime(at.instant)
}

fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// From the first to the last record: the second day only where it is another.
fn span(first: At, last: At) -> String {
    let (from, to) = (local(first), local(last));
    let until = if from.date() == to.date() { clock(to) } else { format!("{} {}", to.date(), clock(to)) };
    format!("{} {} – {until}", from.date(), clock(from))
}

/// Whole minutes, at least one where anything was spent.
fn minutes(seconds: u64) -> u64 {
    seconds.div_ceil(60)
}

impl Minutes {
    /// The minutes as a Markdown document.
    pub fn to_markdown(&self, tongue: Tongue) -> String {
        let mut out = Writer { tongue, text: String::new() };
        out.head(self);
        out.counts(self);
        out.changed(self);
        out.nodes("无变化", "Unchanged", &self.unchanged);
        out.nodes("待处理", "Needs work", &self.needs_work);
        out.nodes("跳过，未作判断", "Skipped, not decided", &self.skipped);
        let until = self.buried.iter().map(|(node, day)| {
            let until = tongue.pair("至", "until", &day.to_string());
            format!("{} — {until}", named(node))
        });
        out.section("搁置", "Put off", until);
        out.nodes("本次略过的分支", "Left out with their branch", &self.left_out);
        out.values(self);
        for office in &self.offices {
            out.office(office);
        }
        out.disputes(self);
        let gone = self.gone.iter().map(|id| markdown::line(id));
        out.section("已离开规划", "Left the plan since", gone);
        out.text
    }
}

fn named(node: &Named) -> String {
    match node.title.as_str() {
        "" => markdown::line(&node.key),
        title => format!("**{}** ({})", markdown::line(title), markdown::line(&node.key)),
    }
}

struct Writer {
    tongue: Tongue,
    text: String,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn fact(&mut self, zh: &str, en: &str, value: &str) {
        let line = format!("- {}", self.tongue.pair(zh, en, value));
        self.line(&line);
    }

    fn head(&mut self, own: &Minutes) {
        let tongue = self.tongue;
        let title = tongue.pair("复核纪要", "Review minutes", &markdown::line(&own.plan));
        self.line(&format!("# {title}"));
        self.line("");
        self.fact("复核人", "Reviewer", &markdown::line(own.head.by.as_str()));
        self.fact("时间", "Time", &span(own.head.at, own.last));
        let scope = match &*own.head.query {
            "" => tongue.pick("全部", "everything"),
            query => markdown::line(query),
        };
        self.fact("范围", "Scope", &scope);
        let mut order = own.head.order.wording().labels();
        if own.head.order == Order::Random {
            let seed = own.head.seed;
            order =
                Bilingual::new(format!("{}（种子 {seed}）", order.zh), format!("{} (seed {seed})", order.en));
        }
        let order = tongue.say(&order);
        self.fact("顺序", "Order", &order);
        if own.head.blind == Blindness::Blind {
            self.fact("方式", "Mode", &tongue.pick("盲评", "blind"));
        }
        self.fact(
            "规划",
            "Plan",
            &format!("{} · {}", markdown::line(&own.plan_id), markdown::line(&own.plan_hash)),
        );
        self.fact("记录", "Journal", &own.journal_hash);
        let [one, two, three] = own.rule.cuts();
        let rule = format!("{} ({one} / {two} / {three})", own.rule.word());
        self.fact("规则", "Rule set", &rule);
        self.fact("截至", "As of", &own.as_of);
        let session = markdown::line(own.head.id.as_str());
        let ended = match own.head.ended {
            Some(_) => session,
            None => format!("{session} ({})", tongue.pick("未结束", "not ended")),
        };
        self.fact("会话", "Session", &ended);
        self.line("");
    }

    fn counts(&mut self, own: &Minutes) {
        let (total, decided, skipped) = (own.total, own.decided(), own.skipped.len());
        let (buried, out, left, time) =
            (own.buried.len(), own.left_out.len(), own.untouched, minutes(own.seconds));
        let zh = format!(
            "共 {total} 张卡片：已定 {decided}，跳过 {skipped}，搁置 {buried}，略过 {out}，未到 {left}；用时 {time} 分钟。"
        );
        let en = format!(
            "{total} cards: {decided} decided, {skipped} skipped, {buried} put off, {out} left out, {left} not reached; {time} min."
        );
        let line = self.tongue.say(&Bilingual::new(zh, en));
        self.line(&line);
    }

    /// A heading with its items; nothing where there are none.
    fn section(&mut self, zh: &str, en: &str, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.collect();
        if items.is_empty() {
            return;
        }
        self.line("");
        self.line(&format!("## {} ({})", self.tongue.pick(zh, en), items.len()));
        self.line("");
        for item in items {
            self.line(&format!("- {item}"));
        }
    }

    fn nodes(&mut self, zh: &str, en: &str, nodes: &[Named]) {
        self.section(zh, en, nodes.iter().map(named));
    }

    fn changed(&mut self, own: &Minutes) {
        let tongue = self.tongue;
        let item = |verdict: &super::Verdict| {
            let none = || tongue.pick("尚无结论", "no verdict");
            let from = verdict.from.map_or_else(none, |state| tongue.state(state));
            let reason = verdict.reason.as_deref().map(|reason| {
                let reason = tongue.pair("理由", "reason", &markdown::paragraph_in(reason, "  "));
                format!("\\\n  {reason}")
            });
            let change = format!("{from} → {}", tongue.state(verdict.to));
            format!("{} — {change}{}", named(&verdict.node), reason.unwrap_or_default())
        };
        let items: Vec<String> = own.changed.iter().map(item).collect();
        self.section("变化", "Changed", items.into_iter());
    }

    fn values(&mut self, own: &Minutes) {
        let tongue = self.tongue;
        let item = |value: &super::NewValue| {
            let source = value.source.as_deref().map(|source| format!(" · {}", markdown::line(source)));
            let told = markdown::line(&tongue.say(&value.value));
            format!("{} — {told}{}", named(&value.node), source.unwrap_or_default())
        };
        let items: Vec<String> = own.values.iter().map(item).collect();
        self.section("新数值", "New values", items.into_iter());
    }

    fn office(&mut self, office: &Office) {
        let tongue = self.tongue;
        let unknown = || tongue.pick("责任单位不详", "office not known");
        let name = office.office.as_deref().map_or_else(unknown, markdown::line);
        let item = |note: &Noted| {
            let mut kind = tongue.kind(note.kind);
            if note.age == Age::Older {
                kind = format!("{kind}, {}", tongue.pick("此前未决", "open before"));
            }
            let by = markdown::line(&note.by);
            format!("{} — {kind} ({by})\\\n  {}", named(&note.node), markdown::paragraph_in(&note.text, "  "))
        };
        let items: Vec<String> = office.notes.iter().map(item).collect();
        let (zh, en) = ("问题与笔记：", "Questions and notes: ");
        let heading = match tongue {
            Tongue::One(Ui::Zh) => format!("{zh}{name}"),
            Tongue::One(Ui::En) => format!("{en}{name}"),
            Tongue::Both(_) => format!("{}: {name}", tongue.pick("问题与笔记", "Questions and notes")),
        };
        self.section(&heading, &heading, items.into_iter());
    }

    fn disputes(&mut self, own: &Minutes) {
        let tongue = self.tongue;
        let item = |one: &super::Dispute| {
            let said = one.verdicts.iter().map(|(by, state, reason)| {
                let reason = reason.as_deref().map(|reason| format!(" — {}", markdown::line(reason)));
                format!(
                    "\\\n  {}: {}{}",
                    markdown::line(by),
                    tongue.state(*state),
                    reason.unwrap_or_default()
                )
            });
            let settled = one.settled.as_deref().map(|how| {
                let how = tongue.pair("已解决", "settled", &markdown::line(how));
                format!("\\\n  {how}")
            });
            format!("{}{}{}", named(&one.node), said.collect::<String>(), settled.unwrap_or_default())
        };
        let items: Vec<String> = own.disputes.iter().map(item).collect();
        self.section("作者结论不同", "Authors differ", items.into_iter());
    }
}
