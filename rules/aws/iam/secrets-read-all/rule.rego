# METADATA
# title: "Allow reading of named secrets only"
# description: >-
#   secretsmanager:GetSecretValue or ssm:GetParameter* on * is the same as kms:Decrypt on all, and so is
#   iam:CreateAccessKey or sts:AssumeRole on *: it hands out the credentials of those who can decrypt.
# custom:
#   id: iam-secrets-read-all
#   severity: high
#   precision: high
#   profile: default
#   view: aws.iam.policy
#   remediation: >-
#     Allow reading of named secrets, and credentials of named users, roles or databases only.
#   frameworks: {"nist-800-53-r5": ["AC-2", "AC-3", "AC-5", "AC-6"], "pci-dss-v4": ["7.2.2", "7.2.5"], "hipaa": ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_107", "CKV_AWS_287", "CKV_AWS_108"]}
package sealint.aws.iam.secrets_read_all

ids := {"IP06", "IP13"}

deny contains {
	"path": sprintf("documents[%d].value.%s", [i, finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some i, item in input.documents
	some finding in item.value.findings
	finding.id in ids
}
