//! What the parser builds: nodes, or values where a string is known only in part.

use std::sync::Arc;

use super::parse_text;
use crate::parse::node::{self, Node, NodeKind};
use crate::source::Span;
use crate::value::{
    self, Choice, Entries, Kind, Known, List, ListSort, Map, MapSort, Number, Origin, Reason, StringPart, Text,
    TextBuilder, Type, Unknown, Value, node_to_value,
};

/// The character that stands for an unknown part. JSON allows it nowhere, so it means nothing else.
pub(super) const HOLE: char = '\0';

/// The decoded content of a string.
pub(super) struct Content {
    pub(super) text: Text,
    /// Where in `text` unknown parts stand, each with its place in the input.
    pub(super) holes: Vec<(usize, usize)>,
}

/// A piece without further pieces.
pub(super) enum Scalar<'a> {
    Null,
    Bool(bool),
    Number(&'a str),
    String(Content),
    /// The unknown part at this place of the input.
    Hole(usize),
    /// Characters and unknown parts that together are one value; the first unknown part is at this place.
    Mixed(usize),
}

/// Builds the result.
pub(super) trait Tree {
    /// A piece of the result.
    type Node;
    /// A `key: value` of it.
    type Member;

    /// Whether the character at this place of the input stands for an unknown part.
    fn is_hole(&self, at: usize) -> bool;
    /// A piece without further pieces.
    fn scalar(&self, scalar: Scalar<'_>, span: Span) -> Self::Node;
    /// An array.
    fn sequence(&self, items: Vec<Self::Node>, span: Span) -> Self::Node;
    /// An object; `unknown` is the place of an unknown part that stands where a member should.
    fn mapping(&self, members: Vec<Self::Member>, unknown: Option<usize>, span: Span) -> Self::Node;
    /// A member of an object.
    fn member(&self, key: Content, span: Span, value: Self::Node) -> Self::Member;
    /// A member's key and its place; `None` if it is not known.
    fn key(member: &Self::Member) -> Option<(&str, Span)>;
}

/// Builds [`Node`]s.
pub(super) struct Nodes;

impl Tree for Nodes {
    type Node = Node;
    type Member = node::Entry;

    fn is_hole(&self, _at: usize) -> bool {
        false
    }

    fn scalar(&self, scalar: Scalar<'_>, span: Span) -> Node {
        let kind = match scalar {
            Scalar::Null | Scalar::Hole(_) | Scalar::Mixed(_) => NodeKind::Null,
            Scalar::Bool(value) => NodeKind::Bool(value),
            Scalar::Number(text) => NodeKind::Number(text.into()),
            Scalar::String(content) => NodeKind::String(content.text),
        };
        Node::new(span, kind)
    }

    fn sequence(&self, items: Vec<Node>, span: Span) -> Node {
        Node::new(span, NodeKind::Sequence(items))
    }

    fn mapping(&self, members: Vec<node::Entry>, _unknown: Option<usize>, span: Span) -> Node {
        Node::new(span, NodeKind::Mapping(members))
    }

    fn member(&self, key: Content, span: Span, value: Node) -> node::Entry {
        node::Entry { key: key.text, key_span: span, value }
    }

    fn key(member: &node::Entry) -> Option<(&str, Span)> {
        Some((member.key.as_str(), member.key_span))
    }
}

/// Builds [`Value`]s, with unknown parts in their places.
pub(super) struct Values<'a> {
    /// The unknown parts by their place in the input, in ascending order.
    pub(super) holes: Vec<(usize, &'a Value)>,
}

/// A member of an object with unknown parts.
pub(super) struct Member<'a> {
    key: Result<Text, &'a Value>,
    span: Span,
    place: Span,
    value: Value,
}

/// One text of all parts, in which [`HOLE`] stands for each unknown one, and the unknown parts by their place in it.
pub(super) fn join(parts: &[StringPart], fallback: Span) -> (Text, Vec<(usize, &Value)>) {
    let mut builder = TextBuilder::default();
    let mut holes = Vec::new();
    for part in parts {
        match part {
            StringPart::Literal(text) => push_without_holes(&mut builder, text),
            StringPart::Unknown(value) => {
                holes.push((builder.as_str().len(), value));
                builder.push("\0", Some(value.origin.place().unwrap_or(fallback)));
            }
        }
    }
    (builder.finish(), holes)
}

/// Appends known text; a character that looks like [`HOLE`] becomes another one that JSON forbids as well.
fn push_without_holes(builder: &mut TextBuilder, text: &Text) {
    let mut from = 0;
    for (at, _) in text.as_str().match_indices(HOLE) {
        builder.push_part(text, from..at);
        builder.push("\u{1}", text.span_of(at..at + 1));
        from = at + 1;
    }
    builder.push_part(text, from..text.as_str().len());
}

impl<'a> Values<'a> {
    fn hole(&self, at: usize) -> Option<&'a Value> {
        let index = self.holes.binary_search_by_key(&at, |(place, _)| *place).ok()?;
        self.holes.get(index).map(|(_, value)| *value)
    }

    /// A value of which nothing is known, because of the unknown part at `at`.
    fn depends(&self, at: usize, span: Span) -> Value {
        let reason =
            self.hole(at).and_then(Value::as_unknown).map_or(Reason::Invalid, |unknown| unknown.reason.clone());
        Value::unknown(Unknown::new(reason), Origin::at(span))
    }

    fn string(&self, content: Content, span: Span) -> Value {
        let Content { text, holes } = content;
        let lone = holes.len() == 1 && text.as_str().len() == HOLE.len_utf8();
        let mut parts = Vec::with_capacity(2 * holes.len() + 1);
        let mut from = 0;
        for (at, place) in &holes {
            let Some(value) = self.hole(*place) else { continue };
            if lone && value.as_unknown().is_some_and(is_string) {
                return value.clone();
            }
            if from < *at {
                parts.push(StringPart::Literal(text.slice(from..*at)));
            }
            parts.push(StringPart::Unknown(value.clone()));
            from = at + HOLE.len_utf8();
        }
        let Some(first) = holes.first() else { return Value::at(Kind::String(text), span) };
        if from < text.as_str().len() {
            parts.push(StringPart::Literal(text.slice(from..text.as_str().len())));
        }
        let whole = self.depends(first.1, span);
        let reason = whole.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
        let sensitive = parts.iter().any(|part| matches!(part, StringPart::Unknown(value) if value.sensitive));
        let unknown = Unknown { ty: Type::String, reason, not_null: true, known: Known::Parts(parts.into()) };
        Value::unknown(unknown, Origin::at(span)).mark(sensitive)
    }
}

/// Whether a value that is not known is a string in any case.
fn is_string(unknown: &Unknown) -> bool {
    unknown.ty == Type::String || matches!(unknown.known, Known::Symbol(_) | Known::Parts(_))
}

/// What an unknown part means as a JSON value of its own: the parsed form of a string that is known to be JSON.
fn decode(value: &Value, span: Span, depth: usize) -> Value {
    if depth == 0 {
        return value.clone();
    }
    match &value.kind {
        Kind::String(text) => match parse_text(text, span) {
            (node, problems) if problems.is_empty() => node_to_value(&node).mark(value.sensitive),
            _ => Value::unknown(Unknown::new(Reason::Invalid), value.origin.clone()),
        },
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Encoding(inner) => (**inner).clone(),
            Known::Choice(choice) => {
                let choice = Choice {
                    then: decode(&choice.then, span, depth - 1),
                    otherwise: decode(&choice.otherwise, span, depth - 1),
                    ..(**choice).clone()
                };
                let ty = Type::Dynamic;
                let unknown = Unknown { ty, known: Known::Choice(Arc::new(choice)), ..(**unknown).clone() };
                Value { kind: Kind::Unknown(Arc::new(unknown)), ..value.clone() }
            }
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}

impl<'a> Tree for Values<'a> {
    type Node = Value;
    type Member = Member<'a>;

    fn is_hole(&self, at: usize) -> bool {
        self.hole(at).is_some()
    }

    fn scalar(&self, scalar: Scalar<'_>, span: Span) -> Value {
        match scalar {
            Scalar::Null => Value::at(Kind::Null, span),
            Scalar::Bool(value) => Value::at(Kind::Bool(value), span),
            Scalar::Number(text) => match Number::parse(text) {
                Some(number) => Value::at(Kind::Number(number), span),
                None => Value::unknown(Unknown::new(Reason::Invalid).typed(Type::Number), Origin::at(span)),
            },
            Scalar::String(content) => self.string(content, span),
            Scalar::Hole(at) => self.hole(at).map_or_else(|| self.depends(at, span), |value| decode(value, span, 8)),
            Scalar::Mixed(at) => self.depends(at, span),
        }
    }

    fn sequence(&self, items: Vec<Value>, span: Span) -> Value {
        Value::at(Kind::List(Arc::new(List { sort: ListSort::Tuple, items })), span)
    }

    fn mapping(&self, members: Vec<Member<'a>>, unknown: Option<usize>, span: Span) -> Value {
        if let Some(at) = unknown {
            return self.depends(at, span);
        }
        let mut entries = Entries::default();
        for Member { key, span: key_span, place, value } in members {
            match key {
                Ok(key) => {
                    entries.insert(key.shared(), value::Entry { key: Some(key_span), place: Some(place), value });
                }
                Err(hole) => {
                    let reason = hole.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
                    return Value::unknown(Unknown::new(reason), Origin::at(span));
                }
            }
        }
        Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), span)
    }

    fn member(&self, key: Content, span: Span, value: Value) -> Member<'a> {
        let place = value.origin.span.unwrap_or(span);
        let key = match key.holes.first().and_then(|(_, place)| self.hole(*place)) {
            Some(hole) => Err(hole),
            None => Ok(key.text),
        };
        Member { key, span, place, value }
    }

    fn key<'m>(member: &'m Member<'a>) -> Option<(&'m str, Span)> {
        member.key.as_ref().ok().map(|key| (key.as_str(), member.span))
    }
}
