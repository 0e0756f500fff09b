//! Cases of migrations, each a text file: two structs, the flags that go with them, and what is written for it.
//!
//! A file begins with a title and the sections `old` and `new`, each one struct or `none`. `flags` holds renames and backfills, a
//! line each, as they are given to `cargo lucia migrate make`. `misfit` holds statements that bring values into the tables on which
//! the migration must fail; one that begins with the name of a database is for that one only. Everything after that is written by
//! the test.

use std::fs;
use std::path::{Path, PathBuf};

use lucia_schema::sql::Backfill;
use lucia_schema::{Dialect, Rename, Schema, read};

/// One case.
#[derive(Debug)]
pub struct Case {
    /// The name of its file, without the ending.
    pub name: String,
    /// Where the file is.
    pub path: PathBuf,
    /// What a person writes of the file.
    pub given: String,
    /// All of the file.
    pub text: String,
    /// The tables before.
    pub old: Schema,
    /// The tables after.
    pub new: Schema,
    /// The databases on which both structs have their tables.
    pub dialects: Vec<Dialect>,
    /// Columns that are renamed.
    pub renames: Vec<Rename>,
    /// Values for rows that need one.
    pub backfills: Vec<Backfill>,
    /// Statements that bring values in on which the migration must fail.
    pub misfit: Vec<String>,
}

/// All cases of a folder, in order of their names.
pub fn all(folder: &Path) -> Vec<Case> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.into_iter().map(case).collect()
}

fn case(path: PathBuf) -> Case {
    let text = fs::read_to_string(&path).unwrap();
    let given = text.split("\n==== ").next().unwrap().trim_end().to_owned() + "\n";
    let section = |title: &str| {
        let mut sections = given.split("\n== ").skip(1);
        sections
            .find_map(|section| section.strip_prefix(&format!("{title}\n")))
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let (old, before) = schema(&path, &section("old"));
    let (new, after) = schema(&path, &section("new"));
    let flags = section("flags");
    Case {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        old,
        new,
        dialects: before.into_iter().filter(|dialect| after.contains(dialect)).collect(),
        renames: flags.lines().filter_map(|line| rename(line.strip_prefix("--rename ")?)).collect(),
        backfills: flags.lines().filter_map(|line| backfill(line.strip_prefix("--backfill ")?)).collect(),
        misfit: section("misfit").lines().map(str::to_owned).collect(),
        path,
        given,
        text,
    }
}

fn schema(path: &Path, source: &str) -> (Schema, Vec<Dialect>) {
    if source == "none" {
        return (Schema { tables: Vec::new() }, Dialect::ALL.to_vec());
    }
    let item = syn::parse_str(source).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let reading = read(&item);
    assert!(reading.errors.is_none(), "{}: {}", path.display(), reading.errors.unwrap());
    (reading.user.schema(), reading.user.databases())
}

fn rename(flag: &str) -> Option<Rename> {
    let (column, to) = flag.split_once('=')?;
    let (table, from) = column.split_once('.')?;
    Some(Rename { table: table.to_owned(), from: from.to_owned(), to: to.to_owned() })
}

fn backfill(flag: &str) -> Option<Backfill> {
    let (column, sql) = flag.split_once('=')?;
    let (table, column) = column.split_once('.')?;
    Some(Backfill { table: table.to_owned(), column: column.to_owned(), sql: sql.to_owned() })
}
