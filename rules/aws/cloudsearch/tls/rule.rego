# METADATA
# title: "Use TLS 1.2 on CloudSearch"
# description: >-
#   The default policy still allows TLS 1.0. AWS default: Policy-Min-TLS-1-0-2019-07.
# custom:
#   id: cloudsearch-tls
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudsearch.domain
#   remediation: Set `tls_security_policy = "Policy-Min-TLS-1-2-2019-07"` in `endpoint_options`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_218"]}
package sealint.aws.cloudsearch.tls

accepted := {"Policy-Min-TLS-1-2-2019-07"}

deny contains {"path": ["tls_security_policy", i, "value"], "message": message} if {
	some i, item in input.tls_security_policy
	value := item.value
	not value in accepted
	message := sprintf("clients may connect with a TLS below 1.2 under the policy %v", [value])
}

deny contains {"path": ["tls_security_policy", i, "value"], "message": "clients may connect with TLS 1.0"} if {
	some i, item in input.tls_security_policy
	not item.value
}
