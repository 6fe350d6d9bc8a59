# METADATA
# title: "Keep a key manageable"
# description: >-
#   A key whose policy nobody may change can only be recovered by AWS support. AWS default: no policy.
# custom:
#   id: kms-key-policy-lockout
#   severity: high
#   precision: high
#   profile: default
#   view: aws.kms.key
#   remediation: >-
#     Let the account root, or named administrators, call kms:PutKeyPolicy.
package sealint.aws.kms.key_policy_lockout

ids := {"KP05", "KP15", "KP16", "KP17"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
	not is_implied(finding)
}

# That nobody can change the policy says that the account cannot.
is_implied(finding) if {
	finding.id == "KP15"
	some other in input.policy.findings
	other.id == "KP16"
}
