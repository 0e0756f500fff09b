//! The rows of a user, which are held one after another in the order of their ids.

use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::query_builder::QueryId;
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
use diesel::query_builder::{AstPass, QueryFragment};
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
use diesel::result::QueryResult;
use diesel::sql_types::Bool;
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
use diesel::sql_types::Text;

/// `owner = user_id`, for an update of many rows. PostgreSQL would hold them in the order in which it comes across them, so that two
/// such updates could wait for each other in a circle; there they are held by a query of their own first.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(feature = "postgres-backend"),
    expect(dead_code, reason = "only PostgreSQL asks for all of it")
)]
pub struct InOrder<'a, T, I, O> {
    table: T,
    id: I,
    owner: O,
    user_id: &'a str,
}

impl<'a, T, I, O> InOrder<'a, T, I, O> {
    /// The rows of this table whose owner is that user.
    pub const fn new(table: T, id: I, owner: O, user_id: &'a str) -> Self {
        Self { table, id, owner, user_id }
    }
}

impl<T, I, O> Expression for InOrder<'_, T, I, O> {
    type SqlType = Bool;
}

impl<T, I: AppearsOnTable<Q>, O, Q> AppearsOnTable<Q> for InOrder<'_, T, I, O> {}

impl<T, I, O, G> ValidGrouping<G> for InOrder<'_, T, I, O> {
    type IsAggregate = is_aggregate::Never;
}

/// The columns tell which query it is.
impl<T, I: QueryId, O: QueryId> QueryId for InOrder<'_, T, I, O> {
    type QueryId = InOrder<'static, (), I::QueryId, O::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = I::HAS_STATIC_QUERY_ID && O::HAS_STATIC_QUERY_ID;
}

/// `owner = $1`
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
fn is_owner<'b, DB, O>(owner: &'b O, user_id: &'b &str, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
where
    DB: diesel::backend::Backend + diesel::sql_types::HasSqlType<Text>,
    str: diesel::serialize::ToSql<Text, DB>,
    O: QueryFragment<DB>,
{
    owner.walk_ast(out.reborrow())?;
    out.push_sql(" = ");
    out.push_bind_param::<Text, str>(user_id)
}

#[cfg(feature = "postgres-backend")]
impl<T, I, O> QueryFragment<diesel::pg::Pg> for InOrder<'_, T, I, O>
where
    T: QueryFragment<diesel::pg::Pg>,
    I: QueryFragment<diesel::pg::Pg>,
    O: QueryFragment<diesel::pg::Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        self.id.walk_ast(out.reborrow())?;
        out.push_sql(" IN (SELECT ");
        self.id.walk_ast(out.reborrow())?;
        out.push_sql(" FROM ");
        self.table.walk_ast(out.reborrow())?;
        out.push_sql(" WHERE ");
        is_owner(&self.owner, &self.user_id, out.reborrow())?;
        out.push_sql(" ORDER BY ");
        self.id.walk_ast(out.reborrow())?;
        out.push_sql(" FOR UPDATE)");
        Ok(())
    }
}

#[cfg(feature = "sqlite")]
impl<T, I, O: QueryFragment<diesel::sqlite::Sqlite>> QueryFragment<diesel::sqlite::Sqlite>
    for InOrder<'_, T, I, O>
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, diesel::sqlite::Sqlite>) -> QueryResult<()> {
        is_owner(&self.owner, &self.user_id, out)
    }
}

#[cfg(feature = "mysql-backend")]
impl<T, I, O: QueryFragment<diesel::mysql::Mysql>> QueryFragment<diesel::mysql::Mysql>
    for InOrder<'_, T, I, O>
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, diesel::mysql::Mysql>) -> QueryResult<()> {
        is_owner(&self.owner, &self.user_id, out)
    }
}
