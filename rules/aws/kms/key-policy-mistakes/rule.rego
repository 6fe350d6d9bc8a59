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
	not is_said_elsewhere(finding)
}

# kms-key-policy-public says of a statement that repeats another for the account (KP27) that it limits nobody (KP53).
is_said_elsewhere(finding) if {
	finding.id == "KP27"
	some other in input.policy.findings
	other.id == "KP53"
	other.statement == finding.statement
}

# kms-key-policy-confused-deputy says of a service that nothing binds (KP07) all that a missing encryption context
# (KP41) means.
is_said_elsewhere(finding) if {
	finding.id == "KP41"
	some other in input.policy.findings
	other.id == "KP07"
	other.statement == finding.statement
}
