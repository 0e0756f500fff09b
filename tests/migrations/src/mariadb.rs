//! MariaDB, on a server of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use lucia_schema::Dialect;
use lucia_schema::audit::Row;
use lucia_schema::sql::Migration;

use crate::database::{Database, State, rows};
use crate::server::{Client, Server, command, finish, folder, program, speak};

/// A database of a throw-away server, whose defaults are the worst that one meets: it cuts values that do not fit, and
/// its charset is latin1.
#[derive(Debug)]
pub struct MariaDb {
    /// The server.
    pub server: Server,
}

const RESET: &str = "DROP DATABASE IF EXISTS t; CREATE DATABASE t; USE t;";

/// Tables with all that belongs to them.
const DESCRIBE: &str =
            "SELECT concat_ws(' ', 'column', table_name, column_name, column_type, is_nullable, ifnull(column_default, '-'),
                 ifnull(character_set_name, '-'), ifnull(collation_name, '-'), extra, ifnull(generation_expression, '-'))
             FROM information_schema.columns WHERE table_schema = 't'
             UNION ALL SELECT concat_ws(' ', 'index', table_name, index_name, non_unique, seq_in_index, column_name,
                 ifnull(sub_part, '-'), index_type)
             FROM information_schema.statistics WHERE table_schema = 't'
             UNION ALL SELECT concat_ws(' ', 'key', table_name, constraint_name, column_name, referenced_table_name,
                 referenced_column_name)
             FROM information_schema.key_column_usage WHERE table_schema = 't'
             UNION ALL SELECT concat_ws(' ', 'rule', table_name, constraint_name, delete_rule, update_rule)
             FROM information_schema.referential_constraints WHERE constraint_schema = 't'
             UNION ALL SELECT concat_ws(' ', 'table', table_name, engine, table_collation)
             FROM information_schema.tables WHERE table_schema = 't'
             UNION ALL SELECT concat_ws(' ', 'check', table_name, constraint_name, check_clause)
             FROM information_schema.check_constraints WHERE constraint_schema = 't'";

fn find(name: &str) -> PathBuf {
    program(name, "LUCIA_MARIADB_BIN", &["/usr/sbin", "/usr/bin"], "mariadb-server")
}

fn client(program: &Path, folder: &Path) -> Command {
    let mut client = Command::new(program);
    client
        .args([
            "--no-defaults",
            "--batch",
            "--skip-column-names",
            "--raw",
            "--user=root",
            "--default-character-set=utf8mb4",
        ])
        .arg("--socket")
        .arg(folder.join("socket"));
    client
}

fn answers(program: &Path, folder: &Path) -> bool {
    speak(&mut client(program, folder), "SELECT 1").is_ok()
}

impl MariaDb {
    /// Starts a server that loses what it was told when the machine stops.
    #[must_use]
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// Starts a server with these settings.
    #[must_use]
    pub fn with(settings: &[&str]) -> Self {
        let folder = folder();
        let data = folder.path().join("data");
        let data = format!("--datadir={}", data.display());
        // A server that starts removes what others have in a directory for temporary files that they share.
        let tmp = format!("--tmpdir={}", folder.path().display());
        finish(
            command(&find("mariadb-install-db"))
                .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
                .args([&data, &tmp]),
        );
        let mariadb = find("mariadb");
        let mut server = command(&find("mariadbd"));
        server
            .args(["--no-defaults", "--skip-networking", "--sql-mode=", "--character-set-server=latin1"])
            .arg("--max-connections=500")
            .args([
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=0",
                "--innodb-flush-method=nosync",
            ])
            .args([data, tmp])
            .arg(format!("--socket={}", folder.path().join("socket").display()))
            .arg(format!("--pid-file={}", folder.path().join("pid").display()))
            .args(settings);
        let client = Client { program: mariadb, answers };
        let server = Server::start(folder, server, client, "-TERM");
        let mut new = Self { server };
        new.fresh("", "");
        new
    }

    /// Where its database is, for Diesel.
    #[must_use]
    pub fn url(&self) -> String {
        format!("mysql://root@localhost/t?unix_socket={}/socket", self.server.folder().display())
    }

    /// Where another database of the server is, for Diesel; for `diesel-async` with another name for the socket.
    #[must_use]
    pub fn url_of(&self, database: &str) -> String {
        self.url().replace("/t?", &format!("/{database}?"))
    }

    fn client(&self) -> Command {
        client(self.server.client(), self.server.folder())
    }
}

impl Database for MariaDb {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn fresh(&mut self, setup: &str, rows: &str) -> State {
        let sql = format!("{RESET}\n{setup}\n{DESCRIBE};\n{rows}");
        State::of(speak(&mut self.client(), &sql).unwrap().lines().map(str::to_owned))
    }

    fn execute(&mut self, sql: &str) -> Result<(), String> {
        speak(self.client().arg("t"), sql).map(drop)
    }

    fn state(&mut self, rows: &str) -> State {
        let sql = format!("{DESCRIBE};\n{rows}");
        State::of(speak(self.client().arg("t"), &sql).unwrap().lines().map(str::to_owned))
    }

    fn ask(&mut self, query: &str) -> Vec<Row> {
        let sql = format!("SET SESSION sql_mode = 'STRICT_TRANS_TABLES'; {query}");
        rows(&speak(self.client().arg("t"), &sql).unwrap())
    }

    fn up(&mut self, migration: &Migration) -> Result<(), String> {
        self.execute(&migration.up.sql)
    }

    fn down(&mut self, migration: &Migration) -> Result<(), String> {
        self.execute(&migration.down.sql)
    }
}
