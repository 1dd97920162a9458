//! Bytes of any kind, through the terminal's real decoder: invalid text, sequences that break off, keys that
//! nobody has.

use std::sync::mpsc::channel;
use std::time::Duration;

use rstest::rstest;

use crate::pty::{Home, Tty};

/// Sequences as terminals send them; some are sent in part only.
const SEQUENCES: [&[u8]; 14] = [
    b"\x1b[<0;10;5M",
    b"\x1b[<65;3;4M",
    b"\x1b[<0;99999;99999M",
    b"\x1b[200~pasted \xff\xfe text\x1b[201~",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b[1;5C",
    b"\x1b[A",
    b"\x1bOP",
    b"\x1b[9999999999~",
    b"\x1b[?1;2c",
    b"\x1b]11;rgb:0000/0000/0000\x07",
    "教育😀".as_bytes(),
    b"\xf0\x9f\x98",
];

/// Bytes that would end the program, stop it, or give the terminal to an editor.
const LEAVING: [u8; 4] = *b"qQA\x1a";

fn bytes(dice: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = match dice.u8(0..4) {
        0 => (0..dice.usize(1..60)).map(|_| dice.u8(..)).collect(),
        1 => (0..dice.usize(1..20)).map(|_| dice.u8(32..127)).collect(),
        kind => {
            let sequence = SEQUENCES[dice.usize(0..SEQUENCES.len())];
            let end = if kind == 2 { sequence.len() } else { dice.usize(0..sequence.len()) };
            sequence[..end].to_vec()
        }
    };
    bytes.retain(|byte| !LEAVING.contains(byte));
    bytes
}

#[rstest]
#[case(1)]
#[case(2_035)]
fn bytes_of_any_kind_end_nothing_and_lose_nothing(#[case] seed: u64) {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    let mut dice = fastrand::Rng::with_seed(seed);
    for _ in 0..400 {
        tty.bytes(&bytes(&mut dice));
    }
    // A report of the mouse or a paste that broke off gets its end; then everything that lies over the
    // outline is left.
    tty.bytes(b"M\x1b[201~");
    let (_never, pause) = channel::<()>();
    for _ in 0..40 {
        assert!(tty.is_running(), "it ended:\n{}", tty.said());
        tty.keys("\x1b");
        let _ = pause.recv_timeout(Duration::from_millis(20));
    }
    tty.keys("Q");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.assert_clean();
    assert!(!tty.said().contains("panicked"));
}
