# METADATA
# title: "Let CloudWatch Logs use the key of the log group"
# description: >-
#   CloudWatch Logs encrypts with its own principal: creating the log group, or writing to it later, fails
#   unless the key policy lets logs.REGION.amazonaws.com in. AWS default: no service may use a key.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
# custom:
#   id: log-group-key-allows-logs
#   severity: high
#   precision: high
#   profile: default
#   view: aws.logs.key_use
#   remediation: >-
#     Allow logs.REGION.amazonaws.com kms:Encrypt*, kms:Decrypt*, kms:ReEncrypt*, kms:GenerateDataKey* and
#     kms:Describe*, with ArnLike on kms:EncryptionContext:aws:logs:arn.
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.logs.key_allows_logs

import data.sealint.lib.access

deny contains {
	"path": "key",
	"message": "the policy of the key does not let CloudWatch Logs decrypt and make data keys",
} if {
	policy := input.key.policy
	not access.delivers(policy, "logs.amazonaws.com")
}
