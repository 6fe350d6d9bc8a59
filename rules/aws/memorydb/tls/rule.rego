# METADATA
# title: "Encrypt MemoryDB traffic"
# description: >-
#   tls_enabled false is permanent for the cluster. AWS default: true.
# custom:
#   id: memorydb-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.memorydb.cluster
#   remediation:
#     terraform: Set `tls_enabled = true`.
#     cloudformation: "Set `TLSEnabled: true`."
#   fix: { set: { tls_enabled: true }, safe: false }
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_202"]}
package sealint.aws.memorydb.tls

deny contains {"path": "tls_enabled", "message": "clients reach the cluster in plain text"} if {
	not input.tls_enabled
}
