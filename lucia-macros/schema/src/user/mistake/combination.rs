//! Two attributes, or an attribute and a type, do not go together, and what is said about it.

use std::fmt;

use super::Rule;
use crate::AttributeSpec;

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
