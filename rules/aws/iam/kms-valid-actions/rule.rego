# METADATA
# title: "Name only real KMS actions and resources"
# description: >-
#   Misspelt actions are accepted by IAM and never match; alias ARNs as Resource do not cover key use.
# custom:
#   id: iam-kms-valid-actions
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.iam.policy
#   remediation: >-
#     Name only real KMS actions and resources.
#   frameworks: {"nist-800-53-r5": ["AC-2", "AC-3", "AC-5", "AC-6"], "pci-dss-v4": ["7.2.2", "7.2.5"], "hipaa": ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"]}
package sealint.aws.iam.kms_valid_actions

# KP21 says of a Deny what IP11 does.
ids := {"KP21", "KP22", "IP07", "IP08"}

deny contains {
	"path": sprintf("documents[%d].value.%s", [i, finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some i, item in input.documents
	some finding in item.value.findings
	finding.id in ids
}
