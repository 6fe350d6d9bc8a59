# METADATA
# title: "Encrypt the bucket with an algorithm that S3 knows"
# description: >-
#   An explicit rule records the intended algorithm and lets reviewers see when it changes; without it
#   the bucket silently uses the S3-held key. AWS default: SSE-S3 (AES256) on every bucket and every new
#   object; cannot be turned off, only changed to another algorithm.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
# custom:
#   id: s3-bucket-default-encryption
#   severity: low
#   precision: very-high
#   profile: default
#   view: aws.s3.bucket
#   remediation:
#     terraform: Set `sse_algorithm` to `AES256`, `aws:kms` or `aws:kms:dsse`.
#     cloudformation: Set `SSEAlgorithm` to `AES256`, `aws:kms` or `aws:kms:dsse`.
#   frameworks: {"fsbp": ["S3.4(retired)"], "config": ["s3-bucket-server-side-encryption-enabled"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_19"], "trivy": ["AWS-0088"], "cfn_nag": ["W41"], "regula": ["FG_R00099"], "cfn_guard": ["S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED"]}
package sealint.aws.s3.bucket_default_encryption

known := {"AES256", "aws:kms", "aws:kms:dsse"}

# S3 encrypts every bucket: what can go wrong is an algorithm that S3 does not know.
deny contains {
	"path": "encryption.algorithm",
	"message": sprintf("S3 does not know the algorithm %v", [input.encryption.algorithm]),
} if {
	not input.encryption.algorithm in known
}
