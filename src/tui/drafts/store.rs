//! The folder of drafts. A file is written over only by who made it, and removed only while it says what was
//! taken from it, so that two programs, or an editor that still has it open, never overwrite one another's
//! words.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{DraftSubject, older_node};
use crate::plan::regular_file::{self, Links, UnreadableFile};
use crate::plan::write_file;
pub use crate::plan::write_file::Durability;

/// Largest file taken for a draft, in bytes.
const MAX_BYTES: u64 = 4 << 20;

/// A draft as it lies on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftFile {
    pub file: PathBuf,
    pub text: String,
    /// When it was written last.
    pub at: SystemTime,
}

/// A file in the folder, for a list of them.
#[derive(Clone, Debug)]
pub struct Listed {
    pub file: PathBuf,
    /// What it is a draft of, where its name says so.
    pub subject: Option<DraftSubject>,
    /// The node that an older draft is about.
    pub older_node: Option<String>,
    /// What it says, or why it cannot be read.
    pub draft: Result<DraftFile, UnreadableFile>,
}

/// The folder of drafts; it need not exist.
#[derive(Clone, Debug)]
pub struct Store {
    dir: PathBuf,
}

impl Store {
    /// The drafts of a state directory; without one a folder of the user's own beside other programs'
    /// temporary files.
    pub fn new(state_dir: Option<&Path>) -> Self {
        Self { dir: state_dir.map_or_else(temporary, |dir| dir.join("drafts")) }
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The drafts of one entry under any of the names of its node, the newest words first, those that
    /// `is_blank` finds empty last.
    pub fn of(&self, subjects: &[DraftSubject], is_blank: impl Fn(&str) -> bool) -> Vec<DraftFile> {
        let stems: Vec<String> = subjects.iter().map(|subject| format!("{}.", subject.stem())).collect();
        let is_older = |name: &str, text: &str| {
            let node = older_node(name, text);
            subjects.iter().any(|subject| {
                subject.entry == super::DraftEntry::Note && node.as_deref() == Some(&*subject.node)
            })
        };
        let mut found = Vec::new();
        for (name, file) in self.files() {
            let is_ours = stems.iter().any(|stem| name.starts_with(stem.as_str()));
            // An older file has to be read to know its node.
            if !is_ours && name.contains(super::JOINT) {
                continue;
            }
            if let Ok(draft) = read(&file)
                && (is_ours || is_older(&name, &draft.text))
            {
                found.push(draft);
            }
        }
        found.sort_by_key(|draft| (is_blank(&draft.text), std::cmp::Reverse(draft.at), draft.file.clone()));
        found
    }

    /// Everything that lies there, by name.
    pub fn list(&self) -> Vec<Listed> {
        let listed = self.files().into_iter().map(|(name, file)| {
            let draft = read(&file);
            let text = draft.as_ref().map_or("", |draft| &draft.text);
            Listed {
                subject: DraftSubject::of_file_name(&name),
                older_node: older_node(&name, text),
                file,
                draft,
            }
        });
        listed.collect()
    }

    /// Names and paths of all that may be a draft, in order.
    fn files(&self) -> Vec<(String, PathBuf)> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let named = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
        let mut files: Vec<_> =
            named.filter(|(name, _)| name.ends_with(".md") && !name.starts_with('.')).collect();
        files.sort();
        files
    }

    /// Puts a text into a new file of the user's alone.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn create(&self, subject: &DraftSubject, text: &str, durability: Durability) -> io::Result<PathBuf> {
        self.make_private()?;
        let stem = subject.stem();
        loop {
            // Told apart from that of any other program, also where a file was removed meanwhile.
            let token = RandomState::new().build_hasher().finish() & 0xffff_ffff;
            let path = self.dir.join(format!("{stem}.{token:08x}.md"));
            if path.symlink_metadata().is_ok() {
                continue;
            }
            return self.replace(&path, text, durability).map(|()| path);
        }
    }

    /// Puts a text in the place of one's own file in one step.
    ///
    /// # Errors
    /// Where the folder cannot be written; the file is as it was.
    pub fn replace(&self, path: &Path, text: &str, durability: Durability) -> io::Result<()> {
        self.make_private()?;
        write_file::replace_private(path, text.as_bytes(), durability)
    }

    /// Makes the folder, for the user alone.
    fn make_private(&self) -> io::Result<()> {
        if let Some(above) = self.dir.parent() {
            fs::create_dir_all(above)?;
        }
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(&self.dir) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => close_to_others(&self.dir),
            made => made,
        }
    }
}

/// Takes others' rights from a folder that an earlier version made. Where it is a link its owner has arranged
/// it so.
#[cfg(unix)]
fn close_to_others(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let meta = dir.symlink_metadata()?;
    if meta.is_dir() && meta.permissions().mode() & 0o077 != 0 {
        return fs::set_permissions(dir, fs::Permissions::from_mode(0o700));
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_dir: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn temporary() -> PathBuf {
    std::env::temp_dir().join(format!("plan158-drafts-{}", rustix::process::getuid().as_raw()))
}

#[cfg(not(unix))]
fn temporary() -> PathBuf {
    std::env::temp_dir().join("plan158-drafts")
}

/// Reads a draft.
///
/// # Errors
/// Where it is no regular file, is too large, or cannot be read.
pub fn read(file: &Path) -> Result<DraftFile, UnreadableFile> {
    let (opened, meta) = regular_file::open(file, Links::Refuse, MAX_BYTES)?;
    let at = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let bytes = regular_file::read_opened((opened, meta), MAX_BYTES)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(DraftFile { file: file.to_owned(), text, at })
}

/// Removes a draft, unless somebody has written something else into it meanwhile.
pub fn remove(draft: &DraftFile) {
    if read(&draft.file).is_ok_and(|now| now.text == draft.text) {
        let _ = fs::remove_file(&draft.file);
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::super::{DraftEntry, DraftWords, text, words};
    use super::*;
    use crate::journal::NoteKind;

    fn subject(node: &str) -> DraftSubject {
        DraftSubject { plan: "mini".into(), node: node.into(), entry: DraftEntry::Note }
    }

    fn note(node: &str, said: &str) -> String {
        text(&subject(node), "Goal", &DraftWords::line(NoteKind::Progress, said))
    }

    fn is_blank(text: &str) -> bool {
        words(&DraftEntry::Note, text).is_blank()
    }

    #[test]
    fn drafts_never_overwrite_one_another_and_are_the_users_alone() {
        let home = tempfile::TempDir::new().unwrap();
        let store = Store::new(Some(home.path()));
        fs::create_dir(store.dir()).unwrap();
        let one = store.create(&subject("g1"), &note("g1", "one"), Durability::Machine).unwrap();
        let two = store.create(&subject("g1"), &note("g1", "two"), Durability::Program).unwrap();
        assert_ne!(one, two);
        store.replace(&one, &note("g1", "uno"), Durability::Program).unwrap();
        assert_eq!(store.of(&[subject("g1")], is_blank).len(), 2);
        assert_eq!(fs::read_dir(store.dir()).unwrap().count(), 2, "nothing is left beside them");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&one), mode(&two), mode(store.dir())), (0o600, 0o600, 0o700));
        }
    }

    #[test]
    fn words_come_before_files_without_any_and_other_nodes_are_left_out() {
        let home = tempfile::TempDir::new().unwrap();
        let store = Store::new(Some(home.path()));
        store.create(&subject("g1"), &note("g1", "words"), Durability::Program).unwrap();
        store.create(&subject("g1"), &note("g1", ""), Durability::Program).unwrap();
        store.create(&subject("g11"), &note("g11", "another"), Durability::Program).unwrap();
        fs::write(store.dir().join("g1-4711-0.md"), "kind: concern\n\nolder").unwrap();
        let found = store.of(&[subject("g1")], is_blank);
        let said: Vec<_> =
            found.iter().map(|draft| words(&DraftEntry::Note, &draft.text).in_one_line()).collect();
        assert_eq!(said.len(), 3);
        assert_eq!(said[2], "", "{said:?}");
    }

    #[test]
    fn what_was_changed_meanwhile_is_not_removed() {
        let home = tempfile::TempDir::new().unwrap();
        let store = Store::new(Some(home.path()));
        let file = store.create(&subject("g1"), "one", Durability::Program).unwrap();
        let draft = read(&file).unwrap();
        fs::write(&file, "saved in a window since").unwrap();
        remove(&draft);
        assert!(file.exists());
        remove(&read(&file).unwrap());
        assert!(!file.exists());
    }

    #[cfg(unix)]
    #[test]
    fn only_plain_files_of_some_size_are_read() {
        let home = tempfile::TempDir::new().unwrap();
        let store = Store::new(Some(home.path()));
        fs::create_dir_all(store.dir().join("a.md")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", store.dir().join("b.md")).unwrap();
        let large = File::create(store.dir().join("c.md")).unwrap();
        large.set_len(MAX_BYTES + 1).unwrap();
        assert!(store.of(&[subject("g1")], is_blank).is_empty());
        assert!(store.list().iter().all(|listed| listed.draft.is_err()));
        assert_eq!(store.list().len(), 3);
    }
}
