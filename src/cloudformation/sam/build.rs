//! New nodes for generated constructs, all with the span of the construct in the source that caused them.

use crate::parse::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::value::Text;

/// Makes nodes that point at one place of the source.
#[derive(Clone, Copy)]
pub(super) struct At(pub(super) Span);

impl At {
    /// A string.
    pub(super) fn string(self, text: impl AsRef<str>) -> Node {
        Node::new(self.0, NodeKind::String(Text::synthetic(text.as_ref())))
    }

    /// A boolean.
    pub(super) fn bool(self, value: bool) -> Node {
        Node::new(self.0, NodeKind::Bool(value))
    }

    /// Nothing.
    pub(super) fn null(self) -> Node {
        Node::new(self.0, NodeKind::Null)
    }

    /// An integer.
    pub(super) fn int(self, value: i64) -> Node {
        Node::new(self.0, NodeKind::Number(value.to_string().into()))
    }

    /// A list.
    pub(super) fn list(self, items: impl IntoIterator<Item = Node>) -> Node {
        Node::new(self.0, NodeKind::Sequence(items.into_iter().collect()))
    }

    /// A list of strings.
    pub(super) fn strings<S: AsRef<str>>(self, items: impl IntoIterator<Item = S>) -> Node {
        self.list(items.into_iter().map(|item| self.string(item)))
    }

    /// A mapping.
    pub(super) fn map<K: AsRef<str>>(self, entries: impl IntoIterator<Item = (K, Node)>) -> Node {
        let entries = entries.into_iter().map(|(key, value)| self.entry(key, value)).collect();
        Node::new(self.0, NodeKind::Mapping(entries))
    }

    /// One entry of a mapping; the key points where the value does.
    pub(super) fn entry(self, key: impl AsRef<str>, value: Node) -> Entry {
        Entry { key: Text::synthetic(key.as_ref()), key_span: self.0, value }
    }

    /// `{"Ref": id}`.
    pub(super) fn reference(self, id: impl AsRef<str>) -> Node {
        self.map([("Ref", self.string(id))])
    }

    /// `{"Fn::GetAtt": [id, attribute]}`.
    pub(super) fn get_att(self, id: impl AsRef<str>, attribute: &str) -> Node {
        self.map([("Fn::GetAtt", self.list([self.string(id), self.string(attribute)]))])
    }

    /// `{"Fn::Sub": text}`.
    pub(super) fn sub(self, text: impl AsRef<str>) -> Node {
        self.map([("Fn::Sub", self.string(text))])
    }

    /// `{"Fn::Sub": [text, {…}]}`.
    pub(super) fn sub_with<K: AsRef<str>>(
        self,
        text: impl AsRef<str>,
        variables: impl IntoIterator<Item = (K, Node)>,
    ) -> Node {
        self.map([("Fn::Sub", self.list([self.string(text), self.map(variables)]))])
    }

    /// `{"Fn::If": [condition, then, otherwise]}`.
    pub(super) fn when(self, condition: &str, then: Node, otherwise: Node) -> Node {
        self.map([("Fn::If", self.list([self.string(condition), then, otherwise]))])
    }

    /// `{"Ref": "AWS::NoValue"}`.
    pub(super) fn no_value(self) -> Node {
        self.reference("AWS::NoValue")
    }
}
