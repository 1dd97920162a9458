//! Words that were typed and are not recorded: what they are for, and the text of the file in which they lie.
//! Pure; [`store`] is the disk.
//!
//! A file says what it is for twice: by its name, which outlives an editor that replaces the whole text, and
//! in lines for people at its end.

pub mod note;
pub mod store;

use crate::journal::{NodeName, NoteKind};
use crate::plan::State;
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// What the words are to become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftEntry {
    Note,
    /// Other words for the note of this id.
    Edit(Box<str>),
    /// Why this verdict; `None` where one's verdict is taken back.
    Reason(Option<State>),
    /// An observed value, a field a line.
    Value,
    /// How a disagreement was settled.
    Settlement,
}

/// Labels of the fields of a value, in their order.
const VALUE_LABELS: [&str; 5] = ["value", "time", "bound", "source", "grade"];

/// The field that takes any words, for lines nobody labelled.
const WORDS_FIELD: usize = 3;

impl DraftEntry {
    /// Its word in file names.
    fn word(&self) -> String {
        match self {
            DraftEntry::Note => "note".to_owned(),
            DraftEntry::Edit(of) => format!("edit:{of}"),
            DraftEntry::Reason(state) => format!("reason:{}", state.map_or("none", State::word)),
            DraftEntry::Value => "value".to_owned(),
            DraftEntry::Settlement => "settlement".to_owned(),
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Some(match word.split_once(':') {
            Some(("edit", of)) => DraftEntry::Edit(of.into()),
            Some(("reason", "none")) => DraftEntry::Reason(None),
            Some(("reason", state)) => DraftEntry::Reason(Some(State::parse(state)?)),
            Some(_) => return None,
            None => match word {
                "note" => DraftEntry::Note,
                "value" => DraftEntry::Value,
                "settlement" => DraftEntry::Settlement,
                _ => return None,
            },
        })
    }

    /// What it is, for people.
    pub fn said(&self) -> Bilingual {
        match self {
            DraftEntry::Note => Bilingual::new("笔记", "a note"),
            DraftEntry::Edit(_) => Bilingual::new("对笔记的修改", "an edited note"),
            DraftEntry::Reason(Some(state)) => {
                let word = state.word();
                Bilingual::new(format!("结论 {word} 的理由"), format!("the reason of the verdict {word}"))
            }
            DraftEntry::Reason(None) => {
                Bilingual::new("撤回结论的理由", "the reason for taking a verdict back")
            }
            DraftEntry::Value => Bilingual::new("观测值", "an observed value"),
            DraftEntry::Settlement => Bilingual::new("分歧如何解决", "how a disagreement was settled"),
        }
    }

    /// The keys that open it again on its node.
    pub fn opened_by(&self) -> Bilingual {
        match self {
            DraftEntry::Note => Bilingual::new("a 或 A", "a or A"),
            DraftEntry::Edit(_) => Bilingual::new("对该笔记按 e", "e on that note"),
            DraftEntry::Reason(_) => Bilingual::new("s 并选同一结论", "s and the same verdict"),
            DraftEntry::Value => Bilingual::new("+", "+"),
            DraftEntry::Settlement => Bilingual::new("ga 页上的 s", "s on the page of ga"),
        }
    }
}

/// What a draft is a draft of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSubject {
    /// The plan's id.
    pub plan: Box<str>,
    /// The node's id, which may have left the plan.
    pub node: NodeName,
    pub entry: DraftEntry,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftWords {
    /// What kind of note, where it is a new one.
    pub kind: NoteKind,
    /// What was typed, field by field; one field but for values.
    pub fields: Vec<String>,
}

impl DraftWords {
    pub fn line(kind: NoteKind, text: impl Into<String>) -> Self {
        Self { kind, fields: vec![text.into()] }
    }

    /// Whether nothing is said.
    pub fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }

    /// All of it on one line, safe to show.
    pub fn in_one_line(&self) -> String {
        let said = self.fields.iter().map(|field| field.trim()).filter(|field| !field.is_empty());
        one_line(&said.collect::<Vec<_>>().join(" ")).into_owned()
    }

    /// Whether both say the same, but for white space around it.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said =
            |words: &Self| words.fields.iter().map(|field| field.trim().to_owned()).collect::<Vec<_>>();
        self.kind == other.kind && said(self) == said(other)
    }
}

/// Lines from here on that begin with `#` are no part of the words.
const SCISSORS: &str = "# ------------------------ >8 ------------------------";

/// The text of the file: the words, and below them what they are for.
pub fn text(subject: &DraftSubject, title: &str, words: &DraftWords) -> String {
    let first = words.fields.first().map_or("", String::as_str);
    let body = match subject.entry {
        DraftEntry::Note => format!("kind: {}\n\n{first}", words.kind.word()),
        DraftEntry::Value => {
            let lines =
                VALUE_LABELS.iter().zip(&words.fields).map(|(label, field)| format!("{label}: {field}"));
            lines.collect::<Vec<_>>().join("\n")
        }
        _ => first.to_owned(),
    };
    let kinds = match subject.entry {
        DraftEntry::Note => {
            format!(
                "# kind: {}\n",
                NoteKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ")
            )
        }
        _ => String::new(),
    };
    let what = subject.entry.said();
    format!(
        "{body}\n\n{SCISSORS}\n# {} · {}\n# {}：{} {}: {}\n\
         # 从上面的线起，以 # 开头的行不保存；空文不记录。 From the line above on, lines that begin with # are not kept; an empty text is not recorded.\n{kinds}",
        one_line(&subject.node),
        one_line(title),
        one_line(&subject.plan),
        what.zh,
        one_line(&subject.plan),
        what.en,
    )
}

/// A file's text without the lines that are no words: whatever else stands there was written by somebody.
pub fn body(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    // The last one: words may quote such a line.
    let Some(at) = text.rmatch_indices(SCISSORS).map(|(at, _)| at).find(|at| begins_line(&text, *at)) else {
        return text.trim().to_owned();
    };
    let below = text[at..].lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let parts: Vec<&str> = std::iter::once(text[..at].trim_end()).chain(below).collect();
    parts.join("\n").trim().to_owned()
}

fn begins_line(text: &str, at: usize) -> bool {
    at == 0 || text.as_bytes()[at - 1] == b'\n'
}

/// The kind that a note's first line names, and what follows; `None` where that line is part of the words.
pub fn kind_line(body: &str) -> Option<(&str, &str)> {
    let first = body.lines().next()?;
    Some((first.strip_prefix("kind:")?.trim(), body[first.len()..].trim()))
}

/// What a file's text says. No word of it is lost: a line that is not understood is part of the words.
pub fn words(entry: &DraftEntry, text: &str) -> DraftWords {
    let body = body(text);
    match entry {
        DraftEntry::Note => {
            let head = kind_line(&body).and_then(|(kind, rest)| {
                let kind = NoteKind::ALL.iter().find(|each| each.word() == kind)?;
                Some(DraftWords::line(*kind, rest))
            });
            head.unwrap_or_else(|| DraftWords::line(NoteKind::Progress, body.clone()))
        }
        DraftEntry::Value => DraftWords { kind: NoteKind::Progress, fields: value_fields(&body) },
        _ => DraftWords::line(NoteKind::Progress, body),
    }
}

fn value_fields(body: &str) -> Vec<String> {
    let mut fields = vec![String::new(); VALUE_LABELS.len()];
    for line in body.lines() {
        let labelled = VALUE_LABELS.iter().enumerate().find_map(|(at, label)| {
            let rest = line.strip_prefix(label)?.strip_prefix(':')?;
            fields[at].is_empty().then(|| (at, rest.trim()))
        });
        let (at, said) = labelled.unwrap_or((WORDS_FIELD, line.trim()));
        if !fields[at].is_empty() && !said.is_empty() {
            fields[at].push(' ');
        }
        fields[at].push_str(said);
    }
    fields
}

/// Between the parts of a file's name; stands in none of them.
const JOINT: char = '+';

/// Longest beginning of a file's name, in bytes: what is added to it stays within the 255 of file systems.
const MAX_STEM_BYTES: usize = 180;

/// Bytes of a longer one that are kept, so that people recognise it.
const CUT_STEM_BYTES: usize = 120;

impl DraftSubject {
    /// The beginning of the names of its files: plain ASCII, told apart from that of every other subject.
    pub fn stem(&self) -> String {
        let parts = [&*self.plan, &*self.node, &self.entry.word()].map(encoded);
        let whole = parts.join(&JOINT.to_string());
        if whole.len() <= MAX_STEM_BYTES {
            return whole;
        }
        let hash = super::fnv::fnv(whole.as_bytes());
        let kept = whole[..CUT_STEM_BYTES].replace(JOINT, "_");
        format!("{kept}{JOINT}{hash:016x}")
    }

    /// What a file is a draft of, by its name; `None` where the name was too long to say it, or is another's.
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (stem, _) = name.strip_suffix(".md")?.rsplit_once('.')?;
        let parts: Vec<String> = stem.split(JOINT).map(decoded).collect::<Option<_>>()?;
        let [plan, node, entry] = parts.as_slice() else { return None };
        Some(Self {
            plan: plan.as_str().into(),
            node: node.as_str().into(),
            entry: DraftEntry::parse(entry)?,
        })
    }
}

/// Everything but plain letters, digits and `._-` as `%` and two hexadecimal digits a byte.
fn encoded(part: &str) -> String {
    use std::fmt::Write;
    part.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).ok()
}

/// The node of a draft named `NODE-PROCESS-NUMBER.md`, as earlier versions wrote them; its text names it
/// exactly.
pub fn older_node(name: &str, text: &str) -> Option<String> {
    let stem = name.strip_suffix(".md")?;
    let (rest, number) = stem.rsplit_once('-')?;
    let (node, process) = rest.rsplit_once('-')?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if name.contains(JOINT) || node.is_empty() || !is_number(number) || !is_number(process) {
        return None;
    }
    let named = text.lines().skip_while(|line| *line != SCISSORS).nth(1);
    let named = named.and_then(|line| line.strip_prefix("# ")?.split(" · ").next().map(str::to_owned));
    Some(named.unwrap_or_else(|| node.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn subject(node: &str, entry: DraftEntry) -> DraftSubject {
        DraftSubject { plan: "mini".into(), node: node.into(), entry }
    }

    #[rstest]
    #[case("g1", DraftEntry::Note, "mini+g1+note")]
    #[case("g1", DraftEntry::Reason(Some(State::OnTrack)), "mini+g1+reason%3Aon-track")]
    #[case("a/../b", DraftEntry::Edit("0193+x".into()), "mini+a%2F..%2Fb+edit%3A0193%2Bx")]
    #[case("教", DraftEntry::Value, "mini+%E6%95%99+value")]
    fn a_file_name_is_plain_and_says_what_it_is_for(
        #[case] node: &str,
        #[case] entry: DraftEntry,
        #[case] stem: &str,
    ) {
        let subject = subject(node, entry);
        assert_eq!(subject.stem(), stem);
        assert_eq!(DraftSubject::of_file_name(&format!("{stem}.0a1b2c3d.md")), Some(subject));
    }

    #[test]
    fn a_long_id_still_has_a_file_name_of_its_own() {
        let [one, two] = ["1", "2"].map(|end| subject(&("教".repeat(90) + end), DraftEntry::Note).stem());
        assert!(one != two && one.len() <= MAX_STEM_BYTES, "{one}");
        assert_eq!(DraftSubject::of_file_name(&format!("{one}.0a1b2c3d.md")), None);
    }

    #[rstest]
    #[case::a_line("half a thought")]
    #[case::several("one\n\n# a heading is text\ntwo")]
    #[case::a_first_line_like_the_heads("kind: of odd")]
    #[case::the_line_itself("before\n# ------------------------ >8 ------------------------\n# after")]
    fn what_goes_in_comes_out(#[case] said: &str) {
        for entry in [
            DraftEntry::Note,
            DraftEntry::Edit("r1".into()),
            DraftEntry::Reason(None),
            DraftEntry::Settlement,
        ] {
            let kind = if entry == DraftEntry::Note { NoteKind::Question } else { NoteKind::Progress };
            let words = DraftWords::line(kind, said);
            let text = text(&subject("g1", entry.clone()), "Goal", &words);
            assert_eq!(super::words(&entry, &text), words, "{text}");
        }
    }

    #[test]
    fn a_value_keeps_its_fields() {
        let fields = ["65.2", "2026-06", "", "statistics office: table 3", "b"].map(str::to_owned).to_vec();
        let words = DraftWords { kind: NoteKind::Progress, fields };
        let text = text(&subject("g1.share", DraftEntry::Value), "Share", &words);
        assert_eq!(super::words(&DraftEntry::Value, &text), words);
        let by_hand = super::words(&DraftEntry::Value, "value: 3\nas the bureau says\n");
        assert_eq!((by_hand.fields[0].as_str(), by_hand.fields[3].as_str()), ("3", "as the bureau says"));
    }

    #[rstest]
    #[case::all_replaced("written in the window\n", "written in the window")]
    #[case::below_the_line(
        "above\n\n# ------------------------ >8 ------------------------\n# g1 · x\nbelow\n",
        "above\nbelow"
    )]
    #[case::windows("one\r\ntwo\r\n", "one\ntwo")]
    #[case::nothing("\n\n# ------------------------ >8 ------------------------\n# g1 · x\n", "")]
    fn whatever_an_editor_leaves_is_read(#[case] text: &str, #[case] said: &str) {
        assert_eq!(words(&DraftEntry::Note, text), DraftWords::line(NoteKind::Progress, said));
    }

    #[rstest]
    #[case(
        "g1-4711-0.md",
        "kind: progress\n\nx\n# ------------------------ >8 ------------------------\n# g1 · Goal\n",
        Some("g1")
    )]
    #[case("a_1-4711-0.md", "x", Some("a_1"))]
    #[case("g1-4711.md", "x", None)]
    #[case("mini+g1+note.0a1b2c3d.md", "x", None)]
    fn the_older_names_are_known(#[case] name: &str, #[case] text: &str, #[case] node: Option<&str>) {
        assert_eq!(older_node(name, text).as_deref(), node);
    }
}
