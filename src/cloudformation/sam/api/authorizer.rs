//! One authorizer of a REST API.

use super::super::arn;
use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::reject::{Outcome, reject};
use super::super::translation::Translation;
use crate::parse::node::Node;

/// The ways to authorize.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Cognito user pool.
    UserPool,
    /// A function that sees a token.
    Token,
    /// A function that sees the request.
    Request,
}

/// The kind of an authorizer.
pub(super) fn kind(authorizer: &Node) -> Kind {
    if authorizer.given("UserPoolArn").is_some() {
        return Kind::UserPool;
    }
    match authorizer.get("FunctionPayloadType").and_then(Node::as_str) {
        Some("REQUEST") => Kind::Request,
        _ => Kind::Token,
    }
}

/// Refuses authorizers that lack what they need.
pub(super) fn check(name: &str, authorizer: &Node) -> Outcome<()> {
    if !authorizer.is_mapping() || is_call(authorizer) {
        return reject(authorizer.span, format!("Authorizer '{name}' must be a mapping"));
    }
    if let Some(kind) = authorizer.get("FunctionPayloadType")
        && !matches!(kind.as_str(), Some("TOKEN" | "REQUEST"))
    {
        return reject(kind.span, format!("'FunctionPayloadType' of authorizer '{name}' must be TOKEN or REQUEST"));
    }
    if let Some(scopes) = authorizer.given("AuthorizationScopes")
        && !scopes.is_list()
    {
        return reject(scopes.span, format!("'AuthorizationScopes' of authorizer '{name}' must be a list"));
    }
    if let Some(disable) = authorizer.get("DisableFunctionDefaultPermissions").filter(|disable| !disable.is_null())
        && disable.as_bool().is_none()
    {
        let message = format!("'DisableFunctionDefaultPermissions' of authorizer '{name}' must be a boolean");
        return reject(disable.span, message);
    }
    let identity = authorizer.given("Identity");
    if let Some(identity) = identity
        && !identity.is_mapping()
    {
        return reject(identity.span, format!("'Identity' of authorizer '{name}' must be a mapping"));
    }
    if kind(authorizer) == Kind::Request {
        let Some(identity) = identity else {
            return reject(authorizer.span, format!("Authorizer '{name}' needs 'Identity' with a source"));
        };
        let cached = identity.get("ReauthorizeEvery").and_then(seconds).is_none_or(|every| every > 0);
        let sources = ["Headers", "QueryStrings", "StageVariables", "Context"];
        for source in sources {
            let Some(list) = identity.given(source) else { continue };
            if !list.is_list() {
                return reject(list.span, format!("'{source}' of authorizer '{name}' must be a list"));
            }
            if let Some(odd) = list.items().iter().find(|item| item.as_str().is_none()) {
                return reject(odd.span, format!("'{source}' of authorizer '{name}' must have strings only"));
            }
        }
        if cached && sources.iter().all(|source| identity.given(source).is_none()) {
            return reject(identity.span, format!("'Identity' of authorizer '{name}' needs a source"));
        }
    }
    Ok(())
}

/// A number of seconds, that may be written as text.
fn seconds(node: &Node) -> Option<i64> {
    node.as_int().or_else(|| node.as_str()?.trim().parse().ok())
}

/// The security definition of an authorizer.
pub(super) fn definition(translation: &Translation, authorizer: &Node) -> Node {
    let at = authorizer.at();
    let kind = kind(authorizer);
    let identity = authorizer.get("Identity");
    let header = match kind {
        Kind::Request => at.string("Unused"),
        _ => identity
            .and_then(|identity| identity.given("Header"))
            .cloned()
            .unwrap_or_else(|| at.string("Authorization")),
    };
    let auth_type = if kind == Kind::UserPool { "cognito_user_pools" } else { "custom" };
    let mut inner = match kind {
        Kind::UserPool => {
            let pools = authorizer.get("UserPoolArn").cloned().unwrap_or_else(|| at.no_value());
            let pools = if pools.is_list() { pools } else { at.list([pools]) };
            at.map([("type", at.string("cognito_user_pools")), ("providerARNs", pools)])
        }
        _ => lambda(translation, authorizer, kind),
    };
    if kind != Kind::Request
        && let Some(expression) = identity.and_then(|identity| identity.given("ValidationExpression"))
    {
        inner.set("identityValidationExpression", expression.clone());
    }
    at.map([
        ("type", at.string("apiKey")),
        ("name", header),
        ("in", at.string("header")),
        ("x-amazon-apigateway-authtype", at.string(auth_type)),
        ("x-amazon-apigateway-authorizer", inner),
    ])
}

fn lambda(translation: &Translation, authorizer: &Node, kind: Kind) -> Node {
    let at = authorizer.at();
    let function = authorizer.get("FunctionArn").cloned().unwrap_or_else(|| at.null());
    let uri = at.sub_with(arn::invocation(translation.partition(), "__FunctionArn__"), [("__FunctionArn__", function)]);
    let word = if kind == Kind::Request { "request" } else { "token" };
    let mut inner = at.map([("type", at.string(word)), ("authorizerUri", uri)]);
    let identity = authorizer.get("Identity");
    if let Some(every) = identity.and_then(|identity| identity.get("ReauthorizeEvery")).filter(|every| !every.is_null())
    {
        inner.set("authorizerResultTtlInSeconds", every.clone());
    }
    let role = authorizer.given("FunctionInvokeRole");
    if let Some(role) = role.filter(|role| role.as_str() != Some("NONE")) {
        inner.set("authorizerCredentials", role.clone());
    }
    if kind == Kind::Request
        && let Some(identity) = identity
    {
        let source = identity_source(identity);
        if !source.is_empty() {
            inner.set("identitySource", at.string(source));
        }
    }
    inner
}

fn identity_source(identity: &Node) -> String {
    let places = [
        ("Headers", "method.request.header."),
        ("QueryStrings", "method.request.querystring."),
        ("StageVariables", "stageVariables."),
        ("Context", "context."),
    ];
    let all = places.iter().flat_map(|(name, prefix)| {
        let items = identity.get(name).map(Node::items).unwrap_or_default();
        items.iter().filter_map(Node::as_str).map(move |item| format!("{prefix}{item}"))
    });
    all.collect::<Vec<_>>().join(", ")
}
