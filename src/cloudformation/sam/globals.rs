//! `Globals`: properties that all resources of a type take over, unless they say otherwise.
//!
//! Lists are joined (the global items first), mappings merged key by key, everything else is overridden.
//! See "Globals section of the AWS SAM template" in the AWS SAM developer guide.

use super::edit::Edit;
use super::intrinsics::is_call;
use super::reject::{Outcome, Reject, reject};
use crate::parse::MAX_DEPTH;
use crate::parse::node::{Entry, Node, NodeKind};
use crate::value::Map;

/// The properties that may stand under `Globals`, by the last part of the type.
const SUPPORTED: [(&str, &[&str]); 8] = [
    (
        "Function",
        &[
            "Handler",
            "Runtime",
            "CodeUri",
            "DeadLetterQueue",
            "Description",
            "MemorySize",
            "Timeout",
            "VpcConfig",
            "Environment",
            "Tags",
            "PropagateTags",
            "Tracing",
            "KmsKeyArn",
            "AutoPublishAlias",
            "AutoPublishAliasAllProperties",
            "Layers",
            "DeploymentPreference",
            "RolePath",
            "PermissionsBoundary",
            "ReservedConcurrentExecutions",
            "ProvisionedConcurrencyConfig",
            "AssumeRolePolicyDocument",
            "EventInvokeConfig",
            "FileSystemConfigs",
            "CodeSigningConfigArn",
            "Architectures",
            "SnapStart",
            "EphemeralStorage",
            "FunctionUrlConfig",
            "RuntimeManagementConfig",
            "LoggingConfig",
            "RecursiveLoop",
            "SourceKMSKeyArn",
            "TenancyConfig",
            "DurableConfig",
            "CapacityProviderConfig",
            "FunctionScalingConfig",
            "PublishToLatestPublished",
            "VersionDeletionPolicy",
        ],
    ),
    (
        "Api",
        &[
            "Auth",
            "Name",
            "DefinitionUri",
            "CacheClusterEnabled",
            "CacheClusterSize",
            "MergeDefinitions",
            "Variables",
            "EndpointConfiguration",
            "MethodSettings",
            "BinaryMediaTypes",
            "MinimumCompressionSize",
            "Cors",
            "GatewayResponses",
            "AccessLogSetting",
            "CanarySetting",
            "TracingEnabled",
            "OpenApiVersion",
            "Domain",
            "AlwaysDeploy",
            "PropagateTags",
            "SecurityPolicy",
            "EndpointAccessMode",
        ],
    ),
    (
        "HttpApi",
        &[
            "Auth",
            "AccessLogSettings",
            "StageVariables",
            "Tags",
            "CorsConfiguration",
            "DefaultRouteSettings",
            "Domain",
            "RouteSettings",
            "FailOnWarnings",
            "PropagateTags",
        ],
    ),
    (
        "WebSocketApi",
        &[
            "AccessLogSettings",
            "ApiKeySelectionExpression",
            "DefaultRouteSettings",
            "DisableExecuteApiEndpoint",
            "DisableSchemaValidation",
            "Domain",
            "IpAddressType",
            "PropagateTags",
            "RouteSelectionExpression",
            "RouteSettings",
            "StageVariables",
            "Tags",
        ],
    ),
    ("SimpleTable", &["SSESpecification"]),
    ("StateMachine", &["PropagateTags"]),
    ("LayerVersion", &["PublishLambdaVersion"]),
    (
        "CapacityProvider",
        &["VpcConfig", "OperatorRole", "Tags", "InstanceRequirements", "ScalingConfig", "KmsKeyArn", "PropagateTags"],
    ),
];

/// Takes out of `Globals` what is not supported, and says so.
pub(super) fn keep_supported(globals: &mut Node) -> Vec<Reject> {
    let mut rejects = Vec::new();
    if globals.entries().is_empty() {
        return vec![Reject::new(globals.span, "'Globals' must be a mapping with entries")];
    }
    globals.entries_mut().retain_mut(|section| match supported_section(section, &mut rejects) {
        Ok(kept) => kept,
        Err(reject) => {
            rejects.push(reject);
            false
        }
    });
    rejects
}

/// Whether a section is kept; what it has beyond what is supported is taken out.
fn supported_section(section: &mut Entry, rejects: &mut Vec<Reject>) -> Outcome<bool> {
    let name = section.key.as_str();
    if name == Map::UNSEEN {
        return Ok(false);
    }
    let Some((_, supported)) = SUPPORTED.iter().find(|(known, _)| *known == name) else {
        return reject(section.key_span, format!("'Globals' does not support type '{name}'"));
    };
    if !section.value.is_mapping() {
        return reject(section.value.span, format!("'Globals' of '{name}' must be a mapping"));
    }
    section.value.entries_mut().retain(|entry| {
        let property = entry.key.as_str();
        let known = property == Map::UNSEEN || supported.contains(&property);
        if !known {
            let message = format!("'Globals' does not support property '{property}' of '{name}'");
            rejects.push(Reject::new(entry.key_span, message));
        }
        known
    });
    Ok(true)
}

/// Merges the globals of its type into a resource.
pub(super) fn apply(globals: &Node, kind: &str, resource: &mut Node) -> Result<(), Reject> {
    let Some(section) = globals.get(kind.trim_start_matches("AWS::Serverless::")) else { return Ok(()) };
    let ignored = resource.remove("IgnoreGlobals");
    if ignored.as_ref().and_then(Node::as_str) == Some("*") {
        return Ok(());
    }
    let mut section = section.clone();
    for name in ignored.iter().flat_map(Node::items).filter_map(Node::as_str) {
        section.remove(name);
    }
    let properties = resource.child("Properties");
    if properties.is_null() {
        *properties = Node::new(properties.span, NodeKind::Mapping(Vec::new()));
    }
    *properties = merge(&section, properties, 0);
    Ok(())
}

fn merge(global: &Node, local: &Node, depth: usize) -> Node {
    if depth > MAX_DEPTH {
        return local.clone();
    }
    match (&global.kind, &local.kind) {
        (NodeKind::Sequence(before), NodeKind::Sequence(after)) => {
            Node::new(local.span, NodeKind::Sequence(before.iter().chain(after).cloned().collect()))
        }
        (NodeKind::Mapping(_), NodeKind::Mapping(_)) if !is_call(global) && !is_call(local) => {
            let mut merged = global.clone();
            merged.span = local.span;
            for entry in local.entries() {
                let value = match global.get(entry.key.as_str()) {
                    Some(value) => merge(value, &entry.value, depth + 1),
                    None => entry.value.clone(),
                };
                merged.remove(entry.key.as_str());
                let mut entry = entry.clone();
                entry.value = value;
                merged.entries_mut().push(entry);
            }
            merged
        }
        _ => local.clone(),
    }
}
