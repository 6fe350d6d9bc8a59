# METADATA
# title: "Encrypt Firehose streams"
# description: >-
#   Direct PUT streams buffer without encryption unless SSE is on. AWS default: Off.
# custom:
#   id: firehose-sse
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.firehose.delivery_stream
#   remediation: >-
#     Encrypt Firehose streams: `server_side_encryption.enabled = true` (Terraform),
#     `DeliveryStreamEncryptionConfigurationInput.KeyType = CUSTOMER_MANAGED_CMK` (CloudFormation).
#   frameworks: {"fsbp": ["DataFirehose.1"], "config": ["kinesis-firehose-delivery-stream-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_240"], "cfn_nag": ["W88"], "cfn_guard": ["KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTION_RULE"]}
package sealint.aws.firehose.sse

deny contains {"path": ["enabled", i, "value"], "message": "records wait in the stream unencrypted"} if {
	some i, item in input.enabled
	not item.value
	not input.source
	input.source_type == "DirectPut"
}
