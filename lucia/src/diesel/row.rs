//! How rows of users are read: [`UserRow`], which the derive writes once for all databases.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromStaticSqlRow, Queryable};
use diesel::{Expression, Selectable};

/// The columns of a user, and what becomes of their values.
pub trait UserRow: Sized {
    /// The columns, in the order of the struct.
    type Columns: Expression;
    /// What Diesel reads from them.
    type Row;

    /// The columns, to be selected.
    fn columns() -> Self::Columns;

    /// The user of a row.
    ///
    /// # Errors
    ///
    /// If the value of a column is none of its attribute's type.
    fn read(row: Self::Row) -> deserialize::Result<Self>;
}

/// A user as the queries of this library read it.
///
/// For the app's own there are Diesel's traits on the user struct itself. An app that derives those too is told so where it
/// does; were they needed here, rustc would go through everything that is built upon them.
#[derive(Debug)]
pub struct Loaded<U>(pub U);

impl<U: UserRow, DB: Backend> Selectable<DB> for Loaded<U> {
    type SelectExpression = U::Columns;

    fn construct_selection() -> Self::SelectExpression {
        U::columns()
    }
}

impl<U, ST, DB> Queryable<ST, DB> for Loaded<U>
where
    U: UserRow,
    U::Row: FromStaticSqlRow<ST, DB>,
    DB: Backend,
{
    type Row = U::Row;

    fn build(row: Self::Row) -> deserialize::Result<Self> {
        U::read(row).map(Self)
    }
}
