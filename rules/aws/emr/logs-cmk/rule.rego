# METADATA
# title: "Encrypt EMR logs, studios, templates and serverless logs with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt EMR logs, studios, templates and serverless logs, can cut
#   access off at once by disabling the key, and see each use in CloudTrail. AWS default: SSE-S3.
# custom:
#   id: emr-logs-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.emr.cluster
#   remediation:
#     terraform: >-
#       Name a customer managed key: `log_encryption_kms_key_id` of a cluster, `encryption_key_arn` of a studio and in
#       each part of `monitoring_configuration` of a serverless application, `kms_key_arn` of a job template.
#     cloudformation: >-
#       Name a customer managed key: `LogEncryptionKmsKeyId` of a cluster, `EncryptionKeyArn` of a studio and in each
#       part of `MonitoringConfiguration` of a serverless application.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.emr.logs_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	input.logs_to_s3
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": ["cloudwatch_log_key", i, "value"], "message": "the application's log in CloudWatch is not encrypted with a customer managed key"} if {
	some i, item in input.cloudwatch_log_key
	not key.is_customer(item.value)
}

deny contains {"path": ["managed_log_key", i, "value"], "message": "the application's managed log is not encrypted with a customer managed key"} if {
	some i, item in input.managed_log_key
	not key.is_customer(item.value)
}
