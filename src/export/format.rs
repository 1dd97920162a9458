//! The formats by name: their words, what kind of stream each needs, what may be asked of them. `writer` has
//! the functions that write them.

use std::io;

use crate::plan::metric::words;
use crate::text::Bilingual;

words!(
    /// A kind of document.
    Format {
        /// A report in Markdown.
        Md = "md",
        /// A report as one web page.
        Html = "html",
        /// Rows for a spreadsheet or for analysis.
        Csv = "csv",
        Xlsx = "xlsx",
        /// A report for a word processor.
        Docx = "docx",
        /// One document for programs, a contract (`docs/json-format.md`).
        Json = "json",
        /// One file that loads again as a plan.
        Toml = "toml",
        Opml = "opml",
    }
);

words!(
    /// What a row of a table is.
    RowUnit {
        /// A node, for people.
        Nodes = "nodes",
        /// A value, for analysis.
        Values = "values",
    }
);

/// Whether a format is text, which a terminal may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// UTF-8.
    Text,
    Binary,
}

words!(
    /// How csv is written.
    CsvDialect {
        /// With a byte-order mark and CRLF, so that a Chinese Excel opens it right.
        Excel = "excel",
        /// The same, with what Excel takes for a number or a date of its own made text.
        Shielded = "shielded",
        /// UTF-8 and LF, nothing else.
        Plain = "plain",
    }
);

/// What only some formats ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What a row of csv is.
    pub rows: RowUnit,
    pub csv: CsvDialect,
}

impl Default for Options {
    fn default() -> Self {
        Self { rows: RowUnit::Nodes, csv: CsvDialect::Excel }
    }
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The sink failed.
    #[error(transparent)]
    Write(#[from] io::Error),
    /// Somebody stopped it.
    #[error("interrupted")]
    Interrupted,
    /// The format's own library could not make it, or a template is wrong.
    #[error("{}", .0.en)]
    Refused(Bilingual),
}

/// Told of each step of an export; may stop it.
pub trait ExportProgress {
    /// So many of so many steps are done: one a node, and as many again where a format goes over them twice.
    ///
    /// # Errors
    /// [`ExportError::Interrupted`] where somebody stopped it.
    fn step(&mut self, done: usize, of: usize) -> Result<(), ExportError>;
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl ExportProgress for Unwatched {
    fn step(&mut self, _: usize, _: usize) -> Result<(), ExportError> {
        Ok(())
    }
}

impl Format {
    /// The format that a file's name ends in.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "markdown" => Some(Format::Md),
            "htm" => Some(Format::Html),
            ending => Format::parse(ending),
        }
    }

    /// Whether it is a report, which may be brief.
    pub fn is_report(self) -> bool {
        matches!(self, Format::Md | Format::Html | Format::Docx)
    }

    /// Whether a terminal may show it.
    pub fn medium(self) -> Medium {
        match self {
            Format::Xlsx | Format::Docx => Medium::Binary,
            Format::Md | Format::Html | Format::Csv | Format::Json | Format::Toml | Format::Opml => {
                Medium::Text
            }
        }
    }
}
