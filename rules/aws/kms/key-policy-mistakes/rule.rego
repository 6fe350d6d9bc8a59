# METADATA
# title: "Mend what has no effect in a key policy"
# description: >-
#   Misspelt actions, conditions that never hold and principals that do not exist give a false sense of
#   what the policy does. AWS default: no policy.
# custom:
#   id: kms-key-policy-mistakes
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.kms.key
#   remediation: >-
#     Correct or remove the part that is named.
package sealint.aws.kms.key_policy_mistakes

ids := {"KP21", "KP22", "KP23", "KP24", "KP25", "KP26", "KP27", "KP28", "KP30", "KP31", "KP32", "KP33", "KP34", "KP35", "KP39", "KP40", "KP41", "KP42", "KP43", "KP44", "KP47", "KP50", "KP54"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
	not repeats_the_account(finding)
}

# kms-key-policy-public says of it (KP53) that it limits nobody.
repeats_the_account(finding) if {
	finding.id == "KP27"
	some other in input.policy.findings
	other.id == "KP53"
	other.statement == finding.statement
}
