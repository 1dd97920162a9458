//! A monkey at the keyboard: random keys, mouse, pastes and sizes go through the real `update` and `draw`,
//! while other processes change the plan's file and the journal's folder between any two keys. After each
//! step it checks what a user counts on (`monkey/claims.rs`); a claim that fails ends its episode and is told
//! with its seed and the inputs that led there, each kind of failure once.
//!
//! ```text
//! cargo test --test screens monkey                                # some thousand steps from fixed seeds
//! PLAN158_MONKEY_SEED=7 cargo test --test screens monkey          # another seed
//! PLAN158_MONKEY_SEED=7 PLAN158_MONKEY_STEPS=50000 cargo test --test screens monkey
//! ```
//!
//! `PLAN158_MONKEY_SEED` is a whole number; one seed runs in place of the fixed ones. `PLAN158_MONKEY_STEPS`
//! is how many steps each seed takes. A run is made of episodes, each a program that is started on a plan of
//! its own: the first has the seed given, each later one the next number. A failure names the seed of its
//! episode, with which it comes again at once. Its inputs are then left out in turn until no fewer fail the
//! same way, and the rest is printed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "monkey/act.rs"]
mod act;
#[path = "monkey/claims.rs"]
mod claims;
#[path = "monkey/dice.rs"]
mod dice;
#[path = "monkey/edits.rs"]
mod edits;
#[path = "monkey/hand.rs"]
mod hand;
#[path = "monkey/others.rs"]
mod others;
#[path = "monkey/replay.rs"]
mod replay;
#[path = "monkey/selections.rs"]
mod selections;
#[path = "monkey/world.rs"]
mod world;

use std::env;
use std::thread;

use replay::run;

/// The seeds of every `cargo test`.
const SEEDS: [u64; 3] = [158, 2_035, 0x5eed];

/// Steps of each seed in every `cargo test`.
const STEPS: usize = 700;

fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    let number = text.trim().parse();
    Some(number.unwrap_or_else(|_| panic!("{name} is a whole number, not {text:?}")))
}

#[test]
fn whatever_is_typed_while_files_change_breaks_nothing_that_a_user_counts_on() {
    let seeds = number("PLAN158_MONKEY_SEED").map_or(SEEDS.to_vec(), |seed| vec![seed]);
    let steps = number("PLAN158_MONKEY_STEPS").map_or(STEPS, |steps| usize::try_from(steps).unwrap());
    // Most of the time goes by in waiting for the disk.
    let failures: Vec<String> = thread::scope(|scope| {
        let runs: Vec<_> = seeds.into_iter().map(|seed| scope.spawn(move || run(seed, steps))).collect();
        runs.into_iter().flat_map(|run| run.join().unwrap()).map(|failure| failure.to_string()).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n────\n"));
}
