//! `GatewayResponses`: what API Gateway answers by itself.

use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::reject::{Outcome, reject};
use crate::parse::node::{Node, NodeKind};

const EXTENSION: &str = "x-amazon-apigateway-gateway-responses";

/// Writes the responses into the document.
pub(super) fn apply(body: &mut Node, properties: &Node) -> Outcome<()> {
    let Some(responses) = properties.given("GatewayResponses") else { return Ok(()) };
    if is_call(responses) {
        return reject(responses.span, "'GatewayResponses' takes no intrinsic functions");
    }
    let mut made = body.get(EXTENSION).cloned().unwrap_or_else(|| responses.at().map::<&str>([]));
    for entry in responses.entries() {
        made.set(entry.key.as_str(), one(&entry.value)?);
    }
    body.set(EXTENSION, made);
    Ok(())
}

fn one(response: &Node) -> Outcome<Node> {
    let at = response.at();
    if is_call(response) {
        return reject(response.span, "A gateway response takes no intrinsic functions");
    }
    if !response.is_mapping() {
        return reject(response.span, "A gateway response must be a mapping");
    }
    for entry in response.entries() {
        if !matches!(entry.key.as_str(), "ResponseParameters" | "ResponseTemplates" | "StatusCode") {
            return reject(entry.key_span, format!("A gateway response has no property '{}'", entry.key.as_str()));
        }
    }
    let mut parameters = at.map::<&str>([]);
    if let Some(given) = response.given("ResponseParameters") {
        if !given.is_mapping() {
            return reject(given.span, "'ResponseParameters' must be a mapping");
        }
        for group in given.entries() {
            let place = match group.key.as_str() {
                "Headers" => "header",
                "Paths" => "path",
                "QueryStrings" => "querystring",
                other => return reject(group.key_span, format!("A gateway response has no parameters '{other}'")),
            };
            if !group.value.is_mapping() {
                return reject(group.value.span, "Parameters of a gateway response must be a mapping");
            }
            for parameter in group.value.entries() {
                let name = format!("gatewayresponse.{place}.{}", parameter.key.as_str());
                parameters.set(&name, parameter.value.clone());
            }
        }
    }
    let templates = response.given("ResponseTemplates").cloned().unwrap_or_else(|| at.map::<&str>([]));
    if !templates.is_mapping() {
        return reject(templates.span, "'ResponseTemplates' must be a mapping");
    }
    let mut made = at.map([("responseParameters", parameters), ("responseTemplates", templates)]);
    if let Some(code) = response.given("StatusCode") {
        let text = match &code.kind {
            NodeKind::Number(text) => Some(text.to_string()),
            NodeKind::String(text) => Some(text.as_str().to_owned()),
            _ => None,
        };
        match text {
            Some(text) if text.parse::<u32>().is_ok() => made.set("statusCode", code.at().string(text)),
            None if is_call(code) => made.set("statusCode", code.clone()),
            _ => return reject(code.span, "'StatusCode' must be numeric"),
        }
    }
    Ok(made)
}
