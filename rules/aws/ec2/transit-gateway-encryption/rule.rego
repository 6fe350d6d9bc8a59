# METADATA
# title: "Turn on transit gateway and VPC encryption controls"
# description: >-
#   The VPC encryption control reports or enforces encryption of traffic in and between VPCs. AWS
#   default: disable.
# custom:
#   id: transit-gateway-encryption
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ec2.transit_gateway
#   remediation:
#     terraform: Set `encryption_support = "enable"`.
#     cloudformation: "Set `EncryptionSupport: enable`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ec2.transit_gateway_encryption

accepted := {"enable", "enforce", "monitor"}

deny contains {"path": "encryption_support", "message": message} if {
	value := input.encryption_support
	not value in accepted
	message := sprintf("unencrypted traffic is let through (%v)", [value])
}

deny contains {"path": "encryption_support", "message": "nothing shows or enforces that traffic is encrypted here"} if {
	not input.encryption_support
}
