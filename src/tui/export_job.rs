//! An export that is asked for, and what comes of it.

use std::path::PathBuf;

use crate::export::Format;
use crate::plan::write_file::Existing;
use crate::text::Bilingual;

/// An export to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportJob {
    pub format: Format,
    pub path: PathBuf,
    /// What happens to one that is there.
    pub over: Existing,
}

/// What came of writing a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportEnd {
    Written(PathBuf),
    /// A file is there already: what was to be written, and where.
    Exists(ExportJob),
    /// Somebody stopped it; the place is as it was.
    Stopped,
    /// Why not.
    Failed(Bilingual),
}
