//! Leave for a service to invoke a function.

use super::super::edit::Edit;
use super::super::resource::Resource;
use super::{Consumer, Event};
use crate::parse::node::Node;

/// The permission for `principal` to invoke the consumer of an event.
pub(super) fn allow(consumer: &Consumer, event: &Event, principal: &str, suffix: &str) -> Resource {
    let at = event.at;
    Resource::new(at, format!("{}Permission{suffix}", event.id), "AWS::Lambda::Permission")
        .with("Action", at.string("lambda:InvokeFunction"))
        .with("FunctionName", Node { span: at.0, kind: consumer.reference.kind.clone() })
        .with("Principal", at.string(principal))
        .passing_on(consumer.source)
}

/// `State` of a rule from `State` or `Enabled`.
pub(super) fn state(event: &Event) -> super::Outcome<Option<Node>> {
    let (state, enabled) = (event.properties.get("State"), event.properties.get("Enabled"));
    match (state, enabled) {
        (Some(_), Some(_)) => Err(event.reject("only one of 'State' and 'Enabled' can be set")),
        (Some(state), None) => Ok(Some(state.clone())),
        (None, Some(enabled)) => {
            let word = if enabled.is_truthy() { "ENABLED" } else { "DISABLED" };
            Ok(Some(enabled.at().string(word)))
        }
        (None, None) => Ok(None),
    }
}

/// The id of a rule's target: given, or made from the event's id, at most 64 characters long.
pub(super) fn target_id(event: &Event, suffix: &str) -> Node {
    if let Some(id) = event.properties.get("Target").and_then(|target| target.get("Id")) {
        return id.clone();
    }
    let most = 64 - suffix.len();
    let prefix: String =
        if event.id.len() + suffix.len() > 64 { event.id.chars().take(most).collect() } else { event.id.clone() };
    event.at.string(format!("{prefix}{suffix}"))
}
