//! The spanned tree of a data document, the same for YAML and JSON.

use crate::source::Span;
use crate::value::Text;

/// A piece of a document with its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// The whole piece: for strings with their quotes, for block scalars with their header.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of [`Node`].
///
/// CloudFormation's YAML short forms are already in their long form: `!Sub x` is the mapping `{"Fn::Sub": "x"}` whose
/// key has the span of the tag. `!Ref` and `!Condition` become `Ref` and `Condition`; `!GetAtt a.b` keeps its string.
#[derive(Clone, PartialEq, Debug)]
pub enum NodeKind {
    /// `null`, `~`, or nothing at all.
    Null,
    /// A boolean; in YAML as PyYAML reads it (YAML 1.1: `yes` and `on` are true).
    Bool(bool),
    /// A number as it is written, for example `1.50`, `0x1f` or `1e3`: see `value::Number::parse`.
    Number(Box<str>),
    /// A string, decoded, with the map back to its bytes.
    String(Text),
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping in the order of the text. Duplicate keys are kept (and reported by the parser): the last one counts.
    Mapping(Vec<Entry>),
}

/// One `key: value` of a mapping.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The key as text. Keys that are not strings (`1:`, `true:`) are in the notation of the source.
    pub key: Text,
    /// Where the key is written, with its quotes.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A node of some kind.
    pub fn new(span: Span, kind: NodeKind) -> Self {
        Node { span, kind }
    }

    /// The value of the last entry with this key, if this is a mapping that has one.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The last entry with this key, if this is a mapping that has one.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|entry| entry.key.as_str() == key)
    }

    /// The entries of a mapping; empty for everything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            NodeKind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; empty for everything else.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            NodeKind::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::String(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// Whether this is a mapping.
    pub fn is_mapping(&self) -> bool {
        matches!(self.kind, NodeKind::Mapping(_))
    }
}
