//! What `intake` and `check-draft` share: the document that is named, and the plan it is held against.

use std::io::Read as _;
use std::path::Path;

use super::failure::{Failure, Stop};
use crate::figures::dates;
use crate::intake::document::{self, TextDocument};
use crate::intake::unreadable::MAX_DOCUMENT_BYTES;
use crate::plan::metric::Moment;
use crate::plan::regular_file;
use crate::text::clean::{one_line, shown};
use crate::text::{Bilingual, Ui};

/// A document with what messages call it.
pub struct NamedDocument {
    /// The path as it was given, safe to show.
    pub name: String,
    pub document: TextDocument,
}

/// Reads the document that a command names.
///
/// # Errors
/// Exit code 2 where it cannot be read, or is in a format that this program does not read.
pub fn read(command: &str, file: &Path, ui: Ui) -> Result<NamedDocument, Stop> {
    let is_piped = file == Path::new("-");
    let name = if is_piped { ui.pick("标准输入", "standard input").to_owned() } else { shown(file) };
    let bytes = if is_piped {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(MAX_DOCUMENT_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| unread(&name, &Bilingual::new(error.to_string(), error.to_string())))?;
        bytes
    } else {
        regular_file::read(file, MAX_DOCUMENT_BYTES).map_err(|why| {
            let Bilingual { zh, en } = why.reason();
            let what = Bilingual::new(format!("无法读取 {name}：{zh}"), format!("cannot read {name}: {en}"));
            Failure::usage(what, why.advice())
        })?
    };
    let document = document::read(&bytes, &name).map_err(|why| {
        let Bilingual { zh, en } = why.reason();
        let what = Bilingual::new(format!("无法读取 {name}：{zh}"), format!("cannot read {name}: {en}"));
        Failure::usage(what, why.advice(command, &name))
    })?;
    Ok(NamedDocument { name, document })
}

fn unread(name: &str, why: &Bilingual) -> Failure {
    Failure::usage(
        Bilingual::new(format!("无法读取 {name}：{}", why.zh), format!("cannot read {name}: {}", why.en)),
        Bilingual::new("检查输入，再试一次", "check the input and try again"),
    )
}

/// The date that a flag gives.
///
/// # Errors
/// Exit code 2 where it is not a date.
pub fn date(flag: Option<&str>) -> Result<Option<Moment>, Failure> {
    let Some(text) = flag else { return Ok(None) };
    let moment = dates::moment(text).ok_or_else(|| {
        let shown = one_line(text);
        Failure::usage(
            Bilingual::new(format!("--date 不接受 {shown}"), format!("--date does not take {shown}")),
            Bilingual::new("写作 2025、2025-10 或 2025-10-20", "write 2025, 2025-10 or 2025-10-20"),
        )
    })?;
    Ok(Some(moment))
}
