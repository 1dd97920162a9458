//! Text in the plan's languages.

/// A language of the plan: its place in [`crate::plan::Plan::languages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub u8);

/// A text of the plan, one wording a language, in the order of the plan's languages. A missing wording is
/// empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Box<[Box<str>]>);

impl Text {
    /// Wordings in the order of the plan's languages.
    pub fn new(wordings: Vec<Box<str>>) -> Self {
        Self(wordings.into())
    }

    /// The wording of one language, if there is one.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.0.get(usize::from(lang.0)).map(AsRef::as_ref).filter(|text: &&str| !text.is_empty())
    }

    /// The wording of `lang`, or the first there is, which the caller then marks as borrowed.
    pub fn get_or_first(&self, lang: Lang) -> FoundWording<'_> {
        match self.get(lang) {
            Some(text) => FoundWording { text, lang, borrowed: false },
            None => {
                self.iter().next().map_or(FoundWording { text: "", lang, borrowed: false }, |(lang, text)| {
                    FoundWording { text, lang, borrowed: true }
                })
            }
        }
    }

    /// The languages that have a wording, with it.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &str)> {
        (0u8..)
            .zip(self.0.iter())
            .filter(|(_, text)| !text.is_empty())
            .map(|(lang, text)| (Lang(lang), text.as_ref()))
    }

    /// What it says in every language, where that is the same.
    pub fn in_all(&self) -> Option<&str> {
        let first = self.0.first()?;
        self.0.iter().all(|text| text == first).then_some(first)
    }

    /// No language has a wording.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|text| text.is_empty())
    }
}

/// One wording of a [`Text`], as found for a wanted language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundWording<'a> {
    /// The words; empty only where the text has none at all.
    pub text: &'a str,
    /// The language they are in.
    pub lang: Lang,
    /// They are not in the language asked for: shown with a mark.
    pub borrowed: bool,
}

/// Which of the plan's languages are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownLanguages {
    One(Lang),
    /// Two side by side; the first is the main one.
    Both(Lang, Lang),
}

impl ShownLanguages {
    /// The language that stands where there is room for one only.
    pub fn main(self) -> Lang {
        match self {
            ShownLanguages::One(lang) | ShownLanguages::Both(lang, _) => lang,
        }
    }

    /// The second language, in `both`.
    pub fn second(self) -> Option<Lang> {
        match self {
            ShownLanguages::One(_) => None,
            ShownLanguages::Both(_, second) => Some(second),
        }
    }
}
