//! What the command says of itself.

use crate::package::{Package, user};

#[test]
fn help_reads_well() {
    let package = Package::new(&user(""));
    let commands: [&[&str]; 11] = [
        &["--help"],
        &["migrate", "--help"],
        &["migrate", "make", "--help"],
        &["migrate", "make", "-h"],
        &["migrate", "check", "--help"],
        &["migrate", "status", "--help"],
        &["migrate", "run", "--help"],
        &["migrate", "revert", "--help"],
        &["migrate", "baseline", "--help"],
        &["audit", "--help"],
        &["schema", "--help"],
    ];
    let texts = commands.map(|arguments| {
        let run = package.run(arguments);
        run.assert(0);
        assert!(run.out.lines().all(|line| line.chars().count() <= 120), "{}", run.out);
        format!("$ cargo lucia {}\n{}", arguments.join(" "), run.out)
    });
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn cargo_passes_the_name_of_the_command_on() {
    let package = Package::new(&user(""));
    let by_cargo = package.run(&["lucia", "migrate", "check"]);
    let by_name = package.run(&["migrate", "check"]);
    assert_eq!((by_cargo.code, by_cargo.out), (by_name.code, by_name.out));
}

#[test]
fn what_is_not_understood_ends_with_2() {
    let package = Package::new(&user(""));
    for arguments in [
        &["migrate", "mak"] as &[&str],
        &["migrate"],
        &[],
        &["migrate", "make", "--allow", "everything"],
        &["migrate", "check", "--database", "oracle"],
        &["migrate", "make", "--by-hand", "--name", "a"],
    ] {
        let run = package.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:#?}");
        assert!(run.err.contains("--help"), "{run:#?}");
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let package = Package::new(&user(""));
    let with = |variables| package.run_in("", &["migrate", "check"], variables).out;
    assert!(!with(&[]).contains('\u{1b}'));
    assert!(with(&[("CLICOLOR_FORCE", "1")]).contains('\u{1b}'));
    assert!(!with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\u{1b}'));
}
