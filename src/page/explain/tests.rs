//! That every verdict can be followed back, whatever the figures.

use jiff::civil::date;

use super::*;
use crate::plan::as_of::AsOf;
use crate::plan::load::{PlanSource, load};
use crate::progress::Judge;
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
    assert_eq!(in_term(ArithmeticTerm::Landing, 2040.333), "2040.3");
    assert_eq!(in_term(ArithmeticTerm::ToGo, 12_345.6), "12,345.6");
    assert_eq!(in_term(ArithmeticTerm::Landing, 1e300), rounded(1e300, 1));
}
