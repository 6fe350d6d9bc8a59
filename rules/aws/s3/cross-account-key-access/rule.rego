# METADATA
# title: "Let other accounts that a policy names use the key too"
# description: >-
#   A policy of a bucket, secret, queue or topic that lets another account in needs a customer managed key whose policy
#   names that account as well. AWS managed keys never work across accounts: the request fails. AWS default: no other
#   account.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
# custom:
#   id: cross-account-key-access
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.shared
#   remediation: >-
#     Encrypt with a customer managed key, and allow the other account kms:Decrypt in its policy; to send to a queue or
#     topic it needs kms:GenerateDataKey as well.
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.s3.cross_account_key_access

# The accounts outside this one that the policy lets in.
guests contains account if {
	some principal in input.bucket_policy.reach.foreign
	some account in regex.find_n(`[0-9]{12}`, principal, 1)
}

# Requests for attributes and subscriptions do without the key.
guests contains account if {
	some account in accounts(input.secret_policy, `^(\*|secretsmanager:(\*|get\*|getsecret.*|batchget.*|put.*|update.*))$`)
}

guests contains account if {
	some account in accounts(input.queue_policy, `^(\*|sqs:(\*|send.*|receive.*))$`)
}

guests contains account if {
	some account in accounts(input.topic_policy, `^(\*|sns:(\*|pub.*))$`)
}

# The accounts outside this one whose principals a policy allows such an action.
accounts(policy, actions) := {account |
	some principal in policy.reach.foreign
	some statement in policy.statements
	statement.effect == "allow"
	statement.principals[_].id == principal
	regex.match(actions, lower(statement.actions[_]))
	some account in regex.find_n(`[0-9]{12}`, principal, 1)
}

deny contains {
	"path": "key",
	"message": sprintf("the policy of the %s lets account %s in, but the AWS managed key cannot be used from there", [input.subject, account]),
} if {
	some account in guests
	is_aws_managed
}

is_aws_managed if {
	uses_key
	input.key.managed_by == "aws"
}

# Where nothing else is said, KMS takes the AWS managed key.
is_aws_managed if {
	startswith(input.algorithm, "aws:kms")
	not input.key
}

deny contains {
	"path": "key",
	"message": sprintf("the policy of the %s lets account %s in, but the policy of the key does not", [input.subject, account]),
} if {
	some account in guests
	uses_key
	policy := input.key.policy
	not lets_in(policy, account)
}

uses_key if startswith(input.algorithm, "aws:kms")

uses_key if input.subject in {"queue", "topic"}

lets_in(policy, account) if {
	some row in policy.reach.decrypt
	contains(row.principal, account)
}

lets_in(policy, _) if {
	some row in policy.reach.decrypt
	row.kind == "everyone"
}
