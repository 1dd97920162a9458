//! What blocks look like as lines, and that no more lines are made than are asked for.

use proptest::prelude::*;
use rstest::rstest;

use super::line::wrap_spans;
use super::*;
use crate::page::block::{Align, Inline, Line, ListItem, NoteBlock, Pair, Section, Table, Wording, Words};
use crate::page::{AnnotationItem, SectionKind};
use crate::plan::{NodeId, SourceId};
use crate::text::columns::wrap;

fn words(texts: &[&str]) -> Words {
    let wording = |text: &&str| Wording { tag: "zh".to_owned(), text: (*text).to_owned(), borrowed: false };
    Words::new(texts.iter().map(wording).collect())
}

fn plain(text: &str) -> Line {
    vec![Inline::Plain(text.to_owned())]
}

fn pair(label: &str, value: &str) -> Pair {
    Pair::new(words(&[label]), plain(value))
}

fn texts(laid: &Laid) -> Vec<String> {
    laid.lines.iter().map(StyledLine::text).collect()
}

fn layout(width_cols: usize) -> Layout {
    Layout::new(width_cols, Ui::En)
}

#[rstest]
#[case::labels_share_a_column(
    Block::Pairs(vec![pair("a", "one"), pair("bcd", "two")]),
    &["a    one", "bcd  two"]
)]
#[case::a_value_that_wraps_hangs(Block::Pairs(vec![pair("ab", "one two three four five six")]), &[
    "ab  one two three",
    "    four five six",
])]
#[case::a_long_label_has_its_own_lines(
    Block::Pairs(vec![pair("a label without an end", "x")]),
    &["a label without an", "end", "        x"]
)]
#[case::more_begins_on_its_own_line(Block::Pairs(vec![pair("ab", "one").and(plain("two"))]), &[
    "ab  one",
    "    two",
])]
#[case::a_label_of_nothing_stands_alone(Block::Pairs(vec![pair("ab", "")]), &["ab"])]
#[case::bare_pairs_have_no_label(Block::Pairs(vec![pair("ab", "one").bare(), pair("c", "d")]), &[
    "one",
    "c  d",
])]
#[case::a_paragraph_in_each_language(Block::Paragraph(vec![Inline::Words(words(&["一", "one"]))]), &["一", "one"])]
#[case::a_remark_in_the_first_language(Block::Remark(words(&["一", "one"])), &["一"])]
#[case::titles_in_every_language(
    Block::Paragraph(vec![Inline::Title(words(&["一", "one"])), Inline::Id("a.b".to_owned())]),
    &["一 · one · a.b"]
)]
#[case::lists_are_set_in(
    Block::List(vec![
        ListItem { line: plain("a"), ..ListItem::default() },
        ListItem { depth: 1, line: plain("one two three four five six"), ..ListItem::default() },
    ]),
    &["a", "  one two three four", "  five six"]
)]
#[case::escapes_are_replaced(Block::Pairs(vec![pair("\u{1b}[2J", "\u{202e}x")]), &["\u{fffd}[2J  \u{fffd}x"])]
#[case::a_cite_by_its_name(
    Block::Paragraph(vec![Inline::Cite {
        number: 3,
        source: SourceId(0),
        at: Some("p. 3".to_owned()),
        name: words(&["Report"]),
    }]),
    &["Report p. 3"]
)]
fn a_block_looks_like_this_on_twenty_columns(#[case] block: Block, #[case] expected: &[&str]) {
    let laid = blocks(&[block], &layout(20));
    assert_eq!(texts(&laid), expected);
    assert!(laid.are_all);
}

#[test]
fn a_note_has_its_head_beside_its_time_and_its_words_below() {
    let note = NoteBlock {
        when: "2026-11-22 09:00".to_owned(),
        head: plain("li"),
        item: AnnotationItem::Note("n1".into()),
        text: "one\ntwo".to_owned(),
    };
    let laid = blocks(&[Block::Note(note)], &layout(60));
    assert_eq!(texts(&laid), ["2026-11-22 09:00", "                li", "one", "two"]);
    assert_eq!(laid.lines[1].target, Some(LineTarget::Item(AnnotationItem::Note("n1".into()))));
}

fn table() -> Table {
    let row = |title: &str, count: &str, other: &str| vec![plain(title), plain(count), plain(other)];
    Table {
        columns: vec![words(&[]), words(&["c1"]), words(&["c2"])],
        rows: vec![row("Fairness of all", "缓1", "·"), row("Quality", "12", "3")],
        align: Align::Right,
        figures: Vec::new(),
    }
}

#[rstest]
#[case(40, &["                  c1  c2", "Fairness of all  缓1   ·", "Quality           12   3"])]
#[case(21, &["               c1  c2", "Fairness of…  缓1   ·", "Quality        12   3"])]
// Too narrow for columns: row by row, without what is nothing.
#[case(15, &["Fairness of all", "  c1  缓1", "Quality", "  c1  12", "  c2  3"])]
fn a_table_stands_in_columns_where_they_fit(#[case] cols: usize, #[case] expected: &[&str]) {
    assert_eq!(texts(&blocks(&[Block::Table(table())], &layout(cols))), expected);
}

#[test]
fn an_empty_line_parts_blocks_but_not_a_heading_from_what_it_heads() {
    let page = [
        Block::Heading(plain("Head")),
        Block::Aside(plain("aside")),
        Block::Remark(words(&["one"])),
        Block::Heading(plain("Next")),
        Block::Remark(words(&["two"])),
    ];
    assert_eq!(texts(&blocks(&page, &layout(20))), ["Head", "aside", "", "one", "", "Next", "two"]);
}

fn section(kind: SectionKind, heading: &str, values: &[&str]) -> Section {
    let pairs = values.iter().map(|value| pair("label", value)).collect();
    Section { kind, heading: words(&[heading]), blocks: vec![Block::Pairs(pairs)] }
}

#[test]
fn headings_stand_above_or_beside_their_section() {
    let all =
        [section(SectionKind::State, "State", &["x"]), section(SectionKind::Values, "Values", &["y", "z"])];
    let whole = Page { node: None, title: words(&["One"]), head: plain("a.b"), sections: all.to_vec() };
    assert_eq!(
        texts(&page(&whole, &layout(40))),
        ["One", "a.b", "", "State", "label  x", "", "Values", "label  y", "label  z"]
    );
    let (beside, are_all) = page_beside(&[], &whole, &layout(40));
    assert!(are_all);
    let beside: Vec<Vec<String>> =
        beside.iter().map(|lines| lines.iter().map(StyledLine::text).collect()).collect();
    assert_eq!(
        beside,
        [
            Vec::new(),
            vec!["One".to_owned(), "a.b".to_owned()],
            vec!["State   label  x".to_owned()],
            vec!["Values  label  y".to_owned(), "        label  z".to_owned()],
        ]
    );
}

#[test]
fn a_link_can_be_gone_to_from_its_first_line() {
    let link = Pair::new(words(&["to"]), vec![Inline::Title(words(&["one two three four"]))])
        .and(vec![Inline::Id("a.b".to_owned())])
        .to(LineTarget::Node(NodeId(4)));
    let laid = blocks(&[Block::Pairs(vec![link])], &layout(12));
    let looks: Vec<TextStyle> = laid.lines.iter().map(|line| line.spans[1].0).collect();
    assert_eq!(texts(&laid), ["to  one two", "    three", "    four", "    a.b"]);
    assert_eq!(looks, [TextStyle::Link, TextStyle::Link, TextStyle::Link, TextStyle::Quiet]);
    let targets: Vec<bool> = laid.lines.iter().map(|line| line.target.is_some()).collect();
    assert_eq!(targets, [true, false, false, false]);
}

proptest! {
    #[test]
    fn stretches_wrap_as_their_text_does(parts in proptest::collection::vec("[ab 教，。\\n-]{0,9}", 2..5), cols in 2usize..9) {
        let spans: Vec<_> = parts.iter().map(|part| (TextStyle::Plain, part.clone())).collect();
        let lines: Vec<String> = wrap_spans(spans, cols)
            .into_iter()
            .map(|spans| spans.into_iter().map(|(_, text)| text).collect())
            .collect();
        prop_assert_eq!(lines, wrap(&parts.concat(), cols));
    }

    #[test]
    fn the_first_lines_are_those_of_the_whole(values in proptest::collection::vec("[ab 教\\n]{0,60}", 1..6), max_lines in 0usize..12) {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let all = [section(SectionKind::State, "State", &values), section(SectionKind::Values, "Values", &values)];
        let one = Page { node: None, title: words(&["One"]), head: plain("a.b"), sections: all.to_vec() };
        let whole = page(&one, &layout(16));
        let some = page(&one, &Layout { max_lines, ..layout(16) });
        prop_assert!(whole.are_all);
        prop_assert_eq!(&some.lines[..], &whole.lines[..max_lines.min(whole.lines.len())]);
        prop_assert_eq!(some.are_all, whole.lines.len() <= max_lines);
    }
}
