//! Markdown.
pub mod escape;
