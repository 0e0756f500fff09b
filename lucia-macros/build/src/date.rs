//! The date in the name of a new migration.

use crate::problem::InWriting;

/// The date that a new migration is named by, in the form that Diesel's command line gives it: after that of the newest.
///
/// `2026-01-01-000000-0000`; the last four digits tell those of one second apart.
pub(crate) fn date(seconds: u64, newest: Option<&str>) -> Result<String, InWriting> {
    let now = digits(seconds);
    let newest = newest.unwrap_or_default();
    if newest < now.as_str() {
        return Ok(dashed(&now));
    }
    // The clock is behind the newest migration: ours is that one's next.
    after(newest)
        .map(|next| dashed(&next))
        .ok_or_else(|| InWriting::NothingAfter { version: newest.to_owned() })
}

/// The first version after one that is a date, with or without the last four digits.
fn after(version: &str) -> Option<String> {
    if !version.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let (second, count) = (version.get(..14)?, version.get(14..)?);
    let next = match count.len() {
        0 => 0,
        4 => u16::from_str_radix(count, 16).ok()?.checked_add(1)?,
        _ => return None,
    };
    let next = format!("{second}{next:04x}");
    (next.as_str() > version).then_some(next)
}

/// `202601010000000000`, from seconds since 1970 in UTC.
fn digits(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}0000")
}

/// The calendar date of a day since 1970. Years are counted from March, so that the leap day is the last of its year; 400
/// of them have 146,097 days, and the first of March of the year 0 was 719,468 days before 1970.
const fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year;
    if month < 10 { (year, month + 3, day_of_month) } else { (year + 1, month - 9, day_of_month) }
}

fn dashed(digits: &str) -> String {
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if matches!(i, 4 | 6 | 8 | 14) {
            out.push('-');
        }
        out.push(digit);
    }
    out
}
