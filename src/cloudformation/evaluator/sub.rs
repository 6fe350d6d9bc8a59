//! `Fn::Sub`.

use rustc_hash::FxHashMap;

use super::string::StringBuilder;
use super::{Evaluator, depends, limits};
use crate::parse::node::{Node, NodeKind};
use crate::source::Span;
use crate::value::{HopKind, Origin, Text, Type, Value};

impl Evaluator<'_> {
    /// `Fn::Sub`: a string, or a list of a string and a mapping of names to values.
    pub(super) fn sub(&mut self, argument: &Node, span: Span) -> Value {
        let (template, names) = match &argument.kind {
            NodeKind::String(_) => (argument, None),
            NodeKind::Sequence(items) => match items.as_slice() {
                [template] => (template, None),
                [template, names] if names.is_mapping() => (template, Some(names)),
                _ => return self.invalid(span, "Fn::Sub takes a string, or a list of a string and a mapping"),
            },
            NodeKind::Mapping(_) => {
                // What a macro makes of it.
                let template = self.evaluate(argument);
                return match template.is_unknown() {
                    true => depends(&template, Type::String, span),
                    false => self.invalid(span, "Fn::Sub takes a string, or a list of a string and a mapping"),
                };
            }
            _ => return self.invalid(span, "Fn::Sub takes a string, or a list of a string and a mapping"),
        };
        let NodeKind::String(text) = &template.kind else {
            return self.invalid(template.span, "the template of Fn::Sub must be a string");
        };
        let entries = names.map_or(&[][..], Node::entries);
        let names = entries.iter().map(|entry| (entry.key.as_str(), self.evaluate(&entry.value))).collect();
        self.substitute(text, &names, template.span)
    }

    fn substitute(&mut self, text: &Text, names: &FxHashMap<&str, Value>, span: Span) -> Value {
        let mut builder = StringBuilder::default();
        let mut variables = false;
        for piece in pieces(text.as_str()) {
            match piece {
                Piece::Literal(range) => builder.part(text, range),
                Piece::Variable { name, range } => {
                    variables = true;
                    let place = text.span_of(range).unwrap_or(span);
                    let value = match names.get(name) {
                        Some(value) => value.clone(),
                        None => self.sub_variable(name, place),
                    };
                    if builder.value(&value, Some(place)).is_err() {
                        return self.invalid(place, format!("{name} is not a string"));
                    }
                }
            }
            if !self.affords(builder.bytes()) {
                return self.limit(span, "the length of a string");
            }
        }
        self.spend(builder.bytes());
        let origin = Origin::at(span);
        builder.finish(if variables { origin.hop(span, HopKind::Computed("Fn::Sub".into())) } else { origin })
    }

    /// The value of `${name}` that `Fn::Sub` itself does not define.
    fn sub_variable(&mut self, name: &str, place: Span) -> Value {
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':')) {
            return self.invalid(place, format!("{name:?} is not a name that Fn::Sub can use"));
        }
        match name.split_once('.') {
            Some((id, attribute)) => self.get_att_of(id, attribute, place),
            None => self.reference(name, place),
        }
    }

    /// Whether a string of so many bytes may be made.
    pub(super) fn affords(&self, bytes: usize) -> bool {
        bytes <= limits::STRING_BYTES && bytes <= self.budget.bytes
    }

    /// Counts the bytes of a string that was made.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.budget.bytes = self.budget.bytes.saturating_sub(bytes);
    }
}

/// A piece of a template string.
enum Piece<'t> {
    /// These bytes as they are.
    Literal(std::ops::Range<usize>),
    /// `${name}`
    Variable { name: &'t str, range: std::ops::Range<usize> },
}

/// The pieces of a template string. `${!name}` is the text `${name}`; an opening without end is text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(start) = text[from..].find("${").map(|at| from + at) {
        let inner = start + 2;
        let Some(end) = text[inner..].find('}').map(|at| inner + at) else { break };
        if text[inner..].starts_with('!') {
            // Only the exclamation mark goes.
            pieces.push(Piece::Literal(done..inner));
            pieces.push(Piece::Literal(inner + 1..end + 1));
        } else {
            pieces.push(Piece::Literal(done..start));
            pieces.push(Piece::Variable { name: text[inner..end].trim(), range: start..end + 1 });
        }
        done = end + 1;
        from = done;
    }
    pieces.push(Piece::Literal(done..text.len()));
    pieces
}
