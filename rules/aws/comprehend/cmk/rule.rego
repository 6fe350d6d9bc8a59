# METADATA
# title: "Encrypt Comprehend models and volumes with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Comprehend models and volumes, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: service key.
# custom:
#   id: comprehend-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.comprehend.document_classifier
#   remediation:
#     terraform: >-
#       Name a customer managed key: `model_kms_key_id` and `volume_kms_key_id`, and `kms_key_id` in
#       `output_data_config`.
#     cloudformation: >-
#       Name a customer managed key: `ModelKmsKeyId` and `VolumeKmsKeyId`, and `KmsKeyId` in `OutputDataConfig`; of a
#       flywheel `DataLakeKmsKeyId`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_267", "CKV_AWS_268"]}
package sealint.aws.comprehend.cmk

import data.sealint.lib.key

deny contains {"path": ["volume_key", i, "value"], "message": "the training volume is not encrypted with a customer managed key"} if {
	some i, item in input.volume_key
	not key.is_customer(item.value)
}

deny contains {"path": "model_key", "message": "the model is not encrypted with a customer managed key"} if {
	not key.is_customer(input.model_key)
}

deny contains {"path": ["output_key", i, "value"], "message": "the output is not encrypted with a customer managed key"} if {
	some i, item in input.output_key
	not key.is_customer(item.value)
}
