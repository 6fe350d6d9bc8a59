//! Which properties the types of the transform have, and of what kind their values are.

use super::edit::Edit;
use super::intrinsics::is_call;
use super::reject::{Outcome, reject};
use crate::parse::node::{Node, NodeKind};

/// What a property may hold, as a set of bits. No bit for a kind: anything.
type Kinds = u8;

const ANY: Kinds = 0;
const STR: Kinds = 1;
const MAP: Kinds = 2;
const LIST: Kinds = 4;
const BOOL: Kinds = 8;
const INT: Kinds = 16;
/// The property must be there.
const REQUIRED: Kinds = 32;

/// No intrinsic function may stand there.
const LITERAL: Kinds = 64;

/// The properties of a type.
pub(super) type Properties = &'static [(&'static str, Kinds)];

/// The properties of `AWS::Serverless::Function`.
pub(super) const FUNCTION: Properties = &[
    ("FunctionName", STR),
    ("Handler", ANY),
    ("Runtime", ANY),
    ("CodeUri", ANY),
    ("ImageUri", ANY),
    ("PackageType", ANY),
    ("InlineCode", ANY),
    ("DeadLetterQueue", MAP),
    ("Description", ANY),
    ("MemorySize", ANY),
    ("Timeout", ANY),
    ("VpcConfig", MAP),
    ("Role", ANY),
    ("AssumeRolePolicyDocument", MAP),
    ("Policies", STR | MAP | LIST),
    ("RolePath", ANY),
    ("PermissionsBoundary", ANY),
    ("Environment", MAP),
    ("Events", MAP),
    ("Tags", MAP),
    ("PropagateTags", BOOL),
    ("Tracing", ANY),
    ("KmsKeyArn", ANY),
    ("DeploymentPreference", MAP),
    ("ReservedConcurrentExecutions", ANY),
    ("Layers", LIST),
    ("EventInvokeConfig", MAP),
    ("EphemeralStorage", ANY),
    ("AutoPublishAlias", STR),
    ("AutoPublishCodeSha256", STR),
    ("AutoPublishAliasAllProperties", BOOL),
    ("VersionDescription", ANY),
    ("VersionDeletionPolicy", ANY),
    ("ProvisionedConcurrencyConfig", MAP),
    ("FileSystemConfigs", ANY),
    ("ImageConfig", ANY),
    ("CodeSigningConfigArn", ANY),
    ("Architectures", LIST),
    ("SnapStart", MAP),
    ("FunctionUrlConfig", MAP),
    ("RuntimeManagementConfig", ANY),
    ("LoggingConfig", ANY),
    ("RecursiveLoop", ANY),
    ("SourceKMSKeyArn", ANY),
    ("CapacityProviderConfig", MAP),
    ("FunctionScalingConfig", ANY),
    ("PublishToLatestPublished", ANY),
    ("TenancyConfig", ANY),
    ("DurableConfig", ANY),
];

/// The properties of `AWS::Serverless::Api`.
pub(super) const API: Properties = &[
    ("__MANAGE_SWAGGER", ANY),
    ("Name", ANY),
    ("StageName", STR | REQUIRED),
    ("Tags", MAP),
    ("PropagateTags", BOOL),
    ("DefinitionBody", MAP),
    ("DefinitionUri", STR | MAP),
    ("MergeDefinitions", BOOL),
    ("CacheClusterEnabled", ANY),
    ("CacheClusterSize", ANY),
    ("Variables", ANY),
    ("EndpointConfiguration", ANY),
    ("MethodSettings", ANY),
    ("BinaryMediaTypes", ANY),
    ("MinimumCompressionSize", ANY),
    ("Cors", ANY),
    ("Auth", MAP),
    ("GatewayResponses", MAP),
    ("AccessLogSetting", ANY),
    ("CanarySetting", ANY),
    ("TracingEnabled", ANY),
    ("OpenApiVersion", STR),
    ("Models", MAP),
    ("Domain", MAP),
    ("FailOnWarnings", BOOL),
    ("Description", ANY),
    ("Mode", ANY),
    ("DisableExecuteApiEndpoint", ANY),
    ("ApiKeySourceType", ANY),
    ("AlwaysDeploy", BOOL),
    ("Policy", ANY),
    ("SecurityPolicy", ANY),
    ("EndpointAccessMode", ANY),
];

/// The properties of `AWS::Serverless::HttpApi`.
pub(super) const HTTP_API: Properties = &[
    ("__MANAGE_SWAGGER", ANY),
    ("Name", ANY),
    ("StageName", STR),
    ("Tags", MAP),
    ("PropagateTags", BOOL),
    ("DefinitionBody", MAP),
    ("DefinitionUri", STR | MAP),
    ("StageVariables", MAP),
    ("CorsConfiguration", ANY),
    ("AccessLogSettings", MAP),
    ("DefaultRouteSettings", MAP),
    ("Auth", MAP),
    ("RouteSettings", MAP),
    ("Domain", MAP),
    ("FailOnWarnings", BOOL),
    ("Description", STR),
    ("DisableExecuteApiEndpoint", ANY),
];

/// The properties of `AWS::Serverless::WebSocketApi`.
pub(super) const WEB_SOCKET_API: Properties = &[
    ("ApiKeySelectionExpression", ANY),
    ("AccessLogSettings", MAP),
    ("Auth", MAP),
    ("DefaultRouteSettings", MAP),
    ("Description", ANY),
    ("DisableExecuteApiEndpoint", ANY),
    ("DisableSchemaValidation", ANY),
    ("Domain", MAP),
    ("FailOnWarnings", ANY),
    ("IpAddressType", ANY),
    ("Name", ANY),
    ("PropagateTags", BOOL),
    ("Routes", MAP | REQUIRED),
    ("RouteSelectionExpression", ANY | REQUIRED),
    ("RouteSettings", MAP),
    ("StageName", STR),
    ("StageVariables", MAP),
    ("Tags", MAP),
];

/// The properties of `AWS::Serverless::SimpleTable`.
pub(super) const SIMPLE_TABLE: Properties = &[
    ("PointInTimeRecoverySpecification", ANY),
    ("PrimaryKey", MAP),
    ("ProvisionedThroughput", MAP),
    ("TableName", STR),
    ("Tags", MAP),
    ("SSESpecification", MAP),
];

/// The properties of `AWS::Serverless::LayerVersion`.
pub(super) const LAYER_VERSION: Properties = &[
    ("LayerName", STR),
    ("Description", STR),
    ("ContentUri", STR | MAP | REQUIRED),
    ("CompatibleArchitectures", LIST),
    ("CompatibleRuntimes", LIST),
    ("LicenseInfo", STR),
    ("RetentionPolicy", STR),
    ("PublishLambdaVersion", BOOL),
];

/// The properties of `AWS::Serverless::StateMachine`.
pub(super) const STATE_MACHINE: Properties = &[
    ("Definition", MAP),
    ("DefinitionUri", STR | MAP),
    ("Logging", MAP),
    ("Role", ANY),
    ("RolePath", ANY),
    ("DefinitionSubstitutions", MAP),
    ("Events", MAP),
    ("Name", ANY),
    ("Type", ANY),
    ("Tags", MAP),
    ("PropagateTags", BOOL),
    ("Policies", STR | MAP | LIST),
    ("Tracing", MAP),
    ("PermissionsBoundary", ANY),
    ("AutoPublishAlias", ANY),
    ("DeploymentPreference", MAP),
    ("UseAliasAsEventTarget", BOOL),
];

/// The properties of `AWS::Serverless::Application`.
pub(super) const APPLICATION: Properties = &[
    ("Location", STR | MAP | REQUIRED),
    ("TemplateUrl", STR),
    ("Parameters", MAP),
    ("NotificationARNs", LIST),
    ("Tags", MAP),
    ("TimeoutInMinutes", INT | STR),
];

/// The properties of `AWS::Serverless::Connector`.
pub(super) const CONNECTOR: Properties =
    &[("Source", MAP | REQUIRED), ("Destination", MAP | LIST | REQUIRED), ("Permissions", LIST | REQUIRED)];

/// The properties of `AWS::Serverless::GraphQLApi`.
pub(super) const GRAPHQL_API: Properties = &[
    ("Auth", MAP | REQUIRED),
    ("Tags", MAP),
    ("Name", ANY),
    ("XrayEnabled", ANY),
    ("SchemaInline", ANY),
    ("SchemaUri", ANY),
    ("Logging", MAP | BOOL),
    ("DataSources", MAP),
    ("Functions", MAP),
    ("Resolvers", MAP),
    ("ApiKeys", MAP),
    ("DomainName", MAP),
    ("Cache", MAP),
    ("Visibility", ANY),
    ("OwnerContact", ANY),
    ("IntrospectionConfig", ANY),
    ("QueryDepthLimit", ANY),
    ("ResolverCountLimit", ANY),
];

/// The properties of `AWS::Serverless::CapacityProvider`.
pub(super) const CAPACITY_PROVIDER: Properties = &[
    ("CapacityProviderName", ANY),
    ("VpcConfig", MAP | REQUIRED),
    ("OperatorRole", ANY),
    ("Tags", MAP),
    ("PropagateTags", BOOL),
    ("InstanceRequirements", MAP),
    ("ScalingConfig", MAP),
    ("KmsKeyArn", ANY),
];

/// The properties of an event source of a function, by its type; `None` when there is no such type.
pub(super) fn function_event(kind: &str) -> Option<Properties> {
    Some(match kind {
        "S3" => &[("Bucket", MAP | REQUIRED), ("Events", STR | LIST | REQUIRED | LITERAL), ("Filter", MAP)],
        "SNS" => &[
            ("Topic", ANY | REQUIRED),
            ("Region", ANY),
            ("FilterPolicy", ANY),
            ("FilterPolicyScope", ANY),
            ("SqsSubscription", BOOL | MAP),
            ("RedrivePolicy", ANY),
        ],
        "Kinesis" | "DynamoDB" | "SQS" | "MSK" | "MQ" | "SelfManagedKafka" | "DocumentDB" => PULL,
        "Schedule" => &[
            ("Schedule", ANY),
            ("RuleName", ANY),
            ("Input", ANY),
            ("Enabled", BOOL),
            ("State", ANY),
            ("Name", ANY),
            ("Description", ANY),
            ("DeadLetterConfig", MAP),
            ("RetryPolicy", ANY),
            ("RoleArn", ANY),
        ],
        "ScheduleV2" => SCHEDULE_V2,
        "CloudWatchEvent" | "EventBridgeRule" => RULE,
        "Api" => API_EVENT,
        "HttpApi" => HTTP_API_EVENT,
        "AlexaSkill" => &[("SkillId", STR)],
        "IoTRule" => &[("Sql", ANY | REQUIRED), ("AwsIotSqlVersion", ANY)],
        "Cognito" => &[("UserPool", ANY | REQUIRED), ("Trigger", STR | LIST | REQUIRED | LITERAL)],
        "CloudWatchLogs" => &[("LogGroupName", ANY | REQUIRED), ("FilterPattern", ANY | REQUIRED)],
        _ => return None,
    })
}

/// The properties of an event source of a state machine, by its type; `None` when there is no such type.
pub(super) fn state_machine_event(kind: &str) -> Option<Properties> {
    Some(match kind {
        "Schedule" => &[
            ("Schedule", ANY),
            ("Input", ANY),
            ("Enabled", BOOL),
            ("State", ANY),
            ("Name", ANY),
            ("Description", ANY),
            ("DeadLetterConfig", MAP),
            ("RetryPolicy", ANY),
            ("Target", MAP),
            ("RoleArn", ANY),
        ],
        "ScheduleV2" => SCHEDULE_V2,
        "CloudWatchEvent" | "EventBridgeRule" => RULE,
        "Api" => API_EVENT,
        _ => return None,
    })
}

const SCHEDULE_V2: Properties = &[
    ("ScheduleExpression", ANY),
    ("FlexibleTimeWindow", ANY),
    ("Name", ANY),
    ("State", ANY),
    ("Description", ANY),
    ("StartDate", ANY),
    ("EndDate", ANY),
    ("ScheduleExpressionTimezone", ANY),
    ("GroupName", ANY),
    ("KmsKeyArn", ANY),
    ("Input", ANY),
    ("RoleArn", ANY),
    ("PermissionsBoundary", ANY),
    ("RetryPolicy", ANY),
    ("DeadLetterConfig", MAP),
    ("OmitName", BOOL),
];

const RULE: Properties = &[
    ("EventBusName", ANY),
    ("Pattern", ANY),
    ("Input", ANY),
    ("InputPath", ANY),
    ("InputTransformer", ANY),
    ("DeadLetterConfig", MAP),
    ("RetryPolicy", ANY),
    ("RuleName", ANY),
    ("Target", MAP),
    ("Enabled", BOOL),
    ("State", ANY),
];

const API_EVENT: Properties = &[
    ("Path", STR | REQUIRED),
    ("Method", STR | REQUIRED),
    ("RestApiId", ANY),
    ("Stage", ANY),
    ("Auth", MAP),
    ("RequestModel", MAP),
    ("RequestParameters", LIST),
    ("ResponseTransferMode", ANY),
    ("TimeoutInMillis", ANY),
    ("UnescapeMappingTemplate", BOOL),
];

const HTTP_API_EVENT: Properties = &[
    ("Path", STR),
    ("Method", STR),
    ("ApiId", ANY),
    ("Stage", ANY),
    ("Auth", MAP),
    ("TimeoutInMillis", INT | STR),
    ("RouteSettings", MAP),
    ("PayloadFormatVersion", STR | INT),
];

const PULL: Properties = &[
    ("Stream", ANY),
    ("Queue", ANY),
    ("Broker", ANY),
    ("Queues", LIST),
    ("Topics", ANY),
    ("Cluster", ANY),
    ("DatabaseName", ANY),
    ("CollectionName", ANY),
    ("FullDocument", ANY),
    ("BatchSize", ANY),
    ("StartingPosition", ANY),
    ("StartingPositionTimestamp", ANY),
    ("Enabled", BOOL),
    ("MaximumBatchingWindowInSeconds", ANY),
    ("MaximumRetryAttempts", ANY),
    ("BisectBatchOnFunctionError", ANY),
    ("MaximumRecordAgeInSeconds", ANY),
    ("DestinationConfig", MAP),
    ("ParallelizationFactor", ANY),
    ("DynamicPolicyName", BOOL),
    ("SourceAccessConfigurations", LIST),
    ("SecretsManagerKmsKeyId", STR),
    ("TumblingWindowInSeconds", ANY),
    ("FunctionResponseTypes", ANY),
    ("KafkaBootstrapServers", LIST),
    ("FilterCriteria", MAP),
    ("KmsKeyArn", ANY),
    ("ConsumerGroupId", ANY),
    ("ScalingConfig", MAP),
    ("ProvisionedPollerConfig", MAP),
    ("SchemaRegistryConfig", MAP),
    ("BisectBatchOnFunctionError", ANY),
    ("LoggingConfig", ANY),
    ("MetricsConfig", MAP),
];

/// Checks that a mapping of properties has only known ones, all required ones, and values of the right kinds.
pub(super) fn check(kind: &str, properties: &Node, known: Properties) -> Outcome<()> {
    if !properties.is_mapping() && !properties.is_null() {
        return reject(properties.span, "'Properties' must be a mapping");
    }
    for entry in properties.entries() {
        let name = entry.key.as_str();
        let Some((_, kinds)) = known.iter().find(|(known, _)| *known == name) else {
            return reject(entry.key_span, format!("{kind} has no property '{name}'"));
        };
        let call = kinds & LITERAL == 0 && is_call(&entry.value);
        if !call && !fits(&entry.value, *kinds) {
            return reject(entry.value.span, format!("The value of property '{name}' has the wrong type"));
        }
    }
    let missing = known
        .iter()
        .find(|(name, kinds)| kinds & REQUIRED != 0 && properties.get(name).is_none_or(|value| value.is_null()));
    match missing {
        Some((name, _)) => reject(properties.span, format!("{kind} lacks its required property '{name}'")),
        None => Ok(()),
    }
}

fn fits(value: &Node, kinds: Kinds) -> bool {
    let wanted = kinds & !(REQUIRED | LITERAL);
    let kind = match &value.kind {
        NodeKind::Null => return true,
        NodeKind::Bool(_) => BOOL,
        NodeKind::Number(_) => INT,
        NodeKind::String(_) => STR,
        NodeKind::Sequence(_) => LIST,
        NodeKind::Mapping(_) => MAP,
    };
    wanted == ANY || wanted & kind != 0
}
