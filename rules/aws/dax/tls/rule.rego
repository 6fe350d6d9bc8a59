# METADATA
# title: "Encrypt DAX traffic"
# description: >-
#   The endpoint type is fixed at creation. AWS default: NONE.
# custom:
#   id: dax-tls
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.dax.cluster
#   remediation:
#     terraform: Set `cluster_endpoint_encryption_type = "TLS"`.
#     cloudformation: "Set `ClusterEndpointEncryptionType: TLS`."
#   frameworks: {"fsbp": ["DynamoDB.7"], "config": ["dax-tls-endpoint-encryption"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_239"]}
package sealint.aws.dax.tls

accepted := {"TLS"}

deny contains {"path": "cluster_endpoint_encryption_type", "message": message} if {
	value := input.cluster_endpoint_encryption_type
	not value in accepted
	message := sprintf("clients reach the cache in plain text (%v)", [value])
}

deny contains {"path": "cluster_endpoint_encryption_type", "message": "clients reach the cache in plain text"} if {
	not input.cluster_endpoint_encryption_type
}
