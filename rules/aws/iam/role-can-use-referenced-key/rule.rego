# METADATA
# title: "Give roles the key permissions that their resources need"
# description: >-
#   A function that reads events from a queue, a stream or a table under a customer managed key does so with its
#   role, which needs kms:Decrypt in its policies or in the key's. Without it nothing is read, which shows only
#   when the first event comes. AWS default: a role may use no key.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
#   - https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
# custom:
#   id: role-can-use-referenced-key
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.lambda.event_source
#   remediation: >-
#     Allow the role of the function kms:Decrypt on the key, with kms:ViaService, or name the role in the key's
#     policy.
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.iam.role_can_use_referenced_key

# Managed policies of AWS that functions have, none of which allows anything of KMS.
# https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html
without_keys := `:iam::aws:policy/service-role/AWSLambda(Basic|SQSQueue|Kinesis|DynamoDB|VPCAccess)[A-Za-z]*$`

deny contains {"path": "source", "message": "neither the key's policy nor the role's lets the function decrypt what it reads"} if {
	input.function.role.here
	is_boolean(input.source.key.policy_stated)
	not key_lets_someone_in
	not role_decrypts
	not role_has_more
}

# A policy that names a role or a user may mean this role. Without a policy, IAM decides alone.
key_lets_someone_in if {
	some row in input.source.key.policy.reach.decrypt
	not row.kind in {"account", "service"}
}

key_lets_someone_in if input.source.key.policy.open

role_decrypts if {
	some document in input.function.role.documents
	some statement in document.value.statements
	statement.effect == "allow"
	statement.kms.decrypt
}

role_decrypts if {
	some document in input.function.role.documents
	document.value.open
}

# Managed policies whose statements are elsewhere.
role_has_more if {
	some managed in input.function.role.managed
	managed.value
	not is_known(managed.value)
}

is_known(policy) if regex.match(without_keys, policy.text)
