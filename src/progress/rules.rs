//! The rule sets: which number is read, where its classes are cut, and what is decided before it. Data, so
//! that a plan may bring its own.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Mutex, OnceLock};

use super::pace::{Computed, Point};
use crate::plan::figure::rounded;
use crate::plan::rule_set::{BilingualText, RuleNumber, RuleSet, RuleSteps};
use crate::plan::{Plan, State};
use crate::text::Ui;
use crate::text::words::WordNames;

/// A rule set, as small as a reference. Two are the same where all that they say is.
#[derive(Clone, Copy)]
pub struct RuleRef(&'static RuleSet);

const fn said(zh: &'static str, en: &'static str) -> BilingualText {
    (Cow::Borrowed(zh), Cow::Borrowed(en))
}

const NO_WORDS: [BilingualText; 4] = [said("", ""), said("", ""), said("", ""), said("", "")];

static PACE: RuleSet = RuleSet {
    id: Cow::Borrowed("pace"),
    name: said("进度比", "pace"),
    number: RuleNumber::Pace,
    cuts: [0.95, 0.6, 0.0],
    classes: NO_WORDS,
    steps: RuleSteps::All,
    early: 0.15,
    source: said("本程序", "this program's own"),
};

static XUSHI: RuleSet = RuleSet {
    id: Cow::Borrowed("xushi"),
    name: said("序时进度", "lead over schedule (xushi)"),
    number: RuleNumber::Lead,
    cuts: [0.0, -10.0, -30.0],
    classes: [
        said("绿灯", "green"),
        said("正常", "no light"),
        said("黄灯", "yellow"),
        said("红灯", "red, far behind"),
    ],
    steps: RuleSteps::NoHold,
    early: 0.3,
    source: said(
        "中国城市监测的做法；界线取自一市公布的标准：落后10—30个百分点为黄灯，更多为红灯",
        "practice of Chinese city monitoring; the cuts are one city's published scale: yellow 10 to 30 points behind, red beyond",
    ),
};

static OPEN_SDG: RuleSet = RuleSet {
    id: Cow::Borrowed("opensdg"),
    name: said("复合增长比（Open SDG）", "compound ratio (Open SDG)"),
    number: RuleNumber::CompoundRatio,
    cuts: [0.95, 0.6, 0.0],
    classes: [
        said("显著进展", "substantial progress"),
        said("中等进展", "moderate progress"),
        said("有限进展", "limited progress"),
        said("恶化", "deterioration"),
    ],
    steps: RuleSteps::None,
    early: 0.15,
    source: said(
        "Open SDG 的进展计算方法（sdg-build ProgressMeasure，提交 139fede）",
        "Open SDG progress methodology (sdg-build ProgressMeasure, commit 139fede)",
    ),
};

static PROJECTION: RuleSet = RuleSet {
    id: Cow::Borrowed("projection"),
    name: said("趋势外推", "projection"),
    number: RuleNumber::ProjectedShare,
    cuts: [0.95, 0.1, 0.0],
    classes: NO_WORDS,
    steps: RuleSteps::NoHold,
    early: 0.15,
    source: said(
        "0.95 和 0.1 依联合国可持续发展目标进展图（2023），0为本程序所加",
        "0.95 and 0.1 follow the UN SDG Progress Chart 2023, 0 is this program's own",
    ),
};

/// Rule sets of plans and settings. A set that was read once stays for as long as the program runs, so that a
/// reloaded plan adds nothing.
static OWN: Mutex<Vec<&'static RuleSet>> = Mutex::new(Vec::new());

/// The rule sets of a person's settings, which are there whatever plan is opened.
static OF_SETTINGS: OnceLock<Vec<RuleRef>> = OnceLock::new();

/// Slack at a cut-off, so that a ratio that is .95 on paper is .95 here too.
pub(super) const CUT_SLACK: f64 = 1e-9;

impl RuleRef {
    /// The pace ρ: the default.
    pub const PACE: RuleRef = RuleRef(&PACE);
    /// 序时进度: the lead D in points.
    pub const XUSHI: RuleRef = RuleRef(&XUSHI);
    /// Open SDG's method.
    pub const OPEN_SDG: RuleRef = RuleRef(&OPEN_SDG);
    /// The share that the growth so far leads to.
    pub const PROJECTION: RuleRef = RuleRef(&PROJECTION);
    /// Those that are always there.
    pub const ALL: [RuleRef; 4] = [Self::PACE, Self::XUSHI, Self::OPEN_SDG, Self::PROJECTION];

    /// What those are called, as words of the command line.
    pub const NAMES: &[WordNames] = &[
        WordNames { key: "pace", zh: "进度比", en: "pace", also: &[] },
        WordNames { key: "xushi", zh: "序时进度", en: "lead over schedule", also: &[] },
        WordNames { key: "opensdg", zh: "复合增长比", en: "compound ratio", also: &[] },
        WordNames { key: "projection", zh: "趋势外推", en: "projection", also: &[] },
    ];

    /// A rule set that a plan or the settings bring.
    pub fn own(set: &RuleSet) -> Self {
        let mut known = OWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(same) = known.iter().find(|one| **one == set) {
            return Self(same);
        }
        let kept: &'static RuleSet = Box::leak(Box::new(set.clone()));
        known.push(kept);
        Self(kept)
    }

    /// Takes the rule sets of a person's settings. Only the first call of a run counts.
    pub fn add_own(sets: &[RuleSet]) {
        let _ = OF_SETTINGS.set(sets.iter().map(Self::own).collect());
    }

    /// Every rule set there is for a plan: the built-in ones, the plan's own, and those of the settings whose
    /// names the plan has not given to its own.
    pub fn all(plan: &Plan) -> Vec<Self> {
        let mut all: Vec<Self> =
            Self::ALL.into_iter().chain(plan.rules.iter().map(|own| Self::own(&own.set(plan)))).collect();
        for rule in OF_SETTINGS.get().into_iter().flatten() {
            if all.iter().all(|known| known.word() != rule.word()) {
                all.push(*rule);
            }
        }
        all
    }

    /// The built-in rule set of a name.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }

    /// The rule set itself, whether the program's or the plan's own.
    pub fn set(self) -> &'static RuleSet {
        self.0
    }

    /// What files, flags and exports call it.
    pub fn word(self) -> &'static str {
        &self.0.id
    }

    /// Lower ends of on-track, needs-acceleration and limited; each belongs to the better class.
    pub fn cuts(self) -> [f64; 3] {
        self.0.cuts
    }

    /// Whether it is Open SDG's method as a whole.
    pub(super) fn is_open_sdg(self) -> bool {
        self.0.steps == RuleSteps::None
    }

    pub(super) fn number(self, point: &Point<'_>) -> Computed {
        match self.0.number {
            RuleNumber::Pace => point.pace(),
            RuleNumber::Lead => point.lead(),
            RuleNumber::CompoundRatio => point.compound_ratio(),
            RuleNumber::ProjectedShare => point.projected_share(),
        }
    }

    /// The class of a number. A lead says how far behind schedule something is, which is no step back: `fell`
    /// says whether it is one.
    pub fn class(self, number: f64, fell: bool) -> State {
        let class = class_of(number, self.0.cuts);
        match (self.0.number, class) {
            (RuleNumber::Lead, State::Regressing) if !fell => State::Limited,
            _ => class,
        }
    }

    /// Its own word for the class of a number; `None` where the class is called as its state is.
    pub fn class_word(self, number: f64, cuts: [f64; 3], ui: Ui) -> Option<&'static str> {
        let at = place_of(number, cuts);
        Some(RuleSet::text(&self.0.classes[at], ui)).filter(|word| !word.is_empty())
    }

    /// What its four classes are called, the best first: the state, and its own word where it has one.
    pub fn class_names(self, ui: Ui) -> [String; 4] {
        let states = [State::OnTrack, State::NeedsAcceleration, State::Limited, State::Regressing];
        let mut at = 0;
        states.map(|state| {
            let word = RuleSet::text(&self.0.classes[at], ui);
            at += 1;
            let state = match (self.0.number, state) {
                (RuleNumber::Lead, State::Regressing) => {
                    let (limited, label) = (State::Limited.label(ui), state.label(ui));
                    ui.pick(
                        format!("{limited}（低于基期为{label}）"),
                        format!("{limited} ({label} where below the baseline)"),
                    )
                }
                _ => state.label(ui).to_owned(),
            };
            if word.is_empty() {
                state
            } else {
                ui.pick(format!("{word}·{state}"), format!("{word} = {state}"))
            }
        })
    }

    /// Its cut-offs in words: "ρ ≥ 0.95 顺 · ≥ 0.6 缓 · ≥ 0 微 · < 0 退", or with its own words for the classes.
    pub fn cuts_said(self, ui: Ui) -> String {
        self.cuts_as(self.symbol(), self.0.cuts, ui)
    }

    /// The same for a number with cut-offs of its own.
    pub fn cuts_as(self, symbol: &str, cuts: [f64; 3], ui: Ui) -> String {
        let states = [State::OnTrack, State::NeedsAcceleration, State::Limited, State::Regressing];
        let [first, second, third, last] =
            [0, 1, 2, 3].map(|at| match RuleSet::text(&self.0.classes[at], ui) {
                "" => states[at].sign(ui),
                word => word,
            });
        let [one, two, three] = cuts.map(|cut| rounded(cut, 6));
        format!("{symbol} ≥ {one} {first} · ≥ {two} {second} · ≥ {three} {third} · < {three} {last}")
    }

    /// The sign of its number in formulas.
    pub fn symbol(self) -> &'static str {
        match self.0.number {
            RuleNumber::Pace => "ρ",
            RuleNumber::Lead => "D",
            RuleNumber::CompoundRatio => "R",
            RuleNumber::ProjectedShare => "λ",
        }
    }

    /// What it is called on screens.
    pub fn label(self, ui: Ui) -> &'static str {
        RuleSet::text(&self.0.name, ui)
    }

    /// The publication the rule follows, in one language.
    pub fn source(self, ui: Ui) -> &'static str {
        RuleSet::text(&self.0.source, ui)
    }

    /// The one after it among those to choose from, for the key that changes it.
    #[must_use]
    pub fn after(self, all: &[RuleRef]) -> RuleRef {
        let at = all.iter().position(|rule| *rule == self).map_or(0, |at| at + 1);
        all.get(at).or(all.first()).copied().unwrap_or(RuleRef::PACE)
    }
}

impl PartialEq for RuleRef {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0) || self.0 == other.0
    }
}

impl Eq for RuleRef {}

impl fmt::Debug for RuleRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.id)
    }
}

/// Which class, the best first.
fn place_of(number: f64, cuts: [f64; 3]) -> usize {
    cuts.iter().position(|cut| number + CUT_SLACK >= *cut).unwrap_or(cuts.len())
}

/// The class of a number between cuts.
pub(super) fn class_of(number: f64, cuts: [f64; 3]) -> State {
    match place_of(number, cuts) {
        0 => State::OnTrack,
        1 => State::NeedsAcceleration,
        2 => State::Limited,
        _ => State::Regressing,
    }
}

/// A number with as many decimals as put it on its side of every cut: 0.9496 where 0.95 would be another
/// class.
pub fn beside_cuts(number: f64, places: usize, cuts: [f64; 3]) -> String {
    let class = place_of(number, cuts);
    let fits = |places: &usize| {
        let factor = 10f64.powi(i32::try_from(*places).unwrap_or(0));
        place_of((number * factor).round() / factor, cuts) == class
    };
    rounded(number, (places..=9).find(fits).unwrap_or(9))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(RuleRef::PACE, 0.95, State::OnTrack)]
    #[case(RuleRef::PACE, 0.9499, State::NeedsAcceleration)]
    #[case(RuleRef::PACE, 0.6, State::NeedsAcceleration)]
    #[case(RuleRef::PACE, 0.5999, State::Limited)]
    #[case(RuleRef::PACE, 0.0, State::Limited)]
    #[case(RuleRef::PACE, -0.0001, State::Regressing)]
    #[case(RuleRef::XUSHI, 0.0, State::OnTrack)]
    #[case(RuleRef::XUSHI, -0.01, State::NeedsAcceleration)]
    #[case(RuleRef::XUSHI, -10.0, State::NeedsAcceleration)]
    #[case(RuleRef::XUSHI, -10.01, State::Limited)]
    #[case(RuleRef::XUSHI, -30.01, State::Limited)] // red: far behind, not below the baseline
    #[case(RuleRef::OPEN_SDG, 0.6, State::NeedsAcceleration)]
    #[case(RuleRef::PROJECTION, 0.1, State::NeedsAcceleration)]
    #[case(RuleRef::PROJECTION, 0.0999, State::Limited)]
    #[case(RuleRef::PROJECTION, -0.01, State::Regressing)]
    fn the_lower_end_belongs_to_the_better_class(
        #[case] rule: RuleRef,
        #[case] number: f64,
        #[case] expected: State,
    ) {
        assert_eq!(rule.class(number, false), expected);
    }

    #[test]
    fn far_behind_schedule_is_regressing_only_below_the_baseline() {
        assert_eq!(RuleRef::XUSHI.class(-40.0, true), State::Regressing);
        assert_eq!(RuleRef::XUSHI.class(-20.0, true), State::Limited);
    }

    #[rstest]
    #[case(0.9496, 2, "0.9496")]
    #[case(0.94999, 3, "0.94999")]
    #[case(0.717, 3, "0.717")]
    #[case(0.95, 3, "0.95")]
    #[case(-0.0001, 3, "-0.0001")]
    fn a_number_is_shown_on_its_side_of_the_cut(
        #[case] number: f64,
        #[case] places: usize,
        #[case] expected: &str,
    ) {
        assert_eq!(beside_cuts(number, places, RuleRef::PACE.cuts()), expected);
    }

    #[test]
    fn rules_are_named_as_the_contract_names_them() {
        let words: Vec<_> = RuleRef::ALL.iter().map(|rule| rule.word()).collect();
        assert_eq!(words, ["pace", "xushi", "opensdg", "projection"]);
        assert!(RuleRef::NAMES.iter().map(|name| name.key).eq(words));
    }

    #[test]
    fn a_rule_set_read_twice_is_one() {
        let set = RuleSet { id: "ours".into(), ..PACE.clone() };
        let (one, other) = (RuleRef::own(&set), RuleRef::own(&set.clone()));
        assert!(std::ptr::eq(one.set(), other.set()));
        assert_ne!(one, RuleRef::PACE);
    }

    #[test]
    fn the_key_goes_round() {
        assert_eq!(RuleRef::PACE.after(&RuleRef::ALL), RuleRef::XUSHI);
        assert_eq!(RuleRef::PROJECTION.after(&RuleRef::ALL), RuleRef::PACE);
    }
}
