//! Rivals for one thing: 200 rounds of 16 at once, through one pool and through a second one on the same file, as a second
//! process has it. Each race is run with its guard taken out too, and has to go wrong then.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use lucia::{Auth, NewKey, Password, Session, SessionToken};
use lucia_tests::{Database, User, attributes};
use tokio::sync::Barrier;

use crate::broken::{self, Flaw};
use crate::invariants::{check, check_with_primary_keys};
use crate::support::{
    DAY, EMAIL, LINK, MINUTE, again, counts, get, name, right, session_rows, token, with_password,
};

const ROUNDS: usize = 200;
pub(crate) const RIVALS: usize = 16;

pub(crate) type Operation<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The operations, all begun at once.
pub(crate) fn at_once<T: Send + 'static>(operations: Vec<Operation<T>>) -> Vec<T> {
    get(async {
        let barrier = Arc::new(Barrier::new(operations.len()));
        let tasks: Vec<_> = operations
            .into_iter()
            .map(|operation| {
                let barrier = Arc::clone(&barrier);
                tokio::spawn(async move {
                    barrier.wait().await;
                    operation.await
                })
            })
            .collect();
        let mut results = Vec::new();
        for task in tasks {
            results.push(task.await.unwrap());
        }
        results
    })
}

/// The same operation for each rival; every other one on the second pool.
pub(crate) fn rivals<T, F>(
    auths: &[Auth<User>; 2],
    how_many: usize,
    operation: impl Fn(Auth<User>, usize) -> F,
) -> Vec<Operation<T>>
where
    F: Future<Output = T> + Send + 'static,
{
    (0..how_many).map(|n| Box::pin(operation(auths[n % 2].clone(), n)) as Operation<T>).collect()
}

fn two(database: &Database) -> [Auth<User>; 2] {
    [database.auth(), database.auth()]
}

fn two_broken(database: &Database, flaw: Flaw) -> [Auth<User>; 2] {
    [(); 2].map(|()| broken::auth(&database.path(), database.clock.clone(), flaw))
}

/// How many rivals used one single-use key, in each round.
pub(crate) fn winners_of_single_use_keys(database: &Database, auths: &[Auth<User>; 2]) -> Vec<usize> {
    let user = get(auths[0].create_user(with_password("ada"), attributes("ada"))).unwrap();
    (0..ROUNDS)
        .map(|_| {
            let link = get(auths[0].create_token(&user.id, LINK, Duration::from_secs(60))).unwrap();
            let link = link.expose().to_owned();
            let winners = at_once(rivals(auths, RIVALS, |auth, _| {
                let link = lucia::Token::parse(&link).unwrap();
                async move { auth.use_token(LINK, &link).await.unwrap() }
            }));
            check_with_primary_keys(&mut database.connect());
            winners.into_iter().flatten().count()
        })
        .collect()
}

#[test]
fn of_rivals_for_one_single_use_key_one_wins() {
    let database = Database::new();
    assert_eq!(winners_of_single_use_keys(&database, &two(&database)), [1; ROUNDS]);
}

#[test]
fn the_race_for_a_single_use_key_can_be_lost() {
    let database = Database::new();
    let auths = two_broken(&database, Flaw::SelectThenDelete);
    assert!(winners_of_single_use_keys(&database, &auths).iter().any(|&winners| winners > 1));
}

#[test]
fn of_rivals_who_log_in_by_one_code_one_wins() {
    let database = Database::new();
    let auths = two(&database);
    let user = get(auths[0].create_user(None, attributes("ada"))).unwrap();
    let id = EMAIL.id("ada@example.com").unwrap();
    for round in 1..=20 {
        let code = NewKey::password(id.clone(), "123456").single_use(Duration::from_secs(60));
        get(auths[0].create_key(&user.id, code)).unwrap();
        let sessions = at_once(rivals(&auths, RIVALS, |auth, _| {
            let id = id.clone();
            async move { auth.log_in(&id, &"123456".into()).await.unwrap() }
        }));
        assert_eq!(sessions.into_iter().flatten().count(), 1);
        assert_eq!(session_rows(&mut database.connect()).len(), round);
    }
}

#[test]
fn rivals_with_a_wrong_code_win_nothing_and_use_nothing_up() {
    let database = Database::new();
    let auths = two(&database);
    let user = get(auths[0].create_user(None, attributes("ada"))).unwrap();
    let id = EMAIL.id("ada@example.com").unwrap();
    for round in 0..20 {
        let code = NewKey::password(id.clone(), "123456").single_use(Duration::from_secs(60));
        get(auths[0].create_key(&user.id, code)).unwrap();
        let winners = at_once(rivals(&auths, RIVALS, |auth, n| {
            let id = id.clone();
            // In every other round all of them are wrong.
            let right = round % 2 == 0 && n % 4 == 0;
            async move {
                let typed = if right { "123456" } else { "654321" };
                (right, auth.use_key(&id, Some(&typed.into())).await.unwrap().is_some())
            }
        }));
        assert!(winners.iter().all(|(right, won)| *right || !won));
        assert_eq!(winners.iter().filter(|(_, won)| *won).count(), usize::from(round % 2 == 0));
        assert_eq!(get(auths[1].delete_key(&id)).unwrap(), round % 2 == 1, "whoever was wrong has left it");
    }
}

/// How many rows each round of rivals for one idle session adds. All of them are let in.
fn rows_added_by_renewals(database: &Database, auths: &[Auth<User>; 2]) -> Vec<usize> {
    let user = get(auths[0].create_user(with_password("ada"), attributes("ada"))).unwrap();
    (0..ROUNDS)
        .map(|_| {
            let session = get(auths[0].create_session(&user.id)).unwrap();
            database.clock.advance(2 * DAY);
            let before = session_rows(&mut database.connect()).len();
            let valid = at_once(rivals(auths, RIVALS, |auth, n| {
                let token = token(&session);
                async move {
                    if n % 4 < 2 {
                        auth.validate(&token).await.unwrap()
                    } else {
                        auth.validate_user(&token).await.unwrap().session
                    }
                }
            }));
            let added = session_rows(&mut database.connect()).len() - before;
            assert_eq!(valid.iter().filter(|session| session.is_fresh()).count(), added);
            added
        })
        .collect()
}

#[test]
fn rivals_for_one_idle_session_add_one_row() {
    let database = Database::new();
    assert_eq!(rows_added_by_renewals(&database, &two(&database)), [1; ROUNDS]);
    check_with_primary_keys(&mut database.connect());
}

#[test]
fn the_race_for_a_renewal_can_be_lost() {
    let database = Database::new();
    let added = rows_added_by_renewals(&database, &two_broken(&database, Flaw::RenewWithoutCompare));
    assert!(added.iter().any(|&rows| rows > 1));
}

/// How many sessions are good after everybody was logged out while they renewed theirs.
fn survivors_of_logging_out(database: &Database, auths: &[Auth<User>; 2]) -> usize {
    let user = get(auths[0].create_user(with_password("ada"), attributes("ada"))).unwrap();
    let mut survivors = 0;
    for round in 0..ROUNDS {
        let session = get(auths[0].create_session(&user.id)).unwrap();
        database.clock.advance(2 * DAY);
        let mut operations = rivals(auths, 8, |auth, _| {
            let token = token(&session);
            async move { auth.validate(&token).await.map(Some) }
        });
        let (auth, id, session_id) = (auths[1].clone(), user.id.clone(), session.id().clone());
        operations.insert(
            round % 8,
            Box::pin(async move {
                // Logging out everywhere, and logging out here, by the old session.
                if round % 2 == 0 {
                    auth.invalidate_sessions(&id).await.map(|()| None)
                } else {
                    auth.invalidate_session(&session_id).await.map(|()| None)
                }
            }),
        );
        for outcome in at_once(operations) {
            match outcome {
                Ok(Some(new)) => {
                    survivors +=
                        new.token().map_or(0, |token| usize::from(is_good(&auths[0], &again(token))));
                }
                Ok(None) => {}
                Err(error) => assert!(error.is_invalid_session(), "{error:?}"),
            }
        }
        survivors += session_rows(&mut database.connect()).len();
        get(auths[0].invalidate_sessions(&user.id)).unwrap();
    }
    survivors
}

pub(crate) fn is_good(auth: &Auth<User>, token: &SessionToken) -> bool {
    get(auth.session(token)).is_ok()
}

#[test]
fn nobody_survives_logging_out_by_renewing() {
    let database = Database::new();
    assert_eq!(survivors_of_logging_out(&database, &two(&database)), 0);
    check_with_primary_keys(&mut database.connect());
}

#[test]
fn the_race_of_renewal_and_logging_out_can_be_lost() {
    let database = Database::new();
    let auths = two_broken(&database, Flaw::RenewWithoutCompare);
    assert!(survivors_of_logging_out(&database, &auths) > 0);
}

/// How many sessions that began with the old password are good after it was changed.
pub(crate) fn survivors_of_a_changed_password(auths: &[Auth<User>; 2]) -> usize {
    let user = get(auths[0].create_user(with_password("ada"), attributes("ada"))).unwrap();
    let mut survivors = 0;
    let password = |round: usize| Password::from(format!("password {round}"));
    get(auths[0].change_password(&name("ada"), &right(), password(0))).unwrap().unwrap();
    for round in 0..ROUNDS {
        let mut operations = rivals(auths, 8, move |auth, _| async move {
            auth.log_in(&name("ada"), &password(round)).await.unwrap()
        });
        let auth = auths[round % 2].clone();
        operations.push(Box::pin(async move {
            auth.change_password(&name("ada"), &password(round), password(round + 1)).await.unwrap()
        }));
        let mut sessions = at_once(operations);
        let changed = sessions.pop().unwrap().expect("the password was right");
        assert!(is_good(&auths[0], &token(&changed)));
        survivors += good(&auths[0], &sessions);
        survivors += get(auths[0].sessions(&user.id)).unwrap().len() - 1;
    }
    survivors
}

fn good(auth: &Auth<User>, sessions: &[Option<Session>]) -> usize {
    sessions.iter().flatten().filter(|session| is_good(auth, &token(session))).count()
}

#[test]
fn nobody_slips_in_with_a_password_that_is_being_changed() {
    let database = Database::new();
    assert_eq!(survivors_of_a_changed_password(&two(&database)), 0);
    check_with_primary_keys(&mut database.connect());
}

#[test]
fn the_race_of_log_in_and_password_change_can_be_lost() {
    let database = Database::new();
    let auths = two_broken(&database, Flaw::StartWithoutProof);
    assert!(survivors_of_a_changed_password(&auths) > 0);
}

/// Of those who log in while their user is deleted nobody is signed in afterwards, and no row stays.
pub(crate) fn log_in_while_the_user_goes(database: &Database, auths: &[Auth<User>; 2]) {
    for round in 0..ROUNDS {
        let user = get(auths[0].create_user(with_password("ada"), attributes("ada"))).unwrap();
        let mut operations =
            rivals(auths, 8, |auth, _| async move { auth.log_in(&name("ada"), &right()).await.unwrap() });
        let auth = auths[round % 2].clone();
        operations.push(Box::pin(async move { auth.delete_user(&user.id).await.map(|()| None).unwrap() }));
        let sessions = at_once(operations);
        assert_eq!(good(&auths[0], &sessions), 0);
        assert_eq!(counts(&mut database.connect()), (0, 0, 0));
    }
}

#[test]
fn nobody_logs_in_as_a_user_who_is_being_deleted() {
    let database = Database::new();
    log_in_while_the_user_goes(&database, &two(&database));
}

/// How often somebody got an error that is not theirs while sessions were created for a user who was being deleted.
pub(crate) fn errors_of_deleting(database: &Database, auths: &[Auth<User>; 2]) -> usize {
    let mut errors = 0;
    for round in 0..ROUNDS {
        let user = get(auths[0].create_user(with_password("ada"), attributes("ada"))).unwrap();
        let mut operations = rivals(auths, 8, |auth, _| {
            let id = user.id.clone();
            async move { auth.create_session(&id).await.map(Some) }
        });
        let (auth, id) = (auths[0].clone(), user.id.clone());
        operations.insert(round % 8, Box::pin(async move { auth.delete_user(&id).await.map(|()| None) }));
        let outcomes = at_once(operations);
        let strange = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        let strange = strange.filter(|error| !error.is_unknown_user()).count();
        errors += strange;
        for session in outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()?.as_ref()) {
            // A deletion that failed has left the user, and the sessions too.
            assert!(!is_good(&auths[1], &token(session)) || strange > 0);
        }
        check(&mut database.connect());
        get(auths[0].delete_user(&user.id)).unwrap();
        assert_eq!(counts(&mut database.connect()), (0, 0, 0));
    }
    errors
}

#[test]
fn a_session_is_never_without_its_user_and_nobody_gets_an_error_of_the_databases() {
    let database = Database::new();
    assert_eq!(errors_of_deleting(&database, &two(&database)), 0);
}

#[test]
fn the_race_of_new_sessions_and_deletion_can_be_lost() {
    let database = Database::new();
    assert!(errors_of_deleting(&database, &two_broken(&database, Flaw::RemoveUserInSteps)) > 0);
}

/// How many users are there without their key after each round of rivals for one key.
fn orphans_of_sign_ups(database: &Database, auths: &[Auth<User>; 2]) -> usize {
    let mut orphans = 0;
    for round in 0..ROUNDS / 4 {
        let created = at_once(rivals(auths, RIVALS, |auth, n| async move {
            let username = format!("{round} {n}");
            auth.create_user(NewKey::without_password(name(&round.to_string())), attributes(&username)).await
        }));
        assert_eq!(created.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        for error in created.into_iter().filter_map(Result::err) {
            assert!(error.is_key_taken(), "{error:?}");
        }
        let (users, keys, _) = counts(&mut database.connect());
        assert_eq!(keys, i64::try_from(round).unwrap() + 1);
        orphans += usize::try_from(users - keys).unwrap();
    }
    orphans
}

#[test]
fn of_rivals_for_one_key_one_signs_up_and_the_others_leave_no_trace() {
    let database = Database::new();
    assert_eq!(orphans_of_sign_ups(&database, &two(&database)), 0);
    check_with_primary_keys(&mut database.connect());
}

#[test]
fn the_race_for_a_key_can_leave_half_a_user() {
    let database = Database::new();
    assert!(orphans_of_sign_ups(&database, &two_broken(&database, Flaw::CreateUserWithoutTransaction)) > 0);
}

#[test]
fn of_rivals_for_one_name_one_signs_up_and_the_others_hear_which_attribute_is_taken() {
    let database = Database::new();
    let auths = two(&database);
    for round in 0..ROUNDS / 4 {
        let created = at_once(rivals(&auths, RIVALS, |auth, n| async move {
            let key = NewKey::without_password(name(&format!("{round} {n}")));
            auth.create_user(key, attributes(&round.to_string())).await
        }));
        assert_eq!(created.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        for error in created.into_iter().filter_map(Result::err) {
            assert_eq!(error.taken_attribute(), Some("username"));
        }
    }
    check_with_primary_keys(&mut database.connect());
}

#[test]
fn rivals_with_an_outdated_hash_all_log_in_and_it_is_replaced_once() {
    let database = Database::new();
    let auths = two(&database);
    let older = lucia::Argon2id::with_parameters(16, 1, 1).unwrap();
    let before: Auth<User> = database.builder().password_hasher(older).development().unwrap();
    for round in 0..20 {
        let key = name(&round.to_string());
        let user = get(before
            .create_user(NewKey::password(key.clone(), "correct horse"), attributes(&round.to_string())));
        let user = user.unwrap();
        let sessions = at_once(rivals(&auths, RIVALS, |auth, _| {
            let key = key.clone();
            async move { auth.log_in(&key, &right()).await.unwrap() }
        }));
        assert_eq!(sessions.into_iter().flatten().count(), RIVALS);
        assert_eq!(get(auths[0].sessions(&user.id)).unwrap().len(), RIVALS);
    }
}

#[test]
fn mixed_rivals_leave_the_tables_sound() {
    let database = Database::new();
    let auths = two(&database);
    for round in 0..20 {
        let ada = name("ada");
        let user = get(auths[0].create_user(with_password("ada"), attributes("ada"))).unwrap();
        let session = get(auths[0].create_session(&user.id)).unwrap();
        database.clock.advance(2 * DAY);
        let outcomes = at_once(rivals(&auths, RIVALS, |auth, n| {
            let (token, id, user, ada) =
                (token(&session), session.id().clone(), user.id.clone(), ada.clone());
            async move {
                match (n + round) % 9 {
                    0 => auth.validate(&token).await.map(drop),
                    1 => auth.renew_session(&token).await.map(drop),
                    2 => auth.log_in(&ada, &right()).await.map(drop),
                    3 => auth.create_session(&user).await.map(drop),
                    4 => auth.invalidate_other_sessions(&user, &id).await,
                    5 => auth.create_token(&user, LINK, Duration::ZERO).await.map(drop),
                    6 => auth.sweep(10).await.map(drop),
                    7 => auth.change_password(&ada, &right(), right()).await.map(drop),
                    _ => auth.delete_user(&user).await,
                }
            }
        }));
        for error in outcomes.into_iter().filter_map(Result::err) {
            assert!(error.is_invalid_session() || error.is_unknown_user(), "{error:?}");
        }
        check(&mut database.connect());
        get(auths[0].delete_user(&user.id)).unwrap();
        assert_eq!(counts(&mut database.connect()), (0, 0, 0));
        database.clock.advance(MINUTE);
    }
}

/// A borrowed connection beside other writers waits its turn, as its `busy_timeout` says, and is not refused.
#[test]
fn a_borrowed_connection_is_not_refused_beside_other_writers() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (auth, path, user) = (auth.clone(), database.path(), user.id.clone());
            std::thread::spawn(move || {
                let mut conn = lucia_tests::connect(&path);
                let auth = auth.on(&mut conn);
                for _ in 0..100 {
                    let session = auth.create_session(&user).unwrap();
                    auth.renew_session(session.token().unwrap()).unwrap();
                    auth.create_token(&user, LINK, Duration::ZERO).unwrap();
                    auth.invalidate_session(session.id()).unwrap();
                    let _ = auth.sweep_user(&user).unwrap();
                    let _ = auth.sweep(10).unwrap();
                    auth.use_key(&name("bob"), None).unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}
