//! Searching the 158N plan as people would, and what must hold for any query.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "support/made.rs"]
mod made;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use jiff::civil::date;
use plan158::find::extra::{NodeExtras, Star};
use plan158::find::filter::NodeFact;
use plan158::find::query::QueryProblemKind;
use plan158::find::{
    Candidates, JournalExtras, Query, SearchField, SearchIndex, SearchRequest, SearchResult, SearchScope,
    Workers, complete, find_json, highlight, search,
};
use plan158::page::PageReader;
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{PlanSource, load};
use plan158::plan::metric::{Basis, VocabularyWord};
use plan158::plan::{NodeId, Plan, Role, State};
use plan158::progress::RuleRef;
use plan158::text::{Lang, ShownLanguages, Ui};
use proptest::prelude::*;
use rstest::rstest;

struct Searched {
    plan: Plan,
    index: SearchIndex,
}

impl Searched {
    fn new(plan: Plan, extra: JournalExtras) -> Self {
        let index = SearchIndex::build(&plan, Arc::new(extra), Workers(2));
        Self { plan, index }
    }

    fn ask(&self, text: &str, limit: usize, workers: usize, earlier: Option<&Candidates>) -> SearchResult {
        let query = Query::parse(text, &self.plan);
        let cancel = AtomicBool::new(false);
        let workers = Workers(workers);
        let ask = SearchRequest {
            query: &query,
            scope: SearchScope::Whole,
            limit,
            earlier,
            workers,
            cancel: &cancel,
        };
        search(&self.index, &self.plan, &ask).unwrap()
    }

    fn find(&self, text: &str) -> SearchResult {
        self.ask(text, 200, 2, None)
    }

    /// Ids of the best, best first.
    fn best(&self, text: &str, count: usize) -> Vec<&str> {
        self.find(text).hits.iter().take(count).map(|hit| self.id(hit.node)).collect()
    }

    /// Ids of all matches, in reading order.
    fn all(&self, text: &str) -> Vec<&str> {
        self.find(text).matched.iter().map(|node| self.id(*node)).collect()
    }

    fn id(&self, node: NodeId) -> &str {
        self.plan.tree.node(node).key.as_str()
    }

    /// The marked stretches of a field, as text.
    fn marked(&self, text: &str, id: &str, field: &str) -> Vec<String> {
        let node = self.plan.tree.find(id).unwrap();
        let query = Query::parse(text, &self.plan);
        let found = highlight(&self.plan, self.index.extra(), &query, node);
        let own = found.iter().find(|found| found.field.name(&self.plan, node) == field);
        let Some(own) = own else { return Vec::new() };
        let chars: Vec<char> = own.field.text(&self.plan, self.index.extra(), node).chars().collect();
        own.ranges
            .iter()
            .map(|range| chars[range.start as usize..range.end as usize].iter().collect())
            .collect()
    }
}

static BUNDLED: LazyLock<Searched> =
    LazyLock::new(|| Searched::new(load(&PlanSource::Bundled).unwrap().plan, JournalExtras::default()));

#[rstest]
#[case("p1", &["排头兵", "排頭兵", "paitoubing", "ptb", "pacesetter", "西部基础教育", "xbjcjy"])]
#[case("p2", &["职教重镇", "職業教育重鎮", "zhiyejiaoyuzhongzhen", "zyjyzz", "stronghold vocational", "zhongzhen"])]
#[case("p3", &["新引擎", "綜合改革新引擎", "xinyinqing", "zhggxyq", "new engine reform"])]
#[case("p4", &["一体推进样板", "一體推進樣板", "yitituijinyangban", "yttjyb", "model integrated talent", "yangban"])]
#[case("p5", &["内陆教育开放", "內陸教育開放合作窗口", "chuangkou", "kfhzck", "inland window"])]
#[case("a1", &["立德树人固本铸魂", "固本鑄魂", "ldsrgbzh", "lideshurenguben", "virtue roots character"])]
#[case("a2", &["公平优质行动", "基礎教育公平優質", "gongpingyouzhi", "jcjygpyz", "fair high-quality basic education"])]
#[case("a3", &["高等教育突破", "突破躍升", "tupoyuesheng", "tpys", "breakthrough leap"])]
#[case("a4", &["职业教育提质", "職業教育提質領跑", "tizhilingpao", "tzlp", "raise quality vocational"])]
#[case("a5", &["教师队伍强基", "教師隊伍強基培優", "jiaoshiduiwu", "jsdw", "teaching force excellence"])]
#[case("a6", &["数字教育赋能", "數字教育賦能牽引", "shuzijiaoyu", "szjyfn", "digital education enabler"])]
#[case("a7", &["互鉴共赢", "教育開放互鑒共贏", "hujiangongying", "hjgy", "mutual learning openness"])]
#[case("a8", &["集成攻坚", "教育改革集成攻堅", "jichenggongjian", "jcgj", "integrated breakthrough reform"])]
fn actions_and_positions_are_among_the_first_three(#[case] id: &str, #[case] queries: &[&str]) {
    for query in queries {
        assert!(BUNDLED.best(query, 3).contains(&id), "{query}: {:?}", BUNDLED.best(query, 5));
    }
}

#[rstest]
#[case("重庆市", "chongqingshi")]
#[case("重庆市", "zhongqing")]
#[case("校长培训", "xiaozhang")]
#[case("长期规划", "changqi")]
#[case("行业企业", "hangye")]
#[case("行动计划", "xingdong")]
#[case("银行", "yinhang")]
#[case("会计专业", "kuaiji")]
#[case("就业率", "jiuyelv")]
#[case("就业率", "jiuyelu")]
#[case("女教师", "nvjiaoshi")]
#[case("战略", "zhanlve")]
#[case("西安", "xi'an")]
fn every_reading_of_a_character_counts(#[case] title: &str, #[case] query: &str) {
    let made = Searched::new(made::flat(&[("别的东西", "other"), (title, "this")]), JournalExtras::default());
    assert_eq!(made.all(query), ["n1"]);
}

#[rstest]
// Chinese, also where quotation marks stand between and around.
#[case("职业教育", "p2", "title.zh", &["职业教育"])]
#[case("職業教育", "p2", "title.zh", &["职业教育"])]
#[case("教共体覆盖", "a2.school-communities", "title.zh", &["教共体", "覆盖"])]
// Pinyin and initials mark the characters.
#[case("zhiyejiaoyu", "p2", "title.zh", &["职业教育"])]
#[case("zhiyejiaoy", "p2", "title.zh", &["职业教育"])]
#[case("zyjy", "p2", "title.zh", &["职业教育"])]
#[case("职业jy", "p2", "title.zh", &["职业教育"])]
#[case("zhiyejy", "p2", "title.zh", &["职业教育"])]
// With gaps.
#[case("全国重镇", "p2", "title.zh", &["全国", "重镇"])]
// English, several words, smart case.
#[case("vocational str", "p2", "title.en", &["str", "vocational"])]
#[case("National", "p2", "title.en", &["National"])]
#[case("natnl", "p2", "title.en", &["Nat", "n", "l"])]
// Former titles, tags, ids.
#[case("基础教育高地", "p1", "former_titles.0.zh", &["基础教育高地"])]
#[case("发展定位", "p1", "tags.0", &["发展定位"])]
#[case("school-c", "a2.school-communities", "id", &["school-c"])]
// Figures as they are written.
#[case("84000", "a2.school-places", "observed.0", &["84000"])]
#[case("84,000", "a2.school-places", "observed.0", &["84000"])]
#[case("8.4万", "a2.school-places", "observed.0", &["84000"])]
#[case("840", "a2.school-places", "observed.0", &["84000"])]
// Numerals.
#[case("2027年重要", "s2027", "title.zh", &["2027年", "重要"])]
fn the_highlight_stands_on_the_original_characters(
    #[case] query: &str,
    #[case] id: &str,
    #[case] field: &str,
    #[case] expected: &[&str],
) {
    assert_eq!(BUNDLED.marked(query, id, field), expected);
    assert!(BUNDLED.all(query).contains(&id));
}

#[rstest]
#[case("十五年", "十五年规划")]
#[case("15年", "十五年规划")]
#[case("shiwunian", "十五年规划")]
#[case("15年", "15年规划")]
#[case("十五年", "15年规划")]
#[case("十五", "“十五五”规划")]
#[case("二〇三五", "2035年")]
#[case("8大", "八大行动")]
#[case("一体", "“一体”推进")]
#[case("ＡＩ", "AI赋能")]
#[case("ai赋能", "AI赋能")]
#[case("aifn", "AI赋能")]
fn both_sides_are_folded(#[case] query: &str, #[case] title: &str) {
    let made = Searched::new(made::flat(&[("别的东西", "other"), (title, "this")]), JournalExtras::default());
    assert_eq!(made.all(query), ["n1"]);
}

#[test]
fn kinds_of_matches_come_in_their_order() {
    let titles = [
        ("则有教育", "scattered: z then y"), // zeyou: initials zy side by side
        ("之间有", "another"),               // z j y: scattered
        ("别的", "zy is a word here"),       // exact English
        ("别的", "zyx begins so"),           // prefix
        ("自由", "free"),                    // initials
        ("别的", "oxzyx inside"),            // inside a word
    ];
    let made = Searched::new(made::flat(&titles), JournalExtras::default());
    assert_eq!(made.best("zy", 9), ["n2", "n3", "n4", "n0", "n5", "n1"]);
    let titles = [("上海职业教育", "x"), ("职业教育", "x"), ("职业教育学", "x"), ("职工行业教师体育", "x")];
    let made = Searched::new(made::flat(&titles), JournalExtras::default());
    assert_eq!(made.best("职业教育", 9), ["n1", "n2", "n0", "n3"]);
    assert_eq!(made.best("zyjy", 9)[0], "n1");
}

#[test]
fn smart_case_minds_upper_case_only_where_it_is_typed() {
    let made = Searched::new(made::flat(&[("甲", "AIDS"), ("乙", "aids")]), JournalExtras::default());
    assert_eq!(made.all("aids"), ["n0", "n1"]);
    assert_eq!(made.all("AIDS"), ["n0"]);
    assert_eq!(made.all("Aids"), [""; 0]);
}

#[rstest]
#[case("kind:goal level:position", &["p1", "p2", "p3", "p4", "p5"])]
#[case("类型:目标 层级:发展定位", &["p1", "p2", "p3", "p4", "p5"])]
#[case("level:position !职业 !高等", &["p1", "p4", "p5"])]
#[case("level:position 职业 | 高等", &["p2", "p3"])]
#[case("level:action ^教育", &["a7", "a8"])]
#[case("level:position 窗口$", &["p5"])]
#[case("level:position ^西部基础教育排头兵$", &["p1"])]
#[case("level:position '窗口", &["p5"])]
#[case("level:position 'chuangkou", &[])]
#[case("level:position \"basic education\"", &["p1"])]
#[case("level:position tag:职业教育", &["p2"])]
#[case("id:p1,p2", &["p1", "p2"])]
#[case("under:p1", &["p1"])]
#[case("level:stage due:<2028", &["s2027", "nat.2027"])]
#[case("level:stage year:2027", &["s2027", "nat.2027"])]
#[case("level:stage due:2027..2030", &["s2027", "nat.2027"])]
fn fields_and_tokens_filter(#[case] query: &str, #[case] expected: &[&str]) {
    assert_eq!(BUNDLED.all(query), expected);
}

#[test]
fn serves_takes_what_an_ancestor_serves() {
    let plan = &BUNDLED.plan;
    let p1 = plan.tree.find("p1").unwrap();
    let slow: Vec<&str> = plan
        .tree
        .ids()
        .filter(|id| plan.tree.serves(*id).iter().any(|(to, _)| *to == p1))
        .map(|id| BUNDLED.id(id))
        .collect();
    assert!(slow.contains(&"a2") && slow.contains(&"a2.preschool"));
    assert_eq!(BUNDLED.all("serves:p1"), slow);
}

#[test]
fn source_basis_and_has_look_at_the_node() {
    let plan = &BUNDLED.plan;
    let found = BUNDLED.find("source:cns-1020 has:target kind:metric basis:reported");
    assert!(!found.matched.is_empty());
    for node in found.matched {
        let metric = plan.tree.node(node).metric.as_deref().unwrap();
        assert!(!metric.target.is_empty());
    }
    let with = BUNDLED.find("has:baseline").total();
    let without = BUNDLED.find("!has:baseline").total();
    assert_eq!(with + without, plan.tree.count());
    assert!(with > 0 && without > 0);
}

/// Asks for each word of an enumeration by everything it is called.
fn every_name_is_understood<W: VocabularyWord + PartialEq + std::fmt::Debug>(field: &str) {
    for word in W::ALL {
        let stable = BUNDLED.all(&format!("{field}:{}", word.word()));
        for name in word.wording().names() {
            let text = format!("{field}:\"{name}\"");
            let query = Query::parse(&text, &BUNDLED.plan);
            assert!(query.problems.is_empty(), "{text}: {:?}", query.problems);
            // A label may also be another word's name; what the stable word finds is found all the same.
            let found = BUNDLED.all(&text);
            assert!(stable.iter().all(|id| found.contains(id)), "{text}");
        }
    }
}

#[test]
fn a_query_understands_every_label_of_its_fields_words() {
    every_name_is_understood::<Basis>("basis");
    every_name_is_understood::<State>("status");
    every_name_is_understood::<Role>("kind");
    every_name_is_understood::<NodeFact>("has");
    assert!(!BUNDLED.all("依据:推断").is_empty());
    assert_eq!(BUNDLED.all("依据:推断"), BUNDLED.all("basis:inferred"));
}

#[test]
fn what_a_card_says_of_a_basis_can_be_asked_for() {
    for ui in [Ui::Zh, Ui::En] {
        let (show, as_of) = (ShownLanguages::One(Lang(0)), AsOf::now(date(2026, 11, 1)));
        let reader = PageReader { plan: &BUNDLED.plan, show, ui, rule: RuleRef::PACE, as_of };
        for basis in Basis::ALL {
            assert_eq!(reader.basis(*basis), VocabularyWord::label(*basis, ui));
            let asked = BUNDLED.all(&format!("basis:\"{}\"", reader.basis(*basis)));
            assert_eq!(asked, BUNDLED.all(&format!("basis:{}", basis.word())));
        }
    }
}

#[test]
fn what_people_added_is_searched_and_filtered() {
    let plan = made::flat(&[("甲", "one"), ("乙", "two"), ("丙", "three")]);
    let mut extra = JournalExtras {
        states: vec![Some(State::OnTrack), None, Some(State::Overdue)],
        ..JournalExtras::default()
    };
    extra.said.insert(
        NodeId(1),
        NodeExtras {
            tags: vec!["重点".into()],
            notes: vec!["会后跟进".into()],
            progress: Some(40.0),
            authors: vec!["Li".into()],
            reviewed: Some(date(2026, 5, 31)),
            star: Star::Starred,
        },
    );
    let made = Searched::new(plan, extra);
    let found = |query: &str| made.all(query);
    for query in [
        "跟进",
        "genjin",
        "hhgj",
        "tag:重点",
        "progress:<50",
        "progress:40%",
        "进度:20..40",
        "by:li",
        "reviewed:<2026-06",
        "starred",
        "has:note",
        "星标",
    ] {
        assert_eq!(found(query), ["n1"], "{query}");
    }
    assert_eq!(found("status:on-track"), ["n0"]);
    assert_eq!(found("状态:逾"), ["n2"]);
    assert_eq!(found("reviewed:>2026-05"), [""; 0]);
    assert_eq!(made.marked("genjin", "n1", "annotation.notes.0"), ["跟进"]);
    let later = made.index.annotated(&made.plan, Arc::new(JournalExtras::default()));
    assert!(Searched { plan: made.plan, index: later }.all("跟进").is_empty());
}

#[rstest]
#[case("zhiye kind:", QueryProblemKind::HalfTyped, 6..11)]
#[case("kinds:goal", QueryProblemKind::UnknownField, 0..10)]
#[case("level:nowhere 教育", QueryProblemKind::UnknownValue, 6..13)]
#[case("教育 |", QueryProblemKind::HalfTyped, 7..8)]
#[case("| 教育", QueryProblemKind::HalfTyped, 0..1)]
#[case("教育 \"open", QueryProblemKind::HalfTyped, 7..12)]
#[case("教育 !", QueryProblemKind::HalfTyped, 7..8)]
#[case("due:<20", QueryProblemKind::UnknownValue, 4..7)]
#[case("教育 “”", QueryProblemKind::HalfTyped, 7..13)]
fn what_is_not_understood_is_said_at_its_place_and_left_out(
    #[case] text: &str,
    #[case] kind: QueryProblemKind,
    #[case] bytes: std::ops::Range<usize>,
) {
    let query = Query::parse(text, &BUNDLED.plan);
    let problems: Vec<_> =
        query.problems.iter().map(|problem| (problem.kind, problem.bytes.clone())).collect();
    assert_eq!(problems, [(kind, bytes)]);
    assert!(!BUNDLED.find(text).matched.is_empty(), "the rest still searches");
}

#[rstest]
#[case("", &["kind:", "level:", "id:"])]
#[case("ki", &["kind:"])]
#[case("类", &["类型:"])]
#[case("教育 st", &["status:", "state:"])]
#[case("kind:m", &["metric"])]
#[case("kind:goal,ac", &["action"])]
#[case("类型:指", &["metric"])]
#[case("level:pos", &["position"])]
#[case("level:发展", &["position"])]
#[case("serves:p", &["p1", "p2", "p3"])]
#[case("status:on", &["on-track"])]
fn tab_completes_fields_and_values(#[case] text: &str, #[case] expected: &[&str]) {
    let completion = complete(text, text.len(), &BUNDLED.plan, BUNDLED.index.extra());
    let texts: Vec<&str> =
        completion.suggestions.iter().map(|own| own.text.as_str()).take(expected.len()).collect();
    let expected: Vec<&str> = expected.iter().copied().filter(|text| *text != "state:").collect();
    assert_eq!(texts[..expected.len()], expected);
    assert_eq!(completion.bytes.end, text.len());
}

#[test]
fn the_json_answer_keeps_its_contract() {
    let plan = made::flat(&[("全国职业教育重镇", "x"), ("职业教育", "y")]);
    let made = Searched::new(plan, JournalExtras::default());
    let query = Query::parse("zyjy kind:", &made.plan);
    let found = made.find("zyjy kind:");
    let answer = serde_json::to_value(find_json(&made.index, &made.plan, &query, &found)).unwrap();
    assert_eq!(answer["query"], "zyjy kind:");
    assert_eq!(answer["total"], 2);
    assert_eq!(answer["problems"][0]["range"], serde_json::json!([5, 10]));
    assert_eq!(answer["problems"][0]["kind"], "half-typed");
    assert_eq!(answer["hits"][0]["id"], "n1");
    assert_eq!(answer["hits"][0]["matches"], serde_json::json!([{"field": "title.zh", "ranges": [[0, 4]]}]));
    assert_eq!(answer["hits"][1]["matches"], serde_json::json!([{"field": "title.zh", "ranges": [[2, 6]]}]));
    assert!(answer["hits"][0]["score"].as_u64().unwrap() > answer["hits"][1]["score"].as_u64().unwrap());
}

#[test]
fn hard_queries_are_answered() {
    let long = "a".repeat(10_000);
    let long_zh = "教育".repeat(5_000);
    let many = "e ".repeat(5_000);
    let operators = "!|^$' \"\" :: ! | ^ $ ' !! !^ ^$ '' kind: !kind: | |";
    let strange = ["🙂👨‍👩‍👧", "مرحبا بالعالم", "שלום", "\u{202E}abc", "\0\u{1}", "é\u{301}\u{302}", "𠀀𪚥", "ﷺ"];
    for text in [long.as_str(), &long_zh, &many, operators].into_iter().chain(strange) {
        let found = BUNDLED.find(text);
        let query = Query::parse(text, &BUNDLED.plan);
        for hit in found.hits.iter().take(3) {
            highlight(&BUNDLED.plan, BUNDLED.index.extra(), &query, hit.node);
        }
    }
    assert_eq!(BUNDLED.find(&long).total(), 0);
    let query = Query::parse(&many, &BUNDLED.plan);
    assert_eq!(query.problems.last().map(|problem| problem.kind), Some(QueryProblemKind::TooMuch));
}

#[test]
fn a_scope_limits_the_answer() {
    let a2 = BUNDLED.plan.tree.find("a2").unwrap();
    let query = Query::parse("教育", &BUNDLED.plan);
    let cancel = AtomicBool::new(false);
    let ask = SearchRequest {
        query: &query,
        scope: SearchScope::Under(a2),
        limit: 10,
        earlier: None,
        workers: Workers(1),
        cancel: &cancel,
    };
    let found = search(&BUNDLED.index, &BUNDLED.plan, &ask).unwrap();
    let whole: Vec<NodeId> = BUNDLED
        .find("教育")
        .matched
        .into_iter()
        .filter(|node| BUNDLED.plan.tree.contains(a2, *node))
        .collect();
    assert_eq!(found.matched, whole);
    assert!(!whole.is_empty());
}

#[test]
fn a_search_that_is_not_wanted_stops() {
    let query = Query::parse("教育", &BUNDLED.plan);
    let cancel = AtomicBool::new(true);
    let ask = SearchRequest {
        query: &query,
        scope: SearchScope::Whole,
        limit: 1,
        earlier: None,
        workers: Workers(1),
        cancel: &cancel,
    };
    assert!(search(&BUNDLED.index, &BUNDLED.plan, &ask).is_err());
}

#[test]
fn titles_of_a_field_are_named_by_language() {
    let node = BUNDLED.plan.tree.find("p1").unwrap();
    let names: Vec<String> = [SearchField::Title(Lang(1)), SearchField::Id, SearchField::Tag(1)]
        .map(|field| field.name(&BUNDLED.plan, node))
        .into();
    assert_eq!(names, ["title.en", "id", "tags.1"]);
}

/// A plan of several blocks.
static MANY: LazyLock<Searched> =
    LazyLock::new(|| Searched::new(made::many(20_000), JournalExtras::default()));

#[rstest]
#[case("教育")]
#[case("zyjy")]
#[case("quality")]
#[case("qlty vocational")]
#[case("e")]
#[case("n19")]
#[case("职业 !华东")]
fn threads_do_not_change_the_answer(#[case] query: &str) {
    let one = MANY.ask(query, 50, 1, None);
    assert!(!one.matched.is_empty());
    assert_eq!(one, MANY.ask(query, 50, 2, None));
    assert_eq!(one, MANY.ask(query, 50, 7, None));
}

#[test]
fn the_best_ten_are_the_first_of_the_best_hundred() {
    for query in ["zyjy", "qlty", "vocatinal", "教质量"] {
        assert_eq!(MANY.ask(query, 10, 2, None).hits, MANY.ask(query, 100, 2, None).hits[..10], "{query}");
    }
}

/// Words people type, in every script, with the signs of queries among them.
fn typed() -> impl Strategy<Value = String> {
    let words = [
        "职业",
        "教育",
        "zhiye",
        "jiaoyu",
        "zyjy",
        "zhi",
        "education",
        "voc",
        "Nat",
        "high-quality",
        "a2",
        "84000",
        "8.4万",
        "2027",
        "十五年",
        "重庆",
        "chongqing",
        "職業",
        "kind:goal",
        "!教师",
        "'公平",
        "^基础",
        "行动$",
        "|",
        "\"",
        "level:",
        "lv",
        "q",
        "xz",
        "（",
        "ü",
        "🙂",
    ];
    let word = prop::sample::select(words.to_vec());
    prop::collection::vec((word, prop::sample::select(vec!["", " "])), 1..4)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_parser_is_total_and_its_places_lie_on_characters(text in "\\PC{0,40}") {
        let query = Query::parse(&text, &BUNDLED.plan);
        for bytes in query.parts.iter().map(|part| &part.bytes).chain(query.problems.iter().map(|own| &own.bytes)) {
            prop_assert!(text.get(bytes.clone()).is_some());
        }
        complete(&text, text.len() / 2, &BUNDLED.plan, BUNDLED.index.extra());
    }

    #[test]
    fn narrowing_letter_by_letter_equals_searching_anew(text in typed()) {
        let mut earlier: Option<Candidates> = None;
        let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        for end in ends {
            let again = BUNDLED.ask(&text[..end], 50, 1, None);
            let narrowed = BUNDLED.ask(&text[..end], 50, 1, earlier.as_ref());
            prop_assert_eq!(&narrowed, &again, "{}", &text[..end]);
            earlier = Some(narrowed.candidates);
        }
    }

    #[test]
    fn every_hit_has_marks_in_order_inside_its_text(text in typed()) {
        let query = Query::parse(&text, &BUNDLED.plan);
        for hit in BUNDLED.find(&text).hits.iter().take(8) {
            let found = highlight(&BUNDLED.plan, BUNDLED.index.extra(), &query, hit.node);
            // Of two alternatives one may be a condition, which has nothing to mark.
            let needs_no_words = query.words().next().is_none() || text.contains('|');
            prop_assert!(!found.is_empty() || needs_no_words);
            for own in &found {
                let original = own.field.text(&BUNDLED.plan, BUNDLED.index.extra(), hit.node);
                let chars = u32::try_from(original.chars().count()).unwrap();
                prop_assert!(own.ranges.iter().all(|range| range.start < range.end && range.end <= chars));
                prop_assert!(own.ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
            }
        }
    }
}
