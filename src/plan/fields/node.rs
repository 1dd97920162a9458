//! The fields of every node, and the tables within it.

use super::nested::rows;
use super::{
    Field, FieldKind, FieldRow, FieldTable, FieldValue, NestedTable, NestedTables, Of, ReferenceTarget, info,
};
use crate::plan::check;
use crate::plan::diagnostic::trouble::ExpectedValue;
use crate::plan::input::{LineForm, TextForm};
use crate::plan::key::SourceId;
use crate::plan::metric::{Basis, Moment};
use crate::plan::node::{Conflict, Evidence, Judging, Link, Members, Node, NodeDetails, Period, Waiver};
use crate::plan::unresolved::{NodeDraft, RawLink};
use crate::text::Text;

fn more<'n, V>(node: &'n Node, get: impl FnOnce(&'n NodeDetails) -> V) -> Option<V> {
    node.more.as_deref().map(get)
}

/// `[[goal]]`, `[[action]]`, `[[metric]]`.
pub(crate) static NODE: FieldTable<NodeDraft, Node> = FieldTable {
    heading: "",
    name: "node",
    want: ExpectedValue::Table,
    about: (
        "规划中的一个节点：目标、行动、指标或分组；表名即层级的类别。",
        "A node of the plan: a goal, an action, a metric or a group; the table's name is its level's role.",
    ),
    blank: NodeDraft::default,
    short: None,
    fields: &[NAME, CONTENT, RARE, GROUNDS],
};

const NAME: &[Field<NodeDraft, Node>] = &[
    Field {
        info: info("id", ("编号", "id"))
            .essential()
            .about("稳定的编号，定下后不再改，也不再用于别处", "Stable id; never changed, never used again"),
        kind: FieldKind::Id(|node| Some(node.key.as_str()), |raw, id| raw.key = Some(id)),
    },
    Field {
        info: info("aliases", ("曾用编号", "earlier ids")).about(
            "曾用编号；对它们的记录归到本节点",
            "Earlier ids; what people recorded of them belongs to this node",
        ),
        kind: FieldKind::Ids(Node::aliases, |raw, ids| {
            if !ids.is_empty() {
                raw.more().aliases = ids;
            }
        }),
    },
    Field {
        info: info("level", ("层级", "level")).required().about(
            "清单中定义的层级，类别须与表名一致",
            "A level of the manifest; its role is the table's name",
        ),
        kind: FieldKind::Level(|node| Some(node.level), |raw, level| raw.level = Some(level)),
    },
    Field {
        info: info("parent", ("上级", "parent"))
            .about("上级节点；没有则为最上层", "The node above; a node without one stands at the top"),
        kind: FieldKind::Name(
            ReferenceTarget::Node,
            |node| node.parent.map(FieldValue::Node),
            |raw, name| raw.parent = Some(name),
        ),
    },
    Field {
        info: info("parent_basis", ("上级的依据", "basis of its place")).beside("parent").or("stated").about(
            "在树中的位置出自来源，还是由我们推断",
            "Whether its place in the tree is the source's or ours",
        ),
        kind: FieldKind::Word(&Of(
            |node: &Node| Some(node.parent_basis),
            |raw: &mut NodeDraft, basis: Basis| {
                raw.parent_basis = Some(basis);
            },
        )),
    },
];

const CONTENT: &[Field<NodeDraft, Node>] = &[
    Field {
        info: info("title", ("名称", "title")).required().about("名称", "Title"),
        kind: FieldKind::Text(TextForm::Title, |node| Some(&node.title), |raw, text| raw.title = text),
    },
    Field {
        info: info("summary", ("说明", "summary"))
            .about("一两句话的概述，自己的话", "A sentence or two, in own words"),
        kind: FieldKind::Text(
            TextForm::Lines,
            |node| node.summary.as_ref(),
            |raw, text| raw.summary = Some(text),
        ),
    },
    Field {
        info: info("serves", ("服务", "serves")).about(
            "所服务的节点，跨树多对多；下级随上级",
            "The nodes it contributes to, across the tree; what is below it does too",
        ),
        kind: FieldKind::Tables(&NestedTables {
            table: &LINK,
            want: ExpectedValue::List,
            get: links,
            keep: |_, link, _| Some(link),
            set: |raw: &mut NodeDraft, links| raw.refs().serves = links,
        }),
    },
    Field {
        info: info("tags", ("标签", "tags")).about("自由的标签", "Free words"),
        kind: FieldKind::Lines(|node| &node.tags, |raw, tags| raw.tags = tags),
    },
];

const RARE: &[Field<NodeDraft, Node>] = &[
    Field {
        info: info("former_titles", ("曾用名", "earlier titles")).about("曾用名", "Titles it had before"),
        kind: FieldKind::Texts(TextForm::Line, Node::former_titles, |raw, texts| {
            raw.more().former_titles = texts
        }),
    },
    Field {
        info: info("members", ("成员", "members"))
            .about("来源所数多于所列的一组", "A set of which its source counts more members than it names"),
        kind: FieldKind::Table(&NestedTable {
            table: &MEMBERS,
            get: |node: &Node| Some(MEMBERS.row(node.more.as_deref()?.members.as_ref()?)),
            keep: |_, members, input| check::members(members, input),
            set: |raw: &mut NodeDraft, members| raw.more().members = Some(members),
        }),
    },
    Field {
        info: info("claim", ("所称地位", "claim")).about("来源自称的地位", "A standing that a source claims"),
        kind: FieldKind::Word(&Of(
            |node: &Node| more(node, |more| more.claim).flatten(),
            |raw: &mut NodeDraft, claim| raw.more().claim = Some(claim),
        )),
    },
    Field {
        info: info("among", ("范围", "among"))
            .about("所称地位或位次的范围", "What the claim or the rank is among"),
        kind: FieldKind::Text(
            TextForm::Line,
            |node| more(node, |more| more.among.as_ref()).flatten(),
            |raw, text| raw.more().among = Some(text),
        ),
    },
    Field {
        info: info("conflicts", ("不同说法", "sources that differ"))
            .about("说法不同的来源，照录，不抹平", "Sources that say otherwise, kept and never smoothed"),
        kind: FieldKind::Tables(&NestedTables {
            table: &CONFLICT,
            want: ExpectedValue::Tables,
            get: |node: &Node| rows(&CONFLICT, node.conflicts()),
            keep: |_, conflict, _| Some(conflict),
            set: |raw: &mut NodeDraft, all| raw.more().conflicts = all,
        }),
    },
    Field {
        info: info("judge", ("计算结论", "judged by the program"))
            .or("true")
            .about("false：只由人判断，不计算", "false: people judge it, no verdict is computed"),
        kind: FieldKind::Flag(
            |node| node.judging() == Judging::Computed,
            |raw, computed| {
                if !computed {
                    raw.more().judging = Judging::PeopleOnly;
                }
            },
        ),
    },
    Field {
        info: info("terms", ("术语", "terms")).about(
            "用到的术语；多义的写 `术语.义项`",
            "Glossary entries it uses; `term.sense` for one with several senses",
        ),
        kind: FieldKind::Names(
            ReferenceTarget::Term,
            |node| node.terms().iter().map(FieldValue::Term).collect(),
            |raw, names| raw.refs().terms = names,
        ),
    },
    Field {
        info: info("period", ("时段", "period")).about("自己的起止时间", "Its own start and end"),
        kind: FieldKind::Table(&NestedTable {
            table: &PERIOD,
            get: |node: &Node| node.period().map(period),
            keep: check::period,
            set: |raw: &mut NodeDraft, period| raw.more().period = Some(period),
        }),
    },
    Field {
        info: info("attribute", ("属性", "attribute"))
            .or("unspecified")
            .about("约束性还是预期性", "Whether its target is binding or expected"),
        kind: FieldKind::Word(&Of(
            |node: &Node| more(node, |more| more.attribute).flatten(),
            |raw: &mut NodeDraft, attribute| raw.more().attribute = Some(attribute),
        )),
    },
    Field {
        info: info("office", ("责任部门", "office")).about(
            "责任部门，按职能；不知道就不写",
            "Responsible office, by role; left out where it is not known",
        ),
        kind: FieldKind::Text(TextForm::Line, Node::office, |raw, text| raw.more().office = Some(text)),
    },
    Field {
        info: info("waive", ("豁免的规则", "rules set aside"))
            .about("对本节点豁免的 lint 规则", "Rules of `lint` that are set aside for it"),
        kind: FieldKind::Tables(&NestedTables {
            table: &WAIVER,
            want: ExpectedValue::Tables,
            get: |node: &Node| more(node, |more| rows(&WAIVER, &more.waivers)).unwrap_or_default(),
            keep: |_, waiver, _| Some(waiver),
            set: |raw: &mut NodeDraft, all| raw.more().waivers = all,
        }),
    },
    Field {
        info: info("title_short", ("短名", "short title")).about(
            "较短的名称，用于矩阵表头和路径；约24列以内",
            "A shorter title for matrix heads and paths, within about 24 columns",
        ),
        kind: FieldKind::Text(TextForm::Line, Node::title_short, |raw, text| {
            raw.more().title_short = Some(text)
        }),
    },
];

/// Written last, below what makes the node a metric.
const GROUNDS: &[Field<NodeDraft, Node>] = &[Field {
    info: info("evidence", ("出处", "evidence")).about("内容的出处", "Where its content comes from"),
    kind: FieldKind::Tables(&NestedTables {
        table: &EVIDENCE,
        want: ExpectedValue::Tables,
        get: |node: &Node| rows(&EVIDENCE, &node.evidence),
        keep: |_, evidence, _| Some(evidence),
        set: |raw: &mut NodeDraft, all| raw.evidence = all,
    }),
}];

/// A link to a node.
pub(crate) static LINK: FieldTable<RawLink, RawLink> = FieldTable {
    heading: "",
    name: "link",
    want: ExpectedValue::Link,
    about: ("到一个节点的链接；只有编号时可直接写编号。", "A link to a node; a bare id will do."),
    blank: || RawLink { to: Box::default(), basis: Basis::Stated, note: None, at: Default::default() },
    short: Some(|(to, at)| RawLink { to, basis: Basis::Stated, note: None, at }),
    fields: &[LINK_FIELDS],
};

const LINK_FIELDS: &[Field<RawLink, RawLink>] = &[
    Field { info: info("to", ("指向", "to")).essential().about("所指的节点", "The node it leads to"), kind: // The plan keeps links by number: `link` gives them back.
            FieldKind::Name(ReferenceTarget::Node, |_| None, |raw, (to, at)| (raw.to, raw.at) = (to, at)) },
    Field {
        info: info("basis", ("依据", "basis"))
            .or("stated")
            .about("链接出自来源，还是由我们推断", "Whether the link is the source's or ours"),
        kind: FieldKind::Word(&Of(
            |link: &RawLink| Some(link.basis),
            |raw: &mut RawLink, basis| raw.basis = basis,
        )),
    },
    Field {
        info: info("note", ("说明", "note")).about("说明", "A remark"),
        kind: FieldKind::Text(TextForm::Lines, |link| link.note.as_ref(), |raw, text| raw.note = Some(text)),
    },
];

/// A link that the plan keeps by number.
pub(crate) fn link<'a>(link: &Link, note: Option<&'a Text>) -> FieldRow<'a> {
    let basis = crate::text::words::VocabularyWord::wording(link.basis);
    LINK.row_of([
        FieldValue::Node(link.to),
        FieldValue::Word(basis),
        note.map_or(FieldValue::Nothing, FieldValue::Text),
    ])
}

/// What a node serves. It may name another twice, each time with a remark of its own.
fn links(node: &Node) -> Vec<FieldRow<'_>> {
    let mut notes: Vec<_> = node.link_notes().iter().collect();
    let mut rows = Vec::with_capacity(node.serves.len());
    for own in &node.serves {
        let note = notes.iter().position(|note| note.to == own.to).map(|at| &notes.remove(at).note);
        rows.push(link(own, note));
    }
    rows
}

/// A start and an end.
pub(crate) static PERIOD: FieldTable<Period, Period> = FieldTable {
    heading: "",
    name: "period",
    want: ExpectedValue::Period,
    about: ("起止时间，各为年、月或日。", "A start and an end, each a year, a month or a day."),
    blank: || Period { start: Moment::Year(0), end: Moment::Year(0) },
    short: None,
    fields: &[PERIOD_FIELDS],
};

const PERIOD_FIELDS: &[Field<Period, Period>] = &[
    Field {
        info: info("start", ("起", "start")).essential().about("起", "First moment"),
        kind: FieldKind::Moment(|span| Some(span.start), |raw, at| raw.start = at),
    },
    Field {
        info: info("end", ("止", "end")).essential().about("止", "Last moment"),
        kind: FieldKind::Moment(|span| Some(span.end), |raw, at| raw.end = at),
    },
];

/// A period by its two moments.
pub(crate) fn period(span: Period) -> FieldRow<'static> {
    PERIOD.row_of([FieldValue::Moment(span.start), FieldValue::Moment(span.end)])
}

pub(crate) static EVIDENCE: FieldTable<Evidence, Evidence> = FieldTable {
    heading: "",
    name: "evidence",
    want: ExpectedValue::Table,
    about: ("内容的一处出处。", "Where content comes from."),
    blank: || Evidence { source: SourceId(0), at: None, basis: Basis::Stated, note: None },
    short: None,
    fields: &[EVIDENCE_FIELDS],
};

const EVIDENCE_FIELDS: &[Field<Evidence, Evidence>] = &[
    Field {
        info: info("source", ("来源", "source")).essential().about("来源", "The document"),
        kind: FieldKind::Source(|own| Some(own.source), |raw, id| raw.source = id),
    },
    Field {
        info: info("at", ("位置", "place")).about("在来源中的位置", "Where in it"),
        kind: FieldKind::Line(LineForm::Any, |own| own.at.as_deref(), |raw, at| raw.at = Some(at)),
    },
    Field {
        info: info("basis", ("依据", "basis")).or_written("stated").about("如何得知", "How it is known"),
        kind: FieldKind::Word(&Of(
            |own: &Evidence| Some(own.basis),
            |raw: &mut Evidence, basis| raw.basis = basis,
        )),
    },
    Field {
        info: info("note", ("说明", "note")).about("说明", "A remark"),
        kind: FieldKind::Text(
            TextForm::Lines,
            |own| own.note.as_deref(),
            |raw, text| raw.note = Some(Box::new(text)),
        ),
    },
];

static CONFLICT: FieldTable<Conflict, Conflict> = FieldTable {
    heading: "",
    name: "conflict",
    want: ExpectedValue::Table,
    about: ("一处不同的说法。", "A source that says otherwise."),
    blank: || Conflict { source: None, at: None, kind: None, note: Text::default() },
    short: None,
    fields: &[CONFLICT_FIELDS],
};

const CONFLICT_FIELDS: &[Field<Conflict, Conflict>] = &[
    Field {
        info: info("source", ("来源", "source")).about("来源", "The document"),
        kind: FieldKind::Source(|own| own.source, |raw, id| raw.source = Some(id)),
    },
    Field {
        info: info("at", ("位置", "place")).about("在来源中的位置", "Where in it"),
        kind: FieldKind::Line(LineForm::Any, |own| own.at.as_deref(), |raw, at| raw.at = Some(at)),
    },
    Field {
        info: info("kind", ("类别", "kind")).about(
            "什么不一致；`figure` 和 `wording` 计入“来源不一”，`scope` 不计",
            "What is in conflict; `figure` and `wording` make a metric contested, `scope` does not",
        ),
        kind: FieldKind::Word(&Of(
            |own: &Conflict| own.kind,
            |raw: &mut Conflict, kind| raw.kind = Some(kind),
        )),
    },
    Field {
        info: info("note", ("说明", "note")).essential().about("怎么说的", "What it says"),
        kind: FieldKind::Text(TextForm::Lines, |own| Some(&own.note), |raw, text| raw.note = text),
    },
];

static MEMBERS: FieldTable<Members, Members> = FieldTable {
    heading: "",
    name: "members",
    want: ExpectedValue::Table,
    about: ("一组的总数与点名数。", "How many a set has, and how many its source names."),
    blank: || Members { total: 0, named: 0 },
    short: None,
    fields: &[MEMBERS_FIELDS],
};

const MEMBERS_FIELDS: &[Field<Members, Members>] = &[
    Field {
        info: info("total", ("总数", "total")).essential().about("来源所数", "How many the source counts"),
        kind: FieldKind::Count(|own| Some(own.total), |raw, count| raw.total = count),
    },
    Field {
        info: info("named", ("点名", "named"))
            .essential()
            .about("来源所列，不多于总数", "How many it names; no more than it counts"),
        kind: FieldKind::Count(|own| Some(own.named), |raw, count| raw.named = count),
    },
];

static WAIVER: FieldTable<Waiver, Waiver> = FieldTable {
    heading: "",
    name: "waiver",
    want: ExpectedValue::Table,
    about: ("一条豁免的规则。", "A rule that is set aside."),
    blank: || Waiver { rule: Box::default(), reason: Box::default() },
    short: None,
    fields: &[WAIVER_FIELDS],
};

const WAIVER_FIELDS: &[Field<Waiver, Waiver>] = &[
    Field {
        info: info("rule", ("规则", "rule"))
            .essential()
            .about("规则编号，如 `L03`", "The rule's code, such as `L03`"),
        kind: FieldKind::Line(LineForm::Any, |own| Some(&own.rule), |raw, rule| raw.rule = rule),
    },
    Field {
        info: info("reason", ("理由", "reason"))
            .essential()
            .about("理由；一种语言即可", "Why; one language will do"),
        kind: FieldKind::Line(LineForm::Remark, |own| Some(&own.reason), |raw, reason| raw.reason = reason),
    },
];
