//! `Auth` of an HTTP API: JWT and Lambda authorizers, signed requests, the default one, scopes.

use super::super::arn;
use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::openapi;
use super::super::reject::{Outcome, reject};
use super::super::translation::Translation;
use crate::parse::node::Node;

const KNOWN: [&str; 3] = ["Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer"];
const IAM: &str = "AWS_IAM";

/// Writes the authorization of the API into its document.
pub(super) fn apply(translation: &Translation, body: &mut Node, auth: &Node) -> Outcome<()> {
    if is_call(auth) || !auth.is_mapping() {
        return reject(auth.span, "'Auth' must be a mapping");
    }
    for entry in auth.entries() {
        if !KNOWN.contains(&entry.key.as_str()) {
            return reject(entry.key_span, format!("'Auth' has no property '{}'", entry.key.as_str()));
        }
    }
    let authorizers = all(auth)?;
    for (name, authorizer) in &authorizers {
        let definition = match authorizer {
            Some(authorizer) => definition(translation, name, authorizer)?,
            None => super::super::api::iam_definition(auth.at()),
        };
        body.child("components").child("securitySchemes").set(name, definition);
    }
    if let Some(default) = auth.given("DefaultAuthorizer") {
        set_default(body, auth, default, &authorizers)?;
    }
    Ok(())
}

/// The authorizers by name; `None` stands for signed requests.
fn all(auth: &Node) -> Outcome<Vec<(&str, Option<&Node>)>> {
    let mut all = Vec::new();
    if let Some(authorizers) = auth.given("Authorizers") {
        if !authorizers.is_mapping() || is_call(authorizers) {
            return reject(authorizers.span, "'Authorizers' must be a mapping");
        }
        for entry in authorizers.entries() {
            if !entry.value.is_mapping() || is_call(&entry.value) {
                let message = format!("Authorizer '{}' must be a mapping", entry.key.as_str());
                return reject(entry.value.span, message);
            }
            all.push((entry.key.as_str(), Some(&entry.value)));
        }
    }
    let signed = auth.get("EnableIamAuthorizer").is_some_and(Edit::is_truthy);
    if signed && !all.iter().any(|(name, _)| *name == IAM) {
        all.push((IAM, None));
    }
    Ok(all)
}

fn definition(translation: &Translation, name: &str, authorizer: &Node) -> Outcome<Node> {
    let at = authorizer.at();
    let jwt = authorizer.given("JwtConfiguration");
    let function = authorizer.given("FunctionArn");
    if let Some(scopes) = authorizer.get("AuthorizationScopes").filter(|scopes| !scopes.is_null())
        && !scopes.is_list()
    {
        return reject(scopes.span, format!("'AuthorizationScopes' of authorizer '{name}' must be a list"));
    }
    if let Some(url) = authorizer.given("OpenIdConnectUrl") {
        let mut inner = jwt_authorizer(authorizer, jwt);
        inner.set("openIdConnectUrl", url.clone());
        return Ok(at.map([("type", at.string("openIdConnect")), ("x-amazon-apigateway-authorizer", inner)]));
    }
    if let Some(jwt) = jwt
        && !jwt.is_mapping()
    {
        return reject(jwt.span, format!("'JwtConfiguration' of authorizer '{name}' must be a mapping"));
    }
    if jwt.is_some() {
        const OF_FUNCTIONS: [&str; 6] = [
            "FunctionArn",
            "FunctionInvokeRole",
            "Identity",
            "AuthorizerPayloadFormatVersion",
            "EnableSimpleResponses",
            "EnableFunctionDefaultPermissions",
        ];
        for property in OF_FUNCTIONS {
            if let Some(value) = authorizer.get(property).filter(|value| !value.is_null()) {
                return reject(value.span, format!("'{property}' of authorizer '{name}' needs a Lambda authorizer"));
            }
        }
        let inner = jwt_authorizer(authorizer, jwt);
        return Ok(at.map([("type", at.string("oauth2")), ("x-amazon-apigateway-authorizer", inner)]));
    }
    let Some(function) = function else {
        return reject(authorizer.span, format!("Authorizer '{name}' needs 'JwtConfiguration' or 'FunctionArn'"));
    };
    for property in ["AuthorizationScopes", "IdentitySource"] {
        if let Some(value) = authorizer.given(property) {
            return reject(value.span, format!("'{property}' of authorizer '{name}' needs a JWT authorizer"));
        }
    }
    let Some(version) = authorizer.given("AuthorizerPayloadFormatVersion") else {
        return reject(authorizer.span, format!("Authorizer '{name}' needs 'AuthorizerPayloadFormatVersion'"));
    };
    if let Some(enable) = authorizer.get("EnableFunctionDefaultPermissions").filter(|enable| !enable.is_null())
        && enable.as_bool().is_none()
    {
        let message = format!("'EnableFunctionDefaultPermissions' of authorizer '{name}' must be a boolean");
        return reject(enable.span, message);
    }
    let uri = at
        .sub_with(arn::invocation(translation.partition(), "__FunctionArn__"), [("__FunctionArn__", function.clone())]);
    let mut inner = at.map([
        ("type", at.string("request")),
        ("authorizerUri", uri),
        ("authorizerPayloadFormatVersion", version.clone()),
    ]);
    if let Some(simple) = authorizer.given("EnableSimpleResponses") {
        inner.set("enableSimpleResponses", simple.clone());
    }
    if let Some(role) = authorizer.given("FunctionInvokeRole") {
        inner.set("authorizerCredentials", role.clone());
    }
    if let Some(identity) = authorizer.given("Identity") {
        if !identity.is_mapping() {
            return reject(identity.span, format!("'Identity' of authorizer '{name}' must be a mapping"));
        }
        if let Some(every) = identity.get("ReauthorizeEvery") {
            inner.set("authorizerResultTtlInSeconds", every.clone());
        }
        let places = [
            ("Headers", "$request.header."),
            ("QueryStrings", "$request.querystring."),
            ("StageVariables", "$stageVariables."),
            ("Context", "$context."),
        ];
        let sources: Vec<Node> = places
            .iter()
            .flat_map(|(property, prefix)| {
                let items = identity.get(property).map(Node::items).unwrap_or_default();
                items.iter().filter_map(move |item| Some(item.at().string(format!("{prefix}{}", item.as_str()?))))
            })
            .collect();
        if !sources.is_empty() {
            inner.set("identitySource", identity.at().list(sources));
        }
    }
    Ok(at.map([
        ("type", at.string("apiKey")),
        ("name", at.string("Unused")),
        ("in", at.string("header")),
        ("x-amazon-apigateway-authorizer", inner),
    ]))
}

fn jwt_authorizer(authorizer: &Node, jwt: Option<&Node>) -> Node {
    let at = authorizer.at();
    let mut inner = at.map([("type", at.string("jwt"))]);
    if let Some(jwt) = jwt {
        inner.set("jwtConfiguration", with_lower_keys(jwt));
    }
    if let Some(source) = authorizer.given("IdentitySource") {
        inner.set("identitySource", source.clone());
    }
    inner
}

/// The configuration with its keys in lower case, as documents have them.
fn with_lower_keys(jwt: &Node) -> Node {
    if is_call(jwt) {
        return jwt.clone();
    }
    let entries = jwt.entries().iter().map(|entry| (entry.key.as_str().to_lowercase(), entry.value.clone()));
    jwt.at().map(entries)
}

fn set_default(body: &mut Node, auth: &Node, default: &Node, authorizers: &[(&str, Option<&Node>)]) -> Outcome<()> {
    let Some(name) = default.as_str() else {
        return reject(default.span, "'DefaultAuthorizer' must be a string");
    };
    if !authorizers.iter().any(|(known, _)| *known == name) {
        return reject(default.span, format!("The default authorizer '{name}' is not among 'Authorizers'"));
    }
    let at = default.at();
    let scopes = scopes(auth, name).cloned().unwrap_or_else(|| at.list([]));
    openapi::each_method(body, &mut |_, method, definition| {
        if method == "options" || !openapi::has_integration(definition) {
            return Ok(());
        }
        let existing = definition.get("security").map(Node::items).unwrap_or_default().to_vec();
        if existing.is_empty() {
            let mut all = existing;
            all.push(at.map([(name, scopes.clone())]));
            definition.set("security", at.list(all));
        }
        Ok(())
    })
}

fn scopes<'a>(auth: &'a Node, authorizer: &str) -> Option<&'a Node> {
    auth.dig(&["Authorizers", authorizer, "AuthorizationScopes"]).filter(|scopes| scopes.is_truthy())
}

/// Writes the authorization of one event into the route of the document.
pub(in super::super) fn of_route(
    translation: &Translation,
    body: &mut Node,
    (path, method): (&str, &str),
    auth: &Node,
    api: &Node,
) -> Outcome<()> {
    let api_auth = match api.given("Auth") {
        Some(auth) => translation.resolved(auth)?,
        None => auth.at().map::<&str>([]),
    };
    let unable = |node: &Node, why: &str| {
        reject(node.span, format!("No authorizer can be set on method '{method}' of path '{path}', as {why}"))
    };
    let own = auth.get("AuthorizationScopes").filter(|scopes| !scopes.is_null());
    if let Some(own) = own
        && !own.is_list()
    {
        return reject(own.span, "'AuthorizationScopes' must be a list");
    }
    let chosen = auth.given("Authorizer");
    let name = match chosen {
        Some(chosen) => match chosen.as_str() {
            Some(name) => name,
            None => return unable(chosen, "it must be a string"),
        },
        None => match (own, api_auth.given("DefaultAuthorizer").and_then(Node::as_str)) {
            (Some(_), Some(default)) => default,
            _ => return Ok(()),
        },
    };
    if let Some(chosen) = chosen {
        match name {
            "NONE" if api_auth.given("DefaultAuthorizer").is_none() => {
                return unable(chosen, "NONE needs a default authorizer of the API");
            }
            "NONE" => {}
            IAM if api_auth.get("EnableIamAuthorizer").is_some_and(Edit::is_truthy) => {}
            _ => match api_auth.given("Authorizers") {
                None => return unable(chosen, "the API has no authorizers"),
                Some(known) if !known.is_mapping() => return reject(known.span, "'Authorizers' must be a mapping"),
                Some(known) if known.get(name).is_none() => return unable(chosen, "the API does not have it"),
                Some(_) => {}
            },
        }
    }
    let at = auth.at();
    let scopes = match name {
        "NONE" | IAM => at.list([]),
        _ => own.or_else(|| scopes(&api_auth, name)).cloned().unwrap_or_else(|| at.list([])),
    };
    openapi::each_definition(body, path, method, &mut |definition| {
        let mut security = definition.get("security").map(Node::items).unwrap_or_default().to_vec();
        security.push(at.map([(name, scopes.clone())]));
        definition.set("security", at.list(security));
        Ok(())
    })
}
