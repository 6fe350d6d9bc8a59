//! Intrinsic functions as far as the transform looks into them: it resolves references to parameters and mappings in the
//! places where the service does, and leaves the rest to CloudFormation.

use rustc_hash::FxHashMap;

use super::edit::Edit;
use super::reject::{Outcome, reject};
use crate::parse::MAX_DEPTH;
use crate::parse::node::{Entry, Node, NodeKind};
use crate::value::Text;

/// Values by parameter name.
pub(super) type Parameters = FxHashMap<String, Node>;

/// The function and its argument, if this is a call: a mapping with the one key `Ref`, `Condition` or `Fn::…`.
pub(super) fn call(node: &Node) -> Option<(&str, &Node)> {
    let [entry] = node.entries() else { return None };
    let key = entry.key.as_str();
    (key == "Ref" || key == "Condition" || key.starts_with("Fn::")).then_some((key, &entry.value))
}

/// Whether this is a call of an intrinsic function.
pub(super) fn is_call(node: &Node) -> bool {
    call(node).is_some()
}

/// Whether this is a call of this function.
pub(super) fn is_call_of(node: &Node, function: &str) -> bool {
    call(node).is_some_and(|(name, _)| name == function)
}

/// Whether this is `{"Ref": "AWS::NoValue"}`.
pub(super) fn is_no_value(node: &Node) -> bool {
    ref_target(node) == Some("AWS::NoValue")
}

/// The logical id in `{"Ref": id}`.
pub(super) fn ref_target(node: &Node) -> Option<&str> {
    match call(node) {
        Some(("Ref", argument)) => argument.as_str(),
        _ => None,
    }
}

/// Logical id and attribute in `{"Fn::GetAtt": …}`.
pub(super) fn get_att_target(node: &Node) -> Option<(&str, &str)> {
    match call(node)? {
        ("Fn::GetAtt", argument) => match argument.items() {
            [id, attribute] => Some((id.as_str()?, attribute.as_str()?)),
            [] => argument.as_str()?.split_once('.'),
            _ => None,
        },
        _ => None,
    }
}

/// The logical id that a value refers to, by `Ref` or by an attribute.
pub(super) fn target(node: &Node) -> Option<&str> {
    ref_target(node).or_else(|| get_att_target(node).map(|(id, _)| id))
}

/// The three arguments of `Fn::If`.
pub(super) fn if_arguments(node: &Node) -> Option<[&Node; 3]> {
    match call(node) {
        Some(("Fn::If", argument)) => match argument.items() {
            [condition, then, otherwise] => Some([condition, then, otherwise]),
            _ => None,
        },
        _ => None,
    }
}

/// Puts the values of parameters in place of references to them, at any depth: `Ref`, and `${…}` in `Fn::Sub`.
pub(super) fn resolve_parameters(node: &Node, parameters: &Parameters) -> Outcome<Node> {
    resolve(node, parameters, 0)
}

fn resolve(node: &Node, parameters: &Parameters, depth: usize) -> Outcome<Node> {
    if depth > MAX_DEPTH {
        return reject(node.span, "The template nests too deep");
    }
    let Some(out) = rebuild(node, |child| resolve(child, parameters, depth + 1))? else { return Ok(node.clone()) };
    match call(&out) {
        Some(("Ref", argument)) => {
            let value = argument.as_str().and_then(|name| parameters.get(name));
            Ok(value.map_or_else(|| out.clone(), |value| Node { span: node.span, kind: value.kind.clone() }))
        }
        Some(("Fn::Sub", argument)) => resolve_sub(argument, &out, parameters),
        _ => Ok(out),
    }
}

/// The node with its children replaced; `None` when it has none.
fn rebuild(node: &Node, mut replace: impl FnMut(&Node) -> Outcome<Node>) -> Outcome<Option<Node>> {
    let kind = match &node.kind {
        NodeKind::Sequence(items) => NodeKind::Sequence(items.iter().map(replace).collect::<Outcome<_>>()?),
        NodeKind::Mapping(entries) => {
            let replaced = entries.iter().map(|entry| {
                let value = replace(&entry.value)?;
                Ok(Entry { key: entry.key.clone(), key_span: entry.key_span, value })
            });
            NodeKind::Mapping(replaced.collect::<Outcome<_>>()?)
        }
        _ => return Ok(None),
    };
    Ok(Some(Node::new(node.span, kind)))
}

fn resolve_sub(argument: &Node, whole: &Node, parameters: &Parameters) -> Outcome<Node> {
    let (text, variables) = match argument.items() {
        [text, variables] => (text, Some(variables)),
        _ => (argument, None),
    };
    let Some(template) = text.as_str() else { return Ok(whole.clone()) };
    let replaced = replace_variables(template, |name| {
        if variables.is_some_and(|variables| variables.get(name).is_some()) {
            return None;
        }
        parameters.get(name)
    });
    let replaced = match replaced {
        Ok(None) => return Ok(whole.clone()),
        Ok(Some(replaced)) => Node::new(text.span, NodeKind::String(Text::synthetic(&replaced))),
        Err(name) => {
            return reject(
                whole.span,
                format!("Fn::Sub expects all variables to be strings, but the value of {name} is none"),
            );
        }
    };
    let argument = match variables {
        Some(variables) => argument.at().list([replaced, variables.clone()]),
        None => replaced,
    };
    Ok(whole.at().map([("Fn::Sub", argument)]))
}

/// The text with values in place of `${name}`; `None` when nothing changed, the name when a value is no scalar.
fn replace_variables<'a>(text: &str, value: impl Fn(&str) -> Option<&'a Node>) -> Result<Option<String>, String> {
    let mut out = String::new();
    let mut rest = text;
    let mut changed = false;
    while let Some(start) = rest.find("${") {
        let (before, after) = rest.split_at(start);
        let Some(end) = after.find('}') else { break };
        let name = after.get(2..end).unwrap_or_default();
        out.push_str(before);
        match value(name.trim()).map(scalar_text) {
            Some(Some(text)) => {
                out.push_str(&text);
                changed = true;
            }
            Some(None) => return Err(name.to_owned()),
            None => out.push_str(&after[..=end]),
        }
        rest = &after[end + 1..];
    }
    out.push_str(rest);
    Ok(changed.then_some(out))
}

fn scalar_text(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::String(text) => Some(text.as_str().to_owned()),
        NodeKind::Number(text) => Some(text.to_string()),
        NodeKind::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// Puts the values of mappings in place of `Fn::FindInMap` with known keys, at any depth.
pub(super) fn resolve_mappings(node: &Node, mappings: Option<&Node>) -> Outcome<Node> {
    find_in_map(node, mappings, 0)
}

fn find_in_map(node: &Node, mappings: Option<&Node>, depth: usize) -> Outcome<Node> {
    if depth > MAX_DEPTH {
        return reject(node.span, "The template nests too deep");
    }
    let Some(out) = rebuild(node, |child| find_in_map(child, mappings, depth + 1))? else { return Ok(node.clone()) };
    let Some(("Fn::FindInMap", argument)) = call(&out) else { return Ok(out) };
    let (name, first, second) = match argument.items() {
        [name, first, second] | [name, first, second, _] => (name, first, second),
        _ => return reject(node.span, "Fn::FindInMap expects a list of three values"),
    };
    let (Some(name), Some(first), Some(second)) = (name.as_str(), first.as_str(), second.as_str()) else {
        return Ok(out);
    };
    let Some(mapping) = mappings.and_then(|mappings| mappings.get(name)) else { return Ok(out) };
    if !mapping.is_mapping() || mapping.get(first).is_some_and(|level| !level.is_mapping()) {
        return reject(node.span, format!("Fn::FindInMap needs mapping '{name}' to have two levels"));
    }
    Ok(mapping.get(first).and_then(|level| level.get(second)).cloned().unwrap_or(out))
}

/// Splits the argument of `!GetAtt a.b` into a list, as CloudFormation reads the short form. The long form keeps its string.
pub(super) fn split_get_att(node: &mut Node, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match &mut node.kind {
        NodeKind::Sequence(items) => items.iter_mut().for_each(|item| split_get_att(item, depth + 1)),
        NodeKind::Mapping(entries) => {
            for entry in entries {
                // Only a tag is shorter than the name of the function that it stands for.
                let short = entry.key_span.len() < entry.key.as_str().len();
                if short && entry.key.as_str() == "Fn::GetAtt" {
                    split_text(&mut entry.value);
                } else {
                    split_get_att(&mut entry.value, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn split_text(argument: &mut Node) {
    let NodeKind::String(text) = &argument.kind else { return };
    let Some((id, attribute)) = text.as_str().split_once('.') else { return };
    let part = |range: std::ops::Range<usize>, part: &str| {
        let span = text.span_of(range).unwrap_or(argument.span);
        span_node(span, part)
    };
    let parts = vec![part(0..id.len(), id), part(id.len() + 1..text.as_str().len(), attribute)];
    argument.kind = NodeKind::Sequence(parts);
}

fn span_node(span: crate::source::Span, text: &str) -> Node {
    super::build::At(span).string(text)
}
