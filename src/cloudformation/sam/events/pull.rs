//! Event sources that Lambda polls: streams, queues, brokers and clusters.

use super::super::arn;
use super::super::build::At;
use super::super::edit::Edit;
use super::super::intrinsics::{is_call, ref_target};
use super::super::reject::{Outcome, Reject};
use super::super::resource::Resource;
use super::super::role::{Grants, allow, document, inline, put_into_bucket};
use super::super::translation::Translation;
use super::{Consumer, Event};
use crate::parse::node::Node;

/// The networking that Lambda needs to reach a cluster in a VPC.
const NETWORK: [&str; 6] = [
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
];

/// Properties that the mapping has under the same name.
const PASSED_THROUGH: [&str; 22] = [
    "BatchSize",
    "StartingPosition",
    "StartingPositionTimestamp",
    "Enabled",
    "MaximumBatchingWindowInSeconds",
    "MaximumRetryAttempts",
    "BisectBatchOnFunctionError",
    "MaximumRecordAgeInSeconds",
    "ParallelizationFactor",
    "SourceAccessConfigurations",
    "TumblingWindowInSeconds",
    "FunctionResponseTypes",
    "FilterCriteria",
    "KmsKeyArn",
    "Topics",
    "Queues",
    "ScalingConfig",
    "ProvisionedPollerConfig",
    "MetricsConfig",
    "LoggingConfig",
    "DestinationConfig",
    "EventSourceArn",
];

/// The mapping; what the function may do with the source goes to `grants`.
pub(super) fn generate(
    translation: &mut Translation,
    consumer: &Consumer,
    event: &Event,
    grants: &mut Grants,
) -> Outcome<Vec<Resource>> {
    let at = event.at;
    let properties = event.properties;
    check(event)?;
    let mut mapping = Resource::new(at, &event.id, "AWS::Lambda::EventSourceMapping")
        .with("FunctionName", consumer.reference.clone())
        .copy(properties, &PASSED_THROUGH)
        .passing_on(consumer.source);
    if let Some(arn) = source_arn(event) {
        mapping.set("EventSourceArn", arn.clone());
    }
    let mut kafka = at.map::<&str>([]);
    for name in ["ConsumerGroupId", "SchemaRegistryConfig"] {
        if let Some(value) = properties.given(name) {
            kafka.set(name, value.clone());
        }
    }
    if kafka.is_truthy() {
        let name = match event.kind {
            "MSK" => "AmazonManagedKafkaEventSourceConfig",
            _ => "SelfManagedKafkaEventSourceConfig",
        };
        mapping.set(name, kafka);
    }
    if let Some(servers) = properties.given("KafkaBootstrapServers") {
        let endpoints = servers.at().map([("KafkaBootstrapServers", servers.clone())]);
        mapping.set("SelfManagedEventSource", servers.at().map([("Endpoints", endpoints)]));
    }
    if event.kind == "DocumentDB" {
        let mut config = at.map::<&str>([]);
        for name in ["DatabaseName", "CollectionName", "FullDocument"] {
            if let Some(value) = properties.get(name) {
                config.set(name, value.clone());
            }
        }
        mapping.set("DocumentDBEventSourceConfig", config);
    }
    if let Some(policy) = failure_destination(&mut mapping, event)?
        && !consumer.has_role
    {
        grants.inline(policy);
    }
    if !consumer.has_role {
        grant(translation, event, grants)?;
    }
    Ok(vec![mapping])
}

fn source_arn<'a>(event: &Event<'a>) -> Option<&'a Node> {
    let name = match event.kind {
        "SQS" => "Queue",
        "MQ" => "Broker",
        "DocumentDB" => "Cluster",
        _ => "Stream",
    };
    event.properties.given(name)
}

fn check(event: &Event) -> Outcome<()> {
    let properties = event.properties;
    let needs = |name: &str| match properties.given(name) {
        Some(value) => Ok(value),
        None => Err(event.reject(format!("'{name}' is missing"))),
    };
    match event.kind {
        "Kinesis" | "DynamoDB" => {
            needs("Stream")?;
            needs("StartingPosition")?;
        }
        "MSK" => {
            needs("Stream")?;
            needs("Topics")?;
        }
        "SQS" => {
            needs("Queue")?;
        }
        "MQ" => {
            needs("Broker")?;
            needs("Queues")?;
            needs("SourceAccessConfigurations")?;
        }
        "DocumentDB" => {
            for name in ["Cluster", "DatabaseName", "SourceAccessConfigurations"] {
                needs(name)?;
            }
        }
        _ => {
            needs("Topics")?;
            let servers = needs("KafkaBootstrapServers")?;
            if properties.given("Topics").is_some_and(|topics| !is_call(topics) && topics.items().len() != 1) {
                return Err(event.reject("'Topics' must have one topic"));
            }
            if !servers.is_list() && !is_call(servers) {
                return Err(event.reject("'KafkaBootstrapServers' must be a list"));
            }
        }
    }
    if !matches!(event.kind, "MSK" | "SelfManagedKafka") {
        for name in ["ConsumerGroupId", "SchemaRegistryConfig"] {
            if properties.given(name).is_some() {
                return Err(event.reject(format!("'{name}' is not supported for {}", event.kind)));
            }
        }
    }
    if let Some(registry) = properties.given("SchemaRegistryConfig") {
        for name in ["SchemaRegistryURI", "EventRecordFormat", "SchemaValidationConfigs"] {
            if registry.given(name).is_none() {
                return Err(event.reject(format!("'SchemaRegistryConfig' needs '{name}'")));
            }
        }
    }
    if let Some(criteria) = properties.given("FilterCriteria").filter(|criteria| !is_call(criteria)) {
        let known = criteria.entries().iter().all(|entry| entry.key.as_str() == "Filters");
        if !known || criteria.entries().is_empty() {
            return Err(event.reject("'FilterCriteria' has the wrong format"));
        }
    }
    Ok(())
}

/// What the function may do when a batch fails for good.
fn failure_destination(mapping: &mut Resource, event: &Event) -> Outcome<Option<Node>> {
    let Some(config) = event.properties.given("DestinationConfig") else { return Ok(None) };
    let Some(failure) = config.get("OnFailure") else {
        return match is_call(config) {
            true => Ok(None),
            false => Err(event.reject("'DestinationConfig' needs 'OnFailure'")),
        };
    };
    let Some(target) = failure.given("Destination") else { return Ok(None) };
    let at = failure.at();
    let mut cleaned = config.clone();
    cleaned.set("OnFailure", at.map([("Destination", target.clone())]));
    mapping.set("DestinationConfig", cleaned);
    let Some(kind) = failure.get("Type").and_then(Node::as_str) else { return Ok(None) };
    let statements = match kind {
        "SQS" => vec![allow(at, at.string("sqs:SendMessage"), target.clone())],
        "SNS" => vec![allow(at, at.string("sns:publish"), target.clone())],
        "S3" => put_into_bucket(at, target),
        "Kafka" => return Ok(None),
        _ => return Err(Reject::new(failure.span, format!("'{kind}' is no type of destination"))),
    };
    Ok(Some(inline(at, &format!("{}{kind}Policy", event.id), document(at, statements, false))))
}

/// The policies that a role needs to read from the source.
fn grant(translation: &Translation, event: &Event, grants: &mut Grants) -> Outcome<()> {
    let at = event.at;
    let managed = |name: &str| at.string(arn::managed_policy(translation.partition(), &format!("service-role/{name}")));
    match event.kind {
        "Kinesis" => grants.managed(managed("AWSLambdaKinesisExecutionRole")),
        "DynamoDB" => grants.managed(managed("AWSLambdaDynamoDBExecutionRole")),
        "SQS" => grants.managed(managed("AWSLambdaSQSQueueExecutionRole")),
        "MSK" => {
            grants.managed(managed("AWSLambdaMSKExecutionRole"));
            let mut statements = mtls_secrets(event);
            statements.extend(registry(translation, event)?);
            if !statements.is_empty() {
                grants.inline(inline(at, "MSKExecutionRolePolicy", document(at, statements, false)));
            }
        }
        "MQ" => grants.inline(broker_policy(event)?),
        "DocumentDB" => grants.inline(document_database_policy(event)?),
        _ => {
            let mut statements = kafka_statements(event)?;
            statements.extend(registry(translation, event)?);
            grants.inline(inline(at, "SelfManagedKafkaExecutionRolePolicy", document(at, statements, true)));
        }
    }
    Ok(())
}

fn access<'a>(event: &Event<'a>) -> impl Iterator<Item = &'a Node> {
    let configurations = event.properties.get("SourceAccessConfigurations");
    configurations.map(Node::items).unwrap_or_default().iter()
}

fn secret(at: At, uri: &Node) -> Node {
    allow(at, at.strings(["secretsmanager:GetSecretValue"]), uri.clone())
}

/// Secrets with the client's certificate for a cluster of MSK.
fn mtls_secrets(event: &Event) -> Vec<Node> {
    let certificate = |item: &&Node| item.get("Type").and_then(Node::as_str) == Some("CLIENT_CERTIFICATE_TLS_AUTH");
    access(event).filter(certificate).filter_map(|item| Some(secret(item.at(), item.get("URI")?))).collect()
}

/// What reading a schema registry needs: secrets of its access, and the registry if it is one of Glue.
fn registry(translation: &Translation, event: &Event) -> Outcome<Vec<Node>> {
    let Some(config) = event.properties.given("SchemaRegistryConfig") else { return Ok(Vec::new()) };
    let at = config.at();
    let access = config.get("AccessConfigs").map(Node::items).unwrap_or_default();
    let mut statements: Vec<Node> =
        access.iter().filter_map(|item| Some(secret(item.at(), item.get("URI")?))).collect();
    let Some(uri) = config.get("SchemaRegistryURI") else { return Ok(statements) };
    let resolved = translation.resolved(uri)?;
    let text = match super::super::intrinsics::call(&resolved) {
        Some(("Fn::Sub", text)) => text.as_str(),
        _ => resolved.as_str(),
    };
    if let Some(text) = text.filter(|text| text.starts_with("arn:") && text.contains(":glue:")) {
        let name = text.rsplit('/').next().unwrap_or_default();
        let schemas = format!("arn:${{AWS::Partition}}:glue:${{AWS::Region}}:${{AWS::AccountId}}:schema/{name}/*");
        statements.push(allow(at, at.strings(["glue:GetRegistry"]), uri.clone()));
        statements.push(allow(at, at.strings(["glue:GetSchemaVersion"]), at.list([at.sub(schemas)])));
    }
    Ok(statements)
}

fn decrypt(event: &Event, action: Node) -> Option<Node> {
    let key = event.properties.get("SecretsManagerKmsKeyId")?;
    let at = key.at();
    let text = "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/";
    let resource = match (key.as_str(), ref_target(key)) {
        (Some(id), _) => at.sub(format!("{text}{id}")),
        (_, Some(id)) => at.sub(format!("{text}${{{id}}}")),
        _ => at.sub_with(format!("{text}${{Key}}"), [("Key", key.clone())]),
    };
    Some(allow(at, action, resource))
}

fn broker_policy(event: &Event) -> Outcome<Node> {
    let at = event.at;
    let mut statements = Vec::new();
    for item in access(event) {
        match item.get("Type").and_then(Node::as_str) {
            Some("BASIC_AUTH") => match item.given("URI") {
                Some(uri) => statements.push(secret(item.at(), uri)),
                None => return Err(event.reject("BASIC_AUTH of 'SourceAccessConfigurations' needs 'URI'")),
            },
            Some("VIRTUAL_HOST") => {}
            _ => return Err(event.reject("the types of 'SourceAccessConfigurations' are BASIC_AUTH and VIRTUAL_HOST")),
        }
    }
    if statements.len() != 1 {
        return Err(event.reject("'SourceAccessConfigurations' needs one item of type BASIC_AUTH"));
    }
    if let Some(broker) = event.properties.get("Broker") {
        statements.push(allow(at, at.strings(["mq:DescribeBroker"]), broker.clone()));
    }
    statements.extend(decrypt(event, event.at.string("kms:Decrypt")));
    let name = match event.properties.get("DynamicPolicyName").is_some_and(Edit::is_truthy) {
        true => format!("{}AMQPolicy", event.id),
        false => "SamAutoGeneratedAMQPolicy".to_owned(),
    };
    Ok(inline(at, &name, document(at, statements, false)))
}

fn document_database_policy(event: &Event) -> Outcome<Node> {
    let at = event.at;
    let Some(uri) = access(event)
        .find(|item| item.get("Type").and_then(Node::as_str) == Some("BASIC_AUTH"))
        .and_then(|item| item.given("URI"))
    else {
        return Err(event.reject("'SourceAccessConfigurations' needs an item of type BASIC_AUTH with 'URI'"));
    };
    let mut statements = vec![secret(at, uri)];
    let databases = |resource: &str| {
        at.sub(format!("arn:${{AWS::Partition}}:rds:${{AWS::Region}}:${{AWS::AccountId}}:{resource}:*"))
    };
    statements.push(allow(at, at.strings(["rds:DescribeDBClusterParameters"]), databases("cluster-pg")));
    statements.push(allow(at, at.strings(["rds:DescribeDBSubnetGroups"]), databases("subgrp")));
    if let Some(cluster) = event.properties.get("Cluster") {
        statements.push(allow(at, at.strings(["rds:DescribeDBClusters"]), cluster.clone()));
    }
    statements.push(allow(at, at.strings(NETWORK), at.string("*")));
    statements.extend(decrypt(event, at.strings(["kms:Decrypt"])));
    Ok(inline(at, "SamAutoGeneratedDocumentDBPolicy", document(at, statements, false)))
}

fn kafka_statements(event: &Event) -> Outcome<Vec<Node>> {
    const AUTH: [&str; 5] = [
        "SASL_SCRAM_256_AUTH",
        "SASL_SCRAM_512_AUTH",
        "BASIC_AUTH",
        "CLIENT_CERTIFICATE_TLS_AUTH",
        "SERVER_ROOT_CA_CERTIFICATE",
    ];
    let at = event.at;
    let (mut statements, mut subnets, mut groups, mut mechanisms) = (Vec::new(), false, false, 0);
    if event.properties.get("SourceAccessConfigurations").is_none_or(|list| !is_call(list) && list.items().is_empty()) {
        return Err(event.reject("'SourceAccessConfigurations' is missing"));
    }
    for item in access(event) {
        if is_call(item) {
            continue;
        }
        let uri = match item.given("URI") {
            Some(uri) => uri,
            None => return Err(event.reject("'SourceAccessConfigurations' needs 'URI'")),
        };
        match item.get("Type").and_then(Node::as_str) {
            Some("VPC_SUBNET") => subnets = true,
            Some("VPC_SECURITY_GROUP") => groups = true,
            Some(kind) if AUTH.contains(&kind) => {
                mechanisms += usize::from(kind != "SERVER_ROOT_CA_CERTIFICATE");
                statements.push(secret(item.at(), uri));
            }
            _ => return Err(event.reject("'SourceAccessConfigurations' has an unknown type")),
        }
    }
    if mechanisms > 1 {
        return Err(event.reject("'SourceAccessConfigurations' has more than one way to authenticate"));
    }
    if subnets != groups {
        return Err(event.reject("VPC_SUBNET and VPC_SECURITY_GROUP go together"));
    }
    if mechanisms == 0 && !subnets {
        return Err(event.reject("'SourceAccessConfigurations' needs a way to authenticate or a VPC"));
    }
    if subnets {
        statements.push(allow(at, at.strings(NETWORK), at.string("*")));
    }
    statements.extend(decrypt(event, at.strings(["kms:Decrypt"])));
    Ok(statements)
}
