//! The description of a user struct as data: names of tables, and an [`Attribute`] for each field.

/// The names of the tables of one user type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tables {
    /// The table of users, `auth_user` unless the struct says otherwise.
    pub user: &'static str,
    /// The table of sessions, `auth_session` unless the struct says otherwise.
    pub session: &'static str,
    /// The table of keys, `auth_key` unless the struct says otherwise.
    pub key: &'static str,
}

impl Tables {
    /// The three names.
    #[must_use]
    pub const fn new(user: &'static str, session: &'static str, key: &'static str) -> Self {
        Self { user, session, key }
    }
}

/// One attribute of a user struct, as written there.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Attribute {
    /// The field's name.
    pub name: &'static str,
    /// The column's name.
    pub column: &'static str,
    /// What its values are.
    pub kind: AttributeKind,
    /// Whether the field is an `Option`.
    pub nullable: bool,
    /// Whether it is given neither at creation nor in a change.
    pub readonly: bool,
    /// The greatest length: characters of a text, bytes of binary data.
    pub max_length: Option<u32>,
    /// What it is when creation does not say.
    pub default: Option<AttributeDefault>,
}

/// What the values of an attribute are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeKind {
    /// `String`
    Text,
    /// `bool`
    Bool,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `Vec<u8>`
    Bytes,
    /// `chrono::NaiveDate`
    Date,
    /// `chrono::NaiveTime`
    Time,
    /// `chrono::NaiveDateTime`
    Timestamp,
    /// `chrono::DateTime<Utc>`, kept in a column that holds UTC
    TimestampUtc,
    /// `uuid::Uuid`, kept as 16 bytes
    Uuid,
    /// Whatever serde can write and read, kept as text
    Json,
    /// A type of Diesel's, kept in a column of a `sql_type`
    Native,
}

/// What an attribute is when creating a user does not say.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum AttributeDefault {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A text.
    Text(&'static str),
    /// The time of creation.
    Now,
}

impl Attribute {
    /// An attribute without rules.
    #[must_use]
    pub const fn new(name: &'static str, column: &'static str, kind: AttributeKind) -> Self {
        Self { name, column, kind, nullable: false, readonly: false, max_length: None, default: None }
    }

    /// The same, and it may be absent.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The same, and only the library sets it.
    #[must_use]
    pub const fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// The same, and no value is longer: characters of a text, bytes of binary data.
    #[must_use]
    pub const fn max_length(mut self, length: u32) -> Self {
        self.max_length = Some(length);
        self
    }

    /// The same, and it has a value when creation gives none.
    #[must_use]
    pub const fn default(mut self, default: AttributeDefault) -> Self {
        self.default = Some(default);
        self
    }
}
