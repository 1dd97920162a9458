//! Pieces of a report as WordprocessingML.

use super::chart;
use super::xml::{escape, field};
use crate::chart::Plot;
use crate::export::document::{Document, ReportLength};
use crate::export::escape::web_address;
use crate::export::report::SourceReport;
use crate::page::block::{
    Align, Block, Inline, Line, ListItem, Pair, Section, Table, Wording, Words, side_by_side,
};
use crate::plan::State;
use crate::text::Ui;
use crate::text::columns::cols;
use crate::text::language::is_right_to_left;
use crate::text::{clean::many_lines, clean::one_line};

/// A column weighs at least and at most so much, in columns of text.
const COLUMN_WEIGHT: (usize, usize) = (6, 44);

/// The width of a column of text in a table, and what a cell has besides its text, in twentieths of a point.
const COLUMN_UNIT: usize = 95;
/// What the first column keeps of the width where there is too little for all.
const FIRST_PERCENT: usize = 28;
const CELL_MARGINS: usize = 180;

/// More charts than these are left to the tables beside them.
const MAX_CHARTS: usize = 200;

/// Draws pieces, and keeps what stands in parts of its own: charts, and the addresses that are led to.
pub(super) struct DocxRenderer {
    ui: Ui,
    /// The languages of the program's words, the main one first.
    spoken: Vec<Ui>,
    /// Width of the text, in twentieths of a point.
    text_width: usize,
    pub charts: Vec<String>,
    pub links: Vec<String>,
    /// Places that are led to; each has a number.
    places: usize,
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
    paragraph_to(style, "", runs)
}

/// A paragraph that stands to a side.
fn paragraph_to(style: &str, side: &str, runs: &str) -> String {
    // A paragraph goes the way of its first words that have a language.
    let is_right_to_left = runs.find("<w:lang").is_some_and(|at| runs[..at].ends_with(RIGHT_TO_LEFT));
    let bidi = if is_right_to_left { "<w:bidi/>" } else { "" };
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{bidi}{side}</w:pPr>{runs}</w:p>\n")
}

impl DocxRenderer {
    pub(super) fn new(document: &Document<'_>, text_width: usize) -> Self {
        let mut spoken: Vec<Ui> = document.scene.voices().iter().map(|voice| voice.ui).collect();
        spoken.dedup();
        let ui = document.scene.voice(document.scene.show.main()).ui;
        Self { ui, spoken, text_width, charts: Vec::new(), links: Vec::new(), places: 0 }
    }

    /// For a page that is of no document.
    pub(super) fn alone(ui: Ui, text_width: usize) -> Self {
        Self { ui, spoken: vec![ui], text_width, charts: Vec::new(), links: Vec::new(), places: 0 }
    }

    /// Runs that are led to by a name.
    fn placed(&mut self, name: &str, runs: &str) -> String {
        self.places += 1;
        let at = self.places;
        format!("<w:bookmarkStart w:id=\"{at}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{at}\"/>")
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

    pub(super) fn heading(&self, style: &str, number: &str, words: &Words) -> String {
        paragraph(style, &numbered(number, words))
    }

    /// A heading that is led to.
    pub(super) fn placed_heading(&mut self, style: &str, place: &str, number: &str, words: &Words) -> String {
        let runs = self.placed(place, &numbered(number, words));
        paragraph(style, &runs)
    }

    /// A line of the table of contents, with its page.
    pub(super) fn contents_line(&self, level: u8, place: &str, number: &str, words: &Words) -> String {
        let runs = numbered(number, words);
        let page = field(&format!("PAGEREF {place} \\h"));
        let line = format!(
            "<w:hyperlink w:anchor=\"{place}\" w:history=\"1\">{runs}<w:r><w:tab/></w:r>{page}</w:hyperlink>"
        );
        paragraph(&format!("TOC{level}"), &line)
    }

    pub(super) fn plain_heading(&self, style: &str, text: &str) -> String {
        paragraph(style, &plain(text))
    }

    pub(super) fn line_of(&mut self, style: &str, line: &Line) -> String {
        let runs = self.line(line);
        paragraph(style, &runs)
    }

    /// A paragraph in each language.
    pub(super) fn paragraphs_of(&self, style: &str, words: &Words) -> String {
        words.wordings().iter().map(|one| paragraph(style, &Self::wording(one, None))).collect()
    }

    /// Id, level and state under a node's heading.
    pub(super) fn where_line(
        &self,
        id: &str,
        level: &Words,
        state: (State, &Words),
        named: Option<&Words>,
    ) -> String {
        let mut parts = vec![Self::words(level)];
        if !state.1.is_empty() {
            parts.push(self.state(state.0, state.1));
        }
        parts.push(styled(id, "Code"));
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
                Block::Aside(line) => paragraph("Caption", &self.line(line)),
                Block::Pairs(pairs) => self.pairs(pairs),
                Block::Table(table) => self.table(table),
                Block::Note(note) => {
                    let words = many_lines(&note.text);
                    let words = run(words.trim_matches('\n'), RunStyle::default());
                    paragraph("NoteHead", &self.line(&note.whole_head())) + &paragraph("Note", &words)
                }
                Block::List(items) => items.iter().map(|item| self.item(item)).collect(),
                Block::Plot(plot) => self.chart(plot),
                Block::Dial(_) => String::new(),
            });
        }
        text
    }

    /// A chart, which stands in a part of its own.
    fn chart(&mut self, plot: &Plot) -> String {
        if self.charts.len() == MAX_CHARTS {
            return String::new();
        }
        self.charts.push(chart::part(plot, &self.spoken));
        let at = self.charts.len();
        // Fourteen by six and a half centimetres, in English metric units.
        let size = "cx=\"5040000\" cy=\"2340000\"";
        let name = self.ui.pick("数值随时间的变化，数字见表", "values over time; the table has the figures");
        let drawing = format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent {size}/>\
             <wp:docPr id=\"{at}\" name=\"Chart {at}\" descr=\"{name}\"/><wp:cNvGraphicFramePr/>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart r:id=\"chart{at}\"/></a:graphicData></a:graphic>\
             </wp:inline></w:drawing></w:r>"
        );
        let caption =
            if plot.title.is_empty() { String::new() } else { paragraph("Caption", &plain(&plot.title)) };
        paragraph("Chart", &drawing) + &caption
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

    fn pairs(&mut self, pairs: &[Pair]) -> String {
        self.pairs_of("Pair", pairs)
    }

    pub(super) fn pairs_of(&mut self, style: &str, pairs: &[Pair]) -> String {
        let colon = plain(self.ui.pick("：", ": "));
        let mut text = String::new();
        for pair in pairs {
            let label = Self::words_in(&pair.label, Some("Quiet"));
            text.push_str(&paragraph(style, &format!("{label}{colon}{}", self.line(&pair.whole()))));
        }
        text
    }

    fn table(&mut self, table: &Table) -> String {
        let columns = table.used_columns();
        let widths = widths(table, &columns, self.text_width);
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let cell = |at: &usize, width: &usize, runs: &str| {
            let properties = format!("<w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
            let side = if table.side(*at) == Align::Right { "<w:jc w:val=\"right\"/>" } else { "" };
            format!("<w:tc>{properties}{}</w:tc>", paragraph_to("Cell", side, runs))
        };
        let head: String = columns
            .iter()
            .zip(&widths)
            .map(|(at, width)| cell(at, width, &Self::words_in(&table.columns[*at], Some("Strong"))))
            .collect();
        let mut rows = String::new();
        for row in &table.rows {
            let mut cells = String::new();
            for (at, width) in columns.iter().zip(&widths) {
                let runs = row.get(*at).map(|line| self.line(line)).unwrap_or_default();
                cells.push_str(&cell(at, width, &runs));
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
            Inline::Plain(text) => plain(text),
            Inline::Link(url) => self.link(url),
            Inline::Id(text) => styled(text, "Code"),
            Inline::State(state, words) => self.state(*state, words),
            Inline::Count(state, words, count) => self.state(*state, words) + &plain(&format!(" {count}")),
            Inline::Cite { number: 0, .. } => String::new(),
            Inline::Cite { number, at, .. } => {
                let at = at.as_deref().map(|at| plain(&format!(" {at}"))).unwrap_or_default();
                cite(*number) + &at
            }
        }
    }

    /// A link to a web address; any other text stays text.
    fn link(&mut self, url: &str) -> String {
        let Some(address) = web_address(url) else { return plain(url) };
        let at = self.links.iter().position(|own| *own == address).unwrap_or_else(|| {
            self.links.push(address);
            self.links.len() - 1
        });
        format!("<w:hyperlink r:id=\"link{}\">{}</w:hyperlink>", at + 1, styled(url, "Hyperlink"))
    }

    /// A source in the list of them, by its number.
    pub(super) fn source(&mut self, source: &SourceReport, length: ReportLength) -> String {
        let number =
            self.placed(&format!("source{}", source.number), &plain(&format!("[{}]", source.number)));
        let link = source.link.as_deref().map(|url| self.link(url));
        let said = match length {
            ReportLength::Brief => {
                let reference = plain(&source.reference);
                [Some(reference), link].into_iter().flatten().collect::<Vec<_>>().join(&plain(" "))
            }
            ReportLength::Full => {
                let (colon, stop) = self.ui.pick(("：", "；"), (": ", "; "));
                let mut parts = vec![Self::words(&source.title)];
                for pair in &source.details {
                    parts.push(format!(
                        "{}{}{}",
                        Self::words(&pair.label),
                        plain(colon),
                        self.line(&pair.value)
                    ));
                }
                parts.push(styled(&source.id, "Code"));
                parts.extend(link);
                parts.join(&plain(stop))
            }
        };
        paragraph("Reference", &format!("{number}{}{said}", plain(" ")))
    }
}

/// Words with a number before them, where they have one.
fn numbered(number: &str, words: &Words) -> String {
    format!("{}{}", run(number, RunStyle::default()), DocxRenderer::words(words))
}

/// The way to a source in the list of them.
fn cite(source: usize) -> String {
    format!(
        "<w:hyperlink w:anchor=\"source{source}\">{}</w:hyperlink>",
        styled(&format!("[{source}]"), "Cited")
    )
}

/// Columns of a table are as wide as the longest text in them. Where that is more than there is, the widest give
/// way to the narrower ones, which have numbers and states in them.
fn widths(table: &Table, columns: &[usize], text_width: usize) -> Vec<usize> {
    let (least, most) = COLUMN_WEIGHT;
    let head = |words: &Words| words.wordings().iter().map(|one| cols(&one.text) + 3).sum::<usize>();
    let wanted = |at: &usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(*at)).map(weigh);
        let weight = cells.chain([head(&table.columns[*at])]).max().unwrap_or_default().clamp(least, most);
        weight * COLUMN_UNIT + CELL_MARGINS
    };
    let wanted: Vec<usize> = columns.iter().map(wanted).collect();
    let all = |widths: &[usize]| widths.iter().sum::<usize>();
    let [first, rest @ ..] = wanted.as_slice() else { return wanted };
    if all(&wanted) <= text_width {
        return wanted;
    }
    // The first column says what a row is of. No column is narrower than its longest word.
    let first = (*first).min((text_width * FIRST_PERCENT / 100).max(text_width.saturating_sub(all(rest))));
    let words: Vec<usize> = columns.iter().skip(1).map(|at| longest_word(table, *at)).collect();
    let words: Vec<usize> = words.into_iter().map(|word| word * COLUMN_UNIT + CELL_MARGINS).collect();
    let mut cap = rest.iter().copied().max().unwrap_or_default();
    let capped = |cap: usize| {
        rest.iter().zip(&words).map(|(width, word)| (*width).min(cap.max(*word))).collect::<Vec<_>>()
    };
    while first + all(&capped(cap)) > text_width && cap > least * COLUMN_UNIT {
        cap -= COLUMN_UNIT;
    }
    std::iter::once(first).chain(capped(cap)).collect()
}

/// Columns of the longest word of a column: of Chinese text each character is one.
fn longest_word(table: &Table, column: usize) -> usize {
    let of_text = |text: &str| {
        let words = text.split(|c: char| c.is_whitespace() || c == '/' || !c.is_ascii());
        words.map(cols).max().unwrap_or_default().min(MAX_WORD)
    };
    let of_words = |words: &Words| words.wordings().iter().map(|one| of_text(&one.text)).max();
    let of_piece = |piece: &Inline| match piece {
        Inline::Words(words) | Inline::Title(words) => of_words(words).unwrap_or_default(),
        Inline::State(_, words) | Inline::Count(_, words, _) => of_words(words).unwrap_or_default() + 2,
        Inline::Plain(text) | Inline::Id(text) | Inline::Link(text) => of_text(text),
        Inline::Cite { .. } => 0,
    };
    let cells = table.rows.iter().filter_map(|row| row.get(column)).flatten().map(of_piece);
    cells.chain(of_words(&table.columns[column])).max().unwrap_or_default() + 1
}

/// No longer word is kept in one piece.
const MAX_WORD: usize = 14;

fn weigh(line: &Line) -> usize {
    let of = |piece: &Inline| match piece {
        Inline::Words(words) | Inline::Title(words) => {
            words.wordings().iter().map(|one| cols(&one.text) + 3).sum::<usize>()
        }
        // The sign before it, and its frame.
        Inline::State(_, words) | Inline::Count(_, words, _) => {
            words.wordings().iter().map(|one| cols(&one.text) + 3).sum::<usize>() + 4
        }
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
