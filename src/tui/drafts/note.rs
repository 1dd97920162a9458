//! A note that is written in the user's own editor: what its file says at first, and the step that what was
//! written asks for.

use std::io;

use super::store::{self, DraftFile, Durability, Store};
use super::{DraftEntry, DraftSubject, DraftWords};
use crate::journal::words::RefusedText;
use crate::journal::{Event, NoteKind, Step, words};
use crate::text::Bilingual;
use crate::tui::view::Here;

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
    /// What is said where its words are not recorded: why, and how they come back.
    pub fn kept_because(&self, why: &Bilingual) -> Bilingual {
        let Bilingual { zh, en } = self.entry().opened_by();
        Bilingual::new(
            format!("{}；已留作草稿，{zh} 再打开", why.zh),
            format!("{}; kept as a draft: {en} opens it again", why.en),
        )
    }

    pub fn entry(&self) -> DraftEntry {
        self.of.clone().map_or(DraftEntry::Note, DraftEntry::Edit)
    }

    /// What the editor is given where there is no draft yet.
    pub fn template(&self, plan: &str) -> String {
        super::text(&self.subject(plan), &self.title, &DraftWords::line(self.kind, self.text.as_str()))
    }

    /// Puts that into a file of its own.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn lay_out(&self, plan: &str, store: &Store) -> io::Result<DraftFile> {
        let file = store.create(&self.subject(plan), &self.template(plan), Durability::Program)?;
        store::read(&file).map_err(io::Error::other)
    }

    fn subject(&self, plan: &str) -> DraftSubject {
        DraftSubject { plan: plan.into(), node: self.here.name.clone(), entry: self.entry() }
    }

    /// The step that what was written asks for; `None` where nothing was, or nothing but what the note says.
    ///
    /// # Errors
    /// Where the kind is none.
    pub fn step(&self, written: &str) -> Result<Option<Step>, RefusedText> {
        let body = super::body(written);
        let (kind, text) = match (super::kind_line(&body), &self.of) {
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
}
