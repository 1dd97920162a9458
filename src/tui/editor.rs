//! A long note in the user's own editor: a file with a template goes out, what was written comes back. The file stays until the note is on disk.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use crate::journal::words::Refused;
use crate::journal::{Event, Name, NoteKind, Step, words};
use crate::plan::Said;
use crate::plan::regular_file::{self, Unreadable};
use crate::plan::text::one_line;

/// A note to be written in an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it is about.
    pub name: Name,
    /// The same in words, for the template.
    pub title: String,
    /// What the note is.
    pub kind: NoteKind,
    /// Its words so far.
    pub text: String,
    /// The note that is edited; `None` writes a new one.
    pub of: Option<Box<str>>,
}

/// Everything from this line on is the template's.
const SCISSORS: &str = "# ------------------------ >8 ------------------------";

impl Draft {
    /// What the editor is given.
    pub fn template(&self) -> String {
        let kinds = NoteKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ");
        let head = if self.of.is_some() { String::new() } else { format!("kind: {}\n\n", self.kind.word()) };
        let about = format!("{} · {}", one_line(&self.name), one_line(&self.title));
        let kinds = if self.of.is_some() { String::new() } else { format!("# kind: {kinds}\n") };
        format!(
            "{head}{}\n\n{SCISSORS}\n# {about}\n# 此线以下不保存；空文不记录。 Nothing from the line above on is kept; an empty note is not recorded.\n{kinds}",
            self.text
        )
    }

    /// The step that what was written asks for; `None` where nothing was, or nothing changed.
    ///
    /// # Errors
    /// Where the kind is none.
    pub fn step(&self, written: &str) -> Result<Option<Step>, Refused> {
        let body = written.replace("\r\n", "\n");
        let body = body.split_once(SCISSORS).map_or(body.as_str(), |(body, _)| body);
        let first = body.lines().next().unwrap_or_default();
        let (kind, text) = match (first.strip_prefix("kind:"), &self.of) {
            (Some(kind), None) => {
                let kind = words::word(kind.trim(), NoteKind::ALL, NoteKind::word)?;
                (kind, &body[first.len()..])
            }
            _ => (self.kind, body),
        };
        let text = text.trim();
        if text.is_empty() || text == self.text.trim() {
            return Ok(None);
        }
        let node = Name::clone(&self.name);
        let event = match &self.of {
            Some(of) => Event::NoteEdit { node: Some(node), of: of.clone(), text: text.into() },
            None => Event::Note { node, kind, text: text.into() },
        };
        Ok(Some(Step::new(vec![event])))
    }
}

/// The editor as the environment names it.
pub fn editor() -> String {
    let named = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| "vi".to_owned())
}

/// Puts the template into a file of its own.
///
/// # Errors
/// Where the folder cannot be written.
pub fn lay_out(dir: &Path, draft: &Draft) -> io::Result<PathBuf> {
    fs::create_dir_all(dir)?;
    let safe = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let stem: String = draft.name.chars().take(60).map(safe).collect();
    for number in 0.. {
        let path = dir.join(format!("{stem}-{}-{number}.md", std::process::id()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(mut file) => return file.write_all(draft.template().as_bytes()).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Runs the editor on a file and waits for it. The name may hold arguments (`code --wait`), so a shell splits it.
///
/// # Errors
/// Where no shell can be started.
pub fn run(editor: &str, file: &Path) -> io::Result<ExitStatus> {
    Command::new("sh").arg("-c").arg(format!("{editor} \"$@\"")).arg("editor").arg(file).status()
}

/// Largest draft that is taken, in bytes.
const MAX_DRAFT_BYTES: u64 = 64 << 20;

/// What is in a draft's file now.
///
/// # Errors
/// Where it cannot be read, or the editor put something else than a file in its place.
pub fn read_back(file: &Path) -> Result<Vec<u8>, Unreadable> {
    regular_file::read(file, MAX_DRAFT_BYTES)
}

/// Whether nobody wrote anything into a draft's file.
pub fn is_untouched(draft: &Draft, file: &Path) -> bool {
    read_back(file).is_ok_and(|bytes| bytes == draft.template().as_bytes())
}

/// What is said of a draft that stays: where it is.
pub fn kept(why: &Said, file: &Path) -> Said {
    let shown = file.to_string_lossy();
    let shown = one_line(&shown);
    Said::new(format!("{}；文稿在 {shown}", why.zh), format!("{}; the draft is in {shown}", why.en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn draft(of: Option<&str>, text: &str) -> Draft {
        let of = of.map(Into::into);
        Draft { name: "a4".into(), title: "行动".into(), kind: NoteKind::Progress, text: text.into(), of }
    }

    #[rstest]
    #[case("kind: question\n\nHow is it counted?\n", Some((NoteKind::Question, "How is it counted?")))]
    #[case("kind: progress\r\n\r\none\r\ntwo\r\n", Some((NoteKind::Progress, "one\ntwo")))]
    #[case("no head\n# a heading is text\n", Some((NoteKind::Progress, "no head\n# a heading is text")))]
    #[case("kind: progress\n\n \n", None)]
    fn what_was_written_becomes_a_note(#[case] body: &str, #[case] expected: Option<(NoteKind, &str)>) {
        let template = draft(None, "").template();
        let written = format!("{body}{}", &template[template.find(SCISSORS).unwrap()..]);
        let step = draft(None, "").step(&written).unwrap();
        let note = step.map(|step| match &step.events[0] {
            Event::Note { kind, text, .. } => (*kind, text.to_string()),
            other => panic!("{other:?}"),
        });
        assert_eq!(note, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn a_template_left_as_it_is_records_nothing() {
        assert_eq!(draft(None, "").step(&draft(None, "").template()).unwrap(), None);
        assert_eq!(draft(Some("r1"), "old").step(&draft(Some("r1"), "old").template()).unwrap(), None);
    }

    #[test]
    fn an_edited_note_keeps_its_kind_and_its_name() {
        let step = draft(Some("r1"), "kind: of odd\nold").step("kind: of odd\nnew").unwrap().unwrap();
        let text = Box::from("kind: of odd\nnew");
        assert_eq!(step.events, [Event::NoteEdit { node: Some("a4".into()), of: "r1".into(), text }]);
    }

    #[test]
    fn a_kind_that_is_none_is_named() {
        let refused = draft(None, "").step("kind: qestion\n\nwords").unwrap_err();
        assert!(refused.said().en.contains("question"), "{refused:?}");
    }

    #[test]
    fn drafts_never_overwrite_one_another_and_are_the_users_alone() {
        let dir = tempfile::TempDir::new().unwrap();
        let one = lay_out(dir.path(), &draft(None, "")).unwrap();
        let two = lay_out(dir.path(), &draft(None, "")).unwrap();
        assert_ne!(one, two);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&one).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
