//! `Auth` of a REST API: authorizers, the default one, API keys and the resource policy.

use super::super::arn;
use super::super::build::At;
use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::openapi;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::translation::Translation;
use super::{authorizer, resource_policy};
use crate::parse::node::Node;

const KNOWN: [&str; 8] = [
    "Authorizers",
    "DefaultAuthorizer",
    "InvokeRole",
    "AddDefaultAuthorizerToCorsPreflight",
    "AddApiKeyRequiredToCorsPreflight",
    "ApiKeyRequired",
    "ResourcePolicy",
    "UsagePlan",
];

/// Writes the authorization of the API into its document.
pub(super) fn apply(translation: &Translation, body: &mut Node, properties: &Node) -> Outcome<()> {
    let Some(auth) = properties.given("Auth") else { return Ok(()) };
    for entry in auth.entries() {
        if !KNOWN.contains(&entry.key.as_str()) {
            return reject(entry.key_span, format!("'Auth' has no property '{}'", entry.key.as_str()));
        }
    }
    if let Some(definitions) = body.get("securityDefinitions").filter(|definitions| !definitions.is_mapping()) {
        return reject(definitions.span, "'securityDefinitions' must be a mapping");
    }
    let authorizers = authorizers(auth)?;
    let default = match auth.given("DefaultAuthorizer") {
        Some(default) => Some(translation.resolved(default)?),
        None => None,
    };
    let default = default.as_ref().and_then(Node::as_str);
    let names: Vec<&str> = authorizers.iter().map(|(name, _)| *name).collect();
    if !authorizers.is_empty() || default == Some("AWS_IAM") {
        for (name, node) in &authorizers {
            let definition = authorizer::definition(translation, node);
            body.child("securityDefinitions").set(name, definition);
        }
        if default == Some("AWS_IAM") {
            let at = auth.at();
            body.child("securityDefinitions").set("AWS_IAM", iam_definition(at));
        }
        if let Some(default) = default {
            if default != "AWS_IAM" && !names.contains(&default) {
                let message = format!("The default authorizer '{default}' is not among 'Authorizers'");
                return reject(auth.get("DefaultAuthorizer").map_or(auth.span, |node| node.span), message);
            }
            let preflight = auth.get("AddDefaultAuthorizerToCorsPreflight").and_then(Edit::as_bool) != Some(false);
            set_default_authorizer(body, auth, default, &names, preflight)?;
        }
    } else if let (Some(default), Some(node)) = (default, auth.get("DefaultAuthorizer")) {
        return reject(node.span, format!("The default authorizer '{default}' is not among 'Authorizers'"));
    }
    if auth.get("ApiKeyRequired").is_some_and(Edit::is_truthy) {
        add_api_key_definition(body, auth.at());
        let preflight = auth.get("AddApiKeyRequiredToCorsPreflight").and_then(Edit::as_bool) != Some(false);
        set_default_api_key(body, auth.at(), preflight)?;
    }
    if let Some(policy) = auth.given("ResourcePolicy") {
        let stage = properties.get("StageName").cloned().unwrap_or_else(|| policy.at().string("Prod"));
        resource_policy::of_api(body, policy, &stage)?;
    }
    Ok(())
}

/// The authorizers by name, checked.
fn authorizers(auth: &Node) -> Outcome<Vec<(&str, &Node)>> {
    let Some(authorizers) = auth.given("Authorizers") else { return Ok(Vec::new()) };
    if !authorizers.is_mapping() || is_call(authorizers) {
        return reject(authorizers.span, "'Authorizers' must be a mapping");
    }
    let mut all = Vec::new();
    for entry in authorizers.entries() {
        authorizer::check(entry.key.as_str(), &entry.value)?;
        all.push((entry.key.as_str(), &entry.value));
    }
    Ok(all)
}

/// The security definition for signed requests.
pub(in super::super) fn iam_definition(at: At) -> Node {
    at.map([
        ("x-amazon-apigateway-authtype", at.string("awsSigv4")),
        ("type", at.string("apiKey")),
        ("name", at.string("Authorization")),
        ("in", at.string("header")),
    ])
}

/// Adds the security definition for API keys.
pub(in super::super) fn add_api_key_definition(body: &mut Node, at: At) {
    let definition =
        at.map([("type", at.string("apiKey")), ("name", at.string("x-api-key")), ("in", at.string("header"))]);
    let definitions = body.child("securityDefinitions");
    if definitions.get("api_key").is_none() {
        definitions.set("api_key", definition);
    }
}

fn set_default_authorizer(body: &mut Node, auth: &Node, default: &str, names: &[&str], preflight: bool) -> Outcome<()> {
    let at = auth.get("DefaultAuthorizer").map_or(auth.at(), Edit::at);
    let scopes = scopes(auth, default).cloned().unwrap_or_else(|| at.list([]));
    openapi::each_method(body, &mut |path, method, definition| {
        if (method == "options" && !preflight) || !openapi::has_integration(definition) {
            return Ok(());
        }
        let existing = security(definition, path, method)?;
        let is_authorizer = |item: &Node| {
            item.entries().iter().any(|entry| entry.key.as_str() == "AWS_IAM" || names.contains(&entry.key.as_str()))
        };
        let none = existing.iter().any(|item| item.get("NONE").is_some());
        if none || existing.iter().any(is_authorizer) {
            return Ok(());
        }
        let mut all = existing;
        all.push(at.map([(default, scopes.clone())]));
        definition.set("security", at.list(all));
        Ok(())
    })
}

/// The security of a method.
fn security(definition: &Node, path: &str, method: &str) -> Outcome<Vec<Node>> {
    match definition.get("security") {
        None => Ok(Vec::new()),
        Some(security) if security.is_list() => match security.items().iter().find(|item| !item.is_mapping()) {
            Some(odd) => {
                reject(odd.span, format!("The security of method '{method}' of path '{path}' must have mappings"))
            }
            None => Ok(security.items().to_vec()),
        },
        Some(security) => {
            reject(security.span, format!("The security of method '{method}' of path '{path}' must be a list"))
        }
    }
}

fn scopes<'a>(auth: &'a Node, authorizer: &str) -> Option<&'a Node> {
    auth.dig(&["Authorizers", authorizer, "AuthorizationScopes"]).filter(|scopes| scopes.is_truthy())
}

fn set_default_api_key(body: &mut Node, at: At, preflight: bool) -> Outcome<()> {
    openapi::each_method(body, &mut |path, method, definition| {
        if (method == "options" && !preflight) || !openapi::has_integration(definition) {
            return Ok(());
        }
        let mut existing = security(definition, path, method)?;
        let count = existing.len();
        existing.retain(|item| item.get("api_key_false").is_none());
        let refused = existing.len() != count;
        if !refused && !existing.iter().any(|item| item.get("api_key").is_some()) {
            existing.push(at.map([("api_key", at.list([]))]));
        }
        definition.set("security", at.list(existing));
        Ok(())
    })
}

/// Writes the authorization of one event into the method of the document.
pub(in super::super) fn of_method(
    translation: &Translation,
    body: &mut Node,
    (path, method): (&str, &str),
    auth: &Node,
    (api, stage): (&Node, &Node),
) -> Outcome<()> {
    let api_auth = match api.given("Auth") {
        Some(auth) => translation.resolved(auth)?,
        None => auth.at().map::<&str>([]),
    };
    let unable = |node: &Node, why: &str| {
        reject(node.span, format!("No authorizer can be set on method '{method}' of path '{path}', as {why}"))
    };
    if let Some(chosen) = auth.given("Authorizer") {
        let Some(name) = chosen.as_str() else { return unable(chosen, "it must be a string") };
        let known = api_auth.given("Authorizers");
        match name {
            "AWS_IAM" => {}
            "NONE" if api_auth.given("DefaultAuthorizer").is_none() => {
                return unable(chosen, "NONE needs a default authorizer of the API");
            }
            "NONE" => {}
            _ => match known {
                None => return unable(chosen, "the API has no authorizers"),
                Some(known) if !known.is_mapping() => return reject(known.span, "'Authorizers' must be a mapping"),
                Some(known) if known.get(name).is_none() => return unable(chosen, "the API does not have it"),
                Some(_) => {}
            },
        }
        let own = auth.get("AuthorizationScopes").filter(|scopes| !scopes.is_null());
        if let Some(own) = own
            && !own.is_list()
        {
            return reject(own.span, "'AuthorizationScopes' must be a list");
        }
        let at = chosen.at();
        let scopes = match name {
            "NONE" => at.list([]),
            _ => own.or_else(|| scopes(&api_auth, name)).cloned().unwrap_or_else(|| at.list([])),
        };
        let mut signed = false;
        let merges = api.get("MergeDefinitions").is_some_and(Edit::is_truthy);
        openapi::each_definition(body, path, method, &mut |definition| {
            if merges && definition.get("security").is_some_and(|security| !security.is_list()) {
                definition.remove("security");
            }
            if openapi::has_integration(definition) {
                let mut security = security(definition, path, method)?;
                security.push(at.map([(name, scopes.clone())]));
                signed |= security.first().is_some_and(|first| first.get("AWS_IAM").is_some());
                definition.set("security", at.list(security));
            }
            Ok(())
        })?;
        if signed {
            body.child("securityDefinitions").set("AWS_IAM", iam_definition(at));
        }
    } else if let Some(scopes) = auth.get("AuthorizationScopes").filter(|scopes| !scopes.is_null()) {
        own_scopes(body, (path, method), scopes, &api_auth)?;
    }
    if let Some(required) = auth.get("ApiKeyRequired").filter(|required| !required.is_null()) {
        api_key_of_method(body, (path, method), required, &api_auth)?;
    }
    if let Some(policy) = auth.given("ResourcePolicy") {
        resource_policy::of_path(body, policy, path, stage)?;
    }
    Ok(())
}

/// Scopes of a method that takes the default authorizer.
fn own_scopes(body: &mut Node, (path, method): (&str, &str), scopes: &Node, api_auth: &Node) -> Outcome<()> {
    if !scopes.is_list() {
        return reject(scopes.span, "'AuthorizationScopes' must be a list");
    }
    let Some(default) = api_auth.given("DefaultAuthorizer").and_then(Node::as_str) else { return Ok(()) };
    let at = scopes.at();
    openapi::each_definition(body, path, method, &mut |definition| {
        if openapi::has_integration(definition) {
            let mut security = security(definition, path, method)?;
            security.push(at.map([(default, scopes.clone())]));
            definition.set("security", at.list(security));
        }
        Ok(())
    })
}

fn api_key_of_method(body: &mut Node, (path, method): (&str, &str), required: &Node, api_auth: &Node) -> Outcome<()> {
    let at = required.at();
    let wanted = required.is_truthy();
    if !wanted && !api_auth.get("ApiKeyRequired").is_some_and(Edit::is_truthy) {
        return reject(required.span, "'ApiKeyRequired' cannot be false, as the API does not require any key");
    }
    if wanted {
        add_api_key_definition(body, at);
    }
    let name = if wanted { "api_key" } else { "api_key_false" };
    openapi::each_definition(body, path, method, &mut |definition| {
        if openapi::has_integration(definition) {
            let mut security = security(definition, path, method)?;
            security.push(at.map([(name, at.list([]))]));
            definition.set("security", at.list(security));
        }
        Ok(())
    })
}

/// Leave for the API to invoke the functions of its authorizers.
pub(super) fn permissions(
    translation: &Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let mut all = Vec::new();
    let Some(authorizers) = properties.dig(&["Auth", "Authorizers"]).filter(|node| !is_call(node)) else {
        return Ok(all);
    };
    for entry in authorizers.entries() {
        let node = &entry.value;
        let Some(function) = node.given("FunctionArn") else { continue };
        if node.given("UserPoolArn").is_some()
            || node.get("DisableFunctionDefaultPermissions").is_some_and(Edit::is_truthy)
        {
            continue;
        }
        let at = node.at();
        let text = arn::regional(translation.partition(), "execute-api", "${__ApiId__}/authorizers/*");
        let name: String = entry.key.as_str().to_owned();
        all.push(
            Resource::new(at, format!("{id}{name}AuthorizerPermission"), "AWS::Lambda::Permission")
                .with("Action", at.string("lambda:InvokeFunction"))
                .with("FunctionName", function.clone())
                .with("Principal", at.string("apigateway.amazonaws.com"))
                .with("SourceArn", at.sub_with(text, [("__ApiId__", at.reference(id))]))
                .passing_on(source),
        );
    }
    Ok(all)
}
