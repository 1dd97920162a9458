//! Texts: a wording a language, each in its place.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{FileReader, RawItem, span_of};
use crate::plan::diagnostic::trouble::{self, ExpectedValue};
use crate::plan::input::TextForm;
use crate::text::Text;

impl FileReader<'_> {
    /// A table of language tag → text. In a plan of one language a plain string will do.
    pub fn text(&mut self, key: &str, item: &RawItem<'_>, form: TextForm) -> Option<Text> {
        let text = self.wordings(key, item, form)?;
        if form == TextForm::Title {
            self.empty_wordings(item);
        }
        Some(text)
    }

    fn wordings(&mut self, key: &str, item: &RawItem<'_>, form: TextForm) -> Option<Text> {
        let frame = self.frame;
        let mut wordings: Vec<Box<str>> = vec![Box::default(); frame.languages.len()];
        match item.get_ref() {
            DeValue::String(_) => {
                if form == TextForm::Mark {
                    let mark: Box<str> = self.shown(key, item, form)?.into();
                    wordings.fill(mark);
                    return Some(Text::new(wordings));
                }
                if frame.languages.len() > 1 {
                    self.wrong_type(key, ExpectedValue::Text, item);
                }
                wordings[0] = self.shown(key, item, form)?.into();
                return Some(Text::new(wordings));
            }
            DeValue::Table(table) => {
                let mut seen = 0;
                for (tag, value) in table {
                    let place = place_of(&frame.languages, tag.get_ref());
                    match (place, self.shown(key, value, form)) {
                        (Some(place), Some(text)) => wordings[place] = text.into(),
                        (Some(_), None) => {}
                        (None, _) => self.unknown_language(tag),
                    }
                    seen += usize::from(place.is_some());
                }
                if seen < frame.languages.len() {
                    self.missing_languages(key, table, item);
                }
            }
            _ => {
                self.wrong_type(key, ExpectedValue::Text, item);
                return None;
            }
        }
        Some(Text::new(wordings))
    }

    /// A title that is there but says nothing in a language.
    fn empty_wordings(&mut self, item: &RawItem<'_>) {
        match item.get_ref() {
            DeValue::Table(table) => {
                if table.is_empty() {
                    self.problems.add(span_of(item), trouble::empty_title(""));
                }
                for (tag, wording) in table {
                    if wording.get_ref().as_str().is_some_and(|text| text.trim().is_empty()) {
                        self.problems.add(span_of(wording), trouble::empty_title(tag.get_ref()));
                    }
                }
            }
            DeValue::String(text) if text.trim().is_empty() => {
                let tag = self.frame.languages.first().map_or("", AsRef::as_ref);
                self.problems.add(span_of(item), trouble::empty_title(tag));
            }
            _ => {}
        }
    }

    fn unknown_language(&mut self, tag: &Spanned<std::borrow::Cow<'_, str>>) {
        let languages: Vec<&str> = self.frame.languages.iter().map(AsRef::as_ref).collect();
        self.problems.add(span_of(tag), trouble::unknown_language(tag.get_ref(), &languages));
    }

    fn missing_languages(&mut self, key: &str, table: &DeTable<'_>, item: &RawItem<'_>) {
        let has = |tag: &str| table.keys().any(|own| own.get_ref().eq_ignore_ascii_case(tag));
        let missing: Vec<&str> =
            self.frame.languages.iter().map(AsRef::as_ref).filter(|tag| !has(tag)).collect();
        if !missing.is_empty() {
            self.problems.add(span_of(item), trouble::missing_language(key, &missing));
        }
    }
}

fn place_of(languages: &[Box<str>], tag: &str) -> Option<usize> {
    languages.iter().position(|own| own.eq_ignore_ascii_case(tag))
}
