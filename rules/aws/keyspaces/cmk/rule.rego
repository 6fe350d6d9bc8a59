# METADATA
# title: "Encrypt Keyspaces tables with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Keyspaces tables, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: keyspaces-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.keyspaces.table
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_identifier` in `encryption_specification`."
#     cloudformation: "Name a customer managed key: `KmsKeyIdentifier` in `EncryptionSpecification`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_265"]}
package sealint.aws.keyspaces.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the table is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
