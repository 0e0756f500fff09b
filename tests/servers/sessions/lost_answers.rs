//! A call that was done, and whose answer is lost: unavailable, and neither a duplicate nor an invalid session.

use lucia::adapter::{Renewed, SessionAdapter};
use lucia::redis::RedisSessions;
use lucia_tests::block_on;

use crate::proxy::{Fault, Proxy};
use crate::support::{renewal, session, user};
use lucia_server_tests::redis::Redis;

/// Runs a test on a server that knows the scripts, through a proxy.
fn through_a_proxy(test: impl AsyncFnOnce(Proxy, RedisSessions)) {
    let server = Redis::start();
    let proxy = Proxy::before(&server);
    block_on(async {
        let sessions = RedisSessions::connect(&proxy.url()).await.unwrap();
        let first = session("first", "ada");
        sessions.create_session(first.clone()).await.unwrap();
        sessions.renew_session(renewal(&first, "second")).await.unwrap();
        sessions.delete_session("first".into()).await.unwrap();
        sessions.create_session(session("kept", "ada")).await.unwrap();
        test(proxy, sessions).await;
    });
}

#[test]
fn a_look_up_is_tried_once_more() {
    through_a_proxy(async |proxy, sessions| {
        for passes in 0..2 {
            proxy.lose(Fault::Cut, passes);
            assert!(sessions.find_session("kept".into()).await.unwrap().is_some());
            assert!(proxy.has_lost());
        }
        proxy.lose(Fault::Cut, 0);
        assert_eq!(sessions.sessions_of(user("ada")).await.unwrap().len(), 1);
        assert!(proxy.has_lost());
    });
}

#[test]
fn a_session_whose_creation_was_not_answered_is_not_told_to_be_taken() {
    for passes in 0..2 {
        through_a_proxy(async |proxy, sessions| {
            proxy.lose(Fault::Cut, passes);
            let error = sessions.create_session(session("new", "ada")).await.unwrap_err();
            assert!(proxy.has_lost() && error.is_unavailable(), "{passes}: {error:?}");
            sessions.create_session(session("newer", "ada")).await.unwrap();
        });
    }
}

#[test]
fn a_renewal_that_was_not_answered_is_unavailable_and_the_old_session_goes_on() {
    for passes in 0..2 {
        through_a_proxy(async |proxy, sessions| {
            let kept = session("kept", "ada");
            proxy.lose(Fault::Cut, passes);
            let error = sessions.renew_session(renewal(&kept, "new")).await.unwrap_err();
            assert!(proxy.has_lost() && error.is_unavailable(), "{passes}: {error:?}");
            assert_eq!(sessions.find_session("kept".into()).await.unwrap().as_ref(), Some(&kept));
            let again = sessions.renew_session(renewal(&kept, "newer")).await.unwrap();
            assert_eq!(again == Renewed::Now, passes == 0, "the script had run");
        });
    }
}

#[test]
fn a_log_out_that_was_not_answered_can_be_tried_again() {
    for passes in 0..3 {
        through_a_proxy(async |proxy, sessions| {
            proxy.lose(Fault::Cut, passes);
            let outcome = sessions.delete_session("kept".into()).await;
            // Whose it is is looked up, and the index is removed by the way: only the script must not be lost.
            assert_eq!(outcome.is_err(), passes == 1, "{passes}");
            assert!(proxy.has_lost() && outcome.err().is_none_or(|error| error.is_unavailable()));
            sessions.delete_session("kept".into()).await.unwrap();
            assert_eq!(sessions.find_session("kept".into()).await.unwrap(), None);
        });
    }
}

/// As when a cable is pulled: the connection looks as if it were there.
#[test]
fn a_connection_on_which_nothing_comes_any_more_is_given_up() {
    through_a_proxy(async |proxy, sessions| {
        proxy.lose(Fault::Stall, 0);
        assert!(sessions.find_session("kept".into()).await.unwrap_err().is_unavailable());
        assert!(proxy.has_lost());
        assert!(sessions.find_session("kept".into()).await.unwrap().is_some());
    });
}
