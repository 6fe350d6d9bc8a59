//! `EventInvokeConfig`: retries of asynchronous invocations and where their results go.

use super::super::build::At;
use super::super::edit::Edit;
use super::super::intrinsics::{if_arguments, is_call_of, is_no_value};
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::role::{self, allow, document, inline};
use super::super::translation::Translation;
use crate::parse::node::Node;

/// The configuration, queues and topics made for it, and what the function may send where.
#[derive(Default)]
pub(super) struct Destinations {
    /// The resources.
    pub(super) resources: Vec<Resource>,
    /// Inline policies for the function's role.
    pub(super) policies: Vec<Node>,
}

/// What `EventInvokeConfig` becomes.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
    alias: Option<&Resource>,
) -> Outcome<Destinations> {
    let mut made = Destinations::default();
    let Some(config) = properties.given("EventInvokeConfig") else { return Ok(made) };
    let config = &translation.resolved(config)?;
    let at = config.at();
    let config_id = format!("{id}EventInvokeConfig");
    let mut resource = Resource::new(at, &config_id, "AWS::Lambda::EventInvokeConfig")
        .with("FunctionName", at.reference(id))
        .with("Qualifier", alias.and_then(|alias| alias.get("Name")).cloned().unwrap_or_else(|| at.string("$LATEST")))
        .copy(config, &["MaximumEventAgeInSeconds", "MaximumRetryAttempts"])
        .passing_on(source);
    if let Some(alias) = alias {
        resource = resource.attribute("DependsOn", Some(at.strings([&alias.id])));
    }
    if let Some(destinations) = config.given("DestinationConfig") {
        if !destinations.is_mapping() {
            return reject(destinations.span, "'DestinationConfig' must be a mapping");
        }
        let mut resolved = destinations.clone();
        for name in ["OnSuccess", "OnFailure"] {
            let Some(destination) = destinations.given(name) else { continue };
            let target = one(translation, &mut made, &config_id, name, destination, source)?;
            let at = destination.at();
            resolved.set(name, at.map(target.map(|target| ("Destination", target))));
        }
        resource.set("DestinationConfig", resolved);
    }
    made.resources.push(resource);
    Ok(made)
}

/// The target of one destination; a queue or topic is made where none is given.
fn one(
    translation: &mut Translation,
    made: &mut Destinations,
    config_id: &str,
    name: &str,
    destination: &Node,
    source: &Node,
) -> Outcome<Option<Node>> {
    let at = destination.at();
    let Some(kind) = destination.get("Type").and_then(Node::as_str) else {
        return reject(destination.span, format!("'{name}' of 'DestinationConfig' needs 'Type'"));
    };
    let action = match kind {
        "SQS" => "sqs:SendMessage",
        "SNS" => "sns:publish",
        "Lambda" => "lambda:InvokeFunction",
        "EventBridge" => "events:PutEvents",
        "S3Bucket" => "s3:PutObject",
        _ => return reject(destination.span, format!("'{kind}' is no type of destination")),
    };
    let given = destination.get("Destination").filter(|target| !target.is_null());
    if let Some(target) = given.filter(|target| is_call_of(target, "Fn::If"))
        && if_arguments(target).is_none()
    {
        return reject(target.span, "Fn::If of 'Destination' needs three arguments");
    }
    let choice = given.and_then(if_arguments).filter(|[_, a, b]| is_no_value(a) != is_no_value(b));
    let target = match (given, choice) {
        (Some(target), None) => target.clone(),
        _ if !matches!(kind, "SQS" | "SNS") => {
            return reject(destination.span, format!("A destination of type {kind} needs 'Destination'"));
        }
        (_, choice) => {
            let (resource, target) = made_for(translation, (config_id, name, kind), at, choice, source);
            made.resources.push(resource);
            target
        }
    };
    let (word, statements) = match kind {
        "S3Bucket" => ("S3", role::put_into_bucket(at, &target)),
        _ => (kind, vec![allow(at, at.string(action), target.clone())]),
    };
    let policy = inline(at, &format!("{config_id}{name}{word}Policy"), document(at, statements, false));
    made.policies.push(policy);
    Ok(Some(target))
}

/// The queue or topic that is made for a destination, and the target. Where the target is given under a condition only,
/// the queue or topic exists when it is not, and when the function exists.
fn made_for(
    translation: &mut Translation,
    (config_id, name, kind): (&str, &str, &str),
    at: At,
    choice: Option<[&Node; 3]>,
    source: &Node,
) -> (Resource, Node) {
    let (suffix, resource_kind) = match kind {
        "SQS" => ("Queue", "AWS::SQS::Queue"),
        _ => ("Topic", "AWS::SNS::Topic"),
    };
    let mut resource = Resource::new(at, format!("{config_id}{name}{suffix}"), resource_kind).passing_on(source);
    resource.properties_mut().entries_mut();
    let function = config_id.trim_end_matches("EventInvokeConfig").to_owned();
    translation.references.insert((function.clone(), format!("Destination{suffix}")), resource.id.clone());
    let arn = if kind == "SQS" { resource.get_att("Arn") } else { resource.reference() };
    let Some([condition, then, otherwise]) = choice else { return (resource, arn) };
    let condition = condition.as_str().unwrap_or_default();
    let (condition, other) = match is_no_value(then) {
        true => (condition.to_owned(), otherwise),
        false => (translation.negated(at, condition, config_id), then),
    };
    let exists = match source.get("Condition").and_then(Node::as_str) {
        Some(of_function) => translation.both(at, of_function, &condition, &function),
        None => condition.clone(),
    };
    (resource.attribute("Condition", Some(at.string(exists))), at.when(&condition, arn, other.clone()))
}
