# METADATA
# title: "Do not lock everyone but root out of the bucket"
# description: >-
#   A Deny on s3:* for all principals without a condition that excepts an administrator locks the account out.
# custom:
#   id: s3-bucket-policy-lockout
#   severity: high
#   precision: high
#   profile: default
#   view: aws.s3.bucket_policy
#   remediation: >-
#     Except the administrators from the Deny.
#   frameworks: {"nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_93"]}
package sealint.aws.s3.bucket_policy_lockout

ids := {"BP21", "BP22"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
