# METADATA
# title: "Let CloudTrail use the key of the trail"
# description: >-
#   CloudTrail encrypts log files with its own principal and writes none unless the key policy lets it make
#   data keys. AWS default: no service may use a key.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
# custom:
#   id: cloudtrail-key-allows-cloudtrail
#   severity: high
#   precision: high
#   profile: default
#   view: aws.cloudtrail.key_use
#   remediation: >-
#     Allow cloudtrail.amazonaws.com kms:GenerateDataKey*, bound by aws:SourceArn of the trail, and
#     kms:DescribeKey.
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.cloudtrail.key_allows_cloudtrail

import data.sealint.lib.access

deny contains {
	"path": "key",
	"message": "the policy of the key does not let CloudTrail make data keys",
} if {
	policy := input.key.policy
	not access.makes_data_keys(policy, "cloudtrail.amazonaws.com")
}
