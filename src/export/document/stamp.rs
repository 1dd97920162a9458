//! What a report is signed with: from what, of what, when and by which rules it was made, as one line that a
//! program reads back.
//!
//! The line is JSON in which nothing can end a comment, a tag or a script of whatever holds it: `<`, `>`, `&`
//! and the second of two dashes are written as `\u…`, which every JSON reader undoes
//! (`docs/export-format.md`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Document, ShapeStamp};
use crate::export::format::{CsvDialect, Format, Options, RowUnit};
use crate::journal::Journal;
use crate::plan::rule_set::{BilingualText, RuleNumber, RuleSet, RuleSteps};
use crate::progress::RuleRef;
use crate::text::{Bilingual, Ui};

/// The version of stamps and marks that this program writes.
pub const STAMP_VERSION: u32 = 2;

/// The plan that was exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStamp {
    pub id: String,
    /// The hash of its files, `sha256:…`.
    pub hash: String,
    /// Errors found while it was read.
    pub errors: usize,
}

/// The journal, up to the as-of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalStamp {
    /// Its hash, `sha256:…`.
    pub hash: String,
    pub records: usize,
    /// The number of the last record held of each writer.
    #[serde(default)]
    pub upto: BTreeMap<String, u64>,
    /// Lines that no writer counts. Files of version 1 do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older: Option<OlderLines>,
}

/// Lines of earlier programs, of newer ones, and rival lines: none of them has a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OlderLines {
    pub records: usize,
    /// The hash of the sorted lines; `None` where there are none.
    pub hash: Option<String>,
}

impl JournalStamp {
    pub fn of(journal: &Journal) -> Self {
        let (upto, records, hash) = journal.held();
        let older = Some(OlderLines { records, hash });
        Self { hash: journal.hash(), records: journal.line_count(), upto, older }
    }
}

/// The rule set of verdicts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleStamp {
    pub id: String,
    /// Lower ends of on-track, needs-acceleration and limited.
    pub cuts: Vec<f64>,
    /// The number that is cut: `pace`, `lead`, `compound-ratio` or `projected-share`. Files of earlier
    /// versions do not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The steps before it: `all`, `all-but-hold` or `none`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub steps: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Bilingual>,
    /// Words of its own for its classes, the best first; empty where they are called as the states are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Bilingual>,
    /// A verdict is provisional while less than this share of the time has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional_below: Option<f64>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Bilingual>,
}

impl RuleStamp {
    pub fn of(rule: RuleRef) -> Self {
        Self {
            id: rule.word().to_owned(),
            cuts: rule.cuts().to_vec(),
            number: rule.set().number.word().to_owned(),
            steps: rule.set().steps.word().to_owned(),
            name: Some(in_both(&rule.set().name)),
            words: rule.set().classes.iter().map(in_both).filter(|said| !said.zh.is_empty()).collect(),
            provisional_below: Some(rule.set().early),
            source: Some(in_both(&rule.set().source)),
        }
    }

    /// The rule set that it says, so that verdicts can be made again where no plan and no settings have it;
    /// `None` where an earlier version did not say all of it.
    pub fn rule(&self) -> Option<RuleRef> {
        let said = |text: &Bilingual| (text.zh.clone().into(), text.en.clone().into());
        let set = RuleSet {
            id: self.id.clone().into(),
            name: said(self.name.as_ref()?),
            number: RuleNumber::parse(&self.number)?,
            cuts: self.cuts.clone().try_into().ok()?,
            classes: std::array::from_fn(|at| self.words.get(at).map(said).unwrap_or_default()),
            steps: RuleSteps::parse(&self.steps)?,
            early: self.provisional_below?,
            source: said(self.source.as_ref()?),
        };
        Some(RuleRef::own(&set))
    }

    /// On one line: `pace 0.95 0.6 0`.
    pub fn said(&self) -> String {
        self.cuts.iter().fold(self.id.clone(), |said, cut| format!("{said} {cut}"))
    }
}

fn in_both((zh, en): &BilingualText) -> Bilingual {
    Bilingual::new(zh.as_ref(), en.as_ref())
}

/// How a table of csv is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvStamp {
    /// What a row is: `nodes` or `values`.
    pub rows: String,
    /// `excel`, `shielded` or `plain`.
    pub dialect: String,
}

impl CsvStamp {
    pub fn of(options: &Options) -> Self {
        Self { rows: options.rows.word().to_owned(), dialect: options.csv.word().to_owned() }
    }

    /// The options that it says; `None` where this program does not know them.
    pub fn options(&self) -> Option<Options> {
        Some(Options { rows: RowUnit::parse(&self.rows)?, csv: CsvDialect::parse(&self.dialect)? })
    }
}

/// Everything that must be given again to make the same report again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportStamp {
    /// [`STAMP_VERSION`].
    pub v: u32,
    /// `md`, `html`, …
    pub format: String,
    /// The program and its version.
    pub tool: String,
    pub plan: PlanStamp,
    pub journal: JournalStamp,
    /// Only this node and what is below it.
    pub scope: Option<String>,
    /// Only what this query finds.
    pub filter: Option<String>,
    /// What shapes the report; left out where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<ShapeStamp>,
    /// How a table of csv is written, which only the file beside it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csv: Option<CsvStamp>,
    /// A tag of the plan, or `both`.
    pub lang: String,
    /// The language the program spoke, `zh` or `en`: a plan may have neither.
    pub ui: String,
    /// A date, or an instant.
    pub as_of: String,
    /// Whether somebody asked for that moment; else it is the day on which the report was made. Files of
    /// version 1 do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of_named: Option<bool>,
    /// The first instant that is no longer by the day of `as_of`, where somebody asked for a day: it ends where
    /// the report was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of_end: Option<String>,
    /// The digest of the file's own content; empty in files of version 1.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
    /// The digest of what the charts of a docx draw, apart from its texts: programs write charts in forms of
    /// their own when they save.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charts: Option<String>,
    pub rule: RuleStamp,
    /// How many nodes the report has.
    pub nodes: usize,
}

/// What stands in the place of a digest while it is worked out.
pub const BLANK: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

/// The program and its version.
pub const TOOL: &str = concat!("plan158 ", env!("CARGO_PKG_VERSION"));

impl Document<'_> {
    /// What it is signed with in a format.
    pub fn stamp(&self, format: Format) -> ReportStamp {
        let scene = &self.scene;
        ReportStamp {
            v: STAMP_VERSION,
            format: format.word().to_owned(),
            tool: TOOL.to_owned(),
            plan: PlanStamp {
                id: scene.plan.id.to_string(),
                hash: self.plan_hash.to_string(),
                errors: scene.errors,
            },
            journal: self.journal.clone(),
            scope: self.scope.map(|id| scene.plan.tree.node(id).key.to_string()),
            filter: self.filter.as_ref().map(|filter| filter.query.to_string()),
            shape: ShapeStamp::of(&self.shape),
            csv: None,
            lang: scene.lang().to_owned(),
            ui: scene.ui.pick("zh", "en").to_owned(),
            as_of: scene.judge.as_of.to_string(),
            as_of_named: Some(scene.judge.as_of.is_named()),
            as_of_end: scene.judge.as_of.end().map(|end| end.to_string()),
            digest: match format {
                // It has no place for one.
                Format::Csv => String::new(),
                _ => BLANK.to_owned(),
            },
            charts: None,
            rule: RuleStamp::of(scene.judge.rule),
            nodes: self.count(),
        }
    }
}

impl ReportStamp {
    pub fn line(&self) -> String {
        sealed(self)
    }

    /// Reads a line back; `None` where it is none, or of a version this program does not know.
    pub fn parse(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok().filter(|stamp: &Self| (1..=STAMP_VERSION).contains(&stamp.v))
    }

    /// The language the program spoke.
    pub fn speaks(&self) -> Ui {
        if self.ui == "zh" { Ui::Zh } else { Ui::En }
    }
}

/// JSON on one line that cannot break out of a comment in HTML, Markdown or XML, nor out of a script. Empty
/// only where the value cannot be written as JSON at all, which no value of this module is.
pub fn sealed(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).unwrap_or_default();
    let mut out = String::with_capacity(plain.len());
    // Outside strings JSON has none of these but the dash of a number, which never follows another.
    for c in plain.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '-' if out.ends_with('-') => out.push_str("\\u002d"),
            c if c != ' ' && crate::text::clean::is_unsafe_char(c) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stamp(filter: &str) -> ReportStamp {
        ReportStamp {
            v: STAMP_VERSION,
            format: "md".into(),
            tool: TOOL.into(),
            plan: PlanStamp { id: "small".into(), hash: "sha256:00".into(), errors: 0 },
            journal: JournalStamp { hash: "sha256:11".into(), records: 3, ..JournalStamp::default() },
            scope: Some("a--b".into()),
            filter: Some(filter.into()),
            shape: None,
            csv: None,
            lang: "both".into(),
            ui: "zh".into(),
            as_of: "2026-11-24".into(),
            as_of_named: Some(false),
            as_of_end: Some("2026-11-24T16:00:00Z".into()),
            digest: BLANK.into(),
            charts: None,
            rule: RuleStamp::of(RuleRef::PACE),
            nodes: 7,
        }
    }

    #[test]
    fn a_newer_stamp_is_not_taken_for_ours() {
        let newer = stamp("x").line().replace("\"v\":2", "\"v\":3");
        assert_eq!(ReportStamp::parse(&newer), None);
    }

    proptest! {
        #[test]
        fn any_query_comes_back_and_breaks_out_of_nothing(filter in "(-|>|<|&|!|/|\"|\\\\|\n|\u{202e}|\u{2028}|script|.){0,40}") {
            let line = stamp(&filter).line();
            prop_assert_eq!(ReportStamp::parse(&line), Some(stamp(&filter)));
            for bad in ["<", ">", "&", "--", "\n", "\u{202e}", "\u{2028}"] {
                prop_assert!(!line.contains(bad), "{:?} in {}", bad, line);
            }
        }
    }
}
