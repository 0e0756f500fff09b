//! Two stores, and a step that fails or a process that is killed between any two of their steps: no session is good that should
//! not be.

use std::time::Duration;

use lucia::{Auth, Error, NewKey, Password, Session, Sessions};
use lucia_tests::{User, attributes};

use crate::races::is_good;
use crate::support::{EMAIL, counts, dump, get, name, right, token, with_password};
use crate::two_stores::{
    auth, auth_with_plan, database, fail, fail_by, happened, log_in, meanwhile, new, stopped,
};

/// Every step that an operation may be stopped before, or fail in.
const STEPS: [&str; 7] = [
    "find_key",
    "find_user",
    "consume_key",
    "replace_password",
    "delete_user",
    "create_session",
    "delete_sessions_of",
];

/// How often an operation calls one step at most.
const CALLS: usize = 4;

fn points() -> impl Iterator<Item = (&'static str, usize)> {
    STEPS.into_iter().flat_map(|step| (0..CALLS).map(move |passes| (step, passes)))
}

/// Which of the two passwords is in force.
fn is_in_force(auth: &Auth<User>, password: &Password) -> bool {
    get(auth.use_key(&name("ada"), Some(password))).unwrap().is_some()
}

/// A session of before is good only while the old password is in force, and exactly one of the two is.
fn is_before_or_after(auth: &Auth<User>, session: &Session, at: &str) -> bool {
    let is_new = is_in_force(auth, &new());
    assert_ne!(is_new, is_in_force(auth, &right()), "{at}");
    assert!(!(is_new && is_good(auth, &token(session))), "{at}: a session of before is good");
    is_new
}

#[test]
fn a_process_that_is_killed_while_it_changes_a_password_leaves_no_session_of_before_under_the_new_one() {
    for which in ["change_password", "set_password"] {
        let (mut before, mut after) = (0, 0);
        for (step, passes) in points() {
            let database = database();
            let (auth, plan) = auth_with_plan(&database);
            get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
            let session = log_in(&auth, &right()).unwrap();
            let is_stopped = stopped(&plan, step, passes, async {
                if which == "change_password" {
                    auth.change_password(&name("ada"), &right(), new()).await.map(drop)
                } else {
                    auth.set_password(&name("ada"), Some(new()), Sessions::EndAll).await
                }
            });
            if is_stopped {
                let is_new = is_before_or_after(&auth, &session, &format!("{which}, {step} {passes}"));
                before += usize::from(!is_new);
                after += usize::from(is_new);
                // The next attempt comes to its end.
                let current = if is_new { new() } else { right() };
                assert!(get(auth.change_password(&name("ada"), &current, new())).unwrap().is_some());
                assert!(!is_good(&auth, &token(&session)));
            }
        }
        assert!(before >= 3 && after >= 1, "{which}: {before} {after}");
    }
}

#[test]
fn a_change_that_fails_leaves_the_old_password_in_force_and_can_be_tried_again() {
    let mut failed = 0;
    for (step, passes) in points() {
        let database = database();
        let (auth, plan) = auth_with_plan(&database);
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let session = log_in(&auth, &right()).unwrap();
        fail(&plan, step, passes);
        let outcome = get(auth.change_password(&name("ada"), &right(), new()));
        if !happened(&plan) {
            continue;
        }
        failed += 1;
        let at = format!("{step} {passes}");
        assert!(outcome.unwrap_err().is_unavailable(), "{at}");
        // The last look at the key comes when all is done.
        let is_done = (step, passes) == ("find_key", 2);
        assert_eq!(is_before_or_after(&auth, &session, &at), is_done, "{at}");
        let current = if is_done { new() } else { right() };
        assert!(get(auth.change_password(&name("ada"), &current, new())).unwrap().is_some(), "{at}");
    }
    assert_eq!(failed, 7);
}

#[test]
fn a_change_whose_session_has_a_taken_id_is_made_with_another_one() {
    let database = database();
    let (auth, plan) = auth_with_plan(&database);
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    fail_by(&plan, "create_session", 0, Error::session_id_taken());
    let session = get(auth.change_password(&name("ada"), &right(), new())).unwrap().unwrap();
    assert!(happened(&plan) && is_good(&auth, &token(&session)));
}

/// Before the hash is replaced, after the sessions have ended for the first time.
#[test]
fn a_session_that_begins_by_the_old_password_while_it_is_changed_ends_too() {
    let database = database();
    let (slow, plan) = auth_with_plan(&database);
    let quick = auth(&database);
    let ada = get(quick.create_user(with_password("ada"), attributes("ada"))).unwrap();
    meanwhile(&plan, "replace_password", 0, async move {
        quick.log_in(&name("ada"), &right()).await.unwrap().unwrap();
    });
    get(slow.change_password(&name("ada"), &right(), new())).unwrap().unwrap();
    assert!(happened(&plan));
    assert_eq!(get(slow.sessions(&ada.id)).unwrap().len(), 1);
}

#[test]
fn a_process_that_is_killed_while_it_deletes_a_user_leaves_nobody_signed_in() {
    let mut killed = 0;
    for (step, passes) in points() {
        let database = database();
        let (auth, plan) = auth_with_plan(&database);
        let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let session = log_in(&auth, &right()).unwrap();
        let before = dump(&mut database.connect());
        if stopped(&plan, step, passes, auth.delete_user(&ada.id)) {
            killed += 1;
            let is_untouched = dump(&mut database.connect()) == before;
            assert_eq!(is_good(&auth, &token(&session)), is_untouched, "{step} {passes}");
            get(auth.delete_user(&ada.id)).unwrap();
            assert_eq!(counts(&mut database.connect()), (0, 0, 0), "{step} {passes}");
        }
    }
    assert_eq!(killed, 3);
}

#[test]
fn a_process_that_is_killed_while_somebody_logs_in_leaves_at_most_a_session_that_nobody_has_and_no_code_is_good_twice()
 {
    let code = || NewKey::password(EMAIL.id("ada@example.com").unwrap(), "123456");
    let mut killed = 0;
    for (step, passes) in points() {
        let database = database();
        let (auth, plan) = auth_with_plan(&database);
        let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.create_key(&ada.id, code().single_use(Duration::from_secs(60)))).unwrap();
        let email = EMAIL.id("ada@example.com").unwrap();
        if stopped(&plan, step, passes, auth.log_in(&email, &"123456".into())) {
            killed += 1;
            let (_, keys, sessions) = counts(&mut database.connect());
            assert!(keys == 0 || sessions == 0, "{step} {passes}: a session began and the code is there");
            let again = get(auth.log_in(&email, &"123456".into())).unwrap();
            assert_eq!(again.is_some(), keys == 1, "{step} {passes}");
        }
    }
    assert_eq!(killed, 4);
}

/// Whoever gets the error of a change takes the password for what it was, and the sessions for what they were.
#[test]
fn a_password_stays_when_the_sessions_cannot_be_ended() {
    let database = database();
    let (auth, plan) = auth_with_plan(&database);
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    log_in(&auth, &right()).unwrap();
    let before = dump(&mut database.connect());
    fail(&plan, "delete_sessions_of", 0);
    assert!(get(auth.change_password(&name("ada"), &right(), new())).unwrap_err().is_unavailable());
    assert!(happened(&plan));
    assert_eq!(dump(&mut database.connect()), before);
    assert!(log_in(&auth, &new()).is_none());
    assert!(log_in(&auth, &right()).is_some());
}

#[test]
fn a_deletion_that_fails_half_way_leaves_nobody_signed_in_and_can_be_tried_again() {
    for (step, passes) in [("delete_user", 0), ("delete_sessions_of", 1)] {
        let database = database();
        let (auth, plan) = auth_with_plan(&database);
        let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let session = log_in(&auth, &right()).unwrap();
        fail(&plan, step, passes);
        assert!(get(auth.delete_user(&ada.id)).unwrap_err().is_unavailable());
        assert!(happened(&plan));
        assert!(!is_good(&auth, &token(&session)), "{step}");
        get(auth.delete_user(&ada.id)).unwrap();
        assert_eq!(counts(&mut database.connect()), (0, 0, 0), "{step}");
    }
}

#[test]
fn a_log_in_that_fails_half_way_hands_out_no_session() {
    let database = database();
    let (auth, plan) = auth_with_plan(&database);
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    for (step, passes) in [("create_session", 0), ("find_key", 1)] {
        fail(&plan, step, passes);
        assert!(get(auth.log_in(&name("ada"), &right())).unwrap_err().is_unavailable());
        assert!(happened(&plan));
    }
    assert!(log_in(&auth, &right()).is_some());
}
