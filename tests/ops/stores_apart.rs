//! The four steps that touch users and sessions, with the bodies that the trait gives them, on two stores.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::{NewKey, Sessions};
use lucia_tests::{Database, attributes};

use crate::invariants::{check, check_with_primary_keys};
use crate::races::{
    RIVALS, at_once, errors_of_deleting, is_good, log_in_while_the_user_goes, rivals,
    survivors_of_a_changed_password, winners_of_single_use_keys,
};
use crate::support::{
    EMAIL, counts, dump, get, name, nobody, right, session_rows, token, with_password, wrong,
};
use crate::two_stores::{auth, auth_with_plan, database, happened, log_in, meanwhile, new, newest, two};

#[test]
fn the_right_password_starts_a_session_and_a_wrong_one_does_not() {
    let database = database();
    let auth = auth(&database);
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let session = log_in(&auth, &right()).unwrap();
    assert_eq!(get(auth.validate_user(&token(&session))).unwrap().user, ada);
    assert!(log_in(&auth, &wrong()).is_none());
    assert!(get(auth.log_in(&name("bob"), &right())).unwrap().is_none());
    assert_eq!(session_rows(&mut database.connect()).len(), 1);
}

#[test]
fn a_code_logs_in_once_and_a_wrong_or_late_one_does_not() {
    let database = database();
    let auth = auth(&database);
    let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
    let email = EMAIL.id("ada@example.com").unwrap();
    let code = || NewKey::password(email.clone(), "123456").single_use(Duration::from_secs(60));
    get(auth.create_key(&ada.id, code())).unwrap();
    assert!(get(auth.log_in(&email, &"654321".into())).unwrap().is_none());
    assert!(get(auth.log_in(&email, &"123456".into())).unwrap().is_some());
    assert!(get(auth.log_in(&email, &"123456".into())).unwrap().is_none());
    get(auth.create_key(&ada.id, code())).unwrap();
    database.clock.advance(60_001);
    assert!(get(auth.log_in(&email, &"123456".into())).unwrap_err().is_expired());
    assert_eq!(counts(&mut database.connect()), (1, 0, 1));
}

#[test]
fn a_session_for_an_unknown_user_is_an_error_and_leaves_no_row() {
    let database = database();
    let auth = auth(&database);
    assert!(get(auth.create_session(&nobody())).unwrap_err().is_unknown_user());
    assert_eq!(counts(&mut database.connect()), (0, 0, 0));
}

#[test]
fn a_changed_password_ends_every_session_of_the_user_and_starts_one() {
    let database = database();
    let auth = auth(&database);
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let bob = get(auth.create_user(with_password("bob"), attributes("bob"))).unwrap();
    let before = [(); 2].map(|()| log_in(&auth, &right()).unwrap());
    let bobs = get(auth.create_session(&bob.id)).unwrap();
    let session = get(auth.change_password(&name("ada"), &right(), new())).unwrap().unwrap();
    for gone in &before {
        assert!(get(auth.validate(&token(gone))).unwrap_err().is_invalid_session());
    }
    assert!(is_good(&auth, &token(&session)) && is_good(&auth, &token(&bobs)));
    assert_eq!(get(auth.sessions(&ada.id)).unwrap().len(), 1);
    assert!(log_in(&auth, &right()).is_none());
    assert!(log_in(&auth, &new()).is_some());
    get(auth.set_password(&name("ada"), Some(right()), Sessions::EndAll)).unwrap();
    assert_eq!(get(auth.sessions(&ada.id)).unwrap().len(), 0);
}

#[test]
fn a_wrong_current_password_changes_nothing() {
    let database = database();
    let auth = auth(&database);
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    log_in(&auth, &right()).unwrap();
    let before = dump(&mut database.connect());
    assert!(get(auth.change_password(&name("ada"), &wrong(), new())).unwrap().is_none());
    assert_eq!(dump(&mut database.connect()), before);
}

#[test]
fn a_password_that_somebody_else_has_changed_meanwhile_is_not_changed() {
    let database = database();
    let (slow, plan) = auth_with_plan(&database);
    let quick = auth(&database);
    let ada = get(quick.create_user(with_password("ada"), attributes("ada"))).unwrap();
    meanwhile(&plan, "replace_password", 0, async move {
        quick.change_password(&name("ada"), &right(), newest()).await.unwrap().unwrap();
    });
    assert!(get(slow.change_password(&name("ada"), &right(), new())).unwrap().is_none());
    assert!(happened(&plan));
    assert_eq!(get(slow.sessions(&ada.id)).unwrap().len(), 1, "the other's");
    assert!(log_in(&slow, &newest()).is_some());
}

#[test]
fn no_session_survives_that_a_password_has_opened_which_was_changed_meanwhile() {
    for step in ["create_session", "find_key"] {
        let database = database();
        let (slow, plan) = auth_with_plan(&database);
        let quick = auth(&database);
        let ada = get(quick.create_user(with_password("ada"), attributes("ada"))).unwrap();
        // The key is read once before the password is compared.
        meanwhile(&plan, step, usize::from(step == "find_key"), async move {
            quick.change_password(&name("ada"), &right(), new()).await.unwrap().unwrap();
        });
        assert!(log_in(&slow, &right()).is_none(), "{step}");
        assert!(happened(&plan));
        assert_eq!(get(slow.sessions(&ada.id)).unwrap().len(), 1, "{step}: the other's");
    }
}

#[test]
fn no_session_survives_of_a_change_that_another_change_has_followed_already() {
    for step in ["delete_sessions_of", "create_session"] {
        let database = database();
        let (slow, plan) = auth_with_plan(&database);
        let quick = auth(&database);
        let ada = get(quick.create_user(with_password("ada"), attributes("ada"))).unwrap();
        // The sessions end once before the password is the new one.
        let passes = usize::from(step == "delete_sessions_of");
        meanwhile(&plan, step, passes, async move {
            quick.change_password(&name("ada"), &new(), newest()).await.unwrap().unwrap();
        });
        let session = get(slow.change_password(&name("ada"), &right(), new())).unwrap().unwrap();
        assert!(happened(&plan));
        assert!(!is_good(&slow, &token(&session)), "{step}");
        // Where both ended all sessions before either began one, the other's is there.
        let others = usize::from(step == "create_session");
        assert_eq!(get(slow.sessions(&ada.id)).unwrap().len(), others, "{step}");
        assert!(log_in(&slow, &newest()).is_some());
    }
}

#[test]
fn no_session_survives_a_user_who_is_deleted_while_it_starts() {
    let calls = ["create_session", "find_key", "find_user", "delete_sessions_of"];
    for (step, passes) in calls.into_iter().flat_map(|step| (0..3).map(move |passes| (step, passes))) {
        for operation in ["log_in", "create_session", "change_password"] {
            // Also where the sessions do know the users, and a late one is refused.
            for database in [database(), Database::new()] {
                let (slow, plan) = auth_with_plan(&database);
                let quick = auth(&database);
                let ada = get(quick.create_user(with_password("ada"), attributes("ada"))).unwrap();
                let id = ada.id.clone();
                meanwhile(&plan, step, passes, async move { quick.delete_user(&id).await.unwrap() });
                let session = match operation {
                    "log_in" => log_in(&slow, &right()),
                    "create_session" => match get(slow.create_session(&ada.id)) {
                        Err(error) if error.is_unknown_user() => None,
                        result => Some(result.unwrap()),
                    },
                    _ => get(slow.change_password(&name("ada"), &right(), new())).unwrap(),
                };
                if happened(&plan) {
                    let session = session.filter(|session| is_good(&slow, &token(session)));
                    assert!(session.is_none(), "{operation}, {step}");
                    assert_eq!(counts(&mut database.connect()), (0, 0, 0), "{operation}, {step}");
                }
            }
        }
    }
}

#[test]
fn sessions_that_start_between_the_steps_of_a_deletion_go_too() {
    for step in ["delete_sessions_of", "delete_user"] {
        let database = database();
        let (slow, plan) = auth_with_plan(&database);
        let quick = auth(&database);
        let ada = get(quick.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let id = ada.id.clone();
        meanwhile(&plan, step, 0, async move {
            quick.create_session(&id).await.unwrap();
            quick.log_in(&name("ada"), &right()).await.unwrap().unwrap();
        });
        get(slow.delete_user(&ada.id)).unwrap();
        assert!(happened(&plan));
        assert_eq!(counts(&mut database.connect()), (0, 0, 0), "{step}");
    }
}

#[test]
fn a_deleted_user_leaves_nothing_and_is_no_error_twice() {
    let database = database();
    let auth = auth(&database);
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let session = log_in(&auth, &right()).unwrap();
    for _ in 0..2 {
        get(auth.delete_user(&ada.id)).unwrap();
        assert_eq!(counts(&mut database.connect()), (0, 0, 0));
    }
    assert!(get(auth.validate(&token(&session))).unwrap_err().is_invalid_session());
}

/// The sessions have ended by then: two stores cannot take that back. The user and the keys are there.
#[test]
fn a_user_whom_the_app_points_to_stays_and_can_log_in_again() {
    let database = database();
    let auth = auth(&database);
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    log_in(&auth, &right()).unwrap();
    let mut conn = database.connect();
    conn.batch_execute("CREATE TABLE profile (user_id TEXT NOT NULL REFERENCES auth_user (id))").unwrap();
    diesel::sql_query("INSERT INTO profile SELECT id FROM auth_user").execute(&mut conn).unwrap();
    assert!(get(auth.delete_user(&ada.id)).unwrap_err().is_in_use());
    assert_eq!(counts(&mut conn), (1, 1, 0));
    assert!(log_in(&auth, &right()).is_some());
}

#[test]
fn a_session_without_its_user_is_invalid() {
    let database = database();
    let auth = auth(&database);
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let session = log_in(&auth, &right()).unwrap();
    let mut conn = database.connect();
    conn.batch_execute("DELETE FROM auth_key; DELETE FROM auth_user").unwrap();
    assert_eq!(counts(&mut conn), (0, 0, 1));
    assert!(get(auth.session(&token(&session))).unwrap_err().is_invalid_session());
    assert!(get(auth.validate(&token(&session))).unwrap_err().is_invalid_session());
    assert!(get(auth.validate_user(&token(&session))).unwrap_err().is_invalid_session());
    assert!(get(auth.renew_session(&token(&session))).unwrap_err().is_invalid_session());
}

#[test]
fn of_rivals_for_one_single_use_key_one_wins() {
    let database = database();
    assert!(winners_of_single_use_keys(&database, &two(&database)).iter().all(|&winners| winners == 1));
}

#[test]
fn of_rivals_who_log_in_by_one_code_one_has_a_session() {
    let database = database();
    let auths = two(&database);
    let ada = get(auths[0].create_user(None, attributes("ada"))).unwrap();
    let id = EMAIL.id("ada@example.com").unwrap();
    for round in 1..=100 {
        let code = NewKey::password(id.clone(), "123456").single_use(Duration::from_secs(60));
        get(auths[0].create_key(&ada.id, code)).unwrap();
        let sessions = at_once(rivals(&auths, RIVALS, |auth, _| {
            let id = id.clone();
            async move { auth.log_in(&id, &"123456".into()).await.unwrap() }
        }));
        assert_eq!(sessions.into_iter().flatten().count(), 1);
        assert_eq!(session_rows(&mut database.connect()).len(), round);
    }
}

#[test]
fn nobody_slips_in_with_a_password_that_is_being_changed() {
    let database = database();
    assert_eq!(survivors_of_a_changed_password(&two(&database)), 0);
    check_with_primary_keys(&mut database.connect());
}

#[test]
fn of_rivals_who_change_one_password_at_most_one_stays_signed_in() {
    let database = database();
    let auths = two(&database);
    let ada = get(auths[0].create_user(with_password("ada"), attributes("ada"))).unwrap();
    for _ in 0..100 {
        let changed = at_once(rivals(&auths, 8, |auth, _| async move {
            auth.change_password(&name("ada"), &right(), right()).await.unwrap()
        }));
        // Whoever comes after a rival has done with it finds the new hash, and changes it again.
        assert!(changed.iter().flatten().count() >= 1);
        let good = changed.iter().flatten().filter(|session| is_good(&auths[1], &token(session)));
        assert_eq!(good.count(), get(auths[0].sessions(&ada.id)).unwrap().len());
        assert!(get(auths[0].sessions(&ada.id)).unwrap().len() <= 1);
        check(&mut database.connect());
    }
}

#[test]
fn nobody_logs_in_as_a_user_who_is_being_deleted() {
    let database = database();
    log_in_while_the_user_goes(&database, &two(&database));
}

#[test]
fn a_session_is_never_without_its_user_and_nobody_gets_an_error_of_the_databases() {
    let database = database();
    assert_eq!(errors_of_deleting(&database, &two(&database)), 0);
}
