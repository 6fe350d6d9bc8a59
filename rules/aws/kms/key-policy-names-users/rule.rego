# METADATA
# title: "Name the users of a key in its policy"
# description: >-
#   With nothing but the statement for the account, any IAM policy of the account decides who uses the
#   key. That is the default and fine for many; whoever wants to read in one place who decrypts names them
#   in the key policy. AWS default: the account alone.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
# custom:
#   id: kms-key-policy-names-users
#   severity: info
#   precision: very-high
#   profile: strict
#   view: aws.kms.key
#   remediation: >-
#     Name the roles that use the key in its policy.
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.kms.key_policy_names_users

ids := {"KP20"}

deny contains {
	"path": "policy",
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
