//! Each column of a wide user holds its own value, whichever way it takes.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::diesel::SqlitePool;
use lucia::{Auth, Builder};
use lucia_feature_tests::users::{
    OneMore, OneMoreAttributes, OneMoreChanges, Widest, WidestAttributes, WidestChanges, one_more, widest,
};
use lucia_schema::Dialect;
use tempfile::TempDir;

/// Creates, reads, looks up and changes a user, with a value of its own in each column.
macro_rules! round_trip {
    ($test:ident, $user:ident, $attributes:ident, $changes:ident, $table:ident: $($column:ident = $value:literal),*) => {
        #[tokio::test]
        async fn $test() {
            let (_dir, builder) = database(stringify!($user));
            let auth: Auth<$user> = builder.development().unwrap();
            let attributes = $attributes { name: "ada".to_owned(), $($column: $value),* };
            let ada = auth.create_user(None, attributes).await.unwrap();
            $(assert_eq!(ada.$column, $value, stringify!($column));)*
            assert_eq!(auth.user(&ada.id).await.unwrap(), ada);
            assert_eq!(auth.user_by($table::name, "ada").await.unwrap().as_ref(), Some(&ada));

            let changes = $changes { $($column: Some(-$value),)* ..Default::default() };
            let changed = auth.update_user(&ada.id, changes).await.unwrap();
            $(assert_eq!(changed.$column, -$value, stringify!($column));)*

            let session = auth.create_session(&ada.id).await.unwrap();
            let token = session.token().unwrap();
            assert_eq!(auth.validate_user(token).await.unwrap().user, changed);
            auth.delete_user(&ada.id).await.unwrap();
            assert_eq!(auth.user_by($table::name, "ada").await.unwrap(), None);
        }
    };
}

round_trip!(
    one_column_more_than_by_default, OneMore, OneMoreAttributes, OneMoreChanges, one_more:
    n1 = 1, n2 = 2, n3 = 3, n4 = 4, n5 = 5, n6 = 6, n7 = 7, n8 = 8, n9 = 9, n10 = 10,
    n11 = 11, n12 = 12, n13 = 13, n14 = 14, n15 = 15, n16 = 16, n17 = 17, n18 = 18, n19 = 19, n20 = 20,
    n21 = 21, n22 = 22, n23 = 23, n24 = 24, n25 = 25, n26 = 26, n27 = 27, n28 = 28, n29 = 29, n30 = 30,
    n31 = 31
);

round_trip!(
    as_many_columns_as_there_can_be, Widest, WidestAttributes, WidestChanges, widest:
    n1 = 1, n2 = 2, n3 = 3, n4 = 4, n5 = 5, n6 = 6, n7 = 7, n8 = 8, n9 = 9, n10 = 10,
    n11 = 11, n12 = 12, n13 = 13, n14 = 14, n15 = 15, n16 = 16, n17 = 17, n18 = 18, n19 = 19, n20 = 20,
    n21 = 21, n22 = 22, n23 = 23, n24 = 24, n25 = 25, n26 = 26, n27 = 27, n28 = 28, n29 = 29, n30 = 30,
    n31 = 31, n32 = 32, n33 = 33, n34 = 34, n35 = 35, n36 = 36, n37 = 37, n38 = 38, n39 = 39, n40 = 40,
    n41 = 41, n42 = 42, n43 = 43, n44 = 44, n45 = 45, n46 = 46, n47 = 47, n48 = 48, n49 = 49, n50 = 50,
    n51 = 51, n52 = 52, n53 = 53, n54 = 54, n55 = 55, n56 = 56, n57 = 57, n58 = 58, n59 = 59, n60 = 60,
    n61 = 61, n62 = 62
);

/// A database with the tables that the build step would have written for the struct.
fn database(user: &str) -> (TempDir, Builder<SqlitePool>) {
    let file: syn::File = syn::parse_str(include_str!("../src/users.rs")).unwrap();
    let item = file.items.into_iter().find_map(|item| match item {
        syn::Item::Struct(item) if item.ident == user => Some(syn::DeriveInput::from(item)),
        _ => None,
    });
    let reading = lucia_schema::read(&item.unwrap());
    assert!(reading.errors.is_none(), "{:?}", reading.errors);

    let dir = TempDir::new().unwrap();
    let path = dir.path().join("wide.db");
    let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    connection.batch_execute(&lucia_schema::sql::create(&reading.user.schema(), Dialect::Sqlite)).unwrap();
    (dir, Builder::new(SqlitePool::open(&path).unwrap()))
}
