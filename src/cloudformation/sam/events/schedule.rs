//! Schedules: rules of EventBridge, and schedules of EventBridge Scheduler.

use super::super::edit::Edit;
use super::super::reject::Outcome;
use super::super::resource::Resource;
use super::super::role::{allow, document, inline, trust};
use super::super::translation::Translation;
use super::{Consumer, Event, permission, rule};
use crate::parse::node::Node;

/// What a schedule invokes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Function,
    StateMachine,
}

/// A rule that invokes a function on a schedule.
pub(super) fn of_function(consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    rule::invoking(rule(event)?, consumer, event, &["Input", "RetryPolicy"])
}

/// The rule of a schedule, without its target.
pub(super) fn rule(event: &Event) -> Outcome<Resource> {
    let mut rule = Resource::new(event.at, &event.id, "AWS::Events::Rule")
        .copy(event.properties, &["Name", "Description", "RoleArn"])
        .maybe("State", permission::state(event)?);
    if let Some(expression) = event.properties.get("Schedule") {
        rule.set("ScheduleExpression", expression.clone());
    }
    Ok(rule)
}

/// A schedule of EventBridge Scheduler with a role to invoke its target.
pub(super) fn flexible(
    _: &mut Translation,
    consumer: &Consumer,
    event: &Event,
    kind: Target,
) -> Outcome<Vec<Resource>> {
    let at = event.at;
    let properties = event.properties;
    let mut schedule = Resource::new(at, &event.id, "AWS::Scheduler::Schedule")
        .copy(
            properties,
            &[
                "ScheduleExpression",
                "FlexibleTimeWindow",
                "State",
                "Description",
                "StartDate",
                "EndDate",
                "ScheduleExpressionTimezone",
                "GroupName",
                "KmsKeyArn",
            ],
        )
        .passing_on(consumer.source);
    if schedule.get("FlexibleTimeWindow").is_none() {
        schedule.set("FlexibleTimeWindow", at.map([("Mode", at.string("OFF"))]));
    }
    let unnamed = properties.get("OmitName").is_some_and(Edit::is_truthy);
    match properties.get("Name") {
        Some(name) => schedule.set("Name", name.clone()),
        None if !unnamed => schedule.set("Name", at.string(&event.id)),
        None => {}
    }
    let mut resources = Vec::new();
    let mut queue = None;
    let mut dead_letters = None;
    if let Some(config) = properties.given("DeadLetterConfig") {
        let generated = flexible_queue(consumer, event, config)?;
        match generated {
            Some(made) => {
                dead_letters = Some(config.at().map([("Arn", made.get_att("Arn"))]));
                queue = Some(made.get_att("Arn"));
                resources.push(made);
            }
            None => {
                let arn = config.get("Arn").cloned();
                dead_letters = arn.clone().map(|arn| config.at().map([("Arn", arn)]));
                queue = arn;
            }
        }
    }
    let role_arn = match properties.given("RoleArn") {
        Some(arn) => arn.clone(),
        None => {
            let role = scheduler_role(consumer, event, kind, queue);
            let arn = role.get_att("Arn");
            resources.push(role);
            arn
        }
    };
    let mut target = at.map([("Arn", consumer.arn.clone()), ("RoleArn", role_arn)]);
    if let Some(config) = dead_letters {
        target.set("DeadLetterConfig", config);
    }
    for name in ["Input", "RetryPolicy"] {
        if let Some(value) = properties.get(name) {
            target.set(name, value.clone());
        }
    }
    schedule.set("Target", target);
    resources.insert(0, schedule);
    Ok(resources)
}

fn flexible_queue(consumer: &Consumer, event: &Event, config: &Node) -> Outcome<Option<Resource>> {
    match (config.given("Arn"), config.given("Type")) {
        (Some(_), None) => Ok(None),
        (Some(_), Some(_)) => Err(event.reject("'DeadLetterConfig' has either 'Arn' or 'Type'")),
        (None, None) => Err(event.reject("'DeadLetterConfig' needs 'Arn' or 'Type'")),
        (None, Some(kind)) if kind.as_str() != Some("SQS") => {
            Err(event.reject("The only valid 'Type' of 'DeadLetterConfig' is SQS"))
        }
        (None, Some(_)) => {
            let id = match config.get("QueueLogicalId").map(Node::as_str) {
                None => format!("{}Queue", event.id),
                Some(Some(id)) => id.to_owned(),
                Some(None) => return Err(event.reject("'QueueLogicalId' must be a string")),
            };
            let mut queue = Resource::new(config.at(), id, "AWS::SQS::Queue").passing_on(consumer.source);
            queue.properties_mut().entries_mut();
            Ok(Some(queue))
        }
    }
}

fn scheduler_role(consumer: &Consumer, event: &Event, kind: Target, queue: Option<Node>) -> Resource {
    let at = event.at;
    let role_id = format!("{}Role", event.id);
    let (name, action) = match kind {
        Target::Function => ("LambdaPolicy", "lambda:InvokeFunction"),
        Target::StateMachine => ("StartExecutionPolicy", "states:StartExecution"),
    };
    let statement = allow(at, at.string(action), consumer.arn.clone());
    let mut policies = vec![inline(at, &format!("{}{name}", event.id), document(at, vec![statement], false))];
    if let Some(queue) = queue {
        let statement = allow(at, at.string("sqs:SendMessage"), queue);
        policies.push(inline(at, &format!("{}SQSPolicy", event.id), document(at, vec![statement], false)));
    }
    Resource::new(at, role_id, "AWS::IAM::Role")
        .with("AssumeRolePolicyDocument", trust(at, &["scheduler.amazonaws.com"]))
        .with("Policies", at.list(policies))
        .copy(event.properties, &["PermissionsBoundary"])
        .passing_on(consumer.source)
}
