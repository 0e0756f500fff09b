//! The page of attributes in the documentation of `lucia`, made from the tables that the parser reads.
//!
//! `LUCIA_GOLDEN=write` writes it; a difference otherwise fails. Every example on it is a test of the documentation.
#![cfg(feature = "syn")]
#![expect(clippy::unwrap_used, reason = "helpers of tests count as production code")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lucia_schema::{
    ATTRIBUTES, AttributeSpec, DEFAULT_KEYED_LENGTH, Kind, Lock, MAX_COLUMNS, MAX_KEYED_BYTES,
    MAX_KEYED_CHARS, MAX_LENGTH, Position,
};

/// What the derive of user structs says.
fn user_page() -> String {
    let mut page = String::from(
        "Makes a struct with named fields the users of an app: a field `id: UserId`, and an attribute for every other field.\n",
    );
    section(&mut page, "On the struct", Position::Struct);
    section(&mut page, "On a field", Position::Field);
    page.push_str(
        "\n# Types\n\nAn attribute has one of these types, or an `Option` of one:\n\n\
         | type | column | feature of lucia |\n| --- | --- | --- |\n",
    );
    for kind in Kind::PORTABLE {
        let (name, column) = (kind.rust_name(), kind.column_type(None).unwrap());
        let feature = kind.feature().map(|feature| format!("`{feature}`")).unwrap_or_default();
        writeln!(page, "| `{name}` | {column} | {feature} |").unwrap();
    }
    writeln!(
        page,
        "\nEach has the same column type on every database that lucia knows, and what goes in comes back the same. A \
         `DateTime<Utc>` is kept in a column that holds UTC, and all times to the microsecond.\n\n\
         An enum or a newtype derives [`LuciaAttribute`](macro@crate::LuciaAttribute) and is declared by `stored_as`; a type of \
         serde is declared as `Json`; any other type of Diesel's has a `sql_type`. An alias of a type, or a type of the app's \
         own with such a name, is an error at the field.\n\n\
         A `max_length` is from 1 to {MAX_LENGTH}. Unique and indexed text and bytes have one of {DEFAULT_KEYED_LENGTH} unless they \
         name another, up to {MAX_KEYED_CHARS} characters or {MAX_KEYED_BYTES} bytes. A struct has at most {MAX_COLUMNS} fields; more than 32 need the feature `64-column-tables` of lucia, which makes Diesel slower \
         to compile.\n\n\
         # What comes out of it\n\n\
         The [expansion](crate::_expansion), for structs of three sizes. Diesel's `Queryable` and `Selectable` are part of it, so that \
         `auth_user::table.select(User::as_select())` works; a struct that derives them too does not compile."
    )
    .unwrap();
    page
}

/// What the derive of enums and newtypes says.
fn attribute_page() -> String {
    let mut page = String::from(
        "Makes an enum without fields, or a struct around one value, the type of an attribute.\n\n\
         An enum is stored as text: each variant by its name in snake case, or by the one that it is given. A text in the \
         database that is none of them is an error when the user is read, and no panic. A newtype is stored as what it is \
         around. Both are declared by `stored_as` above the field of the user struct:\n\n",
    );
    example(
        &mut page,
        &[],
        "use lucia::{LuciaAttribute, LuciaUser, UserId};\n\n\
         #[derive(Clone, Debug, PartialEq, LuciaAttribute)]\n\
         pub enum Role {\n    Member,\n    #[lucia(rename = \"root\")]\n    Admin,\n}\n\n\
         #[derive(Clone, Debug, PartialEq, LuciaAttribute)]\n\
         pub struct Email(String);\n\n\
         #[derive(LuciaUser)]\n\
         pub struct User {\n    pub id: UserId,\n    #[lucia(stored_as = String, default = \"member\")]\n    pub role: Role,\n    \
         #[lucia(stored_as = String, unique)]\n    pub email: Email,\n}",
    );
    section(&mut page, "On the enum or the newtype", Position::Type);
    section(&mut page, "On a variant", Position::Variant);
    page
}

fn section(page: &mut String, title: &str, position: Position) {
    writeln!(page, "\n# {title}").unwrap();
    for spec in AttributeSpec::at(position) {
        writeln!(page, "\n## `{}`\n\nTakes {}. {}", spec.name, spec.value.describe(), spec.meaning).unwrap();
        for other in AttributeSpec::at(position) {
            if let Some(because) = spec.conflict(other) {
                writeln!(page, "It cannot be combined with `{}`, {because}.", other.name).unwrap();
            }
        }
        if let Some(needed) = spec.needs {
            writeln!(page, "It means nothing without `{needed}`.").unwrap();
        }
        page.push('\n');
        example(page, &hidden(spec), &shown(spec));
    }
}

/// The item that the example is a part of.
fn shown(spec: &AttributeSpec) -> String {
    let (written, on) = (spec.written(), spec.on);
    let fields: Vec<String> = on.split(", ").map(|field| format!("    {field},\n")).collect();
    let fields = if on.is_empty() { String::new() } else { fields.concat() };
    match spec.position {
        Position::Struct => {
            format!("#[derive(LuciaUser)]\n{written}\npub struct User {{\n    pub id: UserId,\n{fields}}}")
        }
        Position::Field => {
            format!(
                "#[derive(LuciaUser)]\npub struct User {{\n    pub id: UserId,\n    {written}\n    {on},\n}}"
            )
        }
        Position::Type => format!("#[derive(Clone, Debug, LuciaAttribute)]\n{written}\n{on}"),
        Position::Variant => {
            format!(
                "#[derive(Clone, Debug, LuciaAttribute)]\npub enum Role {{\n    Member,\n    {written}\n    {on},\n}}"
            )
        }
    }
}

/// What the example needs and does not show.
fn hidden(spec: &AttributeSpec) -> Vec<&'static str> {
    let mut lines = vec!["use lucia::{LuciaAttribute, LuciaUser, UserId};"];
    if spec.on.contains("DateTime<Utc>") {
        lines.push("use chrono::{DateTime, Utc};");
    }
    if spec.on.contains(": Role") {
        lines.push("#[derive(Clone, Debug, LuciaAttribute)] pub enum Role { Member, Admin }");
    }
    lines
}

fn example(page: &mut String, hidden: &[&str], shown: &str) {
    page.push_str("```\n");
    for line in hidden {
        writeln!(page, "# #[allow(unused_imports)] {line}").unwrap();
    }
    // `#[` at the start of a line is no line that rustdoc hides: that takes a space after the mark.
    writeln!(page, "{shown}\n```").unwrap();
}

/// The file that the example of `migrations` compiles beside.
fn lock() -> String {
    let spec = AttributeSpec::find("migrations", Position::Struct).unwrap();
    let reading = lucia_schema::read(&syn::parse_str(&shown(spec)).unwrap());
    let mut lock = Lock::default();
    lock.set(&reading.user.tables.user, &reading.user.schema().fingerprint());
    let entries = lock.to_string();
    let entries = entries.split_once('\n').unwrap().1;
    format!(
        "# For an example of the documentation; no migrations lead to it. Written by a test of `lucia-schema`.\n{entries}"
    )
}

#[test]
fn the_pages_of_attributes_are_up_to_date() {
    let pages = [
        ("src/docs/attributes.md", user_page()),
        ("src/docs/attribute_types.md", attribute_page()),
        ("migrations/lucia.lock", lock()),
    ];
    for (name, page) in &pages {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lucia").join(name);
        if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
            fs::write(&path, page).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), *page, "LUCIA_GOLDEN=write writes it");
    }
    let all = pages.map(|(_, page)| page).concat();
    assert!(ATTRIBUTES.iter().all(|attribute| all.contains(&attribute.written())));
}
