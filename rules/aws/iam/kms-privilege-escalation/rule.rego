# METADATA
# title: "Keep PutKeyPolicy and CreateGrant away from ordinary roles"
# description: >-
#   PutKeyPolicy and CreateGrant are as strong as Decrypt.
# custom:
#   id: iam-kms-privilege-escalation
#   severity: high
#   precision: high
#   profile: default
#   view: aws.iam.policy
#   implied_by: [iam-kms-admin-star]
#   remediation: >-
#     Allow `kms:PutKeyPolicy` to key administrators only, and `kms:CreateGrant` with the condition `Bool`
#     `"kms:GrantIsForAWSResource": "true"`.
#   frameworks: {"nist-800-53-r5": ["AC-2", "AC-3", "AC-5", "AC-6"], "pci-dss-v4": ["7.2.2", "7.2.5"], "hipaa": ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"]}
package sealint.aws.iam.kms_privilege_escalation

ids := {"IP03"}

deny contains {
	"path": sprintf("documents[%d].value.%s", [i, finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some i, item in input.documents
	some finding in item.value.findings
	finding.id in ids
}
