# METADATA
# title: "Finish the move to TLS: transit mode required"
# description: >-
#   transit_encryption_mode preferred is a migration state. AWS default: required when TLS is on at
#   creation.
# custom:
#   id: elasticache-transit-mode-required
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.elasticache.replication_group
#   remediation:
#     terraform: Set `transit_encryption_mode = "required"` when all clients use TLS.
#     cloudformation: "Set `TransitEncryptionMode: required` when all clients use TLS."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.elasticache.transit_mode_required

accepted := {"required"}

deny contains {"path": "transit_encryption_mode", "message": message} if {
	input.transit_encryption_enabled
	value := input.transit_encryption_mode
	not value in accepted
	message := sprintf("clients may still connect in plain text: the mode is %v", [value])
}
