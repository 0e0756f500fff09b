//! `#[lucia(..)]` is not written as it should be.

use std::fmt;

use super::Rule;
use crate::{AttributeSpec, Position, ValueShape};

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
                write!(f, "`lucia` takes a list in parentheses; for example `{}`", example.written())
            }
            Self::NotAName { example } => {
                write!(f, "expected the name of a lucia attribute; for example `{}`", example.written())
            }
            Self::Unknown { name, position, meant } => unknown(f, name, *position, *meant),
            Self::Misplaced { specs, position } => misplaced(f, specs, *position),
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
            Self::Needs { spec, needed } => write!(
                f,
                "`{}` means nothing without `{needed}`; write both, for example `{}`, or remove it",
                spec.name,
                spec.written()
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
    let known = known.join("`, `");
    write!(f, "unknown lucia attribute `{name}`; on {} it is one of `{known}`", position.describe())?;
    match meant {
        Some(spec) => write!(f, "\nhelp: did you mean `{}`?", spec.written()),
        None => match AttributeSpec::at(position).next() {
            Some(spec) => write!(f, "\nhelp: for example `{}`", spec.example()),
            None => Ok(()),
        },
    }
}

/// The attribute is one of other places.
fn misplaced(f: &mut fmt::Formatter<'_>, specs: &[&AttributeSpec], position: Position) -> fmt::Result {
    let Some(first) = specs.first() else { return Ok(()) };
    let places: Vec<&str> = specs.iter().map(|spec| spec.position.describe()).collect();
    write!(
        f,
        "`{}` is only valid on {}, not on {}; write `{}`",
        first.name,
        places.join(" or "),
        position.describe(),
        first.example()
    )
}
