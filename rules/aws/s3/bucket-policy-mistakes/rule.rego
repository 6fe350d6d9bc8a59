# METADATA
# title: "Mend what has no effect in a bucket policy"
# description: >-
#   A statement about another bucket, or about objects without their ARN, does nothing. AWS default: no
#   policy.
# custom:
#   id: s3-bucket-policy-mistakes
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.bucket_policy
#   remediation: >-
#     Correct the resource of the statement.
package sealint.aws.s3.bucket_policy_mistakes

ids := {"BP14"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
