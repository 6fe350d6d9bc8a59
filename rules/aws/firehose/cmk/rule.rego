# METADATA
# title: "Encrypt the Firehose stream with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the Firehose stream, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: AWS owned key when on.
# custom:
#   id: firehose-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.firehose.delivery_stream
#   remediation:
#     terraform: "Name a customer managed key: `key_arn` in `server_side_encryption`."
#     cloudformation: "Name a customer managed key: `KeyARN` in `DeliveryStreamEncryptionConfigurationInput`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_241"]}
package sealint.aws.firehose.cmk

import data.sealint.lib.key

# A stream that reads from Kinesis or MSK stores nothing itself.
deny contains {"path": ["key", i, "value"], "message": "the stream is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
	not input.source
	input.source_type == "DirectPut"
}
