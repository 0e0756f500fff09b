//! The types that come with a feature, and the questions about them: a module for each feature, whether it is on or not.
//!
//! Where it is off, all of its types are one that stores nothing, and rustc answers that the feature is to be turned on.

/// What takes the place of the types and of the questions, with what rustc says then.
#[cfg(not(all(feature = "chrono", feature = "json", feature = "uuid")))]
macro_rules! off {
    ($message:literal, $note:literal: $($name:ident)*) => {
        use std::fmt::Debug;

        use crate::diesel::Unread;
        use crate::user::{Codec, Sealed, Storage, StoredAs, Unreadable, is_its_own_option};

        /// In the place of every type of the feature.
        #[derive(Debug)]
        pub struct Off;
        $(pub use Off as $name;)*

        impl Sealed for Off {}

        impl Storage for Off {
            type Bound<'a> = Unread;
            type Row = Unread;

            is_its_own_option!();

            fn to_value(_: Unread) -> crate::Value {
                crate::Value::Null
            }

            fn from_value(_: crate::Value) -> Option<Unread> {
                None
            }
        }

        impl StoredAs<Self> for Off {
            fn bound(&self) -> Unread {
                Unread
            }

            fn from_row(_: Unread) -> std::result::Result<Self, Unreadable> {
                Ok(Self)
            }
        }

        /// Is the feature on?
        #[diagnostic::on_unimplemented(message = $message, label = "the feature is off", note = $note)]
        pub trait SpelledLike<S: Storage>: Sized {
            /// What would be done with its values.
            const CODEC: Codec<Self, S>;
        }
        pub use SpelledLike as DeclaredAs;
        pub use SpelledLike as KeptAsJson;

        /// Of a newtype this has been said already, where it is derived.
        #[diagnostic::do_not_recommend]
        impl<T: StoredAs<S> + Clone + Debug, S: Storage> SpelledLike<S> for T {
            const CODEC: Codec<Self, S> = Codec::OF;
        }
    };
}

/// Feature `chrono`.
pub mod chrono {
    #[cfg(feature = "chrono")]
    pub use ::chrono::{NaiveDate, NaiveDateTime, NaiveTime};

    #[cfg(feature = "chrono")]
    pub use crate::check::{DeclaredAs, SpelledLike};

    /// The only `DateTime` that has a column type.
    #[cfg(feature = "chrono")]
    pub type DateTimeUtc = ::chrono::DateTime<::chrono::Utc>;

    #[cfg(not(feature = "chrono"))]
    off!(
        "`{Self}` needs the feature `chrono` of lucia", "run `cargo add lucia --features chrono`":
        DateTimeUtc NaiveDate NaiveDateTime NaiveTime
    );
}

/// Feature `uuid`.
pub mod uuid {
    #[cfg(feature = "uuid")]
    pub use ::uuid::Uuid;

    #[cfg(feature = "uuid")]
    pub use crate::check::{DeclaredAs, SpelledLike};

    #[cfg(not(feature = "uuid"))]
    off!("`{Self}` needs the feature `uuid` of lucia", "run `cargo add lucia --features uuid`": Uuid);
}

/// Feature `json`.
pub mod json {
    #[cfg(feature = "json")]
    pub use serde_json::Value;

    #[cfg(feature = "json")]
    pub use crate::Json;
    #[cfg(feature = "json")]
    pub use crate::check::{DeclaredAs, KeptAsJson, SpelledLike};

    #[cfg(not(feature = "json"))]
    off!("`{Self}` needs the feature `json` of lucia", "run `cargo add lucia --features json`": Json Value);
}
