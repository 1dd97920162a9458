//! Which place wins, and that what is documented counts.

use super::*;
use jiff::civil::date;
use rstest::rstest;

fn settle(flags: &Values, variables: &Values, file: &Values) -> Result<Settings, Failure> {
    let sources = Sources { flags, variables, file };
    Settings::settle(&sources, &Environment::default(), AsOf::now(date(2026, 11, 23)))
}

fn given(name: &'static str, text: Option<&str>) -> Values {
    text.map_or_else(Values::default, |text| Values::default().with(name, text))
}

#[rstest]
#[case(Some("en"), Some("zh"), Some("both"), "en", SettingOrigin::Flag("lang"))]
#[case(None, Some("zh"), Some("both"), "zh", SettingOrigin::Variable("PLAN158_LANG"))]
#[case(None, None, Some("both"), "both", SettingOrigin::File)]
#[case(None, None, None, "", SettingOrigin::Default)]
fn flags_win_over_environment_over_file(
    #[case] flag: Option<&str>,
    #[case] variable: Option<&str>,
    #[case] file: Option<&str>,
    #[case] expected: &str,
    #[case] origin: SettingOrigin,
) {
    let settings = settle(&given("lang", flag), &given("lang", variable), &given("lang", file)).unwrap();
    let wish = if expected.is_empty() { LanguageRequest::Unset } else { LanguageRequest::parse(expected) };
    assert_eq!(settings.lang, Setting { value: wish.clone(), origin });
    let early = early_language(flag, &given("lang", variable), &given("lang", file));
    assert_eq!(early, wish);
}

#[test]
fn the_rule_of_a_flag_wins_over_the_one_of_the_file() {
    let rule = |flag: Option<&str>, file: Option<&str>| {
        settle(&given("rule", flag), &Values::default(), &given("rule", file)).unwrap().rule
    };
    let from = |name: &str, origin| Setting { value: RuleName(name.to_owned()), origin };
    assert_eq!(rule(Some("opensdg"), Some("projection")), from("opensdg", SettingOrigin::Flag("rule")));
    assert_eq!(rule(None, Some("projection")), from("projection", SettingOrigin::File));
    assert_eq!(rule(None, None), from("pace", SettingOrigin::Default));
}

#[test]
fn a_bad_as_of_is_a_usage_error_that_shows_the_form() {
    let none = Values::default();
    let failure = settle(&given("as-of", Some("next week")), &none, &none).unwrap_err();
    assert!(failure.render(Ui::En).contains("2025-10-20T12:00:00+08:00"));
    assert!(failure.render(Ui::Zh).contains("next week"));
}

#[test]
fn the_default_that_is_documented_is_the_one_that_counts() {
    let none = Values::default();
    let explained = settle(&none, &none, &none).unwrap().explain(Ui::En);
    assert_eq!(
        explained.iter().map(|row| row.name).collect::<Vec<_>>(),
        ALL.iter().map(|spec| spec.name).collect::<Vec<_>>()
    );
    for (row, spec) in explained.iter().zip(ALL) {
        if !matches!(spec.name, "as-of" | "glyphs") {
            assert_eq!(row.value, spec.default.1, "{}", spec.name);
        }
    }
}
