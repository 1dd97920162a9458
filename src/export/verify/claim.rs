//! Reads stamp and marks out of a file, whatever its format.

use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::{nodes, workbook};
use crate::export::document::{CsvStamp, JournalStamp, PlanStamp, ReportStamp, RuleStamp, STAMP_VERSION};
use crate::export::format::{Format, Options};
use crate::export::html;
use crate::export::mark::ReportMark;
use crate::export::markdown::{MARKS_OPEN, STAMP_KEY};
use crate::export::template::{BLOCK_OPEN, TEMPLATED};
use crate::export::{package, toml};

/// What a file says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct StampClaim {
    /// Its format, found in its bytes.
    pub format: Format,
    pub stamp: ReportStamp,
    /// What it says of each node.
    pub marks: Vec<ReportMark>,
    /// Whether a template of somebody's own wrote it, so that it cannot be made again.
    pub is_templated: bool,
}

impl StampClaim {
    /// The options that it was written with.
    pub fn options(&self) -> Options {
        self.stamp.csv.as_ref().and_then(CsvStamp::options).unwrap_or_default()
    }

    /// Whether it says of each node what it was. A document that another program saved again may not.
    pub fn has_marks(&self) -> bool {
        !self.marks.is_empty()
    }
}

/// Why a file cannot be verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnverifiableReason {
    /// It has no stamp.
    NoStamp,
    /// A newer version signed it.
    Newer,
    /// Its stamp is there, and cannot be read.
    BadStamp,
    /// The mark of its so-manieth node cannot be read.
    BadMark(usize),
    NoMarks,
}

/// Reads a file. Its name does not matter.
///
/// # Errors
/// [`UnverifiableReason`].
pub fn read(bytes: &[u8]) -> Result<StampClaim, UnverifiableReason> {
    if bytes.starts_with(b"PK") {
        if let Some(line) = package::stamp_line(bytes) {
            let lines = package::mark_lines(bytes);
            return claim_with(Format::Docx, stamp(&line)?, lines.iter().map(String::as_str));
        }
        let lines = workbook::stamp_lines(bytes).ok_or(UnverifiableReason::NoStamp)?;
        let (first, rest) = lines.split_first().ok_or(UnverifiableReason::NoStamp)?;
        return claim(Format::Xlsx, stamp(first)?, rest.iter().map(String::as_str));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| UnverifiableReason::NoStamp)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains(BLOCK_OPEN) {
        return block(text);
    }
    match text.trim_start().chars().next() {
        Some('{') => json(text),
        Some('<') if text.contains("<opml ") => outline(text),
        Some('<') => page(text),
        Some('#') => match text.lines().next().and_then(|line| line.strip_prefix(TOML_STAMP)) {
            Some(line) => {
                let marks = text.lines().filter_map(|line| line.strip_prefix(toml::MARK_OPEN));
                claim_with(Format::Toml, stamp(line)?, marks)
            }
            None => markdown(text),
        },
        _ => markdown(text),
    }
}

/// What stands before the stamp in a TOML file, and around it in an outline.
const TOML_STAMP: &str = "# plan158: ";
const OPML_STAMP: (&str, &str) = ("<!-- plan158: ", " -->");

/// The comment in the head. Texts of people and plans have their `<` escaped.
fn outline(text: &str) -> Result<StampClaim, UnverifiableReason> {
    let (_, rest) = text.split_once(OPML_STAMP.0).ok_or(UnverifiableReason::NoStamp)?;
    let (line, _) = rest.split_once(OPML_STAMP.1).ok_or(UnverifiableReason::BadStamp)?;
    let marks = text.lines().skip_while(|line| *line != MARKS_OPEN).skip(1).take_while(|line| *line != "-->");
    claim_with(Format::Opml, stamp(line)?, marks)
}

/// A file that needs its marks.
fn claim<'t>(
    format: Format,
    stamp: ReportStamp,
    lines: impl Iterator<Item = &'t str>,
) -> Result<StampClaim, UnverifiableReason> {
    let claim = claim_with(format, stamp, lines)?;
    if claim.marks.is_empty() { Err(UnverifiableReason::NoMarks) } else { Ok(claim) }
}

/// A file with its marks, if it has any: without them it is compared as a whole.
fn claim_with<'t>(
    format: Format,
    stamp: ReportStamp,
    lines: impl Iterator<Item = &'t str>,
) -> Result<StampClaim, UnverifiableReason> {
    let lines = lines.map(str::trim_end).filter(|line| !line.is_empty());
    let mark = |(number, line)| ReportMark::parse(line).ok_or(UnverifiableReason::BadMark(number));
    let marks = (1..).zip(lines).map(mark).collect::<Result<Vec<_>, _>>()?;
    Ok(StampClaim { format, is_templated: stamp.format == TEMPLATED, stamp, marks })
}

/// Reads the file beside a csv file, which says what the csv file was.
///
/// # Errors
/// [`UnverifiableReason`].
pub fn read_beside(text: &str) -> Result<StampClaim, UnverifiableReason> {
    let mut lines = text.lines();
    let stamp = stamp(lines.next().ok_or(UnverifiableReason::NoStamp)?)?;
    claim(Format::Csv, stamp, lines)
}

/// The block that a template puts where it likes.
fn block(text: &str) -> Result<StampClaim, UnverifiableReason> {
    let (_, rest) = text.split_once(BLOCK_OPEN).ok_or(UnverifiableReason::NoStamp)?;
    let mut lines = rest.lines();
    let stamp = stamp(lines.next().ok_or(UnverifiableReason::BadStamp)?)?;
    claim(Format::Md, stamp, lines.take_while(|line| line.trim() != "-->"))
}

/// The version that every stamp has.
#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

fn stamp(line: &str) -> Result<ReportStamp, UnverifiableReason> {
    match serde_json::from_str::<Versioned>(line) {
        Ok(Versioned { v }) if v > STAMP_VERSION => Err(UnverifiableReason::Newer),
        _ => ReportStamp::parse(line).ok_or(UnverifiableReason::BadStamp),
    }
}

/// The front matter's line, and the comment at the end. Texts of people and plans begin neither.
fn markdown(text: &str) -> Result<StampClaim, UnverifiableReason> {
    let mut lines = text.lines();
    if lines.next() != Some("---") {
        return Err(UnverifiableReason::NoStamp);
    }
    let mut front = lines.by_ref().take_while(|line| *line != "---");
    let line = front.find_map(|line| line.strip_prefix(STAMP_KEY)).ok_or(UnverifiableReason::NoStamp)?;
    let stamp = stamp(line)?;
    let marks = lines.skip_while(|line| *line != MARKS_OPEN).skip(1).take_while(|line| *line != "-->");
    claim(Format::Md, stamp, marks)
}

/// Two blocks of data, in which no `<` stands.
fn page(text: &str) -> Result<StampClaim, UnverifiableReason> {
    let block = |id: &str| {
        let (_, rest) = text.split_once(&html::data_block(id))?;
        rest.split_once('<').map(|(inside, _)| inside)
    };
    let stamp = stamp(block(html::STAMP_ID).ok_or(UnverifiableReason::NoStamp)?.trim())?;
    let marks = block(html::MARKS_ID).ok_or(UnverifiableReason::NoMarks)?;
    let lines = marks.lines().map(|line| line.trim_end().trim_end_matches(','));
    claim(Format::Html, stamp, lines.filter(|line| !matches!(*line, "[" | "]")))
}

/// The head and the nodes of the JSON export.
#[derive(Deserialize)]
struct Exported<'t> {
    tool: String,
    as_of: String,
    scope: Option<String>,
    filter: Option<String>,
    lang: String,
    plan: PlanStamp,
    journal: JournalStamp,
    #[serde(default)]
    as_of_named: Option<bool>,
    #[serde(default)]
    as_of_end: Option<String>,
    #[serde(default)]
    digest: String,
    rule: RuleStamp,
    #[serde(borrow)]
    nodes: Vec<&'t RawValue>,
}

/// What tells the JSON export from any other JSON.
#[derive(Deserialize)]
struct Signed {
    #[serde(default)]
    format: Json,
    #[serde(default)]
    tool: Json,
}

fn json(text: &str) -> Result<StampClaim, UnverifiableReason> {
    let signed: Signed = serde_json::from_str(text).map_err(|_| UnverifiableReason::NoStamp)?;
    match (signed.format.as_u64(), signed.tool.as_str()) {
        (Some(format), Some(tool)) if tool.starts_with("plan158 ") => {
            if format > 1 {
                return Err(UnverifiableReason::Newer);
            }
        }
        _ => return Err(UnverifiableReason::NoStamp),
    }
    let said: Exported<'_> = serde_json::from_str(text).map_err(|_| UnverifiableReason::BadStamp)?;
    let stamp = ReportStamp {
        shape: None,
        csv: None,
        v: if said.digest.is_empty() { 1 } else { STAMP_VERSION },
        format: Format::Json.word().to_owned(),
        tool: said.tool,
        plan: said.plan,
        journal: said.journal,
        scope: said.scope,
        filter: said.filter,
        lang: said.lang,
        // JSON has every text in every language, so the program's own does not show in it.
        ui: String::new(),
        as_of: said.as_of,
        as_of_named: said.as_of_named,
        as_of_end: said.as_of_end,
        digest: said.digest,
        charts: None,
        rule: said.rule,
        nodes: said.nodes.len(),
    };
    let mark = |(number, node): (usize, &&RawValue)| {
        nodes::mark(node.get()).ok_or(UnverifiableReason::BadMark(number))
    };
    let marks = (1..).zip(&said.nodes).map(mark).collect::<Result<Vec<_>, _>>()?;
    if marks.is_empty() {
        Err(UnverifiableReason::NoMarks)
    } else {
        Ok(StampClaim { format: Format::Json, stamp, marks, is_templated: false })
    }
}
