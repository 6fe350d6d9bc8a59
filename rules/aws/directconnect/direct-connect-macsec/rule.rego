# METADATA
# title: "Encrypt Direct Connect links"
# description: >-
#   MACsec must be must_encrypt where the port supports it. AWS default: should_encrypt or none.
# custom:
#   id: direct-connect-macsec
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.directconnect.dx_connection
#   remediation: Set `encryption_mode = "must_encrypt"`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.directconnect.direct_connect_macsec

accepted := {"must_encrypt"}

deny contains {"path": "encryption_mode", "message": message} if {
	value := input.encryption_mode
	not value in accepted
	message := sprintf("the link may carry traffic without MACsec (%v)", [value])
}

deny contains {"path": "encryption_mode", "message": "the link may carry traffic without MACsec"} if {
	not input.encryption_mode
}
