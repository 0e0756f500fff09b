//! The queries on users.

#[doc(hidden)]
#[macro_export]
macro_rules! __user_queries {
    (
        $driver:tt;
        $user:ident, $changes:ident;
        $users:ident, $keys:ident;
        id $id:ident;
        attributes { $($field:ident => $column:ident,)* }
        changeable { $($change:ident => $changed:ident,)* }
        unique { $($index:literal: $($unique:ident => $lookup:ident $($nocase:literal)?),+;)* }
    ) => {
        $crate::__query! { $driver; fn insert_user(conn, user: &Self) -> usize {
            $crate::__run!($driver, execute(
                __diesel::insert_into($users::table)
                    .values((
                        $users::id.eq($id.get(&user.id)),
                        $($users::$field.eq($column.bound(&user.$field)),)*
                    )),
                conn
            ))
        } }

        $crate::__query! { $driver; fn user(conn, id: &str) -> Option<Self> {
            $crate::__run!($driver, get_result(
                $users::table
                    .filter($users::id.eq(id))
                    .select(__lucia::Loaded::<Self>::as_select()),
                conn
            )).map(|__lucia::Loaded(user)| user).optional()
        } }

        $crate::__query! { $driver; fn user_by_key(conn, key_id: &str) -> Option<(String, Self)> {
            $crate::__run!($driver, get_result(
                $keys::table
                    .inner_join($users::table)
                    .filter($keys::id.eq(key_id))
                    .select(($keys::id, __lucia::Loaded::<Self>::as_select())),
                conn
            )).map(|(id, __lucia::Loaded(user))| (id, user)).optional()
        } }

        $crate::__query! { $driver; fn user_by_unique(_conn, index: usize, _values: &[__lucia::Value]) -> Option<Self> {
            match index {
                $($index => {
                    let mut values = _values.iter().cloned();
                    $(let Some($unique) = $lookup.typed(values.next()) else {
                        return Ok(None);
                    };)+
                    $crate::__run!($driver, get_result(
                        $users::table
                            $(.filter($crate::__is!($users::$unique, $lookup.bound(&$unique) $(, $nocase)?)))+
                            .select(__lucia::Loaded::<Self>::as_select()),
                        _conn
                    )).map(|__lucia::Loaded(user)| user).optional()
                })*
                _ => Ok(None),
            }
        } }

        $crate::__update_user! { $driver; $users, $changes; $($change => $changed,)* }

        $crate::__query! { $driver; fn lock_user(conn, id: &str) -> usize {
            $crate::__run!($driver, execute(
                __diesel::update($users::table.filter($users::id.eq(id)))
                    .set($users::id.eq($users::id)),
                conn
            ))
        } }

        $crate::__query! { $driver; fn delete_user(conn, id: &str) -> usize {
            $crate::__run!($driver, execute(__diesel::delete($users::table.filter($users::id.eq(id))), conn))
        } }
    };
}

/// `update_user`; without an attribute that may change there is nothing to set.
#[doc(hidden)]
#[macro_export]
macro_rules! __update_user {
    ($driver:tt; $users:ident, $changes:ident;) => {
        $crate::__query! { $driver; fn update_user(conn, id: &str, _changes: &$changes) -> usize {
            $crate::__run!($driver, execute(
                __diesel::update($users::table.filter($users::id.eq(id)))
                    .set($users::id.eq($users::id)),
                conn
            ))
        } }
    };
    ($driver:tt; $users:ident, $changes:ident; $($change:ident => $changed:ident,)+) => {
        $crate::__query! { $driver; fn update_user(conn, id: &str, changes: &$changes) -> usize {
            $crate::__run!($driver, execute(
                __diesel::update($users::table.filter($users::id.eq(id)))
                    .set(($(changes.$change.as_ref().map(|value| {
                        $users::$change.eq($changed.bound(value))
                    }),)+)),
                conn
            ))
        } }
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
