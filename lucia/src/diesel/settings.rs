//! What is set on each connection that this library opens to a server, so that an answer comes in a bounded time and is the same
//! as on another database.

/// How long PostgreSQL waits for somebody else's lock, and how long a transaction may be idle, in milliseconds. Not how long a
/// statement may take: the server would set a timer for each, which costs a third of a validation, and ours find rows by their
/// keys.
#[cfg(any(feature = "postgres", feature = "postgres-async"))]
pub(super) const POSTGRES: &str = "SET lock_timeout = 5000; SET idle_in_transaction_session_timeout = 10000";

/// MySQL refuses a value that does not fit, and does not cut it; its messages are in the language in which this library reads
/// them; and it waits for somebody else's lock for so many seconds.
#[cfg(any(feature = "mysql", feature = "mysql-async"))]
pub(super) const MYSQL: &str = "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), \
     SESSION lc_messages = 'en_US', SESSION innodb_lock_wait_timeout = 5, SESSION lock_wait_timeout = 5";
