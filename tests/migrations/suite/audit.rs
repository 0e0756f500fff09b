//! Audits of real databases that somebody has changed by hand. What is found is in `audit.txt`, to be read aloud;
//! `LUCIA_GOLDEN=write` writes it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use lucia_migration_tests::database::Database;
use lucia_migration_tests::mariadb::MariaDb;
use lucia_migration_tests::postgres::Postgres;
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_schema::audit::{Code, Finding};
use lucia_schema::{Dialect, Schema, sql};

const USER: &str = "pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 32)] pub username: String,
    #[lucia(unique(nocase))] pub email: Option<String>,
    #[lucia(index)] pub tenant: i64,
    #[lucia(default = 0)] pub logins: i32,
    #[lucia(default = \"member\", max_length = 20)] pub role: String,
    #[lucia(default = now)] pub joined: NaiveDateTime,
    #[lucia(default = true)] pub active: bool,
    #[lucia(default = 0.5)] pub weight: f32,
    pub bio: Option<String>,
    pub avatar: Option<Vec<u8>>,
}";

/// A change, as statements, or as what is written in place of something when the tables are made.
enum Change {
    Run(&'static str),
    Write(&'static [(&'static str, &'static str)]),
}

use Change::{Run, Write as Made};

struct Case {
    what: &'static str,
    change: Change,
}

const fn case(what: &'static str, change: Change) -> Case {
    Case { what, change }
}

fn user() -> Schema {
    let reading = lucia_schema::read(&syn::parse_str(USER).unwrap());
    assert!(reading.errors.is_none(), "{:?}", reading.errors);
    reading.user.schema()
}

/// Makes the tables with a change, and audits them. Whatever a finding says is to be run is run then, after which only those findings
/// are left that name no statement.
fn found(schema: &Schema, change: &Change, database: &mut dyn Database) -> Vec<Finding> {
    let mut made = sql::create(schema, database.dialect());
    match change {
        Run(statements) => made += statements,
        Made(replaced) => {
            for (from, to) in *replaced {
                assert!(made.contains(from), "`{from}` is not in\n{made}");
                made = made.replacen(from, to, 1);
            }
        }
    }
    database.fresh(&made, "");
    let found = database.audit(schema);
    for sql in found.iter().filter_map(|finding| finding.sql.as_ref()) {
        database.execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    let left = database.audit(schema);
    let without: Vec<&Finding> = found.iter().filter(|finding| finding.sql.is_none()).collect();
    assert_eq!(left.iter().collect::<Vec<_>>(), without, "after what {found:#?} says was run");
    found
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("suite/audit.txt")
}

/// Audits after each change, and compares what is found with the part of the file that is about this database.
fn audit_all(cases: &[Case], database: &mut dyn Database) {
    let dialect = database.dialect();
    let schema = user();
    let mut text = String::new();
    for Case { what, change } in cases {
        let found = found(&schema, change, database);
        write!(text, "\n== {dialect}: {what}\n\n").unwrap();
        text += &told(&found);
    }
    compare(dialect, "== ", &text);
}

fn told(found: &[Finding]) -> String {
    found.iter().fold(String::new(), |mut text, finding| {
        writeln!(text, "{} {}: {finding}", finding.severity, finding.code).unwrap();
        text
    })
}

/// Compares a part of the file: from the first title of that kind on that names the database, to the last one's end.
fn compare(dialect: Dialect, mark: &str, text: &str) {
    let file = fs::read_to_string(golden()).unwrap_or_default();
    let title = format!("\n{mark}{dialect}: ");
    let is_own = |part: &&str| part.starts_with(&title);
    let parts = parts(&file);
    let own: String = parts.iter().copied().filter(is_own).collect();
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        let mut others: Vec<&str> = parts.into_iter().filter(|part| !is_own(part)).collect();
        others.push(text);
        others.sort_by_key(|part| part.split(": ").next().map(str::to_owned));
        fs::write(golden(), others.concat()).unwrap();
    } else {
        assert_eq!(own, text, "LUCIA_GOLDEN=write, with --test-threads=1, writes the file");
    }
}

/// The parts of the file, each with the empty line before it.
fn parts(file: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = file.match_indices("\n=").map(|(place, _)| place).collect();
    starts.push(file.len());
    starts.windows(2).map(|place| &file[place[0]..place[1]]).collect()
}

#[test]
fn sqlite_changed_by_hand_is_found_out() {
    let cases = [
        case("a column is dropped", Run("ALTER TABLE auth_user DROP COLUMN bio;")),
        case("a column with a default is dropped", Run("ALTER TABLE auth_user DROP COLUMN logins;")),
        case(
            "a column that must have a value is dropped",
            Run("DROP INDEX auth_user_tenant_idx; ALTER TABLE auth_user DROP COLUMN tenant;"),
        ),
        case(
            "a column without a default is there",
            Made(&[("`bio` TEXT", "`legacy` TEXT NOT NULL, `bio` TEXT")]),
        ),
        case("a unique index is dropped", Run("DROP INDEX auth_user_username_key;")),
        case(
            "a unique index is there without its uniqueness",
            Run(
                "DROP INDEX auth_user_username_key; CREATE INDEX auth_user_username_key ON auth_user (username);",
            ),
        ),
        case(
            "a unique index is of some rows only",
            Run(
                "DROP INDEX auth_user_username_key; CREATE UNIQUE INDEX auth_user_username_key ON auth_user (username) WHERE active;",
            ),
        ),
        case(
            "a unique index ignores case",
            Run(
                "DROP INDEX auth_user_username_key; CREATE UNIQUE INDEX auth_user_username_key ON auth_user (username COLLATE NOCASE);",
            ),
        ),
        case("a nocase index is dropped", Run("DROP INDEX auth_user_email_key;")),
        case(
            "a nocase index minds the case",
            Run("DROP INDEX auth_user_email_key; CREATE UNIQUE INDEX email ON auth_user (email);"),
        ),
        case(
            "a nocase index has another name",
            Run("DROP INDEX auth_user_email_key; CREATE UNIQUE INDEX Email ON auth_user (lower(Email));"),
        ),
        case(
            "a unique index has another name",
            Run("DROP INDEX auth_user_username_key; CREATE UNIQUE INDEX name ON auth_user (username);"),
        ),
        case(
            "a unique index belongs to the table",
            Made(&[
                ("`username` TEXT NOT NULL", "`username` TEXT NOT NULL UNIQUE"),
                ("CREATE UNIQUE INDEX `auth_user_username_key` ON `auth_user` (`username`);", ""),
            ]),
        ),
        case("an index is dropped", Run("DROP INDEX auth_session_idle_expires_idx;")),
        case(
            "an index has another name",
            Run("DROP INDEX auth_user_tenant_idx; CREATE INDEX tenant ON auth_user (tenant);"),
        ),
        case("an index more is unique", Run("CREATE UNIQUE INDEX one_role ON auth_user (role);")),
        case(
            "an index more folds letters",
            Run("CREATE UNIQUE INDEX any_case ON auth_user (lower(username));"),
        ),
        case("a type takes text for a number", Made(&[("`username` TEXT", "`username` INTEGER")])),
        case("a type takes a number for text", Made(&[("`tenant` BIGINT", "`tenant` VARCHAR(20)")])),
        case("a column may be null", Made(&[("`tenant` BIGINT NOT NULL", "`tenant` BIGINT")])),
        case("a column may not be null", Made(&[("`bio` TEXT", "`bio` TEXT NOT NULL")])),
        case(
            "a default is missing",
            Made(&[("`logins` INTEGER NOT NULL DEFAULT 0", "`logins` INTEGER NOT NULL")]),
        ),
        case(
            "defaults are others",
            Made(&[
                ("DEFAULT 0 ", "DEFAULT 1 "),
                ("DEFAULT 'member'", "DEFAULT 'guest'"),
                ("DEFAULT CURRENT_TIMESTAMP", "DEFAULT '2020-01-01 00:00:00'"),
                ("DEFAULT 0.5", "DEFAULT -0.5"),
            ]),
        ),
        case("a column is computed", Made(&[("`bio` TEXT", "`bio` TEXT AS (role) VIRTUAL")])),
        case("ids ignore case", Made(&[("`id` TEXT NOT NULL", "`id` TEXT NOT NULL COLLATE NOCASE")])),
        case(
            "the primary key is another one",
            Made(&[
                ("PRIMARY KEY (`id`)", "PRIMARY KEY (`id`, `username`)"),
                (
                    "CONSTRAINT `auth_session_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`)",
                    "CHECK (1)",
                ),
                (
                    "CONSTRAINT `auth_key_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`)",
                    "CHECK (1)",
                ),
            ]),
        ),
        case(
            "a foreign key cascades",
            Made(&[("REFERENCES `auth_user` (`id`)", "REFERENCES `auth_user` ON DELETE CASCADE")]),
        ),
        case("a table is dropped", Run("DROP TABLE auth_key;")),
    ];
    audit_all(&cases, &mut Sqlite::new(Runner::ForeignKeysOn));
}

#[test]
fn sqlite_without_foreign_keys_is_found_out() {
    let mut database = Sqlite::new(Runner::ForeignKeysOff);
    database.fresh(&sql::create(&user(), Dialect::Sqlite), "");
    let found = database.audit(&user());
    assert_eq!(found.len(), 1);
    compare(Dialect::Sqlite, "=== ", &format!("\n=== sqlite: foreign keys are off\n\n{}", told(&found)));
    database.execute(found[0].sql.as_ref().unwrap()).unwrap();
    assert_eq!(database.audit(&user()), []);
}

#[test]
fn postgres_changed_by_hand_is_found_out() {
    let cases = [
        case("a column is dropped", Run("ALTER TABLE auth_user DROP COLUMN bio, DROP COLUMN joined;")),
        case(
            "a column without a default is there",
            Run("ALTER TABLE auth_user ADD COLUMN legacy UUID NOT NULL;"),
        ),
        case(
            "columns that may be left out are there",
            Run(
                "ALTER TABLE auth_user ADD COLUMN a TEXT, ADD COLUMN b INT NOT NULL DEFAULT 1, ADD COLUMN c INT NOT NULL GENERATED ALWAYS AS IDENTITY, ADD COLUMN d INT NOT NULL GENERATED ALWAYS AS (logins) STORED;",
            ),
        ),
        case("a unique index is dropped", Run("DROP INDEX auth_user_username_key;")),
        case(
            "a unique index is there without its uniqueness",
            Run(
                "DROP INDEX auth_user_username_key; CREATE INDEX auth_user_username_key ON auth_user (username);",
            ),
        ),
        case(
            "a unique index is of some rows only",
            Run(
                "DROP INDEX auth_user_username_key; CREATE UNIQUE INDEX auth_user_username_key ON auth_user (username) WHERE active;",
            ),
        ),
        case(
            "a nocase index minds the case",
            Run("DROP INDEX auth_user_email_key; CREATE UNIQUE INDEX email ON auth_user (email);"),
        ),
        case(
            "a nocase index has another name",
            Run("DROP INDEX auth_user_email_key; CREATE UNIQUE INDEX email ON auth_user (lower(email));"),
        ),
        case(
            "a unique index is a constraint of another name",
            Run(
                "DROP INDEX auth_user_username_key; ALTER TABLE auth_user ADD CONSTRAINT name UNIQUE (username);",
            ),
        ),
        case("an index is dropped", Run("DROP INDEX auth_session_idle_expires_idx;")),
        case(
            "an index begins with what is looked for",
            Run(
                "DROP INDEX auth_session_idle_expires_idx; CREATE INDEX more ON auth_session (idle_expires, id);",
            ),
        ),
        case("an index more is unique", Run("CREATE UNIQUE INDEX one_role ON auth_user (role);")),
        case(
            "types are narrower",
            Run(
                "ALTER TABLE auth_user ALTER COLUMN username TYPE VARCHAR(10), ALTER COLUMN bio TYPE VARCHAR(255), ALTER COLUMN tenant TYPE INTEGER, ALTER COLUMN joined TYPE TIMESTAMP(3);",
            ),
        ),
        case(
            "types are wider",
            Run(
                "ALTER TABLE auth_user ALTER COLUMN username TYPE TEXT, ALTER COLUMN logins TYPE BIGINT, ALTER COLUMN weight TYPE DOUBLE PRECISION;",
            ),
        ),
        case(
            "types are others",
            Run(
                "ALTER TABLE auth_user ALTER COLUMN joined TYPE TIMESTAMPTZ, ALTER COLUMN bio TYPE CHAR(10), ALTER COLUMN avatar TYPE UUID USING NULL;",
            ),
        ),
        case("a column may be null", Run("ALTER TABLE auth_user ALTER COLUMN tenant DROP NOT NULL;")),
        case("a column may not be null", Run("ALTER TABLE auth_user ALTER COLUMN bio SET NOT NULL;")),
        case("a default is missing", Run("ALTER TABLE auth_user ALTER COLUMN logins DROP DEFAULT;")),
        case(
            "defaults are others",
            Run(
                "ALTER TABLE auth_user ALTER COLUMN logins SET DEFAULT 1, ALTER COLUMN role SET DEFAULT 'guest', ALTER COLUMN joined SET DEFAULT now(), ALTER COLUMN active SET DEFAULT FALSE, ALTER COLUMN weight SET DEFAULT -0.5;",
            ),
        ),
        case(
            "a column is computed",
            Run(
                "ALTER TABLE auth_user DROP COLUMN bio, ADD COLUMN bio TEXT GENERATED ALWAYS AS (role) STORED;",
            ),
        ),
        case(
            "names ignore case",
            Run(
                "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false); ALTER TABLE auth_user ALTER COLUMN username TYPE VARCHAR(32) COLLATE nocase;",
            ),
        ),
        case(
            "another collation folds letters",
            Run("ALTER TABLE auth_user ALTER COLUMN email TYPE VARCHAR(255) COLLATE \"default\";"),
        ),
        case("the primary key is missing", Run("ALTER TABLE auth_key DROP CONSTRAINT auth_key_pkey;")),
        case("the primary key has another name", Run("ALTER INDEX auth_user_pkey RENAME TO users;")),
        case(
            "foreign keys are missing or act",
            Run(
                "ALTER TABLE auth_key DROP CONSTRAINT auth_key_user_id_fkey; ALTER TABLE auth_session DROP CONSTRAINT auth_session_user_id_fkey, ADD CONSTRAINT own FOREIGN KEY (user_id) REFERENCES auth_user ON DELETE CASCADE;",
            ),
        ),
        case("a table is dropped", Run("DROP TABLE auth_key;")),
        case("all is dropped", Run("DROP TABLE auth_key, auth_session, auth_user;")),
    ];
    audit_all(&cases, &mut Postgres::start());
}

#[test]
fn mariadb_changed_by_hand_is_found_out() {
    let cases = [
        case("a column is dropped", Run("ALTER TABLE auth_user DROP COLUMN bio, DROP COLUMN joined;")),
        case(
            "the column of a nocase index is dropped",
            Run("ALTER TABLE auth_user DROP INDEX auth_user_email_key, DROP COLUMN __email_nocase;"),
        ),
        case(
            "the column of a nocase index is written",
            Run(
                "ALTER TABLE auth_user DROP INDEX auth_user_email_key, DROP COLUMN __email_nocase; ALTER TABLE auth_user ADD COLUMN __email_nocase VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, ADD UNIQUE KEY auth_user_email_key (__email_nocase);",
            ),
        ),
        case(
            "a column without a default is there",
            Run("ALTER TABLE auth_user ADD COLUMN legacy VARCHAR(20) NOT NULL;"),
        ),
        case("a unique index is dropped", Run("ALTER TABLE auth_user DROP INDEX auth_user_username_key;")),
        case(
            "a unique index is there without its uniqueness",
            Run(
                "ALTER TABLE auth_user DROP INDEX auth_user_username_key, ADD KEY auth_user_username_key (username);",
            ),
        ),
        case(
            "a unique index is of the beginning only",
            Run(
                "ALTER TABLE auth_user DROP INDEX auth_user_username_key, ADD UNIQUE KEY auth_user_username_key (username(8));",
            ),
        ),
        case(
            "a unique index has another name",
            Run("ALTER TABLE auth_user RENAME INDEX auth_user_username_key TO name;"),
        ),
        case(
            "an index is dropped",
            Run("ALTER TABLE auth_session DROP INDEX auth_session_idle_expires_idx;"),
        ),
        case("an index more is unique", Run("ALTER TABLE auth_user ADD UNIQUE KEY one_role (role);")),
        case(
            "types are narrower",
            Run(
                "SET foreign_key_checks = 0; ALTER TABLE auth_user MODIFY id VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, MODIFY username VARCHAR(10) COLLATE utf8mb4_nopad_bin NOT NULL, MODIFY bio TEXT, MODIFY tenant INTEGER NOT NULL, MODIFY avatar BLOB, MODIFY joined DATETIME NOT NULL DEFAULT (UTC_TIMESTAMP(6)); ALTER TABLE auth_key MODIFY hashed_password VARCHAR(60);",
            ),
        ),
        case(
            "types are wider",
            Run(
                "ALTER TABLE auth_user MODIFY username VARCHAR(200) COLLATE utf8mb4_nopad_bin NOT NULL, MODIFY logins BIGINT NOT NULL DEFAULT 0, MODIFY weight DOUBLE NOT NULL DEFAULT 0.5, MODIFY role LONGTEXT NOT NULL DEFAULT 'member', MODIFY active INT NOT NULL DEFAULT 1;",
            ),
        ),
        case(
            "types are others",
            Run(
                "ALTER TABLE auth_user MODIFY joined TIMESTAMP(6) NOT NULL DEFAULT (UTC_TIMESTAMP(6)), MODIFY bio CHAR(10), MODIFY avatar BINARY(16), MODIFY tenant BIGINT UNSIGNED NOT NULL;",
            ),
        ),
        case("a column may be null", Run("ALTER TABLE auth_user MODIFY tenant BIGINT;")),
        case("a column may not be null", Run("ALTER TABLE auth_user MODIFY bio LONGTEXT NOT NULL;")),
        case(
            "a default is missing",
            Run("ALTER TABLE auth_user ALTER COLUMN logins DROP DEFAULT, ALTER COLUMN role DROP DEFAULT;"),
        ),
        case(
            "defaults are others",
            Run(
                "ALTER TABLE auth_user ALTER COLUMN logins SET DEFAULT 1, MODIFY role TEXT NOT NULL DEFAULT 'guest', MODIFY joined DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), ALTER COLUMN active SET DEFAULT 0;",
            ),
        ),
        case(
            "a column is computed",
            Run(
                "ALTER TABLE auth_user DROP COLUMN bio; ALTER TABLE auth_user ADD COLUMN bio LONGTEXT AS (role) VIRTUAL;",
            ),
        ),
        case(
            "names and ids ignore case",
            Run(
                "SET foreign_key_checks = 0; ALTER TABLE auth_user MODIFY username VARCHAR(32) COLLATE utf8mb4_general_ci NOT NULL; ALTER TABLE auth_key MODIFY id VARCHAR(1024) CHARACTER SET latin1 NOT NULL;",
            ),
        ),
        case(
            "spaces at the end count for nothing",
            Run("ALTER TABLE auth_user MODIFY username VARCHAR(32) COLLATE utf8mb4_bin NOT NULL;"),
        ),
        case(
            "a character set knows few scripts",
            Run(
                "ALTER TABLE auth_user MODIFY bio LONGTEXT CHARACTER SET latin1, MODIFY role TEXT CHARACTER SET utf8mb3 NOT NULL DEFAULT 'member';",
            ),
        ),
        case("the primary key is missing", Run("ALTER TABLE auth_key DROP PRIMARY KEY;")),
        case(
            "the engine is another one",
            Run(
                "ALTER TABLE auth_key DROP FOREIGN KEY auth_key_user_id_fkey; ALTER TABLE auth_key MODIFY id VARCHAR(900) CHARACTER SET ascii COLLATE ascii_bin NOT NULL; ALTER TABLE auth_key ENGINE=MyISAM;",
            ),
        ),
        case(
            "foreign keys are missing or act",
            Run(
                "ALTER TABLE auth_key DROP FOREIGN KEY auth_key_user_id_fkey; ALTER TABLE auth_session DROP FOREIGN KEY auth_session_user_id_fkey; ALTER TABLE auth_session ADD CONSTRAINT own FOREIGN KEY (user_id) REFERENCES auth_user (id) ON DELETE CASCADE;",
            ),
        ),
        case("a table is dropped", Run("DROP TABLE auth_key;")),
    ];
    audit_all(&cases, &mut MariaDb::start());
}

#[test]
fn every_code_is_found_on_a_real_database() {
    let file = fs::read_to_string(golden()).unwrap();
    // The test server of PostgreSQL holds every script, and the connections to MariaDB are strict.
    let elsewhere = [Code::Encoding, Code::SqlMode];
    let missing: Vec<&Code> = Code::ALL
        .iter()
        .filter(|code| !elsewhere.contains(code) && !file.contains(&format!(" {code}: ")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
