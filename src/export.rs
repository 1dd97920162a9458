//! Documents to keep: the plan and what people added, written out whole.
//!
//! This room knows the shapes of documents and refuses to know files, terminals and flags; it writes into whatever it is handed.

pub mod json;
