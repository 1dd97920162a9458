//! What a user counts on, whatever happens; looked at after every step.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use plan158::find::Query;
use plan158::journal::fold::NodeRecords;
use plan158::journal::record::RecordId;
use plan158::journal::{Fold, Journal};
use plan158::progress::{JournalData, Judge, States};
use plan158::text::clean::is_unsafe_char;
use plan158::tui::drafts::{self, DraftEntry, DraftWords};
use plan158::tui::draw::paint;
use plan158::tui::finding::{Answer, Purpose, SearchQuery, Taking};
use plan158::tui::message::Message;
use plan158::tui::model::Model;
use plan158::tui::pages::screen_page::ScreenPage;
use plan158::tui::place::SavedPlace;
use plan158::tui::searcher::SearchState;
use plan158::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::act::Act;
use super::selections::{Selection, selected, stay};
use crate::screen::{Session, Worker};

/// What the cursor is on.
#[derive(Clone, Debug, PartialEq)]
enum On {
    Nothing,
    Node(String),
    /// The id of a node that has left the plan.
    Orphan(String),
}

fn on(model: &Model) -> On {
    if let Some(node) = model.selected() {
        return On::Node(model.plan().tree.node(node).key.to_string());
    }
    model.selected_orphan().map_or(On::Nothing, |orphan| On::Orphan(orphan.name.to_string()))
}

/// What somebody has typed and not sent off.
#[derive(Clone, Debug, PartialEq)]
struct Typed {
    form: Option<(String, Vec<String>)>,
    prompt: Option<String>,
    filters: Vec<String>,
}

fn typed(model: &Model) -> Typed {
    let form = model.compose.as_ref().map(|compose| {
        let fields = compose.fields.iter().map(|field| field.value().to_owned()).collect();
        (format!("{:?} {}", compose.asks, compose.here.name), fields)
    });
    let filters = model.layers.iter().filter_map(|layer| layer.input.as_ref());
    Typed {
        form,
        prompt: model.find.prompt.as_ref().map(|prompt| prompt.input.value().to_owned()),
        filters: filters.map(|input| input.value().to_owned()).filter(|text| !text.is_empty()).collect(),
    }
}

/// How things stood before a step.
pub struct Before {
    typed: Typed,
    on: On,
    /// Whether people's records were read.
    is_read: bool,
    /// What a line or form says that nobody has recorded.
    unrecorded: Option<(DraftEntry, DraftWords)>,
    acknowledged: usize,
    selections: Vec<Selection>,
    /// Whether keys that were typed ahead may be pressed by an answer.
    waits_to_take: bool,
    is_free: bool,
}

/// What was seen so far.
#[derive(Default)]
pub struct Claims {
    steps: usize,
    /// What the cursor was put on by the user.
    wanted: Option<On>,
    /// The state of what people say that was compared with the disk last.
    compared: Option<u64>,
    /// What the filter let through that was looked for again last.
    filtered: Option<Arc<Answer>>,
}

/// Whether the place is the user's alone: a search that is typed or awaited moves by itself, and so do pages
/// that follow records.
fn is_free(model: &Model) -> bool {
    let follows =
        model.pages.iter().any(|page| matches!(page, ScreenPage::History(_) | ScreenPage::Review(_)));
    model.find.prompt.is_none() && model.awaited().is_none() && !follows
}

impl Claims {
    pub fn before(session: &Session) -> Before {
        let model = &session.model;
        let waits_to_take = model.find.prompt.as_ref().is_some_and(|prompt| prompt.taking != Taking::No);
        Before {
            typed: typed(model),
            on: on(model),
            is_read: model.journal_view.journal.is_some(),
            unrecorded: unrecorded(model),
            acknowledged: session.host.acknowledged.len(),
            selections: selected(model),
            waits_to_take,
            is_free: is_free(model) && !waits_to_take,
        }
    }

    /// The program was started again: what counts is where it stands now.
    pub fn started_again(&mut self) {
        (self.wanted, self.compared) = (None, None);
    }

    pub fn check(&mut self, session: &mut Session, before: &Before, act: &Act) {
        self.steps += 1;
        drawn(&session.model, self.steps);
        within(&session.model);
        self.place(&session.model, before, act);
        if !act.is_the_users() && !before.waits_to_take {
            stay(&before.selections, &selected(&session.model));
        }
        words(session, before, act);
        kept(session, before, act);
        self.records(session);
        self.filtered(session);
        written(session);
    }

    /// A change of the plan or of the journal leaves the cursor where the user put it, as long as that is
    /// there.
    fn place(&mut self, model: &Model, before: &Before, act: &Act) {
        let now = on(model);
        // A key that leaves the cursor where it is changes nothing of where it is wanted. Until people's
        // records are read the cursor may wait for the row of what was said of a node that is gone; whether a
        // key ends that is not asked.
        let is_read = before.is_read && model.journal_view.journal.is_some();
        let is_put = act.is_the_users() && (now != before.on || !is_read);
        let settled = model.journal_view.journal.is_some().then(|| now.clone());
        if is_put || !before.is_free || !is_free(model) {
            self.wanted = settled;
            return;
        }
        let Some(wanted) = self.wanted.clone() else {
            self.wanted = settled;
            return;
        };
        match &wanted {
            On::Node(key) => {
                let row = model.plan().tree.find(key).filter(|id| model.outline.rows().row_of(*id).is_some());
                match row {
                    Some(id) => assert_eq!(model.selected(), Some(id), "the cursor left {key} for {now:?}"),
                    None => self.wanted = Some(now),
                }
            }
            On::Orphan(name) if model.journal_view.journal.is_some() => {
                let is_there = model.orphans().iter().any(|orphan| *orphan.name == **name);
                if is_there && model.outline.tail_rows() > 0 {
                    assert_eq!(now, wanted, "the cursor left what was said of {name}");
                } else {
                    self.wanted = Some(now);
                }
            }
            On::Orphan(_) => {}
            On::Nothing => self.wanted = Some(now),
        }
    }

    /// What is said to be on disk is there, and what shows is what is there.
    fn records(&mut self, session: &mut Session) {
        let is_news_waiting = session
            .host
            .outbox
            .as_ref()
            .and_then(|outbox| outbox.get(&Worker::People))
            .is_some_and(|told| !told.is_empty());
        let Some(journal) = session.model.journal_view.journal.clone().filter(|_| !is_news_waiting) else {
            return;
        };
        if self.compared == Some(session.model.journal_view.version) {
            return;
        }
        let loaded = Arc::clone(&session.model.loaded);
        let as_of = session.model.view.as_of;
        let Ok(again) = Journal::open(Some(session.journal_dir()), &loaded.plan, as_of) else { return };
        self.compared = Some(session.model.journal_view.version);
        same_fold(&journal, &again);
        on_disk(session, &again);
        stands(&session.model, &again);
    }

    /// What a filter lets through is what its query finds.
    fn filtered(&mut self, session: &Session) {
        let model = &session.model;
        let is_settled = model.find.awaited.is_empty()
            && session.host.outbox.as_ref().is_none_or(|outbox| outbox.values().all(VecDeque::is_empty));
        let standing = model.find.standing.as_ref().filter(|standing| is_settled && standing.cell.is_none());
        let Some((text, shown)) = standing.and_then(|one| Some((&one.text, one.answer.as_ref()?))) else {
            return;
        };
        if self.filtered.as_ref().is_some_and(|known| Arc::ptr_eq(known, shown)) {
            return;
        }
        self.filtered = Some(Arc::clone(shown));
        let query = Query::parse(text, session.model.plan());
        let (within, scope) = (None, None);
        let asked = SearchQuery { purpose: Purpose::Standing, generation: 0, query, within, scope };
        let found = SearchState::default().answer(&session.material(), &asked, &AtomicBool::new(false));
        if let Some(Message::Found { answer, .. }) = found {
            assert_eq!(
                shown.sieve.matched(),
                answer.sieve.matched(),
                "what the filter {text:?} lets through"
            );
        }
    }
}

/// Everything is drawn within the screen, and nothing that a terminal would obey.
fn drawn(model: &Model, steps: usize) {
    let size = model.size;
    let area = Rect::new(0, 0, size.cols, size.lines);
    let mut buffer = Buffer::empty(area);
    let cursor = paint(model, Theme::DARK, area, &mut buffer);
    if let Some(cursor) = cursor {
        assert!(area.contains(cursor), "the cursor stands at {cursor}, outside {area}");
    }
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            assert!(!symbol.chars().any(is_unsafe_char), "{symbol:?} is drawn at {x},{y}");
            let cols = if symbol.is_ascii() { symbol.len() } else { symbol.width() };
            let cols = u16::try_from(cols).unwrap().clamp(1, 2);
            assert!(x + cols <= area.width, "{symbol:?} reaches over the edge at {x},{y}");
            if cols == 2 {
                let covered = buffer[(x + 1, y)].symbol();
                assert!(covered.trim().is_empty(), "{symbol:?} at {x},{y} covers {covered:?}");
            }
            x += cols;
        }
    }
    if steps.is_multiple_of(16) {
        // The terminal has another size already, of which nothing was heard.
        let other = Rect::new(0, 0, size.cols / 2 + 1, size.lines / 2 + 1);
        paint(model, Theme::MONO, other, &mut Buffer::empty(other));
        SavedPlace::of(model);
    }
}

/// What is selected is there.
fn within(model: &Model) {
    let outline = &model.outline;
    let (rows, cursor) = (outline.rows().count() + outline.tail_rows(), outline.cursor());
    assert!(cursor.row < rows.max(1), "the cursor is on row {} of {rows}", cursor.row);
    assert!(
        cursor.top <= cursor.row,
        "row {} is above the window, which begins at {}",
        cursor.row,
        cursor.top
    );
    if let Some(layer) = model.layers.last() {
        let entries = layer.entries.len();
        assert!(layer.selected < entries.max(1), "entry {} of {entries} is selected", layer.selected);
    }
    if model.journal_view.past.is_none() {
        let orphans = model.orphans().len();
        assert_eq!(model.resting().tail(), orphans, "rows of what has left the plan");
    }
}

/// What somebody has typed stays until they send it off or leave it.
fn words(session: &mut Session, before: &Before, act: &Act) {
    let now = typed(&session.model);
    if !act.is_the_users() && !before.waits_to_take {
        let is_about_an_export =
            before.typed.form.as_ref().is_some_and(|(asks, _)| asks.contains("ExportTo"));
        if !is_about_an_export {
            assert_eq!(now.form, before.typed.form, "what was typed into a form");
        }
        assert_eq!(now.prompt, before.typed.prompt, "what was typed into the line");
        let kept: BTreeSet<&String> = now.filters.iter().collect();
        for filter in &before.typed.filters {
            assert!(kept.contains(filter), "what was typed over a list is gone: {filter:?}");
        }
    }
    for text in std::mem::take(&mut session.host.refused) {
        let fields = now.form.iter().flat_map(|(_, fields)| fields);
        let stays = fields.clone().any(|field| !field.is_empty() && text.contains(field.trim()));
        let said = session.model.notice.as_ref().is_some_and(|said| said.en.contains("not saved"));
        assert!(text.is_empty() || stays || said, "words of a step that was not written are gone: {text:?}");
    }
}

fn unrecorded(model: &Model) -> Option<(DraftEntry, DraftWords)> {
    let compose = model.compose.as_ref()?;
    Some((compose.entry()?, compose.words_to_keep()?))
}

/// Words whose line closes are recorded, or lie in a draft.
fn kept(session: &mut Session, before: &Before, act: &Act) {
    let Some((entry, words)) = before.unrecorded.as_ref().filter(|_| matches!(act, Act::Key(_))) else {
        return;
    };
    if session.model.compose.is_some() || session.host.acknowledged.len() > before.acknowledged {
        return;
    }
    let files = fs::read_dir(session.drafts().dir()).into_iter().flatten().flatten();
    let mut texts = files.filter_map(|file| fs::read_to_string(file.path()).ok());
    let is_kept = texts.any(|text| drafts::words(entry, &text).says_the_same(words));
    assert!(is_kept, "the line closed, and nothing keeps its words: {words:?}");
}

/// Homes by name, with what holds of each and the ids of their records.
fn homes(journal: &Journal) -> BTreeMap<String, (Option<u32>, String, Vec<String>)> {
    let fold: &Fold = journal.fold();
    let described = |home: &NodeRecords| {
        let said = &home.annotations;
        let (authors, notes, values): (Vec<_>, Vec<_>, Vec<_>) =
            (said.authors().collect(), said.notes().collect(), said.values().collect());
        let tags: Vec<_> = said.tags().collect();
        let text = format!(
            "{authors:?} {notes:?} {values:?} {tags:?} {} {:?} {}",
            said.is_starred(),
            said.breaks(),
            said.is_disputed()
        );
        let records = home.records.iter().map(|index| journal.record(*index).id.to_string()).collect();
        (home.name.to_string(), (home.node.map(|node| node.0), text, records))
    };
    let is_said = |home: &&NodeRecords| !home.records.is_empty();
    fold.homes().iter().filter(is_said).map(described).collect()
}

/// What shows is what a reader finds on disk.
fn same_fold(shown: &Journal, on_disk: &Journal) {
    assert_eq!(shown.book().count(), on_disk.book().count(), "records on screen and on disk");
    assert_eq!(homes(shown), homes(on_disk), "what people say on screen, and on disk");
    let ids = |journal: &Journal| -> Vec<String> {
        journal.fold().records().iter().map(|index| journal.record(*index).id.to_string()).collect()
    };
    assert_eq!(ids(shown), ids(on_disk), "the order of records on screen and on disk");
}

/// What was said to be recorded is on disk, word for word.
fn on_disk(session: &Session, journal: &Journal) {
    for done in &session.host.acknowledged {
        let id = RecordId::new(&done.id).unwrap();
        let index =
            journal.book().find(&id).unwrap_or_else(|| panic!("{} was recorded and is gone", done.id));
        if !done.events.is_empty() {
            assert_eq!(journal.record(index).events.as_ref(), done.events, "what was recorded");
        }
    }
}

/// How every node stands on screen is how its figures and its people judge it.
fn stands(model: &Model, journal: &Journal) {
    let (Some(states), None) = (&model.journal_view.states, &model.journal_view.past) else { return };
    let judge = Judge::new(model.plan(), model.view.rule, model.view.as_of);
    let expected = States::new(&judge, |id| JournalData::of(journal.annotations(id)));
    for id in model.plan().tree.ids() {
        let key = &model.plan().tree.node(id).key;
        assert_eq!(states.of(id), expected.of(id), "how {key} stands on screen, and how it is judged");
    }
}

/// A page says that something is being written only as long as it is.
fn written(session: &Session) {
    let is_written = session
        .host
        .outbox
        .as_ref()
        .and_then(|outbox| outbox.get(&Worker::Exporter))
        .is_none_or(VecDeque::is_empty);
    let says = |page: &ScreenPage| matches!(page, ScreenPage::Export(page) if page.share.is_some());
    assert!(!is_written || !session.model.pages.iter().any(says), "nothing is being written any more");
}

/// The ids of the records that are in a journal's folder, whatever plan they belong to.
pub fn ids_on_disk(dir: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(dir).into_iter().flatten().flatten();
    let lines = files
        .filter_map(|entry| fs::read(entry.path()).ok())
        .flat_map(|bytes| bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>());
    let ids = lines.filter_map(|line| serde_json::from_slice::<serde_json::Value>(&line).ok());
    ids.filter_map(|line| line["id"].as_str().map(str::to_owned)).collect()
}
