# METADATA
# title: "Write upload denials so that default encryption still works"
# description: >-
#   A Deny with StringNotEquals (also with IfExists) on the SSE header also hits uploads without the header although S3
#   would encrypt them by default; add Null false or drop the statement.
# custom:
#   id: s3-policy-deny-breaks-default
#   severity: low
#   precision: high
#   profile: default
#   view: aws.s3.bucket
#   remediation: >-
#     Write upload denials so that default encryption still works.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.policy_deny_breaks_default

ids := {"BP10", "BP12"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
