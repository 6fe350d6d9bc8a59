# METADATA
# title: "Bind what a bucket policy gives to other accounts"
# description: >-
#   A statement for another account without a condition lets its administrators choose who comes in. AWS
#   default: no policy.
# custom:
#   id: s3-bucket-policy-foreign-account
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.bucket_policy
#   remediation: >-
#     Name the role and add aws:PrincipalOrgID or another condition.
#   frameworks: {"fsbp": ["S3.6"], "nist-800-53-r5": ["AC-3", "AC-6"], "pci-dss-v4": ["7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.s3.bucket_policy_foreign_account

ids := {"BP16"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
