//! `DeadLetterConfig` of rules and schedules: a given queue, or one that is made.

use super::super::edit::Edit;
use super::super::reject::Outcome;
use super::super::resource::Resource;
use super::super::role::document;
use super::{Consumer, Event};
use crate::parse::node::Node;

/// The configuration for the target, and the queue with its policy if it is made.
pub(super) fn generate(
    consumer: &Consumer,
    event: &Event,
    sender: &Resource,
) -> Outcome<Option<(Node, Vec<Resource>)>> {
    let Some(config) = event.properties.given("DeadLetterConfig") else { return Ok(None) };
    let at = config.at();
    match (config.given("Arn"), config.given("Type")) {
        (Some(_), Some(_)) => Err(event.reject("'DeadLetterConfig' has either 'Arn' or 'Type'")),
        (None, None) => Err(event.reject("'DeadLetterConfig' needs 'Arn' or 'Type'")),
        (Some(arn), None) => Ok(Some((at.map([("Arn", arn.clone())]), Vec::new()))),
        (None, Some(kind)) if kind.as_str() != Some("SQS") => {
            Err(event.reject("The only valid 'Type' of 'DeadLetterConfig' is SQS"))
        }
        (None, Some(_)) => {
            let id = match config.get("QueueLogicalId") {
                None => format!("{}Queue", event.id),
                Some(id) => match id.as_str() {
                    Some(id) => id.to_owned(),
                    None => return Err(event.reject("'QueueLogicalId' must be a string")),
                },
            };
            let mut queue = Resource::new(at, id, "AWS::SQS::Queue").passing_on(consumer.source);
            queue.properties_mut().entries_mut();
            let policy = queue_policy(consumer, event, &queue, sender);
            let config = at.map([("Arn", queue.get_att("Arn"))]);
            Ok(Some((config, vec![queue, policy])))
        }
    }
}

fn queue_policy(consumer: &Consumer, event: &Event, queue: &Resource, sender: &Resource) -> Resource {
    let at = queue.at();
    let condition = at.map([("ArnEquals", at.map([("aws:SourceArn", sender.get_att("Arn"))]))]);
    let statement = at.map([
        ("Effect", at.string("Allow")),
        ("Principal", at.map([("Service", at.string("events.amazonaws.com"))])),
        ("Action", at.string("sqs:SendMessage")),
        ("Resource", queue.get_att("Arn")),
        ("Condition", condition),
    ]);
    Resource::new(at, format!("{}QueuePolicy", event.id), "AWS::SQS::QueuePolicy")
        .with("PolicyDocument", document(at, vec![statement], true))
        .with("Queues", at.list([queue.reference()]))
        .passing_on(consumer.source)
}
