# METADATA
# title: "Allow only TLS between clients and brokers"
# description: >-
#   client_broker TLS_PLAINTEXT or PLAINTEXT accepts plain clients; in_cluster false leaves replication
#   plain. AWS default: client_broker TLS and in_cluster true when the block or attribute is absent.
# custom:
#   id: msk-encryption-in-transit
#   severity: high
#   precision: high
#   profile: default
#   view: aws.msk.cluster
#   remediation:
#     terraform: >-
#       Allow only TLS between clients and brokers, and between brokers: `client_broker = "TLS"` and
#       `in_cluster = true` in `encryption_info.encryption_in_transit`.
#     cloudformation: >-
#       Allow only TLS between clients and brokers, and between brokers: `ClientBroker: TLS` and `InCluster:
#       true` in `EncryptionInfo.EncryptionInTransit`.
#   frameworks: {"fsbp": ["MSK.1"], "config": ["msk-in-cluster-node-require-tls"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_81"], "trivy": ["AWS-0073"]}
package sealint.aws.msk.encryption_in_transit

accepted := {"TLS"}

deny contains {"path": ["client_broker", i, "value"], "message": message} if {
	some i, item in input.client_broker
	value := item.value
	not value in accepted
	message := sprintf("clients may reach the brokers in plain text: %v", [value])
}

deny contains {"path": "in_cluster", "message": "the brokers replicate to each other in plain text"} if {
	not input.in_cluster
}
