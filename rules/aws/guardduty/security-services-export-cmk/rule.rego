# METADATA
# title: "Encrypt findings and audit exports with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt findings and audit exports, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: GuardDuty and Macie demand a key; others AWS owned.
# custom:
#   id: security-services-export-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.guardduty.publishing_destination
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_arn`, of Audit Manager `kms_key`, of a data lake `kms_key_id` in
#       `encryption_configuration`.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyArn` in `DestinationProperties`, of a data lake `KmsKeyId` in
#       `EncryptionConfiguration`, of a connector `KmsKeyArn`.
#   frameworks: {"nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
package sealint.aws.guardduty.security_services_export_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
