//! Documents, the facts taken from them, and terms.

use super::metric::{announced, on, span, time_fields, year};
use super::nested::rows;
use super::node::{EVIDENCE, LINK, PERIOD, link};
use super::{Field, FieldKind, FieldTable, FieldValue, NestedTable, NestedTables, Of, ReferenceTarget, info};
use crate::plan::check;
use crate::plan::diagnostic::ByteSpan;
use crate::plan::diagnostic::trouble::ExpectedValue;
use crate::plan::input::{LineForm, TextForm};
use crate::plan::key::SourceId;
use crate::plan::metric::{Bound, When};
use crate::plan::register::{Enforce, Fact, GlossaryTerm, Paragraph, Source, SourceSection, TermSense};
use crate::plan::unresolved::{RawFact, RawSection, RawSource, RawTime};
use crate::text::Text;

/// `[[source]]`.
pub(crate) static SOURCE: FieldTable<RawSource, Source> = FieldTable {
    heading: "[[source]]",
    name: "source",
    want: ExpectedValue::Table,
    about: ("规划所依据的一份文件。", "A document that the plan rests on."),
    blank: RawSource::default,
    short: None,
    fields: &[CITED, JUDGED],
};

const CITED: &[Field<RawSource, Source>] = &[
    Field { info: info("id", ("编号", "id")).essential().about("稳定的编号", "Stable id"), kind: FieldKind::Id(|source| Some(&source.id), |raw, id| raw.source.id = id.as_str().into()) },
    Field { info: info("title", ("题名", "title")).required().about(
        "中文为文件自己的题名，英文为我们的译名；题名不明则写描述，并注 `title_basis`",
        "The document's own title, and our rendering; a description where the title is not known, with `title_basis`",
    ), kind: FieldKind::Text(TextForm::Line, |source| Some(&source.title), |raw, text| raw.source.title = text) },
    Field { info: info("title_basis", ("题名的依据", "basis of its title")).about("题名是文件自己的，还是我们的描述", "Whether the title is the document's own or a description of ours"), kind: FieldKind::Word(&Of(
            |source: &Source| source.title_basis,
            |raw: &mut RawSource, basis| raw.source.title_basis = Some(basis),
        )) },
    Field { info: info("publisher", ("发布者", "publisher")).about("发布者", "Who published it"), kind: FieldKind::Text(
            TextForm::Line,
            |source| Some(&source.publisher).filter(|publisher| !publisher.is_empty()),
            |raw, text| raw.source.publisher = text,
        ) },
    Field { info: info("date", ("日期", "date")).about("发布日期，或起止之间，如 `\"2025-03/2025-05\"`；不知道就不写", "When, or between when and when, as `\"2025-03/2025-05\"`; left out where it is not known"), kind: FieldKind::MomentOrSpan(|source| source.date, |raw, at| raw.source.date = Some(at)) },
    Field { info: info("date_basis", ("日期的依据", "basis of its date")).about("日期如何得知", "How the date is known"), kind: FieldKind::Word(&Of(
            |source: &Source| source.date_basis,
            |raw: &mut RawSource, basis| raw.source.date_basis = Some(basis),
        )) },
    Field { info: info("link", ("网址", "link")).about("何处可读", "Where it can be read"), kind: FieldKind::Line(LineForm::Any, |source| source.link.as_deref(), |raw, link| raw.source.link = Some(link)) },
    Field { info: info("index", ("文号", "number")).about("文号，有才写", "Its document number, where there is one"), kind: FieldKind::Line(LineForm::Any, |source| source.index.as_deref(), |raw, index| raw.source.index = Some(index)) },
    Field { info: info("author", ("作者", "author")).about("作者，与发布者不同时写", "Who wrote it, where that is another than who published it"), kind: FieldKind::Text(
            TextForm::Line,
            |source| Some(&source.author).filter(|author| !author.is_empty()),
            |raw, text| raw.source.author = text,
        ) },
    Field { info: info("appeared_in", ("载于", "appeared in")).about("所载的报纸、期刊或文集", "The newspaper, journal or collection that it appeared in"), kind: FieldKind::Text(
            TextForm::Line,
            |source| Some(&source.appeared_in).filter(|title| !title.is_empty()),
            |raw, text| raw.source.appeared_in = text,
        ) },
    Field { info: info("pages", ("版面或页码", "pages")).about("其中的版次或页码", "The pages that it takes there"), kind: FieldKind::Line(LineForm::Any, |source| source.pages.as_deref(), |raw, pages| raw.source.pages = Some(pages)) },
    Field { info: info("kind", ("类型", "kind")).about("是什么文件，用于引文格式", "What it is, for citation styles"), kind: FieldKind::Word(&Of(|source: &Source| source.kind, |raw: &mut RawSource, kind| raw.source.kind = Some(kind))) },
];

const JUDGED: &[Field<RawSource, Source>] = &[
    Field {
        info: info("standing", ("地位", "standing")).about("与规划是什么关系", "How it stands to the plan"),
        kind: FieldKind::Word(&Of(
            |source: &Source| source.standing,
            |raw: &mut RawSource, standing| raw.source.standing = Some(standing),
        )),
    },
    Field {
        info: info("cadence", ("频次", "cadence")).about("多久出一次", "How often it appears"),
        kind: FieldKind::Word(&Of(
            |source: &Source| source.cadence,
            |raw: &mut RawSource, cadence| raw.source.cadence = Some(cadence),
        )),
    },
    Field {
        info: info("reading", ("阅读", "reading")).about(
            "读了多少；cited 为只见于他文",
            "How much of it was read; cited: known only through another text",
        ),
        kind: FieldKind::Word(&Of(
            |source: &Source| source.reading,
            |raw: &mut RawSource, reading| raw.source.reading = Some(reading),
        )),
    },
    Field {
        info: info("grade", ("等级", "grade"))
            .about("其数值的等级，数值自己没写时", "Grade of its figures where they have none of their own"),
        kind: FieldKind::Word(&Of(
            |source: &Source| source.grade,
            |raw: &mut RawSource, grade| raw.source.grade = Some(grade),
        )),
    },
    Field {
        info: info("note", ("说明", "note")).about("说明", "A remark"),
        kind: FieldKind::Text(
            TextForm::Lines,
            |source| source.note.as_ref(),
            |raw, text| raw.source.note = Some(text),
        ),
    },
    Field {
        info: info("sha256", ("摘要值", "digest"))
            .about("整份文件的 SHA-256，CRLF 作 LF", "SHA-256 of the whole file's bytes, CRLF as LF"),
        kind: FieldKind::Line(
            LineForm::Digest,
            |source| source.sha256.as_deref(),
            |raw, sum| raw.source.sha256 = Some(sum),
        ),
    },
    Field {
        info: info("section", ("章节", "sections"))
            .headed()
            .about("已登记段落的章节", "Its sections, where its paragraphs are registered"),
        kind: FieldKind::Tables(&NestedTables {
            table: &SECTION,
            want: ExpectedValue::Tables,
            get: |source: &Source| rows(&SECTION, &source.sections),
            keep: |_, section, _| Some(section),
            set: |raw: &mut RawSource, sections: Box<[RawSection]>| {
                let (sections, links): (Vec<_>, Vec<_>) = sections.into_iter().unzip();
                (raw.source.sections, raw.maps_to) = (sections.into(), links);
            },
        }),
    },
];

static SECTION: FieldTable<RawSection, SourceSection> = FieldTable {
    heading: "",
    name: "section",
    want: ExpectedValue::Table,
    about: (
        "已登记文件的一节：s0 在 `#` 标题之下，其后每个 `##` 标题一节，按文件次序。",
        "A section of a registered document: s0 below the `#` title, then one for each `##` heading in file order.",
    ),
    blank: || {
        let section = SourceSection {
            id: Box::default(),
            heading: Text::default(),
            sha256: None,
            maps_to: Box::default(),
            order: None,
            paragraphs: Box::default(),
        };
        (section, Box::default())
    },
    short: None,
    fields: &[SECTION_FIELDS],
};

const SECTION_FIELDS: &[Field<RawSection, SourceSection>] = &[
        Field { info: info("id", ("编号", "id")).essential().about("编号，如 `s3`", "Its id, such as `s3`"), kind: FieldKind::Id(|section| Some(&section.id), |raw, id| raw.0.id = id.as_str().into()) },
        Field { info: info("heading", ("标题", "heading")).about("标题行，不带 `#`；英文为我们的译文", "The heading line without `#`; the English is our rendering"), kind: FieldKind::Text(
                TextForm::Line,
                |section| Some(&section.heading).filter(|heading| !heading.is_empty()),
                |raw, text| raw.0.heading = text,
            ) },
        Field { info: info("sha256", ("摘要值", "digest")).about(
            "标题行（带 `#`）与各段落的 SHA-256，各自去首尾空白，以换行相连",
            "SHA-256 of the heading line (with its `#`) and all paragraphs, each trimmed, joined by a line feed",
        ), kind: FieldKind::Line(LineForm::Digest, |section| section.sha256.as_deref(), |raw, sum| raw.0.sha256 = Some(sum)) },
        Field { info: info("maps_to", ("对应", "maps to")).about("所谈的节点", "The nodes it is about"), kind: FieldKind::Tables(&NestedTables {
                table: &LINK,
                want: ExpectedValue::List,
                get: |section: &SourceSection| section.maps_to.iter().map(|own| link(own, None)).collect(),
                keep: |_, link, _| Some(link),
                set: |raw: &mut RawSection, links| raw.1 = links,
            }) },
        Field { info: info("order", ("次序", "order")).about("还原阅读次序时的位置，原文次序打乱时才写", "Its place in reading order, where the copy is scrambled"), kind: FieldKind::Count(|section| section.order, |raw, order| raw.0.order = Some(order)) },
        Field { info: info("paragraphs", ("段落", "paragraphs")).about("段落", "Its paragraphs"), kind: FieldKind::Tables(&NestedTables {
                table: &PARAGRAPH,
                want: ExpectedValue::Tables,
                get: |section: &SourceSection| rows(&PARAGRAPH, &section.paragraphs),
                keep: |_, paragraph, _| Some(paragraph),
                set: |raw: &mut RawSection, all| raw.0.paragraphs = all,
            }) },
    ];

static PARAGRAPH: FieldTable<Paragraph, Paragraph> = FieldTable {
    heading: "",
    name: "paragraph",
    want: ExpectedValue::Table,
    about: (
        "一段：去首尾空白的非空行，在本节内从1编号。",
        "A paragraph: a line that is not blank, trimmed, numbered from 1 within its section.",
    ),
    blank: || Paragraph { id: Box::default(), sha256: None, continues: None },
    short: None,
    fields: &[PARAGRAPH_FIELDS],
};

const PARAGRAPH_FIELDS: &[Field<Paragraph, Paragraph>] = &[
    Field {
        info: info("id", ("编号", "id")).essential().about("编号，如 `p4`", "Its id, such as `p4`"),
        kind: FieldKind::Id(|own| Some(&own.id), |raw, id| raw.id = id.as_str().into()),
    },
    Field {
        info: info("sha256", ("摘要值", "digest"))
            .about("去首尾空白后的 SHA-256", "SHA-256 of the trimmed line"),
        kind: FieldKind::Line(
            LineForm::Digest,
            |own| own.sha256.as_deref(),
            |raw, sum| raw.sha256 = Some(sum),
        ),
    },
    Field {
        info: info("continues", ("上接", "continues")).about(
            "被切断的句子上接的段落，如 `s6.p9`",
            "The paragraph whose cut sentence goes on here, such as `s6.p9`",
        ),
        kind: FieldKind::Line(
            LineForm::Any,
            |own| own.continues.as_deref(),
            |raw, place| raw.continues = Some(place),
        ),
    },
];

/// `[[fact]]`.
pub(crate) static FACT: FieldTable<RawFact, Fact> = FieldTable {
    heading: "[[fact]]",
    name: "fact",
    want: ExpectedValue::Table,
    about: ("取自一份文件的一个事实。", "A fact taken from a document."),
    blank: || RawFact {
        fact: Fact {
            id: Box::default(),
            source: SourceId(0),
            at: None,
            subject: Text::default(),
            written: None,
            also_written: Box::default(),
            names: Box::default(),
            value: None,
            unit: None,
            bound: Bound::Exact,
            when: When::Unstated,
            published: None,
            node: None,
            left_out: None,
        },
        time: RawTime::default(),
        node: None,
        id_at: ByteSpan::default(),
    },
    short: None,
    fields: &[CITATION, FACT_TIME, CARRIED],
};

const CITATION: &[Field<RawFact, Fact>] = &[
    Field { info: info("id", ("编号", "id")).essential().about("稳定的编号", "Stable id"), kind: FieldKind::Id(|fact| Some(&fact.id), |raw, id| raw.fact.id = id.as_str().into()) },
    Field { info: info("source", ("来源", "source")).essential().about("取自哪份文件", "The document"), kind: FieldKind::Source(|fact| Some(fact.source), |raw, id| raw.fact.source = id) },
    Field { info: info("at", ("位置", "place")).about("在文件中的位置，如 `s3.p3`", "Where in it, such as `s3.p3`"), kind: FieldKind::Line(LineForm::Any, |fact| fact.at.as_deref(), |raw, at| raw.fact.at = Some(at)) },
    Field { info: info("subject", ("事由", "subject")).required().about("谁或什么", "Who or what"), kind: FieldKind::Text(TextForm::Line, |fact| Some(&fact.subject), |raw, text| raw.fact.subject = text) },
    Field { info: info("written", ("原文写法", "as written")).about(
        "数字在文件中的原样，为该段落的一部分；只是名称的事实不写",
        "The figure exactly as the document writes it, a part of that paragraph; left out for a fact that is only a name",
    ), kind: FieldKind::Line(LineForm::Any, |fact| fact.written.as_deref(), |raw, line| raw.fact.written = Some(line)) },
    Field { info: info("also_written", ("一并写出", "also written")).about("同一处一并交代的其他数字", "Other figures of the same place that this one accounts for"), kind: FieldKind::Lines(|fact| &fact.also_written, |raw, lines| raw.fact.also_written = lines) },
    Field { info: info("names", ("名称", "names")).about("所引的名称，各为该段落的一部分", "Names cited, each a part of the paragraph"), kind: FieldKind::Lines(|fact| &fact.names, |raw, lines| raw.fact.names = lines) },
    Field { info: info("value", ("数值", "value")).about("解读后的数值，8.4万 写84000", "The figure as a number: 84000 for 8.4万"), kind: FieldKind::Number(|fact| fact.value, |raw, number| raw.fact.value = Some(number)) },
    Field { info: info("unit", ("单位", "unit")).about("单位", "Its unit"), kind: FieldKind::Text(TextForm::Line, |fact| fact.unit.as_ref(), |raw, text| raw.fact.unit = Some(text)) },
    Field { info: info("bound", ("界限", "bound")).or("exact").about("数值对真值说了什么", "What the figure says of the true value"), kind: FieldKind::Word(&Of(|fact: &Fact| Some(fact.bound), |raw: &mut RawFact, bound| raw.fact.bound = bound)) },
];

const FACT_TIME: &[Field<RawFact, Fact>] = time_fields!(RawFact, Fact);

const CARRIED: &[Field<RawFact, Fact>] = &[
    Field {
        info: info("published", ("发布", "published")).about("发布之日", "The day it was published"),
        kind: FieldKind::Moment(|fact| fact.published, |raw, at| raw.fact.published = Some(at)),
    },
    Field {
        info: info("node", ("节点", "node"))
            .about("载有它的节点；或写 `left_out`", "The node that carries it; or `left_out`"),
        kind: FieldKind::Name(
            ReferenceTarget::Node,
            |fact| fact.node.map(FieldValue::Node),
            |raw, name| raw.node = Some(name),
        ),
    },
    Field {
        info: info("left_out", ("未收的理由", "why left out"))
            .about("为什么没有节点载有它", "Why no node carries it"),
        kind: FieldKind::Text(
            TextForm::Lines,
            |fact| fact.left_out.as_ref(),
            |raw, text| raw.fact.left_out = Some(text),
        ),
    },
];

/// `[[term]]`.
pub(crate) static TERM: FieldTable<GlossaryTerm, GlossaryTerm> = FieldTable {
    heading: "[[term]]",
    name: "term",
    want: ExpectedValue::Table,
    about: ("术语表的一条。", "An entry of the glossary."),
    blank: || GlossaryTerm {
        id: Box::default(),
        title: Text::default(),
        accept: Box::default(),
        avoid: Box::default(),
        summary: None,
        enforce: Enforce::AvoidOnly,
        senses: Box::default(),
        evidence: Box::default(),
    },
    short: None,
    fields: &[TERM_FIELDS],
};

const TERM_FIELDS: &[Field<GlossaryTerm, GlossaryTerm>] = &[
        Field { info: info("id", ("编号", "id")).essential().about("稳定的编号", "Stable id"), kind: FieldKind::Id(|term| Some(&term.id), |raw, id| raw.id = id.as_str().into()) },
        Field { info: info("title", ("术语", "title")).required().about("术语及其既定译名", "The term and its established renderings"), kind: FieldKind::Text(TextForm::Line, |term| Some(&term.title), |raw, text| raw.title = text) },
        Field { info: info("accept", ("可用", "accepted")).about("其他可用的译法", "Other renderings that are fine"), kind: FieldKind::Lines(|term| &term.accept, |raw, lines| raw.accept = lines) },
        Field { info: info("avoid", ("不用", "avoided")).about("不对的译法", "Renderings that are wrong"), kind: FieldKind::Lines(|term| &term.avoid, |raw, lines| raw.avoid = lines) },
        Field { info: info("summary", ("含义", "summary")).about("含义", "What it means"), kind: FieldKind::Text(TextForm::Lines, |term| term.summary.as_ref(), |raw, text| raw.summary = Some(text)) },
        Field { info: info("enforce", ("检查", "enforced")).or("false").about(
            "true：名称或说明的中文有此术语而译文没有既定或可用的译法时，check 提醒",
            "true: `check` warns where a Chinese title or summary has the term and the English one has no rendering of it",
        ), kind: FieldKind::Flag(
                |term| term.enforce == Enforce::Rendering,
                |raw, is| raw.enforce = if is { Enforce::Rendering } else { Enforce::AvoidOnly },
            ) },
        Field { info: info("senses", ("义项", "senses")).about("义项，多义时才写；节点以 `术语.义项` 指明", "Its senses, where it has several; a node names one as `term.sense`"), kind: FieldKind::Tables(&NestedTables {
                table: &SENSE,
                want: ExpectedValue::Tables,
                get: |term: &GlossaryTerm| rows(&SENSE, &term.senses),
                keep: |_, sense, _| Some(sense),
                set: |raw: &mut GlossaryTerm, senses| raw.senses = senses,
            }) },
        Field { info: info("evidence", ("出处", "evidence")).about("含义的出处", "Where its meaning comes from"), kind: FieldKind::Tables(&NestedTables {
                table: &EVIDENCE,
                want: ExpectedValue::Tables,
                get: |term: &GlossaryTerm| rows(&EVIDENCE, &term.evidence),
                keep: |_, evidence, _| Some(evidence),
                set: |raw: &mut GlossaryTerm, all| raw.evidence = all,
            }) },
    ];

static SENSE: FieldTable<TermSense, TermSense> = FieldTable {
    heading: "",
    name: "sense",
    want: ExpectedValue::Table,
    about: ("术语的一个义项。", "One of several senses of a term."),
    blank: || TermSense { id: Box::default(), title: Text::default(), note: None },
    short: None,
    fields: &[SENSE_FIELDS],
};

const SENSE_FIELDS: &[Field<TermSense, TermSense>] = &[
    Field {
        info: info("id", ("编号", "id")).essential().about("在术语内的编号", "Its id within the term"),
        kind: FieldKind::Id(|sense| Some(&sense.id), |raw, id| raw.id = id.as_str().into()),
    },
    Field {
        info: info("title", ("术语", "title")).required().about("取此义时的术语", "The term in this sense"),
        kind: FieldKind::Text(TextForm::Line, |sense| Some(&sense.title), |raw, text| raw.title = text),
    },
    Field {
        info: info("note", ("说明", "note")).about("何时取此义", "When it is meant"),
        kind: FieldKind::Text(
            TextForm::Lines,
            |sense| sense.note.as_ref(),
            |raw, text| raw.note = Some(text),
        ),
    },
];
