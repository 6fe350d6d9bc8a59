# METADATA
# title: "Encrypt WorkSpaces volumes with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt WorkSpaces volumes, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: alias/aws/workspaces.
# custom:
#   id: workspaces-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.workspaces.workspace
#   remediation:
#     terraform: "Name a customer managed key: `volume_encryption_key`."
#     cloudformation: "Name a customer managed key: `VolumeEncryptionKey`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.workspaces.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the WorkSpace's volume is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
