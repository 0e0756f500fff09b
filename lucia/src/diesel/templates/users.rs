//! The queries on users.

#[doc(hidden)]
#[macro_export]
macro_rules! __user_queries {
    (
        $backend:path;
        $user:ident, $changes:ident;
        $users:ident, $keys:ident;
        id $id:ident;
        attributes { $($field:ident => $column:ident,)* }
        changeable { $($change:ident => $changed:ident,)* }
        unique { $($index:literal: $($unique:ident => $lookup:ident $($nocase:literal)?),+;)* }
    ) => {
        fn insert_user<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            user: &Self,
        ) -> __lucia::QueryResult<usize> {
            __diesel::insert_into($users::table)
                .values((
                    $users::id.eq($id.get(&user.id)),
                    $($users::$field.eq($column.bound(&user.$field)),)*
                ))
                .execute(conn)
        }

        fn user<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
        ) -> __lucia::QueryResult<Option<Self>> {
            $users::table
                .filter($users::id.eq(id))
                .select(<Self as __lucia::SelectableHelper<$backend>>::as_select())
                .get_result(conn)
                .optional()
        }

        fn user_by_key<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            key_id: &str,
        ) -> __lucia::QueryResult<Option<(String, Self)>> {
            $keys::table
                .inner_join($users::table)
                .filter($keys::id.eq(key_id))
                .select(($keys::id, <Self as __lucia::SelectableHelper<$backend>>::as_select()))
                .get_result(conn)
                .optional()
        }

        fn user_by_unique<C: __lucia::LoadConnection<Backend = $backend>>(
            _conn: &mut C,
            index: usize,
            _values: &[__lucia::Value],
        ) -> __lucia::QueryResult<Option<Self>> {
            match index {
                $($index => {
                    let mut values = _values.iter().cloned();
                    $(let Some($unique) = $lookup.typed(values.next()) else {
                        return Ok(None);
                    };)+
                    $users::table
                        $(.filter($crate::__is!($users::$unique, $lookup.bound(&$unique) $(, $nocase)?)))+
                        .select(<Self as __lucia::SelectableHelper<$backend>>::as_select())
                        .get_result(_conn)
                        .optional()
                })*
                _ => Ok(None),
            }
        }

        $crate::__update_user! { $backend; $users, $changes; $($change => $changed,)* }

        fn lock_user<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
        ) -> __lucia::QueryResult<usize> {
            __diesel::update($users::table.filter($users::id.eq(id)))
                .set($users::id.eq($users::id))
                .execute(conn)
        }

        fn delete_user<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
        ) -> __lucia::QueryResult<usize> {
            __diesel::delete($users::table.filter($users::id.eq(id))).execute(conn)
        }
    };
}

/// `Queries::update_user`; without an attribute that may change there is nothing to set.
#[doc(hidden)]
#[macro_export]
macro_rules! __update_user {
    ($backend:path; $users:ident, $changes:ident;) => {
        fn update_user<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
            _: &$changes,
        ) -> __lucia::QueryResult<usize> {
            <Self as __lucia::Queries<$backend>>::lock_user(conn, id)
        }
    };
    ($backend:path; $users:ident, $changes:ident; $($change:ident => $changed:ident,)+) => {
        fn update_user<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
            changes: &$changes,
        ) -> __lucia::QueryResult<usize> {
            __diesel::update($users::table.filter($users::id.eq(id)))
                .set(($(changes.$change.as_ref().map(|value| {
                    $users::$change.eq($changed.bound(value))
                }),)+))
                .execute(conn)
        }
    };
}

/// A column has a value, byte for byte or but for the case of ASCII letters.
#[doc(hidden)]
#[macro_export]
macro_rules! __is {
    ($column:expr, $value:expr) => {
        $column.eq($value)
    };
    ($column:expr, $value:expr, $folded:literal) => {
        __lucia::Folded::new($column, $folded).eq(__lucia::folded($value))
    };
}
