//! Keeps the migrations in step with the struct.

fn main() {
    lucia_build::user("src/user.rs").migrations("../../migrations/sqlite").sqlite();
}
