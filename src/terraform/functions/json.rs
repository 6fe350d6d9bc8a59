//! JSON, as Go's `encoding/json` writes it.

use super::sequence::{first_unknown, unknown_from};
use super::string::{normal, text};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::diagnostic::{Code, Level};
use crate::parse::{MAX_DEPTH, json};
use crate::terraform::expr::MAX_TEXT;
use crate::value::{Entries, Entry, Kind, Known, Origin, Text, TextBuilder, Type, Unknown, Value, node_to_value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("jsonencode", &[Param::new("val", Shape::Any).null().unknown()], Shape::String, jsonencode)
        .takes_choices(),
    Function::new("jsondecode", &[Param::new("str", Shape::String).unknown()], Shape::Any, jsondecode),
];

fn jsonencode(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let value = &args[0];
    if value.is_wholly_known() {
        let mut writer = Writer::default();
        writer.value(value, 0)?;
        let text = writer.builder.finish().encoding(value.clone());
        return Ok(Value::new(Kind::String(text), Origin::none()));
    }
    let cause = first_unknown(value);
    let reason = cause.as_unknown().map_or(crate::value::Reason::Invalid, |unknown| unknown.reason.clone());
    let known = Known::Encoding(std::sync::Arc::new(value.clone()));
    let unknown = Unknown { not_null: true, ..Unknown::new(reason).typed(Type::String).known(known) };
    Ok(Value::unknown(unknown, value.origin.hop(context.span, crate::value::HopKind::Computed("jsonencode".into()))))
}

/// A known value in JSON.
pub(super) fn encode(value: &Value) -> Result<String, Failure> {
    let mut writer = Writer::default();
    writer.value(value, 0)?;
    Ok(writer.builder.as_str().to_owned())
}

#[derive(Default)]
struct Writer {
    builder: TextBuilder,
}

impl Writer {
    fn value(&mut self, value: &Value, depth: usize) -> Result<(), Failure> {
        if self.builder.as_str().len() > MAX_TEXT {
            return Err(Failure::limit("the text is too long"));
        }
        if depth > MAX_DEPTH * 2 {
            return Err(Failure::limit("the value is nested too deeply"));
        }
        let place = value.origin.span;
        match &value.kind {
            Kind::Null | Kind::Unknown(_) => self.builder.push("null", place),
            Kind::Bool(flag) => self.builder.push(if *flag { "true" } else { "false" }, place),
            Kind::Number(number) if number.is_infinite() => {
                return Err(Failure::of(0, "infinity has no JSON representation"));
            }
            Kind::Number(number) => self.builder.push(&number.to_string(), place),
            Kind::String(text) => self.string(text),
            Kind::List(list) => {
                self.builder.push("[", None);
                for (i, item) in list.items.iter().enumerate() {
                    if i > 0 {
                        self.builder.push(",", None);
                    }
                    self.value(item, depth + 1)?;
                }
                self.builder.push("]", None);
            }
            Kind::Map(_) => {
                self.builder.push("{", None);
                for (i, (key, entry)) in value.sorted_entries().into_iter().enumerate() {
                    if i > 0 {
                        self.builder.push(",", None);
                    }
                    self.string(&Text::synthetic(key));
                    self.builder.push(":", None);
                    self.value(&entry.value, depth + 1)?;
                }
                self.builder.push("}", None);
            }
        }
        Ok(())
    }

    /// A string with the escapes of Go, which keeps HTML out.
    fn string(&mut self, text: &Text) {
        self.builder.push("\"", None);
        let source = text.as_str();
        let mut from = 0;
        for (at, c) in source.char_indices() {
            let escaped = match c {
                '"' => "\\\"".to_owned(),
                '\\' => "\\\\".to_owned(),
                '\n' => "\\n".to_owned(),
                '\r' => "\\r".to_owned(),
                '\t' => "\\t".to_owned(),
                '\u{8}' => "\\b".to_owned(),
                '\u{c}' => "\\f".to_owned(),
                '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(c)),
                _ => continue,
            };
            let end = at + c.len_utf8();
            self.builder.push_part(text, from..at);
            self.builder.push(&escaped, text.span_of(at..end));
            from = end;
        }
        self.builder.push_part(text, from..source.len());
        self.builder.push("\"", None);
    }
}

fn jsondecode(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let place = args[0].origin.span.unwrap_or(context.span);
    let (value, diagnostics) = match &args[0].kind {
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Encoding(value) => return Ok(structural(value)),
            Known::Parts(parts) => {
                let (value, diagnostics) = json::parse_parts(parts, place);
                // What the unknown parts are may mend what does not parse without them.
                if diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
                    return Ok(unknown_from(&args[0], Type::Dynamic));
                }
                (value, diagnostics)
            }
            _ => return Ok(unknown_from(&args[0], Type::Dynamic)),
        },
        _ => {
            let text = text(args, 0)?;
            if let Some(value) = text.encoded() {
                return Ok(structural(value));
            }
            let (node, diagnostics) = json::parse_text(text, place);
            (node_to_value(&node), diagnostics)
        }
    };
    let error =
        diagnostics.iter().find(|diagnostic| diagnostic.level == Level::Error && diagnostic.code != Code::DuplicateKey);
    match error {
        Some(error) => Err(Failure::of(0, format!("this is not valid JSON: {}", error.message))),
        None => Ok(normalised(&value)),
    }
}

/// A value as it comes out of JSON: sequences are tuples, mappings are objects, strings are in normal form.
pub(super) fn structural(value: &Value) -> Value {
    let mapped = match &value.kind {
        Kind::List(list) => Value::list(list.items.iter().map(structural).collect()),
        Kind::Map(map) => {
            let entries: Entries = map
                .entries
                .iter()
                .map(|(key, entry)| {
                    (std::sync::Arc::clone(key), Entry { value: structural(&entry.value), ..entry.clone() })
                })
                .collect();
            Value::object(entries)
        }
        kind => return Value { kind: kind.clone(), ..value.clone() },
    };
    mapped.with_origin(value.origin.clone()).mark(value.sensitive)
}

/// Strings in normal form; nearly always the value itself.
pub(super) fn normalised(value: &Value) -> Value {
    match &value.kind {
        Kind::String(text) => match normal(text.as_str()) {
            std::borrow::Cow::Borrowed(_) => value.clone(),
            std::borrow::Cow::Owned(text) => {
                let mut builder = TextBuilder::default();
                builder.push(&text, value.origin.span);
                Value::new(Kind::String(builder.finish()), value.origin.clone())
            }
        },
        Kind::List(list) => Value::list(list.items.iter().map(normalised).collect()).with_origin(value.origin.clone()),
        Kind::Map(map) => {
            let entries = map.entries.iter().map(|(key, entry)| {
                (std::sync::Arc::clone(key), Entry { value: normalised(&entry.value), ..entry.clone() })
            });
            Value::object(entries.collect()).with_origin(value.origin.clone())
        }
        _ => value.clone(),
    }
}
