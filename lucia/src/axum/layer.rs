//! [`AuthLayer`]: around the whole app, before and after its handlers.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum_core::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, COOKIE, HeaderName, ORIGIN, SET_COOKIE, VARY};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use super::refusal::AskedFor;
use super::slot::Slot;
use crate::{Auth, LuciaUser, OriginCheck, OriginRejection};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Checks where a request comes from and writes the session cookie. Put it around all routes of the app.
///
/// Before the handler, with or without a cookie: a request that changes something, which is any but `GET`, `HEAD` and
/// `OPTIONS`, is answered by 403 unless it comes from this site or from a configured
/// [origin](crate::Builder::origins). After the handler: at most one `Set-Cookie` of ours is added, with
/// `Cache-Control: no-store`; other cookies stay.
///
/// Middleware outside of it sees the finished answer, and refused requests; what is inside runs for those only that
/// pass. A layer that changes the method of a request belongs outside.
///
/// ```
/// # mod user { #[derive(lucia::LuciaUser)] pub struct User { pub id: lucia::UserId } }
/// # use user::User;
/// use axum::{Router, routing::get};
/// use lucia::Auth;
/// use lucia::axum::AuthLayer;
///
/// fn app(auth: Auth<User>) -> Router {
///     Router::new()
///         .route("/", get(|| async { "Hello" }))
///         .layer(AuthLayer::new(auth.clone()))
///         .with_state(auth)
/// }
/// # fn main() {}
/// ```
pub struct AuthLayer<U> {
    auth: Auth<U>,
}

impl<U: LuciaUser> AuthLayer<U> {
    /// The layer for users of type `U`.
    #[must_use]
    pub fn new(auth: Auth<U>) -> Self {
        Self { auth }
    }
}

impl<S, U: LuciaUser> Layer<S> for AuthLayer<U> {
    type Service = AuthService<S, U>;

    fn layer(&self, inner: S) -> Self::Service {
        AuthService { inner, auth: self.auth.clone() }
    }
}

/// What [`AuthLayer`] makes of a service.
pub struct AuthService<S, U> {
    inner: S,
    auth: Auth<U>,
}

impl<S, U, B> Service<Request<B>> for AuthService<S, U>
where
    U: LuciaUser,
    S: Service<Request<B>, Response: IntoResponse> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        if let Err(rejection) = check_origin(self.auth.origin_check(), &request) {
            return Box::pin(async move { Ok(forbidden(rejection)) });
        }
        let cookies = request.headers().get_all(COOKIE).iter().map(HeaderValue::as_bytes);
        let slot = Slot::<U>::new(self.auth.cookie().read(cookies));
        request.extensions_mut().insert(slot.clone());
        if request.extensions().get::<AskedFor>().is_none() {
            let asked_for = AskedFor(request.uri().clone());
            request.extensions_mut().insert(asked_for);
        }

        // It is `self.inner` that is ready, not a clone of it.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        Box::pin(async move {
            let mut response = inner.call(request).await?.into_response();
            if let Some(cookie) = slot.into_cookie().await {
                let headers = response.headers_mut();
                headers.append(SET_COOKIE, cookie);
                headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            }
            Ok(response)
        })
    }
}

fn check_origin<B>(check: &OriginCheck, request: &Request<B>) -> Result<(), OriginRejection> {
    let [site, origin] = [SEC_FETCH_SITE, ORIGIN].map(|name| all(request.headers(), &name));
    check.check(request.method().as_str(), &site, &origin)
}

fn all<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Vec<&'a [u8]> {
    headers.get_all(name).iter().map(HeaderValue::as_bytes).collect()
}

fn forbidden(reason: OriginRejection) -> Response {
    tracing::info!(target: "lucia", operation = "origin_check", outcome = "refused", %reason);
    let vary = [(VARY, HeaderValue::from_static("Sec-Fetch-Site, Origin"))];
    let text = "This request did not come from a page of this site, so nothing was done. \
                If it was meant to pass, its origin has to be configured: \
                `lucia::Builder::origins` takes origins like `https://example.com`.";
    (StatusCode::FORBIDDEN, vary, text).into_response()
}

impl<U> Clone for AuthLayer<U> {
    fn clone(&self) -> Self {
        Self { auth: self.auth.clone() }
    }
}

impl<S: Clone, U> Clone for AuthService<S, U> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), auth: self.auth.clone() }
    }
}

impl<U> fmt::Debug for AuthLayer<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthLayer")
    }
}

impl<S: fmt::Debug, U> fmt::Debug for AuthService<S, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthService").field("inner", &self.inner).finish_non_exhaustive()
    }
}
