# METADATA
# title: "Use strong ciphers on VPN tunnels"
# description: >-
#   When no list is set AWS offers AES128, SHA1 and group 2 too. AWS default: All supported algorithms.
# custom:
#   id: vpn-tunnel-ciphers
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ec2.vpn_connection
#   remediation: >-
#     Use strong ciphers on VPN tunnels: `tunnel1_phase1_encryption_algorithms = AES256` (Terraform),
#     `VpnTunnelOptionsSpecifications.Phase1EncryptionAlgorithms = AES256` (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ec2.vpn_tunnel_ciphers

accepted := {"AES256", "AES256-GCM-16"}

deny contains {"path": ["tunnel1_phase1_encryption_algorithms", i, "value"], "message": message} if {
	some i, item in input.tunnel1_phase1_encryption_algorithms
	value := item.value
	not value in accepted
	message := sprintf("`tunnel1_phase1_encryption_algorithms` is %v, which is not accepted", [value])
}

deny contains {"path": ["tunnel1_phase1_encryption_algorithms", i, "value"], "message": "`tunnel1_phase1_encryption_algorithms` is not set"} if {
	some i, item in input.tunnel1_phase1_encryption_algorithms
	not item.value
}
