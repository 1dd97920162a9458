//! `plan158 doctor`: where things are, what loads, what the terminal is, and whether the program may write
//! where it wants to.

mod drafts;
mod people;

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::output::{ColorMode, Output};
use super::problems::errors;
use crate::plan::load::{self, PlanSource};
use crate::plan::regular_file;
use crate::text::counted;
use crate::text::language::Locale;
use crate::text::{Bilingual, Ui};
use crate::text::{clean::one_line, clean::shown};
use crate::tui::drafts::store::Store;
use crate::tui::text::{cols, fit};

/// Whether a finding is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Well,
    /// Worth knowing; nothing breaks.
    Note,
    /// Something does not work.
    Ill,
}

/// One line of the report.
struct DoctorFinding {
    name: Bilingual,
    text: Bilingual,
    health: Health,
    /// What to do; empty where there is nothing to do.
    next: Bilingual,
}

impl DoctorFinding {
    fn well(name: Bilingual, text: Bilingual) -> Self {
        Self { name, text, health: Health::Well, next: Bilingual::new("", "") }
    }

    fn but(self, health: Health, next: Bilingual) -> Self {
        Self { health, next, ..self }
    }
}

/// Runs the command; exit code 1 if anything does not work.
///
/// # Errors
/// When the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output) -> Result<Exit, Stop> {
    let mut findings = vec![version()];
    findings.extend(plan(context));
    findings.extend(places(context));
    findings.extend(context.config_problems.iter().map(config_problem));
    findings.extend(terminal(context));
    print(&findings, context.ui(), out)?;
    let ill = findings.iter().any(|finding| finding.health == Health::Ill);
    Ok(if ill { Exit::No } else { Exit::Done })
}

fn both(text: impl Into<String>) -> Bilingual {
    let text = text.into();
    Bilingual::new(text.clone(), text)
}

fn version() -> DoctorFinding {
    let text = format!(
        "plan158 {} ({} {})",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    );
    DoctorFinding::well(Bilingual::new("版本", "version"), both(text))
}

fn plan(context: &CommandContext) -> Vec<DoctorFinding> {
    let name = Bilingual::new("规划", "plan");
    let (place, check) = match &context.settings.plan.value {
        PlanSource::Bundled => (
            Bilingual::new("内置的 158N 规划", "the 158N plan inside the program"),
            "plan158 check".to_owned(),
        ),
        PlanSource::Path(path) => (both(shown(path)), format!("plan158 check {}", shown(path))),
    };
    let next = Bilingual::new(format!("`{check}` 列出问题"), format!("`{check}` lists them"));
    match load::load(&context.settings.plan.value) {
        Err(unreadable) => {
            let first = unreadable.diagnostics.first().map(|problem| problem.message.clone());
            let why = first.unwrap_or_else(|| Bilingual::new("无法打开", "cannot be opened"));
            let text = Bilingual::new(
                format!("{}：{}", place.zh, one_line(&why.zh)),
                format!("{}: {}", place.en, one_line(&why.en)),
            );
            let mut findings = vec![DoctorFinding::well(name, text).but(Health::Ill, next)];
            findings.extend(drafts::drafts(&drafts_of(context), None));
            findings
        }
        Ok(loaded) => {
            let (nodes, errors) = (loaded.plan.tree.count(), errors(&loaded.diagnostics));
            let warnings = loaded.diagnostics.len() - errors;
            let text = Bilingual::new(
                format!("{}：{nodes}个节点，错误{errors}处，警告{warnings}处", place.zh),
                format!(
                    "{}: {}, {}, {}",
                    place.en,
                    counted(nodes, "node"),
                    counted(errors, "error"),
                    counted(warnings, "warning")
                ),
            );
            let finding = DoctorFinding::well(name, text);
            let finding = match (errors, warnings) {
                (0, 0) => finding,
                (0, _) => finding.but(Health::Note, next),
                _ => finding.but(Health::Ill, next),
            };
            let mut findings = vec![finding];
            findings.extend(people::journal(context, &loaded.plan));
            findings.extend(drafts::drafts(&drafts_of(context), Some(&loaded.plan)));
            findings
        }
    }
}

fn drafts_of(context: &CommandContext) -> Store {
    Store::new(context.places.as_ref().map(|places| places.state.as_path()))
}

fn places(context: &CommandContext) -> Vec<DoctorFinding> {
    let Some(places) = &context.places else {
        let finding = DoctorFinding::well(Bilingual::new("主目录", "home"), Bilingual::new("没有", "none"));
        let next = Bilingual::new("设置环境变量 HOME", "set the variable HOME");
        return vec![finding.but(Health::Ill, next)];
    };
    let file = places.config_file();
    let there = if file.exists() {
        Bilingual::new("", "")
    } else {
        Bilingual::new("（没有，用默认设置）", " (not there; defaults hold)")
    };
    let text =
        Bilingual::new(format!("{}{}", shown(&file), there.zh), format!("{}{}", shown(&file), there.en));
    [
        DoctorFinding::well(Bilingual::new("设置", "settings"), text),
        lenses(&places.lenses_file()),
        writable(Bilingual::new("位置记录", "kept places"), &places.state),
    ]
    .into_iter()
    .chain(history(&crate::tui::history::file(&places.state)))
    .collect()
}

/// The history of queries, where something stands in its place that cannot be read.
fn history(file: &Path) -> Option<DoctorFinding> {
    let why = regular_file::look(file).err().filter(|why| !why.is_missing())?;
    let (shown, reason) = (shown(file), why.reason());
    let text = Bilingual::new(format!("{shown}：{}", reason.zh), format!("{shown}: {}", reason.en));
    Some(DoctorFinding::well(Bilingual::new("查询历史", "history"), text).but(Health::Note, why.advice()))
}

fn lenses(file: &Path) -> DoctorFinding {
    let name = Bilingual::new("常用筛选", "lenses");
    if let Some(why) = regular_file::look(file).err().filter(|why| !why.is_missing()) {
        let (shown, reason) = (shown(file), why.reason());
        let text = Bilingual::new(format!("{shown}：{}", reason.zh), format!("{shown}: {}", reason.en));
        return DoctorFinding::well(name, text).but(Health::Ill, why.advice());
    }
    match crate::tui::lenses::read(file) {
        (_, Some(problem)) => {
            let next = Bilingual::new(
                "改正该行；在此之前常用筛选不会保存",
                "correct that line; until then no filter is saved",
            );
            DoctorFinding::well(name, problem).but(Health::Ill, next)
        }
        (lenses, None) => {
            let text = format!("{} ({})", shown(file), lenses.len());
            DoctorFinding::well(name, both(text))
        }
    }
}

fn config_problem(problem: &Bilingual) -> DoctorFinding {
    let next = Bilingual::new(
        "改正该行；`plan158 config --explain` 列出各项设置",
        "correct that line; `plan158 config --explain` lists the settings",
    );
    DoctorFinding::well(Bilingual::new("设置", "settings"), problem.clone()).but(Health::Ill, next)
}

/// A folder the program writes to, tried with a file that is removed at once.
fn writable(name: Bilingual, dir: &Path) -> DoctorFinding {
    let finding = DoctorFinding::well(name, both(shown(dir)));
    match try_writing(dir) {
        Ok(()) => finding,
        Err((at, error)) => {
            let text = Bilingual::new(
                format!("{}：{} 不可写（{error}）", shown(dir), shown(&at)),
                format!("{}: {} cannot be written ({error})", shown(dir), shown(&at)),
            );
            let next = Bilingual::new(
                "检查权限，或用 XDG_STATE_HOME、XDG_DATA_HOME 指向可写的文件夹",
                "look at its permissions, or point XDG_STATE_HOME and XDG_DATA_HOME to folders you may write",
            );
            DoctorFinding { text, ..finding }.but(Health::Ill, next)
        }
    }
}

/// Tries to write in the folder, or, where it does not exist yet, in the nearest one above that does.
fn try_writing(dir: &Path) -> Result<(), (PathBuf, io::Error)> {
    let existing = dir.ancestors().find(|dir| dir.exists()).unwrap_or_else(|| Path::new("/"));
    let probe = existing.join(format!(".plan158-doctor-{}", std::process::id()));
    let tried = fs::OpenOptions::new().write(true).create_new(true).open(&probe);
    tried.and_then(|_| fs::remove_file(&probe)).map_err(|error| (existing.to_owned(), error))
}

fn terminal(context: &CommandContext) -> Vec<DoctorFinding> {
    let environment = &context.environment;
    let unset = |value: &Option<String>| {
        value
            .as_deref()
            .map_or_else(|| Bilingual::new("（未设置）", "(unset)"), |value| both(one_line(value)))
    };
    let term = DoctorFinding::well(both("TERM"), unset(&environment.term));
    let term = match environment.term.as_deref() {
        None | Some("dumb") => term.but(
            Health::Note,
            Bilingual::new(
                "全屏界面需要一个终端；文本命令不受影响",
                "the screen needs a real terminal; the text commands do not",
            ),
        ),
        Some(_) => term,
    };
    vec![term, locale(context), size(), colours(context)]
}

/// The locale must be UTF-8 for Chinese to show.
fn locale(context: &CommandContext) -> DoctorFinding {
    let value = context.environment.locale.iter().flatten().next().cloned();
    let utf8 = value.as_deref().is_some_and(|value| {
        let value = value.to_ascii_lowercase().replace('-', "");
        value.contains("utf8")
    });
    let speaks = match context.environment.locale() {
        Locale::Chinese => Bilingual::new("（中文）", " (Chinese)"),
        Locale::Other => Bilingual::new("", ""),
    };
    let shown = value
        .as_deref()
        .map_or_else(|| Bilingual::new("（未设置）", "(unset)"), |value| both(one_line(value)));
    let text = Bilingual::new(shown.zh + &speaks.zh, shown.en + &speaks.en);
    let finding = DoctorFinding::well(Bilingual::new("区域设置", "locale"), text);
    if utf8 {
        return finding;
    }
    let meant = with_utf8(value.as_deref());
    let next = Bilingual::new(
        format!("设为 UTF-8，例如 LANG={meant}，中文才能正确显示"),
        format!("set one with UTF-8, LANG={meant} for instance, so that Chinese shows"),
    );
    finding.but(Health::Note, next)
}

/// The same locale in UTF-8.
fn with_utf8(value: Option<&str>) -> String {
    let name = value.and_then(|value| value.split(['.', '@']).next()).unwrap_or_default();
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match name {
        // Only "Chinese", as Windows and old systems say.
        "zh" => "zh_CN.UTF-8".to_owned(),
        "" | "POSIX" => "C.UTF-8".to_owned(),
        _ if is_plain => format!("{name}.UTF-8"),
        _ => "C.UTF-8".to_owned(),
    }
}

fn size() -> DoctorFinding {
    let name = Bilingual::new("终端大小", "size");
    if !io::stdout().is_terminal() {
        return DoctorFinding::well(
            name,
            Bilingual::new("标准输出不是终端", "standard output is no terminal"),
        );
    }
    match crossterm::terminal::size() {
        Err(_) => DoctorFinding::well(name, Bilingual::new("未知", "unknown")),
        Ok((columns, rows)) => {
            let finding = DoctorFinding::well(name, both(format!("{columns}×{rows}")));
            if columns < 40 || rows < 10 {
                let next = Bilingual::new("全屏界面至少需要 40×10", "the screen needs at least 40×10");
                return finding.but(Health::Note, next);
            }
            finding
        }
    }
}

fn colours(context: &CommandContext) -> DoctorFinding {
    let environment = &context.environment;
    let depth = match environment.colorterm.as_deref() {
        Some("truecolor" | "24bit") => Bilingual::new("真彩色", "true colour"),
        _ if environment.term.as_deref().is_some_and(|term| term.contains("256")) => {
            Bilingual::new("256色", "256 colours")
        }
        _ => Bilingual::new("16色", "16 colours"),
    };
    let wish = context.settings.color.value.word();
    let off = environment.no_color.is_some();
    let text = Bilingual::new(
        format!("{}，--color {wish}{}", depth.zh, if off { "，已设置 NO_COLOR" } else { "" }),
        format!("{}, --color {wish}{}", depth.en, if off { ", NO_COLOR is set" } else { "" }),
    );
    DoctorFinding::well(Bilingual::new("颜色", "colours"), text)
}

fn print(findings: &[DoctorFinding], ui: Ui, out: &mut Output) -> io::Result<()> {
    let width = findings.iter().map(|finding| cols(finding.name.get(ui))).max().unwrap_or(0);
    for finding in findings {
        let mark = match finding.health {
            Health::Well => "✓",
            Health::Note => "!",
            Health::Ill => "✗",
        };
        let mark = if finding.health == Health::Ill && out.ink == ColorMode::Colour {
            out.ink.strong(mark)
        } else {
            mark.to_owned()
        };
        writeln!(out, "{mark} {}  {}", fit(finding.name.get(ui), width), finding.text.get(ui))?;
        let next = finding.next.get(ui);
        if !next.is_empty() {
            writeln!(out, "  {}  → {next}", " ".repeat(width))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Some("zh_CN.GBK"), "zh_CN.UTF-8")]
    #[case(Some("zh_TW.Big5"), "zh_TW.UTF-8")]
    #[case(Some("zh"), "zh_CN.UTF-8")]
    #[case(Some("de_DE@euro"), "de_DE.UTF-8")]
    #[case(Some("C"), "C.UTF-8")]
    #[case(Some("POSIX"), "C.UTF-8")]
    #[case(Some("$(reboot)"), "C.UTF-8")]
    #[case(None, "C.UTF-8")]
    fn the_locale_to_set_is_the_same_in_utf8(#[case] value: Option<&str>, #[case] expected: &str) {
        assert_eq!(with_utf8(value), expected);
    }
}
