# METADATA
# title: "Use a current RDS certificate authority"
# description: >-
#   rds-ca-2019 expired in August 2024; use rds-ca-rsa2048-g1, rsa4096-g1 or ecc384-g1. AWS default:
#   rds-ca-rsa2048-g1.
# custom:
#   id: rds-ca-current
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.rds.instance
#   remediation:
#     terraform: >-
#       Set `ca_cert_identifier = "rds-ca-rsa2048-g1"`, of a cluster `ca_certificate_identifier`.
#     cloudformation: >-
#       Set `CACertificateIdentifier: rds-ca-rsa2048-g1`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.rds.ca_current

refused := {"rds-ca-2015", "rds-ca-2019"}

deny contains {"path": "certificate_authority", "message": message} if {
	value := input.certificate_authority
	value in refused
	message := sprintf("the certificate authority %v has expired", [value])
}
