# METADATA
# title: "State the default encryption of the bucket"
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
#   remediation: >-
#     Add `aws_s3_bucket_server_side_encryption_configuration` (Terraform) or `BucketEncryption`
#     (CloudFormation).
#   frameworks: {"fsbp": ["S3.4(retired)"], "config": ["s3-bucket-server-side-encryption-enabled"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_19"], "trivy": ["AWS-0088"], "cfn_nag": ["W41"], "regula": ["FG_R00099"], "cfn_guard": ["S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED"]}
package sealint.aws.s3.bucket_default_encryption

deny contains {
	"path": "encryption.algorithm",
	"message": "the bucket does not state its default encryption: S3 uses SSE-S3",
} if {
	not input.encryption.stated
}
