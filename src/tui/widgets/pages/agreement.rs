//! Where authors agree: the nodes on which they differ first, each with what was said; then κ with its n and what to bear in mind.

use super::super::super::model::Model;
use super::super::super::pages::agreement::Agreed;
use super::super::card::{Look, Target};
use super::super::content::{Content, Paragraph};
use crate::journal::describe;
use crate::plan::NodeId;
use crate::review::agreement::{Again, Agreement, Difference, Kappa, MONTHS_APART, STEPS, Settling};
use crate::text::Ui;

/// What stands on the page.
pub fn content(model: &Model, agreed: &Agreed) -> Content {
    let ui = model.view.ui;
    let mut page = Page { model, ui, paragraphs: Vec::new() };
    let found = &agreed.found;
    let (several, differing) = (found.judged_by_several, found.differing.len());
    let head = ui.pick(
        format!("一致程度 · 多人判断的节点 {several} 个，结论不同 {differing} 个"),
        format!("Agreement · nodes judged by several: {several}, differently: {differing}"),
    );
    page.say(Look::Heading, 0, &head);
    if differing > 0 {
        let keys =
            ui.pick("Enter 到该节点 · s 记下如何解决", "Enter goes to the node · s says how it was settled");
        page.say(Look::Quiet, 0, keys);
    }
    for one in &found.differing {
        page.difference(one);
    }
    page.pairs(found);
    page.again(found);
    Content::Text(page.paragraphs)
}

struct Page<'m> {
    model: &'m Model,
    ui: Ui,
    paragraphs: Vec<Paragraph>,
}

impl Page<'_> {
    /// Lines of one look, set in by so many columns.
    fn say(&mut self, look: Look, indent_cols: usize, text: &str) {
        self.paragraphs.push(Paragraph { indent_cols, ..Paragraph::new(look, text) });
    }

    /// A node by title and id, where the cursor can stand.
    fn node(&mut self, look: Look, indent_cols: usize, node: NodeId, remark: &str) {
        let own = self.model.plan().tree.node(node);
        let title = own.title.get_or_first(self.model.view.show.main()).text;
        let text = format!("{title} · {}{remark}", own.key);
        let target = Some(Target::Node(node));
        self.paragraphs.push(Paragraph { indent_cols, target, ..Paragraph::new(look, text) });
    }

    fn difference(&mut self, one: &Difference) {
        let ui = self.ui;
        self.paragraphs.push(Paragraph::gap());
        let settled =
            if one.settling == Settling::Open { "" } else { ui.pick("（已解决）", " (settled)") };
        self.node(Look::Link, 0, one.node, settled);
        for given in &one.verdicts {
            let state = describe::state(given.status, ui);
            let day = given.at.day();
            let reason = given.reason.as_deref().map(|reason| format!(" · {reason}")).unwrap_or_default();
            self.say(Look::Plain, 2, &format!("{} · {state} · {day}{reason}", given.by));
        }
        if let Settling::Settled { by, at, reason } = &one.settling {
            let (day, reason) = (at.day(), reason.as_deref().unwrap_or_default());
            let settled = ui.pick("解决：", "settled: ");
            self.say(Look::Quiet, 2, &format!("{settled}{by} · {day} · {reason}"));
        }
    }

    fn pairs(&mut self, found: &Agreement) {
        if found.pairs.is_empty() {
            return;
        }
        let steps: Vec<&str> = STEPS.iter().map(|state| state.glyph()).collect();
        let (zh, en) = (steps.join("＜"), steps.join(" < "));
        let head = self.ui.pick(
            format!("两人一致程度（加权 κ，量级 {zh}；未、止、证不计）"),
            format!("Pairs (weighted κ on {en}; 未, 止, 证 are left out)"),
        );
        self.paragraphs.push(Paragraph::gap());
        self.say(Look::Heading, 0, &head);
        for pair in &found.pairs {
            let line = format!("{} – {} · {}", pair.one, pair.other, kappa(&pair.kappa, self.ui));
            self.say(Look::Plain, 2, &line);
        }
    }

    fn again(&mut self, found: &Agreement) {
        if found.again.is_empty() {
            return;
        }
        let head = self.ui.pick(
            format!("同一人相隔 {MONTHS_APART} 个月以上的结论"),
            format!("One person's verdicts, {MONTHS_APART} months or more apart"),
        );
        self.paragraphs.push(Paragraph::gap());
        self.say(Look::Heading, 0, &head);
        for Again { by, changed, kappa: own } in &found.again {
            self.say(Look::Plain, 2, &format!("{by} · {}", kappa(own, self.ui)));
            for twice in changed {
                let (before, now) = (&twice.before, &twice.now);
                let (from, to) =
                    (describe::state(before.status, self.ui), describe::state(now.status, self.ui));
                let (then, today) = (before.at.day(), now.at.day());
                self.node(Look::Link, 4, twice.node, &format!(" · {from} ({then}) → {to} ({today})"));
            }
        }
    }
}

/// κ with its n, the nodes left out, and its caveat or why there is none.
fn kappa(own: &Kappa, ui: Ui) -> String {
    let (n, same, out) = (own.n, own.same, own.left_out);
    let counts = ui.pick(
        format!("n = {n}，相同 {same}，不计 {out}"),
        format!("n = {n}, {same} the same, {out} left out"),
    );
    match own.value {
        Ok(value) => format!("κ = {value:.2} · {counts} · {}", own.caveat().get(ui)),
        Err(none) => format!("κ — · {counts} · {}", none.said().get(ui)),
    }
}
