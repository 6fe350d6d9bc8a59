//! Sets in the order in which Terraform iterates them (`setRules.Less` of go-cty's `set_internals.go`).

use std::cmp::Ordering;
use std::fmt::Write;
use std::sync::Arc;

use crate::value::{Kind, List, ListSort, Notation, Type, Value};

/// A set of these items, sorted and without duplicates. Unknown items are all kept, last.
pub fn set_of(ty: Type, items: impl IntoIterator<Item = Value>) -> Value {
    let mut items: Vec<Value> = items.into_iter().collect();
    if matches!(ty, Type::String | Type::Number | Type::Bool) {
        items.sort_by(compare_primitives);
    } else {
        items.sort_by_cached_key(|item| (item.is_null(), item.is_unknown(), hash_text(item)));
    }
    items.dedup_by(|later, first| {
        let equal = later == first && later.is_wholly_known();
        first.sensitive |= equal && later.sensitive;
        equal
    });
    Value::list_of(ListSort::Set(ty), items)
}

/// Known ones first, then unknown ones, then nulls.
fn compare_primitives(a: &Value, b: &Value) -> Ordering {
    let rank = |value: &Value| (value.is_null(), value.is_unknown());
    rank(a).cmp(&rank(b)).then_with(|| match (&a.kind, &b.kind) {
        (Kind::String(a), Kind::String(b)) => a.as_str().cmp(b.as_str()),
        (Kind::Number(a), Kind::Number(b)) => a.cmp(b),
        (Kind::Bool(a), Kind::Bool(b)) => a.cmp(b),
        _ => Ordering::Equal,
    })
}

/// The text by which cty orders everything that is not primitive (`makeSetHashBytes`).
fn hash_text(value: &Value) -> String {
    let mut text = String::new();
    append_hash(value, &mut text);
    text
}

fn append_hash(value: &Value, text: &mut String) {
    match &value.kind {
        Kind::Unknown(_) => text.push('?'),
        Kind::Null => text.push('~'),
        Kind::Bool(value) => text.push(if *value { 'T' } else { 'F' }),
        Kind::Number(number) => text.push_str(&number.format(Notation::General, Some(10))),
        Kind::String(string) => {
            let _ = write!(text, "{:?}", string.as_str());
        }
        Kind::List(list) => {
            let (open, close) = if list.sort == ListSort::Tuple { ('<', '>') } else { ('[', ']') };
            text.push(open);
            for item in &list.items {
                append_hash(item, text);
                text.push(';');
            }
            text.push(close);
        }
        Kind::Map(_) => {
            let object = matches!(&value.kind, Kind::Map(map) if map.sort == crate::value::MapSort::Object);
            text.push(if object { '<' } else { '{' });
            for (key, entry) in value.sorted_entries() {
                if !object {
                    let _ = write!(text, "{key:?}:");
                }
                append_hash(&entry.value, text);
                text.push(';');
            }
            text.push(if object { '>' } else { '}' });
        }
    }
}

impl Value {
    /// A sequence of some sort that nobody wrote.
    pub fn list_of(sort: ListSort, items: Vec<Value>) -> Self {
        Value::new(Kind::List(Arc::new(List { sort, items })), crate::value::Origin::none())
    }

    /// The entries of a mapping by key, as Terraform iterates them; empty for everything else.
    pub fn sorted_entries(&self) -> Vec<(&Arc<str>, &crate::value::Entry)> {
        let mut entries: Vec<_> = self.as_map().into_iter().flatten().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        entries
    }
}
