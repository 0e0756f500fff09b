//! Renames in an order in which no name is taken when it is needed.

/// Names that no table, column or index has: none of ours begins like that.
fn in_passing(number: usize) -> String {
    format!("__tmp_{number}")
}

/// The renames one after another. Names that are exchanged take a detour; letter case makes no difference to any of the
/// databases but one.
pub(super) fn renames(mut pending: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut ordered = Vec::new();
    let mut detours = 0;
    while !pending.is_empty() {
        if let Some(free) = (0..pending.len()).find(|place| is_free(*place, &pending)) {
            ordered.push(pending.remove(free));
        } else if let Some(first) = pending.first_mut() {
            let passing = in_passing(detours);
            detours += 1;
            ordered.push((std::mem::replace(&mut first.0, passing.clone()), passing));
        }
    }
    ordered
}

/// Whether no other pending rename still has to free the name.
fn is_free(place: usize, pending: &[(String, String)]) -> bool {
    let Some((_, to)) = pending.get(place) else { return false };
    let mut others = pending.iter().enumerate().filter(|(other, _)| *other != place);
    !others.any(|(_, (from, _))| from.eq_ignore_ascii_case(to))
}

#[cfg(test)]
mod tests {
    use super::renames;

    fn ordered(pairs: &[(&str, &str)]) -> Vec<String> {
        let pairs = pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
        renames(pairs).iter().map(|(from, to)| format!("{from}>{to}")).collect()
    }

    #[test]
    fn a_name_is_free_before_it_is_taken() {
        assert_eq!(ordered(&[("a", "b"), ("b", "c")]), ["b>c", "a>b"]);
    }

    #[test]
    fn names_that_are_exchanged_take_a_detour() {
        assert_eq!(ordered(&[("a", "b"), ("b", "a")]), ["a>__tmp_0", "b>a", "__tmp_0>b"]);
        let two = ordered(&[("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")]);
        assert_eq!(two.len(), 6);
    }

    #[test]
    fn another_case_of_a_name_needs_no_detour() {
        assert_eq!(ordered(&[("email", "Email")]), ["email>Email"]);
        assert_eq!(ordered(&[("a", "B"), ("b", "c")]), ["b>c", "a>B"]);
    }
}
