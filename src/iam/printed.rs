//! The keys under which AWS's command line prints policies.

/// The keys, in lower case: services differ in how they write them. Under some stands the policy itself, as an object or as
/// a text that holds one; under others what has a policy in it.
///
/// AWS CLI Command Reference, the output of: `kms get-key-policy`, `s3api get-bucket-policy`, `sns get-topic-attributes`,
/// `sqs get-queue-attributes`, `secretsmanager get-resource-policy`, `lambda get-policy`, `ecr get-repository-policy`,
/// `iam get-role`, `list-roles`, `get-role-policy`, `get-policy-version` and `get-account-authorization-details`,
/// `organizations describe-policy`, `ec2 describe-vpc-endpoints`, `logs describe-resource-policies`,
/// `glue get-resource-policy`, `opensearch describe-domain`, `ssm get-resource-policies`.
/// <https://docs.aws.amazon.com/cli/latest/reference/>
const KEYS: [&str; 21] = [
    "accesspolicies",
    "assumerolepolicydocument",
    "attributes",
    "content",
    "document",
    "domainstatus",
    "groupdetaillist",
    "keypolicy",
    "policies",
    "policy",
    "policydocument",
    "policyinjson",
    "policytext",
    "policyversion",
    "resourcepolicies",
    "resourcepolicy",
    "role",
    "roledetaillist",
    "roles",
    "userdetaillist",
    "vpcendpoints",
];

/// Whether there may be a policy under this key.
pub fn holds_policy(key: &str) -> bool {
    KEYS.iter().any(|known| known.eq_ignore_ascii_case(key))
}
