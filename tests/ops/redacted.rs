//! What adapters are given says in `Debug` whom it is about, and neither the id of a key or a session nor a hash.

use std::fmt::Debug;

use lucia::adapter::{ChangePassword, NewUser, Proof, Renewal, StartSession, UserLookup};
use lucia::{PasswordHash, StoredKey, StoredSession, UnixMillis, UserId};

fn ada() -> UserId {
    UserId::new("ada").unwrap()
}

fn hash(text: &str) -> PasswordHash {
    PasswordHash::new(format!("canary-hash-{text}"))
}

fn session() -> StoredSession {
    let at = UnixMillis::from_millis(1_767_225_600_000);
    StoredSession {
        id: "canary-session".into(),
        user_id: ada(),
        active_expires: at,
        idle_expires: at,
        created_at: None,
        absolute_expires: None,
        renewed_from: Some("canary-old-session".into()),
    }
}

fn key() -> StoredKey {
    StoredKey {
        id: "email:canary-key".into(),
        user_id: ada(),
        primary_key: true,
        hashed_password: Some(hash("key")),
        expires: None,
    }
}

fn proof() -> Proof {
    Proof::Key { id: "email:canary-key".into(), hashed_password: Some(hash("proof")), single_use: true }
}

fn printed(value: impl Debug, about: &str) {
    let text = format!("{value:?} {value:#?}");
    assert!(!text.contains("canary"), "{text}");
    assert!(text.contains(about), "{text}");
}

#[test]
fn what_an_adapter_is_given_prints_no_key_id_no_session_id_and_no_hash() {
    let now = UnixMillis::from_millis(0);
    printed(UserLookup::Key("email:canary-key".into()), "Key");
    printed(UserLookup::Id(ada()), "ada");
    printed(proof(), "single_use");
    printed(Proof::User, "User");
    printed(StartSession { session: session(), proof: proof(), now }, "ada");
    printed(
        ChangePassword {
            key_id: "email:canary-key".into(),
            user_id: ada(),
            old: Some(hash("old")),
            new: Some(hash("new")),
            session: Some(session()),
        },
        "ada",
    );
    printed(Renewal { old: "canary-old-session".into(), new: session(), now, lost_before: now }, "ada");
    printed(NewUser { user: "ada", key: Some(key()) }, "ada");
}
