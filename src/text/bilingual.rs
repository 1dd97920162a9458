//! The two languages the program itself speaks, and what it says in them.

use serde::{Deserialize, Serialize};

/// A language the program itself speaks. A plan may have others ([`crate::plan::Plan::languages`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ui {
    /// Chinese, simplified.
    Zh,
    En,
}

impl Ui {
    /// The one of two wordings that this language reads.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Ui::Zh => zh,
            Ui::En => en,
        }
    }
}

/// A sentence of the program in both its languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    pub zh: String,
    pub en: String,
}

impl Bilingual {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The wording for one language.
    pub fn get(&self, ui: Ui) -> &str {
        ui.pick(&self.zh, &self.en)
    }
}

/// `1 error`, `2 errors`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
