//! Times as they are bound.
//!
//! A column of times is `DATETIME` on MySQL, which Diesel binds as a `TIMESTAMP`: of a time before 1970 or after 2038 MariaDB then
//! makes a null. So they are bound as what the column is.

use chrono::NaiveDateTime;
use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::query_builder::QueryId;
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
use diesel::query_builder::{AstPass, QueryFragment};
#[cfg(any(feature = "sqlite", feature = "postgres-backend", feature = "mysql-backend"))]
use diesel::result::QueryResult;
#[cfg(feature = "mysql-backend")]
use diesel::sql_types::Datetime;
use diesel::sql_types::{Nullable, Timestamp};

/// A time, for a column that has one in every row; in queries of the app's own too.
///
/// # Example
///
/// ```
/// use diesel::prelude::*;
/// use lucia::chrono::NaiveDateTime;
/// use lucia::diesel::Moment;
/// use lucia::{LuciaUser, UserId};
///
/// #[derive(LuciaUser)]
/// pub struct User {
///     pub id: UserId,
///     pub born: NaiveDateTime,
/// }
///
/// fn born_before(connection: &mut SqliteConnection, time: NaiveDateTime) -> QueryResult<Vec<User>> {
///     auth_user::table.filter(auth_user::born.lt(Moment(time))).select(User::as_select()).load(connection)
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, QueryId)]
pub struct Moment(pub NaiveDateTime);

/// A time, for a column that may have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, QueryId)]
pub struct MaybeMoment(pub Option<NaiveDateTime>);

impl From<NaiveDateTime> for Moment {
    fn from(time: NaiveDateTime) -> Self {
        Self(time)
    }
}

impl From<Moment> for NaiveDateTime {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}

macro_rules! bound {
    ($($moment:ident, $value:ty, $type:ty, $datetime:ty;)*) => {$(
        impl Expression for $moment {
            type SqlType = $type;
        }

        impl<T> AppearsOnTable<T> for $moment {}

        impl<G> ValidGrouping<G> for $moment {
            type IsAggregate = is_aggregate::Never;
        }

        #[cfg(feature = "sqlite")]
        impl QueryFragment<diesel::sqlite::Sqlite> for $moment {
            fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::sqlite::Sqlite>) -> QueryResult<()> {
                out.push_bind_param::<$type, $value>(&self.0)
            }
        }

        #[cfg(feature = "postgres-backend")]
        impl QueryFragment<diesel::pg::Pg> for $moment {
            fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
                out.push_bind_param::<$type, $value>(&self.0)
            }
        }

        #[cfg(feature = "mysql-backend")]
        impl QueryFragment<diesel::mysql::Mysql> for $moment {
            fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::mysql::Mysql>) -> QueryResult<()> {
                out.push_bind_param::<$datetime, $value>(&self.0)
            }
        }
    )*};
}

bound! {
    Moment, NaiveDateTime, Timestamp, Datetime;
    MaybeMoment, Option<NaiveDateTime>, Nullable<Timestamp>, Nullable<Datetime>;
}
