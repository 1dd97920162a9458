//! What people do, in the test's own words, and the program's events that say it.

use plan158::journal::event::{Outcome, RecordedAmount, RecordedFigure};
use plan158::journal::record::RecordId;
use plan158::journal::{Event, NoteKind};
use plan158::plan::State;
use plan158::plan::metric::{Bound, Decimal, Moment, When};
use proptest::prelude::*;

/// Ids that people write: nodes, an alias, and two that the plan does not have.
pub const NAMES: [&str; 6] = ["a1", "act-one", "a1.share", "root", "gone", "lost"];

/// The names of what may be reattached, and to where; without a circle.
const MOVES: [(&str, &str); 4] = [("gone", "a1"), ("gone", "lost"), ("lost", "root"), ("a1", "root")];

/// One thing that somebody does. What it is done to is chosen among what is there when it is done.
#[derive(Clone, Debug)]
pub enum Act {
    Said {
        name: usize,
        what: Saying,
    },
    Edit {
        pick: prop::sample::Index,
        text: u8,
    },
    Retract {
        pick: prop::sample::Index,
    },
    Reattach {
        which: usize,
    },
    /// Any record is taken back, also another's; only of one's own does it count.
    Undo {
        pick: prop::sample::Index,
    },
}

/// What is said of a node, apart from words that name other records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    Verdict(Option<bool>),
    Share(Option<u8>),
    Note(u8),
    Value(u8),
    Tag(u8, bool),
    Star(bool),
    Reviewed(bool),
    Settled,
    Break,
}

/// The same with what it is done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Said(String, Saying),
    NoteEdit { name: String, of: String, text: u8 },
    NoteRetract { name: String, of: String },
    ValueRetract { name: String, of: String },
    Reattach { name: String, to: String },
    Undo { of: String },
}

pub fn act() -> impl Strategy<Value = Act> {
    let saying = prop_oneof![
        2 => prop::option::of(any::<bool>()).prop_map(Saying::Verdict),
        1 => prop::option::of(0_u8..=100).prop_map(Saying::Share),
        4 => (0_u8..9).prop_map(Saying::Note),
        2 => (0_u8..9).prop_map(Saying::Value),
        2 => (0_u8..2, any::<bool>()).prop_map(|(tag, on)| Saying::Tag(tag, on)),
        1 => any::<bool>().prop_map(Saying::Star),
        1 => any::<bool>().prop_map(Saying::Reviewed),
        1 => Just(Saying::Settled),
        1 => Just(Saying::Break),
    ];
    let pick = any::<prop::sample::Index>;
    prop_oneof![
        8 => (0..NAMES.len(), saying).prop_map(|(name, what)| Act::Said { name, what }),
        3 => (pick(), 0_u8..9).prop_map(|(pick, text)| Act::Edit { pick, text }),
        2 => pick().prop_map(|pick| Act::Retract { pick }),
        1 => (0..MOVES.len()).prop_map(|which| Act::Reattach { which }),
        1 => pick().prop_map(|pick| Act::Undo { pick }),
    ]
}

/// A note or value that can be named.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: String,
    pub name: String,
    pub is_note: bool,
}

impl Act {
    /// What it is done to; where nothing is there yet, a note is written.
    pub fn settled(&self, items: &[Item], records: &[&str]) -> Deed {
        let first = || Deed::Said(NAMES[0].to_owned(), Saying::Note(0));
        match self {
            Act::Said { name, what } => Deed::Said(NAMES[*name].to_owned(), *what),
            Act::Reattach { which } => {
                let (name, to) = MOVES[*which];
                Deed::Reattach { name: name.to_owned(), to: to.to_owned() }
            }
            Act::Undo { .. } if records.is_empty() => first(),
            Act::Undo { pick } => Deed::Undo { of: records[pick.index(records.len())].to_owned() },
            Act::Edit { pick, text } => {
                let notes: Vec<&Item> = items.iter().filter(|item| item.is_note).collect();
                if notes.is_empty() {
                    return first();
                }
                let Item { id, name, .. } = pick.get(&notes);
                Deed::NoteEdit { name: name.clone(), of: id.clone(), text: *text }
            }
            Act::Retract { pick } => {
                if items.is_empty() {
                    return first();
                }
                let Item { id, name, is_note } = pick.get(items).clone();
                if is_note { Deed::NoteRetract { name, of: id } } else { Deed::ValueRetract { name, of: id } }
            }
        }
    }
}

impl Deed {
    pub fn event(&self) -> Event {
        match self {
            Deed::Said(name, saying) => said(name, *saying),
            Deed::NoteEdit { name, of, text } => Event::NoteEdit {
                node: Some(name.as_str().into()),
                of: of.as_str().into(),
                text: words(*text).into(),
            },
            Deed::NoteRetract { name, of } => {
                Event::NoteRetract { node: Some(name.as_str().into()), of: of.as_str().into() }
            }
            Deed::ValueRetract { name, of } => {
                Event::ValueRetract { node: Some(name.as_str().into()), of: of.as_str().into() }
            }
            Deed::Reattach { name, to } => {
                Event::Reattach { node: name.as_str().into(), to: to.as_str().into() }
            }
            Deed::Undo { of } => Event::Undo { of: RecordId::new(of).unwrap() },
        }
    }
}

fn said(name: &str, saying: Saying) -> Event {
    let node = name.into();
    match saying {
        Saying::Verdict(verdict) => {
            let status = verdict.map(|good| if good { State::OnTrack } else { State::Limited });
            Event::Status { node, status, reason: None }
        }
        Saying::Share(progress) => Event::Progress { node, progress },
        Saying::Note(text) => Event::Note { node, kind: NoteKind::Concern, text: words(text).into() },
        Saying::Value(number) => Event::Value {
            node,
            figure: RecordedFigure {
                reading: RecordedAmount::Number(Decimal::parse(&number.to_string()).unwrap()),
                when: When::At(Moment::Year(2025)),
                bound: Bound::Exact,
                source: None,
                grade: None,
                quote: None,
            },
        },
        Saying::Tag(tag, on) => {
            let tag = tag_name(tag).into();
            if on { Event::Tag { node, tag } } else { Event::Untag { node, tag } }
        }
        Saying::Star(true) => Event::Star { node },
        Saying::Star(false) => Event::Unstar { node },
        Saying::Reviewed(counts) => {
            let outcome = if counts { Outcome::Unchanged } else { Outcome::Skipped };
            Event::Reviewed { node, outcome, until: None, seconds: None }
        }
        Saying::Settled => Event::Settled { node, reason: None },
        Saying::Break => Event::SeriesBreak { node, at: Moment::Year(2025) },
    }
}

/// The words of a note; some are long, some have characters of several bytes.
pub fn words(text: u8) -> String {
    ["短", "note", "第一行\nline two", "\"}]}\\"][usize::from(text) % 4].repeat(1 + usize::from(text) / 4)
}

pub fn tag_name(tag: u8) -> &'static str {
    ["急", "open"][usize::from(tag)]
}
