//! Errors of the command line, said in the reader's language. clap finds them; the words are ours.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::failure::Failure;
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// A usage error with exit code 2.
pub fn failure(error: &clap::Error) -> Failure {
    Failure::usage(what(error), next(error))
}

/// A piece of what clap knows of the error, safe to print.
fn piece(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    };
    Some(one_line(&text).into_owned()).filter(|text| !text.is_empty())
}

/// The best of clap's suggestions: the last.
fn best(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::Strings(texts) => texts.last().map(|text| one_line(text).into_owned()),
        _ => piece(error, kind),
    }
}

fn what(error: &clap::Error) -> Bilingual {
    let arg = piece(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = piece(error, ContextKind::InvalidValue);
    match (error.kind(), value) {
        (ErrorKind::InvalidSubcommand, _) => {
            let name = piece(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            Bilingual::new(format!("没有命令 {name}"), format!("there is no command {name}"))
        }
        (ErrorKind::UnknownArgument, _) => {
            Bilingual::new(format!("没有参数 {arg}"), format!("there is no argument {arg} here"))
        }
        (ErrorKind::InvalidValue, None) => {
            Bilingual::new(format!("{arg} 缺少值"), format!("{arg} needs a value"))
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Some(value)) => {
            Bilingual::new(format!("{arg} 不接受 {value}"), format!("{arg} does not take {value}"))
        }
        (ErrorKind::MissingRequiredArgument, _) => {
            Bilingual::new(format!("缺少 {arg}"), format!("{arg} is missing"))
        }
        (ErrorKind::ArgumentConflict, _) => match piece(error, ContextKind::PriorArg) {
            Some(prior) if prior != arg => Bilingual::new(
                format!("{arg} 不能与 {prior} 同用"),
                format!("{arg} cannot stand beside {prior}"),
            ),
            _ => Bilingual::new(format!("{arg} 只能给出一次"), format!("{arg} may be given once only")),
        },
        _ => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            let first = one_line(first.strip_prefix("error: ").unwrap_or(first)).into_owned();
            Bilingual::new(format!("命令行有误（{first}）"), first)
        }
    }
}

fn next(error: &clap::Error) -> Bilingual {
    let suggested =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
            .into_iter()
            .find_map(|kind| best(error, kind));
    if let Some(meant) = suggested {
        return Bilingual::new(format!("是否为 {meant}？"), format!("did you mean {meant}?"));
    }
    if let Some(valid) = piece(error, ContextKind::ValidValue) {
        return Bilingual::new(format!("可用的值：{valid}"), format!("it takes: {valid}"));
    }
    if error.kind() == ErrorKind::ValueValidation {
        // Numbers are all that clap validates here; dates and ids have their own errors.
        return Bilingual::new("应为1以上的整数", "it takes a whole number from 1 up");
    }
    Bilingual::new("`plan158 --help` 列出全部用法", "`plan158 --help` shows how it is used")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;
    use crate::text::Ui;
    use rstest::rstest;
    use std::ffi::OsString;

    #[rstest]
    #[case("plan158 tre", "there is no command tre\ndid you mean tree?", "没有命令 tre\n是否为 tree？")]
    #[case(
        "plan158 tree --dept 3",
        "there is no argument --dept here\ndid you mean --depth?",
        "没有参数 --dept\n是否为 --depth？"
    )]
    #[case(
        "plan158 tree --depth",
        "--depth <N> needs a value\n`plan158 --help` shows how it is used",
        "--depth <N> 缺少值\n`plan158 --help` 列出全部用法"
    )]
    #[case(
        "plan158 tree --depth 0",
        "--depth <N> does not take 0\nit takes a whole number from 1 up",
        "--depth <N> 不接受 0\n应为1以上的整数"
    )]
    #[case(
        "plan158 --color red",
        "--color <WHEN> does not take red\nit takes: auto, always, never",
        "--color <WHEN> 不接受 red\n可用的值：auto, always, never"
    )]
    #[case(
        "plan158 show",
        "<ID> is missing\n`plan158 --help` shows how it is used",
        "缺少 <ID>\n`plan158 --help` 列出全部用法"
    )]
    #[case(
        "plan158 tree --lang en --lang zh",
        "--lang <TAG|both> may be given once only\n`plan158 --help` shows how it is used",
        "--lang <TAG|both> 只能给出一次\n`plan158 --help` 列出全部用法"
    )]
    fn a_usage_error_is_said_in_both_languages(#[case] line: &str, #[case] en: &str, #[case] zh: &str) {
        let args: Vec<OsString> = line.split(' ').map(Into::into).collect();
        let failure = failure(&args::parse(&args, Ui::Zh).unwrap_err());
        assert_eq!(format!("{}\n{}", failure.what.en, failure.next.en), en);
        assert_eq!(format!("{}\n{}", failure.what.zh, failure.next.zh), zh);
    }
}
