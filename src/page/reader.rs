//! Who a page is for: the plan, the languages shown, the rule set and the day; and its words in each of those
//! languages.

use std::borrow::Cow;

use super::block::{Block, Inline, Line, LineTarget, Pair, Section, Wording, Words};
use super::kinds::SectionKind;
use crate::plan::as_of::AsOf;
use crate::plan::figure::NONE;
use crate::plan::metric::Basis;
use crate::plan::{NodeId, Plan, SourceId, State};
use crate::progress::{Judge, RuleRef};
use crate::text::language::{Locale, speak};
use crate::text::words::VocabularyWord;
use crate::text::{Bilingual, ShownLanguages, Text, Ui};
use crate::text::{clean::line_within, clean::one_line, columns::cols};

/// What a page is made for besides what it is about.
#[derive(Clone, Copy, Debug)]
pub struct PageReader<'p> {
    pub plan: &'p Plan,
    pub show: ShownLanguages,
    /// Which language the program speaks beside the main one.
    pub ui: Ui,
    /// The rule set of verdicts.
    pub rule: RuleRef,
    /// The day from which one looks.
    pub as_of: AsOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingMedium<'d> {
    /// A terminal: what one needs at a glance, sources by name.
    Screen,
    /// A document to keep: all there is, sources by their numbers in its list. By source; 0 where it is not
    /// cited.
    Report(&'d [usize]),
}

impl ReadingMedium<'_> {
    /// Whether it is a document to keep.
    pub fn is_report(self) -> bool {
        matches!(self, ReadingMedium::Report(_))
    }
}

impl<'p> PageReader<'p> {
    /// Readers of one language each, the main one first.
    pub fn each_alone(&self) -> impl Iterator<Item = PageReader<'p>> + use<'p> {
        let this = *self;
        let locale = self.ui.pick(Locale::Chinese, Locale::Other);
        let second = self.show.second().map(move |lang| (lang, speak(this.plan.tag(lang), locale)));
        let alone = move |(lang, ui)| PageReader { show: ShownLanguages::One(lang), ui, ..this };
        std::iter::once((self.show.main(), self.ui)).chain(second).map(alone)
    }

    /// The judge of its rule set and day.
    pub fn judge(&self) -> Judge<'p> {
        Judge::new(self.plan, self.rule, self.as_of)
    }

    /// The program's words for something.
    pub fn say(&self, zh: &str, en: &str) -> Words {
        self.spoken(|ui| ui.pick(zh, en).to_owned())
    }

    /// Something that is the same in every language, such as a name or a time.
    pub(super) fn as_it_is(&self, text: &str) -> Words {
        self.spoken(|_| text.to_owned())
    }

    /// What a word of the files is called.
    pub(super) fn label(&self, word: impl VocabularyWord) -> Words {
        self.spoken(|ui| word.label(ui).to_owned())
    }

    /// A sentence of the program.
    pub fn said(&self, said: &Bilingual) -> Words {
        self.spoken(|ui| said.get(ui).to_owned())
    }

    /// What somebody wrote in a language that nobody knows of: once, in the main one.
    pub fn said_in_any(&self, text: &str) -> Words {
        let tag = self.plan.tag(self.show.main()).to_owned();
        Words::new(vec![Wording { tag, text: text.to_owned(), borrowed: false }])
    }

    /// The program's words, in each of its languages that stand beside those shown.
    pub fn spoken(&self, words: impl Fn(Ui) -> String) -> Words {
        let mut all: Vec<Wording> = Vec::new();
        for ui in self.each_alone().map(|one| one.ui) {
            let tag = ui.pick("zh", "en");
            if all.iter().all(|one| one.tag != tag) {
                all.push(Wording { tag: tag.to_owned(), text: words(ui), borrowed: false });
            }
        }
        Words::new(all)
    }

    /// Words of plan and program together, one wording a language shown.
    pub fn each(&self, words: impl Fn(&PageReader<'p>) -> String) -> Words {
        let wording = |one: PageReader<'p>| Wording {
            tag: self.plan.tag(one.show.main()).to_owned(),
            text: words(&one),
            borrowed: false,
        };
        Words::new(self.each_alone().map(wording).collect())
    }

    /// A text of the plan; where a language has none, the first there is, marked, and once.
    pub fn text(&self, text: &Text) -> Words {
        let mut all: Vec<Wording> = Vec::new();
        for lang in std::iter::once(self.show.main()).chain(self.show.second()) {
            let found = text.get_or_first(lang);
            let tag = self.plan.tag(found.lang);
            if !found.text.is_empty() && all.iter().all(|one| one.tag != tag) {
                let (text, borrowed) = (found.text.to_owned(), found.borrowed);
                all.push(Wording { tag: tag.to_owned(), text, borrowed });
            }
        }
        // Beside a wording of its own a borrowed one says nothing new.
        if all.iter().any(|one| !one.borrowed) {
            all.retain(|one| !one.borrowed);
        }
        Words::new(all)
    }

    /// The wording of a text in the main language.
    pub fn word(&self, text: &Text) -> String {
        text.get_or_first(self.show.main()).text.to_owned()
    }

    /// A state's name, without its glyph.
    pub fn state(&self, state: State) -> Words {
        self.label(state)
    }

    /// How a node stands: of what figures cannot decide and nobody has judged, that.
    pub fn standing_piece(&self, state: State) -> Inline {
        if state == State::NotJudged {
            return Inline::Words(self.say("尚无人判断", "nobody has judged it"));
        }
        self.state_piece(state)
    }

    /// A state with its sign.
    pub fn state_piece(&self, state: State) -> Inline {
        Inline::State(state, self.state(state))
    }

    /// A document by its title and date, or by its id where it is not registered.
    pub fn source(&self, id: SourceId) -> String {
        let source = self.plan.source(id);
        if source.title.is_empty() {
            return source.id.to_string();
        }
        let date = source.date;
        let date = date.map(|date| self.ui.pick(format!("（{date}）"), format!(" ({date})")));
        format!("{}{}", self.word(&source.title), date.unwrap_or_default())
    }

    /// A source and the place in it: by its number in a report, else by its name.
    pub fn cite(&self, source: SourceId, at: Option<&str>, form: ReadingMedium<'_>) -> Inline {
        let (number, name) = match form {
            ReadingMedium::Screen => (0, self.each(|one| one.source(source))),
            ReadingMedium::Report(numbers) => {
                (numbers.get(source.0 as usize).copied().unwrap_or_default(), Words::default())
            }
        };
        Inline::Cite { number, source, at: at.map(ToOwned::to_owned), name }
    }

    pub fn basis(&self, basis: Basis) -> &'static str {
        basis.label(self.ui)
    }

    /// How a thing is known, where it is not simply stated.
    pub fn known(&self, basis: Basis) -> Option<Inline> {
        (basis != Basis::Stated).then(|| Inline::Words(self.label(basis)))
    }

    /// A node's title in the main language on one line, or its id.
    pub fn title_line(&self, node: NodeId) -> String {
        one_line(&self.title_or_id(node)).into_owned()
    }

    /// As much of a node's title, or its id, as shows in so many columns; of one that does not fit, its
    /// shorter title.
    pub fn title_within(&self, node: NodeId, max_cols: usize) -> String {
        let short = self.plan.tree.node(node).title_short().and_then(|short| short.get(self.show.main()));
        if let Some(short) = short.filter(|_| cols(&self.title_line(node)) > max_cols) {
            return line_within(short, max_cols).into_owned();
        }
        line_within(&self.title_or_id(node), max_cols).into_owned()
    }

    fn title_or_id(&self, node: NodeId) -> Cow<'_, str> {
        let this = self.plan.tree.node(node);
        match this.title.get_or_first(self.show.main()).text {
            "" if this.key.as_str().is_empty() => NONE.into(),
            "" => this.key.as_str().into(),
            text => text.into(),
        }
    }

    /// A rule set with its word and its cut-offs.
    pub fn rule_named(&self, rule: RuleRef) -> String {
        self.ui.pick(
            format!("{} {}：{}", rule.label(Ui::Zh), rule.word(), rule.cuts_said(Ui::Zh)),
            format!("{}: {}", rule.word(), rule.cuts_said(Ui::En)),
        )
    }

    pub fn pair(&self, zh: &str, en: &str, value: Line) -> Pair {
        Pair::new(self.say(zh, en), value)
    }

    /// A named detail in the words of plan and program.
    pub(super) fn worded(&self, zh: &str, en: &str, value: impl Fn(&PageReader<'p>) -> String) -> Pair {
        self.pair(zh, en, vec![Inline::Words(self.each(value))])
    }

    /// Another node, where the cursor can go.
    pub(super) fn link(&self, label: Words, to: NodeId, more: Line) -> Pair {
        let node = self.plan.tree.node(to);
        let more = std::iter::once(Inline::Id(node.key.to_string())).chain(more).collect();
        Pair::new(label, vec![Inline::Title(self.text(&node.title))]).and(more).to(LineTarget::Node(to))
    }

    /// Sections with their headings; those without anything in them are left out.
    pub fn sections(&self, all: impl IntoIterator<Item = (SectionKind, Vec<Block>)>) -> Vec<Section> {
        let filled = all.into_iter().filter(|(_, blocks)| !blocks.is_empty());
        let section = |(kind, blocks): (SectionKind, Vec<Block>)| {
            let heading = self.label(kind);
            Section { kind, heading, blocks }
        };
        filled.map(section).collect()
    }
}

/// Named details as one block; none where there are none.
pub(super) fn pairs(pairs: Vec<Pair>) -> Vec<Block> {
    if pairs.is_empty() { Vec::new() } else { vec![Block::Pairs(pairs)] }
}

/// Text without a language.
pub(super) fn plain(text: impl Into<String>) -> Line {
    vec![Inline::Plain(text.into())]
}
