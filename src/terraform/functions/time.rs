//! Times, in RFC 3339 notation.

use chrono::{DateTime, Datelike, Duration, FixedOffset, SecondsFormat, Timelike};

use super::hash::at_deployment;
use super::number::number;
use super::string::{str, whole};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::value::{Type, Value};

const TIMESTAMP: Param = Param::new("timestamp", Shape::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "formatdate",
        &[Param::new("format", Shape::String), Param::new("time", Shape::String)],
        Shape::String,
        formatdate,
    )
    .source(1),
    Function::new("plantimestamp", &[], Shape::String, |_, _| Ok(at_deployment("plantimestamp()", Type::String))),
    Function::new("timestamp", &[], Shape::String, |_, _| Ok(at_deployment("timestamp()", Type::String))),
    Function::new("timeadd", &[TIMESTAMP, Param::new("duration", Shape::String)], Shape::String, timeadd),
    Function::new(
        "timecmp",
        &[Param::new("timestamp_a", Shape::String), Param::new("timestamp_b", Shape::String)],
        Shape::Number,
        timecmp,
    ),
];

fn time(args: &[Value], index: usize) -> Result<DateTime<FixedOffset>, Failure> {
    let text = str(args, index)?;
    // RFC 3339 also allows what Go does not: lower case letters and a space.
    let strict = text.as_bytes().get(10) == Some(&b'T') && !text.ends_with('z') && !text.contains(":60");
    let parsed = if strict { DateTime::parse_from_rfc3339(text).ok() } else { None };
    parsed.ok_or_else(|| Failure::of(index, format!("{text:?} is not a valid RFC3339 timestamp")))
}

fn show(time: &DateTime<FixedOffset>) -> String {
    // Go writes no fraction here.
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn timeadd(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let time = time(args, 0)?;
    let text = str(args, 1)?;
    let duration = duration(text).ok_or_else(|| Failure::of(1, format!("invalid duration {text:?}")))?;
    let sum = time.checked_add_signed(duration).ok_or_else(|| Failure::of(1, "the time is out of range"))?;
    Ok(whole(&args[0], &show(&sum)))
}

/// Go's `time.ParseDuration`: `1h15m30.5s`, with a sign.
fn duration(text: &str) -> Option<Duration> {
    let (sign, mut rest) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    if rest == "0" {
        return Some(Duration::zero());
    }
    if rest.is_empty() {
        return None;
    }
    let mut nanoseconds: i64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(digits);
        let unit_length = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, next) = after.split_at(unit_length);
        let scale: i64 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
            return None;
        }
        let whole = if whole.is_empty() { 0 } else { whole.parse::<i64>().ok()? };
        let fraction = if fraction.is_empty() { 0.0 } else { format!("0.{fraction}").parse::<f64>().ok()? };
        let part = whole.checked_mul(scale)?.checked_add((fraction * scale as f64) as i64)?;
        nanoseconds = nanoseconds.checked_add(part)?;
        rest = next;
    }
    Some(Duration::nanoseconds(if sign < 0.0 { -nanoseconds } else { nanoseconds }))
}

fn timecmp(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let order = time(args, 0)?.cmp(&time(args, 1)?);
    Ok(number((order as i64).into()))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// <https://developer.hashicorp.com/terraform/language/functions/formatdate>
fn formatdate(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let time = time(args, 1)?;
    let mut out = String::new();
    let mut rest = str(args, 0)?;
    while let Some(c) = rest.chars().next() {
        if c == '\'' {
            let (quoted, after) = quoted(&rest[1..]).ok_or_else(|| Failure::of(0, "a quoted literal does not end"))?;
            out.push_str(&quoted);
            rest = after;
            continue;
        }
        let length = if c.is_ascii_alphabetic() { rest.len() - rest.trim_start_matches(c).len() } else { c.len_utf8() };
        let (token, after) = rest.split_at(length);
        if c.is_ascii_alphabetic() {
            let part = date_part(token, &time);
            out.push_str(&part.ok_or_else(|| Failure::of(0, format!("invalid format verb {token:?}")))?);
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    Ok(whole(&args[1], &out))
}

/// The content of a quoted literal, in which two quotes stand for one, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('\'')?;
        content.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('\'') {
            Some(after) => {
                content.push('\'');
                rest = after;
            }
            None => return Some((content, rest)),
        }
    }
}

fn date_part(token: &str, time: &DateTime<FixedOffset>) -> Option<String> {
    let month = MONTHS.get(time.month0() as usize)?;
    let day = DAYS.get(time.weekday().num_days_from_sunday() as usize)?;
    let (afternoon, hour12) = time.hour12();
    Some(match token {
        "YYYY" => format!("{:04}", time.year()),
        "YY" => format!("{:02}", time.year().rem_euclid(100)),
        "MMMM" => (*month).to_owned(),
        "MMM" => month[..3].to_owned(),
        "MM" => format!("{:02}", time.month()),
        "M" => time.month().to_string(),
        "DD" => format!("{:02}", time.day()),
        "D" => time.day().to_string(),
        "EEEE" => (*day).to_owned(),
        "EEE" => day[..3].to_owned(),
        "hh" => format!("{:02}", time.hour()),
        "h" => time.hour().to_string(),
        "HH" => format!("{hour12:02}"),
        "H" => hour12.to_string(),
        "AA" => if afternoon { "PM" } else { "AM" }.to_owned(),
        "aa" => if afternoon { "pm" } else { "am" }.to_owned(),
        "mm" => format!("{:02}", time.minute()),
        "m" => time.minute().to_string(),
        "ss" => format!("{:02}", time.second()),
        "s" => time.second().to_string(),
        "ZZZZZ" => offset(time, ":"),
        "ZZZZ" => offset(time, ""),
        "ZZZ" if time.offset().local_minus_utc() == 0 => "UTC".to_owned(),
        "ZZZ" => offset(time, ""),
        "Z" if time.offset().local_minus_utc() == 0 => "Z".to_owned(),
        "Z" => offset(time, ":"),
        _ => return None,
    })
}

fn offset(time: &DateTime<FixedOffset>, separator: &str) -> String {
    let seconds = time.offset().local_minus_utc();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
}
