# METADATA
# title: "Encrypt AS2 messages"
# description: >-
#   AS2 connectors may be set to NONE or 3DES. AWS default: required attribute.
# custom:
#   id: transfer-connector-as2-encryption
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.transfer.server
#   remediation:
#     terraform: Set `encryption_algorithm = "AES256_CBC"` in `as2_config`.
#     cloudformation: "Set `EncryptionAlgorithm: AES256_CBC` in `As2Config`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.transfer.connector_as2_encryption

accepted := {"AES256_CBC", "AES192_CBC", "AES128_CBC"}

deny contains {"path": ["encryption_algorithm", i, "value"], "message": message} if {
	some i, item in input.encryption_algorithm
	value := item.value
	not value in accepted
	message := sprintf("messages are encrypted with %v only", [value])
}

deny contains {"path": ["encryption_algorithm", i, "value"], "message": "messages are not encrypted beyond the connection"} if {
	some i, item in input.encryption_algorithm
	not item.value
}
