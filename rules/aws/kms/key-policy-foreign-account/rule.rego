# METADATA
# title: "Narrow what other accounts may do with a key"
# description: >-
#   A whole foreign account in a key policy lets its administrators hand the key on to anybody there.
#   AWS default: no policy.
# custom:
#   id: kms-key-policy-foreign-account
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.kms.key
#   remediation: >-
#     Name roles instead of the account, and add a condition.
package sealint.aws.kms.key_policy_foreign_account

ids := {"KP09", "KP10"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
