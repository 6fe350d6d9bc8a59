//! The OpenAPI (or Swagger) document of an API, as far as the transform writes it.

use super::build::At;
use super::edit::Edit;
use super::intrinsics::{if_arguments, is_call, is_no_value};
use super::reject::{Outcome, reject};
use crate::parse::MAX_DEPTH;
use crate::parse::node::{Node, NodeKind};
use crate::value::Map;

/// The method that stands for all.
pub(super) const ANY_METHOD: &str = "x-amazon-apigateway-any-method";
/// What a method does.
pub(super) const INTEGRATION: &str = "x-amazon-apigateway-integration";
/// Keys of a path that are no methods.
const NOT_METHODS: [&str; 5] = ["summary", "description", "parameters", "servers", "$ref"];

/// An empty Swagger document for a REST API.
pub(super) fn swagger(at: At) -> Node {
    at.map([("swagger", at.string("2.0")), ("info", info(at)), ("paths", at.map::<&str>([]))])
}

/// An empty OpenAPI document for an HTTP API.
pub(super) fn openapi(at: At) -> Node {
    at.map([("openapi", at.string("3.0.1")), ("info", info(at)), ("paths", at.map::<&str>([]))])
}

fn info(at: At) -> Node {
    at.map([("version", at.string("1.0")), ("title", at.reference("AWS::StackName"))])
}

/// Whether this is a document with paths.
pub(super) fn is_document(body: &Node) -> bool {
    body.get("paths").is_some_and(Node::is_mapping)
        && (body.get("swagger").is_some_and(Edit::is_truthy) || is_version_3(body))
}

/// Whether the document is in a snippet that is not here, or some of it is.
pub(super) fn is_unseen(body: &Node) -> bool {
    body.get(Map::UNSEEN).is_some()
}

/// Whether the document says it is OpenAPI 3.
pub(super) fn is_version_3(body: &Node) -> bool {
    let version = body.get("openapi");
    version.is_some_and(|version| match &version.kind {
        NodeKind::String(text) => text.as_str().starts_with("3."),
        NodeKind::Number(text) => text.starts_with('3'),
        _ => false,
    })
}

/// The name of a method as a document has it.
pub(super) fn method_name(method: &str) -> String {
    let lower = method.to_lowercase();
    if lower == "any" { ANY_METHOD.to_owned() } else { lower }
}

/// Whether this key of a path is a method.
pub(super) fn is_method(key: &str) -> bool {
    !NOT_METHODS.contains(&key)
}

/// Does something with what stands here: this itself, or both branches of `Fn::If` except those that are no value.
pub(super) fn each_content(node: &mut Node, action: &mut dyn FnMut(&mut Node) -> Outcome<()>) -> Outcome<()> {
    if !is_call(node) {
        return action(node);
    }
    if if_arguments(node).is_none() {
        return match super::intrinsics::is_call_of(node, "Fn::If") {
            true => reject(node.span, "Fn::If needs a list of three arguments"),
            false => Ok(()),
        };
    }
    if let Some(arguments) = node.get_mut("Fn::If") {
        for branch in arguments.items_mut().iter_mut().skip(1) {
            if !is_no_value(branch) {
                each_content(branch, action)?;
            }
        }
    }
    Ok(())
}

/// Visits the definitions of a method of a path, on all branches.
pub(super) fn each_definition(
    body: &mut Node,
    path: &str,
    method: &str,
    action: &mut dyn FnMut(&mut Node) -> Outcome<()>,
) -> Outcome<()> {
    let method = method_name(method);
    let Some(item) = body.get_mut("paths").and_then(|paths| paths.get_mut(path)) else { return Ok(()) };
    each_content(item, &mut |item| match item.get_mut(&method) {
        Some(definition) => each_content(definition, &mut |definition| action(definition)),
        None => Ok(()),
    })
}

/// Visits all methods of all paths, on all branches, with path and method.
pub(super) fn each_method(
    body: &mut Node,
    action: &mut dyn FnMut(&str, &str, &mut Node) -> Outcome<()>,
) -> Outcome<()> {
    let Some(paths) = body.get_mut("paths") else { return Ok(()) };
    for entry in paths.entries_mut() {
        let path = entry.key.as_str().to_owned();
        each_content(&mut entry.value, &mut |item| {
            if !item.is_mapping() {
                return reject(item.span, format!("Path '{path}' must be a mapping"));
            }
            for method in item.entries_mut() {
                let name = method.key.as_str().to_owned();
                if !is_method(&name) {
                    continue;
                }
                each_content(&mut method.value, &mut |definition| match definition.is_mapping() {
                    true => action(&path, &name, definition),
                    false => reject(definition.span, format!("Method '{name}' of path '{path}' must be a mapping")),
                })?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Whether a definition of a method says what the method does.
pub(super) fn has_integration(definition: &Node) -> bool {
    definition.get(INTEGRATION).is_some_and(Edit::is_truthy)
}

/// Whether a method of a path says what it does, on any branch.
pub(super) fn path_has_integration(body: &Node, path: &str, method: &str) -> bool {
    fn any(node: &Node, depth: usize, test: &dyn Fn(&Node) -> bool) -> bool {
        match if_arguments(node) {
            Some([_, then, otherwise]) if depth < MAX_DEPTH => {
                any(then, depth + 1, test) || any(otherwise, depth + 1, test)
            }
            _ => test(node),
        }
    }
    let method = method_name(method);
    let Some(item) = body.dig(&["paths", path]) else { return false };
    any(item, 0, &|item| item.get(&method).is_some_and(|definition| any(definition, 0, &has_integration)))
}

/// Adds a path with a method, if it is not there.
pub(super) fn add_path(body: &mut Node, at: At, path: &str, method: &str) -> Outcome<()> {
    let method = method_name(method);
    let paths = body.child("paths");
    if paths.is_null() {
        paths.kind = NodeKind::Mapping(Vec::new());
    }
    match paths.get(path) {
        None => paths.set(path, at.map::<&str>([])),
        Some(item) if item.is_null() || !item.is_mapping() => {
            return reject(item.span, format!("Path '{path}' must be a mapping"));
        }
        Some(_) => {}
    }
    each_content(paths.child(path), &mut |item| {
        if !item.is_mapping() {
            return reject(item.span, format!("Path '{path}' must be a mapping"));
        }
        if item.get(&method).is_none() {
            item.set(&method, at.map::<&str>([]));
        }
        Ok(())
    })
}

/// Puts a path under a condition.
pub(super) fn make_path_conditional(body: &mut Node, at: At, path: &str, condition: &str) {
    let paths = body.child("paths");
    if let Some(item) = paths.remove(path) {
        paths.set(path, at.when(condition, item, at.no_value()));
    }
}

/// The names of the variables of a path.
pub(super) fn variables(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.trim_end_matches('+'))
}

/// A path with its variables as wildcards, as in ARNs.
pub(super) fn wildcard(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(start) = rest.find('{') {
        let Some(end) = rest[start..].find('}') else { break };
        let name = &rest[start + 1..start + end];
        let valid = name.trim_end_matches('+');
        let plain =
            !valid.is_empty() && valid.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        out.push_str(&rest[..start]);
        out.push_str(if plain { "*" } else { &rest[start..=start + end] });
        rest = &rest[start + end + 1..];
    }
    out.push_str(rest);
    out
}
