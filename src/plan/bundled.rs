//! The 158N plan inside the program: its folder and its seeds, byte for byte as they stand in the repository.

use std::path::Path;

use include_dir::{Dir, DirEntry, File, include_dir};

const PLAN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/plan-data");
const SEEDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/seeds");

/// Every file of the bundled plan with its contents; paths are relative to the repository
/// (`plan-data/plan.toml`, `seeds/sources.toml`).
pub fn files() -> impl Iterator<Item = (String, &'static [u8])> {
    let mut found = Vec::new();
    for (name, dir) in [("plan-data", PLAN), ("seeds", SEEDS)] {
        let mut open = vec![dir];
        while let Some(dir) = open.pop() {
            found.extend(dir.files().map(|file| (format!("{name}/{}", shown(file.path())), file.contents())));
            open.extend(dir.dirs().cloned());
        }
    }
    found.sort();
    found.into_iter()
}

/// One file by its path from the repository's root.
pub(super) fn file(path: &str) -> Option<&'static [u8]> {
    let (dir, rest) = split(path)?;
    dir.get_file(rest).map(File::contents)
}

/// Names in a folder, each with whether it is a folder itself.
pub(super) fn list(path: &str) -> Option<Vec<(String, bool)>> {
    let dir = match split(path) {
        Some((dir, "")) => dir,
        Some((dir, rest)) => dir.get_dir(rest)?.clone(),
        None => return None,
    };
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let entry = |entry: &DirEntry<'_>| Some((name(entry.path())?, entry.as_dir().is_some()));
    Some(dir.entries().iter().filter_map(entry).collect())
}

fn split(path: &str) -> Option<(Dir<'static>, &str)> {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match first {
        "plan-data" => Some((PLAN, rest)),
        "seeds" => Some((SEEDS, rest)),
        _ => None,
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
