//! Goes along a line and takes the figures out of it.

use super::reading;
use std::ops::Range;

mod judge;

use super::letters::{Letters, is_chinese};
use super::numeral::{Numeral, NumeralScript, range_dash};
use super::phrase::AmountPhrase;
use super::phrases;
use super::text_figure::{FigureKind, FigureTime, TextFigure};
use super::times::{TimeWord, TimeWords};
use super::units;
use super::{bounds, kinds, subject};
use crate::plan::metric::{Bound, Decimal};
use judge::FigureJudge;

/// A figure before the words around it are looked at.
struct FigureParts {
    span: Range<usize>,
    number: usize,
    value: Decimal,
    to: Option<Decimal>,
    unit: String,
    bound: Bound,
    kind: Option<FigureKind>,
    noun_end: Option<usize>,
}

/// The figures of a line, in order.
pub fn figures(line: &Letters, text: &str, names: &[Range<usize>], times: &TimeWords) -> Vec<TextFigure> {
    let scan = Scan { line, names, times };
    let found = scan.found();
    if found.is_empty() {
        return Vec::new();
    }
    let original: Vec<char> = text.chars().collect();
    let mut figures: Vec<TextFigure> = Vec::with_capacity(found.len());
    for found in found {
        let figure = scan.whole(found, &original, figures.last());
        figures.push(figure);
    }
    figures
}

/// Whether only a mark of a list stands between two figures: 12、15和18所.
fn is_listed(line: &Letters, before: usize, after: usize) -> bool {
    let between = line.text(before..after.max(before));
    matches!(between.trim(), "、" | "和" | "与" | "及" | "以及" | "和约" | "and" | ", and")
}

struct Scan<'a> {
    line: &'a Letters,
    names: &'a [Range<usize>],
    times: &'a TimeWords,
}

impl Scan<'_> {
    fn judge(&self) -> FigureJudge<'_> {
        FigureJudge { line: self.line }
    }

    fn found(&self) -> Vec<FigureParts> {
        let mut found: Vec<FigureParts> = Vec::new();
        let mut at = 0;
        let mut names = self.names.iter().peekable();
        let mut times = self.times.0.iter().peekable();
        while at < self.line.len() {
            // Names overlap; those that end before this place are done with.
            while names.peek().is_some_and(|name| name.end <= at) {
                names.next();
            }
            while times.peek().is_some_and(|time| time.span.end <= at) {
                times.next();
            }
            if let Some(name) = names.peek().filter(|name| name.start <= at) {
                at = name.end;
                continue;
            }
            if let Some(time) = times.peek().filter(|time| time.span.start <= at) {
                at = time.span.end;
                continue;
            }
            let wall = names.peek().map_or(usize::MAX, |name| name.start);
            let wall = times.peek().map_or(wall, |time| wall.min(time.span.start));
            let (figure, next) = self.at(at, wall);
            if let Some(figure) = figure {
                found.push(figure);
            }
            at = next.max(at + 1);
        }
        self.share_units(&mut found);
        found.into_iter().filter(|found| found.is_sure(self.line)).collect()
    }

    /// The figure at a place, and where to go on. What a name or a time begins in is none.
    fn at(&self, at: usize, wall: usize) -> (Option<FigureParts>, usize) {
        if let Some(phrase) = phrases::at(self.line, at).filter(|phrase| phrase.end <= wall) {
            let end = phrase.end;
            let found = self.of_phrase(phrase);
            let next = found.as_ref().map_or(end, |found| found.span.end);
            return (found, next);
        }
        let Some(numeral) = reading::numeral(self.line, at) else {
            // A word is passed over whole.
            return (None, self.line.word(at).map_or(at + 1, |word| word.end));
        };
        if numeral.end > wall {
            return (None, wall.max(at + 1));
        }
        match self.of_numeral(numeral, wall) {
            Some(found) => {
                let next = found.span.end.max(numeral.end);
                (Some(found), next)
            }
            None => (None, numeral.end),
        }
    }

    fn of_phrase(&self, phrase: AmountPhrase) -> Option<FigureParts> {
        let AmountPhrase { start, end, value, unit, kind, bound } = phrase;
        let mut span = start..end;
        let mut found = bound;
        let ranked = matches!(kind, FigureKind::Rank | FigureKind::Ordinal);
        if bound.is_none() && !ranked {
            if let Some((before, start)) = bounds::before(self.line, span.start) {
                found = Some(before);
                span.start = start;
            }
            if let Some((behind, end)) = bounds::behind(self.line, span.end) {
                found = Some(found.filter(|bound| *bound != Bound::Exact).unwrap_or(behind));
                span.end = end;
            }
        } else if let Some((behind, end)) = bounds::behind(self.line, span.end).filter(|_| !ranked) {
            found = Some(found.unwrap_or(behind));
            span.end = end;
        }
        // 八成以上的人 counts, 一成不变 does not.
        if self.line.has(span.start, "一成") && self.line.at(span.end) == '不' {
            return None;
        }
        let bound = found.unwrap_or(Bound::Exact);
        Some(FigureParts {
            number: start,
            span,
            value,
            to: None,
            unit: unit.to_owned(),
            bound,
            kind: Some(kind),
            noun_end: None,
        })
    }

    fn of_numeral(&self, numeral: Numeral, wall: usize) -> Option<FigureParts> {
        let line = self.line;
        if self.judge().is_vague(&numeral) {
            return None;
        }
        let mut end = numeral.end;
        let mut bound = None;
        if numeral.has_more {
            bound = Some(Bound::MoreThan);
        } else if let Some(more) = bounds::more(line, end) {
            bound = Some(Bound::MoreThan);
            end = more;
        }
        let (range, unit, mut end) = self.range_and_unit(numeral, end, wall)?;
        if let Some((behind, behind_end)) = bounds::behind(line, end) {
            bound = Some(bound.unwrap_or(behind));
            end = behind_end;
        }
        let unit = if unit == "pp" && self.judge().are_points_of_a_score(&numeral, end) {
            "points".to_owned()
        } else {
            unit
        };
        let mut start = numeral.start;
        start = self.with_currency(start);
        let mut unit = unit;
        if unit.is_empty() && start < numeral.start {
            unit = line.text(start..numeral.start).trim().to_owned();
        }
        (bound, start) = self.bound_before(&numeral, start, bound);
        let mut noun_end = None;
        let latin = numeral.script != NumeralScript::Chinese && unit.is_empty();
        if latin && let Some(noun) = units::english_noun(line, end) {
            if units::is_time_word(&noun.unit) {
                if !self.judge().is_measured(&numeral, &noun, bound) {
                    return None;
                }
                end = noun.end;
            }
            noun_end = Some(noun.end);
            // The counter belongs to the span where it stands beside the number.
            if line.word(line.skip_spaces(end)).is_some_and(|word| word.end == noun.end) {
                end = noun.end;
                if let Some((behind, behind_end)) = bounds::behind(line, end) {
                    bound = Some(bound.unwrap_or(behind));
                    end = behind_end;
                }
            }
            unit = noun.unit;
        }
        let sure = self.judge().is_figure(&numeral, &unit, bound, end, range.is_some());
        sure.then(|| FigureParts {
            span: start..end,
            number: numeral.start,
            value: range.map_or(numeral.value, |(from, _)| from),
            to: range.map(|(_, to)| to),
            unit,
            bound: bound.unwrap_or(Bound::Exact),
            kind: None,
            noun_end,
        })
    }

    /// The bound that stands before a number, else the one found so far, and where the figure begins with it.
    fn bound_before(&self, numeral: &Numeral, start: usize, found: Option<Bound>) -> (Option<Bound>, usize) {
        let line = self.line;
        if let Some((bound, bound_start)) = bounds::before(line, start) {
            return (Some(bound), bound_start);
        }
        // 上百, 过万
        match line.before(start) {
            '过' if numeral.is_bare => (Some(Bound::MoreThan), start - 1),
            '上' | '成' if numeral.is_bare => (Some(Bound::AtLeast), start - 1),
            _ => (found.or_else(|| bounds::far_before(line, start)), start),
        }
    }

    /// The start of a currency sign before a number.
    fn with_currency(&self, start: usize) -> usize {
        let before = self.line.skip_spaces_back(start);
        match self
            .line
            .longest_before(before, &["us$", "hk$", "$", "¥", "€", "£", "rmb", "cny", "usd", "eur"])
        {
            Some((_, at)) if !self.line.before(at).is_ascii_alphabetic() => at,
            _ => start,
        }
    }

    /// Upper end and unit of what begins with a numeral: 35—45所, 10%至15%, 35 to 45.
    #[allow(clippy::type_complexity, reason = "three things that are found together")]
    fn range_and_unit(
        &self,
        numeral: Numeral,
        end: usize,
        wall: usize,
    ) -> Option<(Option<(Decimal, Decimal)>, String, usize)> {
        let line = self.line;
        let own = units::unit(line, end, numeral.script);
        let own_end = own.as_ref().map_or(end, |unit| unit.end);
        if let Some(second) = self.range_end(&numeral, own_end).filter(|second| second.end <= wall) {
            let unit = units::unit(line, second.end, second.script);
            let first = match second.power {
                power if power > numeral.power && own.is_none() && numeral.power == 0 => {
                    let mantissa = second.value.value / 10f64.powi(i32::try_from(power).unwrap_or(0));
                    if numeral.value.value <= mantissa { numeral.scaled(power)? } else { numeral }
                }
                _ => numeral,
            };
            let same = match (&own, &unit) {
                (Some(own), Some(unit)) => own.unit == unit.unit,
                // "12 percent to 7.4 million" goes from one thing to another.
                (Some(_), None) => false,
                _ => true,
            };
            if first.value.value < second.value.value && same {
                let name = unit.as_ref().or(own.as_ref()).map_or(String::new(), |unit| unit.unit.clone());
                let end = unit.map_or(second.end, |unit| unit.end);
                return Some((Some((first.value, second.value)), name, end));
            }
        }
        if own.is_none()
            && let Some((_, time_end)) =
                units::time_unit(line, end).filter(|_| numeral.script != NumeralScript::English)
        {
            return self.judge().measures_time(&numeral, end, time_end).map(|unit| (None, unit, time_end));
        }
        let (unit, end) = own.map_or((String::new(), end), |unit| (unit.unit, unit.end));
        Some((None, unit, end))
    }

    /// The second numeral of a range, where one stands behind a dash or 至.
    fn range_end(&self, first: &Numeral, end: usize) -> Option<Numeral> {
        let line = self.line;
        if let Some(next) = range_dash(line, end) {
            return reading::numeral(line, next)
                .filter(|second| second.script == first.script || second.power > 0);
        }
        let spaced = line.skip_spaces(end);
        let clause = line.clause(&(first.start..end));
        let before = line.text(clause.start..first.start);
        if let Some((_, at)) = line.longest(spaced, &["至", "到"]) {
            let from = before.contains('从') || before.contains('由') || before.contains('自');
            return reading::numeral(line, line.skip_spaces(at)).filter(|_| !from);
        }
        let word = line.word(spaced).filter(|word| word.start > end)?;
        let ties = match line.text(word.clone()).as_str() {
            "to" => !before.contains("from"),
            "and" => before.trim_end().ends_with("between"),
            _ => false,
        };
        reading::numeral(line, line.skip_spaces(word.end)).filter(|_| ties)
    }

    /// "12、15和18所": those without a unit have that of the next behind 、 or 和.
    fn share_units(&self, found: &mut [FigureParts]) {
        for at in (0..found.len().saturating_sub(1)).rev() {
            let (head, tail) = found.split_at_mut(at + 1);
            let (this, next) = (&mut head[at], &tail[0]);
            let listed = is_listed(self.line, this.span.end, next.span.start);
            if this.unit.is_empty() && this.kind.is_none() && listed {
                this.unit.clone_from(&next.unit);
            }
        }
    }

    fn whole(&self, found: FigureParts, original: &[char], last: Option<&TextFigure>) -> TextFigure {
        let FigureParts { span, number, value, to, unit, bound, kind, noun_end } = found;
        let sentence = self.line.sentence(&span);
        let clause = self.line.clause(&span);
        let kind = kind
            .filter(|kind| *kind != FigureKind::Share)
            .or_else(|| Some(kinds::kind(self.line, &span, number, &unit)));
        let mut kind = kind.unwrap_or(FigureKind::Level);
        let listed = last.filter(|last| is_listed(self.line, last.span.end, span.start));
        if let Some(last) = listed.filter(|_| kind == FigureKind::Level) {
            kind = last.kind;
        }
        let time = self.time_of(&span, &sentence, &clause);
        let deadline = time.as_ref().is_some_and(|(_, place)| subject::is_deadline(self.line, place));
        // What stands far off in a long sentence says nothing of it.
        let near = sentence.start.max(span.start.saturating_sub(120))..sentence.end.min(span.end + 120);
        let is_aim = subject::is_aim(self.line, &near, deadline);
        let what = subject::what(
            self.line,
            original,
            &subject::Around { span: &span, kind, noun_end, last: last.map_or(0, |last| last.span.end) },
            self.times,
        );
        let time = time.map(|(time, _)| time);
        TextFigure { span, sentence, clause, value, to, unit, bound, kind, time, what, is_aim }
    }

    /// The time that a figure speaks of: in its clause the nearest, in English first behind it; else the last
    /// before it in its sentence, else the next behind it in parentheses.
    fn time_of(
        &self,
        span: &Range<usize>,
        sentence: &Range<usize>,
        clause: &Range<usize>,
    ) -> Option<(FigureTime, Range<usize>)> {
        let within = |range: &Range<usize>| {
            let own = |word: &&TimeWord| !subject::is_compared_with(self.line, &word.span);
            let named = |word: &TimeWord| word.time.map(|time| (time, word.span.clone()));
            self.times.within(range.clone()).filter(own).filter_map(named)
        };
        let chinese = self.line.small[sentence.clone()].iter().any(|c| is_chinese(*c));
        let before =
            || within(sentence).filter(|(_, word)| word.end <= span.start).max_by_key(|(_, word)| word.end);
        let behind = || within(clause).find(|(_, word)| word.start >= span.end);
        if chinese {
            let directly = behind().filter(|(_, word)| {
                matches!(self.line.before(word.start), '(' | '（') && word.start <= span.end + 3
            });
            directly.or_else(before).or_else(behind)
        } else {
            behind().or_else(before)
        }
    }
}

impl FigureParts {
    /// Chinese 分 counts points of a score only behind digits; a bare figure within a word of a plan is none.
    fn is_sure(&self, line: &Letters) -> bool {
        !(self.unit == "分"
            && line.at(self.span.end).is_alphanumeric()
            && is_chinese(line.at(self.span.end))
            && line.before(self.number) == '十')
    }
}
