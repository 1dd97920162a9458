//! Recall and precision on texts whose figures were marked by hand: those beside this project's tests, and
//! the article, where the developer has it.

use std::ops::Range;

use plan158::figures::{Grammar, TextContext, TextFigure};

/// A figure as it was marked.
struct Marked {
    line: usize,
    span: Range<usize>,
    value: f64,
    bound: String,
    kind: String,
    unit: String,
}

/// A text with marks such as `[超4000人|4000|人|more-than|level]`, taken out.
fn unmarked(text: &str) -> (String, Vec<Marked>) {
    let mut plain = String::new();
    let mut marks = Vec::new();
    for (line, text) in text.lines().enumerate() {
        let mut rest = text;
        let mut at = 0;
        while let Some((before, marked)) = rest.split_once('[') {
            let (mark, after) = marked.split_once(']').unwrap();
            let parts: Vec<&str> = mark.split('|').collect();
            at += before.chars().count();
            let end = at + parts[0].chars().count();
            plain.push_str(before);
            plain.push_str(parts[0]);
            marks.push(Marked {
                line,
                span: at..end,
                value: parts[1].parse().unwrap(),
                unit: parts[2].to_owned(),
                bound: parts[3].to_owned(),
                kind: parts[4].to_owned(),
            });
            (rest, at) = (after, end);
        }
        plain.push_str(rest);
        plain.push('\n');
    }
    (plain, marks)
}

fn read(text: &str) -> Vec<(usize, TextFigure)> {
    let grammar = Grammar::default();
    let mut context = TextContext::default();
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(at, line)| grammar.line(line, &mut context).into_iter().map(move |one| (at, one)))
        .collect()
}

/// How many marks were found with value and bound, the places and kinds that differ, and how many figures
/// nobody marked.
fn compare(text: &str, marks: &[Marked]) -> (usize, Vec<String>, usize) {
    let found = read(text);
    let mut right = 0;
    let mut differ = Vec::new();
    let touches = |mark: &Marked, (line, figure): &(usize, TextFigure)| {
        *line == mark.line && figure.span.start < mark.span.end && mark.span.start < figure.span.end
    };
    for mark in marks {
        let Some((_, figure)) = found.iter().find(|found| touches(mark, found)) else {
            differ.push(format!("line {}: {:?} missed", mark.line + 1, mark.span));
            continue;
        };
        let same = (figure.value.value - mark.value).abs() < 1e-3 && figure.bound.word() == mark.bound;
        right += usize::from(same);
        if !same || figure.span != mark.span || figure.kind.word() != mark.kind || figure.unit != mark.unit {
            differ.push(format!("line {}: {figure:?}", mark.line + 1));
        }
    }
    let extra = found.iter().filter(|found| !marks.iter().any(|mark| touches(mark, found))).count();
    (right, differ, extra)
}

#[test]
fn the_marked_texts_are_read_as_they_were_marked() {
    let texts = [include_str!("zh.txt"), include_str!("en.txt")];
    for text in texts {
        let (plain, marks) = unmarked(text);
        let (right, differ, extra) = compare(&plain, &marks);
        assert_eq!((right, extra), (marks.len(), 0), "{differ:#?}");
        assert_eq!(differ, Vec::<String>::new());
    }
}

#[test]
fn the_figures_of_the_article_are_found_where_it_lies_beside_the_project() {
    // Only developers have the article; its marks hold no sentence of it.
    let Some(path) = std::env::var_os("PLAN158_ARTICLE") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let marks: toml::Table = toml::from_str(include_str!("article.toml")).unwrap();
    let count = |value: &toml::Value| usize::try_from(value.as_integer().unwrap()).unwrap();
    let word = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let marks: Vec<Marked> = marks["figure"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mark| Marked {
            line: count(&mark["line"]) - 1,
            span: count(&mark["start"])..count(&mark["end"]),
            value: mark["value"]
                .as_float()
                .or_else(|| mark["value"].as_integer().map(|whole| f64::from(i32::try_from(whole).unwrap())))
                .unwrap(),
            bound: word(&mark["bound"]),
            kind: word(&mark["kind"]),
            unit: word(&mark["unit"]),
        })
        .collect();
    let (right, differ, extra) = compare(&text, &marks);
    assert!(right * 100 >= marks.len() * 95, "{right} of {}: {differ:#?}", marks.len());
    assert!(extra * 5 <= right + extra, "{extra} that nobody marked");
}
