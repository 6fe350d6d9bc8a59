# METADATA
# title: "Narrow what other accounts may do with a bucket"
# description: >-
#   A whole foreign account decides on its own who of its users reads the bucket. AWS default: no
#   policy.
# custom:
#   id: s3-bucket-policy-foreign-account
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.s3.bucket
#   remediation: >-
#     Name roles instead of the account, and add a condition.
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
