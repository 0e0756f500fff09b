//! The suite: one binary, one module for each part of the behaviour.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]

mod browser;
mod build_features;
mod build_lock;
mod build_project;
mod build_quickstart;
mod build_repository;
mod build_walk;
mod by_hand;
mod session_migrations;
mod smoke;
mod web_client;
mod web_hashing;
mod web_kills;
mod web_layer;
mod web_quickstart;
