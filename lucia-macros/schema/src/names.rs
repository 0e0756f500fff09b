//! Names that the databases see: what is a legal one, and how those that we make stay short and distinct.

use crate::schema::hex;

/// PostgreSQL cuts longer names off without a word, and two of them may then collide; MySQL allows 64.
const MAX_BYTES: usize = 63;

/// Whether a name matches `[A-Za-z_][A-Za-z0-9_]{0,62}`.
pub(crate) fn is_portable(name: &str) -> bool {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let goes_on_well = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    starts_well && goes_on_well && name.len() <= MAX_BYTES
}

/// `table_column_suffix`, shortened where it is too long. Several columns come with commas between them.
pub(crate) fn made_of(table: &str, column: &str, suffix: &str) -> String {
    let plain = format!("{table}_{column}_{suffix}").replace(',', "_");
    if plain.len() <= MAX_BYTES { plain } else { hashed(table, column, suffix) }
}

/// `table_column_<8 hex>_suffix`, cut so that the whole fits.
///
/// The digest covers the parts with a separator that no name contains: `a_b` + `c` and `a` + `b_c` differ.
pub(crate) fn hashed(table: &str, column: &str, suffix: &str) -> String {
    let digest = hex(&format!("{table}.{column}.{suffix}"), 4);
    let tail = format!("_{digest}_{suffix}");
    let room = MAX_BYTES.saturating_sub(tail.len());
    let mut name = String::new();
    // By characters and not by bytes, so that a name that came from elsewhere is never cut inside one.
    for c in format!("{table}_{column}").replace(',', "_").chars() {
        if name.len() + c.len_utf8() > room {
            break;
        }
        name.push(c);
    }
    name + &tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_plain() {
        assert_eq!(made_of("auth_user", "email", "key"), "auth_user_email_key");
    }

    #[test]
    fn names_of_every_length_fit_and_differ() {
        let mut seen = std::collections::HashSet::new();
        for table in 1..=63 {
            for column in 1..=63 {
                for suffix in ["key", "idx", "fkey"] {
                    let name = made_of(&"t".repeat(table), &"c".repeat(column), suffix);
                    assert!(name.len() <= 63, "{name}");
                    assert!(name.ends_with(suffix));
                    assert!(seen.insert(name.clone()), "{name} twice");
                }
            }
        }
    }

    #[test]
    fn long_names_with_the_same_beginning_differ() {
        let table = "t".repeat(40);
        let a = made_of(&table, &format!("{}a", "c".repeat(40)), "key");
        let b = made_of(&table, &format!("{}b", "c".repeat(40)), "key");
        assert_ne!(a, b);
    }

    #[test]
    fn names_from_elsewhere_are_cut_between_characters() {
        assert!(made_of(&"é".repeat(40), "ü", "idx").len() <= 63);
    }

    #[cfg(feature = "syn")]
    #[test]
    fn portable_names() {
        for good in ["a", "_", "A9_", &"x".repeat(63)] {
            assert!(is_portable(good), "{good}");
        }
        for bad in ["", "9a", "a-b", "a b", "é", "a`b", &"x".repeat(64)] {
            assert!(!is_portable(bad), "{bad}");
        }
    }
}
