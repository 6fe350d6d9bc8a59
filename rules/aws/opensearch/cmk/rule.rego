# METADATA
# title: "Encrypt the OpenSearch domain or application with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the OpenSearch domain or application, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: alias/aws/es.
# custom:
#   id: opensearch-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.opensearch.domain
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_id` in `encrypt_at_rest`.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyId` in `EncryptionAtRestOptions`, of an application `KmsKeyArn`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_247"]}
package sealint.aws.opensearch.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
