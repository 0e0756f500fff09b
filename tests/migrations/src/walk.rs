//! The rule that every migration keeps.

use lucia_schema::sql::{self, Backfill, Migration};
use lucia_schema::{Column, Dialect, Rename, Schema, Table};

use crate::case::Case;
use crate::database::Database;
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
        let Some(migration) = self.migration(database.dialect()) else { return Ok(()) };
        let filled = !self.old.tables.is_empty() && !self.new.tables.is_empty();
        let expected = created(database, self.new, filled);
        let before = created(database, self.old, filled);
        if filled {
            self.seed(database);
        }
        let rows = rows_of(database, self.old, filled);
        database.up(&migration).map_err(|error| format!("up: {error}\n{}", migration.up.sql))?;
        same("tables after up", &expected, &database.describe())?;
        let migrated = rows_of(database, self.new, filled);
        self.same_rows(&rows, &migrated)?;
        self.back(database, &migration, &migrated)?;
        same("tables after down", &before, &database.describe())
    }

    /// Back, with the rows if that invents nothing, else without.
    fn back(
        &self,
        database: &mut dyn Database,
        migration: &Migration,
        migrated: &Rows,
    ) -> Result<(), String> {
        let filled = migrated.iter().any(|table| !table.is_empty());
        if filled && (self.must_lose() || self.null(database)) {
            let tables = database.describe();
            let migrated = rows::read(database, self.new);
            if database.down(migration).is_ok() {
                return Err(format!("down invents values:\n{}", migration.down.sql));
            }
            same("tables after a down that fails", &tables, &database.describe())?;
            if rows::read(database, self.new) != migrated {
                return Err("rows are lost by a down that fails".to_owned());
            }
            database.execute(&rows::clear(self.new, database.dialect()))?;
        }
        let rows = rows_of(database, self.new, filled);
        database.down(migration).map_err(|error| format!("down: {error}\n{}", migration.down.sql))?;
        let reverted = rows_of(database, self.old, filled);
        let back =
            |rename: &Rename| Rename { from: rename.to.clone(), to: rename.from.clone(), ..rename.clone() };
        let renames: Vec<Rename> = self.renames.iter().map(back).collect();
        Walk { old: self.new, new: self.old, renames: &renames, backfills: &[] }.same_rows(&rows, &reverted)
    }

    /// Fails, with everything as it was, while there are values that do not fit.
    ///
    /// # Errors
    ///
    /// What is not as it should be.
    pub fn fails_on(&self, misfit: &[String], database: &mut dyn Database) -> Result<(), String> {
        let Some(migration) = self.migration(database.dialect()) else { return Ok(()) };
        let tables = created(database, self.old, true);
        self.seed(database);
        let prefix = format!("{}: ", database.dialect());
        for line in misfit {
            let of_another = Dialect::ALL.iter().any(|dialect| line.starts_with(&format!("{dialect}: ")));
            match line.strip_prefix(&prefix) {
                Some(statement) => database.execute(statement)?,
                None if of_another => {}
                None => database.execute(line)?,
            }
        }
        let rows = rows::read(database, self.old);
        if database.up(&migration).is_ok() {
            return Err(format!("up takes what does not fit:\n{}", migration.up.sql));
        }
        same("tables after an up that fails", &tables, &database.describe())?;
        if rows::read(database, self.old) == rows {
            Ok(())
        } else {
            Err("rows are lost by an up that fails".to_owned())
        }
    }

    /// Fills the tables of the old schema.
    pub fn seed(&self, database: &mut dyn Database) {
        let dialect = database.dialect();
        database.execute(&rows::seed(self.old, &self.distinct(), dialect)).unwrap();
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

    fn same_rows(&self, old: &Rows, new: &Rows) -> Result<(), String> {
        let ids = |rows: &Rows| -> Vec<Vec<String>> {
            rows.iter().map(|table| table.keys().cloned().collect()).collect()
        };
        if ids(old) != ids(new) {
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
        self.same_backfills(new)
    }

    /// A backfill that is a number or a text is what is in the rows.
    fn same_backfills(&self, new: &Rows) -> Result<(), String> {
        for Backfill { column, sql, .. } in self.backfills {
            let text = sql
                .strip_prefix('\'')
                .and_then(|sql| sql.strip_suffix('\''))
                .map(|text| text.replace("''", "'"));
            let Some(value) = text.or_else(|| sql.parse::<i64>().ok().map(|_| sql.clone())) else { continue };
            let kept = self.kept().iter().any(|(_, _, new)| new.name == *column);
            let mut rows = new.first().into_iter().flat_map(|users| users.values());
            if !kept && rows.any(|row| row.get(column) != Some(&value)) {
                return Err(format!("`{column}` is not {value}: {new:?}"));
            }
        }
        Ok(())
    }
}

/// Makes the tables of a schema, and the app's own if there are rows to be, and says what they are.
pub fn created(database: &mut dyn Database, schema: &Schema, filled: bool) -> Vec<String> {
    let dialect = database.dialect();
    database.reset();
    let mut text = sql::create(schema, dialect);
    if let Some(users) = schema.tables.first().filter(|_| filled) {
        text += &rows::profile(users, dialect);
    }
    if !text.is_empty() {
        database.execute(&text).unwrap();
    }
    database.describe()
}

fn rows_of(database: &mut dyn Database, schema: &Schema, filled: bool) -> Rows {
    if filled { rows::read(database, schema) } else { Vec::new() }
}

fn same(what: &str, expected: &[String], found: &[String]) -> Result<(), String> {
    let missing: Vec<&String> = expected.iter().filter(|line| !found.contains(line)).collect();
    let extra: Vec<&String> = found.iter().filter(|line| !expected.contains(line)).collect();
    if missing.is_empty() && extra.is_empty() && expected.len() == found.len() {
        return Ok(());
    }
    Err(format!("{what}:\n  missing {missing:#?}\n  instead {extra:#?}"))
}
