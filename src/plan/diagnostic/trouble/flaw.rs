//! Why a value that has the right type is still no good.

/// What is wrong with a value, for `E11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    NotFinite,
    TooPrecise,
    NoDate,
    YearOutOfRange,
    CountOutOfRange,
    EndBeforeStart,
    NotPositive,
    NoLanguages,
    LanguageTag,
    LanguageTwice,
    NotToml,
    Pattern,
    Digest,
    TooMany,
    NamedAboveTotal,
    CutsDoNotFall,
    NotFourWords,
    NoShare,
    StepsNeeded,
    RuleTaken,
}

/// Chinese and English for what is wrong, then for what to do.
type FlawWords = [&'static str; 4];

impl Flaw {
    /// What is wrong (continuing the key's name) and what to do: Chinese, English, Chinese, English.
    pub(super) fn said(self) -> FlawWords {
        FLAWS.iter().find(|(flaw, _)| *flaw == self).map_or([""; 4], |(_, words)| *words)
    }
}

const FLAWS: &[(Flaw, FlawWords)] = &[
    (
        Flaw::CutsDoNotFall,
        [
            "的三个界线没有依次变小",
            "do not fall: on_track > needs_acceleration > limited is needed",
            "请改正界线；这条规则没有采用。",
            "Correct the cut-offs; the rule set is left out.",
        ],
    ),
    (
        Flaw::NotFourWords,
        [
            "不是四个等级的名称",
            "are not the words of four classes",
            "请写四个，好的在先，或都不写。",
            "Write four, the best class first, or none.",
        ],
    ),
    (
        Flaw::NoShare,
        ["不在0与1之间", "is no share between 0 and 1", "请写0到1之间的数。", "Write a number from 0 to 1."],
    ),
    (
        Flaw::StepsNeeded,
        [
            "的数不能没有前面的步骤",
            "is none, which only number = \"compound-ratio\" can do with",
            "请写 all 或 all-but-hold。",
            "Write all or all-but-hold.",
        ],
    ),
    (
        Flaw::RuleTaken,
        ["与内置规则同名", "is the id of a built-in rule set", "请换一个编号。", "Choose another id."],
    ),
    (
        Flaw::NotFinite,
        [
            "不是有限的数",
            "is not a finite number",
            "请写出具体数值，未知就不写。",
            "Write a figure, or leave it out where it is unknown.",
        ],
    ),
    (
        Flaw::TooPrecise,
        [
            "位数太多，无法原样保存",
            "has more digits than can be kept exactly",
            "请保留15位有效数字以内。",
            "Keep to 15 significant digits.",
        ],
    ),
    (
        Flaw::NoDate,
        [
            "不是日期",
            "is not a date",
            "请写成 2025、\"2025-05\" 或 2025-10-20，不带时刻。",
            "Write 2025, \"2025-05\" or 2025-10-20, without a time of day.",
        ],
    ),
    (
        Flaw::YearOutOfRange,
        [
            "不是四位年份",
            "is not a year of four digits",
            "请写成1000至9999之间的年份。",
            "Write a year from 1000 to 9999.",
        ],
    ),
    (
        Flaw::CountOutOfRange,
        ["超出范围", "is out of range", "请写成不大的非负整数。", "Write a small whole number."],
    ),
    (
        Flaw::EndBeforeStart,
        [
            "终点早于起点",
            "ends before it starts",
            "请把起止两个值对调或改正。",
            "Swap the two or correct one of them.",
        ],
    ),
    (Flaw::NotPositive, ["应大于零", "must be above zero", "请写成正数。", "Write a number above zero."]),
    (
        Flaw::NoLanguages,
        [
            "没有列出语言",
            "names no language",
            "请写成 [\"zh\", \"en\"] 之类；已按 zh、en 读取。",
            "Write something like [\"en\", \"fr\"]; it was read as zh and en.",
        ],
    ),
    (
        Flaw::LanguageTag,
        [
            "含有不是语言标签的内容",
            "holds what is no language tag",
            "请用 zh、en、zh-Hant 这样的标签。",
            "Use tags such as zh, en or zh-Hant.",
        ],
    ),
    (
        Flaw::LanguageTwice,
        ["把一种语言列了两次", "names a language twice", "请删去重复的一个。", "Remove one of the two."],
    ),
    (
        Flaw::NotToml,
        [
            "不是 .toml 文件",
            "is not a .toml file",
            "登记来源、事实和术语的文件名应以 .toml 结尾。",
            "The files of sources, facts and terms end in .toml.",
        ],
    ),
    (
        Flaw::Pattern,
        ["不是有效的通配符", "is not a valid glob", "请检查其中的 * ? [ ]。", "Check its * ? [ and ]."],
    ),
    (
        Flaw::Digest,
        [
            "不是 SHA-256",
            "is not a SHA-256",
            "请写成64个小写十六进制字符。",
            "Write 64 lower-case hexadecimal characters.",
        ],
    ),
    (Flaw::TooMany, ["数量太多", "are too many", "请减少数量。", "Keep to fewer."]),
    (
        Flaw::NamedAboveTotal,
        ["点名的多于总数", "names more than there are", "请核对 total 与 named。", "Check total and named."],
    ),
];
