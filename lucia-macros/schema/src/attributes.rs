//! The one table of `#[lucia(..)]` attributes.
//!
//! The parser looks names up here, and the lists of unknown names, suggestions, messages about a wrong place or a wrong
//! value, and the reference page in the docs are made from it. Adding an attribute starts with a row.

/// Where an attribute may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Position {
    /// Above the struct.
    Struct,
    /// Above a field.
    Field,
}

/// What follows the name of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueShape {
    /// Nothing: `unique`.
    Flag,
    /// A string literal: `column = "nick"`.
    Text,
    /// A whole number: `max_length = 32`.
    Integer,
    /// A literal or `now`: `default = 0`.
    Literal,
    /// A path: `crate = ::my::lucia`.
    Path,
}

impl ValueShape {
    /// How messages and docs call it.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Flag => "no value",
            Self::Text => "a string literal",
            Self::Integer => "a whole number",
            Self::Literal => "a literal or `now`",
            Self::Path => "a path",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributeSpec {
    /// The name, as in `#[lucia(name)]`.
    pub name: &'static str,
    /// Where it may be written.
    pub position: Position,
    /// What follows the name.
    pub value: ValueShape,
    /// What goes between the parentheses of `#[lucia(..)]`, for example `max_length = 32`.
    pub syntax: &'static str,
    /// What the example stands above.
    pub on: &'static str,
    /// What it does, in one sentence.
    pub meaning: &'static str,
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
        format!("{} {}", self.written(), self.on)
    }

    /// The row of that name, wherever it may be written.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        ATTRIBUTES.iter().find(|spec| spec.name == name)
    }

    /// The rows that may be written there.
    pub fn at(position: Position) -> impl Iterator<Item = &'static Self> {
        ATTRIBUTES.iter().filter(move |spec| spec.position == position)
    }
}

const STRUCT: &str = "pub struct User { pub id: UserId }";

/// Every attribute there is.
pub static ATTRIBUTES: &[AttributeSpec] = &[
    AttributeSpec {
        name: "user_table",
        position: Position::Struct,
        value: ValueShape::Text,
        syntax: r#"user_table = "member""#,
        on: STRUCT,
        meaning: "Names the table of users; `auth_user` without it.",
    },
    AttributeSpec {
        name: "session_table",
        position: Position::Struct,
        value: ValueShape::Text,
        syntax: r#"session_table = "member_session""#,
        on: STRUCT,
        meaning: "Names the table of sessions; `auth_session` without it.",
    },
    AttributeSpec {
        name: "key_table",
        position: Position::Struct,
        value: ValueShape::Text,
        syntax: r#"key_table = "member_key""#,
        on: STRUCT,
        meaning: "Names the table of keys; `auth_key` without it.",
    },
    AttributeSpec {
        name: "crate",
        position: Position::Struct,
        value: ValueShape::Path,
        syntax: "crate = ::my::lucia",
        on: STRUCT,
        meaning: "Says where the crate `lucia` is found when it is renamed or re-exported; `::lucia` without it.",
    },
    AttributeSpec {
        name: "unique",
        position: Position::Field,
        value: ValueShape::Flag,
        syntax: "unique",
        on: "pub username: String",
        meaning: "No two users have the same value, compared byte for byte, and a user can be looked up by it.",
    },
    AttributeSpec {
        name: "index",
        position: Position::Field,
        value: ValueShape::Flag,
        syntax: "index",
        on: "pub country: String",
        meaning: "Gives the column an index, for the app's own queries.",
    },
    AttributeSpec {
        name: "max_length",
        position: Position::Field,
        value: ValueShape::Integer,
        syntax: "max_length = 32",
        on: "pub nickname: String",
        meaning: "The most characters of a `String` or bytes of a `Vec<u8>`, checked whenever a value is stored; \
                  255 without it when the attribute is `unique` or has an `index`, no limit otherwise.",
    },
    AttributeSpec {
        name: "default",
        position: Position::Field,
        value: ValueShape::Literal,
        syntax: "default = 0",
        on: "pub logins: i32",
        meaning: "The value of a user who is created without one: a literal of the field's type, or `now` for a timestamp.",
    },
    AttributeSpec {
        name: "readonly",
        position: Position::Field,
        value: ValueShape::Flag,
        syntax: "readonly, default = now",
        on: "pub created_at: DateTime<Utc>",
        meaning: "Given neither when a user is created nor in a change: the database and the app's own queries set it.",
    },
    AttributeSpec {
        name: "column",
        position: Position::Field,
        value: ValueShape::Text,
        syntax: r#"column = "mail""#,
        on: "pub email: String",
        meaning: "Names the column; it is called as the field without it.",
    },
];
