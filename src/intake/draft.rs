//! A draft held against the plan: whether each figure that speaks of something in it agrees.

use std::ops::Range;

use super::claims;
use super::document::TextDocument;
use super::known::{self, KnownRole, KnownValue};
use super::nearest::{LinePieces, NearNode};
use super::paragraphs::{LineChars, PlacedFigure};
use super::report::Comparison;
use crate::figures::{FigureKind, FigureTime, TextFigure};
use crate::plan::metric::{Bound, Stat};
use crate::plan::register::Standing;
use crate::plan::{NodeId, SourceId};
use crate::text::words::words;

words!(
    /// How a figure of a draft stands to the plan.
    DraftVerdict {
        Agrees = "agrees" ("一致", "agrees"),
        Value = "value" ("数值不同", "another value"),
        /// The point is elsewhere: 万 lost, or one too many.
        Magnitude = "magnitude" ("数量级不同", "another magnitude"),
        Unit = "unit" ("单位不同", "another unit"),
        Year = "year" ("年份不同", "another year"),
        OutOfDate = "out-of-date" ("已有更新的数值", "out of date"),
        /// The plan says 超 or 约, the draft does not.
        BoundLost = "bound-lost" ("丢了界限", "its bound was lost"),
        /// The draft promises more than the plan says.
        BoundSharpened = "bound-sharpened" ("界限更严", "its bound was sharpened"),
        BoundChanged = "bound-changed" ("界限不同", "another bound"),
        /// A target told as reached, or the other way round.
        FigureKind = "kind" ("目标与实际相混", "a target for an actual value, or the reverse"),
        /// The figure is another document's than the one that is named.
        OtherDocument = "other-document" ("出自另一文件", "from another document"),
        /// The figure is of something else.
        WrongSubject = "wrong-subject" ("说的是另一件事", "of something else"),
        /// First, only, leading: and nobody is named who says so.
        UnsourcedClaim = "unsourced-claim" ("“首个”“领先”等说法没有来源", "a claim without its source"),
        Unknown = "unknown" ("规划中没有", "not in the plan"),
    }
);

impl DraftVerdict {
    /// Whether something is to be corrected.
    pub fn differs(self) -> bool {
        !matches!(self, DraftVerdict::Agrees | DraftVerdict::Unknown)
    }
}

/// What was found of a figure or a claim of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftFinding {
    /// Its line, from 1.
    pub line: usize,
    /// Its characters in the line.
    pub span: Range<usize>,
    pub verdict: DraftVerdict,
    /// As the draft has it.
    pub found: String,
    /// What the plan says.
    pub expected: Option<KnownValue>,
    pub node: Option<NodeId>,
    pub source: Option<SourceId>,
    /// The reason that the draft gives for leaving it as it is.
    pub waived: Option<String>,
}

/// From here on a number that is not the plan's is called another.
const CLEAR: f64 = 0.55;
/// How far behind the best a candidate may be whose value agrees.
const CLOSE: f64 = 0.07;

/// Where the subject of a list of figures is not sure, a node this near with the very number is taken.
const NEAR_ENOUGH: f64 = 0.45;

/// The words by which a line is left out, with the reason behind them.
pub const WAIVER: &str = "plan158:ignore";

/// A verdict with what it rests on.
struct DraftJudgement {
    verdict: DraftVerdict,
    value: Option<KnownValue>,
}

impl Comparison<'_> {
    /// Every figure of a draft, and every claim without a source, in order.
    pub fn check(&self, document: &TextDocument, written: Option<i16>) -> Vec<DraftFinding> {
        let lines = LineChars::new(document);
        let mut cut: (usize, LinePieces) = (0, self.finder.cut(""));
        let mut findings: Vec<DraftFinding> = Vec::new();
        for placed in self.figures(document, written) {
            if cut.0 != placed.line {
                cut = (placed.line, self.finder.cut(&document.lines[placed.line - 1]));
            }
            findings.push(self.check_one(&lines, &cut.1, &placed));
        }
        for (number, line) in (1..).zip(&document.lines) {
            findings.extend(claims_of(number, line));
        }
        findings.sort_by_key(|finding| (finding.line, finding.span.start));
        for finding in &mut findings {
            let line = |at: usize| document.lines.get(at).map(String::as_str);
            let above = finding
                .line
                .checked_sub(2)
                .and_then(line)
                .filter(|line| line.trim_start().starts_with(['<', '%', '#', 'p']));
            finding.waived = waiver(line(finding.line - 1)).or_else(|| waiver(above));
        }
        findings
    }

    fn check_one(&self, lines: &LineChars, cut: &LinePieces, placed: &PlacedFigure) -> DraftFinding {
        let sentence = lines.sentence(placed);
        let near = self.finder.near(self.plan, (lines.line(placed.line), cut), placed);
        let (node, judged) = self.judge(placed, &near, &sentence);
        let source = judged.value.as_ref().and_then(|value| value.sources.first().copied());
        DraftFinding {
            line: placed.line,
            span: placed.figure.span.clone(),
            verdict: judged.verdict,
            found: placed.text.clone(),
            expected: judged.value,
            node,
            source,
            waived: None,
        }
    }

    fn judge(
        &self,
        placed: &PlacedFigure,
        near: &[NearNode],
        sentence: &str,
    ) -> (Option<NodeId>, DraftJudgement) {
        let figure = &placed.figure;
        let unknown = || DraftJudgement { verdict: DraftVerdict::Unknown, value: None };
        let agreeing: Vec<&NearNode> = near.iter().filter(|near| near.agrees).collect();
        let best = agreeing.first().map_or(0.0, |near| near.score);
        let close =
            agreeing.iter().filter(|near| near.score >= NearNode::SURE - 0.05 && near.score >= best - CLOSE);
        let mut first: Option<(NodeId, DraftJudgement)> = None;
        for candidate in close {
            let judged = self.beside(placed, candidate, sentence);
            if judged.verdict == DraftVerdict::Agrees {
                return (Some(candidate.node), judged);
            }
            let rank = |verdict: DraftVerdict| match verdict {
                DraftVerdict::Unknown => 2,
                DraftVerdict::Value | DraftVerdict::Magnitude => 1,
                _ => 0,
            };
            if first.as_ref().is_none_or(|(_, other)| rank(judged.verdict) < rank(other.verdict)) {
                first = Some((candidate.node, judged));
            }
        }
        let weak = first.as_ref().is_none_or(|(_, judged)| {
            matches!(judged.verdict, DraftVerdict::Unknown | DraftVerdict::Value | DraftVerdict::Magnitude)
        });
        if weak {
            // The very number, with another unit, of what the words speak of.
            let other = near
                .iter()
                .filter(|near| !near.agrees && near.score >= (NearNode::SURE - 0.05).max(best - CLOSE));
            for candidate in other {
                let values = self.values(candidate.node);
                if let Some(value) = values.iter().find(|value| value.is_equal(figure)) {
                    return (
                        Some(candidate.node),
                        DraftJudgement { verdict: DraftVerdict::Unit, value: Some(value.clone()) },
                    );
                }
            }
            if let Some((node, value)) =
                self.elsewhere(figure, &agreeing, first.as_ref().map(|(node, _)| *node))
            {
                // One of several things that the sentence speaks of is its subject too.
                let is_listed =
                    placed.between.0 > figure.sentence.start || placed.between.1 < figure.sentence.end;
                if is_listed && agreeing.iter().any(|near| near.node == node && near.score >= NEAR_ENOUGH) {
                    return (
                        Some(node),
                        DraftJudgement { verdict: DraftVerdict::Agrees, value: Some(value) },
                    );
                }
                return (
                    Some(node),
                    DraftJudgement { verdict: DraftVerdict::WrongSubject, value: Some(value) },
                );
            }
        }
        match first {
            Some((node, judged)) if judged.verdict != DraftVerdict::Unknown => (Some(node), judged),
            Some((node, judged)) => (Some(node).filter(|_| judged.value.is_some()), judged),
            None => (None, unknown()),
        }
    }

    /// A node that has this very number, where the words speak of another: only numbers that few things have.
    fn elsewhere(
        &self,
        figure: &TextFigure,
        agreeing: &[&NearNode],
        spoken_of: Option<NodeId>,
    ) -> Option<(NodeId, KnownValue)> {
        let spoken_of = spoken_of?;
        let is_target = |value: &KnownValue| {
            value.role == KnownRole::Target
                && figure.time.is_some_and(|time| value.years() == Some((time.year(), time.year())))
        };
        let digits = figure.value.to_string().chars().filter(|c| ('1'..='9').contains(c)).count();
        let is_rare = digits >= 2 || figure.bound != Bound::Exact;
        let near = agreeing.iter().map(|near| near.node);
        let all = self.plan.tree.ids();
        let same_measure = |node: &NodeId| {
            let metric = known::metric(self.plan.tree.node(*node));
            metric.is_some_and(|metric| {
                super::nearest::agrees(metric, figure) && !super::nearest::unit_is_another(metric, figure)
            })
        };
        near.chain(all).filter(|node| *node != spoken_of).filter(same_measure).find_map(|node| {
            let values = self.values(node);
            let equal = values.into_iter().find(|value| {
                value.role != KnownRole::Comparator
                    && value.is_equal(figure)
                    && (is_rare || is_target(value))
                    && value.bound == figure.bound
                    && figure.time.is_none_or(|time| value.may_be_of(time))
            })?;
            Some((node, equal))
        })
    }

    /// A sentence without the titles of a node, which may hold the name of a source.
    fn without_titles(&self, sentence: &str, node: NodeId) -> String {
        let title = &self.plan.tree.node(node).title;
        title.iter().fold(sentence.to_owned(), |rest, (_, wording)| rest.replace(wording, " "))
    }

    /// How a figure stands to the values of one node.
    fn beside(&self, placed: &PlacedFigure, near: &NearNode, sentence: &str) -> DraftJudgement {
        let figure = &placed.figure;
        let values = self.values(near.node);
        let named = self.sources.named_in(&self.without_titles(sentence, near.node));
        let role = if figure.is_aim { KnownRole::Target } else { KnownRole::Actual };
        let own = |value: &&KnownValue| {
            value.role != KnownRole::Comparator
                || value.whose.iter().any(|whose| sentence.contains(whose.as_str()))
        };
        let mut equal: Vec<&KnownValue> =
            values.iter().filter(own).filter(|value| value.is_equal(figure)).collect();
        // The one that agrees in most is the one that is meant.
        equal.sort_by_key(|value| {
            let time = figure.time.is_some_and(|time| !value.may_be_of(time));
            let source = !named.is_empty() && !value.sources.iter().any(|source| named.contains(source));
            (time, value.bound != figure.bound, source, value.role != role)
        });
        if let Some(value) = equal.first() {
            let verdict = self.same_number(placed, value, &values, &named, sentence);
            // What has been overtaken is told with what overtook it.
            let newer =
                known::newest(&values, KnownRole::Actual).filter(|_| verdict == DraftVerdict::OutOfDate);
            return DraftJudgement { verdict, value: Some(newer.unwrap_or(value).clone()) };
        }
        self.other_number(placed, near, &values, role)
    }

    fn same_number(
        &self,
        placed: &PlacedFigure,
        value: &KnownValue,
        values: &[KnownValue],
        named: &[SourceId],
        sentence: &str,
    ) -> DraftVerdict {
        let figure = &placed.figure;
        let says_year = value.years().is_some_and(|(_, last)| placed.clause.contains(&last.to_string()));
        if figure.time.is_some_and(|time| !value.may_be_of(time)) && !says_year {
            return DraftVerdict::Year;
        }
        let bound = bound(figure.bound, value.bound);
        if bound != DraftVerdict::Agrees {
            return bound;
        }
        if !named.is_empty()
            && !value.sources.is_empty()
            && !value.sources.iter().any(|source| named.contains(source))
        {
            return DraftVerdict::OtherDocument;
        }
        let standing = value.sources.first().and_then(|source| self.plan.source(*source).standing);
        let of_others = matches!(standing, Some(Standing::OtherPlan | Standing::Implementing));
        if value.role == KnownRole::Target && of_others && named.is_empty() && names_the_plan(sentence) {
            return DraftVerdict::OtherDocument;
        }
        if value.role == KnownRole::Target && !figure.is_aim && says_reached(sentence) {
            return DraftVerdict::FigureKind;
        }
        let undated = figure.time.is_none() && placed.earlier_time.is_none();
        if undated && value.role == KnownRole::Actual && !value.is_increment {
            let newest = known::newest(values, KnownRole::Actual);
            let newer = newest.is_some_and(|newest| {
                newest.last_moment() > value.last_moment()
                    && newest.amount != value.amount
                    && value.last_moment().is_some()
            });
            if newer {
                return DraftVerdict::OutOfDate;
            }
        }
        DraftVerdict::Agrees
    }

    fn other_number(
        &self,
        placed: &PlacedFigure,
        near: &NearNode,
        values: &[KnownValue],
        role: KnownRole,
    ) -> DraftJudgement {
        let figure = &placed.figure;
        let unknown = DraftJudgement { verdict: DraftVerdict::Unknown, value: None };
        let time: Option<FigureTime> = figure.time.or(placed.earlier_time);
        let of_time = |value: &&KnownValue| time.is_none_or(|time| value.may_be_of(time));
        let rivals: Vec<&KnownValue> =
            values.iter().filter(|value| value.role == role && of_time(value)).collect();
        if let Some(value) = rivals.iter().find(|value| value.is_covered_by(figure)) {
            return DraftJudgement { verdict: DraftVerdict::Agrees, value: Some((*value).clone()) };
        }
        let metric = known::metric(self.plan.tree.node(near.node));
        let counts_new = metric.is_some_and(|metric| matches!(metric.stat, Stat::Flow | Stat::Cumulative));
        let is_change = figure.kind == FigureKind::ChangeBy;
        if is_change && !counts_new && !values.iter().any(|value| value.is_increment) {
            return unknown;
        }
        let all = || values.iter().filter(|value| value.role != KnownRole::Comparator);
        if let Some(value) = all().filter(of_time).find(|value| value.power_off(figure).is_some()) {
            return DraftJudgement { verdict: DraftVerdict::Magnitude, value: Some(value.clone()) };
        }
        if near.score < CLEAR {
            return unknown;
        }
        let newest = rivals.iter().max_by_key(|value| value.last_moment().map(|at| at.to_string())).copied();
        let dated = match time {
            Some(_) => newest.filter(|value| value.years().is_some()),
            None => newest.or_else(|| known::newest(values, KnownRole::Actual)),
        };
        match dated {
            Some(value) => DraftJudgement { verdict: DraftVerdict::Value, value: Some(value.clone()) },
            None => unknown,
        }
    }
}

/// How the bound of a draft stands to the plan's, the numbers being the same.
fn bound(draft: Bound, plan: Bound) -> DraftVerdict {
    match (draft, plan) {
        (draft, plan) if draft == plan => DraftVerdict::Agrees,
        (Bound::Exact, _) => DraftVerdict::BoundLost,
        (Bound::MoreThan, Bound::AtLeast | Bound::About) | (Bound::AtLeast, Bound::About | Bound::Nearly) => {
            DraftVerdict::BoundSharpened
        }
        (Bound::MoreThan, Bound::Exact | Bound::Nearly) => DraftVerdict::BoundSharpened,
        _ => DraftVerdict::BoundChanged,
    }
}

/// Whether a sentence says that the plan itself says so.
fn names_the_plan(sentence: &str) -> bool {
    let small = sentence.to_lowercase();
    [
        "158n",
        "规划提出",
        "规划要求",
        "规划目标",
        "规划明确",
        "本规划",
        "the plan sets",
        "the plan's target",
        "the plan aims",
    ]
    .iter()
    .any(|word| small.contains(word))
}

/// Whether a sentence says that something has been reached.
fn says_reached(sentence: &str) -> bool {
    let small = sentence.to_lowercase();
    ["已达", "已经", "已实现", "达到了", "实现了", "has reached", "already", "have reached", "was achieved"]
        .iter()
        .any(|word| small.contains(word))
}

/// The claims of a line that name nobody who says so.
fn claims_of(number: usize, line: &str) -> Vec<DraftFinding> {
    let mut findings = Vec::new();
    let mut start = 0;
    for sentence in line.split_inclusive(['。', '！', '？', '；', '.', '!', '?']) {
        if let Some(place) = claims::unsourced(sentence) {
            let found: String = sentence.chars().skip(place.start).take(place.len()).collect();
            findings.push(DraftFinding {
                line: number,
                span: start + place.start..start + place.end,
                verdict: DraftVerdict::UnsourcedClaim,
                found,
                expected: None,
                node: None,
                source: None,
                waived: None,
            });
        }
        start += sentence.chars().count();
    }
    findings
}

/// The reason that a line gives for being left out.
fn waiver(line: Option<&str>) -> Option<String> {
    let (_, behind) = line?.split_once(WAIVER)?;
    let reason = behind.trim_end().trim_end_matches("-->").trim();
    let reason = reason.trim_start_matches([':', '：', ' ', '-', '—']);
    (!reason.is_empty()).then(|| reason.to_owned())
}
