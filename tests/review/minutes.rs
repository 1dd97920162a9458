use plan158::export::markdown::page;
use plan158::journal::event::Blindness;
use plan158::journal::{Event, NoteKind, Step};
use plan158::page::PageReader;
use plan158::page::terminal::{self, Layout, StyledLine};
use plan158::plan::State;
use plan158::plan::as_of::AsOf;
use plan158::progress::RuleRef;
use plan158::review::record::{find, heads};
use plan158::review::{Minutes, Order, Reason, ReviewAction};
use plan158::text::{Lang, ShownLanguages, Ui};

use super::desk::{Desk, status};

/// Who reads: in English on the day of the session.
fn reader(desk: &Desk) -> PageReader<'_> {
    let as_of = AsOf::now(jiff::civil::date(2026, 11, 23));
    PageReader {
        plan: &desk.plan,
        show: ShownLanguages::One(Lang(1)),
        ui: Ui::En,
        rule: RuleRef::PACE,
        as_of,
    }
}

/// a1: 微 → 顺 with a reason full of markup, and a question; a1.share accurate; root.students skipped; root.old
/// put off; root.due needs work, with a concern; root.worse judged for the first time, wang says otherwise.
fn held(show: ShownLanguages) -> (Desk, Minutes) {
    let mut desk = Desk::new();
    desk.say("li", status("a1", State::Limited));
    desk.say("wang", status("root.worse", State::Limited));
    let question = Event::Note { node: "a1.share".into(), kind: NoteKind::Question, text: "old one".into() };
    desk.say("wang", question);
    let head = desk.begin("", Order::Reading, Blindness::Sighted);
    let note = |node: &str, kind, text: &str| {
        Step::new(vec![Event::Note { node: node.into(), kind, text: text.into() }])
    };
    let step = desk.session().own(note("a1", NoteKind::Question, "# who\n- counts?"));
    desk.write("li", step);
    desk.act(ReviewAction::Verdict(State::OnTrack, Reason::Given("<b>*built*</b>".into())));
    desk.press("=-b");
    let step = desk.session().own(note("root.due", NoteKind::Concern, "late"));
    desk.write("li", step);
    desk.press("!1");
    let end = desk.session().end();
    desk.write("li", end);
    let head = find(&heads(&desk.journal), head.id.as_str()).unwrap();
    let reader = PageReader { show, ..reader(&desk) };
    let minutes = Minutes::new(&desk.scene(), &reader, &head, "sha256:f00");
    let minutes = Minutes { journal_hash: "sha256:ba5".to_owned(), ..minutes };
    (desk, minutes)
}

/// Checked by hand against what [`held`] says.
const ENGLISH: &str = "\
# Review minutes: Small plan

- Reviewer: li
- Time: 2026-11-23 14:00 – 14:01
- Scope: everything
- Order: reading order
- Plan: `small` · sha256:f00
- Journal: sha256:ba5
- Rule set: pace (0.95 / 0.6 / 0)
- As of: 2026-11-23
- Session: `018f0000-0000-0000-0000-000000000004`

6 cards: 4 decided, 1 skipped, 1 put off, 0 left out, 0 not reached; 1 min.

## Changed (2)

- **Teachers** · `a1` · \\- limited → + on-track\\
  reason: \\<b\\>\\*built\\*\\</b\\>
- **Worse** · `root.worse` · no verdict → + on-track

## Unchanged (1)

- **Coverage** · `a1.share` · ? undetermined

## Needs work (1)

- **Due** · `root.due` · Education commission

## Skipped, not decided (1)

- **Students** · `root.students`

## Put off (1)

- **Old** · `root.old` · until 2027-01-01

## Questions and notes: Education commission (1)

- **Due** · `root.due` · concern · li\\
  late

## Questions and notes: office not known (2)

- **Teachers** · `a1` · question · li\\
  \\# who\\
  \\- counts?
- **Coverage** · `a1.share` · question · open before · wang\\
  old one

## Authors differ (1)

- **Worse** · `root.worse`
  - wang · \\- limited · 2026-11-23
  - li · \\+ on-track · 2026-11-23
";

/// The minutes as a file in some languages.
fn markdown(held: &(Desk, Minutes), show: ShownLanguages, ui: Ui) -> String {
    let (desk, minutes) = held;
    let reader = PageReader { show, ui, ..reader(desk) };
    let mut out = Vec::new();
    page(&minutes.title(&reader), &minutes.blocks(&reader), ui, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn minutes_say_what_was_decided_and_what_is_open() {
    assert_eq!(markdown(&held(ShownLanguages::One(Lang(1))), ShownLanguages::One(Lang(1)), Ui::En), ENGLISH);
}

#[test]
fn minutes_speak_chinese() {
    let chinese = markdown(&held(ShownLanguages::One(Lang(0))), ShownLanguages::One(Lang(0)), Ui::Zh);
    for line in [
        "# 复核纪要：小规划",
        "- 复核人：li",
        "- 范围：全部",
        "共6张卡片：已定4，跳过1，搁置1，略过0，未到0；用时1分钟。",
        "## 变化 (2)",
        "- **教师队伍** · `a1` · 微 进展有限 → 顺 进展顺利\\",
        "  理由：\\<b\\>\\*built\\*\\</b\\>",
        "- **旧** · `root.old` · 至 2027-01-01",
        "## 问题与笔记：责任单位不详 (2)",
        "- **覆盖率** · `a1.share` · 问题 · 此前未决 · wang\\",
    ] {
        assert!(chinese.lines().any(|own| own == line), "{line}\n{chinese}");
    }
}

#[test]
fn minutes_in_both_languages_say_each_thing_in_both_and_peoples_words_once() {
    let show = ShownLanguages::Both(Lang(0), Lang(1));
    let both = markdown(&held(show), show, Ui::Zh);
    for line in [
        "# 复核纪要：小规划 / Review minutes: Small plan",
        "## 变化 (2) / Changed (2)",
        "- **教师队伍 / Teachers** · `a1` · 微 进展有限 → 顺 进展顺利 / \\- limited → + on-track\\",
        "  理由 / reason：\\<b\\>\\*built\\*\\</b\\>",
        "6 cards: 4 decided, 1 skipped, 1 put off, 0 left out, 0 not reached; 1 min.",
        "## 问题与笔记：责任单位不详 (2) / Questions and notes: office not known (2)",
    ] {
        assert!(both.lines().any(|own| own == line), "{line}\n{both}");
    }
    assert_eq!(both.matches("late").count(), 1, "{both}");
}

/// What people wrote keeps its line breaks below its node, whatever the columns, and nothing in it reaches a
/// terminal raw.
#[test]
fn a_terminal_has_the_words_of_a_note_below_its_node() {
    let (desk, mut minutes) = held(ShownLanguages::One(Lang(1)));
    minutes.offices[0].notes[0].text = "one\u{1b}[2J\ntwo words".to_owned();
    let laid = terminal::blocks(&minutes.blocks(&reader(&desk)), &Layout::new(40, Ui::En));
    let lines: Vec<String> = laid.lines.iter().map(StyledLine::text).collect();
    let at = lines.iter().position(|line| line == "Due · root.due · concern · li").unwrap();
    assert_eq!(lines[at + 1..=at + 2], ["  one\u{fffd}[2J", "  two words"]);
    assert!(laid.lines.iter().all(|line| line.target.is_none()), "its keys lead on or back");
}
