# METADATA
# title: "Encrypt Deadline farms, studios and EVS with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Deadline farms, studios and EVS, can cut access off at once
#   by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: evs-deadline-nimble-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.deadline.farm
#   remediation: >-
#     Name a customer managed key: `KmsKeyArn` of a farm, `KmsKeyArn` in `StreamsKmsKey` of a mission profile, `KeyArn`
#     in `StudioEncryptionConfiguration` of a studio, `KmsKeyId` of an EVS environment.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.deadline.evs_deadline_nimble_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
