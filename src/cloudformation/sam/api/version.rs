//! From Swagger 2 to OpenAPI 3, where the API asks for it.

use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::openapi;
use super::super::reject::{Outcome, reject};
use crate::parse::node::Node;

/// Moves what has another place in OpenAPI 3; a document that says it is Swagger stays.
pub(super) fn convert(body: &mut Node, properties: &Node) -> Outcome<()> {
    let asked = properties.get("OpenApiVersion").and_then(Node::as_str).is_some_and(|text| text.starts_with("3."));
    if body.get("swagger").is_some() || !(asked || openapi::is_version_3(body)) {
        return Ok(());
    }
    for (from, to) in [("securityDefinitions", "securitySchemes"), ("definitions", "schemas")] {
        if body.given(from).is_some()
            && let Some(moved) = body.remove(from)
        {
            let at = moved.at();
            if body.get("components").is_none_or(|components| !components.is_mapping()) {
                body.set("components", at.map::<&str>([]));
            }
            body.child("components").set(to, moved);
        }
    }
    let Some(paths) = body.get_mut("paths") else { return Ok(()) };
    for entry in paths.entries_mut() {
        let path = entry.key.as_str().to_owned();
        let item = &mut entry.value;
        if !item.is_mapping() {
            return reject(item.span, format!("Path '{path}' must be a mapping"));
        }
        if is_call(item) {
            continue;
        }
        let Some(options) = item.get_mut("options").filter(|options| options.is_truthy()) else { continue };
        if !options.is_mapping() {
            return reject(options.span, format!("Method 'options' of path '{path}' must be a mapping"));
        }
        options.remove("consumes");
        options.remove("produces");
        headers_with_schema(options, &path)?;
    }
    Ok(())
}

fn headers_with_schema(options: &mut Node, path: &str) -> Outcome<()> {
    let Some(responses) = options.get_mut("responses") else { return Ok(()) };
    if !responses.is_mapping() {
        return reject(responses.span, format!("The responses of method 'options' of path '{path}' must be a mapping"));
    }
    let Some(response) = responses.get_mut("200") else { return Ok(()) };
    let Some(headers) = response.get_mut("headers").filter(|headers| headers.is_truthy()) else { return Ok(()) };
    if !headers.is_mapping() {
        return reject(headers.span, format!("The headers of method 'options' of path '{path}' must be a mapping"));
    }
    for header in headers.entries_mut() {
        let at = header.value.at();
        header.value = at.map([("schema", header.value.clone())]);
    }
    Ok(())
}
