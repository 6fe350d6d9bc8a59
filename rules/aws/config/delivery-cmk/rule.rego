# METADATA
# title: "Encrypt Config snapshots with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Config snapshots, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: Default of the bucket.
# custom:
#   id: config-delivery-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.config.delivery_channel
#   remediation:
#     terraform: "Name a customer managed key: `s3_kms_key_arn`."
#     cloudformation: "Name a customer managed key: `S3KmsKeyArn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.config.delivery_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "what the delivery channel writes is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
