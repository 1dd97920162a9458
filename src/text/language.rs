//! Which of a plan's languages are shown, and which of its own two the program speaks (`docs/cli.md`,
//! Language).
//!
//! Pure: what was wished for, the locale and the plan's languages come in, an answer goes out. The
//! environment is not read here.

use super::{Lang, ShownLanguages, Ui};

/// What somebody asked to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LanguageRequest {
    /// Nothing: the locale decides.
    #[default]
    Unset,
    /// The plan's first two languages.
    Both,
    /// One language, by its tag.
    Tag(Box<str>),
}

impl LanguageRequest {
    /// Reads the value of `--lang`. Any text but `both` is taken for a tag; whether the plan has it shows
    /// later.
    pub fn parse(text: &str) -> Self {
        if text.eq_ignore_ascii_case("both") {
            LanguageRequest::Both
        } else {
            LanguageRequest::Tag(text.into())
        }
    }
}

/// What the locale says, as far as the program cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// `zh*`.
    Chinese,
    /// Anything else, or nothing.
    #[default]
    Other,
}

impl Locale {
    /// Reads the values of `LC_ALL`, `LC_MESSAGES` and `LANG`, of which the first that is not empty counts
    /// (POSIX).
    pub fn from_values(values: [Option<&str>; 3]) -> Self {
        let value = values.into_iter().flatten().find(|value| !value.is_empty()).unwrap_or_default();
        if primary(value).eq_ignore_ascii_case("zh") { Locale::Chinese } else { Locale::Other }
    }

    /// The program's language for this locale alone.
    pub fn ui(self) -> Ui {
        match self {
            Locale::Chinese => Ui::Zh,
            Locale::Other => Ui::En,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which of the plan's languages are shown.
    pub show: ShownLanguages,
    /// Which language the program speaks.
    pub ui: Ui,
}

/// The tag that was asked for is not one of the plan's languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotInPlan {
    pub tag: Box<str>,
}

/// The first part of a language tag or locale name: `zh` of `zh-Hans` and of `zh_CN.UTF-8`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_', '.', '@']).next().unwrap_or_default()
}

/// The place of a language in the plan: its tag without regard to case, or else the first with the same
/// primary part, so that `zh-CN` finds a plan's `zh` and `zh` its `zh-Hans`.
fn find(languages: &[Box<str>], tag: &str) -> Option<Lang> {
    let at = |wanted: &dyn Fn(&str) -> bool| {
        (0u8..).zip(languages).find(|(_, own)| wanted(own)).map(|(lang, _)| Lang(lang))
    };
    let plain = tag.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    at(&|own| own.eq_ignore_ascii_case(&plain))
        .or_else(|| at(&|own| primary(own).eq_ignore_ascii_case(primary(&plain))))
}

/// Answers for a plan with these languages, in the plan's order. A plan without any is shown as if it had
/// one.
///
/// # Errors
/// [`NotInPlan`] where a tag was asked for that the plan does not have.
pub fn choose(languages: &[Box<str>], wish: &LanguageRequest, locale: Locale) -> Result<Choice, NotInPlan> {
    let show = match wish {
        LanguageRequest::Unset => {
            ShownLanguages::One(find(languages, locale.ui().pick("zh", "en")).unwrap_or(Lang(0)))
        }
        LanguageRequest::Both if languages.len() > 1 => ShownLanguages::Both(Lang(0), Lang(1)),
        LanguageRequest::Both => ShownLanguages::One(Lang(0)),
        LanguageRequest::Tag(tag) => {
            ShownLanguages::One(find(languages, tag).ok_or_else(|| NotInPlan { tag: tag.clone() })?)
        }
    };
    let main = languages.get(usize::from(show.main().0)).map_or("", AsRef::as_ref);
    Ok(Choice { show, ui: speak(main, locale) })
}

/// Whether a language is written from right to left: by the script its tag (BCP 47) names, else by the one that
/// the language is usually written in.
pub fn is_right_to_left(tag: &str) -> bool {
    const SCRIPTS: [&str; 9] = ["arab", "hebr", "syrc", "thaa", "nkoo", "rohg", "adlm", "mand", "samr"];
    const LANGUAGES: [&str; 15] =
        ["ar", "fa", "he", "iw", "ur", "yi", "ji", "ps", "sd", "ug", "dv", "ckb", "syr", "arc", "nqo"];
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.chars().all(|c| c.is_ascii_alphabetic())) {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&language),
    }
}

/// The program's language, with the first tag shown.
pub fn speak(first_tag: &str, locale: Locale) -> Ui {
    match primary(first_tag).to_ascii_lowercase().as_str() {
        "zh" => Ui::Zh,
        "en" => Ui::En,
        _ => locale.ui(),
    }
}

/// The program's language before a plan is open (help, usage errors): as for a plan in Chinese and English,
/// which the 158N plan is; a tag that is neither leaves it to the locale.
pub fn speak_before_plan(wish: &LanguageRequest, locale: Locale) -> Ui {
    match wish {
        LanguageRequest::Unset => locale.ui(),
        LanguageRequest::Both => Ui::Zh,
        LanguageRequest::Tag(tag) => speak(tag, locale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("ar", true)]
    #[case("AR-eg", true)]
    #[case("fa", true)]
    #[case("az-Arab", true)]
    #[case("ug-Latn", false)]
    #[case("zh", false)]
    #[case("en-GB", false)]
    #[case("", false)]
    fn the_direction_follows_script_and_language(#[case] tag: &str, #[case] is: bool) {
        assert_eq!(is_right_to_left(tag), is);
    }

    fn languages(tags: &str) -> Vec<Box<str>> {
        tags.split_whitespace().map(Into::into).collect()
    }

    const ONE: fn(u8) -> ShownLanguages = |lang| ShownLanguages::One(Lang(lang));
    const BOTH: ShownLanguages = ShownLanguages::Both(Lang(0), Lang(1));

    #[rstest]
    // The 158N plan.
    #[case("zh en", None, Locale::Chinese, ONE(0), Ui::Zh)]
    #[case("zh en", None, Locale::Other, ONE(1), Ui::En)]
    #[case("zh en", Some("zh"), Locale::Other, ONE(0), Ui::Zh)]
    #[case("zh en", Some("en"), Locale::Chinese, ONE(1), Ui::En)]
    #[case("zh en", Some("both"), Locale::Other, BOTH, Ui::Zh)]
    #[case("zh en", Some("EN"), Locale::Chinese, ONE(1), Ui::En)]
    #[case("zh en", Some("zh-CN"), Locale::Other, ONE(0), Ui::Zh)]
    #[case("zh en", Some("zh_CN.UTF-8"), Locale::Other, ONE(0), Ui::Zh)]
    // A plan in English and French: no Chinese to show, so the plan's first or what was asked for.
    #[case("en fr", None, Locale::Chinese, ONE(0), Ui::En)]
    #[case("en fr", Some("fr"), Locale::Chinese, ONE(1), Ui::Zh)]
    #[case("en fr", Some("fr"), Locale::Other, ONE(1), Ui::En)]
    #[case("en fr", Some("both"), Locale::Chinese, BOTH, Ui::En)]
    // Neither of the program's own languages.
    #[case("fr de", None, Locale::Chinese, ONE(0), Ui::Zh)]
    #[case("fr de", None, Locale::Other, ONE(0), Ui::En)]
    #[case("fr", Some("both"), Locale::Other, ONE(0), Ui::En)]
    // Regional tags in the plan.
    #[case("zh-Hans en-GB", Some("en"), Locale::Chinese, ONE(1), Ui::En)]
    #[case("zh-Hans en-GB", None, Locale::Chinese, ONE(0), Ui::Zh)]
    #[case("zh-Hant zh-Hans", Some("zh-Hans"), Locale::Other, ONE(1), Ui::Zh)]
    fn the_languages_shown_and_spoken_follow_wish_then_locale_then_plan(
        #[case] plan: &str,
        #[case] wish: Option<&str>,
        #[case] locale: Locale,
        #[case] show: ShownLanguages,
        #[case] ui: Ui,
    ) {
        let wish = wish.map_or(LanguageRequest::Unset, LanguageRequest::parse);
        assert_eq!(choose(&languages(plan), &wish, locale), Ok(Choice { show, ui }));
    }

    #[test]
    fn a_tag_the_plan_lacks_is_refused_by_name() {
        let refused = choose(&languages("en fr"), &LanguageRequest::parse("zh"), Locale::Chinese);
        assert_eq!(refused, Err(NotInPlan { tag: "zh".into() }));
    }

    #[rstest]
    #[case([None, None, Some("zh_CN.UTF-8")], Locale::Chinese)]
    #[case([None, None, Some("zh")], Locale::Chinese)]
    #[case([None, Some("en_GB.UTF-8"), Some("zh_CN.UTF-8")], Locale::Other)]
    #[case([Some("zh_TW"), Some("en_GB"), Some("C")], Locale::Chinese)]
    #[case([Some(""), None, Some("zh_CN")], Locale::Chinese)]
    #[case([None, None, Some("C.UTF-8")], Locale::Other)]
    #[case([None, None, Some("zha_CN")], Locale::Other)]
    #[case([None, None, None], Locale::Other)]
    fn the_locale_is_the_first_value_that_is_not_empty(
        #[case] values: [Option<&str>; 3],
        #[case] expected: Locale,
    ) {
        assert_eq!(Locale::from_values(values), expected);
    }

    #[rstest]
    #[case(None, Locale::Chinese, Ui::Zh)]
    #[case(Some("en"), Locale::Chinese, Ui::En)]
    #[case(Some("both"), Locale::Other, Ui::Zh)]
    #[case(Some("fr"), Locale::Other, Ui::En)]
    fn help_speaks_as_the_bundled_plan_would(
        #[case] wish: Option<&str>,
        #[case] locale: Locale,
        #[case] ui: Ui,
    ) {
        assert_eq!(
            speak_before_plan(&wish.map_or(LanguageRequest::Unset, LanguageRequest::parse), locale),
            ui
        );
    }
}
