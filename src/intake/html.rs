//! The blocks of a page of HTML as lines; scripts, styles and comments are left out.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind,
};

/// Elements that begin and end a line.
const BLOCKS: [&str; 35] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "table",
    "tr",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "hr",
    "br",
    "form",
    "body",
    "html",
    "head",
    "caption",
    "option",
];

#[derive(Default)]
struct Collected {
    lines: Vec<String>,
    line: String,
    title: String,
    /// The element whose text is left out: script, style, or the title, which is kept apart.
    inside: Option<String>,
}

impl Collected {
    fn end_line(&mut self) {
        let text = self.line.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line.clear();
        let text = text.trim_matches(['|', ' ']);
        if !text.is_empty() {
            self.lines.push(text.to_owned());
        }
    }
}

#[derive(Default)]
struct BlockSink {
    collected: RefCell<Collected>,
}

impl TokenSink for BlockSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut to = self.collected.borrow_mut();
        match token {
            Token::TagToken(Tag { kind, name, .. }) => {
                let name = name.as_ref();
                if matches!(name, "script" | "style" | "title" | "textarea" | "noscript") {
                    to.inside = (kind == TagKind::StartTag).then(|| name.to_owned());
                }
                if BLOCKS.contains(&name) {
                    to.end_line();
                }
                if matches!(name, "td" | "th") && kind == TagKind::StartTag {
                    to.line.push_str(" | ");
                }
                if kind == TagKind::StartTag {
                    return match name {
                        "script" | "style" => TokenSinkResult::RawData(RawKind::Rawtext),
                        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                        _ => TokenSinkResult::Continue,
                    };
                }
            }
            Token::CharacterTokens(text) => match to.inside.as_deref() {
                None => to.line.push_str(&text),
                Some("title") => to.title.push_str(&text),
                Some(_) => {}
            },
            Token::EOFToken => to.end_line(),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The title and the blocks of a page.
pub fn blocks(text: &str) -> (Option<String>, Vec<String>) {
    let tokenizer = Tokenizer::new(BlockSink::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let collected = tokenizer.sink.collected.into_inner();
    let title = collected.title.trim().to_owned();
    ((!title.is_empty()).then_some(title), collected.lines)
}

/// Whether a text without an ending that says so is a page.
pub fn looks_like(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(64).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}
