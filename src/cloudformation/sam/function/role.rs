//! The execution role of a function that has none of its own.

use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::reject::Outcome;
use super::super::resource::Resource;
use super::super::role::{Grants, allow, document, inline, trust};
use super::super::translation::Translation;
use super::super::{arn, tags};
use super::CREATED_BY;
use crate::parse::node::Node;

/// The execution role: what Lambda needs for the function's features, `Policies`, and what events need.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
    gathered: Grants,
) -> Outcome<Resource> {
    let at = translation.key_at(id);
    let role_id = format!("{id}Role");
    let mut grants = gathered;
    let partition = translation.partition();
    let managed = |path: &str| at.string(arn::managed_policy(partition, path));

    let durable = properties.given("DurableConfig").is_some();
    grants.managed(managed(match durable {
        true => "service-role/AWSLambdaBasicDurableExecutionRolePolicy",
        false => "service-role/AWSLambdaBasicExecutionRole",
    }));
    if let Some(tracing) = properties.given("Tracing")
        && translation.resolved(tracing)?.as_str() != Some("Disabled")
    {
        let policy = tracing_policy(translation.partition());
        grants.managed(tracing.at().string(policy));
    }
    if let Some(vpc) = properties.given("VpcConfig") {
        let path = "service-role/AWSLambdaVPCAccessExecutionRole";
        grants.managed(vpc.at().string(arn::managed_policy(translation.partition(), path)));
    }
    if let Some(policies) = properties.given("Policies") {
        translation.grant_policies(&role_id, policies, &mut grants);
    }
    if let Some(queue) = properties.given("DeadLetterQueue").filter(|queue| !is_call(queue))
        && let Some(target) = queue.get("TargetArn")
    {
        let action = match queue.get("Type").and_then(Node::as_str) {
            Some("SNS") => "sns:Publish",
            _ => "sqs:SendMessage",
        };
        let at = queue.at();
        let statement = allow(at, at.string(action), target.clone());
        grants.inline(inline(at, "DeadLetterQueuePolicy", document(at, vec![statement], true)));
    }

    let assumed = match properties.given("AssumeRolePolicyDocument") {
        Some(own) => own.clone(),
        None => trust(at, &["lambda.amazonaws.com"]),
    };
    let role = Resource::new(translation.policies_at(id, properties), role_id, "AWS::IAM::Role")
        .with("AssumeRolePolicyDocument", assumed)
        .maybe("Path", properties.get("RolePath").cloned())
        .maybe("PermissionsBoundary", properties.get("PermissionsBoundary").cloned())
        .with("Tags", tags::list(at, &[CREATED_BY], properties.get("Tags")))
        .passing_on(source);
    Ok(grants.into_properties(at, role))
}

/// The ARN of the policy that lets a resource write traces.
pub(in super::super) fn tracing_policy(partition: &str) -> String {
    let name = if partition == "aws" { "AWSXrayWriteOnlyAccess" } else { "AWSXRayDaemonWriteAccess" };
    arn::managed_policy(partition, name)
}
