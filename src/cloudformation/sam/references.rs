//! References to what the transform renamed or made: `MyFunction.Version`, `MyApi.Stage`, layers.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::edit::Edit;
use super::translation::Translation;
use crate::parse::MAX_DEPTH;
use crate::parse::node::{Node, NodeKind};

/// Rewrites all references in the template.
pub(super) fn rewrite(translation: &mut Translation) {
    if translation.renamed.is_empty() && translation.references.is_empty() {
        return;
    }
    let mut resources = std::mem::take(&mut translation.resources);
    let span = translation.root.span;
    let mut root = std::mem::replace(&mut translation.root, Node::new(span, NodeKind::Null));
    for node in resources.values_mut() {
        walk(translation, node, 0);
    }
    walk(translation, &mut root, 0);
    translation.resources = resources;
    translation.root = root;
}

fn walk(translation: &Translation, node: &mut Node, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match &mut node.kind {
        NodeKind::Sequence(items) => items.iter_mut().for_each(|item| walk(translation, item, depth + 1)),
        NodeKind::Mapping(entries) => {
            let single = entries.len() == 1;
            for entry in entries {
                match entry.key.as_str() {
                    "Ref" if single => rename(translation, &mut entry.value),
                    "Fn::GetAtt" if single => get_att(translation, &mut entry.value),
                    "Fn::Sub" if single => {
                        sub(translation, &mut entry.value);
                        walk(translation, &mut entry.value, depth + 1);
                    }
                    "DependsOn" => depends(translation, &mut entry.value),
                    _ => walk(translation, &mut entry.value, depth + 1),
                }
            }
        }
        _ => {}
    }
}

/// The new name for `id` or `id.Name`, if there is one.
fn new_name(translation: &Translation, name: &str) -> Option<String> {
    if let Some(new) = translation.renamed.get(name) {
        return Some(new.clone());
    }
    let (id, property) = name.split_once('.')?;
    translation.references.get(&(id.to_owned(), property.to_owned())).cloned()
}

fn rename(translation: &Translation, node: &mut Node) {
    if let Some(new) = node.as_str().and_then(|name| new_name(translation, name)) {
        *node = node.at().string(new);
    }
}

fn depends(translation: &Translation, node: &mut Node) {
    if node.is_list() {
        let items = node.items_mut();
        items.iter_mut().for_each(|item| rename(translation, item));
        let mut seen = FxHashSet::default();
        items.retain(|item| item.as_str().is_none_or(|id| seen.insert(id.to_owned())));
    } else {
        rename(translation, node);
    }
}

/// `[id, "Name.Attribute"]` and `[id.Name, Attribute]` become attributes of what was made.
fn get_att(translation: &Translation, node: &mut Node) {
    let parts: Option<Vec<String>> = match node.as_str() {
        Some(text) => Some(text.split('.').map(str::to_owned).collect()),
        None => node.items().iter().map(|item| item.as_str().map(str::to_owned)).collect(),
    };
    let Some(parts) = parts else { return };
    let joined = parts.join(".");
    let Some((first, rest)) = joined.split_once('.') else { return };
    let at = node.at();
    if let Some(new) = translation.renamed.get(first) {
        *node = at.list([at.string(new), at.string(rest)]);
        return;
    }
    let Some((property, attribute)) = rest.split_once('.') else { return };
    if let Some(new) = translation.references.get(&(first.to_owned(), property.to_owned())) {
        *node = at.list([at.string(new), at.string(attribute)]);
    }
}

fn sub(translation: &Translation, node: &mut Node) {
    let text = match &mut node.kind {
        NodeKind::Sequence(items) => match items.first_mut() {
            Some(text) => text,
            None => return,
        },
        _ => node,
    };
    let Some(written) = text.as_str() else { return };
    if let Cow::Owned(new) = replaced(translation, written) {
        *text = text.at().string(new);
    }
}

fn replaced<'t>(translation: &Translation, text: &'t str) -> Cow<'t, str> {
    let mut out = String::new();
    let mut rest = text;
    let mut changed = false;
    while let Some(start) = rest.find("${") {
        let Some(length) = rest[start..].find('}') else { break };
        let name = &rest[start + 2..start + length];
        out.push_str(&rest[..start]);
        match variable(translation, name) {
            Some(new) => {
                changed = true;
                out.push_str(&format!("${{{new}}}"));
            }
            None => out.push_str(&rest[start..=start + length]),
        }
        rest = &rest[start + length + 1..];
    }
    if !changed {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn variable(translation: &Translation, name: &str) -> Option<String> {
    if let Some(new) = new_name(translation, name) {
        return Some(new);
    }
    let (first, rest) = name.split_once('.')?;
    if let Some(new) = translation.renamed.get(first) {
        return Some(format!("{new}.{rest}"));
    }
    let (property, attribute) = rest.split_once('.')?;
    let new = translation.references.get(&(first.to_owned(), property.to_owned()))?;
    Some(format!("{new}.{attribute}"))
}
