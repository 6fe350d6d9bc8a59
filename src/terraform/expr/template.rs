//! Templates: strings with interpolations and directives (HCL's `TemplateExpr`).

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::choice::choose;
use super::collection::partly;
use super::{Evaluator, MAX_TEXT};
use crate::parse::hcl::ast::{Expr, Part};
use crate::source::Span;
use crate::terraform::convert::{convert, to_text};
use crate::terraform::functions::normalised;
use crate::value::{Kind, Known, Origin, StringPart, Text, TextBuilder, Type, Unknown, Value};

/// What an unknown part counts for in the length of a string, in bytes: what it takes in memory, roughly.
const PART: usize = 256;

/// A string under construction: text, and what is not known of it.
#[derive(Default)]
pub(in crate::terraform) struct Joined {
    builder: TextBuilder,
    parts: Vec<StringPart>,
    cause: Option<Value>,
    sensitive: bool,
    length: usize,
}

impl Joined {
    /// Appends known text.
    pub(in crate::terraform) fn push_text(&mut self, text: &Text) {
        self.length += text.as_str().len();
        if self.length <= MAX_TEXT {
            self.builder.push_text(text);
        }
    }

    /// Appends known text that stands for a place.
    pub(in crate::terraform) fn push(&mut self, text: &str, span: Option<Span>) {
        self.length += text.len();
        if self.length <= MAX_TEXT {
            self.builder.push(text, span);
        }
    }

    /// Appends an unknown string.
    pub(in crate::terraform) fn push_unknown(&mut self, value: Value) {
        self.sensitive |= value.sensitive;
        if self.cause.is_none() {
            self.cause = Some(value.clone());
        }
        match value.as_unknown().map(|unknown| &unknown.known) {
            Some(Known::Parts(parts)) => {
                for part in parts.iter() {
                    match part {
                        StringPart::Literal(text) => self.push_text(text),
                        StringPart::Unknown(value) => self.push_part(value.clone()),
                    }
                }
            }
            _ => self.push_part(value),
        }
    }

    fn push_part(&mut self, value: Value) {
        self.length += PART;
        if self.length <= MAX_TEXT {
            self.flush();
            self.parts.push(StringPart::Unknown(value));
        }
    }

    /// Appends a string, known or not.
    pub(in crate::terraform) fn push_value(&mut self, value: Value) {
        self.sensitive |= value.sensitive;
        match &value.kind {
            Kind::String(text) => self.push_text(text),
            _ => self.push_unknown(value),
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.builder).finish();
        if !text.as_str().is_empty() {
            self.parts.push(StringPart::Literal(text));
        }
    }

    /// Whether it is longer than any string may be.
    pub(in crate::terraform) fn is_too_long(&self) -> bool {
        self.length > MAX_TEXT
    }

    /// The string at a place.
    pub(in crate::terraform) fn finish(mut self, span: Span) -> Value {
        let value = match self.cause.take() {
            None => Value::at(Kind::String(normalised(&self.builder.finish(), Some(span))), span),
            Some(cause) => {
                self.flush();
                let reason = cause.as_unknown().map_or(crate::value::Reason::Invalid, |unknown| unknown.reason.clone());
                partly(reason, Type::String, Known::Parts(self.parts.into()), span)
            }
        };
        value.mark(self.sensitive)
    }
}

impl Evaluator<'_> {
    /// A template. One of a lone interpolation is the value of that.
    pub(super) fn template(&mut self, span: Span, parts: &[Part]) -> Value {
        if let [Part::Interpolation(expr)] = parts {
            return self.expr(expr);
        }
        self.joined(span, parts)
    }

    /// A template as a string in any case.
    fn joined(&mut self, span: Span, parts: &[Part]) -> Value {
        let mut joined = Joined::default();
        for part in parts {
            match part {
                Part::Literal(text) => joined.push_text(text),
                Part::Interpolation(expr) => {
                    let value = self.expr(expr);
                    let text = self.part_text(&value, expr.span);
                    joined.push_value(text);
                }
                Part::If { condition, then, otherwise } => {
                    let value = self.directive_if(span, condition, then, otherwise);
                    joined.push_value(value);
                }
                Part::For { key_var, value_var, collection, body } => {
                    let collection_value = self.expr(collection);
                    joined.sensitive |= collection_value.sensitive;
                    let Some(iterations) = self.iterations_of(&collection_value, collection.span) else {
                        joined.push_unknown(self.depends_on(&collection_value, Type::String, collection.span));
                        continue;
                    };
                    for (index, iteration) in iterations.into_iter().enumerate() {
                        let value = self.with_locals(key_var.as_ref(), value_var, iteration, index, |evaluator| {
                            evaluator.joined(span, body)
                        });
                        joined.push_value(value);
                        if joined.is_too_long() {
                            break;
                        }
                    }
                }
            }
            if joined.is_too_long() {
                return self.limit(span, "this string is too long");
            }
        }
        joined.finish(span)
    }

    /// A value as a part of a template.
    fn part_text(&mut self, value: &Value, span: Span) -> Value {
        if value.is_null() {
            return self.fail(span, "a null value cannot be put into a string");
        }
        if value.is_unknown() {
            return match convert(value, &Type::String) {
                Ok(value) => value,
                Err(why) => self.fail(span, why),
            };
        }
        match to_text(value) {
            Some(text) => Value::new(Kind::String(text), value.origin.clone()).mark(value.sensitive),
            None => {
                let ty = Type::of(value).friendly();
                self.fail(span, format!("a {ty} cannot be put into a string")).mark(value.sensitive)
            }
        }
    }

    fn directive_if(&mut self, span: Span, condition: &Expr, then: &[Part], otherwise: &[Part]) -> Value {
        let value = self.expr(condition);
        if value.is_null() {
            return self.fail(condition.span, "the condition is null");
        }
        let decided = match convert(&value, &Type::Bool) {
            Ok(decided) => decided,
            Err(why) => return self.fail(condition.span, format!("not a condition: {why}")),
        };
        // Both branches' marks count, as in HCL.
        match decided.kind {
            Kind::Bool(holds) => {
                let (taken, other) = if holds { (then, otherwise) } else { (otherwise, then) };
                let result = self.joined(span, taken);
                let mark = self.diagnostics.len();
                let ignored = self.joined(span, other);
                self.forget_since(mark);
                result.mark(ignored.sensitive || decided.sensitive)
            }
            _ => {
                let mark = self.diagnostics.len();
                let (then, otherwise) = (self.joined(span, then), self.joined(span, otherwise));
                self.forget_since(mark);
                let (formula, name) = self.formula(condition, &decided);
                choose(&formula, &name, then, otherwise, Type::String, Origin::at(span)).mark(decided.sensitive)
            }
        }
    }
}

/// What an unknown string is known to start with (`ctystrings.SafeKnownPrefix`: no more of a grapheme than is certain).
pub(in crate::terraform) fn prefix_of(unknown: &Unknown) -> Cow<'_, str> {
    match &unknown.known {
        Known::Refined { prefix, .. } => Cow::Borrowed(prefix),
        Known::Parts(parts) => match parts.first() {
            Some(StringPart::Literal(text)) => Cow::Borrowed(safe_prefix(text.as_str())),
            Some(StringPart::Unknown(value)) => match value.as_unknown() {
                Some(inner) => prefix_of(inner),
                None => Cow::Borrowed(""),
            },
            None => Cow::Borrowed(""),
        },
        Known::Choice(choice) => {
            let of = |value: &Value| match &value.kind {
                Kind::String(text) => text.as_str().to_owned(),
                Kind::Unknown(unknown) => prefix_of(unknown).into_owned(),
                _ => String::new(),
            };
            let (a, b) = (of(&choice.then), of(&choice.otherwise));
            let common: usize = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            Cow::Owned(safe_prefix(&a[..common]).to_owned())
        }
        _ => Cow::Borrowed(""),
    }
}

/// A prefix without its last grapheme, which what follows could change; delimiters do not combine.
fn safe_prefix(text: &str) -> &str {
    if text.ends_with(|c: char| c.is_ascii_punctuation() || matches!(c, ' ' | '\t' | '\n')) {
        return text;
    }
    text.grapheme_indices(true).next_back().map_or("", |(start, _)| &text[..start])
}
