//! Tags: a mapping in the source, a list in what is deployed.

use super::build::At;
use super::edit::Edit;
use super::intrinsics::is_call;
use super::resource::Resource;
use super::translation::Translation;
use crate::parse::node::Node;

/// The list of tags, first those of the transform itself (`system`), then those of the mapping.
pub(super) fn list(at: At, system: &[(&str, &str)], tags: Option<&Node>) -> Node {
    let tag = |key: Node, value: Node| at.map([("Key", key), ("Value", value)]);
    let own = system.iter().map(|(key, value)| tag(at.string(key), at.string(value)));
    let given = tags.into_iter().filter(|tags| !is_call(tags)).flat_map(|tags| tags.entries()).map(|entry| {
        let at = At(entry.value.span);
        at.map([("Key", At(entry.key_span).string(entry.key.as_str())), ("Value", value(&entry.value))])
    });
    at.list(own.chain(given))
}

fn value(node: &Node) -> Node {
    if node.is_null() { node.at().string("") } else { node.clone() }
}

/// Types whose tags are a list, and to which `PropagateTags` brings tags.
const TAGGED: [&str; 16] = [
    "AWS::ApiGateway::ApiKey",
    "AWS::ApiGateway::DomainName",
    "AWS::ApiGateway::DomainNameV2",
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGateway::Stage",
    "AWS::ApiGateway::UsagePlan",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::DynamoDB::Table",
    "AWS::IAM::Role",
    "AWS::IoT::TopicRule",
    "AWS::Lambda::CapacityProvider",
    "AWS::Lambda::Function",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::StepFunctions::StateMachine",
];

/// The tags that go to all that is made, if the resource says so.
pub(super) fn to_propagate(properties: &Node) -> Option<&Node> {
    let tags = properties.given("Tags").filter(|tags| tags.is_mapping() && !is_call(tags))?;
    properties.get("PropagateTags").filter(|propagate| propagate.is_truthy())?;
    Some(tags)
}

/// Gives the tags of a resource to all that is made from it, where it says so.
pub(super) fn propagate(properties: &Node, made: &mut [Resource]) {
    let Some(tags) = to_propagate(properties) else { return };
    for resource in made.iter_mut().filter(|resource| TAGGED.contains(&resource.kind())) {
        resource.set("Tags", list(tags.at(), &[], Some(tags)));
    }
}

/// Gives the tags of a function or state machine to an implicit API that it has events of, where it says so.
pub(super) fn propagate_to_api(translation: &mut Translation, properties: &Node, api: &str) {
    let Some(tags) = to_propagate(properties) else { return };
    let Some(api) = translation.resources.get_mut(api).and_then(|api| api.get_mut("Properties")) else { return };
    api.set("PropagateTags", tags.at().bool(true));
    for entry in tags.entries() {
        api.child("Tags").set(entry.key.as_str(), entry.value.clone());
    }
}
