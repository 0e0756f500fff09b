//! Connections that the server ends in the middle of a transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

use lucia_tests::block_on;

use crate::support::{On, assert_unavailable, eventually, names, on_each, say, sign_up};

on_each!(
    a_connection_that_is_killed_in_a_transaction_is_unavailable_and_nothing_has_happened,
    sign_ups_on_connections_that_are_killed_at_any_moment_happen_in_full_or_not_at_all,
);

fn a_connection_that_is_killed_in_a_transaction_is_unavailable_and_nothing_has_happened(on: On) {
    let database = on.database();
    block_on(async {
        let auth = on.auth(&database).await;
        let bob = sign_up(&auth, "bob").await.unwrap();
        // Whoever signs up as Ada has a user by now, and waits to know whether the key is taken.
        let mut rival = database.connect();
        rival
            .batch_execute(&format!(
                "BEGIN; INSERT INTO auth_key (id, user_id, primary_key) VALUES ('username:ada', '{}', false)",
                bob.id
            ))
            .unwrap();
        let ours = tokio::spawn({
            let auth = auth.clone();
            async move { sign_up(&auth, "ada").await }
        });
        eventually("a wait for the rival", || !on.waiting(&database).is_empty());
        on.end(&on.waiting(&database), &database);
        assert_unavailable(&ours.await.unwrap().unwrap_err());
        rival.batch_execute("ROLLBACK").unwrap();
        assert_eq!(names(&database), (vec!["bob".to_owned()], vec!["bob".to_owned()]));
        sign_up(&auth, "ada").await.unwrap();
    });
}

fn sign_ups_on_connections_that_are_killed_at_any_moment_happen_in_full_or_not_at_all(on: On) {
    let database = Arc::new(on.database());
    block_on(async {
        let auth = on.auth(&database).await;
        let is_over = Arc::new(AtomicBool::new(false));
        let killer = std::thread::spawn({
            let (database, is_over) = (Arc::clone(&database), Arc::clone(&is_over));
            move || {
                while !is_over.load(SeqCst) {
                    on.end_all(&database);
                    std::thread::sleep(Duration::from_millis(50));
                }
            }
        });
        let writers: Vec<_> = (0..8)
            .map(|writer| {
                let auth = auth.clone();
                tokio::spawn(async move {
                    let (mut created, mut unavailable) = (Vec::new(), 0);
                    for n in 0..100 {
                        let name = format!("user-{writer}-{n}");
                        match sign_up(&auth, &name).await {
                            Ok(_) => created.push(name),
                            Err(error) => {
                                assert_unavailable(&error);
                                unavailable += 1;
                            }
                        }
                    }
                    (created, unavailable)
                })
            })
            .collect();
        let (mut created, mut unavailable) = (Vec::new(), 0);
        for writer in writers {
            let (names, failed) = writer.await.unwrap();
            created.extend(names);
            unavailable += failed;
        }
        is_over.store(true, SeqCst);
        killer.join().unwrap();
        let (keys, users) = names(&database);
        say(&format!(
            "{on:?}: of 800 sign-ups under kills {} acknowledged, {unavailable} unavailable, {} there",
            created.len(),
            users.len()
        ));
        assert_eq!(keys, users, "half of a sign-up is there");
        assert!(created.iter().all(|name| users.contains(name)), "an acknowledged user was lost");
        assert!(unavailable > 0 && !created.is_empty(), "{unavailable} {}", created.len());
        for n in 0..20 {
            sign_up(&auth, &format!("after-{n}")).await.unwrap();
        }
    });
}
