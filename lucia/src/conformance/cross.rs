//! The four steps that touch users and sessions, one at a time.

use super::case::{Case, same_user};
use super::failure::{call, ensure, refuse};
use super::samples::{NOW, at, dead, hash, key, primary, session, session_id, single_use, user_id};
use super::{Failure, Outcome};
use crate::LuciaUser;
use crate::adapter::{Adapter, ChangePassword, Proof, StartSession};
use crate::{PasswordHash, StoredKey, StoredSession, UserId};

/// That a key had a hash when somebody looked.
pub(super) fn proof(id: &str, hashed_password: Option<PasswordHash>, single_use: bool) -> Proof {
    Proof::Key { id: id.to_owned(), hashed_password, single_use }
}

/// Session number `n`, to be started now.
pub(super) fn start(n: u32, user_id: &UserId, proof: Proof) -> StartSession {
    StartSession { session: session(n, user_id), proof, now: NOW }
}

/// A change from the hash `old` to `new`, with session number `n` in place of the others.
pub(super) fn change(id: &str, user_id: &UserId, new: &str, n: Option<u32>) -> ChangePassword {
    ChangePassword {
        key_id: id.to_owned(),
        user_id: user_id.clone(),
        old: hash("old"),
        new: hash(new),
        session: n.map(|n| session(n, user_id)),
    }
}

pub(super) async fn a_session_is_found_with_its_user<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    let sessions = [session(1, &ada), session(2, &bob), dead(3, &ada)];
    for session in &sessions {
        case.create_session(session).await?;
    }
    for (session, n) in sessions.iter().zip([1, 2, 1]) {
        let found = call!(a.session_and_user(session.id.clone()));
        let is_both = found.is_some_and(|(found, user)| {
            found == *session && same_user(&user, &case.user_as(session.user_id.clone(), n))
        });
        ensure!(is_both, "session_and_user: session {} should be found as it is, with its user", session.id);
    }
    let unknown = call!(a.session_and_user(session_id(4)));
    ensure!(unknown.is_none(), "session_and_user: an unknown session should be `None`");
    Ok(())
}

/// The step returns `true`, and the session is there beside `others`.
async fn starts<U: LuciaUser>(case: &Case<U>, start: StartSession, others: &[StoredSession]) -> Outcome {
    let a = &case.adapter;
    let session = start.session.clone();
    ensure!(call!(a.start_session(start)), "start_session: should be `true` while the proof holds");
    let mut expected = others.to_vec();
    expected.push(session.clone());
    case.expect_sessions("start_session", &session.user_id, &expected).await
}

/// The step returns `false`, and only `others` are there.
async fn does_not_start<U: LuciaUser>(
    case: &Case<U>,
    start: StartSession,
    others: &[StoredSession],
) -> Outcome {
    let a = &case.adapter;
    let user_id = start.session.user_id.clone();
    ensure!(!call!(a.start_session(start)), "start_session: should be `false` when the proof does not hold");
    case.expect_sessions("start_session", &user_id, others).await
}

pub(super) async fn a_session_starts_for_a_user_who_exists<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    starts(case, start(1, &ada, Proof::User), &[]).await?;
    starts(case, start(2, &ada, Proof::User), &[session(1, &ada)]).await?;
    let nobody = user_id(2);
    refuse!(a.start_session(start(3, &nobody, Proof::User)), is_unknown_user);
    case.expect_sessions("start_session", &nobody, &[]).await
}

pub(super) async fn a_session_starts_while_the_key_has_its_hash<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    let without = StoredKey { hashed_password: None, ..key("github:ada", &ada) };
    case.create_key(&without).await?;
    starts(case, start(1, &ada, proof(&own.id, hash("old"), false)), &[]).await?;
    starts(case, start(2, &ada, proof(&without.id, None, false)), &[session(1, &ada)]).await?;
    case.expect_key("start_session", &own).await?;
    case.expect_key("start_session", &without).await
}

pub(super) async fn no_session_starts_by_a_key_that_is_another_meanwhile<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    let bobs = primary("username:bob", &user_id(2));
    case.user_with(2, &bobs).await?;
    let without = StoredKey { hashed_password: None, ..key("github:ada", &ada) };
    let code = single_use("link:ada", &ada, at(1));
    case.create_key(&without).await?;
    case.create_key(&code).await?;
    case.create_session(&session(9, &ada)).await?;
    let proofs = [
        ("another hash", &own.id, hash("OLD")),
        ("a password taken away", &own.id, None),
        ("a password added", &without.id, hash("old")),
        ("a key of another user", &bobs.id, hash("old")),
        ("a key that is single-use now", &code.id, hash("old")),
        ("no such key", &"username:nobody".to_owned(), hash("old")),
    ];
    for (what, id, hash) in proofs {
        does_not_start(case, start(1, &ada, proof(id, hash, false)), &[session(9, &ada)])
            .await
            .map_err(|failure| Failure::new(format!("{failure} ({what})")))?;
    }
    for kept in [own, bobs, without, code] {
        case.expect_key("start_session", &kept).await?;
    }
    Ok(())
}

pub(super) async fn a_single_use_key_starts_one_session_and_is_gone<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    case.create_key(&single_use("link:ada", &ada, NOW)).await?;
    let proof = proof("link:ada", hash("old"), true);
    starts(case, start(1, &ada, proof.clone()), &[]).await?;
    case.expect_no_key("start_session", "link:ada").await?;
    does_not_start(case, start(2, &ada, proof), &[session(1, &ada)]).await
}

pub(super) async fn a_single_use_key_that_is_wrong_or_late_starts_no_session<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    let code = single_use("link:ada", &ada, at(1));
    case.create_key(&code).await?;
    case.create_key(&single_use("link:late", &ada, at(-1))).await?;
    for hash in [hash("another"), None] {
        does_not_start(case, start(1, &ada, proof(&code.id, hash, true)), &[]).await?;
    }
    does_not_start(case, start(1, &ada, proof("link:late", hash("old"), true)), &[]).await?;
    does_not_start(case, start(1, &ada, proof(&own.id, hash("old"), true)), &[]).await?;
    case.expect_key("start_session, with another hash", &code).await?;
    case.expect_key("start_session, as if it were single-use", &own).await
}

pub(super) async fn an_id_that_a_session_has_starts_no_other<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let (ada, bob) = (case.user_with(1, &own).await?, case.user(2).await?);
    let theirs = session(1, &bob);
    case.create_session(&theirs).await?;
    for proof in [Proof::User, proof(&own.id, hash("old"), false)] {
        let started = a.start_session(start(1, &ada, proof)).await;
        ensure!(started.is_err(), "start_session: an id that is taken should be an error");
        case.expect_session("start_session", &theirs).await?;
    }
    Ok(())
}

pub(super) async fn a_changed_password_ends_all_sessions_and_starts_one<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let (ada, bob) = (case.user_with(1, &own).await?, case.user(2).await?);
    let another = key("email:ada", &ada);
    case.create_key(&another).await?;
    for session in [session(1, &ada), session(2, &ada), session(3, &bob)] {
        case.create_session(&session).await?;
    }
    let changed = call!(a.change_password(change(&own.id, &ada, "new", Some(4))));
    ensure!(changed, "change_password: should be `true` while the hash is the old one");
    case.expect_key("change_password", &StoredKey { hashed_password: hash("new"), ..own }).await?;
    case.expect_key("change_password of another key", &another).await?;
    case.expect_sessions("change_password", &ada, &[session(4, &ada)]).await?;
    case.expect_sessions("change_password of another user", &bob, &[session(3, &bob)]).await
}

pub(super) async fn a_password_can_be_changed_without_a_session_and_be_taken_away<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    for (old, new) in [(hash("old"), None), (None, hash("new"))] {
        case.create_session(&session(1, &ada)).await?;
        let change = ChangePassword { old, new: new.clone(), ..change(&own.id, &ada, "", None) };
        ensure!(call!(a.change_password(change)), "change_password: should be `true`");
        case.expect_key("change_password", &StoredKey { hashed_password: new, ..own.clone() }).await?;
        case.expect_sessions("change_password", &ada, &[]).await?;
    }
    Ok(())
}

pub(super) async fn a_password_that_is_another_meanwhile_is_not_changed_and_nothing_ends<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let own = StoredKey { hashed_password: hash("changed"), ..primary("username:ada", &user_id(1)) };
    let ada = case.user_with(1, &own).await?;
    case.create_session(&session(1, &ada)).await?;
    let from_none = ChangePassword { old: None, ..change(&own.id, &ada, "new", Some(2)) };
    for change in
        [change(&own.id, &ada, "new", Some(2)), change("username:nobody", &ada, "new", None), from_none]
    {
        let changed = call!(a.change_password(change));
        ensure!(!changed, "change_password: should be `false` when the hash is another or the key is gone");
        case.expect_key("change_password", &own).await?;
        case.expect_sessions("change_password", &ada, &[session(1, &ada)]).await?;
    }
    Ok(())
}

pub(super) async fn a_user_is_removed_with_all_sessions_and_keys<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let [own, bobs] = [("username:ada", 1), ("username:bob", 2)].map(|(id, n)| primary(id, &user_id(n)));
    let (ada, bob) = (case.user_with(1, &own).await?, case.user_with(2, &bobs).await?);
    for session in [session(1, &ada), dead(2, &ada), session(3, &bob)] {
        case.create_session(&session).await?;
    }
    call!(a.remove_user(ada.clone()));
    case.expect_no_user("remove_user", &ada).await?;
    case.expect_no_key("remove_user", &own.id).await?;
    case.expect_sessions("remove_user", &ada, &[]).await?;
    case.expect_user("remove_user, of another user", &case.user_as(bob.clone(), 2)).await?;
    case.expect_key("remove_user, of another user", &bobs).await?;
    case.expect_sessions("remove_user, of another user", &bob, &[session(3, &bob)]).await?;
    // Nothing is in the way of the same user once more.
    case.user_with(1, &own).await?;
    case.expect_sessions("remove_user", &ada, &[]).await
}

pub(super) async fn removing_an_unknown_user_is_no_error<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    case.create_session(&session(1, &ada)).await?;
    call!(a.remove_user(user_id(2)));
    case.expect_user("remove_user", &case.user_as(ada.clone(), 1)).await?;
    case.expect_sessions("remove_user", &ada, &[session(1, &ada)]).await
}
