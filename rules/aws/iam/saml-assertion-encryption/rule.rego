# METADATA
# title: "Require encrypted SAML assertions"
# description: >-
#   An assertion names the user, the groups and the roles, and passes through the browser. Encrypted, only AWS can read
#   it.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html
# custom:
#   id: iam-saml-assertion-encryption
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.iam.saml_provider
#   remediation: "Set `AssertionEncryptionMode: Required` with a private key."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.iam.saml_assertion_encryption

deny contains {"path": "assertions", "message": "sign-in assertions may pass through the browser unencrypted"} if {
	input.assertions != "Required"
}
