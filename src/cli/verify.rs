//! `plan158 verify FILE [--json]`: an exported file held against the plan and the journal of today.

mod answer;
mod words;

use std::io::{Read as _, Write as _};
use std::path::Path;

use super::CommandContext;
use super::export::{beside, filter, scene};
use super::failure::{Exit, Failure, Stop};
use super::open::{self, OpenPlan, open_with};
use super::output::Output;
use super::settings::spec::SettingOrigin;
use super::settings::{RuleName, Settings};
use super::show::ShowForm;
use crate::export::document::{JournalStamp, PlanStamp, RuleStamp, ShapeStamp, TOOL};
use crate::export::verify::{CurrentState, StampClaim, UnverifiableReason, Verification, read, read_beside};
use crate::export::{Document, ExportContext, ExportError, ReportStamp, Unwatched};
use crate::plan::Plan;
use crate::plan::as_of::AsOf;
use crate::plan::regular_file::{self, UnreadableFile};

use crate::text::language::{LanguageRequest, choose};
use crate::text::{Bilingual, ShownLanguages};
use crate::text::{clean::one_line, clean::shown};

/// Largest export that is read back, in bytes.
const MAX_FILE_BYTES: u64 = 1 << 30;

/// Runs the command. The file's own as-of and rule set count, unless a flag names others.
///
/// # Errors
/// When the file cannot be read or has no stamp of this program, or is of another plan; when the plan or the
/// journal cannot be opened.
pub fn run(
    context: &CommandContext,
    out: &mut Output,
    (file, expected): (&Path, Option<&str>),
    form: ShowForm,
) -> Result<Exit, Stop> {
    let is_piped = file == Path::new("-");
    let shown =
        if is_piped { context.ui().pick("标准输入", "standard input").into() } else { shown(file) };
    let bytes = if is_piped {
        piped()?
    } else {
        regular_file::read(file, MAX_FILE_BYTES).map_err(|why| unopened(&shown, &why))?
    };
    let claim = match read(&bytes) {
        Err(UnverifiableReason::NoStamp) if !is_piped => match read_stamp_beside(file)? {
            Some(claim) => claim,
            None if is_table(file) => return unchecked(context, out, &shown, form),
            None => return Err(unsigned(&shown, UnverifiableReason::NoStamp).into()),
        },
        read => read.map_err(|unread| unsigned(&shown, unread))?,
    };
    if let Some(expected) = expected.filter(|expected| expected.trim() != claim.stamp.digest) {
        return Err(another_digest(&shown, expected, &claim.stamp.digest).into());
    }
    if claim.stamp.shape.as_ref().is_some_and(|shape| shape.shape().is_none()) {
        return Err(unsigned(&shown, UnverifiableReason::Newer).into());
    }
    let asked = as_the_file_asks(&context.settings, context, &claim)
        .ok_or_else(|| unsigned(&shown, UnverifiableReason::BadStamp))?;
    let (opened, mut found) = look(&asked, &shown, &claim, &bytes)?;
    context.ui.set(asked.ui());
    if found.is_edited() && (found.as_of.is_some() || found.rule.is_some()) {
        // Where it was edited does not depend on what else is asked.
        let mut settings = context.settings.clone();
        settings.as_of.origin = SettingOrigin::Default;
        settings.rule.origin = SettingOrigin::Default;
        if let Some(own) = as_the_file_asks(&settings, context, &claim) {
            found.place_edits_as(look(&own, &shown, &claim, &bytes)?.1);
        }
    }
    let plan = opened.plan();
    match form {
        ShowForm::Json => answer::json(out, &shown, plan, &claim, &found)?,
        ShowForm::Card => words::write(out, &opened, context.ui(), &shown, &claim, &found)?,
    }
    Ok(if found.is_same() { Exit::Done } else { Exit::No })
}

/// Reads the stamp file of a csv file; `None` where no such file stands beside it.
fn read_stamp_beside(file: &Path) -> Result<Option<StampClaim>, Stop> {
    let beside = beside(file);
    match regular_file::read_text(&beside, MAX_FILE_BYTES) {
        Ok(text) => Ok(Some(read_beside(&text).map_err(|unread| unsigned(&shown(&beside), unread))?)),
        Err(why) if why.is_missing() => Ok(None),
        Err(why) => Err(unopened(&shown(&beside), &why).into()),
    }
}

fn is_table(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

/// A csv file without its stamp: nothing of it can be checked.
fn unchecked(context: &CommandContext, out: &mut Output, file: &str, form: ShowForm) -> Result<Exit, Stop> {
    match form {
        ShowForm::Json => answer::unchecked(out, file)?,
        ShowForm::Card => {
            let said = context.ui().pick(
                format!("{file}：无法核对：旁边没有 {file}.stamp（导出时用 --stamp 写出）"),
                format!("{file}: cannot be checked: there is no {file}.stamp beside it, which `export --stamp` writes"),
            );
            writeln!(out, "{said}")?;
        }
    }
    Ok(Exit::No)
}

/// Opens the plan and holds the file against it.
fn look(
    asked: &CommandContext,
    shown: &str,
    claim: &StampClaim,
    bytes: &[u8],
) -> Result<(OpenPlan, Verification), Stop> {
    let opened = open_with(asked, claim.stamp.rule.rule())?;
    let plan = opened.plan();
    if *plan.id != claim.stamp.plan.id {
        return Err(other_plan(shown, &claim.stamp.plan.id, plan).into());
    }
    let stamp = stamp(asked, &opened, claim)?;
    let document = document(asked, &opened, claim, &stamp)?;
    let today = CurrentState { plan, document: document.as_ref(), stamp: &stamp };
    let found = Verification::new(claim, bytes, &today, &mut Unwatched).map_err(|error| match error {
        ExportError::Write(error) => Stop::from(error),
        ExportError::Refused(said) => no_rerun(said).into(),
        ExportError::Interrupted => Stop::PipeClosed,
    })?;
    drop(document);
    Ok((opened, found))
}

/// The settings with the file's as-of and rule; `None` where the file names none that this program knows.
fn as_the_file_asks(
    settings: &Settings,
    context: &CommandContext,
    claim: &StampClaim,
) -> Option<CommandContext> {
    let mut settings = settings.clone();
    if settings.as_of.origin == SettingOrigin::Default {
        let stated = AsOf::parse(&claim.stamp.as_of)?;
        // A report that was made on a day nobody named rests on all that there was; what came later is told of
        // as a change.
        let is_named = claim.stamp.as_of_named.unwrap_or(true);
        let end = claim.stamp.as_of_end.as_deref().and_then(|end| end.parse().ok());
        let stated = end.map_or(stated, |end| stated.until(end));
        settings.as_of.value = if is_named { stated } else { AsOf::now(stated.day()) };
    }
    if !matches!(settings.rule.origin, SettingOrigin::Flag(_)) {
        settings.rule.value = RuleName(claim.stamp.rule.id.clone());
    }
    Some(context.with(settings))
}

/// What the file would be signed with today.
fn stamp(asked: &CommandContext, opened: &OpenPlan, claim: &StampClaim) -> Result<ReportStamp, Failure> {
    Ok(ReportStamp {
        tool: TOOL.to_owned(),
        plan: PlanStamp {
            id: opened.plan().id.to_string(),
            hash: open::hash(asked)?,
            errors: opened.loaded.errors(),
        },
        journal: JournalStamp::of(&opened.journal),
        as_of: opened.as_of.to_string(),
        rule: RuleStamp::of(opened.rule),
        ..claim.stamp.clone()
    })
}

/// The document of today; `None` where its scope has left the plan, or its filter finds nothing.
fn document<'p>(
    asked: &CommandContext,
    opened: &'p OpenPlan,
    claim: &StampClaim,
    stamp: &ReportStamp,
) -> Result<Option<Document<'p>>, Stop> {
    let plan = opened.plan();
    let scope = match claim.stamp.scope.as_deref().map(|id| plan.tree.find(id)) {
        Some(None) => return Ok(None),
        Some(scope) => scope,
        None => None,
    };
    let states = opened.states();
    let wanted = claim.stamp.filter.as_deref();
    let filter = match wanted.map(|text| filter(opened, &states, scope, text)).transpose()? {
        Some(None) => return Ok(None),
        Some(filter) => filter,
        None => None,
    };
    let scene = ExportContext {
        show: languages(asked, plan, &claim.stamp.lang)?,
        ui: claim.stamp.speaks(),
        ..scene(asked, opened, states)
    };
    // What this program does not know of a shape, `run` has refused.
    let shape = claim.stamp.shape.as_ref().and_then(ShapeStamp::shape).unwrap_or_default();
    Ok(Some(Document::new(scene, stamp.plan.hash.as_str(), scope, filter).shaped(shape)))
}

fn languages(asked: &CommandContext, plan: &Plan, lang: &str) -> Result<ShownLanguages, Failure> {
    let wish = if plan.languages.is_empty() { LanguageRequest::Unset } else { LanguageRequest::parse(lang) };
    let choice = choose(&plan.languages, &wish, asked.environment.locale());
    choice.map(|choice| choice.show).map_err(|missing| {
        let tag = one_line(&missing.tag).into_owned();
        Failure::usage(
            Bilingual::new(
                format!("文件所用的语言 {tag} 已不在规划中"),
                format!("the file is in {tag}, which the plan no longer has"),
            ),
            Bilingual::new("用 --plan 指向当时的规划", "give --plan the plan of that time"),
        )
    })
}

/// What comes through standard input.
fn piped() -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_FILE_BYTES {
        return Err(unopened("-", &UnreadableFile::TooLarge { limit_bytes: MAX_FILE_BYTES }).into());
    }
    Ok(bytes)
}

/// The file is another than the one whose digest was noted. Its own digest may be that of a forger.
fn another_digest(shown: &str, expected: &str, found: &str) -> Failure {
    let (expected, found) = (one_line(expected).into_owned(), one_line(found).into_owned());
    let none = || Bilingual::new("没有", "none");
    let found = if found.is_empty() { none() } else { Bilingual::new(found.clone(), found) };
    Failure {
        exit: Exit::No,
        ..Failure::usage(
            Bilingual::new(
                format!("{shown} 不是所指的文件：摘要值应为 {expected}，文件中为 {}", found.zh),
                format!("{shown} is another file: its digest should be {expected}, and is {}", found.en),
            ),
            Bilingual::new("向提供者索取导出时的那一份", "ask for the file as it was exported"),
        )
    }
}

fn unopened(shown: &str, why: &UnreadableFile) -> Failure {
    let Bilingual { zh, en } = why.reason();
    let what = Bilingual::new(format!("无法读取 {shown}：{zh}"), format!("cannot read {shown}: {en}"));
    Failure::usage(what, why.advice())
}

fn unsigned(shown: &str, why: UnverifiableReason) -> Failure {
    let made = Bilingual::new(
        "可复核的是 `plan158 export` 写出的 md、html、json、docx、xlsx、toml、opml，带 FILE.stamp 的 csv，以及含 {{ stamp_block }} 的模板所写的文件",
        "what `plan158 export` writes as md, html, json, docx, xlsx, toml and opml can be verified, csv with its FILE.stamp, and what a template with {{ stamp_block }} writes",
    );
    let again = Bilingual::new("取一份未改动的文件再试", "try a copy of the file that nobody changed");
    let (what, next) = match why {
        UnverifiableReason::NoStamp => {
            (Bilingual::new("没有本程序的标记", "has no stamp of this program"), made)
        }
        UnverifiableReason::Newer => (
            Bilingual::new("由更新的版本写成", "was written by a newer version"),
            Bilingual::new("更新 plan158 后再复核", "verify it with a newer plan158"),
        ),
        UnverifiableReason::BadStamp => {
            (Bilingual::new("的标记无法读出", "has a stamp that cannot be read"), again)
        }
        UnverifiableReason::NoMarks => (
            Bilingual::new(
                "只有标记，没有各节点的记录",
                "has a stamp, but nothing that says what its nodes were",
            ),
            again,
        ),
        UnverifiableReason::BadMark(number) => (
            Bilingual::new(
                format!("中第{number}个节点的记录无法读出"),
                format!("says of its node {number} what cannot be read"),
            ),
            again,
        ),
    };
    Failure::usage(Bilingual::new(format!("{shown} {}", what.zh), format!("{shown} {}", what.en)), next)
}

fn other_plan(shown: &str, id: &str, plan: &Plan) -> Failure {
    let (theirs, ours) = (one_line(id), one_line(&plan.id));
    Failure::usage(
        Bilingual::new(
            format!("{shown} 出自规划 {theirs}，打开的是 {ours}"),
            format!("{shown} is of the plan {theirs}; the one that is open is {ours}"),
        ),
        Bilingual::new(
            format!("用 --plan 指向 {theirs} 的文件夹或文件"),
            format!("give --plan the folder or file of {theirs}"),
        ),
    )
}

fn no_rerun(said: Bilingual) -> Failure {
    Failure::usage(said, Bilingual::new("检查该文件的格式", "check the format of the file"))
}
