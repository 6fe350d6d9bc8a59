# METADATA
# title: "Encrypt Connect recordings and streams with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Connect recordings and streams, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: bucket default.
# custom:
#   id: connect-storage-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.connect.instance_storage_config
#   remediation:
#     terraform: "Name a customer managed key: `key_id` in `storage_config.s3_config.encryption_config`."
#     cloudformation: "Name a customer managed key: `KeyId` in `S3Config.EncryptionConfig`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_269", "CKV_AWS_270"]}
package sealint.aws.connect.storage_cmk

import data.sealint.lib.key

message := "what Connect stores in S3 is not encrypted with a customer managed key"

deny contains {"path": "buckets", "message": message} if {
	input.storage_type == "S3"
	not has_bucket
}

has_bucket if {
	some place in input.buckets
	count(place.value) > 0
}

deny contains {"path": ["buckets", i, "value", j, "key"], "message": message} if {
	some i, place in input.buckets
	some j, bucket in place.value
	not key.is_customer(bucket.key)
}

deny contains {"path": ["stream_key", i, "value"], "message": "the video stream is not encrypted with a customer managed key"} if {
	some i, item in input.stream_key
	not key.is_customer(item.value)
}
