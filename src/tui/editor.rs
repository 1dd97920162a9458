//! A long note in the user's own editor: a draft's file goes out, what was written comes back. The file stays
//! until the note is on disk.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use super::terminal;

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

/// The name may hold arguments (`code --wait`), which are taken apart here where that is plain, so that it is
/// the editor itself that is waited for; else by a shell. A key that interrupts what runs on the terminal
/// reaches that shell too: it minds it no more than this program does.
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

/// Waits for the end. An editor that stops (its own key for it, or Ctrl-Z) takes this program with it, so
/// that the shell has its terminal; where no shell could go on with both, the editor goes on at once.
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
