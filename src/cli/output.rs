//! The one writer of results and the one of messages. Both survive a reader that went away; nothing else in
//! the program prints.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::builder::styling::{AnsiColor, Style};

use super::environment::Environment;
use crate::plan::State;
use crate::text::words::words;

words!(
    /// What `--color` asks for.
    ColorWish {
        /// Where the output is a terminal that can.
        Auto = "auto",
        Always = "always",
        Never = "never",
    }
);

impl ColorWish {
    pub fn ink(self, target: OutputTarget, environment: &Environment) -> ColorMode {
        let dumb = environment.is_without_colour();
        match self {
            ColorWish::Always => ColorMode::Colour,
            ColorWish::Never => ColorMode::Plain,
            ColorWish::Auto if target == OutputTarget::Other || dumb || environment.no_color.is_some() => {
                ColorMode::Plain
            }
            ColorWish::Auto => ColorMode::Colour,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputTarget {
    /// A terminal so many columns wide.
    Terminal { cols: usize },
    /// A file, a pipe.
    Other,
}

impl OutputTarget {
    /// Of this process's standard output.
    pub fn of_stdout() -> Self {
        if !io::stdout().is_terminal() {
            return OutputTarget::Other;
        }
        let cols = crossterm::terminal::size().map_or(80, |(cols, _)| usize::from(cols));
        OutputTarget::Terminal { cols: if cols == 0 { 80 } else { cols } }
    }
}

/// Whether an output is coloured. Colour stands only beside what glyph and word say already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorMode {
    /// No escape sequence at all.
    #[default]
    Plain,
    Colour,
}

impl ColorMode {
    pub fn paint(self, text: &str, style: Style) -> String {
        match self {
            ColorMode::Plain => text.to_owned(),
            ColorMode::Colour => format!("{style}{text}{style:#}"),
        }
    }

    /// Text in the colour of a state.
    pub fn state(self, text: &str, state: State) -> String {
        let style = match state {
            State::OnTrack | State::Achieved | State::Hold => AnsiColor::Green.on_default(),
            State::NeedsAcceleration | State::Limited => AnsiColor::Yellow.on_default(),
            State::Regressing | State::Overdue => AnsiColor::Red.on_default(),
            _ => Style::new().dimmed(),
        };
        self.paint(text, style)
    }

    /// Text that matters less.
    pub fn quiet(self, text: &str) -> String {
        self.paint(text, Style::new().dimmed())
    }

    pub fn strong(self, text: &str) -> String {
        self.paint(text, Style::new().bold())
    }
}

/// Results, to standard output. Errors of writing come back, so that a command whose reader went away stops.
pub struct Output {
    sink: BufWriter<Box<dyn Write>>,
    pub target: OutputTarget,
    pub ink: ColorMode,
}

impl Output {
    pub fn stdout() -> Self {
        Self::new(Box::new(io::stdout()), OutputTarget::of_stdout())
    }

    pub fn new(sink: Box<dyn Write>, target: OutputTarget) -> Self {
        Self { sink: BufWriter::with_capacity(1 << 16, sink), target, ink: ColorMode::Plain }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Messages, to standard error. That nobody reads them is no reason to stop.
pub fn tell(message: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(message.as_bytes());
    if !message.ends_with('\n') {
        let _ = stderr.write_all(b"\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const TERMINAL: OutputTarget = OutputTarget::Terminal { cols: 80 };

    #[rstest]
    #[case(ColorWish::Auto, TERMINAL, None, None, ColorMode::Colour)]
    #[case(ColorWish::Auto, OutputTarget::Other, None, None, ColorMode::Plain)]
    #[case(ColorWish::Auto, TERMINAL, Some("1"), None, ColorMode::Plain)]
    #[case(ColorWish::Auto, TERMINAL, None, Some("dumb"), ColorMode::Plain)]
    #[case(ColorWish::Auto, TERMINAL, None, Some("vt100"), ColorMode::Plain)]
    #[case(ColorWish::Auto, TERMINAL, None, Some("vte-256color"), ColorMode::Colour)]
    #[case(ColorWish::Always, OutputTarget::Other, Some("1"), Some("dumb"), ColorMode::Colour)]
    #[case(ColorWish::Never, TERMINAL, None, None, ColorMode::Plain)]
    fn colour_follows_the_wish_then_no_color_then_the_terminal(
        #[case] wish: ColorWish,
        #[case] target: OutputTarget,
        #[case] no_color: Option<&str>,
        #[case] term: Option<&str>,
        #[case] ink: ColorMode,
    ) {
        let environment = Environment {
            no_color: no_color.map(Into::into),
            term: term.map(Into::into),
            ..Environment::default()
        };
        assert_eq!(wish.ink(target, &environment), ink);
    }

    #[test]
    fn plain_ink_writes_no_escape_sequence() {
        assert_eq!(ColorMode::Plain.state("顺 on-track", State::OnTrack), "顺 on-track");
        assert_eq!(ColorMode::Colour.state("x", State::OnTrack), "\u{1b}[32mx\u{1b}[0m");
    }
}
