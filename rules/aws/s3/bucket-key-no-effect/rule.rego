# METADATA
# title: "Drop the bucket key or move to SSE-KMS: it has no effect with SSE-S3"
# description: >-
#   BucketKeyEnabled with algorithm AES256 does nothing. It usually means the author believed KMS was in use (seed 001
#   does this).
# custom:
#   id: s3-bucket-key-no-effect
#   severity: info
#   precision: very-high
#   profile: default
#   view: aws.s3.bucket
#   remediation: >-
#     Remove the bucket key, or encrypt with `aws:kms`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.bucket_key_no_effect

deny contains {
	"path": "encryption.bucket_key",
	"message": sprintf("the bucket key has no effect: the bucket encrypts with %v", [input.encryption.algorithm]),
} if {
	input.encryption.bucket_key
	input.encryption.algorithm != "aws:kms"
}
