# METADATA
# title: "Encrypt Performance Insights data with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Performance Insights data, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: alias/aws/rds.
# custom:
#   id: rds-performance-insights-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.rds.instance
#   remediation:
#     terraform: >-
#       Name a customer managed key: `performance_insights_kms_key_id`.
#     cloudformation: >-
#       Name a customer managed key: `PerformanceInsightsKMSKeyId` of an instance, `PerformanceInsightsKmsKeyId` of a
#       cluster.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_354"], "trivy": ["AWS-0078"]}
package sealint.aws.rds.performance_insights_cmk

import data.sealint.lib.key

deny contains {
	"path": "insights_key",
	"message": "Performance Insights are not encrypted with a customer managed key",
} if {
	input.performance_insights
	not key.is_customer(input.insights_key)
}
