//! One word for one thing in what the program says in Chinese, and figures closed up to what follows them:
//! a text of `src/` that falls back fails here with its file and line.

use rstest::rstest;

use super::findings;

/// A word that is not said, and what is said for it.
const NOT_SAID: [(&str, &str); 22] = [
    ("检查点", "阶段目标: 节点 is a node of the plan, 阶段目标 a checkpoint"),
    ("阶段性目标", "阶段目标"),
    ("未达节点", "未达阶段目标"),
    ("节点目标", "阶段目标"),
    ("评审", "复核"),
    ("明载", "明示"),
    ("推定", "推断"),
    ("备注", "笔记"),
    ("摘要", "说明; 摘要值 is a digest"),
    ("完成份额", "完成率"),
    ("时间份额", "时间进度"),
    ("承诺", "目标任务"),
    ("因：", "理由："),
    ("项已搁置", "已豁免: 搁置 is what a reviewer does with a card"),
    ("百分点与百分之", "百分点与百分比"),
    ("不止一个说法", "目标为约数"),
    ("镜头", "常用筛选"),
    ("过滤", "筛选"),
    ("取用", "复制与导出"),
    ("改挂", "重新关联"),
    ("空行空列", "空白行列"),
    ("路程", "全程"),
];

/// Words of queries that were accepted under the old names, and still are.
const STILL_UNDERSTOOD: [(&str, &str); 5] = [
    ("plan/metric.rs", r#""明示", "stated", "明载""#),
    ("plan/metric.rs", r#""推断", "inferred", "推定""#),
    ("find/filter.rs", r#""笔记", "note", "备注""#),
    ("find/filter.rs", r#""说明", "summary", "摘要""#),
    ("find/query/names.rs", r#""复核", "评审""#),
];

/// What a line says that it should not.
fn objections(path: &str, line: &str) -> Vec<String> {
    let is_chinese = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    if !line.contains(is_chinese) {
        return Vec::new();
    }
    let mut line = line.replace("摘要值", "");
    for (file, said) in STILL_UNDERSTOOD {
        if file == path {
            line = line.replace(said, "");
        }
    }
    let words = NOT_SAID.iter().filter(|(word, _)| line.contains(word));
    let mut found: Vec<String> =
        words.map(|(word, instead)| format!("“{word}” is said; say {instead}")).collect();
    for apart in [" %", " 年", " 月", " 个百分点"] {
        let stands_apart =
            |at: usize| line[..at].ends_with(|last: char| last.is_ascii_digit() || last == '}');
        if line.match_indices(apart).any(|(at, _)| stands_apart(at)) {
            found.push(format!("“{apart}” stands apart from its figure"));
        }
    }
    found
}

#[test]
fn every_chinese_text_has_the_word_for_the_thing() {
    let found = findings(|path, _, line| objections(path, line));
    assert_eq!(found, Vec::<String>::new());
}

#[rstest]
#[case::a_word("page/kinds.rs", r#"("上次评审", "last review")"#, 1)]
#[case::a_digest("plan/document.rs", r#""文件与登记的摘要值不符""#, 0)]
#[case::apart("page/state.rs", r#"format!("{share} %，{year} 年")"#, 2)]
#[case::closed_up("page/state.rs", r#"format!("{share}%，{year}年")"#, 0)]
#[case::understood("find/query/names.rs", r#"&["reviewed", "复核", "评审"]"#, 0)]
#[case::understood_elsewhere("page/state.rs", r#"&["reviewed", "复核", "评审"]"#, 1)]
#[case::not_chinese("page/state.rs", "let rest = a % b;", 0)]
fn a_text_is_objected_to(#[case] path: &str, #[case] line: &str, #[case] count: usize) {
    assert_eq!(objections(path, line).len(), count, "{:?}", objections(path, line));
}
