//! The names of new migrations.

use crate::date::date;

#[test]
fn seconds_are_dates() {
    for (seconds, expected) in [
        (0, "1970-01-01-000000-0000"),
        (951_782_400, "2000-02-29-000000-0000"),
        (1_767_225_599, "2025-12-31-235959-0000"),
        (1_767_225_600, "2026-01-01-000000-0000"),
        (1_709_251_199, "2024-02-29-235959-0000"),
        (4_107_542_400, "2100-03-01-000000-0000"),
    ] {
        assert_eq!(date(seconds, None).unwrap(), expected);
    }
}

#[test]
fn every_day_of_eight_hundred_years_follows_the_one_before() {
    let days: Vec<String> = (0..292_194_u64).map(|day| date(day * 86_400, None).unwrap()).collect();
    assert!(days.iter().zip(days.iter().skip(1)).all(|(day, next)| day < next));
    assert_eq!(days.iter().filter(|day| day.contains("-02-29-")).count(), 194);
}

#[test]
fn a_new_migration_comes_after_the_newest() {
    let now = 1_767_225_600;
    for (newest, expected) in [
        ("00000000000000", "2026-01-01-000000-0000"),
        ("1", "2026-01-01-000000-0000"),
        ("20251231235959", "2026-01-01-000000-0000"),
        ("20260101000000", "2026-01-01-000000-0000"),
        ("202601010000000000", "2026-01-01-000000-0001"),
        ("20260101000000000f", "2026-01-01-000000-0010"),
        ("20300101123456", "2030-01-01-123456-0000"),
        ("203001011234560009", "2030-01-01-123456-000a"),
    ] {
        let name = date(now, Some(newest)).unwrap();
        assert_eq!(name, expected, "after {newest}");
        assert!(crate::folder::version(&name).as_str() > newest);
    }
    for newest in ["later", "99999", "20300101123456ffff", "2030010112345600000"] {
        let problem = date(now, Some(newest)).unwrap_err().to_string();
        assert!(problem.contains(newest) && problem.contains("; give it"), "{problem}");
    }
}
