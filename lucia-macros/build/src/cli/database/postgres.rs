//! PostgreSQL.

use diesel::Connection as _;
use diesel::pg::PgConnection;

use super::on_diesel::connected;
use super::{Connected, InDatabase, Url};

connected!(PgConnection, "to_regclass('__diesel_schema_migrations') IS NOT NULL");

pub(super) fn open(url: &Url) -> Result<Box<dyn Connected>, InDatabase> {
    let connection = PgConnection::establish(url.secret()).map_err(|error| url.unopened(&error))?;
    Ok(Box::new(connection))
}
