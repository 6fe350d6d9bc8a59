# METADATA
# title: "Keep the data key reuse period short"
# description: >-
#   The period (60 to 86400 s, default 300) is how long a revoked key keeps working. AWS default: 300.
# custom:
#   id: sqs-data-key-reuse
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.sqs.queue
#   remediation:
#     terraform: Set `kms_data_key_reuse_period_seconds` to 3600 or less.
#     cloudformation: Set `KmsDataKeyReusePeriodSeconds` to 3600 or less.
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.sqs.data_key_reuse

deny contains {"path": ["kms_data_key_reuse_period_seconds", i, "value"], "message": "a data key is used for more than an hour"} if {
	some i, item in input.kms_data_key_reuse_period_seconds
	item.value > 3600
	input.has_key
}
