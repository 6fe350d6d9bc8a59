//! `AWS::Serverless::Function`.

mod alias;
mod code;
mod destinations;
mod package;
mod role;
mod url;

pub(super) use alias::alias_letters;
pub(super) use package::are_architectures;
pub(super) use role::tracing_policy;

use super::edit::Edit;
use super::events::{self, Consumer};
use super::intrinsics::{if_arguments, is_call_of, is_no_value};
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::role::Grants;
use super::tags;
use super::translation::Translation;
use crate::parse::node::Node;

/// The tag that every function has which the transform made.
const CREATED_BY: (&str, &str) = ("lambda:createdBy", "SAM");

/// Properties that a Lambda function has under the same name.
const PASSED_THROUGH: [&str; 24] = [
    "FunctionName",
    "Handler",
    "Runtime",
    "Description",
    "MemorySize",
    "Timeout",
    "VpcConfig",
    "Environment",
    "ReservedConcurrentExecutions",
    "KmsKeyArn",
    "Layers",
    "FileSystemConfigs",
    "ImageConfig",
    "PackageType",
    "CodeSigningConfigArn",
    "Architectures",
    "EphemeralStorage",
    "SnapStart",
    "RuntimeManagementConfig",
    "LoggingConfig",
    "RecursiveLoop",
    "TenancyConfig",
    "DurableConfig",
    "FunctionScalingConfig",
];

/// What a function becomes: the Lambda function, its role, version, alias, URL, and what its events need.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    check_tenancy(properties)?;
    package::check(translation, properties)?;
    let mut grants = Grants::default();
    let mut function = lambda(translation, id, source, properties)?;
    let mut resources = Vec::new();

    let published = alias::publish(translation, id, source, properties, &mut function)?;
    let alias = published.as_ref().map(|published| published.alias.clone());
    let url = url::generate(id, source, properties, alias.as_ref());
    resources.extend(translation.attempt(url).unwrap_or_default());
    let destinations = destinations::generate(translation, id, source, properties, alias.as_ref());
    let destinations = translation.attempt(destinations).unwrap_or_default();
    for policy in destinations.policies {
        grants.inline(policy);
    }
    resources.extend(destinations.resources);

    let consumer = Consumer {
        id,
        source,
        reference: alias.as_ref().map_or_else(|| function.reference(), Resource::reference),
        arn: alias.as_ref().map_or_else(|| function.get_att("Arn"), Resource::reference),
        variable: alias.as_ref().map_or_else(|| format!("{id}.Arn"), |alias| alias.id.clone()),
        has_role: has_own_role(properties),
    };
    let own_role = consumer.has_role;
    resources.extend(events::of_function(translation, &consumer, properties, &mut grants));

    let role = if own_role { None } else { Some(role::generate(translation, id, source, properties, grants)?) };
    resources.extend(attach_role(translation, &mut function, properties, role, id)?);
    if let Some(published) = published {
        resources.push(published.version);
        resources.push(published.alias);
    }
    resources.insert(0, function);
    Ok(resources)
}

/// Whether the function has a role whatever conditions say.
fn has_own_role(properties: &Node) -> bool {
    properties.given("Role").is_some_and(|role| {
        !if_arguments(role).is_some_and(|[_, then, otherwise]| is_no_value(then) || is_no_value(otherwise))
    })
}

/// Sets the role of the function: its own, the generated one, or one of both by a condition.
fn attach_role(
    translation: &mut Translation,
    function: &mut Resource,
    properties: &Node,
    generated: Option<Resource>,
    id: &str,
) -> Outcome<Option<Resource>> {
    let own = properties.given("Role");
    if let Some(role) = own.filter(|role| is_call_of(role, "Fn::If")) {
        let Some([condition, _, _]) = if_arguments(role) else {
            return reject(role.span, "Fn::If of 'Role' needs three arguments");
        };
        if condition.as_str().is_none() {
            return reject(condition.span, "The first argument of Fn::If must be the name of a condition");
        }
    }
    let Some(generated) = generated else {
        if let Some(role) = own {
            function.set("Role", role.clone());
        }
        return Ok(None);
    };
    let arn = generated.get_att("Arn");
    let Some(role) = own else {
        function.set("Role", arn);
        return Ok(Some(generated));
    };
    let Some([condition, then, otherwise]) = if_arguments(role) else { return Ok(Some(generated)) };
    let at = role.at();
    let name = condition.as_str().unwrap_or_default();
    Ok(Some(match (is_no_value(then), is_no_value(otherwise)) {
        (true, true) => {
            function.set("Role", arn);
            generated
        }
        (true, false) => {
            function.set("Role", at.when(name, arn, otherwise.clone()));
            generated.attribute("Condition", Some(condition.clone()))
        }
        _ => {
            function.set("Role", at.when(name, then.clone(), arn));
            let negated = translation.negated(at, name, id);
            generated.attribute("Condition", Some(at.string(negated)))
        }
    }))
}

fn lambda(translation: &mut Translation, id: &str, source: &Node, properties: &Node) -> Outcome<Resource> {
    let at = translation.key_at(id);
    let mut function = Resource::new(at, id, "AWS::Lambda::Function")
        .copy(properties, &PASSED_THROUGH)
        .copy(properties, &["PublishToLatestPublished"])
        .with("Tags", tags::list(at, &[CREATED_BY], properties.get("Tags")))
        .in_place_of(source);
    let code = code::of_function(translation, id, source, properties);
    if let Some(code) = translation.attempt(code) {
        function.set("Code", code);
    }
    if let Some(tracing) = properties.given("Tracing")
        && translation.resolved(tracing)?.as_str() != Some("Disabled")
    {
        function.set("TracingConfig", tracing.at().map([("Mode", tracing.clone())]));
    }
    if let Some(queue) = properties.given("DeadLetterQueue") {
        check_dead_letter_queue(queue)?;
        if let Some(target) = queue.get("TargetArn") {
            function.set("DeadLetterConfig", queue.at().map([("TargetArn", target.clone())]));
        }
    }
    if let Some(config) = properties.given("CapacityProviderConfig") {
        function.set("CapacityProviderConfig", capacity(config)?);
    }
    if let Some(config) = properties.get("ProvisionedConcurrencyConfig")
        && properties.given("AutoPublishAlias").is_none()
    {
        return reject(config.span, "'ProvisionedConcurrencyConfig' needs 'AutoPublishAlias'");
    }
    Ok(function)
}

fn capacity(config: &Node) -> Outcome<Node> {
    let at = config.at();
    let Some(arn) = config.get("Arn") else {
        return reject(config.span, "'CapacityProviderConfig' needs 'Arn'");
    };
    let mut inner = at.map([("CapacityProviderArn", arn.clone())]);
    for name in ["PerExecutionEnvironmentMaxConcurrency", "ExecutionEnvironmentMemoryGiBPerVCpu"] {
        if let Some(value) = config.get(name) {
            inner.set(name, value.clone());
        }
    }
    Ok(at.map([("LambdaManagedInstancesCapacityProviderConfig", inner)]))
}

fn check_dead_letter_queue(queue: &Node) -> Outcome<()> {
    if super::intrinsics::is_call(queue) {
        return Ok(());
    }
    let kind = queue.get("Type").and_then(Node::as_str);
    if queue.given("TargetArn").is_none() || kind.is_none() {
        return reject(queue.span, "'DeadLetterQueue' needs 'Type' and 'TargetArn'");
    }
    if !matches!(kind, Some("SQS" | "SNS")) {
        return reject(queue.span, "The type of 'DeadLetterQueue' must be SQS or SNS");
    }
    Ok(())
}

/// What functions with a tenancy configuration do not support.
fn check_tenancy(properties: &Node) -> Outcome<()> {
    if properties.given("TenancyConfig").is_none() {
        return Ok(());
    }
    for name in ["ProvisionedConcurrencyConfig", "SnapStart", "FunctionUrlConfig"] {
        if let Some(entry) = properties.entry(name).filter(|entry| entry.value.is_truthy()) {
            return reject(entry.key_span, format!("'{name}' is not supported with 'TenancyConfig'"));
        }
    }
    for event in properties.get("Events").map(Node::entries).unwrap_or_default() {
        let kind = event.value.get("Type").and_then(Node::as_str).unwrap_or_default();
        if !matches!(kind, "Api" | "HttpApi") {
            return reject(event.value.span, format!("Event source '{kind}' is not supported with 'TenancyConfig'"));
        }
    }
    Ok(())
}
