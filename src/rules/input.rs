//! Values as Rego sees them.

use std::sync::Arc;

use regorus::Value as Rego;

use crate::value::{Kind, Value};

/// The value for Rego: `null` entries and what is unknown are left out, as if absent.
pub(super) fn to_rego(value: &Value) -> Rego {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) => Rego::Undefined,
        Kind::Bool(value) => Rego::from(*value),
        Kind::Number(number) => match number.as_i64() {
            Some(integer) => Rego::from(integer),
            None => Rego::from(number.as_f64()),
        },
        Kind::String(text) => Rego::from(text.as_str()),
        Kind::List(list) => Rego::from(list.items.iter().map(to_rego).collect::<Vec<_>>()),
        Kind::Map(map) => {
            let entries = map.entries.iter().map(|(key, entry)| (Rego::from(&**key), to_rego(&entry.value)));
            Rego::from(
                entries.filter(|(_, value)| *value != Rego::Undefined).collect::<std::collections::BTreeMap<_, _>>(),
            )
        }
    }
}

/// A canonical text of what [`to_rego`] gives, to memoise on.
pub(super) fn fingerprint(value: &Value, into: &mut String) {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) => into.push('_'),
        Kind::Bool(value) => into.push(if *value { 't' } else { 'f' }),
        Kind::Number(number) => {
            into.push('#');
            into.push_str(&number.to_string());
            // The length of the next key follows in digits.
            into.push(';');
        }
        Kind::String(text) => sized(text.as_str(), into),
        Kind::List(list) => {
            into.push('[');
            for item in &list.items {
                fingerprint(item, into);
                into.push(',');
            }
            into.push(']');
        }
        Kind::Map(map) => {
            into.push('{');
            for (key, entry) in &map.entries {
                if !matches!(entry.value.kind, Kind::Null | Kind::Unknown(_)) {
                    sized(key, into);
                    fingerprint(&entry.value, into);
                }
            }
            into.push('}');
        }
    }
}

/// A text after its length, so that no text can look like another and what follows it.
fn sized(text: &str, into: &mut String) {
    let mut length = text.len();
    // The digits in any order say how long it is; their end is a quote.
    loop {
        into.push(char::from(b'0' + (length % 10) as u8));
        length /= 10;
        if length == 0 {
            break;
        }
    }
    into.push('"');
    into.push_str(text);
}

/// A plain Rego value as text for messages.
pub(super) fn text(value: &Rego) -> Option<Arc<str>> {
    // `as_string` captures a backtrace, if the environment asks for them, to say that it is none.
    match value {
        Rego::String(text) => Some(Arc::from(&**text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Number;

    #[test]
    fn different_inputs_have_different_fingerprints() {
        let number = |integer: i64| Value::new(Kind::Number(Number::from(integer)), crate::value::Origin::none());
        let long = Value::from_pairs([("k", number(12)), ("a", Value::string("xxxxxxxx9\"ttttttttt"))]);
        let short = Value::from_pairs([("k", number(1)), ("a91\"xxxxxxxx", Value::string("ttttttttt"))]);
        let text = |value: &Value| {
            let mut text = String::new();
            fingerprint(value, &mut text);
            text
        };
        assert_ne!(text(&long), text(&short));
    }
}
