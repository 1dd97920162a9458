//! Search over a plan in any script: Chinese, pinyin, initials, traditional characters, English, ids, figures
//! and conditions on fields.
//!
//! ```text
//! text ─ fold_text ─► folded characters ─ block, index ─► arrays ┐
//! query ─ query ─► words (pattern, numerals) and conditions (filter) ┴─ run ─► Found ─ highlight, answer ─► what is shown
//!                                       automaton, pinyin, latin, fuzzy judge one text (ready), rank puts in order
//! ```
//! The module is pure: it reads no file, no clock and no journal (what people added comes in as
//! [`JournalExtras`]), and it knows nothing of what is on the screen. An [`SearchIndex`] is built on a
//! worker, never before the first frame; a [`search`] may be cancelled, and numbers its answers not:
//! generations are the caller's.

pub mod answer;
pub mod automaton;
pub mod block;
pub mod extra;
pub mod field;
pub mod filter;
pub mod fold_text;
pub mod fuzzy;
pub mod highlight;
pub mod index;
pub mod latin;
pub mod numerals;
pub mod pattern;
pub mod pinyin;
pub mod query;
pub mod rank;
pub mod ready;
pub mod run;
pub mod word;

pub use answer::find_json;
pub use extra::JournalExtras;
pub use field::SearchField;
pub use highlight::{Match, highlight};
pub use index::{SearchIndex, Workers};
pub use query::Query;
pub use query::complete::complete;
pub use run::{Cancelled, Candidates, Hit, SearchRequest, SearchResult, SearchScope, search};
