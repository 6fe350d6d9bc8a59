# METADATA
# title: "Encrypt the FSx file system with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the FSx file system, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: alias/aws/fsx; always encrypted. Lustre SCRATCH types use a
#   service key only.
# custom:
#   id: fsx-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.fsx.file_system
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_178", "CKV_AWS_179", "CKV_AWS_190", "CKV_AWS_203"]}
package sealint.aws.fsx.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	not takes_no_key
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

takes_no_key if {
	input.kind == "LUSTRE"
	input.deployment in {"SCRATCH_1", "SCRATCH_2"}
}
