//! An outline (OPML 2.0) for outliners: a node a line, what is said of it in the line's note.
//!
//! Only `text`, `_note`, `type` and `url` are common to outliners; id, level and state stand beside them as
//! attributes of our own, which OPML allows, and again in the note, where people see them. The stamp stands
//! in a comment of the head.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use super::document::{Document, EntryReason, NodeEntry};
use super::escape::MarkupKind;
use super::format::{ExportError, ExportProgress, Format, Options};
use super::markdown::MARKS_OPEN;
use super::plain::PlainRenderer;
use super::report::{NodeReport, ReportBuilder};
use crate::plan::NodeId;
use crate::text::markdown;
use crate::text::{clean::many_lines, clean::one_line};

/// Writes the outline.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub fn write(
    document: &Document<'_>,
    _options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn ExportProgress,
) -> Result<(), ExportError> {
    let report = ReportBuilder::new(document);
    let drawer = OpmlRenderer { plain: PlainRenderer::new(&report), report: &report };
    drawer.head(&mut *out)?;
    let mut ids = document.ids().peekable();
    let mut open: u32 = 0;
    let mut done = 0;
    let draw = |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| Ok(drawer.node(&report.node(entry), bytes)?);
    document.each(draw, |bytes| {
        let depth = |id: NodeId| document.depth(id);
        let own = ids.next().map(depth).unwrap_or_default();
        // What was rendered is a tag without its end: what follows decides which it gets.
        let next = ids.peek().copied().map(depth);
        indent(out, open)?;
        out.write_all(bytes)?;
        if next.is_some_and(|next| next > own) {
            out.write_all(b">\n")?;
            open += 1;
        } else {
            out.write_all(b"/>\n")?;
            while open > next.unwrap_or_default() {
                open -= 1;
                indent(out, open)?;
                out.write_all(b"</outline>\n")?;
            }
        }
        done += 1;
        progress.step(done, document.count())
    })?;
    drawer.orphans(out)?;
    drawer.sources(out)?;
    writeln!(out, "  </body>\n{MARKS_OPEN}")?;
    let mark =
        |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| Ok(writeln!(bytes, "{}", document.mark(entry).line())?);
    document.each(mark, |bytes| Ok(out.write_all(bytes)?))?;
    Ok(out.write_all(b"-->\n</opml>\n")?)
}

/// Levels that are set in. Deeper ones would fill the file with spaces, for a reader that does not need them.
const MAX_INDENT: u32 = 64;

/// Two spaces for `opml` and `body`, and two a level.
fn indent(out: &mut dyn Write, depth: u32) -> io::Result<()> {
    (0..depth.min(MAX_INDENT) + 2).try_for_each(|_| out.write_all(b"  "))
}

/// What XML allows in an attribute: no control characters, no code points that are no characters; a line
/// break as a reference, since a bare one is read as a space.
fn escaped(text: &str) -> String {
    MarkupKind::Xml.escape(&many_lines(text)).replace('\n', "&#10;")
}

/// The attribute that outliners show as a line's note.
const NOTE: &str = "_note";

/// Draws pieces of a report as lines of an outline.
struct OpmlRenderer<'r, 'd, 'p> {
    report: &'r ReportBuilder<'d, 'p>,
    plain: PlainRenderer<'d, 'p>,
}

/// The beginning of a line, up to its last attribute.
fn line(attributes: &[(&str, &str)], out: &mut dyn Write) -> io::Result<()> {
    let mut tag = BytesStart::new("outline");
    for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        // Some readers, pandoc among them, take a note as Markdown.
        let value = if *name == NOTE { escaped(&markdown::lines(value)) } else { escaped(value) };
        tag.push_attribute(Attribute { key: QName(name), value: Cow::Owned(value) });
    }
    out.write_all(b"<")?;
    out.write_all(tag.as_bytes())
}

impl OpmlRenderer<'_, '_, '_> {
    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let document = self.report.document();
        let title = self.plain.words(&self.report.title());
        {
            let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
            xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
            xml.write_event(Event::Start(BytesStart::new("opml").with_attributes([("version", "2.0")])))?;
            xml.write_event(Event::Start(BytesStart::new("head")))?;
            // Sealed: nothing in it ends a comment.
            let stamp = format!(" plan158: {} ", document.stamp(Format::Opml).line());
            xml.write_event(Event::Comment(BytesText::from_escaped(stamp)))?;
            let title = title.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}");
            xml.create_element("title").write_text_content(BytesText::new(&title))?;
            xml.create_element("dateCreated").write_text_content(BytesText::new(&self.date()))?;
            xml.write_event(Event::End(BytesEnd::new("head")))?;
            xml.write_event(Event::Start(BytesStart::new("body")))?;
        }
        writeln!(out)?;
        let about = self.report.overview().map(|overview| self.plain.sections(&[overview]));
        let note = format!("{}\n\n{}", self.plain.pairs(&self.report.head()), about.unwrap_or_default());
        self.leaf(
            &[("text", &self.plain.words(&self.report.say("本文件", "About"))), (NOTE, note.trim_end())],
            0,
            out,
        )
    }

    /// The as-of, as mail writes dates: a day begins at midnight UTC.
    fn date(&self) -> String {
        let as_of = self.report.document().scene.judge.as_of;
        let instant = as_of.instant().or_else(|| TimeZone::UTC.to_timestamp(as_of.day().at(0, 0, 0, 0)).ok());
        let printed = instant
            .and_then(|instant| rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&instant).ok());
        printed.unwrap_or_default()
    }

    fn leaf(&self, attributes: &[(&str, &str)], depth: u32, out: &mut dyn Write) -> io::Result<()> {
        indent(out, depth)?;
        line(attributes, out)?;
        out.write_all(b"/>\n")
    }

    /// A node's line without its end.
    fn node(&self, node: &NodeReport, out: &mut dyn Write) -> io::Result<()> {
        let stands = self.plain.signed(node.state, &node.stands);
        let named = match node.part {
            EntryReason::Whole => String::new(),
            EntryReason::Context => format!(
                " · {}",
                self.plain.words(&self.report.say("上级，只列名称", "above a match, named only"))
            ),
        };
        let level = self.plain.words(&node.level);
        let sections = self.plain.sections(&node.sections);
        let stands = if node.stands.is_empty() { String::new() } else { format!(" · {stands}") };
        let note = format!("{} · {level}{stands}{named}\n\n{sections}", node.id);
        let title = self.plain.words(&node.title);
        let text = if title.is_empty() { &node.id } else { &title };
        line(
            &[
                ("text", text),
                ("id", &node.id),
                ("level", &level),
                ("state", node.state.word()),
                (NOTE, note.trim_end()),
            ],
            out,
        )
    }

    fn orphans(&self, out: &mut dyn Write) -> io::Result<()> {
        let orphans = self.report.document().orphans();
        if orphans.is_empty() {
            return Ok(());
        }
        let (heading, what) = self.report.orphans_heading();
        self.branch(&self.plain.words(&heading), &self.plain.words(&what), out)?;
        for home in orphans {
            let note = self.plain.sections(&self.report.orphan(home));
            self.leaf(
                &[("text", &one_line(&home.name)), ("id", &one_line(&home.name)), (NOTE, &note)],
                1,
                out,
            )?;
        }
        indent(out, 0)?;
        out.write_all(b"</outline>\n")
    }

    fn sources(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.report.document().sources().is_empty() {
            return Ok(());
        }
        self.branch(&self.plain.words(&self.report.say("来源", "Sources")), "", out)?;
        for source in self.report.sources() {
            let note = format!("{}\n{}", source.id, self.plain.pairs(&source.details));
            let link = source.link.as_deref().map(one_line).unwrap_or_default();
            let web = link.starts_with("https://") || link.starts_with("http://");
            let (kind, url) = if web { ("link", &*link) } else { ("", "") };
            let title = self.plain.words(&source.title);
            self.leaf(
                &[
                    ("text", &title),
                    ("id", &source.id),
                    ("type", kind),
                    ("url", url),
                    (NOTE, note.trim_end()),
                ],
                1,
                out,
            )?;
        }
        indent(out, 0)?;
        out.write_all(b"</outline>\n")
    }

    fn branch(&self, text: &str, note: &str, out: &mut dyn Write) -> io::Result<()> {
        indent(out, 0)?;
        line(&[("text", text), (NOTE, note)], out)?;
        out.write_all(b">\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_however_deep_is_set_in_by_no_more_than_can_be_read() {
        let set_in = |depth: u32| {
            let mut out = Vec::new();
            indent(&mut out, depth).unwrap();
            assert!(out.iter().all(|byte| *byte == b' '));
            out.len()
        };
        assert_eq!([0, 1, 64].map(set_in), [4, 6, 132]);
        // Deeper than a width of the formatter can say.
        assert_eq!([65, 66_000, u32::MAX].map(set_in), [132; 3]);
    }
}
