//! Checks of mappings that an author writes: what is not read is a slip, and would be missed in silence.

use super::node::{Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::suggest::did_you_mean;

/// A diagnostic for each key of a mapping that is not `known`; `what` says of what it is one.
pub fn unknown_keys(node: &Node, known: &[&str], what: &str) -> Vec<Diagnostic> {
    let unknown = node.entries().iter().filter(|entry| !known.contains(&entry.key.as_str()));
    let told = unknown.map(|entry| {
        let key = entry.key.as_str();
        let mut diagnostic = Diagnostic::error(Code::Rule, format!("unknown {what} key `{key}`"), entry.key_span);
        diagnostic.help =
            did_you_mean(key, known.iter().copied()).or_else(|| Some(format!("known are `{}`", known.join("`, `"))));
        diagnostic
    });
    told.collect()
}

/// That the value of `key` is no mapping, if it is none. Nothing at all is an empty one.
pub fn not_a_mapping(node: &Node, key: &str) -> Option<Diagnostic> {
    let fits = matches!(node.kind, NodeKind::Mapping(_) | NodeKind::Null);
    (!fits).then(|| Diagnostic::error(Code::Rule, format!("`{key}` must be a mapping"), node.span))
}

/// That the value of `key` is no list, if it is none.
pub fn not_a_list(node: &Node, key: &str) -> Option<Diagnostic> {
    let fits = matches!(node.kind, NodeKind::Sequence(_));
    (!fits).then(|| Diagnostic::error(Code::Rule, format!("`{key}` must be a list"), node.span))
}
