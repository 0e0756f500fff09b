//! What stands for the value of a column of which nothing is known: of a struct with mistakes, and of a type whose feature is
//! off. It goes with every type of column, so that one mistake is one error, and is never written or read.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, Queryable};
use diesel::expression::{AsExpression, TypedExpressionType};
use diesel::internal::derives::as_expression::Bound;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{HasSqlType, SingleValue, SqlType};

/// No value.
#[derive(Clone, Copy, Debug)]
pub struct Unread;

const REASON: &str = "the user struct does not compile";

impl<ST: SqlType + TypedExpressionType> AsExpression<ST> for Unread {
    type Expression = Bound<ST, Self>;

    fn as_expression(self) -> Self::Expression {
        Bound::new(self)
    }
}

impl<ST, DB: Backend + HasSqlType<ST>> ToSql<ST, DB> for Unread {
    fn to_sql<'b>(&'b self, _: &mut Output<'b, '_, DB>) -> serialize::Result {
        Err(REASON.into())
    }
}

impl<ST, DB: Backend> FromSql<ST, DB> for Unread {
    fn from_sql(_: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Err(REASON.into())
    }
}

impl<ST: SingleValue, DB: Backend> Queryable<ST, DB> for Unread {
    type Row = Self;

    fn build(row: Self) -> deserialize::Result<Self> {
        Ok(row)
    }
}
