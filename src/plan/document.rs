//! The register against a copy of a document: digests match, what is cited stands where it is cited, every
//! figure is accounted for.
//!
//! The document lies outside the plan. A problem names the place and the figure, and never shows the
//! document's sentences. Pure.

use std::collections::HashMap;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::diagnostic::{Diagnostic, Severity};
use super::register::{Fact, SourceSection};
use super::{Plan, SourceId};
use crate::text::{Bilingual, hex};

/// A line of the document that counts: a heading (`s3`) or a paragraph (`s3.p4`).
struct Passage<'d> {
    id: String,
    text: &'d str,
    line: u32,
}

/// A heading with its paragraphs.
struct DocumentPart<'d> {
    id: String,
    heading: Passage<'d>,
    paragraphs: Vec<Passage<'d>>,
}

/// Cuts a document at its Markdown headings: `s0` under the `#` title, `s1`, `s2` … under each `##` in file
/// order; a paragraph is a line that is not blank, trimmed, numbered within its section.
fn parts(text: &str) -> Vec<DocumentPart<'_>> {
    let mut parts: Vec<DocumentPart<'_>> = Vec::new();
    for (line, text) in (1u32..).zip(text.lines()).map(|(line, text)| (line, text.trim())) {
        if text.is_empty() {
            continue;
        }
        let is_heading = text.starts_with("## ") || text.starts_with("# ");
        match parts.last_mut().filter(|_| !is_heading) {
            Some(part) => {
                let id = format!("{}.p{}", part.id, part.paragraphs.len() + 1);
                part.paragraphs.push(Passage { id, text, line });
            }
            None => {
                let id = format!("s{}", parts.len());
                // A document that begins without a title has an empty one.
                let (heading, first) = if is_heading { (text, None) } else { ("", Some(text)) };
                let heading = Passage { id: id.clone(), text: heading, line };
                let paragraphs = first.map(|text| Passage { id: format!("{id}.p1"), text, line });
                parts.push(DocumentPart { id, heading, paragraphs: paragraphs.into_iter().collect() });
            }
        }
    }
    parts
}

fn digest(bytes: impl AsRef<[u8]>) -> String {
    hex(Sha256::digest(bytes.as_ref()))
}

/// Compares the register of a source with a copy of the document; `file` is what messages call the copy. What
/// the source does not register is not compared.
pub fn compare(plan: &Plan, source: SourceId, file: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let said = Bilingual::new("不是 UTF-8", "this is not UTF-8");
        let help = Bilingual::new("请把文件另存为 UTF-8。", "Save the file as UTF-8.");
        return vec![problem("E30", file, (0, 0), said, help)];
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n");
    let mut comparing = Comparing { file, found: Vec::new() };
    comparing.whole(plan.source(source).sha256.as_deref(), &text);
    let parts = parts(&text);
    comparing.sections(&plan.source(source).sections, &parts);
    let facts: Vec<&Fact> = plan.facts.iter().filter(|fact| fact.source == source).collect();
    comparing.facts(&facts, &parts);
    comparing.found.sort_by_key(|problem| (problem.line, problem.column));
    comparing.found
}

/// Whether a source registers anything to compare a copy with.
pub fn is_registered(plan: &Plan, source: SourceId) -> bool {
    let this = plan.source(source);
    this.sha256.is_some() || !this.sections.is_empty() || plan.facts.iter().any(|fact| fact.source == source)
}

fn problem(
    code: &'static str,
    file: &str,
    at: (u32, u32),
    message: Bilingual,
    help: Bilingual,
) -> Diagnostic {
    let severity = Severity::Error;
    Diagnostic {
        code,
        severity,
        file: file.to_owned(),
        line: at.0,
        column: at.1,
        message,
        help,
        snippet: None,
    }
}

struct Comparing<'a> {
    file: &'a str,
    found: Vec<Diagnostic>,
}

impl Comparing<'_> {
    fn report(&mut self, code: &'static str, at: (u32, u32), message: Bilingual, help: Bilingual) {
        self.found.push(problem(code, self.file, at, message, help));
    }

    fn whole(&mut self, registered: Option<&str>, text: &str) {
        if registered.is_some_and(|registered| !registered.eq_ignore_ascii_case(&digest(text))) {
            self.report(
                "E31",
                (0, 0),
                Bilingual::new("文件与登记的摘要值不符", "the file is not the one that was registered: its digest differs"),
                Bilingual::new(
                    "请换用登记时的文本；若原文已改，请重新核对并更新登记。",
                    "Use the text as it was registered; if the document has changed, read it again and bring the register up to date.",
                ),
            );
        }
    }

    /// Digests of headings with their paragraphs, and what only one side has.
    fn sections(&mut self, registered: &[SourceSection], parts: &[DocumentPart<'_>]) {
        if registered.is_empty() {
            return;
        }
        for part in parts {
            match registered.iter().find(|section| *section.id == part.id) {
                Some(section) => self.section(section, part),
                None => self.unregistered(&part.heading),
            }
        }
        for section in registered.iter().filter(|section| parts.iter().all(|part| part.id != *section.id)) {
            self.gone(&section.id, 0);
        }
    }

    fn section(&mut self, section: &SourceSection, part: &DocumentPart<'_>) {
        let lines = std::iter::once(&part.heading).chain(&part.paragraphs).map(|passage| passage.text);
        let own = digest(lines.collect::<Vec<_>>().join("\n"));
        self.digest(section.sha256.as_deref(), &own, &part.heading);
        for passage in &part.paragraphs {
            let number = passage.id.rsplit('.').next().unwrap_or_default();
            match section.paragraphs.iter().find(|paragraph| *paragraph.id == *number) {
                Some(paragraph) => self.digest(paragraph.sha256.as_deref(), &digest(passage.text), passage),
                None => self.unregistered(passage),
            }
        }
        for paragraph in section.paragraphs.iter() {
            let id = format!("{}.{}", section.id, paragraph.id);
            if part.paragraphs.iter().all(|passage| passage.id != id) {
                self.gone(&id, part.heading.line);
            }
        }
    }

    fn digest(&mut self, registered: Option<&str>, own: &str, passage: &Passage<'_>) {
        if registered.is_some_and(|registered| !registered.eq_ignore_ascii_case(own)) {
            let id = &passage.id;
            self.report(
                "E32",
                (passage.line, 0),
                Bilingual::new(
                    format!("{id} 与登记的摘要值不符"),
                    format!("{id} differs from what was registered"),
                ),
                Bilingual::new("请对照原文核对这一处。", "Compare this place with the document."),
            );
        }
    }

    fn unregistered(&mut self, passage: &Passage<'_>) {
        let id = &passage.id;
        self.report(
            "E33",
            (passage.line, 0),
            Bilingual::new(format!("{id} 没有登记"), format!("{id} is not registered")),
            Bilingual::new(
                "请登记这一处，或删去多余的文字。",
                "Register it, or take the surplus text out of the copy.",
            ),
        );
    }

    fn gone(&mut self, id: &str, line: u32) {
        self.report(
            "E33",
            (line, 0),
            Bilingual::new(
                format!("登记的 {id} 不在文件中"),
                format!("{id} is registered and not in the file"),
            ),
            Bilingual::new("请换用完整的文本。", "Use a copy that is complete."),
        );
    }

    /// Every citation stands where it is said to; every figure stands in a citation.
    fn facts(&mut self, facts: &[&Fact], parts: &[DocumentPart<'_>]) {
        let passages =
            || parts.iter().flat_map(|part| std::iter::once(&part.heading).chain(&part.paragraphs));
        let by_id: HashMap<&str, &Passage<'_>> =
            passages().map(|passage| (passage.id.as_str(), passage)).collect();
        let mut covered: HashMap<&str, Vec<Range<usize>>> = HashMap::new();
        for fact in facts {
            let Some(passage) = fact.at.as_deref().and_then(|at| by_id.get(at)) else {
                self.nowhere(fact);
                continue;
            };
            for cited in citations(fact) {
                let places = occurrences(passage.text, cited);
                if places.is_empty() {
                    self.not_there(fact, cited, passage);
                }
                covered.entry(&passage.id).or_default().extend(places);
            }
        }
        for passage in passages() {
            let covered = covered.get(passage.id.as_str()).map_or(&[][..], Vec::as_slice);
            for figure in figures(passage.text) {
                if !covered.iter().any(|range| range.start <= figure.start && figure.end <= range.end) {
                    self.unaccounted(passage, figure);
                }
            }
        }
    }

    fn nowhere(&mut self, fact: &Fact) {
        let (id, at) = (&fact.id, fact.at.as_deref().unwrap_or("?"));
        self.report(
            "E34",
            (0, 0),
            Bilingual::new(
                format!("事实 {id} 的位置 {at} 不在文件中"),
                format!("fact {id} is said to stand at {at}, which the file does not have"),
            ),
            Bilingual::new("请改正该事实的 at。", "Mend the fact's `at`."),
        );
    }

    fn not_there(&mut self, fact: &Fact, cited: &str, passage: &Passage<'_>) {
        let (id, at) = (&fact.id, &passage.id);
        self.report(
            "E35",
            (passage.line, 0),
            Bilingual::new(
                format!("事实 {id} 所引“{cited}”不在 {at} 中"),
                format!("fact {id} cites “{cited}”, which does not stand in {at}"),
            ),
            Bilingual::new(
                "请对照原文，改正该事实或换用登记时的文本。",
                "Compare the two: correct the fact, or use the text as it was registered.",
            ),
        );
    }

    fn unaccounted(&mut self, passage: &Passage<'_>, figure: Range<usize>) {
        let column = 1 + passage.text[..figure.start].chars().count();
        let (at, figure) = (&passage.id, &passage.text[figure]);
        self.report(
            "E36",
            (passage.line, u32::try_from(column).unwrap_or(u32::MAX)),
            Bilingual::new(
                format!("{at} 中的数字 {figure} 没有事实与之对应"),
                format!("no fact accounts for the figure {figure} in {at}"),
            ),
            Bilingual::new(
                "请在事实表中登记：写明所属节点，或写明略去的理由（left_out）。",
                "Enter it among the facts, with the node that carries it or why none does (`left_out`).",
            ),
        );
    }
}

/// What a fact cites of its document, as written there.
fn citations(fact: &Fact) -> impl Iterator<Item = &str> {
    let written = fact.written.iter().chain(fact.also_written.iter()).chain(fact.names.iter());
    written.map(AsRef::as_ref).filter(|cited: &&str| !cited.is_empty())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// A mark that joins digits into one figure when it stands between two.
fn is_joint(c: char) -> bool {
    matches!(c, '.' | ',')
}

/// Where a citation stands. One that would cut a figure in two (`61` in `161` or `61.5`) does not count.
fn occurrences(text: &str, cited: &str) -> Vec<Range<usize>> {
    let ends_in_figure = |mut chars: std::iter::Rev<std::str::Chars<'_>>| match chars.next() {
        Some(c) if is_digit(c) => true,
        Some(c) if is_joint(c) => chars.next().is_some_and(is_digit),
        _ => false,
    };
    let begins_with_figure = |mut chars: std::str::Chars<'_>| match chars.next() {
        Some(c) if is_digit(c) => true,
        Some(c) if is_joint(c) => chars.next().is_some_and(is_digit),
        _ => false,
    };
    let cuts = |start: usize, end: usize| {
        let before =
            cited.chars().next().is_some_and(is_digit) && ends_in_figure(text[..start].chars().rev());
        let after =
            cited.chars().next_back().is_some_and(is_digit) && begins_with_figure(text[end..].chars());
        before || after
    };
    text.match_indices(cited)
        .map(|(start, cited)| start..start + cited.len())
        .filter(|range| !cuts(range.start, range.end))
        .collect()
}

/// The figures of a passage: runs of digits, with what belongs to the number (`40.1万`, `99.2%`, `130余`).
fn figures(text: &str) -> Vec<Range<usize>> {
    let mut figures: Vec<Range<usize>> = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if !is_digit(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, c)) = rest.peek().copied() {
            let next = text[at + c.len_utf8()..].chars().next();
            let belongs = is_digit(c)
                || (is_joint(c) && next.is_some_and(is_digit))
                || matches!(c, '%' | '％' | '万' | '亿' | '余');
            if !belongs {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        figures.push(start..end);
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::metric::{Bound, When};
    use crate::plan::register::{Paragraph, Source};
    use crate::text::Text;
    use rstest::rstest;

    const DOCUMENT: &str =
        "# 题目158N\n\n首段，覆盖率95.2%，共40.1万条。\n\n## 第一节\n\n交流61次、推广162次。\n";

    fn fact(id: &str, at: &str, written: &[&str]) -> Fact {
        Fact {
            id: id.into(),
            source: SourceId(0),
            at: Some(at.into()),
            subject: Text::default(),
            written: None,
            also_written: written.iter().map(|text| (*text).into()).collect(),
            names: Box::default(),
            value: None,
            unit: None,
            bound: Bound::Exact,
            published: None,
            when: When::Unstated,
            node: None,
            left_out: None,
        }
    }

    /// The register of [`DOCUMENT`], everything right.
    fn plan() -> Plan {
        let section = |id: &str, heading: &str, paragraph: &str| SourceSection {
            id: id.into(),
            heading: Text::default(),
            sha256: Some(digest(format!("{heading}\n{paragraph}")).into()),
            maps_to: Box::default(),
            order: None,
            paragraphs: [Paragraph {
                id: "p1".into(),
                sha256: Some(digest(paragraph).into()),
                continues: None,
            }]
            .into(),
        };
        let sections = [
            section("s0", "# 题目158N", "首段，覆盖率95.2%，共40.1万条。"),
            section("s1", "## 第一节", "交流61次、推广162次。"),
        ];
        let sha256 = Some(digest(DOCUMENT).into());
        let source = Source { id: "article".into(), sha256, sections: sections.into(), ..Source::default() };
        let facts = vec![
            fact("f1", "s0", &["158N"]),
            fact("f2", "s0.p1", &["95.2%", "40.1万"]),
            fact("f3", "s1.p1", &["61次", "162次"]),
        ];
        Plan { sources: vec![source], facts, ..Plan::default() }
    }

    fn codes(document: &str) -> Vec<(&'static str, u32)> {
        let problems = compare(&plan(), SourceId(0), "copy.txt", document.as_bytes());
        problems.iter().map(|problem| (problem.code, problem.line)).collect()
    }

    #[test]
    fn a_true_copy_has_no_problems_and_line_ends_do_not_matter() {
        assert_eq!(codes(DOCUMENT), []);
        assert_eq!(codes(&DOCUMENT.replace('\n', "\r\n")), []);
    }

    #[rstest]
    // A figure changed: three digests, the citation, and the new figure that nobody knows.
    #[case("61次", "63次", &[("E31", 0), ("E32", 5), ("E32", 7), ("E35", 7), ("E36", 7)])]
    // A digit put before it: the citation would cut the new figure in two.
    #[case("61次", "161次", &[("E31", 0), ("E32", 5), ("E32", 7), ("E35", 7), ("E36", 7)])]
    // A word without a figure changed: digests only.
    #[case("首段", "首节", &[("E31", 0), ("E32", 1), ("E32", 3)])]
    // A paragraph added.
    #[case("## 第一节", "又一段。\n\n## 第一节", &[("E31", 0), ("E32", 1), ("E33", 5)])]
    // Blank lines and spaces at the ends of lines change the file, not what it says.
    #[case("\n\n## 第一节", "\n\n\n  ## 第一节  ", &[("E31", 0)])]
    fn a_changed_copy_fails_where_it_was_changed(
        #[case] from: &str,
        #[case] to: &str,
        #[case] expected: &[(&str, u32)],
    ) {
        assert_eq!(codes(&DOCUMENT.replacen(from, to, 1)), expected);
    }

    #[test]
    fn a_copy_that_ends_early_misses_what_it_misses() {
        let short = DOCUMENT.split("## ").next().unwrap();
        assert_eq!(codes(short), [("E31", 0), ("E33", 0), ("E34", 0)]);
    }

    #[test]
    fn a_figure_nobody_accounts_for_is_named_with_its_column() {
        let mut plan = plan();
        plan.facts.remove(1);
        let problems = compare(&plan, SourceId(0), "copy.txt", DOCUMENT.as_bytes());
        let found: Vec<_> =
            problems.iter().map(|problem| (problem.line, problem.column, &problem.message.en)).collect();
        assert_eq!(found[0], (3, 7, &"no fact accounts for the figure 95.2% in s0.p1".to_owned()));
        assert_eq!(found[1], (3, 14, &"no fact accounts for the figure 40.1万 in s0.p1".to_owned()));
        assert_eq!(found.len(), 2);
    }

    #[rstest]
    #[case("共40.1万条中99.2%", &["40.1万", "99.2%"])]
    #[case("2024—2035年，1,234.5。", &["2024", "2035", "1,234.5"])]
    #[case("130余所、近百项、６个.", &["130余", "６"])]
    #[case("3.", &["3"])]
    #[case("没有数字", &[])]
    fn figures_are_whole_numbers_with_what_belongs_to_them(#[case] text: &str, #[case] expected: &[&str]) {
        let found: Vec<&str> = figures(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn no_sentence_of_the_document_is_ever_shown() {
        let problems = compare(&plan(), SourceId(0), "copy.txt", DOCUMENT.replace("推广", "秘密").as_bytes());
        assert!(!problems.is_empty());
        assert!(
            problems.iter().all(|problem| problem.snippet.is_none() && !problem.message.zh.contains("秘密"))
        );
    }
}
