//! Text that XML and HTML take for nothing but text, in elements and in attributes in double quotes.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkupKind {
    Html,
    /// A reader of XML, also of attributes in single quotes.
    Xml,
    /// A word processor, whose files have an apostrophe as it is.
    Word,
}

impl MarkupKind {
    fn apostrophe(self) -> &'static str {
        match self {
            MarkupKind::Html => "&#39;",
            MarkupKind::Xml => "&apos;",
            MarkupKind::Word => "'",
        }
    }

    /// The text with every sign of markup as a reference. Two code points that XML does not allow become
    /// U+FFFD there; control characters are the caller's matter.
    pub fn escape(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str(self.apostrophe()),
                '\u{FFFE}' | '\u{FFFF}' if self != MarkupKind::Html => out.push('\u{FFFD}'),
                c => out.push(c),
            }
        }
        out
    }
}

/// A web address as it is sent: characters that an address may not have, Chinese ones for instance, are
/// percent-encoded as UTF-8. `None` for anything else than `http` and `https`, and for a host that would need
/// another encoding.
pub fn web_address(link: &str) -> Option<String> {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || !host.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let mut sent = String::with_capacity(link.len());
    for byte in link.bytes() {
        let is_plain = byte.is_ascii_graphic()
            && !matches!(byte, b'{' | b'}' | b'\\' | b'"' | b'<' | b'>' | b'^' | b'`' | b'|');
        if is_plain { sent.push(char::from(byte)) } else { sent.push_str(&format!("%{byte:02X}")) }
    }
    Some(sent)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(MarkupKind::Html, "&lt;a b=&quot;c&quot;&gt; &amp;amp; it&#39;s \u{FFFE}")]
    #[case(MarkupKind::Xml, "&lt;a b=&quot;c&quot;&gt; &amp;amp; it&apos;s \u{FFFD}")]
    #[case(MarkupKind::Word, "&lt;a b=&quot;c&quot;&gt; &amp;amp; it's \u{FFFD}")]
    fn signs_of_markup_become_references(#[case] markup: MarkupKind, #[case] expected: &str) {
        let text = "<a b=\"c\"> &amp; it's \u{FFFE}";
        assert_eq!(markup.escape(text), expected);
        if markup != MarkupKind::Html {
            assert_eq!(quick_xml::escape::unescape(&markup.escape("<&>\"'")).unwrap(), "<&>\"'");
        }
    }
}
