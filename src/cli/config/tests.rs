//! What of the file is taken, and what is said of the rest.

use super::*;
use crate::chart::Glyphs;
use crate::cli::environment::Environment;
use crate::cli::output::ColorWish;
use crate::cli::settings::{Settings, Sources};
use crate::plan::as_of::AsOf;
use crate::plan::load::PlanSource;
use crate::text::language::LanguageRequest;
use crate::tui::effect::MouseCapture;
use rstest::rstest;

fn file() -> &'static Path {
    Path::new("/c/config.toml")
}

#[test]
fn every_setting_is_read() {
    let text = "plan = \"../plans/a\"\njournal = \"notes\"\nauthor = \"李\"\nlang = \"both\"\nrule = \"opensdg\"\nglyphs = \"ascii\"\ncolor = \"never\"\nmouse = false\n[keys.browse]\n\"x\" = \"quit\"\n";
    let config = parse(text, file());
    let key = Binding { context: KeyContext::Browse, keys: "x".into(), command: "quit".into() };
    let mut values = Values::default()
        .with("plan", "/c/../plans/a")
        .with("journal", "/c/notes")
        .with("author", "李")
        .with("lang", "both")
        .with("rule", "opensdg")
        .with("glyphs", "ascii")
        .with("color", "never")
        .with("mouse", "false");
    values.set("keys", GivenSetting::Bindings(vec![key]));
    let expected = ConfigFile { values, ..ConfigFile::default() };
    assert_eq!(config, expected);
    let none = Values::default();
    let sources = Sources { flags: &none, variables: &none, file: &config.values };
    let now = AsOf::now(jiff::civil::date(2026, 11, 23));
    let settled = Settings::settle(&sources, &Environment::default(), now).unwrap();
    assert_eq!(settled.plan.value, PlanSource::Path("/c/../plans/a".into()));
    assert_eq!(settled.journal.value, Some("/c/notes".into()));
    assert_eq!(settled.author.value.as_deref(), Some("李"));
    assert_eq!(settled.lang.value, LanguageRequest::Both);
    assert_eq!(settled.rule.value.0, "opensdg");
    assert_eq!(settled.glyphs.value, Glyphs::Ascii);
    assert_eq!(settled.color.value, ColorWish::Never);
    assert_eq!(settled.mouse.value, MouseCapture::Off);
    assert_eq!(settled.keys.value.len(), 1);
}

#[rstest]
#[case("colour = \"auto\"", "/c/config.toml:1:1: there is no setting colour, did you mean color?; left out")]
#[case("\ncolor = \"blue\"", "/c/config.toml:2:9: color takes \"auto\", \"always\" or \"never\"; left out")]
#[case(
    "rule = 3",
    "/c/config.toml:1:8: rule takes \"pace\", \"xushi\", \"opensdg\" or \"projection\"; left out"
)]
#[case("mouse = 1", "/c/config.toml:1:9: mouse takes true or false; left out")]
#[case("lang = [\"zh\"]", "/c/config.toml:1:8: lang takes a language tag or \"both\"; left out")]
#[case("journal = []", "/c/config.toml:1:11: journal takes a folder's path in quotes; left out")]
#[case("author = 7", "/c/config.toml:1:10: author takes a name in quotes; left out")]
#[case("keys = 1", "/c/config.toml:1:8: keys takes tables such as [keys.browse]; left out")]
#[case(
    "[keys.brows]\nx = \"quit\"",
    "/c/config.toml:1:7: there is no setting brows, did you mean browse?; left out"
)]
#[case(
    "[keys.list]\nx = 1",
    "/c/config.toml:2:5: a command is a name in quotes; `plan158 keys` lists them; left out"
)]
fn a_problem_names_its_line_and_the_rest_is_taken(#[case] broken: &str, #[case] expected: &str) {
    let config = parse(&format!("{broken}\n"), file());
    assert_eq!(config.problems.iter().map(|said| said.en.as_str()).collect::<Vec<_>>(), [expected]);
    let around = parse(&format!("plan = \"p\"\n{broken}\n"), file());
    assert_eq!(around.values.get("plan"), Some(&GivenSetting::Text("/c/p".into())));
}

#[test]
fn broken_toml_is_a_problem_and_not_a_refusal() {
    let config = parse("lang = \"en\"\ncolor = = 3\n", file());
    assert_eq!(config.values.get("lang"), Some(&GivenSetting::Text("en".into())));
    assert!(config.problems[0].en.starts_with("/c/config.toml:2:9: broken TOML"), "{:?}", config.problems);
    assert!(config.problems.iter().all(|said| said.en.contains("broken TOML")), "{:?}", config.problems);
}

#[rstest]
#[case("[colors]\naccnt = \"cyan\"", "2:1: there is no setting accnt, did you mean accent?")]
#[case("[colors]\n dim = \"greyish\"", "2:8: a colour is a name")]
#[case("theme = \"drak\"", "1:9: theme takes \"auto\", \"light\", \"dark\" or \"mono\"")]
#[case("ambiguous-width = 3", "1:19: ambiguous-width takes \"auto\", \"1\" or \"2\"")]
#[case("[keys.browse]\nx = \"qiut\"", "2:1: no command is called qiut; did you mean quit?")]
#[case("[keys.browse]\n\"g\" = \"quit\"", "2:1: the keys g are the beginning of other commands' keys")]
#[case("[keys.browse]\n\"j k\" = \"quit\"", "2:1: the keys j k clash with down")]
#[case("[keys.browse]\n\"z z\" = \"quit\"\nzz = \"help\"", "3:1: the keys zz stand above too")]
#[case("author = \"李\"; lang = 1", "1:13: broken TOML")]
fn each_kind_of_mistake_has_its_place(#[case] broken: &str, #[case] expected: &str) {
    let config = parse(broken, file());
    let said = &config.problems.first().unwrap().en;
    assert!(said.starts_with(&format!("/c/config.toml:{expected}")), "{said}");
}

#[test]
fn mistakes_are_told_in_the_order_of_the_file() {
    let text = "them = 1\n[keys.browse]\n\"j k\" = \"quit\"\n[keys.card]\nx = \"qiut\"\n";
    let config = parse(text, file());
    let places: Vec<&str> = config.problems.iter().filter_map(|said| said.en.split(": ").next()).collect();
    assert_eq!(places, ["/c/config.toml:1:1", "/c/config.toml:3:1", "/c/config.toml:5:1"]);
}

#[test]
fn looks_are_read() {
    let text = "theme = \"light\"\nambiguous-width = 2\n[colors]\naccent = \"cyan\"\nbad = 124\ngood = \"#005f00\"\n";
    let config = parse(text, file());
    assert_eq!(config.problems, []);
    assert_eq!(config.values.get("ambiguous-width"), Some(&GivenSetting::Text("2".into())));
    let Some(GivenSetting::Colors(colors)) = config.values.get("colors") else { panic!("{config:?}") };
    assert_eq!(colors.iter().count(), 3);
}

#[rstest]
#[case::settings("", "k")]
#[case::commands("[keys.browse]\n", "k")]
#[case::colours("[colors]\n", "k")]
fn of_very_many_mistakes_the_first_are_named_and_the_rest_counted(#[case] head: &str, #[case] key: &str) {
    let lines: String = (0..100_000).map(|n| format!("{key}{n} = \"x\"\n")).collect();
    let config = parse(&format!("{head}{lines}"), file());
    assert_eq!((config.problems.len(), config.problem_count), (MOST_NAMED + 1, 100_000));
    let last = &config.problems[MOST_NAMED];
    assert_eq!(last.en, format!("/c/config.toml: and {} more", 100_000 - MOST_NAMED));
}
