//! Bytes as text: UTF-8, UTF-16 with or without its mark, GB 18030, and what a page declares.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::unreadable::UnreadableDocument;

/// The text of some bytes, in the encoding that was declared or the one they are in.
///
/// # Errors
/// Where they are in none that is known.
pub fn text(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String, UnreadableDocument> {
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        return decoded(marked, &bytes[length..]).ok_or(UnreadableDocument::NotText);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Ok(text.to_owned());
    }
    let unmarked = wide(bytes);
    for encoding in declared.into_iter().chain(unmarked).chain([GB18030]) {
        if encoding == UTF_8 {
            continue;
        }
        if let Some(text) = decoded(encoding, bytes).filter(|text| is_text(text)) {
            return Ok(text);
        }
    }
    Err(UnreadableDocument::NotText)
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// Whether what was decoded is text: bytes that are none give controls and unassigned characters.
fn is_text(text: &str) -> bool {
    let odd = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
            || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}')
    };
    let (mut odds, mut all) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        odds += usize::from(odd(c));
    }
    odds * 50 <= all && !text.contains('\0')
}

/// UTF-16 without its mark has a zero in most of its pairs, where the text is Latin, or few kinds of first bytes.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = sample.len() / 2;
    if pairs == 0 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    match (zeros(0), zeros(1)) {
        (even, odd) if odd > even && odd * 20 > pairs => Some(UTF_16LE),
        (even, odd) if even > odd && even * 20 > pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a page of HTML declares in its first lines.
pub fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, behind) = head.split_once("charset=")?;
    let label: String = behind
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    Encoding::for_label(label.as_bytes())
}
