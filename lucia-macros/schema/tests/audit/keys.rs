//! Indexes, keys, and tables that are missing.

use lucia_schema::audit::live::{ForeignKey, Part};
use lucia_schema::audit::{Code, Severity, audit};
use lucia_schema::{Dialect, Schema};

use crate::described::{Change, after, clean, codes};

#[test]
fn an_index_of_mysql_on_an_expression_does_what_the_column_beside_it_does() {
    let found = after(Dialect::Mysql, |live| {
        live.0.tables[0].columns.retain(|column| !column.name.starts_with("__"));
        let expression = "lower(`email`)".to_owned();
        live.index("auth_user_email_key").parts = vec![Part { expression, ..Part::default() }];
    });
    assert_eq!(found, []);
}

#[test]
fn an_expression_that_does_more_than_fold_letters_is_no_nocase_index() {
    for expression in ["lower(trim(email))", "upper(email)", "lower(bio)", "lower(email || bio)", "email"] {
        let found = after(Dialect::Postgres, |live| {
            expression.clone_into(&mut live.index("auth_user_email_key").parts[0].expression);
        });
        assert_eq!(codes(&found)[0], (Code::MissingUnique, Severity::Error), "{expression}");
    }
    for expression in ["lower((email)::text)", "lower(email::text)", "lower(\"email\")"] {
        let found = after(Dialect::Postgres, |live| {
            expression.clone_into(&mut live.index("auth_user_email_key").parts[0].expression);
        });
        assert_eq!(found, [], "{expression}");
    }
}

#[test]
fn ids_of_mysql_must_be_told_apart_by_case_and_may_be_padded() {
    let collated = |collation: &'static str| {
        after(Dialect::Mysql, move |live| {
            let column = live.0.tables[2].columns.iter_mut().find(|column| column.name == "id").unwrap();
            column.collation = Some(collation.to_owned());
            column.exact = collation.ends_with("_bin");
        })
    };
    for exact in ["ascii_bin", "latin1_bin", "utf8mb4_bin", "utf8mb4_0900_bin"] {
        assert_eq!(collated(exact), [], "{exact}");
    }
    for folding in ["latin1_swedish_ci", "utf8mb4_0900_ai_ci", "utf8mb4_0900_as_cs", "utf8mb4_uca1400_ai_ci"]
    {
        assert_eq!(codes(&collated(folding)), [(Code::Collation, Severity::Error)], "{folding}");
    }
}

#[test]
fn only_the_names_of_indexes_of_users_are_known_by() {
    let renamed = |name: &'static str| after(Dialect::Postgres, move |live| live.rename_index(name, "other"));
    assert_eq!(codes(&renamed("auth_user_username_key")), [(Code::IndexName, Severity::Error)]);
    assert_eq!(codes(&renamed("auth_session_renewed_from_key")), [(Code::IndexName, Severity::Warning)]);
    assert_eq!(codes(&renamed("auth_session_user_id_idx")), [(Code::IndexName, Severity::Warning)]);
    assert_eq!(codes(&renamed("auth_user_pkey")), [(Code::IndexName, Severity::Error)]);
    assert_eq!(renamed("auth_key_pkey"), []);
}

#[test]
fn an_index_over_nothing_does_nothing() {
    let found = after(Dialect::Postgres, |live| live.index("auth_session_idle_expires_idx").parts.clear());
    assert_eq!(codes(&found), [(Code::MissingIndex, Severity::Warning)]);
}

#[test]
fn a_foreign_key_to_another_table_or_column_is_another_one() {
    let changes: [fn(&mut ForeignKey); 3] = [
        |key| "member".clone_into(&mut key.table),
        |key| "name".clone_into(&mut key.references[0]),
        |key| "id".clone_into(&mut key.columns[0]),
    ];
    for change in changes {
        let found = after(Dialect::Postgres, |live| change(&mut live.0.tables[1].foreign_keys[0]));
        assert_eq!(codes(&found), [(Code::MissingForeignKey, Severity::Error)]);
    }
}

#[test]
fn times_of_sessions_may_be_unsigned_as_lucia_v1_has_them() {
    let unsigned = |live: &mut Change<'_>| live.retype("idle_expires", "bigint(20) unsigned");
    assert_eq!(after(Dialect::Mysql, unsigned), []);
}

#[test]
fn a_table_of_sessions_without_users_is_not_taken_for_one_of_users() {
    let sessions = Schema::sessions();
    let mut live = clean(&sessions, Dialect::Mysql);
    Change(&mut live).retype("idle_expires", "bigint(20) unsigned");
    assert_eq!(audit(&sessions, &live, Dialect::Mysql), []);
    live.tables.clear();
    let found = audit(&sessions, &live, Dialect::Mysql);
    assert_eq!(codes(&found), [(Code::MissingTable, Severity::Error); 2]);
    for (finding, of) in found.iter().zip(["sessions", "those who have sessions"]) {
        let text = finding.to_string();
        assert!(
            text.contains(&format!("the table of {of}:")) && text.contains("`SESSION_MIGRATIONS`"),
            "{text}"
        );
    }
}

#[test]
fn what_belongs_to_a_missing_column_is_not_told_beside_it() {
    for dialect in Dialect::ALL {
        let found = after(dialect, |live| {
            live.0.tables[0].columns.retain(|column| !column.name.contains("email"));
            live.drop_index("auth_user_email_key");
        });
        assert_eq!(codes(&found), [(Code::MissingColumn, Severity::Error)]);
        // The statement brings the index with it.
        assert!(found[0].sql.as_ref().unwrap().contains("auth_user_email_key"));
    }
}
