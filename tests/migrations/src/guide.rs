//! The chapter on migrations of the documentation, whose examples are tried here.

const TEXT: &str = include_str!("../../../lucia/src/docs/migrations.md");

/// The only example of a section that is in this language; that of Rust has none.
#[must_use]
pub fn example(section: &str, language: &str) -> String {
    let (_, text) = TEXT.split_once(&format!("\n# {section}\n")).unwrap();
    // A line of Rust that is not shown begins in the same way, but not after an empty one.
    let text = text.split("\n\n# ").next().unwrap();
    let blocks = text.split("\n```").skip(1).step_by(2);
    let mut found = blocks.filter_map(|block| block.strip_prefix(&format!("{language}\n")));
    let example = found.next().unwrap();
    assert!(found.next().is_none(), "two examples in {section}");
    format!("{example}\n")
}
