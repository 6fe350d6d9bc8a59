//! HTTP APIs: the route in the document, and leave to invoke the function.

use super::super::build::At;
use super::super::edit::Edit;
use super::super::http_api::auth;
use super::super::implicit::{MANAGED, no_api};
use super::super::intrinsics::ref_target;
use super::super::openapi::{self, ANY_METHOD, INTEGRATION};
use super::super::reject::Outcome;
use super::super::resource::Resource;
use super::super::translation::Translation;
use super::super::{arn, logical_id};
use super::{Consumer, Event, api, permission};
use crate::parse::node::Node;

const API: &str = "AWS::Serverless::HttpApi";

/// What the event becomes: leave to invoke; the document of the API gets the route.
pub(super) fn of_function(translation: &mut Translation, consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    let Some(given) = event.properties.get("ApiId") else { return Err(event.reject("'ApiId' is missing")) };
    let Some(id) = ref_target(given).or_else(|| given.as_str()).map(str::to_owned) else {
        return Err(event.reject("'ApiId' must be a string or a reference"));
    };
    if !matches!(translation.kind_of(&id), Some(API | "AWS::Serverless::Api")) {
        return Err(no_api(given.at(), "ApiId", API));
    }
    api::share_tags(translation, consumer, &id);
    let (Some(path), Some(method)) =
        (event.properties.get("Path").and_then(Node::as_str), event.properties.get("Method").and_then(Node::as_str))
    else {
        return Err(event.reject("'Path' and 'Method' must be strings"));
    };
    let method = openapi::method_name(method);
    let mut resources = Vec::new();
    translation.with_document(&id, |translation, api, document| {
        let added = integrate(translation, consumer, event, (path, &method), (api, document))?;
        if !added && api.get(MANAGED).is_some_and(Edit::is_truthy) {
            return Err(event.reject(format!("method '{method}' of path '{path}' is defined more than once")));
        }
        Ok(())
    })?;
    let is_default = path == "$default";
    if !is_default && is_default_route_of(translation, consumer, &id) {
        return Ok(resources);
    }
    let at = event.at;
    let resource = if is_default {
        "${__ApiId__}/${__Stage__}/*".to_owned()
    } else {
        let word = if method == ANY_METHOD { "*".to_owned() } else { method.to_uppercase() };
        let pattern = openapi::wildcard(path);
        let pattern = if pattern == "/" { &pattern } else { pattern.trim_end_matches('/') };
        format!("${{__ApiId__}}/${{__Stage__}}/{word}{pattern}")
    };
    let text = arn::regional("${AWS::Partition}", "execute-api", &resource);
    let source = at.sub_with(text, [("__ApiId__", given.clone()), ("__Stage__", at.string("*"))]);
    resources.push(permission::allow(consumer, event, "apigateway.amazonaws.com", "").with("SourceArn", source));
    Ok(resources)
}

/// Writes the route; false if it is there already.
fn integrate(
    translation: &mut Translation,
    consumer: &Consumer,
    event: &Event,
    (path, method): (&str, &str),
    (api, body): (&Node, &mut Node),
) -> Outcome<bool> {
    let added = !openapi::path_has_integration(body, path, method);
    if added {
        add(consumer, event, (path, method), body)?;
    }
    let settings = [("TimeoutInMillis", "timeoutInMillis"), ("PayloadFormatVersion", "payloadFormatVersion")];
    openapi::each_definition(body, path, method, &mut |definition| {
        for (from, to) in settings {
            if let Some(value) = event.properties.given(from) {
                definition.child(INTEGRATION).set(to, value.clone());
            }
        }
        Ok(())
    })?;
    if let Some(auth) = event.properties.given("Auth") {
        auth::of_route(translation, body, (path, method), auth, api)?;
    }
    Ok(added)
}

/// Adds the route with its integration.
fn add(consumer: &Consumer, event: &Event, (path, method): (&str, &str), body: &mut Node) -> Outcome<()> {
    let at = event.at;
    openapi::add_path(body, at, path, method)?;
    let uri = at.sub(arn::invocation("${AWS::Partition}", &consumer.variable));
    let uri = match consumer.condition() {
        Some(condition) => at.when(condition, uri, at.no_value()),
        None => uri,
    };
    let integration = at.map([
        ("type", at.string("aws_proxy")),
        ("httpMethod", at.string("POST")),
        ("payloadFormatVersion", at.string("2.0")),
        ("uri", uri),
    ]);
    openapi::each_definition(body, path, method, &mut |definition| {
        if !definition.is_mapping() && !definition.is_null() {
            return Err(event.reject(format!("method '{method}' of path '{path}' must be a mapping")));
        }
        definition.entries_mut();
        definition.span = at.0;
        definition.set(INTEGRATION, integration.clone());
        if path == "$default" {
            definition.set("isDefaultRoute", at.bool(true));
        }
        if definition.get("responses").is_none() {
            definition.set("responses", at.map::<&str>([]));
        }
        declare_parameters(at, definition, path);
        Ok(())
    })?;
    let item = body.get_mut("paths").and_then(|paths| paths.get_mut(path));
    let (Some(condition), Some(item)) = (consumer.condition(), item) else { return Ok(()) };
    openapi::each_content(item, &mut |item| {
        if let Some(definition) = item.remove(method) {
            item.set(method, at.when(condition, definition, at.no_value()));
        }
        Ok(())
    })
}

/// Declares the variables of a path as parameters of the route.
fn declare_parameters(at: At, definition: &mut Node, path: &str) {
    for name in openapi::variables(path) {
        let parameters = definition.child("parameters").items_mut();
        let known = parameters.iter_mut().find(|parameter| parameter.get("name").and_then(Node::as_str) == Some(name));
        match known {
            Some(parameter) => parameter.set("required", at.bool(true)),
            None => parameters.push(at.map([
                ("name", at.string(name)),
                ("in", at.string("path")),
                ("required", at.bool(true)),
            ])),
        }
    }
}

/// Whether the default route of the API invokes the consumer, which then needs no further leave.
fn is_default_route_of(translation: &Translation, consumer: &Consumer, id: &str) -> bool {
    let paths = translation.resources.get(id).and_then(|api| api.dig(&["Properties", "DefinitionBody", "paths"]));
    let Some(route) = paths.and_then(|paths| paths.get("$default")) else { return false };
    let wanted = format!("${{{}}}", consumer.variable);
    logical_id::compact_json(route).contains(&wanted)
}
