//! What has to be true of the tables at any time, whatever was done at once or broken off.

use diesel::prelude::*;

use crate::support::{number, texts};

/// Fails unless no key or session is without its user, no user has two primary keys, no instant is out of range, and the
/// file itself is sound.
pub(crate) fn check(conn: &mut SqliteConnection) {
    for (what, sql) in [
        (
            "keys without a user",
            "SELECT count(*) AS n FROM auth_key WHERE user_id NOT IN (SELECT id FROM auth_user)",
        ),
        (
            "sessions without a user",
            "SELECT count(*) AS n FROM auth_session WHERE user_id NOT IN (SELECT id FROM auth_user)",
        ),
        (
            "users with two primary keys",
            "SELECT count(*) AS n FROM (SELECT 1 FROM auth_key WHERE primary_key GROUP BY user_id HAVING count(*) > 1)",
        ),
        (
            "instants before 1970 or after 9999",
            "SELECT count(*) AS n FROM auth_session WHERE \
             min(active_expires, idle_expires, coalesce(created_at, 0), coalesce(absolute_expires, 0)) < 0 \
             OR max(active_expires, idle_expires, coalesce(created_at, 0), coalesce(absolute_expires, 0)) \
             > 253402300799999",
        ),
        (
            "two sessions renewed from one",
            "SELECT count(*) AS n FROM (SELECT 1 FROM auth_session WHERE renewed_from IS NOT NULL \
             GROUP BY renewed_from HAVING count(*) > 1)",
        ),
    ] {
        assert_eq!(number(conn, sql), 0, "{what}");
    }
    assert_eq!(texts(conn, "SELECT integrity_check AS text FROM pragma_integrity_check"), ["ok"]);
}

/// As [`check`], where every user was made together with a key.
pub(crate) fn check_with_primary_keys(conn: &mut SqliteConnection) {
    check(conn);
    let sql = "SELECT count(*) AS n FROM auth_user WHERE id NOT IN (SELECT user_id FROM auth_key WHERE primary_key)";
    assert_eq!(number(conn, sql), 0, "users without their primary key");
}
