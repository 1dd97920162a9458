//! Text that HTML takes for nothing but text, in elements and in quoted attributes.

use crate::export::escape::MarkupKind;
use crate::text::{clean::many_lines, clean::one_line};

pub fn line(text: &str) -> String {
    MarkupKind::Html.escape(one_line(text).trim_matches(' '))
}

/// A text with its line breaks, for an element that keeps them.
pub fn lines(text: &str) -> String {
    MarkupKind::Html.escape(many_lines(text).trim_matches('\n'))
}

/// An address that a reader may follow, as it is sent: the web's only.
pub fn web_address(url: &str) -> Option<String> {
    super::super::escape::web_address(url).map(|sent| MarkupKind::Html.escape(&sent))
}

/// A text as a string of CSS, quotes included, in which nothing ends the string or the style: everything but
/// letters and digits is written by its number.
pub fn css_string(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == ' ';
    let inside: String = text
        .chars()
        .map(|c| if plain(c) { c.to_string() } else { format!("\\{:06X}", u32::from(c)) })
        .collect();
    format!("\"{inside}\"")
}

#[cfg(test)]
mod tests {
    use html5ever::tendril::TendrilSink;
    use html5ever::{ParseOpts, parse_document};
    use markup5ever_rcdom::{Handle, NodeData, RcDom};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_ends_a_string_of_css() {
        assert_eq!(
            css_string("规划 2024—2035\"</style>\\"),
            "\"规划 2024\\0020142035\\000022\\00003C\\00002Fstyle\\00003E\\00005C\""
        );
    }

    /// Elements by name with their attributes, and all text.
    fn read(html: &str) -> (Vec<(String, Vec<String>)>, String) {
        fn walk(node: &Handle, found: &mut (Vec<(String, Vec<String>)>, String)) {
            match &node.data {
                NodeData::Text { contents } => found.1.push_str(&contents.borrow()),
                NodeData::Element { name, attrs, .. } => {
                    let attrs = attrs.borrow().iter().map(|attr| attr.value.to_string()).collect();
                    found.0.push((name.local.to_string(), attrs));
                }
                NodeData::Document => {}
                other => panic!("{other:?}"),
            }
            node.children.borrow().iter().for_each(|child| walk(child, found));
        }
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let mut found = (Vec::new(), String::new());
        walk(&dom.document, &mut found);
        found
    }

    #[rustfmt::skip]
    const MARKS: &[&str] = &[
        "<", ">", "</b>", "<b>", "&", "&lt;", "&#60;", "&amp", "\"", "'", "=", "/", "!", "--", "-->", "<!--", "]]>", "<![CDATA[",
        "<script>", "</script>", "</style>", "</blockquote>", "<svg", "onload=", "javascript:", "\n", "\r\n", "\t", "\u{0}", "\u{c}",
        "\u{202e}", "\u{feff}", "\u{2028}", "一", "x", " ",
    ];

    fn nasty() -> impl Strategy<Value = String> {
        let marks = proptest::sample::select(MARKS).prop_map(str::to_owned);
        proptest::collection::vec(prop_oneof![9 => marks, 1 => ".{0,3}"], 0..16)
            .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn whatever_people_write_comes_back_as_text_and_makes_no_element(text in nasty()) {
            let page = format!("<!DOCTYPE html><body title=\"{}\"><blockquote>{}</blockquote>", line(&text), lines(&text));
            let (elements, read) = read(&page[15..]);
            let names: Vec<&str> = elements.iter().map(|(name, _)| name.as_str()).collect();
            prop_assert_eq!(names, ["html", "head", "body", "blockquote"]);
            prop_assert_eq!(&elements[2].1, &[one_line(&text).trim_matches(' ').to_owned()]);
            prop_assert_eq!(read, many_lines(&text).trim_matches('\n').to_owned());
        }

        #[test]
        fn an_address_leads_to_the_web_or_nowhere(url in "(https?://|javascript:|data:|HTTP:)?[ -~]{0,20}(\"|<|'|>|&)?[ -~]{0,4}") {
            let Some(address) = web_address(&url) else { return Ok(()) };
            let (elements, _) = read(&format!("<a href=\"{address}\">x</a>"));
            prop_assert_eq!(elements.len(), 4);
            let sent = crate::export::escape::web_address(&url).unwrap();
            prop_assert_eq!(&elements[3].1, std::slice::from_ref(&sent));
            prop_assert!(sent.starts_with("http") && sent.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }
}
