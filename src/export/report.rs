//! A document in words: sections, lines and tables, each in the languages shown, with sources as numbers. Reports (md, html, docx, opml) draw from
//! it, so that one says what the others say.
//!
//! It refuses to know how anything looks. Its texts are safe for no output yet: each format cleans and escapes them.

mod figures;
mod head;
mod node;
mod people;
mod sources;

pub use crate::page::block::{
    Block, Line, NoteBlock, Pair, Piece, Section, Table, Wording, Words, side_by_side,
};
pub use sources::SourceReport;

use super::document::{Document, Part, Voice};
use crate::page::{Field, Reader};
use crate::plan::{NodeId, SourceId, State};
use crate::text::{Bilingual, Show, Text, Ui};

/// A node in words.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeReport {
    /// Steps from the top of the document.
    pub depth: u32,
    /// Whether it is there for itself, or only above something a filter found; then it has no sections.
    pub part: Part,
    /// The level's mark.
    pub mark: String,
    /// The level's name.
    pub level: Words,
    /// Title.
    pub title: Words,
    /// Id.
    pub id: String,
    /// How it stands.
    pub state: State,
    /// The same in words, without the glyph.
    pub stands: Words,
    /// What is said of it.
    pub sections: Vec<Section>,
}

/// Puts a document into words, piece by piece.
#[derive(Clone, Debug)]
pub struct Report<'d, 'p> {
    document: &'d Document<'p>,
    /// One a language shown, the main one first.
    readers: Vec<Reader<'p>>,
}

impl<'d, 'p> Report<'d, 'p> {
    /// A report of a document, in the languages the document is shown in.
    pub fn new(document: &'d Document<'p>) -> Self {
        let scene = &document.scene;
        let reader = |voice: Voice| Reader {
            plan: scene.plan,
            show: Show::One(voice.lang),
            ui: voice.ui,
            rule: scene.judge.rule,
            as_of: scene.judge.as_of,
        };
        Self { document, readers: scene.voices().into_iter().map(reader).collect() }
    }

    /// The document.
    pub fn document(&self) -> &'d Document<'p> {
        self.document
    }

    /// The language of the report, as a tag (BCP 47): the main one shown.
    pub fn tag(&self) -> &'p str {
        self.document.plan().tag(self.document.scene.show.main())
    }

    /// The program's words for something.
    pub fn say(&self, zh: &str, en: &str) -> Words {
        self.spoken(|ui| ui.pick(zh, en).to_owned())
    }

    /// A sentence of the program.
    pub fn said(&self, said: &Bilingual) -> Words {
        self.spoken(|ui| said.get(ui).to_owned())
    }

    /// A state's name, without its glyph.
    pub fn state(&self, state: State) -> Words {
        self.spoken(|ui| state.label(ui).to_owned())
    }

    /// The program's words, in each of its languages that stand beside those shown.
    pub(super) fn spoken(&self, words: impl Fn(Ui) -> String) -> Words {
        let mut all: Vec<Wording> = Vec::new();
        for reader in &self.readers {
            let tag = reader.ui.pick("zh", "en");
            if all.iter().all(|one| one.tag != tag) {
                all.push(Wording { tag: tag.to_owned(), text: words(reader.ui), borrowed: false });
            }
        }
        Words::new(all)
    }

    /// Words of plan and program together, one wording a language shown.
    pub(super) fn each(&self, words: impl Fn(&Reader<'p>) -> String) -> Words {
        let wording = |reader: &Reader<'p>| Wording {
            tag: self.document.plan().tag(reader.show.main()).to_owned(),
            text: words(reader),
            borrowed: false,
        };
        Words::new(self.readers.iter().map(wording).collect())
    }

    /// A text of the plan; where a language has none, the first there is, marked, and once.
    pub fn text(&self, text: &Text) -> Words {
        let plan = self.document.plan();
        let mut all: Vec<Wording> = Vec::new();
        for reader in &self.readers {
            let found = text.get_or_first(reader.show.main());
            let tag = plan.tag(found.lang);
            if !found.text.is_empty() && all.iter().all(|one| one.tag != tag) {
                all.push(Wording {
                    tag: tag.to_owned(),
                    text: found.text.to_owned(),
                    borrowed: found.borrowed,
                });
            }
        }
        // Beside a wording of its own a borrowed one says nothing new.
        if all.iter().any(|one| !one.borrowed) {
            all.retain(|one| !one.borrowed);
        }
        Words::new(all)
    }

    /// A state with its glyph.
    fn state_piece(&self, state: State) -> Piece {
        Piece::State(state, self.state(state))
    }

    /// A node by its title and id.
    fn node_line(&self, id: NodeId) -> Line {
        let node = self.document.plan().tree.node(id);
        vec![Piece::Words(self.text(&node.title)), Piece::Id(node.key.to_string())]
    }

    /// A source by its number and the place in it.
    fn cite(&self, source: SourceId, at: Option<&str>) -> Piece {
        Piece::Cite {
            number: self.document.number(source).unwrap_or_default(),
            source,
            at: at.map(ToOwned::to_owned),
            name: Words::default(),
        }
    }

    /// What the card says in every language shown, field by field.
    fn fields(&self, of: impl Fn(&Reader<'p>) -> Vec<Field>) -> Vec<Pair> {
        let all: Vec<Vec<Field>> = self.readers.iter().map(of).collect();
        let count = all.first().map_or(0, Vec::len);
        let pair = |at: usize| {
            let mut labels = Vec::new();
            let mut values = Vec::new();
            for (reader, fields) in self.readers.iter().zip(&all) {
                let Some(Field::Pair { label, value }) = fields.get(at) else { continue };
                let tag = |text: &String| Wording {
                    tag: self.document.plan().tag(reader.show.main()).to_owned(),
                    text: text.clone(),
                    borrowed: false,
                };
                labels.push(tag(label));
                values.push(tag(value));
            }
            let (label, value) = (Words::new(labels), vec![Piece::Words(Words::new(values))]);
            (!label.is_empty()).then_some(Pair::new(label, value))
        };
        (0..count).filter_map(pair).collect()
    }
}
