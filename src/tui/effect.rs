//! What the screen wants done to the world. `update` returns it, the runtime has its host do it.

use super::chord::Chord;
use super::compose::OwnDrafts;
use super::drafts::note::Draft;
use super::export_job::ExportJob;
use super::finding::{Lens, SearchQuery};
use crate::export::Format;
use crate::export::cite::Style;
use crate::journal::Step;
use crate::plan::NodeId;
use crate::review::SessionRequest;
use crate::text::Bilingual;

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Give the terminal back to the shell until it continues us.
    Suspend,
    /// Clear the terminal and draw everything.
    Redraw,
    /// Take the mouse, or leave it to the terminal.
    CaptureMouse(MouseCapture),
    /// Read the journal of the plan on screen.
    ReadJournal,
    /// Take in what others wrote to it.
    PollJournal,
    /// Hear what was taken in of it for a step that was not written then.
    HearNews,
    Record(Step),
    /// Take one's last step back, or bring it back.
    Turn(UndoDirection),
    /// Begin a review session; its seed is taken where this is done.
    BeginReview(SessionRequest),
    /// Press keys that were typed ahead, each once what the one before asked for is done.
    Type(Vec<Chord>),
    /// Hash the plan's files, for the minutes.
    HashPlan,
    /// Write a note in the user's editor.
    Edit(Draft),
    /// Look for a draft of the line that was just opened.
    FindDraft,
    /// Put the words of the open line on disk, so that it can close.
    KeepDraft,
    /// Remove the drafts of a line that was recorded, or emptied.
    DropDraft(OwnDrafts),
    /// Copy a text; what it is, in words.
    Copy(String, Bilingual),
    /// Copy the citation of a node.
    Cite(NodeId, Style),
    /// Make the first lines of an export; the number names the page that asks.
    Preview(Format, u64),
    Export(ExportJob),
    StopExport,
    /// Get ready to search the plan on screen, and work out how every node stands.
    Index,
    /// The same for some nodes, of which people say something new since a version.
    Reindex(u64, Vec<NodeId>),
    Search(SearchQuery),
    /// Add a query to the history.
    Remember(String),
    /// Add a lens to those of the configuration, or change the one of its name.
    KeepLens(Lens),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MouseCapture {
    /// The program: clicks and the wheel work, the terminal selects with Shift.
    #[default]
    On,
    /// The terminal: text can be selected.
    Off,
}

/// Which way to go through one's own steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoDirection {
    /// Takes the last one back.
    Undo,
    /// Brings it back.
    Redo,
}
