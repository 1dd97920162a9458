//! What the screen wants done to the world. `update` names it, `host` does it.

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
