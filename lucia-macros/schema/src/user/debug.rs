//! `Debug` of the model, by hand: the syntax trees have none without a feature that costs every app compile time.

use std::fmt;

use quote::ToTokens;

use super::types::spelled;
use super::{Attribute, IdField, Storage, UserStruct};

impl fmt::Debug for UserStruct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserStruct")
            .field("ident", &self.ident.to_string())
            .field("krate", &self.krate.to_token_stream().to_string())
            .field("tables", &self.tables)
            .field("unique", &self.unique)
            .field("renames", &self.renames)
            .field("renamed_table", &self.renamed_table)
            .field("migrations", &self.migrations.as_ref().map(|folder| &folder.path))
            .field("id", &self.id)
            .field("attributes", &self.attributes)
            .field("is_valid", &self.is_valid)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for IdField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdField")
            .field("ident", &self.ident.to_string())
            .field("ty", &spelled(&self.ty))
            .field("known", &self.known)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute")
            .field("ident", &self.ident.to_string())
            .field("column", &self.column)
            .field("ty", &spelled(&self.ty))
            .field("optional", &self.optional)
            .field("kind", &self.kind)
            .field("known", &self.known)
            .field("storage", &self.storage)
            .field("unique", &self.unique)
            .field("nocase", &self.nocase)
            .field("index", &self.index)
            .field("max_length", &self.max_length)
            .field("default", &self.default)
            .field("readonly", &self.readonly)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spelled => f.write_str("Spelled"),
            Self::Declared => f.write_str("Declared"),
            Self::Native { sql_type, native } => f
                .debug_struct("Native")
                .field("sql_type", &spelled(sql_type))
                .field("native", native)
                .finish(),
        }
    }
}
