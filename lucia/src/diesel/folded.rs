//! A column of text with upper and lower case folded, as the unique index of a `unique(nocase)` attribute has it.

use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::query_builder::QueryId;
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
use diesel::query_builder::{AstPass, QueryFragment};
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
use diesel::result::QueryResult;
use diesel::sql_types::{Nullable, Text};

/// A column with the letters A to Z as a to z.
#[derive(Clone, Copy, Debug)]
pub struct Folded<C> {
    #[cfg_attr(
        not(any(feature = "sqlite", feature = "postgres-backend")),
        expect(dead_code, reason = "MySQL has another")
    )]
    column: C,
    /// Where MySQL keeps the text: MariaDB has no index on an expression.
    #[cfg_attr(not(feature = "mysql-backend"), expect(dead_code, reason = "only MySQL has such a column"))]
    folded: &'static str,
}

impl<C> Folded<C> {
    /// The column, and that of MySQL which holds its text folded.
    pub const fn new(column: C, folded: &'static str) -> Self {
        Self { column, folded }
    }
}

/// A text as such a column has it. Letters beyond ASCII stay as they are, on every database alike.
#[expect(clippy::needless_pass_by_value, reason = "it is what is bound, and as small as a reference")]
pub fn folded(text: impl MaybeText) -> Option<String> {
    text.text().map(str::to_ascii_lowercase)
}

/// A text, or one that may be absent.
pub trait MaybeText {
    /// The text.
    fn text(&self) -> Option<&str>;
}

impl MaybeText for &str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl MaybeText for Option<&str> {
    fn text(&self) -> Option<&str> {
        *self
    }
}

impl<C: Expression> Expression for Folded<C> {
    type SqlType = Nullable<Text>;
}

impl<C: AppearsOnTable<T>, T> AppearsOnTable<T> for Folded<C> {}

impl<C, G> ValidGrouping<G> for Folded<C> {
    type IsAggregate = is_aggregate::Never;
}

/// The column tells which query it is; the name of MySQL's column goes with it.
impl<C: QueryId> QueryId for Folded<C> {
    type QueryId = Folded<C::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = C::HAS_STATIC_QUERY_ID;
}

/// `lower(column)`, which on these two folds the letters of ASCII only: PostgreSQL goes by the collation of the column.
#[cfg(any(feature = "sqlite", feature = "postgres-backend"))]
fn lower<'b, C: QueryFragment<DB>, DB: diesel::backend::Backend>(
    column: &'b C,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    out.push_sql("lower(");
    column.walk_ast(out.reborrow())?;
    out.push_sql(")");
    Ok(())
}

#[cfg(feature = "sqlite")]
impl<C: QueryFragment<diesel::sqlite::Sqlite>> QueryFragment<diesel::sqlite::Sqlite> for Folded<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, diesel::sqlite::Sqlite>) -> QueryResult<()> {
        lower(&self.column, out)
    }
}

#[cfg(feature = "postgres-backend")]
impl<C: QueryFragment<diesel::pg::Pg>> QueryFragment<diesel::pg::Pg> for Folded<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        lower(&self.column, out)
    }
}

#[cfg(feature = "mysql-backend")]
impl<C> QueryFragment<diesel::mysql::Mysql> for Folded<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::mysql::Mysql>) -> QueryResult<()> {
        out.push_identifier(self.folded)
    }
}
