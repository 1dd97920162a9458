//! How a flag says, where it is declared, what it means in both languages.
//!
//! clap keeps one text for each help. Both wordings travel in that one, with a separator between them, until
//! [`super::args::command`] leaves the one that is asked for.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::text::Ui;
use crate::text::words::{VocabularyWord, WordNames};

/// Between the Chinese and the English wording. For private use, so that it stands in no text; clap drops
/// control characters.
const SEPARATOR: char = '\u{e000}';
/// Between a command line and what is said of it.
const REMARK: char = '\u{e001}';

/// A help text in both languages.
pub fn both(zh: &str, en: &str) -> String {
    format!("{zh}{SEPARATOR}{en}")
}

/// A help text that ends in the words a flag takes, the default marked.
pub fn one_of(zh: &str, en: &str, names: &[WordNames], default: Option<&str>) -> String {
    let (zh_list, en_list) = listed(names, default);
    both(&format!("{zh}：{zh_list}"), &format!("{en}: {en_list}"))
}

/// Words as a list in Chinese and in English, the default marked.
pub fn listed(names: &[WordNames], default: Option<&str>) -> (String, String) {
    let list = |between: &str, mark: &str| {
        let marked = |name: &WordNames| {
            let mark = if default == Some(name.key) { mark } else { "" };
            format!("{}{mark}", name.key)
        };
        names.iter().map(marked).collect::<Vec<_>>().join(between)
    };
    (list("、", "（默认）"), list(", ", " (default)"))
}

/// Example command lines, each with what it does in Chinese and in English.
pub fn examples(lines: &[(&str, &str, &str)]) -> String {
    let line = |(line, zh, en): &(&str, &str, &str)| format!("{line}{REMARK}{}", both(zh, en));
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The two wordings of a help text, in the order Chinese, English; `None` where it was not declared with
/// [`both`].
pub fn wordings(text: &str) -> Option<(&str, &str)> {
    text.split_once(SEPARATOR)
}

/// One language of a help text; a text that is none of [`both`] as it stands.
pub fn in_language(text: &str, ui: Ui) -> &str {
    wordings(text).map_or(text, |(zh, en)| ui.pick(zh, en))
}

/// The lines of [`examples`] with what they do, in one language.
pub fn in_lines(text: &str, ui: Ui) -> impl Iterator<Item = (&str, &str)> {
    text.lines()
        .filter_map(|line| line.split_once(REMARK))
        .map(move |(line, what)| (line, in_language(what, ui)))
}

/// Reads one of an enumeration's words.
pub fn word<T: VocabularyWord + Send + Sync>() -> impl TypedValueParser<Value = T> {
    let keys = T::NAMES.iter().map(|name| name.key);
    PossibleValuesParser::new(keys).try_map(|word| {
        let found = T::ALL.iter().copied().find(|one| one.word() == word);
        found.ok_or("no such word")
    })
}
