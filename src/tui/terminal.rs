//! The terminal: taken over, given back, whatever happens in between.

use std::io::{self, Stdout, Write};
use std::sync::Once;

use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::effect::MouseCapture;

/// The terminal this program draws on.
pub type Screen = Terminal<CrosstermBackend<Stdout>>;

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub struct Held {
    screen: Screen,
    mouse: MouseCapture,
}

impl Held {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn take(mouse: MouseCapture) -> io::Result<Self> {
        give_back_on_panic();
        enter(mouse)?;
        // From here on a failure gives it back again.
        let held = Terminal::new(CrosstermBackend::new(io::stdout())).map(|screen| Self { screen, mouse });
        held.inspect_err(|_| give_back())
    }

    /// What to draw on.
    pub fn screen(&mut self) -> &mut Screen {
        &mut self.screen
    }

    /// Takes the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn capture(&mut self, mouse: MouseCapture) -> io::Result<()> {
        self.mouse = mouse;
        capture(mouse)
    }

    /// Takes the terminal's modes anew and draws everything with the next frame.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn refresh(&mut self) -> io::Result<()> {
        enter(self.mouse)?;
        self.screen.clear()
    }

    /// Gives the terminal back, stops until the shell continues the program, and takes it again.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        #[cfg(unix)]
        rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?;
        self.refresh()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter(mouse: MouseCapture) -> io::Result<()> {
    enable_raw_mode()?;
    let entered =
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste).and_then(|()| capture(mouse));
    entered.inspect_err(|_| give_back())
}

fn capture(mouse: MouseCapture) -> io::Result<()> {
    match mouse {
        MouseCapture::On => execute!(io::stdout(), EnableMouseCapture),
        MouseCapture::Off => execute!(io::stdout(), DisableMouseCapture),
    }
}

/// Gives the terminal back. Every step is tried, whatever became of the one before: the terminal may be gone.
pub fn give_back() {
    let mut out = io::stdout();
    let _ = execute!(out, DisableMouseCapture);
    let _ = execute!(out, DisableBracketedPaste);
    let _ = execute!(out, SetCursorStyle::DefaultUserShape, Show);
    let _ = execute!(out, LeaveAlternateScreen);
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// A panic gives the terminal back before it speaks. Installed once, before the terminal is taken.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            give_back();
            before(info);
        }));
    });
}
