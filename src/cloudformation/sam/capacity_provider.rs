//! `AWS::Serverless::CapacityProvider`.

use super::edit::Edit;
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::role::{Grants, trust};
use super::translation::Translation;
use super::{arn, tags};
use crate::parse::node::Node;

const CREATED_BY: (&str, &str) = ("lambda:createdBy", "SAM");

/// The capacity provider, with the role of its operator where it has none.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let Some(vpc) = properties.given("VpcConfig") else {
        return reject(at.0, "A capacity provider needs 'VpcConfig'");
    };
    if vpc.given("SubnetIds").is_none() {
        return reject(vpc.span, "'VpcConfig' needs 'SubnetIds'");
    }
    let mut provider = Resource::new(at, id, "AWS::Lambda::CapacityProvider")
        .copy(properties, &["CapacityProviderName", "VpcConfig", "KmsKeyArn"])
        .with("Tags", tags::list(at, &[CREATED_BY], properties.get("Tags")))
        .in_place_of(source);
    if let Some(key) = properties.get("KmsKeyArn") {
        provider.set("KmsKeyArn", key.clone());
    }
    if let Some(requirements) = properties.given("InstanceRequirements") {
        let names = [
            ("Architectures", "Architectures"),
            ("AllowedTypes", "AllowedInstanceTypes"),
            ("ExcludedTypes", "ExcludedInstanceTypes"),
        ];
        let given = names.iter().filter_map(|(from, to)| Some((*to, requirements.get(from)?.clone())));
        provider.set("InstanceRequirements", requirements.at().map(given));
    }
    if let Some(scaling) = properties.given("ScalingConfig") {
        provider.set("CapacityProviderScalingConfig", scaling_config(scaling));
    }
    let mut resources = Vec::new();
    let operator = match properties.given("OperatorRole") {
        Some(role) => role.clone(),
        None => {
            let role = operator_role(translation, id, source, properties);
            let arn = role.get_att("Arn");
            resources.push(role);
            arn
        }
    };
    provider.set("PermissionsConfig", at.map([("CapacityProviderOperatorRoleArn", operator)]));
    resources.insert(0, provider);
    Ok(resources)
}

fn scaling_config(scaling: &Node) -> Node {
    let at = scaling.at();
    let mut made = at.map::<&str>([]);
    if let Some(most) = scaling.get("MaxVCpuCount") {
        made.set("MaxVCpuCount", most.clone());
    }
    let mode = if scaling.given("AverageCPUUtilization").is_some() { "Manual" } else { "Auto" };
    made.set("ScalingMode", at.string(mode));
    if let Some(average) = scaling.given("AverageCPUUtilization") {
        let policy = at.map([
            ("PredefinedMetricType", at.string("LambdaCapacityProviderAverageCPUUtilization")),
            ("TargetValue", average.clone()),
        ]);
        made.set("ScalingPolicies", at.list([policy]));
    }
    made
}

fn operator_role(translation: &Translation, id: &str, source: &Node, properties: &Node) -> Resource {
    let at = translation.key_at(id);
    let mut grants = Grants::default();
    grants.managed(at.string(arn::managed_policy(translation.partition(), "AWSLambdaManagedEC2ResourceOperator")));
    let role = Resource::new(at, format!("{id}OperatorRole"), "AWS::IAM::Role")
        .with("AssumeRolePolicyDocument", trust(at, &["lambda.amazonaws.com"]))
        .with("Tags", tags::list(at, &[CREATED_BY], properties.get("Tags")))
        .passing_on(source);
    grants.into_properties(at, role)
}
