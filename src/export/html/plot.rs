//! The chart of a metric as SVG: shapes say what a value is, lines what is made and what is expected; nothing
//! depends on colour.

use super::escape;
use crate::chart::{ChartRole, Plot, PlotMark};
use crate::plan::figure::told;
use crate::text::Ui;

/// The picture, in its own units; the page scales it.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 190.0;
/// Room for amounts on the left, for a label on the right, above and below.
const LEFT: f64 = 48.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 24.0;
/// Years named below, at most.
const MAX_YEARS: f64 = 7.0;

/// The chart with its legend in the languages spoken, the main one first.
pub(super) fn figure(plot: &Plot, spoken: &[Ui]) -> String {
    let canvas = SvgCanvas { plot };
    let ui = spoken.first().copied().unwrap_or(Ui::En);
    let tag = ui.pick("zh", "en");
    let name = ui.pick("数值随时间的变化，数字见表", "values over time; the table has the figures");
    let legends = spoken.iter().map(|ui| {
        let legend = escape::line(&legend(plot, *ui));
        format!("<span lang=\"{}\">{legend}</span>", ui.pick("zh", "en"))
    });
    let title = match plot.title.as_str() {
        "" => String::new(),
        title => format!("<strong>{}</strong><br>", escape::line(title)),
    };
    format!(
        "<figure lang=\"{tag}\">\n<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{name}\" fill=\"none\" stroke=\"currentColor\" font-size=\"11\">\n\
         {}{}{}{}{}{}</svg>\n<figcaption>{title}{}</figcaption>\n</figure>\n",
        canvas.axes(ui),
        canvas.unit(),
        canvas.today(),
        canvas.lines(),
        canvas.marks(),
        canvas.labels(),
        legends.collect::<Vec<_>>().join("<br>")
    )
}

struct SvgCanvas<'p> {
    plot: &'p Plot,
}

impl SvgCanvas<'_> {
    fn x(&self, at: f64) -> f64 {
        LEFT + self.plot.across(at) * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, amount: f64) -> f64 {
        HEIGHT - BOTTOM - self.plot.up(amount) * (HEIGHT - TOP - BOTTOM)
    }

    /// Years below, each under the middle of it, amounts on the left.
    fn axes(&self, ui: Ui) -> String {
        let (first, last) = self.plot.years;
        let floor = HEIGHT - BOTTOM;
        let mut svg =
            format!("<path d=\"M{LEFT} {TOP}V{floor}H{:.1}\" stroke-opacity=\".5\"/>\n", WIDTH - RIGHT);
        let every = ((last - first) / MAX_YEARS).ceil().max(1.0);
        let mut year = first;
        while year < last {
            let (at, middle) = (self.x(year), self.x(year + 0.5));
            svg.push_str(&format!("<path d=\"M{at:.1} {floor}v4\" stroke-opacity=\".5\"/>"));
            svg.push_str(&text(middle, floor + 15.0, "middle", &format!("{year:.0}")));
            year += every;
        }
        for amount in ticks(self.plot.amounts) {
            let at = self.y(amount);
            svg.push_str(&format!(
                "<path d=\"M{LEFT} {at:.1}H{:.1}\" stroke-opacity=\".15\"/>",
                WIDTH - RIGHT
            ));
            svg.push_str(&text(LEFT - 4.0, at + 4.0, "end", &told(amount, 4, ui)));
        }
        svg.push('\n');
        svg
    }

    /// What the amounts count, above them.
    fn unit(&self) -> String {
        if self.plot.unit.is_empty() { String::new() } else { text(2.0, TOP - 5.0, "start", &self.plot.unit) }
    }

    fn today(&self) -> String {
        let (first, last) = self.plot.years;
        if !(first..=last).contains(&self.plot.today) {
            return String::new();
        }
        let at = self.x(self.plot.today);
        format!("<path d=\"M{at:.1} {TOP}V{:.1}\" stroke-dasharray=\"1 3\"/>\n", HEIGHT - BOTTOM)
    }

    fn lines(&self) -> String {
        let path = |points: &[(f64, f64)], look: &str| {
            let points: Vec<String> = points
                .iter()
                .map(|(at, amount)| format!("{:.1},{:.1}", self.x(*at), self.y(*amount)))
                .collect();
            format!("<polyline points=\"{}\" {look}/>\n", points.join(" "))
        };
        let mut svg = String::new();
        if !self.plot.path.is_empty() {
            svg.push_str(&path(&self.plot.path, "stroke-dasharray=\"5 4\" stroke-opacity=\".7\""));
        }
        for line in &self.plot.lines {
            svg.push_str(&path(line, "stroke-width=\"2\""));
        }
        svg
    }

    fn marks(&self) -> String {
        self.plot.marks.iter().map(|mark| self.mark(mark)).collect()
    }

    /// A value, with lines to the ends of what is open.
    fn mark(&self, mark: &PlotMark) -> String {
        let (x, y) = (self.x(mark.at.hi()), self.y(mark.value));
        let mut svg = String::new();
        if !mark.amount.is_point() {
            let (low, high) = (self.y(mark.amount.lo()), self.y(mark.amount.hi()));
            svg.push_str(&format!("<path d=\"M{x:.1} {low:.1}V{high:.1}\" stroke-opacity=\".6\"/>"));
        }
        if !mark.at.is_point() {
            let from = self.x(mark.at.lo());
            svg.push_str(&format!("<path d=\"M{from:.1} {y:.1}H{x:.1}\" stroke-opacity=\".6\"/>"));
        }
        svg.push_str(&shape(mark.ink, x, y));
        svg.push('\n');
        svg
    }

    /// The figures of the first, the latest and the target, where they do not lie on one another.
    fn labels(&self) -> String {
        let mut taken: Vec<(f64, f64)> = Vec::new();
        let mut svg = String::new();
        let rank = |mark: &&PlotMark| match mark.ink {
            ChartRole::Target => Some(0),
            ChartRole::Actual if mark.latest => Some(1),
            ChartRole::Baseline => Some(2),
            ChartRole::Checkpoint => Some(3),
            _ => None,
        };
        let mut named: Vec<&PlotMark> = self.plot.marks.iter().filter(|mark| rank(mark).is_some()).collect();
        named.sort_by_key(rank);
        let spots: Vec<(f64, f64)> =
            self.plot.marks.iter().map(|mark| (self.x(mark.at.hi()), self.y(mark.value))).collect();
        for mark in named {
            let (x, y) = (self.x(mark.at.hi()), self.y(mark.value));
            let is_free = |at: &f64| {
                let near =
                    |other: &(f64, f64), rows: f64| (x - other.0).abs() < 40.0 && (at - other.1).abs() < rows;
                (TOP / 2.0..HEIGHT - BOTTOM).contains(at)
                    && !taken.iter().any(|other| near(other, 12.0))
                    && !spots.iter().any(|other| *other != (x, y) && near(&(other.0, other.1 + 4.0), 9.0))
            };
            let Some(at) = [y - 8.0, y + 16.0].into_iter().find(is_free) else { continue };
            taken.push((x, at));
            let anchor = match x {
                x if x > WIDTH - 60.0 => "end",
                x if x < LEFT + 24.0 => "start",
                _ => "middle",
            };
            let x = if anchor == "start" { x + 2.0 } else { x };
            svg.push_str(&text(x, at, anchor, &mark.text));
        }
        svg.push('\n');
        svg
    }
}

fn text(x: f64, y: f64, anchor: &str, words: &str) -> String {
    let words = escape::line(words);
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>")
}

/// Hollow square, full circle, hollow and full diamond.
fn shape(ink: ChartRole, x: f64, y: f64) -> String {
    let fill = if matches!(ink, ChartRole::Actual | ChartRole::Target) { "currentColor" } else { "Canvas" };
    match ink {
        ChartRole::Actual => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{fill}\"/>"),
        ChartRole::Baseline => {
            format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"7\" height=\"7\" fill=\"{fill}\"/>",
                x - 3.5,
                y - 3.5
            )
        }
        _ => format!("<path d=\"M{x:.1} {:.1}l5 5l-5 5l-5 -5z\" fill=\"{fill}\"/>", y - 5.0),
    }
}

fn legend(plot: &Plot, ui: Ui) -> String {
    let has = |ink: ChartRole| plot.marks.iter().any(|mark| mark.ink == ink);
    let open = plot.marks.iter().any(|mark| !mark.amount.is_point() || !mark.at.is_point());
    let today = (plot.years.0..=plot.years.1).contains(&plot.today);
    let parts = [
        (has(ChartRole::Baseline), ui.pick("□ 基期", "□ baseline")),
        (has(ChartRole::Actual), ui.pick("● 实际", "● actual")),
        (has(ChartRole::Checkpoint), ui.pick("◇ 其他目标", "◇ other target")),
        (has(ChartRole::Target), ui.pick("◆ 目标", "◆ target")),
        (!plot.path.is_empty(), ui.pick("╌ 预期路径", "╌ expected path")),
        (open, ui.pick("│─ 未定", "│─ open")),
    ];
    let mut said: Vec<String> =
        parts.into_iter().filter(|(shown, _)| *shown).map(|(_, words)| words.to_owned()).collect();
    if today {
        let day = &plot.as_of;
        said.push(ui.pick(format!("┊ 截至 {day}"), format!("┊ as of {day}")));
    }
    if plot.earlier > 0 {
        let (first, earlier) = (plot.years.0, plot.earlier);
        said.push(ui.pick(format!("{first}年前另有{earlier}个值"), format!("{earlier} more before {first}")));
    }
    said.join("　")
}

/// Three or four round amounts within a range.
fn ticks((low, high): (f64, f64)) -> Vec<f64> {
    let rough = (high / 4.0 - low / 4.0).max(f64::MIN_POSITIVE);
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    let first = (low / step).ceil();
    let all = (0..6).map(|at| (first + f64::from(at)) * step);
    all.filter(|amount| amount.is_finite() && (low..=high).contains(amount)).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case((0.0, 100.0), &[0.0, 50.0, 100.0])]
    #[case((63.0, 76.0), &[65.0, 70.0, 75.0])]
    #[case((-1.0, 1.0), &[-1.0, -0.5, 0.0, 0.5, 1.0])]
    #[case((94.9, 98.2), &[95.0, 96.0, 97.0, 98.0])]
    fn amounts_named_beside_a_chart_are_round(#[case] range: (f64, f64), #[case] expected: &[f64]) {
        assert_eq!(ticks(range), expected);
    }

    #[rstest]
    #[case((0.0, f64::MAX))]
    #[case((f64::MIN, f64::MAX))]
    #[case((1.0, 1.0 + f64::EPSILON))]
    #[case((0.0, f64::MIN_POSITIVE))]
    fn no_range_makes_it_lose_its_way(#[case] range: (f64, f64)) {
        assert!(ticks(range).iter().all(|amount| amount.is_finite()));
    }
}
