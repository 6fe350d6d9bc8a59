# METADATA
# title: "Encrypt the EFS file system and its replica with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the EFS file system and its replica, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: alias/aws/elasticfilesystem.
# custom:
#   id: efs-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.efs.file_system
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_184"]}
package sealint.aws.efs.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": ["replica_key", i, "value"], "message": "the replica is not encrypted with a customer managed key"} if {
	some i, item in input.replica_key
	not key.is_customer(item.value)
}
