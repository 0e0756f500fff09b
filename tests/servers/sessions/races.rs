//! Rivals for the sessions of one user: 16 at once, on two connections, as two processes have them.

use lucia::adapter::{Renewed, SessionAdapter};
use lucia::redis::RedisSessions;
use lucia::{Result, StoredSession};
use lucia_tests::block_on;

use crate::support::{BEGUN, DAY, Operation, at_once, ids, renewal, session, user};
use lucia_server_tests::redis::Redis;

const ROUNDS: usize = 200;
const RIVALS: usize = 16;

/// How a rival renews a session.
type Renew = fn(RedisSessions, String, StoredSession, String) -> Operation<Result<Renewed>>;

/// As the adapter does it.
fn by_script(
    sessions: RedisSessions,
    _: String,
    old: StoredSession,
    id: String,
) -> Operation<Result<Renewed>> {
    Box::pin(async move { sessions.renew_session(renewal(&old, &id)).await })
}

/// With the guard taken out: the old session is looked at, and what was seen is taken for what is.
fn by_looking_first(
    sessions: RedisSessions,
    url: String,
    old: StoredSession,
    id: String,
) -> Operation<Result<Renewed>> {
    Box::pin(async move {
        let list = sessions.sessions_of(old.user_id.clone()).await?;
        if !list.iter().any(|session| session.id == old.id) {
            return Ok(Renewed::Gone);
        }
        if list.iter().any(|session| session.renewed_from.as_ref() == Some(&old.id)) {
            return Ok(Renewed::Before);
        }
        let client = redis::Client::open(url).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        let kept = 99_999_999_999_999_i64;
        let row = format!("{kept} {} {} - - {}", BEGUN + 3 * DAY, BEGUN + 17 * DAY, old.id);
        let index = format!("lucia:session:{id}");
        redis::cmd("SET").arg(index).arg(old.user_id.as_str()).exec_async(&mut connection).await.unwrap();
        let key = format!("lucia:{{{}}}:sessions", old.user_id);
        redis::cmd("HSET").arg(key).arg(id).arg(row).exec_async(&mut connection).await.unwrap();
        Ok(Renewed::Now)
    })
}

async fn two(server: &Redis) -> [RedisSessions; 2] {
    [server.sessions().await, server.sessions().await]
}

/// How many sessions each round of rivals for one session adds.
fn added_by_renewals(rounds: usize, renew: Renew) -> Vec<usize> {
    let server = Redis::start();
    block_on(async {
        let sessions = two(&server).await;
        let mut added = Vec::new();
        for round in 0..rounds {
            let old = session(&format!("{round}-old"), &format!("user-{round}"));
            sessions[0].create_session(old.clone()).await.unwrap();
            let rivals = (0..RIVALS)
                .map(|n| renew(sessions[n % 2].clone(), server.url(), old.clone(), format!("{round}-{n}")));
            let outcomes = at_once(rivals.collect()).await;
            let winners = outcomes.into_iter().filter(|outcome| *outcome.as_ref().unwrap() == Renewed::Now);
            let rows = sessions[1].sessions_of(old.user_id.clone()).await.unwrap().len() - 1;
            assert_eq!(winners.count(), rows);
            added.push(rows);
        }
        added
    })
}

#[test]
fn of_rivals_who_renew_one_session_one_wins() {
    assert_eq!(added_by_renewals(ROUNDS, by_script), [1; ROUNDS]);
}

#[test]
fn the_race_for_a_renewal_can_be_lost() {
    assert!(added_by_renewals(20, by_looking_first).iter().any(|&added| added > 1));
}

/// How many sessions are left after rounds in which somebody logs out while others renew.
fn left_by_logging_out(rounds: usize, renew: Renew) -> usize {
    let server = Redis::start();
    block_on(async {
        let sessions = two(&server).await;
        let mut left = 0;
        for round in 0..rounds {
            let old = session(&format!("{round}-old"), &format!("user-{round}"));
            sessions[0].create_session(old.clone()).await.unwrap();
            let mut rivals: Vec<_> = (1..RIVALS)
                .map(|n| renew(sessions[n % 2].clone(), server.url(), old.clone(), format!("{round}-{n}")))
                .collect();
            let (one, this) = (sessions[round % 2].clone(), old.clone());
            rivals.insert(
                round % RIVALS,
                Box::pin(async move {
                    match round % 3 {
                        0 => one.delete_session(this.id).await?,
                        1 => one.delete_sessions_of(this.user_id, None).await?,
                        _ => one.delete_sessions_of(this.user_id, Some("unknown".to_owned())).await?,
                    }
                    Ok(Renewed::Gone)
                }),
            );
            for outcome in at_once(rivals).await {
                outcome.unwrap();
            }
            left += sessions[0].sessions_of(old.user_id.clone()).await.unwrap().len();
            for n in 0..RIVALS {
                let id = format!("{round}-{n}");
                left += usize::from(sessions[1].find_session(id).await.unwrap().is_some());
            }
        }
        left
    })
}

#[test]
fn whoever_logs_out_while_the_session_is_renewed_is_logged_out() {
    assert_eq!(left_by_logging_out(ROUNDS, by_script), 0);
}

#[test]
fn the_race_of_logging_out_can_be_lost() {
    assert!(left_by_logging_out(60, by_looking_first) > 0);
}

#[test]
fn of_rivals_who_create_one_id_one_has_it() {
    let server = Redis::start();
    block_on(async {
        let sessions = two(&server).await;
        for round in 0..ROUNDS {
            let rivals = (0..RIVALS).map(|n| {
                let one = sessions[n % 2].clone();
                // The same user's, and other users'.
                let mine = session(&round.to_string(), &format!("user-{}", n / 2));
                Box::pin(async move { one.create_session(mine.clone()).await.ok().map(|()| mine) })
                    as Operation<_>
            });
            let winners: Vec<_> = at_once(rivals.collect()).await.into_iter().flatten().collect();
            assert_eq!(winners.len(), 1);
            assert_eq!(sessions[0].find_session(round.to_string()).await.unwrap().as_ref(), winners.first());
        }
        let all = (0..RIVALS / 2).map(|n| sessions[0].sessions_of(user(&format!("user-{n}"))));
        let mut listed = 0;
        for list in all {
            listed += list.await.unwrap().len();
        }
        assert_eq!(listed, ROUNDS);
    });
}

/// A list shows a family whole or not at all, however it is ended or renewed meanwhile.
#[test]
fn a_list_is_of_one_instant() {
    let server = Redis::start();
    block_on(async {
        let sessions = two(&server).await;
        for round in 0..ROUNDS {
            let user_id = format!("user-{round}");
            let [old, other] = ["old", "other"].map(|id| session(&format!("{round}-{id}"), &user_id));
            sessions[0].create_session(old.clone()).await.unwrap();
            sessions[0].create_session(other.clone()).await.unwrap();
            let new = format!("{round}-new");
            sessions[0].renew_session(renewal(&old, &new)).await.unwrap();
            let rivals = (0..RIVALS).map(|n| {
                let (one, old, other) = (sessions[n % 2].clone(), old.clone(), other.clone());
                Box::pin(async move {
                    if n == round % RIVALS {
                        one.delete_session(old.id).await.unwrap();
                        return None;
                    }
                    Some(one.sessions_of(other.user_id).await.unwrap())
                }) as Operation<_>
            });
            for list in at_once::<Option<Vec<StoredSession>>>(rivals.collect()).await.into_iter().flatten() {
                let whole = [new.as_str(), &old.id, &other.id];
                assert!(ids(&list) == whole || ids(&list) == [other.id.as_str()], "{:?}", ids(&list));
            }
            assert_eq!(sessions[1].find_session(old.id.clone()).await.unwrap(), None);
            assert_eq!(sessions[1].find_session(new).await.unwrap(), None);
        }
    });
}

#[test]
fn of_rivals_who_present_one_session_all_see_one_end_of_the_old_one() {
    let server = Redis::start();
    block_on(async {
        let sessions = two(&server).await;
        for round in 0..ROUNDS {
            let old = session(&format!("{round}-old"), &format!("user-{round}"));
            sessions[0].create_session(old.clone()).await.unwrap();
            let new = format!("{round}-new");
            sessions[0].renew_session(renewal(&old, &new)).await.unwrap();
            let rivals = (0..RIVALS).map(|n| {
                let (one, old, new) = (sessions[n % 2].clone(), old.clone(), new.clone());
                let now = BEGUN + 2 * DAY + i64::try_from(n).unwrap();
                Box::pin(async move {
                    let [now, ends] = [now, now + 60_000].map(crate::support::at);
                    one.present_session(new, old.user_id, now, ends).await.unwrap();
                    one.find_session(old.id).await.unwrap().unwrap().idle_expires
                }) as Operation<_>
            });
            let ends = at_once(rivals.collect()).await;
            assert!(ends.iter().all(|end| end == &ends[0] && *end < old.idle_expires));
        }
    });
}
