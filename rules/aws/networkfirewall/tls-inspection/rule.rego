# METADATA
# title: "Guard TLS inspection"
# description: >-
#   Decrypting traffic needs revocation checks and a reviewed certificate authority. AWS default: No
#   revocation check.
# custom:
#   id: networkfirewall-tls-inspection
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.networkfirewall.networkfirewall_firewall
#   remediation:
#     terraform: Set `revoked_status_action` in `check_certificate_revocation_status` to `REJECT` or `DROP`.
#     cloudformation: Set `RevokedStatusAction` in `CheckCertificateRevocationStatus` to `REJECT` or `DROP`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.networkfirewall.tls_inspection

accepted := {"DROP", "REJECT"}

deny contains {"path": ["inspections", i, "revoked_status_action"], "message": message} if {
	some i, inspection in input.inspections
	value := inspection.revoked_status_action
	not value in accepted
	message := sprintf("revoked certificates are let through (%v)", [value])
}

deny contains {"path": ["inspections", i, "revoked_status_action"], "message": "revoked certificates are not refused"} if {
	some i, inspection in input.inspections
	inspection.authority
	not inspection.revoked_status_action
}
