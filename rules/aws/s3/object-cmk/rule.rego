# METADATA
# title: "Encrypt the S3 object with a customer managed KMS key"
# description: >-
#   An object that names no key is encrypted as its bucket says, by default with a key that S3 holds and that no key
#   policy protects.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
# custom:
#   id: s3-object-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.s3.object
#   remediation: >-
#     Set `kms_key_id` to the ARN of a customer managed key, or give the bucket one as its default encryption.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_181", "CKV_AWS_186"]}
package sealint.aws.s3.object_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the object is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
	not inherits
}

inherits if {
	not input.key
	not input.algorithm
	key.is_customer(input.bucket.encryption.key)
}
