//! Numbers of headings, as the main language of a report numbers them: 一、（一）1. （1） or 1, 1.1, 1.1.1. Each with
//! what stands between it and the heading.

use crate::text::Ui;

/// Counts headings as they come.
#[derive(Clone, Debug, Default)]
pub struct HeadingNumbers(Vec<usize>);

impl HeadingNumbers {
    /// The number of the next heading of a level, from 1.
    pub fn next(&mut self, level: usize, ui: Ui) -> String {
        let level = level.max(1);
        self.0.resize(level, 0);
        self.0[level - 1] += 1;
        number(&self.0, ui)
    }
}

/// The number of a heading by the places of those above it and its own.
pub fn number(places: &[usize], ui: Ui) -> String {
    let Some(own) = places.last().copied() else { return String::new() };
    match (ui, places.len()) {
        (Ui::En, _) => places.iter().map(ToString::to_string).collect::<Vec<_>>().join(".") + " ",
        (Ui::Zh, 1) => format!("{}、", chinese(own)),
        (Ui::Zh, 2) => format!("（{}）", chinese(own)),
        (Ui::Zh, 3) => format!("{own}. "),
        (Ui::Zh, 4) => format!("（{own}）"),
        (Ui::Zh, _) => {
            let deep = places[3..].iter().map(ToString::to_string).collect::<Vec<_>>();
            format!("（{}）", deep.join("."))
        }
    }
}

/// A count in Chinese numerals: 一, 十二, 三十, 一百零五. From a thousand on in digits.
fn chinese(count: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (hundreds, tens, ones) = (count / 100, count / 10 % 10, count % 10);
    if count >= 1000 {
        return count.to_string();
    }
    let mut said = String::new();
    if hundreds > 0 {
        said.push_str(&format!("{}百", DIGITS[hundreds]));
    }
    match (hundreds, tens, ones) {
        (0, 0, ones) => said.push_str(DIGITS[ones]),
        (_, 0, 0) => {}
        (_, 0, ones) => said.push_str(&format!("零{}", DIGITS[ones])),
        (0, 1, _) => said.push('十'),
        (_, tens, _) => said.push_str(&format!("{}十", DIGITS[tens])),
    }
    if tens > 0 && ones > 0 {
        said.push_str(DIGITS[ones]);
    }
    said
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(1, "一")]
    #[case(10, "十")]
    #[case(12, "十二")]
    #[case(20, "二十")]
    #[case(35, "三十五")]
    #[case(100, "一百")]
    #[case(105, "一百零五")]
    #[case(110, "一百一十")]
    #[case(112, "一百一十二")]
    #[case(999, "九百九十九")]
    #[case(1000, "1000")]
    fn a_count_is_said_in_chinese(#[case] count: usize, #[case] said: &str) {
        assert_eq!(chinese(count), said);
    }

    #[test]
    fn headings_are_numbered_as_each_language_does() {
        let levels = [1, 2, 2, 3, 4, 5, 6, 1, 2];
        let numbers = |ui| {
            let mut numbers = HeadingNumbers::default();
            levels.map(|level| numbers.next(level, ui))
        };
        assert_eq!(
            numbers(Ui::Zh),
            ["一、", "（一）", "（二）", "1. ", "（1）", "（1.1）", "（1.1.1）", "二、", "（一）"]
        );
        let english = ["1", "1.1", "1.2", "1.2.1", "1.2.1.1", "1.2.1.1.1", "1.2.1.1.1.1", "2", "2.1"];
        assert_eq!(numbers(Ui::En), english.map(|number| format!("{number} ")));
    }
}
