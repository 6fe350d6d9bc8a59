//! Strings put together from parts, and the dynamic references in them.

use std::sync::Arc;

use crate::source::Span;
use crate::value::{Kind, Known, Origin, Reason, StringPart, Text, TextBuilder, Type, Unknown, Value};

/// Puts a string together from known and unknown parts.
#[derive(Default)]
pub(super) struct StringBuilder {
    parts: Vec<StringPart>,
    text: TextBuilder,
    bytes: usize,
    sensitive: bool,
}

impl StringBuilder {
    /// Appends text of the template with its place.
    pub(super) fn text(&mut self, text: &Text) {
        self.bytes += text.as_str().len();
        self.text.push_text(text);
    }

    /// Appends a part of a text with its place.
    pub(super) fn part(&mut self, text: &Text, range: std::ops::Range<usize>) {
        self.bytes += range.len();
        self.text.push_part(text, range);
    }

    /// Appends known text that stands for `span`.
    pub(super) fn known(&mut self, text: &str, span: Option<Span>) {
        self.bytes += text.len();
        self.text.push(text, span);
    }

    /// Appends a value. With a `place`, its text stands for that place rather than for where the value was written.
    ///
    /// # Errors
    /// The value is a list or a mapping, which have no place in a string.
    pub(super) fn value(&mut self, value: &Value, place: Option<Span>) -> Result<(), NotAScalar> {
        self.sensitive |= value.sensitive;
        match &value.kind {
            Kind::Null => {}
            Kind::Bool(flag) => self.known(if *flag { "true" } else { "false" }, place.or(value.origin.span)),
            Kind::Number(number) => self.known(&number.to_string(), place.or(value.origin.span)),
            Kind::String(text) => match place {
                Some(place) => self.known(text.as_str(), Some(place)),
                None => self.text(text),
            },
            Kind::List(_) | Kind::Map(_) => return Err(NotAScalar),
            Kind::Unknown(unknown) => match &unknown.known {
                Known::Parts(parts) => {
                    for part in parts.iter() {
                        match part {
                            StringPart::Literal(text) => self.text(text),
                            StringPart::Unknown(value) => self.unknown(value.clone()),
                        }
                    }
                }
                _ => self.unknown(value.clone()),
            },
        }
        Ok(())
    }

    fn unknown(&mut self, value: Value) {
        self.bytes += size_of::<StringPart>();
        self.flush();
        self.parts.push(StringPart::Unknown(value));
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text).finish();
        if !text.as_str().is_empty() {
            self.parts.push(StringPart::Literal(text));
        }
    }

    /// How many bytes it holds by now, unknown parts counted by their size in memory.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The string.
    pub(super) fn finish(mut self, origin: Origin) -> Value {
        if self.parts.is_empty() && !self.text.as_str().contains(OPEN) {
            return Value::new(Kind::String(self.text.finish()), origin).mark(self.sensitive);
        }
        self.flush();
        let sensitive = self.sensitive;
        from_parts(dynamic_references(self.parts, &origin), origin).mark(sensitive)
    }
}

/// A list or mapping where a scalar must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct NotAScalar;

const OPEN: &str = "{{resolve:";
const CLOSE: &str = "}}";

/// A string of the template, with its dynamic references unknown.
pub(super) fn with_dynamic_references(text: &Text, span: Span) -> Value {
    if !text.as_str().contains(OPEN) {
        return Value::at(Kind::String(text.clone()), span);
    }
    let origin = Origin::at(span);
    from_parts(dynamic_references(vec![StringPart::Literal(text.clone())], &origin), origin)
}

/// A string from its parts. A lone unknown part is that value itself.
fn from_parts(parts: Vec<StringPart>, origin: Origin) -> Value {
    let first = parts.iter().find_map(|part| match part {
        StringPart::Unknown(value) => Some(value),
        StringPart::Literal(_) => None,
    });
    let Some(cause) = first else {
        let mut text = TextBuilder::default();
        for part in &parts {
            if let StringPart::Literal(literal) = part {
                text.push_text(literal);
            }
        }
        return Value::new(Kind::String(text.finish()), origin);
    };
    if let [StringPart::Unknown(value)] = parts.as_slice() {
        return value.clone();
    }
    let reason = cause.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
    let unknown = Unknown::new(reason).typed(Type::String).known(Known::Parts(parts.into()));
    Value::unknown(Unknown { not_null: true, ..unknown }, origin)
}

/// The parts with each dynamic reference as one unknown part ("Get values stored in other services using dynamic
/// references", CloudFormation user guide). What is inside a reference can be unknown in turn.
fn dynamic_references(parts: Vec<StringPart>, origin: &Origin) -> Vec<StringPart> {
    let mut result = Vec::with_capacity(parts.len());
    // The parts from an opening on, with the reference's text so far.
    let mut open: Option<(Vec<StringPart>, String)> = None;
    for part in parts {
        let StringPart::Literal(text) = &part else {
            match &mut open {
                Some((pending, label)) => {
                    label.push('…');
                    pending.push(part);
                }
                None => result.push(part),
            }
            continue;
        };
        let mut rest = 0;
        let whole = text.as_str();
        while rest < whole.len() {
            match open.take() {
                None => match whole[rest..].find(OPEN).filter(|at| is_service(&whole[rest + at + OPEN.len()..])) {
                    Some(at) => {
                        if at > 0 {
                            result.push(StringPart::Literal(text.slice(rest..rest + at)));
                        }
                        open = Some((Vec::new(), String::new()));
                        rest += at;
                    }
                    None => {
                        result.push(StringPart::Literal(text.slice(rest..whole.len())));
                        break;
                    }
                },
                Some((mut pending, mut label)) => match whole[rest..].find(CLOSE) {
                    Some(at) => {
                        let end = rest + at + CLOSE.len();
                        label.push_str(&whole[rest..end]);
                        let origin = text.span_of(rest..end).map_or_else(|| origin.clone(), Origin::at);
                        let unknown = Unknown::new(Reason::External(label.into())).typed(Type::String);
                        result.push(StringPart::Unknown(Value::unknown(unknown, origin)));
                        rest = end;
                    }
                    None => {
                        label.push_str(&whole[rest..]);
                        pending.push(StringPart::Literal(text.slice(rest..whole.len())));
                        open = Some((pending, label));
                        break;
                    }
                },
            }
        }
    }
    if let Some((pending, _)) = open {
        result.extend(pending);
    }
    result
}

fn is_service(text: &str) -> bool {
    ["ssm:", "ssm-secure:", "secretsmanager:"].iter().any(|service| text.starts_with(service))
}

/// Two strings in a row.
pub(super) fn concat(a: &Value, b: &Value, origin: Origin) -> Result<Value, NotAScalar> {
    let mut builder = StringBuilder::default();
    builder.value(a, None)?;
    builder.value(b, None)?;
    Ok(builder.finish(origin))
}

/// The parts of a string that is known in part; of any other unknown string, itself.
pub(super) fn parts_of(value: &Value) -> Arc<[StringPart]> {
    match value.as_unknown().map(|unknown| &unknown.known) {
        Some(Known::Parts(parts)) => Arc::clone(parts),
        _ => [StringPart::Unknown(value.clone())].into(),
    }
}
