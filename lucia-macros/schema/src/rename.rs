//! A column that is called something else now.

/// A column of the user table that has another name than before.
///
/// Declared by whoever changes the struct and never guessed: a column that is gone and one that is new may as well have
/// nothing to do with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The table, as it is called after the migration.
    pub table: String,
    /// What the column was called.
    pub from: String,
    /// What it is called now.
    pub to: String,
}
