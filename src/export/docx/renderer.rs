//! Pieces of a report as WordprocessingML.

use crate::export::document::Document;
use crate::export::escape::MarkupKind;
use crate::export::report::SourceReport;
use crate::page::block::{Block, Inline, Line, ListItem, Pair, Section, Table, Wording, Words, side_by_side};
use crate::plan::State;
use crate::text::Ui;
use crate::text::columns::cols;
use crate::text::language::is_right_to_left;
use crate::text::{clean::many_lines, clean::one_line};

/// Width of the text between the margins of A4, in twentieths of a point.
const TEXT_WIDTH: usize = 9412;

/// A column weighs at least and at most so much, in columns of text.
const COLUMN_WEIGHT: (usize, usize) = (6, 36);

/// Draws pieces, and knows which sources have their footnote already.
pub(super) struct DocxRenderer {
    ui: Ui,
    /// The number of a source's footnote, by the number of the source; 0 where it has none yet. Word
    /// processors number footnotes by themselves.
    notes: Vec<usize>,
    count: usize,
}

/// Text inside the document's XML.
pub(super) fn escape(text: &str) -> String {
    MarkupKind::Word.escape(text)
}

/// A tag of a plan as word processors know languages.
fn language(tag: &str) -> String {
    match tag.to_ascii_lowercase().as_str() {
        "zh" | "zh-hans" => "zh-CN".to_owned(),
        "zh-hant" => "zh-TW".to_owned(),
        "en" => "en-GB".to_owned(),
        _ => escape(&one_line(tag)),
    }
}

/// The mark of a run that is written from right to left.
const RIGHT_TO_LEFT: &str = "<w:rtl/>";

#[derive(Clone, Copy, Default)]
struct RunStyle<'t> {
    style: Option<&'t str>,
    tag: Option<&'t str>,
}

/// A run of text, whose line breaks stay.
fn run(text: &str, look: RunStyle<'_>) -> String {
    if text.is_empty() {
        return String::new();
    }
    let style = look.style.map(|style| format!("<w:rStyle w:val=\"{style}\"/>")).unwrap_or_default();
    let lang = look.tag.map(language).map(|tag| {
        // Which font a quotation mark takes follows the hint.
        let hint = if tag.starts_with("zh") { "<w:rFonts w:hint=\"eastAsia\"/>" } else { "" };
        let east = if tag.starts_with("zh") { &tag } else { "zh-CN" };
        if is_right_to_left(&tag) {
            return ("", format!("{RIGHT_TO_LEFT}<w:lang w:val=\"{tag}\" w:bidi=\"{tag}\"/>"));
        }
        (hint, format!("<w:lang w:val=\"{tag}\" w:eastAsia=\"{east}\"/>"))
    });
    let (hint, lang) = lang.unwrap_or_default();
    let properties = match (style.as_str(), lang.as_str()) {
        ("", "") => String::new(),
        _ => format!("<w:rPr>{style}{hint}{lang}</w:rPr>"),
    };
    let lines: Vec<String> =
        text.split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line))).collect();
    format!("<w:r>{properties}{}</w:r>", lines.join("<w:br/>"))
}

fn plain(text: &str) -> String {
    run(&one_line(text), RunStyle::default())
}

fn styled(text: &str, style: &str) -> String {
    run(&one_line(text), RunStyle { style: Some(style), tag: None })
}

fn paragraph(style: &str, runs: &str) -> String {
    // A paragraph goes the way of its first words that have a language.
    let is_right_to_left = runs.find("<w:lang").is_some_and(|at| runs[..at].ends_with(RIGHT_TO_LEFT));
    let bidi = if is_right_to_left { "<w:bidi/>" } else { "" };
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{bidi}</w:pPr>{runs}</w:p>\n")
}

impl DocxRenderer {
    pub(super) fn new(document: &Document<'_>) -> Self {
        let ui = document.scene.voice(document.scene.show.main()).ui;
        Self { ui, notes: vec![0; document.sources().len() + 1], count: 0 }
    }

    /// The footnote of a source; 0 where it was not cited.
    pub(super) fn note_of(&self, source: usize) -> usize {
        self.notes.get(source).copied().unwrap_or_default()
    }

    fn wording(one: &Wording, style: Option<&str>) -> String {
        let text = run(&one_line(&one.text), RunStyle { style, tag: Some(&one.tag) });
        if one.borrowed { text + &styled(&format!(" ({})", one.tag), "Quiet") } else { text }
    }

    fn words_in(words: &Words, style: Option<&str>) -> String {
        let each = words.wordings().iter().map(|one| Self::wording(one, style));
        each.collect::<Vec<_>>().join(&plain(" / "))
    }

    fn words(words: &Words) -> String {
        Self::words_in(words, None)
    }

    pub(super) fn heading(&self, style: &str, words: &Words) -> String {
        paragraph(style, &Self::words(words))
    }

    pub(super) fn marked_heading(&self, style: &str, mark: &str, words: &Words) -> String {
        paragraph(style, &format!("{}{}{}", plain(mark), plain(" "), Self::words(words)))
    }

    pub(super) fn plain_heading(&self, style: &str, text: &str) -> String {
        paragraph(style, &plain(text))
    }

    pub(super) fn paragraph_of(&self, style: &str, words: &Words) -> String {
        paragraph(style, &Self::words(words))
    }

    /// Id, level and state under a node's heading.
    pub(super) fn where_line(
        &self,
        id: &str,
        level: &Words,
        state: (State, &Words),
        named: Option<&Words>,
    ) -> String {
        let mut parts = vec![styled(id, "Code"), Self::words(level), self.state(state.0, state.1)];
        parts.extend(named.map(Self::words));
        paragraph("Where", &parts.join(&plain(" · ")))
    }

    /// Sign and word.
    fn state(&self, state: State, words: &Words) -> String {
        let sign = words.sign(state);
        if sign.is_empty() {
            return Self::words(words);
        }
        let tag = (sign == state.glyph()).then_some("zh");
        let sign = run(sign, RunStyle { style: Some("Glyph"), tag });
        format!("{sign}{}{}", plain(" "), Self::words(words))
    }

    pub(super) fn sections(&mut self, sections: &[Section]) -> String {
        let mut text = String::new();
        for section in sections {
            text.push_str(&paragraph("Label", &Self::words(&section.heading)));
            text.push_str(&self.blocks(&section.blocks));
        }
        text
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut text = String::new();
        for block in blocks {
            text.push_str(&match block {
                Block::Heading(line) => paragraph("Label", &self.line(line)),
                Block::Paragraph(line) => self.paragraph(line),
                Block::Remark(words) => Self::paragraphs(words),
                Block::Aside(line) => paragraph("Normal", &self.line(line)),
                Block::Pairs(pairs) => self.pairs(pairs),
                Block::Table(table) => self.table(table),
                Block::Note(note) => {
                    let words = many_lines(&note.text);
                    let words = run(words.trim_matches('\n'), RunStyle::default());
                    paragraph("NoteHead", &self.line(&note.whole_head())) + &paragraph("Note", &words)
                }
                Block::List(items) => items.iter().map(|item| self.item(item)).collect(),
                Block::Dial(_) | Block::Plot(_) => String::new(),
            });
        }
        text
    }

    fn item(&mut self, item: &ListItem) -> String {
        let margin = "    ".repeat(usize::from(item.depth));
        let mut text =
            paragraph("Pair", &format!("{}{}", plain(&format!("{margin}– ")), self.line(&item.line)));
        for pair in &item.below {
            let colon = if pair.label.is_empty() { "" } else { self.ui.pick("：", ": ") };
            let label = Self::words(&pair.label);
            let value = self.lines(&pair.whole());
            let set_in = plain(&format!("{margin}    "));
            text.push_str(&paragraph("Pair", &format!("{set_in}{label}{}{value}", plain(colon))));
        }
        text
    }

    /// Each language is a paragraph of its own.
    fn paragraph(&mut self, line: &Line) -> String {
        match line.as_slice() {
            [Inline::Words(words)] => Self::paragraphs(words),
            line => paragraph("Normal", &self.line(line)),
        }
    }

    fn paragraphs(words: &Words) -> String {
        words.wordings().iter().map(|one| paragraph("Normal", &Self::wording(one, None))).collect()
    }

    pub(super) fn pairs(&mut self, pairs: &[Pair]) -> String {
        let colon = plain(self.ui.pick("：", ": "));
        let mut text = String::new();
        for pair in pairs {
            let label = Self::words_in(&pair.label, Some("Quiet"));
            text.push_str(&paragraph("Pair", &format!("{label}{colon}{}", self.line(&pair.whole()))));
        }
        text
    }

    fn table(&mut self, table: &Table) -> String {
        let columns = table.used_columns();
        let widths = widths(table, &columns);
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let cell = |width: &usize, runs: &str| {
            let properties = format!("<w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
            format!("<w:tc>{properties}{}</w:tc>", paragraph("Cell", runs))
        };
        let head: String = columns
            .iter()
            .zip(&widths)
            .map(|(at, width)| cell(width, &Self::words_in(&table.columns[*at], Some("Strong"))))
            .collect();
        let mut rows = String::new();
        for row in &table.rows {
            let mut cells = String::new();
            for (at, width) in columns.iter().zip(&widths) {
                let runs = row.get(*at).map(|line| self.line(line)).unwrap_or_default();
                cells.push_str(&cell(width, &runs));
            }
            rows.push_str(&format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>\n"));
        }
        format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
             <w:tblGrid>{grid}</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>\n{rows}</w:tbl>\n{}",
            widths.iter().sum::<usize>(),
            paragraph("After", "")
        )
    }

    fn line(&mut self, line: &[Inline]) -> String {
        side_by_side(line, |piece| self.piece(piece), plain)
    }

    /// As a line, but people's words keep their line breaks.
    fn lines(&mut self, line: &[Inline]) -> String {
        let piece = |piece: &Inline| match piece {
            Inline::Plain(text) => run(&many_lines(text), RunStyle::default()),
            piece => self.piece(piece),
        };
        side_by_side(line, piece, plain)
    }

    fn piece(&mut self, piece: &Inline) -> String {
        match piece {
            Inline::Words(words) | Inline::Title(words) => Self::words(words),
            Inline::Plain(text) | Inline::Link(text) => plain(text),
            Inline::Id(text) => styled(text, "Code"),
            Inline::State(state, words) => self.state(*state, words),
            Inline::Count(state, words, count) => self.state(*state, words) + &plain(&format!(" {count}")),
            Inline::Cite { number: 0, .. } => String::new(),
            Inline::Cite { number, at, .. } => {
                let at = at.as_deref().map(|at| plain(&format!(" {at}"))).unwrap_or_default();
                self.cite(*number) + &at
            }
        }
    }

    /// A footnote the first time; then the way to it.
    fn cite(&mut self, source: usize) -> String {
        let style = "<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>";
        let Some(note) = self.notes.get_mut(source) else { return String::new() };
        if *note > 0 {
            return format!(
                "<w:hyperlink w:anchor=\"source{note}\"><w:r>{style}<w:t>{note}</w:t></w:r></w:hyperlink>"
            );
        }
        self.count += 1;
        *note = self.count;
        format!(
            "<w:bookmarkStart w:id=\"{note}\" w:name=\"source{note}\"/><w:r>{style}<w:footnoteReference w:id=\"{note}\"/></w:r>\
             <w:bookmarkEnd w:id=\"{note}\"/>"
        )
    }

    pub(super) fn footnote(&mut self, source: &SourceReport) -> String {
        let (colon, stop) = self.ui.pick(("：", "；"), (": ", "; "));
        let mut parts = vec![Self::words(&source.title)];
        for pair in &source.details {
            parts.push(format!("{}{}{}", Self::words(&pair.label), plain(colon), self.line(&pair.value)));
        }
        parts.push(styled(&source.id, "Code"));
        parts.extend(source.link.as_deref().map(plain));
        let note = self.note_of(source.number);
        let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>";
        let runs = format!("{mark}{}{}", plain(" "), parts.join(&plain(stop)));
        format!("<w:footnote w:id=\"{note}\">{}</w:footnote>\n", paragraph("FootnoteText", &runs))
    }
}

/// Columns of a table share the width by the longest text in them.
fn widths(table: &Table, columns: &[usize]) -> Vec<usize> {
    let (least, most) = COLUMN_WEIGHT;
    let head = |words: &Words| words.wordings().iter().map(|one| cols(&one.text) + 3).sum::<usize>();
    let weight = |at: &usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(*at)).map(weigh);
        cells.chain([head(&table.columns[*at])]).max().unwrap_or_default().clamp(least, most)
    };
    let weights: Vec<usize> = columns.iter().map(weight).collect();
    let all = weights.iter().sum::<usize>().max(1);
    // A narrow table stays narrow: 120 twentieths of a point a column of text.
    let width = TEXT_WIDTH.min(all * 120);
    weights.iter().map(|weight| width * weight / all).collect()
}

fn weigh(line: &Line) -> usize {
    let of = |piece: &Inline| match piece {
        Inline::Words(words)
        | Inline::Title(words)
        | Inline::State(_, words)
        | Inline::Count(_, words, _) => words.wordings().iter().map(|one| cols(&one.text) + 3).sum::<usize>(),
        Inline::Plain(text) | Inline::Id(text) | Inline::Link(text) => cols(text) + 3,
        Inline::Cite { at, .. } => 2 + at.as_deref().map_or(0, cols),
    };
    line.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    proptest! {
        #[test]
        fn whatever_people_write_comes_back_as_text_and_makes_no_element(
            text in "(<|>|&|amp;|&#60;|\"|'|]]>|<!--|-->|<w:t>|</w:t>|</w:r>|\n|\t|\u{0}|\u{b}|\u{fffe}|\u{ffff}|\u{202e}|一|.){0,20}"
        ) {
            let text = many_lines(&text).into_owned();
            let xml = run(&text, RunStyle { style: Some("Note"), tag: Some("zh") });
            let mut reader = Reader::from_str(&xml);
            let mut read = String::new();
            loop {
                match reader.read_event().unwrap() {
                    Event::Text(part) => read.push_str(&part),
                    Event::GeneralRef(name) => read.push_str(&quick_xml::escape::unescape(&format!("&{};", &*name)).unwrap()),
                    Event::Start(tag) => {
                        let name = tag.name().as_ref().to_owned();
                        prop_assert!(["w:r", "w:rPr", "w:t"].contains(&name.as_str()), "{}", xml);
                    }
                    Event::Empty(tag) if tag.name().as_ref() == "w:br" => read.push('\n'),
                    Event::Empty(_) | Event::End(_) => {}
                    Event::Eof => break,
                    other => prop_assert!(false, "{:?} in {}", other, xml),
                }
            }
            prop_assert_eq!(read, text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"));
        }
    }
}
