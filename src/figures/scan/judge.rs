//! What makes a numeral a figure, and what does not.

use crate::figures::letters::{Letters, is_chinese};
use crate::figures::numeral::{Numeral, NumeralScript};
use crate::figures::reading;
use crate::figures::units::{self, FoundUnit};
use crate::plan::metric::Bound;

/// Judges numerals of a line.
pub struct FigureJudge<'a> {
    pub line: &'a Letters,
}

impl FigureJudge<'_> {
    /// 数十, 几百, 每10万: no amount, or the base of one.
    pub fn is_vague(&self, numeral: &Numeral) -> bool {
        let before = self.line.before(numeral.start);
        let vague = matches!(before, '数' | '几' | '幾' | '每' | '第' | '这' | '另' | '某');
        // 学校数12 is a count.
        let counted = before == '数' && numeral.script == NumeralScript::Digits;
        (vague && !counted) || self.line.at(numeral.end) == '几'
    }

    /// A length of time that is measured and not a duration by the way: 平均受教育年限11.3年.
    pub fn measures_time(&self, numeral: &Numeral, end: usize, time_end: usize) -> Option<String> {
        let line = self.line;
        let unit = line.text(line.skip_spaces(end)..time_end);
        let clause = line.clause(&(numeral.start..time_end));
        let before = line.text(clause.start..numeral.start);
        let measured = [
            "平均",
            "人均",
            "年限",
            "寿命",
            "不少于",
            "不低于",
            "至少",
            "不超过",
            "时长",
            "每天",
            "每周",
            "每日",
            "每学期",
            "每学年",
        ]
        .iter()
        .any(|word| before.contains(word));
        let fits = matches!(unit.as_str(), "年" | "岁" | "小时" | "个小时" | "分钟" | "天" | "周岁");
        let whole_years = unit == "年"
            && !numeral.value.places.gt(&0)
            && !before.contains("年限")
            && !before.contains("寿命");
        (measured && fits && !whole_years).then_some(unit)
    }

    /// The same in English: "an average of 11.3 years".
    pub fn is_measured(&self, numeral: &Numeral, noun: &FoundUnit, bound: Option<Bound>) -> bool {
        let line = self.line;
        let clause = line.clause(&(numeral.start..noun.end));
        let before = line.text(clause.start..numeral.start);
        ["average", "expectancy", "length of schooling", "mean ", "years of schooling"]
            .iter()
            .any(|word| before.contains(word))
            || line.has(line.skip_spaces(noun.end), "of schooling")
            || (matches!(noun.unit.as_str(), "hours" | "minutes")
                && matches!(bound, Some(Bound::AtLeast | Bound::AtMost)))
    }

    /// Whether points that end at a place are of a score and not of a percentage.
    pub fn are_points_of_a_score(&self, numeral: &Numeral, end: usize) -> bool {
        let line = self.line;
        let clause = line.text(line.clause(&(numeral.start..end)));
        let plain = line.has_before(end, "points") && !line.has_before(end, "percentage points");
        plain && (numeral.value.value > 100.0 || clause.contains("score") || clause.contains("mark"))
    }

    /// Whether a numeral with what was found around it is a figure.
    pub fn is_figure(
        &self,
        numeral: &Numeral,
        unit: &str,
        bound: Option<Bound>,
        end: usize,
        is_range: bool,
    ) -> bool {
        let line = self.line;
        let hyphenated = line.at(numeral.end) == '-'
            && line.at(numeral.end + 1).is_alphabetic()
            && unit != "pp"
            && unit != "%";
        if hyphenated && bound.is_none() {
            return false;
        }
        let one = (numeral.value.value - 1.0).abs() < 1e-9;
        match numeral.script {
            NumeralScript::Chinese => {
                let each = line.text(line.clause(&(numeral.start..end)).start..numeral.start).contains('每');
                if numeral.is_bare && bound.is_none() {
                    return false;
                }
                if one && !numeral.is_bare && bound.is_none() && !each && !is_range {
                    return false;
                }
                !unit.is_empty()
                    || (line.small[numeral.start..numeral.end].contains(&'万')
                        && numeral.end - numeral.start > 1
                        && bound.is_some())
            }
            NumeralScript::English => {
                if one && bound.is_none() && !is_range {
                    return false;
                }
                !unit.is_empty() || bound.is_some_and(|_| numeral.value.value >= 10.0)
            }
            NumeralScript::Digits => {
                if !numeral.is_plain || !unit.is_empty() || is_range {
                    return true;
                }
                self.is_bare_count(numeral, bound, end)
            }
        }
    }

    /// Whether digits without a unit count something. 33618体系 does not; 达120，does.
    fn is_bare_count(&self, numeral: &Numeral, bound: Option<Bound>, end: usize) -> bool {
        let line = self.line;
        let next = line.at(end);
        let quoted = matches!(line.before(numeral.start), '“' | '‘' | '「' | '《' | '"' | '#');
        if quoted || matches!(next, '”' | '’' | '」' | '》') {
            return false;
        }
        if bound.is_some() {
            return true;
        }
        if matches!(next, '和' | '与' | '及') && reading::numeral(line, end + 1).is_some() {
            return true;
        }
        if is_chinese(next) {
            let verb = line.longest_before(
                line.skip_spaces_back(numeral.start),
                &["达到", "达", "增至", "共计", "合计", "总计"],
            );
            return verb.is_some() && next != '号';
        }
        // 14th, and a number that names the noun behind it: "the 416 layout".
        let spaced = line.skip_spaces(end);
        let names =
            spaced > end && line.word(spaced).is_some_and(|word| !units::is_small_word(&line.text(word)));
        if next.is_ascii_alphabetic() || names {
            return false;
        }
        // A capital before it, and no unit behind: Phase 2, Horizon 2020.
        let before = line.skip_spaces_back(numeral.start);
        let named = before < numeral.start
            && line.word_before(before).is_some_and(|word| {
                line.cased[word.start].is_ascii_uppercase() && !is_sentence_start(line, word.start)
            });
        let dangling = matches!(next, '-' | '/' | '+' | '=' | '_' | '*' | '@' | '#' | '\\');
        !named && !dangling && !matches!(line.before(numeral.start), '/' | '_' | '=' | '@' | '\\' | '+')
    }
}

fn is_sentence_start(line: &Letters, at: usize) -> bool {
    let before = line.before(line.skip_spaces_back(at));
    matches!(before, '\0' | '.' | '!' | '?' | '|' | '\t' | '>' | '*' | '-' | ':' | '(' | '"' | '“')
}
