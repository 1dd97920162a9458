//! What a document for a word processor says, read out of its package: the texts of its paragraphs, table cells
//! and footnotes, its stamp and its marks. How it looks, and what fields show, is left aside, so that another
//! program may save it again.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// A part larger than this is none that this program wrote.
const MAX_PART_BYTES: u64 = 512 << 20;

/// The property that holds the stamp.
pub const STAMP_PROPERTY: &str = "plan158";

/// The part that holds the marks, one a `node` element.
pub const MARKS_PART: &str = "customXml/item1.xml";

/// The text of a part; `None` where there is none, or it is no text.
fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name(name).ok()?.take(MAX_PART_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The texts of paragraphs, in a document's order, then those of its footnotes, then what stands above its
/// pages. Spaces at the ends and paragraphs without text are left out, since programs add them. `None` where
/// it cannot be read.
pub fn paragraphs(bytes: &[u8]) -> Option<Vec<String>> {
    let mut found = paragraphs_of(&part(bytes, "word/document.xml")?)?;
    if let Some(notes) = part(bytes, "word/footnotes.xml") {
        found.extend(paragraphs_of(&notes)?);
    }
    // A program may write one header for each kind of page.
    let mut heads = BTreeSet::new();
    for xml in (1..).map_while(|at| part(bytes, &format!("word/header{at}.xml"))) {
        heads.extend(paragraphs_of(&xml)?);
    }
    found.extend(heads);
    Some(found)
}

fn paragraphs_of(xml: &str) -> Option<Vec<String>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    // Paragraphs may stand within paragraphs, in frames.
    let mut open: Vec<String> = Vec::new();
    let (mut fields, mut is_text) = (0usize, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "fldChar" => {
                match attribute(&tag, "fldCharType")?.as_str() {
                    "begin" => fields += 1,
                    "end" => fields = fields.saturating_sub(1),
                    _ => {}
                }
            }
            Event::Start(tag) => match tag.local_name().as_ref() {
                "p" => open.push(String::new()),
                "fldSimple" => fields += 1,
                "t" => is_text = true,
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" => add(&mut open, fields, "\t"),
                "br" | "cr" => add(&mut open, fields, "\n"),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "p" => found
                    .extend(open.pop().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())),
                "fldSimple" => fields = fields.saturating_sub(1),
                "t" => is_text = false,
                _ => {}
            },
            Event::Text(text) if is_text => add(&mut open, fields, &text),
            Event::GeneralRef(name) if is_text => add(&mut open, fields, &referred(&name)?),
            Event::Eof => return open.is_empty().then_some(found),
            _ => {}
        }
    }
}

fn add(open: &mut [String], fields: usize, text: &str) {
    if let Some(last) = open.last_mut().filter(|_| fields == 0) {
        last.push_str(text);
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|own| own.key.local_name().as_ref() == name)?;
    Some(found.value.clone().into_owned())
}

/// What the charts of a document draw: their words and numbers, chart by chart.
pub fn charts(bytes: &[u8]) -> Vec<String> {
    let parts = (1..).map_while(|at| part(bytes, &format!("word/charts/chart{at}.xml")));
    parts.flat_map(|xml| texts(&xml, |tag| matches!(tag.local_name().as_ref(), "v" | "t"))).collect()
}

/// Whether this program was the last to save the document, by what it says of itself.
pub fn is_own(bytes: &[u8]) -> bool {
    part(bytes, "docProps/app.xml").is_some_and(|xml| xml.contains("<Application>plan158</Application>"))
}

/// The line that the document is signed with.
pub fn stamp_line(bytes: &[u8]) -> Option<String> {
    let is_stamp = |tag: &BytesStart<'_>| {
        tag.local_name().as_ref() == "property"
            && attribute(tag, "name").is_some_and(|name| name == STAMP_PROPERTY)
    };
    let found = texts(&part(bytes, "docProps/custom.xml")?, is_stamp);
    found.into_iter().next().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// The marks of the document's nodes; empty where a program that saved it again has left them out.
pub fn mark_lines(bytes: &[u8]) -> Vec<String> {
    let xml = part(bytes, MARKS_PART).unwrap_or_default();
    texts(&xml, |tag| tag.local_name().as_ref() == "node")
}

/// What stands in the elements that are wanted, each with all that is within it. They do not stand within one
/// another.
fn texts(xml: &str, is_wanted: impl Fn(&BytesStart<'_>) -> bool) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    // How many elements are open from the wanted one on.
    let mut depth = 0usize;
    let mut text = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) if depth > 0 || is_wanted(&tag) => depth += 1,
            Event::End(_) if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(std::mem::take(&mut text));
                }
            }
            Event::Text(own) if depth > 0 => text.push_str(&own),
            Event::GeneralRef(name) if depth > 0 => text.push_str(&referred(&name).unwrap_or_default()),
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// What `&name;` stands for.
fn referred(name: &str) -> Option<String> {
    unescape(&format!("&{name};")).ok().map(Cow::into_owned)
}
