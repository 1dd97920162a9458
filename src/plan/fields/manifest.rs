//! The manifest: what the plan is called, its languages and levels, and the files that hold the rest.

use std::collections::HashSet;

use super::node::{PERIOD, period};
use super::{
    Field, FieldKind, FieldRow, FieldTable, FieldValue, ManifestHead, NestedTable, NestedTables, Of,
    ReferenceTarget, info,
};
use crate::plan::diagnostic::ByteSpan;
use crate::plan::diagnostic::trouble::ExpectedValue;
use crate::plan::input::{InputName, TextForm};
use crate::plan::key::LevelId;
use crate::plan::node::{Period, Role};
use crate::plan::register::{ChapterReading, ReadingState};
use crate::plan::rule_set::OwnRule;
use crate::plan::unresolved::RawReading;
use crate::plan::{Level, Matrix, Plan, check};
use crate::text::Text;

/// What the manifest says beyond what every file is read by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manifest {
    /// The version of the format.
    pub format: u32,
    pub id: Option<Box<str>>,
    pub title: Text,
    pub period: Option<Period>,
    pub checkpoints: Box<[i16]>,
    pub files: Box<[InputName]>,
    pub sources: Option<InputName>,
    pub facts: Option<InputName>,
    pub glossary: Option<InputName>,
    pub matrix: Option<Matrix>,
    pub readings: Box<[RawReading]>,
    pub rules: Box<[OwnRule]>,
    /// Levels with the places of their ids.
    pub levels: Box<[(Level, ByteSpan)]>,
}

/// The keys of a manifest that are no tables of content.
pub(crate) static MANIFEST: FieldTable<Manifest, Plan> = FieldTable {
    heading: "plan.toml",
    name: "manifest",
    want: ExpectedValue::Table,
    about: (
        "清单 `plan.toml`；整份规划写在一个文件里时，下列内容表也在其中。",
        "The manifest, `plan.toml`; where one file holds a whole plan, the tables of content stand in it too.",
    ),
    blank: Manifest::default,
    short: None,
    fields: &[ABOUT_PLAN, FILES, SHAPE],
};

const ABOUT_PLAN: &[Field<Manifest, Plan>] = &[
    Field { info: info("format", ("格式", "format")).required().about("格式的版本，1或2；用到分组、阅读情况、`title_short` 或起止之间的公布时间时写2", "The version of the format, 1 or 2: 2 where groups, readings, `title_short` or an announcement between two times are used"), kind: FieldKind::Head(ManifestHead::Version, |plan| FieldValue::Count(plan.format.max(1))) },
    Field { info: info("id", ("编号", "id")).required().about("规划的编号；记录的存放处以它命名", "The plan's id, by which its journal is kept"), kind: FieldKind::Head(ManifestHead::PlanId, |plan| FieldValue::Line(&plan.id)) },
    Field { info: info("title", ("名称", "title")).required().about("规划的名称", "The plan's title"), kind: FieldKind::Text(TextForm::Line, |plan| Some(&plan.title), |raw, text| raw.title = text) },
    Field { info: info("languages", ("语言", "languages")).about(
        "语言标签，最多32个；不写则为 zh 和 en。此后每个文字都是“语言标签 → 文字”的表",
        "Language tags, at most 32; zh and en where left out. Every text is a table of language tag → text",
    ), kind: FieldKind::Head(ManifestHead::Languages, |plan| {
            FieldValue::List(plan.languages.iter().map(|tag| FieldValue::Line(tag)).collect())
        }) },
    Field { info: info("period", ("规划期", "period")).about("规划期", "The years it covers"), kind: FieldKind::Table(&NestedTable {
            table: &PERIOD,
            get: |plan: &Plan| plan.period.map(period),
            keep: check::period,
            set: |raw: &mut Manifest, period| raw.period = Some(period),
        }) },
    Field { info: info("checkpoints", ("阶段目标年份", "checkpoints")).about("回头看的年份", "Years at which it wants to be looked at"), kind: FieldKind::Years(|plan| &plan.checkpoints, |raw, years| raw.checkpoints = years) },
];

/// A plan does not keep the patterns that led to its files.
const FILES: &[Field<Manifest, Plan>] = &[
    Field { info: info("files", ("文件", "files")).about(
        "内容文件，按此次序；通配符按字节次序；每个文件只读一次，在首次出现处",
        "Files of content, in this order; a glob in byte order; a file is read once, at its first place",
    ), kind: FieldKind::Names(ReferenceTarget::File, |_| Vec::new(), |raw, names| raw.files = names) },
    Field { info: info("sources", ("来源", "sources")).about(
            "来源的文件，相对路径，以 .toml 结尾；与 facts、glossary 一样可在目录之外",
            "The file of sources: a relative path that ends in .toml, and with facts and glossary the only one that may lie outside the folder",
        ), kind: FieldKind::Name(ReferenceTarget::File, |_| None, |raw, name| raw.sources = Some(name)) },
    Field { info: info("facts", ("事实", "facts")).about("事实的文件", "The file of facts"), kind: FieldKind::Name(ReferenceTarget::File, |_| None, |raw, name| raw.facts = Some(name)) },
    Field { info: info("glossary", ("术语表", "glossary")).about("术语的文件", "The file of terms"), kind: FieldKind::Name(ReferenceTarget::File, |_| None, |raw, name| raw.glossary = Some(name)) },
];

const SHAPE: &[Field<Manifest, Plan>] = &[
    Field {
        info: info("level", ("层级", "levels"))
            .headed()
            .required()
            .about("层级，按此次序", "The levels, in this order"),
        kind: FieldKind::Tables(&NestedTables {
            table: &LEVEL,
            want: ExpectedValue::Tables,
            get: levels,
            keep: |_, level, input| {
                let at = input.place("id").unwrap_or_else(|| input.span());
                Some((level, at))
            },
            set: |raw: &mut Manifest, levels| raw.levels = levels,
        }),
    },
    Field {
        info: info("reading", ("阅读情况", "reading")).headed().about(
            "规划文件各部分读到了多少；`lint` 据此区分“尚未读到”与“规划未说明”",
            "What was seen of the plan's own document, part by part: `lint` tells “not read yet” from “the plan does not say” by it",
        ),
        kind: FieldKind::Tables(&NestedTables {
            table: &READING,
            want: ExpectedValue::Tables,
            get: |plan: &Plan| plan.readings.iter().map(|own| READING.row(own)).collect(),
            keep: |_, reading, _| Some(reading),
            set: |raw: &mut Manifest, readings| raw.readings = readings,
        }),
    },
    Field {
        info: info("rule", ("判断规则", "rule sets")).headed().about(
            "规划自己的判断规则，可用 `--rule` 选用",
            "Rule sets of the plan's own, to be chosen with `--rule`",
        ),
        kind: FieldKind::Tables(&NestedTables {
            table: &RULE,
            want: ExpectedValue::Tables,
            get: |plan: &Plan| plan.rules.iter().map(|own| RULE.row(own)).collect(),
            keep: |_, rule, input| check::rule(rule, input),
            set: |raw: &mut Manifest, rules| raw.rules = rules,
        }),
    },
    Field {
        info: info("matrix", ("矩阵", "matrix"))
            .about("矩阵的行与列；不写则没有矩阵", "The levels that span the matrix; left out: no matrix"),
        kind: FieldKind::Table(&NestedTable {
            table: &MATRIX,
            get: |plan: &Plan| plan.matrix.as_ref().map(|matrix| MATRIX.row(matrix)),
            keep: |_, matrix, _| Some(matrix),
            set: |raw: &mut Manifest, matrix| raw.matrix = Some(matrix),
        }),
    },
];

/// The levels, each id once: a role without a level of its own has one put in, whose id may be taken.
fn levels(plan: &Plan) -> Vec<FieldRow<'_>> {
    let mut named = HashSet::new();
    let own = plan.levels.iter().filter(|level| named.insert(&level.id));
    own.map(|level| LEVEL.row(level)).collect()
}

/// `[[level]]`.
pub(crate) static LEVEL: FieldTable<Level, Level> = FieldTable {
    heading: "[[level]]",
    name: "level",
    want: ExpectedValue::Table,
    about: ("规划的一个层级。", "A level of the plan."),
    blank: || Level { id: Box::default(), role: Role::Goal, mark: Text::default(), label: Text::default() },
    short: None,
    fields: &[LEVEL_FIELDS],
};

const LEVEL_FIELDS: &[Field<Level, Level>] = &[
    Field {
        info: info("id", ("编号", "id")).essential().about("稳定的编号", "Stable id"),
        kind: FieldKind::Id(|level| Some(&level.id), |raw, id| raw.id = id.as_str().into()),
    },
    Field {
        info: info("role", ("类别", "role")).essential().about("其节点是什么", "What its nodes are"),
        kind: FieldKind::Word(&Of(|level: &Level| Some(level.role), |raw: &mut Level, role| raw.role = role)),
    },
    Field {
        info: info("mark", ("记号", "mark"))
            .required()
            .about("在大纲里的记号，几列宽", "Its mark in the outline, a few columns wide"),
        kind: FieldKind::Text(
            TextForm::Mark,
            |level| Some(&level.mark).filter(|mark| !mark.is_empty()),
            |raw, mark| raw.mark = mark,
        ),
    },
    Field {
        info: info("label", ("名称", "label")).required().about("在本规划中的名称", "Its name in this plan"),
        kind: FieldKind::Text(TextForm::Line, |level| Some(&level.label), |raw, text| raw.label = text),
    },
];

/// `[[reading]]`.
pub(crate) static READING: FieldTable<RawReading, ChapterReading> = FieldTable {
    heading: "[[reading]]",
    name: "reading",
    want: ExpectedValue::Table,
    about: (
        "规划文件的一个部分，以及读到了多少。",
        "A part of the plan's own document, with what was seen of it.",
    ),
    blank: || {
        let reading = ChapterReading {
            chapter: Text::default(),
            state: ReadingState::Unread,
            place: Text::default(),
            note: None,
            touches: Box::default(),
        };
        (reading, Box::default())
    },
    short: None,
    fields: &[READING_FIELDS],
};

const READING_FIELDS: &[Field<RawReading, ChapterReading>] = &[
    Field {
        info: info("chapter", ("部分", "part"))
            .required()
            .about("文件如何称呼这一部分", "What the document calls that part"),
        kind: FieldKind::Text(
            TextForm::Line,
            |own| Some(&own.chapter).filter(|text| !text.is_empty()),
            |raw, text| raw.0.chapter = text,
        ),
    },
    Field {
        info: info("state", ("读到", "read")).essential().about("读到了多少", "How much of it was seen"),
        kind: FieldKind::Word(&Of(
            |own: &ChapterReading| Some(own.state),
            |raw: &mut RawReading, state| raw.0.state = state,
        )),
    },
    Field {
        info: info("where", ("何处可找", "where to look")).about("可在何处找到", "Where it could be found"),
        kind: FieldKind::Text(
            TextForm::Line,
            |own| Some(&own.place).filter(|text| !text.is_empty()),
            |raw, text| raw.0.place = text,
        ),
    },
    Field {
        info: info("note", ("说明", "note"))
            .about("读到了什么，还缺什么", "What was seen of it, and what is missing"),
        kind: FieldKind::Text(TextForm::Lines, |own| own.note.as_ref(), |raw, text| raw.0.note = Some(text)),
    },
    Field {
        info: info("touches", ("涉及", "touches")).about(
            "内容取决于这一部分的节点，连同下级",
            "The nodes whose content hangs on it, with all below them",
        ),
        kind: FieldKind::Names(
            ReferenceTarget::Node,
            |own| own.touches.iter().copied().map(FieldValue::Node).collect(),
            |raw, names| raw.1 = names,
        ),
    },
];

/// `[[rule]]`.
static RULE: FieldTable<OwnRule, OwnRule> = FieldTable {
    heading: "[[rule]]",
    name: "rule",
    want: ExpectedValue::Table,
    about: (
        "一条判断规则：读哪个数，等级在哪里分界（`docs/judging.md`）。",
        "A rule set: which number is read, and where its classes are cut (`docs/judging.md`).",
    ),
    blank: OwnRule::default,
    short: None,
    fields: &[RULE_FIELDS],
};

const RULE_FIELDS: &[Field<OwnRule, OwnRule>] = &[
    Field {
        info: info("id", ("编号", "id"))
            .essential()
            .about("编号，供 `--rule` 使用", "The id that `--rule` takes"),
        kind: FieldKind::Id(|own| Some(&own.id), |raw, id| raw.id = id.as_str().into()),
    },
    Field {
        info: info("title", ("名称", "title")).about("名称", "What it is called"),
        kind: FieldKind::Text(
            TextForm::Line,
            |own| Some(&own.title).filter(|text| !text.is_empty()),
            |raw, text| raw.title = text,
        ),
    },
    Field {
        info: info("number", ("所读的数", "number")).essential().about("读哪个数", "The number it reads"),
        kind: FieldKind::Word(&Of(
            |own: &OwnRule| Some(own.number),
            |raw: &mut OwnRule, number| raw.number = number,
        )),
    },
    Field {
        info: info("on_track", ("进展顺利", "on track")).essential().about(
            "“进展顺利”的下限，含此数；数为 `lead` 时以百分点计",
            "The lower end of on-track, which belongs to it; in points for `lead`",
        ),
        kind: FieldKind::Float(|own| Some(own.cuts[0]), |raw, cut| raw.cuts[0] = cut),
    },
    Field {
        info: info("needs_acceleration", ("需要加快", "needs acceleration"))
            .essential()
            .about("“需要加快”的下限", "The lower end of needs-acceleration"),
        kind: FieldKind::Float(|own| Some(own.cuts[1]), |raw, cut| raw.cuts[1] = cut),
    },
    Field {
        info: info("limited", ("进展有限", "limited"))
            .essential()
            .about("“进展有限”的下限；更低为倒退", "The lower end of limited; what is below is regressing"),
        kind: FieldKind::Float(|own| Some(own.cuts[2]), |raw, cut| raw.cuts[2] = cut),
    },
    Field {
        info: info("words", ("等级名称", "words"))
            .about("四个等级自己的名称，好的在先", "Words of its own for the four classes, the best first"),
        kind: FieldKind::Texts(TextForm::Line, |own| &own.words, |raw, words| raw.words = words),
    },
    Field {
        info: info("steps", ("之前的步骤", "steps before"))
            .or("all")
            .about("读数之前先判断哪些步骤", "What is decided before its number is read"),
        kind: FieldKind::Word(&Of(
            |own: &OwnRule| Some(own.steps),
            |raw: &mut OwnRule, steps| raw.steps = steps,
        )),
    },
    Field {
        info: info("provisional_below", ("暂定界线", "provisional below")).about(
            "时间进度低于此数时结论为暂定；不写为0.15",
            "While less than this share of the time has passed a verdict is provisional; 0.15 where left out",
        ),
        kind: FieldKind::Float(|own| Some(own.early), |raw, early| raw.early = early),
    },
    Field {
        info: info("source", ("出处", "source")).about("出自何处", "Where it comes from"),
        kind: FieldKind::Text(
            TextForm::Line,
            |own| Some(&own.source).filter(|text| !text.is_empty()),
            |raw, text| raw.source = text,
        ),
    },
];

static MATRIX: FieldTable<Matrix, Matrix> = FieldTable {
    heading: "",
    name: "matrix",
    want: ExpectedValue::Table,
    about: ("矩阵的行与列。", "The levels that span the matrix."),
    blank: || Matrix { rows: LevelId(0), columns: LevelId(0) },
    short: None,
    fields: &[MATRIX_FIELDS],
};

const MATRIX_FIELDS: &[Field<Matrix, Matrix>] = &[
    Field {
        info: info("rows", ("行", "rows")).essential().about("行的层级", "The level of its rows"),
        kind: FieldKind::Level(|own| Some(own.rows), |raw, level| raw.rows = level),
    },
    Field {
        info: info("columns", ("列", "columns")).essential().about("列的层级", "The level of its columns"),
        kind: FieldKind::Level(|own| Some(own.columns), |raw, level| raw.columns = level),
    },
];
