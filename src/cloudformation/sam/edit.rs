//! Reading and changing trees in place.

use super::build::At;
use crate::parse::node::{Entry, Node, NodeKind};
use crate::value::{Number, Text};

/// What the transform does to nodes beyond what [`Node`] offers.
pub(super) trait Edit {
    /// The value of an entry, for change.
    fn get_mut(&mut self, key: &str) -> Option<&mut Node>;
    /// Sets an entry, in place where the key is there, else at the end. What is not a mapping becomes one.
    fn set(&mut self, key: &str, value: Node);
    /// Takes an entry out.
    fn remove(&mut self, key: &str) -> Option<Node>;
    /// The value of an entry, for change; an empty mapping is made where there is none.
    fn child(&mut self, key: &str) -> &mut Node;
    /// The entries of a mapping; what is not one becomes an empty one.
    fn entries_mut(&mut self) -> &mut Vec<Entry>;
    /// The items of a list; what is not one becomes an empty one.
    fn items_mut(&mut self) -> &mut Vec<Node>;
    /// A place to build nodes at.
    fn at(&self) -> At;
    /// Whether this is a list.
    fn is_list(&self) -> bool;
    /// Whether this counts as given: not null, false, zero, or empty.
    fn is_truthy(&self) -> bool;
    /// Whether this is null.
    fn is_null(&self) -> bool;
    /// The boolean.
    fn as_bool(&self) -> Option<bool>;
    /// The number as it would be printed.
    fn as_int(&self) -> Option<i64>;
    /// An entry that counts as given.
    fn given(&self, key: &str) -> Option<&Node>;
    /// The path of keys down to a value.
    fn dig(&self, path: &[&str]) -> Option<&Node>;
}

impl Edit for Node {
    fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.kind {
            NodeKind::Mapping(entries) => {
                entries.iter_mut().rev().find(|entry| entry.key.as_str() == key).map(|entry| &mut entry.value)
            }
            _ => None,
        }
    }

    fn set(&mut self, key: &str, value: Node) {
        if let Some(old) = self.get_mut(key) {
            *old = value;
        } else {
            let entry = Entry { key: Text::synthetic(key), key_span: value.span, value };
            self.entries_mut().push(entry);
        }
    }

    fn remove(&mut self, key: &str) -> Option<Node> {
        let NodeKind::Mapping(entries) = &mut self.kind else { return None };
        let mut removed = None;
        entries.retain_mut(|entry| {
            let hit = entry.key.as_str() == key;
            if hit {
                let span = entry.value.span;
                removed = Some(std::mem::replace(&mut entry.value, Node::new(span, NodeKind::Null)));
            }
            !hit
        });
        removed
    }

    fn child(&mut self, key: &str) -> &mut Node {
        let span = self.span;
        let entries = self.entries_mut();
        let index = match entries.iter().rposition(|entry| entry.key.as_str() == key) {
            Some(index) => index,
            None => {
                entries.push(At(span).entry(key, Node::new(span, NodeKind::Mapping(Vec::new()))));
                entries.len() - 1
            }
        };
        &mut entries[index].value
    }

    fn entries_mut(&mut self) -> &mut Vec<Entry> {
        if !self.is_mapping() {
            self.kind = NodeKind::Mapping(Vec::new());
        }
        match &mut self.kind {
            NodeKind::Mapping(entries) => entries,
            _ => unreachable!("it was made a mapping above"),
        }
    }

    fn items_mut(&mut self) -> &mut Vec<Node> {
        if !self.is_list() {
            self.kind = NodeKind::Sequence(Vec::new());
        }
        match &mut self.kind {
            NodeKind::Sequence(items) => items,
            _ => unreachable!("it was made a list above"),
        }
    }

    fn at(&self) -> At {
        At(self.span)
    }

    fn is_list(&self) -> bool {
        matches!(self.kind, NodeKind::Sequence(_))
    }

    fn is_truthy(&self) -> bool {
        match &self.kind {
            NodeKind::Null => false,
            NodeKind::Bool(value) => *value,
            NodeKind::Number(text) => Number::parse(text).is_none_or(|number| number.as_f64() != 0.0),
            NodeKind::String(text) => !text.as_str().is_empty(),
            NodeKind::Sequence(items) => !items.is_empty(),
            NodeKind::Mapping(entries) => !entries.is_empty(),
        }
    }

    fn is_null(&self) -> bool {
        matches!(self.kind, NodeKind::Null)
    }

    fn as_bool(&self) -> Option<bool> {
        match self.kind {
            NodeKind::Bool(value) => Some(value),
            _ => None,
        }
    }

    fn as_int(&self) -> Option<i64> {
        match &self.kind {
            NodeKind::Number(text) => Number::parse(text)?.as_i64(),
            _ => None,
        }
    }

    fn given(&self, key: &str) -> Option<&Node> {
        self.get(key).filter(|value| value.is_truthy())
    }

    fn dig(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }
}
