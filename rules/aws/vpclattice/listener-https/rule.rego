# METADATA
# title: "Use HTTPS listeners in VPC Lattice"
# description: >-
#   HTTP listeners and target groups are plain. AWS default: required attribute.
# custom:
#   id: vpclattice-listener-https
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.vpclattice.listener
#   remediation:
#     terraform: Set `protocol = "HTTPS"`.
#     cloudformation: "Set `Protocol: HTTPS`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.vpclattice.listener_https

accepted := {"HTTPS", "TLS_PASSTHROUGH"}

deny contains {"path": ["protocol", i, "value"], "message": message} if {
	some i, item in input.protocol
	value := item.value
	not value in accepted
	message := sprintf("requests travel in plain text (%v)", [value])
}

deny contains {"path": ["protocol", i, "value"], "message": "requests travel in plain text"} if {
	some i, item in input.protocol
	not item.value
}

deny contains {"path": ["target_protocol", i, "value"], "message": message} if {
	input.target_type != "LAMBDA"
	some i, item in input.target_protocol
	value := item.value
	not value in {"HTTPS", "TCP"}
	message := sprintf("requests travel to the targets in plain text (%v)", [value])
}

deny contains {"path": ["target_protocol", i, "value"], "message": "requests travel to the targets in plain text"} if {
	input.target_type != "LAMBDA"
	some i, item in input.target_protocol
	not item.value
}
