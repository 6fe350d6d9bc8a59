# METADATA
# title: "Encrypt broker volumes with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt broker volumes, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: alias/aws/kafka.
# custom:
#   id: msk-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.msk.cluster
#   remediation:
#     terraform: "Name a customer managed key: `encryption_at_rest_kms_key_arn` in `encryption_info`."
#     cloudformation: "Name a customer managed key: `DataVolumeKMSKeyId` in `EncryptionInfo.EncryptionAtRest`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_81"], "trivy": ["AWS-0179"]}
package sealint.aws.msk.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the brokers' storage is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
