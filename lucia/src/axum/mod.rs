//! The layer and the extractors for axum.
