//! A line or a small form at the foot of the screen, in which people say something of a node. Plain data;
//! `update::compose` changes it.

use super::drafts::DraftSubject;
use tui_input::Input;

use super::drafts::store::DraftFile;
use super::drafts::{DraftEntry, DraftWords};
use super::view::Here;
use crate::export::Format;
use crate::journal::{NodeName, NoteKind};
use crate::plan::State;
use crate::plan::metric::{Bound, Grade};
use crate::text::{Bilingual, Ui};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    Note(NoteKind),
    /// Other words for one's own note.
    EditNote(Box<str>),
    Share,
    /// Why a verdict.
    Reason(Option<State>),
    /// An observed value: value, time, bound, source, grade.
    Value,
    /// Why the verdict that decides on a review card.
    Decision(State),
    /// Until when a review card is put off.
    Until,
    /// How a disagreement was settled.
    Settlement,
    /// The moment after which a series counts something else.
    SeriesBreak,
    /// Another name for a tag, everywhere.
    RenameTag(NodeName),
    /// The file of an export.
    ExportTo(Format),
}

/// Fields of an observed value, in their order.
pub const VALUE_FIELDS: usize = 5;

/// Where the words of an open line lie on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnDrafts {
    /// The draft that this line wrote.
    pub own: Option<DraftFile>,
    /// The draft that it took up; goes once its words lie elsewhere.
    pub taken: Option<DraftFile>,
    pub kept: Option<DraftWords>,
    /// How many more drafts there are of the same entry.
    pub more: usize,
}

impl OwnDrafts {
    /// Whether there is no draft of this line.
    pub fn is_empty(&self) -> bool {
        self.own.is_none() && self.taken.is_none()
    }
}

#[derive(Clone, Debug)]
pub struct Compose {
    pub asks: Asks,
    pub here: Here,
    /// What is typed, a line a field.
    pub fields: Vec<Input>,
    /// The field with the caret.
    pub at: usize,
    /// Whether it was sent and waits for what comes of it.
    pub sent: bool,
    /// Why it was not taken: gone with the next edit.
    pub refused: Option<Bilingual>,
    /// What there is to know before one types.
    pub remark: Option<Bilingual>,
    /// What stood in the fields when it opened.
    pub begun: Vec<String>,
    /// Where its words lie on disk.
    pub drafts: OwnDrafts,
}

impl Compose {
    /// A line with something in it.
    pub fn line(asks: Asks, here: Here, text: &str) -> Self {
        Self::of(asks, here, vec![text.to_owned()])
    }

    /// A form of empty fields.
    pub fn form(asks: Asks, here: Here, fields: usize) -> Self {
        Self::of(asks, here, vec![String::new(); fields])
    }

    fn of(asks: Asks, here: Here, begun: Vec<String>) -> Self {
        let fields = begun.iter().map(|text| text.as_str().into()).collect();
        Self {
            asks,
            here,
            fields,
            at: 0,
            sent: false,
            refused: None,
            remark: None,
            begun,
            drafts: OwnDrafts::default(),
        }
    }

    /// The same with something to know.
    pub fn with_remark(self, remark: Bilingual) -> Self {
        Self { remark: Some(remark), ..self }
    }

    /// What a draft of it is a draft of. A number, a day, a name or a path is typed again sooner than a draft
    /// of it is found, and nobody's words are lost with it: those have none.
    pub fn entry(&self) -> Option<DraftEntry> {
        Some(match &self.asks {
            Asks::Note(_) => DraftEntry::Note,
            Asks::EditNote(of) => DraftEntry::Edit(of.clone()),
            Asks::Reason(state) => DraftEntry::Reason(*state),
            Asks::Decision(state) => DraftEntry::Reason(Some(*state)),
            Asks::Value => DraftEntry::Value,
            Asks::Settlement => DraftEntry::Settlement,
            Asks::Share | Asks::Until | Asks::SeriesBreak | Asks::RenameTag(_) | Asks::ExportTo(_) => {
                return None;
            }
        })
    }

    pub fn words(&self) -> DraftWords {
        let kind = if let Asks::Note(kind) = self.asks { kind } else { NoteKind::Progress };
        DraftWords { kind, fields: self.fields.iter().map(|field| field.value().to_owned()).collect() }
    }

    /// The words that would be lost with the line: some, and others than it opened with.
    pub fn words_to_keep(&self) -> Option<DraftWords> {
        let words = self.words();
        let same = self.begun.iter().zip(&words.fields).all(|(begun, now)| begun.trim() == now.trim());
        (self.entry().is_some() && !words.is_blank() && !same).then_some(words)
    }

    /// What is typed in a field.
    pub fn value(&self, field: usize) -> &str {
        self.fields.get(field).map_or("", Input::value)
    }

    /// Whether there is anything to go to besides the line: other fields, other kinds.
    pub fn has_fields(&self) -> bool {
        self.fields.len() > 1 || matches!(self.asks, Asks::Note(_))
    }

    /// Whether it waits for a step to be written.
    pub fn awaits_step(&self) -> bool {
        self.sent && !matches!(self.asks, Asks::ExportTo(_))
    }

    /// Whether it waits for a document to be written.
    pub fn awaits_export(&self) -> bool {
        self.sent && matches!(self.asks, Asks::ExportTo(_))
    }

    /// The field with the caret.
    pub fn field(&mut self) -> Option<&mut Input> {
        self.fields.get_mut(self.at)
    }

    pub fn label(&self, field: usize, ui: Ui) -> &'static str {
        match (&self.asks, field) {
            (Asks::Value, 0) => ui.pick("数值", "value"),
            (Asks::Value, 1) => ui.pick("时间", "time"),
            (Asks::Value, 2) => ui.pick("界限", "bound"),
            (Asks::Value, 3) => ui.pick("来源", "source"),
            (Asks::Value, _) => ui.pick("等级", "grade"),
            _ => "",
        }
    }

    pub fn form_of(&self, field: usize, ui: Ui) -> String {
        match (&self.asks, field) {
            (Asks::Value, 0) => ui.pick("95.2 或 35..45", "95.2 or 35..45").to_owned(),
            (Asks::Value, 1) => ui
                .pick("2025、2025-10、2025-10-20 或 2021..2025", "2025, 2025-10, 2025-10-20 or 2021..2025")
                .to_owned(),
            (Asks::Value, 2) => Bound::ALL.iter().map(|bound| bound.word()).collect::<Vec<_>>().join(" "),
            (Asks::Value, 3) => ui.pick("来源 id 或任意文字", "a source's id, or any words").to_owned(),
            (Asks::Value, _) => Grade::ALL.iter().map(|grade| grade.word()).collect::<Vec<_>>().join(" "),
            (Asks::Until, _) => ui
                .pick("2027-01-31，或 30d、6w、3m、1y（天、周、月、年）", "2027-01-31, or 30d, 6w, 3m, 1y")
                .to_owned(),
            (Asks::SeriesBreak, _) => ui
                .pick(
                    "此后的数值不与此前相比：2025、2025-10 或 2025-10-20",
                    "later values are not compared with earlier ones: 2025, 2025-10 or 2025-10-20",
                )
                .to_owned(),
            (Asks::Share, _) => ui.pick("0 到 100；空为清除", "0 to 100; empty clears it").to_owned(),
            _ => String::new(),
        }
    }
}

/// A draft that an opened line takes up.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is a draft of.
    pub subject: DraftSubject,
    pub draft: DraftFile,
    pub words: DraftWords,
    /// How many more there are of the same entry.
    pub more: usize,
    /// When it was written last, for people.
    pub when: String,
}
