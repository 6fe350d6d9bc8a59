# METADATA
# title: "List the actions that a bucket policy allows"
# description: >-
#   s3:* lets its principal read and delete all objects, but also change the policy, so that it can let in
#   anyone else. AWS default: no policy.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
# custom:
#   id: s3-bucket-policy-full-access
#   severity: high
#   precision: high
#   profile: default
#   view: aws.s3.bucket_policy
#   remediation: >-
#     List the actions that the principal needs.
#   frameworks: {"fsbp": ["S3.6"], "config": ["s3-bucket-blacklisted-actions-prohibited"], "nist-800-53-r5": ["AC-3", "AC-6"], "pci-dss-v4": ["7.2.2"], "hipaa": ["164.312(a)(1)"]}
#   aliases: {"cfn_nag": ["F15"], "cfn_guard": ["S3_BUCKET_POLICY_NO_WILDCARD_ACTION"]}
package sealint.aws.s3.bucket_policy_full_access

ids := {"BP17"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
