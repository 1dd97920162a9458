//! The card's window and cursor. The cursor is kept by what it stands on: its line changes with the plan, the
//! journal and the width.

use crate::page::AnnotationItem;
use crate::page::LineTarget;
use crate::page::terminal::StyledLine;
use crate::plan::{Key, NodeId, Tree};

/// No card has more lines. One that scrolls to its end, wherever that is, scrolls so far.
pub const MOST_LINES: usize = u32::MAX as usize;

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

/// What was selected is on the card no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;
