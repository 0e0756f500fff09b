//! The queries on sessions.

#[doc(hidden)]
#[macro_export]
macro_rules! __session_queries {
    ($backend:path; $users:ident, $sessions:ident) => {
        fn insert_session<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            session: &__lucia::StoredSession,
        ) -> __lucia::QueryResult<usize> {
            __diesel::insert_into($sessions::table)
                .values((
                    $sessions::id.eq(&session.id),
                    $sessions::user_id.eq(&session.user_id),
                    $sessions::active_expires.eq(session.active_expires.as_millis()),
                    $sessions::idle_expires.eq(session.idle_expires.as_millis()),
                    $sessions::created_at.eq(__lucia::millis(session.created_at)),
                    $sessions::absolute_expires.eq(__lucia::millis(session.absolute_expires)),
                    $sessions::renewed_from.eq(session.renewed_from.as_deref()),
                ))
                .execute(conn)
        }

        fn session<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
        ) -> __lucia::QueryResult<Option<__lucia::SessionRow>> {
            $sessions::table
                .filter($sessions::id.eq(id))
                .select($crate::__session_columns!($sessions))
                .get_result(conn)
                .optional()
        }

        fn session_and_user<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
        ) -> __lucia::QueryResult<Option<(__lucia::SessionRow, Self)>> {
            $sessions::table
                .inner_join($users::table)
                .filter($sessions::id.eq(id))
                .select((
                    $crate::__session_columns!($sessions),
                    <Self as __lucia::SelectableHelper<$backend>>::as_select(),
                ))
                .get_result(conn)
                .optional()
        }

        fn sessions_of<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            user_id: &str,
        ) -> __lucia::QueryResult<Vec<__lucia::SessionRow>> {
            $sessions::table
                .filter($sessions::user_id.eq(user_id))
                .order($sessions::id)
                .select($crate::__session_columns!($sessions))
                .load(conn)
        }

        fn renewed_session<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            renewed_from: &str,
        ) -> __lucia::QueryResult<Option<__lucia::SessionRow>> {
            $sessions::table
                .filter($sessions::renewed_from.eq(renewed_from))
                .select($crate::__session_columns!($sessions))
                .get_result(conn)
                .optional()
        }

        fn lock_live_session<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
            now: __lucia::UnixMillis,
        ) -> __lucia::QueryResult<usize> {
            let live = $sessions::table
                .filter($sessions::id.eq(id))
                .filter($sessions::idle_expires.ge(now.as_millis()));
            __diesel::update(live).set($sessions::idle_expires.eq($sessions::idle_expires)).execute(conn)
        }

        fn lock_user_of_session<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
        ) -> __lucia::QueryResult<usize> {
            let owner = $sessions::table.filter($sessions::id.eq(id)).select($sessions::user_id);
            __diesel::update($users::table.filter($users::id.eq_any(owner)))
                .set($users::id.eq($users::id))
                .execute(conn)
        }

        fn mark_presented<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
            created_at: __lucia::UnixMillis,
        ) -> __lucia::QueryResult<usize> {
            let unpresented =
                $sessions::table.filter($sessions::id.eq(id)).filter($sessions::created_at.is_null());
            __diesel::update(unpresented).set($sessions::created_at.eq(created_at.as_millis())).execute(conn)
        }

        fn set_created_at<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
            created_at: i64,
        ) -> __lucia::QueryResult<usize> {
            __diesel::update($sessions::table.filter($sessions::id.eq(id)))
                .set($sessions::created_at.eq(created_at))
                .execute(conn)
        }

        fn end_session_by<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
            ends: __lucia::UnixMillis,
        ) -> __lucia::QueryResult<usize> {
            let longer = $sessions::table
                .filter($sessions::id.eq(id))
                .filter($sessions::idle_expires.gt(ends.as_millis()));
            __diesel::update(longer).set($sessions::idle_expires.eq(ends.as_millis())).execute(conn)
        }

        fn delete_sessions<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            ids: &[String],
        ) -> __lucia::QueryResult<usize> {
            __diesel::delete($sessions::table.filter($sessions::id.eq_any(ids))).execute(conn)
        }

        fn delete_sessions_of<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            user_id: &str,
        ) -> __lucia::QueryResult<usize> {
            __diesel::delete($sessions::table.filter($sessions::user_id.eq(user_id))).execute(conn)
        }

        fn dead_sessions<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            user_id: Option<&str>,
            now: __lucia::UnixMillis,
            limit: u32,
        ) -> __lucia::QueryResult<Vec<String>> {
            let dead = $sessions::table
                .filter($sessions::idle_expires.lt(now.as_millis()))
                .select($sessions::id)
                .limit(i64::from(limit));
            match user_id {
                Some(user_id) => dead.filter($sessions::user_id.eq(user_id)).load(conn),
                None => dead.load(conn),
            }
        }

        fn delete_dead_sessions<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            ids: &[String],
            now: __lucia::UnixMillis,
        ) -> __lucia::QueryResult<usize> {
            let dead = $sessions::table
                .filter($sessions::id.eq_any(ids))
                .filter($sessions::idle_expires.lt(now.as_millis()));
            __diesel::delete(dead).execute(conn)
        }
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
