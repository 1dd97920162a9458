//! Where an export is written to: what its name says of the format, and what stands in the way.

use std::io;
use std::path::Path;

use crate::cli::failure::{Failure, cannot_write};
use crate::export::Format;
use crate::plan::write_file::Existing;
use crate::text::Bilingual;
use crate::text::clean::{one_line, shown};
use crate::text::words::VocabularyWord;

/// Endings of documents that no format here is.
const FOREIGN: [&str; 9] = ["pdf", "doc", "odt", "rtf", "xls", "ods", "xml", "yaml", "tsv"];

/// The format asked for, or the one that the file's name ends in.
///
/// # Errors
/// When neither says it, or the one contradicts the other.
pub(super) fn format(named: Option<Format>, file: Option<&Path>) -> Result<Format, Failure> {
    let ending = file.and_then(Path::extension).and_then(|ending| ending.to_str()).unwrap_or_default();
    let of_ending = Format::of_ending(ending);
    match (named, of_ending) {
        (Some(named), Some(other)) if named != other => Err(contradicted(named, ending)),
        (Some(named), None) if FOREIGN.contains(&ending.to_ascii_lowercase().as_str()) => {
            Err(contradicted(named, ending))
        }
        (Some(format), _) | (None, Some(format)) => Ok(format),
        (None, None) => Err(unknown(ending)),
    }
}

fn contradicted(named: Format, ending: &str) -> Failure {
    let (format, ending) = (named.word(), one_line(ending));
    Failure::usage(
        Bilingual::new(
            format!("格式是 {format}，文件名却以 .{ending} 结尾"),
            format!("the format is {format}, but the file's name ends in .{ending}"),
        ),
        Bilingual::new(
            format!("把文件名改为以 .{format} 结尾，或改 --format"),
            format!("let the name end in .{format}, or change --format"),
        ),
    )
}

fn unknown(ending: &str) -> Failure {
    let all = Format::NAMES.iter().map(|name| name.key).collect::<Vec<_>>();
    let (zh, en) = (all.join("、"), all.join(", "));
    let next = Bilingual::new(
        format!("加 --format（{zh}），或用其中之一作文件名的结尾"),
        format!("give --format ({en}), or let the file's name end in one of them"),
    );
    let ending = one_line(ending);
    let what = if ending.is_empty() {
        Bilingual::new("没有说明导出的格式", "the format of the export is not said")
    } else {
        Bilingual::new(format!(".{ending} 不是导出的格式"), format!(".{ending} is no format of exports"))
    };
    Failure::usage(what, next)
}

/// Looks at the place before anything is made for it.
///
/// # Errors
/// When a folder or a file that is to be kept is there, or the folder that it goes into is missing.
pub(in crate::cli) fn check(path: &Path, over: Existing) -> Result<(), Failure> {
    if path.is_dir() {
        return Err(is_folder(path));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        return Err(no_folder(folder));
    }
    if over == Existing::Keep && stands_in_the_way(path) {
        return Err(exists(path));
    }
    Ok(())
}

/// A file that is there already, and is no device or pipe.
fn stands_in_the_way(path: &Path) -> bool {
    let special = path.metadata().is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    !special && path.symlink_metadata().is_ok()
}

fn is_folder(path: &Path) -> Failure {
    let path = shown(path);
    Failure::usage(
        Bilingual::new(format!("{path} 是文件夹"), format!("{path} is a folder")),
        Bilingual::new("写出其中的文件名", "name a file in it"),
    )
}

fn no_folder(folder: &Path) -> Failure {
    let folder = shown(folder);
    Failure::usage(
        Bilingual::new(format!("没有文件夹 {folder}"), format!("there is no folder {folder}")),
        Bilingual::new("先建好它，或换一个位置", "make it first, or choose another place"),
    )
}

pub(super) fn exists(path: &Path) -> Failure {
    let path = shown(path);
    Failure::usage(
        Bilingual::new(format!("文件 {path} 已存在"), format!("the file {path} exists already")),
        Bilingual::new(
            "加 --force 覆盖，或换一个文件名",
            "give --force to replace it, or choose another name",
        ),
    )
}

/// What the system said when the file was to be written.
pub(super) fn failed(path: &Path, error: &io::Error) -> Failure {
    let is_locked =
        matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem);
    let folder = path.parent().filter(|_| is_locked && !path.exists());
    if let Some(folder) = folder {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let folder = shown(folder);
        return Failure::usage(
            Bilingual::new(
                format!("文件夹 {folder} 不可写：{error}"),
                format!("the folder {folder} cannot be written to: {error}"),
            ),
            Bilingual::new(
                "换一个位置，或请其所有者给予写入权限",
                "choose another place, or ask its owner for the right to write",
            ),
        );
    }
    let path = shown(path);
    cannot_write(&Bilingual::new(format!(" {path} "), path), error)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(None, "a.docx", Some(Format::Docx))]
    #[case(None, "a.MARKDOWN", Some(Format::Md))]
    #[case(None, "a.htm", Some(Format::Html))]
    #[case(Some(Format::Md), "a.txt", Some(Format::Md))]
    #[case(Some(Format::Md), "a", Some(Format::Md))]
    #[case(Some(Format::Md), "a.docx", None)]
    #[case(Some(Format::Docx), "a.pdf", None)]
    #[case(None, "a.pdf", None)]
    #[case(None, "a", None)]
    fn a_format_and_an_ending_agree_or_are_refused(
        #[case] named: Option<Format>,
        #[case] file: &str,
        #[case] expected: Option<Format>,
    ) {
        assert_eq!(format(named, Some(Path::new(file))).ok(), expected);
    }
}
