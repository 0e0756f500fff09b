//! The steps that compare and then write: each is one script on the sessions of one user, so that nothing comes in between.

use std::sync::LazyLock;

use redis::Script;

macro_rules! scripts {
    ($($(#[$doc:meta])* $name:ident: $file:literal;)*) => {$(
        $(#[$doc])*
        pub(super) static $name: LazyLock<Script> = LazyLock::new(|| {
            Script::new(concat!(include_str!("scripts/common.lua"), include_str!(concat!("scripts/", $file, ".lua"))))
        });
    )*};
}

scripts! {
    /// Adds a session.
    CREATE: "create";
    /// Puts a new session beside an old one.
    RENEW: "renew";
    /// Notes that a renewed session's token has arrived.
    PRESENT: "present";
    /// Deletes a session and its family.
    DELETE: "delete";
    /// Deletes all sessions but one and its family.
    DELETE_OTHERS: "delete_others";
    /// Deletes all sessions.
    DELETE_ALL: "delete_all";
    /// Deletes dead sessions.
    SWEEP: "sweep";
}
