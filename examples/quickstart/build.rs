//! Keeps the migrations in step with the struct, for each database that the program may be told to use.

fn main() {
    lucia_build::user("src/user.rs").migrations("../../migrations").databases(lucia_build::Database::ALL);
}
