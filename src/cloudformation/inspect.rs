//! What is known of a template, as JSON.

use serde_json::{Map, Value as Json, json};

use super::evaluator::Budget;
use super::extensions;
use super::inputs::Inputs;
use super::stack::{self, Place};
use super::template::Template;
use crate::diagnostic::Diagnostic;
use crate::parse::node::{Node, NodeKind};
use crate::resource::Resource;
use crate::value::{Condition, Kind, Number, Origin, Reason, Unknown, Value};

/// Conditions and resources with everything resolved: `{"conditions": {…}, "resources": {ID: {"Type", "Properties", …}}}`.
/// What is not known is `{"$unknown": reason}`.
///
/// Values that are given for `NoEcho` parameters count as not given: they are not for printing.
pub fn values(template: &Node, inputs: &Inputs) -> (Json, Vec<Diagnostic>) {
    let inputs = without_secrets(template, inputs);
    let (stack, diagnostics) = stack::evaluate(template, &inputs, &Place::outermost(template), &mut Budget::default());
    let conditions: Map<String, Json> =
        stack.conditions.iter().map(|(name, condition)| (name.to_string(), condition_json(name, condition))).collect();
    let resources: Map<String, Json> =
        stack.resources.iter().map(|resource| (resource.address.to_string(), resource_json(resource))).collect();
    (json!({ "conditions": conditions, "resources": resources }), diagnostics)
}

/// The template after its transforms, with its functions.
pub fn template(template: &Node, inputs: &Inputs) -> (Json, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let expanded = extensions::expand(template, inputs, &Place::outermost(template), &mut diagnostics);
    (node_json(&expanded.node), diagnostics)
}

/// The inputs without the values of `NoEcho` parameters.
fn without_secrets(template: &Node, inputs: &Inputs) -> Inputs {
    let mut inputs = inputs.clone();
    let template = Template::new(template, &mut Vec::new());
    for (name, entry) in &template.parameters {
        let no_echo = entry.value.get("NoEcho").is_some_and(|node| !matches!(node.kind, NodeKind::Bool(false)));
        if let Some(value) = inputs.parameters.get_mut(*name).filter(|_| no_echo) {
            let reason = Reason::NotGiven(format!("the printable value of parameter {name}").into());
            *value = Value::unknown(Unknown::new(reason), Origin::none());
        }
    }
    inputs
}

fn condition_json(name: &str, condition: &Condition) -> Json {
    match condition {
        Condition::Constant(value) => Json::Bool(*value),
        _ => json!({ "$unknown": format!("{name} depends on what is not given") }),
    }
}

fn resource_json(resource: &Resource) -> Json {
    let mut result = Map::new();
    result.insert("Type".to_owned(), Json::String(resource.ty.to_string()));
    if resource.exists != Condition::Constant(true) {
        result.insert("$exists".to_owned(), condition_json(&resource.address, &resource.exists));
    }
    result.insert("Properties".to_owned(), json(&resource.values));
    if let Json::Object(meta) = json(&resource.meta) {
        result.extend(meta);
    }
    Json::Object(result)
}

/// A value as JSON; unknown parts are `{"$unknown": reason}`.
pub(super) fn json(value: &Value) -> Json {
    match &value.kind {
        Kind::Null => Json::Null,
        Kind::Bool(flag) => Json::Bool(*flag),
        Kind::Number(number) => number_json(&number.to_string()),
        Kind::String(text) => Json::String(text.as_str().to_owned()),
        Kind::List(list) => Json::Array(list.items.iter().map(json).collect()),
        Kind::Map(map) => {
            Json::Object(map.entries.iter().map(|(key, entry)| (key.to_string(), json(&entry.value))).collect())
        }
        Kind::Unknown(unknown) => json!({ "$unknown": unknown.reason.to_string() }),
    }
}

/// A tree as JSON. Of several entries with one key the last one counts.
fn node_json(node: &Node) -> Json {
    match &node.kind {
        NodeKind::Null => Json::Null,
        NodeKind::Bool(flag) => Json::Bool(*flag),
        NodeKind::Number(text) => number_json(text),
        NodeKind::String(text) => Json::String(text.as_str().to_owned()),
        NodeKind::Sequence(items) => Json::Array(items.iter().map(node_json).collect()),
        NodeKind::Mapping(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.as_str().to_owned(), node_json(&entry.value))).collect())
        }
    }
}

/// A number in its own notation where that is JSON's, else converted, else as text.
fn number_json(text: &str) -> Json {
    let parsed = serde_json::from_str::<serde_json::Number>(text).ok();
    let number = parsed.or_else(|| serde_json::from_str(&Number::parse(text)?.to_string()).ok());
    number.map_or_else(|| Json::String(text.to_owned()), Json::Number)
}
