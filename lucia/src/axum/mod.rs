//! The layer and the extractors for axum.
//!
//! [`AuthLayer`] goes around the whole app, once for each type of user. It refuses what another site makes a browser send,
//! and writes the cookie of a session that was started, renewed or ended while the request was handled. Handlers ask who
//! is there by [`Authenticated`], and start and end sessions by [`AuthRequest`].
//!
//! ```
//! # mod app {
//! use axum::extract::State;
//! use axum::response::{IntoResponse, Redirect, Response};
//! use axum::routing::{get, post};
//! use axum::{Router, http::StatusCode};
//! use lucia::axum::{AuthLayer, AuthRequest, Authenticated};
//! use lucia::{Auth, LuciaUser, Provider, UserId, provider};
//!
//! #[derive(LuciaUser)]
//! pub struct User {
//!     pub id: UserId,
//!     #[lucia(unique)]
//!     pub username: String,
//! }
//!
//! const USERNAME: Provider = provider!("username");
//!
//! pub fn app(auth: Auth<User>) -> Router {
//!     Router::new()
//!         .route("/", get(home))
//!         .route("/log-in", post(log_in))
//!         .route("/log-out", post(log_out))
//!         .layer(AuthLayer::new(auth.clone()))
//!         .with_state(auth)
//! }
//!
//! async fn home(visitor: Option<Authenticated<User>>) -> String {
//!     match visitor {
//!         Some(Authenticated { user, .. }) => format!("Hello {}", user.username),
//!         None => "Hello stranger".to_owned(),
//!     }
//! }
//!
//! async fn log_in(
//!     State(auth): State<Auth<User>>,
//!     request: AuthRequest<User>,
//!     password: String, // the body; an app reads a form here
//! ) -> Result<Response, AppError> {
//!     match auth.log_in(&USERNAME.id("ada")?, &password.into()).await? {
//!         Some(session) => {
//!             request.set_session(session).await?;
//!             Ok(Redirect::to("/").into_response())
//!         }
//!         None => Ok((StatusCode::UNAUTHORIZED, "The name or the password is wrong.").into_response()),
//!     }
//! }
//!
//! async fn log_out(request: AuthRequest<User>) -> Result<Redirect, AppError> {
//!     request.end().await?;
//!     Ok(Redirect::to("/"))
//! }
//!
//! pub struct AppError(lucia::Error);
//!
//! impl From<lucia::Error> for AppError {
//!     fn from(error: lucia::Error) -> Self {
//!         Self(error)
//!     }
//! }
//!
//! impl IntoResponse for AppError {
//!     fn into_response(self) -> Response {
//!         (StatusCode::SERVICE_UNAVAILABLE, self.0.to_string()).into_response()
//!     }
//! }
//! # }
//! # use axum::{body::Body, http::{Request, header}};
//! # use diesel::connection::SimpleConnection;
//! # use lucia::{NewKey, provider};
//! # use tower::ServiceExt;
//! #
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! #     let file = std::env::temp_dir().join(format!("lucia-axum-example-{}.db", std::process::id()));
//! #     let pool = lucia::diesel::SqlitePool::open(&file)?;
//! #     const TABLES: &str = "
//! #         CREATE TABLE auth_user (id TEXT PRIMARY KEY NOT NULL, username TEXT NOT NULL UNIQUE);
//! #         CREATE TABLE auth_session (id TEXT PRIMARY KEY NOT NULL, user_id TEXT NOT NULL,
//! #             active_expires BIGINT NOT NULL, idle_expires BIGINT NOT NULL, created_at BIGINT,
//! #             absolute_expires BIGINT, renewed_from TEXT UNIQUE);
//! #         CREATE TABLE auth_key (id TEXT PRIMARY KEY NOT NULL, user_id TEXT NOT NULL,
//! #             primary_key BOOLEAN NOT NULL, hashed_password TEXT, expires BIGINT);
//! #     ";
//! #     use lucia::diesel::{EmbeddedMigration, EmbeddedMigrations};
//! #     const MIGRATIONS: EmbeddedMigrations =
//! #         EmbeddedMigrations::new().sqlite(&[EmbeddedMigration::new("1", "1_users", TABLES)]);
//! #     pool.migrate(&MIGRATIONS)?;
//! #     let auth = lucia::Builder::new(pool).development()?;
//! #     let outcome: Result<(), Box<dyn std::error::Error>> = tokio::runtime::Runtime::new()?.block_on(async {
//! #         let key = NewKey::password(provider!("username").id("ada")?, "correct horse");
//! #         auth.create_user(key, app::UserAttributes { username: "ada".to_owned() }).await?;
//! #         let app = app::app(auth);
//! #         let log_in = Request::post("/log-in").header("sec-fetch-site", "same-origin").body(Body::from("correct horse"))?;
//! #         let response = app.clone().oneshot(log_in).await?;
//! #         let cookie = response.headers()[header::SET_COOKIE].to_str()?.split(';').next().unwrap_or_default().to_owned();
//! #         let home = Request::get("/").header("cookie", cookie).body(Body::empty())?;
//! #         let body = axum::body::to_bytes(app.oneshot(home).await?.into_body(), 100).await?;
//! #         assert_eq!(body, "Hello ada");
//! #         Ok(())
//! #     });
//! #     for end in ["", "-wal", "-shm"] {
//! #         let _ = std::fs::remove_file(format!("{}{end}", file.display()));
//! #     }
//! #     outcome
//! # }
//! ```
//!
//! An app with two types of users has two layers and two [`Auth`](crate::Auth)s, one of them with a
//! [`cookie_name`](crate::Builder::cookie_name) of its own.

mod auth_request;
mod authenticated;
mod layer;
mod missing_layer;
mod refusal;
mod slot;

pub use auth_request::AuthRequest;
pub use authenticated::Authenticated;
pub use layer::{AuthLayer, AuthService};
pub use missing_layer::MissingLayer;
pub use refusal::{Refusal, Unauthorized, redirect_to_log_in, way_back};
