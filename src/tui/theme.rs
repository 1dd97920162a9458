//! Looks by meaning. Everything that colour says, a glyph or a word says too.

use ratatui::style::{Color, Modifier, Style};

use crate::chart::ChartRole;
use crate::plan::State;

/// The terminal's sixteen colours, so that the user's own theme holds; or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Colour,
    /// Bold, dim and reversed only (`--color never`, `NO_COLOR`).
    Plain,
}

impl Theme {
    fn fg(self, colour: Color) -> Style {
        match self {
            Theme::Colour => Style::new().fg(colour),
            Theme::Plain => Style::new(),
        }
    }

    /// The selected row, in the pane that has the keys: one flat style over whatever stands there.
    pub fn selected(self) -> Style {
        let flat = Style::new().fg(Color::Reset).bg(Color::Reset);
        flat.remove_modifier(Modifier::DIM).add_modifier(Modifier::REVERSED)
    }

    /// The selected row, in the other pane.
    pub fn selected_elsewhere(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// What is there to be read second.
    pub fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    pub fn heading(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    pub fn key(self) -> Style {
        self.fg(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A level's mark.
    pub fn mark(self) -> Style {
        self.fg(Color::Cyan)
    }

    pub fn link(self) -> Style {
        // The blue of several terminals cannot be read on black.
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    pub fn found(self) -> Style {
        self.fg(Color::Yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// Something is wrong.
    pub fn trouble(self) -> Style {
        self.fg(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// A stretch of a chart. Its letter or sign says the same.
    pub fn ink(self, ink: ChartRole) -> Style {
        match ink {
            ChartRole::Blank | ChartRole::Words | ChartRole::Span => Style::new(),
            ChartRole::Axis | ChartRole::Path => self.quiet(),
            ChartRole::Today | ChartRole::Open => self.fg(Color::Cyan),
            ChartRole::Made => self.fg(Color::Green),
            ChartRole::Baseline
            | ChartRole::Expected
            | ChartRole::Checkpoint
            | ChartRole::Actual
            | ChartRole::Target => Style::new().add_modifier(Modifier::BOLD),
            ChartRole::Overdue => self.trouble(),
            ChartRole::Soon => self.fg(Color::Yellow).add_modifier(Modifier::BOLD),
            ChartRole::State(state) => self.state(state),
        }
    }

    pub fn state(self, state: State) -> Style {
        match state {
            State::OnTrack | State::Achieved | State::Hold => self.fg(Color::Green),
            State::NeedsAcceleration | State::Limited => self.fg(Color::Yellow),
            State::Regressing | State::Overdue => self.fg(Color::Red),
            // Missing is never coloured like failure.
            _ => self.quiet(),
        }
    }
}
