//! Enumerations whose values are words of the files. Each word is declared once: its key, its labels in both
//! of the program's languages, and whatever else a query may call it.

use super::{Bilingual, Ui};

/// A word of the files with everything it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordNames {
    /// What files, flags and exports write; never changes.
    pub key: &'static str,
    /// Chinese label.
    pub zh: &'static str,
    /// English label.
    pub en: &'static str,
    /// Other names that a query understands.
    pub also: &'static [&'static str],
}

impl WordNames {
    /// The label in one language.
    pub fn label(&self, ui: Ui) -> &'static str {
        ui.pick(self.zh, self.en)
    }

    pub fn labels(&self) -> Bilingual {
        Bilingual::new(self.zh, self.en)
    }

    /// Everything a query may call it.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.key, self.zh, self.en].into_iter().chain(self.also.iter().copied())
    }
}

/// An enum whose values are words of the files.
pub trait VocabularyWord: Copy + 'static {
    /// Every word, in the order of the contract.
    const ALL: &'static [Self];
    /// What the words are called, in the order of [`VocabularyWord::ALL`].
    const NAMES: &'static [WordNames];

    /// What this word is called.
    fn wording(self) -> &'static WordNames;

    /// The stable word of files and exports.
    fn word(self) -> &'static str {
        self.wording().key
    }

    /// The label in one language.
    fn label(self, ui: Ui) -> &'static str {
        self.wording().label(ui)
    }

    /// What a reader calls by that name: its key, a label in either language, or another name.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|this| this.wording().names().any(|own| own == name))
    }
}

/// Defines an enum of words that files use, with `ALL`, `word`, `label` and `parse`. A word that is shown to
/// readers has its Chinese and English labels behind it in parentheses, and then whatever else a query may
/// call it; without them its labels are the word itself.
macro_rules! words {
    (@wording $word:literal) => { $crate::text::words::words!(@wording $word, $word, $word) };
    (@wording $word:literal, $zh:literal, $en:literal $(, $also:literal)*) => {
        $crate::text::words::WordNames { key: $word, zh: $zh, en: $en, also: &[$($also),*] }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal $(($($labels:literal),+))?),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* #[doc = concat!("Written `", $word, "` in files.")] $variant),+
        }
        impl $name {
            /// Every word, in the order of the contract.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The stable word of files and exports.
            pub fn word(self) -> &'static str {
                $crate::text::words::VocabularyWord::word(self)
            }
            /// The label in one language.
            pub fn label(self, ui: $crate::text::Ui) -> &'static str {
                $crate::text::words::VocabularyWord::label(self, ui)
            }
            /// The value whose key is `word`; labels and other names are left to queries.
            pub fn parse(word: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|this| this.word() == word)
            }
        }
        impl $crate::text::words::VocabularyWord for $name {
            const ALL: &'static [Self] = $name::ALL;
            const NAMES: &'static [$crate::text::words::WordNames] =
                &[$($crate::text::words::words!(@wording $word $(, $($labels),+)?)),+];
            fn wording(self) -> &'static $crate::text::words::WordNames {
                &<Self as $crate::text::words::VocabularyWord>::NAMES[self as usize]
            }
        }
    };
}
pub(crate) use words;
