//! How each database is asked.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::connection::LoadConnection;
use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::row::NamedRow;
use diesel::sql_types::Text;
#[cfg(feature = "async")]
use diesel_async::AsyncConnectionCore;
use lucia_schema::Dialect;
use lucia_schema::audit::{COLUMNS, Row};

use super::AuditBackend;

/// For one database after the other: what is true of a `sql_query` on each cannot be said of all of them.
macro_rules! audit_backend {
    ($($feature:literal: $backend:ty, $dialect:ident;)*) => {$(
        #[cfg(feature = $feature)]
        impl AuditBackend for $backend {
            const DIALECT: Dialect = Dialect::$dialect;

            fn rows<C: LoadConnection<Backend = Self>>(
                connection: &mut C,
                query: &str,
            ) -> QueryResult<Vec<Row>> {
                let rows: Vec<Asked> = diesel::RunQueryDsl::load(diesel::sql_query(query), connection)?;
                Ok(rows.into_iter().map(|Asked(row)| row).collect())
            }

            #[cfg(feature = "async")]
            async fn rows_async<C: AsyncConnectionCore<Backend = Self>>(
                connection: &mut C,
                query: &str,
            ) -> QueryResult<Vec<Row>> {
                let rows: Vec<Asked> =
                    diesel_async::RunQueryDsl::load(diesel::sql_query(query), connection).await?;
                Ok(rows.into_iter().map(|Asked(row)| row).collect())
            }
        }
    )*};
}

audit_backend! {
    "sqlite": diesel::sqlite::Sqlite, Sqlite;
    "postgres-backend": diesel::pg::Pg, Postgres;
    "mysql-backend": diesel::mysql::Mysql, Mysql;
}

/// A row of that query. It has the same columns on every database, all of them text.
struct Asked(Row);

impl<DB: Backend> QueryableByName<DB> for Asked
where
    String: FromSql<Text, DB>,
{
    #[expect(single_use_lifetimes, reason = "it cannot be left out in an `impl Trait`")]
    fn build<'a>(row: &impl NamedRow<'a, DB>) -> deserialize::Result<Self> {
        let mut asked = Row::default();
        for (text, column) in asked.iter_mut().zip(COLUMNS) {
            *text = NamedRow::get::<Text, _>(row, column)?;
        }
        Ok(Self(asked))
    }
}
