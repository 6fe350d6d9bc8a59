//! `AWS::Serverless::GraphQLApi`: an API of AppSync with its data sources, functions and resolvers.

mod auth;
mod code;
mod sources;

use super::edit::Edit;
use super::intrinsics::is_call;
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::role::trust;
use super::tags;
use super::translation::Translation;
use crate::parse::node::Node;

/// What an API becomes.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let mut api = Resource::new(at, id, "AWS::AppSync::GraphQLApi")
        .with("Name", properties.given("Name").cloned().unwrap_or_else(|| at.string(id)))
        .copy(
            properties,
            &[
                "XrayEnabled",
                "Visibility",
                "OwnerContact",
                "IntrospectionConfig",
                "QueryDepthLimit",
                "ResolverCountLimit",
            ],
        )
        .with("Tags", tags::list(at, &[("graphqlapi:createdBy", "SAM")], properties.get("Tags")))
        .in_place_of(source);
    let mut all = Vec::new();
    all.extend(auth::configure(translation, id, source, &mut api, properties)?);
    all.extend(log(id, source, &mut api, properties)?);
    let schema = schema(id, source, properties)?;
    let functions = code::generate(translation, id, source, properties, &schema)?;
    all.push(schema);
    all.extend(keys(id, source, properties)?);
    all.extend(domain(id, source, properties)?);
    if let Some(cache) = properties.given("Cache") {
        all.push(
            Resource::new(cache.at(), format!("{id}ApiCache"), "AWS::AppSync::ApiCache")
                .with("ApiId", api.get_att("ApiId"))
                .copy(
                    cache,
                    &[
                        "ApiCachingBehavior",
                        "Ttl",
                        "Type",
                        "AtRestEncryptionEnabled",
                        "TransitEncryptionEnabled",
                        "HealthMetricsConfig",
                    ],
                )
                .passing_on(source),
        );
    }
    all.extend(functions);
    all.insert(0, api);
    Ok(all)
}

/// The log configuration; a role is made where none is given.
fn log(id: &str, source: &Node, api: &mut Resource, properties: &Node) -> Outcome<Option<Resource>> {
    let given = properties.get("Logging").filter(|logging| !logging.is_null());
    if given.and_then(Edit::as_bool) == Some(false) {
        return Ok(None);
    }
    let at = given.map_or(api.at(), Edit::at);
    let config = given.filter(|logging| logging.is_mapping());
    if let Some(config) = config.filter(|config| !is_call(config)) {
        for entry in config.entries() {
            if !matches!(entry.key.as_str(), "CloudWatchLogsRoleArn" | "FieldLogLevel" | "ExcludeVerboseContent") {
                return reject(entry.key_span, format!("'Logging' has no property '{}'", entry.key.as_str()));
            }
        }
    }
    let mut made = config.cloned().unwrap_or_else(|| at.map::<&str>([]));
    if made.get("FieldLogLevel").is_none() {
        made.set("FieldLogLevel", at.string("ALL"));
    }
    if made.given("CloudWatchLogsRoleArn").is_some() {
        api.set("LogConfig", made);
        return Ok(None);
    }
    let policy = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs";
    let role = Resource::new(at, format!("{id}CloudWatchRole"), "AWS::IAM::Role")
        .with("AssumeRolePolicyDocument", trust(at, &["appsync.amazonaws.com"]))
        .with("ManagedPolicyArns", at.list([at.sub(policy)]))
        .passing_on(source);
    made.set("CloudWatchLogsRoleArn", role.get_att("Arn"));
    api.set("LogConfig", made);
    Ok(Some(role))
}

fn schema(id: &str, source: &Node, properties: &Node) -> Outcome<Resource> {
    let (inline, uri) = (properties.given("SchemaInline"), properties.given("SchemaUri"));
    let (name, value) = match (inline, uri) {
        (Some(_), Some(uri)) => return reject(uri.span, "Only one of 'SchemaInline' and 'SchemaUri' can be set"),
        (None, None) => return reject(source.span, "One of 'SchemaInline' and 'SchemaUri' must be set"),
        (Some(inline), None) => ("Definition", inline),
        (None, Some(uri)) => ("DefinitionS3Location", uri),
    };
    let at = value.at();
    Ok(Resource::new(at, format!("{id}Schema"), "AWS::AppSync::GraphQLSchema")
        .with("ApiId", at.get_att(id, "ApiId"))
        .with(name, value.clone())
        .passing_on(source))
}

fn keys(id: &str, source: &Node, properties: &Node) -> Outcome<Vec<Resource>> {
    let mut all = Vec::new();
    for entry in properties.get("ApiKeys").map(Node::entries).unwrap_or_default() {
        let at = entry.value.at();
        if !entry.value.is_mapping() {
            return reject(entry.value.span, "An API key must be a mapping");
        }
        let mut key = Resource::new(at, format!("{id}{}", entry.key.as_str()), "AWS::AppSync::ApiKey")
            .with("ApiId", at.get_att(id, "ApiId"))
            .copy(&entry.value, &["ApiKeyId", "Description"])
            .passing_on(source);
        if let Some(expires) = entry.value.get("ExpiresOn") {
            key.set("Expires", expires.clone());
        }
        all.push(key);
    }
    Ok(all)
}

fn domain(id: &str, source: &Node, properties: &Node) -> Outcome<Vec<Resource>> {
    let Some(domain) = properties.given("DomainName") else { return Ok(Vec::new()) };
    let at = domain.at();
    let name = Resource::new(at, format!("{id}DomainName"), "AWS::AppSync::DomainName")
        .copy(domain, &["CertificateArn", "DomainName", "Description"])
        .passing_on(source);
    let association =
        Resource::new(at, format!("{id}DomainNameApiAssociation"), "AWS::AppSync::DomainNameApiAssociation")
            .with("ApiId", at.get_att(id, "ApiId"))
            .with("DomainName", name.get_att("DomainName"))
            .passing_on(source);
    Ok(vec![name, association])
}
