# METADATA
# title: "Bind key use to the services that need it"
# description: >-
#   kms:ViaService limits a role to use through S3, DynamoDB and so on.
# custom:
#   id: iam-kms-via-service
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.iam.policy
#   implied_by: [iam-kms-admin-star]
#   remediation: >-
#     Add a condition on kms:ViaService that names the services which use the key.
#   frameworks: {"nist-800-53-r5": ["AC-2", "AC-3", "AC-5", "AC-6"], "pci-dss-v4": ["7.2.2", "7.2.5"], "hipaa": ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"]}
package sealint.aws.iam.kms_via_service

ids := {"IP05"}

deny contains {
	"path": sprintf("documents[%d].value.%s", [i, finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some i, item in input.documents
	some finding in item.value.findings
	finding.id in ids
}
