//! How TOML writes what plans are made of: texts, figures with their decimals, times, inline tables. Nothing
//! that a terminal must not see stands in it raw; an escape gives it back when the file is read.

use std::fmt::Write as _;

use crate::plan::Plan;
use crate::plan::metric::Moment;
use crate::text::{Lang, Text};
use crate::text::{clean::is_unsafe_char, clean::one_line};

/// A string. Basic, with every unsafe character escaped.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_unsafe_char(c) => {
                let code = u32::from(c);
                // Writing into memory never fails.
                let _ =
                    if code > 0xFFFF { write!(out, "\\U{code:08X}") } else { write!(out, "\\u{code:04X}") };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A string that holds JSON, as it is where TOML lets it stand so.
pub(super) fn raw_string(text: &str) -> String {
    let plain = !text.contains('\'') && !text.chars().any(is_unsafe_char);
    if plain { format!("'{text}'") } else { string(text) }
}

/// A text: its wordings by language; a missing one stands empty.
pub(super) fn text(plan: &Plan, text: &Text) -> String {
    let langs = (0u8..).map(Lang).take(plan.languages.len());
    let wordings = langs.map(|lang| (plan.tag(lang), string(text.get(lang).unwrap_or_default())));
    inline(&wordings.collect::<Vec<_>>())
}

/// A year as a number, a month or a span as a string, a day as a date.
pub(super) fn moment(moment: Moment) -> String {
    match moment {
        Moment::Year(year) => year.to_string(),
        Moment::Month(..) | Moment::Between(..) => string(&moment.to_string()),
        Moment::Day(day) => day.to_string(),
    }
}

pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

/// A list of tables, each on its own line.
pub(super) fn tall_list(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    match items.as_slice() {
        [] => "[]".to_owned(),
        [one] => format!("[{one}]"),
        all => format!("[\n    {},\n]", all.join(",\n    ")),
    }
}

/// A remark for readers, on one line.
pub(super) fn comment(out: &mut String, text: &str) {
    let _ = writeln!(out, "# {}", one_line(text));
}

/// A table inside a line. Keys are ours or tags of languages: letters, digits, dashes.
pub(super) fn inline(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", fields.join(", "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_string_is_read_back_and_shows_nothing_unsafe(text in "([\"'\\\\\n\r\t\u{0}\u{7f}\u{202e}\u{feff}\u{E0041}]|.){0,24}") {
            for line in [string(&text), raw_string(&text)] {
                let read: ::toml::Table = ::toml::from_str(&format!("key = {line}\n")).unwrap();
                prop_assert_eq!(read["key"].as_str(), Some(text.as_str()));
                prop_assert!(!line.chars().any(is_unsafe_char), "{}", line);
            }
        }
    }
}
