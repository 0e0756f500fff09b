//! When a declared rename applies, when it has nothing to do, and when it is a mistake.

use lucia_schema::{Rename, Renames, Unused};

use super::{diff, diff_by, parsed, schema, told};

fn applied(old: &str, new: &str, renames: &str) -> String {
    let renames = Renames::of(&schema(old), &schema(new), &parsed(renames));
    let applied: Vec<String> = renames.applied.iter().map(|r| format!("{}={}", r.from, r.to)).collect();
    applied.join(",")
}

#[test]
fn a_rename_applies_while_the_old_table_has_the_old_name_only() {
    for (old, new, renames, expected) in [
        ("a: i32", "b: i32", "a=b", "a=b"),
        // Done; done, and the old name is another column's.
        ("b: i32", "b: i32", "a=b", ""),
        ("a: i32, b: i32", "a: i32, b: i32", "a=b", ""),
        // A new column has the old name.
        ("a: i32", "a: i32, b: i32", "a=b", "a=b"),
        // A chain, before and after.
        ("a: i32, b: i32", "b: i32, c: i32", "a=b,b=c", "a=b,b=c"),
        ("b: i32, c: i32", "b: i32, c: i32", "a=b,b=c", ""),
        ("a: i32, b: i32, c: i32", "b: i32, c: i32", "a=b,b=c", ""),
        // Two that swap, and three.
        ("a: i32, b: i64", "a: i64, b: i32", "a=b,b=a", "a=b,b=a"),
        ("a: i32, b: i32, c: i32", "a: i32, b: i32, c: i32", "a=b,b=c,c=a", "a=b,b=c,c=a"),
        // Said twice, as by an attribute and by the command.
        ("a: i32", "b: i32", "a=b,a=b", "a=b"),
        // Of two that contradict each other the first, unless it has happened.
        ("a: i32, b: i32", "c: i32, d: i32", "a=c,a=d", "a=c"),
        ("a: i32, b: i32", "c: i32, d: i32", "a=c,b=c", "a=c"),
        ("a: i32, b: i32", "b: i32, c: i32", "a=b,a=c", "a=c"),
        // To itself.
        ("a: i32", "a: i64", "a=a", ""),
    ] {
        assert_eq!(applied(old, new, renames), expected, "{old} -> {new} by {renames}");
    }
}

#[test]
fn a_rename_with_nothing_to_do_says_why() {
    let why = |old: &str, new: &str, rename: Rename| {
        let mut unused = Renames::of(&schema(old), &schema(new), &[rename]).unused;
        assert_eq!(unused.len(), 1);
        unused.remove(0)
    };
    let of_user = |from, to| Rename::new("auth_user", from, to);
    let told = why("b: i32", "b: i32", of_user("a", "b"));
    assert_eq!(told.why, Unused::Done);
    assert_eq!(
        told.to_string(),
        "the column `b` of `auth_user` has that name already, so that there is nothing to rename; leave the rename from `a` out"
    );
    let told = why("", "b: i32", of_user("a", "b"));
    assert_eq!(told.why, Unused::NoOldColumn);
    assert_eq!(
        told.to_string(),
        "`auth_user` had no column `a` that could be `b` now; name a column of the newest snapshot, or leave the rename out"
    );
    let told = why("a: i32", "", of_user("a", "b"));
    assert_eq!(told.why, Unused::NoNewColumn);
    assert_eq!(
        told.to_string(),
        "`auth_user` has no column `b` that `a` could be renamed to; name a column that the struct has now, or leave the \
         rename out"
    );
    let told = why("a: i32", "b: i32", Rename::new("member", "a", "b"));
    assert_eq!(told.why, Unused::NoTable);
    assert_eq!(
        told.to_string(),
        "no table of the user struct is called `member`, so that its column `a` is not renamed; name the table as the struct \
         does now"
    );
    let both = Renames::of(&schema("a: i32"), &schema("b: i32, c: i32"), &parsed("a=b,a=c")).unused;
    assert_eq!((both.len(), both[0].why), (1, Unused::Taken));
    assert_eq!(
        both[0].to_string(),
        "the rename of `a` to `c` in `auth_user` contradicts another one, since one column has one name before and one after; \
         keep one of the two"
    );
}

#[test]
fn an_attribute_that_has_done_its_work_changes_nothing() {
    let new = "#[lucia(renamed_from = \"mail\")] email: String, mail: Option<String>";
    let done = diff("email: String, mail: Option<String>", new);
    assert_eq!((done.changes.len(), done.questions.len(), done.unused.len()), (0, 0, 1));
    // Nor does it do anything for a struct that never had the old name.
    assert_eq!(
        told(&diff("email: String, mail: Option<String>, a: i32", &format!("{new}, a: i32"))),
        [""; 0]
    );
}

#[test]
fn columns_that_swap_their_names_keep_what_they_hold() {
    // Case 14.
    assert_eq!(
        told(&diff_by("a: i32, b: String", "a: String, b: i32", "a=b,b=a")),
        ["column `a` of `auth_user` is now called `b`", "column `b` of `auth_user` is now called `a`"]
    );
    // Even when the tables look the same before and after.
    assert_eq!(diff_by("a: i32, b: i32", "a: i32, b: i32", "a=b,b=a").changes.len(), 2);
}

#[test]
fn a_new_column_may_have_the_name_that_another_one_had() {
    assert_eq!(
        told(&diff("a: i32", "#[lucia(renamed_from = \"a\")] b: i32, a: Option<String>")),
        [
            "column `a` of `auth_user` is now called `b`",
            "column `a` (text, may be null) is new in `auth_user`"
        ]
    );
}
