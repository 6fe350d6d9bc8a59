# METADATA
# title: "Require TLS for incoming mail"
# description: >-
#   Receipt rules and ingress points accept plain SMTP. AWS default: Optional; ingress points REQUIRED.
# custom:
#   id: ses-receive-tls-required
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ses.receipt_rule
#   remediation:
#     terraform: Set `tls_policy = "Require"`.
#     cloudformation: "Set `TlsPolicy: Require` in `Rule`, of an ingress point leave `TlsPolicy` out or set it to `REQUIRED`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ses.receive_tls_required

accepted := {"Require", "REQUIRED", "FIPS"}

deny contains {"path": ["tls_policy", i, "value"], "message": message} if {
	some i, item in input.tls_policy
	value := item.value
	not value in accepted
	message := sprintf("mail may arrive in plain text (%v)", [value])
}

deny contains {"path": ["tls_policy", i, "value"], "message": "mail may arrive in plain text"} if {
	some i, item in input.tls_policy
	not item.value
}
