//! Transactions that the server undoes, since others were in their way.

use lucia_server_tests::Database;
use lucia_tests::block_on;

use crate::support::{On, assert_unavailable, eventually, key, names, on_each, password, sign_up};

on_each!(
    a_deadlock_with_a_transaction_of_the_apps_is_survived,
    what_was_undone_three_times_succeeds_the_fourth_time,
    what_is_always_undone_is_unavailable_after_21_attempts,
);

/// What ours waits for is held by one who waits for ours, and the server undoes ours.
fn a_deadlock_with_a_transaction_of_the_apps_is_survived(on: On) {
    let database = on.database();
    database.execute("CREATE TABLE ballast (n INTEGER)");
    block_on(async {
        let auth = on.auth(&database).await;
        let ada = sign_up(&auth, "ada").await.unwrap();
        auth.log_in(&key("ada"), &password()).await.unwrap().unwrap();
        let mut rival = database.connect();
        // PostgreSQL undoes the one that has waited for so long; MariaDB the one that has written less.
        let prepare = on.choose(
            "SET deadlock_timeout = '1min'; BEGIN",
            "BEGIN; INSERT INTO ballast SELECT seq FROM seq_1_to_1000",
        );
        rival.batch_execute(prepare).unwrap();
        rival.batch_execute("UPDATE auth_session SET active_expires = active_expires + 1").unwrap();
        let ours = tokio::spawn(async move { auth.delete_user(&ada.id).await });
        eventually("a wait for the rival", || !on.waiting(&database).is_empty());
        // Ours has the row by now: the rival gets it when ours has been undone.
        rival.batch_execute("UPDATE auth_user SET logins = logins + 1; COMMIT").unwrap();
        ours.await.unwrap().unwrap();
        assert_eq!(names(&database), (vec![], vec![]));
    });
}

/// Undoes those sign-ups that are not beyond so many attempts, and counts all of them.
fn undo(on: On, database: &Database, attempts: u32, reason: &Reason) {
    let sql = match on {
        On::Postgres | On::AsyncPostgres => format!(
            "CREATE SEQUENCE attempts;
             CREATE FUNCTION undo_some() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 IF nextval('attempts') <= {attempts} THEN
                     RAISE EXCEPTION '{}' USING ERRCODE = '{}';
                 END IF;
                 RETURN NEW;
             END $$;
             CREATE TRIGGER undo_some BEFORE INSERT ON auth_key FOR EACH ROW EXECUTE FUNCTION undo_some()",
            reason.text, reason.code
        ),
        On::MariaDb | On::AsyncMariaDb => format!(
            "CREATE SEQUENCE attempts NOCACHE;
             CREATE TRIGGER undo_some BEFORE INSERT ON auth_key FOR EACH ROW
                 IF NEXTVAL(attempts) <= {attempts} THEN
                     SIGNAL SQLSTATE '{}' SET MYSQL_ERRNO = {}, MESSAGE_TEXT = '{}';
                 END IF",
            reason.state, reason.code, reason.text
        ),
    };
    database.execute(&sql);
}

/// How a server says that it has undone a transaction.
#[derive(Clone, Copy)]
struct Reason {
    state: &'static str,
    code: &'static str,
    text: &'static str,
}

/// A deadlock, and rows that somebody else has changed meanwhile.
fn reasons(on: On) -> [Reason; 2] {
    on.choose(
        [
            Reason { state: "", code: "40P01", text: "deadlock detected" },
            Reason { state: "", code: "40001", text: "could not serialize access due to concurrent update" },
        ],
        [
            Reason {
                state: "40001",
                code: "1213",
                text: "Deadlock found when trying to get lock; try restarting transaction",
            },
            Reason { state: "HY000", code: "1020", text: "Record has changed since last read in table" },
        ],
    )
}

fn attempts(on: On, database: &Database) -> String {
    let sql = on
        .choose("SELECT nextval('attempts')::text AS line", "SELECT CAST(NEXTVAL(attempts) AS CHAR) AS line");
    // The question counts too.
    (database.lines(sql)[0].parse::<u32>().unwrap() - 1).to_string()
}

fn what_was_undone_three_times_succeeds_the_fourth_time(on: On) {
    for reason in reasons(on) {
        let database = on.database();
        undo(on, &database, 3, &reason);
        block_on(async {
            let auth = on.auth(&database).await;
            sign_up(&auth, "ada").await.unwrap();
            assert_eq!(attempts(on, &database), "4");
            assert_eq!(names(&database), (vec!["ada".to_owned()], vec!["ada".to_owned()]));
        });
    }
}

fn what_is_always_undone_is_unavailable_after_21_attempts(on: On) {
    for reason in reasons(on) {
        let database = on.database();
        undo(on, &database, 1_000, &reason);
        block_on(async {
            let auth = on.auth(&database).await;
            assert_unavailable(&sign_up(&auth, "ada").await.unwrap_err());
            assert_eq!(attempts(on, &database), "21");
            assert_eq!(names(&database), (vec![], vec![]));
            assert_eq!(on.transactions(&database), 0);
        });
    }
}

/// On PostgreSQL only: on MariaDB a transaction of ours locks before it reads, and reads what is there then.
mod repeatable_reads {
    use super::{On, block_on, eventually, key, password, sign_up};

    fn a_row_that_a_transaction_of_the_apps_has_changed_meanwhile_is_no_failure(on: On) {
        let database = on.database();
        database.execute(
            "DO $$ BEGIN
                 EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = %L', current_database(), 'repeatable read');
             END $$",
        );
        block_on(async {
            let auth = on.auth(&database).await;
            sign_up(&auth, "ada").await.unwrap();
            let mut rival = database.connect();
            rival.batch_execute("BEGIN; UPDATE auth_user SET logins = logins + 1").unwrap();
            let ours = tokio::spawn(async move { auth.log_in(&key("ada"), &password()).await });
            eventually("a wait for the rival", || !on.waiting(&database).is_empty());
            rival.batch_execute("COMMIT").unwrap();
            ours.await.unwrap().unwrap().unwrap();
        });
    }

    #[test]
    fn on_postgres() {
        a_row_that_a_transaction_of_the_apps_has_changed_meanwhile_is_no_failure(On::Postgres);
    }

    #[test]
    fn on_postgres_by_diesel_async() {
        a_row_that_a_transaction_of_the_apps_has_changed_meanwhile_is_no_failure(On::AsyncPostgres);
    }
}
