//! `AWS::Serverless::WebSocketApi`: a WebSocket API of API Gateway with its routes and stage.

use super::api::domain;
use super::edit::Edit;
use super::intrinsics::{get_att_target, is_call};
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::translation::Translation;
use super::{arn, logical_id};
use crate::parse::node::{Entry, Node};

const CREATED_BY: &str = "websocketapi:createdBy";

/// What an API becomes.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let tags = domain::v2_tags(at, CREATED_BY, properties.get("Tags"));
    let api = Resource::new(at, id, "AWS::ApiGatewayV2::Api")
        .with("ProtocolType", at.string("WEBSOCKET"))
        .with("Name", properties.given("Name").cloned().unwrap_or_else(|| at.string(id)))
        .with("Tags", tags.clone())
        .copy(
            properties,
            &[
                "ApiKeySelectionExpression",
                "Description",
                "DisableExecuteApiEndpoint",
                "DisableSchemaValidation",
                "IpAddressType",
                "RouteSelectionExpression",
            ],
        )
        .in_place_of(source);
    let stage = stage(translation, id, source, properties)?;
    let mut all = vec![api];
    let authorizer = authorizer(id, source, properties)?;
    let Some(routes) = properties.get("Routes").filter(|routes| routes.is_mapping() && !routes.entries().is_empty())
    else {
        return reject(at.0, "'Routes' must have a route");
    };
    for entry in routes.entries() {
        all.extend(route(id, source, properties, entry, authorizer.as_ref())?);
    }
    if let Some(authorizer) = authorizer {
        all.extend(authorizer.resources);
    }
    let made = domain::of_v2_api(translation, id, source, properties, (&stage, CREATED_BY));
    all.extend(translation.attempt(made).flatten().unwrap_or_default());
    translation.references.insert((id.to_owned(), "Stage".to_owned()), stage.id.clone());
    all.push(stage);
    Ok(all)
}

fn stage_name(properties: &Node) -> Option<&str> {
    properties.given("StageName").map_or(Some("default"), Node::as_str)
}

fn stage(translation: &Translation, id: &str, source: &Node, properties: &Node) -> Outcome<Resource> {
    let at = translation.key_at(id);
    let name = properties.given("StageName").cloned().unwrap_or_else(|| at.string("default"));
    if name.as_str() == Some("$default") {
        return reject(name.span, "The stage of a WebSocket API cannot be named $default");
    }
    for entry in ["AccessLogSettings", "DefaultRouteSettings", "RouteSettings", "StageVariables"] {
        if let Some(value) = properties.get(entry)
            && !value.is_mapping()
        {
            return reject(value.span, format!("'{entry}' must be a mapping"));
        }
    }
    let prefix = name.as_str().unwrap_or_default();
    let stage_id = match prefix {
        "default" => format!("{id}DefaultStage"),
        _ if !prefix.is_empty() && prefix.chars().all(char::is_alphanumeric) => format!("{id}{prefix}Stage"),
        _ => format!("{id}Stage{}", logical_id::hash_text(prefix)),
    };
    let propagates = properties.get("PropagateTags").is_none_or(Edit::is_truthy);
    let tags = properties.get("Tags").filter(|_| propagates);
    Ok(Resource::new(at, stage_id, "AWS::ApiGatewayV2::Stage")
        .with("ApiId", at.reference(id))
        .with("StageName", name)
        .with("AutoDeploy", at.bool(true))
        .with("Tags", domain::v2_tags(at, CREATED_BY, tags))
        .copy(properties, &["AccessLogSettings", "DefaultRouteSettings", "RouteSettings", "StageVariables"])
        .passing_on(source))
}

/// How connections are authorized.
struct Authorizer {
    kind: Node,
    id: Option<Node>,
    resources: Vec<Resource>,
}

fn authorizer(id: &str, source: &Node, properties: &Node) -> Outcome<Option<Authorizer>> {
    let Some(auth) = properties.given("Auth") else { return Ok(None) };
    let at = auth.at();
    let Some(kind) = auth.given("AuthType") else { return reject(auth.span, "'Auth' needs 'AuthType'") };
    let settings = ["AuthArn", "AuthId", "IdentitySource", "InvokeRole", "Name"];
    match kind.as_str() {
        Some("NONE" | "AWS_IAM") => {
            if let Some(entry) = settings.iter().find_map(|name| auth.entry(name)) {
                let message = format!("'{}' needs 'AuthType' CUSTOM", entry.key.as_str());
                return reject(entry.key_span, message);
            }
            return Ok(Some(Authorizer { kind: kind.clone(), id: None, resources: Vec::new() }));
        }
        Some("CUSTOM") => {}
        _ => return reject(kind.span, "'AuthType' must be NONE, AWS_IAM or CUSTOM"),
    }
    match (auth.given("AuthArn"), auth.given("AuthId")) {
        (Some(_), Some(given)) => reject(given.span, "Only one of 'AuthArn' and 'AuthId' can be set"),
        (None, None) => reject(auth.span, "'AuthType' CUSTOM needs 'AuthArn' or 'AuthId'"),
        (None, Some(given)) => {
            Ok(Some(Authorizer { kind: kind.clone(), id: Some(given.clone()), resources: Vec::new() }))
        }
        (Some(function), None) => {
            let name = format!("{id}ConnectAuthorizer");
            let uri = at.sub_with(arn::invocation("${AWS::Partition}", "AuthArn"), [("AuthArn", function.clone())]);
            let mut made = Resource::new(at, &name, "AWS::ApiGatewayV2::Authorizer")
                .with("ApiId", at.reference(id))
                .with("AuthorizerType", at.string("REQUEST"))
                .with("AuthorizerUri", uri)
                .with("Name", auth.given("Name").cloned().unwrap_or_else(|| at.string(&name)))
                .copy(auth, &["IdentitySource"])
                .passing_on(source);
            let mut resources = Vec::new();
            match auth.given("InvokeRole") {
                Some(role) => made.set("AuthorizerCredentialsArn", role.clone()),
                None => {
                    let text = arn::regional("${AWS::Partition}", "execute-api", "${__ApiId__}/authorizers/*");
                    resources.push(
                        Resource::new(at, format!("{id}AuthorizerPermission"), "AWS::Lambda::Permission")
                            .with("Action", at.string("lambda:InvokeFunction"))
                            .with("FunctionName", function.clone())
                            .with("Principal", at.string("apigateway.amazonaws.com"))
                            .with("SourceArn", at.sub_with(text, [("__ApiId__", at.reference(id))]))
                            .passing_on(source),
                    );
                }
            }
            let reference = made.reference();
            resources.push(made);
            Ok(Some(Authorizer { kind: kind.clone(), id: Some(reference), resources }))
        }
    }
}

fn route(
    id: &str,
    source: &Node,
    properties: &Node,
    entry: &Entry,
    authorizer: Option<&Authorizer>,
) -> Outcome<Vec<Resource>> {
    let key = entry.key.as_str();
    let settings = &entry.value;
    let at = settings.at();
    let special = matches!(key, "$connect" | "$disconnect" | "$default");
    if key.is_empty() || !special && !key.chars().all(char::is_alphanumeric) {
        return reject(entry.key_span, format!("Route '{key}' must have letters and digits only"));
    }
    if !settings.is_mapping() || is_call(settings) {
        return reject(settings.span, format!("Route '{key}' must be a mapping"));
    }
    let Some(function) = settings.given("FunctionArn") else {
        return reject(settings.span, format!("Route '{key}' needs 'FunctionArn'"));
    };
    let prefix = match key {
        "$connect" => format!("{id}Connect"),
        "$disconnect" => format!("{id}Disconnect"),
        "$default" => format!("{id}Default"),
        _ => {
            let (first, rest) = key.split_at(key.chars().next().map_or(0, char::len_utf8));
            format!("{id}{}{rest}", first.to_uppercase())
        }
    };
    let uri = at.sub_with(arn::invocation("${AWS::Partition}", "FunctionArn"), [("FunctionArn", function.clone())]);
    let mut integration = Resource::new(at, format!("{prefix}Integration"), "AWS::ApiGatewayV2::Integration")
        .with("ApiId", at.reference(id))
        .with("IntegrationType", at.string("AWS_PROXY"))
        .with("IntegrationUri", uri)
        .passing_on(source);
    if let Some(timeout) = settings.get("IntegrationTimeout") {
        integration.set("TimeoutInMillis", timeout.clone());
    }
    let target = at.list([at.string("/"), at.list([at.string("integrations"), integration.reference()])]);
    let mut route = Resource::new(at, format!("{prefix}Route"), "AWS::ApiGatewayV2::Route")
        .with("ApiId", at.reference(id))
        .with("RouteKey", at.string(key))
        .with("Target", at.map([("Fn::Join", target)]))
        .copy(
            settings,
            &[
                "ApiKeyRequired",
                "ModelSelectionExpression",
                "OperationName",
                "RequestModels",
                "RequestParameters",
                "RouteResponseSelectionExpression",
            ],
        )
        .passing_on(source);
    if key == "$connect"
        && let Some(authorizer) = authorizer
    {
        route.set("AuthorizationType", authorizer.kind.clone());
        if let Some(id) = &authorizer.id {
            route.set("AuthorizerId", id.clone());
        }
    }
    let mut all = vec![integration, route];
    if get_att_target(function).is_some() || is_call(function) || function.as_str().is_some() {
        let stage = stage_name(properties);
        let resource = format!("${{{id}.ApiId}}/{}/{key}", stage.unwrap_or("*"));
        all.push(
            Resource::new(at, format!("{prefix}Permission"), "AWS::Lambda::Permission")
                .with("Action", at.string("lambda:InvokeFunction"))
                .with("FunctionName", function.clone())
                .with("Principal", at.string("apigateway.amazonaws.com"))
                .with("SourceArn", at.sub(arn::regional("${AWS::Partition}", "execute-api", &resource)))
                .passing_on(source),
        );
    }
    Ok(all)
}
