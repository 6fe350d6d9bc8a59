//! Policies that AWS manages and that everybody attaches, as far as they matter here.
//!
//! <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>

use crate::iam::context::Context;
use crate::iam::document::{self, PolicyDocument};
use crate::iam::kind::PolicyKind;
use crate::value::Value;

/// The names of the policies, with the element of their statement and its actions on all resources. Of policies with
/// more than one statement, these are the actions on keys, buckets, topics, queues and secrets.
const POLICIES: [(&str, &str, &[&str]); 11] = [
    ("AdministratorAccess", "Action", &["*"]),
    ("PowerUserAccess", "NotAction", &["iam:*", "organizations:*", "account:*"]),
    (
        "AWSKeyManagementServicePowerUser",
        "Action",
        &[
            "kms:CreateAlias",
            "kms:CreateKey",
            "kms:DeleteAlias",
            "kms:Describe*",
            "kms:GenerateRandom",
            "kms:Get*",
            "kms:List*",
            "kms:TagResource",
            "kms:UntagResource",
        ],
    ),
    ("AmazonS3FullAccess", "Action", &["s3:*", "s3-object-lambda:*"]),
    ("AmazonS3ReadOnlyAccess", "Action", &["s3:Get*", "s3:List*", "s3:Describe*"]),
    ("AmazonSNSFullAccess", "Action", &["sns:*"]),
    ("AmazonSNSReadOnlyAccess", "Action", &["sns:GetTopicAttributes", "sns:List*"]),
    ("AmazonSQSFullAccess", "Action", &["sqs:*"]),
    ("AmazonSQSReadOnlyAccess", "Action", &["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueues"]),
    ("SecretsManagerReadWrite", "Action", &["secretsmanager:*", "kms:DescribeKey", "kms:ListAliases", "kms:ListKeys"]),
    (
        "ReadOnlyAccess",
        "Action",
        &["kms:Describe*", "kms:Get*", "kms:List*", "s3:DescribeJob", "s3:Get*", "s3:List*", "sns:Get*", "sns:List*"],
    ),
];

/// The policy of this ARN, if it is one of those.
pub(super) fn policy(arn: &str) -> Option<PolicyDocument> {
    let name = arn.split_once(":iam::aws:policy/").map(|(_, name)| name.rsplit('/').next().unwrap_or(name))?;
    let (name, element, actions) = POLICIES.iter().find(|(known, ..)| *known == name)?;
    let actions = Value::list(actions.iter().map(Value::string).collect());
    let statement = Value::from_pairs([
        ("Sid", Value::string(name)),
        ("Effect", Value::string("Allow")),
        (*element, actions),
        ("Resource", Value::string("*")),
    ]);
    let policy = Value::from_pairs([("Version", Value::string("2012-10-17")), ("Statement", statement)]);
    Some(document::read(&policy, PolicyKind::Identity, &Context::default()))
}
