# METADATA
# title: "Deny uploads that name another KMS key"
# description: >-
#   A caller can name any key it may use, also one of a foreign account, and so lock you out of your own
#   objects. A Deny on the key id header keeps one key per bucket. AWS default: Any key the caller may
#   use is accepted.
# custom:
#   id: s3-policy-deny-wrong-key
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.s3.bucket
#   remediation: >-
#     Deny uploads that name another KMS key.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.policy_deny_wrong_key

ids := {"BP11"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
