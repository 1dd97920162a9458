//! Words before anything is said with them: the program's two languages and the plan's, width and wrapping on
//! a terminal's columns, cleaning for a terminal, "did you mean". It knows nothing of plans, journals or
//! screens.

mod bilingual;
pub mod clean;
pub mod columns;
mod hex;
pub mod language;
mod localized;
pub mod markdown;
pub mod suggest;
pub mod words;
pub(crate) mod work;

pub use bilingual::{Bilingual, Ui, counted};
pub use hex::hex;
pub use localized::{FoundWording, Lang, ShownLanguages, Text};
