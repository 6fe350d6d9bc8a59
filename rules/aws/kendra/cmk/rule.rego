# METADATA
# title: "Encrypt Kendra indexes with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Kendra indexes, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: kendra-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.kendra.index
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id` in `server_side_encryption_configuration`."
#     cloudformation: "Name a customer managed key: `KmsKeyId` in `ServerSideEncryptionConfiguration`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_262"], "cfn_nag": ["W80"], "cfn_guard": ["KENDRA_INDEX_ENCRYPTION_KMS_KEY_ID_RULE"]}
package sealint.aws.kendra.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the index is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
