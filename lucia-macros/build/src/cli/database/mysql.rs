//! MySQL and MariaDB.

use diesel::Connection as _;
use diesel::mysql::MysqlConnection;

use super::on_diesel::connected;
use super::{Connected, InDatabase, Url};

connected!(
    MysqlConnection,
    "EXISTS (SELECT 1 FROM information_schema.tables \
     WHERE table_schema = database() AND table_name = '__diesel_schema_migrations')"
);

pub(super) fn open(url: &Url) -> Result<Box<dyn Connected>, InDatabase> {
    let connection = MysqlConnection::establish(url.secret()).map_err(|error| url.unopened(&error))?;
    Ok(Box::new(connection))
}
