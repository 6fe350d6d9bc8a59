//! Topics of SNS, directly or by way of a queue.

use super::super::arn;
use super::super::edit::Edit;
use super::super::intrinsics::{is_call, ref_target};
use super::super::reject::Outcome;
use super::super::resource::Resource;
use super::super::role::{Grants, document};
use super::super::translation::Translation;
use super::{Consumer, Event, permission};
use crate::parse::node::Node;

/// The subscription, with leave to invoke the function or with a queue in between.
pub(super) fn generate(
    translation: &mut Translation,
    consumer: &Consumer,
    event: &Event,
    grants: &mut Grants,
) -> Outcome<Vec<Resource>> {
    let at = event.at;
    let topic = event.properties.get("Topic").cloned().unwrap_or_else(|| at.string(""));
    let queue = event.properties.given("SqsSubscription");
    let Some(queue) = queue else {
        let subscription = subscription(consumer, event, "lambda", consumer.arn.clone());
        let allowed = permission::allow(consumer, event, "sns.amazonaws.com", "").with("SourceArn", topic);
        return Ok(vec![allowed, subscription]);
    };
    if !consumer.has_role {
        let path = "service-role/AWSLambdaSQSQueueExecutionRole";
        grants.managed(queue.at().string(arn::managed_policy(translation.partition(), path)));
    }
    let settings = queue.is_mapping() && !is_call(queue);
    if !settings {
        let mut made =
            Resource::new(queue.at(), format!("{}Queue", event.id), "AWS::SQS::Queue").passing_on(consumer.source);
        made.properties_mut().entries_mut();
        if is_fifo(translation, &topic) {
            made.set("FifoQueue", queue.at().bool(true));
        }
        let policy_id = format!("{}QueuePolicy", event.id);
        let (arn, url) = (made.get_att("Arn"), made.reference());
        let mut resources = through_queue(consumer, event, queue, (arn, url), policy_id, topic);
        resources.insert(0, made);
        return Ok(resources);
    }
    let (Some(arn), Some(url)) = (queue.given("QueueArn"), queue.given("QueueUrl")) else {
        return Err(event.reject("'SqsSubscription' needs 'QueueArn' and 'QueueUrl'"));
    };
    let policy_id = match queue.get("QueuePolicyLogicalId").and_then(Node::as_str) {
        Some(id) => id.to_owned(),
        None => format!("{}QueuePolicy", event.id),
    };
    Ok(through_queue(consumer, event, queue, (arn.clone(), url.clone()), policy_id, topic))
}

fn subscription(consumer: &Consumer, event: &Event, protocol: &str, endpoint: Node) -> Resource {
    let at = event.at;
    let mut subscription = Resource::new(at, &event.id, "AWS::SNS::Subscription")
        .with("Protocol", at.string(protocol))
        .with("Endpoint", endpoint)
        .copy(event.properties, &["Region", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"])
        .passing_on(consumer.source);
    if let Some(topic) = event.properties.get("Topic") {
        subscription.set("TopicArn", topic.clone());
    }
    subscription
}

fn through_queue(
    consumer: &Consumer,
    event: &Event,
    settings: &Node,
    (arn, url): (Node, Node),
    policy_id: String,
    topic: Node,
) -> Vec<Resource> {
    let at = settings.at();
    let statement = at.map([
        ("Effect", at.string("Allow")),
        ("Principal", at.string("*")),
        ("Action", at.string("sqs:SendMessage")),
        ("Resource", arn.clone()),
        ("Condition", at.map([("ArnEquals", at.map([("aws:SourceArn", topic)]))])),
    ]);
    let policy = Resource::new(at, policy_id, "AWS::SQS::QueuePolicy")
        .with("PolicyDocument", document(at, vec![statement], true))
        .with("Queues", at.list([url]))
        .passing_on(consumer.source);
    let mapping = Resource::new(at, format!("{}EventSourceMapping", event.id), "AWS::Lambda::EventSourceMapping")
        .with("BatchSize", settings.get("BatchSize").cloned().unwrap_or_else(|| at.int(10)))
        .with("Enabled", settings.get("Enabled").cloned().unwrap_or_else(|| at.bool(true)))
        .with("EventSourceArn", arn.clone())
        .with("FunctionName", consumer.reference.clone())
        .passing_on(consumer.source);
    vec![policy, subscription(consumer, event, "sqs", arn), mapping]
}

/// Whether a topic keeps the order of its messages.
fn is_fifo(translation: &Translation, topic: &Node) -> bool {
    if topic.as_str().is_some_and(|arn| arn.ends_with(".fifo")) {
        return true;
    }
    let resource = ref_target(topic).and_then(|id| translation.resources.get(id));
    resource.and_then(|node| node.dig(&["Properties", "FifoTopic"])).is_some_and(Edit::is_truthy)
}
