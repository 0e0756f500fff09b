//! The rule that every migration keeps.

use lucia_schema::audit::Code;
use lucia_schema::sql::{self, Backfill, Migration};
use lucia_schema::{Column, Dialect, Rename, Schema, Table, Type};

use crate::case::Case;
use crate::database::{Database, State};
use crate::rows::{self, Rows};

/// Two schemas and what a person says about the way from one to the other.
#[derive(Clone, Copy, Debug)]
pub struct Walk<'a> {
    /// The tables before.
    pub old: &'a Schema,
    /// The tables after.
    pub new: &'a Schema,
    /// Columns that are renamed.
    pub renames: &'a [Rename],
    /// Values for rows that need one.
    pub backfills: &'a [Backfill],
}

impl<'a> From<&'a Case> for Walk<'a> {
    fn from(case: &'a Case) -> Self {
        Self { old: &case.old, new: &case.new, renames: &case.renames, backfills: &case.backfills }
    }
}

impl Walk<'_> {
    /// The migration, unless it is refused.
    #[must_use]
    pub fn migration(&self, dialect: Dialect) -> Option<Migration> {
        sql::migrate(self.old, self.new, self.renames, self.backfills, dialect).ok()
    }

    /// Goes there and back with rows in all tables.
    ///
    /// # Errors
    ///
    /// What is not as it should be.
    pub fn there_and_back(&self, database: &mut dyn Database) -> Result<(), String> {
        let dialect = database.dialect();
        let Some(migration) = self.migration(dialect) else { return Ok(()) };
        let expected = database.fresh(&self.create(self.new, dialect), "");
        let before = database
            .fresh(&(self.create(self.old, dialect) + &self.seed(dialect)), &self.query(self.old, dialect));
        database.up(&migration).map_err(|error| format!("up: {error}\n{}", migration.up.sql))?;
        let migrated = database.state(&self.query(self.new, dialect));
        same("tables after up", &expected.tables, &migrated.tables)?;
        clean(self.new, database)?;
        self.same_rows(&before, &migrated)?;
        let reverted = self.back(database, &migration, migrated)?;
        same("tables after down", &before.tables, &reverted.tables)
    }

    /// Back, with the rows if that invents nothing, else without.
    fn back(
        &self,
        database: &mut dyn Database,
        migration: &Migration,
        migrated: State,
    ) -> Result<State, String> {
        let dialect = database.dialect();
        let query = self.query(self.new, dialect);
        let mut rows = migrated;
        if self.is_filled() && (self.must_lose() || self.null(database)) {
            let before = database.state(&query);
            if database.down(migration).is_ok() {
                return Err(format!("down invents values:\n{}", migration.down.sql));
            }
            unchanged("a down that fails", &before, &database.state(&query))?;
            database.execute(&rows::clear(self.new, dialect))?;
            rows = State::default();
        }
        database.down(migration).map_err(|error| format!("down: {error}\n{}", migration.down.sql))?;
        let reverted = database.state(&self.query(self.old, dialect));
        let back =
            |rename: &Rename| Rename { from: rename.to.clone(), to: rename.from.clone(), ..rename.clone() };
        let renames: Vec<Rename> = self.renames.iter().map(back).collect();
        Walk { old: self.new, new: self.old, renames: &renames, backfills: &[] }
            .same_rows(&rows, &reverted)?;
        Ok(reverted)
    }

    /// Fails, with everything as it was, while there are values that do not fit.
    ///
    /// # Errors
    ///
    /// What is not as it should be.
    pub fn fails_on(&self, misfit: &[String], database: &mut dyn Database) -> Result<(), String> {
        let dialect = database.dialect();
        let Some(migration) = self.migration(dialect) else { return Ok(()) };
        let statements: String = misfit.iter().filter_map(|line| of_dialect(line, dialect)).collect();
        let query = self.query(self.old, dialect);
        let before =
            database.fresh(&(self.create(self.old, dialect) + &self.seed(dialect) + &statements), &query);
        if database.up(&migration).is_ok() {
            return Err(format!("up takes what does not fit:\n{}", migration.up.sql));
        }
        unchanged("an up that fails", &before, &database.state(&query))
    }

    /// Whether there are tables before and after, so that rows can be in them.
    const fn is_filled(&self) -> bool {
        !self.old.tables.is_empty() && !self.new.tables.is_empty()
    }

    /// Statements that make the tables of a schema, and the app's own.
    #[must_use]
    pub fn create(&self, schema: &Schema, dialect: Dialect) -> String {
        let users = schema.tables.first().filter(|_| self.is_filled());
        sql::create(schema, dialect) + &users.map(|users| rows::profile(users, dialect)).unwrap_or_default()
    }

    /// Statements that fill the tables of the old schema.
    #[must_use]
    pub fn seed(&self, dialect: Dialect) -> String {
        if self.is_filled() { rows::seed(self.old, &self.distinct(), dialect) } else { String::new() }
    }

    /// A query for all rows.
    #[must_use]
    pub fn query(&self, schema: &Schema, dialect: Dialect) -> String {
        if self.is_filled() { rows::query(schema, dialect) } else { String::new() }
    }

    /// Columns of users, as they were called, that are unique before or after.
    fn distinct(&self) -> Vec<String> {
        let unique = |table: &Table| -> Vec<String> {
            let indexes = table.indexes.iter().filter(|index| index.unique);
            indexes.flat_map(|index| index.columns.clone()).collect()
        };
        let (Some(old), Some(new)) = (self.old.tables.first(), self.new.tables.first()) else {
            return Vec::new();
        };
        let before = |name: String| self.was(&new.name, &name);
        unique(old).into_iter().chain(unique(new).into_iter().map(before)).collect()
    }

    /// What a column was called.
    fn was(&self, table: &str, column: &str) -> String {
        let rename = self.renames.iter().find(|rename| rename.to == column && self.is_of_users(table));
        rename.map_or(column, |rename| &rename.from).to_owned()
    }

    /// Only users have columns that are renamed.
    fn is_of_users(&self, table: &str) -> bool {
        self.new.tables.first().is_some_and(|users| users.name == table)
    }

    /// The columns that are there before and after.
    fn kept(&self) -> Vec<(usize, &Column, &Column)> {
        let mut kept = Vec::new();
        for (place, (old, new)) in self.old.tables.iter().zip(&self.new.tables).enumerate() {
            for column in &new.columns {
                let was = self.was(&new.name, &column.name);
                // A new column may have the name that another one gave up.
                let taken = was == column.name
                    && self.renames.iter().any(|rename| rename.from == was && self.is_of_users(&new.name));
                if let Some(old) = old.column(&was).filter(|_| !taken) {
                    kept.push((place, old, column));
                }
            }
        }
        kept
    }

    /// Whether a column is dropped that must have a value and has no default.
    fn must_lose(&self) -> bool {
        let kept = self.kept();
        let lost = |column: &Column| {
            !column.nullable && column.default.is_none() && !kept.iter().any(|(_, old, _)| *old == column)
        };
        let users = self.old.tables.first().map(|table| table.columns.as_slice()).unwrap_or_default();
        users.iter().any(lost)
    }

    /// Puts a null where none could be before; or there is no such column.
    fn null(&self, database: &mut dyn Database) -> bool {
        let dialect = database.dialect();
        let loosened =
            self.kept().into_iter().find(|(place, old, new)| *place == 0 && !old.nullable && new.nullable);
        let (Some((_, _, column)), Some(users)) = (loosened, self.new.tables.first()) else { return false };
        let (table, column) = (sql::identifier(&users.name, dialect), sql::identifier(&column.name, dialect));
        database.execute(&format!("UPDATE {table} SET {column} = NULL WHERE id = 'u1'")).unwrap();
        true
    }

    fn same_rows(&self, old: &State, new: &State) -> Result<(), String> {
        let (old, new) = (rows::parse(&old.rows), rows::parse(&new.rows));
        let ids = |rows: &Rows| -> Vec<Vec<String>> {
            rows.iter().map(|table| table.keys().cloned().collect()).collect()
        };
        if ids(&old) != ids(&new) {
            return Err(format!("rows are lost: {old:?} became {new:?}"));
        }
        for (place, before, after) in self.kept() {
            for (id, row) in old.get(place).into_iter().flatten() {
                let was = row.get(&before.name);
                let is = new.get(place).and_then(|table| table.get(id)).and_then(|row| row.get(&after.name));
                // A null may have become a value.
                let filled = was.is_none() && !after.nullable;
                if was != is && !filled {
                    return Err(format!("`{}` of {id} was {was:?} and is {is:?}", after.name));
                }
            }
        }
        self.same_backfills(&new)
    }

    /// A backfill that is a number or a text is what is in the rows of a column that holds such.
    fn same_backfills(&self, new: &Rows) -> Result<(), String> {
        for Backfill { column, sql, .. } in self.backfills {
            let text = sql
                .strip_prefix('\'')
                .and_then(|sql| sql.strip_suffix('\''))
                .map(|text| text.replace("''", "'"));
            let Some(value) = text.or_else(|| sql.parse::<i64>().ok().map(|_| sql.clone())) else { continue };
            let ty = self.new.tables.first().and_then(|users| users.column(column)).map(|column| &column.ty);
            if !matches!(ty, Some(Type::Text { .. } | Type::I16 | Type::I32 | Type::I64)) {
                continue;
            }
            let kept = self.kept().iter().any(|(_, _, new)| new.name == *column);
            let mut rows = new.first().into_iter().flat_map(|users| users.values());
            if !kept && rows.any(|row| row.get(column) != Some(&value)) {
                return Err(format!("`{column}` is not {value}: {new:?}"));
            }
        }
        Ok(())
    }
}

/// A statement for this database, from a line that may be for another one.
fn of_dialect(line: &str, dialect: Dialect) -> Option<String> {
    let other = |dialect: &Dialect| line.starts_with(&format!("{dialect}: "));
    let statement = match line.strip_prefix(&format!("{dialect}: ")) {
        Some(statement) => statement,
        None if Dialect::ALL.iter().any(other) => return None,
        None => line,
    };
    Some(format!("{statement};\n"))
}

/// An audit finds nothing in what our own migrations have made, but that foreign keys are off where a test wants them off.
fn clean(schema: &Schema, database: &mut dyn Database) -> Result<(), String> {
    let mut found = database.audit(schema);
    found.retain(|finding| finding.code != Code::ForeignKeysOff);
    if found.is_empty() { Ok(()) } else { Err(format!("an audit after up: {found:#?}")) }
}

fn unchanged(by: &str, before: &State, after: &State) -> Result<(), String> {
    same(&format!("tables after {by}"), &before.tables, &after.tables)?;
    same(&format!("rows after {by}"), &before.rows, &after.rows)
}

fn same(what: &str, expected: &[String], found: &[String]) -> Result<(), String> {
    let missing: Vec<&String> = expected.iter().filter(|line| !found.contains(line)).collect();
    let extra: Vec<&String> = found.iter().filter(|line| !expected.contains(line)).collect();
    if missing.is_empty() && extra.is_empty() && expected.len() == found.len() {
        return Ok(());
    }
    Err(format!("{what}:\n  missing {missing:#?}\n  instead {extra:#?}"))
}
