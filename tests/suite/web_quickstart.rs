//! The quickstart, driven over HTTP.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::thread;

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use lucia::{SessionId, SessionToken};
use lucia_tests::auth_session;

use crate::web_client::{Answer, Browser, PASSWORD, Server, form, request, run_to_its_end};

const FORM: (&str, &[u8]) = ("Content-Type", b"application/x-www-form-urlencoded");
const SAME_ORIGIN: (&str, &[u8]) = ("Sec-Fetch-Site", b"same-origin");

/// The pages that anybody can open, and those for whoever is signed in.
const OPEN_PAGES: [&str; 3] = ["/", "/sign-up", "/log-in"];
const OWN_PAGES: [&str; 2] = ["/account", "/sessions"];

fn id_of(token: &str) -> SessionId {
    SessionToken::parse(token).unwrap().id()
}

fn count(server: &Server, table: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let sql = format!("SELECT count(*) AS n FROM {table}");
    diesel::sql_query(sql).get_result::<Count>(&mut server.database()).unwrap().n
}

/// Moves the end of being active into the past.
fn make_idle(server: &Server, token: &str) {
    server.execute(&format!("UPDATE auth_session SET active_expires = 1 WHERE id = '{}'", id_of(token)));
}

fn error_beside(answer: &Answer, field: &str) -> bool {
    answer.body.contains(&format!("id=\"{field}-error\""))
        && answer.body.contains(&format!("aria-describedby=\"{field}-error"))
}

#[test]
fn sign_up_log_out_and_log_in_again() {
    let server = Server::start();
    let browser = server.browser();
    let home = browser.get("/");
    home.assert_status(200);
    assert!(!home.body.contains("ada") && home.cookie().is_none());
    browser.get("/sign-up").assert_status(200);

    let signed_up = browser.post("/sign-up", &[("username", "ada"), ("password", PASSWORD), ("email", "")]);
    signed_up.assert_to("/");
    assert_eq!(signed_up.cookie().unwrap().len(), 43);
    let home = browser.get("/");
    home.assert_status(200);
    assert!(home.body.contains("ada"), "{}", home.body);
    assert_eq!(home.cookie(), None);

    let first = browser.cookie().unwrap();
    let out = browser.post("/log-out", &[]);
    out.assert_to("/");
    assert_eq!(out.cookie(), Some(""));
    browser.set_cookie(&first);
    let me = browser.get("/api/me");
    assert_eq!((me.status, me.cookie()), (401, Some("")));
    browser.post("/log-out", &[]).assert_to("/");

    let logged_in = browser.log_in("ada", PASSWORD);
    logged_in.assert_to("/");
    assert_ne!(logged_in.cookie().unwrap(), first);
    browser.get("/api/me").assert_status(200);
}

#[test]
fn a_wrong_name_and_a_wrong_password_are_answered_alike() {
    let server = Server::start();
    server.browser().sign_up("ada");
    let browser = server.browser();
    let wrong_password = browser.log_in("ada", "wrong password");
    let wrong_name = browser.log_in("bob", PASSWORD);
    for answer in [&wrong_password, &wrong_name] {
        answer.assert_status(401);
        assert_eq!(answer.cookie(), None);
    }
    assert_eq!(wrong_password.body.replace("\"ada\"", "\"bob\""), wrong_name.body);
    let long = "x".repeat(10_000);
    for bad in ["a\0b", "a\u{7}b", " ", long.as_str()] {
        let answer = browser.log_in(bad, PASSWORD);
        answer.assert_status(401);
        assert!(answer.body.contains("The user name or the password is wrong."), "{bad:?}");
    }
}

#[test]
fn a_taken_name_is_409_with_the_form_and_no_session() {
    let server = Server::start();
    server.browser().sign_up("ada");
    let browser = server.browser();
    let answer = browser
        .post("/sign-up", &[("username", "ada"), ("password", "another password"), ("email", "a@b.example")]);
    answer.assert_status(409);
    assert_eq!(answer.cookie(), None);
    assert!(error_beside(&answer, "username"), "{}", answer.body);
    assert!(answer.body.contains("value=\"ada\"") && answer.body.contains("value=\"a@b.example\""));
    assert!(!answer.body.contains("another password"));
    assert_eq!(
        (count(&server, "auth_user"), count(&server, "auth_key"), count(&server, "auth_session")),
        (1, 1, 1)
    );
    browser.log_in("ada", "another password").assert_status(401);
}

#[test]
fn api_me_is_json_or_401() {
    let server = Server::start();
    let browser = server.browser();
    browser.get("/api/me").assert_status(401);
    let fields = [("username", "ada"), ("password", PASSWORD), ("email", "ada@example.com")];
    browser.post("/sign-up", &fields).assert_to("/");
    let me = browser.get("/api/me");
    me.assert_status(200);
    assert_eq!(me.header("content-type"), Some("application/json"));
    let json: serde_json::Value = serde_json::from_str(&me.body).unwrap();
    assert_eq!((json["username"].as_str(), json["email"].as_str()), (Some("ada"), Some("ada@example.com")));
    assert_eq!(json["id"].as_str().unwrap().len(), 26);
    browser.post("/account", &[("email", "")]).assert_to("/account");
    let json: serde_json::Value = serde_json::from_str(&browser.get("/api/me").body).unwrap();
    assert!(json["email"].is_null());
}

#[test]
fn signed_out_people_are_sent_to_the_log_in_page() {
    let server = Server::start();
    let browser = server.browser();
    for page in OWN_PAGES {
        browser.get(page).assert_to("/log-in");
    }
    for path in ["/account", "/account/password", "/sessions/x/end", "/sessions/end-others"] {
        browser.post(path, &[("email", ""), ("current", PASSWORD), ("new", PASSWORD)]).assert_to("/log-in");
    }
    for page in OPEN_PAGES {
        browser.get(page).assert_status(200);
    }
    browser.get("/nowhere").assert_status(404);
    browser.get("/log-out").assert_status(405);
}

#[test]
fn an_address_is_changed_and_a_bad_one_refused() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    browser.post("/account", &[("email", "ada@example.com")]).assert_to("/account");
    assert!(browser.get("/account").body.contains("value=\"ada@example.com\""));
    let answer = browser.post("/account", &[("email", "ada at example")]);
    answer.assert_status(422);
    assert!(error_beside(&answer, "email") && answer.body.contains("value=\"ada at example\""));
    // A form without the field is not a form that empties it.
    browser.post("/account", &[]).assert_status(422);
    assert!(browser.get("/account").body.contains("value=\"ada@example.com\""));
}

#[test]
fn a_new_password_ends_the_other_sessions_and_gives_this_one_a_new_cookie() {
    let server = Server::start();
    let [here, there] = [server.browser(), server.browser()];
    here.sign_up("ada");
    there.log_in("ada", PASSWORD).assert_to("/");
    let old = here.cookie().unwrap();

    for (current, new, field) in [
        ("wrong password", "a new password", "current"),
        (PASSWORD, "short", "new"),
        ("", "a new password", "current"),
        (PASSWORD, "", "new"),
    ] {
        let answer = here.post("/account/password", &[("current", current), ("new", new)]);
        answer.assert_status(422);
        assert!(error_beside(&answer, field), "{}", answer.body);
        assert_eq!(answer.cookie(), None);
    }
    there.get("/api/me").assert_status(200);

    let changed = here.post("/account/password", &[("current", PASSWORD), ("new", "a new password")]);
    changed.assert_to("/account");
    assert_ne!(changed.cookie().unwrap(), old);
    here.get("/api/me").assert_status(200);
    there.get("/api/me").assert_status(401);
    assert_eq!(count(&server, "auth_session"), 1);
    there.log_in("ada", PASSWORD).assert_status(401);
    there.log_in("ada", "a new password").assert_to("/");
}

/// The rows of the table of sessions.
fn sessions(page: &Answer) -> Vec<&str> {
    page.assert_status(200);
    page.body.split("<tr").skip(2).collect()
}

#[test]
fn sessions_are_listed_and_one_or_all_others_ended() {
    let server = Server::start();
    let [here, there, elsewhere] = [server.browser(), server.browser(), server.browser()];
    here.sign_up("ada");
    for other in [&there, &elsewhere] {
        other.log_in("ada", PASSWORD).assert_to("/");
    }
    make_idle(&server, &there.cookie().unwrap());

    let page = here.get("/sessions");
    let rows = sessions(&page);
    assert_eq!(rows.len(), 3);
    assert!(rows[0].contains("this one") && rows[0].contains(id_of(&here.cookie().unwrap()).as_str()));
    assert_eq!(page.body.matches("this one").count(), 1);
    assert_eq!(rows.iter().filter(|row| row.contains("<td>idle</td>")).count(), 1);
    assert_eq!(rows.iter().filter(|row| row.contains("<td>active</td>")).count(), 2);
    for browser in [&here, &there, &elsewhere] {
        assert!(!page.body.contains(&browser.cookie().unwrap()), "the secret is not in the page");
    }

    let end = format!("/sessions/{}/end", id_of(&there.cookie().unwrap()));
    here.post(&end, &[]).assert_to("/sessions");
    there.get("/api/me").assert_status(401);
    here.post(&end, &[]).assert_status(404);

    there.log_in("ada", PASSWORD).assert_to("/");
    here.post("/sessions/end-others", &[]).assert_to("/sessions");
    for other in [&there, &elsewhere] {
        other.get("/api/me").assert_status(401);
    }
    assert_eq!(sessions(&here.get("/sessions")).len(), 1);

    let this = format!("/sessions/{}/end", id_of(&here.cookie().unwrap()));
    let answer = here.post(&this, &[]);
    answer.assert_to("/");
    assert_eq!(answer.cookie(), Some(""));
    assert_eq!(count(&server, "auth_session"), 0);
}

#[test]
fn nobody_ends_the_session_of_somebody_else() {
    let server = Server::start();
    let [ada, bob] = [server.browser(), server.browser()];
    ada.sign_up("ada");
    bob.sign_up("bob");
    let of_ada = id_of(&ada.cookie().unwrap());
    for id in [of_ada.as_str(), &ada.cookie().unwrap(), "x", "%00", "%FF"] {
        let answer = bob.post(&format!("/sessions/{id}/end"), &[]);
        assert!((400..500).contains(&answer.status), "{id}: {}", answer.status);
    }
    bob.post("/sessions/end-others", &[]).assert_to("/sessions");
    ada.get("/api/me").assert_status(200);
    assert!(!bob.get("/sessions").body.contains(of_ada.as_str()));
}

#[test]
fn this_session_is_marked_also_in_the_answer_that_renews_it() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    make_idle(&server, &browser.cookie().unwrap());
    let page = browser.get("/sessions");
    assert!(page.cookie().is_some());
    let rows = sessions(&page);
    assert_eq!((rows.len(), rows[0].contains("this one")), (1, true), "{}", page.body);

    make_idle(&server, &browser.cookie().unwrap());
    let other = server.browser();
    other.log_in("ada", PASSWORD).assert_to("/");
    browser.post("/sessions/end-others", &[]).assert_to("/sessions");
    browser.get("/api/me").assert_status(200);
    other.get("/api/me").assert_status(401);
}

#[test]
fn an_idle_session_is_renewed_by_the_next_request_to_any_page() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    let renewed_by = |ask: &dyn Fn(&Browser<'_>) -> Answer| {
        let old = browser.cookie().unwrap();
        make_idle(&server, &old);
        let before = count(&server, "auth_session");
        let answer = ask(&browser);
        assert!(answer.status < 500, "{}", answer.body);
        let new = answer.cookie().unwrap();
        assert!(new.len() == 43 && new != old);
        assert_eq!(count(&server, "auth_session"), before + 1);
        browser.get("/api/me").assert_status(200);
    };
    for page in OPEN_PAGES.into_iter().chain(OWN_PAGES).chain(["/api/me", "/nowhere", "/log-out"]) {
        renewed_by(&|browser| browser.get(page));
    }
    renewed_by(&|browser| browser.post("/account", &[("email", "a@b")]));
    renewed_by(&|browser| browser.post("/sign-up", &[("username", "")]));
    renewed_by(&|browser| browser.post("/log-in", &[("username", "")]));
    renewed_by(&|browser| browser.post("/account/password", &[("current", "wrong"), ("new", PASSWORD)]));
    renewed_by(&|browser| browser.post("/sessions/x/end", &[]));
    renewed_by(&|browser| browser.post("/sessions/end-others", &[]));
}

#[test]
fn of_sixteen_parallel_requests_with_an_idle_session_one_renews_it_200_times() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    let mut token = browser.cookie().unwrap();
    for round in 0..200 {
        make_idle(&server, &token);
        let before = count(&server, "auth_session");
        let cookie = format!("auth_session={token}");
        let answers: Vec<Answer> = thread::scope(|scope| {
            let ask = || server.send("GET", "/", &[("Cookie", cookie.as_bytes())], b"");
            let asking: Vec<_> = (0..16).map(|_| scope.spawn(ask)).collect();
            asking.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(
            answers.iter().all(|answer| answer.status == 200 && answer.body.contains("ada")),
            "round {round}"
        );
        let cookies: Vec<&str> = answers.iter().filter_map(Answer::cookie).collect();
        let [new] = cookies[..] else { panic!("round {round}: {cookies:?}") };
        assert_eq!(count(&server, "auth_session"), before + 1, "round {round}");
        token = new.to_owned();
    }
    browser.set_cookie(&token);
    browser.get("/api/me").assert_status(200);
}

#[test]
fn a_renewal_whose_answer_was_lost_logs_nobody_out() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    let old = browser.cookie().unwrap();
    make_idle(&server, &old);
    let cookie = format!("auth_session={old}");
    let ask = || server.send("GET", "/api/me", &[("Cookie", cookie.as_bytes())], b"");
    let lost = ask();
    let lost = lost.cookie().unwrap();
    // The browser never saw it and goes on with what it has.
    for _ in 0..3 {
        let answer = ask();
        assert_eq!((answer.status, answer.cookie()), (200, None));
    }
    // After its minute the lost one is given up, and the session renewed again.
    let a_minute_ago = format!(
        "UPDATE auth_session SET active_expires = active_expires - 61000 WHERE id = '{}'",
        id_of(lost)
    );
    server.execute(&a_minute_ago);
    let again = ask();
    assert_eq!(again.status, 200);
    browser.set_cookie(again.cookie().unwrap());
    browser.get("/api/me").assert_status(200);
}

#[test]
fn once_the_new_cookie_was_presented_the_old_one_has_a_minute_left() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    let old = browser.cookie().unwrap();
    make_idle(&server, &old);
    browser.get("/").assert_status(200);
    browser.get("/").assert_status(200);
    let new = browser.cookie().unwrap();

    let ends: i64 = auth_session::table
        .find(id_of(&old).to_string())
        .select(auth_session::idle_expires)
        .get_result(&mut server.database())
        .unwrap();
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis();
    let left = i128::from(ends) - i128::try_from(now).unwrap();
    assert!((30_000..=60_000).contains(&left), "{left} ms left");

    browser.set_cookie(&old);
    assert_eq!(browser.get("/api/me").status, 200, "within its grace");
    server.execute(&format!("UPDATE auth_session SET idle_expires = 2 WHERE id = '{}'", id_of(&old)));
    let late = browser.get("/api/me");
    assert_eq!((late.status, late.cookie()), (401, Some("")));
    browser.set_cookie(&new);
    browser.get("/api/me").assert_status(200);
}

#[test]
fn logging_out_with_a_renewed_session_ends_the_old_one_too() {
    let server = Server::start();
    for present in [true, false] {
        let browser = server.browser();
        browser.sign_up(if present { "ada" } else { "bob" });
        let old = browser.cookie().unwrap();
        make_idle(&server, &old);
        if present {
            browser.get("/").assert_status(200);
        }
        browser.post("/log-out", &[]).assert_to("/");
        browser.set_cookie(&old);
        browser.get("/api/me").assert_status(401);
    }
    assert_eq!(count(&server, "auth_session"), 0);
}

#[test]
fn a_dead_session_clears_the_cookie() {
    let server = Server::start();
    for column in ["idle_expires", "absolute_expires"] {
        let browser = server.browser();
        browser.sign_up(column);
        server.execute(&format!("UPDATE auth_session SET {column} = 1"));
        let answer = browser.get("/");
        assert_eq!((answer.status, answer.cookie()), (200, Some("")));
        assert!(!answer.body.contains(column));
    }
}

#[test]
fn the_value_of_the_cookie_is_nowhere_in_the_files_of_the_database() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    let mut tokens = vec![browser.cookie().unwrap()];
    make_idle(&server, &tokens[0]);
    browser.get("/").assert_status(200);
    tokens.push(browser.cookie().unwrap());
    browser
        .post("/account/password", &[("current", PASSWORD), ("new", "a new password")])
        .assert_to("/account");
    tokens.push(browser.cookie().unwrap());
    assert_eq!(tokens.iter().collect::<HashSet<_>>().len(), 3);
    let bytes = server.database_bytes();
    let contains = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    for token in &tokens {
        assert!(!contains(token));
    }
    for password in [PASSWORD, "a new password"] {
        assert!(!contains(password));
    }
    assert!(contains(id_of(&tokens[2]).as_str()), "the id is there");
    browser.set_cookie(id_of(&tokens[2]).as_str());
    browser.get("/api/me").assert_status(401);
}

#[test]
fn junk_duplicate_and_foreign_cookies_are_signed_out() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    let token = browser.cookie().unwrap();
    let junk = [
        b"auth_session=".to_vec(),
        b"auth_session=\xff\xfe".to_vec(),
        format!("auth_session=\"{token}\"").into_bytes(),
        format!("auth_session={token}; auth_session={}", "x".repeat(43)).into_bytes(),
        format!("auth_session={}", "x".repeat(43)).into_bytes(),
        format!("__Host-auth_session={token}").into_bytes(),
        format!("Auth_Session={token}").into_bytes(),
        b"\xe2\x80\x83=;;;===; \xff".to_vec(),
    ];
    for cookie in junk {
        let home = server.send("GET", "/", &[("Cookie", &cookie)], b"");
        home.assert_status(200);
        assert!(!home.body.contains("ada"));
        server.send("GET", "/api/me", &[("Cookie", &cookie)], b"").assert_status(401);
        server.send("GET", "/account", &[("Cookie", &cookie)], b"").assert_to("/log-in");
    }
    let halves = [format!("auth_session={token}"), format!("auth_session={}", "y".repeat(43))];
    let two: Vec<(&str, &[u8])> = halves.iter().map(|half| ("Cookie", half.as_bytes())).collect();
    server.send("GET", "/api/me", &two, b"").assert_status(401);
    browser.get("/api/me").assert_status(200);
}

#[test]
fn an_unavailable_database_is_503_and_leaves_the_cookie() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    server.execute("ALTER TABLE auth_session RENAME TO elsewhere");
    for page in OPEN_PAGES.into_iter().chain(OWN_PAGES).chain(["/api/me"]) {
        let answer = browser.get(page);
        answer.assert_status(503);
        assert_eq!(answer.cookie(), None, "{page}");
    }
    assert!(browser.get("/").body.contains("<h1>Back in a moment</h1>"));
    for path in ["/account", "/log-in", "/sign-up", "/sessions/end-others"] {
        let answer = browser.post(path, &[("username", "bob"), ("password", PASSWORD)]);
        assert_eq!((answer.status, answer.cookie()), (503, None), "{path}");
    }
    let out = browser.post("/log-out", &[]);
    assert!(out.status >= 500 && out.cookie().is_none());
    server.execute("ALTER TABLE elsewhere RENAME TO auth_session");
    browser.get("/api/me").assert_status(200);
}

#[test]
fn every_unsafe_request_says_where_it_comes_from_or_is_refused() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    let token = browser.cookie().unwrap();
    let cookie = format!("auth_session={token}");
    let port = server.address.rsplit(':').next().unwrap();
    let [ours, localhost] = [format!("http://{}", server.address), format!("http://localhost:{port}")];
    let other_port = "http://localhost:1".to_owned();
    let origins = [None, Some(&ours), Some(&localhost), Some(&other_port)];
    let sites: [(Option<&str>, [bool; 4]); 6] = [
        (Some("same-origin"), [true; 4]),
        (Some("none"), [true; 4]),
        (Some("same-site"), [false, true, true, false]),
        (Some("cross-site"), [false, true, true, false]),
        (Some("unheard-of"), [false, true, true, false]),
        (None, [false, true, true, false]),
    ];
    let paths = ["/sign-up", "/log-in", "/account", "/account/password", "/sessions/x/end", "/log-out"];
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        for path in paths {
            for (site, passes) in sites {
                for (origin, passes) in origins.into_iter().zip(passes) {
                    for with_cookie in [false, true] {
                        let mut headers = vec![FORM];
                        if let Some(site) = site {
                            headers.push(("Sec-Fetch-Site", site.as_bytes()));
                        }
                        if let Some(origin) = origin {
                            headers.push(("Origin", origin.as_bytes()));
                        }
                        // `/log-out` is to be let through without ending the session of this test.
                        if with_cookie && path != "/log-out" {
                            headers.push(("Cookie", cookie.as_bytes()));
                        }
                        let answer = server.send(method, path, &headers, b"");
                        let what = format!("{method} {path} {site:?} {origin:?}: {}", answer.status);
                        assert_eq!(answer.status != 403, passes, "{what}");
                        assert!(answer.status < 500, "{what}");
                        if !passes {
                            assert_eq!(answer.header("vary"), Some("Sec-Fetch-Site, Origin"));
                            assert_eq!(answer.cookie(), None);
                        }
                    }
                }
            }
        }
    }
    // Refused means not done: with everything right but the origin nobody is signed up or logged out.
    let body = form(&[("username", "eve"), ("password", PASSWORD)]);
    let evil: &[(&str, &[u8])] = &[
        FORM,
        ("Cookie", cookie.as_bytes()),
        ("Sec-Fetch-Site", b"cross-site"),
        ("Origin", b"https://evil.example"),
    ];
    server.send("POST", "/sign-up", evil, body.as_bytes()).assert_status(403);
    server.send("POST", "/log-out", evil, b"").assert_status(403);
    assert_eq!(count(&server, "auth_user"), 1);
    browser.get("/api/me").assert_status(200);
    // Reading needs no leave.
    server.send("GET", "/", &[("Sec-Fetch-Site", b"cross-site")], b"").assert_status(200);
    server.send("HEAD", "/", &[("Sec-Fetch-Site", b"cross-site")], b"").assert_status(200);
}

/// Bodies of forms in which something is wrong, whatever the form: as `name=value` pairs already encoded.
fn bad_values() -> Vec<(&'static str, Vec<u8>)> {
    let encoded = |text: &str| form(&[("", text)]).into_bytes()[1..].to_vec();
    vec![
        ("empty", Vec::new()),
        ("1 MiB", vec![b'x'; 1 << 20]),
        ("NUL", encoded("abcdefgh\0ijkl")),
        ("a control character", encoded("abcdefgh\u{1b}ijkl")),
        ("a line end", encoded("abcdefgh\r\nijkl")),
        ("10 kB", vec![b'x'; 10_000]),
        ("10 kB of accents", encoded(&"é".repeat(5_000))),
        ("encoded bytes that are not UTF-8", b"abcdefgh%FF%FE".to_vec()),
        ("a half of a character", b"abcdefgh%C3".to_vec()),
        ("a surrogate", b"abcdefgh%ED%A0%80".to_vec()),
        ("raw bytes that are not UTF-8", b"abcdefgh\xff\xfe".to_vec()),
    ]
}

fn body_of(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        if !body.is_empty() {
            body.push(b'&');
        }
        body.extend_from_slice(name.as_bytes());
        body.push(b'=');
        body.extend_from_slice(value);
    }
    body
}

#[test]
fn bad_input_is_a_4xx_with_the_form_and_what_to_change_and_nothing_is_stored() {
    type Fields<'a> = &'a [(&'a str, &'a str)];
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    let good: [(&str, Fields<'_>); 4] = [
        ("/sign-up", &[("username", "bob"), ("email", "bob@example.com"), ("password", PASSWORD)]),
        ("/log-in", &[("username", "ada"), ("password", PASSWORD)]),
        ("/account", &[("email", "ada@example.com")]),
        ("/account/password", &[("current", PASSWORD), ("new", "a new password")]),
    ];
    let before = (count(&server, "auth_user"), count(&server, "auth_key"));
    for (path, fields) in good {
        for (bad_field, _) in fields {
            for (what, value) in bad_values() {
                // An empty address is no address.
                if value.is_empty() && *bad_field == "email" {
                    continue;
                }
                let pairs: Vec<(&str, &[u8])> = fields
                    .iter()
                    .map(|(name, good)| (*name, if name == bad_field { &value[..] } else { good.as_bytes() }))
                    .collect();
                let answer = browser.post_bytes(path, &body_of(&pairs));
                let what = format!("{path}: {bad_field} is {what}: {}", answer.status);
                assert!(matches!(answer.status, 401 | 422), "{what}");
                assert!(answer.body.contains(&format!("action=\"{path}\"")), "{what}: the form is there");
                assert!(answer.body.contains("class=\"error\""), "{what}: it says what to change");
                assert!(!answer.body.contains('\u{fffd}'), "{what}: nothing lossy");
                assert_eq!(answer.cookie(), None, "{what}");
                if path != "/log-in" || answer.status == 422 {
                    assert!(error_beside(&answer, bad_field), "{what}: {}", answer.body);
                }
            }
        }
        let missing = browser.post_bytes(path, b"");
        missing.assert_status(422);
        assert!(missing.body.contains("class=\"error\""));
        for content_type in
            ["application/json", "text/plain", "multipart/form-data; boundary=x", "\u{e9}", ""]
        {
            let session = format!("auth_session={}", browser.cookie().unwrap());
            let headers =
                [SAME_ORIGIN, ("Content-Type", content_type.as_bytes()), ("Cookie", session.as_bytes())];
            let answer = server.send("POST", path, &headers, form(fields).as_bytes());
            answer.assert_status(415);
            assert!(
                answer.body.contains(&format!("action=\"{path}\"")) && answer.body.contains("role=\"alert\"")
            );
        }
        let too_large = browser.post_bytes(path, &vec![b'x'; (2 << 20) + 1]);
        too_large.assert_status(413);
        assert!(too_large.body.contains(&format!("action=\"{path}\"")));
    }
    assert_eq!((count(&server, "auth_user"), count(&server, "auth_key")), before);
    browser.get("/api/me").assert_status(200);
    let json: serde_json::Value = serde_json::from_str(&browser.get("/api/me").body).unwrap();
    assert!(json["email"].is_null());
}

#[test]
fn what_was_typed_is_kept_and_escaped() {
    let server = Server::start();
    let browser = server.browser();
    let nasty = "\"><script>alert('1')</script>&amp;";
    let answer = browser.post("/sign-up", &[("username", nasty), ("password", "short")]);
    answer.assert_status(422);
    assert!(!answer.body.contains("<script"), "{}", answer.body);
    assert!(answer.body.contains("value=\"&quot;&gt;&lt;script&gt;"), "{}", answer.body);

    let nasty = "<b>&\"'é😀</b>";
    browser.sign_up(nasty);
    let home = browser.get("/");
    assert!(
        !home.body.contains("<b>") && home.body.contains("&lt;b&gt;&amp;&quot;'é😀&lt;/b&gt;"),
        "{}",
        home.body
    );
    let json: serde_json::Value = serde_json::from_str(&browser.get("/api/me").body).unwrap();
    assert_eq!(json["username"].as_str(), Some(nasty));
    browser.post("/log-out", &[]).assert_to("/");
    browser.log_in(nasty, PASSWORD).assert_to("/");
}

#[test]
fn every_input_has_a_label_and_no_page_needs_a_script() {
    let server = Server::start();
    let browser = server.browser();
    browser.sign_up("ada");
    for page in ["/sign-up", "/log-in", "/account", "/sessions", "/"] {
        let answer = browser.get(page);
        for input in answer.body.split("<input id=\"").skip(1) {
            let id = input.split('"').next().unwrap();
            assert!(answer.body.contains(&format!("<label for=\"{id}\">")), "{page}: {id}");
        }
        assert!(!answer.body.contains("<script"));
        assert_eq!(answer.body.matches("<input").count(), answer.body.matches("<input id=").count());
        assert!(answer.header("content-security-policy").unwrap().contains("default-src 'none'"));
    }
}

#[test]
fn sigterm_and_ctrl_c_finish_what_is_in_flight_and_exit_0() {
    for signal in ["TERM", "INT"] {
        let server = Server::start();
        let body = form(&[("username", "ada"), ("password", PASSWORD)]);
        let headers = [FORM, SAME_ORIGIN, ("Expect", b"100-continue".as_slice())];
        let request = request("POST", "/sign-up", &headers, body.as_bytes());
        let (head, body) = request.split_at(request.len() - body.len());
        let mut stream = server.open();
        stream.write_all(head).unwrap();
        // The server asks for the body: the handler is at it.
        let mut go_on = [0; 25];
        stream.read_exact(&mut go_on).unwrap();
        assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
        server.signal(signal);
        while std::net::TcpStream::connect(&server.address).is_ok() {
            thread::sleep(std::time::Duration::from_millis(5));
        }
        stream.write_all(body).unwrap();
        let answer = Answer::read(&mut stream);
        answer.assert_to("/");
        let token = answer.cookie().unwrap().to_owned();
        let (status, dir) = server.wait();
        assert_eq!(status.code(), Some(0));

        // What was answered is there after the restart.
        let server = Server::start_in(dir, &[]);
        let browser = server.browser();
        browser.set_cookie(&token);
        browser.get("/api/me").assert_status(200);
    }
}

#[test]
fn production_refuses_to_start_without_an_origin_and_says_so() {
    for (variables, named) in [
        (vec![("LUCIA_ENV", "production")], "LUCIA_ORIGIN"),
        (vec![("LUCIA_ENV", "production"), ("LUCIA_ORIGIN", "")], "LUCIA_ORIGIN"),
        (vec![("LUCIA_ENV", "production"), ("LUCIA_ORIGIN", "https://example.com/")], "LUCIA_ORIGIN"),
        (vec![("LUCIA_ENV", "staging")], "LUCIA_ENV"),
        (vec![("LUCIA_ADDR", "nowhere")], "LUCIA_ADDR"),
    ] {
        let output = run_to_its_end(&variables);
        assert_ne!(output.status.code(), Some(0), "{variables:?}");
        assert!(String::from_utf8(output.stderr).unwrap().contains(named), "{variables:?}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_database_that_somebody_has_changed_by_hand_is_refused_with_what_to_do() {
    let server = Server::start();
    server.execute("DROP INDEX auth_user_username_key");
    server.signal("TERM");
    let (_, dir) = server.wait();
    let path = dir.path().join("quickstart.db");
    let output = run_to_its_end(&[("DATABASE_URL", path.to_str().unwrap())]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("CREATE UNIQUE INDEX") && said.contains("not as it should be"), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn production_has_the_cookie_for_tls_and_the_configured_origins_only() {
    let variables = [("LUCIA_ENV", "production"), ("LUCIA_ORIGIN", "https://a.example, https://b.example")];
    let server = Server::start_with(&variables);
    let body = form(&[("username", "ada"), ("password", PASSWORD)]);
    let local = format!("http://{}", server.address);
    for (origin, name, status) in
        [("https://a.example", "ada", 303), ("https://b.example", "bob", 303), (local.as_str(), "eve", 403)]
    {
        let body = body.replace(&form(&[("", "ada")])[1..], &form(&[("", name)])[1..]);
        let answer = server.send("POST", "/sign-up", &[FORM, ("Origin", origin.as_bytes())], body.as_bytes());
        answer.assert_status(status);
        if status == 303 {
            let [cookie] = answer.all("set-cookie")[..] else { panic!("{answer:?}") };
            assert!(cookie.starts_with("__Host-auth_session=") && cookie.contains("; Secure"), "{cookie}");
        }
    }
}

#[test]
fn the_database_is_where_the_environment_says() {
    let server = Server::start_with(&[("DATABASE_URL", "sqlite://other.db")]);
    server.browser().sign_up("ada");
    assert!(!server.database_bytes().is_empty());
    let missing = diesel::sql_query("SELECT 1 FROM auth_user").execute(&mut server.database());
    assert!(missing.is_err(), "nothing is in `quickstart.db`");
}
