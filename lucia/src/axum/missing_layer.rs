//! What an extractor answers when nobody has put [`AuthLayer`](super::AuthLayer) around the app.

use std::fmt;

use axum_core::response::{IntoResponse, Response};
use http::StatusCode;

/// The app has no [`AuthLayer`](super::AuthLayer) for this type of user: a mistake in the app, answered by 500.
///
/// ```
/// # use lucia::axum::MissingLayer;
/// # use lucia::{LuciaUser, UserId};
/// # #[derive(LuciaUser)] struct User { id: UserId }
/// # fn main() {
/// let text = MissingLayer::of::<User>().to_string();
/// assert!(text.contains("AuthLayer::new(auth)"));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingLayer {
    user: &'static str,
}

impl MissingLayer {
    /// The layer for users of type `U` is missing.
    #[must_use]
    pub fn of<U>() -> Self {
        Self { user: std::any::type_name::<U>() }
    }
}

impl fmt::Display for MissingLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no `lucia::axum::AuthLayer` for users of type `{}` is around this route; \
             add `.layer(AuthLayer::new(auth))` to the router, below its routes",
            self.user
        )
    }
}

impl std::error::Error for MissingLayer {}

impl IntoResponse for MissingLayer {
    fn into_response(self) -> Response {
        tracing::error!(target: "lucia", "{self}");
        (StatusCode::INTERNAL_SERVER_ERROR, self.to_string()).into_response()
    }
}
