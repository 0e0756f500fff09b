//! PostgreSQL, on a server of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use lucia_schema::Dialect;
use lucia_schema::audit::Row;
use lucia_schema::sql::{Migration, Script};

use crate::database::{Database, State, rows};
use crate::server::{Client, Server, command, finish, folder, program, speak};

/// A schema of a throw-away server.
#[derive(Debug)]
pub struct Postgres {
    /// The server.
    pub server: Server,
}

const RESET: &str = "DROP SCHEMA IF EXISTS t CASCADE; CREATE SCHEMA t;";

/// Tables with all that belongs to them.
const DESCRIBE: &str =
            "SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                 coalesce(pg_get_expr(d.adbin, d.adrelid), '-'), coalesce(o.collname, '-'))
             FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
                 LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                 LEFT JOIN pg_collation AS o ON o.oid = a.attcollation
             WHERE c.relnamespace = 't'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
             UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 't'
             UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
             FROM pg_constraint WHERE connamespace = 't'::regnamespace AND contype <> 'n'";

fn find(name: &str) -> PathBuf {
    let folders = [
        "/usr/lib/postgresql/17/bin",
        "/usr/lib/postgresql/16/bin",
        "/usr/lib/postgresql/15/bin",
        "/usr/bin",
    ];
    program(name, "LUCIA_POSTGRES_BIN", &folders, "postgresql")
}

fn client(program: &Path, folder: &Path) -> Command {
    let mut client = Command::new(program);
    client
        .args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--username=lucia",
        ])
        .args(["--dbname=postgres", "--host"])
        .arg(folder)
        .env("PGOPTIONS", "--search_path=t --client_min_messages=warning");
    client
}

fn answers(program: &Path, folder: &Path) -> bool {
    speak(&mut client(program, folder), "SELECT 1").is_ok()
}

impl Postgres {
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
        finish(
            command(&find("initdb"))
                .args([
                    "--no-sync",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--username=lucia",
                    "--pgdata",
                ])
                .arg(&data),
        );
        let psql = find("psql");
        let mut server = command(&find("postgres"));
        server.arg("-D").arg(&data).arg("-k").arg(folder.path());
        let defaults = [
            "listen_addresses=",
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
            "max_connections=500",
        ];
        for setting in defaults.iter().chain(settings) {
            server.args(["-c", setting]);
        }
        let client = Client { program: psql, answers };
        let server = Server::start(folder, server, client, "-INT");
        let mut new = Self { server };
        new.fresh("", "");
        new
    }

    /// Where it is, for Diesel: a database in which nothing is, outside of the schema of the other methods.
    #[must_use]
    pub fn url(&self) -> String {
        let socket = self.server.folder().display().to_string().replace('/', "%2F");
        format!("postgres://lucia@{socket}/postgres")
    }

    /// Where another database of the server is.
    #[must_use]
    pub fn url_of(&self, database: &str) -> String {
        self.url().replace("/postgres", &format!("/{database}"))
    }

    fn client(&self) -> Command {
        client(self.server.client(), self.server.folder())
    }

    fn run(&self, script: &Script) -> Result<(), String> {
        let mut client = self.client();
        if script.in_transaction {
            client.arg("--single-transaction");
        }
        speak(client.arg("--file=-"), &script.sql).map(drop)
    }
}

impl Database for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn fresh(&mut self, setup: &str, rows: &str) -> State {
        let sql = format!("{RESET}\n{setup}\n{DESCRIBE};\n{rows}");
        State::of(speak(&mut self.client(), &sql).unwrap().lines().map(str::to_owned))
    }

    fn execute(&mut self, sql: &str) -> Result<(), String> {
        speak(&mut self.client(), sql).map(drop)
    }

    fn state(&mut self, rows: &str) -> State {
        let sql = format!("{DESCRIBE};\n{rows}");
        State::of(speak(&mut self.client(), &sql).unwrap().lines().map(str::to_owned))
    }

    fn ask(&mut self, query: &str) -> Vec<Row> {
        let mut client = self.client();
        rows(&speak(client.arg("--field-separator=\t"), query).unwrap())
    }

    fn up(&mut self, migration: &Migration) -> Result<(), String> {
        self.run(&migration.up)
    }

    fn down(&mut self, migration: &Migration) -> Result<(), String> {
        self.run(&migration.down)
    }
}
