//! The paragraphs of a docx, in order; table cells each stand by themselves.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::unreadable::{MAX_TEXT_BYTES, UnreadableDocument};

/// Most bytes that document.xml may unfold to: markup takes more room than text.
const MAX_XML_BYTES: u64 = 4 * (MAX_TEXT_BYTES as u64);

/// The title, where the document's properties have one, and the paragraphs.
///
/// # Errors
/// Where it is no docx, too large or broken.
pub fn paragraphs(bytes: &[u8]) -> Result<(Option<String>, Vec<String>), UnreadableDocument> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| UnreadableDocument::NoDocx)?;
    let xml = part(&mut archive, "word/document.xml")?.ok_or(UnreadableDocument::NoDocx)?;
    let paragraphs = text_of(&xml)?;
    let title = part(&mut archive, "docProps/core.xml").ok().flatten().and_then(|core| title(&core));
    Ok((title, paragraphs))
}

/// A part of the archive; a bomb is left alone as soon as it shows.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<Vec<u8>>, UnreadableDocument> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut xml = Vec::new();
    file.take(MAX_XML_BYTES + 1).read_to_end(&mut xml).map_err(|_| UnreadableDocument::NoDocx)?;
    if u64::try_from(xml.len()).unwrap_or(u64::MAX) > MAX_XML_BYTES {
        return Err(UnreadableDocument::Unfolds);
    }
    Ok(Some(xml))
}

fn text_of(xml: &[u8]) -> Result<Vec<String>, UnreadableDocument> {
    let mut reader = Reader::from_reader(xml);
    let mut lines = vec![String::new()];
    let mut buffer = Vec::new();
    let mut in_text = false;
    let mut left = MAX_TEXT_BYTES;
    let mut depth = 0usize;
    let mut seen = false;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|_| UnreadableDocument::BrokenXml)?;
        let added: String = match &event {
            Event::Eof => break,
            Event::Start(tag) => {
                depth += 1;
                seen = true;
                in_text = tag.local_name().as_ref() == "t";
                String::new()
            }
            Event::End(tag) => {
                depth = depth.checked_sub(1).ok_or(UnreadableDocument::BrokenXml)?;
                in_text = false;
                if tag.local_name().as_ref() == "p" {
                    lines.push(String::new());
                }
                String::new()
            }
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" => "\t".to_owned(),
                "br" | "cr" => " ".to_owned(),
                "p" => {
                    lines.push(String::new());
                    String::new()
                }
                _ => String::new(),
            },
            Event::Text(text) if in_text => text.to_string(),
            Event::GeneralRef(name) if in_text => entity(name.as_ref()).unwrap_or_default(),
            _ => String::new(),
        };
        left = left.checked_sub(added.len()).ok_or(UnreadableDocument::Unfolds)?;
        if let Some(line) = lines.last_mut() {
            line.push_str(&added);
        }
    }
    if depth != 0 || !seen {
        return Err(UnreadableDocument::BrokenXml);
    }
    if lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    Ok(lines)
}

/// What `&name;` stands for.
fn entity(name: &str) -> Option<String> {
    unescape(&format!("&{name};")).ok().map(Cow::into_owned)
}

fn title(core: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(core);
    let (_, behind) = text.split_once("<dc:title>")?;
    let (title, _) = behind.split_once("</dc:title>")?;
    let title = unescape(title).ok()?.trim().to_owned();
    (!title.is_empty()).then_some(title)
}
