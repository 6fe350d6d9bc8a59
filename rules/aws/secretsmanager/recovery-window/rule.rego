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
#   remediation: >-
#     Keep a recovery window for secrets: `recovery_window_in_days = 30` (Terraform).
#   frameworks: {"nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
package sealint.aws.secretsmanager.recovery_window

deny contains {"path": "recovery_window_in_days", "message": "`recovery_window_in_days` is less than 7"} if {
	input.recovery_window_in_days < 7
}
