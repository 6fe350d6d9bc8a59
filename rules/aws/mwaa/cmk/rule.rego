# METADATA
# title: "Encrypt MWAA with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt MWAA, can cut access off at once by disabling the key, and
#   see each use in CloudTrail. AWS default: alias/aws/airflow.
# custom:
#   id: mwaa-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.mwaa.environment
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key`.
#     cloudformation: >-
#       Name a customer managed key: `KmsKey`, of a serverless workflow `KmsKeyId` in `EncryptionConfiguration`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.mwaa.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
