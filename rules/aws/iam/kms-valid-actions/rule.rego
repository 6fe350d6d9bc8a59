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

ids := {"KP21", "KP22", "IP07", "IP08", "IP11"}

deny contains {
	"path": sprintf("documents[%d].value.%s", [i, finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some i, item in input.documents
	some finding in item.value.findings
	finding.id in ids
	not is_implied(i, finding)
}

unknown_actions contains [i, finding.path] if {
	some i, item in input.documents
	some finding in item.value.findings
	finding.id == "KP21"
}

# That there is no such action says that a Deny of it misses.
is_implied(i, finding) if {
	finding.id == "IP11"
	[i, finding.path] in unknown_actions
}
