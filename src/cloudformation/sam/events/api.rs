//! REST APIs: the method in the document, and leave to invoke the function.

use super::super::edit::Edit;
use super::super::implicit::{MANAGED, no_api};
use super::super::intrinsics::ref_target;
use super::super::openapi::{self, ANY_METHOD, INTEGRATION};
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::translation::Translation;
use super::super::{api, arn, tags};
use super::{Consumer, Event, permission};
use crate::parse::node::{Node, NodeKind};

const API: &str = "AWS::Serverless::Api";

/// What the event becomes: leave to invoke; the document of the API gets the method.
pub(super) fn of_function(translation: &mut Translation, consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    let target = target(translation, event)?;
    share_tags(translation, consumer, &target.id);
    let resources = allowed(translation, consumer, event, &target).into_iter().collect();
    let Some(properties) = api_properties(translation, &target.id) else { return Ok(resources) };
    if !writes_document(properties) {
        override_authorization(translation, &target, event)?;
        return Ok(resources);
    }
    let partition = translation.partition().to_owned();
    let at = event.at;
    let streams = event.properties.get("ResponseTransferMode").and_then(Node::as_str) == Some("RESPONSE_STREAM");
    let uri = at.sub(match streams {
        true => arn::streaming(&partition, &consumer.variable),
        false => arn::invocation(&partition, &consumer.variable),
    });
    let uri = match consumer.condition() {
        Some(condition) => at.when(condition, uri, at.no_value()),
        None => uri,
    };
    let mut integration = at.map([("type", at.string("aws_proxy")), ("httpMethod", at.string("POST")), ("uri", uri)]);
    if let Some(role) = credentials(&partition, event, properties) {
        integration.set("credentials", role);
    }
    if let Some(timeout) = event.properties.get("TimeoutInMillis") {
        integration.set("timeoutInMillis", timeout.clone());
    }
    if streams {
        integration.set("responseTransferMode", at.string("STREAM"));
    }
    write(translation, &target, event, consumer.condition(), (integration, None))?;
    Ok(resources)
}

/// The API that an event names.
pub(in super::super) struct Target {
    /// Its logical id.
    pub(in super::super) id: String,
    reference: Node,
    stage_suffix: String,
}

/// Finds the API of an event.
pub(in super::super) fn target(translation: &Translation, event: &Event) -> Outcome<Target> {
    let Some(given) = event.properties.get("RestApiId") else {
        return Err(event.reject("'RestApiId' is missing"));
    };
    let resolved = translation.resolved(given)?;
    let (Some(id), false) = (ref_target(given).or_else(|| resolved.as_str()), given.is_list()) else {
        return Err(event.reject("'RestApiId' must be a string or a reference"));
    };
    let stage = match translation.resources.get(id) {
        Some(node) if node.get("Type").and_then(Node::as_str) == Some(API) => node.dig(&["Properties", "StageName"]),
        _ => return Err(no_api(given.at(), "RestApiId", API)),
    };
    let stage_suffix = match stage.map(|stage| stage.as_str()) {
        Some(Some("")) => return Err(event.reject("'StageName' of its API must not be empty")),
        Some(Some(name)) => name.to_owned(),
        Some(None) => "Stage".to_owned(),
        None => "AllStages".to_owned(),
    };
    let reference = if given.as_str().is_some() { given.clone() } else { given.at().reference(id) };
    Ok(Target { id: id.to_owned(), reference, stage_suffix })
}

/// The properties of an API of the template.
pub(in super::super) fn api_properties<'t>(translation: &'t Translation, id: &str) -> Option<&'t Node> {
    translation.resources.get(id)?.get("Properties")
}

/// Whether the transform writes methods into the document of an API.
pub(in super::super) fn writes_document(properties: &Node) -> bool {
    let managed = properties.get(MANAGED).is_some_and(Edit::is_truthy);
    let merged = properties.get("MergeDefinitions").is_some_and(Edit::is_truthy);
    (managed || merged) && properties.get("DefinitionBody").is_some_and(openapi::is_document)
}

/// Writes the authorization of an event with `OverrideApiAuth` into a document that the template has itself, so that the
/// default of the API does not hold for the method ("ApiFunctionAuth", AWS SAM developer guide).
fn override_authorization(translation: &mut Translation, target: &Target, event: &Event) -> Outcome<()> {
    let auth = event.properties.given("Auth").filter(|auth| auth.get("OverrideApiAuth").is_some_and(Edit::is_truthy));
    let (Some(auth), Some(path), Some(method)) = (
        auth,
        event.properties.get("Path").and_then(Node::as_str),
        event.properties.get("Method").and_then(Node::as_str),
    ) else {
        return Ok(());
    };
    let method = openapi::method_name(method);
    let at = event.at;
    let written = translation.with_document(&target.id, |translation, api, document| {
        if !openapi::is_document(document) {
            return Ok(());
        }
        let stage = api.get("StageName").cloned().unwrap_or_else(|| at.null());
        api::of_method(translation, document, (path, &method), auth, (api, &stage))
    });
    written.map(|_| ())
}

fn allowed(translation: &Translation, consumer: &Consumer, event: &Event, target: &Target) -> Option<Resource> {
    let at = event.at;
    let path = openapi::wildcard(event.properties.get("Path")?.as_str()?);
    let method = openapi::method_name(event.properties.get("Method")?.as_str()?);
    let method = if method == ANY_METHOD { "*".to_owned() } else { method.to_uppercase() };
    let text =
        arn::regional(translation.partition(), "execute-api", &format!("${{__ApiId__}}/${{__Stage__}}/{method}{path}"));
    let source = at.sub_with(text, [("__ApiId__", target.reference.clone()), ("__Stage__", at.string("*"))]);
    let suffix: String = target.stage_suffix.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(permission::allow(consumer, event, "apigateway.amazonaws.com", &suffix).with("SourceArn", source))
}

/// The role under which API Gateway invokes a function for signed requests.
fn credentials(partition: &str, event: &Event, api: &Node) -> Option<Node> {
    let own = event.properties.given("Auth");
    let common = api.given("Auth");
    let signed = own.and_then(|auth| auth.get("Authorizer")).and_then(Node::as_str) == Some("AWS_IAM")
        || (own.is_none()
            && common.and_then(|auth| auth.get("DefaultAuthorizer")).and_then(Node::as_str) == Some("AWS_IAM"));
    if !signed {
        return None;
    }
    let role = |auth: Option<&Node>| {
        let role = auth?.entry("InvokeRole")?;
        Some(if role.value.is_null() { role.value.at().string("NONE") } else { role.value.clone() })
    };
    let role = role(own).or_else(|| role(common)).unwrap_or_else(|| event.at.string("CALLER_CREDENTIALS"));
    match role.as_str() {
        Some("NONE") => None,
        Some("CALLER_CREDENTIALS") => Some(role.at().string(format!("arn:{partition}:iam::*:user/*"))),
        _ => Some(role),
    }
}

/// Writes a method with its integration, responses, authorization, model and parameters into the document.
pub(in super::super) fn write(
    translation: &mut Translation,
    target: &Target,
    event: &Event,
    condition: Option<&str>,
    method: (Node, Option<Node>),
) -> Outcome<()> {
    let written = translation.with_document(&target.id, |translation, api, document| {
        write_into(translation, (api, document), event, condition, method)
    });
    written.map(|_| ())
}

fn write_into(
    translation: &mut Translation,
    (api, body): (&Node, &mut Node),
    event: &Event,
    condition: Option<&str>,
    (integration, responses): (Node, Option<Node>),
) -> Outcome<()> {
    let (Some(path), Some(method)) =
        (event.properties.get("Path").and_then(Node::as_str), event.properties.get("Method").and_then(Node::as_str))
    else {
        return Err(event.reject("'Path' and 'Method' must be strings"));
    };
    let method = openapi::method_name(method);
    if openapi::path_has_integration(body, path, &method) {
        return Err(event.reject(format!("method '{method}' of path '{path}' is defined more than once")));
    }
    let at = event.at;
    openapi::add_path(body, at, path, &method)?;
    openapi::each_definition(body, path, &method, &mut |definition| {
        if !definition.is_mapping() {
            if !definition.is_null() {
                return reject(definition.span, format!("Method '{method}' of path '{path}' must be a mapping"));
            }
            definition.kind = NodeKind::Mapping(Vec::new());
        }
        definition.span = at.0;
        definition.set(INTEGRATION, integration.clone());
        match &responses {
            Some(responses) => definition.set("responses", responses.clone()),
            None if definition.get("responses").is_none() => definition.set("responses", at.map::<&str>([])),
            None => {}
        }
        Ok(())
    })?;
    if let Some(condition) = condition {
        let item = body.get_mut("paths").and_then(|paths| paths.get_mut(path));
        if let Some(item) = item {
            openapi::each_content(item, &mut |item| {
                if let Some(definition) = item.remove(&method) {
                    item.set(&method, at.when(condition, definition, at.no_value()));
                }
                Ok(())
            })?;
        }
    }
    if let Some(auth) = event.properties.given("Auth") {
        // The event of a state machine does not know the stage of its API.
        let stage = match responses.is_some() {
            true => at.null(),
            false => api.get("StageName").cloned().unwrap_or_else(|| at.null()),
        };
        api::of_method(translation, body, (path, &method), auth, (api, &stage))?;
    }
    if let Some(model) = event.properties.given("RequestModel") {
        request_model(body, (path, &method), model, api)?;
    }
    if let Some(parameters) = event.properties.given("RequestParameters") {
        request_parameters(body, (path, &method), parameters)?;
    }
    Ok(())
}

fn request_model(body: &mut Node, (path, method): (&str, &str), model: &Node, api: &Node) -> Outcome<()> {
    let Some(name) = model.given("Model") else { return Ok(()) };
    let unable =
        |why: &str| reject(name.span, format!("No model can be set on method '{method}' of path '{path}', as {why}"));
    let Some(models) = api.given("Models") else { return unable("the API has no models") };
    if !models.is_mapping() {
        return unable("the models of the API are no mapping");
    }
    let Some(text) = name.as_str() else { return unable("its name must be a string") };
    if models.get(text).is_none() {
        return unable("the API does not have it");
    }
    let lower = text.to_lowercase();
    let at = model.at();
    let version_3 = body.get("swagger").is_none() && openapi::is_version_3(body);
    let required = model.get("Required").filter(|required| !required.is_null());
    openapi::each_definition(body, path, method, &mut |definition| {
        if !openapi::has_integration(definition) {
            return Ok(());
        }
        let mut made = if version_3 {
            let schema = at.map([("$ref", at.string(format!("#/components/schemas/{lower}")))]);
            at.map([("content", at.map([("application/json", at.map([("schema", schema)]))]))])
        } else {
            let schema = at.map([("$ref", at.string(format!("#/definitions/{lower}")))]);
            at.map([("in", at.string("body")), ("name", at.string(&lower)), ("schema", schema)])
        };
        if let Some(required) = required {
            made.set("required", required.clone());
        }
        match version_3 {
            true => definition.set("requestBody", made),
            false => list(definition, "parameters").push(made),
        }
        Ok(())
    })?;
    validator(body, (path, method), model)
}

fn list<'a>(definition: &'a mut Node, name: &str) -> &'a mut Vec<Node> {
    definition.child(name).items_mut()
}

fn validator(body: &mut Node, (path, method): (&str, &str), model: &Node) -> Outcome<()> {
    let flag = |name: &str| match model.get(name).filter(|flag| !flag.is_null()) {
        None => Ok(None),
        Some(flag) => match flag.as_bool() {
            Some(flag) => Ok(Some(flag)),
            None => reject(flag.span, format!("'{name}' must be a boolean")),
        },
    };
    let (check_body, check_parameters) = match (flag("ValidateBody")?, flag("ValidateParameters")?) {
        (None, None) => return Ok(()),
        (body, parameters) => (body.unwrap_or(false), parameters.unwrap_or(false)),
    };
    let name = match (check_body, check_parameters) {
        (true, true) => "body-and-params",
        (true, false) => "body-only",
        (false, true) => "params-only",
        (false, false) => "no-validation",
    };
    let at = model.at();
    let definition = at
        .map([("validateRequestBody", at.bool(check_body)), ("validateRequestParameters", at.bool(check_parameters))]);
    body.child("x-amazon-apigateway-request-validators").set(name, definition);
    openapi::each_definition(body, path, method, &mut |definition| {
        if openapi::has_integration(definition) {
            definition.set("x-amazon-apigateway-request-validator", at.string(name));
        }
        Ok(())
    })
}

fn request_parameters(body: &mut Node, (path, method): (&str, &str), parameters: &Node) -> Outcome<()> {
    let version_3 = body.get("swagger").is_none() && openapi::is_version_3(body);
    let mut made = Vec::new();
    let mut cached = Vec::new();
    for item in parameters.items() {
        let at = item.at();
        let (name, settings) = match (item.as_str(), item.entries()) {
            (Some(name), _) => (name, None),
            (None, [entry]) => (entry.key.as_str(), Some(&entry.value)),
            _ => return reject(item.span, "A request parameter must be a string or a mapping with one key"),
        };
        let Some((place, key)) = name.strip_prefix("method.request.").and_then(|rest| rest.split_once('.')) else {
            return reject(item.span, format!("'{name}' is no request parameter"));
        };
        let place = match place {
            "querystring" => "query",
            "path" | "header" => place,
            _ => return reject(item.span, format!("'{name}' is no request parameter")),
        };
        if let Some(settings) = settings
            && (!settings.is_mapping()
                || !settings.entries().iter().all(|entry| matches!(entry.key.as_str(), "Required" | "Caching")))
        {
            return reject(settings.span, "A request parameter has 'Required' and 'Caching' only");
        }
        let required = settings.and_then(|settings| settings.get("Required")).cloned();
        let required = required.unwrap_or_else(|| at.bool(false));
        let kind = ("type", at.string("string"));
        let mut parameter = at.map([("in", at.string(place)), ("name", at.string(key)), ("required", required)]);
        match version_3 {
            true => parameter.set("schema", at.map([kind])),
            false => parameter.set("type", kind.1),
        }
        made.push(parameter);
        if settings.and_then(|settings| settings.get("Caching")).is_some_and(Edit::is_truthy) {
            cached.push(at.string(name));
        }
    }
    openapi::each_definition(body, path, method, &mut |definition| {
        if !openapi::has_integration(definition) {
            return Ok(());
        }
        list(definition, "parameters").extend(made.iter().cloned());
        if !cached.is_empty() {
            list(definition.child(INTEGRATION), "cacheKeyParameters").extend(cached.iter().cloned());
        }
        Ok(())
    })
}

/// Gives the tags of the consumer to the implicit API, where it says so.
pub(in super::super) fn share_tags(translation: &mut Translation, consumer: &Consumer, api: &str) {
    if matches!(api, "ServerlessRestApi" | "ServerlessHttpApi")
        && let Some(properties) = consumer.source.get("Properties")
    {
        tags::propagate_to_api(translation, properties, api);
    }
}
