//! What lies over the views: lists to choose from, some with a line to filter them. Events go to the topmost,
//! drawing goes bottom up.

use crate::text::Bilingual;
use crate::text::clean::one_line;
use tui_input::Input;

use super::chord::{self, Alt, Chord, Ctrl, Named};
use super::command::{CommandId, Context};
use super::export_job::ExportJob;
use crate::export::Format;
use crate::export::cite::Style;
use crate::journal::NodeName;
use crate::page::AnnotationItem;
use crate::plan::write_file::Existing;
use crate::plan::{Key, NodeId, State};

/// What a list lets one choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choosing {
    /// Help: every command with its keys; taking one runs it.
    Help,
    /// Every command that can run now.
    Palette,
    /// What can be done with the node on the card.
    Actions,
    /// Where a link of a node leads.
    Links(Key),
    /// The documents behind what is in scope.
    Sources,
    /// The problems of the plan.
    Problems,
    /// How people find that a node stands.
    Verdict,
    /// Tags to put on the node or take off.
    Tags,
    TagToRename,
    /// One's own notes on the node, to be edited.
    OwnNotes,
    /// One's own notes and values, to be retracted.
    OwnItems,
    /// The node that an id which left the plan belongs to now.
    Reattach(NodeName),
    ExportFormat,
    /// What to do with an export whose file is there already.
    Overwrite(ExportJob),
    /// The style of a citation of a node.
    Citation(Key),
}

impl Choosing {
    /// What there is to know about such a list, as its heading.
    pub fn heading(&self) -> Option<Bilingual> {
        Some(match self {
            Choosing::Verdict => Bilingual::new("结论（1…8 直接选定）", "Verdict (1…8 choose at once)"),
            Choosing::Tags => Bilingual::new(
                "标签（输入以筛选或新建，Enter 加上或去掉）",
                "Tags (type to filter or create, Enter puts or takes off)",
            ),
            Choosing::ExportFormat => {
                Bilingual::new("导出为（数字直接选定）", "Export as (digits choose at once)")
            }
            Choosing::Citation(_) => {
                Bilingual::new("引用格式（数字直接选定）", "Style of the citation (digits choose at once)")
            }
            Choosing::Overwrite(errand) => {
                let path = errand.path.to_string_lossy();
                let path = one_line(&path);
                Bilingual::new(format!("{path} 已存在"), format!("{path} exists already"))
            }
            Choosing::TagToRename => Bilingual::new("改名哪个标签", "Which tag to rename"),
            Choosing::OwnNotes => Bilingual::new("修改哪条笔记", "Which note to edit"),
            Choosing::OwnItems => Bilingual::new("撤回哪一条", "Which to retract"),
            Choosing::Reattach(name) => {
                let name = one_line(name);
                Bilingual::new(
                    format!("{name} 重新关联到哪个节点（输入以筛选）"),
                    format!("Where {name} belongs now (type to filter)"),
                )
            }
            _ => return None,
        })
    }
}

/// A link of the node under the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkChoice {
    pub to: NodeId,
    /// Which end the node under the cursor is.
    pub way: LinkWay,
    /// Whether the link is the source's or ours.
    pub basis: crate::plan::metric::Basis,
}

/// Which end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkWay {
    /// This node serves the other.
    Serves,
    /// The other serves this node.
    ServedBy,
}

/// What taking an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryAction {
    Run(CommandId),
    Go(Key),
    /// Nothing: the entry is there to be read.
    Read,
    /// Gives the verdict, or takes one's own back.
    Verdict(Option<State>),
    /// Puts the tag on, or takes it off.
    Tag(NodeName),
    /// Asks for the tag's other name.
    Rename(NodeName),
    Edit(AnnotationItem),
    Retract(AnnotationItem),
    /// Attaches the orphan to the node.
    Attach(Key),
    /// Previews an export in the format.
    Format(Format),
    /// Writes over the file, or asks for another name.
    Overwrite(Existing),
    /// Copies the citation of the node in the style.
    Cite(Key, Style),
}

/// One entry of a list, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListEntry {
    /// Its keys, or its mark.
    pub left: String,
    pub title: String,
    /// What stands at the right edge.
    pub right: String,
    pub taken: EntryAction,
}

impl ListEntry {
    /// What it is known by when the list is made again: what taking it does, or what there is to read.
    fn identity(&self) -> (&EntryAction, Option<(&str, &str)>) {
        let read = (self.taken == EntryAction::Read).then_some((self.title.as_str(), self.right.as_str()));
        (&self.taken, read)
    }
}

/// A list over the views.
#[derive(Clone, Debug)]
pub struct Layer {
    pub choosing: Choosing,
    /// The filter line; lists without one take the movement keys.
    pub input: Option<Input>,
    /// Entries that match, remade whenever the filter or what lies below changes.
    pub entries: Vec<ListEntry>,
    /// What keys do here is done to this: what was under the cursor when the list opened.
    pub about: Option<NodeName>,
    /// Whether the entries are to be taken as they come, because the user asked for others.
    pub asked: bool,
    /// Whether they changed since without the user's doing, so that a number may mean another entry than the
    /// one that was read.
    pub renumbered: bool,
    /// Whether the selected entry went away without the user's doing.
    pub lost: bool,
    pub selected: usize,
    /// First entry on screen.
    pub top: usize,
}

impl Layer {
    /// A list at its first entry.
    pub fn new(choosing: Choosing) -> Self {
        let input = match choosing {
            Choosing::Help
            | Choosing::Palette
            | Choosing::Actions
            | Choosing::Sources
            | Choosing::Tags
            | Choosing::TagToRename
            | Choosing::Reattach(_) => Some(Input::default()),
            Choosing::Links(_)
            | Choosing::Problems
            | Choosing::Verdict
            | Choosing::OwnNotes
            | Choosing::ExportFormat
            | Choosing::Overwrite(_)
            | Choosing::Citation(_)
            | Choosing::OwnItems => None,
        };
        Self {
            choosing,
            input,
            entries: Vec::new(),
            about: None,
            asked: true,
            renumbered: false,
            lost: false,
            selected: 0,
            top: 0,
        }
    }

    /// Takes entries that were made again. The selection stays on its entry, wherever that stands now.
    pub fn renew(&mut self, entries: Vec<ListEntry>, height: usize) {
        let own = self.entries.get(self.selected);
        let same = entries.iter().map(ListEntry::identity).eq(self.entries.iter().map(ListEntry::identity));
        // Two problems may read the same: then its line tells which it is.
        let find = |is_it: fn(&ListEntry, &ListEntry) -> bool| {
            own.and_then(|own| entries.iter().position(|entry| is_it(own, entry)))
        };
        let at = find(ListEntry::eq).or_else(|| find(|own, entry| own.identity() == entry.identity()));
        if !self.asked && !same {
            self.renumbered = true;
            self.lost |= own.is_some() && at.is_none();
        }
        let at = if self.asked || same { None } else { at };
        self.asked = false;
        self.entries = entries;
        self.select(at.unwrap_or(self.selected), height);
    }

    pub fn context(&self) -> Context {
        if self.input.is_some() { Context::Input } else { Context::List }
    }

    /// Moves the selection and keeps it on screen.
    pub fn select(&mut self, entry: usize, height: usize) {
        self.selected = entry.min(self.entries.len().saturating_sub(1));
        let height = height.max(1);
        self.top = self.top.clamp((self.selected + 1).saturating_sub(height), self.selected);
    }
}

/// The edit that a chord makes in a line of text, with the keys of readline.
pub fn edit(chord: Chord) -> Option<tui_input::InputRequest> {
    use chord::ChordKey;
    use tui_input::InputRequest as Edit;
    Some(match (chord.key, chord.ctrl, chord.alt) {
        (ChordKey::Char(c), Ctrl::Up, Alt::Up) => Edit::InsertChar(c),
        (ChordKey::Named(Named::Left), Ctrl::Down, _) | (ChordKey::Char('b'), _, Alt::Down) => {
            Edit::GoToPrevWord
        }
        (ChordKey::Named(Named::Right), Ctrl::Down, _) | (ChordKey::Char('f'), _, Alt::Down) => {
            Edit::GoToNextWord
        }
        (ChordKey::Char('d'), _, Alt::Down) => Edit::DeleteNextWord,
        (ChordKey::Named(Named::Left), ..) | (ChordKey::Char('b'), Ctrl::Down, _) => Edit::GoToPrevChar,
        (ChordKey::Named(Named::Right), ..) | (ChordKey::Char('f'), Ctrl::Down, _) => Edit::GoToNextChar,
        (ChordKey::Named(Named::Home), ..) | (ChordKey::Char('a'), Ctrl::Down, _) => Edit::GoToStart,
        (ChordKey::Named(Named::End), ..) | (ChordKey::Char('e'), Ctrl::Down, _) => Edit::GoToEnd,
        (ChordKey::Named(Named::Backspace), _, Alt::Down) | (ChordKey::Char('w'), Ctrl::Down, _) => {
            Edit::DeletePrevWord
        }
        (ChordKey::Named(Named::Backspace), ..) => Edit::DeletePrevChar,
        (ChordKey::Named(Named::Delete), ..) | (ChordKey::Char('d'), Ctrl::Down, _) => Edit::DeleteNextChar,
        (ChordKey::Char('k'), Ctrl::Down, _) => Edit::DeleteTillEnd,
        (ChordKey::Char('u'), Ctrl::Down, _) => Edit::DeleteFromStart,
        (ChordKey::Char('y'), Ctrl::Down, _) => Edit::Yank,
        _ => return None,
    })
}
