# METADATA
# title: "Use TLS between connectors, replicators and brokers"
# description: >-
#   Connectors default to plain text. AWS default: PLAINTEXT.
# custom:
#   id: msk-connect-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.msk.connector
#   remediation:
#     terraform: Set `encryption_type = "TLS"` in `kafka_cluster_encryption_in_transit`.
#     cloudformation: "Set `EncryptionType: TLS` in `KafkaClusterEncryptionInTransit`."
#   frameworks: {"fsbp": ["MSK.3"], "config": ["msk-connect-connector-encrypted"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.msk.connect_tls

accepted := {"TLS"}

deny contains {"path": ["encryption_type", i, "value"], "message": message} if {
	some i, item in input.encryption_type
	value := item.value
	not value in accepted
	message := sprintf("brokers are reached in plain text (%v)", [value])
}

deny contains {"path": ["encryption_type", i, "value"], "message": "brokers are reached in plain text"} if {
	some i, item in input.encryption_type
	not item.value
}

deny contains {"path": ["other_encryption_type", i, "value"], "message": message} if {
	some i, item in input.other_encryption_type
	value := item.value
	not value in accepted
	message := sprintf("brokers are reached in plain text (%v)", [value])
}
