//! Runs of the monkey, and what is said of one that failed: its seed, and the fewest inputs that fail the
//! same way.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Once;
use std::time::{Duration, Instant};

use super::act::{Act, Beginning};
use super::dice::Dice;
use super::hand::Hand;
use super::world::World;

/// Steps of an episode at most.
const EPISODE: usize = 600;

/// Inputs shown of a failure.
const SHOWN: usize = 40;

/// Longest time spent on leaving inputs out.
const SHRINK: Duration = Duration::from_secs(90);

thread_local! {
    /// Where and why this thread panicked last.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Whether this thread's panics are expected, and said later.
    static IS_WATCHED: RefCell<bool> = const { RefCell::new(false) };
}

/// A claim that failed, or a panic.
pub struct Failure {
    seed: u64,
    why: String,
    beginning: Beginning,
    acts: Vec<Act>,
    fewest: Vec<Act>,
}

/// Runs so many steps from a seed, an episode after the other; what failed, each kind once.
pub fn run(seed: u64, steps: usize) -> Vec<Failure> {
    let mut failures: Vec<Failure> = Vec::new();
    let mut left = steps;
    let mut seed = seed;
    while left > 0 {
        let mut dice = Dice::new(seed);
        let beginning = Beginning::thrown(&mut dice);
        let length = dice.number(EPISODE / 6..EPISODE).min(left);
        if let Some(mut failure) = episode(seed, &beginning, length, &mut dice)
            && failures.iter().all(|known| place(&known.why) != place(&failure.why))
        {
            failure.fewest = fewest(&beginning, &failure.acts, &failure.why);
            failures.push(failure);
        }
        left -= length;
        seed = seed.wrapping_add(1);
    }
    failures
}

fn episode(seed: u64, beginning: &Beginning, length: usize, dice: &mut Dice) -> Option<Failure> {
    let mut acts = Vec::new();
    let mut hand = Hand::default();
    let ran = watched(|| {
        let mut world = World::open(beginning);
        for _ in 0..length {
            let act = hand.next(&world, dice);
            acts.push(act.clone());
            world.apply(&act);
        }
    });
    let why = ran.err()?;
    Some(Failure { seed, why, beginning: beginning.clone(), acts, fewest: Vec::new() })
}

/// Runs something; why it panicked, where it did.
fn watched(run: impl FnOnce()) -> Result<(), String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let place = info.location().map_or(String::new(), ToString::to_string);
            PANIC.set(Some(format!("{}\n  at {place}", message(info.payload()))));
            if !IS_WATCHED.with_borrow(|is_watched| *is_watched) {
                usual(info);
            }
        }));
    });
    IS_WATCHED.set(true);
    let ran = panic::catch_unwind(AssertUnwindSafe(run));
    IS_WATCHED.set(false);
    ran.map_err(|_| PANIC.take().unwrap_or_default())
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without words").to_owned()
}

/// The place of a failure, by which it is known again.
fn place(why: &str) -> &str {
    why.rsplit_once("\n  at ").map_or(why, |(_, place)| place)
}

/// Leaves inputs out, many at first and then single ones, as long as it fails at the same place.
fn fewest(beginning: &Beginning, acts: &[Act], why: &str) -> Vec<Act> {
    let until = Instant::now() + SHRINK;
    let mut kept = acts.to_vec();
    let mut size = kept.len().div_ceil(2);
    loop {
        let mut at = 0;
        let before = kept.len();
        while at < kept.len() && Instant::now() < until {
            let end = (at + size).min(kept.len());
            let fewer: Vec<Act> = kept[..at].iter().chain(&kept[end..]).cloned().collect();
            if fails(beginning, &fewer, why) { kept = fewer } else { at = end }
        }
        if Instant::now() >= until || (size == 1 && kept.len() == before) {
            return kept;
        }
        size = size.div_ceil(2).max(1);
    }
}

fn fails(beginning: &Beginning, acts: &[Act], why: &str) -> bool {
    let again = watched(|| {
        let mut world = World::open(beginning);
        acts.iter().for_each(|act| world.apply(act));
    });
    again.is_err_and(|again| place(&again) == place(why))
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, why, beginning, acts, fewest } = self;
        let step = acts.len();
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("monkey-{seed}.txt"));
        let list = |acts: &[Act]| acts.iter().map(|act| format!("{act:?}\n")).collect::<String>();
        let text = format!("{beginning:#?}\n\n{}\nfewest:\n{}", list(acts), list(fewest));
        writeln!(out, "{why}\n")?;
        writeln!(
            out,
            "seed {seed}, step {step}. Again: PLAN158_MONKEY_SEED={seed} PLAN158_MONKEY_STEPS={step}"
        )?;
        if fs::write(&all, text).is_ok() {
            writeln!(out, "Everything is in {}.", all.display())?;
        }
        writeln!(out, "It began in {} at {}.", beginning.languages, beginning.size)?;
        for act in &fewest[fewest.len().saturating_sub(SHOWN)..] {
            let line = format!("{act:?}");
            let short: String = line.chars().take(200).collect();
            writeln!(out, "  {short}")?;
        }
        writeln!(out, "The last inputs of the whole:")?;
        for act in &acts[acts.len().saturating_sub(SHOWN)..] {
            let short: String = format!("{act:?}").chars().take(120).collect();
            writeln!(out, "  {short}")?;
        }
        Ok(())
    }
}
