# METADATA
# title: "Encrypt centralized log copies with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt centralized log copies, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: observability-centralization-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.observabilityadmin.organization_centralization_rule
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_arn` in
#       `rule.destination.destination_logs_configuration.logs_encryption_configuration`.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyArn` in
#       `Rule.Destination.DestinationLogsConfiguration.LogsEncryptionConfiguration`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.observabilityadmin.observability_centralization_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": ["backup_key", i, "value"], "message": "the backup of the central logs is not encrypted with a customer managed key"} if {
	some i, item in input.backup_key
	not key.is_customer(item.value)
}
