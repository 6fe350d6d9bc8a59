# METADATA
# title: "Encrypt pipes and schedules with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt pipes and schedules, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: eventbridge-pipes-scheduler-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.events.pipe
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_identifier` of a pipe, `kms_key_arn` of a schedule."
#     cloudformation: "Name a customer managed key: `KmsKeyIdentifier` of a pipe, `KmsKeyArn` of a schedule."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_297"]}
package sealint.aws.events.eventbridge_pipes_scheduler_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
