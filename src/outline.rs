//! The outline: which rows are visible and where the cursor is. Pure: it knows nothing of keys, colours or
//! the terminal.
//!
//! One door: an [`OutlineAction`] goes in, fields change. What was visible stays where it was as far as it
//! can.

pub mod cursor;
pub mod folds;
pub mod order;
pub mod rows;
pub mod sieve;
pub mod sifted;
pub mod tail;
mod way;

use std::sync::Arc;

use crate::plan::{Key, NodeId, Tree};
pub use cursor::{RowCursor, ScrollAlign};
pub use folds::Folds;
pub use order::SiblingOrder;
pub use rows::Rows;
pub use sieve::Sieve;
use sifted::Sifted;
pub use sifted::SiftedPlace;
pub use way::SiblingDirection;

/// A move or a fold. Counts are at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineAction {
    /// So many rows down.
    Down(usize),
    /// So many rows up.
    Up(usize),
    /// The n-th row from the top, counted from 1.
    Row(usize),
    Last,
    /// So many half screens down.
    HalfDown(usize),
    /// So many half screens up.
    HalfUp(usize),
    /// So many screens down.
    PageDown(usize),
    /// So many screens up.
    PageUp(usize),
    /// The n-th ancestor.
    Parent(usize),
    /// Next sibling but n − 1.
    NextSibling(usize),
    /// Previous sibling but n − 1.
    PreviousSibling(usize),
    /// Folds an open parent; elsewhere goes to the parent.
    FoldOrParent,
    /// Unfolds a folded parent; goes to the first child of an open one.
    UnfoldOrChild,
    /// Folds or unfolds the node.
    Toggle,
    Unfold,
    /// Folds the node, or the one around it where there is nothing to fold.
    Fold,
    /// Unfolds everything in scope.
    UnfoldAll,
    /// Folds everything in scope.
    FoldAll,
    /// Shows so many levels of the scope, 1 being its first rows.
    FoldToLevel(u32),
    /// Moves the window.
    Scroll(isize),
    /// Moves the window so that the cursor stands there.
    AlignTo(ScrollAlign),
    /// Shows the node and what is below it only.
    ZoomIn,
    /// Shows what is around the scope.
    ZoomOut,
    /// Opens what hides a node and goes there; leaves the scope where the node is outside it, and the sieve
    /// where that holds it back.
    GoTo(NodeId),
    /// The row at so many lines below the top of the window.
    Line(usize),
    /// The screen holds so many rows now.
    Height(usize),
}

/// Whether an action changed anything, so that a key that does nothing can say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineChange {
    /// The cursor, a fold, the scope or the window changed.
    Changed,
    /// Everything is as it was.
    Unchanged,
}

/// Folds, scope, rows and cursor over one load of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    folds: Folds,
    scope: Option<NodeId>,
    sifted: Option<Sifted>,
    /// How siblings stand, where not as in the plan.
    order: Option<Arc<SiblingOrder>>,
    rows: Rows,
    /// Rows below those of the plan, by name.
    tail: Vec<Arc<str>>,
    /// The one of them that the cursor stood on in another load, until they are known again or the cursor
    /// moves.
    awaited: Option<Arc<str>>,
    cursor: RowCursor,
}

/// Ancestors noted beside the selected node, so that a place stays small in a plan of any depth.
const MAX_KEPT_ANCESTORS: usize = 32;

/// The outline's place in terms that outlive a load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlinePlace {
    pub open: Vec<Key>,
    /// The zoomed node.
    pub scope: Option<Key>,
    /// The selected node and, behind it, its ancestors from the nearest up: the first that still exists is
    /// taken.
    pub cursor: Vec<Key>,
    /// Lines between the top of the window and the cursor.
    pub above: usize,
    /// What shows, where not everything does.
    pub sifted: Option<SiftedPlace>,
    /// The row below those of the plan that the cursor stood on, by name.
    pub orphan: Option<Arc<str>>,
}

impl Outline {
    /// The plan as it first opens: roots unfolded, cursor on the first row.
    pub fn new(tree: &Tree) -> Self {
        let mut outline = Self { folds: Folds::to_depth(tree, 1), ..Self::default() };
        outline.rebuild(tree, None);
        outline
    }

    /// The outline as it stood in another load.
    pub fn restore(tree: &Tree, place: &OutlinePlace, height: usize) -> Self {
        let mut outline = Self {
            folds: Folds::from_keys(tree, place.open.iter().map(Key::as_str)),
            scope: place.scope.as_ref().and_then(|key| tree.find(key.as_str())),
            sifted: place.sifted.as_ref().map(|sifted| Sifted::restore(tree, sifted)),
            order: None,
            rows: Rows::default(),
            tail: Vec::new(),
            awaited: None,
            cursor: RowCursor { row: 0, top: 0, height },
        };
        let named = place.orphan.as_deref().and_then(|name| tree.find(name));
        let target = named.or_else(|| place.cursor.iter().find_map(|key| tree.find(key.as_str())));
        outline.rebuild(tree, target);
        if let (Some(name), None) = (&place.orphan, named) {
            outline.move_window(OutlineAction::Last);
            outline.awaited = Some(Arc::clone(name));
        }
        outline.cursor.top = outline.cursor.row.saturating_sub(place.above);
        outline.cursor.scroll(outline.last_row_end());
        outline
    }

    /// Where it stands, by key.
    pub fn place(&self, tree: &Tree) -> OutlinePlace {
        let key = |id: NodeId| tree.node(id).key.clone();
        OutlinePlace {
            open: self.folds.keys(tree),
            scope: self.scope.map(key),
            cursor: self
                .selected()
                .map(|id| {
                    std::iter::once(id).chain(tree.ancestors(id)).take(MAX_KEPT_ANCESTORS).map(key).collect()
                })
                .unwrap_or_default(),
            above: self.cursor.row - self.cursor.top.min(self.cursor.row),
            sifted: self.sifted.as_ref().map(|sifted| sifted.place(tree)),
            orphan: self.selected_name().or(self.awaited.as_ref()).cloned(),
        }
    }

    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    pub fn cursor(&self) -> RowCursor {
        self.cursor
    }

    /// The node the view is zoomed to.
    pub fn scope(&self) -> Option<NodeId> {
        self.scope
    }

    /// The node under the cursor; `None` only in an empty plan.
    pub fn selected(&self) -> Option<NodeId> {
        self.rows.get(self.cursor.row)
    }

    fn last_row_end(&self) -> usize {
        self.rows.count() + self.tail_rows()
    }

    /// Whether what is below a node shows. A scope's own node never folds.
    pub fn is_open(&self, id: NodeId) -> bool {
        self.scope == Some(id) || self.folds().is_open(id)
    }

    /// The folds of what shows now.
    fn folds(&self) -> &Folds {
        self.sifted.as_ref().map_or(&self.folds, |sifted| &sifted.folds)
    }

    fn folds_mut(&mut self) -> &mut Folds {
        self.sifted.as_mut().map_or(&mut self.folds, |sifted| &mut sifted.folds)
    }

    /// Levels of a row from the left edge: its depth within the scope. A group stands with what is in it.
    pub fn indent(&self, tree: &Tree, id: NodeId) -> u32 {
        tree.level_depth(id) - self.scope.map_or(0, |scope| tree.level_depth(scope))
    }

    pub fn act(&mut self, tree: &Tree, action: OutlineAction) -> OutlineChange {
        if !matches!(action, OutlineAction::Height(_)) {
            self.awaited = None;
        }
        let before = (self.cursor, self.scope, self.last_row_end());
        let folded = match action {
            OutlineAction::Down(_)
            | OutlineAction::Up(_)
            | OutlineAction::Row(_)
            | OutlineAction::Last
            | OutlineAction::HalfDown(_)
            | OutlineAction::HalfUp(_)
            | OutlineAction::PageDown(_)
            | OutlineAction::PageUp(_)
            | OutlineAction::Scroll(_)
            | OutlineAction::AlignTo(_)
            | OutlineAction::Line(_)
            | OutlineAction::Height(_) => {
                self.move_window(action);
                OutlineChange::Unchanged
            }
            OutlineAction::Parent(_) | OutlineAction::NextSibling(_) | OutlineAction::PreviousSibling(_) => {
                self.move_in_tree(tree, action);
                OutlineChange::Unchanged
            }
            _ => self.change_folds(tree, action),
        };
        let same =
            before == (self.cursor, self.scope, self.last_row_end()) && folded == OutlineChange::Unchanged;
        if same { OutlineChange::Unchanged } else { OutlineChange::Changed }
    }

    fn move_window(&mut self, action: OutlineAction) {
        let count = self.last_row_end();
        let page = self.cursor.height.max(1);
        let half = (page / 2).max(1);
        let row = self.cursor.row;
        match action {
            OutlineAction::Down(n) => self.cursor.to(row.saturating_add(n), count),
            OutlineAction::Up(n) => self.cursor.to(row.saturating_sub(n), count),
            OutlineAction::Row(n) => self.cursor.to(n.saturating_sub(1), count),
            OutlineAction::Last => self.cursor.to(count, count),
            OutlineAction::HalfDown(n) => self.leap(half.saturating_mul(n), SiblingDirection::On),
            OutlineAction::HalfUp(n) => self.leap(half.saturating_mul(n), SiblingDirection::Back),
            OutlineAction::PageDown(n) => self.leap(page.saturating_mul(n), SiblingDirection::On),
            OutlineAction::PageUp(n) => self.leap(page.saturating_mul(n), SiblingDirection::Back),
            OutlineAction::Scroll(by) => self.cursor.scroll_by(by, count),
            OutlineAction::AlignTo(align) => self.cursor.align(align, count),
            OutlineAction::Line(line) if line < page && self.cursor.top + line < count => {
                self.cursor.row = self.cursor.top + line;
            }
            OutlineAction::Height(height) => {
                self.cursor.height = height;
                self.cursor.scroll(count);
            }
            _ => {}
        }
    }

    /// Cursor and window move together, so that a page stays a page.
    fn leap(&mut self, by: usize, way: SiblingDirection) {
        let count = self.last_row_end();
        let (row, top) = (way.from(self.cursor.row, by), way.from(self.cursor.top, by));
        self.cursor.top = top.min(count.saturating_sub(self.cursor.height.max(1)));
        self.cursor.to(row, count);
    }

    fn in_scope(&self, tree: &Tree, id: NodeId) -> bool {
        self.scope.is_none_or(|scope| tree.contains(scope, id))
    }

    fn change_folds(&mut self, tree: &Tree, action: OutlineAction) -> OutlineChange {
        if let OutlineAction::GoTo(id) = action {
            return self.go_to(tree, id);
        }
        let Some(here) = self.selected() else { return OutlineChange::Unchanged };
        let before = (self.folds().clone(), self.sifted.is_some());
        let is_parent = self.is_parent(tree, here);
        let mut target = here;
        match action {
            OutlineAction::Toggle if is_parent => self.folds_mut().toggle(here),
            OutlineAction::Unfold if is_parent => self.folds_mut().open(here),
            OutlineAction::FoldOrParent | OutlineAction::Fold => target = self.fold(tree, here, action),
            // The row below an open parent is its first child that shows.
            OutlineAction::UnfoldOrChild if is_parent && self.is_open(here) => {
                target = self.rows.get(self.cursor.row + 1).unwrap_or(here);
            }
            OutlineAction::UnfoldOrChild if is_parent => self.folds_mut().open(here),
            OutlineAction::UnfoldAll => self.each_parent_in_scope(tree, Folds::open),
            OutlineAction::FoldAll => self.each_parent_in_scope(tree, Folds::close),
            OutlineAction::FoldToLevel(levels) => self.fold_to_level(tree, levels),
            OutlineAction::ZoomIn if is_parent => self.scope = Some(here),
            OutlineAction::ZoomOut => {
                if let Some(scope) = self.scope {
                    self.folds_mut().open(scope);
                    self.scope = tree.node(scope).parent;
                }
            }
            _ => return OutlineChange::Unchanged,
        }
        self.rebuild(tree, Some(target));
        let same = before == (self.folds().clone(), self.sifted.is_some());
        if same { OutlineChange::Unchanged } else { OutlineChange::Changed }
    }

    /// Goes to a node. One that has a row already needs no other rows, however many there are.
    fn go_to(&mut self, tree: &Tree, id: NodeId) -> OutlineChange {
        if let Some(row) = self.rows.row_of(id) {
            self.cursor.to(row, self.last_row_end());
            return OutlineChange::Unchanged;
        }
        self.reveal(tree, id);
        self.rebuild(tree, Some(id));
        OutlineChange::Changed
    }

    /// Folds the node if it is an open parent; else goes to the parent, and for [`Action::Fold`] folds that.
    fn fold(&mut self, tree: &Tree, here: NodeId, action: OutlineAction) -> NodeId {
        let is_scope = self.scope == Some(here);
        if self.is_parent(tree, here) && self.folds().is_open(here) && !is_scope {
            self.folds_mut().close(here);
            return here;
        }
        let Some(up) = tree.node(here).parent.filter(|up| !is_scope && self.in_scope(tree, *up)) else {
            return here;
        };
        if action == OutlineAction::Fold {
            self.folds_mut().close(up);
        }
        up
    }

    fn each_parent_in_scope(&mut self, tree: &Tree, change: fn(&mut Folds, NodeId)) {
        let ids = self
            .scope
            .map_or(0..u32::try_from(tree.count()).unwrap_or(u32::MAX), |scope| scope.0..tree.end(scope).0);
        for id in ids.map(NodeId).filter(|id| tree.is_parent(*id)) {
            change(self.folds_mut(), id);
        }
    }

    fn fold_to_level(&mut self, tree: &Tree, levels: u32) {
        let base = self.scope.map_or(0, |scope| tree.level_depth(scope));
        let ids: Vec<NodeId> = match self.scope {
            Some(scope) => tree.subtree(scope).collect(),
            None => tree.ids().collect(),
        };
        for id in ids {
            if tree.shows_children(id, base + levels.saturating_sub(1)) {
                self.folds_mut().open(id);
            } else {
                self.folds_mut().close(id);
            }
        }
    }

    fn reveal(&mut self, tree: &Tree, id: NodeId) {
        if !self.in_scope(tree, id) {
            self.scope = None;
        }
        if !self.admits(id) {
            self.sifted = None;
        }
        for up in tree.ancestors(id) {
            self.folds_mut().open(up);
        }
    }

    /// Rebuilds the rows and keeps the cursor on a node, or on the nearest ancestor that shows.
    fn rebuild(&mut self, tree: &Tree, target: Option<NodeId>) {
        let above = self.cursor.row - self.cursor.top.min(self.cursor.row);
        let same_node = target.is_some() && target == self.selected();
        let sieve = self.sieve().map(AsRef::as_ref);
        self.rows = Rows::build(tree, self.folds(), self.scope, sieve);
        if let Some(order) = &self.order {
            self.rows = std::mem::take(&mut self.rows).ordered(tree, order);
        }
        let row = target.map_or(0, |id| self.rows.row_at_or_above(tree, id));
        if same_node {
            self.cursor.top = row.saturating_sub(above);
        }
        self.cursor.to(row, self.last_row_end());
    }
}
