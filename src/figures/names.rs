//! What looks like a figure and is a name: 158N, “33618”, A4, GB/T 7714, 第三章, Phase 2, a link, a number of
//! a list.

use std::ops::Range;

use regex::Regex;

use super::letters::Letters;
use super::numeral::NumeralScript;
use super::units;

/// Patterns of names; each match is a name unless `refuses` says otherwise.
const PATTERNS: &[(NameForm, &str)] = &[
    (NameForm::Sure, r"https?://[!-~]+|www\.[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+"),
    (NameForm::Sure, r"\]\([^)\s]*\)|`[^`]*`|&#\w+;|\[\^?\d+(?:[,\-–]\s*\d+)*\]"),
    (
        NameForm::Sure,
        r"(?-u:\b)(?:GB|ISO|IEC|IEEE|RFC|DIN|ANSI|ASTM|JY|DB|ISSN|ISBN|DOI|CN)(?:[/ -]?[A-Z]+)?[ -]?\d[\d.:\-—–]*",
    ),
    (NameForm::Mixed, r"[A-Za-z][A-Za-z]*[-/.]?\d+(?:[.\-/]\d+)*[A-Za-z]*"),
    (NameForm::DigitsThenLetters, r"\d+(?:\.\d+)?-?[A-Za-z]+\d*"),
    (NameForm::Sure, r"[“‘「『《〈【][0-9][0-9+\-.NnXx]*[”’」』》〉】]"),
    (NameForm::Sure, r#""[0-9][0-9+\-.NnXx]*""#),
    (NameForm::Sure, r"\d+(?:[+＋]\d+)+(?:[+＋][A-Za-z])?|\d+[+＋][A-Za-z]+"),
    (NameForm::Sure, r"\d+[×xX*]\d+|\d{1,4}:\d{1,4}(?::\d+)?"),
    (NameForm::Sure, r"\d+\.\d+(?:\.\d+)+|[vV]\d+(?:\.\d+)*"),
    (NameForm::Sure, r"\d\.0\s*(?:版|时代|行动|计划|工程|体系|模式|方案|阶段|升级|”|version)"),
    (NameForm::Digits, r"\d{9,}|(?-u:\b)0\d{2,3}-\d{7,8}|(?-u:\b)0\d+(?-u:\b)"),
    (NameForm::Sure, r"[〔\[(（]\s*\d{4}\s*[〕\])）]\s*第?\s*\d+\s*号"),
    (NameForm::Sure, r"(?:第\s*)?\d+(?:\s*[、—\-]\s*\d+)*\s*号(?:文|令|线|楼|院|公告)?"),
    (NameForm::Sure, r"(?:985|211)(?:[/、]\s*(?:985|211))?(?:工程|高校|大学|院校|名校|计划|平台|重点)"),
    (
        NameForm::Sure,
        r"第\s*[0-9零一二两三四五六七八九十百千.]+(?:\s*[、—\-至到]\s*[0-9一二三四五六七八九十百]+)?\s*(?:章|节|条|款|目|部分|编|篇|页|版|步|课堂|单元|册|卷|季度|周|天|年|日|产业|书记|责任|时间|粒|手|线|要务|资源|生产力|动力|学位|学历|语言|党组|人称|个五年|一百年|一个百年|二个百年|个百年)",
    ),
    (NameForm::Sure, r"(?:图|表|附件|附表|附图|专栏|例|公式|式|栏目)\s*[0-9]+(?:[.\-—][0-9]+)*"),
    (NameForm::Sure, r"(?:附件|附录|附表|专栏)\s*[一二三四五六七八九十]+"),
    (
        NameForm::Sure,
        r"^[\s#>*+\-]*(?:\d+(?:\.\d+)*[.、)）]\s|\d+、|[一二三四五六七八九十]+[、.]|[(（][一二三四五六七八九十]+[)）]|\d+[)）])",
    ),
    (NameForm::Heading, r"^[\s#>*]*\d+(?:\.\d+)+\s"),
    (NameForm::Sure, r"^#+\s*\d+(?:\.\d+)*[.\s]"),
    (NameForm::Sure, r"[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]"),
    (
        NameForm::Sure,
        r"(?:党的)?(?:十[六七八九]|二十)大(?:报告|精神|以来|代表)?|[一二十]+届[一二三四五六七八九]中全会|[一二三四五六七八九]中全会",
    ),
    (
        NameForm::Sure,
        r"两个一百年|两个(?:确立|维护|结合|毫不动摇|大局)|[三四]个(?:代表|自信|意识|全面|伟大|面向|善于|服务|区分)|五位一体|三位一体|四位一体|千家万户|百家争鸣|三步走|一对一|一带一路|三[全]育人|百年大计|八项规定|三重一大|三通一平|四大名著|三大球|万里长城|三大战役",
    ),
    (
        NameForm::Sure,
        r"三门峡|三门县|三台县|七台河|五台山|五台县|九台|六枝|百色|万州|万盛|万源|千阳|四子王|双十|五四|三八|六一儿童|五一(?:劳动|小长假|节)|七一|八一|十一(?:黄金|假期)",
    ),
    (
        NameForm::Sure,
        r"[小初高大]学?[一二三四五六]年级|[一二三四五六七八九十1-9]年级|[一二三]级(?:学科|医院|甲|教师|博|学会|响应)|三甲|第[一二三]方(?:[^阵]|$)",
    ),
    (
        NameForm::Label,
        r"(?-u:\b)(?:[Nn]o|[Nn]os|[Nn]umber|[Aa]rticle|[Cc]hapter|[Ss]ection|[Ff]igure|[Ff]ig|[Tt]able|[Pp]age|[Pp]ages|p|pp|[Aa]nnex|[Aa]ppendix|[Ss]tep|[Vv]ersion|[Vv]ol|[Vv]olume|[Cc]lause|[Pp]aragraph|[Pp]ara|[Bb]ox|[Rr]oom|[Ff]ootnote|[Nn]ote|positions?|actions?|traits?|system|priority|objective|pillar|phase|stage|option|category|tier|grade|grades|Trait|System|Position|Positions|Phase|Stage|Part|Goal|Goals|Target|Targets|SDG|SDGs|Level|Grade|Grades|Year|Years|Issue|Item|Rule|Unit|Tier|Class|Agenda|Vision|Horizon|Priority|Pillar|Action|Objective|Indicator|Decree|Directive|Resolution|Form|Type|Category|Group|Band|Task|Project|Key Stage|Key Action|Programme|Education|Framework|Schedule|Section|Act|Bill|Order|Route|Line|Gate|Terminal|Building|District|Zone|Lot|Round|Week|Day|Lesson|Module|Strand|Outcome|Output|Measure|Recommendation|Theme|Area|Lane|Chapter)\.?\s+\d+(?:\.\d+)*[a-z]?(?:\s*(?:,|and|to|[-–—])\s*\d+(?:\.\d+)*)*(?-u:\b)",
    ),
    (
        NameForm::Sure,
        r"(?-u:\b)\d+(?:\.\d+)?-(?:year|month|week|day|hour|minute|point|step|star|storey|way|page|part|stage|tier|level|term|digit|letter|fold|seat|bed|member|person|man|place|strong|kilometre|kilometer|km|metre|meter)(?:-olds?)?s?(?-u:\b)",
    ),
    (
        NameForm::Sure,
        r"(?i)(?-u:\b)(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)-(?:year|month|week|day|hour|point|step|star|way|page|part|stage|tier|level|term|fold|dimensional|pronged|member|track|line|shift|child)(?:-olds?)?s?(?-u:\b)",
    ),
    (
        NameForm::Sure,
        r"(?i)(?-u:\b)(?:one another|one of|no one|one-stop|one-off|one-third of the way|first of all|ten commandments|zero-sum|zero carbon)(?-u:\b)",
    ),
];

/// How sure a pattern is of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameForm {
    Sure,
    /// Letters and digits in one word; a currency before a number is none.
    Mixed,
    /// Digits and letters in one word; a unit behind a number is none.
    DigitsThenLetters,
    /// The number of a section, 1.2; an amount with a unit is none.
    Heading,
    /// Many digits, or a zero before them; the last places of a number are none.
    Digits,
    /// A word and the number it is called by; an amount with a unit is none.
    Label,
}

/// The compiled patterns.
pub struct NamePatterns {
    patterns: Vec<(NameForm, Regex)>,
}

impl NamePatterns {
    pub fn compile() -> Self {
        let compiled = PATTERNS.iter().filter_map(|(form, text)| Some((*form, Regex::new(text).ok()?)));
        Self { patterns: compiled.collect() }
    }

    pub fn count(&self) -> usize {
        self.patterns.len()
    }

    /// The names of a line, as characters, in order; they may overlap.
    pub fn find(&self, line: &Letters, source: &str, places: &[usize]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for (form, pattern) in &self.patterns {
            for matched in pattern.find_iter(source) {
                let range = places[matched.start()]..places[matched.end()];
                if !refuses(*form, line, &range) {
                    found.push(range);
                }
            }
        }
        found.sort_by_key(|range| range.start);
        found
    }
}

/// Whether a word before a place says that a number behind it is a place among others.
pub fn ranked_before(line: &Letters, at: usize) -> bool {
    let word = line.word_before(line.skip_spaces_back(at)).map(|word| line.text(word));
    matches!(word.as_deref(), Some("was" | "is" | "ranked" | "ranks" | "rank" | "ranking" | "at" | "as"))
}

/// Whether a match is an amount after all.
fn refuses(form: NameForm, line: &Letters, range: &Range<usize>) -> bool {
    const CURRENCIES: [&str; 8] = ["rmb", "cny", "usd", "us", "eur", "hk", "gbp", "jpy"];
    const BEHIND: [&str; 34] = [
        "km", "kg", "m", "k", "bn", "mn", "tn", "mln", "bln", "million", "billion", "trillion", "thousand",
        "kwh", "mw", "gw", "tb", "gb", "mb", "pb", "ha", "mbps", "gbps", "pp", "pps", "pct", "percent", "st",
        "nd", "rd", "th", "cm", "mm", "odd",
    ];
    match form {
        NameForm::Sure => false,
        NameForm::Heading => {
            let end = line.skip_spaces(range.end);
            let scaled = ["million", "billion", "thousand", "trillion", "万", "亿"]
                .iter()
                .any(|word| line.has(end, word));
            scaled || units::unit(line, range.end, NumeralScript::Digits).is_some()
        }
        NameForm::Digits => matches!(line.before(range.start), ',' | '，' | '.'),
        NameForm::Mixed => {
            let letters: String =
                line.text(range.clone()).chars().take_while(char::is_ascii_alphabetic).collect();
            CURRENCIES.contains(&letters.as_str())
                || (line.before(range.start).is_ascii_digit())
                // The end of a word of prose: "to80".
                || matches!(letters.as_str(), "over" | "about" | "nearly" | "to" | "by")
        }
        NameForm::DigitsThenLetters => {
            let text = line.text(range.clone());
            let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
            let touches = line.before(range.start).is_ascii_digit() || line.before(range.start) == '.';
            let goes_on =
                matches!(line.before(range.start), ',' | '，') && line.at(range.start).is_ascii_digit();
            touches || goes_on || BEHIND.contains(&letters.as_str())
        }
        NameForm::Label => {
            let end = line.skip_spaces(range.end);
            let amount = matches!(line.at(range.end), '%' | ',') && line.at(range.end + 1).is_ascii_digit()
                || line.at(end) == '%'
                || line.has(end, "per cent")
                || line.has(end, "percent")
                || line.has(end, "million")
                || line.has(end, "billion");
            let year = {
                let digits: String = line.text(range.clone()).chars().filter(char::is_ascii_digit).collect();
                digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
            };
            let ranks = (line.has(range.start, "number") || line.has(range.start, "no"))
                && ranked_before(line, range.start);
            ranks || amount || (year && !line.has(range.start, "no") && !line.has(range.start, "agenda"))
        }
    }
}

/// How many patterns are declared.
pub fn declared() -> usize {
    PATTERNS.len()
}
