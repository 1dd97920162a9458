//! A reviewer's desk: a small plan, a journal whose clock and ids are ours, and a session that keys drive.

use jiff::ZonedDateTime;
use plan158::journal::event::{Blindness, Outcome};
use plan158::journal::record::RecordId;
use plan158::journal::{Event, Journal, RecordStamp, Step, describe};
use plan158::plan::as_of::AsOf;
use plan158::plan::{Plan, State};
use plan158::progress::{Judge, RuleRef};
use plan158::review::record::{find, heads};
use plan158::review::session::VERDICT_KEYS;
use plan158::review::{
    ActionResult, Order, Reason, ReviewAction, Session, SessionContext, SessionHead, SessionId,
    SessionRequest,
};
use plan158::text::Ui;
use tempfile::TempDir;
use uuid::Uuid;

use super::support::{PLAN, author, plan_of};

/// Three more metrics below the root: one with nothing due soon, one due in June 2027, one that values can
/// worsen.
pub const MORE: &str = r#"
[[metric]]
id = "root.old"
level = "indicator"
parent = "root"
title = { zh = "旧", en = "Old" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
evidence = [{ source = "early", basis = "stated" }]

[[metric]]
id = "root.due"
level = "indicator"
parent = "root"
title = { zh = "将到期", en = "Due" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
office = { zh = "市教委", en = "Education commission" }
target = [{ on = "2027-06", value = 98, source = "early" }]

[[metric]]
id = "root.worse"
level = "indicator"
parent = "root"
title = { zh = "变差", en = "Worse" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
stat = "stock"
baseline = { year = 2024, value = 50, source = "early" }
target = [{ year = 2035, value = 80, source = "early" }]
"#;

pub fn plan() -> Plan {
    plan_of(&format!("{PLAN}{MORE}"))
}

pub struct Desk {
    dir: TempDir,
    pub plan: Plan,
    pub journal: Journal,
    now: ZonedDateTime,
    ids: u128,
    pub session: Option<Session>,
}

impl Desk {
    /// On 23 November 2026 at 14:00 in Chongqing.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let plan = plan();
        let now = moment("2026-11-23T14:00:00");
        let journal = Journal::open(Some(dir.path().to_owned()), &plan, AsOf::now(now.date())).unwrap();
        Self { dir, plan, journal, now, ids: 0, session: None }
    }

    pub fn at(&mut self, time: &str) {
        self.now = moment(time);
    }

    fn stamp(&mut self) -> RecordStamp {
        self.ids += 1;
        RecordStamp::new(self.now.clone(), Uuid::from_u128(0x018f << 112 | self.ids))
    }

    pub fn write(&mut self, by: &str, step: Step) {
        let stamp = self.stamp();
        self.journal.append(&self.plan, &author(by), step, &stamp).unwrap();
    }

    pub fn say(&mut self, by: &str, event: Event) {
        self.write(by, Step::new(vec![event]));
    }

    pub fn looked(&mut self, by: &str, node: &str) {
        let outcome = Outcome::Unchanged;
        self.say(by, Event::Reviewed { node: node.into(), outcome, until: None, seconds: None });
    }

    pub fn judge(&self) -> Judge<'_> {
        Judge::new(&self.plan, RuleRef::PACE, AsOf::now(self.now.date()))
    }

    pub fn scene(&self) -> SessionContext<'_> {
        SessionContext { judge: self.judge(), journal: &self.journal }
    }

    /// Begins li's session.
    pub fn begin(&mut self, query: &str, order: Order, blind: Blindness) -> SessionHead {
        let stamp = self.stamp();
        let id = SessionId::new(&stamp.id.to_string());
        let wish = SessionRequest { query: query.to_owned(), order, seed: 7, blind };
        self.journal.append(&self.plan, &author("li"), wish.start(&id), &stamp).unwrap();
        let head = find(&heads(&self.journal), id.as_str()).unwrap();
        self.session = Some(Session::open(&self.scene(), head.clone(), self.now.timestamp()));
        head
    }

    pub fn session(&self) -> &Session {
        self.session.as_ref().unwrap()
    }

    /// Acts ten seconds later, and writes what is to be written.
    pub fn act(&mut self, action: ReviewAction) -> ActionResult {
        self.now = self.now.checked_add(jiff::SignedDuration::from_secs(10)).unwrap();
        let mut session = self.session.take().unwrap();
        let answer = session.act(&self.scene(), action, self.now.timestamp());
        if let ActionResult::Record(step) = &answer {
            self.write("li", step.clone());
            session.settle(&self.scene());
        }
        self.session = Some(session);
        answer
    }

    pub fn undo(&mut self) -> Option<RecordId> {
        let target = self.session().undo_target(&self.journal)?.id.clone();
        let stamp = self.stamp();
        self.journal.undo(&self.plan, &author("li"), &stamp).unwrap();
        let mut session = self.session.take().unwrap();
        session.settle(&self.scene());
        self.session = Some(session);
        Some(target)
    }

    /// Keys of the review card; a verdict comes without a reason.
    pub fn press(&mut self, keys: &str) {
        for key in keys.chars().filter(|key| *key != ' ') {
            let action = match key {
                '=' => ReviewAction::Unchanged,
                '-' => ReviewAction::Skip,
                '!' => ReviewAction::NeedsWork,
                'b' => ReviewAction::Bury(jiff::civil::date(2027, 1, 1)),
                'D' => ReviewAction::LeaveBranch,
                'j' => ReviewAction::Next,
                'k' => ReviewAction::Previous,
                'J' => ReviewAction::NextOpen,
                'K' => ReviewAction::PreviousOpen,
                'r' => ReviewAction::Reveal,
                'u' => {
                    self.undo();
                    continue;
                }
                digit => {
                    let digit = usize::try_from(digit.to_digit(10).unwrap()).unwrap();
                    ReviewAction::Verdict(VERDICT_KEYS[digit - 1], Reason::None)
                }
            };
            self.act(action);
        }
    }

    pub fn key(&self, node: plan158::plan::NodeId) -> String {
        self.plan.tree.node(node).key.to_string()
    }

    /// The id of the card at hand; `-` where all is decided.
    pub fn card(&self) -> String {
        self.session().card().map_or("-".to_owned(), |node| self.key(node))
    }

    /// The card at which somebody else who reads the same files would go on.
    pub fn resumed(&self) -> String {
        let journal =
            Journal::open(Some(self.dir.path().to_owned()), &self.plan, AsOf::now(self.now.date())).unwrap();
        let head = find(&heads(&journal), self.session().id().as_str()).unwrap();
        let scene = SessionContext { judge: self.judge(), journal: &journal };
        let session = Session::open(&scene, head, self.now.timestamp());
        session.card().map_or("-".to_owned(), |node| self.key(node))
    }

    /// The session's records that hold, in words.
    pub fn records(&self) -> Vec<String> {
        let head = self.session().head();
        let records = plan158::review::record::records(&self.journal, head);
        let told = records.skip(1).map(|(_, record)| {
            record.events.iter().map(|event| describe::event(event, Ui::En)).collect::<Vec<_>>().join(" + ")
        });
        told.collect()
    }
}

pub fn moment(time: &str) -> ZonedDateTime {
    format!("{time}+08:00[+08:00]").parse().unwrap()
}

pub fn status(node: &str, status: State) -> Event {
    Event::Status { node: node.into(), status: Some(status), reason: None }
}
