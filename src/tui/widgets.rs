//! What is drawn, a file each. Widgets read the model and write cells; they change nothing.

pub mod card;
pub mod columns;
pub mod compose;
pub mod frame;
pub mod ink;
pub mod list;
pub mod marked;
pub mod outline;
pub mod prompt;
pub mod row_cells;
pub mod rules;
mod signs;
