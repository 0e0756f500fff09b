//! The three tables of a user type. The columns of sessions and keys are the documented ones of Lucia v1, and ours
//! beside them are nullable, so that Lucia v1 can work on the same tables.

use crate::{Column, ForeignKey, Index, Schema, Table, Type, names};

/// The most bytes of a user id; Lucia v1 makes 15.
const USER_ID: Type = Type::Id { max_bytes: 64 };
/// The most bytes of a session id; we store 64, Lucia v1 40, and adopted tables other lengths.
const SESSION_ID: Type = Type::Id { max_bytes: 127 };
/// The most bytes of a key id: a provider of up to 32, a colon, and an identifier in its canonical ASCII form.
const KEY_ID: Type = Type::Id { max_bytes: 1024 };
/// The most characters of a password hash in PHC form.
const HASH: Type = Type::Text { max_length: Some(255) };

/// What the three tables are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableNames {
    /// The table of users.
    pub user: String,
    /// The table of sessions.
    pub session: String,
    /// The table of keys.
    pub key: String,
}

impl Default for TableNames {
    fn default() -> Self {
        Self { user: "auth_user".to_owned(), session: "auth_session".to_owned(), key: "auth_key".to_owned() }
    }
}

/// How a column of the user table is indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyed {
    /// Not at all.
    No,
    /// By an index that allows equal values.
    Index,
    /// By an index that refuses them.
    Unique,
    /// By one that refuses them and takes the letters A to Z and a to z for equal.
    UniqueNocase,
}

/// A column that a user attribute asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct UserColumn {
    /// The column.
    pub column: Column,
    /// How it is indexed.
    pub keyed: Keyed,
}

impl Schema {
    /// The tables of a user type with these attributes, of which some columns are unique together.
    #[must_use]
    pub fn of(names: &TableNames, attributes: &[UserColumn], together: &[Vec<String>]) -> Self {
        let session = session_table(names);
        let key = key_table(names);
        let taken = taken_names(names, &[&session, &key]);
        Self { tables: vec![user_table(names, attributes, together, taken), session, key] }
    }

    /// The tables of a user type whose table of users is known already.
    ///
    /// # Example
    ///
    /// ```
    /// use lucia_schema::{Schema, TableNames};
    ///
    /// let schema = Schema::of(&TableNames::default(), &[], &[]);
    /// let users = schema.tables[0].clone();
    /// assert_eq!(Schema::with_users(users, "auth_session", "auth_key"), schema);
    /// ```
    #[must_use]
    pub fn with_users(users: Table, session: &str, key: &str) -> Self {
        let names = TableNames { user: users.name.clone(), session: session.to_owned(), key: key.to_owned() };
        Self { tables: vec![users, session_table(&names), key_table(&names)] }
    }

    /// The table of sessions alone, for a database that has no users, and beside it the one with a row for each of their users.
    #[must_use]
    pub fn sessions() -> Self {
        let table = session_table(&TableNames::default());
        let owners = Table {
            name: "auth_session_user".to_owned(),
            columns: vec![required("user_id", USER_ID)],
            primary_key: vec!["user_id".to_owned()],
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
        };
        Self { tables: vec![Table { foreign_keys: Vec::new(), ..table }, owners] }
    }
}

fn user_table(
    names: &TableNames,
    attributes: &[UserColumn],
    together: &[Vec<String>],
    mut taken: Vec<String>,
) -> Table {
    let mut columns = vec![required("id", USER_ID)];
    columns.extend(attributes.iter().map(|attribute| attribute.column.clone()));
    let of_columns = attributes
        .iter()
        .filter(|attribute| attribute.keyed != Keyed::No)
        .map(|attribute| index(&names.user, &attribute.column.name, attribute.keyed));
    let of_several = together.iter().map(|columns| index_of_several(&names.user, columns));
    let mut indexes = Vec::new();
    for index in of_columns.chain(of_several) {
        let index = distinct(index, &names.user, &taken);
        taken.push(index.name.to_lowercase());
        indexes.push(index);
    }
    Table {
        name: names.user.clone(),
        columns,
        primary_key: vec!["id".to_owned()],
        indexes,
        foreign_keys: Vec::new(),
    }
}

fn session_table(names: &TableNames) -> Table {
    let name = &names.session;
    Table {
        name: name.clone(),
        columns: vec![
            required("id", SESSION_ID),
            required("user_id", USER_ID),
            required("active_expires", Type::I64),
            required("idle_expires", Type::I64),
            // Ours, unknown to Lucia v1.
            optional("created_at", Type::I64),
            optional("absolute_expires", Type::I64),
            optional("renewed_from", SESSION_ID),
        ],
        primary_key: vec!["id".to_owned()],
        indexes: vec![
            index(name, "user_id", Keyed::Index),
            // Dead sessions are found by it.
            index(name, "idle_expires", Keyed::Index),
            // Of two renewals of one session only one can be stored.
            index(name, "renewed_from", Keyed::Unique),
        ],
        foreign_keys: vec![user_reference(name, names)],
    }
}

fn key_table(names: &TableNames) -> Table {
    let name = &names.key;
    Table {
        name: name.clone(),
        columns: vec![
            required("id", KEY_ID),
            required("user_id", USER_ID),
            required("primary_key", Type::Bool),
            optional("hashed_password", HASH),
            optional("expires", Type::I64),
        ],
        primary_key: vec!["id".to_owned()],
        indexes: vec![
            index(name, "user_id", Keyed::Index),
            // Expired keys are found by it.
            index(name, "expires", Keyed::Index),
        ],
        foreign_keys: vec![user_reference(name, names)],
    }
}

fn required(name: &str, ty: Type) -> Column {
    Column { name: name.to_owned(), ty, nullable: false, default: None }
}

fn optional(name: &str, ty: Type) -> Column {
    Column { nullable: true, ..required(name, ty) }
}

fn index(table: &str, column: &str, keyed: Keyed) -> Index {
    let unique = keyed != Keyed::Index;
    Index {
        name: names::made_of(table, column, suffix(unique)),
        columns: vec![column.to_owned()],
        unique,
        nocase: keyed == Keyed::UniqueNocase,
    }
}

fn index_of_several(table: &str, columns: &[String]) -> Index {
    let name = names::made_of(table, &columns.join(","), suffix(true));
    Index { name, columns: columns.to_vec(), unique: true, nocase: false }
}

const fn suffix(unique: bool) -> &'static str {
    if unique { "key" } else { "idx" }
}

fn user_reference(table: &str, names: &TableNames) -> ForeignKey {
    ForeignKey {
        name: names::made_of(table, "user_id", "fkey"),
        columns: vec!["user_id".to_owned()],
        table: names.user.clone(),
        references: vec!["id".to_owned()],
    }
}

/// Names that an index of the user table must not have. Tables and indexes share one space of names in PostgreSQL and
/// SQLite, and `auth` + `key_user_id` makes the same name as `auth_key` + `user_id`.
fn taken_names(names: &TableNames, children: &[&Table]) -> Vec<String> {
    let tables = [&names.user, &names.session, &names.key];
    let indexes = children.iter().flat_map(|table| table.indexes.iter().map(|index| &index.name));
    tables.into_iter().chain(indexes).map(|name| name.to_lowercase()).collect()
}

/// The index, under another name if its own is taken.
fn distinct(index: Index, table: &str, taken: &[String]) -> Index {
    if !taken.contains(&index.name.to_lowercase()) {
        return index;
    }
    let name = names::hashed(table, &index.columns.join(","), suffix(index.unique));
    Index { name, ..index }
}
