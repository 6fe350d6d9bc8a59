//! Texts to search, such as user data: what is known of them, readable.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::value::{Kind, Known, StringPart, Text, Value};

/// The known parts of a text as one string, decoded if it is Base64; null if nothing is known.
pub(super) fn searchable(value: &Value) -> Value {
    let known = match &value.kind {
        Kind::String(text) => text.as_str().to_owned(),
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Parts(parts) => parts.iter().map(literal).collect::<Vec<_>>().join("\u{fffd}"),
            _ => return Value::null(),
        },
        _ => return Value::null(),
    };
    let text = decoded(&known).unwrap_or(known);
    Value { kind: Kind::String(Text::synthetic(&text)), ..value.clone() }
}

fn literal(part: &StringPart) -> &str {
    match part {
        StringPart::Literal(text) => text.as_str(),
        StringPart::Unknown(_) => "",
    }
}

fn decoded(text: &str) -> Option<String> {
    let compact: String = text.split_whitespace().collect();
    if compact.len() < 16 {
        return None;
    }
    String::from_utf8(STANDARD.decode(compact).ok()?).ok()
}
