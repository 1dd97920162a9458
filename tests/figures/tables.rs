//! Each rule with what it takes and what it leaves.

use plan158::figures::{Grammar, TextContext, TextFigure, input};
use plan158::plan::metric::Bound;
use rstest::rstest;

/// The figures of a line in a few words: `超4000人 = 4000 人 more-than level`.
fn figures(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let show = |figure: &TextFigure| {
        let span: String = chars[figure.span.clone()].iter().collect();
        let to = figure.to.map_or(String::new(), |to| format!("..{to}"));
        let unit = if figure.unit.is_empty() { String::new() } else { format!(" {}", figure.unit) };
        let value = (figure.value.value * 100.0).round() / 100.0;
        format!("{span} = {value}{to}{unit} {} {}", figure.bound.word(), figure.kind.word())
    };
    Grammar::default().line(text, &mut TextContext::default()).iter().map(show).collect()
}

#[rstest]
#[case::plain("有61次", "61次 = 61 次 exact level")]
#[case::commas("服务3,247家企业", "3,247家 = 3247 家 exact level")]
#[case::decimals("覆盖率95.20%", "95.20% = 95.2 % exact share")]
#[case::full_width("覆盖率８８．５％", "８８．５％ = 88.5 % exact share")]
#[case::ten_thousands("学位8.4万个", "8.4万个 = 84000 个 exact level")]
#[case::no_counter("新增学位8.4万", "8.4万 = 84000 exact change-by")]
#[case::noun_for_unit("提供1.2万学位", "1.2万学位 = 12000 学位 exact level")]
#[case::hundred_millions("投入2.5亿元", "2.5亿元 = 250000000 元 exact level")]
#[case::trillions("产值1.2万亿元", "1.2万亿元 = 1200000000000 元 exact level")]
#[case::chinese("接待八百万人次", "八百万人次 = 8000000 人次 exact level")]
#[case::chinese_tens("由十二个部门印发", "十二个 = 12 个 exact level")]
#[case::chinese_two("两个平台", "两个 = 2 个 exact level")]
#[case::nothing_longer_than_the_number("达120，另有", "120 = 120 exact level")]
#[case::spaces("共 41 个区县", "41 个 = 41 个 exact level")]
#[case::districts("覆盖38区县", "38区县 = 38 区县 exact level")]
#[case::negative("增速为−6.5%", "−6.5% = -6.5 % exact change-by")]
#[case::years_of_schooling("平均受教育年限达到11.3年", "11.3年 = 11.3 年 exact level")]
#[case::table_cell("| 覆盖率 | 95.2 | % |", "95.2 = 95.2 exact level")]
fn chinese_numbers_are_read(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(figures(text), [expected]);
}

#[rstest]
#[case("超4000人", "超4000人 = 4000 人 more-than level")]
#[case("超过9000人", "超过9000人 = 9000 人 more-than level")]
#[case("逾百所学校", "逾百所 = 100 所 more-than level")]
#[case("突破1万人", "突破1万人 = 10000 人 more-than level")]
#[case("130余个", "130余个 = 130 个 more-than level")]
#[case("20多万人", "20多万人 = 200000 人 more-than level")]
#[case("三十余万人", "三十余万人 = 300000 人 more-than level")]
#[case("10个以上", "10个以上 = 10 个 at-least level")]
#[case("不少于90%", "不少于90% = 90 % at-least share")]
#[case("不低于每年4%", "不低于每年4% = 4 % at-least share")]
#[case("至少一所", "至少一所 = 1 所 at-least level")]
#[case("至少配备1名教师", "1名 = 1 名 at-least level")]
#[case("约占全市5%", "5% = 5 % exact share")]
#[case("降到2023年的0.4%", "0.4% = 0.4 % exact change-to")]
#[case("上千名", "上千名 = 1000 名 at-least level")]
#[case("不超过45人", "不超过45人 = 45 人 at-most level")]
#[case("控制在5%以内", "5%以内 = 5 % at-most share")]
#[case("近百项", "近百项 = 100 项 nearly level")]
#[case("接近100%", "接近100% = 100 % nearly share")]
#[case("约40所", "约40所 = 40 所 about level")]
#[case("40所左右", "40所左右 = 40 所 about level")]
#[case("超过了80%", "超过了80% = 80 % more-than share")]
#[case("附近3所学校", "3所 = 3 所 exact level")]
#[case("节约3万元", "3万元 = 30000 元 exact level")]
fn chinese_bounds_are_read(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(figures(text), [expected]);
}

#[rstest]
#[case("三分之一的学校", "三分之一 = 33.33 % exact share")]
#[case("百分之九十五", "百分之九十五 = 95 % exact share")]
#[case("千分之五", "千分之五 = 0.5 % exact share")]
#[case("近七成", "近七成 = 70 % nearly share")]
#[case("六成以上的县", "六成以上 = 60 % at-least share")]
#[case("一半以上的学生", "一半以上 = 50 % at-least share")]
#[case("超半数学校", "超半数 = 50 % more-than share")]
#[case("提高6个百分点", "6个百分点 = 6 pp exact change-by")]
#[case("增至69个", "69个 = 69 个 exact change-to")]
#[case("同比增长5%", "5% = 5 % exact change-by")]
#[case("新增学科11个", "11个 = 11 个 exact change-by")]
#[case("是2020年的3倍", "3倍 = 3 倍 exact multiple")]
#[case("规模翻两番", "翻两番 = 4 倍 exact multiple")]
#[case("位居西部第二", "第二 = 2 exact rank")]
#[case("全国第1", "第1 = 1 exact rank")]
#[case("排名第3位", "第3位 = 3 位 exact rank")]
#[case("进入前1%行列", "前1% = 1 % at-most rank")]
#[case("跻身全国前10名", "前10名 = 10 名 at-most rank")]
#[case("第三批试点", "第三批 = 3 批 exact ordinal")]
#[case("西部第一方阵", "第一 = 1 exact ordinal")]
#[case("35—45所", "35—45所 = 35..45 所 exact level")]
#[case("3至5万人", "3至5万人 = 30000..50000 人 exact level")]
#[case("10%～15%", "10%～15% = 10..15 % exact share")]
fn chinese_kinds_are_read(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(figures(text), [expected]);
}

#[rstest]
#[case("more than 4,000 students", "more than 4,000 students = 4000 students more-than level")]
#[case("over 80 percent of schools", "over 80 percent = 80 % more-than share")]
#[case("at least 95 per cent", "at least 95 per cent = 95 % at-least share")]
#[case("nearly 40 colleges", "nearly 40 colleges = 40 colleges nearly level")]
#[case("up to 120 schools", "up to 120 schools = 120 schools at-most level")]
#[case("about 65 groups", "about 65 groups = 65 groups about level")]
#[case("80% or more", "80% or more = 80 % at-least share")]
#[case("1.2 million pupils", "1.2 million pupils = 1200000 pupils exact level")]
#[case("twenty-five schools", "twenty-five schools = 25 schools exact level")]
#[case("two hundred and five schools", "two hundred and five schools = 205 schools exact level")]
#[case("half of the teachers", "half = 50 % exact share")]
#[case("two thirds of schools", "two thirds = 66.67 % exact share")]
#[case("three-quarters of pupils", "three-quarters = 75 % exact share")]
#[case("one in five pupils", "One in five = 20 % exact share")]
#[case("rose by 3.5 percentage points", "3.5 percentage points = 3.5 pp exact change-by")]
#[case("rose to 91%", "91% = 91 % exact change-to")]
#[case("grew 5% last year", "5% = 5 % exact change-by")]
#[case("ranks second nationwide", "second = 2 exact rank")]
#[case("among the top 10 in the region", "top 10 = 10 at-most rank")]
#[case("three times the level of 1990", "three times = 3 times exact multiple")]
#[case("the third batch", "third = 3 exact ordinal")]
#[case("between 35 and 45 centres", "35 and 45 centres = 35..45 centres exact level")]
#[case("35 to 45 centres", "35 to 45 centres = 35..45 centres exact level")]
#[case("fell by a third", "a third = 33.33 % exact change-by")]
#[case("a mean score of 575 points", "575 points = 575 points exact level")]
#[case("must not fall below 90%", "not fall below 90% = 90 % at-least share")]
#[case("£3.2 million was spent", "£3.2 million = 3200000 £ exact level")]
#[case("over 2000 students", "over 2000 students = 2000 students more-than level")]
fn english_figures_are_read(#[case] text: &str, #[case] expected: &str) {
    let found = figures(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].to_lowercase(), expected.to_lowercase());
}

#[rstest]
#[case("由91.2%提高到93%", &["91.2% = 91.2 % exact share", "93% = 93 % exact change-to"])]
#[case("从3所增加到5所", &["3所 = 3 所 exact level", "5所 = 5 所 exact change-to"])]
#[case("rose 12 percent to 7.4 million", &["12 percent = 12 % exact change-by", "7.4 million = 7400000 exact change-to"])]
#[case("从3所到5所", &["3所 = 3 所 exact level", "5所 = 5 所 exact change-to"])]
#[case("rose from 88% to 95%", &["88% = 88 % exact share", "95% = 95 % exact change-to"])]
#[case("国家级1个、市级36个", &["1个 = 1 个 exact level", "36个 = 36 个 exact level"])]
fn what_goes_from_one_to_another_is_two_figures(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(figures(text), expected);
}

#[rstest]
#[case("“158N”体系架构和158N")]
#[case("“33618”现代制造业集群体系")]
#[case("33618体系和416布局")]
#[case("211工程、985高校，双一流")]
#[case("A4纸，GB/T 7714，ISO 9001，5G，COVID-19，K-12")]
#[case("2024年，2024—2035年，二〇三五年，2025年3月5日")]
#[case("今年3月，去年，一年来，近三年，五年内，“十四五”")]
#[case("（2021），(2023)，2025-02-28")]
#[case("第三章 第十二条 图3 表2-1 附件1")]
#[case("一、总体要求")]
#[case("（三）完善体系")]
#[case("3. 提高质量")]
#[case("渝教发〔2024〕15号")]
#[case("党的二十大，四个自信，三位一体")]
#[case("一体推进，一系列，一批，一项系统工程，一步步，千方百计，万众一心")]
#[case("数十所，几百人，十几个，每10万人")]
#[case("九年义务教育，三年行动计划，3岁，8月，14:30")]
#[case("“1+6+N”政策体系，18:1")]
#[case("三门峡，五台山，百色，万州区")]
#[case("第一书记，第三产业，第三方，第一时间")]
#[case("in 2024, by 2027, 2024-2035, 2023/24, March 2025, 1 September 2025")]
#[case("Phase 2, Goal 4, SDG 4, Section 3, Table 2, page 14, Grade 9")]
#[case("children of 3 to 5 years, 3 to 5 year olds")]
#[case("the three-year plan, a ten-year period, five years")]
#[case("the 158N framework, the 416 layout, the 14th plan")]
#[case("one of the first, one-stop, first of all")]
#[case("https://example.org/2024/05 info2@example.org 023-67891234")]
#[case("")]
fn names_and_times_are_no_figures(#[case] text: &str) {
    assert_eq!(figures(text), Vec::<String>::new());
}

#[rstest]
#[case("2024年，全市建成13所", Some("2024"))]
#[case("到2027年达到90%", Some("2027"))]
#[case("2025年3月有9所", Some("2025-03"))]
#[case("“十四五”期间新建12所", Some("2021/2025"))]
#[case("“十五五”期间新建12所", Some("2026/2030"))]
#[case("2021—2025年新建12所", Some("2021/2025"))]
#[case("二〇三五年达到95%", Some("2035"))]
#[case("今年3月有9所", Some("2025-03"))]
#[case("去年有9所", Some("2024"))]
#[case("覆盖率95.2%（2024年）", Some("2024"))]
#[case("95% by 2030", Some("2030"))]
#[case("2025年有9所，比2020年多3所", Some("2025"))]
#[case("In 2023, 9 schools more than in 2018", Some("2023"))]
#[case("In March 2025 there were 9 schools", Some("2025-03"))]
#[case("From 2019 to 2024 it built 9 schools", Some("2019/2024"))]
#[case("有9所", None)]
fn a_figure_has_the_time_of_its_sentence(#[case] text: &str, #[case] expected: Option<&str>) {
    let mut context = TextContext { written: Some(2025), spoken_of: None };
    let found = Grammar::default().line(text, &mut context);
    assert_eq!(found[0].time.map(|time| time.to_string()).as_deref(), expected);
}

#[test]
fn places_count_characters_of_the_line() {
    let found = Grammar::default().line("2024年，学前😀来渝留学超4000人。", &mut TextContext::default());
    assert_eq!((found[0].span.start, found[0].span.end), (13, 19));
}

#[rstest]
#[case("８８．５", "88.5", None, "")]
#[case("88.5%", "88.5", None, "%")]
#[case("8.4万", "84000", None, "")]
#[case("2.5 亿", "250000000", None, "")]
#[case("−6.5", "-6.5", None, "")]
#[case("－6.50", "-6.50", None, "")]
#[case("3,247", "3247", None, "")]
#[case("３，２４７", "3247", None, "")]
#[case("1e5", "100000", None, "")]
#[case("约 88", "88", Some(Bound::About), "")]
#[case("不少于 90", "90", Some(Bound::AtLeast), "")]
#[case("at least 40", "40", Some(Bound::AtLeast), "")]
#[case("130余个", "130", Some(Bound::MoreThan), "个")]
#[case("八百万", "8000000", None, "")]
#[case("超 80%", "80", Some(Bound::MoreThan), "%")]
#[case("70%以上", "70", Some(Bound::AtLeast), "%")]
fn a_typed_number_is_read_with_its_bound(
    #[case] text: &str,
    #[case] value: &str,
    #[case] bound: Option<Bound>,
    #[case] unit: &str,
) {
    let read = input::number(text).unwrap();
    assert_eq!((read.value.to_string().as_str(), read.bound, read.unit.as_str()), (value, bound, unit));
}

#[rstest]
#[case("")]
#[case("万")]
#[case("几万")]
#[case("1e3万")]
#[case("40 or so schools of many")]
#[case("88 89")]
#[case("soon")]
fn what_is_no_number_by_itself_is_not_read(#[case] text: &str) {
    assert_eq!(input::number(text), None);
}

#[test]
fn every_pattern_compiles() {
    let (compiled, declared) = Grammar::default().patterns();
    assert_eq!(compiled, declared);
}
