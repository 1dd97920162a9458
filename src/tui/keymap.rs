//! From chords to commands, in one pure step: a trie a context, which also names what may follow a prefix.

use std::collections::{BTreeMap, BTreeSet};

use super::chord::{Alt, Chord, ChordKey, Named};
use super::command::{Call, CommandId, CommandSpec, Context, On};
use crate::text::Bilingual;
use crate::text::clean::one_line;
use crate::text::suggest::closest;

/// Keys typed that are no whole command yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    pub count: Option<u32>,
    pub chords: Vec<Chord>,
}

impl Pending {
    /// Whether nothing is pending.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a chord means here and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    Run(Call),
    Pending(Pending),
    /// A character for the input.
    Text(char),
    /// Nothing is bound: the keys, for the message.
    Unbound(Vec<Chord>),
}

/// A part of a key sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum KeyStep {
    Chord(Chord),
    /// `{n}`: 1 to 9.
    Digit,
    /// `{a}`: any character.
    Letter,
}

#[derive(Clone, Debug, Default)]
struct Branch {
    run: Option<CommandId>,
    next: BTreeMap<KeyStep, Branch>,
}

/// A change to the default keys, from `config.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub context: Context,
    /// The keys, as the table writes them (`g g` or `gg`).
    pub keys: String,
    /// The command's name, or `none` to free the keys.
    pub command: String,
}

/// Which keys run what, a context at a time.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    contexts: BTreeMap<Context, Branch>,
    /// The keys of each command, the other way round: asked for with every frame.
    keys: BTreeMap<(CommandId, Context), Vec<String>>,
    /// Every command, in the order of help.
    specs: Vec<&'static CommandSpec>,
}

/// So many wrong names of commands are compared with the right ones.
const MOST_GUESSED: usize = 20;

fn no_command(name: &str, specs: &[&CommandSpec]) -> Bilingual {
    let shown = one_line(name);
    let (zh, en) = match closest(name, specs.iter().map(|spec| spec.name)) {
        Some(meant) => (format!("是否为 {meant}？"), format!("did you mean {meant}?")),
        None => ("`plan158 keys` 列出全部命令".to_owned(), "`plan158 keys` lists them".to_owned()),
    };
    Bilingual::new(format!("没有名为 {shown} 的命令；{zh}"), format!("no command is called {shown}; {en}"))
}

/// Highest count that is taken; a longer one keeps its first digits.
const MAX_COUNT: u32 = 9_999_999;

impl Keymap {
    /// The default keys with changes laid over them, and what could not be bound: which of them, and why.
    pub fn new(specs: Vec<&'static CommandSpec>, bindings: &[Binding]) -> (Self, Vec<(usize, Bilingual)>) {
        let mut keymap = Self { specs: specs.clone(), ..Self::default() };
        let mut problems = Vec::new();
        for entry in &specs {
            for (context, keys) in entry.keys.iter().flat_map(|On(contexts, keys)| {
                contexts.iter().flat_map(|context| keys.iter().map(move |keys| (*context, keys)))
            }) {
                // A context's own Esc (closing the card) goes before the general one.
                let _ = keymap.bind(context, keys, Some(entry.id), Clash::First);
            }
        }
        let mut bound = BTreeSet::new();
        for (index, binding) in bindings.iter().enumerate() {
            let id = match binding.command.as_str() {
                "none" => None,
                name => match specs.iter().find(|entry| entry.name == name) {
                    Some(entry) => Some(entry.id),
                    None => {
                        // What very many were meant for is not looked for.
                        let known = if problems.len() < MOST_GUESSED { &specs[..] } else { &[] };
                        problems.push((index, no_command(name, known)));
                        continue;
                    }
                },
            };
            let steps = parse_keys(&binding.keys);
            if let Err(problem) = keymap.bind(binding.context, &binding.keys, id, Clash::Replace) {
                problems.push((index, problem));
            } else if steps.is_some_and(|steps| !bound.insert((binding.context, steps))) {
                problems.push((
                    index,
                    Bilingual::new(
                        format!("按键 {} 前面已有设置，以此处为准", one_line(&binding.keys)),
                        format!("the keys {} stand above too; these count", one_line(&binding.keys)),
                    ),
                ));
            }
        }
        keymap.turn_round();
        (keymap, problems)
    }

    /// Every command, in the order of help.
    pub fn specs(&self) -> impl DoubleEndedIterator<Item = &'static CommandSpec> + Clone + '_ {
        self.specs.iter().copied()
    }

    /// The declaration of a command.
    ///
    /// # Panics
    /// Where the keymap was made without that command; the one table has them all.
    #[allow(clippy::expect_used, reason = "the table has an entry for every id: a test holds it")]
    pub fn spec(&self, id: CommandId) -> &'static CommandSpec {
        self.specs().find(|spec| spec.id == id).expect("every command is declared")
    }

    /// Settles [`Keymap::keys_of`] from the branches.
    fn turn_round(&mut self) {
        self.keys.clear();
        for (context, branch) in &self.contexts {
            let mut all = Vec::new();
            collect(branch, &mut String::new(), &mut all);
            for (keys, id) in all {
                self.keys.entry((id, *context)).or_default().push(keys);
            }
        }
        for ((id, _), all) in &mut self.keys {
            // The table's order first: it names the key people should learn.
            let spec = self.specs.iter().find(|spec| spec.id == *id);
            let defaults: Vec<String> = spec
                .iter()
                .flat_map(|spec| spec.keys)
                .flat_map(|On(_, keys)| keys.iter())
                .map(|keys| keys.replace(' ', ""))
                .collect();
            all.sort_by_key(|keys| defaults.iter().position(|other| other == keys).unwrap_or(usize::MAX));
        }
    }

    fn bind(
        &mut self,
        context: Context,
        keys: &str,
        id: Option<CommandId>,
        clash: Clash,
    ) -> Result<(), Bilingual> {
        let steps = parse_keys(keys).ok_or_else(|| {
            Bilingual::new(
                format!("看不懂按键 {keys:?}"),
                format!("cannot read the keys {keys:?}: write them like `g g`, `C-d`, `Enter`, `m {{a}}`"),
            )
        })?;
        let mut branch = self.contexts.entry(context).or_default();
        for (done, step) in steps.iter().enumerate() {
            if let Some(taken) = branch.run.filter(|_| done > 0) {
                let taken = self.spec(taken).name;
                return Err(Bilingual::new(
                    format!("按键 {keys} 与 {taken} 冲突：后者的键是它的开头"),
                    format!(
                        "the keys {keys} clash with {taken}, whose keys are their beginning: free those first with \"none\""
                    ),
                ));
            }
            branch = branch.next.entry(*step).or_default();
        }
        if !branch.next.is_empty() && id.is_some() {
            return Err(Bilingual::new(
                format!("按键 {keys} 是其他命令的开头"),
                format!(
                    "the keys {keys} are the beginning of other commands' keys: free those first with \"none\""
                ),
            ));
        }
        if clash == Clash::Replace || branch.run.is_none() {
            branch.run = id;
        }
        Ok(())
    }

    /// What a chord means after what is pending.
    pub fn resolve(&self, pending: &Pending, chord: Chord, context: Context) -> Resolution {
        if context.is_text() {
            return self.resolve_text(context, chord);
        }
        let chord = chord.twin();
        let counts = !matches!(context, Context::List | Context::Review);
        let digit =
            chord.text().and_then(|c| c.to_digit(10)).filter(|digit| *digit > 0 || pending.count.is_some());
        if let Some(digit) = digit.filter(|_| counts && pending.chords.is_empty()) {
            let count = pending.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
            return Resolution::Pending(Pending { count: Some(count.min(MAX_COUNT)), chords: Vec::new() });
        }
        let mut chords = pending.chords.clone();
        chords.push(chord);
        match self.walk(context, &chords) {
            Some((Branch { run: Some(id), .. }, letter)) => {
                Resolution::Run(Call { id: *id, count: pending.count, letter })
            }
            Some((branch, _)) if !branch.next.is_empty() => {
                Resolution::Pending(Pending { count: pending.count, chords })
            }
            _ => Resolution::Unbound(chords),
        }
    }

    fn resolve_text(&self, context: Context, chord: Chord) -> Resolution {
        match self.walk(context, &[chord]) {
            Some((Branch { run: Some(id), .. }, _)) => Resolution::Run(Call::plain(*id)),
            _ => chord.text().map_or(Resolution::Unbound(vec![chord]), Resolution::Text),
        }
    }

    fn walk(&self, context: Context, chords: &[Chord]) -> Option<(&Branch, Option<char>)> {
        let mut branch = self.contexts.get(&context)?;
        let mut letter = None;
        for chord in chords {
            branch = match branch.next.get(&KeyStep::Chord(*chord)) {
                Some(next) => next,
                None => {
                    let typed = chord.text()?;
                    letter = Some(typed);
                    let digit = branch.next.get(&KeyStep::Digit).filter(|_| ('1'..='9').contains(&typed));
                    digit.or_else(|| branch.next.get(&KeyStep::Letter).filter(|_| !typed.is_whitespace()))?
                }
            };
        }
        Some((branch, letter))
    }

    /// What may follow the pending chords: keys and command, for the pop-up.
    pub fn continuations(&self, pending: &Pending, context: Context) -> Vec<(String, CommandId)> {
        let mut out = Vec::new();
        if let Some((branch, _)) = self.walk(context, &pending.chords) {
            collect(branch, &mut String::new(), &mut out);
        }
        out
    }

    /// The keys of a command in a context, as they are shown (`gg`, `C-d`), shortest first.
    pub fn keys_of(&self, id: CommandId, context: Context) -> &[String] {
        self.keys.get(&(id, context)).map_or(&[], Vec::as_slice)
    }
}

/// What a binding does to one that stands there already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clash {
    First,
    Replace,
}

fn collect(branch: &Branch, prefix: &mut String, out: &mut Vec<(String, CommandId)>) {
    for (step, next) in &branch.next {
        let before = prefix.len();
        match step {
            KeyStep::Chord(chord) => prefix.push_str(&chord.to_string()),
            KeyStep::Digit => prefix.push_str("{n}"),
            KeyStep::Letter => prefix.push_str("{a}"),
        }
        if let Some(id) = next.run {
            out.push((prefix.clone(), id));
        }
        collect(next, prefix, out);
        prefix.truncate(before);
    }
}

/// Reads `g g`, `gg`, `C-d`, `m {a}`.
fn parse_keys(keys: &str) -> Option<Vec<KeyStep>> {
    let step = |token: &str| match token {
        "{n}" => Some(vec![KeyStep::Digit]),
        "{a}" => Some(vec![KeyStep::Letter]),
        token => match Chord::parse(token) {
            Some(chord) => Some(vec![KeyStep::Chord(chord)]),
            None if token.chars().count() <= 3 && token.is_ascii() => {
                Some(token.chars().map(|c| KeyStep::Chord(Chord::char(c))).collect())
            }
            None => None,
        },
    };
    let parts: Option<Vec<Vec<KeyStep>>> = keys.split_whitespace().map(step).collect();
    parts.map(|parts| parts.concat()).filter(|steps| !steps.is_empty())
}

/// How a terminal without a meta key delivers a quick Esc and the next key: as one Alt chord. Its two halves.
pub fn split_alt(chord: Chord) -> Option<(Chord, Chord)> {
    (chord.alt == Alt::Down).then_some((Chord::named(Named::Esc), Chord { alt: Alt::Up, ..chord }))
}

/// Whether a chord is a bare Chinese character, for which commands offer a search.
pub fn is_cjk(chord: Chord) -> bool {
    matches!(
        chord.key,
        ChordKey::Char('\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '\u{F900}'..='\u{FAFF}')
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn type_keys(keys: &str, context: Context) -> Resolution {
        let keymap = crate::tui::commands::keymap(&[]).0;
        let mut pending = Pending::default();
        let mut last = Resolution::Unbound(Vec::new());
        for chord in keys.split(' ').filter_map(Chord::parse) {
            last = keymap.resolve(&pending, chord, context);
            pending = match &last {
                Resolution::Pending(pending) => pending.clone(),
                _ => Pending::default(),
            };
        }
        last
    }

    #[rstest]
    #[case("j", CommandId::Down, None, None)]
    #[case("5 j", CommandId::Down, Some(5), None)]
    #[case("1 0 j", CommandId::Down, Some(10), None)]
    #[case("g g", CommandId::First, None, None)]
    #[case("1 2 g g", CommandId::First, Some(12), None)]
    #[case("z 3", CommandId::FoldToLevel, None, Some('3'))]
    #[case("m a", CommandId::SetMark, None, Some('a'))]
    #[case("' 教", CommandId::GoToMark, None, Some('教'))]
    #[case("C-d", CommandId::HalfDown, None, None)]
    #[case("【 j", CommandId::JumpBack, None, None)]
    #[case("？", CommandId::Help, None, None)]
    #[case("３ ｊ", CommandId::Down, Some(3), None)]
    fn keys_in_the_outline_run_their_command(
        #[case] keys: &str,
        #[case] id: CommandId,
        #[case] count: Option<u32>,
        #[case] letter: Option<char>,
    ) {
        assert_eq!(type_keys(keys, Context::Browse), Resolution::Run(Call { id, count, letter }));
    }

    #[test]
    fn letters_are_text_in_an_input_and_full_width_ones_stay_as_typed() {
        assert_eq!(type_keys("j", Context::Input), Resolution::Text('j'));
        assert_eq!(type_keys("？", Context::Input), Resolution::Text('？'));
        assert_eq!(type_keys("Esc", Context::Input), Resolution::Run(Call::plain(CommandId::Cancel)));
    }

    #[test]
    fn a_prefix_names_what_may_follow() {
        let keymap = crate::tui::commands::keymap(&[]).0;
        let pending = Pending { count: None, chords: vec![Chord::char('z')] };
        let next: Vec<String> =
            keymap.continuations(&pending, Context::Browse).into_iter().map(|(keys, _)| keys).collect();
        assert_eq!(next, ["M", "R", "a", "b", "c", "o", "t", "z", "{n}"]);
    }

    #[test]
    fn an_unbound_sequence_names_its_keys() {
        assert_eq!(
            type_keys("z x", Context::Browse),
            Resolution::Unbound(vec![Chord::char('z'), Chord::char('x')])
        );
    }

    #[test]
    fn a_count_never_overflows() {
        let digits = ["9"; 40].join(" ");
        assert_eq!(
            type_keys(&format!("{digits} j"), Context::Browse),
            Resolution::Run(Call { id: CommandId::Down, count: Some(MAX_COUNT), letter: None })
        );
    }

    #[test]
    fn keys_can_be_rebound_and_freed_and_clashes_are_reported() {
        let bind = |keys: &str, command: &str| Binding {
            context: Context::Browse,
            keys: keys.into(),
            command: command.into(),
        };
        let (keymap, problems) = crate::tui::commands::keymap(&[
            bind("x", "fold-toggle"),
            bind("j", "none"),
            bind("g", "down"),
            bind("j k", "down"),
            bind("k k", "up"),
            bind("y", "dance"),
            bind("z z", "quit"),
            bind("zz", "down"),
        ]);
        let resolve =
            |keys: &str| keymap.resolve(&Pending::default(), Chord::parse(keys).unwrap(), Context::Browse);
        assert_eq!(resolve("x"), Resolution::Run(Call::plain(CommandId::ToggleFold)));
        assert!(matches!(resolve("j"), Resolution::Pending(_)), "freed, j may begin another sequence");
        let said: Vec<&str> = problems.iter().map(|(_, said)| said.en.as_str()).collect();
        assert_eq!(problems.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [2, 4, 5, 7], "{said:?}");
        assert!(said[0].contains("beginning of other commands"));
        assert!(said[1].contains("clash with up"));
        assert!(said[2].contains("no command is called dance"));
        assert!(said[3].contains("stand above too"), "{said:?}");
    }

    #[test]
    fn control_i_m_and_bracket_are_never_bound_by_default() {
        for entry in crate::tui::commands::specs() {
            let keys: Vec<&str> = entry
                .keys
                .iter()
                .flat_map(|On(_, keys)| keys.iter())
                .flat_map(|keys| keys.split(' '))
                .collect();
            assert!(!["C-i", "C-m", "C-[", "C-h"].iter().any(|bad| keys.contains(bad)));
        }
    }
}
