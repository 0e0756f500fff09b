//! The source of one user, twice: with the derive, and by hand on Diesel alone.
//!
//! The benchmark of compile times makes crates of both; `by_hand.rs` beside this is the second for [`typical`].

mod attribute;
mod by_hand;
mod derived;

pub use attribute::{Attribute, Kind, mixed, typical};
pub use by_hand::by_hand;
pub use derived::derived;

/// A piece of source for each attribute, one after another.
fn each(attributes: &[Attribute], piece: impl Fn(&Attribute) -> String) -> String {
    attributes.iter().map(piece).collect()
}

/// The attributes that creation and changes may give.
fn given(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| !attribute.readonly).cloned().collect()
}
