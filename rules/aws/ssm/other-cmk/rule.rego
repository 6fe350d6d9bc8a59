# METADATA
# title: "Encrypt Systems Manager exports, incidents and recordings with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Systems Manager exports, incidents and recordings, can cut
#   access off at once by disabling the key, and see each use in CloudTrail. AWS default: Default of the bucket / AWS
#   owned key.
# custom:
#   id: ssm-other-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ssm.resource_data_sync
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_arn` in `s3_destination`, or in each region of a replication set.
#     cloudformation: >-
#       Name a customer managed key: `KMSKeyArn` in `S3Destination` or `ConnectionRecordingPreferences`, `SseKmsKeyId`
#       in `RegionConfiguration`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ssm.other_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": "old_key", "message": message} if {
	input.old_bucket
	not key.is_customer(input.old_key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
