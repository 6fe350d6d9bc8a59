//! Scalars as rules see them.

use crate::value::{Kind, Literal, Number, Origin, Reason, Text, Unknown, Value};

/// A literal as a value.
pub(super) fn of_literal(literal: &Literal) -> Value {
    match literal {
        Literal::Bool(value) => Value::bool(*value),
        Literal::String(text) => Value::string(text),
        Literal::Other => Value::unknown(Unknown::new(Reason::Depends("another value".into())), Origin::none()),
    }
}

/// A boolean; texts that stand for one count.
pub(super) fn boolean(value: Value) -> Value {
    match value.as_str().and_then(spelt) {
        Some(spelt) => Value { kind: Kind::Bool(spelt), ..value },
        None => value,
    }
}

/// The boolean that a text stands for: Terraform converts these
/// (<https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion>, and `"1"` and `"0"`, which
/// its conversion takes too), CloudFormation takes the words.
pub(super) fn spelt(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// A string; numbers and booleans are written out.
pub(super) fn string(value: Value) -> Value {
    let text = match &value.kind {
        Kind::Bool(b) => b.to_string(),
        Kind::Number(n) => n.to_string(),
        _ => return value,
    };
    Value { kind: Kind::String(Text::synthetic(&text)), ..value }
}

/// A number; strings of digits count.
pub(super) fn number(value: Value) -> Value {
    match value.as_str().and_then(|text| Number::parse(text.trim())) {
        Some(number) => Value { kind: Kind::Number(number), ..value },
        None => value,
    }
}
