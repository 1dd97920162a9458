//! Documents to keep: the plan and what people added, written out whole.
//!
//! This module knows the shapes of documents, but no files, terminals or flags; it writes into whatever it is
//! given.

pub mod cite;
pub mod csv;
pub mod digest;
pub mod document;
pub mod docx;
mod escape;
pub mod format;
pub mod html;
pub mod json;
pub mod mark;
pub mod markdown;
pub mod opml;
pub mod package;
pub mod plain;
pub mod report;
pub mod stamp_file;
pub mod table;
pub mod template;
pub mod toml;
pub mod verify;
pub mod writer;
pub mod xlsx;

pub use document::{Document, ExportContext, NodeEntry, ReportStamp};
pub use format::{ExportError, ExportProgress, Format, Options, Unwatched};
pub use report::ReportBuilder;
pub use writer::{unsealed, writer};
