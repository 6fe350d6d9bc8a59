# METADATA
# title: "Encrypt the DynamoDB table with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the DynamoDB table, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: Encrypted with an AWS owned key (no cost, not visible).
#   enabled true without a key: AWS managed key aws/dynamodb.
# custom:
#   id: dynamodb-cmk
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.dynamodb.table
#   remediation:
#     terraform: Set `enabled = true` and `kms_key_arn` in `server_side_encryption`.
#     cloudformation: "Set `SSEEnabled: true`, `SSEType: KMS` and `KMSMasterKeyId` in `SSESpecification`."
#   frameworks: {"config": ["dynamodb-table-encrypted-kms"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_119", "CKV_AWS_271"], "trivy": ["AWS-0025"], "cfn_nag": ["W74"], "regula": ["FG_R00069"], "cfn_guard": ["DYNAMODB_TABLE_ENCRYPTED_KMS"]}
package sealint.aws.dynamodb.cmk

import data.sealint.lib.key

deny contains {"path": "encryption.key", "message": "the table is not encrypted with a customer managed key"} if {
	not key.is_customer(input.encryption.key)
	not replicas_decide
}

replicas_decide if {
	input.per_replica
	count(input.replicas) > 0
}

deny contains {"path": "encryption.kms", "message": "the key has no effect: server-side encryption with KMS is off"} if {
	key.is_customer(input.encryption.key)
	not input.encryption.kms
}

deny contains {
	"path": ["replicas", i, "key"],
	"message": "a replica of the table is not encrypted with a customer managed key",
} if {
	some i, replica in input.replicas
	not key.is_customer(replica.key)
}
