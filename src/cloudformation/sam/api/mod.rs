//! `AWS::Serverless::Api`: a REST API of API Gateway with its deployment and stage.

mod auth;
mod authorizer;
mod cors;
pub(super) mod domain;
mod endpoint;
mod gateway_response;
pub(super) mod resource_policy;
mod usage_plan;
mod version;

pub(super) use auth::{iam_definition, of_method};
pub(super) use usage_plan::SharedUsagePlan;

use super::edit::Edit;
use super::implicit::MANAGED;
use super::intrinsics::is_call;
use super::openapi;
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::s3_location::location;
use super::translation::Translation;
use super::{logical_id, tags};
use crate::parse::node::Node;

/// What an API becomes.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let properties = &resolve_some(translation, properties)?;
    let mut api = Resource::new(at, id, "AWS::ApiGateway::RestApi")
        .copy(
            properties,
            &[
                "Name",
                "Description",
                "Mode",
                "FailOnWarnings",
                "MinimumCompressionSize",
                "ApiKeySourceType",
                "Policy",
                "SecurityPolicy",
                "EndpointAccessMode",
            ],
        )
        .in_place_of(source);
    if let Some(key) = properties.get("ApiKeySourceType")
        && !is_call(key)
        && !matches!(key.as_str(), Some("HEADER" | "AUTHORIZER"))
    {
        return reject(key.span, "'ApiKeySourceType' must be HEADER or AUTHORIZER");
    }
    if let Some(merge) = properties.get("MergeDefinitions").filter(|merge| merge.is_truthy())
        && properties.given("DefinitionUri").is_some()
    {
        translation
            .warn(merge.span, "'MergeDefinitions' merges into 'DefinitionBody' only, not into a document elsewhere");
    }
    endpoint::configure(translation, &mut api, properties)?;
    let document = document(translation, properties);
    let body = match translation.attempt(document) {
        Some(body) => body,
        None => properties.given("DefinitionBody").filter(|body| body.is_mapping()).cloned(),
    };
    let mut hashed = logical_id::compact_json(properties);
    match (body, properties.given("DefinitionUri")) {
        (Some(body), None) => {
            hashed = logical_id::compact_json(&body);
            api.set("Body", body);
        }
        (None, Some(uri)) => api.set("BodyS3Location", location(uri, "DefinitionUri", ["Bucket", "Key", "Version"])?),
        (Some(_), Some(uri)) if properties.get(MANAGED).is_none() => {
            return reject(uri.span, "Only one of 'DefinitionUri' and 'DefinitionBody' can be set");
        }
        (Some(_), Some(uri)) => {
            api.set("BodyS3Location", location(uri, "DefinitionUri", ["Bucket", "Key", "Version"])?)
        }
        (None, None) => {}
    }
    if let Some(types) = properties.given("BinaryMediaTypes") {
        binary_media_types(&mut api, types);
    }

    let deployment = deployment(id, source, properties, &hashed);
    let stage = stage(id, source, properties, &deployment)?;
    let mut resources = Vec::new();
    let domain = domain::of_rest_api(translation, id, source, properties, &stage);
    let domain = translation.attempt(domain).flatten();
    resources.extend(auth::permissions(translation, id, source, properties)?);
    let plan = usage_plan::generate(translation, id, source, properties, &stage);
    resources.extend(translation.attempt(plan).unwrap_or_default());
    for (suffix, target) in [("Stage", &stage), ("Deployment", &deployment)] {
        translation.references.insert((id.to_owned(), suffix.to_owned()), target.id.clone());
    }
    if let Some(name) = domain.as_ref().and_then(|domain| domain.iter().find(|r| r.kind().contains("DomainName"))) {
        translation.references.insert((id.to_owned(), "DomainName".to_owned()), name.id.clone());
    }
    let mut all = vec![api, deployment, stage];
    all.extend(domain.into_iter().flatten());
    all.extend(resources);
    Ok(all)
}

/// The properties, with parameters resolved where the service does it.
fn resolve_some(translation: &Translation, properties: &Node) -> Outcome<Node> {
    let mut resolved = properties.clone();
    for name in ["Auth", "BinaryMediaTypes"] {
        if let Some(value) = properties.get(name) {
            resolved.set(name, translation.resolved(value)?);
        }
    }
    Ok(resolved)
}

/// A step that changes a document.
type Step<'a> = &'a dyn Fn(&mut Node) -> Outcome<()>;

/// The document with CORS, authorizers, responses and models written into it.
fn document(translation: &Translation, properties: &Node) -> Outcome<Option<Node>> {
    let inline = properties
        .given("DefinitionBody")
        .filter(|_| properties.get(MANAGED).is_none() || properties.given("DefinitionUri").is_none());
    let mut body = inline.cloned();
    if let Some(body) = &body
        && !body.is_mapping()
    {
        return reject(body.span, "'DefinitionBody' must be a mapping");
    }
    if let Some(version) = properties.get("OpenApiVersion").filter(|version| !is_call(version))
        && !version.as_str().is_some_and(|text| text.starts_with("2.") || text.starts_with("3."))
    {
        return reject(version.span, "'OpenApiVersion' must be 2.0 or 3.x");
    }
    let needs = [("Cors", "CORS"), ("Auth", "authorization"), ("GatewayResponses", "responses"), ("Models", "models")];
    for (name, what) in needs {
        let Some(value) = properties.given(name) else { continue };
        let Some(body) = &body else {
            return reject(value.span, format!("'{name}' needs a document in 'DefinitionBody'"));
        };
        if !openapi::is_document(body) && !is_call(body) && !openapi::is_unseen(body) {
            return reject(value.span, format!("No {what} can be added, as 'DefinitionBody' has no valid document"));
        }
    }
    let Some(document) = &mut body else {
        return match properties.get("DisableExecuteApiEndpoint").filter(|disable| !disable.is_null()) {
            Some(disable) => reject(disable.span, "'DisableExecuteApiEndpoint' needs a document in 'DefinitionBody'"),
            None => Ok(None),
        };
    };
    // The service converts the document after each step that changes it, headers that are converted already included.
    let steps: [(&str, Step<'_>); 4] = [
        ("Cors", &|document| cors::apply(document, properties)),
        ("Auth", &|document| auth::apply(translation, document, properties)),
        ("GatewayResponses", &|document| gateway_response::apply(document, properties)),
        ("Models", &|document| properties.get("Models").map_or(Ok(()), |models| add_models(document, models))),
    ];
    let mut converted = false;
    for (name, step) in steps {
        if properties.given(name).is_some() {
            step(document)?;
            version::convert(document, properties)?;
            converted = true;
        }
    }
    endpoint::disable_default(document, properties)?;
    if !converted {
        version::convert(document, properties)?;
    }
    Ok(body)
}

fn add_models(body: &mut Node, models: &Node) -> Outcome<()> {
    if is_call(models) || !models.is_mapping() {
        return reject(models.span, "'Models' must be a mapping");
    }
    for entry in models.entries() {
        let model = &entry.value;
        if model.get("type").is_none() && model.get("$ref").is_none() && model.get("allOf").is_none() {
            return reject(model.span, format!("Model '{}' needs 'type'", entry.key.as_str()));
        }
        body.child("definitions").set(&entry.key.as_str().to_lowercase(), model.clone());
    }
    Ok(())
}

fn binary_media_types(api: &mut Resource, types: &Node) {
    let unescaped = |node: &Node| match node.as_str() {
        Some(text) => node.at().string(text.replace("~1", "/")),
        None => node.clone(),
    };
    let list = match types.is_list() {
        true => types.at().list(types.items().iter().map(unescaped)),
        false => types.clone(),
    };
    match api.properties_mut().get_mut("Body") {
        Some(body) if openapi::is_document(body) => body.set("x-amazon-apigateway-binary-media-types", list),
        _ => api.set("BinaryMediaTypes", list),
    }
}

fn deployment(id: &str, source: &Node, properties: &Node, hashed: &str) -> Resource {
    let at = source.at();
    let hash = logical_id::full_hash(hashed);
    let deployment_id = format!("{id}Deployment{}", hash.get(..10).unwrap_or_default());
    let mut deployment = Resource::new(at, deployment_id, "AWS::ApiGateway::Deployment")
        .with("RestApiId", at.reference(id))
        .with("Description", at.string(format!("RestApi deployment id: {hash}")))
        .passing_on(source);
    let version = properties.get("OpenApiVersion").and_then(Node::as_str);
    if version.is_none() {
        deployment.set("StageName", at.string("Stage"));
    }
    deployment
}

fn stage(id: &str, source: &Node, properties: &Node, deployment: &Resource) -> Outcome<Resource> {
    let at = source.at();
    let name = properties.get("StageName").cloned().unwrap_or_else(|| at.string("Prod"));
    if name.as_str() == Some("") {
        return reject(name.span, "'StageName' must not be empty");
    }
    let prefix = name.as_str().unwrap_or_default();
    let stage_id = if prefix.chars().all(char::is_alphanumeric) {
        format!("{id}{prefix}Stage")
    } else {
        format!("{id}Stage{}", logical_id::hash_text(prefix))
    };
    let mut stage = Resource::new(at, stage_id, "AWS::ApiGateway::Stage")
        .with("RestApiId", at.reference(id))
        .with("DeploymentId", deployment.reference())
        .with("StageName", name)
        .copy(
            properties,
            &[
                "CacheClusterEnabled",
                "CacheClusterSize",
                "Variables",
                "MethodSettings",
                "AccessLogSetting",
                "CanarySetting",
                "TracingEnabled",
            ],
        )
        .passing_on(source);
    if let Some(given) = properties.given("Tags") {
        stage.set("Tags", tags::list(given.at(), &[], Some(given)));
    }
    Ok(stage)
}
