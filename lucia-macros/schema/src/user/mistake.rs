//! Every mistake that can be found in a user struct, and what is said about it.
//!
//! One grammar for all: lower case, no full stop, the rule first and then what to write instead, which compiles.

mod field;

use std::fmt;

use crate::{AttributeSpec, MAX_COLUMNS, Position, ValueShape};
pub(crate) use field::{Conflict, Length, Naming, Typing, Value, keyed_limit};

/// A mistake, sorted by what it is about.
#[derive(Clone, Debug)]
pub(crate) enum Mistake {
    Shape(Shape),
    Syntax(Syntax),
    Typing(Typing),
    Naming(Naming),
    Length(Length),
    Value(Value),
    Conflict(Conflict),
}

/// The struct as a whole is not one that can be a user.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    NotAStruct { found: &'static str },
    Generics,
    WhereClause,
    MissingId,
    IdType,
    IdAttributes,
    TooManyColumns { count: usize },
    Cfg { attribute: &'static str },
}

/// `#[lucia(..)]` is not written as it should be.
#[derive(Clone, Debug)]
pub(crate) enum Syntax {
    NotAList,
    NotAName,
    Unknown { name: String, position: Position, meant: Option<&'static AttributeSpec> },
    Misplaced { spec: &'static AttributeSpec },
    Duplicate { spec: &'static AttributeSpec },
    Value { spec: &'static AttributeSpec },
    QuotedPath { path: String },
    RelativePath { path: String },
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(mistake) => mistake.fmt(f),
            Self::Syntax(mistake) => mistake.fmt(f),
            Self::Typing(mistake) => mistake.fmt(f),
            Self::Naming(mistake) => mistake.fmt(f),
            Self::Length(mistake) => mistake.fmt(f),
            Self::Value(mistake) => mistake.fmt(f),
            Self::Conflict(mistake) => mistake.fmt(f),
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAStruct { found } => write!(
                f,
                "`LuciaUser` can be derived for structs with named fields, not for {found}; \
                 write `pub struct User {{ pub id: UserId }}`"
            ),
            Self::Generics => f.write_str(
                "a user struct has no generics and no lifetimes, since one struct is one table; \
                 give every field an owned type: `pub struct User { pub id: UserId, pub name: String }`",
            ),
            Self::WhereClause => f.write_str(
                "a user struct has no `where` clause, since one struct is one table; remove it: \
                 `pub struct User { pub id: UserId }`",
            ),
            Self::MissingId => f.write_str("missing field `id`; every user has one, add `pub id: UserId`"),
            Self::IdType => f.write_str("the field `id` must be of type `UserId`; write `pub id: UserId`"),
            Self::IdAttributes => f.write_str(
                "the field `id` takes no `lucia` attributes, its column is fixed; write `pub id: UserId`",
            ),
            Self::TooManyColumns { count } => write!(
                f,
                "a user struct has at most {MAX_COLUMNS} fields, `id` included, and this one has {count}; keep the \
                 others in a table of your own that refers to `id`, for example `profile.user_id`"
            ),
            Self::Cfg { attribute } => write!(
                f,
                "`{attribute}` cannot decide over a part of a user struct, since the derive sees one side of it and \
                 the build step that writes migrations sees both; make it unconditional, for example \
                 `pub nickname: Option<String>`"
            ),
        }
    }
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAList => {
                f.write_str("`lucia` takes a list in parentheses; for example `#[lucia(unique)]`")
            }
            Self::NotAName => {
                f.write_str("expected the name of a lucia attribute; for example `#[lucia(unique)]`")
            }
            Self::Unknown { name, position, meant } => unknown(f, name, *position, *meant),
            Self::Misplaced { spec } => write!(
                f,
                "`{}` is only valid on {}, not on {}; write `{}`",
                spec.name,
                place(spec.position),
                place(other(spec.position)),
                spec.example()
            ),
            Self::Duplicate { spec } => write!(
                f,
                "duplicate `{}`, which was given before; keep one, for example `{}`",
                spec.name,
                spec.written()
            ),
            Self::Value { spec } if spec.value == ValueShape::Flag => {
                write!(f, "`{}` takes no value; write `{}`", spec.name, spec.written())
            }
            Self::Value { spec } => {
                write!(f, "`{}` takes {}; for example `{}`", spec.name, spec.value.describe(), spec.written())
            }
            Self::QuotedPath { path } => {
                write!(f, "`crate` takes a path and not a string; write `#[lucia(crate = {path})]`")
            }
            Self::RelativePath { path } => write!(
                f,
                "`crate` takes a path from the root, since it is used from other modules; \
                 write `#[lucia(crate = ::{path})]`, or `#[lucia(crate = crate::{path})]` for one of this crate"
            ),
        }
    }
}

fn unknown(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    position: Position,
    meant: Option<&'static AttributeSpec>,
) -> fmt::Result {
    let known: Vec<&str> = AttributeSpec::at(position).map(|spec| spec.name).collect();
    write!(
        f,
        "unknown lucia attribute `{name}`; on {} it is one of `{}`",
        place(position),
        known.join("`, `")
    )?;
    match meant {
        Some(spec) => write!(f, "\nhelp: did you mean `{}`?", spec.written()),
        None => match AttributeSpec::at(position).next() {
            Some(spec) => write!(f, "\nhelp: for example `{}`", spec.example()),
            None => Ok(()),
        },
    }
}

const fn place(position: Position) -> &'static str {
    match position {
        Position::Struct => "the struct",
        Position::Field => "a field",
    }
}

const fn other(position: Position) -> Position {
    match position {
        Position::Struct => Position::Field,
        Position::Field => Position::Struct,
    }
}

macro_rules! from_family {
    ($($family:ident),*) => {
        $(impl From<$family> for Mistake {
            fn from(mistake: $family) -> Self {
                Self::$family(mistake)
            }
        })*
    };
}

from_family!(Shape, Syntax, Typing, Naming, Length, Value, Conflict);
