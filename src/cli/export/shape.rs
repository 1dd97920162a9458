//! What the flags and settings say of a report's shape.

use crate::cli::CommandContext;
use crate::cli::args::ExportArgs;
use crate::cli::failure::Failure;
use crate::cli::settings::spec::SettingOrigin;
use crate::export::Format;
use crate::export::document::{PageStyle, ReportLength, ReportShape};
use crate::text::Bilingual;

/// The shape of what is written: a brief report where nothing else is asked for, everything in formats that are no
/// reports.
///
/// # Errors
/// When a flag is given that the format has no use for.
pub(super) fn shape(
    context: &CommandContext,
    wish: &ExportArgs,
    format: Option<Format>,
) -> Result<ReportShape, Failure> {
    let report = format.filter(|format| wish.template.is_none() && format.is_report());
    let only_docx = [("--style", wish.style.is_some())];
    let only_reports = [
        ("--report", wish.report.is_some()),
        ("--depth", wish.depth.is_some()),
        ("--only", wish.only.is_some()),
        ("--title", wish.title.is_some()),
        ("--issuer", wish.issuer.is_some()),
    ];
    if report != Some(Format::Docx)
        && let Some((flag, _)) = only_docx.iter().find(|(_, is_given)| *is_given)
    {
        return Err(useless(flag, "docx", "docx"));
    }
    if report.is_none() {
        return match only_reports.iter().find(|(_, is_given)| *is_given) {
            Some((flag, _)) => Err(useless(flag, "md、html、docx", "md, html and docx")),
            None => Ok(ReportShape::default()),
        };
    }
    let settings = &context.settings;
    let author = settings.author.value.clone().filter(|_| settings.author.origin != SettingOrigin::Default);
    Ok(ReportShape {
        length: wish.report.unwrap_or(ReportLength::Brief),
        depth: wish.depth,
        only: wish.only,
        style: wish.style.unwrap_or(PageStyle::Plain),
        title: said(wish.title.clone()),
        issuer: said(wish.issuer.clone().or_else(|| settings.issuer.value.clone())),
        author: said(author),
        reference: None,
    })
}

/// A text with anything in it.
fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn useless(flag: &str, zh: &str, en: &str) -> Failure {
    Failure::usage(
        Bilingual::new(format!("{flag} 只用于 {zh}"), format!("{flag} is for {en} only")),
        Bilingual::new(
            format!("去掉 {flag}，或换一种格式"),
            format!("leave {flag} out, or choose another format"),
        ),
    )
}
