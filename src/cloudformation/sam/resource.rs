//! Resources that the transform makes.

use super::build::At;
use super::edit::Edit;
use crate::parse::node::{Entry, Node};

/// The attributes of a source resource that all resources made from it take over.
const PASSED_ON: [&str; 3] = ["Condition", "DeletionPolicy", "UpdateReplacePolicy"];

/// Those that a resource takes over which stands in the place of a source resource.
const KEPT: [&str; 6] = ["Condition", "DeletionPolicy", "UpdateReplacePolicy", "DependsOn", "UpdatePolicy", "Metadata"];

/// A resource that the transform makes.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    /// Its logical id.
    pub(super) id: String,
    node: Node,
}

impl Resource {
    /// A resource without properties, that points to a construct in the source.
    pub(super) fn new(at: At, id: impl Into<String>, kind: &str) -> Self {
        Resource { id: id.into(), node: at.map([("Type", at.string(kind))]) }
    }

    /// Sets a property.
    #[must_use]
    pub(super) fn with(mut self, name: &str, value: Node) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a property if there is a value for it.
    #[must_use]
    pub(super) fn maybe(self, name: &str, value: Option<Node>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Sets properties to those of the same names in a mapping, where they are there and not null.
    #[must_use]
    pub(super) fn copy(mut self, from: &Node, names: &[&str]) -> Self {
        for name in names {
            if let Some(entry) = from.entry(name).filter(|entry| !entry.value.is_null()) {
                self.copy_entry(entry);
            }
        }
        self
    }

    fn copy_entry(&mut self, entry: &Entry) {
        let properties = self.node.child("Properties");
        properties.remove(entry.key.as_str());
        properties.entries_mut().push(entry.clone());
    }

    /// Sets a resource attribute such as `Condition`.
    #[must_use]
    pub(super) fn attribute(mut self, name: &str, value: Option<Node>) -> Self {
        if let Some(value) = value {
            self.node.set(name, value);
        }
        self
    }

    /// Takes over what all resources made from `source` take over.
    #[must_use]
    pub(super) fn passing_on(self, source: &Node) -> Self {
        self.copy_attributes(source, &PASSED_ON)
    }

    /// Takes over what a resource takes over that stands in the place of `source`.
    #[must_use]
    pub(super) fn in_place_of(self, source: &Node) -> Self {
        self.copy_attributes(source, &KEPT)
    }

    /// Takes over these attributes of `source`.
    #[must_use]
    pub(super) fn copy_attributes(mut self, source: &Node, names: &[&str]) -> Self {
        for name in names {
            if let Some(entry) = source.entry(name).filter(|entry| !entry.value.is_null()) {
                self.node.remove(name);
                self.node.entries_mut().push(entry.clone());
            }
        }
        self
    }

    /// Sets a property in place.
    pub(super) fn set(&mut self, name: &str, value: Node) {
        self.node.child("Properties").set(name, value);
    }

    /// A property.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.node.get("Properties")?.get(name)
    }

    /// The properties, for change.
    pub(super) fn properties_mut(&mut self) -> &mut Node {
        self.node.child("Properties")
    }

    /// Where it points.
    pub(super) fn at(&self) -> At {
        self.node.at()
    }

    /// Its type.
    pub(super) fn kind(&self) -> &str {
        self.node.get("Type").and_then(Node::as_str).unwrap_or_default()
    }

    /// `{"Ref": …}` to it.
    pub(super) fn reference(&self) -> Node {
        self.at().reference(&self.id)
    }

    /// `{"Fn::GetAtt": …}` of it.
    pub(super) fn get_att(&self, attribute: &str) -> Node {
        self.at().get_att(&self.id, attribute)
    }

    /// The resource as it stands in the template.
    pub(super) fn into_node(self) -> Node {
        self.node
    }

    /// The resource as it stands in the template, for change.
    pub(super) fn node_mut(&mut self) -> &mut Node {
        &mut self.node
    }
}
