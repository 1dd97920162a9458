//! What the bundled 158N plan must say, stated from the sources and not from the files' layout: counts,
//! names, figures with their bounds, times, sources and grades, conflicts, links, evidence, both languages.
//! Nothing outside the project is needed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;

use plan158::plan::load::{PlanSource, load};
use plan158::plan::metric::{Amount, Basis, Bound, Force, Grade, Measure, Metric, Value, When};
use plan158::plan::node::{Claim, Judging};
use plan158::plan::register::Standing;
use plan158::plan::{Node, NodeId, Plan, Role};
use plan158::text::Lang;
use rstest::rstest;

const ZH: Lang = Lang(0);
const EN: Lang = Lang(1);

fn plan() -> Plan {
    load(&PlanSource::Bundled).unwrap().plan
}

fn id(plan: &Plan, key: &str) -> NodeId {
    plan.tree.find(key).unwrap_or_else(|| panic!("no node {key}"))
}

fn node<'p>(plan: &'p Plan, key: &str) -> &'p Node {
    plan.tree.node(id(plan, key))
}

fn zh(node: &Node) -> &str {
    node.title.get(ZH).unwrap()
}

fn en(node: &Node) -> &str {
    node.title.get(EN).unwrap()
}

/// Nodes of a level, in reading order.
fn of_level<'p>(plan: &'p Plan, level: &str) -> Vec<&'p Node> {
    plan.tree.nodes().iter().filter(|node| &*plan.level(node.level).id == level).collect()
}

#[test]
fn the_plan_loads_without_a_problem() {
    let loaded = load(&PlanSource::Bundled).unwrap();
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(&*loaded.plan.id, "chongqing-158n");
    assert_eq!(loaded.plan.checkpoints, [2027, 2035]);
}

// ---- counts and names
// -------------------------------------------------------------------------------------------------------------------

#[test]
fn one_goal_stands_first() {
    let plan = plan();
    let goals = of_level(&plan, "goal");
    assert_eq!(goals.len(), 1);
    assert_eq!(zh(goals[0]), "建设新时代教育强市、实现教育现代化");
    assert_eq!(plan.tree.nodes()[0].key, goals[0].key);
}

#[test]
fn five_positions_stand_in_the_plans_order() {
    let plan = plan();
    let found: Vec<_> =
        of_level(&plan, "position").iter().map(|node| (node.key.as_str(), zh(node))).collect();
    let expected = [
        ("p1", "西部基础教育排头兵"),
        ("p2", "全国职业教育重镇"),
        ("p3", "高等教育综合改革新引擎"),
        ("p4", "教育科技人才一体推进样板"),
        ("p5", "内陆教育开放合作窗口"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn eight_actions_stand_in_the_plans_order() {
    let plan = plan();
    let found: Vec<_> = of_level(&plan, "action").iter().map(|node| (node.key.as_str(), zh(node))).collect();
    let expected = [
        ("a1", "立德树人固本铸魂行动"),
        ("a2", "基础教育公平优质行动"),
        ("a3", "高等教育突破跃升行动"),
        ("a4", "职业教育提质领跑行动"),
        ("a5", "教师队伍强基培优行动"),
        ("a6", "数字教育赋能牵引行动"),
        ("a7", "教育开放互鉴共赢行动"),
        ("a8", "教育改革集成攻坚行动"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn one_flagship_project_has_a_name_and_nine_are_reported() {
    let plan = plan();
    let projects = of_level(&plan, "project");
    assert_eq!(projects.len(), 2, "the named one, and one node for those without a name: none is invented");
    assert_eq!(zh(projects[0]), "“红岩思政”育人品牌建设工程");
    let members = projects[1].more.as_ref().unwrap().members.unwrap();
    assert_eq!((members.total, members.named), (9, 1));
    let known: Vec<_> = projects[1].evidence.iter().map(|own| &*plan.source(own.source).id).collect();
    assert_eq!(known, ["plan", "gmw-1021"], "the plan has N; nine is one newspaper's number");
    assert!(
        projects[1].conflicts().iter().any(|own| own.source.is_some_and(|of| &*plan.source(of).id == "plan"))
    );
}

#[test]
fn two_stages_hold_the_known_outcome_goals() {
    let plan = plan();
    let children = |key: &str| -> Vec<String> {
        plan.tree.children(id(&plan, key)).map(|child| zh(plan.tree.node(child)).to_owned()).collect()
    };
    let own: Vec<_> = of_level(&plan, "stage")
        .iter()
        .filter(|node| node.key.as_str().starts_with('s'))
        .map(|node| node.key.as_str())
        .collect();
    assert_eq!(own, ["s2027", "s2035"]);
    assert_eq!(children("s2027"), ["总体目标", "立德树人成效", "对高质量发展贡献度", "人民群众教育获得感"]);
    assert_eq!(children("s2027.overall").len(), 4);
    assert!(zh(node(&plan, "s2027.overall.standing")).contains("中西部前列"));
    assert_eq!(children("s2035").len(), 3);
    assert!(zh(node(&plan, "s2035.national-first-tier")).contains("全国第一方阵"));
}

#[test]
fn six_traits_of_the_city_mirror_six_of_the_nation_by_our_reading() {
    let plan = plan();
    let city: Vec<&Node> =
        of_level(&plan, "trait").into_iter().filter(|node| node.key.as_str().starts_with("root.")).collect();
    let titles: Vec<_> = city.iter().map(|node| zh(node)).collect();
    assert_eq!(
        titles,
        ["思政引领强劲", "人才集聚充分", "科技支撑突出", "民生保障坚实", "社会协同高效", "国际影响广泛"]
    );
    for (node, national) in
        city.iter().zip(["思政引领力", "人才竞争力", "科技支撑力", "民生保障力", "社会协同力", "国际影响力"])
    {
        let link = node.serves[0];
        assert_eq!((zh(plan.tree.node(link.to)), link.basis), (national, Basis::Inferred));
    }
}

#[test]
fn the_national_outline_is_a_root_of_its_own_with_eight_systems_and_nine_tasks() {
    let plan = plan();
    let roots: Vec<_> = plan.tree.roots().map(|id| plan.tree.node(id).key.to_string()).collect();
    assert_eq!(roots, ["root", "nat"]);
    let systems: Vec<_> = of_level(&plan, "national-system").iter().map(|node| zh(node)).collect();
    assert_eq!(
        systems,
        [
            "固本铸魂的思想政治教育体系",
            "公平优质的基础教育体系",
            "自强卓越的高等教育体系",
            "产教融合的职业教育体系",
            "泛在可及的终身教育体系",
            "创新牵引的科技支撑体系",
            "素质精良的教师队伍体系",
            "开放互鉴的国际合作体系",
        ]
    );
    assert_eq!(of_level(&plan, "national-task").len(), 9);
    let numbers =
        plan.tree.subtree(id(&plan, "nat")).filter(|id| plan.tree.node(*id).metric.is_some()).count();
    assert_eq!(numbers, 0, "the outline as seen has no numeric target");
}

#[rstest]
#[case("p1", "西部基础教育高地")]
#[case("p3", "高等教育综合改革试验区")]
#[case("p5", "内陆地区教育开放合作范例")]
fn three_positions_keep_their_earlier_names(#[case] key: &str, #[case] former: &str) {
    let plan = plan();
    let titles: Vec<_> = node(&plan, key).former_titles().iter().filter_map(|title| title.get(ZH)).collect();
    assert_eq!(titles, [former]);
}

// ---- the named systems of the article
// -----------------------------------------------------------------------------------------------------

/// What a reader who knows the article looks for, with the action or flagship project it belongs to.
const NAMED: &[(&str, &str)] = &[
    ("党建统领“885”工作体系", "a1"),
    ("高校党建“双创”", "a1"),
    ("清廉学校", "a1"),
    ("五双工程", "a1"),
    ("双带头人", "a1"),
    ("双创建", "a1"),
    ("双培养", "a1"),
    ("双强化", "a1"),
    ("双规范", "a1"),
    ("三项机制", "a1"),
    ("培训赋能机制", "a1"),
    ("赛马比拼机制", "a1"),
    ("考核评价机制", "a1"),
    ("变革型高校组织", "a1"),
    ("模范机关", "a1"),
    ("“红岩思政”育人品牌", "n1"),
    ("思政精品课程群", "n1"),
    ("《行走·红岩》", "n1"),
    ("“红岩思政”教育联盟", "n1"),
    ("红岩特色学校", "n1"),
    ("红岩院系", "n1"),
    ("红岩班级", "n1"),
    ("时代新人铸魂工程", "a1"),
    ("大思政课", "a1"),
    ("大中小学思政课一体化", "a1"),
    ("思政队伍建设工程", "a1"),
    ("校园足球", "a1"),
    ("美育浸润", "a1"),
    ("国防教育", "a1"),
    ("公办学位", "a2"),
    ("普惠性幼儿园", "a2"),
    ("学区制、集团化", "a2"),
    ("优质高中", "a2"),
    ("教共体", "a2"),
    ("双减", "a2"),
    ("阳光招生", "a2"),
    ("校外培训监管护苗", "a2"),
    ("校园食品安全", "a2"),
    ("朝阳小学", "a2"),
    ("渝中区", "a2"),
    ("智慧协同·共育未来", "a2"),
    ("“四新”高校", "a3"),
    ("ESI", "a3"),
    ("环大学创新生态圈", "a3"),
    ("博士学位授予单位", "a3"),
    ("博士硕士学位授予单位", "a3"),
    ("高等研究院", "a3"),
    ("纳米时栅", "a3"),
    ("海扶刀", "a3"),
    ("教育强市区县行", "a3"),
    ("双一流", "a3"),
    ("416", "a3"),
    ("33618", "a3"),
    ("就业指导", "a3"),
    ("大创谷", "a3"),
    ("中国国际大学生创新大赛", "a3"),
    ("适配度", "a4"),
    ("四轮部市共建", "a4"),
    ("中澳（重庆）职业教育与培训项目", "a4"),
    ("技能型社会", "a4"),
    ("市域产教联合体", "a4"),
    ("《改革实施方案》", "a4"),
    ("“双高”", "a4"),
    ("“双优”", "a4"),
    ("职教本科", "a4"),
    ("职业教育协同发展联盟", "a4"),
    ("全国职业院校技能大赛", "a4"),
    ("贯通分段培养", "a4"),
    ("国际合作平台", "a4"),
    ("境外办学", "a4"),
    ("“新双高”", "a4"),
    ("一技之长", "a4"),
    ("“育师”“强师”“惠师”“尊师”", "a5"),
    ("国优计划", "a5"),
    ("优师计划", "a5"),
    ("师范教育协同提质计划", "a5"),
    ("国家智慧教育平台", "a6"),
    ("惠学生", "a6"),
    ("风向标", "a6"),
    ("人工智能+教育", "a6"),
    ("成渝教育协同", "a7"),
    ("双城经济圈教育协同发展行动计划", "a7"),
    ("渝藏", "a7"),
    ("渝新", "a7"),
    ("渝鲁", "a7"),
    ("援藏", "a7"),
    ("南洋理工大学", "a7"),
    ("柴可夫斯基音乐学院", "a7"),
    ("中外合作办学", "a7"),
    ("留学重庆", "a7"),
    ("职教出海", "a7"),
    ("姊妹学校", "a7"),
    ("哈密", "a7"),
    ("入学一件事", "a8"),
    ("教育评价改革", "a8"),
    ("五大主体评价", "a8"),
    ("高考综合改革", "a8"),
    ("省级联合命题", "a8"),
    ("高效办成一件事", "a8"),
];

#[test]
fn every_system_the_article_names_is_found_by_title_under_its_action() {
    let plan = plan();
    let missing: Vec<_> = NAMED
        .iter()
        .filter(|(name, action)| {
            !plan.tree.subtree(id(&plan, action)).any(|node| zh(plan.tree.node(node)).contains(name))
        })
        .collect();
    assert_eq!(missing, Vec::<&(&str, &str)>::new());
}

#[test]
fn the_flagship_project_holds_its_own_content_and_serves_action_one() {
    let plan = plan();
    let project = id(&plan, "n1");
    assert_eq!(plan.tree.subtree(project).count(), 15);
    assert!(plan.tree.node(project).serves.iter().any(|link| link.to == id(&plan, "a1")));
    let strays: Vec<_> = plan
        .tree
        .subtree(id(&plan, "a1"))
        .map(|own| plan.tree.node(own))
        .filter(|node| zh(node).contains("红岩") && !zh(node).contains("红岩先锋"))
        .map(|node| &node.key)
        .collect();
    assert!(strays.is_empty(), "{strays:?}");
}

#[rstest]
#[case("a1.hongyan", "n1")]
#[case("a1.hongyan.exchanges", "n1.exchanges")]
#[case("a4.match.leading-industries", "a4.match")]
#[case("a4.match.pillar-industries", "a4.match")]
#[case("a1.da-sizheng.departments", "a1.da-sizheng")]
#[case("a6.fields.count", "a6.fields")]
#[case("a3.nanometre.level", "a3.nanometre")]
fn an_earlier_id_leads_to_the_node_that_took_its_content(#[case] earlier: &str, #[case] now: &str) {
    let plan = plan();
    assert_eq!(node(&plan, earlier).key.as_str(), now);
}

#[rstest]
#[case("root", "部市同向发力、市区联动")]
#[case("root", "组织实施")]
#[case("root", "八项行动方案")]
#[case("a6.weathervane", "质量变革、效率变革、动力变革")]
#[case("a2.balanced-service", "学位焦虑、质量焦虑")]
#[case("n1", "红岩精神的发源地")]
#[case("a8.enrolment", "指尖报名")]
#[case("a4.match", "三大主导产业、三大支柱产业")]
fn what_a_source_says_in_passing_is_found_in_a_summary(#[case] key: &str, #[case] said: &str) {
    let plan = plan();
    let summary = node(&plan, key).summary.as_ref().unwrap();
    assert!(summary.get(ZH).unwrap().contains(said), "{key}");
}

#[rstest]
#[case("33618", &["智能网联新能源汽车", "软件信息服务", "低空经济"])]
#[case("1361", &["41", "1,031"])]
#[case("六个区", &["西部地区高质量发展先行区"])]
fn a_background_term_carries_the_names_and_numbers_that_are_known(#[case] term: &str, #[case] said: &[&str]) {
    let plan = plan();
    let found = plan.terms.iter().find(|own| own.title.get(ZH) == Some(term)).unwrap();
    let summary = found.summary.as_ref().unwrap().get(ZH).unwrap();
    assert!(said.iter().all(|part| summary.contains(part)), "{summary}");
}

#[rstest]
#[case("a1.five-doubles", 5)]
#[case("a1.three-mechanisms", 3)]
#[case("a5.three-plans", 3)]
#[case("a5.work-system", 4)]
#[case("a4.co-building", 4)]
fn a_set_that_is_named_in_full_has_a_node_for_each_member(#[case] key: &str, #[case] count: u32) {
    let plan = plan();
    let own = id(&plan, key);
    let members = plan.tree.node(own).more.as_ref().unwrap().members.unwrap();
    assert_eq!((members.total, members.named), (count, count));
    let children =
        plan.tree.children(own).filter(|child| plan.tree.node(*child).role != Role::Metric).count();
    assert_eq!(children, count as usize);
}

#[rstest]
#[case("两大定位")]
#[case("三个作用")]
#[case("六个区")]
#[case("416")]
#[case("33618")]
#[case("1361")]
#[case("885")]
#[case("六大特质")]
#[case("教共体")]
fn background_terms_stand_in_the_glossary_in_both_languages(#[case] term: &str) {
    let plan = plan();
    let found = plan.terms.iter().find(|own| own.title.get(ZH) == Some(term)).unwrap();
    assert!(found.title.get(EN).is_some());
    let summary = found.summary.as_ref().unwrap();
    assert!(summary.get(ZH).is_some() && summary.get(EN).is_some());
}

// ---- figures
// ------------------------------------------------------------------------------------------------------------------------------

/// A time as the tables below write it.
fn when(value: &Value) -> String {
    match value.when {
        When::At(moment) => moment.to_string(),
        When::Period(from, to) => format!("{from}..{to}"),
        When::Announced(moment) => format!("said {moment}"),
        When::Undated => "undated".into(),
        When::Unstated => "unstated".into(),
    }
}

fn values(metric: &Metric) -> impl Iterator<Item = &Value> {
    metric.baseline.iter().chain(&metric.observed)
}

/// A figure as a source gives it: node, value, unit, bound, time, source, grade.
type Figure = (&'static str, f64, &'static str, Bound, &'static str, &'static str, Grade);

use Bound::{AtLeast, Exact, MoreThan, Nearly};
use Grade::{B, C};

/// Copied by hand from the article and the list of facts; the code under test had no part in it.
const FIGURES: &[Figure] = &[
    // The article, section without a heading.
    ("root.exchanges", 61.0, "次", Exact, "2024", "article", C),
    ("root.dissemination", 162.0, "次", Exact, "2024", "article", C),
    ("root.major-reforms", 33.0, "项", Exact, "2024", "article", C),
    ("root.major-platforms", 7.0, "个", Exact, "2024", "article", C),
    ("root.major-projects", 52.0, "个", Exact, "2024", "article", C),
    // Reform.
    ("a8.enrolment.pupils", 575_000.0, "名", Exact, "2024", "article", C),
    ("a8.enrolment.reviews", 401_000.0, "条", Exact, "2024", "article", C),
    ("a8.enrolment.satisfaction", 99.2, "%", Exact, "2024", "article", C),
    // Opening-up: the sentence gives no time.
    ("a7.cooperative-education.count", 69.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    ("a7.cooperative-education.rank", 2.0, "位", Exact, "said 2025-03/2025-05", "article", C),
    ("a7.foreign-youth", 9_000.0, "人", MoreThan, "said 2025-03/2025-05", "article", C),
    ("a7.overseas-schooling", 51.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    ("a7.chengdu-chongqing.projects", 130.0, "个", MoreThan, "said 2025-03/2025-05", "article", C),
    ("a7.interprovincial.hami.schools", 27.0, "所", Exact, "said 2025-03/2025-05", "article", C),
    ("a7.sister-schools.pairs", 45.0, "对", Exact, "said 2025-03/2025-05", "article", C),
    // Higher education: “2024年，我市建成 …”.
    ("a3.sixin.universities", 13.0, "所", Exact, "2024", "article", C),
    ("a3.esi.added", 11.0, "个", Exact, "2024", "article", C),
    ("a3.ecosystem.count", 10.0, "个", Exact, "2024", "article", C),
    ("a3.degree-authorisation.pass-rate-rank", 1.0, "位", Exact, "2024", "article", C),
    ("a3.degree-authorisation.doctoral-units", 13.0, "个", Exact, "2024", "article", C),
    ("a3.district-tour.firms", 3_247.0, "家", Exact, "said 2025-03/2025-05", "article", C),
    ("a3.district-tour.firms", 3_000.0, "家", MoreThan, "said 2025-02-27", "press", C),
    ("a3.district-tour.problems", 3_000.0, "条", MoreThan, "said 2025-03/2025-05", "article", C),
    // Basic education: “一年来 …”.
    ("a2.school-places", 84_000.0, "个", Exact, "2024", "article", C),
    ("a2.public-interest-kindergartens", 95.2, "%", Exact, "2024", "article", C),
    ("a2.districts-and-groups.coverage", 80.0, "%", MoreThan, "2024", "article", C),
    ("a2.good-senior-secondary", 75.0, "%", Exact, "2024", "article", C),
    ("a2.chaoyang-clubs", 100.0, "项", Nearly, "said 2025-03/2025-05", "article", C),
    // Vocational education.
    ("a4.match.rate", 88.0, "%", Exact, "2024", "article", C),
    ("a4.match.adjustment", 5.0, "%", Exact, "said 2025-02", "article", C),
    ("a4.match.groups-per-cluster", 10.0, "个", AtLeast, "said 2025-03/2025-05", "article", C),
    ("a4.match.new-labour", 70.0, "%", AtLeast, "said 2025-03/2025-05", "article", C),
    ("a4.consortia.national", 1.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    ("a4.consortia.city", 36.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    ("a4.double-high.national", 10.0, "所", Exact, "said 2025-03/2025-05", "article", C),
    ("a4.alliances.colleges", 248.0, "所", Exact, "said 2025-03/2025-05", "article", C),
    ("a4.alliances.firms", 299.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    ("a4.alliances.count", 9.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    ("a4.international.platforms", 10.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    ("a4.international.programmes", 22.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    // Party building and ideological education.
    ("a1.double-creation.units", 154.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    ("n1.exchanges", 6.0, "次", Exact, "2024", "article", C),
    ("a1.ministry-projects", 26.0, "个", Exact, "2025", "article", C),
    // Digital education.
    ("a6.applications.count", 5.0, "个", Exact, "said 2025-03/2025-05", "article", C),
    // The press conference on the plan.
    ("root.regular-heis", 73.0, "所", Exact, "said 2025-02-27", "press", C),
    ("root.he-students", 1_380_000.0, "人", Exact, "said 2025-02-27", "press", C),
    ("a3.enrolment", 63.5, "%", Exact, "said 2025-02-27", "press", C),
    ("a2.preschool.enrolment", 93.1, "%", Exact, "said 2025-02-27", "press", C),
    ("a2.retention", 95.9, "%", Exact, "said 2025-02-27", "press", C),
    ("a2.senior-secondary.enrolment", 98.7, "%", Exact, "said 2025-02-27", "press", C),
    ("root.schools-kindergartens", 9_422.0, "所", Exact, "said 2025-02-27", "press", C),
    ("root.pupils", 5_160_000.0, "人", Exact, "said 2025-02-27", "press", C),
    ("a3.innovation.national-platforms", 43.0, "个", Exact, "said 2025-02-27", "press", C),
    // October 2025.
    ("a2.preschool.enrolment", 93.5, "%", Exact, "said 2025-10-20", "cns-1020", C),
    ("a2.senior-secondary.enrolment", 98.47, "%", Exact, "said 2025-10-20", "cns-1020", C),
    ("a3.enrolment", 64.25, "%", Exact, "said 2025-10-20", "cns-1020", C),
    ("a2.retention", 98.3, "%", Exact, "said 2025-10-20", "cns-1020", C),
    ("a2.public-kindergarten-share", 57.03, "%", Exact, "said 2025-10-20", "cns-1020", C),
    ("a2.school-communities", 85.0, "%", Exact, "said 2025-10-20", "cns-1020", C),
    ("a2.special-schools", 41.0, "所", Exact, "said 2025-10-20", "cns-1020", C),
    ("a2.disabled-enrolment", 98.99, "%", Exact, "said 2025-10-20", "cns-1020", C),
    ("a3.postgraduates", 117_000.0, "人", Exact, "said 2025-10-20", "cns-1020", C),
    ("root.schools-all-kinds", 9_177.0, "所", Exact, "said 2025-10-20", "cns-1020", C),
    ("root.students-all-kinds", 6_398_000.0, "人", Exact, "said 2025-10-20", "cns-1020", C),
    ("root.staff", 506_000.0, "人", Exact, "said 2025-10-20", "cns-1020", C),
    ("root.full-time-teachers", 409_000.0, "人", Exact, "said 2025-10-20", "cns-1020", C),
    ("root.graduates-supplied", 1_850_000.0, "人", Exact, "2021..2025", "cns-1020", C),
    ("root.14fyp-core-goals", 12.0, "项", Exact, "said 2025-10-20", "icq-1022", C),
    ("a7.cooperative-education.count", 75.0, "个", Exact, "2025-05", "icq-0601", C),
    ("a7.cooperative-education.institutions", 9.0, "个", Exact, "2025-05", "icq-0601", C),
    ("a7.cooperative-education.programmes", 66.0, "个", Exact, "2025-05", "icq-0601", C),
    ("a7.cooperative-education.technical-share", 68.3, "%", Exact, "2025-05", "icq-0601", C),
    ("a7.cooperative-education.count", 78.0, "个", Exact, "said 2025-10-20", "cns-1020b", C),
    ("a7.overseas-youth", 10_000.0, "人", MoreThan, "said 2025-10-20", "cns-1020b", C),
    ("n1.student-approval", 95.8, "%", Exact, "said 2025-10-21", "gmw-1021", C),
    ("a2.balanced-districts.count", 6.0, "个", Exact, "2025", "balanced-2026", C),
    // Earlier points of the series.
    ("a2.preschool.enrolment", 81.0, "%", Exact, "2015", "13fyp", C),
    ("a2.preschool.enrolment", 90.3, "%", Exact, "2020", "14fyp", B),
    ("a2.retention", 95.5, "%", Exact, "2020", "14fyp", B),
    ("a2.senior-secondary.enrolment", 98.46, "%", Exact, "2019", "edu2035-2020", B),
    ("a3.enrolment", 40.5, "%", Exact, "2015", "13fyp", C),
    ("a3.enrolment", 53.3, "%", Exact, "2020", "he-14fyp", B),
    ("a3.enrolment", 58.0, "%", Exact, "2021", "he-2021", B),
    ("a3.esi.total", 62.0, "个", Exact, "2023-05", "esi-2023", C),
    ("a3.esi.total", 64.0, "个", Exact, "2023-07", "esi-2023-07", C),
];

#[test]
fn figures_stand_as_their_sources_give_them() {
    let plan = plan();
    let mut wrong = Vec::new();
    for figure in FIGURES {
        let (key, number, unit, bound, time, source, grade) = *figure;
        let metric = node(&plan, key).metric.as_ref().unwrap();
        let found = values(metric).any(|value| {
            value.amount.number().is_some_and(|own| own.value.to_bits() == number.to_bits())
                && value.bound == bound
                && when(value) == time
                && value.source.is_some_and(|own| &*plan.source(own).id == source)
                && value.grade == Some(grade)
        });
        if !found || metric.unit.get(ZH) != Some(unit) {
            wrong.push((key, number, metric.unit.get(ZH), values(metric).map(when).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(FIGURES.len() >= 30);
}

#[test]
fn a_figure_published_again_is_one_value() {
    let plan = plan();
    for key in ["a2.public-interest-kindergartens", "a2.good-senior-secondary"] {
        let metric = node(&plan, key).metric.as_ref().unwrap();
        let again: Vec<_> = values(metric)
            .filter(|value| value.also.iter().any(|source| &*plan.source(*source).id == "cns-1020"))
            .collect();
        assert_eq!(again.len(), 1, "{key}");
        assert!(
            values(metric).all(|value| value.source.is_none_or(|own| &*plan.source(own).id != "cns-1020"))
        );
    }
}

#[test]
fn decimals_stay_as_they_were_written() {
    let plan = plan();
    let metric = node(&plan, "a2.senior-secondary.enrolment").metric.as_ref().unwrap();
    let national = metric.comparators[0].amount.number().unwrap();
    assert_eq!(national.to_string(), "92.0");
}

/// Node, value, unit, bound, time, source, standing of the source.
type Target = (&'static str, f64, &'static str, Bound, &'static str, &'static str, Standing);

#[rstest]
// T1 and T2 are the only numeric targets of the plan itself; T1 says no “at least”, only its time is worked
// out; T2 has no year.
#[case::t1(("a2.school-communities", 90.0, "%", Exact, "2028-02", "press", Standing::Plan))]
#[case::t2(("a7.cooperative-education.count", 100.0, "个", Exact, "undated", "icq-0228", Standing::Plan))]
#[case::t3(("a4.municipal-double-high.colleges", 40.0, "所", Bound::About, "2029", "shg2", Standing::Implementing))]
#[case::t4(("a4.municipal-double-high.groups", 65.0, "个", Bound::About, "2029", "shg2", Standing::Implementing))]
#[case::t5_2026(("a6.ai-plan.uptake", 70.0, "%", AtLeast, "2026", "ai-plan", Standing::OtherPlan))]
#[case::t5_2027(("a6.ai-plan.uptake", 80.0, "%", AtLeast, "2027", "ai-plan", Standing::OtherPlan))]
#[case::t6_2026(("a6.ai-plan.typical-scenarios", 5.0, "个", Exact, "2026", "ai-plan", Standing::OtherPlan))]
#[case::t6_2027(("a6.ai-plan.typical-scenarios", 10.0, "个", AtLeast, "2027", "ai-plan", Standing::OtherPlan))]
#[case::t7_2026(("a6.ai-plan.districts", 5.0, "个", Exact, "2026", "ai-plan", Standing::OtherPlan))]
#[case::t7_2027(("a6.ai-plan.districts", 9.0, "个", Exact, "2027", "ai-plan", Standing::OtherPlan))]
#[case::t8(("a6.ai-plan.schools", 150.0, "所", Exact, "2027", "ai-plan", Standing::OtherPlan))]
#[case::t9(("a6.ai-plan.programme-groups", 80.0, "个", Exact, "2027", "ai-plan", Standing::OtherPlan))]
#[case::t10(("a4.consortia.national", 5.0, "个", Exact, "2027", "cjlht", Standing::OtherPlan))]
#[case::t11(("a4.integration-districts", 2.0, "个", Exact, "2027", "cjlht", Standing::OtherPlan))]
#[case::t12(("a4.high-skilled", 45.0, "%", Exact, "2027", "cjlht", Standing::OtherPlan))]
// The yearly targets for 2024.
#[case(("a2.public-kindergarten-share", 54.0, "%", AtLeast, "2024", "targets-2024", Standing::OtherPlan))]
#[case(("a2.public-interest-kindergartens", 90.0, "%", AtLeast, "2024", "targets-2024", Standing::OtherPlan))]
#[case(("a2.disabled-enrolment", 97.0, "%", AtLeast, "2024", "targets-2024", Standing::OtherPlan))]
#[case(("a2.retention", 95.5, "%", AtLeast, "2024", "targets-2024", Standing::OtherPlan))]
#[case(("a2.senior-secondary.enrolment", 98.0, "%", AtLeast, "2024", "targets-2024", Standing::OtherPlan))]
#[case(("a3.science-share", 55.0, "%", AtLeast, "2024", "targets-2024", Standing::OtherPlan))]
// 力争10所: the article's, undated.
#[case(("a4.new-double-high", 10.0, "所", Exact, "undated", "article", Standing::Report))]
fn a_target_stands_with_its_bound_its_date_and_its_document(#[case] target: Target) {
    let plan = plan();
    let (key, number, unit, bound, time, source, standing) = target;
    let metric = node(&plan, key).metric.as_ref().unwrap();
    assert_eq!(metric.unit.get(ZH), Some(unit));
    let found = metric.target.iter().find(|own| when(own) == time).expect(time);
    let own = plan.source(found.source.unwrap());
    assert!((found.amount.number().unwrap().value - number).abs() < 1e-9);
    assert_eq!((found.bound, &*own.id, own.standing), (bound, source, Some(standing)));
    assert_eq!(found.force == Force::Strive, key == "a4.new-double-high");
}

#[test]
fn only_two_numeric_targets_are_the_plans_own() {
    let plan = plan();
    let numeric = |node: &&Node| {
        node.metric.as_ref().is_some_and(|metric| {
            metric.target.iter().any(|target| {
                target.amount.number().is_some()
                    && plan.source(target.source.unwrap()).standing == Some(Standing::Plan)
            })
        })
    };
    let keys: Vec<_> = plan.tree.nodes().iter().filter(numeric).map(|node| node.key.as_str()).collect();
    assert_eq!(keys, ["a2.school-communities", "a7.cooperative-education.count"]);
}

#[test]
fn t1_has_no_baseline_and_its_date_alone_is_inferred() {
    let plan = plan();
    let metric = node(&plan, "a2.school-communities").metric.as_ref().unwrap();
    assert!(metric.baseline.is_none());
    assert_eq!((metric.target[0].basis, metric.target[0].when_basis), (Basis::Reported, Basis::Inferred));
}

#[test]
fn a_growth_in_points_is_nobodys_value() {
    let plan = plan();
    for (key, growth, implied) in [
        ("a3.enrolment", 16.5, 47.0),
        ("a2.preschool.enrolment", 6.0, 87.1),
        ("a2.retention", 1.4, 94.5),
        ("a2.senior-secondary.enrolment", 2.1, 96.6),
    ] {
        let metric = node(&plan, key).metric.as_ref().unwrap();
        for value in values(metric).chain(&metric.target) {
            let number = value.amount.number().unwrap().value;
            assert!((number - growth).abs() > 1e-9 && (number - implied).abs() > 1e-9, "{key}: {number}");
        }
    }
}

// ---- honesty
// ------------------------------------------------------------------------------------------------------------------------------

/// Texts in which a node says what its sources disagree on.
fn contested(plan: &Plan, key: &str) -> String {
    let node = node(plan, key);
    node.conflicts().iter().filter_map(|conflict| conflict.note.get(ZH)).collect::<Vec<_>>().join("\n")
}

#[rstest]
#[case("a2.retention", &["95.9", "98.3"])]
#[case("a2.senior-secondary.enrolment", &["98.7", "98.47"])]
#[case("s2027.overall.standing", &["全国第一方阵", "中西部前列"])]
#[case("s2027.overall.standing", &["全国中上行列、西部第一方阵"])]
#[case("s2035.national-first-tier", &["2027", "全国第一方阵"])]
#[case("a2.districts-and-groups.coverage", &["教共体", "85%"])]
#[case("a2.school-communities", &["学区制、集团化办学", "80%"])]
#[case("a3.esi.top-one-per-cent", &["2019", "前1%"])]
#[case("root.schools-all-kinds", &["9,422", "9,177"])]
#[case("a7.foreign-youth", &["海外青少年"])]
#[case("a7.overseas-schooling", &["22"])]
#[case("n1.alliance.founded", &["2023年5月"])]
fn sources_that_disagree_are_kept_side_by_side(#[case] key: &str, #[case] said: &[&str]) {
    let text = contested(&plan(), key);
    assert!(said.iter().all(|part| text.contains(part)), "{key}: {text}");
}

#[test]
fn measures_that_differ_are_never_one_series() {
    let plan = plan();
    let numbers = |key: &str| -> Vec<f64> {
        values(node(&plan, key).metric.as_ref().unwrap())
            .filter_map(|value| value.amount.number())
            .map(|number| number.value)
            .collect()
    };
    assert_eq!(numbers("a2.districts-and-groups.coverage"), [80.0]);
    assert_eq!(numbers("a2.school-communities"), [85.0]);
    assert_eq!(numbers("a7.foreign-youth"), [9_000.0]);
    assert_eq!(numbers("a7.overseas-youth"), [10_000.0]);
    assert_eq!(numbers("a7.overseas-schooling"), [51.0]);
    assert_eq!(numbers("a4.international.programmes"), [22.0]);
    assert_eq!(numbers("root.schools-kindergartens"), [9_422.0]);
    assert_eq!(numbers("root.schools-all-kinds"), [9_177.0]);
}

#[test]
fn party_building_is_left_to_people_and_nothing_else_is() {
    let plan = plan();
    let party = id(&plan, "a1.party-leadership");
    for id in plan.tree.ids() {
        let node = plan.tree.node(id);
        let expected = if plan.tree.contains(party, id) { Judging::PeopleOnly } else { Judging::Computed };
        assert_eq!(node.judging(), expected, "{}", node.key);
    }
    assert!(plan.tree.subtree(party).count() > 20);
    let words = ["党建", "885", "五双", "三项机制", "红岩先锋", "清廉", "从严治院", "党的"];
    for node in plan.tree.nodes().iter().filter(|node| words.iter().any(|word| zh(node).contains(word))) {
        assert_eq!(node.judging(), Judging::PeopleOnly, "{}", node.key);
    }
}

#[rstest]
#[case("a3.haifudao", Claim::First)]
#[case("a3.nanometre", Claim::Leading)]
#[case("a3.advanced-institute", Claim::First)]
#[case("a3.degree-authorisation.pass-rate-rank", Claim::Leading)]
#[case("a4.consortia", Claim::Only)]
#[case("a4.consortia.plan", Claim::First)]
#[case("a4.skills-contest", Claim::Leading)]
#[case("a8.evaluation", Claim::First)]
#[case("a8.joint-papers", Claim::First)]
#[case("a7.study-chongqing.global-brand", Claim::First)]
#[case("a1.double-creation.rank", Claim::Leading)]
#[case("root.standing", Claim::Leading)]
fn first_only_and_leading_are_claims_of_a_source_among_somebody(#[case] key: &str, #[case] claim: Claim) {
    let plan = plan();
    let node = node(&plan, key);
    let more = node.more.as_ref().unwrap();
    assert_eq!(more.claim, Some(claim));
    assert!(more.among.is_some());
    assert!(node.evidence.iter().any(|own| &*plan.source(own.source).id == "article"));
}

#[test]
fn every_claim_says_among_whom_and_every_rank_too() {
    let plan = plan();
    for node in plan.tree.nodes() {
        let more = node.more.as_deref().cloned().unwrap_or_default();
        let rank = node.metric.as_ref().is_some_and(|metric| metric.measure == Measure::Rank);
        assert!(more.among.is_some() || (more.claim.is_none() && !rank), "{}", node.key);
    }
}

#[rstest]
#[case("root.education-conference", "held", "2024")]
#[case("root.ministry-agreement", "signed", "2024")]
#[case("root.plan-issued", "issued", "2024-12")]
#[case("root.plan-published", "issued", "2025-02-28")]
#[case("a8.enrolment.model-case", "recognised", "2024")]
#[case("a1.five-doubles.case", "recognised", "2024")]
#[case("a4.match.report.issued", "issued", "2025-02")]
#[case("a3.esi.top-one-per-cent", "recognised", "2025-03")]
#[case("a8.evaluation.issued", "issued", "said 2025-03/2025-05")]
fn events_agreements_and_recognitions_are_milestones(
    #[case] key: &str,
    #[case] stage: &str,
    #[case] time: &str,
) {
    let plan = plan();
    let metric = node(&plan, key).metric.as_ref().unwrap();
    assert_eq!(metric.measure, Measure::Milestone);
    let value = &metric.observed[0];
    let Amount::Stage(Some(reached)) = &value.amount else { panic!("{:?}", value.amount) };
    assert_eq!((reached.word(), when(value).as_str()), (stage, time));
}

#[rstest]
#[case("a4.law.in-force", "2026-05-01")]
#[case("a8.self-set-papers", "undated")]
#[case("a8.self-set-quality", "undated")]
fn what_is_only_intended_is_a_target_and_no_actual(#[case] key: &str, #[case] time: &str) {
    let plan = plan();
    let metric = node(&plan, key).metric.as_ref().unwrap();
    assert!(metric.baseline.is_none() && metric.observed.is_empty());
    assert_eq!(metric.target.iter().map(when).collect::<Vec<_>>(), [time]);
}

#[test]
fn links_to_the_positions_say_why_they_are_drawn() {
    let plan = plan();
    let positions: Vec<_> =
        of_level(&plan, "position").iter().map(|node| id(&plan, node.key.as_str())).collect();
    let mut to_fourth = Vec::new();
    for node in plan.tree.nodes() {
        for link in node.serves.iter().filter(|link| positions.contains(&link.to)) {
            let found = node.link_notes().iter().find(|own| own.to == link.to);
            let note = found.map(|own| &own.note).unwrap_or_else(|| panic!("{}: no reason", node.key));
            assert!(note.get(ZH).is_some() && note.get(EN).is_some(), "{}", node.key);
            if link.to == positions[3] {
                to_fourth.push(node.key.as_str());
            }
        }
    }
    // Chosen nodes, no whole action: most of what higher and vocational education do is not about science or
    // talent.
    let expected = [
        "a3.growth-points",
        "a3.fit-416",
        "a3.innovation",
        "a3.talent",
        "a3.ministry-talks",
        "a4.system",
        "a7.science-cooperation",
    ];
    assert_eq!(to_fourth, expected);
}

#[test]
fn no_responsible_office_is_invented() {
    let plan = plan();
    let named: Vec<_> =
        plan.tree.nodes().iter().filter(|node| node.office().is_some()).map(|node| &node.key).collect();
    assert!(named.is_empty(), "none is known: {named:?}");
}

// ---- languages, evidence, links
// -------------------------------------------------------------------------------------------------------------

#[test]
fn every_node_is_bilingual_and_evidenced() {
    let plan = plan();
    for node in plan.tree.nodes() {
        for lang in [ZH, EN] {
            assert!(node.title.get(lang).is_some(), "{}: title", node.key);
        }
        // A heading is ours, and states nothing that could be evidenced.
        if node.role == Role::Group {
            continue;
        }
        for lang in [ZH, EN] {
            assert!(node.summary.as_ref().and_then(|text| text.get(lang)).is_some(), "{}: summary", node.key);
        }
        assert!(!node.evidence.is_empty(), "{}: evidence", node.key);
        let notes = node.evidence.iter().filter_map(|own| own.note.as_deref());
        let conflicts = node.conflicts().iter().map(|own| &own.note);
        for note in notes.chain(conflicts) {
            assert!(note.get(ZH).is_some() && note.get(EN).is_some(), "{}: a note", node.key);
        }
        if let Some(metric) = &node.metric {
            let measured = !matches!(metric.measure, Measure::Milestone | Measure::Qualitative);
            let bilingual = metric.unit.get(ZH).is_some() && metric.unit.get(EN).is_some();
            assert!(bilingual || !measured, "{}: unit", node.key);
        }
    }
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn english_is_english_and_chinese_is_chinese() {
    let plan = plan();
    for node in plan.tree.nodes() {
        let english = [Some(en(node)), node.summary.as_ref().and_then(|text| text.get(EN))];
        assert!(!english.into_iter().flatten().any(|text| text.chars().any(is_chinese)), "{}", node.key);
        assert!(zh(node).chars().any(is_chinese), "{}", node.key);
        let starts = en(node).trim_start_matches('“').chars().next().unwrap();
        assert!(starts.is_uppercase() || starts.is_numeric(), "{}: {}", node.key, en(node));
    }
}

#[rstest]
#[case("Red Crag")]
#[case("Red Rock")]
#[case("inclusive kindergarten")]
#[case("Sino-foreign")]
#[case("Tibet")]
#[case("powerhouse")]
fn renderings_that_are_wrong_appear_nowhere(#[case] wrong: &str) {
    let plan = plan();
    for node in plan.tree.nodes() {
        let texts = node.summary.iter().chain([&node.title]).filter_map(|text| text.get(EN));
        assert!(!texts.into_iter().any(|text| text.contains(wrong)), "{}", node.key);
    }
}

#[test]
fn every_value_has_a_source_that_is_registered_and_a_grade_it_may_have() {
    let plan = plan();
    for node in plan.tree.nodes() {
        let Some(metric) = &node.metric else { continue };
        let all = values(metric).chain(&metric.target).chain(&metric.comparators);
        for value in all {
            let source =
                plan.source(value.source.unwrap_or_else(|| panic!("{}: a value without a source", node.key)));
            assert!(!source.title.is_empty() && source.standing.is_some(), "{}: {}", node.key, source.id);
            // No statistics release was read itself, so no figure is graded A; none is an estimate.
            assert!(matches!(value.grade, Some(B | C)), "{}: {:?}", node.key, value.grade);
            let primary = ["plan", "shg2", "sizheng", "edu2035-2020", "14fyp", "he-14fyp", "he-2021"];
            assert_eq!(value.grade == Some(B), primary.contains(&&*source.id), "{}: {}", node.key, source.id);
        }
    }
}

#[test]
fn every_place_in_the_article_is_a_registered_paragraph() {
    let plan = plan();
    let article = plan.sources.iter().find(|source| &*source.id == "article").unwrap();
    let mut places: Vec<String> = Vec::new();
    for section in &article.sections {
        places.push(section.id.to_string());
        places.extend(section.paragraphs.iter().map(|own| format!("{}.{}", section.id, own.id)));
    }
    assert_eq!(article.sections.len(), 8);
    let mut orders: Vec<_> = article.sections.iter().filter_map(|section| section.order).collect();
    orders.sort_unstable();
    assert_eq!(orders, [1, 2, 3, 4, 5, 6, 7, 8], "the sections have a reading order");
    let known = |at: Option<&str>| at.is_some_and(|at| places.iter().any(|place| place == at));
    for node in plan.tree.nodes() {
        for own in node.evidence.iter().filter(|own| &*plan.source(own.source).id == "article") {
            assert!(known(own.at.as_deref()), "{}: {:?}", node.key, own.at);
        }
    }
    for fact in plan.facts.iter().filter(|fact| &*plan.source(fact.source).id == "article") {
        assert!(known(fact.at.as_deref()), "{}: {:?}", fact.id, fact.at);
    }
}

#[test]
fn section_headings_map_to_nodes_by_our_reading() {
    let plan = plan();
    let article = plan.sources.iter().find(|source| &*source.id == "article").unwrap();
    for section in &article.sections {
        assert!(!section.maps_to.is_empty(), "{}", section.id);
        assert!(section.maps_to.iter().all(|link| link.basis == Basis::Inferred), "{}", section.id);
    }
    let cut: BTreeMap<String, &str> = article
        .sections
        .iter()
        .flat_map(|section| {
            section.paragraphs.iter().map(move |own| (format!("{}.{}", section.id, own.id), own))
        })
        .filter_map(|(place, own)| Some((place, own.continues.as_deref()?)))
        .collect();
    // Sentences and sections cut in two by the columns: 领/域, 幸/福, 电/子, 科技创新、/人才培养, and the end of “服务发展”.
    let expected =
        [("s0.p2", "s0.p1"), ("s1.p1", "s5.p1"), ("s2.p10", "s7.p5"), ("s4.p4", "s4.p3"), ("s4.p7", "s4.p6")];
    assert_eq!(cut, expected.map(|(place, from)| (place.to_owned(), from)).into());
}

#[test]
fn every_action_serves_something_and_says_how_that_is_known() {
    let plan = plan();
    for action in of_level(&plan, "action") {
        assert!(!action.serves.is_empty(), "{}", action.key);
        // No source ties actions to positions or to the national systems: all of that is ours.
        assert!(action.serves.iter().all(|link| link.basis == Basis::Inferred), "{}", action.key);
    }
    let stated: Vec<_> = plan
        .tree
        .nodes()
        .iter()
        .flat_map(|node| node.serves.iter().map(move |link| (node, link)))
        .filter(|(_, link)| link.basis == Basis::Stated)
        .map(|(node, link)| format!("{} → {}", node.key, plan.tree.node(link.to).key))
        .collect();
    assert_eq!(stated, ["root → nat", "n1 → s2027.virtue"]);
}

#[rstest]
#[case("a1", "nat.s1")]
#[case("a2", "nat.s2")]
#[case("a3", "nat.s3")]
#[case("a4", "nat.s4")]
#[case("a5", "nat.s7")]
#[case("a7", "nat.s8")]
#[case("a2", "p1")]
#[case("a4", "p2")]
#[case("a3", "p3")]
#[case("a7", "p5")]
fn an_action_serves_the_system_and_the_position_of_its_name(#[case] action: &str, #[case] served: &str) {
    let plan = plan();
    let to = id(&plan, served);
    assert!(node(&plan, action).serves.iter().any(|link| link.to == to));
}

#[test]
fn an_action_that_serves_no_position_says_whether_that_is_a_finding_or_a_gap() {
    let plan = plan();
    let positions: Vec<_> =
        of_level(&plan, "position").iter().map(|node| id(&plan, node.key.as_str())).collect();
    let alone: Vec<_> = of_level(&plan, "action")
        .into_iter()
        .filter(|action| !action.serves.iter().any(|link| positions.contains(&link.to)))
        .collect();
    assert_eq!(alone.iter().map(|node| node.key.as_str()).collect::<Vec<_>>(), ["a1", "a5", "a6", "a8"]);
    for action in alone {
        let notes: String = action
            .evidence
            .iter()
            .filter_map(|own| own.note.as_ref()?.get(ZH))
            .collect::<Vec<_>>()
            .join("\n");
        assert!(notes.contains("发现") || notes.contains("缺口"), "{}: {notes}", action.key);
    }
}

// ---- facts
// --------------------------------------------------------------------------------------------------------------------------------

/// The Chinese numerals that a text may write a small number with.
fn numerals(number: f64) -> &'static [&'static str] {
    match number as u32 {
        2 => &["两", "二"],
        3 => &["三"],
        4 => &["四"],
        5 => &["五"],
        6 => &["六"],
        8 => &["八"],
        9 => &["九"],
        12 => &["十二"],
        _ => &[],
    }
}

#[test]
fn every_fact_is_carried_by_a_node_or_left_out_with_a_reason() {
    let plan = plan();
    assert!(plan.facts.len() > 400);
    for fact in &plan.facts {
        match (&fact.node, &fact.left_out) {
            (Some(_), None) => {}
            (None, Some(reason)) => {
                assert!(reason.get(ZH).is_some() && reason.get(EN).is_some(), "{}", fact.id);
            }
            both => panic!("{}: {both:?}", fact.id),
        }
    }
}

#[test]
fn every_figure_of_the_facts_is_a_value_of_its_node_from_the_same_source() {
    let plan = plan();
    let mut wrong = Vec::new();
    for fact in &plan.facts {
        let (Some(number), Some(carrier)) = (fact.value, fact.node) else { continue };
        let node = plan.tree.node(carrier);
        let from = |value: &Value| value.source == Some(fact.source) || value.also.contains(&fact.source);
        let is_same = |value: &Value| {
            value.amount.number().is_some_and(|own| (own.value - number.value).abs() < 1e-9)
                && value.bound == fact.bound
                && from(value)
        };
        let carried = node.metric.as_ref().is_some_and(|metric| {
            values(metric).chain(&metric.target).chain(&metric.comparators).any(is_same)
        });
        // What is counted in words (五双工程, 四轮) is carried by the set's own count, or said in the node's text.
        let counted = node
            .more
            .as_ref()
            .and_then(|more| more.members)
            .is_some_and(|members| (f64::from(members.total) - number.value).abs() < 1e-9);
        let texts = node.summary.iter().chain([&node.title]).filter_map(|text| text.get(ZH));
        let said =
            texts.into_iter().any(|text| numerals(number.value).iter().any(|word| text.contains(word)));
        if !(carried || counted || (said && node.metric.is_none())) {
            wrong.push((fact.id.as_ref(), node.key.as_str(), number.value));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_fact_without_a_figure_names_a_document_that_its_node_knows() {
    let plan = plan();
    for fact in &plan.facts {
        let Some(carrier) = fact.node else { continue };
        let node = plan.tree.node(carrier);
        let evidence = node.evidence.iter().any(|own| own.source == fact.source);
        let conflict = node.conflicts().iter().any(|own| own.source == Some(fact.source));
        let value = node.metric.as_ref().is_some_and(|metric| {
            values(metric)
                .chain(&metric.target)
                .chain(&metric.comparators)
                .any(|own| own.source == Some(fact.source) || own.also.contains(&fact.source))
        });
        assert!(evidence || conflict || value, "{} → {}", fact.id, node.key);
    }
}

#[test]
fn facts_of_the_article_cite_it_and_follow_its_order() {
    let plan = plan();
    let article: Vec<_> =
        plan.facts.iter().filter(|fact| &*plan.source(fact.source).id == "article").collect();
    assert!(
        article
            .iter()
            .all(|fact| fact.written.is_some() || !fact.names.is_empty() || !fact.also_written.is_empty())
    );
    let place =
        |at: &str| -> Vec<u32> { at.split(['s', 'p', '.']).filter_map(|part| part.parse().ok()).collect() };
    let places: Vec<_> = article.iter().filter_map(|fact| fact.at.as_deref().map(place)).collect();
    assert_eq!(places.len(), article.len());
    assert!(places.is_sorted());
}
