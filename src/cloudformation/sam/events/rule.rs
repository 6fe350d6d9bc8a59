//! Rules of EventBridge that match events by a pattern.

use super::super::edit::Edit;
use super::super::reject::Outcome;
use super::super::resource::Resource;
use super::{Consumer, Event, dead_letter, permission};

/// A rule that invokes a function.
pub(super) fn of_function(consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    invoking(rule(event)?, consumer, event, &["Input", "InputPath", "InputTransformer", "RetryPolicy"])
}

/// The rule with a function as its target, which gets these properties of the event; and leave to invoke it.
pub(super) fn invoking(rule: Resource, consumer: &Consumer, event: &Event, passed: &[&str]) -> Outcome<Vec<Resource>> {
    let mut rule = rule.passing_on(consumer.source);
    let mut target =
        event.at.map([("Arn", consumer.arn.clone()), ("Id", permission::target_id(event, "LambdaTarget"))]);
    let mut resources = Vec::new();
    if let Some((config, made)) = dead_letter::generate(consumer, event, &rule)? {
        target.set("DeadLetterConfig", config);
        resources.extend(made);
    }
    for name in passed {
        if let Some(value) = event.properties.get(name) {
            target.set(name, value.clone());
        }
    }
    rule.set("Targets", event.at.list([target]));
    resources
        .push(permission::allow(consumer, event, "events.amazonaws.com", "").with("SourceArn", rule.get_att("Arn")));
    resources.insert(0, rule);
    Ok(resources)
}

/// The rule, without its target.
pub(super) fn rule(event: &Event) -> Outcome<Resource> {
    let mut rule = Resource::new(event.at, &event.id, "AWS::Events::Rule")
        .copy(event.properties, &["EventBusName"])
        .maybe("State", permission::state(event)?);
    for (from, to) in [("Pattern", "EventPattern"), ("RuleName", "Name")] {
        if let Some(value) = event.properties.get(from) {
            rule.set(to, value.clone());
        }
    }
    Ok(rule)
}
