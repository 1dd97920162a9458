//! What other people and programs do meanwhile: they write to the journal, edit the plan, and move files
//! about.

use std::fs;

use plan158::journal::event::{Outcome, RecordedAmount, RecordedFigure};
use plan158::journal::{Event, NodeName, NoteKind};
use plan158::plan::State;
use plan158::plan::metric::{Bound, Decimal, Grade, Moment, When};
use plan158::tui::effect::UndoDirection;

use super::act::{Act, PEOPLE, Place};
use super::dice::Dice;
use super::edits;
use super::world::World;

/// What other processes do.
pub fn meanwhile(world: &World, dice: &mut Dice) -> Act {
    let plan_too = world.has_plan_file();
    match dice.number(0..24) {
        0..4 if plan_too => Act::Plan(edits::edited(&world.plan_text, &world.first_plan_text, dice)),
        0..12 => Act::Write(dice.one::<&str>(&PEOPLE), events(world, dice)),
        12..16 => Act::Turn(
            dice.one::<&str>(&PEOPLE),
            if dice.happens(600) { UndoDirection::Undo } else { UndoDirection::Redo },
        ),
        16 | 17 => Act::Touch,
        _ => file(world, dice),
    }
}

/// What happens to a file of the journal, by git, by a sync tool, or by an accident.
fn file(world: &World, dice: &mut Dice) -> Act {
    let names = world.journal_files();
    let Some(name) = (!names.is_empty()).then(|| dice.one(&names).clone()) else {
        return Act::Folder(Place::Folder);
    };
    let bytes = fs::read(world.journal_dir().join(&name)).unwrap_or_default();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let line = if lines.is_empty() { Vec::new() } else { dice.one(&lines).to_vec() };
    match dice.number(0..10) {
        0 => Act::File(format!("copy-{name}"), bytes),
        1 => Act::File("broken.jsonl".to_owned(), dice.bytes()),
        2 => Act::Behind(name, dice.bytes()),
        3 => {
            // The same id with other words.
            let text = String::from_utf8_lossy(&line).replace("\"text\":\"", "\"text\":\"b");
            Act::Behind(name, text.into_bytes())
        }
        4 => Act::Cut(name, dice.small(1000)),
        5 => Act::Remove(name),
        6 => Act::Rename(name, dice.one(&names).clone()),
        7 => {
            let mut lines = lines;
            lines.reverse();
            Act::File(name, lines.concat())
        }
        8 => Act::Folder(*dice.one(&[Place::Nothing, Place::File, Place::Folder])),
        _ => Act::Folder(Place::Folder),
    }
}

/// What people say of nodes, of the plan's and of such as it has no more.
fn events(world: &World, dice: &mut Dice) -> Vec<Event> {
    let tree = &world.session().model.plan().tree;
    let keys: Vec<&str> = tree.nodes().iter().map(|node| node.key.as_str()).collect();
    let node = |dice: &mut Dice| -> NodeName {
        if keys.is_empty() || dice.happens(250) {
            (dice.word(&["gone", "left", "a1.old", "zz", "\u{202E}x", "a0"])).into()
        } else {
            (*dice.one(&keys)).into()
        }
    };
    (0..dice.number(1..3)).map(|_| event(node(dice), node(dice), dice)).collect()
}

fn event(node: NodeName, other: NodeName, dice: &mut Dice) -> Event {
    let states: Vec<State> = State::ALL.iter().copied().filter(|state| state.is_for_people()).collect();
    match dice.number(0..12) {
        0..2 => Event::Status {
            node,
            status: dice.happens(850).then(|| *dice.one(&states)),
            reason: dice.happens(400).then(|| dice.words().into()),
        },
        2 => Event::Progress { node, progress: dice.happens(800).then(|| dice.byte() % 101) },
        3..6 => Event::Note { node, kind: *dice.one(NoteKind::ALL), text: dice.words().into() },
        6 => Event::Value { node, figure: figure(dice) },
        7 => Event::Tag { node, tag: (dice.word(&["急", "urgent", "b"])).into() },
        8 => Event::Star { node },
        9 => Event::Reviewed {
            node,
            outcome: *dice.one(Outcome::ALL),
            until: None,
            seconds: dice.happens(500).then_some(7),
        },
        10 => Event::Reattach { node, to: other },
        _ => Event::Settled { node, reason: Some(dice.words().into()) },
    }
}

fn figure(dice: &mut Dice) -> RecordedFigure {
    let number = Decimal::parse(dice.word(&["65.2", "0", "-3", "9999999999.5", "70"])).unwrap();
    RecordedFigure {
        reading: RecordedAmount::Number(number),
        when: When::At(Moment::Year(*dice.one(&[1900, 2024, 2025, 2026, 2035]))),
        bound: *dice.one(Bound::ALL),
        source: dice.happens(500).then(|| "doc".into()),
        grade: dice.happens(500).then(|| *dice.one(Grade::ALL)),
        quote: None,
    }
}
