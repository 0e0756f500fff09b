//! What was not entered, since whoever ran it was killed before that, runs a second time.

use lucia_schema::sql::{self, Script};

use crate::database::Database;
use crate::walk::Walk;

impl Walk<'_> {
    /// Runs the migration twice, and the way back twice, if they are transactions of their own; else the entry is part of the
    /// transaction. Returns whether they are.
    ///
    /// # Errors
    ///
    /// What is not as it should be.
    pub fn happens_once(&self, database: &mut dyn Database) -> Result<bool, String> {
        let dialect = database.dialect();
        let Some(migration) = self.migration(dialect) else { return Ok(false) };
        if migration.up.in_transaction {
            return Ok(false);
        }
        let query = self.query(self.new, dialect);
        database.fresh(&(self.create(self.old, dialect) + &self.seed(dialect)), "");
        database.up(&migration)?;
        let once = database.state(&query);
        let again = database.up(&migration);
        stopped(&again, once == database.state(&query), &migration.up)?;
        // Without rows no value is missing; then there are some.
        let query = self.query(self.old, dialect);
        database.fresh(&self.create(self.new, dialect), "");
        database.down(&migration)?;
        database.execute(&self.seed(dialect))?;
        let once = database.state(&query);
        let again = database.down(&migration);
        stopped(&again, once == database.state(&query), &migration.down)?;
        // A first time is never taken for a second one.
        database.fresh(&sql::create(self.old, dialect), "");
        database.up(&migration)?;
        Ok(true)
    }
}

fn stopped(again: &Result<(), String>, unchanged: bool, script: &Script) -> Result<(), String> {
    if again.is_ok() || !unchanged {
        return Err(format!("the second time: {again:?}, unchanged: {unchanged}\n{}", script.sql));
    }
    Ok(())
}
