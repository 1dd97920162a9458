//! Draws the screens of a plan158 binary: runs it on a pseudo-terminal, types, and prints what the terminal
//! shows.
//!
//! `cargo run --example screens -- BINARY COLSxLINES [ARGUMENTS OF PLAN158]…`, with the keys on standard
//! input: each line is typed and then the screen is printed, the first time before anything is typed. Keys
//! stand apart; `Enter`, `Esc`, `Tab`, `S-Tab`, `Space`, `Backspace`, `C-x` are keys, `Wait` waits for a
//! second, and all else is typed as it is written: `3j l /zhiye Enter`. The binary may be an older or a newer
//! one than this program.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a report, not a program")]

use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};
use std::num::NonZeroU16;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use vt100::Parser;

/// How many looks in a row must find nothing moving before the next key. Looks are counted, not time: on a
/// busy machine this program waits too.
const BETWEEN_KEYS: u32 = 10;
/// The same before the screen is printed: longer than what the program itself waits for before it reads again
/// what has changed.
const BEFORE_PRINTING: u32 = 60;
/// Between two looks.
const A_LOOK: Duration = Duration::from_millis(5);
/// `Wait` lets a review take at least a second for a decision, so that the time it expects to need is the
/// same in each run.
const A_WHILE: Duration = Duration::from_millis(1100);
/// Longest wait for a screen.
const LIMIT: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("screens: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What the terminal shows, and how much was written to it.
struct Seen {
    parser: Parser,
    bytes: usize,
    over: bool,
}

fn run() -> Result<()> {
    let mut args = std::env::args_os().skip(1);
    let (Some(binary), Some(size)) = (args.next(), args.next()) else {
        bail!(
            "takes a binary, a size like 80x24 and the arguments of plan158; keys come from standard input"
        );
    };
    let (cols, lines) = parse_size(&size).context("the size is written as 80x24")?;
    let pair = native_pty_system().openpty(PtySize {
        rows: lines.get(),
        cols: cols.get(),
        pixel_width: 0,
        pixel_height: 0,
    })?;
    let mut command = CommandBuilder::new(binary);
    command.args(args);
    command.cwd(std::env::current_dir()?);
    let mut child = pair.slave.spawn_command(command)?;
    drop(pair.slave);
    let pid = child.process_id().context("the program has no process id")?;
    let mut keys = pair.master.take_writer()?;
    let seen = Arc::new(Mutex::new(Seen { parser: Parser::new(lines, cols, 0), bytes: 0, over: false }));
    let reader = pair.master.try_clone_reader()?;
    thread::spawn({
        let seen = Arc::clone(&seen);
        move || read(reader, &seen)
    });
    print_screen("(start)", &seen, pid)?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        for key in line.split_whitespace().flat_map(keys_of) {
            if key.is_empty() {
                thread::sleep(A_WHILE);
            }
            // Each key has had its effect before the next: what shows on the way decides where a list stands.
            if keys.write_all(&key).and_then(|()| keys.flush()).is_err() {
                break;
            }
            settle(&seen, pid, BETWEEN_KEYS)?;
        }
        print_screen(&line, &seen, pid)?;
    }
    child.kill().ok();
    child.wait()?;
    Ok(())
}

fn parse_size(size: &OsString) -> Option<(NonZeroU16, NonZeroU16)> {
    let (cols, lines) = size.to_str()?.split_once('x')?;
    Some((cols.parse().ok()?, lines.parse().ok()?))
}

/// What a terminal sends for a word of the input, key by key; nothing for `Wait`.
fn keys_of(word: &str) -> Vec<Vec<u8>> {
    let named = match word {
        "Wait" => "",
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Tab" => "\t",
        "S-Tab" => "\x1b[Z",
        "Space" => " ",
        "Backspace" => "\x7f",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "PageUp" => "\x1b[5~",
        "PageDown" => "\x1b[6~",
        word => match word.as_bytes() {
            [b'C', b'-', letter @ b'a'..=b'z'] => return vec![vec![letter & 0x1F]],
            _ => return word.chars().map(|c| c.to_string().into_bytes()).collect(),
        },
    };
    vec![named.as_bytes().to_vec()]
}

fn read(mut from: Box<dyn Read + Send>, seen: &Mutex<Seen>) {
    let mut buffer = [0; 65536];
    loop {
        let count = from.read(&mut buffer).unwrap_or(0);
        let mut now = seen.lock().unwrap_or_else(PoisonError::into_inner);
        now.parser.process(&buffer[..count]);
        now.bytes += count;
        now.over = count == 0;
        if now.over {
            return;
        }
    }
}

/// Waits until the program waits, and nothing has come from it in so many looks.
fn settle(seen: &Mutex<Seen>, pid: u32, looks: u32) -> Result<()> {
    let begun = Instant::now();
    let (mut quiet, mut before) = (0, 0);
    while quiet < looks {
        thread::sleep(A_LOOK);
        let (bytes, over) = {
            let now = seen.lock().unwrap_or_else(PoisonError::into_inner);
            (now.bytes, now.over)
        };
        if over {
            return Ok(());
        }
        // The first screen takes as long as it takes.
        let moves = bytes == 0 || bytes != before || is_at_work(pid);
        quiet = if moves { 0 } else { quiet + 1 };
        before = bytes;
        if begun.elapsed() > LIMIT {
            bail!("the screen never came to rest");
        }
    }
    Ok(())
}

/// Whether any thread of a process runs or wants to; where the system does not say, only its output counts.
fn is_at_work(pid: u32) -> bool {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    tasks.into_iter().any(|task| {
        let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with(['R', 'D']))
    })
}

fn print_screen(keys: &str, seen: &Mutex<Seen>, pid: u32) -> Result<()> {
    settle(seen, pid, BEFORE_PRINTING)?;
    let now = seen.lock().unwrap_or_else(PoisonError::into_inner);
    let screen = now.parser.screen();
    println!("-- {keys}");
    for row in screen.rows(0, screen.size().1.get()) {
        println!("{}", row.trim_end());
    }
    let (line, column) = screen.cursor_position();
    match (now.over, screen.hide_cursor()) {
        (true, _) => println!("[ended]"),
        (false, true) => println!("[cursor hidden]"),
        (false, false) => println!("[cursor {column},{line}]"),
    }
    Ok(())
}
