//! `lenses.toml` in the config directory: filters with a name, in the order of their keys.
//!
//! ```toml
//! [[lens]]
//! name = "缺数据的指标"
//! query = "kind:metric status:no-data"
//! ```
//! The file is the user's: adding a lens leaves every other line as it is, and a file that cannot be read is
//! never written.

use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::finding::Lens;
use crate::plan::regular_file;
use crate::plan::write_file::replace;
use crate::text::Bilingual;
use crate::text::{clean::one_line, clean::shown};

/// The lenses of a file, with the bytes at which each query stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Read {
    lenses: Vec<(Lens, Range<usize>)>,
    text: String,
}

/// Reads the lenses; those of a file that is not there are none. What cannot be understood is said, with its
/// line.
pub fn read(file: &Path) -> (Vec<Lens>, Option<Bilingual>) {
    match parse(file) {
        Ok(read) => (read.lenses.into_iter().map(|(lens, _)| lens).collect(), None),
        Err(said) => (Vec::new(), Some(said)),
    }
}

/// Adds a lens, or gives the one of its name another query. Returns the lenses there are then, and what there
/// is to say.
pub fn keep(file: &Path, lens: &Lens, known: &[Lens]) -> (Vec<Lens>, Bilingual) {
    let read = match parse(file) {
        Ok(read) => read,
        Err(said) => {
            let said = Bilingual::new(
                format!("常用筛选没有保存：{}", said.zh),
                format!("the lens is not kept: {}", said.en),
            );
            return (known.to_vec(), said);
        }
    };
    let mut text = read.text.clone();
    let query = quoted(&lens.query);
    match read.lenses.iter().find(|(old, _)| old.name == lens.name) {
        Some((_, bytes)) => text.replace_range(bytes.clone(), &query),
        None => {
            if !text.is_empty() {
                text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
            }
            text.push_str(&format!("[[lens]]\nname = {}\nquery = {query}\n", quoted(&lens.name)));
        }
    }
    if let Err(error) = replace(file, text.as_bytes()) {
        let shown = shown(file);
        let said = Bilingual::new(
            format!("常用筛选没有保存：无法写入 {shown}：{error}"),
            format!("the lens is not kept: cannot write {shown}: {error}"),
        );
        return (known.to_vec(), said);
    }
    let (lenses, _) = self::read(file);
    let number = lenses.iter().position(|other| other.name == lens.name).map_or(0, |at| at + 1);
    let key = match number {
        1..=9 => Bilingual::new(format!("g{number}"), format!("g{number}")),
        _ => Bilingual::new("前九个才有按键", "only the first nine have a key"),
    };
    let said = Bilingual::new(
        format!("常用筛选“{}”已保存：{}", lens.name, key.zh),
        format!("lens {} is kept: {}", lens.name, key.en),
    );
    (lenses, said)
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Largest file that is read, in bytes.
const MAX_FILE_BYTES: u64 = 1 << 20;

fn parse(file: &Path) -> Result<Read, Bilingual> {
    let text = match regular_file::read_text(file, MAX_FILE_BYTES) {
        Ok(text) => text,
        Err(why) if why.is_missing() => String::new(),
        Err(why) => {
            let (shown, why) = (shown(file), why.reason());
            return Err(Bilingual::new(
                format!("无法读取 {shown}：{}", why.zh),
                format!("cannot read {shown}: {}", why.en),
            ));
        }
    };
    let lenses = lenses(&text).map_err(|(byte, what)| {
        let line = 1 + text.as_bytes()[..byte.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
        let at = format!("{}:{line}", shown(file));
        Bilingual::new(
            format!("{at}：{}；常用筛选未读取，文件未改动", what.zh),
            format!("{at}: {}; its lenses are left out, the file stays as it is", what.en),
        )
    })?;
    Ok(Read { lenses, text })
}

type Problem = (usize, Bilingual);

fn lenses(text: &str) -> Result<Vec<(Lens, Range<usize>)>, Problem> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let what = one_line(error.message()).into_owned();
        (at, Bilingual::new(format!("TOML 有误（{what}）"), format!("broken TOML ({what})")))
    })?;
    let wrong = |at: usize| {
        (at, Bilingual::new("应写作 [[lens]]，内含 name 与 query", "write [[lens]] with a name and a query"))
    };
    let Some(list) = table.get_ref().get("lens") else { return Ok(Vec::new()) };
    let DeValue::Array(list) = list.get_ref() else { return Err(wrong(list.span().start)) };
    let lens = |entry: &toml::Spanned<DeValue<'_>>| {
        let DeValue::Table(fields) = entry.get_ref() else { return Err(wrong(entry.span().start)) };
        let field = |name: &str| match fields.get(name).map(|value| (value.get_ref(), value.span())) {
            Some((DeValue::String(text), span)) if !text.trim().is_empty() => Ok((text.to_string(), span)),
            Some((_, span)) => Err(wrong(span.start)),
            None => Err(wrong(entry.span().start)),
        };
        let ((name, _), (query, bytes)) = (field("name")?, field("query")?);
        Ok((Lens { name: one_line(&name).into_owned(), query: one_line(&query).into_owned() }, bytes))
    };
    list.iter().map(lens).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn lens(name: &str, query: &str) -> Lens {
        Lens { name: name.into(), query: query.into() }
    }

    #[test]
    fn a_lens_is_added_behind_the_others_and_changed_in_its_place_and_nothing_else_is_touched() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("new").join("lenses.toml");
        assert_eq!(read(&file), (Vec::new(), None));
        keep(&file, &lens("缺数据", "status:no-data"), &[]);
        let own = format!("# mine\n{}  # why\nspare = 1", fs::read_to_string(&file).unwrap().trim_end());
        fs::write(&file, own).unwrap();
        keep(&file, &lens("\"quoted\"", "a\\b 'x"), &[]);
        let (lenses, said) = keep(&file, &lens("缺数据", "kind:metric status:no-data"), &[]);
        assert_eq!(lenses, [lens("缺数据", "kind:metric status:no-data"), lens("\"quoted\"", "a\\b 'x")]);
        assert!(said.en.ends_with(": g1"), "{said:?}");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("# mine\n[[lens]]\n") && text.contains("  # why\nspare = 1\n"), "{text}");
    }

    #[test]
    fn a_broken_file_is_named_with_its_line_and_never_written() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("lenses.toml");
        let known = [lens("old", "x")];
        for (text, line) in [
            ("[[lens]]\nname = \"a\"\nquery = \n", ":3"),
            ("[[lens]]\nname = \"a\"\n", ":1"),
            ("lens = 3", ":1"),
            ("[[lens]]\nname = \"a\"\nquery = 7", ":3"),
        ] {
            fs::write(&file, text).unwrap();
            let (none, said) = read(&file);
            assert!(none.is_empty() && said.unwrap().en.contains(&format!("lenses.toml{line}")), "{text}");
            let (lenses, said) = keep(&file, &lens("b", "y"), &known);
            assert_eq!((lenses.as_slice(), fs::read_to_string(&file).unwrap().as_str()), (&known[..], text));
            assert!(said.en.starts_with("the lens is not kept"), "{said:?}");
        }
    }

    #[test]
    fn the_tenth_lens_is_kept_but_has_no_key() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("lenses.toml");
        let said: Vec<String> =
            (0..10).map(|number| keep(&file, &lens(&number.to_string(), "x"), &[]).1.en).collect();
        assert!(said[8].ends_with("g9") && said[9].contains("only the first nine"), "{said:?}");
    }
}
