//! That every verdict can be followed back, whatever the figures.

use jiff::civil::date;

use super::*;
use crate::plan::as_of::AsOf;
use crate::plan::load::{PlanSource, load};
use crate::progress::{ArithmeticTerm, Judge};
use crate::text::{Lang, ShownLanguages};

#[test]
fn every_node_of_the_158n_plan_is_explained_in_both_languages_without_a_number_that_is_none() {
    let loaded = load(&PlanSource::Bundled).unwrap();
    let plan = &loaded.plan;
    for rule in RuleRef::ALL {
        let as_of = AsOf::on(date(2026, 11, 23));
        let states = States::new(&Judge::new(plan, rule, as_of), |_| JournalData::default());
        for ui in [Ui::Zh, Ui::En] {
            let reader = PageReader { plan, show: ShownLanguages::Both(Lang(0), Lang(1)), ui, rule, as_of };
            for node in plan.tree.ids() {
                let card = reader.explain(node, None, &states);
                let title = &plan.tree.node(node).key;
                let kinds: Vec<SectionKind> = card.sections.iter().map(|section| section.kind).collect();
                assert_eq!(kinds[..2], [SectionKind::Verdict, SectionKind::Sides], "{title}");
                let text = format!("{:?}", card.sections);
                assert!(!text.contains("NaN") && !text.contains("inf "), "{title}: {text}");
                // Whatever has an actual and a target shows both, and the difference between them.
                let found = Judge::new(plan, rule, as_of).assess(node, &JournalData::default());
                if found.is_some_and(|found| !found.steps.is_empty()) {
                    assert!(
                        kinds.contains(&SectionKind::Figures) && kinds.contains(&SectionKind::Arithmetic),
                        "{title}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_landing_is_a_year_and_has_no_thousands() {
    assert_eq!(ArithmeticTerm::Landing.shown(2040.333), "2040.3");
    assert_eq!(ArithmeticTerm::ToGo.shown(12_345.6), "12,345.6");
    assert_eq!(ArithmeticTerm::Landing.shown(1e300), rounded(1e300, 1));
}

#[test]
fn dates_tried_for_a_figure_that_may_be_an_addition_say_how_it_is_taken() {
    let loaded = load(&PlanSource::Bundled).unwrap();
    let (plan, rule) = (&loaded.plan, RuleRef::PACE);
    let as_of = AsOf::on(date(2026, 11, 23));
    let states = States::new(&Judge::new(plan, rule, as_of), |_| JournalData::default());
    let reader = PageReader { plan, show: ShownLanguages::Both(Lang(0), Lang(1)), ui: Ui::Zh, rule, as_of };
    let node = plan.tree.find("a7.cooperative-education.count").unwrap();
    let card = reader.explain(node, None, &states);
    let tried = card.sections.iter().find(|section| section.kind == SectionKind::IfDue).unwrap();
    let said = format!("{tried:?}");
    for label in ["2027 总量", "2027, a total", "2035 增量", "2035, an addition"] {
        assert_eq!(said.matches(label).count(), 1, "{label}: {said}");
    }
}
