//! A chart as DrawingML: values over time as points, the expected path as a broken line. Word and LibreOffice draw
//! it themselves; the numbers stand in it, so no workbook is embedded.

use super::xml::{XML, escape};
use crate::chart::{ChartRole, Plot};
use crate::text::Ui;
use crate::text::clean::one_line;

/// A series: its name in the legend, its points, how they look.
struct ChartSeries {
    name: String,
    points: Vec<(f64, f64)>,
    /// The sign of a point; none for a line alone.
    mark: Option<&'static str>,
    is_hollow: bool,
    line: LineLook,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineLook {
    None,
    Solid,
    Broken,
    Dotted,
}

/// The chart's part.
pub(super) fn part(plot: &Plot, spoken: &[Ui]) -> String {
    let all: String = series(plot, spoken).iter().enumerate().map(|(at, one)| drawn(at, one)).collect();
    let years = plot.years;
    let (amount_step, amounts) = plot.steps();
    let amount_step = format!("<c:majorUnit val=\"{}\"/>", plain(amount_step));
    let step = ((years.1 - years.0) / 7.0).ceil().max(1.0);
    format!(
        "{XML}<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:roundedCorners val=\"0\"/><c:chart>\
         <c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/><c:scatterChart><c:scatterStyle val=\"lineMarker\"/>\
         <c:varyColors val=\"0\"/>{all}<c:axId val=\"1\"/><c:axId val=\"2\"/></c:scatterChart>{}{}</c:plotArea>\
         <c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/></c:legend><c:plotVisOnly val=\"1\"/></c:chart>\
         <c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"900\"/></a:pPr><a:endParaRPr lang=\"en-GB\"/></a:p></c:txPr></c:chartSpace>\n",
        axis((1, 2), years, "b", &format!("<c:majorUnit val=\"{step}\"/>"), ""),
        axis((2, 1), amounts, "l", &amount_step, &plot.unit),
    )
}

/// A number without the rounding errors of binary fractions.
fn plain(number: f64) -> f64 {
    format!("{number:.9}").parse().unwrap_or(number)
}

/// An axis: its id and the one that it crosses, its range, its side, its steps, what it counts.
fn axis((id, other): (u8, u8), (low, high): (f64, f64), side: &str, steps: &str, unit: &str) -> String {
    let title = match one_line(unit) {
        unit if unit.is_empty() => String::new(),
        unit => format!(
            "<c:title><c:tx><c:rich><a:bodyPr rot=\"0\" vert=\"horz\"/><a:p><a:r><a:rPr lang=\"zh-CN\" sz=\"900\" b=\"0\"/><a:t>{}</a:t></a:r></a:p></c:rich></c:tx>\
             <c:overlay val=\"0\"/></c:title>",
            escape(&unit)
        ),
    };
    let grid = if side == "l" {
        "<c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"D9D9D9\"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>"
    } else {
        ""
    };
    let format = if side == "b" { "0" } else { "General" };
    format!(
        "<c:valAx><c:axId val=\"{id}\"/><c:scaling><c:orientation val=\"minMax\"/><c:max val=\"{}\"/><c:min val=\"{}\"/></c:scaling>\
         <c:delete val=\"0\"/><c:axPos val=\"{side}\"/>{grid}{title}<c:numFmt formatCode=\"{format}\" sourceLinked=\"0\"/>\
         <c:majorTickMark val=\"out\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>\
         <c:spPr><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"7F7F7F\"/></a:solidFill></a:ln></c:spPr>\
         <c:crossAx val=\"{other}\"/><c:crosses val=\"min\"/><c:crossBetween val=\"midCat\"/>{steps}</c:valAx>",
        plain(high),
        plain(low),
    )
}

fn series(plot: &Plot, spoken: &[Ui]) -> Vec<ChartSeries> {
    let name = |zh: &str, en: &str| spoken.iter().map(|ui| ui.pick(zh, en)).collect::<Vec<_>>().join(" / ");
    let points = |role: ChartRole| -> Vec<(f64, f64)> {
        let marks = plot.marks.iter().filter(|mark| mark.ink == role);
        marks.map(|mark| (mark.at.hi(), mark.value)).collect()
    };
    let mut all = Vec::new();
    let roles = [
        (ChartRole::Baseline, name("基期", "baseline"), "square", true),
        (ChartRole::Actual, name("实际", "actual"), "circle", false),
        (ChartRole::Checkpoint, name("其他目标", "other target"), "diamond", true),
        (ChartRole::Target, name("目标", "target"), "diamond", false),
    ];
    for (role, name, mark, is_hollow) in roles {
        let points = points(role);
        if !points.is_empty() {
            all.push(ChartSeries { name, points, mark: Some(mark), is_hollow, line: LineLook::None });
        }
    }
    for line in &plot.lines {
        let name = name("实际值的走向", "course of actual values");
        all.push(ChartSeries {
            name,
            points: line.clone(),
            mark: None,
            is_hollow: false,
            line: LineLook::Solid,
        });
    }
    if !plot.path.is_empty() {
        let name = name("预期路径", "expected path");
        all.push(ChartSeries {
            name,
            points: plot.path.clone(),
            mark: None,
            is_hollow: false,
            line: LineLook::Broken,
        });
    }
    if (plot.years.0..=plot.years.1).contains(&plot.today) {
        let day = &plot.as_of;
        let name = spoken.iter().map(|ui| ui.pick(format!("截至 {day}"), format!("as of {day}")));
        let name = name.collect::<Vec<_>>().join(" / ");
        let (low, high) = plot.steps().1;
        let points = vec![(plot.today, low), (plot.today, high)];
        all.push(ChartSeries { name, points, mark: None, is_hollow: false, line: LineLook::Dotted });
    }
    all
}

/// What stands for hollow: not every program draws the border of a white sign.
const PALE: &str = "<a:solidFill><a:srgbClr val=\"BFBFBF\"/></a:solidFill>";
const INK: &str = "<a:solidFill><a:srgbClr val=\"262626\"/></a:solidFill>";

fn drawn(at: usize, one: &ChartSeries) -> String {
    let line = match one.line {
        LineLook::None => "<a:ln w=\"19050\"><a:noFill/></a:ln>".to_owned(),
        LineLook::Solid => format!("<a:ln w=\"19050\">{INK}</a:ln>"),
        LineLook::Broken => format!("<a:ln w=\"12700\">{INK}<a:prstDash val=\"dash\"/></a:ln>"),
        LineLook::Dotted => format!("<a:ln w=\"9525\">{INK}<a:prstDash val=\"sysDot\"/></a:ln>"),
    };
    let marker = match one.mark {
        None => "<c:marker><c:symbol val=\"none\"/></c:marker>".to_owned(),
        Some(mark) => {
            let fill = if one.is_hollow { PALE } else { INK };
            format!(
                "<c:marker><c:symbol val=\"{mark}\"/><c:size val=\"7\"/><c:spPr>{fill}<a:ln w=\"9525\">{INK}</a:ln></c:spPr></c:marker>"
            )
        }
    };
    let numbers = |axis: &str, of: fn(&(f64, f64)) -> f64| {
        let points: String = one
            .points
            .iter()
            .enumerate()
            .map(|(at, point)| format!("<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", of(point)))
            .collect();
        format!("<c:{axis}><c:numLit><c:ptCount val=\"{}\"/>{points}</c:numLit></c:{axis}>", one.points.len())
    };
    format!(
        "<c:ser><c:idx val=\"{at}\"/><c:order val=\"{at}\"/><c:tx><c:v>{}</c:v></c:tx>\
         <c:spPr>{line}</c:spPr>{marker}{}{}<c:smooth val=\"0\"/></c:ser>",
        escape(&one_line(&one.name)),
        numbers("xVal", |point| point.0),
        numbers("yVal", |point| point.1),
    )
}
