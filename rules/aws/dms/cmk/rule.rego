# METADATA
# title: "Encrypt DMS instances, endpoints and configurations with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt DMS instances, endpoints and configurations, can cut access
#   off at once by disabling the key, and see each use in CloudTrail. AWS default: alias/aws/dms.
# custom:
#   id: dms-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.dms.endpoint
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_arn`; of a replication configuration `kms_key_id` in `compute_config`, of
#       endpoints of S3 and Redshift `server_side_encryption_kms_key_id`.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyId`; of an instance profile `KmsKeyArn`, of endpoints of S3 and Redshift
#       `ServerSideEncryptionKmsKeyId`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_212", "CKV_AWS_296", "CKV_AWS_298"]}
package sealint.aws.dms.cmk

import data.sealint.lib.key

# Endpoints of S3 and Redshift name the key of the data they write in settings of their own.
names_key if key.is_customer(input.key[_].value)

names_key if key.is_customer(input.s3_key[_].value)

names_key if key.is_customer(input.redshift_key[_].value)

deny contains {"path": ["key", i, "value"], "message": "what DMS stores is not encrypted with a customer managed key"} if {
	some i, _ in input.key
	not names_key
}
