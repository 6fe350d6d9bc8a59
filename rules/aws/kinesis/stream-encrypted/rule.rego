# METADATA
# title: "Encrypt Kinesis data streams"
# description: >-
#   Off unless set. AWS default: NONE.
# custom:
#   id: kinesis-stream-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.kinesis.stream
#   remediation:
#     terraform: Set `encryption_type = "KMS"`.
#     cloudformation: "Set `EncryptionType: KMS` in `StreamEncryption`."
#   frameworks: {"fsbp": ["Kinesis.1"], "config": ["kinesis-stream-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_43"], "trivy": ["AWS-0064"], "cfn_nag": ["W49"], "cfn_guard": ["KINESIS_STREAM_ENCRYPTION_RULE"]}
package sealint.aws.kinesis.stream_encrypted

accepted := {"KMS"}

deny contains {"path": ["encryption_type", i, "value"], "message": message} if {
	some i, item in input.encryption_type
	value := item.value
	not value in accepted
	message := sprintf("records lie in the stream without encryption (%v)", [value])
}

deny contains {"path": ["encryption_type", i, "value"], "message": "records lie in the stream without encryption"} if {
	some i, item in input.encryption_type
	not item.value
}
