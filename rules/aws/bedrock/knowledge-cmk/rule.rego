# METADATA
# title: "Encrypt knowledge base ingestion and data automation with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt knowledge base ingestion and data automation, can cut access
#   off at once by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: bedrock-knowledge-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.bedrock.data_source
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_arn` in `server_side_encryption_configuration`."
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyArn` in `ServerSideEncryptionConfiguration` of a data source, `KmsKeyId` of
#       a data automation project or blueprint, `KmsKeyId` in `EncryptionConfiguration` of a data automation library.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.bedrock.knowledge_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
