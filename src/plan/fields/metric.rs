//! What makes a node a metric, and the values known of it.

use super::nested::rows;
use super::node::{PERIOD, period};
use super::{
    Field, FieldKind, FieldRow, FieldTable, FieldValue, NestedTable, NestedTables, Of, ReferenceTarget, info,
};
use crate::plan::check;
use crate::plan::diagnostic::trouble::ExpectedValue;
use crate::plan::input::{LineForm, TextForm};
use crate::plan::metric::{self, Amount, Decimal, Metric, Moment, Official, ScaleStep, Stage, When};
use crate::plan::node::Period;
use crate::plan::state::State;
use crate::plan::unresolved::{RawMetric, RawValue, ValueRole};
use crate::text::Text;

/// The fields of a `[[metric]]` beyond those of every node. What the values are read by stands before them.
pub(crate) static METRIC: FieldTable<RawMetric, Metric> = FieldTable {
    heading: "",
    name: "metric",
    want: ExpectedValue::Table,
    about: ("指标在每个节点共有的字段之外的字段。", "What a metric has besides the fields of every node."),
    blank: RawMetric::default,
    short: None,
    fields: &[MEANING, FIGURES],
};

const MEANING: &[Field<RawMetric, Metric>] = &[
    Field { info: info("measure", ("计量", "measure")).required().about("衡量的是什么", "What kind of thing it counts"), kind: FieldKind::Word(&Of(
            |metric: &Metric| Some(metric.measure),
            |raw: &mut RawMetric, measure| {
                raw.measure = Some(measure);
                raw.metric.measure = measure;
            },
        )) },
    Field { info: info("unit", ("单位", "unit")).about("单位；数量、百分比和位次必须写", "What it counts in; counts, percentages and ranks need it"), kind: FieldKind::Text(
            TextForm::Line,
            |metric| (metric.measure.has_unit() || !metric.unit.is_empty()).then_some(&metric.unit),
            |raw, text| raw.metric.unit = text,
        ) },
    Field { info: info("direction", ("方向", "direction")).required().about("应往哪里走", "Where it should go"), kind: FieldKind::Word(&Of(
            |metric: &Metric| Some(metric.direction),
            |raw: &mut RawMetric, direction| {
                raw.direction = Some(direction);
                raw.metric.direction = direction;
            },
        )) },
    Field { info: info("stat", ("时态", "stat")).or("stock").about("时点、期间、累计还是年均（新增、增至、年均不同）", "Whether its figures are of a moment, of a period, cumulative or a yearly mean"), kind: FieldKind::Word(&Of(|metric: &Metric| Some(metric.stat), |raw: &mut RawMetric, stat| raw.metric.stat = stat)) },
    Field { info: info("gross", ("毛率", "gross rate")).or("false").about("true：可以超过100%", "true: it may exceed 100%"), kind: FieldKind::Flag(|metric| metric.gross, |raw, gross| raw.metric.gross = gross) },
    Field { info: info("tolerance", ("容许差", "tolerance")).about(
        "两个来源相差超过此数即有争议；单位同指标，百分比为百分点",
        "Two sources further apart than this are contested; in the metric's unit, in points for percentages",
    ), kind: FieldKind::Float(|metric| metric.tolerance, |raw, number| raw.metric.tolerance = Some(number)) },
    Field { info: info("limit", ("自然界限", "natural limit")).about(
        "期望方向上的自然界限，如100；规则 opensdg 在其附近放宽要求",
        "A natural limit on the wanted side, 100 for instance; the rule set opensdg asks for less near it",
    ), kind: FieldKind::Float(|metric| metric.limit, |raw, number| raw.metric.limit = Some(number)) },
    Field { info: info("base", ("分母", "base")).about("分母", "The denominator"), kind: FieldKind::Text(
            TextForm::Line,
            |metric| metric.base.as_deref(),
            |raw, text| raw.metric.base = Some(Box::new(text)),
        ) },
    Field { info: info("scale", ("等级", "scale")).about("等级型指标的各级", "The steps of an ordinal scale"), kind: FieldKind::Tables(&NestedTables {
            table: &SCALE_STEP,
            want: ExpectedValue::Tables,
            get: |metric: &Metric| rows(&SCALE_STEP, &metric.scale),
            keep: |_, step, _| Some(step),
            set: |raw: &mut RawMetric, steps| raw.metric.scale = steps,
        }) },
    Field { info: info("breaks", ("口径变更", "series breaks")).about("从这些年起口径不同，前后不可比", "Years after which the series counts something else"), kind: FieldKind::Years(|metric| &metric.breaks, |raw, years| raw.metric.breaks = years) },
    Field { info: info("part_of", ("属于", "part of")).about("整体指标", "The metric it is a part of"), kind: FieldKind::Name(
            ReferenceTarget::Node,
            |metric| metric.part_of.as_ref().map(|part| FieldValue::Node(part.whole)),
            |raw, name| raw.part_of = Some(name),
        ) },
    Field { info: info("where", ("哪一部分", "which part")).beside("part_of").about("是整体的哪一部分", "Which part of it"), kind: FieldKind::Text(
            TextForm::Line,
            |metric| metric.part_of.as_ref().map(|part| &part.which).filter(|which| !which.is_empty()),
            |raw, text| raw.which = Some(text),
        ) },
];

const FIGURES: &[Field<RawMetric, Metric>] = &[
    Field {
        info: info("baseline", ("基期", "baseline")).about(
            "起点；不知道就不写，绝不写0",
            "Where the way to the target starts; left out where it is not known, never 0",
        ),
        kind: FieldKind::Table(&NestedTable {
            table: &VALUE,
            get: |metric: &Metric| metric.baseline.as_ref().map(|value| VALUE.row(value)),
            keep: |raw: &RawMetric, value, input| {
                check::value(&raw.metric, ValueRole::Baseline, value, input)
            },
            set: |raw: &mut RawMetric, value| raw.metric.baseline = Some(value),
        }),
    },
    Field {
        info: info("observed", ("实际值", "actual values")).about("实际值", "Actual values"),
        kind: FieldKind::Tables(&NestedTables {
            table: &VALUE,
            want: ExpectedValue::Tables,
            get: |metric: &Metric| rows(&VALUE, &metric.observed),
            keep: |raw: &RawMetric, value, input| {
                check::value(&raw.metric, ValueRole::Observed, value, input)
            },
            set: |raw: &mut RawMetric, values| raw.metric.observed = values,
        }),
    },
    Field {
        info: info("target", ("目标值", "targets"))
            .about("目标值和途中的阶段目标", "Targets and checkpoints on the way"),
        kind: FieldKind::Tables(&NestedTables {
            table: &VALUE,
            want: ExpectedValue::Tables,
            get: |metric: &Metric| rows(&VALUE, &metric.target),
            keep: |raw: &RawMetric, value, input| check::value(&raw.metric, ValueRole::Target, value, input),
            set: |raw: &mut RawMetric, values| raw.metric.target = values,
        }),
    },
    Field {
        info: info("comparators", ("对照值", "comparators")).about(
            "别处的同类数值，如全国",
            "Others' values of the same thing, the national one for instance",
        ),
        kind: FieldKind::Tables(&NestedTables {
            table: &COMPARATOR,
            want: ExpectedValue::Tables,
            get: |metric: &Metric| rows(&COMPARATOR, &metric.comparators),
            keep: |raw: &RawMetric, value, input| {
                check::value(&raw.metric, ValueRole::Comparator, value, input)
            },
            set: |raw: &mut RawMetric, values| raw.metric.comparators = values,
        }),
    },
    Field {
        info: info("official", ("官方结论", "official verdict"))
            .about("来源自己给出的结论，有才写", "A verdict that a source itself states"),
        kind: FieldKind::Table(&NestedTable {
            table: &OFFICIAL,
            get: |metric: &Metric| metric.official.as_ref().map(|official| OFFICIAL.row(official)),
            keep: |_, official, _| Some(official),
            set: |raw: &mut RawMetric, official| raw.metric.official = Some(official),
        }),
    },
];

static SCALE_STEP: FieldTable<ScaleStep, ScaleStep> = FieldTable {
    heading: "",
    name: "scale-step",
    want: ExpectedValue::Table,
    about: ("等级中的一级。", "A step of an ordinal scale."),
    blank: || ScaleStep { value: Decimal { value: 0.0, places: 0 }, label: Text::default() },
    short: None,
    fields: &[SCALE_STEP_FIELDS],
};

const SCALE_STEP_FIELDS: &[Field<ScaleStep, ScaleStep>] = &[
    Field {
        info: info("value", ("序数", "value"))
            .essential()
            .about("序数，沿指标的方向越远越大", "Its number; more is further along the metric's direction"),
        kind: FieldKind::Number(|step| Some(step.value), |raw, number| raw.value = number),
    },
    Field {
        info: info("label", ("名称", "label")).essential().about("名称", "Its name"),
        kind: FieldKind::Text(TextForm::Line, |step| Some(&step.label), |raw, text| raw.label = text),
    },
];

pub(crate) static OFFICIAL: FieldTable<Official, Official> = FieldTable {
    heading: "",
    name: "official",
    want: ExpectedValue::Table,
    about: ("来源自己给出的结论。", "A verdict that a source itself states."),
    blank: || Official { status: State::NoData, source: None },
    short: None,
    fields: &[OFFICIAL_FIELDS],
};

const OFFICIAL_FIELDS: &[Field<Official, Official>] = &[
    Field {
        info: info("status", ("结论", "status")).essential().about("结论", "The verdict"),
        kind: FieldKind::Word(&Of(
            |own: &Official| Some(own.status),
            |raw: &mut Official, status| raw.status = status,
        )),
    },
    Field {
        info: info("source", ("来源", "source")).required().about("谁给出的", "Who states it"),
        kind: FieldKind::Source(|own| own.source, |raw, id| raw.source = Some(id)),
    },
];

/// A baseline, an actual value or a target.
pub(crate) static VALUE: FieldTable<RawValue, metric::Value> = FieldTable {
    heading: "",
    name: "value",
    want: ExpectedValue::Table,
    about: (
        "一个数值：说多少（`value`、`label` 或 `stage`），属于什么时间（`year`、`on`、`period`、`announced`、`undated` 之一），出自哪里。",
        "A value: how much (`value`, `label` or `stage`), of what time (one of `year`, `on`, `period`, `announced`, `undated`), and whence.",
    ),
    blank: RawValue::new,
    short: None,
    fields: &[TIME, AMOUNT, GROUNDS],
};

/// Another's value.
pub(crate) static COMPARATOR: FieldTable<RawValue, metric::Value> = FieldTable {
    heading: "",
    name: "comparator",
    want: ExpectedValue::Table,
    about: ("别处的一个数值；其余同数值。", "Another's value; the rest is as for values."),
    blank: RawValue::new,
    short: None,
    fields: &[WHOSE, TIME, AMOUNT, GROUNDS],
};

const WHOSE: &[Field<RawValue, metric::Value>] = &[Field {
    info: info("where", ("何处", "whose"))
        .about("何处的数值，如全国", "Whose value it is: the nation's, say"),
    kind: FieldKind::Text(
        TextForm::Line,
        |value| value.whose.as_deref(),
        |raw, text| raw.value.whose = Some(Box::new(text)),
    ),
}];

/// The fields that say what time a value or a fact is of.
macro_rules! time_fields {
    ($raw:ty, $own:ty) => {
        &[
            Field {
                info: info("year", ("年份", "year")).about("年份", "A year"),
                kind: FieldKind::Year(|own| year(own.when), |raw, year| raw.time.year = Some(year)),
            },
            Field {
                info: info("on", ("时间", "on")).about("年、月或日", "A year, a month or a day"),
                kind: FieldKind::Moment(|own| on(own.when), |raw, at| raw.time.on = Some(at)),
            },
            Field {
                info: info("period", ("时段", "period"))
                    .about("一段时间内的总量或平均", "A flow or an average over a span"),
                kind: FieldKind::Table(&NestedTable {
                    table: &PERIOD,
                    get: |own: &$own| span(own.when),
                    keep: check::period,
                    set: |raw: &mut $raw, period| raw.time.period = Some(period),
                }),
            },
            Field {
                info: info("announced", ("公布", "announced")).about(
                    "来源没有说属于什么时间，只有公布之日，或公布于起止之间，如 `\"2025-03/2025-05\"`",
                    "The day the source spoke, where it gives no reference time; or between when and when, as `\"2025-03/2025-05\"`",
                ),
                kind: FieldKind::MomentOrSpan(|own| announced(own.when), |raw, at| raw.time.announced = Some(at)),
            },
            Field {
                info: info("undated", ("无期限", "undated"))
                    .or("false")
                    .about("true：目标没有期限", "true: a target without a date"),
                kind: FieldKind::Flag(|own| own.when == When::Undated, |raw, is| raw.time.undated = is),
            },
        ]
    };
}
pub(super) use time_fields;

const TIME: &[Field<RawValue, metric::Value>] = time_fields!(RawValue, metric::Value);

pub(super) fn year(when: When) -> Option<i16> {
    if let When::At(Moment::Year(year)) = when { Some(year) } else { None }
}

pub(super) fn on(when: When) -> Option<Moment> {
    match when {
        When::At(Moment::Year(_)) => None,
        When::At(at) => Some(at),
        _ => None,
    }
}

pub(super) fn span(when: When) -> Option<FieldRow<'static>> {
    if let When::Period(start, end) = when { Some(period(Period { start, end })) } else { None }
}

pub(super) fn announced(when: When) -> Option<Moment> {
    if let When::Announced(day) = when { Some(day) } else { None }
}

const AMOUNT: &[Field<RawValue, metric::Value>] = &[
    Field {
        info: info("label", ("文字", "label"))
            .about("等级型和定性指标的文字", "Words, for ordinal and qualitative metrics"),
        kind: FieldKind::Text(
            TextForm::Line,
            |value| if let Amount::Label(label, _) = &value.amount { Some(label) } else { None },
            |raw, text| raw.label = Some(text),
        ),
    },
    Field {
        info: info("value", ("数值", "value"))
            .about("数值，照原样的小数位数，不用“万”", "A number with its decimals as written, stored whole"),
        kind: FieldKind::Number(|value| value.amount.number(), |raw, number| raw.number = Some(number)),
    },
    Field {
        info: info("to", ("至", "to")).beside("value").about("区间的上端", "The upper end of a range"),
        kind: FieldKind::Number(
            |value| if let Amount::Range(_, to) = value.amount { Some(to) } else { None },
            |raw, number| raw.to = Some(number),
        ),
    },
    Field {
        info: info("stage", ("阶段", "stage")).about("里程碑走到了哪一步", "How far a milestone has come"),
        kind: FieldKind::Word(&Of(
            |value: &metric::Value| if let Amount::Stage(stage) = value.amount { stage } else { None },
            |raw: &mut RawValue, stage: Stage| raw.stage = Some(stage),
        )),
    },
    Field {
        info: info("kind", ("水平或增量", "level or increment"))
            .or("level")
            .about("数值本身，还是比此前多多少", "The level itself, or so much more than before"),
        kind: FieldKind::Word(&Of(
            |value: &metric::Value| Some(value.kind),
            |raw: &mut RawValue, kind| raw.value.kind = kind,
        )),
    },
    Field {
        info: info("force", ("力度", "force"))
            .or("firm")
            .about("确定的目标，还是力争", "A promise, or only striven for"),
        kind: FieldKind::Word(&Of(
            |value: &metric::Value| Some(value.force),
            |raw: &mut RawValue, force| raw.value.force = force,
        )),
    },
    Field {
        info: info("bound", ("界限", "bound")).or("exact").about(
            "数值对真值说了什么：以上、超、约",
            "What the figure says of the true value: at least, more than, about",
        ),
        kind: FieldKind::Word(&Of(
            |value: &metric::Value| Some(value.bound),
            |raw: &mut RawValue, bound| raw.value.bound = bound,
        )),
    },
];

const GROUNDS: &[Field<RawValue, metric::Value>] = &[
    Field {
        info: info("basis", ("依据", "basis")).or("stated").about("数值如何得知", "How the figure is known"),
        kind: FieldKind::Word(&Of(
            |value: &metric::Value| Some(value.basis),
            |raw: &mut RawValue, basis| raw.value.basis = basis,
        )),
    },
    Field {
        info: info("when_basis", ("时间的依据", "basis of its time"))
            .or("stated")
            .about("时间如何得知", "How its time is known"),
        kind: FieldKind::Word(&Of(
            |value: &metric::Value| Some(value.when_basis),
            |raw: &mut RawValue, basis| raw.value.when_basis = basis,
        )),
    },
    Field {
        info: info("published", ("发布", "published"))
            .about("发布之日，可与任何时间并列", "The day it was published; beside any time"),
        kind: FieldKind::Moment(|value| value.published, |raw, at| raw.value.published = Some(at)),
    },
    Field {
        info: info("source", ("来源", "source")).about("出自哪里", "Where it stands"),
        kind: FieldKind::Source(|value| value.source, |raw, id| raw.value.source = Some(id)),
    },
    Field {
        info: info("also", ("另见", "also in"))
            .about("转述同一数值的其他来源", "Other sources that repeat it: one figure, republished"),
        kind: FieldKind::Sources(|value| &value.also, |raw, ids| raw.value.also = ids),
    },
    Field {
        info: info("at", ("位置", "place")).about("在来源中的位置", "Where in the source"),
        kind: FieldKind::Line(LineForm::Any, |value| value.at.as_deref(), |raw, at| raw.value.at = Some(at)),
    },
    Field {
        info: info("grade", ("等级", "grade"))
            .about("来源的等级；不写则从来源", "How good the source is; its source's own where left out"),
        kind: FieldKind::Word(&Of(
            |value: &metric::Value| value.grade,
            |raw: &mut RawValue, grade| raw.value.grade = Some(grade),
        )),
    },
    Field {
        info: info("note", ("说明", "note")).about("说明", "A remark"),
        kind: FieldKind::Text(
            TextForm::Lines,
            |value| value.note.as_deref(),
            |raw, text| raw.value.note = Some(Box::new(text)),
        ),
    },
];
