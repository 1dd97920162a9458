//! Claims of a place before all others ("first", "only", "leading") in a sentence that names nobody who says
//! so.

use std::ops::Range;

/// Words of such a claim, Chinese.
const CLAIMS: [&str; 14] = [
    "首个",
    "首家",
    "首台",
    "首创",
    "首套",
    "首座",
    "唯一",
    "领先",
    "第一家",
    "第一个",
    "独一无二",
    "最大",
    "最多",
    "首屈一指",
];
/// Among whom: without it 首个 says nothing that would need a source.
const AMONG: [&str; 12] =
    ["全国", "全球", "世界", "国际", "西部", "亚洲", "国内", "中西部", "全市", "全省", "同类", "行业"];
const ENGLISH_CLAIMS: [&str; 7] =
    ["the first", "the only", "leading", "the largest", "first-ever", "number one", "unrivalled"];
const ENGLISH_AMONG: [&str; 9] = [
    "in the country",
    "nationwide",
    "in the world",
    "worldwide",
    "in china",
    "in western china",
    "nationally",
    "globally",
    "internationally",
];
/// Words of whoever says so.
const ATTRIBUTIONS: [&str; 22] = [
    "据",
    "根据",
    "称",
    "报道",
    "显示",
    "公布",
    "发布会",
    "《",
    "认定",
    "来源",
    "表示",
    "按照",
    "统计",
    "according to",
    "says",
    "said",
    "reported",
    "reports",
    "source:",
    "cited",
    "claims",
    "calls",
];

/// Whether a sentence names anybody who says what it says.
pub fn is_attributed(sentence: &str) -> bool {
    let small = sentence.to_lowercase();
    ATTRIBUTIONS.iter().any(|word| small.contains(word))
}

/// Where a sentence claims to be first without a source, in its characters.
pub fn unsourced(sentence: &str) -> Option<Range<usize>> {
    if is_attributed(sentence) {
        return None;
    }
    let small = sentence.to_lowercase();
    let place = |word: &str| {
        let at = small.find(word)?;
        let start = small[..at].chars().count();
        Some(start..start + word.chars().count())
    };
    let among = |words: &[&str]| words.iter().any(|word| small.contains(word));
    let chinese = || CLAIMS.iter().find_map(|word| place(word)).filter(|_| among(&AMONG));
    let english = || ENGLISH_CLAIMS.iter().find_map(|word| place(word)).filter(|_| among(&ENGLISH_AMONG));
    chinese().or_else(english)
}
