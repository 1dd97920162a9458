//! Queries: words, fzf's tokens and conditions on fields, read so that any text is a query.
//!
//! ```text
//! zhiye jiaoyu      both words, in any fields            a | b        one of them (binds tighter than the space)
//! 'exact "a phrase" as it stands                         !not         without it
//! ^start  end$      at the edges of a field              field:value  a condition; !field:value its opposite
//! ```
//! Half a query is the normal case: what cannot be understood yet is left out, said at its place, and the
//! rest still searches.

pub mod complete;
pub mod names;
mod token;
mod value;

use std::ops::Range;

use super::filter::Condition;
use super::word::{Matching, SearchWord, WordAnchor};
use crate::plan::Plan;
use crate::text::Bilingual;
use names::QueryField;
use token::{Token, tokens};

/// Whether a term is wanted or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    Is,
    /// Unwanted (`!`).
    IsNot,
}

/// What a term looks for.
#[derive(Clone, Debug, PartialEq)]
pub enum TermSubject {
    /// A word in the text.
    Word(SearchWord),
    Filter(Condition),
}

/// A part of a query that searches.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryTerm {
    pub sense: Polarity,
    pub what: TermSubject,
}

/// Terms of which one is enough.
#[derive(Clone, Debug, PartialEq)]
pub struct TermGroup {
    /// The alternatives; never empty.
    pub any: Vec<QueryTerm>,
}

/// What kind of thing stands at a place of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    Word,
    /// A field's name, with its colon.
    FieldName,
    /// A field's value.
    Value,
    /// `|`.
    Or,
    /// Something that is not understood (yet).
    Problem,
}

/// A part of the query's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPart {
    pub bytes: Range<usize>,
    pub kind: PartKind,
}

/// Why something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryProblemKind {
    /// It goes on, presumably.
    HalfTyped,
    /// There is no such field.
    UnknownField,
    /// The field has no such value.
    UnknownValue,
    TooMuch,
}

/// Something that was left out, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryProblem {
    pub bytes: Range<usize>,
    pub kind: QueryProblemKind,
    /// In words, with what to do.
    pub said: Bilingual,
}

/// A query as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub text: String,
    /// What all must be met.
    pub groups: Vec<TermGroup>,
    /// Several words as they were typed: where they stand so in a title, that counts for more.
    pub phrase: Option<SearchWord>,
    /// Places, in order.
    pub parts: Vec<QueryPart>,
    /// What was left out, in order.
    pub problems: Vec<QueryProblem>,
}

/// The most terms that are searched for.
const MAX_TERMS: usize = 32;

impl Query {
    /// Reads a query. There is no text it refuses.
    pub fn parse(text: &str, plan: &Plan) -> Self {
        let mut reader = QueryParser {
            plan,
            query: Query { text: text.to_owned(), ..Query::default() },
            or: TermJoint::And,
        };
        for token in tokens(text) {
            reader.token(&token);
        }
        reader.finish()
    }

    /// Nothing is looked for: every node matches.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether everything that matches this query is among an earlier one's candidates.
    pub fn narrows(&self, earlier: &Query) -> bool {
        let grown = |(now, then): (&TermGroup, &TermGroup)| match (now.any.as_slice(), then.any.as_slice()) {
            (
                [QueryTerm { sense: Polarity::Is, what: TermSubject::Word(now) }],
                [QueryTerm { sense: Polarity::Is, what: TermSubject::Word(then) }],
            ) => now.narrows(then),
            _ => now == then,
        };
        self.groups.len() >= earlier.groups.len() && self.groups.iter().zip(&earlier.groups).all(grown)
    }

    /// Whether a condition asks for what people recorded, so that the answer tells what they did.
    pub fn reads_records(&self) -> bool {
        let reads = |term: &QueryTerm| matches!(&term.what, TermSubject::Filter(own) if own.reads_records());
        self.groups.iter().flat_map(|group| &group.any).any(reads)
    }

    /// The words that are wanted, for highlighting.
    pub fn words(&self) -> impl Iterator<Item = &SearchWord> {
        self.groups.iter().flat_map(|group| &group.any).filter_map(|term| match (&term.what, term.sense) {
            (TermSubject::Word(word), Polarity::Is) => Some(word),
            _ => None,
        })
    }
}

/// How the next term is joined to the one before.
#[derive(Clone, PartialEq, Eq)]
enum TermJoint {
    And,
    /// After a `|` at these bytes.
    Or(Range<usize>),
}

struct QueryParser<'a> {
    plan: &'a Plan,
    query: Query,
    or: TermJoint,
}

impl QueryParser<'_> {
    fn token(&mut self, token: &Token) {
        match token {
            Token::Bar(bytes) => self.bar(bytes.clone()),
            Token::Field { sense, name, colon, value } => {
                let named = name.start..colon.end;
                match QueryField::parse(&self.query.text[name.clone()]) {
                    Some(field) => self.condition(*sense, field, named, value.clone()),
                    None => self.unknown_field(*sense, name.clone(), named.start..value.end),
                }
            }
            Token::Word { sense, matching, anchor, bytes, text } => {
                self.word(*sense, *matching, *anchor, bytes.clone(), text.clone());
            }
            Token::OpenQuote(bytes) => self.problem(
                bytes.clone(),
                QueryProblemKind::HalfTyped,
                Bilingual::new(
                    "引号没有合上：找到末尾为止",
                    "the quotation mark is not closed: taken to the end",
                ),
            ),
        }
    }

    fn bar(&mut self, bytes: Range<usize>) {
        let sensible = self.or == TermJoint::And && !self.query.groups.is_empty();
        if sensible {
            self.query.parts.push(QueryPart { bytes: bytes.clone(), kind: PartKind::Or });
            self.or = TermJoint::Or(bytes);
        } else {
            self.lonely_bar(bytes);
        }
    }

    fn lonely_bar(&mut self, bytes: Range<usize>) {
        self.problem(
            bytes,
            QueryProblemKind::HalfTyped,
            Bilingual::new("“|”两边各要一个条件", "| wants a term on either side"),
        );
    }

    fn word(
        &mut self,
        sense: Polarity,
        matching: Matching,
        anchor: WordAnchor,
        bytes: Range<usize>,
        text: Range<usize>,
    ) {
        let word = SearchWord::new(&self.query.text[text], matching, anchor);
        match word {
            Some(word) => {
                // A plain `starred` is the condition, `'starred` the word.
                let bare = matching == Matching::Fuzzy && anchor == WordAnchor::Free;
                let starred =
                    bare && QueryField::parse(&self.query.text[bytes.clone()]) == Some(QueryField::Starred);
                let what =
                    if starred { TermSubject::Filter(Condition::Starred) } else { TermSubject::Word(word) };
                self.term(QueryTerm { sense, what }, &bytes, PartKind::Word);
            }
            None => self.problem(
                bytes,
                QueryProblemKind::HalfTyped,
                Bilingual::new("这里还没有要找的字", "nothing to look for here yet"),
            ),
        }
    }

    fn condition(&mut self, sense: Polarity, field: QueryField, named: Range<usize>, value: Range<usize>) {
        let read = value::read(self.plan, field, &self.query.text[value.clone()]);
        self.query.parts.push(QueryPart { bytes: named.clone(), kind: PartKind::FieldName });
        match read {
            Ok(filter) => {
                self.term(QueryTerm { sense, what: TermSubject::Filter(filter) }, &value, PartKind::Value)
            }
            Err((kind, said)) => {
                let bytes = if value.is_empty() { named } else { value };
                self.problem(bytes, kind, said);
            }
        }
    }

    /// A name that is nearly a field's is a slip; any other is a word that happens to hold a colon.
    fn unknown_field(&mut self, sense: Polarity, name: Range<usize>, whole: Range<usize>) {
        let written = &self.query.text[name.clone()];
        let Some(nearest) = names::nearest(written) else {
            let (matching, whole) = match sense {
                Polarity::Is => (Matching::Fuzzy, whole),
                Polarity::IsNot => (Matching::Exact, whole),
            };
            return self.word(sense, matching, WordAnchor::Free, whole.clone(), whole);
        };
        let said = Bilingual::new(
            format!("没有字段“{written}”；是不是 {}:", nearest.word()),
            format!("no field \u{201c}{written}\u{201d}; did you mean {}:", nearest.word()),
        );
        self.problem(whole, QueryProblemKind::UnknownField, said);
    }

    fn term(&mut self, term: QueryTerm, bytes: &Range<usize>, kind: PartKind) {
        let count: usize = self.query.groups.iter().map(|group| group.any.len()).sum();
        if count >= MAX_TERMS {
            let said = Bilingual::new(
                format!("只找前 {MAX_TERMS} 个条件"),
                format!("only the first {MAX_TERMS} terms are searched for"),
            );
            return self.problem(bytes.clone(), QueryProblemKind::TooMuch, said);
        }
        self.query.parts.push(QueryPart { bytes: bytes.clone(), kind });
        let joint = std::mem::replace(&mut self.or, TermJoint::And);
        match (joint, self.query.groups.last_mut()) {
            (TermJoint::Or(_), Some(group)) => group.any.push(term),
            _ => self.query.groups.push(TermGroup { any: vec![term] }),
        }
    }

    fn problem(&mut self, bytes: Range<usize>, kind: QueryProblemKind, said: Bilingual) {
        // One message about too much is enough.
        if kind == QueryProblemKind::TooMuch
            && self.query.problems.last().is_some_and(|last| last.kind == kind)
        {
            return;
        }
        self.query.parts.push(QueryPart { bytes: bytes.clone(), kind: PartKind::Problem });
        self.query.problems.push(QueryProblem { bytes, kind, said });
    }

    fn finish(mut self) -> Query {
        if let TermJoint::Or(bytes) = self.or.clone() {
            self.query.parts.retain(|part| part.bytes != bytes);
            self.lonely_bar(bytes);
        }
        self.query.phrase = phrase(&self.query);
        self.query.parts.sort_by_key(|part| part.bytes.start);
        self.query.problems.sort_by_key(|problem| problem.bytes.start);
        self.query
    }
}

/// The whole text as one word, where it is nothing but plain words.
fn phrase(query: &Query) -> Option<SearchWord> {
    let plain = |group: &TermGroup| matches!(group.any.as_slice(), [QueryTerm { sense: Polarity::Is, what: TermSubject::Word(word) }] if word.matching == Matching::Fuzzy && word.anchor == WordAnchor::Free);
    let plain = query.groups.len() > 1 && query.problems.is_empty() && query.groups.iter().all(plain);
    plain.then(|| SearchWord::new(query.text.trim(), Matching::Exact, WordAnchor::Free)).flatten()
}
