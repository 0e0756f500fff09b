//! Mistakes in a field, and what is said about them.

use std::fmt;

use super::Rule;
use crate::{
    AttributeSpec, DEFAULT_KEYED_LENGTH, Dialect, Kind, MAX_KEYED_BYTES, MAX_KEYED_CHARS, MAX_LENGTH,
    Position, ValueShape,
};

/// A type cannot be stored.
#[derive(Clone, Debug)]
pub(crate) enum Typing {
    Unsupported { found: String },
    NoValue { found: String },
    Instead { found: String, write: String },
    Borrowed { found: String, write: String },
    AnotherUser,
    NestedOption { inner: String },
    Collection { found: String },
    StoredAs { found: String },
    StoredAsOption { inner: String },
    NoColumnType,
    ColumnType { dialect: Dialect },
    Nullable { inner: String, optional: Option<String> },
    NoDatabase { dialect: Dialect, other: String },
}

impl Typing {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Unsupported { .. } | Self::NoValue { .. } | Self::Collection { .. } => Rule::Unsupported,
            Self::Instead { .. } | Self::Borrowed { .. } => Rule::Instead,
            Self::AnotherUser => Rule::AnotherUser,
            Self::NestedOption { .. } => Rule::NestedOption,
            Self::StoredAs { .. } | Self::StoredAsOption { .. } => Rule::StoredAs,
            Self::NoColumnType => Rule::NoColumnType,
            Self::ColumnType { .. } => Rule::ColumnType,
            Self::Nullable { .. } => Rule::Nullable,
            Self::NoDatabase { .. } => Rule::NoDatabase,
        }
    }
}

/// A name is not one that every database and Diesel take.
#[derive(Clone, Debug)]
pub(crate) enum Naming {
    Column { name: String },
    Table { name: String, attribute: &'static str },
    ReservedColumn { name: String },
    ReservedTable { name: String, attribute: &'static str },
    SameColumn { name: String, other: String },
    IdColumn { name: String },
    SameTable { name: String, attribute: &'static str },
    Field { name: String, ty: String },
    Underscores { name: String, ty: String },
    FieldIsTable { name: String, ty: String },
    Folder { name: String },
}

impl Naming {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Column { .. } => Rule::Column,
            Self::Table { .. } => Rule::Table,
            Self::ReservedColumn { .. } => Rule::ReservedColumn,
            Self::ReservedTable { .. } => Rule::ReservedTable,
            Self::SameColumn { .. } => Rule::SameColumn,
            Self::IdColumn { .. } => Rule::IdColumn,
            Self::SameTable { .. } => Rule::SameTable,
            Self::Field { .. } => Rule::ItemOfDiesel,
            Self::Underscores { .. } => Rule::Underscores,
            Self::FieldIsTable { .. } => Rule::FieldIsTable,
            Self::Folder { .. } => Rule::Folder,
        }
    }
}

/// A length is one that a database does not take.
#[derive(Clone, Debug)]
pub(crate) enum Length {
    NotForType { ty: &'static str },
    OutOfRange,
    TooLongForIndex { max: u32, unit: &'static str },
    RowTooLong { bytes: u64, room: u64 },
    TogetherTooLong { bytes: u64, max: u32 },
}

impl Length {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::NotForType { .. } => Rule::LengthNotForType,
            Self::OutOfRange => Rule::LengthOutOfRange,
            Self::TooLongForIndex { .. } => Rule::TooLongForIndex,
            Self::RowTooLong { .. } => Rule::RowTooLong,
            Self::TogetherTooLong { .. } => Rule::TogetherTooLong,
        }
    }
}

/// A default is not a value of its attribute.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Unreadable { example: &'static str },
    None,
    Type { ty: &'static str, example: &'static str },
    Suffix { digits: String, suffix: String },
    Range { ty: &'static str, min: i64, max: i64 },
    FloatRange { ty: &'static str },
    TooLong { length: usize, max: u32 },
    Control,
    Now { field: String, ty: &'static str },
    OnlyNow { ty: &'static str },
    NoLiteral { ty: String },
}

impl Value {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Unreadable { .. } => Rule::Malformed,
            Self::None => Rule::DefaultNone,
            Self::Type { .. } | Self::Suffix { .. } => Rule::DefaultType,
            Self::Range { .. } => Rule::DefaultRange,
            Self::FloatRange { .. } => Rule::DefaultInfinite,
            Self::TooLong { .. } => Rule::DefaultTooLong,
            Self::Control => Rule::DefaultControl,
            Self::Now { .. } => Rule::DefaultNow,
            Self::OnlyNow { .. } => Rule::DefaultOnlyNow,
            Self::NoLiteral { .. } => Rule::DefaultNoLiteral,
        }
    }
}

/// Two attributes, or an attribute and a type, do not go together.
#[derive(Clone, Debug)]
pub(crate) enum Combination {
    Attributes { spec: &'static AttributeSpec, with: &'static AttributeSpec, because: &'static str },
    FloatUnique { field: String, ty: &'static str },
    JsonKeyed { by: &'static str },
    NocaseNotText { ty: &'static str },
    ReadonlyWithoutValue { field: String, ty: String },
}

impl Combination {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Attributes { .. } => Rule::Conflict,
            Self::FloatUnique { .. } => Rule::FloatUnique,
            Self::JsonKeyed { .. } => Rule::JsonKeyed,
            Self::NocaseNotText { .. } => Rule::NocaseNotText,
            Self::ReadonlyWithoutValue { .. } => Rule::ReadonlyWithoutValue,
        }
    }
}

impl fmt::Display for Typing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported { found } => {
                write!(
                    f,
                    "lucia cannot tell how `{found}` is stored; write `#[lucia(stored_as = String)]` above the field and \
                     `#[derive(lucia::LuciaAttribute)]` above the enum or newtype, or `#[lucia(stored_as = Json)]` above the \
                     field of a type with serde's derives\nhelp: no `stored_as` is needed for `{}` and an `Option` of one; write \
                     these out instead of an alias",
                    known()
                )
            }
            Self::Collection { found } => write!(
                f,
                "`{found}` has no column type on every database; keep the values in a table of your own that refers to the \
                 user's `id`, or all of them as JSON: `#[lucia(stored_as = Json)]`"
            ),
            Self::NoValue { found } => write!(
                f,
                "`{found}` holds nothing that could be stored; remove the field, or make it one of `{}` or an `Option` of one",
                known()
            ),
            Self::Instead { found, write } => {
                write!(f, "`{found}` has no column type on every database; write `{write}`")
            }
            Self::Borrowed { found, write } => {
                write!(f, "`{found}` is borrowed, and a user owns its values; write `{write}`")
            }
            Self::AnotherUser => f.write_str(
                "only the field `id` can be a `UserId`; keep the id of another user as text: write `String`",
            ),
            Self::NestedOption { inner } => write!(
                f,
                "an `Option` in an `Option` cannot be stored, since a column has only one `NULL`; write `Option<{inner}>`"
            ),
            Self::StoredAs { found } => write!(
                f,
                "`stored_as` cannot be `{found}`; write `Json` or one of `{}`, for example `#[lucia(stored_as = String)]`",
                declarable()
            ),
            Self::StoredAsOption { inner } => write!(
                f,
                "`stored_as` cannot be an `Option`, since the field's own type says whether there is a value; write \
                 `#[lucia(stored_as = {inner})]`, and `Option` in the field's type only"
            ),
            Self::NoColumnType => f.write_str(
                "`sql_type` needs the column's type in SQL for each database of the app; write for example \
                 `#[lucia(sql_type = Double, sqlite = \"DOUBLE\")]`",
            ),
            Self::ColumnType { dialect } => write!(
                f,
                "the type of a column is one or more letters, digits, spaces and `_ . , ( ) [ ]`, as in `CREATE TABLE`; write \
                 for example `#[lucia({dialect} = \"DECIMAL(10, 2)\")]`"
            ),
            Self::Nullable { inner, optional } => {
                write!(
                    f,
                    "`sql_type` is never `Nullable`, since the field's own type says whether there is a value; write \
                     `sql_type = {inner}`"
                )?;
                match optional {
                    Some(ty) => write!(f, ", and `Option<{ty}>` for the field if a user may have none"),
                    None => Ok(()),
                }
            }
            Self::NoDatabase { dialect, other } => write!(
                f,
                "no database has a column for both this field and `{other}`; add this field's column type on one that \
                 `{other}` names: `{dialect} = \"..\"`"
            ),
        }
    }
}

impl fmt::Display for Naming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column { name } => write!(
                f,
                "{} cannot name a column on every database; a name has 1 to 63 of the characters `a-z`, `A-Z`, `0-9` and `_` \
                 and does not begin with a digit, for example `#[lucia(column = \"nick_name\")]`",
                shown(name)
            ),
            Self::Table { name, attribute } => write!(
                f,
                "{} cannot name a table on every database; a name has 1 to 63 of the characters `a-z`, `A-Z`, `0-9` and `_` \
                 and does not begin with a digit, for example `{}`",
                shown(name),
                table_example(attribute)
            ),
            Self::ReservedColumn { name } if name.starts_with("__") => write!(
                f,
                "a column cannot be called `{name}`, since names that begin with `__` belong to Diesel and migrations; choose \
                 another name, for example `#[lucia(column = \"user_{}\")]`",
                name.trim_start_matches('_')
            ),
            Self::ReservedColumn { name } => write!(
                f,
                "every table of PostgreSQL has a column `{name}` already; choose another name, for example \
                 `#[lucia(column = \"user_{name}\")]`"
            ),
            Self::ReservedTable { name, attribute } => write!(
                f,
                "a table cannot be called `{name}`, since `sqlite_`, `pg_` and `__` at the beginning belong to SQLite, \
                 PostgreSQL and Diesel, and `self`, `super`, `crate` and `_` to Rust; choose another name, for example `{}`",
                table_example(attribute)
            ),
            Self::SameColumn { name, other } => write!(
                f,
                "the column `{name}` is already that of the field `{other}`, upper and lower case being equal; choose another \
                 name, for example `#[lucia(column = \"{name}_2\")]`"
            ),
            Self::IdColumn { name } => write!(
                f,
                "the column `{name}` is already that of the field `id`, upper and lower case being equal; choose another name, \
                 for example `#[lucia(column = \"public_id\")]`"
            ),
            Self::SameTable { name, attribute } => write!(
                f,
                "two tables of this user type are called `{name}`, upper and lower case being equal; choose another name, for \
                 example `{}`",
                table_example(attribute)
            ),
            Self::Field { name, ty } => write!(
                f,
                "a field cannot be called `{name}`, since Diesel's `table!` has an item of that name; rename it and \
                 keep the column: `#[lucia(column = \"{name}\")] pub user_{}: {ty}`",
                name.trim_start_matches('_')
            ),
            Self::Underscores { name, ty } => write!(
                f,
                "a field cannot be called `{name}`, since names that begin with `__` belong to Diesel and migrations; rename \
                 it: `pub user_{}: {ty}`",
                name.trim_start_matches('_')
            ),
            Self::FieldIsTable { name, ty } => write!(
                f,
                "a field cannot be called `{name}` like its table, since Diesel's `table!` makes a module of that \
                 name; rename it and keep the column: `#[lucia(column = \"{name}\")] pub user_{name}: {ty}`"
            ),
            Self::Folder { name } => write!(
                f,
                "`{name}` is not a folder below that of `Cargo.toml`, with `/` between its parts; write for example \
                 `#[lucia(migrations = \"migrations\")]`"
            ),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotForType { ty } => {
                write!(f, "`max_length` is only valid on text and on a `Vec<u8>`, not on `{ty}`; remove it")
            }
            Self::OutOfRange => {
                write!(
                    f,
                    "`max_length` is from 1 to {MAX_LENGTH}; write for example `#[lucia(max_length = 32)]`"
                )
            }
            Self::TooLongForIndex { max, unit } => write!(
                f,
                "a `unique` or indexed field can have at most {max} {unit}, since an index holds {MAX_KEYED_BYTES} bytes on \
                 every database; write `#[lucia(max_length = {max})]`"
            ),
            Self::RowTooLong { bytes, room } => write!(
                f,
                "the `unique` and indexed fields up to this one take {bytes} bytes together, and a row of MySQL has room for \
                 {room}; give some a smaller limit, for example `#[lucia(max_length = 32)]`"
            ),
            Self::TogetherTooLong { bytes, max } => write!(
                f,
                "these fields take up to {bytes} bytes together, a character counting four and a text without `max_length` \
                 {DEFAULT_KEYED_LENGTH} characters, and an index holds {MAX_KEYED_BYTES} on every database; write for example \
                 `#[lucia(max_length = {max})]` above each"
            ),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { example } => write!(
                f,
                "`default` takes {}; write for example `#[lucia(default = {example})]`",
                ValueShape::Literal.describe()
            ),
            Self::None => f.write_str("an `Option` is `None` without a `default`; remove it"),
            Self::Type { ty, example } => write!(
                f,
                "the default is not of type `{ty}`; write for example `#[lucia(default = {example})]`"
            ),
            Self::Suffix { digits, suffix } => write!(
                f,
                "a default is written without `{suffix}`, since the field says its type; write `#[lucia(default = {digits})]`"
            ),
            Self::Range { ty, min, max } => write!(
                f,
                "the default does not fit an `{ty}`, which is from {min} to {max}; write for example \
                 `#[lucia(default = 0)]`"
            ),
            Self::FloatRange { ty } => write!(
                f,
                "the default does not fit an `{ty}`, which would make it infinite; write for example \
                 `#[lucia(default = 0.5)]`"
            ),
            Self::TooLong { length, max } => write!(
                f,
                "the default has {length} characters and the field at most {max}; shorten it or write \
                 `#[lucia(max_length = {length})]`"
            ),
            Self::Control => f.write_str(
                "a default cannot contain control characters, since not every database can write them in a migration; write \
                 for example `#[lucia(default = \"member\")]`",
            ),
            Self::Now { field, ty } => write!(
                f,
                "`now` is only valid on a `DateTime<Utc>` or a `NaiveDateTime`, not on `{ty}`; write \
                 `#[lucia(default = now)] pub {field}: chrono::DateTime<chrono::Utc>`"
            ),
            Self::OnlyNow { ty } => write!(
                f,
                "the only default that a `{ty}` can have is the time at which the user is created; write \
                 `#[lucia(default = now)]`"
            ),
            Self::NoLiteral { ty } => write!(
                f,
                "`default` is only valid on text, numbers, `bool` and timestamps, not on `{ty}`; remove it, and write \
                 `Option<{ty}>` if a user may have no value"
            ),
        }
    }
}

impl fmt::Display for Combination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attributes { spec, with, because } => {
                write!(f, "`{}` cannot be combined with `{}`, {because}", spec.name, with.name)
            }
            Self::JsonKeyed { by } => write!(
                f,
                "a JSON field cannot be `unique` or have an `index`, since one value can be written in many ways; keep what \
                 users are searched by in a field of its own, for example `#[lucia({by})] pub country: String`"
            ),
            Self::NocaseNotText { ty } => {
                write!(f, "`nocase` is only valid on text, not on `{ty}`; write `#[lucia(unique)]`")
            }
            Self::FloatUnique { field, ty } => write!(
                f,
                "`unique` cannot be used on `{ty}`, since rounded numbers that look equal may differ; store a whole number: \
                 `pub {field}: i64`"
            ),
            Self::ReadonlyWithoutValue { field, ty } => write!(
                f,
                "`readonly` needs a `default` or an `Option`, since a read-only attribute is not given when a user \
                 is created; write `#[lucia(readonly)] pub {field}: Option<{ty}>`"
            ),
        }
    }
}

fn known() -> String {
    Kind::PORTABLE.map(Kind::rust_name).join("`, `")
}

/// The types that an enum or a newtype can be stored as.
pub(super) fn declarable() -> String {
    let kinds = Kind::PORTABLE.into_iter().filter(|kind| *kind != Kind::Json);
    kinds.map(Kind::rust_name).collect::<Vec<_>>().join("`, `")
}

/// A name as it was given.
pub(crate) fn shown(name: &str) -> String {
    if name.is_empty() { "an empty string".to_owned() } else { format!("`{name}`") }
}

fn table_example(attribute: &str) -> String {
    AttributeSpec::find(attribute, Position::Struct).map(AttributeSpec::written).unwrap_or_default()
}

/// The limit of an indexed column of that kind, as it is told.
pub(crate) const fn keyed_limit(kind: Kind) -> (u32, &'static str) {
    match kind {
        Kind::Bytes => (MAX_KEYED_BYTES, "bytes"),
        _ => (MAX_KEYED_CHARS, "characters of up to four bytes"),
    }
}
