//! What plain scalars are (`resolve.go` of go-cty-yaml: YAML 1.1 booleans, otherwise the 1.2 core schema).

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat};

use crate::value::{Kind, Number, Text};

/// A plain scalar without a tag.
///
/// # Errors
/// For NaN, which is no number here.
pub(super) fn resolve(text: &str) -> Result<Kind, String> {
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Kind::Number(Number::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Kind::Number(Number::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Err("floating point NaN is not supported".to_owned()),
        _ => boolean(text)
            .map(Kind::Bool)
            .or_else(|| number(text).map(Kind::Number))
            .or_else(|| timestamp(text).map(|time| Kind::String(Text::synthetic(&time))))
            .unwrap_or_else(|| Kind::String(Text::synthetic(text))),
    })
}

/// YAML 1.1's booleans.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

/// Decimal, `0x` and `0o`; only decimal numbers have signs.
pub(super) fn number(text: &str) -> Option<Number> {
    if let Some(digits) = text.strip_prefix("0x") {
        return Number::parse_integer(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return Number::parse_integer(digits, 8);
    }
    let starts = text.trim_start_matches(['+', '-']);
    if text.len() - starts.len() > 1 || !starts.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    Number::parse_decimal(text)
}

/// A timestamp in RFC 3339 notation, which is what timestamps become.
pub(super) fn timestamp(text: &str) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    let show = |time: DateTime<FixedOffset>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
    if let Ok(time) = DateTime::parse_from_rfc3339(&text.replacen('t', "T", 1)) {
        return Some(show(time));
    }
    if let Ok(time) = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f") {
        return Some(show(time.and_utc().fixed_offset()));
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(show(date.and_hms_opt(0, 0, 0)?.and_utc().fixed_offset()))
}
