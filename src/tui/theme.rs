//! Looks by meaning. Everything that colour says, a glyph or a word says too.
//!
//! Five roles have a colour: what the keys act on, what is read second, and the three that judged states and
//! cautions have. All of them are of the 240 colours that look the same in every terminal, so that how well
//! they can be read depends on the background alone, which is asked for. `contrast` proves it.

#[cfg(test)]
mod contrast;
mod wish;

use ratatui::style::{Color, Modifier, Style};

use crate::chart::ChartRole;
use crate::plan::State;

pub use wish::{Background, ColorRole, RoleColors, ThemeRequest, ThemeWish};

/// The colour of each role; [`Color::Reset`] is that of all other text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    accent: Color,
    dim: Color,
    good: Color,
    warn: Color,
    bad: Color,
}

impl Theme {
    /// On a dark background.
    pub const DARK: Self = Self {
        accent: Color::Indexed(80),
        dim: Color::Indexed(248),
        good: Color::Indexed(114),
        warn: Color::Indexed(221),
        bad: Color::Indexed(210),
    };

    /// On a dark background, where the terminal has sixteen colours.
    pub const DARK_OF_SIXTEEN: Self = Self {
        accent: Color::LightCyan,
        dim: Color::Gray,
        good: Color::LightGreen,
        warn: Color::LightYellow,
        bad: Color::LightRed,
    };

    /// On a light background. Of sixteen colours only red can be read there.
    pub const LIGHT: Self = Self {
        accent: Color::Indexed(23),
        dim: Color::Indexed(241),
        good: Color::Indexed(22),
        warn: Color::Indexed(94),
        bad: Color::Indexed(124),
    };

    /// Bold, underlined and reversed only. Not faint, which several terminals draw at half the brightness.
    pub const MONO: Self = Self {
        accent: Color::Reset,
        dim: Color::Reset,
        good: Color::Reset,
        warn: Color::Reset,
        bad: Color::Reset,
    };

    /// The same with the colours that somebody chose.
    #[must_use]
    pub fn with(mut self, colors: &RoleColors) -> Self {
        for (role, color) in colors.iter() {
            *self.of(role) = color;
        }
        self
    }

    fn of(&mut self, role: ColorRole) -> &mut Color {
        match role {
            ColorRole::Accent => &mut self.accent,
            ColorRole::Dim => &mut self.dim,
            ColorRole::Good => &mut self.good,
            ColorRole::Warn => &mut self.warn,
            ColorRole::Bad => &mut self.bad,
        }
    }

    /// The colour of a role.
    pub fn color(mut self, role: ColorRole) -> Color {
        *self.of(role)
    }

    /// Text of a colour; text as it is where that is the terminal's own.
    fn fg(colour: Color) -> Style {
        if colour == Color::Reset { Style::new() } else { Style::new().fg(colour) }
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
        Self::fg(self.dim)
    }

    pub fn heading(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    pub fn key(self) -> Style {
        Self::fg(self.accent).add_modifier(Modifier::BOLD)
    }

    /// A level's mark.
    pub fn mark(self) -> Style {
        Self::fg(self.accent)
    }

    pub fn link(self) -> Style {
        // The blue of several terminals cannot be read on black.
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    pub fn found(self) -> Style {
        Self::fg(self.accent).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// Something is wrong.
    pub fn trouble(self) -> Style {
        Self::fg(self.bad).add_modifier(Modifier::BOLD)
    }

    /// A stretch of a chart. Its letter or sign says the same.
    pub fn ink(self, ink: ChartRole) -> Style {
        match ink {
            ChartRole::Blank | ChartRole::Words | ChartRole::Span => Style::new(),
            ChartRole::Axis | ChartRole::Path => self.quiet(),
            ChartRole::Today | ChartRole::Open => self.mark(),
            ChartRole::Made => Self::fg(self.good),
            ChartRole::Baseline
            | ChartRole::Expected
            | ChartRole::Checkpoint
            | ChartRole::Actual
            | ChartRole::Target => Style::new().add_modifier(Modifier::BOLD),
            ChartRole::Overdue => self.trouble(),
            ChartRole::Soon => Self::fg(self.warn).add_modifier(Modifier::BOLD),
            ChartRole::State(state) => self.state(state),
        }
    }

    pub fn state(self, state: State) -> Style {
        match state {
            State::OnTrack | State::Achieved | State::Hold => Self::fg(self.good),
            State::NeedsAcceleration | State::Limited => Self::fg(self.warn),
            State::Regressing | State::Overdue => Self::fg(self.bad),
            // Missing is never coloured like failure.
            _ => self.quiet(),
        }
    }
}
