//! What the monkey does next: mostly what makes sense where the keys go now, so that it reaches everything;
//! sometimes anything.

use std::collections::VecDeque;

use crossterm::event::{
    Event as Terminal, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent, MouseEventKind,
};
use plan158::tui::chord::{Alt, Chord, ChordKey, Ctrl, Named};
use plan158::tui::command::{CommandId, CommandSpec, Context, Group, On};
use plan158::tui::commands;
use plan158::tui::compose::Asks;
use plan158::tui::message::{Cell, Mouse, Size};
use plan158::tui::model::Model;

use super::act::Act;
use super::dice::{Dice, WORDS};
use super::others::meanwhile;
use super::world::World;

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

/// A text as keys: what is no character to a terminal comes in pastes and bytes only.
fn typed(text: &str) -> Vec<Act> {
    text.chars().filter(|c| !c.is_control()).map(|c| Act::Key(Chord::char(c))).collect()
}

/// What people do in one go, as keys with a space between them.
const HABITS: [&str; 24] = [
    "a o k Enter",
    "a o n e Enter a t w o Enter e",
    "a x Enter Tab j j j e C-u y Enter",
    "Tab j j d d",
    "Tab j j j j k g d",
    "d d",
    "s 1 w h y Enter",
    "s 4",
    "p 4 0 Enter",
    "t 急 Enter",
    "t b Enter Enter",
    "+ 6 5 Tab 2 0 2 5 Tab Tab d o c Enter",
    "u u C-r",
    "F a Enter",
    "& x Enter",
    "R 1 1 Enter",
    "R b 3 0 d Enter - J K u",
    "g h j j",
    "g a s o k Enter",
    "g m l j Enter",
    "g y j j Enter",
    "x 1 Enter Enter Enter",
    "] o",
    "/ a Enter n n",
];

fn keys(keys: &str) -> Vec<Act> {
    keys.split(' ').filter_map(Chord::parse).map(Act::Key).collect()
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
        Context::Browse | Context::Card if dice.happens(200) => keys(dice.word(&HABITS)),
        context => command(context, dice),
    }
}

/// A command as its keys in a context, or by its name from the palette.
fn command(context: Context, dice: &mut Dice) -> Vec<Act> {
    if dice.happens(60) {
        let all: Vec<&CommandSpec> = commands::specs().collect();
        let keyless: Vec<&CommandSpec> =
            all.iter().copied().filter(|command| command.keys.is_empty()).collect();
        let command = if dice.happens(500) { *dice.one(&keyless) } else { *dice.one(&all) };
        let mut acts = vec![Act::Key(Chord::char(':')), Act::Paste(command.name.to_owned())];
        acts.extend([named(Named::Enter), named(Named::Esc)].into_iter().take(dice.number(1..3)));
        return acts;
    }
    let here: Vec<(&CommandSpec, &str)> = commands::specs()
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
fn weight(command: &CommandSpec) -> usize {
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
            ["65.2", "70", "12", "35..45", "", "x", "１２"],
            ["2025", "2026-06", "2025-10-20", "2024", "2021..2025", "soon", ""],
            ["", "", "", "about", "a", "=", "x"],
            ["", "doc", "plan", "words", "重庆", "\u{202E}", ""],
            ["", "", "b", "A", "C", "z", "b"],
        ];
        for part in parts {
            acts.push(Act::Key(Chord { ctrl: Ctrl::Down, ..Chord::char('u') }));
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
    if dice.happens(450) {
        return vec![named(*dice.one(&[Named::Esc, Named::Esc, Named::Enter, Named::Down]))];
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
        0 => ChordKey::Char(dice.char()),
        1 => ChordKey::F(dice.byte()),
        2 => ChordKey::Char(char::from(dice.byte())),
        _ => ChordKey::Char(dice.one(&WORDS).chars().next().unwrap_or('x')),
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
