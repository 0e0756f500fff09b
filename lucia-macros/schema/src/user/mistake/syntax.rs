//! `#[lucia(..)]` is not written as it should be.

use std::fmt;

use super::Rule;
use crate::{AttributeSpec, NoAttribute, Position, ValueShape};

#[derive(Clone, Debug)]
pub(crate) enum Syntax {
    NotAList { example: &'static AttributeSpec },
    NotAName { example: &'static AttributeSpec },
    Unknown { name: String, position: Position, meant: Option<&'static AttributeSpec> },
    Misplaced { specs: Vec<&'static AttributeSpec>, position: Position },
    Duplicate { spec: &'static AttributeSpec },
    Value { spec: &'static AttributeSpec },
    QuotedPath { path: String },
    RelativePath { path: String },
    Needs { spec: &'static AttributeSpec, needed: &'static str },
}

impl Syntax {
    pub(crate) const fn rule(&self) -> Rule {
        match self {
            Self::NotAList { .. } => Rule::NotAList,
            Self::NotAName { .. } => Rule::NotAName,
            Self::Unknown { .. } => Rule::Unknown,
            Self::Misplaced { .. } => Rule::Misplaced,
            Self::Duplicate { .. } => Rule::Duplicate,
            Self::Value { .. } => Rule::Malformed,
            Self::QuotedPath { .. } => Rule::QuotedPath,
            Self::RelativePath { .. } => Rule::RelativePath,
            Self::Needs { .. } => Rule::Needs,
        }
    }
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAList { example } => {
                write!(f, "`lucia` takes a list in parentheses; write for example `{}`", example.written())
            }
            Self::NotAName { example } => {
                write!(f, "expected the name of a lucia attribute; write for example `{}`", example.written())
            }
            Self::Unknown { name, position, meant } => unknown(f, name, *position, *meant),
            Self::Misplaced { specs, position } => misplaced(f, specs, *position),
            Self::Duplicate { spec } => {
                write!(f, "duplicate `{}`, which was given before; remove one of the two", spec.name)
            }
            Self::Value { spec } => value(f, spec),
            Self::QuotedPath { path } => {
                write!(f, "`crate` takes a path and not a string; write `#[lucia(crate = {path})]`")
            }
            Self::RelativePath { path } => write!(
                f,
                "`crate` takes a path from the root, since it is used from other modules; \
                 write `#[lucia(crate = ::{path})]`, or `#[lucia(crate = crate::{path})]` if it is a module of this crate"
            ),
            Self::Needs { spec, needed } => write!(
                f,
                "`{}` means nothing without `{needed}`; write both, for example `{}`, or remove it",
                spec.name,
                spec.written()
            ),
        }
    }
}

fn value(f: &mut fmt::Formatter<'_>, spec: &AttributeSpec) -> fmt::Result {
    let AttributeSpec { name, position, .. } = spec;
    match spec.value {
        ValueShape::Flag => write!(f, "`{name}` takes no value; write `#[lucia({name})]`"),
        shape @ (ValueShape::FlagOrWord(_) | ValueShape::Fields) => {
            let (place, takes) = (position.describe(), shape.describe());
            write!(f, "`{name}` on {place} takes {takes}; write for example `{}`", spec.written())?;
            if let ValueShape::FlagOrWord(word) = shape {
                write!(f, " or `#[lucia({name}({word}))]`")?;
            }
            Ok(())
        }
        shape => write!(f, "`{name}` takes {}; write for example `{}`", shape.describe(), spec.written()),
    }
}

fn unknown(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    position: Position,
    meant: Option<&'static AttributeSpec>,
) -> fmt::Result {
    let known: Vec<&str> = AttributeSpec::at(position).map(|spec| spec.name).collect();
    let (one_of, known) =
        (if known.len() == 1 { "there is only" } else { "it is one of" }, known.join("`, `"));
    write!(f, "unknown lucia attribute `{name}`; on {} {one_of} `{known}`", position.describe())?;
    match meant {
        Some(AttributeSpec { name: meant, value: ValueShape::FlagOrWord(word), .. }) if *word == name => {
            write!(f, "\nhelp: did you mean `{meant}({word})`?")
        }
        Some(spec) => write!(f, "\nhelp: did you mean `{}`?", spec.name),
        None => match (NoAttribute::find(name, position), AttributeSpec::at(position).next()) {
            (Some(no), _) => write!(f, "\nhelp: {}", no.instead),
            (None, Some(spec)) => write!(f, "\nhelp: for example `{}`", spec.example()),
            (None, None) => Ok(()),
        },
    }
}

/// The attribute is one of other places.
fn misplaced(f: &mut fmt::Formatter<'_>, specs: &[&AttributeSpec], position: Position) -> fmt::Result {
    let Some(first) = specs.first() else { return Ok(()) };
    let places: Vec<&str> = specs.iter().map(|spec| spec.position.describe()).collect();
    let (name, places, here) = (first.name, places.join(" or "), position.describe());
    write!(f, "`{name}` is only valid on {places}, not on {here}; ")?;
    match (name, position) {
        // What serde and Diesel call so.
        ("rename", Position::Field) => {
            f.write_str("the name of a column is given by `#[lucia(column = \"mail\")]`")
        }
        _ => write!(f, "move it there, for example `{}`", first.example()),
    }
}
