//! Data documents as values.

use std::sync::Arc;

use super::{Entries, Entry, Kind, List, ListSort, Map, MapSort, Number, Reason, Type, Unknown, Value};
use crate::parse::node::{Node, NodeKind};

/// A document as plain data: no intrinsic function means anything here. Of keys that occur twice the last one counts.
pub fn node_to_value(node: &Node) -> Value {
    let kind = match &node.kind {
        NodeKind::Null => Kind::Null,
        NodeKind::Bool(value) => Kind::Bool(*value),
        NodeKind::Number(text) => match Number::parse(text) {
            Some(number) => Kind::Number(number),
            None => Kind::Unknown(Arc::new(Unknown::new(Reason::Invalid).typed(Type::Number))),
        },
        NodeKind::String(text) => Kind::String(text.clone()),
        NodeKind::Sequence(items) => {
            Kind::List(Arc::new(List { sort: ListSort::Tuple, items: items.iter().map(node_to_value).collect() }))
        }
        NodeKind::Mapping(entries) => {
            let entries: Entries = entries
                .iter()
                .map(|entry| {
                    let value = node_to_value(&entry.value);
                    (entry.key.shared(), Entry { key: Some(entry.key_span), place: Some(entry.value.span), value })
                })
                .collect();
            Kind::Map(Arc::new(Map { sort: MapSort::Object, entries }))
        }
    };
    Value::at(kind, node.span)
}
