//! `FunctionUrlConfig`: an address for the function, open to everyone if it asks for no authentication.

use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use crate::parse::node::{Node, NodeKind};

/// The address and the permissions it needs.
pub(super) fn generate(id: &str, source: &Node, properties: &Node, alias: Option<&Resource>) -> Outcome<Vec<Resource>> {
    let Some(config) = properties.given("FunctionUrlConfig") else { return Ok(Vec::new()) };
    check(config)?;
    let at = config.at();
    let target = alias.map_or_else(|| at.reference(id), Resource::reference);
    let url = Resource::new(at, format!("{id}Url"), "AWS::Lambda::Url")
        .with("TargetFunctionArn", target.clone())
        .copy(config, &["AuthType", "Cors", "InvokeMode"])
        .passing_on(source);
    let mut resources = vec![url];
    if config.get("AuthType").and_then(Node::as_str) == Some("NONE") {
        let permission = |suffix: &str, action: &str| {
            Resource::new(at, format!("{id}{suffix}"), "AWS::Lambda::Permission")
                .with("Action", at.string(action))
                .with("FunctionName", target.clone())
                .with("Principal", at.string("*"))
                .passing_on(source)
        };
        resources.push(
            permission("UrlPublicPermissions", "lambda:InvokeFunctionUrl")
                .with("FunctionUrlAuthType", at.string("NONE")),
        );
        resources.push(
            permission("URLInvokeAllowPublicAccess", "lambda:InvokeFunction")
                .with("InvokedViaFunctionUrl", at.bool(true)),
        );
    }
    Ok(resources)
}

fn check(config: &Node) -> Outcome<()> {
    if is_call(config) {
        return reject(config.span, "'FunctionUrlConfig' must be a mapping, no intrinsic function");
    }
    let kind = config.get("AuthType");
    if !kind.is_some_and(|kind| is_call(kind) || matches!(kind.as_str(), Some("AWS_IAM" | "NONE"))) {
        return reject(config.span, "'AuthType' of 'FunctionUrlConfig' must be AWS_IAM or NONE");
    }
    let Some(cors) = config.given("Cors") else { return Ok(()) };
    if is_call(cors) {
        return Ok(());
    }
    if !cors.is_mapping() {
        return reject(cors.span, "'Cors' of 'FunctionUrlConfig' must be a mapping");
    }
    for entry in cors.entries() {
        let value = &entry.value;
        let fits = is_call(value)
            || match entry.key.as_str() {
                "AllowOrigins" | "AllowMethods" | "AllowHeaders" | "ExposeHeaders" => value.is_list(),
                "AllowCredentials" => value.as_bool().is_some(),
                "MaxAge" => matches!(value.kind, NodeKind::Number(_)),
                name => return reject(entry.key_span, format!("'Cors' of a function URL has no property '{name}'")),
            };
        if !fits {
            return reject(value.span, format!("The value of '{}' has the wrong type", entry.key.as_str()));
        }
    }
    Ok(())
}
