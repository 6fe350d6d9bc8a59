# METADATA
# title: "Encrypt the directory bucket with a customer managed KMS key"
# description: >-
#   With a key of your own you decide who may decrypt the objects and see each use. A directory bucket keeps its first
#   customer managed key for life.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-UsingKMSEncryption.html
# custom:
#   id: s3-directory-bucket-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.s3.directory_bucket
#   remediation: "Set `SSEAlgorithm: aws:kms` and `KMSMasterKeyID` in `BucketEncryption`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.directory_bucket_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the directory bucket is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
