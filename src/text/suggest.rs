//! "Did you mean": the nearest of the names there are.

/// The candidate nearest to `name`, if it is near enough to be what was meant (a third of its characters, at
/// least one, may differ; swapped neighbours count as one). Case does not count.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().take(MAX_CHARS).flat_map(char::to_lowercase).collect();
    let allowed = (wanted.len() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= 4 * allowed)
        .filter_map(|candidate| Some((distance(&wanted, candidate, allowed)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Longer names are compared by their beginning only.
const MAX_CHARS: usize = 80;

/// Optimal string alignment, or `None` beyond `allowed`.
fn distance(wanted: &[char], candidate: &str, allowed: usize) -> Option<usize> {
    let other: Vec<char> = candidate.chars().take(MAX_CHARS).flat_map(char::to_lowercase).collect();
    if other.len().abs_diff(wanted.len()) > allowed {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, a) in wanted.iter().enumerate() {
        let mut this = vec![row + 1];
        for (column, b) in other.iter().enumerate() {
            let mut best =
                (above[column] + usize::from(a != b)).min(above[column + 1] + 1).min(this[column] + 1);
            let swapped = row > 0 && column > 0 && *a == other[column - 1] && wanted[row - 1] == *b;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            this.push(best);
        }
        before = std::mem::replace(&mut above, this);
    }
    above.last().copied().filter(|distance| *distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_of_the_finger_finds_the_name_that_was_meant() {
        let known = ["title", "summary", "parent", "serves"];
        assert_eq!(closest("titel", known), Some("title"), "swapped neighbours");
        assert_eq!(closest("sumary", known), Some("summary"), "a letter left out");
        assert_eq!(closest("Parent", known), Some("parent"), "case");
        assert_eq!(closest("evidence", known), None, "nothing near");
        assert_eq!(closest("", known), None);
    }
}
