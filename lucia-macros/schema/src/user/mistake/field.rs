//! Mistakes in a field, and what is said about them.

use std::fmt;

use super::Rule;
use crate::{AttributeSpec, Dialect, Kind, MAX_KEYED_BYTES, MAX_KEYED_CHARS, MAX_LENGTH};

/// A type cannot be stored.
#[derive(Clone, Debug)]
pub(crate) enum Typing {
    Unsupported { found: String },
    Instead { found: String, write: String },
    AnotherUser,
    NestedOption { inner: String },
    Collection { found: String },
    StoredAs { found: String },
    StoredAsOption { inner: String },
    NoColumnType,
    ColumnType { dialect: Dialect },
    NoDatabase { dialect: Dialect, other: String },
}

impl Typing {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Unsupported { .. } | Self::Collection { .. } => Rule::Unsupported,
            Self::Instead { .. } => Rule::Instead,
            Self::AnotherUser => Rule::AnotherUser,
            Self::NestedOption { .. } => Rule::NestedOption,
            Self::StoredAs { .. } | Self::StoredAsOption { .. } => Rule::StoredAs,
            Self::NoColumnType => Rule::NoColumnType,
            Self::ColumnType { .. } => Rule::ColumnType,
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
        }
    }
}

/// A length is one that a database does not take.
#[derive(Clone, Debug)]
pub(crate) enum Length {
    NotForType { ty: String },
    OutOfRange,
    TooLongForIndex { max: u32, unit: &'static str },
    RowTooLong { bytes: u64 },
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
    Type { ty: &'static str, example: &'static str },
    Range { ty: &'static str, min: i64, max: i64 },
    FloatRange { ty: &'static str },
    TooLong { length: usize, max: u32 },
    Control,
    Now { ty: &'static str },
    OnlyNow { ty: &'static str },
    NoLiteral { ty: String },
}

impl Value {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Type { .. } => Rule::DefaultType,
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
    FloatUnique { ty: &'static str },
    JsonKeyed,
    NocaseNotText { ty: &'static str },
    ReadonlyWithoutValue { field: String, ty: String },
}

impl Combination {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::Attributes { .. } => Rule::Conflict,
            Self::FloatUnique { .. } => Rule::FloatUnique,
            Self::JsonKeyed => Rule::JsonKeyed,
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
                    "`{found}` does not tell how it is stored; an enum or a newtype derives `LuciaAttribute`, and the field \
                     says `#[lucia(stored_as = String)]`; a type of serde is kept by `#[lucia(stored_as = Json)]`; the types \
                     that tell are `{}`, and an `Option` of one: for example `Option<String>`",
                    known()
                )
            }
            Self::Collection { found } => write!(
                f,
                "`{found}` has no column type on every database; keep the values in a table of your own that refers to the \
                 user's `id`, or all of them as JSON: `#[lucia(stored_as = Json)]`"
            ),
            Self::Instead { found, write } => write!(
                f,
                "`{found}` is not a type that a user attribute can have on every database; write `{write}`"
            ),
            Self::AnotherUser => f.write_str(
                "only the field `id` can be a `UserId`; keep the id of another user as text: write `String`",
            ),
            Self::NestedOption { inner } => write!(
                f,
                "a database has one null, so that an `Option` in an `Option` cannot be told from a single one; \
                 write `Option<{inner}>`"
            ),
            Self::StoredAs { found } => write!(
                f,
                "nothing is stored as `{found}`; it is one of `{}`, or `Json`: for example `#[lucia(stored_as = String)]`",
                known()
            ),
            Self::StoredAsOption { inner } => write!(
                f,
                "whether a value may be absent is for the field's own type to say; write `#[lucia(stored_as = {inner})]` and \
                 make the field an `Option`"
            ),
            Self::NoColumnType => f.write_str(
                "`sql_type` needs the type of the column on each database that the app has; write for example \
                 `#[lucia(sql_type = Inet, postgres = \"INET\")]`",
            ),
            Self::ColumnType { dialect } => write!(
                f,
                "the type of a column consists of letters, digits, spaces and `_ . , ( ) [ ]`, as in `CREATE TABLE`; for \
                 example `#[lucia({dialect} = \"DECIMAL(10, 2)\")]`"
            ),
            Self::NoDatabase { dialect, other } => write!(
                f,
                "this field has a column on other databases than the field `{other}`, so that there is none for both; name \
                 one that `{other}` has too, for example `#[lucia({dialect} = \"TEXT\")]`"
            ),
        }
    }
}

impl fmt::Display for Naming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column { name } => write!(
                f,
                "{} cannot name a column on every database; a name is 1 to 63 letters, digits or `_` of ASCII \
                 and begins with no digit, for example `#[lucia(column = \"nick_name\")]`",
                shown(name)
            ),
            Self::Table { name, attribute } => write!(
                f,
                "{} cannot name a table on every database; a name is 1 to 63 letters, digits or `_` of ASCII \
                 and begins with no digit, for example `#[lucia({attribute} = \"member\")]`",
                shown(name)
            ),
            Self::ReservedColumn { name } => write!(
                f,
                "a database or a migration keeps the column name `{name}` to itself; name another one, for example \
                 `#[lucia(column = \"user_{}\")]`",
                name.trim_start_matches('_')
            ),
            Self::ReservedTable { name, attribute } => write!(
                f,
                "`{name}` is kept by a database, by Diesel or by Rust and cannot name a table; name another one, for \
                 example `#[lucia({attribute} = \"member\")]`"
            ),
            Self::SameColumn { name, other } => write!(
                f,
                "the column `{name}` is already that of the field `{other}`, and some databases take upper and lower \
                 case for equal; name another one, for example `#[lucia(column = \"{name}_2\")]`"
            ),
            Self::IdColumn { name } => write!(
                f,
                "the column `{name}` is that of the field `id`, and some databases take upper and lower case for \
                 equal; name another one, for example `#[lucia(column = \"public_id\")]`"
            ),
            Self::SameTable { name, attribute } => write!(
                f,
                "the table `{name}` is already another one of this user type, and some databases take upper and \
                 lower case for equal; name another one, for example `#[lucia({attribute} = \"member_{suffix}\")]`",
                suffix = attribute.trim_end_matches("_table")
            ),
            Self::Field { name, ty } => write!(
                f,
                "a field cannot be called `{name}`, since Diesel's `table!` has an item of that name; rename it and \
                 keep the column: `#[lucia(column = \"{name}\")] pub user_{}: {ty}`",
                name.trim_start_matches('_')
            ),
            Self::Underscores { name, ty } => write!(
                f,
                "a name cannot begin with `__`, as those that Diesel and migrations make do; rename the field: \
                 `pub user_{}: {ty}`",
                name.trim_start_matches('_')
            ),
            Self::FieldIsTable { name, ty } => write!(
                f,
                "a field cannot be called `{name}` as its table is, since Diesel's `table!` makes a module of that \
                 name; rename it and keep the column: `#[lucia(column = \"{name}\")] pub user_{name}: {ty}`"
            ),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotForType { ty } => write!(
                f,
                "`max_length` is only valid on text and on a `Vec<u8>`, not on `{ty}`; remove it, or write for example \
                 `#[lucia(max_length = 32)] pub nickname: String`"
            ),
            Self::OutOfRange => {
                write!(f, "`max_length` is from 1 to {MAX_LENGTH}; for example `#[lucia(max_length = 32)]`")
            }
            Self::TooLongForIndex { max, unit } => write!(
                f,
                "a `unique` or indexed attribute has at most {max} {unit}, since an index holds {MAX_KEYED_BYTES} \
                 bytes on every database and a character takes up to four; write `#[lucia(max_length = {max})]`"
            ),
            Self::RowTooLong { bytes } => write!(
                f,
                "the `unique` and indexed attributes up to this one take {bytes} bytes together, and MySQL has room \
                 for 65535 in a row; give some a smaller limit, for example `#[lucia(max_length = 32)]`"
            ),
            Self::TogetherTooLong { bytes, max } => write!(
                f,
                "these attributes take {bytes} bytes together, and an index holds {MAX_KEYED_BYTES} on every database; give \
                 them smaller limits, for example `#[lucia(max_length = {max})]` above each"
            ),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { ty, example } => write!(
                f,
                "the default is not of type `{ty}`; write a literal of that type without a suffix, for example \
                 `#[lucia(default = {example})]`"
            ),
            Self::Range { ty, min, max } => write!(
                f,
                "the default does not fit an `{ty}`, which is from {min} to {max}; for example \
                 `#[lucia(default = 0)]`"
            ),
            Self::FloatRange { ty } => write!(
                f,
                "the default does not fit an `{ty}`, which would make it infinite; for example \
                 `#[lucia(default = 0.5)]`"
            ),
            Self::TooLong { length, max } => write!(
                f,
                "the default has {length} characters and the attribute at most {max}; shorten it or write \
                 `#[lucia(max_length = {length})]`"
            ),
            Self::Control => f.write_str(
                "a default has no control characters, since not every database can write them in a migration; \
                 for example `#[lucia(default = \"member\")]`",
            ),
            Self::Now { ty } => write!(
                f,
                "`now` is only valid on a `DateTime<Utc>` or a `NaiveDateTime`, not on `{ty}`; for example \
                 `#[lucia(default = now)] pub created_at: DateTime<Utc>`"
            ),
            Self::OnlyNow { ty } => {
                write!(f, "the only default of a `{ty}` is the time it is stored; write `#[lucia(default = now)]`")
            }
            Self::NoLiteral { ty } => write!(
                f,
                "there is no default for a `{ty}`; remove it, and write `Option<{ty}>` if a user may have none"
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
            Self::JsonKeyed => f.write_str(
                "a JSON attribute cannot be `unique` or have an `index`, since one value has many spellings; keep what is \
                 looked for in an attribute of its own: `#[lucia(unique)] pub number: i64`",
            ),
            Self::NocaseNotText { ty } => write!(
                f,
                "`nocase` is only valid on text, not on `{ty}`; write `#[lucia(unique)]`"
            ),
            Self::FloatUnique { ty } => write!(
                f,
                "`unique` cannot be used on `{ty}`, since rounded numbers that look equal may differ; store a whole \
                 number: `#[lucia(unique)] pub number: i64`"
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

/// A name as it was given.
pub(crate) fn shown(name: &str) -> String {
    if name.is_empty() { "an empty text".to_owned() } else { format!("`{name}`") }
}

/// The limit of an indexed column of that kind, as it is told.
pub(crate) const fn keyed_limit(kind: Kind) -> (u32, &'static str) {
    match kind {
        Kind::Bytes => (MAX_KEYED_BYTES, "bytes"),
        _ => (MAX_KEYED_CHARS, "characters"),
    }
}
