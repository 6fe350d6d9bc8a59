# METADATA
# title: "Encrypt stored mail with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt stored mail, can cut access off at once by disabling the key,
#   and see each use in CloudTrail. AWS default: Default of the bucket; archives an AWS owned key.
# custom:
#   id: ses-storage-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ses.receipt_rule
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_arn` in `s3_action`.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyArn` in `Rule.Actions.S3Action` or of an archive, `S3SseKmsKeyId` in
#       `WriteToS3`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ses.storage_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
