//! Who may call the API.

use super::super::connector;
use super::super::edit::Edit;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::translation::Translation;
use crate::parse::node::Node;

/// What each way to authenticate needs, under which name it stands in the source and in what is deployed.
const CONFIGURED: [(&str, &str, &str); 3] = [
    ("AWS_LAMBDA", "LambdaAuthorizer", "LambdaAuthorizerConfig"),
    ("OPENID_CONNECT", "OpenIDConnect", "OpenIDConnectConfig"),
    ("AMAZON_COGNITO_USER_POOLS", "UserPool", "UserPoolConfig"),
];

/// Sets the authentication; Lambda authorizers get leave to be invoked.
pub(super) fn configure(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    api: &mut Resource,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let Some(auth) = properties.get("Auth") else { return Ok(Vec::new()) };
    let mut authorizers = Vec::new();
    let (kind, config) = read(auth, false)?;
    api.set("AuthenticationType", kind.clone());
    if let Some((name, config)) = config {
        authorizers.extend(config.get("AuthorizerUri").cloned());
        api.set(name, config);
    }
    if let Some(additional) = auth.given("Additional") {
        if !additional.is_list() {
            return reject(additional.span, "'Additional' must be a list");
        }
        let mut providers = Vec::new();
        for item in additional.items() {
            let (kind, config) = read(item, true)?;
            let mut provider = item.at().map([("AuthenticationType", kind.clone())]);
            if let Some((name, config)) = config {
                authorizers.extend(config.get("AuthorizerUri").cloned());
                provider.set(name, config);
            }
            providers.push(provider);
        }
        api.set("AdditionalAuthenticationProviders", additional.at().list(providers));
    }
    let mut all = Vec::new();
    for (i, function) in authorizers.iter().enumerate() {
        let at = function.at();
        let from = at.map([("Type", at.string("AWS::AppSync::GraphQLApi")), ("ResourceId", at.get_att(id, "ApiId"))]);
        let to = at.map([("Type", at.string("AWS::Lambda::Function")), ("Arn", function.clone())]);
        let name = match authorizers.len() {
            1 => format!("{id}ToLambdaAuthConnector"),
            _ => format!("{id}ToLambdaAuthConnector{}", i + 1),
        };
        all.extend(connector::connection(translation, &name, source, (&from, &to), (false, true))?);
    }
    Ok(all)
}

/// The type and the configuration of one way to authenticate.
fn read(auth: &Node, additional: bool) -> Outcome<(&Node, Option<(&'static str, Node)>)> {
    let Some(kind) = auth.get("Type") else { return reject(auth.span, "'Auth' needs 'Type'") };
    let text = kind.as_str();
    if !matches!(text, Some("AWS_IAM" | "API_KEY" | "AWS_LAMBDA" | "OPENID_CONNECT" | "AMAZON_COGNITO_USER_POOLS")) {
        return reject(kind.span, "This is no type of authentication");
    }
    for entry in auth.entries() {
        let name = entry.key.as_str();
        let known = name == "Type"
            || (name == "Additional" && !additional)
            || CONFIGURED.iter().any(|(_, own, _)| *own == name);
        if !known {
            return reject(entry.key_span, format!("'Auth' has no property '{name}'"));
        }
    }
    let Some((_, own, deployed)) = CONFIGURED.iter().find(|(kind, _, _)| Some(*kind) == text) else {
        return Ok((kind, None));
    };
    let Some(config) = auth.given(own) else {
        return reject(auth.span, format!("This type of authentication needs '{own}'"));
    };
    if !config.is_mapping() {
        return reject(config.span, format!("'{own}' must be a mapping"));
    }
    let mut config = config.clone();
    if additional {
        config.remove("DefaultAction");
    }
    Ok((kind, Some((deployed, config))))
}
