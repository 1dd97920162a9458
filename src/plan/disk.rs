//! The only reading of plan files: which file a name means, whether it may be read, and its bytes.
//!
//! Nothing outside the plan's folder is read (registers apart), nothing that is not a regular file, and
//! nothing beyond a size limit.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::bundled;
use super::diagnostic::DiagnosticText;
use super::diagnostic::trouble::{self, Flaw};
use super::regular_file::{self, UnreadableFile};
use crate::text::work;

/// Biggest file that is read, in bytes. Reading one takes some seven times as much memory.
pub const MAX_FILE_BYTES: u64 = 128 << 20;

/// The manifest of a folder.
const MANIFEST: &str = "plan.toml";

/// Where a plan is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanSource {
    /// The 158N plan inside the program.
    Bundled,
    /// A folder with `plan.toml`, or one file.
    Path(PathBuf),
}

/// Where a plan's files are.
#[derive(Clone, Debug)]
pub(super) enum PlanStore {
    Bundled,
    /// The folder, without symbolic links in its path, and the manifest's name in it.
    Disk {
        folder: PathBuf,
        manifest: String,
    },
}

/// How far a name may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathReach {
    /// Files of the plan stay inside its folder.
    Inside,
    /// Sources, facts and glossary are `.toml` files that may lie elsewhere.
    Register,
}

/// What a pattern of the manifest's `files` stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct PatternMatch {
    /// Names in byte order; for a plain path the path itself, whether it is there or not.
    pub names: Vec<String>,
    /// Folders that were looked through.
    pub folders: Vec<PathBuf>,
}

impl PlanStore {
    pub fn open(source: &PlanSource) -> Result<Self, DiagnosticText> {
        let PlanSource::Path(path) = source else { return Ok(PlanStore::Bundled) };
        let shown = path.display().to_string();
        let found = match fs::metadata(path) {
            Ok(found) => found,
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Err(trouble::no_plan(&shown)),
            Err(why) => return Err(trouble::unreadable(&shown, &why)),
        };
        let real = fs::canonicalize(path).map_err(|why| trouble::unreadable(&shown, &why))?;
        if found.is_dir() {
            match fs::symlink_metadata(real.join(MANIFEST)) {
                Ok(_) => Ok(PlanStore::Disk { folder: real, manifest: MANIFEST.into() }),
                Err(why) if why.kind() == io::ErrorKind::NotFound => Err(trouble::no_plan(&shown)),
                Err(why) => Err(trouble::unreadable(&shown, &why)),
            }
        } else if found.is_file() {
            let folder = real.parent().map(Path::to_path_buf).unwrap_or_default();
            let manifest = real.file_name().map(|name| name.to_string_lossy().into_owned());
            Ok(PlanStore::Disk { folder, manifest: manifest.unwrap_or_default() })
        } else {
            Err(trouble::not_a_file(&shown))
        }
    }

    pub fn manifest(&self) -> &str {
        match self {
            PlanStore::Bundled => MANIFEST,
            PlanStore::Disk { manifest, .. } => manifest,
        }
    }

    /// Where a named file lies on disk, whether it is there or not.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        match self {
            PlanStore::Bundled => None,
            PlanStore::Disk { folder, .. } => Some(folder.join(name)),
        }
    }

    /// A file's bytes.
    pub fn read(&self, name: &str, reach: PathReach) -> Result<Vec<u8>, DiagnosticText> {
        check_name(name, reach)?;
        match self {
            PlanStore::Bundled => resolve(name)
                .and_then(|path| bundled::file(&path))
                .map(Into::into)
                .ok_or_else(|| trouble::unreadable(name, &io::ErrorKind::NotFound.into())),
            PlanStore::Disk { folder, .. } => read_file(folder, name, reach),
        }
    }

    /// Whether a file that may be read lies outside the plan's folder.
    pub fn is_outside(&self, name: &str) -> bool {
        match self {
            PlanStore::Bundled => false,
            PlanStore::Disk { folder, .. } => {
                fs::canonicalize(folder.join(name)).is_ok_and(|real| !real.starts_with(folder))
            }
        }
    }

    /// The files a pattern stands for.
    pub fn expand(&self, pattern: &str) -> Result<PatternMatch, DiagnosticText> {
        check_name(pattern, PathReach::Inside)?;
        let pattern = tidy(pattern);
        let mut parts: Vec<&str> = pattern.split('/').collect();
        // Any folders of any folders are any folders: said twice it would be looked for twice at each depth.
        parts.dedup_by(|one, other| *one == "**" && *other == "**");
        if !parts.iter().any(|part| is_glob(part)) {
            return Ok(PatternMatch { names: vec![pattern], folders: Vec::new() });
        }
        let mut matched = PatternMatch::default();
        let mut open: Vec<(String, usize)> = vec![(String::new(), 0)];
        let mut seen: HashSet<(String, usize)> = HashSet::new();
        while let Some((at, done)) = open.pop() {
            // With several `**` a folder is reached in many ways.
            if !seen.insert((at.clone(), done)) {
                continue;
            }
            let Some(part) = parts.get(done) else { continue };
            let last = done + 1 == parts.len();
            if !is_glob(part) {
                let next = join(&at, part);
                if last {
                    matched.names.extend(self.is_there(&next).then_some(next));
                } else {
                    open.push((next, done + 1));
                }
                continue;
            }
            self.look_through(&at, (part, done, last), &mut open, &mut matched)?;
        }
        matched.names.sort_unstable();
        matched.names.dedup();
        Ok(matched)
    }

    fn look_through(
        &self,
        at: &str,
        (part, done, last): (&str, usize, bool),
        open: &mut Vec<(String, usize)>,
        matched: &mut PatternMatch,
    ) -> Result<(), DiagnosticText> {
        let pattern = glob::Pattern::new(if part == "**" { "*" } else { part })
            .map_err(|_| trouble::invalid("files", Flaw::Pattern))?;
        matched.folders.extend(self.path(at));
        if part == "**" && !last {
            open.push((at.to_owned(), done + 1));
        }
        work::look_at(1);
        for (name, is_folder) in self.list(at) {
            // Hidden files (an editor's locks and swaps among them) are named in full or not at all.
            let fits = pattern.matches(&name) && (!name.starts_with('.') || part.starts_with('.'));
            match (fits, is_folder) {
                (true, true) if part == "**" => open.push((join(at, &name), done)),
                (true, true) if !last => open.push((join(at, &name), done + 1)),
                (true, false) if last => matched.names.push(join(at, &name)),
                _ => {}
            }
        }
        Ok(())
    }

    fn is_there(&self, name: &str) -> bool {
        match self {
            PlanStore::Bundled => resolve(name).is_some_and(|path| bundled::file(&path).is_some()),
            PlanStore::Disk { folder, .. } => fs::symlink_metadata(folder.join(name)).is_ok(),
        }
    }

    /// Names in a folder, each with whether it is a folder itself; links to folders are not followed.
    fn list(&self, at: &str) -> Vec<(String, bool)> {
        match self {
            PlanStore::Bundled => resolve(at).and_then(|path| bundled::list(&path)).unwrap_or_default(),
            PlanStore::Disk { folder, .. } => {
                let Ok(entries) = fs::read_dir(folder.join(at)) else { return Vec::new() };
                entries
                    .flatten()
                    .filter_map(|entry| {
                        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                        entry.file_name().into_string().ok().map(|name| (name, is_folder))
                    })
                    .collect()
            }
        }
    }
}

/// A name without `.` and doubled slashes, so that a file named twice is known as one.
pub(super) fn tidy(name: &str) -> String {
    let rooted = if name.starts_with('/') { "/" } else { "" };
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    format!("{rooted}{}", parts.join("/"))
}

fn is_glob(part: &str) -> bool {
    part.contains(['*', '?', '['])
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") }
}

/// Refuses by the name alone what can only lead outside.
fn check_name(name: &str, reach: PathReach) -> Result<(), DiagnosticText> {
    let path = Path::new(name);
    let climbs = path.components().any(|part| part == Component::ParentDir);
    let leaves = name.is_empty() || name.contains('\0') || path.is_absolute() || path.has_root();
    if leaves || (climbs && reach == PathReach::Inside) {
        return Err(trouble::outside(name));
    }
    if reach == PathReach::Register && !is_toml(path) {
        return Err(trouble::invalid(name, Flaw::NotToml));
    }
    Ok(())
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

fn read_file(folder: &Path, name: &str, reach: PathReach) -> Result<Vec<u8>, DiagnosticText> {
    let unreadable = |why: io::Error| trouble::unreadable(name, &why);
    let real = fs::canonicalize(folder.join(name)).map_err(unreadable)?;
    let stays = match reach {
        PathReach::Inside => real.starts_with(folder),
        PathReach::Register => real.starts_with(folder) || is_toml(&real),
    };
    if !stays {
        return Err(trouble::outside(name));
    }
    regular_file::read(&real, MAX_FILE_BYTES).map_err(|why| match why {
        UnreadableFile::NotRegular(_) => trouble::not_a_file(name),
        UnreadableFile::TooLarge { limit_bytes } => trouble::too_big(name, limit_bytes),
        UnreadableFile::System { kind, ref message } => unreadable(io::Error::new(kind, message.as_ref())),
        UnreadableFile::NotUtf8 => trouble::not_utf8(),
    })
}

/// A name of the bundled plan as a path from the repository's root.
fn resolve(name: &str) -> Option<String> {
    let mut parts = vec!["plan-data"];
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::work::work_of;

    /// A folder in a folder in a folder …, the last with a file.
    fn nested(depth: usize) -> tempfile::TempDir {
        let top = tempfile::tempdir().unwrap();
        let mut folder = top.path().to_owned();
        (0..depth).for_each(|_| folder.push("d"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("x.toml"), "").unwrap();
        top
    }

    fn store(top: &tempfile::TempDir) -> PlanStore {
        let folder = top.path().canonicalize().unwrap();
        PlanStore::Disk { folder, manifest: MANIFEST.into() }
    }

    #[test]
    fn each_folder_is_looked_through_once_for_each_part_of_a_pattern() {
        let work = |depth| {
            let top = nested(depth);
            work_of(|| store(&top).expand("**/*d/**/**/d*/**/*.toml").unwrap())
        };
        let (some, many) = (work(8), work(64));
        assert!(some >= 8 && many <= 12 * some, "{some} and {many}");
    }

    #[test]
    fn a_pattern_with_any_folders_twice_finds_each_file_once() {
        let top = nested(3);
        for pattern in ["**/**/*.toml", "**/d/**/*.toml", "**/*.toml", "d/**/**/*.toml"] {
            assert_eq!(store(&top).expand(pattern).unwrap().names, ["d/d/d/x.toml"], "{pattern}");
        }
        assert!(store(&top).expand("**/d/d/d/d/**/*.toml").unwrap().names.is_empty());
    }
}
