//! `plan158 export [ID] --format json [-o FILE] [--force]`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Context;
use super::args::ExportFormat;
use super::failure::{Exit, Failure, Stop, cannot_write};
use super::open::{self, Opened, open};
use crate::export::json::Scene;
use crate::plan::text::one_line;
use crate::plan::{NodeId, Said, Show};

/// What happens to a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the export is refused.
    Keep,
    /// It is replaced.
    Replace,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Only this node and what is below it.
    pub id: Option<&'a str>,
    /// Which kind of document.
    pub format: ExportFormat,
    /// Into this file; without it, or with `-`, to standard output.
    pub output: Option<&'a Path>,
    /// What happens to a file that is there already.
    pub over: Existing,
}

/// The plan as the exports see it.
pub fn scene(opened: &Opened, scope: Option<NodeId>) -> Scene<'_> {
    let judge = opened.judge();
    Scene {
        plan: opened.plan(),
        errors: opened.loaded.errors(),
        states: opened.states(),
        journal: &opened.journal,
        judge,
        lang: match opened.show {
            Show::Both(..) => "both",
            Show::One(lang) => opened.plan().tag(lang),
        },
        scope,
    }
}

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, the id is unknown, the file exists, or the result cannot be written.
pub fn run(context: &Context, out: &mut dyn Write, request: &Request<'_>) -> Result<Exit, Stop> {
    let file = request.output.filter(|path| *path != Path::new("-"));
    if let Some(path) = file.filter(|path| request.over == Existing::Keep && path.symlink_metadata().is_ok())
    {
        return Err(exists(path).into());
    }
    let opened = open(context)?;
    let scope = request.id.map(|id| opened.node(id)).transpose()?;
    let scene = scene(&opened, scope);
    let hash = open::hash(context)?;
    let ExportFormat::Json = request.format;
    match file {
        None => scene.write(&hash, out)?,
        Some(path) => write_file(path, request.over, &|sink| scene.write(&hash, sink)).map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists { exists(path) } else { failed(path, &error) }
        })?,
    }
    Ok(Exit::Done)
}

fn exists(path: &Path) -> Failure {
    let path = one_line(&path.to_string_lossy()).into_owned();
    Failure::usage(
        Said::new(format!("文件 {path} 已存在"), format!("the file {path} exists already")),
        Said::new("加 --force 覆盖，或换一个文件名", "give --force to replace it, or choose another name"),
    )
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    let path = one_line(&path.to_string_lossy()).into_owned();
    cannot_write(&Said::new(format!(" {path} "), path), error)
}

/// Writes a file so that a reader sees the old one or the new one, never half of one. What is no plain file (a device, a pipe) is written
/// as it is.
fn write_file(
    path: &Path,
    over: Existing,
    fill: &dyn Fn(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let special = path.metadata().is_ok_and(|meta| !meta.is_file());
    if special {
        return fill_whole(OpenOptions::new().write(true).open(path)?, fill);
    }
    // A link stays a link: the file it leads to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = beside(&path);
    let written = fill_whole(OpenOptions::new().write(true).create_new(true).open(&beside)?, fill);
    let placed = written.and_then(|()| match over {
        Existing::Replace => fs::rename(&beside, &path),
        Existing::Keep => place_new(&beside, &path),
    });
    if placed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    placed
}

/// Gives the finished file its name. `hard_link` refuses one that came up meanwhile; a file system without links falls back on a rename.
fn place_new(beside: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(beside, path) {
        Ok(()) => fs::remove_file(beside),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => fs::rename(beside, path),
    }
}

fn fill_whole(file: File, fill: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut sink = BufWriter::new(file);
    fill(&mut sink)?;
    sink.flush()
}

/// A name in the same folder that nobody else uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_export_leaves_the_old_file_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plan.json");
        fs::write(&file, "old").unwrap();
        let broken: &dyn Fn(&mut dyn Write) -> io::Result<()> = &|sink| {
            sink.write_all(b"new")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        };
        assert!(write_file(&file, Existing::Replace, broken).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_came_up_meanwhile_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plan.json");
        fs::write(&file, "old").unwrap();
        let error = write_file(&file, Existing::Keep, &|sink| sink.write_all(b"new")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
    }
}
