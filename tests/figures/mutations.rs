//! Drafts made from the plan's own titles, values and sources, one thing changed in each: what is wrong has to
//! be found, and what was left alone must not be called wrong.
//!
//! The sentences are made here and not by the grammar's rules: a title, a year, an amount as people write it.

use fastrand::Rng;
use plan158::intake::TextDocument;
use plan158::intake::document::{self};
use plan158::intake::report::Comparison;
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{PlanSource, load};
use plan158::plan::metric::{Amount, Bound, Kind, Measure, Metric, Moment, Value, When};
use plan158::plan::{Node, Plan};

/// What is changed of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mutation {
    Nothing,
    Value,
    Magnitude,
    Unit,
    Bound,
    Year,
    Source,
    Subject,
}

const MUTATIONS: [Mutation; 7] = [
    Mutation::Value,
    Mutation::Magnitude,
    Mutation::Unit,
    Mutation::Bound,
    Mutation::Year,
    Mutation::Source,
    Mutation::Subject,
];

/// The parts of a sentence about one value.
#[derive(Clone, Debug)]
struct Statement {
    subject: String,
    number: f64,
    places: usize,
    unit: String,
    measure: Measure,
    bound: Bound,
    year: i16,
    source: String,
    is_target: bool,
    is_period: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tongue {
    Chinese,
    English,
}

fn year(value: &Value) -> Option<i16> {
    match value.when {
        When::At(at) => Some(at.year()),
        When::Announced(at) => Some(at.last().year()),
        When::Period(Moment::Year(_), Moment::Year(to)) => Some(to),
        _ => None,
    }
}

fn wording(text: &plan158::text::Text, tongue: Tongue) -> Option<String> {
    let at = if tongue == Tongue::Chinese { 0 } else { 1 };
    text.get(plan158::text::Lang(at)).map(str::to_owned)
}

fn statement(
    plan: &Plan,
    node: &Node,
    metric: &Metric,
    value: &Value,
    is_target: bool,
    tongue: Tongue,
) -> Option<Statement> {
    let Amount::Number(number) = value.amount else { return None };
    if value.kind != Kind::Level || !metric.measure.has_unit() {
        return None;
    }
    let source = value.source?;
    Some(Statement {
        subject: wording(&node.title, tongue)?,
        number: number.value,
        places: usize::from(number.places),
        unit: wording(&metric.unit, tongue)?,
        measure: metric.measure,
        bound: value.bound,
        year: year(value)?,
        source: wording(&plan.source(source).title, tongue)?,
        is_target,
        is_period: matches!(value.when, When::Period(..)),
    })
}

fn statements(plan: &Plan, tongue: Tongue) -> Vec<Statement> {
    let mut all = Vec::new();
    for node in plan.tree.nodes() {
        let Some(metric) = node.metric.as_deref() else { continue };
        let actual = metric.baseline.iter().chain(&metric.observed).map(|value| (value, false));
        let targets = metric.target.iter().map(|value| (value, true));
        all.extend(
            actual
                .chain(targets)
                .filter_map(|(value, target)| statement(plan, node, metric, value, target, tongue)),
        );
    }
    all
}

fn amount(this: &Statement, tongue: Tongue) -> String {
    let number = format!("{:.*}", this.places, this.number);
    if this.measure == Measure::Rank {
        return match tongue {
            Tongue::Chinese => format!("第{number}位"),
            Tongue::English => format!("number {number}"),
        };
    }
    let number = if this.number >= 10_000.0 && this.number % 100.0 == 0.0 && tongue == Tongue::Chinese {
        format!("{}万", this.number / 10_000.0)
    } else {
        number
    };
    let unit = &this.unit;
    let gap = if tongue == Tongue::English && !unit.starts_with('%') { " " } else { "" };
    let whole = format!("{number}{gap}{unit}");
    match (this.bound, tongue) {
        (Bound::Exact, _) => whole,
        (Bound::AtLeast, Tongue::Chinese) => format!("{whole}以上"),
        (Bound::MoreThan, Tongue::Chinese) => format!("超过{whole}"),
        (Bound::AtMost, Tongue::Chinese) => format!("不超过{whole}"),
        (Bound::About, Tongue::Chinese) => format!("约{whole}"),
        (Bound::Nearly, Tongue::Chinese) => format!("近{whole}"),
        (Bound::AtLeast, Tongue::English) => format!("at least {whole}"),
        (Bound::MoreThan, Tongue::English) => format!("more than {whole}"),
        (Bound::AtMost, Tongue::English) => format!("at most {whole}"),
        (Bound::About, Tongue::English) => format!("about {whole}"),
        (Bound::Nearly, Tongue::English) => format!("nearly {whole}"),
    }
}

fn sentence(this: &Statement, tongue: Tongue, with_source: bool) -> String {
    let (year, subject, amount) = (this.year, &this.subject, amount(this, tongue));
    match tongue {
        Tongue::Chinese => {
            let source = if with_source { format!("据《{}》，", this.source) } else { String::new() };
            let verb = if this.is_target { "达到" } else { "为" };
            let year = if this.is_target { format!("到{year}年") } else { format!("{year}年") };
            format!("{source}{year}，{subject}{verb}{amount}。")
        }
        Tongue::English => {
            let source =
                if with_source { format!("According to “{}”, ", this.source) } else { String::new() };
            let verb = if this.is_target { "is to reach" } else { "was" };
            let word = if this.is_target { "by" } else { "in" };
            format!("{source}{subject} {verb} {amount} {word} {year}.")
        }
    }
}

fn mutated(
    this: &Statement,
    mutation: Mutation,
    all: &[Statement],
    tongue: Tongue,
    random: &mut Rng,
) -> Option<Statement> {
    let mut other = this.clone();
    match mutation {
        Mutation::Nothing => {}
        Mutation::Value => {
            let step = if this.places > 0 { 1.7 } else { (this.number * 0.13).ceil().max(1.0) };
            other.number = if this.number > 90.0 && this.measure == Measure::Percentage {
                this.number - step
            } else {
                this.number + step
            };
        }
        Mutation::Magnitude => {
            if this.measure == Measure::Rank {
                return None;
            }
            other.number = if this.number >= 10_000.0 { this.number / 10_000.0 } else { this.number * 10.0 };
            other.places = if other.number.fract() > 0.0 { 2 } else { this.places };
        }
        Mutation::Unit => {
            other.unit = match (this.measure, tongue) {
                (Measure::Percentage, Tongue::Chinese) => "个百分点".into(),
                (Measure::Percentage, Tongue::English) => "percentage points".into(),
                (Measure::Unit, _) => "%".into(),
                _ => return None,
            }
        }
        Mutation::Bound if this.measure == Measure::Rank => return None,
        Mutation::Bound => {
            other.bound = match this.bound {
                Bound::Exact => *random.choice(&[Bound::MoreThan, Bound::AtLeast, Bound::Nearly])?,
                _ => Bound::Exact,
            };
        }
        // Any year of a period is one of its years.
        Mutation::Year if this.is_period => return None,
        Mutation::Year => other.year = this.year - 3 - i16::from(random.bool()),
        Mutation::Source => {
            let sources: Vec<&str> =
                all.iter().map(|other| other.source.as_str()).filter(|other| *other != this.source).collect();
            other.source = random.choice(&sources)?.to_string();
        }
        Mutation::Subject => {
            let alike: Vec<&Statement> = all
                .iter()
                .filter(|other| {
                    other.measure == this.measure && other.subject != this.subject && other.unit == this.unit
                })
                .collect();
            other.subject = random.choice(&alike)?.subject.clone();
        }
    }
    Some(other)
}

fn drafts(
    plan: &Plan,
    tongue: Tongue,
    random: &mut Rng,
    mutation: Option<Mutation>,
    count: usize,
) -> Vec<(Mutation, String)> {
    let all = statements(plan, tongue);
    let mut out = Vec::new();
    while out.len() < count {
        let this = &all[random.usize(..all.len())];
        let mutation = mutation.unwrap_or(MUTATIONS[out.len() % MUTATIONS.len()]);
        let Some(changed) = mutated(this, mutation, &all, tongue, random) else {
            continue;
        };
        // A change that makes another statement of the plan is none.
        let key =
            |one: &Statement| (one.subject.clone(), format!("{:.4}", one.number), one.unit.clone(), one.year);
        let same_source = mutation == Mutation::Source;
        if mutation != Mutation::Nothing
            && !same_source
            && all.iter().any(|one| key(one) == key(&changed) && one.bound == changed.bound)
        {
            continue;
        }
        let again =
            same_source && all.iter().any(|one| key(one) == key(&changed) && one.source == changed.source);
        if again {
            continue;
        }
        let with_source = same_source || random.u8(..4) == 0;
        out.push((mutation, sentence(&changed, tongue, with_source)));
    }
    out
}

fn document(lines: &[(Mutation, String)]) -> TextDocument {
    let text: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
    document::read(text.join("\n").as_bytes(), "draft.txt").unwrap()
}

/// The share of lines with something that differs, and what of the others there is.
fn flagged(plan: &Plan, lines: &[(Mutation, String)]) -> (usize, Vec<String>) {
    let nobody = |_| Vec::new();
    let as_of = AsOf::on(jiff::civil::date(2026, 11, 27));
    let comparison = Comparison::new(plan, as_of, &nobody);
    let findings = comparison.check(&document(lines), Some(2026));
    let mut flagged = 0;
    let mut shown = Vec::new();
    for (number, (mutation, line)) in (1..).zip(lines) {
        let of_line: Vec<_> = findings.iter().filter(|finding| finding.line == number).collect();
        let differs = of_line.iter().any(|finding| finding.verdict.differs());
        flagged += usize::from(differs);
        if differs == (*mutation == Mutation::Nothing) {
            let verdicts: Vec<&str> = of_line.iter().map(|finding| finding.verdict.word()).collect();
            shown.push(format!("{mutation:?} {line} {verdicts:?}"));
        }
    }
    (flagged, shown)
}

#[test]
fn what_was_changed_in_a_draft_is_found_and_what_was_not_is_left_alone() {
    let loaded = load(&PlanSource::Bundled).unwrap();
    let plan = &loaded.plan;
    let seed = std::env::var("PLAN158_DRAFT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(158);
    let mut random = Rng::with_seed(seed);
    for tongue in [Tongue::Chinese, Tongue::English] {
        let changed = drafts(plan, tongue, &mut random, None, 210);
        let (found, missed) = flagged(plan, &changed);
        let left = drafts(plan, tongue, &mut random, Some(Mutation::Nothing), 210);
        let (wrong, called) = flagged(plan, &left);
        println!("{tongue:?}: {found} of {} changed, {wrong} of {} left alone", changed.len(), left.len());
        println!("{}\n--\n{}", missed.join("\n"), called.join("\n"));
        assert!(found * 100 >= changed.len() * 95, "{found} of {}: {missed:#?}", changed.len());
        assert!(wrong * 100 <= left.len() * 5, "{wrong} of {}: {called:#?}", left.len());
    }
}
