//! Which figure of a file is which of today.

use crate::export::mark::FigureMark;

/// A figure then and now; one side is missing where it came or went.
pub type FigurePair = (Option<FigureMark>, Option<FigureMark>);

/// How much two figures must have in common to be one that has changed.
type Alike = fn(&FigureMark, &FigureMark) -> bool;

/// From the closest to the loosest: kind, time and author must agree in any case.
const ALIKE: [Alike; 3] = [
    |was, now| was == now,
    |was, now| key(was) == key(now) && was.source == now.source,
    |was, now| key(was) == key(now),
];

fn key(figure: &FigureMark) -> (&str, &str, Option<&str>) {
    (&figure.kind, &figure.when, figure.by.as_deref())
}

/// The figures that differ, in the order of the file, those that are new last.
pub fn differences(was: &[FigureMark], now: &[FigureMark]) -> Vec<FigurePair> {
    let mut partner: Vec<Option<usize>> = vec![None; was.len()];
    let mut taken = vec![false; now.len()];
    for alike in ALIKE {
        for (old, partner) in was.iter().zip(&mut partner).filter(|(_, partner)| partner.is_none()) {
            let found = (0..now.len()).find(|at| !taken[*at] && alike(old, &now[*at]));
            taken
                .iter_mut()
                .enumerate()
                .filter(|(at, _)| Some(*at) == found)
                .for_each(|(_, taken)| *taken = true);
            *partner = found;
        }
    }
    let kept = was.iter().zip(partner).map(|(old, partner)| (Some(old), partner.map(|at| &now[at])));
    let came = now.iter().zip(taken).filter(|(_, taken)| !taken).map(|(new, _)| (None, Some(new)));
    let differs = kept.chain(came).filter(|(was, now)| was != now);
    differs.map(|(was, now)| (was.cloned(), now.cloned())).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// `target 2028 98 early`
    fn figure(line: &str) -> FigureMark {
        let mut words = line.split(' ').map(str::to_owned);
        let mut next = || words.next().unwrap_or_default();
        FigureMark {
            kind: next(),
            when: next(),
            amount: next(),
            bound: None,
            force: None,
            source: Some(next()),
            by: None,
        }
    }

    fn figures(lines: &str) -> Vec<FigureMark> {
        lines.split(", ").filter(|line| !line.is_empty()).map(figure).collect()
    }

    #[rstest]
    // The same, in whatever order.
    #[case("t 2028 98 a, t 2035 99 a", "t 2035 99 a, t 2028 98 a", "")]
    // An amount.
    #[case("t 2028 98 a", "t 2028 97 a", "t 2028 98 a -> t 2028 97 a")]
    // A source alone.
    #[case("t 2028 98 a", "t 2028 98 b", "t 2028 98 a -> t 2028 98 b")]
    // Two of one time: each goes with its own source.
    #[case("o 2025 1 a, o 2025 2 b", "o 2025 3 b, o 2025 1 a", "o 2025 2 b -> o 2025 3 b")]
    // One came, one went.
    #[case("o 2025 1 a", "o 2026 1 a", "o 2025 1 a -> , -> o 2026 1 a")]
    #[case("o 2025 1 a, o 2025 1 a", "o 2025 1 a", "o 2025 1 a -> ")]
    fn figures_find_their_partners(#[case] was: &str, #[case] now: &str, #[case] expected: &str) {
        let said = |figure: Option<FigureMark>| {
            figure.map_or(String::new(), |one| {
                format!("{} {} {} {}", one.kind, one.when, one.amount, one.source.unwrap_or_default())
            })
        };
        let found: Vec<String> = differences(&figures(was), &figures(now))
            .into_iter()
            .map(|(was, now)| format!("{} -> {}", said(was), said(now)).trim_start().to_owned())
            .collect();
        assert_eq!(found.join(", "), expected);
    }
}
