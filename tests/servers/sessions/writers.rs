//! Redis killed and started again under eight writers: what was answered is there.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use lucia::adapter::SessionAdapter;
use lucia::redis::RedisSessions;
use lucia_tests::block_on;

use crate::support::session;
use lucia_server_tests::redis::{DURABLE, Redis};

const WRITERS: usize = 8;
const KILLS: usize = 10;
/// How many writes are answered between one kill and the next.
const ANSWERS: usize = 1_000;

/// What one writer was told: the sessions that are there, those that are gone, and how many calls failed.
#[derive(Default)]
struct Answered {
    created: Vec<String>,
    ended: Vec<String>,
    failed: usize,
}

async fn write(sessions: RedisSessions, writer: usize, count: Arc<AtomicUsize>) -> Answered {
    let mut answered = Answered::default();
    for n in 0.. {
        if count.load(SeqCst) > KILLS * ANSWERS {
            break;
        }
        let (id, user_id) = (format!("{writer}-{n}"), format!("user-{writer}-{}", n / 20));
        let created = sessions.create_session(session(&id, &user_id)).await;
        count.fetch_add(usize::from(created.is_ok()), SeqCst);
        match created {
            // Of every ten the sixth is ended again, so that both are seen.
            Ok(()) if n % 10 == 5 => match sessions.delete_session(id.clone()).await {
                Ok(()) => answered.ended.push(id),
                Err(error) => {
                    assert!(error.is_unavailable(), "{error:?}");
                    answered.failed += 1;
                }
            },
            Ok(()) => answered.created.push(id),
            Err(error) => {
                // Nobody is told that an id is taken, though it may be by a call that was not answered.
                assert!(error.is_unavailable(), "{error:?}");
                answered.failed += 1;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
    answered
}

#[test]
fn ten_kills_under_eight_writers_lose_no_answer() {
    let mut server = Redis::with(DURABLE);
    block_on(async {
        let sessions = server.sessions().await;
        let count = Arc::new(AtomicUsize::new(0));
        let writers: Vec<_> =
            (0..WRITERS).map(|n| tokio::spawn(write(sessions.clone(), n, Arc::clone(&count)))).collect();
        for kill in 1..=KILLS {
            while count.load(SeqCst) < kill * ANSWERS {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            server.kill();
            tokio::time::sleep(Duration::from_millis(50)).await;
            server.start_again();
        }
        let (mut created, mut ended, mut failed) = (0, 0, 0);
        for writer in writers {
            let answered = writer.await.unwrap();
            for id in &answered.created {
                assert!(sessions.find_session(id.clone()).await.unwrap().is_some(), "{id} was lost");
            }
            for id in &answered.ended {
                assert!(sessions.find_session(id.clone()).await.unwrap().is_none(), "{id} is back");
            }
            created += answered.created.len();
            ended += answered.ended.len();
            failed += answered.failed;
        }
        let mut out = std::io::stdout().lock();
        writeln!(out, "{KILLS} kills: {created} created, {ended} ended, {failed} unavailable").unwrap();
        drop(out);
        // One that has ended was created too.
        assert!(
            created + 2 * ended >= KILLS * ANSWERS && ended > 0 && failed > 0,
            "{created} {ended} {failed}"
        );
    });
}
