//! What a template may take: somebody else may have written it. It fills no stack, no memory and no afternoon,
//! and nothing of it takes hold of a terminal.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use minijinja::value::Serde;
use minijinja::{Environment, Error};
use serde_json::Value as Json;

use crate::export::format::{ExportError, ExportProgress};
use crate::text::Bilingual;
use crate::text::clean::is_unsafe_char;

/// Longest expression or statement between its braces, in bytes: each operator may nest the next one.
const MAX_TAG_BYTES: usize = 8 << 10;

/// Enough for an expression of that length, whatever it nests.
const STACK_BYTES: usize = 256 << 20;

/// Steps of a template's own program. A long report takes some millions.
pub const MAX_STEPS: u64 = 500_000_000;

/// What filling in may take beside the document, in bytes.
const MAX_MEMORY_BYTES: u64 = 1 << 30;

/// How often memory is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// How much memory the process has now, in bytes, where the system says.
pub type MemoryGauge = fn() -> Option<u64>;

/// The line of the first expression or statement that is too long.
fn long_tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(open) = text.get(at..)?.find("{{").into_iter().chain(text.get(at..)?.find("{%")).min() {
        let open = at + open;
        let end = end_of_tag(bytes, open + 2);
        if end - open > MAX_TAG_BYTES {
            return Some(text[..open].matches('\n').count() + 1);
        }
        at = end;
    }
    None
}

/// Where a tag ends that begins before `at`; texts in quotes are passed over.
fn end_of_tag(bytes: &[u8], mut at: usize) -> usize {
    let mut quote = None;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if byte == open => quote = None,
            (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
            (None, b'}' | b'%') if bytes.get(at + 1) == Some(&b'}') => return at + 2,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// Refuses a template whose expressions are too long to be read.
pub fn check(name: &str, text: &str) -> Result<(), Bilingual> {
    let Some(line) = long_tag(text) else { return Ok(()) };
    let kib = MAX_TAG_BYTES >> 10;
    Err(Bilingual::new(
        format!("模板 {name} 第{line}行：一个表达式超过 {kib} KiB"),
        format!("template {name}, line {line}: an expression is longer than {kib} KiB"),
    ))
}

/// Reads a template where there is room to nest.
pub fn read(
    mut environment: Environment<'static>,
    name: String,
    text: String,
) -> Result<Environment<'static>, Option<Error>> {
    let read = move || environment.add_template_owned(name, text).map(|()| environment);
    let reader = thread::Builder::new().stack_size(STACK_BYTES).spawn(read).map_err(|_| None)?;
    reader.join().map_err(|_| None)?.map_err(Some)
}

fn refused(zh: impl Into<String>, en: impl Into<String>) -> ExportError {
    ExportError::Refused(Bilingual::new(zh, en))
}

/// Fills a template in, on a thread that is left behind where it takes too much.
pub fn fill(
    (environment, name): (&Environment<'static>, &str),
    context: Json,
    memory: MemoryGauge,
    progress: &mut dyn ExportProgress,
    wrong: impl Fn(&Error) -> Bilingual,
) -> Result<String, ExportError> {
    let before = memory().unwrap_or_default();
    let (tell, told) = channel();
    let (environment, name) = (environment.clone(), name.to_owned());
    let filling = move || {
        let filled = environment.get_template(&name).and_then(|template| template.render(Serde(context)));
        let _ = tell.send(filled);
    };
    thread::Builder::new().stack_size(STACK_BYTES).spawn(filling).map_err(ExportError::Write)?;
    loop {
        match told.recv_timeout(LOOK) {
            Ok(filled) => {
                return filled
                    .map(|text| cleaned(&text))
                    .map_err(|error| ExportError::Refused(wrong(&error)));
            }
            Err(RecvTimeoutError::Timeout) => progress.step(0, 0)?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(refused("模板无法填写", "the template cannot be filled in"));
            }
        }
        if memory().unwrap_or_default().saturating_sub(before) > MAX_MEMORY_BYTES {
            let gib = MAX_MEMORY_BYTES >> 30;
            return Err(refused(
                format!("模板占用的内存超过 {gib} GiB：其中的文字或列表可能在不断翻倍"),
                format!("the template takes more than {gib} GiB: some text or list of it may keep doubling"),
            ));
        }
    }
}

/// Without what takes hold of a terminal; lines and tabs stay.
fn cleaned(text: &str) -> String {
    let kept = |c: char| matches!(c, '\n' | '\r' | '\t') || !is_unsafe_char(c);
    text.chars().map(|c| if kept(c) { c } else { '\u{FFFD}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_expression_is_found_with_its_line_and_texts_in_quotes_end_none() {
        let long = "+1".repeat(MAX_TAG_BYTES);
        assert_eq!(long_tag(&format!("a\n{{{{ 1{long} }}}}")), Some(2));
        assert_eq!(long_tag(&format!("{{% set x = \"}}}} %}}\" ~ 1{long} %}}")), Some(1));
        assert_eq!(long_tag(&format!("{{{{ 1 }}}}{}{{{{ 2 }}}}", "text ".repeat(MAX_TAG_BYTES))), None);
        assert_eq!(long_tag("{{ never ended"), None);
    }

    #[test]
    fn what_would_move_a_cursor_is_replaced_and_lines_stay() {
        assert_eq!(cleaned("a\u{1b}[2J\tb\r\n\u{7}"), "a\u{FFFD}[2J\tb\r\n\u{FFFD}");
    }
}
