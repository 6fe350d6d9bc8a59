//! What a plain scalar means: the implicit types of YAML 1.1 as PyYAML resolves them
//! (<https://github.com/yaml/pyyaml/blob/main/lib/yaml/resolver.py>), which is how CloudFormation reads them.
//!
//! Timestamps stay strings, as `Version: 2012-10-17` must.

use num_bigint::BigInt;

/// Longer notations are no numbers that anybody means; turning them into decimals is not worth the time.
const MAX_NUMBER_BYTES: usize = 512;

/// The meaning of a plain scalar.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Plain {
    Null,
    Bool(bool),
    /// In decimal notation.
    Number(Box<str>),
    String,
}

/// The meaning of a plain scalar.
pub(super) fn resolve(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Plain::Null,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Plain::Bool(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Plain::Bool(false),
        _ => number(text).map_or(Plain::String, |number| Plain::Number(number.into())),
    }
}

/// The number in decimal notation, if the text is one.
fn number(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') || text.len() > MAX_NUMBER_BYTES {
        return None;
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let digits = integer(unsigned).or_else(|| float(unsigned, unsigned.len() < text.len()))?;
    Some(format!("{sign}{digits}"))
}

fn integer(text: &str) -> Option<String> {
    if let Some(digits) = text.strip_prefix("0b") {
        return in_radix(digits, 2);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return in_radix(digits, 16);
    }
    match text.strip_prefix('0') {
        Some("") => Some("0".to_owned()),
        Some(digits) => in_radix(digits, 8),
        None => sexagesimal(text).map(|number| number.to_string()).or_else(|| in_radix(text, 10)),
    }
}

/// Digits with underscores among them, as a decimal.
fn in_radix(digits: &str, radix: u32) -> Option<String> {
    if !digits.chars().all(|c| c.is_digit(radix) || c == '_') {
        return None;
    }
    let digits = digits.replace('_', "");
    if radix == 10 {
        return (!digits.is_empty()).then_some(digits);
    }
    // `0_` is the octal zero.
    let digits = if digits.is_empty() && radix == 8 { "0" } else { &digits };
    BigInt::parse_bytes(digits.as_bytes(), radix).map(|number| number.to_string())
}

/// `1:30:00`: base 60.
fn sexagesimal(text: &str) -> Option<BigInt> {
    let (first, rest) = text.split_once(':')?;
    let mut total: BigInt = in_radix(first, 10)?.parse().ok()?;
    for digit in rest.split(':') {
        let valid = matches!(digit.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
        total = total * 60 + valid.then(|| digit.parse::<u8>().ok())??;
    }
    Some(total)
}

fn float(text: &str, signed: bool) -> Option<String> {
    let (whole, rest) = text.split_once('.')?;
    let (fraction, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    if !fraction.chars().all(|c| c.is_ascii_digit() || c == '_') {
        return None;
    }
    let exponent = match exponent {
        None => String::new(),
        Some(_) if whole.contains(':') => return None,
        Some(text) => {
            let digits = text.strip_prefix(['-', '+'])?;
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            format!("e{text}")
        }
    };
    let whole = match whole {
        "" if !signed && fraction.starts_with(|c: char| c.is_ascii_digit()) => "0".to_owned(),
        _ if whole.contains(':') => sexagesimal(whole)?.to_string(),
        _ => in_radix(whole, 10)?,
    };
    let fraction = fraction.replace('_', "");
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{whole}{point}{fraction}{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_mean_what_pyyaml_makes_of_them() {
        let number = |text: &str| Plain::Number(text.into());
        for (text, meaning) in [
            ("", Plain::Null),
            ("~", Plain::Null),
            ("nULL", Plain::String),
            ("yes", Plain::Bool(true)),
            ("Off", Plain::Bool(false)),
            ("y", Plain::String),
            ("tRue", Plain::String),
            ("0", number("0")),
            ("-1_000", number("-1000")),
            ("+12", number("12")),
            ("0o17", Plain::String),
            ("017", number("15")),
            ("-017", number("-15")),
            ("0b1010", number("10")),
            ("0x1F", number("31")),
            ("08", Plain::String),
            ("012345678901", Plain::String),
            ("22:22", number("1342")),
            ("1:30:01", number("5401")),
            ("1:60", Plain::String),
            ("0:30", Plain::String),
            ("1:30.5", number("90.5")),
            ("1.50", number("1.50")),
            ("1.", number("1")),
            (".5", number("0.5")),
            ("-.5", Plain::String),
            ("1e3", Plain::String),
            ("1.0e3", Plain::String),
            ("1.0e+3", number("1.0e+3")),
            (".", Plain::String),
            ("1.2.3", Plain::String),
            (".inf", Plain::String),
            ("2012-10-17", Plain::String),
            ("10.0.0.0/16", Plain::String),
            ("-", Plain::String),
            ("=", Plain::String),
        ] {
            assert_eq!(resolve(text), meaning, "{text:?}");
        }
    }
}
