//! How a row becomes a user, for this library's queries and for the app's.

/// `UserRow`, and Diesel's own traits upon it, so that an app may write `auth_user::table.select(User::as_select())`.
#[doc(hidden)]
#[macro_export]
macro_rules! __user_row {
    (@inert $user:ident, $users:ident; columns { $($column:ident,)* }) => {
        $crate::__user_row! { @read $user, $users; [];
            ($crate::__private::UserId, $($crate::__unread!($column),)*);
            _ => Err("the struct has mistakes".into())
        }
    };
    (
        $user:ident, $users:ident;
        id $id:ident;
        attributes { $($field:ident: $type:ty => $column:ident,)* }
    ) => {
        $crate::__user_row! { @read $user, $users; [$($field)*];
            ($crate::__private::UserId, $(<$type as $crate::__private::Storage>::Row,)*);
            (id, $($field,)*) => Ok(Self { id: $id.put(id), $($field: $column.read($field)?,)* })
        }
    };
    (@read $user:ident, $users:ident; [$($field:ident)*]; $row:ty; $pattern:pat => $read:expr) => {
        const _: () = {
            use $crate::__private::prelude::*;
            use $crate::__private as __lucia;

            // As in `prelude`, for the bindings that are called like attributes.
            $(#[allow(dead_code, reason = "only its name is needed")] fn $field() {})*

            impl __lucia::UserRow for $user {
                type Columns = <$users::table as __lucia::Table>::AllColumns;
                type Row = $row;

                fn columns() -> Self::Columns {
                    $users::all_columns
                }

                fn read($pattern: Self::Row) -> __lucia::deserialize::Result<Self> {
                    $read
                }
            }

            impl<__DB: __lucia::Backend> __lucia::Selectable<__DB> for $user {
                type SelectExpression = <Self as __lucia::UserRow>::Columns;

                fn construct_selection() -> Self::SelectExpression {
                    <Self as __lucia::UserRow>::columns()
                }
            }

            impl<__DB> __lucia::Queryable<$users::SqlType, __DB> for $user
            where
                __DB: __lucia::Backend,
                <Self as __lucia::UserRow>::Row: __lucia::FromStaticSqlRow<$users::SqlType, __DB>,
            {
                type Row = <Self as __lucia::UserRow>::Row;

                fn build(row: Self::Row) -> __lucia::deserialize::Result<Self> {
                    <Self as __lucia::UserRow>::read(row)
                }
            }
        };
    };
}

/// What is read of any column.
#[doc(hidden)]
#[macro_export]
macro_rules! __unread {
    ($column:ident) => {
        $crate::__private::Unread
    };
}
