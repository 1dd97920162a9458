//! Which function writes a format. A format is a file of this module with one `write` of the shape of
//! [`FormatWriter`], and a line in [`writer`].

use std::io::Write;

use super::digest::seal_text;
use super::document::Document;
use super::format::{ExportError, ExportProgress, Format, Options};
use super::{csv, docx, html, json, markdown, opml, toml, xlsx};

/// Writes a document in one format. It calls [`ExportProgress::step`] after each node; a format whose library
/// needs to seek fills a buffer of its own first. The sink is buffered already.
pub type FormatWriter =
    fn(&Document<'_>, &Options, &mut dyn Write, &mut dyn ExportProgress) -> Result<(), ExportError>;

pub fn writer(format: Format) -> FormatWriter {
    match format {
        Format::Md => |document, options, out, progress| {
            seal_text(out, |sink| markdown::write(document, options, sink, progress))
        },
        Format::Html => |document, options, out, progress| {
            seal_text(out, |sink| html::write(document, options, sink, progress))
        },
        Format::Csv => csv::write,
        Format::Xlsx => xlsx::write,
        Format::Docx => docx::write,
        Format::Json => |document, options, out, progress| {
            seal_text(out, |sink| json::write(document, options, sink, progress))
        },
        Format::Toml => |document, options, out, progress| {
            seal_text(out, |sink| toml::write(document, options, sink, progress))
        },
        Format::Opml => |document, options, out, progress| {
            seal_text(out, |sink| opml::write(document, options, sink, progress))
        },
    }
}

/// The same without a digest, which is known only when all is written: for the first lines of a document.
pub fn unsealed(format: Format) -> FormatWriter {
    match format {
        Format::Md => markdown::write,
        Format::Html => html::write,
        Format::Csv => csv::write,
        Format::Xlsx => xlsx::write,
        Format::Docx => docx::write,
        Format::Json => json::write,
        Format::Toml => toml::write,
        Format::Opml => opml::write,
    }
}
