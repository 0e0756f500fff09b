//! The queries on sessions, those on their table alone apart from those on users too.

#[doc(hidden)]
#[macro_export]
macro_rules! __session_queries {
    ($driver:tt; $sessions:ident) => {
        $crate::__query! { $driver; fn insert_session(conn, session: &__lucia::StoredSession) -> usize {
            $crate::__run!($driver, execute(
                __diesel::insert_into($sessions::table)
                    .values((
                        $sessions::id.eq(&session.id),
                        $sessions::user_id.eq(&session.user_id),
                        $sessions::active_expires.eq(session.active_expires.as_millis()),
                        $sessions::idle_expires.eq(session.idle_expires.as_millis()),
                        $sessions::created_at.eq(__lucia::millis(session.created_at)),
                        $sessions::absolute_expires.eq(__lucia::millis(session.absolute_expires)),
                        $sessions::renewed_from.eq(session.renewed_from.as_deref()),
                    )),
                conn
            ))
        } }

        $crate::__query! { $driver; fn session(conn, id: &str) -> Option<__lucia::SessionRow> {
            $crate::__run!($driver, get_result(
                $sessions::table
                    .filter($sessions::id.eq(id))
                    .select($crate::__session_columns!($sessions)),
                conn
            )).optional()
        } }

        $crate::__query! { $driver; fn sessions_of(conn, user_id: &str) -> Vec<__lucia::SessionRow> {
            $crate::__run!($driver, load(
                $sessions::table
                    .filter($sessions::user_id.eq(user_id))
                    .order($sessions::id)
                    .select($crate::__session_columns!($sessions)),
                conn
            ))
        } }

        $crate::__query! { $driver; fn renewed_session(conn, renewed_from: &str) -> Option<__lucia::SessionRow> {
            $crate::__run!($driver, get_result(
                $sessions::table
                    .filter($sessions::renewed_from.eq(renewed_from))
                    .select($crate::__session_columns!($sessions)),
                conn
            )).optional()
        } }

        $crate::__query! { $driver; fn lock_live_session(conn, id: &str, now: __lucia::UnixMillis) -> usize {
            let live = $sessions::table
                .filter($sessions::id.eq(id))
                .filter($sessions::idle_expires.ge(now.as_millis()));
            $crate::__run!($driver, execute(
                __diesel::update(live).set($sessions::idle_expires.eq($sessions::idle_expires)),
                conn
            ))
        } }

        $crate::__query! { $driver; fn mark_presented(conn, id: &str, created_at: __lucia::UnixMillis) -> usize {
            let unpresented =
                $sessions::table.filter($sessions::id.eq(id)).filter($sessions::created_at.is_null());
            $crate::__run!($driver, execute(
                __diesel::update(unpresented).set($sessions::created_at.eq(created_at.as_millis())),
                conn
            ))
        } }

        $crate::__query! { $driver; fn set_created_at(conn, id: &str, created_at: i64) -> usize {
            $crate::__run!($driver, execute(
                __diesel::update($sessions::table.filter($sessions::id.eq(id)))
                    .set($sessions::created_at.eq(created_at)),
                conn
            ))
        } }

        $crate::__query! { $driver; fn end_session_by(conn, id: &str, ends: __lucia::UnixMillis) -> usize {
            let longer = $sessions::table
                .filter($sessions::id.eq(id))
                .filter($sessions::idle_expires.gt(ends.as_millis()));
            $crate::__run!($driver, execute(__diesel::update(longer).set($sessions::idle_expires.eq(ends.as_millis())), conn))
        } }

        $crate::__query! { $driver; fn delete_unpresented_session(conn, id: &str) -> usize {
            let unpresented =
                $sessions::table.filter($sessions::id.eq(id)).filter($sessions::created_at.is_null());
            $crate::__run!($driver, execute(__diesel::delete(unpresented), conn))
        } }

        $crate::__query! { $driver; fn delete_sessions(conn, ids: &[String]) -> usize {
            $crate::__run!($driver, execute(__diesel::delete($sessions::table.filter($sessions::id.eq_any(ids))), conn))
        } }

        $crate::__query! { $driver; fn delete_sessions_of(conn, user_id: &str) -> usize {
            $crate::__run!($driver, execute(__diesel::delete($sessions::table.filter($sessions::user_id.eq(user_id))), conn))
        } }

        $crate::__query! { $driver; fn dead_sessions(conn, user_id: Option<&str>, now: __lucia::UnixMillis, limit: u32) -> Vec<String> {
            let dead = $sessions::table
                .filter($sessions::idle_expires.lt(now.as_millis()))
                .select($sessions::id)
                .limit(i64::from(limit));
            match user_id {
                Some(user_id) => $crate::__run!($driver, load(dead.filter($sessions::user_id.eq(user_id)), conn)),
                None => $crate::__run!($driver, load(dead, conn)),
            }
        } }

        $crate::__query! { $driver; fn delete_dead_sessions(conn, ids: &[String], now: __lucia::UnixMillis) -> usize {
            let dead = $sessions::table
                .filter($sessions::id.eq_any(ids))
                .filter($sessions::idle_expires.lt(now.as_millis()));
            $crate::__run!($driver, execute(__diesel::delete(dead), conn))
        } }
    };
}

/// The queries on the rows of users beside sessions that have a database of their own.
#[doc(hidden)]
#[macro_export]
macro_rules! __apart_queries {
    ($driver:tt; $owners:ident) => {
        $crate::__query! { $driver; fn insert_owner(conn, user_id: &str) -> usize {
            $crate::__run!($driver, execute(
                __diesel::insert_into($owners::table).values($owners::user_id.eq(user_id)).on_conflict_do_nothing(),
                conn
            ))
        } }

        $crate::__query! { $driver; fn lock_owner(conn, user_id: &str) -> usize {
            $crate::__run!($driver, execute(
                __diesel::update($owners::table.filter($owners::user_id.eq(user_id)))
                    .set($owners::user_id.eq($owners::user_id)),
                conn
            ))
        } }

        $crate::__query! { $driver; fn delete_owner(conn, user_id: &str) -> usize {
            $crate::__run!($driver, execute(__diesel::delete($owners::table.filter($owners::user_id.eq(user_id))), conn))
        } }
    };
}

/// The queries on sessions and users at once.
#[doc(hidden)]
#[macro_export]
macro_rules! __session_and_user_queries {
    ($driver:tt; $users:ident, $sessions:ident) => {
        $crate::__query! { $driver; fn session_and_user(conn, id: &str) -> Option<(__lucia::SessionRow, Self)> {
            $crate::__run!($driver, get_result(
                $sessions::table
                    .inner_join($users::table)
                    .filter($sessions::id.eq(id))
                    .select((
                        $crate::__session_columns!($sessions),
                        __lucia::Loaded::<Self>::as_select(),
                    )),
                conn
            )).map(|(session, __lucia::Loaded(user))| (session, user)).optional()
        } }

        $crate::__query! { $driver; fn lock_user_of_session(conn, id: &str) -> usize {
            let owner = $sessions::table.filter($sessions::id.eq(id)).select($sessions::user_id);
            $crate::__run!($driver, execute(
                __diesel::update($users::table.filter($users::id.eq_any(owner)))
                    .set($users::id.eq($users::id)),
                conn
            ))
        } }
    };
}

/// The columns of a session in the order of `SessionRow`.
#[doc(hidden)]
#[macro_export]
macro_rules! __session_columns {
    ($sessions:ident) => {
        (
            $sessions::id,
            $sessions::user_id,
            $sessions::active_expires,
            $sessions::idle_expires,
            $sessions::created_at,
            $sessions::absolute_expires,
            $sessions::renewed_from,
        )
    };
}
