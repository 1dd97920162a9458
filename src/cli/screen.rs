//! Opens the screen from the command line.

use super::CommandContext;
use super::environment::Places;
use super::failure::{Exit, Failure, Stop};
use super::open;
use super::output::{ColorMode, OutputTarget, tell};
use super::settings::spec::SettingOrigin;
use crate::review::SessionHead;
use crate::text::Bilingual;
use crate::tui::draft_keeper::Unsaved;
use crate::tui::runtime::Ended;
use crate::tui::terminal_host::{self, Start};
use crate::tui::theme::ThemeRequest;

/// Opens the screen, on a review session where one has begun.
pub fn screen(
    context: &CommandContext,
    target: OutputTarget,
    ink: ColorMode,
    review: Option<SessionHead>,
) -> Result<Exit, Stop> {
    refuse_without_terminal(context, target)?;
    let opening = open::opening(context)?;
    let settings = &context.settings;
    let rule = open::rule(context, opening.plan())?;
    let journal = super::journal::dir(context, opening.plan());
    let start = Start {
        source: settings.plan.value.clone(),
        opening,
        wish: settings.lang.value.clone(),
        locale: context.environment.locale(),
        rule,
        as_of: settings.as_of.value,
        theme: theme(context, ink),
        ambiguous_width: settings.ambiguous_width.value,
        can_be_asked: context.environment.can_be_asked(),
        glyphs: settings.glyphs.value,
        config_problems: context.config_problem_count,
        bindings: settings.keys.value.clone(),
        mouse: (settings.mouse.origin != SettingOrigin::Default).then_some(settings.mouse.value),
        installation: super::journal::installation(context),
        state_dir: context.places.as_ref().map(|places| places.state.clone()),
        journal,
        journal_audience: super::journal::audience(context),
        author: super::journal::asked_later(context),
        review,
        lenses: context.places.as_ref().map(Places::lenses_file),
    };
    let (ended, unsaved) = terminal_host::run(start).map_err(|error| no_screen(&error))?;
    if let Some(unsaved) = unsaved {
        tell(&handed_back(unsaved).render(context.ui()));
    }
    Ok(match ended {
        Ended::Quit => Exit::Done,
        // The code of a program that the hangup's signal ends.
        Ended::Hangup => Exit::Signalled(1),
        Ended::Failed(error) => {
            let why = Bilingual::new(
                format!("终端出错，程序已结束：{error}"),
                format!("the terminal failed, so the program ended: {error}"),
            );
            tell(why.get(context.ui()));
            Exit::Signalled(1)
        }
        Ended::Signalled(signal) => Exit::Signalled(signal),
    })
}

/// A screen needs a terminal on which it can place its text.
fn refuse_without_terminal(context: &CommandContext, target: OutputTarget) -> Result<(), Failure> {
    let (why, next) = if target == OutputTarget::Other {
        (
            Bilingual::new(
                "全屏界面需要终端，而标准输出不是终端",
                "the screen needs a terminal, and standard output is none",
            ),
            Bilingual::new(
                "在终端里运行 plan158，或用 `plan158 tree` 输出文本",
                "run plan158 in a terminal, or print text with `plan158 tree`",
            ),
        )
    } else if context.environment.is_dumb() {
        (
            Bilingual::new(
                "全屏界面需要能移动光标的终端，而 TERM 为 dumb",
                "the screen needs a terminal that can move its cursor, and TERM is dumb",
            ),
            Bilingual::new(
                "终端能移动光标的，设 TERM=xterm-256color；否则用 `plan158 tree` 输出文本",
                "set TERM=xterm-256color if yours can, or print text with `plan158 tree`",
            ),
        )
    } else {
        return Ok(());
    };
    Err(Failure::usage(why, next))
}

/// The colours that were asked for.
fn theme(context: &CommandContext, ink: ColorMode) -> ThemeRequest {
    match ink {
        ColorMode::Colour => ThemeRequest {
            wish: context.settings.theme.value,
            colors: context.settings.colors.value.clone(),
            only_sixteen: context.environment.has_only_sixteen_colours(),
            background: context.environment.background(),
        },
        ColorMode::Plain => ThemeRequest::mono(),
    }
}

/// Words that are in no file, for whoever still sees the terminal.
fn handed_back(Unsaved { why, words }: Unsaved) -> Failure {
    let next = Bilingual::new(
        "从这里复制；`plan158 doctor` 检查哪些文件夹不能写入",
        "copy them from here; `plan158 doctor` looks which folders cannot be written",
    );
    Failure { unsaved: words.into(), ..Failure::usage(why, next) }
}

fn no_screen(error: &std::io::Error) -> Failure {
    Failure::usage(
        Bilingual::new(format!("无法使用终端：{error}"), format!("the terminal cannot be used: {error}")),
        Bilingual::new(
            "`plan158 doctor` 列出终端情况；`plan158 tree` 输出文本",
            "`plan158 doctor` tells of the terminal; `plan158 tree` prints text",
        ),
    )
}
