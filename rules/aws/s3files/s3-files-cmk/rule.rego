# METADATA
# title: "Encrypt the S3 file system with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the S3 file system, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: Encrypted with a service key.
# custom:
#   id: s3-files-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.s3files.file_system
#   remediation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3files.s3_files_cmk

import data.sealint.lib.key

deny contains {"path": "kms_key_id", "message": "the file system is not encrypted with a customer managed key"} if {
	not key.is_customer(input.kms_key_id)
}
