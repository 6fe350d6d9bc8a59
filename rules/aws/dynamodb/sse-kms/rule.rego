# METADATA
# title: "Use a KMS key (managed or own) for DynamoDB"
# description: >-
#   SSEEnabled true moves the table from the AWS owned key to one that shows in CloudTrail. AWS default:
#   AWS owned key.
# custom:
#   id: dynamodb-sse-kms
#   severity: low
#   precision: very-high
#   profile: strict
#   view: aws.dynamodb.table
#   remediation:
#     terraform: Set `enabled = true` in `server_side_encryption`.
#     cloudformation: "Set `SSEEnabled: true` in `SSESpecification`."
#   fix: { set: { encryption.kms: true }, safe: false }
#   frameworks: {"config": ["dynamodb-table-encryption-enabled"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"trivy": ["AWS-0121"], "regula": ["FG_R00069"], "cfn_guard": ["DYNAMODB_TABLE_MUST_BE_ENCRYPTED"]}
package sealint.aws.dynamodb.sse_kms

deny contains {
	"path": "encryption.kms",
	"message": "the table is encrypted with a key that AWS owns, not with a KMS key of this account",
} if {
	not input.encryption.kms
}
