//! What the terminal is asked before the first frame, and what comes of its answers.

use crate::pty::{Home, Tty};

const QUESTIONS: &str = "\x1b]11;?\x1b\\\x1b[2;1H“\x1b[6n\x1b[2;1H\x1b[K\x1b[c";

/// Colours of the accent, as they are written.
const ON_DARK: &str = "38;5;80";
const ON_LIGHT: &str = "38;5;23";

fn quit(mut tty: Tty) -> String {
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.said()
}

#[test]
fn the_colours_are_those_for_the_background_and_no_answer_is_a_key() {
    for (background, expected, other) in
        [("rgb:ffff/ffff/ffff", ON_LIGHT, ON_DARK), ("rgb:1717/1414/2121", ON_DARK, ON_LIGHT)]
    {
        let home = Home::new();
        let mut tty = Tty::start(&home, 80, 24);
        tty.wait_said(QUESTIONS);
        // What was typed meanwhile is not lost.
        tty.keys(&format!("j\x1b]11;{background}\x1b\\\x1b[2;2Rj\x1b[?62;22c"));
        tty.wait_on("Node 2.");
        let said = quit(tty);
        assert!(said.contains(expected) && !said.contains(other), "{background}");
    }
}

#[test]
fn a_terminal_that_says_nothing_gets_no_colours_and_its_late_answer_counts() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_on("The goal");
    assert!(!tty.said().contains("38;5;"));
    tty.keys("\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[2;3R\x1b[?62;22cj");
    tty.wait_on("Node 1.");
    tty.wait_said(ON_LIGHT);
    quit(tty);
}

#[test]
fn lines_are_of_ascii_where_the_terminal_draws_what_is_ambiguous_as_wide() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_said(QUESTIONS);
    tty.keys("\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[2;3R\x1b[?62;22c");
    tty.wait_on("The goal");
    tty.screen(|screen| {
        let text = screen.contents();
        assert!(!text.contains(['─', '│', '▾', '▸']), "{text}");
        assert!(text.contains("----"), "{text}");
    });
    quit(tty);
}

#[test]
fn nothing_is_asked_where_all_is_said() {
    for variables in [
        &[("PLAN158_THEME", "dark"), ("PLAN158_AMBIGUOUS_WIDTH", "1")][..],
        &[("TERM", "vt100")],
        &[("TERM", "linux")],
    ] {
        let home = Home::new();
        let tty = Tty::start_in(&home, variables);
        tty.wait_on("The goal");
        let said = quit(tty);
        assert!(!said.contains("\x1b]11") && !said.contains("\x1b[6n"), "{variables:?}");
        assert_eq!(said.contains("38;5;"), variables[0].1 != "vt100", "{variables:?}");
    }
}

#[test]
fn no_color_holds_whatever_the_background_is() {
    let home = Home::new();
    let mut tty = Tty::start_in(&home, &[("NO_COLOR", "1"), ("PLAN158_THEME", "light")]);
    tty.wait_said("\x1b[c");
    tty.keys("\x1b[2;2R\x1b[?62;22c");
    tty.wait_on("The goal");
    let said = quit(tty);
    assert!(!said.contains("\x1b]11") && !said.contains("38;5;"));
}

#[test]
fn a_terminal_whose_cursor_cannot_move_is_told_so() {
    let home = Home::new();
    let mut tty = Tty::start_with(&home, "TERM", "dumb");
    assert_eq!(tty.ended().exit_code(), 2);
    let said = tty.said();
    assert!(said.contains("TERM is dumb") && !said.contains('\x1b'), "{said}");
}
