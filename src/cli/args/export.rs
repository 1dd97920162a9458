//! What `export` takes.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::words;
use crate::export::Format;
use crate::export::format::Rows;

/// What `export` takes.
#[derive(Args, Clone, Debug, Default)]
pub struct Export {
    /// Only this node and what is below it.
    pub id: Option<String>,
    /// Which kind of document.
    #[arg(long, value_name = "FORMAT", value_parser = words::<Format>(), hide_possible_values = true, required_unless_present = "template")]
    pub format: Option<Format>,
    /// Into a file.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Only what a query finds.
    #[arg(long, value_name = "QUERY")]
    pub filter: Option<String>,
    /// In a form of one's own.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub template: Option<PathBuf>,
    /// What a row of csv is.
    #[arg(long, value_name = "ROWS", value_parser = words::<Rows>(), hide_possible_values = true)]
    pub table: Option<Rows>,
    /// CSV without what Excel needs.
    #[arg(long)]
    pub plain_csv: bool,
    /// Over an existing file.
    #[arg(long)]
    pub force: bool,
}
