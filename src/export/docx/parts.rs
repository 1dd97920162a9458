//! The parts of the package: what ties them together, styles, settings, properties, what stands above and below
//! the pages.

use jiff::civil::Date;

use super::xml::{XML, escape, field};
use crate::export::document::{PageStyle, TOOL};
use crate::page::block::Words;
use crate::text::Ui;
use crate::text::clean::one_line;

/// A page's margins and the size of the signs on it, in twentieths of a point: A4 in any case.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageLayout {
    pub top: usize,
    pub bottom: usize,
    pub left: usize,
    pub right: usize,
}

/// The width of A4, in twentieths of a point.
const PAGE_WIDTH: usize = 11906;
const PAGE_HEIGHT: usize = 16838;

impl PageLayout {
    pub fn of(style: PageStyle) -> Self {
        match style {
            PageStyle::Plain => Self { top: 1361, bottom: 1361, left: 1247, right: 1247 },
            // 37, 35, 28 and 26 millimetres.
            PageStyle::Gbt9704 => Self { top: 2098, bottom: 1984, left: 1588, right: 1474 },
        }
    }

    /// Width of the text between the margins.
    pub fn text_width(self) -> usize {
        PAGE_WIDTH - self.left - self.right
    }

    /// The end of the document.
    pub fn close(self, style: PageStyle) -> String {
        let Self { top, bottom, left, right } = self;
        let even = match style {
            PageStyle::Plain => "<w:headerReference w:type=\"default\" r:id=\"r4\"/>",
            PageStyle::Gbt9704 => "<w:footerReference w:type=\"even\" r:id=\"r5\"/>",
        };
        format!(
            "<w:sectPr>{even}<w:footerReference w:type=\"default\" r:id=\"r3\"/><w:pgSz w:w=\"{PAGE_WIDTH}\" w:h=\"{PAGE_HEIGHT}\"/>\
             <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"680\" w:footer=\"680\" w:gutter=\"0\"/>\
             </w:sectPr></w:body></w:document>\n"
        )
    }
}

/// The parts that do not depend on what the document says, by name.
pub(super) fn fixed() -> [(&'static str, &'static str); 4] {
    [
        ("_rels/.rels", RELATIONS),
        ("docProps/app.xml", APP),
        ("customXml/_rels/item1.xml.rels", MARKS_RELATIONS),
        ("customXml/itemProps1.xml", MARKS_PROPERTIES),
    ]
}

pub(super) fn styles(style: PageStyle) -> String {
    let (main, foot) = match style {
        PageStyle::Plain => (include_str!("styles-plain.xml"), "18"),
        PageStyle::Gbt9704 => (include_str!("styles-gbt9704.xml"), "28"),
    };
    let width = PageLayout::of(style).text_width().to_string();
    let common = include_str!("styles-common.xml").replace("TABPOS", &width).replace("FOOTSIZE", foot);
    format!("{XML}<w:styles {MAIN}>\n{main}{common}</w:styles>\n")
}

pub(super) fn settings(style: PageStyle) -> String {
    let even = if style == PageStyle::Gbt9704 { "<w:evenAndOddHeaders/>" } else { "" };
    format!(
        "{XML}<w:settings {MAIN}>{even}<w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/></w:settings>\n"
    )
}

/// What stands above every page: the title.
pub(super) fn header(title: &str) -> String {
    let paragraph = format!("<w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{}</w:p>", text(title));
    format!("{XML}<w:hdr {MAIN}>{paragraph}</w:hdr>\n")
}

/// What stands below them: the page and how many there are, or as official documents have it, on the outer side.
pub(super) fn footer(style: PageStyle, ui: Ui, is_even: bool) -> String {
    let (page, pages) = (field("PAGE"), field("NUMPAGES"));
    let (side, runs) = match style {
        PageStyle::Plain => (
            "center",
            ui.pick(
                format!("{}{page}{}{pages}{}", text("第 "), text(" 页　共 "), text(" 页")),
                format!("{}{page}{}{pages}", text("Page "), text(" of ")),
            ),
        ),
        PageStyle::Gbt9704 => {
            (if is_even { "left" } else { "right" }, format!("{}{page}{}", text("— "), text(" —")))
        }
    };
    format!(
        "{XML}<w:ftr {MAIN}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:jc w:val=\"{side}\"/></w:pPr>{runs}</w:p></w:ftr>\n"
    )
}

fn text(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

/// A title in every language shown, on one line.
pub(super) fn one_title(title: &Words) -> String {
    title.wordings().iter().map(|one| one_line(&one.text)).collect::<Vec<_>>().join(" / ")
}

/// Title, author, language and the moment that the document speaks of.
pub(super) fn core(title: &str, names: &[&String], tag: &str, day: Date) -> String {
    let names: Vec<_> = names.iter().map(|name| escape(&one_line(name))).collect();
    let creator = match names.as_slice() {
        [] => String::new(),
        names => format!("<dc:creator>{}</dc:creator>", names.join("; ")),
    };
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>{creator}<dc:language>{}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>",
        escape(title),
        escape(&one_line(tag))
    )
}

/// The stamp as a property; what has none has the program alone.
pub(super) fn custom(stamp: &str) -> String {
    if stamp.is_empty() {
        return format!(
            "{XML}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
             xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">\
             <property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"2\" name=\"tool\"><vt:lpwstr>{TOOL}</vt:lpwstr></property></Properties>"
        );
    }
    format!(
        "{XML}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">\
         <property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"2\" name=\"plan158\"><vt:lpwstr>{}</vt:lpwstr></property>\
         <property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"3\" name=\"tool\"><vt:lpwstr>{TOOL}</vt:lpwstr></property></Properties>",
        escape(stamp)
    )
}

/// What each part is; there are so many charts.
pub(super) fn content_types(charts: usize) -> String {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut parts: Vec<(String, String)> = [
        ("word/document.xml", format!("{WORD}.document.main+xml")),
        ("word/styles.xml", format!("{WORD}.styles+xml")),
        ("word/settings.xml", format!("{WORD}.settings+xml")),
        ("word/header1.xml", format!("{WORD}.header+xml")),
        ("word/footer1.xml", format!("{WORD}.footer+xml")),
        ("word/footer2.xml", format!("{WORD}.footer+xml")),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        (
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        ),
        (
            "customXml/itemProps1.xml",
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml".to_owned(),
        ),
        (
            "docProps/custom.xml",
            "application/vnd.openxmlformats-officedocument.custom-properties+xml".to_owned(),
        ),
    ]
    .map(|(name, kind)| (name.to_owned(), kind))
    .into();
    let chart = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
    parts.extend((1..=charts).map(|at| (format!("word/charts/chart{at}.xml"), chart.to_owned())));
    let parts: String = parts
        .iter()
        .map(|(name, kind)| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>\n"))
        .collect();
    format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\n\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\n\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\n{parts}</Types>\n"
    )
}

/// What the text refers to: the fixed parts, its charts, and addresses of the web.
pub(super) fn document_relations(charts: usize, links: &[String]) -> String {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let fixed = [
        ("r1", "styles", "styles.xml"),
        ("r2", "settings", "settings.xml"),
        ("r3", "footer", "footer1.xml"),
        ("r4", "header", "header1.xml"),
        ("r5", "footer", "footer2.xml"),
        ("r6", "customXml", "../customXml/item1.xml"),
    ];
    let part = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>\n")
    };
    let fixed: String = fixed.iter().map(|(id, kind, target)| part(id, kind, target)).collect();
    let charts: String = (1..=charts)
        .map(|at| part(&format!("chart{at}"), "chart", &format!("charts/chart{at}.xml")))
        .collect();
    let links = (1..).zip(links).map(|(at, link)| {
        format!(
            "<Relationship Id=\"link{at}\" Type=\"{OFFICE}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>\n",
            escape(link)
        )
    });
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n{fixed}{charts}{}</Relationships>\n",
        links.collect::<String>()
    )
}

/// What the document says of each node, for `verify`: before, for each node, and after.
pub(super) const MARKS_OPEN: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<nodes xmlns=\"urn:plan158:nodes\">\n";
pub(super) const MARKS_CLOSE: &str = "</nodes>\n";

/// The mark of a node.
pub(super) fn mark(line: &str) -> String {
    format!("<node>{}</node>\n", escape(line))
}

/// By this other programs know the part of the marks as data to be kept.
const MARKS_PROPERTIES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<ds:datastoreItem ds:itemID="{7E0E1580-158A-4158-9158-000000000158}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>
"#;

const MARKS_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps" Target="itemProps1.xml"/>
</Relationships>
"#;

const MAIN: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
<Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>
<Relationship Id="r4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/>
</Relationships>
"#;

const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>plan158</Application></Properties>
"#;

/// Before the first paragraph.
pub(super) const DOCUMENT_OPEN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><w:body>
"#;
