//! Everything the screen shows, as plain data. `update` and the actions it runs change it; the runtime puts in
//! what came of the journal and of drafts. `draw` changes nothing.

mod card;
mod journal;
mod session;
mod situation;

use super::view::{CardBeside, Focus, Freshness, View};
use std::ops::Range;
use std::sync::Arc;

use super::card_window::{Anchor, CardWindow};
use super::columns::Columns;
use super::command::{Call, Context};
use super::compose::Compose;
use super::effect::MouseCapture;
use super::finding::{FindState, Prompt};
use super::journal_view::JournalView;
use super::jumps::{Jumps, NodeMarks};
use super::kept_place::KeptPlace;
use super::keymap::{Keymap, Pending};
use super::layers::{Choosing, Layer};
use super::message::{Cell, Size};
use super::pages::review::state::Awaited;
use super::pages::screen_page::ScreenPage;
use super::panes::Panes;
use crate::journal::NodeName;
use crate::outline::{Outline, OutlinePlace};
use crate::page::PageReader;
use crate::plan::load::Loaded;
use crate::plan::{NodeId, Plan};
use crate::text::language::{self};
use crate::text::{Bilingual, Lang, ShownLanguages};

/// The lines of the flat list.
#[derive(Clone, Debug)]
pub enum FlatRows<'m> {
    /// Every node of a range.
    All(Range<u32>),
    These(&'m [NodeId]),
}

impl FlatRows<'_> {
    pub fn count(&self) -> usize {
        match self {
            FlatRows::All(nodes) => nodes.len(),
            FlatRows::These(nodes) => nodes.len(),
        }
    }

    pub fn get(&self, line: usize) -> Option<NodeId> {
        match self {
            FlatRows::All(nodes) => nodes.clone().nth(line).map(NodeId),
            FlatRows::These(nodes) => nodes.get(line).copied(),
        }
    }

    pub fn line_of(&self, node: NodeId) -> Option<usize> {
        match self {
            FlatRows::All(nodes) => {
                nodes.contains(&node.0).then(|| usize::try_from(node.0 - nodes.start).unwrap_or(0))
            }
            FlatRows::These(nodes) => nodes.iter().position(|id| *id == node),
        }
    }
}

/// What a click selected: the id under the outline's cursor, and what the card's cursor stands on.
pub type Clicked = (Option<NodeName>, Option<Anchor>);

/// A click that may become a double click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Click {
    pub cell: Cell,
    /// What it selected: a second click is meant for the same.
    pub on: Clicked,
    /// When, in milliseconds since the program began.
    pub at_ms: u64,
}

/// What an action asks for that it cannot do itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// A command that was taken from a list.
    Command(Call),
    /// The card of a node, in the session that shows.
    Card(NodeId),
}

/// The screen's state.
#[derive(Clone, Debug)]
pub struct Model {
    /// The plan with its problems.
    pub loaded: Arc<Loaded>,
    pub freshness: Freshness,
    pub journal_view: JournalView,
    /// Rows, folds, cursor, scope.
    pub outline: Outline,
    /// Languages and day.
    pub view: View,
    /// Which pane the keys go to.
    pub focus: Focus,
    pub card: CardWindow,
    pub jumps: Jumps,
    pub marks: NodeMarks,
    /// The columns of the outline, where it has them.
    pub columns: Option<Columns>,
    /// Pages over the panes, the topmost last.
    pub pages: Vec<ScreenPage>,
    /// A session to be opened once the journal is read.
    pub awaited_review: Option<Awaited>,
    /// Milliseconds since the program began, when the last message came.
    pub now_ms: u64,
    /// How many previews of exports were asked for.
    pub previews: u64,
    /// Lists over the views, the topmost last.
    pub layers: Vec<Layer>,
    /// What is being said of a node.
    pub compose: Option<Compose>,
    /// Everything about finding.
    pub find: FindState,
    /// Keys typed that are no whole command yet.
    pub pending: Pending,
    /// What something that was just done asks for in turn: it is done before anything else.
    pub asked_for: Option<Request>,
    /// What the last key had to say; gone with the next.
    pub notice: Option<Bilingual>,
    pub mouse: MouseCapture,
    pub card_beside: CardBeside,
    pub click: Option<Click>,
    /// The terminal's size.
    pub size: Size,
    pub keymap: Arc<Keymap>,
    /// Where everything stands on screen; remade after each message.
    pub panes: Panes,
    /// The place of the last time, as far as it is not taken up.
    pub kept_place: KeptPlace,
}

impl Model {
    /// The screen as it first opens on a plan.
    pub fn new(loaded: Arc<Loaded>, view: View, keymap: Arc<Keymap>, size: Size) -> Self {
        let outline = Outline::new(&loaded.plan.tree);
        Self {
            loaded,
            freshness: Freshness::Whole,
            journal_view: JournalView::default(),
            outline,
            view,
            focus: Focus::Outline,
            card: CardWindow::default(),
            jumps: Jumps::default(),
            marks: NodeMarks::default(),
            columns: None,
            pages: Vec::new(),
            awaited_review: None,
            now_ms: 0,
            previews: 0,
            layers: Vec::new(),
            compose: None,
            find: FindState::default(),
            pending: Pending::default(),
            asked_for: None,
            notice: None,
            mouse: MouseCapture::On,
            card_beside: CardBeside::Shown,
            click: None,
            size,
            keymap,
            panes: Panes::default(),
            kept_place: KeptPlace::default(),
        }
    }

    pub fn plan(&self) -> &Plan {
        &self.loaded.plan
    }

    /// What a card is made from.
    pub fn reader(&self) -> PageReader<'_> {
        let View { show, ui, rule, .. } = self.view;
        PageReader { plan: self.plan(), show, ui, rule, as_of: self.as_of() }
    }

    /// The node under the cursor.
    pub fn selected(&self) -> Option<NodeId> {
        match self.review() {
            Some(review) => review.card(),
            None => self.outline.selected(),
        }
    }

    /// Where keys go now.
    pub fn context(&self) -> Context {
        match (self.layers.last(), self.focus) {
            (Some(layer), _) => layer.context(),
            (None, _) if self.compose.is_some() => Context::Form,
            (None, _) if self.find.prompt.is_some() => Context::Input,
            (None, _) if self.reviewing().is_some() => Context::Review,
            (None, _) if !self.pages.is_empty() => Context::Page,
            (None, Focus::Outline) => Context::Browse,
            (None, Focus::Card) => Context::Card,
        }
    }

    /// Whether keys go to the line of a search or filter.
    pub fn is_prompting(&self) -> bool {
        self.layers.is_empty() && self.compose.is_none() && self.find.prompt.is_some()
    }

    /// Whether keys go to the line or form in which something is said of a node.
    pub fn is_composing(&self) -> bool {
        self.layers.is_empty() && self.compose.is_some()
    }

    /// The outline as it stands without the search being typed.
    pub fn resting(&self) -> &Outline {
        self.find.prompt.as_ref().map_or(&self.outline, |prompt| &prompt.before.outline)
    }

    /// The pane that has the keys when no search is typed.
    pub fn resting_focus(&self) -> Focus {
        self.find.prompt.as_ref().map_or(self.focus, |prompt| prompt.before.focus)
    }

    /// The place that is still awaited.
    pub fn awaited(&self) -> Option<&OutlinePlace> {
        self.find.prompt.as_ref().map_or(self.kept_place.place(), |prompt| prompt.before.awaited.as_ref())
    }

    /// The lines of the flat list: the best matches, or with nothing typed all there is in reading order.
    pub fn flat_rows(&self) -> FlatRows<'_> {
        if let Some(answer) = self.find.prompt.as_ref().and_then(|prompt| prompt.answer.as_ref()) {
            return FlatRows::These(&answer.hits);
        }
        let (tree, scope) = (&self.plan().tree, self.outline.scope());
        match self.outline.sieve() {
            Some(sieve) => FlatRows::These(sieve.within(tree, scope)),
            None => FlatRows::All(self.nodes_in_scope()),
        }
    }

    pub fn nodes_in_scope(&self) -> Range<u32> {
        let tree = &self.plan().tree;
        match self.outline.scope() {
            Some(scope) => scope.0..tree.node(scope).subtree_end.0,
            None => 0..u32::try_from(tree.count()).unwrap_or(u32::MAX),
        }
    }

    /// The nodes on screen, from the top, and which of them is selected.
    pub fn visible(&self, rows: usize) -> (Vec<NodeId>, Option<usize>) {
        match self.find.prompt.as_ref().filter(|_| self.find.is_flat()) {
            Some(Prompt { list, .. }) => {
                let all = self.flat_rows();
                let shown = (list.top..list.top + rows).map_while(|line| all.get(line)).collect();
                (shown, list.selected.checked_sub(list.top))
            }
            None => {
                let cursor = self.outline.cursor();
                let shown = self.outline.rows().slice(cursor.top..cursor.top + rows).to_vec();
                (shown, cursor.row.checked_sub(cursor.top))
            }
        }
    }

    /// Takes up a place; nodes it names that are not read yet are awaited.
    pub fn take_up(&mut self, place: OutlinePlace, focus: Focus) {
        let height = self.outline.cursor().height;
        self.outline = Outline::restore(&self.loaded.plan.tree, &place, height);
        self.focus = focus;
        self.kept_place = KeptPlace::of(place);
    }

    /// Where the outline stands, by key; folds of nodes that are still to be read among them.
    pub fn place(&self) -> OutlinePlace {
        self.place_of(self.resting(), self.awaited())
    }

    /// The same of an outline over this plan.
    pub fn place_of(&self, outline: &Outline, awaited: Option<&OutlinePlace>) -> OutlinePlace {
        if let Some(place) = awaited {
            return place.clone();
        }
        let tree = &self.plan().tree;
        let mut place = outline.place(tree);
        self.kept_place.add_unread_folds(tree, &mut place);
        place
    }

    /// The user moves: a place that is awaited gives way, its folds stay to be taken up.
    pub fn moved(&mut self) {
        self.kept_place.give_way(matches!(self.freshness, Freshness::Reading(_)));
    }

    /// The next way of showing the plan's languages: each alone, then the first two together.
    pub fn next_show(&self) -> ShownLanguages {
        let count = u8::try_from(self.plan().languages.len()).unwrap_or(u8::MAX);
        match self.view.show {
            ShownLanguages::One(Lang(lang)) if lang + 1 < count => ShownLanguages::One(Lang(lang + 1)),
            ShownLanguages::One(_) if count > 1 => ShownLanguages::Both(Lang(0), Lang(1)),
            ShownLanguages::One(lang) => ShownLanguages::One(lang),
            ShownLanguages::Both(..) => ShownLanguages::One(Lang(0)),
        }
    }

    /// Shows other languages and lets the program speak accordingly.
    pub fn set_show(&mut self, show: ShownLanguages) {
        let tag = self.plan().tag(show.main()).to_owned();
        self.view.show = show;
        self.view.ui = language::speak(&tag, self.view.locale);
    }

    /// Opens a list over what shows. What is chosen in it is done to what is under the cursor now.
    pub fn open_list(&mut self, choosing: Choosing) {
        let about = match choosing {
            Choosing::Help
            | Choosing::Palette
            | Choosing::Actions
            | Choosing::Verdict
            | Choosing::Tags
            | Choosing::OwnNotes
            | Choosing::OwnItems => self.here().map(|here| here.name),
            _ => None,
        };
        self.layers.push(Layer { about, ..Layer::new(choosing) });
    }
}
