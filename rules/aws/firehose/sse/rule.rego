# METADATA
# title: "Encrypt Firehose streams"
# description: >-
#   Producers put records into the stream directly, and it keeps them until they are delivered: without server-side
#   encryption they lie there as they came. A stream that reads from Kinesis or MSK is encrypted where it reads.
# related_resources:
#   - https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
# custom:
#   id: firehose-sse
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.firehose.delivery_stream
#   remediation:
#     terraform: Set `enabled = true` in `server_side_encryption`.
#     cloudformation: Set `KeyType` in `DeliveryStreamEncryptionConfigurationInput`.
#   frameworks: {"fsbp": ["DataFirehose.1"], "config": ["kinesis-firehose-delivery-stream-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_240"], "cfn_nag": ["W88"], "cfn_guard": ["KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTION_RULE"]}
package sealint.aws.firehose.sse

deny contains {"path": ["encrypted", i, "value"], "message": "records wait in the stream without encryption"} if {
	some i, item in input.encrypted
	not item.value
	not input.source
	input.source_type == "DirectPut"
}
