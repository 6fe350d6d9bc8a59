//! `AWS::Serverless::HttpApi`: an HTTP API of API Gateway with its stage.

pub(super) mod auth;

use super::api::domain;
use super::edit::Edit;
use super::implicit::MANAGED;
use super::intrinsics::{if_arguments, is_call, is_no_value};
use super::openapi;
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::s3_location::location;
use super::translation::Translation;
use super::{arn, logical_id};
use crate::parse::node::Node;

const CREATED_BY: &str = "httpapi:createdBy";
const DEFAULT: &str = "$default";
/// What the title of a document refers to that the transform writes.
const SKELETON: &str = "AWS::StackName";

/// What an API becomes.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let body = properties.given("DefinitionBody");
    let uri = properties.given("DefinitionUri");
    if let (Some(_), Some(uri)) = (body, uri)
        && properties.get(MANAGED).is_none()
    {
        return reject(uri.span, "Only one of 'DefinitionUri' and 'DefinitionBody' can be set");
    }
    let mut api = Resource::new(at, id, "AWS::ApiGatewayV2::Api").in_place_of(source);
    if properties.get("FailOnWarnings").is_some_and(Edit::is_truthy) {
        api = api.copy(properties, &["FailOnWarnings"]);
    }
    let managed = properties.get(MANAGED).is_some_and(Edit::is_truthy);
    match (body, uri) {
        (Some(body), None) => {
            let body = document(translation, body, properties)?;
            api.set("Body", body);
        }
        (_, Some(uri)) => {
            for name in ["CorsConfiguration", "Auth", "Tags", "Description", "Name", "DisableExecuteApiEndpoint"] {
                if let Some(value) = properties.get(name).filter(|value| value.is_truthy() || value.as_bool().is_some())
                {
                    return reject(value.span, format!("'{name}' needs a document in 'DefinitionBody'"));
                }
            }
            api.set("BodyS3Location", location(uri, "DefinitionUri", ["Bucket", "Key", "Version"])?);
        }
        (None, None) => return reject(at.0, "One of 'DefinitionUri' and 'DefinitionBody' must be set"),
    }
    if managed && body.is_none() {
        api.properties_mut().remove("Body");
    }
    let tagged = uri.is_none() && body.is_some_and(openapi::is_document);
    let stage = stage(translation, id, source, properties, tagged);
    let mut resources = Vec::new();
    if let Some(stage) = &stage {
        translation.references.insert((id.to_owned(), "Stage".to_owned()), stage.id.clone());
        let made = domain::of_v2_api(translation, id, source, properties, (stage, CREATED_BY));
        resources.extend(translation.attempt(made).flatten().unwrap_or_default());
    }
    resources.extend(permissions(id, source, properties));
    let mut all = vec![api];
    all.extend(stage);
    all.extend(resources);
    Ok(all)
}

/// The document with CORS, authorizers, tags and the description written into it.
fn document(translation: &Translation, body: &Node, properties: &Node) -> Outcome<Node> {
    let mut body = body.clone();
    let valid = openapi::is_document(&body) && openapi::is_version_3(&body);
    for (name, what) in [("CorsConfiguration", "CORS"), ("Auth", "authorization"), ("Tags", "tags")] {
        if let Some(value) = properties.given(name)
            && !valid
            && !openapi::is_unseen(&body)
        {
            return reject(value.span, format!("No {what} can be added, as 'DefinitionBody' has no valid document"));
        }
    }
    let at = body.at();
    if let Some(auth) = properties.given("Auth") {
        auth::apply(translation, &mut body, auth)?;
    }
    if valid {
        add_tags(&mut body, properties);
    }
    if let Some(cors) = properties.given("CorsConfiguration") {
        add_cors(translation, &mut body, cors)?;
    }
    if let Some(disable) = properties.get("DisableExecuteApiEndpoint") {
        if body.get("servers").is_none_or(|servers| servers.items().is_empty()) {
            body.set("servers", at.list([at.map([("url", at.string("/"))])]));
        }
        for server in body.child("servers").items_mut().iter_mut() {
            server
                .child("x-amazon-apigateway-endpoint-configuration")
                .set("disableExecuteApiEndpoint", disable.clone());
        }
    }
    if properties.get("FailOnWarnings").is_some_and(Edit::is_truthy)
        && let Some(item) = body.get_mut("paths").and_then(|paths| paths.remove(DEFAULT))
    {
        body.child("paths").set("/$default", item);
    }
    for (name, key) in [("Description", "description"), ("Name", "title")] {
        if let Some(value) = properties.given(name) {
            if !valid && !openapi::is_unseen(&body) {
                return reject(value.span, format!("'{name}' needs a valid document in 'DefinitionBody'"));
            }
            let info = body.child("info");
            let written = info.given(key).filter(|written| super::intrinsics::ref_target(written) != Some(SKELETON));
            if written.is_some() {
                return reject(value.span, format!("'{name}' cannot be set, as the document has a {key} already"));
            }
            info.set(key, value.clone());
        }
    }
    Ok(body)
}

fn add_tags(body: &mut Node, properties: &Node) {
    let at = body.at();
    let mut wanted = vec![(CREATED_BY.to_owned(), at.string("SAM"))];
    let given = properties.get("Tags").filter(|tags| !is_call(tags)).map(Node::entries).unwrap_or_default();
    wanted.extend(given.iter().map(|entry| (entry.key.as_str().to_owned(), entry.value.clone())));
    let tags = body.child("tags").items_mut();
    for (name, value) in wanted {
        match tags.iter_mut().find(|tag| tag.get("name").and_then(Node::as_str) == Some(&name)) {
            Some(tag) => tag.set("x-amazon-apigateway-tag-value", value),
            None => {
                tags.push(at.map([("name", at.string(name)), ("x-amazon-apigateway-tag-value", value)]));
            }
        }
    }
}

/// Writes the answers to cross-origin requests into the document.
fn add_cors(translation: &Translation, body: &mut Node, cors: &Node) -> Outcome<()> {
    let at = cors.at();
    let resolved = translation.resolved(cors)?;
    let everyone =
        resolved.as_bool() == Some(true) || resolved.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let made = match (everyone, resolved.is_mapping()) {
        (true, _) => at.map([("allowOrigins", at.strings(["*"]))]),
        (false, true) => cors_value(&resolved)?,
        (false, false) => return reject(cors.span, "'CorsConfiguration' must be a mapping or true"),
    };
    body.set("x-amazon-apigateway-cors", made);
    Ok(())
}

fn cors_value(cors: &Node) -> Outcome<Node> {
    let at = cors.at();
    if let Some([condition, then, otherwise]) = if_arguments(cors) {
        let branch = |node: &Node| match is_no_value(node) || !node.is_mapping() {
            true => Ok(node.clone()),
            false => cors_value(node),
        };
        return Ok(at.map([("Fn::If", at.list([condition.clone(), branch(then)?, branch(otherwise)?]))]));
    }
    let mut made = at.map::<&str>([]);
    for entry in cors.entries() {
        let name = match entry.key.as_str() {
            "AllowMethods" => "allowMethods",
            "AllowHeaders" => "allowHeaders",
            "AllowOrigins" => "allowOrigins",
            "AllowCredentials" => "allowCredentials",
            "ExposeHeaders" => "exposeHeaders",
            "MaxAge" => "maxAge",
            other => return reject(entry.key_span, format!("'CorsConfiguration' has no property '{other}'")),
        };
        made.set(name, entry.value.clone());
    }
    Ok(made)
}

fn stage(translation: &Translation, id: &str, source: &Node, properties: &Node, tagged: bool) -> Option<Resource> {
    let at = translation.key_at(id);
    let name = properties.given("StageName").cloned().unwrap_or_else(|| at.string(DEFAULT));
    let prefix = name.as_str().unwrap_or_default();
    let stage_id = if prefix == DEFAULT {
        format!("{id}ApiGatewayDefaultStage")
    } else if prefix.chars().all(char::is_alphanumeric) {
        format!("{id}{prefix}Stage")
    } else {
        format!("{id}Stage{}", logical_id::hash_text(prefix))
    };
    Some(
        Resource::new(at, stage_id, "AWS::ApiGatewayV2::Stage")
            .with("ApiId", at.reference(id))
            .with("StageName", name)
            .with("AutoDeploy", at.bool(true))
            .copy(properties, &["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"])
            .maybe("Tags", tagged.then(|| domain::v2_tags(at, CREATED_BY, properties.get("Tags"))))
            .passing_on(source),
    )
}

/// Leave for the API to invoke the functions of its authorizers, where it is asked for.
fn permissions(id: &str, source: &Node, properties: &Node) -> Vec<Resource> {
    let authorizers = properties.dig(&["Auth", "Authorizers"]).filter(|node| !is_call(node));
    let entries = authorizers.map(Node::entries).unwrap_or_default();
    let asked =
        entries.iter().filter(|entry| entry.value.get("EnableFunctionDefaultPermissions").is_some_and(Edit::is_truthy));
    asked
        .filter_map(|entry| {
            let at = entry.value.at();
            let function = entry.value.given("FunctionArn")?;
            let text = arn::regional("${AWS::Partition}", "execute-api", "${__ApiId__}/authorizers/*");
            let name = format!("{id}{}AuthorizerPermission", entry.key.as_str());
            Some(
                Resource::new(at, name, "AWS::Lambda::Permission")
                    .with("Action", at.string("lambda:InvokeFunction"))
                    .with("FunctionName", function.clone())
                    .with("Principal", at.string("apigateway.amazonaws.com"))
                    .with("SourceArn", at.sub_with(text, [("__ApiId__", at.reference(id))]))
                    .passing_on(source),
            )
        })
        .collect()
}
