//! Service principals and service names.
//!
//! Source: service principals as the IAM user guide and the service guides name them; services that support
//! `kms:ViaService` from the KMS developer guide.

use super::{spelling, symbol};
use crate::partition::PARTITIONS;

/// What is known of services that call KMS.
pub struct Service {
    /// The first label of its principal.
    pub name: &'static str,
    /// Whether its principal needs a region (`logs.us-east-1.amazonaws.com`).
    pub regional: bool,
    /// Whether it calls KMS with the caller's permissions or by grants, never with its own principal.
    pub as_caller: bool,
    /// The encryption context that it always sends, if that can be pinned.
    pub context: Option<&'static str>,
}

const fn caller(name: &'static str, context: Option<&'static str>) -> Service {
    Service { name, regional: false, as_caller: true, context }
}

const fn own(name: &'static str, context: Option<&'static str>) -> Service {
    Service { name, regional: false, as_caller: false, context }
}

/// Services with a habit worth knowing.
const SERVICES: &[Service] = &[
    caller("dynamodb", Some("aws:dynamodb:tableName")),
    caller("secretsmanager", Some("SecretARN")),
    caller("lambda", Some("aws:lambda:FunctionArn")),
    caller("rds", None),
    caller("ec2", None),
    caller("elasticfilesystem", None),
    caller("kinesis", Some("aws:kinesis:arn")),
    caller("ssm", Some("PARAMETER_ARN")),
    Service { name: "logs", regional: true, as_caller: false, context: Some("aws:logs:arn") },
    own("cloudtrail", Some("aws:cloudtrail:arn")),
    own("s3", Some("aws:s3:arn")),
];

/// Names that people take for service principals, with the right ones.
const MISTAKEN: &[(&str, &str)] = &[
    ("cloudwatch-logs", "logs.<region>"),
    ("cloudwatchlogs", "logs.<region>"),
    ("cloudwatch-events", "events"),
    ("cloudwatchevents", "events"),
    ("eventbridge", "events"),
    ("cloud-trail", "cloudtrail"),
    ("cloud-front", "cloudfront"),
    ("cloud-formation", "cloudformation"),
    ("secrets-manager", "secretsmanager"),
    ("step-functions", "states"),
    ("stepfunctions", "states"),
    ("api-gateway", "apigateway"),
    ("kinesis-firehose", "firehose"),
    ("kinesisfirehose", "firehose"),
    ("dynamo-db", "dynamodb"),
    ("aurora", "rds"),
    ("ebs", "ec2"),
    ("efs", "elasticfilesystem"),
    ("emr", "elasticmapreduce"),
    ("elb", "elasticloadbalancing"),
    ("alb", "elasticloadbalancing"),
    ("opensearch", "opensearchservice"),
    ("elasticsearch", "es"),
    ("guard-duty", "guardduty"),
    ("security-hub", "securityhub"),
    ("code-build", "codebuild"),
    ("code-pipeline", "codepipeline"),
    ("auto-scaling", "autoscaling"),
    ("systems-manager", "ssm"),
    ("systemsmanager", "ssm"),
    ("simplenotification", "sns"),
    ("simplequeue", "sqs"),
];

/// First labels of service principals that exist. Not all of them: an absent name proves nothing.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "access-analyzer", "acm", "airflow", "airflow-env", "amplify", "apigateway", "appflow", "application-autoscaling",
    "appmesh", "apprunner", "appstream", "appsync", "athena", "auditmanager", "autoscaling", "backup", "batch",
    "bedrock", "billing", "budgets", "ce", "chatbot", "cloud9", "cloudformation", "cloudfront", "cloudhsm",
    "cloudsearch", "cloudtrail", "cloudwatch", "codebuild", "codecommit", "codedeploy", "codepipeline",
    "codestar-notifications", "cognito-idp", "config", "connect", "controltower", "costalerts", "databrew", "dax",
    "delivery", "detective", "devops-guru", "directconnect", "dlm", "dms", "ds", "dynamodb", "ec2", "ecr", "ecs",
    "ecs-tasks", "edgelambda", "eks", "elasticache", "elasticbeanstalk", "elasticfilesystem", "elasticloadbalancing",
    "elasticmapreduce", "email", "emr-serverless", "es", "events", "export", "firehose", "fms", "forecast", "fsx",
    "gamelift", "glacier", "globalaccelerator", "glue", "grafana", "greengrass", "guardduty", "health", "iam",
    "imagebuilder", "importexport", "inspector", "inspector2", "internetmonitor", "iot", "iotevents", "iotsitewise",
    "ivs", "kafka", "kendra", "kinesis", "kinesisanalytics", "kms", "lakeformation", "lambda", "lex", "lexv2",
    "license-manager", "lightsail", "logdelivery", "logs", "macie", "malware-protection-plan", "mediaconvert",
    "medialive", "mediastore", "memorydb", "mgn", "monitoring", "mq", "neptune", "network-firewall",
    "opensearchservice", "opensearchserverless", "opsworks", "organizations", "osis", "pipes", "polly",
    "prod", "qldb", "quicksight", "ram", "rds", "redshift", "redshift-serverless", "redshift-data", "rekognition",
    "replication", "resource-groups", "robomaker", "rolesanywhere", "route53", "route53resolver", "s3",
    "s3-object-lambda", "s3-outposts", "sagemaker", "scheduler", "secretsmanager", "securityhub", "securitylake",
    "serverlessrepo", "servicecatalog", "servicediscovery", "ses", "shield", "signer", "sms", "sms-voice", "sns",
    "spot", "spotfleet", "sqs", "ssm", "ssm-incidents", "sso", "states", "storagegateway", "streams", "support",
    "swf", "synthetics", "tagging", "textract", "timestream", "transcribe", "transfer", "translate",
    "trustedadvisor", "verifiedpermissions", "vmie", "vpc-flow-logs", "waf", "wafv2", "wellarchitected", "workmail",
    "workspaces", "workspaces-web", "xray", "aps", "cassandra", "comprehend", "datasync", "dms-vpc-role", "docdb",
    "finspace", "healthlake", "honeycode", "nimble", "outposts", "panorama", "profile", "rum", "simspaceweaver",
    "snowball", "wisdom", "macie2", "codeartifact", "codeguru-reviewer", "lookoutmetrics", "lookoutequipment",
    "lookoutvision", "personalize", "voiceid", "frauddetector", "geo", "appconfig", "evidently", "m2",
    "vpc-lattice", "resiliencehub", "omics", "entityresolution", "cleanrooms", "datazone", "payment-cryptography",
    "q", "qbusiness", "qapps", "deadline", "b2bi", "notifications", "cur", "bcm-data-exports", "apidestinations",
    "ssm-quicksetup", "tax", "dsql", "s3tables", "s3vectors", "bedrock-agentcore", "maintenance", "managedservices",
];

/// What is wrong with a service principal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It is not of the form `service.amazonaws.com`.
    Form,
    /// There is no such service; this one may be meant.
    Unknown(&'static str),
    /// The service documents its principal with a region.
    NeedsRegion(&'static str),
}

/// The habits of the service with this principal, if they are worth knowing.
pub fn habits(principal: &str) -> Option<&'static Service> {
    let name = label(principal)?;
    SERVICES.iter().find(|service| service.name == name)
}

/// What is wrong with a service principal, if that is certain.
pub fn fault(principal: &str) -> Option<Fault> {
    if symbol::has(principal) {
        return None;
    }
    let lower = principal.to_ascii_lowercase();
    let Some(name) = label(&lower) else { return Some(Fault::Form) };
    if let Some((_, right)) = MISTAKEN.iter().find(|(wrong, _)| *wrong == name) {
        return Some(Fault::Unknown(right));
    }
    if let Some(service) = SERVICES.iter().find(|service| service.name == name) {
        let bare = stem(&lower).is_some_and(|stem| stem == name);
        return (service.regional && bare).then_some(Fault::NeedsRegion(service.name));
    }
    let bare = stem(&lower).filter(|stem| *stem == name)?;
    meant(bare).map(Fault::Unknown)
}

/// The name that a misspelt one most likely means: at most two letters away.
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    spelling::nearest(name, names, 2).filter(|best| best.len() > 3)
}

/// The domains of service principals besides those of partitions.
const OTHER_DOMAINS: [&str; 4] = ["aws.internal", "aws.amazon.com", "amazon.com", "aws.com"];

/// What stands before `.amazonaws.com` or another domain of services.
fn stem(principal: &str) -> Option<&str> {
    let domains = PARTITIONS.iter().map(|partition| partition.suffix).chain(OTHER_DOMAINS);
    domains
        .filter_map(|domain| principal.strip_suffix(domain)?.strip_suffix('.'))
        .next()
        .filter(|stem| !stem.is_empty() && stem.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)))
}

/// The service's own label of a principal: `logs` of `logs.us-east-1.amazonaws.com`.
fn label(principal: &str) -> Option<&str> {
    if let Some(stem) = stem(principal) {
        return stem.split('.').next();
    }
    // The region may be a symbol.
    let (name, rest) = principal.split_once('.')?;
    (symbol::has(rest) && !symbol::has(name)).then_some(name)
}

/// The service that a name which is none most likely means; `None` for names that may exist.
pub fn meant(name: &str) -> Option<&'static str> {
    if KNOWN.contains(&name) || name.len() < 5 { None } else { nearest(name, KNOWN.iter().copied()) }
}

/// Accounts of AWS that write the access logs of load balancers (Elastic Load Balancing user guide), sorted.
#[rustfmt::skip]
const LOAD_BALANCING: &[&str] = &[
    "009996457667", "027434742980", "033677994240", "037604701340", "048591011584", "054676820928", "076674570225",
    "098369216593", "114774131450", "127311923021", "156460612806", "190560391635", "383597477331", "507241528517",
    "582318560864", "589379963580", "600734575887", "635631232127", "638102146993", "652711504416", "718504428378",
    "754344448648", "783225319266", "797873946194", "897822967062", "985666609251",
];

/// Whether an account is one of AWS's own that policies name for a service.
pub fn is_aws_account(account: &str) -> bool {
    LOAD_BALANCING.binary_search(&account).is_ok() || account == "cloudfront"
}

#[cfg(test)]
mod tests {
    use super::LOAD_BALANCING;

    #[test]
    fn accounts_are_sorted() {
        assert!(LOAD_BALANCING.is_sorted());
    }
}
