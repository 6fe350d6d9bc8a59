# METADATA
# title: "Keep a recovery window for secrets"
# description: >-
#   recovery_window_in_days 0 deletes at once. AWS default: 30.
# custom:
#   id: secretsmanager-recovery-window
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.secretsmanager.secret
#   remediation: "Keep a recovery window for secrets: `recovery_window_in_days = 30`."
#   frameworks: {"nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   parameters:
#     minimum_days:
#       type: integer
#       description: The fewest days for which a deleted secret must be recoverable.
#       default: 7
package sealint.aws.secretsmanager.recovery_window

deny contains {"path": "recovery_window_in_days", "message": message} if {
	input.recovery_window_in_days < input.parameters.minimum_days
	message := sprintf("a deleted secret can be recovered for %v days: allow at least %v", [input.recovery_window_in_days, input.parameters.minimum_days])
}
