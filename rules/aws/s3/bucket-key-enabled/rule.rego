# METADATA
# title: Turn on the bucket key of a bucket under a KMS key
# description: >-
#   Without a bucket key every object asks KMS for a data key of its own. With it S3 asks once per bucket and period,
#   which cuts the cost of KMS requests and keeps large buckets below the request quota.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
# custom:
#   id: s3-bucket-key-enabled
#   severity: low
#   precision: very-high
#   view: aws.s3.bucket
#   remediation:
#     terraform: Set `bucket_key_enabled = true` beside the default encryption.
#     cloudformation: "Set `BucketKeyEnabled: true` beside the default encryption."
#   fix: { set: { encryption.bucket_key: true }, safe: true }
#   aliases: {}
package sealint.aws.s3.bucket_key_enabled

# DSSE-KMS does not support bucket keys.
deny contains {
	"path": "encryption.bucket_key",
	"message": "the bucket encrypts with KMS, but its bucket key is off",
} if {
	input.encryption.algorithm == "aws:kms"
	not input.encryption.bucket_key
}
