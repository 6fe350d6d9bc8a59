# METADATA
# title: "Let the services that publish to an encrypted topic use its key"
# description: >-
#   A service publishes to an encrypted topic only if the key policy gives its service principal
#   kms:GenerateDataKey* and kms:Decrypt. The policy of alias/aws/sns is fixed and lets none in: messages are
#   dropped. AWS default: no service may use a key.
# related_resources:
#   - https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
# custom:
#   id: sns-key-allows-publishers
#   severity: high
#   precision: high
#   profile: default
#   view: aws.sns.delivery
#   remediation: >-
#     Encrypt the topic with a key whose policy allows the service kms:GenerateDataKey* and kms:Decrypt, bound
#     by aws:SourceAccount.
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.sns.key_allows_publishers

import data.sealint.lib.access

senders contains "cloudwatch.amazonaws.com" if input.alarm

senders contains "budgets.amazonaws.com" if input.budget

senders contains "events.amazonaws.com" if input.event_rule

senders contains "s3.amazonaws.com" if input.bucket

deny contains {
	"path": "key",
	"message": sprintf("%s publishes to the topic, but the AWS managed key lets no service in", [service]),
} if {
	some service in senders
	input.key.managed_by == "aws"
}

deny contains {
	"path": "key",
	"message": sprintf("%s publishes to the topic, but the policy of the key does not let it decrypt and make data keys", [service]),
} if {
	some service in senders
	input.key.managed_by == "customer"
	policy := input.key.policy
	not access.delivers(policy, service)
}
