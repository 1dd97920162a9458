//! What terminals send, whole and cut off.

use super::*;
use crate::tui::chord::Chord;
use proptest::prelude::*;
use rstest::rstest;

/// What events say, as keymaps write keys.
fn said(event: &Event) -> String {
    match event {
        Event::Key(key) => Chord::from_event(*key).map_or_else(|| "-".to_owned(), |chord| chord.to_string()),
        Event::Paste(text) => format!("«{text}»"),
        Event::Mouse(MouseEvent { kind: MouseEventKind::Down(_), column, row, .. }) => {
            format!("click {column},{row}")
        }
        Event::Mouse(MouseEvent { kind: MouseEventKind::ScrollUp, .. }) => "up".to_owned(),
        Event::Mouse(MouseEvent { kind: MouseEventKind::ScrollDown, .. }) => "down".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Reads pieces with a pause after each; a pause of a second where something has begun.
fn read(pieces: &[&[u8]]) -> String {
    let mut decoder = Decoder::default();
    let mut out = Vec::new();
    for piece in pieces {
        decoder.take(piece);
        out.extend(decoder.events().map(|event| said(&event)));
        if decoder.patience().is_some() {
            decoder.give_up();
            out.extend(decoder.events().map(|event| said(&event)));
        }
    }
    out.join(" ")
}

#[rstest]
#[case::letters(b"jG", "j G")]
#[case::chinese("教育".as_bytes(), "教 育")]
#[case::control(b"\x04\x1a\x08\x00", "C-d C-z Backspace C-Space")]
#[case::named(b"\r\t\x7f", "Enter Tab Backspace")]
#[case::escape(b"\x1b", "Esc")]
#[case::escape_twice(b"\x1b\x1b", "Esc Esc")]
#[case::alt(b"\x1bx\x1b\r", "A-x A-Enter")]
#[case::alt_chinese("\x1b教".as_bytes(), "A-教")]
#[case::arrows(b"\x1b[A\x1bOB\x1b[1;5C\x1b\x1b[D", "Up Down C-Right Esc Left")]
#[case::ends(b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1bOH", "Home End Home End Home End Home")]
#[case::pages(b"\x1b[5~\x1b[6~\x1b[3~\x1b[5;5~", "PageUp PageDown Delete C-PageUp")]
#[case::function(b"\x1bOP\x1b[15~\x1b[17~\x1b[24~\x1b[[A\x1b[1;2R", "F1 F5 F6 F12 F1 F3")]
#[case::back_tab(b"\x1b[Z", "S-Tab")]
#[case::by_character(b"\x1b[106;5u\x1b[27u\x1b[9;2u\x1b[106;1:3u", "C-j Esc S-Tab -")]
#[case::wheel(b"\x1b[<64;5;7M\x1b[<65;5;7M", "up down")]
#[case::click(b"\x1b[<0;5;7M\x1b[<0;5;7m", "click 4,6")]
#[case::click_far(b"\x1b[<0;65535;65535M", "click 65534,65534")]
#[case::click_nowhere(b"\x1b[<0;0;0M", "click 0,0")]
#[case::plain_click(b"\x1b[M !!j", "click 0,0 j")]
#[case::plain_click_nowhere(b"\x1b[M   j", "click 0,0 j")]
#[case::paste(b"\x1b[200~q\r\x1b[A\x1b[201~j", "«q\r\x1b[A» j")]
#[case::answers(b"\x1b[3;4R\x1b[?62;4c\x1b[?1u\x1b[I\x1b[Oj", "j")]
fn what_terminals_send(#[case] bytes: &[u8], #[case] expected: &str) {
    assert_eq!(read(&[bytes]), expected);
}

#[rstest]
#[case::mouse(b"\x1b[<0;1", "")]
#[case::mouse_bare(b"\x1b[<", "")]
#[case::plain_mouse(b"\x1b[M !", "")]
#[case::parameters(b"\x1b[1;5", "")]
#[case::console(b"\x1b[[", "")]
#[case::character(b"\xe6\x95", "")]
#[case::no_character(b"\xff\x80\xc0\xf8", "")]
#[case::alt_bracket(b"\x1b[", "A-[ ")]
#[case::alt_o(b"\x1bO", "A-O ")]
fn what_is_cut_off_ends_with_a_pause_and_the_next_key_counts(#[case] cut: &[u8], #[case] before: &str) {
    assert_eq!(read(&[cut, b"j"]), format!("{before}j"));
    assert_eq!(read(&[cut, b"\x1b[A"]), format!("{before}Up"));
}

#[rstest]
#[case::mouse(b"\x1b[<0;1jkG", "j k G")]
#[case::by_another(b"\x1b[<0;1\x1b[<65;1;1M", "down")]
#[case::parameters(b"\x1b[1;5\x1b[B", "Down")]
#[case::by_a_control(b"\x1b[<0\r", "Enter")]
#[case::by_chinese("\x1b[<0教".as_bytes(), "教")]
#[case::plain_mouse(b"\x1b[M \x1b[B", "Down")]
#[case::console(b"\x1b[[j", "j")]
#[case::single_shift(b"\x1bOj", "A-O j")]
#[case::character(b"\xe6\x95j", "j")]
#[case::character_by_another("\u{e6}".as_bytes(), "æ")]
fn what_is_cut_off_swallows_no_key_after_it(#[case] bytes: &[u8], #[case] expected: &str) {
    assert_eq!(read(&[bytes]), expected);
}

#[test]
fn endless_parameters_are_neither_kept_nor_typed() {
    let mut decoder = Decoder::default();
    decoder.take(b"\x1b[<");
    for _ in 0..10_000 {
        decoder.take(b"1;1;1;1;");
    }
    assert!(decoder.held.len() <= MAX_SEQUENCE_BYTES + 1, "{}", decoder.held.len());
    decoder.take(b"Mj");
    assert_eq!(decoder.events().map(|event| said(&event)).collect::<Vec<_>>(), ["j"]);
}

#[test]
fn a_paste_that_never_ends_shows_what_is_typed_after_it_until_escape() {
    assert_eq!(read(&[b"\x1b[200~one two", b" three", b"q", b"\x1b", b"q"]), "«one two» « three» «q» Esc q");
    assert_eq!(read(&[b"\x1b[200~one", b"\x03", b"q"]), "«one» C-c q");
    assert_eq!(read(&[b"\x1b[200~", b"\x1b", b"q"]), "Esc q");
    assert_eq!(read(&[b"\x1b[200~\x03\x1b[201~q"]), "«\u{3}» q", "pasted it is no key");
}

#[test]
fn a_paste_that_pauses_goes_on_as_one() {
    // Not in the middle of a character, of the end mark or of white space.
    let pieces: [&[u8]; 5] = [b"\x1b[200~a b \r", b"\nc \xe6\x95", b"\x99d\x1b[20", b"1~", b"j"];
    assert_eq!(read(&pieces), "«a b» « \r\nc» « 教d» «» j");
}

#[test]
fn a_paste_without_bound_is_kept_to_a_bound_and_still_ends() {
    let mut decoder = Decoder::default();
    decoder.take(b"\x1b[200~");
    let piece = [b'x'; 1 << 16];
    for _ in 0..(MAX_PASTE_BYTES >> 16) + 3 {
        decoder.take(&piece);
        assert!(decoder.held.len() <= MAX_PASTE_BYTES + PASTE_END.len());
    }
    decoder.take(b"\x1b[201~j");
    let events: Vec<Event> = decoder.events().collect();
    assert!(matches!(&events[0], Event::Paste(text) if text.len() == MAX_PASTE_BYTES));
    assert_eq!(said(&events[1]), "j");
}

#[test]
fn a_pause_with_nothing_new_asks_for_no_further_one() {
    let mut decoder = Decoder::default();
    decoder.take(b"\x1b[200~word  ");
    assert_eq!(decoder.patience(), Some(PASTE_PAUSE));
    decoder.give_up();
    assert_eq!(decoder.events().count(), 1);
    assert_eq!(decoder.patience(), None, "it sleeps until something comes");
}

/// Bytes as terminals and their faults send them.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop_oneof![
        Just(b"\x1b".to_vec()),
        Just(b"\x1b[".to_vec()),
        Just(b"\x1b[<0;1".to_vec()),
        Just(b"\x1b[M".to_vec()),
        Just(b"\x1bO".to_vec()),
        Just(b"\x1b[200~".to_vec()),
        Just(b"\x1b[201~".to_vec()),
        Just("教".as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 0..6),
        "[0-9;:<?MmA-Zu~]{0,12}".prop_map(String::into_bytes),
    ];
    proptest::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn after_anything_and_a_pause_a_key_is_a_key(mut bytes in bytes()) {
        // Escape leaves a paste that has no end; by itself it changes nothing.
        bytes.extend_from_slice(b"   ");
        let said = read(&[&bytes, b"\x1b", b"j"]);
        prop_assert!(said == "Esc j" || said.ends_with(" Esc j"), "{said}");
    }

    #[test]
    fn it_does_not_matter_how_bytes_are_torn(bytes in bytes(), at in 0usize..64) {
        let at = at.min(bytes.len());
        let events = |pieces: [&[u8]; 2]| {
            let mut decoder = Decoder::default();
            pieces.into_iter().for_each(|piece| decoder.take(piece));
            decoder.events().collect::<Vec<_>>()
        };
        prop_assert_eq!(events([&bytes, b""]), events([&bytes[..at], &bytes[at..]]));
    }
}
