//! One end of a connector: a resource of the template, or what is said about one elsewhere.

use super::super::edit::Edit;
use super::super::intrinsics::{get_att_target, is_call, ref_target};
use super::super::reject::{Outcome, reject};
use super::super::translation::Translation;
use super::is_text;
use crate::parse::node::Node;

const PROPERTIES: [&str; 8] = ["Arn", "Id", "Name", "Qualifier", "QueueUrl", "ResourceId", "RoleName", "Type"];

/// One end.
pub(super) struct End {
    /// The logical id, if it is a resource of the template.
    pub(super) id: Option<String>,
    /// The type as the template has it.
    pub(super) written: String,
    /// The type that is deployed.
    pub(super) kind: String,
    properties: Node,
}

impl End {
    /// Reads an end.
    pub(super) fn read(translation: &Translation, node: &Node) -> Outcome<Self> {
        if !node.is_mapping() || is_call(node) {
            return reject(node.span, "An end of a connector must be a mapping");
        }
        for entry in node.entries() {
            if !PROPERTIES.contains(&entry.key.as_str()) {
                return reject(entry.key_span, format!("An end of a connector has no '{}'", entry.key.as_str()));
            }
        }
        let Some(id) = node.get("Id") else { return Self::elsewhere(node) };
        let Some(id) = id.as_str().filter(|id| !id.is_empty()) else {
            return reject(id.span, "'Id' must be the logical id of a resource");
        };
        let Some(written) = translation.written_kind(id) else {
            return reject(node.span, format!("The template has no resource '{id}'"));
        };
        let kind = deployed(&written).to_owned();
        let mut properties = known(translation, id, &kind, node);
        if let Some(qualifier) = node.get("Qualifier") {
            properties.set("Qualifier", qualifier.clone());
        }
        Ok(End { id: Some(id.to_owned()), written, kind, properties })
    }

    fn elsewhere(node: &Node) -> Outcome<Self> {
        let Some(written) = node.get("Type").filter(|kind| is_text(kind)).and_then(Node::as_str) else {
            return reject(node.span, "An end of a connector needs 'Id' or 'Type'");
        };
        let kind = deployed(written).to_owned();
        let mut properties = node.clone();
        if properties.get("Qualifier").is_none() && is_api(&kind) {
            properties.set("Qualifier", node.at().string("*"));
        }
        Ok(End { id: None, written: kind.clone(), kind, properties })
    }

    /// A property that the connection needs.
    pub(super) fn needed(&self, name: &str) -> Outcome<Node> {
        match self.properties.given(name) {
            Some(value) => Ok(value.clone()),
            None => reject(self.properties.span, format!("This end of the connector needs '{name}'")),
        }
    }
}

/// The type that a serverless type is deployed as.
fn deployed(kind: &str) -> &str {
    match kind {
        "AWS::Serverless::Function" => "AWS::Lambda::Function",
        "AWS::Serverless::Api" => "AWS::ApiGateway::RestApi",
        "AWS::Serverless::HttpApi" => "AWS::ApiGatewayV2::Api",
        "AWS::Serverless::SimpleTable" => "AWS::DynamoDB::Table",
        "AWS::Serverless::StateMachine" => "AWS::StepFunctions::StateMachine",
        "AWS::Serverless::GraphQLApi" => "AWS::AppSync::GraphQLApi",
        other => other,
    }
}

fn is_api(kind: &str) -> bool {
    matches!(kind, "AWS::ApiGateway::RestApi" | "AWS::ApiGatewayV2::Api")
}

/// What is known about a resource of the template.
fn known(translation: &Translation, id: &str, kind: &str, end: &Node) -> Node {
    let at = end.at();
    let arn = match kind {
        "AWS::SNS::Topic" | "AWS::StepFunctions::StateMachine" => at.reference(id),
        "AWS::AppSync::DataSource" => at.get_att(id, "DataSourceArn"),
        _ => at.get_att(id, "Arn"),
    };
    let mut properties = at.map([("Arn", arn)]);
    let resource_id = match kind {
        "AWS::AppSync::GraphQLApi" => at.get_att(id, "ApiId"),
        _ => at.reference(id),
    };
    properties.set("ResourceId", resource_id);
    match kind {
        "AWS::StepFunctions::StateMachine" => properties.set("Name", at.get_att(id, "Name")),
        "AWS::SQS::Queue" => properties.set("QueueUrl", at.reference(id)),
        _ => {}
    }
    if is_api(kind) {
        properties.set("Qualifier", at.string("*"));
    }
    let resource = translation.resources.get(id);
    let role = match kind {
        "AWS::Lambda::Function" => resource.and_then(|node| node.dig(&["Properties", "Role"])),
        "AWS::StepFunctions::StateMachine" => resource.and_then(|node| node.dig(&["Properties", "RoleArn"])),
        "AWS::AppSync::DataSource" => resource.and_then(|node| node.dig(&["Properties", "ServiceRoleArn"])),
        "AWS::Events::Rule" => {
            let targets = resource.and_then(|node| node.dig(&["Properties", "Targets"]));
            targets.into_iter().flat_map(Node::items).find_map(|target| target.get("RoleArn"))
        }
        _ => None,
    };
    if let Some(name) = role.and_then(role_name) {
        properties.set("RoleName", name);
    }
    properties
}

/// The name of a role from its ARN: a reference to the role, if it is one of the template.
fn role_name(arn: &Node) -> Option<Node> {
    let at = arn.at();
    match (get_att_target(arn), ref_target(arn)) {
        (Some((id, "Arn")), _) => Some(at.reference(id)),
        (_, Some(id)) => Some(at.reference(id)),
        _ => None,
    }
}
