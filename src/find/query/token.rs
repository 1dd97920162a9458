//! A query's text cut into tokens with their places. Full-width signs count as their ASCII twins, as input
//! methods type them.

use std::ops::Range;

use super::Polarity;
use crate::find::word::{Matching, WordAnchor};

/// A token. All ranges are bytes of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// `|` on its own.
    Bar(Range<usize>),
    /// `name:value`, perhaps with a value that is empty yet.
    Field {
        sense: Polarity,
        name: Range<usize>,
        colon: Range<usize>,
        /// The value, without quotation marks.
        value: Range<usize>,
    },
    /// A word or a phrase.
    Word {
        sense: Polarity,
        /// Fuzzy or as it stands.
        matching: Matching,
        anchor: WordAnchor,
        bytes: Range<usize>,
        text: Range<usize>,
    },
    /// A quotation mark that is not closed.
    OpenQuote(Range<usize>),
}

/// The tokens of a query, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut cursor = TokenCursor { text, at: 0 };
    loop {
        cursor.skip(char::is_whitespace);
        if cursor.at >= text.len() {
            return out;
        }
        token(&mut cursor, &mut out);
    }
}

struct TokenCursor<'a> {
    text: &'a str,
    at: usize,
}

impl TokenCursor<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        while let Some(c) = self.peek().filter(|c| wanted(*c)) {
            self.at += c.len_utf8();
        }
        start..self.at
    }

    /// Takes one character where it, or its full-width form, is the sign.
    fn take(&mut self, sign: char) -> Option<Range<usize>> {
        let c = self.peek().filter(|c| twin(*c) == sign)?;
        let start = self.at;
        self.at += c.len_utf8();
        Some(start..self.at)
    }

    /// What stands between two quotation marks; the cursor is after the first. The end is `None` where there
    /// is no second.
    fn quoted(&mut self) -> (Range<usize>, Option<Range<usize>>) {
        let inside = self.skip(|c| c != '"' && c != '＂');
        (inside, self.take('"'))
    }
}

/// The ASCII twin of a full-width sign.
fn twin(c: char) -> char {
    match c {
        '！' => '!',
        '｜' => '|',
        '：' => ':',
        '＾' => '^',
        '＄' | '￥' => '$',
        '＇' => '\'',
        '＂' => '"',
        c => c,
    }
}

fn token(cursor: &mut TokenCursor, out: &mut Vec<Token>) {
    let start = cursor.at;
    let rest = cursor.text[start..].split(char::is_whitespace).next().unwrap_or_default();
    if rest.chars().map(twin).eq(['|']) {
        cursor.at += rest.len();
        out.push(Token::Bar(start..cursor.at));
        return;
    }
    let sense = if cursor.take('!').is_some() { Polarity::IsNot } else { Polarity::Is };
    if let Some(open) = cursor.take('"') {
        let (inside, close) = cursor.quoted();
        if close.is_none() {
            out.push(Token::OpenQuote(open.start..cursor.at));
        }
        let bytes = start..cursor.at;
        out.push(Token::Word {
            sense,
            matching: Matching::Exact,
            anchor: WordAnchor::Free,
            bytes,
            text: inside,
        });
        return;
    }
    let body = cursor.at;
    let plain = cursor.skip(|c| !c.is_whitespace() && twin(c) != ':');
    if let Some(colon) = cursor.take(':').filter(|_| is_name(&cursor.text[plain.clone()])) {
        out.extend(field(cursor, sense, plain, colon));
        return;
    }
    cursor.skip(|c| !c.is_whitespace());
    out.push(word(cursor, sense, start..cursor.at, body..cursor.at));
}

/// Whether a field's name could be written so.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

fn field(cursor: &mut TokenCursor, sense: Polarity, name: Range<usize>, colon: Range<usize>) -> Vec<Token> {
    let open = cursor.take('"');
    let (value, problem) = match open {
        Some(open) => {
            let (inside, close) = cursor.quoted();
            let problem = close.is_none().then_some(Token::OpenQuote(open.start..cursor.at));
            (inside, problem)
        }
        None => (cursor.skip(|c| !c.is_whitespace()), None),
    };
    problem.into_iter().chain([Token::Field { sense, name, colon, value }]).collect()
}

fn word(cursor: &TokenCursor, sense: Polarity, bytes: Range<usize>, body: Range<usize>) -> Token {
    let mut text = body;
    let written = |text: &Range<usize>| cursor.text[text.clone()].chars();
    let mut matching = match sense {
        Polarity::Is => Matching::Fuzzy,
        Polarity::IsNot => Matching::Exact,
    };
    if let Some(c) = written(&text).next().filter(|c| twin(*c) == '\'') {
        text.start += c.len_utf8();
        matching = Matching::Exact;
    }
    let mut anchor = WordAnchor::Free;
    if let Some(c) = written(&text).next().filter(|c| twin(*c) == '^') {
        text.start += c.len_utf8();
        anchor = WordAnchor::Start;
    }
    if let Some(c) = written(&text).next_back().filter(|c| twin(*c) == '$') {
        text.end -= c.len_utf8();
        anchor = if anchor == WordAnchor::Start { WordAnchor::Both } else { WordAnchor::End };
    }
    Token::Word { sense, matching, anchor, bytes, text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn shown(text: &str) -> String {
        let show = |token: &Token| match token {
            Token::Bar(_) => "or".to_owned(),
            Token::Field { sense, name, value, .. } => {
                format!("{sense:?} {}={}", &text[name.clone()], &text[value.clone()])
            }
            Token::Word { sense, matching, anchor, text: word, .. } => {
                format!("{sense:?} {matching:?} {anchor:?} {}", &text[word.clone()])
            }
            Token::OpenQuote(_) => "open".to_owned(),
        };
        tokens(text).iter().map(show).collect::<Vec<_>>().join("; ")
    }

    #[rstest]
    #[case("zhiye jy", "Is Fuzzy Free zhiye; Is Fuzzy Free jy")]
    #[case(
        "'exact ^start end$ ^all$",
        "Is Exact Free exact; Is Fuzzy Start start; Is Fuzzy End end; Is Fuzzy Both all"
    )]
    #[case("!not a | b", "IsNot Exact Free not; Is Fuzzy Free a; or; Is Fuzzy Free b")]
    #[case("\"two words\" x", "Is Exact Free two words; Is Fuzzy Free x")]
    #[case("\"open end", "open; Is Exact Free open end")]
    #[case("kind:goal !level:x", "Is kind=goal; IsNot level=x")]
    #[case("tag:\"职业 教育\"", "Is tag=职业 教育")]
    #[case("类型：目标", "Is 类型=目标")]
    #[case("！教育 ｜ ＾重庆", "IsNot Exact Free 教育; or; Is Fuzzy Start 重庆")]
    #[case("kind:", "Is kind=")]
    #[case("2027年：取得", "Is Fuzzy Free 2027年：取得")]
    #[case("a|b :x", "Is Fuzzy Free a|b; Is Fuzzy Free :x")]
    #[case("　 ", "")]
    fn a_query_falls_into_tokens(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(shown(text), expected);
    }

    proptest! {
        #[test]
        fn any_text_has_tokens_that_lie_in_it(text in "[ a|!'^$\":：！“a-c职🙂\u{202E}\u{301}]{0,40}") {
            for token in tokens(&text) {
                let ranges = match token {
                    Token::Bar(bytes) | Token::OpenQuote(bytes) => vec![bytes],
                    Token::Field { name, colon, value, .. } => vec![name, colon, value],
                    Token::Word { bytes, text, .. } => vec![bytes, text],
                };
                prop_assert!(ranges.into_iter().all(|bytes| text.get(bytes).is_some()));
            }
        }
    }
}
