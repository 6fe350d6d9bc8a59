# METADATA
# title: "Verify client certificates where mutual TLS is on"
# description: >-
#   With passthrough the load balancer verifies nothing: every target has to, and one that forgets lets anyone in.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
# custom:
#   id: elbv2-mutual-tls-verify
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.elbv2.mutual_tls
#   remediation: >-
#     Set the mode `verify` with a trust store, and do not ignore expiry.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.elbv2.mutual_tls_verify

deny contains {"path": "mode", "message": "the load balancer hands client certificates on without verifying them"} if {
	input.mode == "passthrough"
}

deny contains {"path": "ignores_expiry", "message": "expired client certificates are accepted"} if {
	input.mode == "verify"
	input.ignores_expiry
}
