//! Words instead of the screen: the subcommands, their flags, settings and exit codes (`docs/cli.md`, a
//! contract).
//!
//! This is the edge: the environment, the clock and the standard streams are read and written here, and
//! handed inwards as values. It holds no rule about plans; those are in the modules before it.

pub mod annotate;
pub mod args;
pub mod changes;
pub mod check;
pub mod check_draft;
pub mod cite;
pub mod clock;
pub mod completions;
pub mod config;
pub mod doctor;
pub mod environment;
pub mod explain;
pub mod export;
pub mod failure;
pub mod find;
pub mod init;
pub mod intake;
pub mod journal;
pub mod keys;
pub mod legend;
pub mod lint;
pub mod log;
pub mod man;
pub mod matrix;
mod memory;
pub mod merge;
pub mod open;
pub mod output;
pub mod problems;
pub mod prompt;
pub mod reattach;
pub mod reference;
pub mod review;
pub mod run;
pub mod screen;
pub mod settings;
pub mod show;
pub mod status;
pub mod tags;
pub mod texts;
pub mod tree;
pub mod undo;
pub mod usage;
pub mod verify;
pub mod wording;

use std::cell::Cell;

pub use run::main;

use crate::text::Ui;
use environment::{Environment, Places};
use settings::Settings;

/// What every command works with.
pub struct CommandContext {
    pub environment: Environment,
    /// The program's folders; `None` without a home.
    pub places: Option<Places>,
    pub settings: Settings,
    /// Problems of `config.toml`.
    pub config_problems: Vec<crate::text::Bilingual>,
    pub config_problem_count: usize,
    /// The program's language; the plan has its say once it is open.
    ui: Cell<Ui>,
}

impl CommandContext {
    /// The program's language.
    pub fn ui(&self) -> Ui {
        self.ui.get()
    }

    /// The same with other settings.
    pub fn with(&self, settings: Settings) -> Self {
        Self {
            environment: self.environment.clone(),
            places: self.places.clone(),
            settings,
            config_problems: Vec::new(),
            config_problem_count: 0,
            ui: Cell::new(self.ui()),
        }
    }
}
