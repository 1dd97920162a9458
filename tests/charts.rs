//! Dial, chart and timeline, worked out by hand, and that nothing breaks them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;

use plan158::chart::timeline::{self, YearWindow};
use plan158::chart::{ChartRole, ChartRow, Dial, Glyphs, Plot};
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{PlanSource, load};
use plan158::plan::{NodeId, Plan};
use plan158::progress::{Assessment, JournalData, Judge, RuleRef, States, Timeline, time};
use plan158::text::Ui;
use plan158::text::columns::cols;

/// A plan of one metric, `m`, with these lines; as of 2026-11-23.
fn plan(lines: &str) -> Plan {
    let text = format!(
        r#"format = 1
id = "t"
title = {{ zh = "题", en = "T" }}
period = {{ start = 2024, end = 2035 }}
checkpoints = [2027, 2035]
[[level]]
id = "i"
role = "metric"
mark = "i"
label = {{ zh = "指标", en = "Indicator" }}
[[metric]]
id = "m"
level = "i"
title = {{ zh = "率", en = "Rate" }}
unit = {{ zh = "个", en = "pieces" }}
{lines}
"#
    );
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plan.toml");
    std::fs::write(&path, text).unwrap();
    load(&PlanSource::Path(path)).unwrap().plan
}

fn judge(plan: &Plan) -> Judge<'_> {
    Judge::new(plan, RuleRef::PACE, AsOf::on(date(2026, 11, 23)))
}

fn assessed(plan: &Plan) -> Assessment {
    judge(plan).assess(NodeId(0), &JournalData::default()).unwrap()
}

fn today() -> f64 {
    time::day_years(date(2026, 11, 23))
}

/// V1 of `docs/judging.md` with its step of 2027.
const V1: &str = "measure = \"percentage\"\ndirection = \"increase\"\nbaseline = { year = 2024, value = 63.5 }\nobserved = [{ year = 2025, value = 64.25 }]\ntarget = [{ year = 2035, value = 75 }]";

fn dial(lines: &str, cols: usize, glyphs: Glyphs) -> String {
    Dial::new(&assessed(&plan(lines)), Ui::En).unwrap().row(cols, glyphs).text()
}

#[test]
fn the_dial_places_every_figure_on_its_way() {
    // Of 70 columns 12 go to the ends and 19 to the figures. Of the 39 left A stands at .75/11.5 × 38 = 2.5,
    // x (64.545) at 1.045/11.5 × 38 = 3.5.
    let dots = ".".repeat(35);
    assert_eq!(dial(V1, 70, Glyphs::Ascii), format!("B 63.5 ==Ax{dots} T 75  A 64.25, x 64.545"));
    let unicode = format!("B 63.5 ━━Ax{} T 75  A 64.25 · x 64.545", "·".repeat(34));
    assert_eq!(dial(V1, 70, Glyphs::Unicode), unicode);
}

#[test]
fn a_narrow_dial_leaves_out_what_finds_no_room_and_never_the_track() {
    assert_eq!(dial(V1, 20, Glyphs::Ascii), "B 63.5 Ax...... T 75"); // 8 columns: A at .065 × 7, x at .091 × 7
    assert_eq!(cols(&dial(V1, 0, Glyphs::Ascii)), 20);
}

#[rstest]
#[case::no_baseline(
    "direction = \"increase\"\nmeasure = \"unit\"\nobserved = [{ year = 2025, value = 85 }]\ntarget = [{ year = 2028, value = 90 }]",
    "B ? ?.?.?A..... T 90  A 85"
)]
// x (82.5) at a quarter of the way
#[case::above_its_target(
    "direction = \"increase\"\nmeasure = \"unit\"\nbaseline = { year = 2024, value = 80 }\nobserved = [{ year = 2025, value = 95 }]\ntarget = [{ year = 2028, value = 90 }]",
    "B 80 ====x==========> T 90"
)]
#[case::below_its_baseline(
    "direction = \"increase\"\nmeasure = \"unit\"\nbaseline = { year = 2024, value = 80 }\nobserved = [{ year = 2025, value = 70 }]\ntarget = [{ year = 2028, value = 90 }]",
    "B 80 <.x....... T 90  A 70, x 82.5"
)]
// half the way is made, a tenth was expected
#[case::falling(
    "direction = \"decrease\"\nmeasure = \"unit\"\nbaseline = { year = 2024, value = 100 }\nobserved = [{ year = 2025, value = 50 }]\ntarget = [{ year = 2034, value = 0 }]",
    "B 100 ==x=====A....... T 0"
)]
// met though it lies behind the baseline: no way is left
#[case::behind_its_baseline(
    "direction = \"increase\"\nmeasure = \"unit\"\nbaseline = { year = 2024, value = 95 }\nobserved = [{ year = 2025, value = 98 }]\ntarget = [{ year = 2028, value = 90 }]",
    "B 95 ===============> T 90"
)]
fn a_dial_of_what_is_missing_beyond_or_falling(#[case] lines: &str, #[case] expected: &str) {
    assert_eq!(dial(lines, 26.max(cols(expected)), Glyphs::Ascii), expected);
}

fn rows(lines: &str, glyphs: Glyphs) -> Vec<String> {
    let plan = plan(lines);
    let plot = Plot::new(&plan, &assessed(&plan), today(), Ui::En).unwrap();
    plot.rows(40, 8, glyphs, Ui::En).iter().map(ChartRow::text).collect()
}

#[test]
fn the_chart_runs_from_the_first_value_to_the_end_of_the_plan() {
    let plan = plan(V1);
    let plot = Plot::new(&plan, &assessed(&plan), today(), Ui::En).unwrap();
    assert_eq!(plot.years, (2024.0, 2036.0));
    assert_eq!(plot.path, [(2025.0, 63.5), (2036.0, 75.0)]);
    assert_eq!(plot.lines, [vec![(2025.0, 63.5), (2026.0, 64.25)]]);
    assert!((plot.expected(2030.5).unwrap() - 69.25).abs() < 1e-9);
    let shown = rows(V1, Glyphs::Ascii);
    assert_eq!(shown.len(), 8);
    assert!(shown[0].starts_with("  75 +") && shown[0].ends_with('T'), "{shown:#?}");
    assert!(shown[5].starts_with("63.5 +") && shown[5].contains('B'), "{shown:#?}");
    assert!(shown[7].trim_start().starts_with("2024"), "{shown:#?}");
    assert!(shown.iter().all(|line| line.is_ascii()), "{shown:#?}");
}

#[test]
fn values_before_2015_are_left_to_the_table_and_counted() {
    let lines = "direction = \"increase\"\nmeasure = \"unit\"\nobserved = [{ year = 2001, value = 1 }, { year = 2020, value = 5 }]\ntarget = [{ year = 2030, value = 9 }]";
    let plan = plan(lines);
    let plot = Plot::new(&plan, &assessed(&plan), today(), Ui::En).unwrap();
    assert_eq!((plot.years.0, plot.earlier, plot.marks.len()), (2015.0, 1, 2));
}

#[test]
fn bounds_stand_upright_and_open_times_lie() {
    let lines = "direction = \"increase\"\nmeasure = \"unit\"\nobserved = [{ year = 2025, value = 100, to = 200 }, { announced = 2026-10-20, value = 120 }]\ntarget = [{ year = 2030, value = 300 }]";
    let shown = rows(lines, Glyphs::Ascii).join("\n");
    assert!(shown.contains('|') && shown.contains('-') && shown.contains('A'), "{shown}");
    let plan = plan(lines);
    let plot = Plot::new(&plan, &assessed(&plan), today(), Ui::En).unwrap();
    assert!(plot.legend(Glyphs::Ascii, Ui::En).contains("|- open"));
}

#[rstest]
#[case::one_point("observed = [{ year = 2025, value = 5 }]")]
#[case::flat(
    "observed = [{ year = 2024, value = 5 }, { year = 2025, value = 5 }]\ntarget = [{ year = 2030, value = 5 }]"
)]
#[case::zero("observed = [{ year = 2025, value = 0 }]\ntarget = [{ year = 2030, value = 0 }]")]
#[case::the_largest(
    "baseline = { year = 2024, value = -999999999999999 }\nobserved = [{ year = 2025, value = 999999999999999 }]\ntarget = [{ year = 2030, value = 999999999999998 }]"
)]
#[case::a_far_target("observed = [{ year = 2025, value = 1 }]\ntarget = [{ year = 9999, value = 2 }]")]
fn odd_series_are_drawn_without_a_number_that_is_none(#[case] values: &str) {
    let plan = plan(&format!("direction = \"increase\"\nmeasure = \"unit\"\n{values}"));
    let found = assessed(&plan);
    let plot = Plot::new(&plan, &found, today(), Ui::Zh).unwrap();
    assert!(plot.years.0 < plot.years.1 && plot.amounts.0 < plot.amounts.1, "{plot:?}");
    for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
        for (width, height) in [(0, 0), (20, 5), (60, 12), (300, 40)] {
            for row in plot.rows(width, height, glyphs, Ui::Zh) {
                let text = row.text();
                assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
                assert!(row.cols() <= width.max(28), "{width}: {text}");
            }
        }
    }
}

#[test]
fn a_thousand_values_are_drawn() {
    let values: Vec<String> = (0..1000)
        .map(|n| format!("{{ on = \"{}-{:02}\", value = {} }}", 1940 + n / 12, 1 + n % 12, 50 + n % 40))
        .collect();
    let lines = format!(
        "direction = \"increase\"\nmeasure = \"unit\"\nobserved = [{}]\ntarget = [{{ year = 2035, value = 99 }}]",
        values.join(", ")
    );
    let plan = plan(&lines);
    let plot = Plot::new(&plan, &assessed(&plan), today(), Ui::En).unwrap();
    assert_eq!(plot.rows(80, 12, Glyphs::Unicode, Ui::En).len(), 12);
    assert!(plot.earlier > 800);
}

#[test]
fn a_jump_is_not_joined_by_a_line() {
    let lines = "measure = \"percentage\"\ndirection = \"increase\"\nbaseline = { year = 2018, value = 95 }\nobserved = [{ year = 2019, value = 95.1 }, { year = 2020, value = 95.3 }, { year = 2021, value = 98.3 }]\ntarget = [{ year = 2035, value = 99 }]";
    let plan = plan(lines);
    let plot = Plot::new(&plan, &assessed(&plan), today(), Ui::En).unwrap();
    assert_eq!(plot.lines.iter().map(Vec::len).collect::<Vec<_>>(), [3]); // 98.3 stands alone
}

fn timeline_row(lines: &str, window: YearWindow, width: usize) -> String {
    let plan = plan(lines);
    let judge = judge(&plan);
    let states = States::new(&judge, |_| JournalData::default());
    let timeline = Timeline::new(&judge, plan.tree.ids(), &states, |_| JournalData::default());
    timeline::row(&timeline.rows[0], timeline.today, window, width, Glyphs::Ascii).text()
}

#[test]
fn marks_of_the_timeline_are_told_apart_without_colour() {
    let lines = "measure = \"unit\"\ndirection = \"increase\"\nbaseline = { year = 2023, value = 50 }\nobserved = [{ year = 2025, value = 58 }]\ntarget = [{ year = 2024, value = 60 }, { year = 2026, value = 62 }, { year = 2027, value = 70 }, { year = 2029, value = 90 }]";
    let window = YearWindow { first: 2023, last: 2028 };
    // Four columns a year, a year's end in its last: baseline 2023 at 3, overdue 2024 at 7, actual 2025 at
    // 11, today 2026.9 at 15 with the target of 2026 on it, 2027's at 19, and more beyond.
    assert_eq!(timeline_row(lines, window, 24), "   B   !   o   *   C   >");
    // Four columns hold no year and the space after it: every other one is named.
    assert_eq!(timeline::head(window, 24).text(), "2023    2025    2027    ");
}

#[test]
fn a_window_moves_by_years_and_stays_on_the_timeline() {
    let plan = plan(V1);
    let judge = judge(&plan);
    let states = States::new(&judge, |_| JournalData::default());
    let timeline = Timeline::new(&judge, plan.tree.ids(), &states, |_| JournalData::default());
    assert_eq!(YearWindow::all(&timeline), YearWindow { first: 2024, last: 2035 });
    let window = YearWindow { first: 2026, last: 2028 };
    assert_eq!(window.moved(1, &timeline), YearWindow { first: 2027, last: 2029 });
    assert_eq!(window.moved(100, &timeline), YearWindow { first: 2033, last: 2035 });
    assert_eq!(window.moved(-100, &timeline), YearWindow { first: 2024, last: 2026 });
}

#[test]
fn a_row_joins_stretches_of_one_kind() {
    let row = ChartRow::of_chars(&[(ChartRole::Path, '.'), (ChartRole::Path, '.'), (ChartRole::Actual, 'A')]);
    assert_eq!(row.0.len(), 2);
    assert_eq!((row.text().as_str(), row.cols()), ("..A", 3));
}

proptest! {
    #[test]
    fn a_dial_fits_its_width_and_has_its_letters(from in -1e14f64..1e14, now in -1e14f64..1e14, to in -1e14f64..1e14, width in 20usize..200) {
        let lines = format!("measure = \"unit\"\ndirection = \"increase\"\nbaseline = {{ year = 2024, value = {from:.0} }}\nobserved = [{{ year = 2025, value = {now:.0} }}]\ntarget = [{{ year = 2035, value = {to:.0} }}]");
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let text = dial(&lines, width, glyphs);
            prop_assert!(cols(&text) <= width, "{text}");
            prop_assert!(text.starts_with('B') && text.contains('T') && text.contains(['A', '<', '>']), "{text}");
            prop_assert!(!text.contains("NaN") && !text.contains("inf"));
            prop_assert!(glyphs == Glyphs::Unicode || text.is_ascii());
        }
    }
}
