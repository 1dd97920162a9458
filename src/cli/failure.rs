//! How a run ends: the exit codes of `docs/cli.md`, and errors that say what, where and what to do next.

use std::io;
use std::process::ExitCode;

use crate::text::clean::many_lines;
use crate::text::{Bilingual, Ui};

/// The exit codes, a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: the answer is "no".
    No,
    /// 2: usage, an unknown id, a value out of range.
    Usage,
    /// 3: the plan cannot be opened.
    Unopened,
    /// 4: the journal cannot be read or written.
    Journal,
    /// 128 and the number: a signal ended the screen, after it had put the terminal back.
    Signalled(i32),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::No => 1,
            Exit::Usage => 2,
            Exit::Unopened => 3,
            Exit::Journal => 4,
            Exit::Signalled(signal) => {
                u8::try_from(signal).map_or(u8::MAX, |signal| signal.saturating_add(128))
            }
        })
    }
}

/// An error for a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub exit: Exit,
    /// What is wrong, and where.
    pub what: Bilingual,
    pub next: Bilingual,
    /// Words somebody wrote that were not saved, to be handed back; empty where there are none.
    pub unsaved: Box<str>,
}

impl Failure {
    /// Exit code 2.
    pub fn usage(what: Bilingual, next: Bilingual) -> Self {
        Self { exit: Exit::Usage, what, next, unsaved: Box::default() }
    }

    /// As it stands on stderr.
    pub fn render(&self, ui: Ui) -> String {
        let (error, next) = ui.pick(("错误：", "下一步："), ("error: ", "next: "));
        let mut text = format!("{error}{}\n{next}{}\n", self.what.get(ui), self.next.get(ui));
        if !self.unsaved.is_empty() {
            let head = ui.pick("以下文字没有保存：", "not saved, your words:");
            text.push_str(&format!("{head}\n{}\n", many_lines(&self.unsaved)));
        }
        text
    }
}

/// Why a command stopped early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    Failed(Box<Failure>),
    /// Nobody reads the output any more; quiet.
    PipeClosed,
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Failed(Box::new(failure))
    }
}

/// Errors of writing the result; other I/O errors are turned into a [`Failure`] where they arise, with their
/// place.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Stop::PipeClosed;
        }
        cannot_write(&Bilingual::new("标准输出", "standard output"), &error).into()
    }
}

/// A file or stream that could not be written.
pub fn cannot_write(place: &Bilingual, error: &io::Error) -> Failure {
    Failure::usage(
        Bilingual::new(
            format!("无法写入{}：{error}", place.zh),
            format!("cannot write {}: {error}", place.en),
        ),
        Bilingual::new(
            "检查磁盘空间与写入权限，或换一个位置",
            "check free space and permissions, or choose another place",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_what_and_what_to_do_next_in_either_language() {
        let failure = Failure::usage(
            Bilingual::new("没有这个", "no such thing"),
            Bilingual::new("试别的", "try another"),
        );
        assert_eq!(failure.render(Ui::Zh), "错误：没有这个\n下一步：试别的\n");
        assert_eq!(failure.render(Ui::En), "error: no such thing\nnext: try another\n");
    }

    #[test]
    fn words_that_were_not_saved_come_back_as_they_were_but_for_what_a_terminal_must_not_see() {
        let failure = Failure {
            exit: Exit::Journal,
            unsaved: "第一行\nline two\u{1b}[2J".into(),
            ..Failure::usage(Bilingual::new("甲", "a"), Bilingual::new("乙", "b"))
        };
        assert!(failure.render(Ui::En).ends_with("not saved, your words:\n第一行\nline two\u{FFFD}[2J\n"));
        assert!(failure.render(Ui::Zh).contains("以下文字没有保存：\n第一行\n"));
    }

    #[test]
    fn a_closed_pipe_is_quiet_and_a_full_disk_is_not() {
        assert_eq!(Stop::from(io::Error::from(io::ErrorKind::BrokenPipe)), Stop::PipeClosed);
        let Stop::Failed(failure) = Stop::from(io::Error::from(io::ErrorKind::StorageFull)) else { panic!() };
        assert_eq!(failure.exit, Exit::Usage);
    }
}
