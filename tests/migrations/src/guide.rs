//! The chapter on migrations of the documentation, whose examples are tried here.

const TEXT: &str = include_str!("../../../lucia/src/docs/migrations.md");

/// The examples of a section in this language; that of Rust has no name.
///
/// There must be as many as are asked for.
#[must_use]
pub fn examples<const N: usize>(section: &str, language: &str) -> [String; N] {
    let (_, text) = TEXT.split_once(&format!("\n# {section}\n")).unwrap();
    // A line of Rust that is not shown begins in the same way, but not after an empty one.
    let text = text.split("\n\n# ").next().unwrap();
    let blocks = text.split("\n```").skip(1).step_by(2);
    let found = blocks.filter_map(|block| block.strip_prefix(&format!("{language}\n")));
    found.map(|example| format!("{example}\n")).collect::<Vec<_>>().try_into().unwrap()
}

/// The lines of `diesel.toml`.
#[must_use]
pub fn diesel_toml() -> String {
    let [example] = examples("Diesel's `schema.rs`", "toml");
    example
}
