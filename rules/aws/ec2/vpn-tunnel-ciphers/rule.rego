# METADATA
# title: "Use strong ciphers on VPN tunnels"
# description: >-
#   Both ends agree on the cipher, and AWS offers AES128 with SHA1 too unless a list is given for each tunnel and
#   phase.
# custom:
#   id: vpn-tunnel-ciphers
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ec2.vpn_connection
#   remediation:
#     terraform: >-
#       List `AES256` or `AES256-GCM-16` for both tunnels and phases: `tunnel1_phase1_encryption_algorithms`
#       and its three siblings.
#     cloudformation: >-
#       List `AES256` or `AES256-GCM-16` in `Phase1EncryptionAlgorithms` and `Phase2EncryptionAlgorithms` of
#       each item of `VpnTunnelOptionsSpecifications`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ec2.vpn_tunnel_ciphers

accepted := {"AES256", "AES256-GCM-16"}

deny contains {"path": ["ciphers", i, "value"], "message": message} if {
	some i, item in input.ciphers
	not item.value in accepted
	message := sprintf("the tunnel may be encrypted with %v only", [item.value])
}

deny contains {"path": ["ciphers", first, "value"], "message": "a tunnel may be encrypted with AES128 only: no list of ciphers is given for it"} if {
	first := min([i | some i, item in input.ciphers; not item.value])
}
