//! What is wrong with a plan, where, and that nothing else is said.

use std::fs::File;

use rstest::rstest;

use plan158::plan::diagnostic::{CODES, Severity};
use plan158::plan::disk::MAX_FILE_BYTES;
use plan158::plan::load::{PlanSource, load};

use super::scratch::{MANIFEST, SOURCES, Scratch, places};

/// What a case is about, the files that differ from the common ones, and every diagnostic there must be.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const METRIC: &str = r#"[[metric]]
id = "m"
level = "ind"
title = { zh = "率", en = "Rate" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
"#;

const CASES: &[Case] = &[
    (
        "a plan in order",
        &[("n.toml", "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\n")],
        &[],
    ),
    (
        "syntax errors, one a line, and nothing else of that file",
        &[("n.toml", "[[goal]]\nid = \"a\"\nlevel = goal\ntitle = { zh = \"甲, en = 3 }\n")],
        &["E06 n.toml:3:9", "E06 n.toml:4:28"],
    ),
    (
        "a broken header: the keys below it are not called double",
        &[(
            "n.toml",
            "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\n[[goal\nid = \"b\"\nlevel = \"goal\"\n",
        )],
        &["E06 n.toml:5:7"],
    ),
    (
        "an unknown format",
        &[("plan.toml", "format = 3\nid = \"t\"\ntitle = { zh = \"题\", en = \"T\" }\nlevel = []\n")],
        &["E07 plan.toml:1:10"],
    ),
    (
        "wrong types",
        &[(
            "n.toml",
            "[[goal]]\nid = 3\nlevel = \"goal\"\ntitle = \"甲\"\njudge = \"no\"\nserves = \"a\"\nperiod = 2024\nmembers = []\ntags = [1]\n",
        )],
        &[
            "E08 n.toml:2:6",
            "E08 n.toml:4:9",
            "E08 n.toml:5:9",
            "E08 n.toml:6:10",
            "E08 n.toml:7:10",
            "E08 n.toml:8:11",
            "E08 n.toml:9:9",
        ],
    ),
    ("a table that must be a list of tables", &[("n.toml", "[goal]\nid = \"a\"\n")], &["E08 n.toml:1:1"]),
    (
        "missing fields",
        &[(
            "n.toml",
            "[[goal]]\nid = \"a\"\n\n[[metric]]\nid = \"m\"\nlevel = \"ind\"\ntitle = { zh = \"率\", en = \"Rate\" }\nevidence = [{ at = \"s1\" }]\n",
        )],
        &["E09 n.toml:1:1", "E09 n.toml:1:1", "E09 n.toml:4:1", "E09 n.toml:4:1", "E09 n.toml:8:13"],
    ),
    (
        "a value without a time or a figure",
        &[(
            "n.toml",
            "[[metric]]\nid = \"m\"\nlevel = \"ind\"\ntitle = { zh = \"率\", en = \"Rate\" }\nmeasure = \"rank\"\nunit = { zh = \"位\", en = \"rank\" }\ndirection = \"reach\"\nobserved = [{ value = 1 }, { year = 2024 }]\n",
        )],
        &["E09 n.toml:8:13", "E09 n.toml:8:28"],
    ),
    (
        "a milestone that happened needs its stage",
        &[(
            "n.toml",
            "[[metric]]\nid = \"m\"\nlevel = \"ind\"\ntitle = { zh = \"会\", en = \"Meeting\" }\nmeasure = \"milestone\"\ndirection = \"reach\"\nobserved = [{ year = 2024 }]\ntarget = [{ year = 2027 }]\n",
        )],
        &["E09 n.toml:7:13"],
    ),
    (
        "words that are none",
        &[(
            "n.toml",
            "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\nattribute = \"bindng\"\nparent_basis = \"guessed\"\n",
        )],
        &["E10 n.toml:5:13", "E10 n.toml:6:16"],
    ),
    (
        "values that cannot be",
        &[(
            "n.toml",
            "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\nperiod = { start = 2030, end = 2024 }\nmembers = { total = 1, named = 2 }\n[[metric]]\nid = \"m\"\nlevel = \"ind\"\ntitle = { zh = \"率\", en = \"Rate\" }\nmeasure = \"unit\"\nunit = { zh = \"所\", en = \"schools\" }\ndirection = \"increase\"\nobserved = [{ year = 24, value = 1 }, { on = \"2024-13\", value = 1 }, { year = 2024, value = nan }, { year = 2024, value = 3, to = 2 }]\n",
        )],
        &[
            "E11 n.toml:5:10",
            "E11 n.toml:6:11",
            "E11 n.toml:14:22",
            "E11 n.toml:14:46",
            "E11 n.toml:14:93",
            "E11 n.toml:14:131",
        ],
    ),
    (
        "ids outside their character set",
        &[(
            "n.toml",
            "[[goal]]\nid = \"甲\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\n[[goal]]\nid = \"b\"\naliases = [\"-b\"]\nlevel = \"goal\"\ntitle = { zh = \"乙\", en = \"B\" }\n",
        )],
        &["E12 n.toml:2:6", "E12 n.toml:7:12"],
    ),
    (
        "an id or alias that is taken",
        &[
            (
                "n.toml",
                "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\n[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"乙\", en = \"B\" }\n[[goal]]\nid = \"c\"\naliases = [\"c0\", \"a\"]\nlevel = \"goal\"\ntitle = { zh = \"丙\", en = \"C\" }\n",
            ),
            (
                "s.toml",
                "[[source]]\nid = \"src\"\ntitle = { zh = \"一\", en = \"One\" }\n[[source]]\nid = \"src\"\ntitle = { zh = \"二\", en = \"Two\" }\n",
            ),
        ],
        &["E13 n.toml:6:6", "E13 n.toml:11:11", "E13 s.toml:5:6"],
    ),
    (
        "names of nothing",
        &[(
            "n.toml",
            "[[goal]]\nid = \"a\"\nlevel = \"gaol\"\nparent = \"z\"\ntitle = { zh = \"甲\", en = \"A\" }\nserves = [\"y\", { to = \"x\" }]\nterms = [\"town\", \"city.gaol\", \"city.goal\"]\nevidence = [{ source = \"src\" }, { source = \"scr\" }, { source = \"scr\" }]\n",
        )],
        &[
            "E15 n.toml:3:9",
            "E14 n.toml:4:10",
            "E16 n.toml:6:11",
            "E16 n.toml:6:23",
            "E17 n.toml:7:10",
            "E17 n.toml:7:18",
            "E18 n.toml:8:44",
        ],
    ),
    (
        "a table against its level's role",
        &[("n.toml", "[[action]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\n")],
        &["E19 n.toml:3:9"],
    ),
    (
        "two circles, and a node that hangs on one",
        &[(
            "n.toml",
            "[[goal]]\nid = \"a\"\nlevel = \"goal\"\nparent = \"c\"\ntitle = { zh = \"甲\", en = \"A\" }\n[[goal]]\nid = \"b\"\nlevel = \"goal\"\nparent = \"c\"\ntitle = { zh = \"乙\", en = \"B\" }\n[[goal]]\nid = \"c\"\nlevel = \"goal\"\nparent = \"b\"\ntitle = { zh = \"丙\", en = \"C\" }\n[[goal]]\nid = \"d\"\nlevel = \"goal\"\nparent = \"d\"\ntitle = { zh = \"丁\", en = \"D\" }\n",
        )],
        &["E20 n.toml:9:10", "E20 n.toml:19:10"],
    ),
    (
        "times and figures that exclude each other",
        &[(
            "n.toml",
            "[[metric]]\nid = \"m\"\nlevel = \"ind\"\ntitle = { zh = \"率\", en = \"Rate\" }\nmeasure = \"unit\"\nunit = { zh = \"所\", en = \"schools\" }\ndirection = \"increase\"\nobserved = [{ announced = 2025-01-01, year = 2024, value = 1 }, { undated = true, value = 2 }, { year = 2024, value = 1, stage = \"held\" }]\n",
        )],
        &["E22 n.toml:8:46", "E22 n.toml:8:65", "E22 n.toml:8:96"],
    ),
    (
        "unknown keys",
        &[(
            "n.toml",
            "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\", fr = \"A\" }\nsumary = { zh = \"…\", en = \"…\" }\nmeasure = \"unit\"\n[gaol]\nx = 1\n",
        )],
        &["W01 n.toml:4:31", "W01 n.toml:5:1", "W01 n.toml:6:1", "W01 n.toml:7:2"],
    ),
    (
        "texts that lack a language, say nothing, or hold what reorders the line",
        &[(
            "n.toml",
            "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\" }\nsummary = { zh = \"一\\n二\", en = \"One\\u001b[2J\" }\n[[goal]]\nid = \"b\"\nlevel = \"goal\"\ntitle = { zh = \"乙\", en = \"  \" }\noffice = { zh = \"教委\", en = \"abc\\u202Edef\" }\n",
        )],
        &["W05 n.toml:4:9", "W06 n.toml:5:31", "W04 n.toml:9:26", "W06 n.toml:10:28"],
    ),
    (
        "departures from the glossary",
        &[(
            "n.toml",
            "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"建成教育强市\", en = \"An education powerhouse\" }\n[[goal]]\nid = \"b\"\nlevel = \"goal\"\ntitle = { zh = \"教育强市\", en = \"A Leading Education City\" }\n",
        )],
        &["W08 n.toml:4:9", "W08 n.toml:4:9"],
    ),
];

#[test]
fn each_problem_is_told_at_its_place_and_nothing_else_is_said() {
    for (what, files, expected) in CASES {
        let found = places(&Scratch::plan(files).diagnostics());
        assert_eq!(found, *expected, "{what}");
    }
}

#[rstest]
#[case("observed = [{ year = 2024, value = 8400 }]", &["W02 n.toml:8:36"])]
#[case("observed = [{ year = 2024, value = 100 }]", &[])]
#[case("observed = [{ year = 2024, value = 90, to = 101 }]", &["W02 n.toml:8:45"])]
#[case("gross = true\nobserved = [{ year = 2024, value = 104.5 }]", &[])]
#[case("target = [{ year = 2036, value = 90 }]", &["W03 n.toml:8:20"])]
#[case("target = [{ on = \"2036-02\", value = 90 }]", &["W03 n.toml:8:18"])]
#[case("target = [{ period = { start = 2035, end = 2040 }, value = 90 }]", &["W03 n.toml:8:22"])]
#[case("target = [{ year = 2020, value = 90 }]", &[])]
#[case("baseline = { year = 1999, value = 90 }", &[])]
#[case("comparators = [{ where = { zh = \"全国\", en = \"national\" }, year = 2024, value = 91.7 }]", &[])]
#[case("observed = [{ where = { zh = \"全国\", en = \"national\" }, year = 2024, value = 91.7 }]", &["W01 n.toml:8:15"])]
#[case("observed = [{ year = 2024, value = -3 }]", &["W02 n.toml:8:36"])]
#[case("target = [{ year = 2027, value = -3, kind = \"increment\" }]", &[])]
#[case("baseline = { year = 2024, value = 90 }\ntarget = [{ year = 2023, value = 95 }]", &["W09 n.toml:9:11"])]
#[case("baseline = { year = 2024, value = 90 }\ntarget = [{ year = 2023, value = 95 }, { year = 2027, value = 95 }]", &[])] // history
#[case("baseline = { announced = 2025-02-27, value = 90 }\ntarget = [{ year = 2024, value = 95 }]", &[])] // may be of 2024
#[case("observed = [{ year = 2024, value = 90 }, { year = 2024, value = 91 }]", &["W10 n.toml:8:42"])]
#[case("observed = [{ year = 2024, value = 90 }, { year = 2024, value = 91, source = \"src\" }]", &[])] // contested, not twice
#[case("target = [{ year = 2027, value = 90 }, { year = 2027, value = 95, force = \"strive\" }]", &[])]
#[case("baseline = { year = 2020, value = 95.2 }\nobserved = [{ year = 2024, value = 0.96 }]", &["W11 n.toml:9:13"])]
#[case("observed = [{ year = 2024, value = 1e308 }]", &["E11 n.toml:8:36"])]
fn a_figure_is_held_against_its_unit_and_the_period(#[case] line: &str, #[case] expected: &[&str]) {
    let found = Scratch::plan(&[("n.toml", &format!("{METRIC}{line}\n"))]).diagnostics();
    assert_eq!(places(&found), expected);
}

#[test]
fn a_rank_is_a_place_from_one_up() {
    let rank = METRIC.replace("percentage", "rank").replace('%', "位");
    let text = format!("{rank}observed = [{{ year = 2024, value = 0 }}, {{ year = 2025, value = 62 }}]\n");
    assert_eq!(places(&Scratch::plan(&[("n.toml", &text)]).diagnostics()), ["W02 n.toml:8:36"]);
}

#[test]
fn the_manifest_is_checked_as_closely_as_the_rest() {
    let manifest = r#"format = 1
id = "Scratch 1"
title = { zh = "题", en = "T" }
languages = ["zh", "EN", "zh", "e n"]
checkpoints = [2027, 1949]
period = { start = 2024, end = 2035 }
matrix = { rows = "goal", columns = "gaol" }
titel = 1
[[level]]
id = "goal"
role = "gaol"
mark = "1"
label = { zh = "目标", en = "Goal" }
[[level]]
id = "goal"
role = "goal"
label = { zh = "目标", en = "Goal" }
"#;
    let found = Scratch::bare(&[("plan.toml", manifest)]).diagnostics();
    let expected = [
        "E12 plan.toml:2:6",
        "E11 plan.toml:4:26",
        "E11 plan.toml:4:32",
        "W03 plan.toml:5:22",
        "E15 plan.toml:7:37",
        "W01 plan.toml:8:1",
        "E10 plan.toml:11:8",
        "E09 plan.toml:14:1",
    ];
    assert_eq!(places(&found), expected);
}

#[test]
fn what_is_lost_in_a_broken_file_is_not_reported_again_as_unknown() {
    let manifest = MANIFEST.replace(r#"["n.toml"]"#, r#"["broken.toml", "n.toml"]"#);
    let child = "[[goal]]\nid = \"b\"\nlevel = \"goal\"\nparent = \"a\"\ntitle = { zh = \"乙\", en = \"B\" }\nserves = [\"a\"]\n";
    let scratch = Scratch::plan(&[
        ("plan.toml", &manifest),
        ("broken.toml", "[[goal\nid = \"a\"\nlevel = \"goal\"\n"),
        ("n.toml", child),
    ]);
    let loaded = scratch.loaded();
    assert_eq!(places(&loaded.diagnostics), ["E06 broken.toml:1:7"]);
    assert_eq!(loaded.plan.tree.node(loaded.plan.tree.find("b").unwrap()).depth, 0, "shown as a root");
}

#[test]
fn keys_below_a_broken_header_do_not_end_up_in_the_node_above() {
    let text = "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\n\n[[goal\nid = \"b\"\ntags = [\"of b\"]\njudge = false\n";
    let loaded = Scratch::plan(&[("n.toml", text)]).loaded();
    let node = &loaded.plan.tree.nodes()[0];
    assert_eq!((node.key.as_str(), node.tags.len()), ("a", 0));
    assert_eq!(node.judging(), plan158::plan::node::Judging::Computed);
}

#[test]
fn a_file_that_is_not_utf8_is_told_with_the_line_of_the_byte_and_the_others_load() {
    let manifest = MANIFEST.replace(r#"["n.toml"]"#, r#"["gbk.toml", "n.toml"]"#);
    let scratch = Scratch::plan(&[
        ("plan.toml", &manifest),
        ("n.toml", "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\n"),
    ]);
    scratch.write("gbk.toml", b"[[goal]]\nid = \"x\"\n# \xE7\x94\xB2 \xBC\xD7\n");
    let loaded = scratch.loaded();
    assert_eq!(places(&loaded.diagnostics), ["E05 gbk.toml:3:5"]);
    assert_eq!(loaded.plan.tree.count(), 1);
}

#[test]
fn a_file_full_of_problems_is_answered_briefly_with_the_count_of_the_rest() {
    let text: String =
        (0..150).map(|n| format!("[[goal]]\nid = \"n{n}\"\nlevel = \"goal\"\nx = 1\n")).collect();
    let loaded = Scratch::plan(&[("n.toml", &text)]).loaded();
    let count = |code: &str| loaded.diagnostics.iter().filter(|found| found.code == code).count();
    assert_eq!((count("E09"), count("W01"), count("E99"), count("W99")), (100, 100, 1, 1));
    let last: Vec<&str> =
        loaded.diagnostics.iter().rev().take(2).map(|found| found.message.en.as_str()).collect();
    assert_eq!(
        last,
        ["50 more warning(s) in this file are not listed", "50 more error(s) in this file are not listed"]
    );
    assert_eq!(loaded.plan.tree.count(), 150, "every node is there all the same");
}

#[test]
fn every_code_is_produced_by_some_plan() {
    let mut seen: Vec<&str> = Vec::new();
    let mut see = |scratch: &Scratch| seen.extend(scratch.diagnostics().iter().map(|found| found.code));
    for (_, files, _) in CASES {
        see(&Scratch::plan(files));
    }
    let files =
        r#"["n.toml", "gone.toml", "folder", "big.toml", "../out.toml", "none/*.toml", "latin.toml"]"#;
    let full: String =
        (0..150).map(|n| format!("[[goal]]\nid = \"n{n}\"\nlevel = \"goal\"\nx = 1\n")).collect();
    let scratch = Scratch::plan(&[
        ("plan.toml", &format!("checkpoints = [2050]\n{}", MANIFEST.replace(r#"["n.toml"]"#, files))),
        (
            "n.toml",
            &format!(
                "{METRIC}baseline = {{ year = 2023, value = 1 }}\ntarget = [{{ year = 2021, value = 2 }}]\nobserved = [{{ year = 2024, value = 8400 }}, {{ year = 2025, value = 0.95 }}, {{ year = 2025, value = 95 }}]\n{full}"
            ),
        ),
        ("folder/x", ""),
    ]);
    scratch.write("latin.toml", b"# \xE9");
    File::create(scratch.path("big.toml")).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
    see(&scratch);
    see(&Scratch::bare(&[("plan.toml", "# nothing\n")]));
    see(&Scratch::bare(&[]));
    // E30 to E36 compare a document with the register; the tests beside that comparison produce them.
    // W12 depends on the day: `check` says it, and its test produces it.
    let elsewhere = |code: &str| ("E30"..="E36").contains(&code) || code == "W12";
    for (code, ..) in CODES.iter().filter(|(code, ..)| !elsewhere(code)) {
        assert!(seen.contains(code), "{code} is never produced");
    }
    for code in seen {
        assert!(CODES.iter().any(|(known, ..)| *known == code), "{code} is not in the table");
    }
}

#[test]
fn codes_are_in_order_each_once_and_say_their_severity() {
    assert!(CODES.is_sorted_by(|a, b| a.0 < b.0), "in order, so each once");
    for (code, zh, en) in CODES {
        let severity = if code.starts_with('E') { Severity::Error } else { Severity::Warning };
        assert_eq!(Severity::of(code), severity);
        assert!(!zh.is_empty() && !en.is_empty());
    }
}

#[rstest]
#[case("nowhere", "E01")]
#[case("folder", "E01")]
#[case("plan.toml/x", "E02")]
#[case("empty.toml", "E23")]
#[case("comment.toml", "E23")]
#[case("/dev/null", "E03")]
fn what_is_no_plan_is_refused_in_one_sentence(#[case] path: &str, #[case] code: &str) {
    let scratch = Scratch::bare(&[
        ("plan.toml", MANIFEST),
        ("empty.toml", ""),
        ("comment.toml", "# a plan, some day\n\n"),
        ("folder/x", ""),
    ]);
    let unreadable = load(&PlanSource::Path(scratch.path(path))).unwrap_err();
    let [found] = unreadable.diagnostics.as_slice() else { panic!("{:?}", unreadable.diagnostics) };
    assert_eq!(found.code, code);
    assert!(!found.help.en.is_empty() && !found.help.zh.is_empty());
}

#[test]
fn a_missing_source_register_leaves_every_source_named_by_its_id() {
    let manifest = MANIFEST.replace("sources = \"s.toml\"\n", "");
    let text = "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\nevidence = [{ source = \"src\" }]\nconflicts = [{ source = \"src\", note = { zh = \"另说\", en = \"Otherwise\" } }]\n";
    let loaded = Scratch::plan(&[("plan.toml", &manifest), ("n.toml", text)]).loaded();
    assert_eq!(places(&loaded.diagnostics), ["E18 n.toml:5:24"], "once, at the first place in the file");
    assert!(loaded.diagnostics[0].message.en.contains("2 times"));
    let evidence = &loaded.plan.tree.nodes()[0].evidence[0];
    assert_eq!(loaded.plan.source(evidence.source).id.as_ref(), "src");
    assert!(loaded.plan.source(evidence.source).title.is_empty());
}

#[test]
fn suggestions_name_what_was_probably_meant() {
    let found = Scratch::plan(&[("n.toml", "[[goal]]\nid = \"a\"\nlevel = \"gaol\"\ntitel = { zh = \"甲\", en = \"A\" }\nevidence = [{ source = \"scr\" }]\n")]).diagnostics();
    let help = |code: &str| {
        found.iter().find(|found| found.code == code).map(|found| found.help.en.as_str()).unwrap_or_default()
    };
    assert!(help("E15").starts_with("Did you mean `goal`?"), "{}", help("E15"));
    assert!(help("W01").starts_with("Did you mean `title`?"), "{}", help("W01"));
    assert!(help("E18").starts_with("Did you mean `src`?"), "{}", help("E18"));
    assert!(!SOURCES.contains("scr"));
}
