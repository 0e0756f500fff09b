//! A column of text that is compared byte for byte, whatever its collation says.

use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::query_builder::QueryId;
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
use diesel::query_builder::{AstPass, QueryFragment};
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
use diesel::result::QueryResult;

/// A column as its bytes. Only MySQL takes texts for equal that are not; an index on the column does not serve it there.
#[derive(Clone, Copy, Debug)]
pub struct Exact<C>(pub C);

impl<C: QueryId> QueryId for Exact<C> {
    type QueryId = Exact<C::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = C::HAS_STATIC_QUERY_ID;
}

impl<C: Expression> Expression for Exact<C> {
    type SqlType = C::SqlType;
}

impl<C: AppearsOnTable<T>, T> AppearsOnTable<T> for Exact<C> {}

impl<C, G> ValidGrouping<G> for Exact<C> {
    type IsAggregate = is_aggregate::Never;
}

#[cfg(feature = "sqlite")]
impl<C: QueryFragment<diesel::sqlite::Sqlite>> QueryFragment<diesel::sqlite::Sqlite> for Exact<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, diesel::sqlite::Sqlite>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

#[cfg(feature = "postgres-backend")]
impl<C: QueryFragment<diesel::pg::Pg>> QueryFragment<diesel::pg::Pg> for Exact<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

#[cfg(feature = "mysql-backend")]
impl<C: QueryFragment<diesel::mysql::Mysql>> QueryFragment<diesel::mysql::Mysql> for Exact<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::mysql::Mysql>) -> QueryResult<()> {
        out.push_sql("CAST(");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" AS BINARY)");
        Ok(())
    }
}
