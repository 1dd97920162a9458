//! The metrics that a figure is nearest to, by the words around it: its own stretch of the clause first, then
//! the clause, then the sentence. Folded as for a search, so that case, scripts and widths do not matter.

use std::collections::{HashMap, HashSet};

use super::paragraphs::PlacedFigure;
use crate::figures::{FigureKind, TextFigure};
use crate::find::fold_text::fold;
use crate::plan::metric::{Measure, Metric};
use crate::plan::{Node, NodeId, Plan};
use crate::text::Text;

/// A metric near a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct NearNode {
    pub node: NodeId,
    /// How much of its title stands around the figure, 0 to 1.
    pub score: f64,
    /// Whether its unit and its kind of figure agree.
    pub agrees: bool,
    /// The words of its title that were found.
    pub words: Vec<String>,
}

impl NearNode {
    /// From here on a figure is taken to speak of the node.
    pub const SURE: f64 = 0.55;
    /// From here on the node is shown as one it may speak of.
    pub const POSSIBLE: f64 = 0.34;

    pub fn is_sure(&self) -> bool {
        self.score >= Self::SURE
    }
}

/// A title cut into the pieces that are looked for.
struct TitlePieces {
    pieces: Vec<(u32, f64)>,
    weight: f64,
}

struct Subject {
    node: NodeId,
    titles: Vec<TitlePieces>,
    /// Pieces of what stands above it.
    above: Vec<u32>,
}

/// The metrics of a plan, ready to be found.
pub struct NodeFinder {
    pieces: HashMap<String, u32>,
    names: Vec<String>,
    by_piece: Vec<Vec<u32>>,
    subjects: Vec<Subject>,
}

/// English words that say nothing of what is counted.
const NO_WORDS: [&str; 44] = [
    "the", "of", "in", "and", "a", "an", "to", "for", "on", "by", "with", "at", "from", "is", "are", "was",
    "were", "be", "has", "have", "had", "its", "it", "that", "which", "as", "this", "than", "more", "over",
    "about", "per", "cent", "percent", "will", "at", "least", "nearly", "up", "reached", "stood", "year",
    "years", "or",
];

/// The pieces of a text with the characters they stand at: pairs of Chinese characters, and words of other
/// scripts without their endings.
fn placed_pieces(text: &str) -> Vec<(usize, String)> {
    let chars = fold(text);
    let is_chinese = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    let place = |at: usize| usize::try_from(chars[at].chars.start).unwrap_or(usize::MAX);
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let mut end = at;
        if is_chinese(chars[at].c) {
            while end < chars.len() && is_chinese(chars[end].c) {
                end += 1;
            }
            let pair = |first: usize| [chars[first].c, chars[first + 1].c].iter().collect();
            out.extend((at..end.saturating_sub(1)).map(|first| (place(first), pair(first))));
        } else if chars[at].c.is_alphanumeric() {
            while end < chars.len() && chars[end].c.is_alphanumeric() && !is_chinese(chars[end].c) {
                end += 1;
            }
            let word: String = chars[at..end].iter().map(|folded| folded.c).collect();
            if !NO_WORDS.contains(&word.as_str()) {
                out.push((place(at), stem(&word)));
            }
        }
        at = end.max(at + 1);
    }
    out
}

fn pieces_of(text: &str) -> Vec<String> {
    placed_pieces(text).into_iter().map(|(_, piece)| piece).collect()
}

/// The pieces of a line that some title has, in order.
pub struct LinePieces {
    pieces: Vec<(usize, u32)>,
}

/// How near each piece stands to a figure.
struct Zones {
    near: Vec<f64>,
    /// The pieces that stand anywhere near.
    pieces: Vec<u32>,
}

impl Zones {
    fn of(&self, piece: u32) -> f64 {
        self.near[piece as usize]
    }

    fn raise(&mut self, piece: u32, near: f64) {
        let own = &mut self.near[piece as usize];
        if *own == 0.0 {
            self.pieces.push(piece);
        }
        *own = own.max(near);
    }
}

/// A word without the endings that change with the sentence.
fn stem(word: &str) -> String {
    let length = word.chars().count();
    for (ending, rest) in [("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")] {
        if length > ending.len() + 3
            && let Some(start) = word.strip_suffix(ending)
            && !(ending == "s" && start.ends_with('s'))
        {
            let start = format!("{start}{rest}");
            return start.strip_suffix('e').unwrap_or(&start).to_owned();
        }
    }
    word.strip_suffix('e').filter(|_| length > 4).unwrap_or(word).to_owned()
}

impl NodeFinder {
    pub fn new(plan: &Plan) -> Self {
        let metrics: Vec<(NodeId, &Node)> = plan
            .tree
            .ids()
            .map(|id| (id, plan.tree.node(id)))
            .filter(|(_, node)| node.metric.as_deref().is_some_and(|metric| metric.measure.has_unit()))
            .collect();
        let titles = |node: &Node| {
            let mut titles: Vec<String> = Vec::new();
            let mut add = |text: &Text| titles.extend(text.iter().map(|(_, wording)| wording.to_owned()));
            add(&node.title);
            node.title_short().into_iter().for_each(&mut add);
            node.former_titles().iter().for_each(&mut add);
            titles
        };
        let mut finder =
            Self { pieces: HashMap::new(), names: Vec::new(), by_piece: Vec::new(), subjects: Vec::new() };
        let cut: Vec<Vec<Vec<u32>>> = metrics
            .iter()
            .map(|(_, node)| titles(node).iter().map(|title| finder.numbers(&pieces_of(title))).collect())
            .collect();
        // A piece that many titles have tells them apart less.
        let mut count = vec![0usize; finder.names.len()];
        for titles in &cut {
            let seen: HashSet<u32> = titles.iter().flatten().copied().collect();
            seen.iter().for_each(|piece| count[*piece as usize] += 1);
        }
        let total = to_f64(metrics.len().max(1));
        let weight =
            |piece: u32| 0.35 + (total / to_f64(count[piece as usize].max(1))).ln() / total.ln().max(1.0);
        let weighed: Vec<Vec<TitlePieces>> = cut
            .iter()
            .map(|titles| {
                let weigh = |pieces: &Vec<u32>| {
                    let pieces: Vec<(u32, f64)> =
                        pieces.iter().map(|piece| (*piece, weight(*piece))).collect();
                    TitlePieces { weight: pieces.iter().map(|(_, weight)| weight).sum(), pieces }
                };
                titles.iter().map(weigh).filter(|title| !title.pieces.is_empty()).collect()
            })
            .collect();
        for ((id, _), titles) in metrics.iter().zip(weighed) {
            let mut above = Vec::new();
            for up in plan.tree.ancestors(*id) {
                for (_, wording) in plan.tree.node(up).title.iter() {
                    let pieces = pieces_of(wording);
                    above.extend(finder.numbers(&pieces));
                }
            }
            let index = u32::try_from(finder.subjects.len()).unwrap_or(u32::MAX);
            let own: HashSet<u32> =
                titles.iter().flat_map(|title| &title.pieces).map(|(piece, _)| *piece).collect();
            for piece in own {
                finder.by_piece[piece as usize].push(index);
            }
            finder.subjects.push(Subject { node: *id, titles, above });
        }
        finder
    }

    fn numbers(&mut self, pieces: &[String]) -> Vec<u32> {
        let mut out: Vec<u32> = Vec::new();
        for piece in pieces {
            let number = match self.pieces.get(piece) {
                Some(number) => *number,
                None => {
                    let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
                    self.pieces.insert(piece.clone(), number);
                    self.names.push(piece.clone());
                    self.by_piece.push(Vec::new());
                    number
                }
            };
            if !out.contains(&number) {
                out.push(number);
            }
        }
        out
    }

    /// A line cut into the pieces that titles have.
    pub fn cut(&self, line: &str) -> LinePieces {
        let known = |(place, piece): (usize, String)| self.pieces.get(&piece).map(|number| (place, *number));
        LinePieces { pieces: placed_pieces(line).into_iter().filter_map(known).collect() }
    }

    /// The metrics around a figure of a line, the nearest first; at most eight.
    pub fn near(
        &self,
        plan: &Plan,
        (line, cut): (&[char], &LinePieces),
        placed: &PlacedFigure,
    ) -> Vec<NearNode> {
        let zones = self.zones(line, cut, placed);
        let mut seen = vec![false; self.subjects.len()];
        let mut found = Vec::new();
        for index in zones.pieces.iter().flat_map(|piece| &self.by_piece[*piece as usize]) {
            let index = *index as usize;
            if !std::mem::replace(&mut seen[index], true) {
                found.extend(self.score(plan, &self.subjects[index], &zones, &placed.figure));
            }
        }
        found.sort_by(|a: &NearNode, b: &NearNode| {
            b.agrees.cmp(&a.agrees).then(b.score.total_cmp(&a.score)).then(a.node.cmp(&b.node))
        });
        found.truncate(8);
        found
    }

    /// The pieces around a figure, each with how near it stands.
    fn zones(&self, chars: &[char], cut: &LinePieces, placed: &PlacedFigure) -> Zones {
        let figure = &placed.figure;
        let mut zones = Zones { near: vec![0.0; self.names.len()], pieces: Vec::new() };
        let mut add = |start: usize, end: usize, near: f64| {
            let from = cut.pieces.partition_point(|(place, _)| *place < start);
            for (_, piece) in cut.pieces[from..].iter().take_while(|(place, _)| *place < end) {
                zones.raise(*piece, near);
            }
        };
        // A sentence may be as long as a book; what stands far off says nothing.
        let reach = 240;
        let first = figure.sentence.start.max(figure.span.start.saturating_sub(reach));
        let last = figure.sentence.end.min(figure.span.end + reach);
        let (before, behind) = placed.between;
        let clause = figure.clause.start.max(first)..figure.clause.end.min(last);
        let own = clause.start.max(before)..clause.end.min(behind);
        add(first, last, 0.4);
        add(clause.start, clause.end, 0.5);
        // What stands behind the counter is counted; where the counter ends its item, what stands before it.
        let next = chars.get(figure.span.end);
        let ends = next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ' ' | '“' | '《' | '-'));
        let (head, tail) = if ends { (1.0, 0.45) } else { (0.85, 0.9) };
        // Where no other figure comes first, all that stands before may name what is counted.
        if before <= first {
            add(first, figure.span.start, 0.75);
        }
        // A number within a title (four or five stars) ends nothing.
        let mark = chars.get(before);
        let goes_on = !mark.is_some_and(|c| matches!(c, '、' | '，' | ',' | '；' | ';' | '和' | '与' | '及'));
        if goes_on && before > clause.start {
            add(clause.start, figure.span.start, 0.75);
        }
        add(own.start, figure.span.start, head);
        add(figure.span.end, own.end, tail);
        // Two clauses make one statement where the first names what the second counts: "…覆盖率，达95%".
        let thin = own.end.saturating_sub(own.start).saturating_sub(figure.span.len()) < 7;
        if thin {
            let reached = &chars[first.min(chars.len())..own.start.clamp(first, chars.len())];
            let from = reached.iter().rposition(|c| matches!(c, '；' | '。' | ';' | '.'));
            add(first + from.unwrap_or(0), own.end, 0.8);
        }
        if figure.what.chars().count() >= 2 {
            for piece in pieces_of(&figure.what) {
                if let Some(number) = self.pieces.get(&piece) {
                    zones.raise(*number, 1.0);
                }
            }
        }
        zones
    }

    fn score(&self, plan: &Plan, subject: &Subject, zones: &Zones, figure: &TextFigure) -> Option<NearNode> {
        let mut best: (f64, Vec<u32>) = (0.0, Vec::new());
        for title in &subject.titles {
            let hit = |piece: &u32| zones.of(*piece);
            let sum: f64 = title.pieces.iter().map(|(piece, weight)| weight * hit(piece)).sum();
            // Short titles are met by chance more easily.
            let score = sum / (title.weight + 0.6);
            if score > best.0 {
                let words =
                    title.pieces.iter().map(|(piece, _)| *piece).filter(|piece| zones.of(*piece) > 0.0);
                best = (score, words.collect());
            }
        }
        let above = subject.above.iter().filter(|piece| zones.of(**piece) > 0.0).count();
        let share = to_f64(above) / to_f64(subject.above.len().max(1));
        let metric = plan.tree.node(subject.node).metric.as_deref()?;
        let score = (best.0 + 0.12 * share).min(1.0);
        let agrees = agrees(metric, figure);
        let fits = match (agrees, metric.measure) {
            // Few titles of ranks have the words that a sentence says a rank with.
            (true, Measure::Rank) => 0.15,
            (true, _) if unit_is_own(metric, figure) => 0.03,
            (true, _) if unit_is_another(metric, figure) => -0.12,
            _ => 0.0,
        };
        (score >= NearNode::POSSIBLE * 0.8).then(|| NearNode {
            node: subject.node,
            score: score + fits,
            agrees,
            words: best.1.into_iter().map(|piece| self.names[piece as usize].clone()).collect(),
        })
    }
}

fn to_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Whether the unit of a figure is the very one of the metric.
pub fn unit_is_own(metric: &Metric, figure: &TextFigure) -> bool {
    metric.unit.iter().any(|(_, unit)| unit == figure.unit)
}

/// Counters that stand for any thing.
const ANY_THING: [&str; 8] = ["个", "项", "大", "类", "种", "重", "批", "款"];

/// Whether a figure is counted in something that the metric is not: 条 where the metric counts 人.
pub fn unit_is_another(metric: &Metric, figure: &TextFigure) -> bool {
    let is_counter = |unit: &str| {
        unit.chars().count() <= 2
            && unit.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            && !ANY_THING.contains(&unit)
    };
    let people = ["人", "名", "位", "学生", "教师", "幼儿", "儿童"];
    let own = metric.unit.iter().map(|(_, unit)| unit).find(|unit| is_counter(unit));
    let alike =
        |own: &str| own == figure.unit || (people.contains(&own) && people.contains(&figure.unit.as_str()));
    is_counter(&figure.unit) && own.is_some_and(|own| !alike(own))
}

/// Whether a figure is of the kind that a metric takes.
pub fn agrees(metric: &Metric, figure: &TextFigure) -> bool {
    match (metric.measure, figure.kind, figure.unit.as_str()) {
        (Measure::Rank, FigureKind::Rank, unit) => unit != "%",
        (_, FigureKind::Rank | FigureKind::Ordinal | FigureKind::Multiple, _) => false,
        (Measure::Rank, ..) => false,
        (Measure::Percentage, _, "%") => true,
        (Measure::Percentage, _, "pp") => has_increment(metric),
        (Measure::Percentage, ..) => false,
        (Measure::Unit, _, "%" | "pp") => metric.unit.iter().any(|(_, unit)| unit.contains('%')),
        (Measure::Unit, ..) => true,
        _ => false,
    }
}

/// Whether a metric has a value that is so much more than before.
fn has_increment(metric: &Metric) -> bool {
    metric
        .observed
        .iter()
        .chain(&metric.target)
        .any(|value| value.kind == crate::plan::metric::Kind::Increment)
}
