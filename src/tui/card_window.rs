//! The card's window and cursor. The cursor is kept by what it stands on: its line changes with the plan, the journal and the width.

use super::model::{Focus, Model};
use crate::page::AnnotationItem;
use crate::page::LineTarget;
use crate::page::terminal::StyledLine;
use crate::plan::{Key, NodeId, Tree};
use crate::text::Bilingual;

/// No card has more lines. One that scrolls to its end, wherever that is, scrolls so far.
const MOST_LINES: usize = u32::MAX as usize;

/// What shows of the card, and what is selected on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardWindow {
    /// First line on screen.
    pub top: usize,
    /// What the cursor stands on.
    pub on: Option<Anchor>,
}

/// Something on a card, named so that it is found again on other lines, and in another load of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    thing: Thing,
    /// Which of the lines for the same thing, from 0.
    nth: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Thing {
    Node(Key),
    Item(AnnotationItem),
}

/// What the cursor of the card stands on now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pointed {
    Nothing,
    At(LineTarget),
    /// What was selected is on the card no longer.
    Gone,
}

impl Anchor {
    /// What begins on a line; `None` where nothing does.
    pub fn at(line: usize, lines: &[StyledLine], tree: &Tree) -> Option<Self> {
        let target = lines.get(line)?.target.as_ref()?;
        let thing = match target {
            LineTarget::Node(node) => Thing::Node(tree.node(*node).key.clone()),
            LineTarget::Item(item) => Thing::Item(item.clone()),
        };
        let nth = lines[..line].iter().filter(|other| other.target.as_ref() == Some(target)).count();
        Some(Self { thing, nth })
    }

    /// The first line for a node.
    pub fn of_node(node: NodeId, tree: &Tree) -> Self {
        Self { thing: Thing::Node(tree.node(node).key.clone()), nth: 0 }
    }

    /// The line it stands on; the last of its lines where there are fewer for the same thing now.
    pub fn line(&self, lines: &[StyledLine], tree: &Tree) -> Option<usize> {
        let target = self.target(tree)?;
        let own = (0..).zip(lines).filter(|(_, line)| line.target.as_ref() == Some(&target));
        own.map(|(at, _)| at).take(self.nth.saturating_add(1)).last()
    }

    /// Whether it is among these lines, and not only others for the same thing.
    pub fn is_on(&self, lines: &[StyledLine], tree: &Tree) -> bool {
        let target = self.target(tree);
        target.is_some() && lines.iter().filter(|line| line.target == target).nth(self.nth).is_some()
    }

    /// It, in this load of the plan.
    fn target(&self, tree: &Tree) -> Option<LineTarget> {
        match &self.thing {
            Thing::Node(key) => tree.find(key.as_str()).map(LineTarget::Node),
            Thing::Item(item) => Some(LineTarget::Item(item.clone())),
        }
    }

    /// The node, where it is the first line for one.
    pub fn first_of_node(&self, tree: &Tree) -> Option<NodeId> {
        match &self.thing {
            Thing::Node(key) if self.nth == 0 => tree.find(key.as_str()),
            _ => None,
        }
    }
}

impl Model {
    /// The line of the card with its cursor, as laid out last.
    pub fn card_line(&self) -> Option<usize> {
        self.card.on.as_ref()?.line(&self.panes.lines, &self.plan().tree)
    }

    /// What the cursor of the card stands on, as laid out last.
    pub fn pointed(&self) -> Pointed {
        if self.card.on.is_none() {
            return Pointed::Nothing;
        }
        let line = self.card_line().and_then(|line| self.panes.lines.get(line));
        line.and_then(|line| line.target.clone()).map_or(Pointed::Gone, Pointed::At)
    }

    /// The node that the cursor of the card stands on.
    pub fn pointed_node(&self) -> Option<NodeId> {
        match self.pointed() {
            Pointed::At(LineTarget::Node(node)) => Some(node),
            _ => None,
        }
    }

    /// Puts the cursor of the card on what begins on a line, or on nothing.
    pub fn point_at(&mut self, line: Option<usize>) {
        self.card.on = line.and_then(|line| Anchor::at(line, &self.panes.lines, &self.plan().tree));
    }

    /// Scrolls the card by so many lines. Where its end is not laid out yet, the next layout finds it.
    pub fn scroll_card(&mut self, by: isize) {
        let top = self.card.top.saturating_add_signed(by);
        self.card.top = top.min(self.panes.last_card_top().unwrap_or(MOST_LINES));
    }

    /// Says that what was selected is gone, so that a key never acts on something else in its place. The next key finds nothing selected.
    pub fn refuse_gone(&mut self) {
        if self.ledger.journal.is_none() {
            self.notice = Some(Bilingual::new(
                "记录正在重新读取，稍后再按一次",
                "the journal is being read: press again in a moment",
            ));
            return;
        }
        self.card.on = None;
        self.notice = Some(Bilingual::new(
            "选中的一项已不在这里，未做任何事；j、k 重新选择",
            "what was selected is no longer here, so nothing was done; j and k choose again",
        ));
    }

    /// What a key on the card acts on. Where it is gone that is said, and the answer is `Err`.
    ///
    /// # Errors
    /// Where what was selected is on the card no longer.
    pub fn pointed_on_card(&mut self) -> Result<Option<LineTarget>, Gone> {
        if self.focus != Focus::Card {
            return Ok(None);
        }
        match self.pointed() {
            Pointed::At(target) => Ok(Some(target)),
            Pointed::Nothing => Ok(None),
            Pointed::Gone => {
                self.refuse_gone();
                Err(Gone)
            }
        }
    }
}

/// What was selected is on the card no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;
