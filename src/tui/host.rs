//! What the runtime needs of the world around it: a terminal, a clock, files, and threads for all that may
//! take time.
//!
//! The program has one host ([`TerminalHost`](super::terminal_host::TerminalHost)), the tests another, so that
//! both drive the same [`Runtime`](super::runtime::Runtime).

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::compose::OwnDrafts;
use super::draft_keeper::{DraftSave, DraftSearch};
use super::drafts::note::Draft;
use super::drafts::store::Durability;
use super::effect::MouseCapture;
use super::export_job::ExportJob;
use super::exporter::ExportSnapshot;
use super::finding::{Lens, SearchQuery};
use super::incoming::Incoming;
use super::model::Model;
use super::place::SavedPlace;
use super::recorder::JournalJob;
use super::searcher::{ChangedNodes, SearchMaterial};
use super::theme::Background;
use super::view::View;
use crate::export::Format;
use crate::export::cite::Style;
use crate::plan::NodeId;
use crate::plan::load::Loaded;
use crate::text::Bilingual;

/// A node to be cited, in the plan and languages on screen.
#[derive(Clone, Debug)]
pub struct CitationRequest {
    pub loaded: Arc<Loaded>,
    pub view: View,
    pub node: NodeId,
    pub style: Style,
}

/// Nothing here makes the caller wait but [`next`](Host::next), which is for waiting, and
/// [`suspend`](Host::suspend) and [`edit`](Host::edit), while which the terminal is another program's. What
/// takes time is done beside the screen and answered with an [`Incoming`].
pub trait Host {
    /// Shows the model.
    ///
    /// # Errors
    /// Whatever the terminal refuses; the same of the four below.
    fn draw(&mut self, model: &Model) -> io::Result<()>;

    /// Draws every cell with the next frame, because the terminal has another size.
    fn repaint(&mut self) -> io::Result<()>;

    /// Takes the looks that suit this background.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    fn stand_on(&mut self, _: Background) -> io::Result<()> {
        Ok(())
    }

    /// Clears the terminal and draws every cell with the next frame.
    fn refresh(&mut self) -> io::Result<()>;

    /// Takes the mouse, or leaves it to the terminal.
    fn capture_mouse(&mut self, mouse: MouseCapture) -> io::Result<()>;

    /// Stops for the shell; why not, where there is none to return to.
    fn suspend(&mut self) -> io::Result<Option<Bilingual>>;

    /// Waits for what comes next; `None` where patience ended, which never ends where it is `None`.
    fn next(&mut self, patience: Option<Duration>) -> Option<Incoming>;

    /// What came besides, without waiting.
    fn waiting(&mut self) -> Vec<Incoming>;

    /// Milliseconds since the program began.
    fn now_ms(&self) -> u64;

    /// Whether there is a journal to read.
    fn has_journal(&self) -> bool;

    /// Reads the journal of a plan; answered with `JournalRead` or `JournalUnread`.
    fn read_journal(&mut self, loaded: &Arc<Loaded>);

    /// Writes to the journal, or takes in what others wrote; answered with `HostAnswer::Journal`.
    fn change_journal(&mut self, job: JournalJob);

    /// Answered with `HostAnswer::DraftFound`.
    fn find_draft(&mut self, search: DraftSearch);

    /// Answered with `HostAnswer::DraftSaved`.
    fn save_draft(&mut self, save: DraftSave, durability: Durability);

    /// Removes the drafts of a line that was recorded, or emptied.
    fn drop_drafts(&mut self, drafts: OwnDrafts);

    /// Lends the terminal to the user's editor; answered with `HostAnswer::Edited`.
    ///
    /// # Errors
    /// Where the terminal cannot be given away or taken again.
    fn edit(&mut self, draft: Draft, model: &Model) -> io::Result<()>;

    /// Copies a text; what it is, in words. Answered with `Told`.
    fn copy(&mut self, text: String, what: Bilingual);

    /// Copies the citation of a node. Answered with `Told`.
    fn cite(&mut self, request: CitationRequest);

    /// Hashes the plan's files. Answered with `PlanHashed`.
    fn hash_plan(&mut self);

    /// Makes the first lines of an export for the page of that number. Answered with `Previewed`.
    fn preview(&mut self, snapshot: ExportSnapshot, format: Format, page: u64);

    /// Answered with `ExportProgress` and `Exported`.
    fn export(&mut self, snapshot: ExportSnapshot, job: ExportJob);

    fn stop_export(&mut self);

    /// Gets ready to search a plan, and works out how every node stands. Answered with `Judged`.
    fn index(&mut self, material: SearchMaterial);

    fn reindex(&mut self, changed: ChangedNodes);

    /// Answered with `Found`.
    fn search(&mut self, material: SearchMaterial, query: SearchQuery);

    /// Adds a query to the history.
    fn remember(&mut self, query: String);

    /// Adds a lens to those that are known, or changes the one of its name. Answered with `LensesKept`.
    fn keep_lens(&mut self, lens: Lens, known: Vec<Lens>);

    /// Keeps where the user is for the next time.
    fn keep_place(&mut self, place: SavedPlace);
}
