//! Did you mean: the known name that is closest to an unknown one.

/// The closest of the candidates, if it is close enough to be what was meant.
pub(crate) fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| (distance(name, candidate), candidate))
        // One slip in a short name, one more for every three letters of a longer one.
        .filter(|&(distance, candidate)| distance <= candidate.len() / 3)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance: letters to insert, delete or replace.
fn distance(a: &str, b: &str) -> usize {
    let mut above: Vec<usize> = (0..=b.chars().count()).collect();
    for (row, from) in a.chars().enumerate() {
        let mut line = vec![row + 1];
        let mut left = row + 1;
        for (to, pair) in b.chars().zip(above.windows(2)) {
            let &[diagonal, up] = pair else { break };
            let replaced = diagonal + usize::from(from != to);
            left = replaced.min(up + 1).min(left + 1);
            line.push(left);
        }
        above = line;
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "", 3),
            ("", "ab", 2),
            ("uniqe", "unique", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn far_names_are_not_suggested() {
        let known = || ["unique", "index", "max_length"].into_iter();
        assert_eq!(closest("uniq", known()), Some("unique"));
        assert_eq!(closest("maxlength", known()), Some("max_length"));
        assert_eq!(closest("primary_key", known()), None);
    }
}
