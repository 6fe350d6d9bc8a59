# METADATA
# title: "Give the use of keys to roles, not to users"
# description: >-
#   Users have access keys that live long and leak; a role has credentials for an hour. AWS default: no
#   policy.
# custom:
#   id: iam-kms-user-policy
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.iam.policy
#   remediation: >-
#     Attach the policy to a role that the user assumes.
#   frameworks: {"fsbp": ["IAM.2"], "nist-800-53-r5": ["AC-2", "AC-3", "AC-6"], "pci-dss-v4": ["7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.iam.kms_user_policy

ids := {"IP12"}

deny contains {
	"path": sprintf("documents[%d].value.%s", [i, finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	input.users
	some i, item in input.documents
	some finding in item.value.findings
	finding.id in ids
}
