# METADATA
# title: "Encrypt OpenSearch Ingestion pipelines with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt OpenSearch Ingestion pipelines, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: osis-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.osis.pipeline
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_arn` in `encryption_at_rest_options`."
#     cloudformation: "Name a customer managed key: `KmsKeyArn` in `EncryptionAtRestOptions`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.osis.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "what the pipeline buffers is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
