//! `/api/me`: who is signed in, for programs. Signed out it is 401.

use axum::Json;
use lucia::axum::Authenticated;
use serde_json::{Value, json};

use crate::user::User;

pub async fn show(Authenticated { user, .. }: Authenticated<User>) -> Json<Value> {
    Json(json!({ "id": user.id, "username": user.username, "email": user.email }))
}
