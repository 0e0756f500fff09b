//! A pool of two.

use lucia_tests::block_on;

use crate::support::{On, eventually, key, on_each, password, sign_up};

on_each!(a_pool_of_two_survives_a_thousand_sign_ups_half_of_which_fail);

fn a_pool_of_two_survives_a_thousand_sign_ups_half_of_which_fail(on: On) {
    let database = on.database();
    block_on(async {
        let auth = on.auth_of(2, on.url(&database));
        // Sixteen at a time, each name by two of them.
        let tasks: Vec<_> = (0..16)
            .map(|task| {
                let auth = auth.clone();
                tokio::spawn(async move {
                    let mut created = 0;
                    for n in (task / 2..500).step_by(8) {
                        match sign_up(&auth, &format!("user-{n}")).await {
                            Ok(_) => created += 1,
                            Err(error) => assert!(error.is_taken(), "{error:?}"),
                        }
                    }
                    created
                })
            })
            .collect();
        let mut created = 0;
        for task in tasks {
            created += task.await.unwrap();
        }
        assert_eq!(created, 500);
        assert_eq!(known(&auth, 500).await, 500);
        assert_eq!(on.connections(&database).len(), 2);
        eventually("the end of all transactions", || on.transactions(&database) == 0);
    });
}

/// How many of the users can log in, two at a time.
async fn known(auth: &lucia::Auth<lucia_tests::User>, users: usize) -> usize {
    let halves = [0, 1].map(|half| async move {
        let mut count = 0;
        for n in (half..users).step_by(2) {
            let session = auth.log_in(&key(&format!("user-{n}")), &password()).await.unwrap();
            count += usize::from(session.is_some());
        }
        count
    });
    let [first, second] = halves;
    let (first, second) = tokio::join!(first, second);
    first + second
}
