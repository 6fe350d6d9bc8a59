# METADATA
# title: "Encrypt the log group with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the log group, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: Encrypted with a service key.
# custom:
#   id: log-group-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.logs.log_group
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"config": ["cloudwatch-log-group-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_158"], "trivy": ["AWS-0017"], "cfn_nag": ["W84"], "regula": ["FG_R00068"], "cfn_guard": ["CLOUDWATCH_LOG_GROUP_ENCRYPTED"]}
package sealint.aws.logs.log_group_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
