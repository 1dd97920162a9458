//! What people add to a plan.
pub mod author;
pub mod book;
pub mod codec;
pub mod event;
pub mod fold;
pub mod record;
