//! The value that everything evaluates to, with its origin.
//!
//! One type serves Terraform, CloudFormation, plans and raw policies. A [`Value`] knows where it was written and by
//! which path it came ([`Origin`]); a string knows which byte of which file each of its bytes came from ([`Text`]).
//! What cannot be known is a value too ([`Unknown`]), and keeps what is known of it.

mod condition;
mod from_node;
mod number;
mod origin;
mod text;
mod ty;
mod unknown;

pub use condition::{Choice, Condition, Decided, Literal, Variable, World};
pub use from_node::node_to_value;
pub use number::{Notation, Number};
pub use origin::{Hop, HopKind, Origin};
pub use text::{Run, Text, TextBuilder};
pub use ty::Type;
pub use unknown::{Known, Reason, Reference, ResourceObject, StringPart, Symbol, Unknown};

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::source::Span;

/// A value with its origin. Equality looks at the value alone, not at where it came from.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Where it was written and how it came here.
    pub origin: Origin,
    /// Whether it must not be printed (`sensitive`, `NoEcho`).
    pub sensitive: bool,
}

/// The kinds of [`Value`].
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// Nothing: `null`, `AWS::NoValue`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Text),
    /// A sequence: tuple, list or set.
    List(Arc<List>),
    /// A mapping: object or map, and the body of a block.
    Map(Arc<Map>),
    /// A value that cannot be known before deployment, or only in part.
    Unknown(Arc<Unknown>),
}

/// The items of a sequence with its sort.
#[derive(Clone, PartialEq, Debug)]
pub struct List {
    /// What sort of sequence.
    pub sort: ListSort,
    /// The items. A set's items are in Terraform's order and without duplicates.
    pub items: Vec<Value>,
}

/// The sorts of sequences that Terraform tells apart. CloudFormation and blocks use `Tuple`.
#[derive(Clone, PartialEq, Debug)]
pub enum ListSort {
    /// Each item has its own type.
    Tuple,
    /// All items have this type.
    List(Type),
    /// All items have this type, without order or duplicates.
    Set(Type),
}

/// The entries of a mapping with its sort.
#[derive(Clone, PartialEq, Debug)]
pub struct Map {
    /// What sort of mapping.
    pub sort: MapSort,
    /// The entries, in the order in which they were written.
    pub entries: Entries,
}

impl Map {
    /// The key of the entry that stands for all that a mapping gets from elsewhere at deployment: CloudFormation's name
    /// for what brings it.
    pub const UNSEEN: &str = "Fn::Transform";

    /// The entry of a key. Of a mapping that gets entries from elsewhere, a key that it does not have itself is the unknown
    /// value that stands for these.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key).or_else(|| self.entries.get(Self::UNSEEN).filter(|unseen| unseen.value.is_unknown()))
    }
}

/// Entries of a mapping by key.
pub type Entries = IndexMap<Arc<str>, Entry, FxBuildHasher>;

/// The sorts of mappings that Terraform tells apart. CloudFormation and blocks use `Object`.
#[derive(Clone, PartialEq, Debug)]
pub enum MapSort {
    /// Each entry has its own type.
    Object,
    /// All entries have this type.
    Map(Type),
}

/// A mapping's entry: the value and where the assignment stands. Equality looks at the value alone.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where the key is written; for blocks the block's header. `None` for generated entries.
    pub key: Option<Span>,
    /// Where the expression that gives the value is written: not the value's origin, but its place in this mapping.
    pub place: Option<Span>,
    /// The value.
    pub value: Value,
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Entry {
    /// An entry that nobody wrote.
    pub fn generated(value: Value) -> Self {
        Entry { key: None, place: None, value }
    }

    /// The span to underline for "this setting": `key = value` on one line, else the key alone.
    ///
    /// `single_line` says whether a span lies on one line.
    pub fn region(&self, single_line: impl Fn(Span) -> bool) -> Option<Span> {
        match (self.key, self.place) {
            (Some(key), Some(place)) if key.file == place.file => {
                let whole = key.to(place);
                Some(if single_line(whole) { whole } else { key })
            }
            (key, place) => key.or(place),
        }
    }
}

impl Value {
    /// A value with an origin.
    pub fn new(kind: Kind, origin: Origin) -> Self {
        Value { kind, origin, sensitive: false }
    }

    /// A value written at `span`.
    pub fn at(kind: Kind, span: Span) -> Self {
        Value::new(kind, Origin::at(span))
    }

    /// `null` that nobody wrote.
    pub fn null() -> Self {
        Value::new(Kind::Null, Origin::none())
    }

    /// A boolean that nobody wrote.
    pub fn bool(value: bool) -> Self {
        Value::new(Kind::Bool(value), Origin::none())
    }

    /// A string that nobody wrote.
    pub fn string(text: impl AsRef<str>) -> Self {
        Value::new(Kind::String(Text::synthetic(text.as_ref())), Origin::none())
    }

    /// A sequence of the tuple sort that nobody wrote.
    pub fn list(items: Vec<Value>) -> Self {
        Value::new(Kind::List(Arc::new(List { sort: ListSort::Tuple, items })), Origin::none())
    }

    /// A mapping of the object sort that nobody wrote.
    pub fn object(entries: Entries) -> Self {
        Value::new(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), Origin::none())
    }

    /// A mapping of the object sort from plain pairs.
    pub fn from_pairs<K: Into<Arc<str>>>(pairs: impl IntoIterator<Item = (K, Value)>) -> Self {
        Value::object(pairs.into_iter().map(|(key, value)| (key.into(), Entry::generated(value))).collect())
    }

    /// An unknown value.
    pub fn unknown(unknown: Unknown, origin: Origin) -> Self {
        Value::new(Kind::Unknown(Arc::new(unknown)), origin)
    }

    /// The same value with another origin.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// The same value, marked as sensitive if `sensitive` says so.
    #[must_use]
    pub fn mark(mut self, sensitive: bool) -> Self {
        self.sensitive |= sensitive;
        self
    }

    /// A part of this value as it is taken out of it: it has come the way of the whole. Its mark is its own.
    #[must_use]
    pub fn part(&self, part: &Value) -> Value {
        let origin = part.origin.within(&self.origin);
        Value { kind: part.kind.clone(), origin, sensitive: part.sensitive }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// Whether nothing or only a part of this scalar is known. Containers are known even when items are not.
    pub fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown(_))
    }

    /// Whether this and everything in it is known.
    pub fn is_wholly_known(&self) -> bool {
        match &self.kind {
            Kind::Unknown(_) => false,
            Kind::List(list) => list.items.iter().all(Value::is_wholly_known),
            Kind::Map(map) => map.entries.values().all(|entry| entry.value.is_wholly_known()),
            _ => true,
        }
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        self.as_text().map(Text::as_str)
    }

    /// The string with its map, if it is one.
    pub fn as_text(&self) -> Option<&Text> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if this is a sequence.
    pub fn as_list(&self) -> Option<&[Value]> {
        match &self.kind {
            Kind::List(list) => Some(&list.items),
            _ => None,
        }
    }

    /// The entries, if this is a mapping.
    pub fn as_map(&self) -> Option<&Entries> {
        match &self.kind {
            Kind::Map(map) => Some(&map.entries),
            _ => None,
        }
    }

    /// What is known of it, if this is unknown.
    pub fn as_unknown(&self) -> Option<&Unknown> {
        match &self.kind {
            Kind::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// The entry of a mapping.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_map()?.get(key)
    }

    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value with every choice and variable replaced by what it is in `world`.
    ///
    /// What the world does not decide stays unknown.
    #[must_use]
    pub fn in_world(&self, world: &World) -> Value {
        let kind = match &self.kind {
            Kind::Unknown(unknown) => return unknown.in_world(self, world),
            Kind::List(list) if !self.is_wholly_known() => Kind::List(Arc::new(List {
                sort: list.sort.clone(),
                items: list.items.iter().map(|item| item.in_world(world)).filter(|item| !item.is_absent()).collect(),
            })),
            Kind::Map(map) if !self.is_wholly_known() => {
                let resolved = map.entries.iter().map(|(key, entry)| {
                    (Arc::clone(key), Entry { value: entry.value.in_world(world), ..entry.clone() })
                });
                Kind::Map(Arc::new(Map { sort: map.sort.clone(), entries: resolved.collect() }))
            }
            known => known.clone(),
        };
        Value { kind, origin: self.origin.clone(), sensitive: self.sensitive }
    }

    /// Whether a choice resolved to "no such item" (`AWS::NoValue` inside a list).
    fn is_absent(&self) -> bool {
        self.is_null()
    }

    /// Calls `visit` for each unknown in this value, outermost first, not inside choices or parts.
    pub fn for_each_unknown<'a>(&'a self, visit: &mut impl FnMut(&'a Value, &'a Unknown)) {
        match &self.kind {
            Kind::Unknown(unknown) => visit(self, unknown),
            Kind::List(list) => list.items.iter().for_each(|item| item.for_each_unknown(visit)),
            Kind::Map(map) => map.entries.values().for_each(|entry| entry.value.for_each_unknown(visit)),
            _ => {}
        }
    }
}
