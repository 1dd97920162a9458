//! The screen. To its left nobody knows ratatui, crossterm or clap.
//!
//! A key press becomes a frame in one direction: `chord` → `keymap` → `update` → `draw`; what touches the
//! world is an `effect`, run by `host`.

pub mod actions;
pub mod card_pane;
mod card_window;
pub mod chord;
pub mod clipboard;
pub mod columns;
pub mod command;
pub mod commands;
pub mod compose;
pub mod content;
pub mod dashboard_cache;
pub mod draft_keeper;
pub mod drafts;
pub mod draw;
pub mod editor;
pub mod effect;
pub mod export_job;
pub mod exporter;
pub mod finding;
pub mod fnv;
pub mod helper;
pub mod history;
pub mod host;
pub mod incoming;
pub mod input;
pub mod installation;
pub mod journal_view;
pub mod journal_watch;
pub mod jumps;
mod kept_place;
pub mod keymap;
pub mod layers;
pub mod layout;
pub mod lenses;
pub mod listeners;
#[cfg(test)]
mod long_texts;
pub mod marks;
pub mod message;
pub mod model;
pub mod opening;
pub mod pages;
pub mod panes;
pub mod place;
mod probe;
pub mod recorder;
pub mod restore;
pub mod runtime;
pub mod searcher;
pub mod signals;
pub mod terminal;
pub mod terminal_host;
pub mod text;
pub mod theme;
pub mod update;
pub mod view;
pub mod watch;
mod widgets;
