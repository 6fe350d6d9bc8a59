//! Tags: a mapping in the source, a list in what is deployed.

use super::build::At;
use super::edit::Edit;
use super::intrinsics::is_call;
use crate::parse::node::Node;

/// The list of tags, first those of the transform itself (`system`), then those of the mapping.
pub(super) fn list(at: At, system: &[(&str, &str)], tags: Option<&Node>) -> Node {
    let tag = |key: Node, value: Node| at.map([("Key", key), ("Value", value)]);
    let own = system.iter().map(|(key, value)| tag(at.string(key), at.string(value)));
    let given = tags.into_iter().filter(|tags| !is_call(tags)).flat_map(|tags| tags.entries()).map(|entry| {
        let at = At(entry.value.span);
        at.map([("Key", At(entry.key_span).string(entry.key.as_str())), ("Value", value(&entry.value))])
    });
    at.list(own.chain(given))
}

fn value(node: &Node) -> Node {
    if node.is_null() { node.at().string("") } else { node.clone() }
}
