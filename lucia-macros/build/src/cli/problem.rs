//! What is wrong with how the command was called, in words. Each says what to do.

use std::fmt;

use crate::Database;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CliProblem {
    /// Cargo does not tell about the package.
    Cargo { said: String },
    /// No package has that name.
    NoPackage { name: String, names: Vec<String> },
    /// Several packages have a user struct.
    Packages { names: Vec<String> },
    /// No package has one.
    NoUser { names: Vec<String> },
    /// There are several.
    Users { found: Vec<String> },
    /// None is called so.
    OtherUser { wanted: String, found: Vec<String> },
    /// The build script cannot be read.
    BuildScript { file: String, error: String },
    /// What it says of a user struct cannot be read.
    Statement { file: String },
    /// Nothing names a database.
    NoDatabase { file: String },
    /// A database is named, and the build script names them.
    Databases { databases: Vec<Database> },
    /// The file is not Rust.
    NotRust { file: String, why: String },
    /// The struct has mistakes.
    Mistaken { file: String, mistakes: Vec<String> },
    /// The value of a flag.
    Malformed { flag: &'static str, value: String },
    /// The answers cannot be read.
    Terminal { error: String },
}

impl fmt::Display for CliProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cargo { said } => write!(
                f,
                "cargo does not tell which package this is: {said}; run this in the folder of one, or name its `Cargo.toml` by \
                 `--manifest-path`"
            ),
            Self::NoPackage { name, names } => {
                write!(f, "no package of this workspace is called `{name}`; these are in it: {}", list(names))
            }
            Self::Packages { names } => write!(
                f,
                "several packages of this workspace have a user struct: {}; say which is meant: {}",
                list(names),
                flags("-p", names)
            ),
            Self::NoUser { names } => write!(
                f,
                "no struct in the source of {} has `LuciaUser` in its `#[derive(..)]`; derive it, or name another package by \
                 `-p`",
                list(names)
            ),
            Self::Users { found } => {
                write!(f, "there are several user structs; say which is meant: {}", flags("--user", found))
            }
            Self::OtherUser { wanted, found } => write!(
                f,
                "`--user {wanted}` names none of the user structs here; name one of them: {}",
                flags("--user", found)
            ),
            Self::BuildScript { file, error } => {
                write!(f, "`{file}` cannot be read: {error}; correct it, since it names the user struct")
            }
            Self::Statement { file } => write!(
                f,
                "`{file}` calls `lucia_build::user` with something that is only known when it runs; write the file, the name, \
                 the folder and the databases there as they are, for example `lucia_build::user(\"src/user.rs\").sqlite()`"
            ),
            Self::NoDatabase { file } => write!(
                f,
                "nothing says which database the migrations of `{file}` are for; add a `build.rs` with \
                 `lucia_build::user({file:?}).sqlite()`, or say `--database sqlite`, `--database postgres` or \
                 `--database mysql`"
            ),
            Self::Databases { databases } => {
                let names: Vec<String> = databases.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "the build script names the databases that migrations are for, {}; leave `--database` out, or change it there",
                    list(&names)
                )
            }
            Self::NotRust { file, why } => {
                write!(f, "`{file}` cannot be read as Rust: {why}; run this again when it can")
            }
            Self::Mistaken { file, mistakes } => write!(
                f,
                "the user struct in `{file}` has mistakes: {}; `cargo build` shows where",
                mistakes.join("; ")
            ),
            Self::Malformed { flag, value } => {
                write!(f, "`{value}` is not what the flag takes; write it like this: `{flag}`")
            }
            Self::Terminal { error } => write!(f, "the answer cannot be read: {error}; give it as a flag"),
        }
    }
}

fn list(names: &[String]) -> String {
    format!("`{}`", names.join("`, `"))
}

fn flags(flag: &str, values: &[String]) -> String {
    let flags: Vec<String> = values.iter().map(|value| format!("`{flag} {value}`")).collect();
    flags.join(" or ")
}
