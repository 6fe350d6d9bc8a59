# METADATA
# title: "Keep the policy lockout check on"
# description: >-
#   The check refuses a key policy under which the caller could not change the policy later; bypassing
#   it can make the key unmanageable, and only AWS Support can help. AWS default: false.
# custom:
#   id: kms-policy-lockout-check
#   severity: high
#   precision: very-high
#   profile: default
#   view: aws.kms.key
#   remediation:
#     terraform: Remove `bypass_policy_lockout_safety_check`.
#     cloudformation: Remove `BypassPolicyLockoutSafetyCheck`.
#   fix: { set: { bypass_lockout_check: false }, safe: true }
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.kms.policy_lockout_check

deny contains {"path": "bypass_lockout_check", "message": "the check that keeps the key manageable is bypassed"} if {
	input.bypass_lockout_check
}
