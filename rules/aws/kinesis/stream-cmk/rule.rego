# METADATA
# title: "Encrypt the data stream with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the data stream, can cut access off at once by disabling the
#   key, and see each use in CloudTrail.
# custom:
#   id: kinesis-stream-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.kinesis.stream
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KeyId` in `StreamEncryption`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_185"]}
package sealint.aws.kinesis.stream_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the stream is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
