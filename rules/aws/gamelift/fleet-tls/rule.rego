# METADATA
# title: "Give game servers TLS certificates"
# description: >-
#   Without a generated certificate servers cannot speak TLS by default. AWS default: DISABLED.
# custom:
#   id: gamelift-fleet-tls
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.gamelift.fleet
#   remediation:
#     terraform: Set `certificate_type = "GENERATED"` in `certificate_configuration`.
#     cloudformation: "Set `CertificateType: GENERATED` in `CertificateConfiguration`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.gamelift.fleet_tls

accepted := {"GENERATED"}

deny contains {"path": ["certificate_type", i, "value"], "message": message} if {
	some i, item in input.certificate_type
	value := item.value
	not value in accepted
	message := sprintf("game servers get no TLS certificate (%v)", [value])
}

deny contains {"path": ["certificate_type", i, "value"], "message": "game servers get no TLS certificate"} if {
	some i, item in input.certificate_type
	not item.value
}
