//! What the screen wants done to the world. `update` names it, `host` does it.

use super::finding::{Asked, Lens};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Get ready to search the plan on screen.
    Index,
    /// Search it.
    Search(Asked),
    /// Add a query to the history.
    Remember(String),
    /// Add a lens to those of the configuration, or change the one of its name.
    KeepLens(Lens),
}

/// Who gets the mouse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MouseCapture {
    /// The program: clicks and the wheel work, the terminal selects with Shift.
    #[default]
    On,
    /// The terminal: text can be selected.
    Off,
}
