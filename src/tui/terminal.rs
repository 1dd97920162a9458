//! The terminal: taken over, given back, whatever happens in between.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::sync::Once;
use std::thread;

use crossterm::cursor::Hide;
use crossterm::event::{DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{EnterAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::effect::MouseCapture;
use super::message::Size;
use super::restore::{TerminalModes, give_back, give_back_from_beside, is_in_foreground};

/// What ratatui draws on.
type Screen = Terminal<CrosstermBackend<FrameBuffer>>;

/// Collects what is written until the frame is complete, so that it reaches the terminal in one piece, its
/// cursor included. ratatui flushes in between.
#[derive(Clone, Debug, Default)]
struct FrameBuffer(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl FrameBuffer {
    /// Hands everything to the terminal.
    fn hand_over(&self, taken: &TerminalModes) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        let written = taken.write(&bytes);
        bytes.clear();
        written
    }
}

/// Exit code of a Rust program that panicked.
const PANICKED: i32 = 101;

/// What became of the wish to stop for the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspension {
    /// The program was stopped; the terminal is the shell's until [`TerminalGuard::refresh`].
    Stopped,
    /// Nobody could continue it: it runs on.
    Refused,
}

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub struct TerminalGuard {
    screen: Screen,
    sheet: FrameBuffer,
    mouse: MouseCapture,
    size: Size,
    taken: TerminalModes,
}

impl TerminalGuard {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn take(mouse: MouseCapture, size: Size, taken: TerminalModes) -> io::Result<Self> {
        give_back_on_panic(taken.clone());
        enter(mouse, &taken)?;
        // From here on a failure gives it back again.
        let sheet = FrameBuffer::default();
        // Not the whole terminal, which may say that it has four thousand million cells.
        let options = TerminalOptions { viewport: Viewport::Fixed(area(size)) };
        let screen = Terminal::with_options(CrosstermBackend::new(sheet.clone()), options)
            .inspect_err(|_| give_back(&taken))?;
        Ok(Self { screen, sheet, mouse, size, taken })
    }

    /// Draws a frame of a size; nothing while the terminal is the shell's.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn draw(&mut self, size: Size, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if !self.taken.is_so() {
            return Ok(());
        }
        if size != self.size {
            self.size = size;
            self.screen.resize(area(size))?;
        }
        // Where it travels while a frame is painted is nobody's place; the frame ends by showing it.
        queue!(self.sheet, Hide)?;
        self.screen.draw(paint)?;
        self.sheet.hand_over(&self.taken)
    }

    /// Paints everything with the next frame. A window that was smaller for a moment has lost what did not
    /// fit, also where the program only ever saw its size of now.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn repaint(&mut self) -> io::Result<()> {
        // Not `clear`, which asks the terminal where its cursor is: the answer would have to come through the
        // thread that waits for keys.
        self.screen.resize(area(self.size))
    }

    /// Takes the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn capture(&mut self, mouse: MouseCapture) -> io::Result<()> {
        self.mouse = mouse;
        capture(mouse)
    }

    /// Takes the terminal's modes again, whoever changed them meanwhile, and draws everything with the next
    /// frame.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn refresh(&mut self) -> io::Result<()> {
        // Continued in the background, it stops again. The system would see to that, but within a call that
        // it makes again whenever the program is continued: a signal that asks the program to end would never
        // be heard.
        if !is_in_foreground() && can_be_continued() {
            self.taken.set(false);
            return stop();
        }
        // crossterm takes the line's modes only where it believes not to have them. A program stopped from
        // outside has lost them unawares.
        disable_raw_mode()?;
        enter(self.mouse, &self.taken)?;
        self.repaint()
    }

    /// Gives the terminal back and stops, with everything that was started together with this program. Who
    /// continues it sends a signal, upon which
    /// [`TerminalGuard::refresh`] is due.
    ///
    /// # Errors
    /// Where the program cannot be stopped.
    pub fn suspend(&mut self) -> io::Result<Suspension> {
        if !can_be_continued() {
            return Ok(Suspension::Refused);
        }
        give_back(&self.taken);
        stop().or_else(|error| self.refresh().and(Err(error)))?;
        Ok(Suspension::Stopped)
    }

    /// Gives the terminal to a program that is started now; [`TerminalGuard::refresh`] takes it again.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn lend(&mut self) -> io::Result<()> {
        give_back(&self.taken);
        Ok(())
    }

    /// Gives the terminal back for good. The screen is not dropped, which would show the cursor on it once
    /// more and complain where it is gone.
    pub fn leave(self) {
        if self.taken.is_so() {
            give_back(&self.taken);
        }
        std::mem::forget(self);
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        // The hook has done it where this is a panic; done twice, the shell's cursor would jump back over the
        // message.
        if self.taken.is_so() && !thread::panicking() {
            give_back(&self.taken);
        }
    }
}

/// Whether a shell could continue this program if it stopped. The processes a session begins with have none:
/// they were started by a terminal window or over a network, and would hang for ever.
#[cfg(unix)]
fn can_be_continued() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpgrp())
}

#[cfg(not(unix))]
fn can_be_continued() -> bool {
    false
}

/// Stops the job while another program has the terminal; returns when somebody continues it.
///
/// # Errors
/// Where the program cannot be stopped.
pub fn stop_job() -> io::Result<Suspension> {
    if !can_be_continued() {
        return Ok(Suspension::Refused);
    }
    stop().map(|()| Suspension::Stopped)
}

/// Stops the job: this program and what it was started with, such as `cargo run`.
#[cfg(unix)]
fn stop() -> io::Result<()> {
    Ok(rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?)
}

#[cfg(not(unix))]
fn stop() -> io::Result<()> {
    Ok(())
}

/// The size of the terminal, as far as it is drawn on.
///
/// # Errors
/// Where there is none.
pub fn screen_size() -> io::Result<Size> {
    crossterm::terminal::size().map(|(cols, lines)| Size::drawn(cols, lines))
}

fn area(size: Size) -> Rect {
    Rect::new(0, 0, size.cols, size.lines)
}

fn enter(mouse: MouseCapture, taken: &TerminalModes) -> io::Result<()> {
    // Said before it is so: a signal in between gives back what there is.
    taken.set(true);
    let entered = enable_raw_mode()
        .and_then(|()| execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste))
        .and_then(|()| capture(mouse));
    entered.inspect_err(|_| give_back(taken))
}

fn capture(mouse: MouseCapture) -> io::Result<()> {
    match mouse {
        MouseCapture::On if cfg!(unix) => execute!(io::stdout(), Buttons),
        MouseCapture::On => execute!(io::stdout(), EnableMouseCapture),
        MouseCapture::Off => execute!(io::stdout(), DisableMouseCapture),
    }
}

/// Buttons and wheel, with places beyond column 223: xterm's modes 1000 and 1006. What crossterm asks for
/// tells of every movement besides, and would wake the program all the time for nothing.
struct Buttons;

impl Command for Buttons {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str("\x1b[?1000h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        Ok(())
    }
}

/// A panic gives the terminal back before it speaks. One of another thread ends the program, which would draw
/// on over the message. The thread that draws may be stuck in a terminal that takes no output: nothing here
/// waits for it for long. Installed once, by the thread that takes the terminal.
fn give_back_on_panic(taken: TerminalModes) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let screen = thread::current().id();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if give_back_from_beside(&taken) || !io::stderr().is_terminal() {
                before(info);
            }
            if thread::current().id() != screen {
                std::process::exit(PANICKED);
            }
        }));
    });
}

/// Panics where a test asks for it by `PLAN158_TEST_PANIC`; builds for use do not look.
pub fn panic_for_test(place: &str) {
    #[cfg(debug_assertions)]
    #[expect(clippy::panic, reason = "the tests must see what a panic leaves behind")]
    if std::env::var_os("PLAN158_TEST_PANIC").is_some_and(|asked| asked == place) {
        panic!("asked for by a test");
    }
    #[cfg(not(debug_assertions))]
    let _ = place;
}
