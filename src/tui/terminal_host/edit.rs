//! A note in the user's editor: lends the terminal, records what was written, and keeps as a draft whatever
//! is not recorded.

use std::io;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use super::super::draft_keeper;
use super::super::drafts;
use super::super::drafts::note::Draft;
use super::super::drafts::store::{self, DraftFile};
use super::super::editor;
use super::super::incoming::Edited;
use super::super::model::Model;
use super::TerminalHost;
use crate::plan::regular_file::UnreadableFile;
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// An editor that is back so soon, with nothing written, has most likely opened a window and not waited for
/// it. Starting such a one takes a while.
const AT_ONCE: Duration = Duration::from_secs(2);

/// How an editor came back.
struct Back {
    ended: io::Result<ExitStatus>,
    after: Duration,
    command: String,
    /// The draft as it was given to the editor.
    given: DraftFile,
}

/// What lies in the file now.
enum EditOutcome {
    /// Nobody has written to it.
    AsGiven,
    /// Somebody has; perhaps the same words.
    Written(DraftFile),
    /// It is not there, or cannot be read: why.
    Unreadable(UnreadableFile),
}

impl TerminalHost {
    /// Lends the terminal to the user's editor. The draft stays on disk until the note is in the journal.
    pub(super) fn edit_draft(&mut self, draft: Draft, model: &Model) -> io::Result<Edited> {
        let given = match self.given(&draft, model) {
            Ok(given) => given,
            Err(error) => {
                return Ok(Edited::Nothing(Bilingual::new(
                    format!("无处放草稿：{error}"),
                    format!("there is no place for the draft: {error}"),
                )));
            }
        };
        let command = editor::editor();
        let began = Instant::now();
        let (keys, held) = (&self.keys, &mut self.guard);
        let ended = keys.lend(|| {
            held.lend()?;
            let ran = editor::run(&command, &given.file);
            held.refresh().map(|()| ran)
        })?;
        let back = Back { ended, after: began.elapsed(), command, given };
        Ok(self.take_back(draft, back, model))
    }

    /// The draft there is, or a new one.
    fn given(&self, draft: &Draft, model: &Model) -> io::Result<DraftFile> {
        let plan = model.plan();
        let mut found =
            draft_keeper::files(&self.files.drafts, plan, &draft.here, &draft.entry()).into_iter();
        match found.next() {
            Some((file, _)) => Ok(file),
            None => draft.lay_out(&plan.id, &self.files.drafts),
        }
    }

    /// What is to be recorded of what was written. What is not recorded and was written by somebody stays.
    fn take_back(&self, draft: Draft, back: Back, model: &Model) -> Edited {
        let is_well = matches!(&back.ended, Ok(status) if status.success());
        let written = match left(&back.given) {
            EditOutcome::Unreadable(error) => return Edited::Nothing(unreadable(&back.given, &error)),
            EditOutcome::AsGiven if is_well => return Edited::Nothing(self.untouched(&draft, &back, model)),
            EditOutcome::AsGiven => return Edited::Nothing(failed(&draft, &back, &back.given)),
            EditOutcome::Written(written) if !is_well => {
                return Edited::Nothing(failed(&draft, &back, &written));
            }
            EditOutcome::Written(written) => written,
        };
        match draft.step(&written.text) {
            Ok(Some(step)) => Edited::Words { step, draft, written },
            Ok(None) => {
                store::remove(&written);
                Edited::Nothing(self.nothing(&draft, model))
            }
            Err(refused) => Edited::Nothing(draft.kept_because(&refused.said())),
        }
    }

    /// The editor ended well and wrote nothing.
    fn untouched(&self, draft: &Draft, back: &Back, model: &Model) -> Bilingual {
        if back.after < AT_ONCE {
            return Bilingual::new(
                format!(
                    "编辑器立即返回：VISUAL 或 EDITOR 可能需要等待选项（code --wait、gedit --wait）；它之后保存的内容是草稿，{} 打开",
                    draft.entry().opened_by().zh
                ),
                format!(
                    "the editor came back at once: VISUAL or EDITOR may need its waiting flag (code --wait, gedit --wait); \
                 what it saves is a draft, {} opens it",
                    draft.entry().opened_by().en
                ),
            );
        }
        if has_words(draft, &back.given) {
            return draft.kept_because(&Bilingual::new("没有改动", "nothing was changed"));
        }
        store::remove(&back.given);
        self.nothing(draft, model)
    }

    /// Nothing is left to be kept.
    fn nothing(&self, draft: &Draft, model: &Model) -> Bilingual {
        let nothing = match draft.of {
            Some(_) => Bilingual::new("没有改动，未记录", "nothing changed: nothing recorded"),
            None => Bilingual::new("没有写内容，未记录", "nothing was written: nothing recorded"),
        };
        let others = draft_keeper::files(&self.files.drafts, model.plan(), &draft.here, &draft.entry());
        match others.iter().filter(|(file, _)| has_words(draft, file)).count() {
            0 => nothing,
            more => Bilingual::new(
                format!("{}；另有{more}份草稿，{} 打开", nothing.zh, draft.entry().opened_by().zh),
                format!("{}; {more} more to be opened by {}", nothing.en, draft.entry().opened_by().en),
            ),
        }
    }
}

/// The editor did not start, or ended with an error, as far as it came.
fn failed(draft: &Draft, back: &Back, left: &DraftFile) -> Bilingual {
    let command = one_line(&back.command);
    let why = match &back.ended {
        Ok(_) => {
            Bilingual::new(format!("编辑器 {command} 没有正常结束"), format!("the editor {command} failed"))
        }
        Err(error) => Bilingual::new(
            format!("编辑器 {command} 没有启动（{error}）；VISUAL 或 EDITOR 指定编辑器"),
            format!("the editor {command} did not start ({error}); VISUAL or EDITOR names another"),
        ),
    };
    if has_words(draft, left) {
        return draft.kept_because(&why);
    }
    store::remove(left);
    Bilingual::new(format!("{}，未记录", why.zh), format!("{}: nothing recorded", why.en))
}

/// Whether a file holds words that no note says yet.
fn has_words(draft: &Draft, file: &DraftFile) -> bool {
    let words = drafts::words(&draft.entry(), &file.text);
    let is_the_notes = draft.of.is_some() && words.fields.iter().all(|said| said == draft.text.trim());
    !words.is_blank() && !is_the_notes
}

fn left(given: &DraftFile) -> EditOutcome {
    match store::read(&given.file) {
        // A file that was saved as it was has another time: who saves in an editor wants it recorded.
        Ok(now) if now == *given => EditOutcome::AsGiven,
        Ok(now) => EditOutcome::Written(now),
        Err(error) => EditOutcome::Unreadable(error),
    }
}

/// The file is gone, or what lies there is more or something else than a note.
fn unreadable(given: &DraftFile, error: &UnreadableFile) -> Bilingual {
    if error.is_missing() {
        return Bilingual::new(
            "编辑器删除了草稿文件，未记录",
            "the editor removed the draft's file: nothing recorded",
        );
    }
    let shown = given.file.to_string_lossy();
    let shown = one_line(&shown);
    let Bilingual { zh, en } = error.reason();
    Bilingual::new(
        format!("读不出草稿（{zh}），没有记录，文件仍在 {shown}"),
        format!("the draft cannot be read ({en}) and is not recorded: it stays in {shown}"),
    )
}
