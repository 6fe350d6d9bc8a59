# METADATA
# title: "Let the services that send to an encrypted queue use its key"
# description: >-
#   SNS, S3 and EventBridge deliver to a queue with SSE-KMS only if the key policy gives their service
#   principal kms:GenerateDataKey* and kms:Decrypt. The policy of alias/aws/sqs is fixed and lets none in.
#   AWS default: no service may use a key.
# related_resources:
#   - https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
# custom:
#   id: sqs-key-allows-senders
#   severity: high
#   precision: high
#   profile: default
#   view: aws.sqs.delivery
#   remediation: >-
#     Encrypt the queue with SSE-SQS, or with a key whose policy allows the service kms:GenerateDataKey* and
#     kms:Decrypt, bound by aws:SourceAccount.
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.sqs.key_allows_senders

import data.sealint.lib.access

senders contains "sns.amazonaws.com" if input.topic

senders contains "events.amazonaws.com" if input.event_rule

senders contains "s3.amazonaws.com" if input.bucket

deny contains {
	"path": "key",
	"message": sprintf("%s sends to the queue, but the AWS managed key lets no service in", [service]),
} if {
	some service in senders
	input.key.managed_by == "aws"
}

deny contains {
	"path": "key",
	"message": sprintf("%s sends to the queue, but the policy of the key does not let it decrypt and make data keys", [service]),
} if {
	some service in senders
	input.key.managed_by == "customer"
	policy := input.key.policy
	not access.delivers(policy, service)
}
