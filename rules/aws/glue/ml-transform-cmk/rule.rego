# METADATA
# title: "Encrypt ML transform user data, integrations and connections with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt ML transform user data, integrations and connections, can cut
#   access off at once by disabling the key, and see each use in CloudTrail. AWS default: DISABLED.
# custom:
#   id: glue-ml-transform-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.glue.ml_transform
#   remediation: >-
#     Name a customer managed key: `KmsKeyId` in `TransformEncryption.MLUserDataEncryption`, of an integration at the
#     top; `KmsKeyArn` in a connection's `AuthenticationConfiguration`, `KmsKey` in a catalog's
#     `DataLakeAccessProperties`, `KmsArn` in `TargetProcessingProperties`.
#   frameworks: {"fsbp": ["Glue.3"], "config": ["glue-ml-transform-encrypted-at-rest"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.glue.ml_transform_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": ["part_key", i, "value"], "message": message} if {
	some i, item in input.part_key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
