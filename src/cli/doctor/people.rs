//! The journal: where it is, what is in it, and what is torn, orphaned or skipped.

use std::path::Path;

use super::{DoctorFinding, Health, both, writable};
use crate::cli::CommandContext;
use crate::cli::journal::{GitUser, default_author, dir, git_user, silent_git};
use crate::journal::{Author, Journal, JournalProblem, NodeRecords, NotWrittenReason, Skipped, clock, file};
use crate::plan::{Plan, regular_file};
use crate::text::Bilingual;
use crate::text::counted;
use crate::text::{clean::one_line, clean::shown};

/// Everything to say of a plan's journal.
pub(super) fn journal(context: &CommandContext, plan: &Plan) -> Vec<DoctorFinding> {
    let name = || Bilingual::new("记录", "journal");
    let Some(place) = dir(context, plan) else {
        let (what, next) = NotWrittenReason::NoHome.said();
        return vec![DoctorFinding::well(name(), what).but(Health::Ill, next)];
    };
    let journal = match Journal::open(Some(place.clone()), plan, context.settings.as_of.value) {
        Ok(journal) => journal,
        Err(error) => {
            let (what, next) = NotWrittenReason::Read(error).said();
            return vec![DoctorFinding::well(name(), what).but(Health::Ill, next)];
        }
    };
    let mut findings = vec![writable(name(), &place), contents(&journal), author(context)];
    findings.extend(own_file(context, &place));
    findings.extend(problems(context, &journal));
    findings.extend(ahead(&journal));
    findings.extend(skipped(journal.book().skipped()));
    findings.extend(journal.orphans().into_iter().map(orphan));
    findings
}

fn contents(journal: &Journal) -> DoctorFinding {
    let (files, records) =
        (journal.folder().map_or(0, file::JournalFolder::file_count), journal.line_count());
    let authors: Vec<_> = journal.fold().authors().into_iter().map(|by| one_line(by.as_str())).collect();
    let by =
        |zh: &str| if authors.is_empty() { String::new() } else { format!("{zh}{}", authors.join(", ")) };
    let text = Bilingual::new(
        format!("{files}个文件，{records}条记录{}", by("，作者 ")),
        format!("{}, {}{}", counted(files, "file"), counted(records, "record"), by(" by ")),
    );
    DoctorFinding::well(Bilingual::new("内容", "contents"), text)
}

fn author(context: &CommandContext) -> DoctorFinding {
    let name = Bilingual::new("作者", "author");
    let next = Bilingual::new(
        "用 --author、PLAN158_AUTHOR 或设置文件中的 author 指定",
        "say who you are with --author, PLAN158_AUTHOR, or author in config.toml",
    );
    let named =
        context.settings.author.value.clone().or_else(|| default_author(context.environment.login.clone()));
    let silent = context.settings.author.value.is_none() && git_user() == GitUser::Silent;
    match named.as_deref().map(Author::new) {
        _ if silent => DoctorFinding::well(name, silent_git()).but(Health::Ill, next),
        None => DoctorFinding::well(name, Bilingual::new("未知", "unknown")).but(Health::Note, next),
        Some(Err(bad)) => DoctorFinding::well(name, bad.said()).but(Health::Ill, next),
        Some(Ok(author)) => DoctorFinding::well(name, both(one_line(author.as_str()))),
    }
}

/// One's own file, where it can be read but not added to.
fn own_file(context: &CommandContext, folder: &Path) -> Option<DoctorFinding> {
    let author = crate::cli::journal::author(context).ok()?;
    let file = folder.join(author.file_name());
    let why = regular_file::refuses_appending(&file)?;
    let reason = why.reason();
    let text = Bilingual::new(
        format!("{} 不能写入（{}）：不能记录", shown(&file), reason.zh),
        format!("{} cannot be written ({}): nothing can be recorded", shown(&file), reason.en),
    );
    let next = Bilingual::new(
        "检查该文件与文件夹的写入权限",
        "check your permission to write the file and its folder",
    );
    Some(DoctorFinding::well(Bilingual::new("记录", "journal"), text).but(Health::Ill, next))
}

/// More than so many of a kind are counted, not listed.
const LISTED: usize = 20;

fn problems(context: &CommandContext, journal: &Journal) -> Vec<DoctorFinding> {
    let name = || Bilingual::new("记录", "journal");
    let found = journal.problems();
    let own = crate::cli::journal::author(context).ok().map(|author| author.file_name());
    // Of another's file one only has to know; a file of one's own that cannot be read stops one's writing.
    let health = |problem: &JournalProblem| match problem {
        JournalProblem::LeftOut { file, .. } if own.as_deref() == Some(file) => Health::Ill,
        _ => Health::Note,
    };
    let mut findings: Vec<DoctorFinding> = found
        .iter()
        .take(LISTED)
        .map(|problem| DoctorFinding::well(name(), problem.said()).but(health(problem), problem.advice()))
        .collect();
    if found.len() > LISTED {
        let more = found.len() - LISTED;
        let text = Bilingual::new(format!("另有{more}处"), format!("and {more} more"));
        findings.push(DoctorFinding::well(name(), text).but(Health::Note, Bilingual::new("", "")));
    }
    let torn = journal.folder().map(file::JournalFolder::set_aside).unwrap_or_default();
    findings.extend(torn.iter().map(|path| {
        let text = Bilingual::new(
            format!("断裂的末行移到了 {}", shown(path)),
            format!("a torn last line was set aside in {}", shown(path)),
        );
        let next = Bilingual::new("看过后可以删除", "look at it; it may be deleted");
        DoctorFinding::well(name(), text).but(Health::Note, next)
    }));
    findings
}

/// Records that lie ahead of the clock and that nobody has corrected.
fn ahead(journal: &Journal) -> Vec<DoctorFinding> {
    let book = journal.book();
    let found = book.all_ahead_of(clock::limit(jiff::Timestamp::now()));
    let finding = |index: &crate::journal::RecordIndex| {
        let record = book.record(*index);
        let (by, at, id) = (one_line(record.by.as_str()), record.at, record.id.as_str());
        let text = Bilingual::new(
            format!("{by} 的记录 {id} 时间为 {at}，晚于现在，压过此前的其他结论"),
            format!(
                "the record {id} of {by} is dated {at}, ahead of the clock: it outvotes others until then"
            ),
        );
        let next = Bilingual::new(
            format!("`plan158 doctor --clock {id}` 改按现在计；本机时钟不准时先校准"),
            format!(
                "`plan158 doctor --clock {id}` counts it as of now; where this clock is wrong, set it right first"
            ),
        );
        DoctorFinding::well(Bilingual::new("时钟", "clock"), text).but(Health::Note, next)
    };
    let mut findings: Vec<DoctorFinding> = found.iter().take(LISTED).map(finding).collect();
    if found.len() > LISTED {
        let more = found.len() - LISTED;
        let text = Bilingual::new(format!("另有{more}处"), format!("and {more} more"));
        let name = Bilingual::new("时钟", "clock");
        findings.push(DoctorFinding::well(name, text).but(Health::Note, Bilingual::new("", "")));
    }
    findings
}

fn skipped(skipped: Skipped) -> Option<DoctorFinding> {
    let Skipped { other_plans, newer, unknown_events } = skipped;
    let parts = [
        (other_plans, "条属于其他规划", "of other plans"),
        (newer, "条由更新的版本写成", "by a newer version"),
        (unknown_events, "个未知事件", "unknown events"),
    ];
    let some = || parts.iter().filter(|(count, ..)| *count > 0);
    some().next()?;
    let zh: Vec<String> = some().map(|(count, zh, _)| format!("{count} {zh}")).collect();
    let en: Vec<String> = some().map(|(count, _, en)| format!("{count} {en}")).collect();
    let text = Bilingual::new(zh.join("，"), en.join(", "));
    Some(DoctorFinding::well(Bilingual::new("跳过", "skipped"), text))
}

fn orphan(home: &NodeRecords) -> DoctorFinding {
    let (id, records) = (one_line(&home.name), home.records.len());
    let text = Bilingual::new(
        format!("{id} 已离开规划，有{records}条记录"),
        format!("{id} has left the plan, with {}", counted(records, "record")),
    );
    let next = Bilingual::new(
        format!("`plan158 doctor --reattach {id}=新ID` 重新关联到别的节点"),
        format!("`plan158 doctor --reattach {id}=NEW` gives them another node"),
    );
    DoctorFinding::well(Bilingual::new("无主", "orphan"), text).but(Health::Note, next)
}
