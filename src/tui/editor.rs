//! A long note in the user's own editor: a draft's file goes out, what was written comes back. The file stays until the note is on disk.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use super::drafts::store::{self, DraftFile, Durability, Store};
use super::drafts::{self, Entry, Subject, Words};
use super::ledger::Here;
use super::terminal;
use crate::journal::words::RefusedText;
use crate::journal::{Event, NoteKind, Step, words};

/// A note to be written in an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub here: Here,
    /// The same in words, for the file.
    pub title: String,
    pub kind: NoteKind,
    /// Its words so far: those of the note that is edited.
    pub text: String,
    /// The note that is edited; `None` writes a new one.
    pub of: Option<Box<str>>,
}

impl Draft {
    pub fn entry(&self) -> Entry {
        self.of.clone().map_or(Entry::Note, Entry::Edit)
    }

    /// What the editor is given where there is no draft yet.
    pub fn template(&self, plan: &str) -> String {
        drafts::text(&self.subject(plan), &self.title, &Words::line(self.kind, self.text.as_str()))
    }

    /// Puts that into a file of its own.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn lay_out(&self, plan: &str, store: &Store) -> io::Result<DraftFile> {
        let file = store.create(&self.subject(plan), &self.template(plan), Durability::Program)?;
        store::read(&file).map_err(io::Error::other)
    }

    fn subject(&self, plan: &str) -> Subject {
        Subject { plan: plan.into(), node: self.here.name.clone(), entry: self.entry() }
    }

    /// The step that what was written asks for; `None` where nothing was, or nothing but what the note says.
    ///
    /// # Errors
    /// Where the kind is none.
    pub fn step(&self, written: &str) -> Result<Option<Step>, RefusedText> {
        let body = drafts::body(written);
        let (kind, text) = match (drafts::kind_line(&body), &self.of) {
            (Some((kind, rest)), None) => (words::word(kind, NoteKind::ALL, NoteKind::word)?, rest),
            _ => (self.kind, body.as_str()),
        };
        if text.is_empty() || (self.of.is_some() && text == self.text.trim()) {
            return Ok(None);
        }
        let node = self.here.name.clone();
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

/// Runs the editor on a file and waits for it, also while it is stopped.
///
/// # Errors
/// Where it cannot be started or waited for.
pub fn run(editor: &str, file: &Path) -> io::Result<ExitStatus> {
    let child = command(editor).arg(file).spawn()?;
    wait(child)
}

/// Signs by which a command line is more than words with spaces between them.
const SHELL_SIGNS: &str = "|&;<>()$`\\\"'*?[]#~=%{}!\n";

/// The name may hold arguments (`code --wait`), which are taken apart here where that is plain, so that it is the editor itself that is waited
/// for; else by a shell. A key that interrupts what runs on the terminal reaches that shell too: it minds it no more than this program does.
fn command(editor: &str) -> Command {
    let mut words = editor.split_whitespace();
    if let (Some(program), false) = (words.next(), editor.contains(|c| SHELL_SIGNS.contains(c))) {
        let mut command = Command::new(program);
        command.args(words);
        return command;
    }
    let mut command = Command::new("sh");
    command.args(["-c", &format!("trap : INT QUIT; {editor} \"$@\""), "editor"]);
    command
}

/// Waits for the end. An editor that stops (its own key for it, or Ctrl-Z) takes this program with it, so that the shell has its terminal; where
/// no shell could go on with both, the editor goes on at once.
#[cfg(unix)]
fn wait(child: std::process::Child) -> io::Result<ExitStatus> {
    use rustix::io::Errno;
    use rustix::process::{
        Pid, Signal, WaitOptions, getpgid, getpgrp, kill_process, kill_process_group, waitpid,
    };
    use std::os::unix::process::ExitStatusExt;
    let pid = Pid::from_child(&child);
    loop {
        let status = match waitpid(Some(pid), WaitOptions::UNTRACED) {
            Err(Errno::INTR) | Ok(None) => continue,
            Err(error) => return Err(error.into()),
            Ok(Some((_, status))) => status,
        };
        if !status.stopped() {
            return Ok(ExitStatus::from_raw(status.as_raw()));
        }
        let went_on = terminal::stop_job()?;
        // The shell continues this program's group; an editor may have one of its own.
        let group = getpgid(Some(pid)).ok().filter(|group| *group != getpgrp());
        let _ = match (group, went_on) {
            (Some(group), _) => kill_process_group(group, Signal::CONT),
            (None, terminal::Suspension::Refused) => kill_process(pid, Signal::CONT),
            (None, terminal::Suspension::Stopped) => Ok(()),
        };
    }
}

#[cfg(not(unix))]
fn wait(mut child: std::process::Child) -> io::Result<ExitStatus> {
    child.wait()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn draft(of: Option<&str>, text: &str) -> Draft {
        let of = of.map(Into::into);
        let here = Here { name: "a4".into(), node: None };
        Draft { here, title: "行动".into(), kind: NoteKind::Progress, text: text.into(), of }
    }

    #[rstest]
    #[case("kind: question\n\nHow is it counted?\n", Some((NoteKind::Question, "How is it counted?")))]
    #[case("kind: progress\r\n\r\none\r\ntwo\r\n", Some((NoteKind::Progress, "one\ntwo")))]
    #[case("no head\n# a heading is text\n", Some((NoteKind::Progress, "no head\n# a heading is text")))]
    #[case("kind: progress\n\n \n", None)]
    fn what_was_written_becomes_a_note(#[case] body: &str, #[case] expected: Option<(NoteKind, &str)>) {
        let template = draft(None, "").template("mini");
        let written = format!("{body}{}", &template[template.find("# ---").unwrap()..]);
        let step = draft(None, "").step(&written).unwrap();
        let note = step.map(|step| match &step.events[0] {
            Event::Note { kind, text, .. } => (*kind, text.to_string()),
            other => panic!("{other:?}"),
        });
        assert_eq!(note, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn a_template_left_as_it_is_records_nothing() {
        assert_eq!(draft(None, "").step(&draft(None, "").template("mini")).unwrap(), None);
        assert_eq!(draft(Some("r1"), "old").step(&draft(Some("r1"), "old").template("mini")).unwrap(), None);
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

    #[rstest]
    #[case("vi", "vi", &[])]
    #[case(" code  --wait ", "code", &["--wait"])]
    #[case("'my editor' -n", "sh", &["-c", "trap : INT QUIT; 'my editor' -n \"$@\"", "editor"])]
    #[case("LANG=C vi", "sh", &["-c", "trap : INT QUIT; LANG=C vi \"$@\"", "editor"])]
    fn a_plain_editor_needs_no_shell(#[case] named: &str, #[case] program: &str, #[case] args: &[&str]) {
        let command = command(named);
        assert_eq!(command.get_program(), program);
        assert_eq!(command.get_args().collect::<Vec<_>>(), args);
    }
}
