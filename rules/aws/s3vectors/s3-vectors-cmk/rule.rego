# METADATA
# title: "Encrypt the vector bucket and index with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the vector bucket and index, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: SSE-S3 (AES256); cannot be changed after creation.
# custom:
#   id: s3-vectors-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.s3vectors.vector_bucket
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_arn` in `encryption_configuration`."
#     cloudformation: "Name a customer managed key: `KmsKeyArn` in `EncryptionConfiguration`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3vectors.s3_vectors_cmk

import data.sealint.lib.key

deny contains {"path": ["kms_key_arn", i, "value"], "message": message} if {
	some i, item in input.kms_key_arn
	not key.is_customer(item.value)
	not inherits
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

inherits if {
	not stated
	key.is_customer(input.bucket.kms_key_arn[_].value)
}

stated if input.kms_key_arn[_].value
