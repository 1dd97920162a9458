//! References worked by hand, after the rules of each style.

use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// A document with everything known, to be changed.
fn work() -> CitedWork {
    CitedWork {
        id: "s".into(),
        title: "T".into(),
        ours: false,
        authors: vec!["A".into()],
        paper: String::new(),
        date: Some(Moment::Day(date(2025, 2, 28))),
        inferred: false,
        number: String::new(),
        link: Some("https://x.cn/1".into()),
        kind: Some(SourceKind::Web),
        ui: Ui::Zh,
    }
}

fn gazette() -> CitedWork {
    CitedWork {
        title: "重庆市第二期“双高计划”文件".into(),
        ours: true,
        authors: vec!["重庆市".into()],
        date: Some(Moment::Year(2025)),
        inferred: true,
        number: "渝教职成发〔2025〕4号".into(),
        kind: Some(SourceKind::Document),
        ..work()
    }
}

fn paper() -> CitedWork {
    CitedWork {
        title: "报道".into(),
        authors: Vec::new(),
        paper: "光明日报".into(),
        kind: Some(SourceKind::Newspaper),
        date: Some(Moment::Day(date(2025, 10, 21))),
        link: None,
        ..work()
    }
}

fn nothing() -> CitedWork {
    CitedWork { authors: Vec::new(), date: None, link: None, kind: None, ..work() }
}

/// Worked by hand after the rules of each style.
#[rstest]
#[case(work(), "A. T[EB/OL]. (2025-02-28). https://x.cn/1.", "A. (2025, February 28). T. https://x.cn/1")]
#[case(
    gazette(),
    "重庆市. [重庆市第二期“双高计划”文件]: 渝教职成发〔2025〕4号[A/OL]. ([2025]). https://x.cn/1.",
    "重庆市. (ca. 2025). [重庆市第二期“双高计划”文件] (No. 渝教职成发〔2025〕4号). https://x.cn/1"
)]
#[case(paper(), "报道[N]. 光明日报, 2025-10-21.", "报道. (2025, October 21). 光明日报.")]
#[case(
    CitedWork { link: work().link, ..paper() },
    "报道[N/OL]. 光明日报, 2025-10-21. https://x.cn/1.",
    "报道. (2025, October 21). 光明日报. https://x.cn/1"
)]
#[case(nothing(), "T[Z].", "T. (n.d.).")]
#[case(CitedWork { kind: Some(SourceKind::Document), date: Some(Moment::Month(2025, 1)), ..nothing() }, "T[A]. 2025-01.", "T. (2025, January).")]
#[case(CitedWork { link: None, date: None, ..work() }, "A. T[EB/OL].", "A. (n.d.). T.")]
#[case(CitedWork { title: "Is it?".into(), authors: vec!["Dept.".into()], ..work() }, "Dept. Is it?[EB/OL]. (2025-02-28). https://x.cn/1.", "Dept. (2025, February 28). Is it? https://x.cn/1")]
fn a_document_is_cited_as_far_as_it_is_known(#[case] of: CitedWork, #[case] gbt: &str, #[case] apa: &str) {
    assert_eq!(gbt::work(&of), gbt);
    assert_eq!(apa::work(&of), apa);
}

#[rstest]
#[case(
    "中共重庆市委、重庆市人民政府",
    "中共重庆市委, 重庆市人民政府",
    "中共重庆市委 & 重庆市人民政府",
    "{中共重庆市委} and {重庆市人民政府}"
)]
#[case("A; B; C; D", "A, B, C, 等", "A, B, C & D", "{A} and {B} and {C} and {D}")]
#[case("iChongqing", "iChongqing", "iChongqing", "{iChongqing}")]
fn bodies_stand_side_by_side_as_each_style_has_them(
    #[case] publisher: &str,
    #[case] gbt: &str,
    #[case] apa: &str,
    #[case] bibtex: &str,
) {
    let of = CitedWork { authors: authors(publisher), ..work() };
    assert!(gbt::work(&of).starts_with(&format!("{gbt}. T[EB/OL].")));
    assert!(apa::work(&of).starts_with(&format!("{apa}. (2025")));
    assert!(bibtex::work(&of).contains(&format!("author = {{{bibtex}}},")));
}

#[test]
fn bibtex_leaves_out_what_is_not_known_and_says_what_is_inferred() {
    assert_eq!(bibtex::work(&nothing()), "@misc{s,\n  title = {{T}},\n}");
    assert_eq!(
        bibtex::work(&gazette()),
        "@misc{s,\n  author = {{重庆市}},\n  title = {{[重庆市第二期“双高计划”文件]}},\n  year = {2025},\n  date = {2025},\n  \
         number = {渝教职成发〔2025〕4号},\n  note = {the title is a description; the date is inferred},\n  url = {https://x.cn/1},\n}"
    );
    assert_eq!(
        bibtex::work(&paper()),
        "@article{s,\n  title = {{报道}},\n  journal = {光明日报},\n  year = {2025},\n  month = {10},\n  date = {2025-10-21},\n}"
    );
}

fn entry() -> DataEntry {
    DataEntry {
        title: "义务教育巩固率".into(),
        id: "a2.retention".into(),
        plan: ("规划".into(), "chongqing-158n".into()),
        hash: format!("sha256:{}", "0123456789abcdef".repeat(4)),
        day: date(2026, 11, 24),
        ui: Ui::Zh,
    }
}

#[test]
fn the_entry_of_the_data_names_plan_version_program_and_day() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        gbt::data(&entry()),
        format!(
            "义务教育巩固率: a2.retention[DS/DK]//规划: 规划数据 chongqing-158n. plan158 {version}, sha256:0123456789abcdef[2026-11-24]."
        )
    );
    assert_eq!(
        apa::data(&entry()),
        format!(
            "义务教育巩固率 (a2.retention). (n.d.). In 规划 (Version sha256:0123456789abcdef) [Data set chongqing-158n]. plan158 {version}. \
             Retrieved November 24, 2026."
        )
    );
    let bibtex = bibtex::data(&entry());
    assert!(
        bibtex.starts_with("@misc{chongqing-158n:a2.retention,\n  title = {{义务教育巩固率}},\n"),
        "{bibtex}"
    );
    assert!(bibtex.contains(&entry().hash), "the whole hash: {bibtex}");
}

#[rstest]
#[case("50% of A&B_c #1 $x", "50\\% of A\\&B\\_c \\#1 \\$x")]
#[case(
    "a{b}c\\d~e^f",
    "a\\textbraceleft{}b\\textbraceright{}c\\textbackslash{}d\\textasciitilde{}e\\textasciicircum{}f"
)]
fn what_tex_reads_as_marks_is_escaped(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(bibtex::escape(text), expected);
}

proptest! {
    /// BibTeX counts braces, escaped or not: an entry ends where its last field does.
    #[test]
    fn no_title_ends_an_entry_early(text in "(\\{|\\}|\\\\|,|@|%|\"|=|#|x|一){0,20}") {
        let entry = bibtex::work(&CitedWork { title: text.clone(), authors: vec![text.clone()], id: text, ..gazette() });
        let mut depth = 0i32;
        let ends: Vec<usize> = entry
            .char_indices()
            .filter_map(|(at, c)| {
                depth += match c { '{' => 1, '}' => -1, _ => 0 };
                (c == '}' && depth == 0).then_some(at)
            })
            .collect();
        prop_assert_eq!(ends, [entry.len() - 1], "{}", entry);
        prop_assert!(!entry.replace("\\%", "").contains('%'), "no comment begins: {}", entry);
    }
}
