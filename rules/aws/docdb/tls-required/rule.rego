# METADATA
# title: "Keep TLS required in DocumentDB parameter groups"
# description: >-
#   TLS is on by default; the parameter tls disabled turns it off for all. AWS default: tls = enabled.
# custom:
#   id: docdb-tls-required
#   severity: high
#   precision: high
#   profile: default
#   view: aws.docdb.parameter_group
#   remediation:
#     terraform: Set the `parameter` `tls` of the parameter group to `enabled`.
#     cloudformation: "Set `tls: enabled` in the `Parameters` of the parameter group."
#   frameworks: {"fsbp": ["DocumentDB.6"], "config": ["docdb-cluster-encrypted-in-transit"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_90"]}
package sealint.aws.docdb.tls_required

accepted := {"enabled", "fips-140-3", "tls1.2+", "tls1.3+"}

deny contains {"path": "tls", "message": "the cluster accepts connections without TLS"} if {
	is_string(input.tls)
	not lower(input.tls) in accepted
}
