//! `plan158 init DIR [--empty]`: a plan to edit. Nothing that exists is ever overwritten.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::CommandContext;
use super::failure::{Exit, Failure, Stop, cannot_write};
use crate::plan::bundled;
use crate::text::Bilingual;
use crate::text::{clean::one_line, clean::shown};

/// What the new plan starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starter {
    /// The 158N plan with its sources, facts and glossary.
    Bundled,
    /// One small commented file.
    Empty,
}

/// The small plan.
const EMPTY: &str = include_str!("starter.toml");

/// A file of the new plan: its path in the folder, and its bytes.
type NewFile = (String, Vec<u8>);

/// Runs the command.
///
/// # Errors
/// When the folder holds anything, or a file cannot be written.
pub fn run(
    context: &CommandContext,
    out: &mut dyn Write,
    dir: &Path,
    starter: Starter,
) -> Result<Exit, Stop> {
    let ui = context.ui();
    let folder = shown(dir);
    refuse_occupied(dir, &folder)?;
    let files = match starter {
        Starter::Bundled => bundled_files(),
        Starter::Empty => vec![("plan.toml".to_owned(), EMPTY.as_bytes().to_vec())],
    };
    for (path, bytes) in &files {
        write_new(&dir.join(path), bytes).map_err(|error| {
            let place = shown(&dir.join(path));
            cannot_write(&Bilingual::new(format!(" {place} "), place), &error)
        })?;
    }
    let count = files.len();
    writeln!(
        out,
        "{}",
        ui.pick(
            format!("已在 {folder} 写入{count}个文件"),
            format!("wrote {} to {folder}", crate::text::counted(count, "file"))
        )
    )?;
    let lines = ui.pick(
        [("打开", "plan158 --plan"), ("改动后检查", "plan158 check")],
        [("open it:", "plan158 --plan"), ("check it after editing:", "plan158 check")],
    );
    for (what, command) in lines {
        writeln!(out, "  {what} {command} {folder}")?;
    }
    Ok(Exit::Done)
}

/// A folder that holds anything but hidden entries (`.git`) is not written into: its files would mix with the
/// plan's globs.
fn refuse_occupied(dir: &Path, shown: &str) -> Result<(), Failure> {
    let next = Bilingual::new("换一个新的或空的文件夹", "choose a new or an empty folder");
    match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => {
            let what =
                Bilingual::new(format!("无法使用 {shown}：{error}"), format!("cannot use {shown}: {error}"));
            Err(Failure::usage(what, next))
        }
        Ok(mut entries) => {
            let visible = entries.find_map(|entry| {
                let name = entry.ok()?.file_name().to_string_lossy().into_owned();
                (!name.starts_with('.')).then_some(name)
            });
            match visible {
                None => Ok(()),
                Some(name) => {
                    let name = one_line(&name).into_owned();
                    let what = Bilingual::new(
                        format!("{shown} 不是空的（有 {name}），不覆盖任何文件"),
                        format!("{shown} is not empty (it holds {name}), and nothing is overwritten"),
                    );
                    Err(Failure::usage(what, next))
                }
            }
        }
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// The bundled plan with its seeds moved inside its folder, so that nothing lies outside.
fn bundled_files() -> Vec<NewFile> {
    let place = |(path, bytes): (String, &'static [u8])| match path.strip_prefix("plan-data/") {
        Some("plan.toml") => ("plan.toml".to_owned(), moved_inside(bytes)),
        Some(inside) => (inside.to_owned(), bytes.to_vec()),
        None => (path, bytes.to_vec()),
    };
    bundled::files().map(place).collect()
}

/// The manifest with `../seeds/…` as `seeds/…`.
fn moved_inside(manifest: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(manifest).replace("\"../seeds/", "\"seeds/").into_bytes()
}
