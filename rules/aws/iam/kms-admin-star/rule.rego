# METADATA
# title: "Do not grant kms:* in identity policies"
# description: >-
#   kms:* includes PutKeyPolicy, CreateGrant and ScheduleKeyDeletion.
# custom:
#   id: iam-kms-admin-star
#   severity: high
#   precision: high
#   profile: default
#   view: aws.iam.policy
#   remediation: >-
#     List the KMS actions that the role needs in place of `kms:*`, and leave the administration of keys to key
#     policies.
#   frameworks: {"fsbp": ["IAM.1(related)"], "nist-800-53-r5": ["AC-2", "AC-3", "AC-5", "AC-6"], "pci-dss-v4": ["7.2.2", "7.2.5"], "hipaa": ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"]}
package sealint.aws.iam.kms_admin_star

ids := {"IP02"}

deny contains {
	"path": sprintf("documents[%d].value.%s", [i, finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some i, item in input.documents
	some finding in item.value.findings
	finding.id in ids
}
