# METADATA
# title: "Guard key deletion and disabling"
# description: >-
#   ScheduleKeyDeletion, DisableKey, DeleteImportedKeyMaterial and DisableKeyRotation need a narrow principal, MFA or
#   kms:ScheduleKeyDeletionPendingWindowInDays.
# custom:
#   id: iam-kms-destructive
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.iam.policy
#   implied_by: [iam-kms-admin-star]
#   remediation: >-
#     Allow kms:ScheduleKeyDeletion, kms:DisableKey and kms:DeleteImportedKeyMaterial to key administrators only, or
#     add a condition on kms:ScheduleKeyDeletionPendingWindowInDays.
#   frameworks: {"nist-800-53-r5": ["AC-2", "AC-3", "AC-5", "AC-6"], "pci-dss-v4": ["7.2.2", "7.2.5"], "hipaa": ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"]}
package sealint.aws.iam.kms_destructive

ids := {"IP04"}

deny contains {
	"path": sprintf("documents[%d].value.%s", [i, finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some i, item in input.documents
	some finding in item.value.findings
	finding.id in ids
}
