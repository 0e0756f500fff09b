//! The one table of `#[lucia(..)]` attributes.
//!
//! The parser looks names up here, and the lists of unknown names, suggestions, messages about a wrong place or a wrong
//! value, and the reference page in the docs are made from it. Adding an attribute starts with a row.

/// Where an attribute may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Position {
    /// Above a user struct.
    Struct,
    /// Above a field of a user struct.
    Field,
    /// Above an enum or a newtype that derives `LuciaAttribute`.
    Type,
    /// Above a variant of such an enum.
    Variant,
}

impl Position {
    /// How messages and docs call it.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Struct => "a user struct",
            Self::Field => "a field",
            Self::Type => "an enum or a newtype",
            Self::Variant => "a variant",
        }
    }
}

/// What follows the name of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueShape {
    /// Nothing: `readonly`.
    Flag,
    /// Nothing, or one word in parentheses: `unique(nocase)`.
    FlagOrWord(&'static str),
    /// Names of fields in parentheses: `unique(tenant, name)`.
    Fields,
    /// A string literal: `column = "nick"`.
    Text,
    /// A whole number: `max_length = 32`.
    Integer,
    /// A literal or `now`: `default = 0`.
    Literal,
    /// A path: `crate = ::my::lucia`.
    Path,
    /// A type: `stored_as = String`.
    Type,
}

impl ValueShape {
    /// How messages and docs call it.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Flag => "no value",
            Self::FlagOrWord(_) => "no value, or `nocase` in parentheses",
            Self::Fields => "the names of fields in parentheses, without quotes",
            Self::Text => "a string literal",
            Self::Integer => "a whole number",
            Self::Literal => "a number, a text in quotes, `true`, `false` or `now`",
            Self::Path => "a path",
            Self::Type => "a type, without quotes",
        }
    }
}

/// Why two attributes of one field do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The other attribute.
    pub with: &'static str,
    /// The rest of a sentence that begins with “`a` cannot be combined with `b`”: the reason, and what to write.
    pub because: &'static str,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributeSpec {
    /// The name, as in `#[lucia(name)]`.
    pub name: &'static str,
    /// Where it may be written. A name that stands at several places with other values has a row for each.
    pub position: Position,
    /// What follows the name.
    pub value: ValueShape,
    /// What else people call it, most often since another library does: it is suggested to whoever writes so.
    pub also_called: &'static [&'static str],
    /// What goes between the parentheses of `#[lucia(..)]`, for example `max_length = 32`.
    pub syntax: &'static str,
    /// What the example stands above.
    pub on: &'static str,
    /// What it does, in one sentence or two.
    pub meaning: &'static str,
    /// Whether it may be written again, with another value.
    pub repeatable: bool,
    /// The attribute without which it means nothing.
    pub needs: Option<&'static str>,
    /// What it does not go together with.
    pub conflicts: &'static [Conflict],
}

impl AttributeSpec {
    /// The attribute alone, as it is written: `#[lucia(max_length = 32)]`.
    #[must_use]
    pub fn written(&self) -> String {
        format!("#[lucia({})]", self.syntax)
    }

    /// The attribute and what it stands above; it compiles.
    #[must_use]
    pub fn example(&self) -> String {
        let (written, on) = (self.written(), self.on);
        match self.position {
            Position::Struct if on.is_empty() => format!("{written} pub struct User {{ pub id: UserId }}"),
            Position::Struct => format!("{written} pub struct User {{ pub id: UserId, {on} }}"),
            Position::Type => format!("#[derive(Clone, Debug, LuciaAttribute)] {written} {on}"),
            Position::Field | Position::Variant => format!("{written} {on}"),
        }
    }

    /// The row of that name at that position.
    #[must_use]
    pub fn find(name: &str, position: Position) -> Option<&'static Self> {
        Self::at(position).find(|spec| spec.name == name)
    }

    /// The rows of that name, wherever it may be written.
    pub fn named(name: &str) -> impl Iterator<Item = &'static Self> {
        ATTRIBUTES.iter().filter(move |spec| spec.name == name)
    }

    /// The row at that position of which this is another name.
    #[must_use]
    pub fn also_called(name: &str, position: Position) -> Option<&'static Self> {
        Self::at(position).find(|spec| spec.also_called.contains(&name))
    }

    /// The rows that may be written there.
    pub fn at(position: Position) -> impl Iterator<Item = &'static Self> {
        ATTRIBUTES.iter().filter(move |spec| spec.position == position)
    }

    /// Why it does not go together with another one, whichever of the two says so.
    #[must_use]
    pub fn conflict(&self, other: &Self) -> Option<&'static str> {
        let said = |by: &Self, about: &Self| {
            by.conflicts.iter().find(|conflict| conflict.with == about.name).map(|conflict| conflict.because)
        };
        said(self, other).or_else(|| said(other, self))
    }
}

/// What most rows have.
const ROW: AttributeSpec = AttributeSpec {
    name: "",
    position: Position::Field,
    value: ValueShape::Flag,
    also_called: &[],
    syntax: "",
    on: "",
    meaning: "",
    repeatable: false,
    needs: None,
    conflicts: &[],
};

/// What other libraries have an attribute for and this one does without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAttribute {
    /// Where it would be written.
    pub position: Position,
    /// What it is called elsewhere.
    pub names: &'static [&'static str],
    /// What takes its place.
    pub instead: &'static str,
}

impl NoAttribute {
    /// What there is in the place of the attribute that others call so.
    #[must_use]
    pub fn find(name: &str, position: Position) -> Option<&'static Self> {
        NO_ATTRIBUTES.iter().find(|row| row.position == position && row.names.contains(&name))
    }
}

/// Every attribute that is asked for and is not there.
pub static NO_ATTRIBUTES: &[NoAttribute] = &[
    NoAttribute {
        position: Position::Struct,
        names: &["primary_key"],
        instead: "the primary key is always the field `id`",
    },
    NoAttribute {
        position: Position::Struct,
        names: &["rename_all"],
        instead: "a column is called as its field; give another name by `#[lucia(column = \"mail\")]` above it",
    },
    NoAttribute {
        position: Position::Field,
        names: &["primary_key", "pk"],
        instead: "the primary key is always the field `id`",
    },
    NoAttribute {
        position: Position::Field,
        names: &["nullable", "optional", "null"],
        instead: "a column may be null when the type of its field is an `Option`",
    },
    NoAttribute {
        position: Position::Field,
        names: &["not_null", "required"],
        instead: "a column may be null only when the type of its field is an `Option`",
    },
    NoAttribute {
        position: Position::Field,
        names: &["skip", "ignore", "flatten", "embed"],
        instead: "every field is a column; keep anything else in a struct of its own, which has the user's `id`",
    },
    NoAttribute {
        position: Position::Field,
        names: &["foreign_key", "references", "belongs_to"],
        instead: "keep it in a table of your own that refers to the user's `id`, or write the constraint in a migration of your own",
    },
    NoAttribute {
        position: Position::Field,
        names: &["check", "validate"],
        instead: "check a value before it is given, or write the constraint in a migration of your own",
    },
    NoAttribute {
        position: Position::Type,
        names: &["rename_all"],
        instead: "a variant is stored as its name in snake case; give another text by `#[lucia(rename = \"root\")]` above it",
    },
];

/// Every attribute there is.
pub static ATTRIBUTES: &[AttributeSpec] = &[
    AttributeSpec {
        name: "user_table",
        position: Position::Struct,
        value: ValueShape::Text,
        also_called: &["table", "table_name", "name"],
        syntax: r#"user_table = "member""#,
        meaning: "Names the table of users; `auth_user` without it. Each user type of an app needs three tables of its own.",
        ..ROW
    },
    AttributeSpec {
        name: "session_table",
        position: Position::Struct,
        value: ValueShape::Text,
        syntax: r#"session_table = "member_session""#,
        meaning: "Names the table of sessions; `auth_session` without it.",
        ..ROW
    },
    AttributeSpec {
        name: "key_table",
        position: Position::Struct,
        value: ValueShape::Text,
        syntax: r#"key_table = "member_key""#,
        meaning: "Names the table of keys; `auth_key` without it.",
        ..ROW
    },
    AttributeSpec {
        name: "renamed_from",
        position: Position::Struct,
        value: ValueShape::Text,
        also_called: &["was", "previously", "old_name"],
        syntax: r#"user_table = "member", renamed_from = "auth_user""#,
        meaning: "Says what the table of users was called before, so that the next migration renames it and keeps its rows. Once that \
                  is written it means nothing any more and may go.",
        ..ROW
    },
    AttributeSpec {
        name: "unique",
        position: Position::Struct,
        value: ValueShape::Fields,
        also_called: &["unique_together", "composite_unique"],
        syntax: "unique(tenant, name)",
        on: "pub tenant: i64, pub name: String",
        meaning: "No two users have the same values of these attributes together, compared byte for byte, and a user can be \
                  looked up by them together. It may be written more than once.",
        repeatable: true,
        ..ROW
    },
    AttributeSpec {
        name: "migrations",
        position: Position::Struct,
        value: ValueShape::Text,
        also_called: &["migrations_dir", "migration_dir", "folder"],
        syntax: r#"migrations = "migrations""#,
        meaning: "Lets the struct compile only while it is what the newest migration in this folder leads to. The folder is given from that \
                  of `Cargo.toml`, and `cargo lucia migrate make` keeps the file `lucia.lock` there, which says so. An app with a build \
                  script does without: that says the same.",
        ..ROW
    },
    AttributeSpec {
        name: "crate",
        position: Position::Struct,
        value: ValueShape::Path,
        syntax: "crate = ::lucia",
        meaning: "Says where the crate `lucia` is found when it is renamed or re-exported; `::lucia` without it.",
        ..ROW
    },
    AttributeSpec {
        name: "unique",
        value: ValueShape::FlagOrWord("nocase"),
        also_called: &["unique_key", "key"],
        syntax: "unique",
        on: "pub username: String",
        meaning: "No two users have the same value, compared byte for byte, and a user can be looked up by it. With \
                  `unique(nocase)` the letters A to Z and a to z are equal to each other, and a look-up finds either.",
        conflicts: &[
            Conflict {
                with: "index",
                because: "since what is unique has an index already; write `#[lucia(unique)]`",
            },
            Conflict {
                with: "default",
                because: "since the second user with the default would be refused; write `#[lucia(unique)]`, on an `Option` if a \
                          user may have none",
            },
            Conflict {
                with: "sql_type",
                because: "since lucia cannot compare values of the database's own types; remove `unique`, and make the unique \
                          index in a migration of your own",
            },
        ],
        ..ROW
    },
    AttributeSpec {
        name: "index",
        also_called: &["indexed", "btree"],
        syntax: "index",
        on: "pub country: String",
        meaning: "Gives the column an index, for the app's own queries.",
        ..ROW
    },
    AttributeSpec {
        name: "max_length",
        value: ValueShape::Integer,
        also_called: &["length", "len", "max_len", "max", "size", "limit", "varchar"],
        syntax: "max_length = 32",
        on: "pub nickname: String",
        meaning: "The most characters of a text or bytes of a `Vec<u8>`, checked whenever a value is stored; \
                  255 without it when the attribute is `unique` or has an `index`, no limit otherwise.",
        ..ROW
    },
    AttributeSpec {
        name: "default",
        value: ValueShape::Literal,
        also_called: &["default_value", "default_expr", "value"],
        syntax: "default = 0",
        on: "pub logins: i32",
        meaning: "The value of a user who is created without one: a literal of the field's type, the text of a variant for an \
                  enum, or `now` for a timestamp.",
        ..ROW
    },
    AttributeSpec {
        name: "readonly",
        also_called: &["immutable", "skip_update", "generated"],
        syntax: "readonly, default = now",
        on: "pub created_at: DateTime<Utc>",
        meaning: "Given neither when a user is created nor in a change: the database and the app's own queries set it.",
        ..ROW
    },
    AttributeSpec {
        name: "column",
        value: ValueShape::Text,
        also_called: &["name", "column_name", "db_column"],
        syntax: r#"column = "mail""#,
        on: "pub email: String",
        meaning: "Names the column; it is called as the field without it.",
        ..ROW
    },
    AttributeSpec {
        name: "renamed_from",
        value: ValueShape::Text,
        also_called: &["was", "previously", "old_name", "alias"],
        syntax: r#"renamed_from = "mail""#,
        on: "pub email: String",
        meaning: "Says what the column was called before, so that the next migration renames it and keeps its values; without it a \
                  field of another name is another column. Once that is written it means nothing any more and may go.",
        ..ROW
    },
    AttributeSpec {
        name: "stored_as",
        value: ValueShape::Type,
        also_called: &["json", "text", "as", "into", "try_from", "serialize_as", "with"],
        syntax: "stored_as = String",
        on: "pub role: Role",
        meaning: "Says how a type is stored whose spelling does not tell: as one of the types below for an enum or a newtype that \
                  derives `LuciaAttribute`, as `Json` for one that implements serde's `Serialize` and `Deserialize`.",
        conflicts: &[Conflict {
            with: "sql_type",
            because: "since either lucia or Diesel stores the value; keep one, for example `#[lucia(stored_as = String)]`",
        }],
        ..ROW
    },
    AttributeSpec {
        name: "sql_type",
        value: ValueShape::Type,
        also_called: &["type", "ty", "column_type", "db_type"],
        syntax: r#"sql_type = Array<Text>, postgres = "TEXT[]""#,
        on: "pub tags: Vec<String>",
        meaning: "Stores a type that has Diesel's `ToSql` and `FromSql` in a column of this type: one of `diesel::sql_types`, or \
                  one of the app's own by its path from `crate`. The app then has the databases that the field names.",
        conflicts: &[
            Conflict {
                with: "default",
                because: "since a literal is not a value of the database's own type; remove `default`, and make the field an \
                          `Option` if a user may have no value",
            },
            Conflict {
                with: "max_length",
                because: "since the column's own type says how much it holds; remove `max_length`, for example \
                          `#[lucia(sql_type = Text, postgres = \"VARCHAR(32)\")]`",
            },
        ],
        ..ROW
    },
    AttributeSpec {
        name: "sqlite",
        value: ValueShape::Text,
        syntax: r#"sql_type = Double, sqlite = "DOUBLE""#,
        on: "pub ratio: f64",
        meaning: "The type of the column on SQLite, for an attribute with a `sql_type`.",
        needs: Some("sql_type"),
        ..ROW
    },
    AttributeSpec {
        name: "postgres",
        value: ValueShape::Text,
        also_called: &["postgresql", "pg"],
        syntax: r#"sql_type = Array<BigInt>, postgres = "BIGINT[]""#,
        on: "pub badges: Vec<i64>",
        meaning: "The type of the column on PostgreSQL, for an attribute with a `sql_type`.",
        needs: Some("sql_type"),
        ..ROW
    },
    AttributeSpec {
        name: "mysql",
        value: ValueShape::Text,
        also_called: &["mariadb"],
        syntax: r#"sql_type = Unsigned<BigInt>, mysql = "BIGINT UNSIGNED""#,
        on: "pub points: u64",
        meaning: "The type of the column on MySQL and MariaDB, for an attribute with a `sql_type`.",
        needs: Some("sql_type"),
        ..ROW
    },
    AttributeSpec {
        name: "crate",
        position: Position::Type,
        value: ValueShape::Path,
        syntax: "crate = ::lucia",
        on: "pub enum Role { Member, Admin }",
        meaning: "Says where the crate `lucia` is found when it is renamed or re-exported; `::lucia` without it.",
        ..ROW
    },
    AttributeSpec {
        name: "rename",
        position: Position::Variant,
        value: ValueShape::Text,
        also_called: &["name", "value", "text", "db_rename"],
        syntax: r#"rename = "root""#,
        on: "Admin",
        meaning: "The text that the variant is stored as; its name in snake case without it.",
        ..ROW
    },
];
