# METADATA
# title: "Require TLS for outgoing mail"
# description: >-
#   Optional TLS sends in clear when the other side has none. AWS default: Optional.
# custom:
#   id: ses-tls-required
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ses.configuration_set
#   remediation:
#     terraform: >-
#       Set `tls_policy` in `delivery_options` to `"Require"` (`aws_ses_configuration_set`) or `"REQUIRE"`
#       (`aws_sesv2_configuration_set`).
#     cloudformation: >-
#       Set `TlsPolicy: REQUIRE` in `DeliveryOptions`.
#   frameworks: {"fsbp": ["SES.3"], "config": ["ses-sending-tls-required"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_365"]}
package sealint.aws.ses.tls_required

accepted := {"Require", "REQUIRE"}

deny contains {"path": ["tls_policy", i, "value"], "message": message} if {
	some i, item in input.tls_policy
	value := item.value
	not value in accepted
	message := sprintf("mail may leave in plain text (%v)", [value])
}

deny contains {"path": ["tls_policy", i, "value"], "message": "mail may leave in plain text"} if {
	some i, item in input.tls_policy
	not item.value
}
