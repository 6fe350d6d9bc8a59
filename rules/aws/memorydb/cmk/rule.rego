# METADATA
# title: "Encrypt MemoryDB with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt MemoryDB, can cut access off at once by disabling the key,
#   and see each use in CloudTrail. AWS default: service key.
# custom:
#   id: memorydb-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.memorydb.cluster
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_arn`."
#     cloudformation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_201", "CKV_AWS_278"]}
package sealint.aws.memorydb.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
