//! A script of MySQL as its statements.

/// The statements of a script, each without its `;`, and without comments between them. Quotes and comments are MySQL's.
pub(super) fn statements(script: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some(begin) = next_begin(rest) {
        let (statement, after) = split_at_end(begin);
        let statement = statement.trim();
        if !statement.is_empty() {
            found.push(statement);
        }
        rest = after;
    }
    found
}

/// Whether it defines something with a body, in which `;` ends no statement.
pub(super) fn has_body(script: &str) -> bool {
    let upper = script.to_ascii_uppercase();
    ["TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "DELIMITER"].iter().any(|word| upper.contains(word))
}

/// What is left once blank space and comments are skipped. A comment that is executed (`/*!`, `/*M!`) is part of a statement.
fn next_begin(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let is_executed = rest.starts_with("/*!") || rest.starts_with("/*M!");
        let after = if is_line_comment(rest) {
            rest.split_once('\n')?.1
        } else if rest.starts_with("/*") && !is_executed {
            rest.split_once("*/")?.1
        } else {
            return (!rest.is_empty()).then_some(rest);
        };
        rest = after.trim_start();
    }
}

fn is_line_comment(text: &str) -> bool {
    text.starts_with('#')
        || text == "--"
        || text.starts_with("--") && text[2..].starts_with(char::is_whitespace)
}

/// A statement, and what comes after its `;`.
fn split_at_end(text: &str) -> (&str, &str) {
    let mut skip_to = 0;
    for (place, char) in text.char_indices() {
        if place < skip_to {
            continue;
        }
        let (before, rest) = text.split_at(place);
        skip_to = place
            + match char {
                ';' => return (before, rest.strip_prefix(';').unwrap_or_default()),
                '\'' | '"' | '`' => quoted(rest, char),
                '#' | '-' if is_line_comment(rest) => rest.find('\n').unwrap_or(rest.len()),
                '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
                _ => 0,
            };
    }
    (text, "")
}

/// How long the quoted text is that begins here. A quote in it is doubled, which reads as two quoted texts, or has a backslash.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (place, char) in text.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            char if char == quote => return place + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{has_body, statements};

    #[test]
    fn a_statement_ends_at_a_semicolon_outside_of_quotes_and_comments() {
        assert_eq!(statements("SELECT 1;\nSELECT 2;"), ["SELECT 1", "SELECT 2"]);
        assert_eq!(statements("SELECT ';', \";\", `;`;"), ["SELECT ';', \";\", `;`"]);
        assert_eq!(statements("SELECT 'it''s;', 'a\\';';b"), ["SELECT 'it''s;', 'a\\';'", "b"]);
        assert_eq!(
            statements("a -- ; no\n; b # ;\n; c /* ; */; d"),
            ["a -- ; no", "b # ;", "c /* ; */", "d"]
        );
        assert_eq!(statements("SELECT 1--;\n;"), ["SELECT 1--"]);
    }

    #[test]
    fn comments_between_statements_are_none() {
        assert_eq!(statements("-- one\n# two\n/* three */ SELECT 1;\n-- four"), ["SELECT 1"]);
        assert_eq!(statements(" \n-- only\n"), Vec::<&str>::new());
        assert_eq!(statements("/*!80017 SELECT 1 */;"), ["/*!80017 SELECT 1 */"]);
        assert_eq!(statements(""), Vec::<&str>::new());
    }

    #[test]
    fn what_has_a_body_is_known_by_its_words() {
        assert!(has_body("create trigger t before insert on a for each row begin end;"));
        assert!(!has_body("ALTER TABLE a ADD COLUMN b INTEGER;"));
    }
}
