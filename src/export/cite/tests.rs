//! References worked by hand, after the rules of each style.

use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::plan::metric::Edge;

/// A document with everything known, to be changed.
fn work() -> CitedWork {
    CitedWork {
        id: "s".into(),
        title: "T".into(),
        ours: false,
        authors: vec!["A".into()],
        publisher: String::new(),
        container: String::new(),
        pages: String::new(),
        date: Some(Moment::Day(date(2025, 2, 28))),
        inferred: false,
        number: String::new(),
        link: Some("https://x.cn/1".into()),
        kind: Some(SourceKind::Web),
        tag: "zh".into(),
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
        container: "光明日报".into(),
        kind: Some(SourceKind::Newspaper),
        date: Some(Moment::Day(date(2025, 10, 21))),
        link: None,
        ..work()
    }
}

fn nothing() -> CitedWork {
    CitedWork { authors: Vec::new(), date: None, link: None, kind: None, ..work() }
}

/// A document that the register of the 158N plan has: carried by a newspaper, with its page.
fn carried() -> CitedWork {
    CitedWork {
        title: "规划".into(),
        authors: vec!["甲".into(), "乙".into()],
        container: "重庆日报".into(),
        pages: "6".into(),
        kind: Some(SourceKind::Newspaper),
        ..work()
    }
}

/// Worked by hand after the rules of each style. The entries of 2025 are what pandoc's citation processor makes
/// of the same items with the style of that edition (`docs/export-format.md`, Citations), but for the brackets of
/// inferred dates, which a processor has no word for.
#[rstest]
#[case(
    work(),
    "A. T[EB/OL]. （2025-02-28）. https://x.cn/1.",
    "A. T[EB/OL]. (2025-02-28). https://x.cn/1.",
    "A. (2025, February 28). T. https://x.cn/1"
)]
#[case(
    gazette(),
    "重庆市. [重庆市第二期“双高计划”文件]：渝教职成发〔2025〕4号[EB/OL]. （[2025]）. https://x.cn/1.",
    "重庆市. [重庆市第二期“双高计划”文件]: 渝教职成发〔2025〕4号[EB/OL]. ([2025]). https://x.cn/1.",
    "重庆市. (ca. 2025). [重庆市第二期“双高计划”文件] (No. 渝教职成发〔2025〕4号). https://x.cn/1"
)]
#[case(
    CitedWork { link: None, ..gazette() },
    "重庆市. [重庆市第二期“双高计划”文件]：渝教职成发〔2025〕4号[Z]. [2025].",
    "重庆市. [重庆市第二期“双高计划”文件]: 渝教职成发〔2025〕4号[Z]. [2025].",
    "重庆市. (ca. 2025). [重庆市第二期“双高计划”文件] (No. 渝教职成发〔2025〕4号)."
)]
#[case(
    paper(),
    "报道[N]. 光明日报，2025-10-21.",
    "报道[N]. 光明日报, 2025-10-21.",
    "报道. (2025, October 21). 光明日报."
)]
#[case(
    CitedWork { authors: vec!["王小寒".into()], link: work().link, ..paper() },
    "王小寒. 报道[N/OL]. 光明日报，2025-10-21. https://x.cn/1.",
    "王小寒. 报道[N/OL]. 光明日报, 2025-10-21. https://x.cn/1.",
    "王小寒. (2025, October 21). 报道. 光明日报. https://x.cn/1"
)]
#[case(
    carried(),
    "甲，乙. 规划[N/OL]. 重庆日报，2025-02-28（6）. https://x.cn/1.",
    "甲, 乙. 规划[N/OL]. 重庆日报, 2025-02-28(6). https://x.cn/1.",
    "甲, & 乙. (2025, February 28). 规划. 重庆日报, 6. https://x.cn/1"
)]
#[case(nothing(), "T[Z].", "T[Z].", "T. (n.d.).")]
#[case(
    CitedWork { kind: Some(SourceKind::Statistics), date: Some(Moment::Month(2025, 1)), ..nothing() },
    "T[R]. 2025-01.",
    "T[R]. 2025-01.",
    "T. (2025, January)."
)]
// No page of the web without its address.
#[case(CitedWork { link: None, date: None, ..work() }, "A. T[Z].", "A. T[Z].", "A. (n.d.). T.")]
#[case(
    CitedWork { title: "Is it?".into(), authors: vec!["Dept.".into()], ..work() },
    "Dept. Is it?[EB/OL]. （2025-02-28）. https://x.cn/1.",
    "Dept. Is it?[EB/OL]. (2025-02-28). https://x.cn/1.",
    "Dept. (2025, February 28). Is it? https://x.cn/1"
)]
fn a_document_is_cited_as_far_as_it_is_known(
    #[case] of: CitedWork,
    #[case] gbt: &str,
    #[case] of_2015: &str,
    #[case] apa: &str,
) {
    assert_eq!(gbt::work(&of), gbt);
    assert_eq!(gbt::work_of_2015(&of), of_2015);
    assert_eq!(apa::work(&of), apa);
}

#[rstest]
#[case(
    "中共重庆市委、重庆市人民政府",
    "zh",
    "中共重庆市委，重庆市人民政府",
    "中共重庆市委, & 重庆市人民政府",
    "{中共重庆市委} and {重庆市人民政府}"
)]
#[case("A; B; C; D", "zh", "A，B，C，等", "A, B, C, & D", "{A} and {B} and {C} and {D}")]
#[case("A; B; C; D", "en", "A，B，C，et al", "A, B, C, & D", "{A} and {B} and {C} and {D}")]
#[case("iChongqing", "en", "iChongqing", "iChongqing", "{iChongqing}")]
fn bodies_stand_side_by_side_as_each_style_has_them(
    #[case] publisher: &str,
    #[case] tag: &str,
    #[case] gbt: &str,
    #[case] apa: &str,
    #[case] bibtex: &str,
) {
    let of = CitedWork { authors: names(publisher), tag: tag.into(), ..work() };
    assert!(gbt::work(&of).starts_with(&format!("{gbt}. T[EB/OL].")), "{}", gbt::work(&of));
    assert!(apa::work(&of).starts_with(&format!("{apa}. (2025")));
    assert!(bibtex::work(&of).contains(&format!("author = {{{bibtex}}},")));
}

#[rstest]
#[case("https://newton.com.tw/wiki/重慶", Some("https://newton.com.tw/wiki/%E9%87%8D%E6%85%B6"))]
#[case("http://x.cn/a b?c={d}", Some("http://x.cn/a%20b?c=%7Bd%7D"))]
#[case("https://x.cn/%E9?a=1&b=2#c", Some("https://x.cn/%E9?a=1&b=2#c"))]
#[case("https://重庆.cn/", None)]
#[case("javascript:alert(1)", None)]
#[case("https://", None)]
fn an_address_is_written_as_it_is_sent(#[case] link: &str, #[case] sent: Option<&str>) {
    assert_eq!(web_address(link).as_deref(), sent);
}

#[test]
fn bibtex_and_biblatex_have_real_types_and_leave_out_what_is_not_known() {
    assert_eq!(bibtex::work(&nothing()), "@misc{s,\n  title = {{T}},\n  langid = {chinese},\n}");
    assert_eq!(
        bibtex::work(&gazette()),
        "@techreport{s,\n  author = {{重庆市}},\n  title = {{[重庆市第二期“双高计划”文件]}},\n  institution = {{重庆市}},\n  \
         year = {2025},\n  number = {渝教职成发〔2025〕4号},\n  note = {the title is a description; the date is inferred},\n  \
         url = {https://x.cn/1},\n  langid = {chinese},\n}"
    );
    assert_eq!(
        bibtex::work(&carried()),
        "@article{s,\n  author = {{甲} and {乙}},\n  title = {{规划}},\n  journal = {{重庆日报}},\n  year = {2025},\n  \
         month = feb,\n  pages = {6},\n  url = {https://x.cn/1},\n  langid = {chinese},\n}"
    );
    assert_eq!(
        bibtex::work_for_biblatex(&carried()),
        "@article{s,\n  author = {{甲} and {乙}},\n  title = {{规划}},\n  journaltitle = {{重庆日报}},\n  \
         entrysubtype = {newspaper},\n  date = {2025-02-28},\n  pages = {6},\n  url = {https://x.cn/1},\n  langid = {chinese},\n}"
    );
    let kind = |of: CitedWork| bibtex::work_for_biblatex(&of).split('{').next().map(str::to_owned);
    assert_eq!(kind(work()).as_deref(), Some("@online"));
    assert_eq!(kind(gazette()).as_deref(), Some("@report"));
    assert_eq!(kind(nothing()).as_deref(), Some("@misc"));
    let span = Moment::Between(Edge::Month(2025, 3), Edge::Month(2025, 5));
    let spanned = bibtex::work_for_biblatex(&CitedWork { date: Some(span), tag: "en".into(), ..work() });
    assert!(
        spanned.contains("date = {2025-03/2025-05}") && spanned.contains("langid = {english}"),
        "{spanned}"
    );
}

#[test]
fn csl_json_is_an_array_of_items_with_dates_by_their_parts() {
    let list = Style::CslJson.list(&[csl::work(&carried()), csl::work(&gazette()), csl::data(&entry())]);
    let items: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(
        items[0],
        serde_json::json!({
            "id": "s", "type": "article-newspaper", "language": "zh-CN", "author": [{"literal": "甲"}, {"literal": "乙"}],
            "title": "规划", "container-title": "重庆日报", "page": "6", "issued": {"date-parts": [[2025, 2, 28]]},
            "URL": "https://x.cn/1",
        })
    );
    assert_eq!(items[1]["issued"], serde_json::json!({"date-parts": [[2025]], "circa": true}));
    assert_eq!(
        (&items[1]["type"], &items[1]["number"]),
        (&"regulation".into(), &"渝教职成发〔2025〕4号".into())
    );
    assert_eq!((&items[2]["type"], &items[2]["version"]), (&"dataset".into(), &entry().hash.into()));
}

#[test]
fn ris_has_a_field_a_line_between_its_type_and_its_end() {
    assert_eq!(
        ris::work(&carried()),
        "TY  - NEWS\nID  - s\nAU  - 甲\nAU  - 乙\nTI  - 规划\nT2  - 重庆日报\nPY  - 2025\nDA  - 2025/02/28/\nSP  - 6\n\
         UR  - https://x.cn/1\nLA  - zh\nER  - "
    );
    assert!(ris::work(&gazette()).starts_with("TY  - GOVDOC\n"));
    assert!(
        ris::work(&CitedWork { date: Some(Moment::Month(2025, 1)), ..nothing() })
            .contains("\nDA  - 2025/01//\n")
    );
}

fn entry() -> DataEntry {
    DataEntry {
        title: "义务教育巩固率".into(),
        id: "a2.retention".into(),
        plan: ("规划".into(), "chongqing-158n".into()),
        hash: format!("sha256:{}", "0123456789abcdef".repeat(4)),
        day: date(2026, 11, 24),
        tag: "zh".into(),
        ui: Ui::Zh,
    }
}

#[test]
fn the_entry_of_the_data_names_plan_version_program_and_day() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        gbt::data(&entry()),
        format!(
            "义务教育巩固率：a2.retention[DS]//规划：规划数据 chongqing-158n. 版本 sha256:0123456789abcdef. plan158 {version}（2026-11-24）."
        )
    );
    assert_eq!(
        gbt::data_of_2015(&entry()),
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
    assert!(bibtex::data_for_biblatex(&entry()).starts_with("@dataset{"));
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
