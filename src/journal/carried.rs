//! Records that a plan's file carries: the `[[annotation]]` tables of an export, each with the very line of
//! the journal in `record`.

use std::io;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::CannotRead;
use super::file::Chunk;

/// The lines in a file's text, each with the number of the line it stands on. What is no string stands empty
/// and is no record.
///
/// # Errors
/// Where the text is no TOML.
pub fn records(path: &Path, text: &str) -> Result<Vec<Chunk>, CannotRead> {
    let table = DeTable::parse(text).map_err(|error| CannotRead {
        path: path.to_owned(),
        why: io::Error::new(io::ErrorKind::InvalidData, one_message(text, &error)).into(),
    })?;
    let Some(DeValue::Array(items)) = table.get_ref().get("annotation").map(toml::Spanned::get_ref) else {
        return Ok(Vec::new());
    };
    let file: Box<str> = path.file_name().unwrap_or_default().to_string_lossy().into();
    let mut lines = LineNumbers { text, seen: 0, number: 1 };
    let chunk = |item: &toml::Spanned<DeValue<'_>>| {
        let record = item.get_ref().as_table().and_then(|table| table.get("record"));
        let number = lines.of(record.unwrap_or(item).span().start);
        let line = record.and_then(|record| record.get_ref().as_str());
        // A record is one line; what has several is none.
        let line = line.filter(|line| !line.contains(['\n', '\r'])).unwrap_or(NO_RECORD);
        Chunk { file: file.clone(), first_line: number, bytes: line.as_bytes().to_vec() }
    };
    Ok(items.iter().map(chunk).collect())
}

/// What stands for a table without a record, so that it is counted as bad with its place.
const NO_RECORD: &str = "-";

fn one_message(text: &str, error: &toml::de::Error) -> String {
    let mut lines = LineNumbers { text, seen: 0, number: 1 };
    let line = lines.of(error.span().map_or(0, |span| span.start));
    format!("line {line}: {}", error.message())
}

/// Numbers of lines, counted once from the top.
struct LineNumbers<'t> {
    text: &'t str,
    seen: usize,
    number: u32,
}

impl LineNumbers<'_> {
    /// The line a byte stands on, from 1; bytes come in order.
    fn of(&mut self, at: usize) -> u32 {
        let at = at.clamp(self.seen, self.text.len());
        let feeds = self.text.as_bytes()[self.seen..at].iter().filter(|byte| **byte == b'\n').count();
        self.number += u32::try_from(feeds).unwrap_or(u32::MAX);
        self.seen = at;
        self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_record_comes_with_its_line_and_what_is_none_is_told() {
        let text = "id = \"p\"\n\n[[annotation]]\nrecord = '{\"v\":1}'\n[[annotation]]\nrecord = 3\n[[annotation]]\nrecord = \"{\\n}\"\n";
        let found = records(Path::new("x/plan.toml"), text).unwrap();
        let found: Vec<(u32, &[u8])> = found.iter().flat_map(Chunk::lines).collect();
        assert_eq!(found, [(4, &b"{\"v\":1}"[..]), (6, b"-"), (8, b"-")]);
        assert!(records(Path::new("x.toml"), "id = 1\n").unwrap().is_empty());
        let broken = records(Path::new("x.toml"), "id = 1\nid = = 2\n").unwrap_err();
        assert!(broken.said().en.contains("line 2"), "{}", broken.said().en);
    }
}
