# METADATA
# title: "Choose instance types that encrypt traffic between instances"
# description: >-
#   RequireEncryptionInTransit limits fleets to types with Nitro encryption in transit. AWS default:
#   false.
# custom:
#   id: fleet-instance-encryption-in-transit
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.ec2.volume
#   remediation: >-
#     Choose instance types that encrypt traffic between instances.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ec2.fleet_instance_encryption_in_transit

deny contains {"path": ["fleet_in_transit", i, "value"], "message": "the fleet may choose instances that do not encrypt the traffic between them"} if {
	some i, item in input.fleet_in_transit
	not item.value
}

deny contains {"path": ["template_fleet_in_transit", i, "value"], "message": "the fleet may choose instances that do not encrypt the traffic between them"} if {
	some i, item in input.template_fleet_in_transit
	not item.value
}
