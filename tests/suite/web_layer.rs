//! The layer and the extractors for axum, without a network.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRef, Path, State};
use axum::http::request::{Builder as RequestBuilder, Parts};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{RequestPartsExt, Router};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool};
use lucia::axum::{AuthLayer, AuthRequest, Authenticated, Refusal, redirect_to_log_in, way_back};
use lucia::diesel::Pooled;
use lucia::{Auth, Builder, LuciaUser, Origin, Session, SessionToken, UserId};
use lucia_tests::{Database, User, attributes, auth_session, block_on, cheap_hasher, schema_sql};
use tower::ServiceExt;

const HOUR: i64 = 3_600_000;

/// The state of an app that has more than an `Auth`.
#[derive(Clone)]
struct AppState {
    auth: Auth<User>,
    handled: Arc<AtomicUsize>,
}

impl FromRef<AppState> for Auth<User> {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}

struct ToLogIn;

impl Refusal for ToLogIn {
    fn signed_out(parts: &Parts) -> Response {
        redirect_to_log_in("/log-in", way_back(parts).as_ref())
    }
}

type Answered = Result<&'static str, (StatusCode, String)>;

fn done(result: lucia::Result<()>) -> Answered {
    result.map(|()| "done").map_err(|error| (StatusCode::IM_A_TEAPOT, error.to_string()))
}

fn app(auth: &Auth<User>) -> (Router, Arc<AtomicUsize>) {
    let handled = Arc::new(AtomicUsize::new(0));
    let state = AppState { auth: auth.clone(), handled: Arc::clone(&handled) };
    let nested = Router::new().route("/page", get(|_: Authenticated<User, ToLogIn>| async { "page" }));
    let app = Router::new()
        .route("/", get(|visitor: Option<Authenticated<User>>| async { name(visitor) }))
        .route("/me", get(|Authenticated { user, .. }: Authenticated<User>| async { user.username }))
        .route("/page", any(|_: Authenticated<User, ToLogIn>| async { "page" }))
        .nest("/nested", nested)
        .route("/plain", any(count))
        .route("/several", get(several))
        .route("/start/{id}", post(start))
        .route("/start-twice/{id}", post(start_twice))
        .route("/start-and-end/{id}", post(start_and_end))
        .route("/end-and-start/{id}", post(end_and_start))
        .route("/set/{id}", post(set_new))
        .route("/set-stale", post(set_stale))
        .route("/end", post(|request: AuthRequest<User>| async move { done(request.end().await) }))
        .layer(AuthLayer::new(auth.clone()))
        .with_state(state);
    (app, handled)
}

fn name(visitor: Option<Authenticated<User>>) -> String {
    visitor.map_or_else(|| "nobody".to_owned(), |signed_in| signed_in.user.username)
}

async fn count(State(state): State<AppState>) -> Response {
    state.handled.fetch_add(1, SeqCst);
    ([(header::CACHE_CONTROL, "max-age=60")], AppendHeaders([(header::SET_COOKIE, "theme=dark")]))
        .into_response()
}

/// Asks by two extractors one after the other and by two at once, and tells which sessions they got.
async fn several(State(state): State<AppState>, request: Request<Body>) -> String {
    let (mut parts, _) = request.into_parts();
    let mut others = [parts.clone(), parts.clone()];
    let [one, two] = &mut others;
    let at_once = tokio::join!(
        one.extract_with_state::<Authenticated<User>, _>(&state),
        two.extract_with_state::<Authenticated<User>, _>(&state),
    );
    let later = parts.extract_with_state::<Authenticated<User>, _>(&state).await;
    let ids = [at_once.0, at_once.1, later].map(|got| {
        let Authenticated { user, session, .. } = got.unwrap();
        format!("{} {}", user.username, session.id())
    });
    ids.join("\n")
}

async fn start(request: AuthRequest<User>, Path(id): Path<UserId>) -> Answered {
    done(request.start(&id).await)
}

async fn start_twice(request: AuthRequest<User>, Path(id): Path<UserId>) -> Answered {
    done(request.start(&id).await)?;
    done(request.start(&id).await)
}

async fn start_and_end(
    visitor: Option<Authenticated<User>>,
    request: AuthRequest<User>,
    Path(id): Path<UserId>,
) -> Answered {
    drop(visitor);
    done(request.start(&id).await)?;
    done(request.end().await)
}

async fn end_and_start(
    visitor: Option<Authenticated<User>>,
    request: AuthRequest<User>,
    Path(id): Path<UserId>,
) -> Answered {
    drop(visitor);
    done(request.end().await)?;
    done(request.start(&id).await)
}

async fn set_new(
    State(auth): State<Auth<User>>,
    request: AuthRequest<User>,
    Path(id): Path<UserId>,
) -> Answered {
    done(request.set_session(auth.create_session(&id).await.unwrap()).await)
}

async fn set_stale(signed_in: Authenticated<User>, request: AuthRequest<User>) -> Answered {
    done(request.set_session(signed_in.session).await)
}

/// What came back, as far as the tests look at it.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The one cookie of ours that is set, and `no-store` with it.
    fn token(&self) -> String {
        let [cookie] = self.set_cookies()[..] else { panic!("not one cookie: {:?}", self.set_cookies()) };
        assert_eq!(self.headers[header::CACHE_CONTROL], "no-store");
        let value = cookie.strip_prefix("auth_session=").unwrap().split(';').next().unwrap();
        assert_eq!(value.len(), 43, "{cookie}");
        value.to_owned()
    }

    fn assert_cleared(&self) {
        let [cookie] = self.set_cookies()[..] else { panic!("not one cookie: {:?}", self.set_cookies()) };
        assert!(cookie.starts_with("auth_session=; ") && cookie.contains("Max-Age=0"), "{cookie}");
        assert_eq!(self.headers[header::CACHE_CONTROL], "no-store");
    }

    fn assert_untouched(&self) {
        assert_eq!(self.set_cookies(), Vec::<&str>::new());
        assert_eq!(self.headers.get(header::CACHE_CONTROL), None);
    }
}

async fn send(app: &Router, request: RequestBuilder) -> Answer {
    let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.into()).unwrap() }
}

fn cookie(token: &str) -> String {
    format!("auth_session={token}")
}

async fn get_with(app: &Router, path: &str, token: &str) -> Answer {
    send(app, Request::get(path).header(header::COOKIE, cookie(token))).await
}

async fn post_with(app: &Router, path: &str, token: Option<&str>) -> Answer {
    let mut request = Request::post(path).header("sec-fetch-site", "same-origin");
    if let Some(token) = token {
        request = request.header(header::COOKIE, cookie(token));
    }
    send(app, request).await
}

async fn user(auth: &Auth<User>, name: &str) -> User {
    auth.create_user(None, attributes(name)).await.unwrap()
}

async fn signed_in(auth: &Auth<User>, user: &User) -> String {
    token_of(&auth.create_session(&user.id).await.unwrap())
}

fn token_of(session: &Session) -> String {
    session.token().unwrap().expose().to_owned()
}

fn rows(database: &Database) -> i64 {
    auth_session::table.count().get_result(&mut database.connect()).unwrap()
}

fn execute(database: &Database, sql: &str) {
    diesel::sql_query(sql).execute(&mut database.connect()).unwrap();
}

fn r2d2(database: &Database, timeout: Duration) -> Pool<ConnectionManager<SqliteConnection>> {
    let manager = ConnectionManager::new(database.path().to_str().unwrap());
    Pool::builder().max_size(1).connection_timeout(timeout).build(manager).unwrap()
}

/// An `Auth` over the library's own pool, and one over a pool that the app made.
fn both_pools(database: &Database) -> [Auth<User>; 2] {
    let pool = r2d2(database, Duration::from_secs(5));
    let of_the_app =
        Builder::new(Pooled::new(pool)).clock(database.clock.clone()).password_hasher(cheap_hasher());
    [database.auth(), of_the_app.development().unwrap()]
}

#[test]
fn on_either_pool_a_session_starts_is_seen_renewed_and_ended() {
    let database = Database::new();
    for (number, auth) in both_pools(&database).into_iter().enumerate() {
        let (app, _) = app(&auth);
        block_on(async {
            let name = format!("ada{number}");
            let user = user(&auth, &name).await;
            let token = post_with(&app, &format!("/start/{}", user.id), None).await.token();
            let seen = get_with(&app, "/me", &token).await;
            assert_eq!((seen.status, seen.body.as_str()), (StatusCode::OK, name.as_str()));
            seen.assert_untouched();
            database.clock.advance(25 * HOUR);
            let renewed = get_with(&app, "/me", &token).await;
            assert_eq!((renewed.status, renewed.body.as_str()), (StatusCode::OK, name.as_str()));
            let renewed = renewed.token();
            assert_ne!(renewed, token);
            post_with(&app, "/end", Some(&renewed)).await.assert_cleared();
            for token in [token, renewed] {
                assert_eq!(get_with(&app, "/me", &token).await.status, StatusCode::UNAUTHORIZED);
            }
        });
    }
}

#[test]
fn signed_out_is_401_or_a_redirect_or_none_as_the_app_chooses() {
    let database = Database::new();
    let (app, _) = app(&database.auth());
    block_on(async {
        let me = send(&app, Request::get("/me")).await;
        assert_eq!(me.status, StatusCode::UNAUTHORIZED);
        me.assert_untouched();
        let home = send(&app, Request::get("/")).await;
        assert_eq!((home.status, home.body.as_str()), (StatusCode::OK, "nobody"));
        home.assert_untouched();
        let page = send(&app, Request::get("/page")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert_eq!(page.headers[header::LOCATION], "/log-in?next=/page");
    });
}

#[test]
fn the_way_back_is_the_page_asked_for_by_get_and_no_other_site() {
    let database = Database::new();
    let (app, _) = app(&database.auth());
    block_on(async {
        for (method, uri, location) in [
            (Method::GET, "/page?a=1&b=%2F", "/log-in?next=/page%3Fa%3D1%26b%3D%252F"),
            (Method::GET, "/nested/page?x", "/log-in?next=/nested/page%3Fx"),
            (Method::GET, "http://evil.example/page", "/log-in?next=/page"),
            (Method::GET, "/page?next=\\\\evil.example", "/log-in"),
            (Method::HEAD, "/page", "/log-in"),
            (Method::POST, "/page", "/log-in"),
            (Method::DELETE, "/page", "/log-in"),
        ] {
            let request = Request::builder().method(&method).uri(uri).header("sec-fetch-site", "same-origin");
            let answer = send(&app, request).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{method} {uri}");
            assert_eq!(answer.headers[header::LOCATION], location, "{method} {uri}");
        }
    });
}

#[test]
fn every_method_and_every_origin_header_is_let_through_or_refused_before_the_handler() {
    let database = Database::new();
    let auth: Auth<User> =
        database.builder().origins([Origin::new("https://example.com").unwrap()]).development().unwrap();
    let (app, handled) = app(&auth);
    // `Sec-Fetch-Site`; whether it passes without an origin, with ours, with another one, with `null`.
    let table: [(Option<&str>, [bool; 4]); 6] = [
        (Some("same-origin"), [true, true, true, true]),
        (Some("none"), [true, true, true, true]),
        (Some("same-site"), [false, true, false, false]),
        (Some("cross-site"), [false, true, false, false]),
        (Some("something-new"), [false, true, false, false]),
        (None, [false, true, false, false]),
    ];
    block_on(async {
        let token = signed_in(&auth, &user(&auth, "ada").await).await;
        for method in ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"] {
            let is_safe = matches!(method, "GET" | "HEAD" | "OPTIONS");
            for (site, passes) in table {
                for (origin, passes) in
                    [None, Some("https://example.com"), Some("https://evil.example"), Some("null")]
                        .into_iter()
                        .zip(passes)
                {
                    for token in [None, Some(&token)] {
                        let what = format!("{method} {site:?} {origin:?} {}", token.is_some());
                        // The `Host` header is never believed.
                        let mut request = Request::builder()
                            .method(method)
                            .uri("/plain")
                            .header(header::HOST, "evil.example");
                        for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                            if let Some(value) = value {
                                request = request.header(name, value);
                            }
                        }
                        if let Some(token) = token {
                            request = request.header(header::COOKIE, cookie(token));
                        }
                        let before = handled.load(SeqCst);
                        let answer = send(&app, request).await;
                        let was_handled = handled.load(SeqCst) > before;
                        if is_safe || passes {
                            assert_eq!((answer.status, was_handled), (StatusCode::OK, true), "{what}");
                        } else {
                            assert_eq!(
                                (answer.status, was_handled),
                                (StatusCode::FORBIDDEN, false),
                                "{what}"
                            );
                            assert_eq!(answer.headers[header::VARY], "Sec-Fetch-Site, Origin");
                            assert!(answer.body.contains("origins"), "{}", answer.body);
                            answer.assert_untouched();
                        }
                    }
                }
            }
        }
    });
}

#[test]
fn starting_a_session_ends_whatever_was_presented() {
    let database = Database::new();
    let auth = database.auth();
    let (app, _) = app(&auth);
    block_on(async {
        let [ada, bob] = [user(&auth, "ada").await, user(&auth, "bob").await];
        for path in [format!("/start/{}", bob.id), format!("/set/{}", bob.id)] {
            let old = signed_in(&auth, &ada).await;
            let new = post_with(&app, &path, Some(&old)).await.token();
            assert_ne!(old, new);
            assert_eq!(get_with(&app, "/", &old).await.body, "nobody");
            assert_eq!(get_with(&app, "/", &new).await.body, "bob");
        }
        let before = rows(&database);
        let new = post_with(&app, &format!("/start-twice/{}", ada.id), None).await.token();
        assert_eq!(rows(&database), before + 1);
        assert_eq!(get_with(&app, "/", &new).await.body, "ada");
    });
}

#[test]
fn an_id_that_the_client_chose_is_never_adopted() {
    let database = Database::new();
    let auth = database.auth();
    let (app, _) = app(&auth);
    block_on(async {
        let ada = user(&auth, "ada").await;
        let chosen = "x".repeat(43);
        let answer = get_with(&app, "/", &chosen).await;
        assert_eq!(answer.body, "nobody");
        answer.assert_cleared();
        let new = post_with(&app, &format!("/start/{}", ada.id), Some(&chosen)).await.token();
        assert_ne!(new, chosen);
        assert_eq!(get_with(&app, "/", &chosen).await.body, "nobody");
        assert_eq!(rows(&database), 1);
    });
}

#[test]
fn a_session_for_nobody_is_an_error_and_leaves_the_present_one() {
    let database = Database::new();
    let auth = database.auth();
    let (app, _) = app(&auth);
    block_on(async {
        let token = signed_in(&auth, &user(&auth, "ada").await).await;
        let answer = post_with(&app, "/start/nobody", Some(&token)).await;
        assert_eq!(answer.status, StatusCode::IM_A_TEAPOT);
        answer.assert_untouched();
        assert_eq!(get_with(&app, "/", &token).await.body, "ada");
    });
}

#[test]
fn only_a_fresh_session_can_be_set() {
    let database = Database::new();
    let auth = database.auth();
    let (app, _) = app(&auth);
    block_on(async {
        let token = signed_in(&auth, &user(&auth, "ada").await).await;
        let answer = post_with(&app, "/set-stale", Some(&token)).await;
        assert_eq!(answer.status, StatusCode::IM_A_TEAPOT);
        assert!(answer.body.contains("set_session"), "{}", answer.body);
        answer.assert_untouched();
        // The session that this request has just renewed is fresh, and setting it once more does not end it.
        database.clock.advance(25 * HOUR);
        let renewed = post_with(&app, "/set-stale", Some(&token)).await.token();
        assert_eq!(get_with(&app, "/", &renewed).await.body, "ada");
    });
}

#[test]
fn the_last_word_is_the_one_cookie_that_is_set() {
    let database = Database::new();
    let auth = database.auth();
    let (app, _) = app(&auth);
    block_on(async {
        let ada = user(&auth, "ada").await;
        for hours in [0, 25] {
            let token = signed_in(&auth, &ada).await;
            database.clock.advance(hours * HOUR);
            post_with(&app, &format!("/start-and-end/{}", ada.id), Some(&token)).await.assert_cleared();
            assert_eq!(rows(&database), 0, "after {hours} hours");

            let token = signed_in(&auth, &ada).await;
            database.clock.advance(hours * HOUR);
            let new = post_with(&app, &format!("/end-and-start/{}", ada.id), Some(&token)).await.token();
            assert_eq!(rows(&database), 1);
            assert_eq!(get_with(&app, "/", &new).await.body, "ada");
            post_with(&app, "/end", Some(&new)).await.assert_cleared();
        }
    });
}

#[test]
fn other_cookies_and_answers_without_ours_stay_as_they_are() {
    let database = Database::new();
    let auth = database.auth();
    let state = AppState { auth: auth.clone(), handled: Arc::default() };
    let app = Router::new()
        .route("/plain", get(count))
        .route("/renewing", get(|_: Authenticated<User>, state: State<AppState>| count(state)))
        .layer(AuthLayer::new(auth.clone()))
        .with_state(state);
    block_on(async {
        let token = signed_in(&auth, &user(&auth, "ada").await).await;
        let answer = get_with(&app, "/plain", &token).await;
        assert_eq!(answer.set_cookies(), ["theme=dark"]);
        assert_eq!(answer.headers[header::CACHE_CONTROL], "max-age=60");
        database.clock.advance(25 * HOUR);
        let answer = get_with(&app, "/renewing", &token).await;
        let [theme, ours] = answer.set_cookies()[..] else { panic!("{:?}", answer.set_cookies()) };
        assert_eq!(theme, "theme=dark");
        assert!(ours.starts_with("auth_session="), "{ours}");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    });
}

#[test]
fn several_extractors_in_one_request_validate_and_renew_once() {
    let database = Database::new();
    let auth = database.auth();
    let (app, _) = app(&auth);
    block_on(async {
        let token = signed_in(&auth, &user(&auth, "ada").await).await;
        for hours in [0, 25] {
            database.clock.advance(hours * HOUR);
            let before = rows(&database);
            let answer = get_with(&app, "/several", &token).await;
            let seen: Vec<_> = answer.body.lines().collect();
            assert_eq!(seen.len(), 3);
            assert!(seen.iter().all(|line| *line == seen[0] && line.starts_with("ada ")), "{seen:?}");
            if hours == 0 {
                answer.assert_untouched();
                assert_eq!(rows(&database), before);
            } else {
                let renewed = SessionToken::parse(answer.token()).unwrap();
                assert_eq!(seen[0], format!("ada {}", renewed.id()));
                assert_eq!(rows(&database), before + 1);
            }
        }
        // Nothing counted as the browser's having got the new cookie: the old one is as good as before.
        database.clock.advance(120_000);
        assert_eq!(get_with(&app, "/", &token).await.body, "ada");
    });
}

#[test]
fn dead_and_unknown_sessions_clear_the_cookie() {
    let database = Database::new();
    let auth = database.auth();
    let (app, _) = app(&auth);
    block_on(async {
        let token = signed_in(&auth, &user(&auth, "ada").await).await;
        database.clock.advance(16 * 24 * HOUR);
        for path in ["/", "/me", "/page"] {
            get_with(&app, path, &token).await.assert_cleared();
            get_with(&app, path, &"A".repeat(43)).await.assert_cleared();
        }
    });
}

#[test]
fn junk_duplicate_and_foreign_cookies_are_signed_out() {
    let database = Database::new();
    let auth = database.auth();
    let (app, _) = app(&auth);
    block_on(async {
        let token = signed_in(&auth, &user(&auth, "ada").await).await;
        let mut junk: Vec<Vec<u8>> = [
            "auth_session=".to_owned(),
            "auth_session=x".to_owned(),
            format!("auth_session=\"{token}\""),
            format!("auth_session={token}%20"),
            format!("auth_session={token}; auth_session={}", "x".repeat(43)),
            format!("auth_session={token}; auth_session="),
            format!("auth_session={}", "x".repeat(100_000)),
        ]
        .map(String::into_bytes)
        .into();
        junk.push(b"auth_session=\xff\xfe".to_vec());
        for cookie in junk {
            let answer = send(&app, Request::get("/").header(header::COOKIE, cookie.as_slice())).await;
            assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "nobody"));
            answer.assert_cleared();
        }
        let foreign = [
            format!("__Host-auth_session={token}"),
            format!("AUTH_SESSION={token}"),
            format!("\u{2003}auth_session={token}"),
            "theme=dark".to_owned(),
        ];
        for cookie in foreign {
            let answer = send(&app, Request::get("/").header(header::COOKIE, cookie.as_bytes())).await;
            assert_eq!(answer.body, "nobody", "{cookie}");
            answer.assert_untouched();
        }
        let twice_the_same = format!("auth_session={token}; theme=dark; auth_session={token}");
        let answer = send(&app, Request::get("/").header(header::COOKIE, twice_the_same)).await;
        assert_eq!(answer.body, "ada");
    });
}

#[test]
fn an_unreachable_database_is_503_and_leaves_the_cookie_alone() {
    let database = Database::new();
    let pool = r2d2(&database, Duration::from_millis(50));
    let auth = Builder::new(Pooled::new(pool.clone())).clock(database.clock.clone()).development().unwrap();
    let (app, _) = app(&auth);
    block_on(async {
        let ada = user(&auth, "ada").await;
        let token = signed_in(&auth, &ada).await;
        let held = pool.get().unwrap();
        for path in ["/", "/me", "/page", "/nested/page"] {
            let answer = get_with(&app, path, &token).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            answer.assert_untouched();
        }
        for path in [format!("/start/{}", ada.id), "/end".to_owned()] {
            let answer = post_with(&app, &path, Some(&token)).await;
            assert_eq!(answer.status, StatusCode::IM_A_TEAPOT, "{path}");
            answer.assert_untouched();
        }
        // Whoever brings no cookie is signed out without a question to the database.
        assert_eq!(send(&app, Request::get("/me")).await.status, StatusCode::UNAUTHORIZED);
        drop(held);
        assert_eq!(get_with(&app, "/", &token).await.body, "ada");
    });
}

#[test]
fn tables_that_are_not_there_are_503_and_leave_the_cookie_alone() {
    let database = Database::new();
    let auth = database.auth();
    let (app, _) = app(&auth);
    block_on(async {
        let token = signed_in(&auth, &user(&auth, "ada").await).await;
        execute(&database, "ALTER TABLE auth_session RENAME TO elsewhere");
        for path in ["/", "/me"] {
            let answer = get_with(&app, path, &token).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            answer.assert_untouched();
        }
        execute(&database, "ALTER TABLE elsewhere RENAME TO auth_session");
        assert_eq!(get_with(&app, "/", &token).await.body, "ada");
    });
}

#[test]
fn a_missing_layer_is_500_and_says_what_to_add() {
    let database = Database::new();
    let app: Router = Router::new()
        .route("/me", get(|_: Authenticated<User>| async {}))
        .route("/", get(|_: Option<Authenticated<User>>| async {}))
        .route("/request", get(|_: AuthRequest<User>| async {}))
        .with_state(database.auth());
    block_on(async {
        for path in ["/", "/me", "/request"] {
            let answer = send(&app, Request::get(path)).await;
            assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
            assert!(answer.body.contains(".layer(AuthLayer::new(auth))"), "{}", answer.body);
            assert!(answer.body.contains("User"), "{}", answer.body);
        }
    });
}

mod staff {
    use lucia::{LuciaUser, UserId};

    #[derive(Clone, Debug, LuciaUser)]
    pub(super) struct Staff {
        pub(super) id: UserId,
        pub(super) badge: String,
    }
}
use staff::Staff;

#[derive(Clone)]
struct TwoKinds {
    users: Auth<User>,
    staff: Auth<Staff>,
}

impl FromRef<TwoKinds> for Auth<User> {
    fn from_ref(state: &TwoKinds) -> Self {
        state.users.clone()
    }
}

impl FromRef<TwoKinds> for Auth<Staff> {
    fn from_ref(state: &TwoKinds) -> Self {
        state.staff.clone()
    }
}

#[test]
fn two_types_of_users_have_two_layers_and_two_cookies() {
    let database = Database::new();
    let staff_database = Database::with_schema(&schema_sql("struct Staff { id: UserId, badge: String }"));
    let staff: Auth<Staff> = staff_database.builder().cookie_name("staff").development().unwrap();
    let users = database.auth();
    let state = TwoKinds { users: users.clone(), staff: staff.clone() };
    let both = |user: Option<Authenticated<User>>, staff: Option<Authenticated<Staff>>| async move {
        let badge = staff.map_or_else(|| "no badge".to_owned(), |staff| staff.user.badge);
        format!("{} {badge}", name(user))
    };
    let app = Router::new()
        .route("/", get(both))
        .route("/end", post(|request: AuthRequest<Staff>| async move { done(request.end().await) }))
        .layer(AuthLayer::new(users.clone()))
        .layer(AuthLayer::new(staff.clone()))
        .with_state(state);
    block_on(async {
        let user_token = signed_in(&users, &user(&users, "ada").await).await;
        let member = staff.create_user(None, staff::StaffAttributes { badge: "7".to_owned() }).await.unwrap();
        assert_eq!(Staff::TABLES.user, "auth_user");
        let staff_token = token_of(&staff.create_session(&member.id).await.unwrap());
        let both = format!("auth_session={user_token}; staff={staff_token}");
        let swapped = format!("auth_session={staff_token}; staff={user_token}");
        let answer = send(&app, Request::get("/").header(header::COOKIE, &both)).await;
        assert_eq!(answer.body, "ada 7");
        let answer = send(&app, Request::get("/").header(header::COOKIE, &swapped)).await;
        assert_eq!((answer.body.as_str(), answer.set_cookies().len()), ("nobody no badge", 2));
        let request = Request::post("/end").header("sec-fetch-site", "none").header(header::COOKIE, &both);
        let answer = send(&app, request).await;
        let [ended] = answer.set_cookies()[..] else { panic!("{:?}", answer.set_cookies()) };
        assert!(ended.starts_with("staff=; "), "{ended}");
        let answer = send(&app, Request::get("/").header(header::COOKIE, &both)).await;
        assert_eq!(answer.body, "ada no badge");
    });
}

#[test]
fn in_production_the_cookie_has_its_prefix_and_is_secure() {
    let database = Database::new();
    let origin = Origin::new("https://example.com").unwrap();
    let auth: Auth<User> = database.builder().origins([origin]).production().unwrap();
    let (app, _) = app(&auth);
    block_on(async {
        let ada = user(&auth, "ada").await;
        let answer = post_with(&app, &format!("/start/{}", ada.id), None).await;
        let [cookie] = answer.set_cookies()[..] else { panic!("{:?}", answer.set_cookies()) };
        assert!(cookie.starts_with("__Host-auth_session="), "{cookie}");
        for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        let value = answer.headers.get(header::SET_COOKIE).unwrap();
        assert!(value.is_sensitive());
    });
}
