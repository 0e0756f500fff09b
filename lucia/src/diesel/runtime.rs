//! The runtime of Tokio that pools need.

use crate::Result;
use crate::error::Kind;

/// Tokio's own functions would panic outside of a runtime.
pub(super) fn runtime() -> Result<tokio::runtime::Handle> {
    tokio::runtime::Handle::try_current().map_err(|error| {
        let message = "a pool needs a Tokio runtime, with time enabled; call it within one, or use `auth.on(&mut connection)`";
        Kind::Config(message.to_owned(), Some(Box::new(error))).into()
    })
}
