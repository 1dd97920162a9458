//! What the monkey does next: mostly what makes sense where the keys go now, so that it reaches everything; sometimes anything.

use std::collections::VecDeque;
use std::fs;

use crossterm::event::{
    Event as Terminal, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent, MouseEventKind,
};
use plan158::journal::event::{Figure, Outcome, Reading};
use plan158::journal::{Event, Name, NoteKind};
use plan158::plan::State;
use plan158::plan::metric::{Bound, Decimal, Grade, Moment, When};
use plan158::tui::chord::{Alt, Chord, Ctrl, Key, Named};
use plan158::tui::command::{COMMANDS, Command, CommandId, Context, Group, On};
use plan158::tui::compose::Asks;
use plan158::tui::message::{Cell, Mouse, Size};
use plan158::tui::model::Model;
use plan158::tui::recorder::Turn;

use crate::act::{Act, PEOPLE, Place};
use crate::dice::{Dice, WORDS};
use crate::edits;
use crate::world::World;

/// What is planned for the next steps.
#[derive(Default)]
pub struct Hand(VecDeque<Act>);

impl Hand {
    /// The next input. Between any two of what belongs together something else may happen.
    pub fn next(&mut self, world: &World, dice: &mut Dice) -> Act {
        if world.editing.is_some() && dice.happens(700) {
            return editor(dice);
        }
        if world.is_told() && dice.happens(350) {
            return Act::Deliver(dice.number(0..8));
        }
        if dice.happens(60) {
            return meanwhile(world, dice);
        }
        if self.0.is_empty() {
            self.0 = plan(world, dice).into();
        }
        self.0.pop_front().unwrap_or(Act::Wait(100))
    }
}

fn named(named: Named) -> Act {
    Act::Key(Chord::named(named))
}

fn typed(text: &str) -> Vec<Act> {
    text.chars().map(|c| Act::Key(Chord::char(c))).collect()
}

/// Some inputs that belong together.
fn plan(world: &World, dice: &mut Dice) -> Vec<Act> {
    let model = &world.session().model;
    match dice.number(0..100) {
        0..4 => return vec![Act::Key(any_chord(dice))],
        4..8 => return vec![mouse(&model.size, dice)],
        8..11 => return vec![Act::Size(size(dice))],
        11..14 => return vec![Act::Paste(paste(dice))],
        14..16 => return vec![terminal(dice)],
        16 => return vec![Act::Bytes(sequence(dice))],
        17..19 => return vec![Act::Wait(dice.number(1..400) as u64)],
        19 => return vec![Act::Resumed],
        20 => return vec![Act::Author],
        _ => {}
    }
    match model.context() {
        Context::Form => form(model, dice),
        Context::Input => input(dice),
        context => command(context, dice),
    }
}

/// A command as its keys in a context, or by its name from the palette.
fn command(context: Context, dice: &mut Dice) -> Vec<Act> {
    if dice.happens(60) {
        let keyless: Vec<&Command> = COMMANDS.iter().filter(|command| command.keys.is_empty()).collect();
        let command = if dice.happens(500) { *dice.one(&keyless) } else { dice.one(COMMANDS) };
        let mut acts = vec![Act::Key(Chord::char(':')), Act::Paste(command.name.to_owned())];
        acts.extend([named(Named::Enter), named(Named::Esc)].into_iter().take(dice.number(1..3)));
        return acts;
    }
    let here: Vec<(&Command, &str)> = COMMANDS
        .iter()
        .flat_map(|command| command.keys.iter().map(move |on| (command, on)))
        .filter(|(_, On(contexts, _))| contexts.contains(&context))
        .flat_map(|(command, On(_, keys))| keys.iter().map(move |keys| (command, *keys)))
        .flat_map(|(command, keys)| std::iter::repeat_n((command, keys), weight(command)))
        .collect();
    let (command, keys) = *dice.one(&here);
    let is_seldom = matches!(command.id, CommandId::Quit | CommandId::QuitNow);
    if is_seldom && dice.happens(800) {
        return vec![Act::Key(Chord::char('j'))];
    }
    let mut acts = Vec::new();
    if dice.happens(100) {
        acts.extend(typed(dice.word(&["3", "12", "99999999", "５", "0"])));
    }
    for token in keys.split_whitespace() {
        match (token, Chord::parse(token)) {
            ("{n}", _) => acts.extend(typed(dice.word(&["1", "2", "3", "5", "9"]))),
            ("{a}", _) => acts.extend(typed(dice.word(&["a", "b", "教", "'"]))),
            (_, Some(chord)) => acts.push(Act::Key(chord)),
            (token, None) => acts.extend(typed(token)),
        }
    }
    acts
}

/// How often a command is chosen: those that open something or say something more often than moves.
fn weight(command: &Command) -> usize {
    match command.group {
        Group::Annotate | Group::Review => 4,
        Group::Find | Group::Take | Group::View => 2,
        _ => 1,
    }
}

/// What a form takes, or what it does not.
fn form(model: &Model, dice: &mut Dice) -> Vec<Act> {
    if dice.happens(150) {
        return vec![Act::Key(any_edit(dice))];
    }
    let fields = model.compose.as_ref().map_or(1, |compose| compose.fields.len());
    let mut acts = Vec::new();
    if dice.happens(500) {
        acts.push(Act::Key(Chord { ctrl: Ctrl::Down, ..Chord::char('u') }));
    }
    if fields > 1 {
        let parts = [
            ["65.2", "35..45", "", "12", "x", "1e5", "１２"],
            ["2025", "2026-06", "2025-10-20", "2021..2025", "soon", "", "2026"],
            ["", "about", "a", "at", "=", "x", ""],
            ["", "doc", "words", "重庆", "\u{202E}", "plan", ""],
            ["", "b", "A", "C", "z", "", "b"],
        ];
        for part in parts {
            acts.extend(typed(dice.word(&part)));
            acts.push(named(Named::Tab));
        }
    } else {
        let fitting: &[&str] = match model.compose.as_ref().map(|compose| &compose.asks) {
            Some(Asks::Share) => &["40", "100", "0", "101", ""],
            Some(Asks::Until) => &["30d", "2027-01-31", "3w", "1d"],
            Some(Asks::SeriesBreak) => &["2025", "2025-10"],
            Some(Asks::ExportTo(_)) => &["", "x"],
            _ => &["ok", "急", ""],
        };
        match dice.number(0..4) {
            0 => acts.extend(typed(&dice.words().chars().take(8).collect::<String>())),
            1 => acts.push(Act::Paste(dice.words())),
            _ => acts.extend(typed(dice.word(fitting))),
        }
    }
    acts.push(named(if dice.happens(800) { Named::Enter } else { Named::Esc }));
    acts
}

/// A query or a filter of a list, and what is done with its matches.
fn input(dice: &mut Dice) -> Vec<Act> {
    if dice.happens(150) {
        return vec![Act::Key(any_edit(dice))];
    }
    if dice.happens(250) {
        return vec![named(*dice.one(&[Named::Esc, Named::Enter, Named::Down]))];
    }
    let query = dice.query();
    let mut acts = match dice.happens(600) {
        true => vec![Act::Paste(query)],
        false => typed(&query.chars().take(8).collect::<String>()),
    };
    for _ in 0..dice.number(0..4) {
        let move_to = [Named::Down, Named::Up, Named::Tab, Named::BackTab, Named::PageDown, Named::PageUp];
        acts.push(if dice.happens(200) {
            Act::Key(Chord { ctrl: Ctrl::Down, ..Chord::char(*dice.one(&['t', 'p', 'n'])) })
        } else {
            named(*dice.one(&move_to))
        });
    }
    if dice.happens(750) {
        acts.push(named(Named::Enter));
    }
    // Where nothing matches, Enter takes nothing.
    if dice.happens(400) {
        acts.push(named(Named::Esc));
    }
    acts
}

fn any_edit(dice: &mut Dice) -> Chord {
    let names = [Named::Left, Named::Right, Named::Home, Named::End, Named::Backspace, Named::Delete];
    match dice.number(0..3) {
        0 => Chord::named(*dice.one(&names)),
        1 => Chord {
            ctrl: Ctrl::Down,
            ..Chord::char(*dice.one(&['a', 'e', 'b', 'f', 'k', 'u', 'y', 'w', 'd']))
        },
        _ => Chord { alt: Alt::Down, ..Chord::char(*dice.one(&['b', 'f', 'd'])) },
    }
}

fn any_chord(dice: &mut Dice) -> Chord {
    let key = match dice.number(0..4) {
        0 => Key::Char(dice.char()),
        1 => Key::F(dice.byte()),
        2 => Key::Char(char::from(dice.byte())),
        _ => Key::Char(dice.one(&WORDS).chars().next().unwrap_or('x')),
    };
    let ctrl = if dice.happens(200) { Ctrl::Down } else { Ctrl::Up };
    let alt = if dice.happens(200) { Alt::Down } else { Alt::Up };
    Chord { key, ctrl, alt }
}

fn paste(dice: &mut Dice) -> String {
    match dice.number(0..8) {
        0 => dice.words().repeat(200),
        1 => String::new(),
        _ => dice.words(),
    }
}

/// Mostly a usual size, sometimes a very small or a very large one.
fn size(dice: &mut Dice) -> Size {
    let (cols, lines) = match dice.number(0..24) {
        0 => (dice.small(4), dice.small(4)),
        1 => (dice.small(60), dice.small(20)),
        2..4 => (40, 10 + dice.small(4)),
        4 => (500, 11),
        5 => (41, 200),
        _ => (40 + dice.small(160), 10 + dice.small(50)),
    };
    Size { cols, lines }
}

fn mouse(size: &Size, dice: &mut Dice) -> Act {
    let cell = if dice.happens(50) {
        Cell { col: u16::MAX, line: u16::MAX }
    } else {
        Cell { col: dice.small(size.cols), line: dice.small(size.lines) }
    };
    Act::Mouse(match dice.number(0..6) {
        0 => Mouse::WheelDown(cell, 1 + dice.small(4)),
        1 => Mouse::WheelUp(cell, 1 + dice.small(4)),
        2 => Mouse::WheelDown(cell, u16::MAX),
        _ => Mouse::Click(cell),
    })
}

/// An event as the terminal's decoder gives it: keys with any modifiers, releases, media keys, buttons.
fn terminal(dice: &mut Dice) -> Act {
    let codes = [
        KeyCode::Char(dice.char()),
        KeyCode::Char(char::from(dice.byte() % 32)),
        KeyCode::Char('h'),
        KeyCode::Null,
        KeyCode::CapsLock,
        KeyCode::Insert,
        KeyCode::F(dice.byte()),
        KeyCode::BackTab,
        KeyCode::Tab,
        KeyCode::Enter,
        KeyCode::Esc,
    ];
    Act::Terminal(match dice.number(0..6) {
        0 => Terminal::Resize(dice.small(200), dice.small(70)),
        1 => Terminal::Paste(String::from_utf8_lossy(&dice.bytes()).into_owned()),
        2 => Terminal::Mouse(MouseEvent {
            kind: *dice.one(&[MouseEventKind::Moved, MouseEventKind::ScrollDown, MouseEventKind::ScrollLeft]),
            column: dice.small(300),
            row: dice.small(90),
            modifiers: KeyModifiers::from_bits_truncate(dice.byte()),
        }),
        _ => Terminal::Key(KeyEvent::new_with_kind(
            *dice.one(&codes),
            KeyModifiers::from_bits_truncate(dice.byte()),
            *dice.one(&[KeyEventKind::Press, KeyEventKind::Repeat, KeyEventKind::Release]),
        )),
    })
}

/// Bytes as terminals send them for what is no character, whole or in part, and any others.
fn sequence(dice: &mut Dice) -> Vec<u8> {
    let known: [&[u8]; 10] = [
        b"\x1b[<0;10;5M",
        b"\x1b[<65;3;4M",
        b"\x1b[<0;99999;99999M",
        b"\x1b[200~pasted \xff\xfe text\x1b[201~",
        b"\x1b[200~",
        b"\x1b[201~",
        b"\x1b[1;5C",
        b"\x1b[9999999999~",
        b"\xf0\x9f\x98\x80",
        b"\x1b",
    ];
    let whole = *dice.one(&known);
    match dice.number(0..4) {
        0 => dice.bytes(),
        1 => whole[..dice.number(0..whole.len())].to_vec(),
        _ => whole.to_vec(),
    }
}

/// What stands in the editor's file when it ends.
fn editor(dice: &mut Dice) -> Act {
    Act::Editor(match dice.number(0..6) {
        0 => None,
        1 => Some(String::new()),
        2 => Some(format!("kind: {}\n\n{}", dice.word(&["question", "qestion", ""]), dice.words())),
        3 => Some(String::from_utf8_lossy(&dice.bytes()).into_owned()),
        _ => Some(format!("kind: progress\n\n{}\n{}\n", dice.words(), dice.words())),
    })
}

/// What other processes do.
fn meanwhile(world: &World, dice: &mut Dice) -> Act {
    let plan_too = world.has_plan_file();
    match dice.number(0..24) {
        0..4 if plan_too => Act::Plan(edits::edited(&world.plan_text, &world.first_plan_text, dice)),
        0..12 => Act::Write(dice.one::<&str>(&PEOPLE), events(world, dice)),
        12..16 => {
            Act::Turn(dice.one::<&str>(&PEOPLE), if dice.happens(600) { Turn::Undo } else { Turn::Redo })
        }
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
    let node = |dice: &mut Dice| -> Name {
        if keys.is_empty() || dice.happens(250) {
            (dice.word(&["gone", "left", "a1.old", "zz", "\u{202E}x", "a0"])).into()
        } else {
            (*dice.one(&keys)).into()
        }
    };
    (0..dice.number(1..3)).map(|_| event(node(dice), node(dice), dice)).collect()
}

fn event(node: Name, other: Name, dice: &mut Dice) -> Event {
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

fn figure(dice: &mut Dice) -> Figure {
    let number = Decimal::parse(dice.word(&["65.2", "0", "-3", "9999999999.5", "70"])).unwrap();
    Figure {
        reading: Reading::Number(number),
        when: When::At(Moment::Year(*dice.one(&[1900, 2024, 2025, 2026, 2035]))),
        bound: *dice.one(Bound::ALL),
        source: dice.happens(500).then(|| "doc".into()),
        grade: dice.happens(500).then(|| *dice.one(Grade::ALL)),
    }
}
