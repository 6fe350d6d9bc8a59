//! What sort of policy a document is.

use super::arn::Arn;
use super::document;
use crate::value::Value;

/// The sorts of policies.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PolicyKind {
    /// The policy of a KMS key.
    Key,
    /// The policy of an S3 bucket.
    Bucket,
    /// A policy of a role, user or group.
    Identity,
    /// Who may assume a role.
    Trust,
    /// The policy of an SNS topic.
    Topic,
    /// The policy of an SQS queue.
    Queue,
    /// The policy of a secret.
    Secret,
    /// The policy of another resource.
    Resource,
    /// A KMS grant: no policy document, but the arguments with which it is created.
    Grant,
}

impl PolicyKind {
    /// All kinds.
    pub const ALL: [PolicyKind; 9] = [
        PolicyKind::Key,
        PolicyKind::Bucket,
        PolicyKind::Identity,
        PolicyKind::Trust,
        PolicyKind::Topic,
        PolicyKind::Queue,
        PolicyKind::Secret,
        PolicyKind::Resource,
        PolicyKind::Grant,
    ];

    /// Its name: `key`, `bucket`, `identity`.
    pub fn as_str(self) -> &'static str {
        match self {
            PolicyKind::Key => "key",
            PolicyKind::Bucket => "bucket",
            PolicyKind::Identity => "identity",
            PolicyKind::Trust => "trust",
            PolicyKind::Topic => "topic",
            PolicyKind::Queue => "queue",
            PolicyKind::Secret => "secret",
            PolicyKind::Resource => "resource",
            PolicyKind::Grant => "grant",
        }
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<PolicyKind> {
        PolicyKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The prefix of the actions that it decides, if it decides those of one service only.
    pub fn service(self) -> Option<&'static str> {
        match self {
            PolicyKind::Key | PolicyKind::Grant => Some("kms"),
            PolicyKind::Bucket => Some("s3"),
            PolicyKind::Trust => Some("sts"),
            PolicyKind::Topic => Some("sns"),
            PolicyKind::Queue => Some("sqs"),
            PolicyKind::Secret => Some("secretsmanager"),
            PolicyKind::Identity | PolicyKind::Resource => None,
        }
    }

    /// Whether its statements name principals.
    pub fn has_principals(self) -> bool {
        !matches!(self, PolicyKind::Identity | PolicyKind::Grant)
    }
}

/// The words in file names that say what sort of policy is inside, where its statements do not.
const NAMED: [(&str, PolicyKind); 8] = [
    ("bucket-policy", PolicyKind::Bucket),
    ("key-policy", PolicyKind::Key),
    ("queue-policy", PolicyKind::Queue),
    ("topic-policy", PolicyKind::Topic),
    ("secret-policy", PolicyKind::Secret),
    ("trust-policy", PolicyKind::Trust),
    ("assume-role", PolicyKind::Trust),
    ("repository-policy", PolicyKind::Resource),
];

/// What sort of policy a document most likely is; `None` if the value is no policy document at all.
///
/// A policy without principals is an identity policy; with principals, the prefixes of its actions decide, or the services
/// of its resources. Where no statement lists an action of a service, `name`, the file's, may tell.
pub fn infer(policy: &Value, name: &str) -> Option<PolicyKind> {
    let body = document::open(policy)?;
    let statement = body.get("Statement")?;
    let statements = match statement.as_list() {
        Some(items) => items,
        None => std::slice::from_ref(statement),
    };
    let maps = || statements.iter().filter_map(Value::as_map);
    if !maps().any(|body| body.contains_key("Effect")) {
        return None;
    }
    let has_principals = maps().any(|body| body.contains_key("Principal") || body.contains_key("NotPrincipal"));
    let strings = |name: &str| {
        let values = maps().filter_map(|body| body.get(name)).map(|entry| &entry.value);
        let items = values.flat_map(|value| value.as_list().unwrap_or(std::slice::from_ref(value)));
        items.filter_map(Value::as_str).collect::<Vec<_>>()
    };
    let actions = [strings("Action"), strings("NotAction")].concat();
    let named = || {
        let name = name.to_ascii_lowercase().replace('_', "-");
        NAMED.into_iter().find(|(word, _)| name.contains(word)).map(|(_, kind)| kind)
    };
    if !has_principals {
        return named().filter(|_| actions.is_empty()).or(Some(PolicyKind::Identity));
    }
    let mut prefixes: Vec<&str> = actions.iter().filter_map(|text| Some(text.split_once(':')?.0)).collect();
    if prefixes.is_empty() {
        // Where any action is meant, the resources tell.
        let resources = [strings("Resource"), strings("NotResource")].concat();
        prefixes = resources.iter().filter_map(|text| Some(Arn::parse(text)?.service)).collect();
    }
    let is = |service: &str| prefixes.iter().any(|prefix| prefix.eq_ignore_ascii_case(service));
    let of_service = [
        PolicyKind::Key,
        PolicyKind::Bucket,
        PolicyKind::Topic,
        PolicyKind::Queue,
        PolicyKind::Secret,
        PolicyKind::Trust,
    ]
    .into_iter()
    .find(|kind| kind.service().is_some_and(is));
    of_service.or_else(|| named().filter(|_| prefixes.is_empty())).or(Some(PolicyKind::Resource))
}
