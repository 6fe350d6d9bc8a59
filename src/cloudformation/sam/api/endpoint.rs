//! Where an API can be reached: edge, region or private, and whether by its default address.

use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::openapi;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::translation::Translation;
use crate::parse::node::Node;

const EXTENSION: &str = "x-amazon-apigateway-endpoint-configuration";

/// Sets the endpoint configuration: as given, else regional where there is no edge network.
pub(super) fn configure(translation: &Translation, api: &mut Resource, properties: &Node) -> Outcome<()> {
    let at = api.at();
    let Some(configuration) = properties.given("EndpointConfiguration") else {
        if translation.partition() != "aws" {
            api.set("EndpointConfiguration", at.map([("Types", at.strings(["REGIONAL"]))]));
            api.set("Parameters", at.map([("endpointConfigurationTypes", at.string("REGIONAL"))]));
        }
        return Ok(());
    };
    let at = configuration.at();
    let parameters = |kind: &Node| at.map([("endpointConfigurationTypes", kind.clone())]);
    if is_call(configuration) || configuration.as_str().is_some() {
        api.set("EndpointConfiguration", at.map([("Types", at.list([configuration.clone()]))]));
        api.set("Parameters", parameters(configuration));
        return Ok(());
    }
    if !configuration.is_mapping() {
        return reject(configuration.span, "'EndpointConfiguration' must be a string or a mapping");
    }
    let mut made = at.map::<&str>([]);
    if let Some(kind) = configuration.get("Type") {
        made.set("Types", at.list([kind.clone()]));
        api.set("Parameters", parameters(kind));
    }
    if let Some(endpoints) = configuration.get("VPCEndpointIds").or_else(|| configuration.get("VpcEndpointIds")) {
        made.set("VpcEndpointIds", endpoints.clone());
    }
    if let Some(kind) = configuration.get("IpAddressType") {
        made.set("IpAddressType", kind.clone());
    }
    api.set("EndpointConfiguration", made);
    Ok(())
}

/// Writes `DisableExecuteApiEndpoint` into the document.
pub(super) fn disable_default(body: &mut Node, properties: &Node) -> Outcome<()> {
    let Some(disable) = properties.get("DisableExecuteApiEndpoint") else { return Ok(()) };
    if is_call(body) {
        return reject(body.span, "'DefinitionBody' has no document that could be changed");
    }
    let at = disable.at();
    if !openapi::is_version_3(body) {
        let configuration = body.child(EXTENSION);
        if !configuration.is_mapping() {
            return reject(configuration.span, format!("'{EXTENSION}' must be a mapping"));
        }
        configuration.set("disableExecuteApiEndpoint", disable.clone());
        return Ok(());
    }
    if body.get("servers").is_none_or(|servers| servers.items().is_empty()) {
        body.set("servers", at.list([at.map::<&str>([])]));
    }
    for server in body.child("servers").items_mut().iter_mut() {
        let configuration = server.child(EXTENSION);
        if !configuration.is_mapping() {
            return reject(configuration.span, format!("'{EXTENSION}' must be a mapping"));
        }
        configuration.set("disableExecuteApiEndpoint", disable.clone());
    }
    Ok(())
}
