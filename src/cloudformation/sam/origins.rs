//! Which declaration of the source a generated resource comes from.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::parse::node::{Entry, Node, NodeKind};
use crate::resource::Declaration;
use crate::source::Span;

/// The declarations of generated resources by logical id.
pub type Declarations = FxHashMap<String, Arc<Declaration>>;

/// What is noted of the source before it is taken apart, and of what is made from it.
pub(super) struct Origins {
    declared: Declarations,
    /// Where the key of a construct stands, by the place of its value.
    keys: FxHashMap<Span, Span>,
    /// By the logical id of a generated resource: that of what it is made from, which may be generated as well.
    made: FxHashMap<String, String>,
    /// The logical ids of resources that stand in the place of what they are made from.
    in_place: FxHashSet<String>,
}

impl Origins {
    /// Of the section `Resources`.
    pub(super) fn new(resources: Option<&Node>) -> Self {
        let mut origins = Origins {
            declared: Declarations::default(),
            keys: FxHashMap::default(),
            made: FxHashMap::default(),
            in_place: FxHashSet::default(),
        };
        for entry in resources.map_or(&[][..], Node::entries) {
            let Entry { key, key_span, value } = entry;
            let span = if key_span.file == value.span.file { key_span.to(value.span) } else { *key_span };
            let declaration = Declaration { address: key.shared(), header: *key_span, span };
            origins.declared.insert(key.as_str().to_owned(), Arc::new(declaration));
            origins.keys.insert(value.span, *key_span);
            note_keys(value, &mut origins.keys);
        }
        origins
    }

    /// Notes that `made` is a resource that the transform makes from `source`.
    pub(super) fn note(&mut self, made: &str, source: &str) {
        if made == source {
            self.in_place.insert(made.to_owned());
        } else if !self.declared.contains_key(made) {
            self.made.entry(made.to_owned()).or_insert_with(|| source.to_owned());
        }
    }

    /// Notes that a resource which no other one declares is due to the construct at `header`.
    pub(super) fn declare(&mut self, id: &str, header: Span) {
        let declaration = Declaration { address: id.into(), header, span: header };
        self.declared.entry(id.to_owned()).or_insert_with(|| Arc::new(declaration));
    }

    /// Where to point for a construct: its key, if it has one.
    pub(super) fn key_of(&self, construct: Span) -> Span {
        self.keys.get(&construct).copied().unwrap_or(construct)
    }

    /// The declarations of all generated resources.
    pub(super) fn into_declarations(self) -> Declarations {
        let first = |made: &String| {
            // What is made from each other is a chain: every step was noted before the next one.
            let chain = std::iter::successors(Some(made), |id| self.made.get(*id)).take(self.made.len() + 1);
            chain.filter_map(|id| self.declared.get(id)).last().cloned()
        };
        self.made.keys().chain(&self.in_place).filter_map(|made| Some((made.clone(), first(made)?))).collect()
    }
}

/// The tree is as deep as the parser allows.
fn note_keys(node: &Node, keys: &mut FxHashMap<Span, Span>) {
    match &node.kind {
        NodeKind::Sequence(items) => items.iter().for_each(|item| note_keys(item, keys)),
        NodeKind::Mapping(entries) => {
            for entry in
                entries.iter().filter(|entry| matches!(entry.value.kind, NodeKind::Mapping(_) | NodeKind::Sequence(_)))
            {
                keys.insert(entry.value.span, entry.key_span);
                note_keys(&entry.value, keys);
            }
        }
        _ => {}
    }
}
