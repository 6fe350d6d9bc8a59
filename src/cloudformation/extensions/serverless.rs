//! The SAM transform with what is known of parameters and of the place of deployment.

use crate::cloudformation::inputs::Inputs;
use crate::cloudformation::sam;
use crate::diagnostic::Diagnostic;
use crate::parse::node::{Node, NodeKind};
use crate::partition::Partition;
use crate::source::Span;
use crate::value::Value;

/// The region that the transform takes where none is given. It matters for what a region lacks.
const REGION: &str = "us-east-1";

/// Where the first resource stands that only the transform knows.
pub(super) fn resource(template: &Node) -> Option<Span> {
    let resources = template.get("Resources").map_or(&[][..], Node::entries);
    let mut types = resources.iter().filter_map(|entry| entry.value.get("Type"));
    let serverless = |ty: &&Node| ty.as_str().is_some_and(|ty| ty.starts_with("AWS::Serverless::"));
    types.find(serverless).map(|ty| ty.span)
}

/// The template as the transform leaves it.
pub(super) fn apply(template: Node, inputs: &Inputs) -> (sam::Transformed, Vec<Diagnostic>) {
    let given = |name: &str| inputs.parameters.get(name).and_then(Value::as_str);
    let region = given("AWS::Region").unwrap_or(REGION);
    let partition = given("AWS::Partition").unwrap_or_else(|| Partition::of_region(region).name);
    let known = inputs.parameters.iter().filter_map(|(name, value)| {
        let node = literal(value, template.span)?;
        (!name.starts_with("AWS::")).then(|| (name.to_string(), node))
    });
    let inputs = sam::Inputs {
        parameters: known.collect(),
        region: region.to_owned(),
        partition: partition.to_owned(),
        managed_policies: Vec::new(),
    };
    sam::transform(template, &inputs)
}

/// A known value as a node at the place where it was given, or at `fallback`.
fn literal(value: &Value, fallback: Span) -> Option<Node> {
    let kind = match (value.as_text(), value.as_list()) {
        (Some(text), _) => NodeKind::String(text.clone()),
        (None, Some(items)) => {
            NodeKind::Sequence(items.iter().map(|item| literal(item, fallback)).collect::<Option<_>>()?)
        }
        (None, None) => return None,
    };
    Some(Node::new(value.origin.span.unwrap_or(fallback), kind))
}
