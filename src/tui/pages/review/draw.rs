//! The review card: how far the session is and why the card is there; what is needed to decide, the most
//! needed first; the keys of verdicts. And the minutes.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::journal::event::{Blindness, Outcome};
use crate::journal::{Annotations, describe};
use crate::page::block::{Block, Inline, Pair, Weight};
use crate::page::{NodeTie, Page, PageReader, SectionKind, links};
use crate::plan::NodeId;
use crate::review::session::VERDICT_KEYS;
use crate::review::{CardStanding, Session, SessionCounts, VerdictVisibility};
use crate::text::clean::one_line;
use crate::text::{Lang, ShownLanguages, Ui};
use crate::tui::command::{CommandId, Context};
use crate::tui::content::Content;
use crate::tui::content::line;
use crate::tui::model::Model;
use crate::tui::pages::review::state::{Closing, Face, Report, Review};
use crate::tui::panes::ROOMY_LINES;
use crate::tui::text::{cols, cut};
use crate::tui::theme::Theme;
use crate::tui::widgets::ink::{put, state_sign, write};

/// Columns between what stands at the left of the head and at its right.
const HEAD_GAP_COLS: usize = 2;

/// The head of the screen: how far the session is, and at the right why the card is there, where both fit.
pub fn header(model: &Model, review: &Review, theme: Theme, buffer: &mut Buffer) {
    let area = model.panes.header;
    let width = usize::from(area.width);
    let (left, why) = head(model, review, width);
    write(buffer, (area.x, area.y), cut(&left, width), width, theme.heading());
    if let Some(why) = why {
        let x = area.right() - u16::try_from(cols(&why)).unwrap_or(0).min(area.width);
        write(buffer, (x, area.y), &why, width, Style::new());
    }
}

/// The left part as long as the width allows, and the right part where it fits beside it.
fn head(model: &Model, review: &Review, width: usize) -> (String, Option<String>) {
    let ui = model.view.ui;
    let (long, short) = progress(review, ui);
    let why = why(review, ui);
    let why_cols = why.as_ref().map_or(0, |why| cols(why) + HEAD_GAP_COLS);
    for left in [&long, &short] {
        if cols(left) + why_cols <= width {
            return (left.clone(), why);
        }
    }
    (if cols(&long) <= width { long } else { short }, None)
}

/// How far it is: with everything, and with what matters most.
fn progress(review: &Review, ui: Ui) -> (String, String) {
    let session = &review.session;
    let counts = session.counts();
    let name = match session.head().blind {
        Blindness::Blind => ui.pick("盲评", "blind review"),
        Blindness::Sighted => ui.pick("复核", "review"),
    };
    let place = review.card().and_then(|node| session.place(node)).map(|place| place + 1);
    let first = match place {
        Some(place) => format!("{name} {place}/{}", counts.total),
        None => name.to_owned(),
    };
    let left = ui.pick(format!("余 {}", counts.left), format!("{} left", counts.left));
    let decided = ui.pick(format!("已定 {}", counts.decided), format!("{} decided", counts.decided));
    let others = others(counts, ui);
    let short = [&[first.clone(), left.clone()], &others[..]].concat().join(" · ");
    let spent = (counts.seconds >= 60).then(|| {
        let minutes = counts.seconds / 60;
        ui.pick(format!("用时{minutes}分"), format!("{minutes} min spent"))
    });
    let long = [&[first, decided, left], &others[..]].concat().into_iter().chain(spent);
    (long.collect::<Vec<_>>().join(" · "), short)
}

/// Skipped ones, and the time that what is left will take.
fn others(counts: SessionCounts, ui: Ui) -> Vec<String> {
    let skipped = (counts.skipped > 0)
        .then(|| ui.pick(format!("跳过 {}", counts.skipped), format!("{} skipped", counts.skipped)));
    let estimated = counts.seconds_left.filter(|seconds| *seconds > 0).map(|seconds| {
        let minutes = seconds.div_ceil(60);
        ui.pick(format!("约{minutes}分"), format!("about {minutes} min"))
    });
    skipped.into_iter().chain(estimated).collect()
}

fn why(review: &Review, ui: Ui) -> Option<String> {
    let why = review.session.why(review.card()?)?;
    Some(format!("{}{}", ui.pick("为何在此：", "why here: "), why.get(ui)))
}

/// What stands on the page.
pub fn content(model: &Model, review: &Review) -> Content {
    let reader = model.reader();
    let remark = |zh: &str, en: &str| Content::Text(vec![Block::Remark(reader.say(zh, en))]);
    match (&review.face, review.card()) {
        (Face::Card, Some(node)) => card(model, review, node),
        (Face::Card, None) => remark(
            "全部已定。Enter 结束复核并给出纪要，u 撤销，k 回看",
            "All decided. Enter ends the session with its minutes, u undoes, k goes back",
        ),
        (Face::Reading(_), _) => {
            remark("规划有改动，正在重新读取……", "The plan has changed and is being read again …")
        }
        (Face::Minutes(report), _) => Content::Text(minutes(report, model.view.ui)),
    }
}

/// The card at hand below what there is to know of it first.
fn card(model: &Model, review: &Review, node: NodeId) -> Content {
    let ui = model.view.ui;
    let reader = model.reader();
    let mut above = Vec::new();
    if head(model, review, usize::from(model.size.cols)).1.is_none() {
        above.push(Block::Aside(vec![Inline::Plain(why(review, ui).unwrap_or_default())]));
    }
    let standing = standing(model, &review.session, node);
    above.extend(standing.map(|standing| Block::Heading(vec![Inline::Plain(standing)])));
    if review.session.veil(node) == VerdictVisibility::Drawn {
        let hidden = reader.say(
            "盲评：结论已隐藏；判断后按 r 揭示",
            "blind: verdicts are hidden; once you have decided, r reveals",
        );
        above.push(Block::Aside(vec![Inline::Words(hidden)]));
    }
    let Some(journal) = model.journal_view.journal.as_deref() else { return Content::Text(above) };
    let mut shown = review.session.shown(&reader, journal, node);
    shown.title = reader_of_titles(&reader).text(&reader.plan.tree.node(node).title);
    most_needed_first(model, node, &mut shown);
    Content::Review(above, shown, model.view.glyphs)
}

/// Titles stand in two languages always, the one shown first.
fn reader_of_titles<'p>(reader: &PageReader<'p>) -> PageReader<'p> {
    let main = reader.show.main();
    let other = (0u8..2).map(Lang).find(|lang| *lang != main);
    let other = other.filter(|lang| usize::from(lang.0) < reader.plan.languages.len());
    let show = match (reader.show, other) {
        (ShownLanguages::One(main), Some(other)) => ShownLanguages::Both(main, other),
        (show, _) => show,
    };
    PageReader { show, ..*reader }
}

/// Orders a card's sections by need: what one judges by first, then what it serves. What it serves only
/// through its parent is one line. What serves the node goes last: there may be much of it.
fn most_needed_first(model: &Model, node: NodeId, page: &mut Page) {
    let reader = model.reader();
    page.sections.retain(|section| section.kind != SectionKind::Links);
    let (mut first, mut inherited, mut last) = (Vec::new(), Vec::new(), Vec::new());
    let (mut is_serving, tree) = (false, reader.plan);
    for link in links(tree, node) {
        match link.tie {
            NodeTie::ServesThroughParent => inherited.push(reader.title_line(link.to)),
            NodeTie::ServedBy => last.push(in_one_line(reader.tie(&link))),
            tie => {
                is_serving |= tie == NodeTie::Serves;
                first.push(in_one_line(reader.tie(&link)));
            }
        }
    }
    if !inherited.is_empty() {
        let titles = inherited.join(model.view.ui.pick("；", "; "));
        let through = Inline::Words(reader.say("随上级", "through its parent"));
        let pair = reader.pair("服务", "serves", vec![Inline::Plain(titles), through]);
        if is_serving { last.insert(0, pair) } else { first.push(pair) }
    }
    let of = |pairs: Vec<Pair>| {
        let blocks = if pairs.is_empty() { Vec::new() } else { vec![Block::Pairs(pairs)] };
        reader.sections([(SectionKind::Links, blocks)])
    };
    page.sections.extend(of(first));
    page.sections.sort_by_key(|section| need(section.kind));
    page.sections.extend(of(last));
}

/// A link's title and what there is to know of it behind one another, which takes half the lines.
fn in_one_line(link: Pair) -> Pair {
    let value = link.whole().into_owned();
    Pair { value, more: Vec::new(), target: None, ..link }
}

fn need(kind: SectionKind) -> u8 {
    match kind {
        SectionKind::State => 0,
        SectionKind::Values => 1,
        SectionKind::People => 2,
        SectionKind::Notes => 3,
        SectionKind::Conflicts => 4,
        SectionKind::Links => 5,
        SectionKind::About => 6,
        SectionKind::Evidence => 7,
        SectionKind::Terms => 8,
        SectionKind::History => 9,
        // Those of other cards.
        _ => u8::MAX,
    }
}

/// What the session has said of the card already.
fn standing(model: &Model, session: &Session, node: NodeId) -> Option<String> {
    let ui = model.view.ui;
    let mark = session.mark(node)?;
    let what = match session.standing(node) {
        CardStanding::Undecided => return None,
        CardStanding::Buried(day) => ui.pick(format!("搁置到 {day}"), format!("buried until {day}")),
        CardStanding::LeftOut => ui.pick("本次略过", "left out of this session").to_owned(),
        CardStanding::Decided(Outcome::Verdict) => {
            let said = model.said(node).into_iter().flat_map(Annotations::authors);
            let own = said.into_iter().find(|said| said.by == session.head().by);
            let verdict = own.and_then(|own| own.verdict.as_ref()).map(|own| describe::state(own.status, ui));
            verdict.unwrap_or_else(|| mark.outcome.label(ui).to_owned())
        }
        CardStanding::Skipped | CardStanding::Decided(_) => mark.outcome.label(ui).to_owned(),
    };
    let when = describe::time(mark.at, model.view.as_of.day());
    Some(ui.pick(format!("本次：{what} · {when}"), format!("this session: {what} · {when}")))
}

fn minutes(report: &Report, ui: Ui) -> Vec<Block> {
    let what = match report.closing {
        Closing::Stopped => ui.pick(
            "已停下，下次从同一张卡片继续。Enter 现在继续，u 撤销上一步，q 离开",
            "Stopped; it goes on at the same card. Enter goes on now, u undoes the last step, q leaves",
        ),
        Closing::Ended => ui.pick(
            "复核已结束。u 撤销最后一步并回到卡片，q 离开",
            "The session has ended. u undoes the last step and brings its card back, q leaves",
        ),
    };
    let how = ui.pick(
        "纪要可这样取得：plan158 review --minutes > 纪要.md",
        "To have the minutes: plan158 review --minutes > minutes.md",
    );
    let head = Block::List(vec![line(Weight::Strong, what), line(Weight::Quiet, how)]);
    let waiting = || vec![Block::List(vec![line(Weight::Quiet, "…")])];
    std::iter::once(head).chain(report.blocks.clone().unwrap_or_else(waiting)).collect()
}

/// Keys of the verdicts, in rows: digit, then glyph and word.
fn verdicts(model: &Model) -> Vec<Vec<(String, String)>> {
    let ui = model.view.ui;
    if model.review().and_then(Review::card).is_none() {
        return Vec::new();
    }
    let width = usize::from(model.size.cols);
    let keys: Vec<(String, String)> = (1..)
        .zip(VERDICT_KEYS)
        .map(|(digit, state)| (digit.to_string(), describe::state(state, ui)))
        .collect();
    let half = keys.len() / 2;
    let fits = |row: &[(String, String)]| row_cols(row) <= width;
    if fits(&keys) {
        return vec![keys];
    }
    if model.size.lines >= ROOMY_LINES && fits(&keys[..half]) && fits(&keys[half..]) {
        return vec![keys[..half].to_vec(), keys[half..].to_vec()];
    }
    let short = keys
        .into_iter()
        .zip(VERDICT_KEYS)
        .map(|((digit, _), state)| (digit, state_sign(state, &model.view).to_owned()));
    vec![short.collect()]
}

fn row_cols(row: &[(String, String)]) -> usize {
    row.iter().map(|(digit, word)| cols(digit) + cols(word) + 3).sum::<usize>().saturating_sub(2)
}

/// Lines of the foot: the verdicts, and the line of the other keys.
pub fn foot_lines(model: &Model) -> u16 {
    1 + u16::try_from(verdicts(model).len()).unwrap_or(0)
}

/// The foot above its last line: verdicts while their keys are valid. Where there is room for it, what the
/// last key had to say stands in the rule above, so that the keys stay in sight.
pub fn foot(model: &Model, theme: Theme, buffer: &mut Buffer) {
    let area = model.panes.hints;
    let more = more(model);
    if says_notice_elsewhere(model)
        && let Some(notice) = &model.notice
    {
        let room = usize::from(area.width).saturating_sub(2 + more.as_ref().map_or(0, |more| cols(more) + 1));
        let text = format!(" {} ", one_line(notice.get(model.view.ui)));
        write(buffer, (area.x + 1, area.y - 1), cut(&text, room), room, theme.heading());
    }
    if model.context() != Context::Review {
        return;
    }
    if let Some(more) = more {
        // Beside the verdicts where there is no rule: short as they are then, they leave the room.
        let y = if model.size.lines >= ROOMY_LINES { area.y - 1 } else { area.y };
        let x = area.right() - u16::try_from(cols(&more)).unwrap_or(0).min(area.width);
        write(buffer, (x, y), &more, usize::from(area.width), theme.quiet());
    }
    for (row, y) in verdicts(model).iter().zip(area.y..area.bottom()) {
        let mut x = area.x;
        for (digit, word) in row {
            put(buffer, &mut x, y, area.right(), digit, theme.key());
            put(buffer, &mut x, y, area.right(), &format!(" {word}  "), Style::new());
        }
    }
}

/// That the card goes on below what shows.
fn more(model: &Model) -> Option<String> {
    let below = model.panes.lines.len().saturating_sub(model.card.top + model.panes.card_height());
    let is_more = below > 0;
    // Of a long text no more is laid out than may soon show.
    let below = format!("{below}{}", if model.panes.lines_are_all { "" } else { "+" });
    let ui = model.view.ui;
    let key = model.keymap.keys_of(CommandId::HalfDown, Context::Review).first()?;
    let told = if model.size.lines >= ROOMY_LINES {
        ui.pick(format!(" {key} 还有{below}行"), format!(" {key} {below} more lines"))
    } else {
        format!("{key} +{below}")
    };
    is_more.then_some(told)
}

/// Whether a notice stands in the rule above the foot.
pub fn says_notice_elsewhere(model: &Model) -> bool {
    model.context() == Context::Review && model.size.lines >= ROOMY_LINES
}
