//! Every mistake that can be found in the tokens of a user struct, and what is said about it.
//!
//! One grammar for all: lower case, no full stop, the rule first and then what to write instead, which compiles.

mod attribute;
mod combination;
mod length;
mod naming;
mod renaming;
mod shape;
mod syntax;
mod together;
mod typing;
mod value;

use std::fmt;

pub(crate) use attribute::AttributeShape;
pub(crate) use combination::Combination;
pub(crate) use length::{Length, keyed_limit};
pub(crate) use naming::Naming;
use naming::shown;
pub(crate) use renaming::Renaming;
pub(crate) use shape::Shape;
pub(crate) use syntax::Syntax;
pub(crate) use together::Together;
pub(crate) use typing::Typing;
pub(crate) use value::Value;

use super::Rule;

macro_rules! families {
    ($($family:ident),*) => {
        /// A mistake, sorted by what it is about.
        #[derive(Clone, Debug)]
        pub(crate) enum Mistake {
            $($family($family),)*
        }

        impl Mistake {
            /// The rule that is broken.
            pub(crate) fn rule(&self) -> Rule {
                match self {
                    $(Self::$family(mistake) => mistake.rule(),)*
                }
            }
        }

        impl fmt::Display for Mistake {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$family(mistake) => mistake.fmt(f),)*
                }
            }
        }

        $(impl From<$family> for Mistake {
            fn from(mistake: $family) -> Self {
                Self::$family(mistake)
            }
        })*
    };
}

families!(Shape, Syntax, Typing, Naming, Renaming, Length, Value, Combination, Together, AttributeShape);
