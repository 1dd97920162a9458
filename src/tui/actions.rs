//! What commands do: each action changes the model and names effects. The table of `commands` has a function
//! of these beside each command.

pub mod annotate;
pub mod card;
pub mod choices;
pub mod columns;
pub mod compose;
pub mod copy;
pub mod filter;
pub mod find;
pub mod jump_by;
pub mod jumps;
pub mod lists;
pub mod matches;
pub mod movement;
pub mod people;
pub mod prompt;
pub mod save;
pub mod topmost;
pub mod typing;
pub mod view;
